#include "store/postgres/batch_writer.h"

#include <map>
#include <set>

#include "store/check.h"
#include "store/excluded.h"
#include "store/postgres/lexemes.h"
#include "store/text_match.h"

namespace jinyue::store::postgres {
namespace {

constexpr const char* unique_violation = "23505";  // SQLSTATE

Params caseParams(const std::vector<const CaseWrite*>& writes) {
  Params params;
  params.array(writes, [](const CaseWrite* write) { return write->row.id; })
      .array(writes, [](const CaseWrite* write) { return write->row.version; })
      .array(writes, [](const CaseWrite* write) { return write->row.definition; })
      .array(writes, [](const CaseWrite* write) { return std::string_view{write->row.process}; })
      .array(writes, [](const CaseWrite* write) { return write->row.status; })
      .array(writes, [](const CaseWrite* write) { return std::string_view{write->row.title}; })
      .array(writes, [](const CaseWrite* write) { return std::string_view{write->row.key}; })
      .array(writes, [](const CaseWrite* write) { return std::string_view{write->row.unit}; })
      .array(writes, [](const CaseWrite* write) { return write->row.opened; })
      .array(writes, [](const CaseWrite* write) { return write->row.closed; })
      .array(writes, [](const CaseWrite* write) { return write->row.due; })
      .array(writes, [](const CaseWrite* write) { return std::string_view{write->row.area}; })
      .array(writes, [](const CaseWrite* write) { return std::string_view{write->row.party}; })
      .array(writes, [](const CaseWrite* write) { return Bytes{write->row.state}; });
  return params;
}

/// Starts the parameters of a table of elements: case ids and numbers.
template <class Row>
Params elementParams(const std::vector<Row>& rows) {
  Params params;
  params.array(rows, [](const Row& row) { return row.id.case_id; }).array(rows, [](const Row& row) {
    return row.id.number;
  });
  return params;
}

template <class Row>
auto textOf(std::string Row::* member) {
  return [member](const Row& row) { return std::string_view{row.*member}; };
}

/// A member that is copied as it is.
template <class Row, class T>
auto valueOf(T Row::* member) {
  return [member](const Row& row) { return row.*member; };
}

}  // namespace

void BatchWriter::send() {
  sendCases();
  sendReplies();
  sendElements();
  sendOutside();
  sendTexts();
  sendStatements();
  sendJournal();
}

void BatchWriter::sendCases() {
  for (const auto& write : batch_.cases) {
    (write.expected_version == 0 ? new_cases_ : changed_cases_).push_back(&write);
  }
  if (!changed_cases_.empty()) {
    Params params = caseParams(changed_cases_);
    params.array(changed_cases_, [](const CaseWrite* write) { return write->expected_version; });
    connection_.send(Sql::update_cases, params);
  }
  if (!new_cases_.empty()) sendRows(Sql::insert_cases, caseParams(new_cases_));
}

void BatchWriter::sendReplies() {
  const auto& rows = batch_.replies;
  if (rows.empty()) return;
  Params params;
  params.array(rows, textOf(&ReplyRow::key))
      .array(rows, textOf(&ReplyRow::actor))
      .array(rows, valueOf(&ReplyRow::fingerprint))
      .array(rows, valueOf(&ReplyRow::case_id))
      .array(rows, valueOf(&ReplyRow::position))
      .array(rows, valueOf(&ReplyRow::at));
  sendRows(Sql::insert_replies, params);
}

void BatchWriter::sendRows(Sql id, const Params& params) {
  connection_.send(id, params);
  expected_.emplace_back();
}

template <class Row>
void BatchWriter::sendDrops(Sql id, const std::vector<ElementKey>& dropped, const std::vector<Row>& put) {
  if (dropped.empty() && put.empty()) return;
  std::vector<ElementKey> keys;
  keys.reserve(dropped.size() + put.size());
  keys = dropped;
  for (const Row& row : put) keys.push_back(row.id);
  Params params;
  params.array(keys, valueOf(&ElementKey::case_id)).array(keys, valueOf(&ElementKey::number));
  sendRows(id, params);
}

void BatchWriter::sendElements() {
  sendDrops(Sql::drop_tasks, batch_.drop_tasks, batch_.put_tasks);
  if (const auto& rows = batch_.put_tasks; !rows.empty()) {
    Params params = elementParams(rows);
    for (const auto member : {&TaskRow::process, &TaskRow::node, &TaskRow::name, &TaskRow::title,
                              &TaskRow::unit, &TaskRow::role, &TaskRow::person, &TaskRow::assignee}) {
      params.array(rows, textOf(member));
    }
    params.array(rows, [](const TaskRow& row) { return writeExcluded(row.excluded); })
        .array(rows, valueOf(&TaskRow::created))
        .array(rows, [](const TaskRow& row) { return row.due ? millisOf(*row.due) : no_due; })
        .array(rows, valueOf(&TaskRow::yellow))
        .array(rows, textOf(&TaskRow::area));
    sendRows(Sql::put_tasks, params);
  }
  sendDrops(Sql::drop_timers, batch_.drop_timers, batch_.put_timers);
  if (const auto& rows = batch_.put_timers; !rows.empty()) {
    sendRows(Sql::put_timers, elementParams(rows).array(rows, valueOf(&TimerRow::due)));
  }
  sendDrops(Sql::drop_subscriptions, batch_.drop_subscriptions, batch_.put_subscriptions);
  if (const auto& rows = batch_.put_subscriptions; !rows.empty()) {
    sendRows(Sql::put_subscriptions, elementParams(rows)
                                         .array(rows, valueOf(&SubscriptionRow::kind))
                                         .array(rows, textOf(&SubscriptionRow::name))
                                         .array(rows, textOf(&SubscriptionRow::key)));
  }
  sendDrops(Sql::drop_incidents, batch_.drop_incidents, batch_.put_incidents);
  if (const auto& rows = batch_.put_incidents; !rows.empty()) {
    sendRows(Sql::put_incidents, elementParams(rows)
                                     .array(rows, valueOf(&IncidentRow::at))
                                     .array(rows, textOf(&IncidentRow::process))
                                     .array(rows, textOf(&IncidentRow::node))
                                     .array(rows, textOf(&IncidentRow::code))
                                     .array(rows, textOf(&IncidentRow::message))
                                     .array(rows, textOf(&IncidentRow::unit))
                                     .array(rows, textOf(&IncidentRow::area)));
  }
}

void BatchWriter::sendOutside() {
  sendDrops(Sql::drop_outbox, batch_.drop_outbox, batch_.put_outbox);
  if (const auto& rows = batch_.put_outbox; !rows.empty()) {
    sendRows(Sql::put_outbox, elementParams(rows)
                                  .array(rows, textOf(&OutboxRow::topic))
                                  .array(rows, valueOf(&OutboxRow::next_attempt))
                                  .array(rows, valueOf(&OutboxRow::attempts))
                                  .array(rows, [](const OutboxRow& row) { return Bytes{row.body}; }));
  }
  if (const auto& rows = batch_.personal; !rows.empty()) {
    Params params;
    params.array(rows, valueOf(&PersonalRow::case_id))
        .array(rows, textOf(&PersonalRow::digest))
        .array(rows, [](const PersonalRow& row) { return Bytes{row.value}; });
    sendRows(Sql::put_personal, params);
  }
}

void BatchWriter::sendTexts() {
  if (!batch_.drop_texts.empty()) {
    Params params;
    params.array(batch_.drop_texts, [](std::int64_t id) { return id; });
    sendRows(Sql::drop_texts, params);
    sendRows(Sql::drop_tokens, params);
  }
  const auto& rows = batch_.put_texts;
  if (rows.empty()) return;
  Params texts;
  texts.array(rows, valueOf(&TextRow::id)).array(rows, valueOf(&TextRow::kind));
  for (const auto member : {&TextRow::process, &TextRow::area, &TextRow::unit, &TextRow::party})
    texts.array(rows, textOf(member));
  texts.array(rows, valueOf(&TextRow::status)).array(rows, valueOf(&TextRow::at));
  for (const auto member : {&TextRow::title, &TextRow::names, &TextRow::text})
    texts.array(rows, textOf(member));
  sendRows(Sql::put_texts, texts);
  Params tokens;
  tokens.array(rows, valueOf(&TextRow::id)).array(rows, [](const TextRow& row) {
    return Lexemes{toLexemes(indexedTokens(row))};
  });
  sendRows(Sql::put_tokens, tokens);
}

void BatchWriter::sendStatements() {
  for (const Statement& statement : batch_.statements) {
    connection_.send(statement);
    expected_.push_back(statement.expected);
  }
}

void BatchWriter::sendJournal() {
  const auto& rows = batch_.journal;
  if (rows.empty()) return;
  Params params;
  params.array(rows, valueOf(&JournalRow::case_id))
      .array(rows, valueOf(&JournalRow::position))
      .array(rows, [](const JournalRow& row) { return Bytes{row.record}; });
  sendRows(Sql::insert_journal, params);
}

bool BatchWriter::receive() {
  if (!changed_cases_.empty() &&
      static_cast<std::size_t>(connection_.receive().changed()) != changed_cases_.size()) {
    return false;
  }
  try {
    for (const auto expected : expected_) {
      const int changed = connection_.receive().changed();
      if (!expected || changed == *expected) continue;
      unexpected_ = true;
      return false;
    }
  } catch (const PostgresFault& fault) {
    if (fault.state != unique_violation) throw;
    return false;
  }
  return true;
}

void BatchWriter::findReasons(CommitOutcome& outcome) {
  outcome.unexpected = unexpected_;
  if (unexpected_) return;
  std::map<CaseId, std::int64_t> versions;
  Params ids;
  ids.array(batch_.cases, [](const CaseWrite& write) { return write.row.id; });
  const Rows cases = connection_.run(Sql::case_versions, ids);
  for (int row = 0; row < cases.size(); ++row) versions[cases[row].integer(0)] = cases[row].integer(1);
  for (const auto& write : batch_.cases) {
    const auto found = versions.find(write.row.id);
    if ((found == versions.end() ? 0 : found->second) != write.expected_version) {
      outcome.conflicts.push_back(write.row.id);
    }
  }
  std::set<std::pair<std::string, std::string>> used;
  Params keys;
  keys.array(batch_.replies, textOf(&ReplyRow::key));
  const Rows replies = connection_.run(Sql::replies_by_key, keys);
  for (int row = 0; row < replies.size(); ++row) used.emplace(replies[row].text(0), replies[row].text(1));
  for (const auto& row : batch_.replies) {
    if (!used.emplace(row.key, row.actor).second) outcome.repeated_keys.push_back(row.key);
  }
}

}  // namespace jinyue::store::postgres
