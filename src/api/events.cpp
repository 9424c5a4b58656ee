// /events: live updates over server-sent events.

#include <charconv>

#include "api/case_views.h"
#include "api/endpoint.h"
#include "api/live.h"

namespace jinyue::api {
namespace {

using identity::Permission;

constexpr std::size_t most_cases = 40;

struct EventQuery {
  std::optional<std::string> cases;
  static std::vector<About> about() {
    return {{"cases",
             {"另外关注的办件号，逗号分隔，最多 40 个",
              "cases to follow besides, separated by commas; at most 40"},
             R"("42,43")",
             1,
             800}};
  }
};
BOOST_DESCRIBE_STRUCT(EventQuery, (), (cases))

std::optional<std::vector<store::CaseId>> idsIn(std::string_view text) {
  std::vector<store::CaseId> ids;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    store::CaseId id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + comma, id);
    if (error != std::errc{} || end != text.data() + comma) return std::nullopt;
    ids.push_back(id);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return ids;
}

}  // namespace

void addEvents(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.path = "/events",
                 .name = "readEvents",
                 .tag = "events",
                 .summary = {"实时更新：我的任务、本单位待领取、权限范围内的办件",
                             "live updates: one's tasks, those of the unit, cases in reach"},
                 .access = signedIn(),
                 .detail = {"事件 case、task、counters；断线后带 Last-Event-ID 续传，收到 reset "
                            "则重新读取列表；会话结束即断开",
                            "events case, task and counters; Last-Event-ID resumes; after reset read the "
                            "lists afresh; ends with the session"}},
                [rooms](Call& call, const In<None, EventQuery>& in) -> Result<Answer<http::EventStream>> {
                  const identity::Caller& caller = *call.caller;
                  std::vector<std::string> topics = topicsOf(caller, call.rowsFor(Permission::case_read));
                  const auto ids = idsIn(in.query.cases.value_or(""));
                  if (!ids || ids->size() > most_cases) {
                    return refuse(ProblemKind::invalid, "request.query",
                                  {"cases 应为最多 40 个办件号", "cases are at most 40 numbers"}, "cases");
                  }
                  for (const store::CaseId id : *ids) {
                    if (auto row = findCase(call, rooms, id); !row)
                      return std::unexpected(std::move(row).error());
                    topics.push_back(topicOfCase(id));
                  }
                  constexpr std::size_t most_topics = 60;
                  if (topics.size() > most_topics) topics.resize(most_topics);
                  return http::EventStream{rooms.events, std::move(topics),
                                           rooms.live.watch(caller.id, caller.session)};
                });
}

}  // namespace jinyue::api
