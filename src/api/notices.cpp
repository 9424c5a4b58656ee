// /notices: what was said to whom, over which channel, and what came of it.

#include <algorithm>

#include "api/bodies.h"
#include "api/endpoint.h"
#include "api/paging.h"
#include "api/resource.h"
#include "api/rooms.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct NoticePath {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(NoticePath, (), (id))

struct NoticeQuery : PageQuery {
  std::optional<notify::State> state;
  std::optional<std::int64_t> case_id;
  std::optional<std::string> recipient;
  std::optional<std::string> party;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.insert(all.end(),
               {{"state",
                 {"状态；state、case_id、recipient、party 给其一，都不给则为本人或本企业的，工作人员为 dead",
                  "state; give one of state, case_id, recipient and party; without any those of oneself or "
                  "one's firm, "
                  "for officers the dead ones"}},
                {"case_id", {"办件号", "number of the case"}},
                {"recipient", {"接收人", "recipient"}, R"("account:17")"},
                {"party", {"当事人", "whose matter it is"}, R"("firm:91210200MA0000001M")"}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(NoticeQuery, (PageQuery), (state, case_id, recipient, party))

identity::RowPlace placeOf(const notify::NoticeSummary& notice) {
  return {notice.unit, notice.area, notice.pack, notice.party};
}

Problem unknownNotice(const std::string& id) {
  return {ProblemKind::not_found, "notice.unknown", {"没有这个通知", "there is no such notice"}, id, {}, {}};
}

Result<notify::NoticeSummary> find(const Rooms& rooms, Call& call, const std::string& id) {
  auto notice = rooms.notices.find(id);
  if (!notice || !call.may(placeOf(*notice))) return std::unexpected(unknownNotice(id));
  return notice;
}

/// Firms and residents come for their own notices, officers for those that nobody got.
void enterByCaller(const identity::Caller& caller, notify::NoticeFilter& filter) {
  const bool only_own = std::ranges::all_of(
      filter.scope.any, [](const identity::Alternative& each) { return !each.parties.empty(); });
  if (only_own && !caller.parties.empty()) filter.party = caller.parties.front();
  else filter.state = notify::State::dead;
}

}  // namespace

void addNotices(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(
      {.path = "/notices",
       .name = "listNotices",
       .tag = "notices",
       .summary = {"通知及其送达情况，不含内容", "notices and what came of them, without their content"},
       .access = needs(Permission::notice_read, Reach::rows)},
      [rooms](Call& call, const In<None, NoticeQuery>& in) -> Result<Answer<Listing<notify::NoticeSummary>>> {
        const auto page = pageOf(in.query);
        if (!page) return std::unexpected(page.error());
        notify::NoticeFilter filter;
        filter.state = in.query.state;
        filter.case_id = in.query.case_id;
        filter.recipient = in.query.recipient;
        filter.party = in.query.party;
        filter.scope = call.scope();
        const int given = (filter.state ? 1 : 0) + (filter.case_id ? 1 : 0) + (filter.recipient ? 1 : 0) +
                          (filter.party ? 1 : 0);
        if (given == 0) enterByCaller(*call.caller, filter);
        if (given > 1) {
          return refuse(ProblemKind::invalid, "request.query",
                        {"state、case_id、recipient、party 只能给一个",
                         "give one of state, case_id, recipient and party"});
        }
        return listingOf(rooms.notices.list(filter, *page),
                         [](const notify::NoticeSummary& notice) { return notice; });
      });
  const Resource officer{"notices", "/notices/{id}", needs(Permission::incident_repair, Reach::thing),
                         Repeats::harmless};  // what is decided already is refused
  const auto decides = [rooms](const char* kind, auto decide) {
    return [rooms, kind, decide](Call& call, const In<NoticePath>& in) -> Result<Answer<Nothing>> {
      if (auto notice = find(rooms, call, in.path.id); !notice)
        return std::unexpected(std::move(notice).error());
      auto noted = rooms.audit.note(*call.caller, kind, "notice:" + in.path.id, [&] {
        return (rooms.notices.*decide)(in.path.id, call.caller->actor(), call.now);
      });
      if (!noted) return std::unexpected(std::move(noted).error());
      return Nothing{};
    };
  };
  endpoints.add(officer.post("/retry", "retryNotice", {"重新发送", "has it tried again"}),
                decides("notice.retried", &notify::Outbox::retry));
  endpoints.add(officer.post("/abandonment", "abandonNotice", {"不再发送", "gives it up"}),
                decides("notice.given-up", &notify::Outbox::giveUp));
  auto opens = officer.post("/content", "openNotice",
                            {"查看通知内容（须说明目的，留痕）", "what it says, for a purpose; audited"});
  opens.access = needs(Permission::notice_read, Reach::thing);
  endpoints.add(opens,
                [rooms](Call& call,
                        const In<NoticePath, None, PurposeBody>& in) -> Result<Answer<notify::OpenedNotice>> {
                  const auto notice = find(rooms, call, in.path.id);
                  if (!notice) return std::unexpected(notice.error());
                  const std::string about =
                      notice->case_id ? fmt::format("case:{}", notice->case_id) : "notice:" + in.path.id;
                  if (auto noted = rooms.audit.reveal(*call.caller, about, placeOf(*notice), {"notice"},
                                                      in.body.purpose);
                      !noted)
                    return std::unexpected(std::move(noted).error());
                  auto opened = rooms.notices.open(in.path.id);
                  if (!opened) return std::unexpected(std::move(opened).error());
                  Answer<notify::OpenedNotice> answer(std::move(*opened));
                  answer.secret = true;
                  return answer;
                });
}

}  // namespace jinyue::api
