// /cases/{id}/comments: what was written about a case. The log holds digests of these texts only; they are
// read from where personal values are kept, and are gone when a person's data were erased.

#include <map>

#include "api/bodies.h"
#include "api/case_views.h"
#include "api/endpoint.h"
#include "base/json_read.h"
#include "casework/record_body.h"
#include "ledger/record.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct CommentView {
  std::int64_t position = 0;
  Instant at;
  std::string actor;
  std::optional<std::int32_t> task;
  std::optional<std::string> text;
  static std::vector<About> about() {
    return {{"position", {"在办件记录中的位置", "place of its record"}},
            {"task", {"关于哪个任务", "the task that it is about"}},
            {"text", {"内容；依法删除后没有", "what it says; absent once it was erased"}}};
  }
};
BOOST_DESCRIBE_STRUCT(CommentView, (), (position, at, actor, task, text))
struct Comments {
  std::vector<CommentView> items;
};
BOOST_DESCRIBE_STRUCT(Comments, (), (items))

casework::Reveal clearTexts(const Rooms& rooms, store::CaseId id) {
  std::map<std::string, std::string, std::less<>> clear;
  for (const store::PersonalRow& row : rooms.store.loadPersonal(id)) {
    auto value = rooms.engine.seal().open(row);
    if (!value) throw store::StoreFault(describe(value.error()));
    clear.emplace(row.digest, std::move(*value));
  }
  return [clear = std::move(clear)](std::string_view digest) -> std::optional<feel::Value> {
    const auto found = clear.find(digest);
    if (found == clear.end()) return std::nullopt;
    auto value = fromJson<feel::Value>(found->second);
    return value ? std::optional{std::move(*value)} : std::nullopt;
  };
}

Result<Answer<Comments>> commentsOf(const Rooms& rooms, Call& call, std::int64_t id) {
  const auto row = findCase(call, rooms, id);
  if (!row) return std::unexpected(row.error());
  const bool is_officer = call.caller->kind == identity::AccountKind::officer;
  Comments comments;
  const casework::Reveal reveal = clearTexts(rooms, id);
  constexpr int at_once = 500;
  std::int64_t after = 0;
  for (bool more = true; more;) {
    const auto records = rooms.store.records(id, after, at_once);
    more = records.size() == static_cast<std::size_t>(at_once);
    for (const store::StoredRecord& stored : records) {
      after = stored.position;
      const auto record = ledger::decodeRecord(stored.record);
      if (!record) throw store::StoreFault(describe(record.error()));
      // What officers write to each other is not for the party; what it wrote itself is.
      if (record->kind != "comment" || (!is_officer && record->actor != call.caller->actor())) continue;
      const auto definition = rooms.definitions.findByLabel(record->model);
      if (!definition) return std::unexpected(definition.error());
      const auto events = casework::readRecordBody(record->body, *(*definition)->model, reveal);
      if (!events) throw store::StoreFault(describe(events.error()));
      for (const bpmn::Event& event : *events) {
        const auto* comment = std::get_if<bpmn::CommentAdded>(&event);
        if (!comment) continue;
        CommentView view{record->position, record->at, record->actor, comment->task, {}};
        if (const auto text = comment->text.asString()) view.text = std::string{*text};
        comments.items.push_back(std::move(view));
      }
    }
  }
  return comments;
}

}  // namespace

void addComments(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.path = "/cases/{id}/comments",
                 .name = "listComments",
                 .tag = "cases",
                 .summary = {"办理意见；当事人只看到自己写的", "comments; a party sees its own"},
                 .access = needs(Permission::case_read, Reach::thing)},
                [rooms](Call& call, const In<CasePath>& in) { return commentsOf(rooms, call, in.path.id); });
}

}  // namespace jinyue::api
