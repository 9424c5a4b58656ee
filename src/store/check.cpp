#include "store/check.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "store/text_match.h"

namespace jinyue::store {
namespace {

struct Versions {
  std::int64_t last = 0;
  std::int64_t wanted = 0;
};

void checkPositions(const Batch& batch) {
  std::unordered_map<CaseId, Versions> cases;
  cases.reserve(batch.cases.size());
  for (const auto& write : batch.cases) {
    if (!cases.emplace(write.row.id, Versions{write.expected_version, write.row.version}).second) {
      throw std::invalid_argument(fmt::format("batch: case {} is written twice", write.row.id));
    }
  }
  std::unordered_map<CaseId, std::int64_t> others;
  for (const auto& row : batch.journal) {
    const auto found = cases.find(row.case_id);
    if (found == cases.end()) {  // of something else: only its own order can be looked at here
      const auto [last, is_first] = others.try_emplace(row.case_id, row.position);
      if (row.case_id < 1 || row.position < 1 || (!is_first && row.position != ++last->second)) {
        throw std::invalid_argument(
            fmt::format("batch: record {} of {} is out of order", row.position, row.case_id));
      }
      continue;
    }
    if (row.position != ++found->second.last) {
      throw std::invalid_argument(fmt::format("batch: case {} has record {} where {} is due", row.case_id,
                                              row.position, found->second.last));
    }
  }
  for (const auto& [id, versions] : cases) {
    if (versions.last != versions.wanted) {
      throw std::invalid_argument(
          fmt::format("batch: case {} is said to be at version {}, its last record is {}", id,
                      versions.wanted, versions.last));
    }
  }
}

void checkTexts(const Batch& batch) {
  std::vector<std::int64_t> ids;
  for (const auto& row : batch.put_texts) {
    checkTextRow(row);
    ids.push_back(row.id);
  }
  std::ranges::sort(ids);
  if (const auto twice = std::ranges::adjacent_find(ids); twice != ids.end())
    throw std::invalid_argument(fmt::format("batch: text {} is put twice", *twice));
}

template <class Row>
void checkOnce(const std::vector<Row>& rows, const char* what) {
  if (rows.size() < 2) return;
  std::vector<ElementKey> keys;
  keys.reserve(rows.size());
  for (const auto& row : rows) keys.push_back(row.id);
  std::ranges::sort(keys);
  if (const auto twice = std::ranges::adjacent_find(keys); twice != keys.end()) {
    throw std::invalid_argument(
        fmt::format("batch: {} {} of case {} is put twice", what, twice->number, twice->case_id));
  }
}

std::optional<Cursor> parseCursor(std::string_view text) {
  Cursor cursor{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::size_t index = 0; index < cursor.size(); ++index) {
    if (index > 0 && (at == end || *at++ != '.')) return std::nullopt;
    const auto [rest, error] = std::from_chars(at, end, cursor[index]);
    if (error != std::errc{}) return std::nullopt;
    at = rest;
  }
  return at == end ? std::optional{cursor} : std::nullopt;
}

}  // namespace

void checkText(std::string_view text, const char* what) {
  if (text.find('\0') != std::string_view::npos || !isValidUtf8(text)) {
    throw std::invalid_argument(fmt::format("store: {} is not UTF-8 without U+0000", what));
  }
}

void checkBatch(const Batch& batch) {
  checkPositions(batch);
  checkOnce(batch.put_tasks, "task");
  checkOnce(batch.put_timers, "timer");
  checkOnce(batch.put_subscriptions, "subscription");
  checkOnce(batch.put_incidents, "incident");
  checkOnce(batch.put_outbox, "outbox row");
  for (const auto& write : batch.cases) {
    checkText(write.row.process, "the process of a case");
    checkText(write.row.title, "the title of a case");
    checkText(write.row.key, "the key of a case");
    checkText(write.row.unit, "the unit of a case");
    checkText(write.row.area, "the area of a case");
    checkText(write.row.party, "the party of a case");
  }
  for (const auto& task : batch.put_tasks) {
    for (const std::string* text : {&task.process, &task.node, &task.name, &task.title, &task.unit,
                                    &task.role, &task.person, &task.assignee, &task.area}) {
      checkText(*text, "a text of a task");
    }
    for (const auto& person : task.excluded) checkText(person, "a person barred from a task");
  }
  for (const auto& row : batch.put_subscriptions) {
    checkText(row.name, "the name of a subscription");
    checkText(row.key, "the key of a subscription");
  }
  for (const auto& row : batch.put_incidents) {
    for (const std::string* text : {&row.process, &row.unit, &row.area, &row.node, &row.code, &row.message}) {
      checkText(*text, "a text of an incident");
    }
  }
  for (const auto& row : batch.put_outbox) {
    checkText(row.topic, "the topic of an outbox row");
  }
  for (const auto& row : batch.replies) {
    if (row.key.empty() || row.key.size() > 64) {
      throw std::invalid_argument("store: an idempotency key has 1 to 64 bytes");
    }
    checkText(row.key, "an idempotency key");
    checkText(row.actor, "the actor of an idempotency key");
  }
  for (const auto& row : batch.personal) {
    checkText(row.digest, "a digest of personal data");
  }
  for (const auto& statement : batch.statements) checkStatement(statement);
  checkTexts(batch);
}

void checkStatement(const Statement& statement) {
  for (const SqlValue& value : statement.values) {
    if (const auto* text = std::get_if<std::string>(&value)) checkText(*text, "a value of a statement");
  }
}

void checkLimit(int limit, int most) {
  if (limit < 1 || limit > most)
    throw std::invalid_argument(fmt::format("store: limit {} not in 1 to {}", limit, most));
}

void checkPage(const PageRequest& page) {
  checkLimit(page.limit, 1000);
  if (!isCursor(page.after)) throw std::invalid_argument("store: not the cursor of a page: " + page.after);
}

bool isCursor(std::string_view text) { return text.empty() || parseCursor(text).has_value(); }

Cursor readCursor(const std::string& text, const Cursor& start) {
  return text.empty() ? start : parseCursor(text).value();
}

std::string writeCursor(const Cursor& cursor) {
  return fmt::format("{}.{}.{}", cursor[0], cursor[1], cursor[2]);
}

}  // namespace jinyue::store
