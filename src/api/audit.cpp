// /audit: what was done to accounts, and who read which personal data for what purpose.

#include "api/endpoint.h"
#include "api/paging.h"
#include "api/rooms.h"

namespace jinyue::api {
namespace {

struct AuditQuery : PageQuery {
  std::optional<std::int64_t> account;
  std::optional<std::string> subject;
  std::optional<std::string> kind;
  std::optional<Instant> from;
  std::optional<Instant> to;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.insert(all.end(), {{"account", {"操作人账号", "account of who did it"}},
                           {"subject", {"对象，如 case:42", "what it is about"}, R"("case:42")"},
                           {"kind", {"操作", "kind"}, R"("personal.read")"},
                           {"from", {"从此时起", "from then on"}},
                           {"to", {"到此时止，不含", "before then"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(AuditQuery, (PageQuery), (account, subject, kind, from, to))

}  // namespace

void addAudit(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(
      {.path = "/audit",
       .name = "listAudit",
       .tag = "audit",
       .summary = {"审计记录，新的在前；关于本人的人人可查",
                   "the audit trail, newest first; what is about oneself is for everybody"},
       .access = signedIn()},
      [rooms](Call& call, const In<None, AuditQuery>& in) -> Result<Answer<Listing<identity::AuditEntry>>> {
        const auto page = pageOf(in.query);
        if (!page) return std::unexpected(page.error());
        auto entries = rooms.audit.list(
            *call.caller, {in.query.account, in.query.subject, in.query.kind, in.query.from, in.query.to},
            *page);
        if (!entries) return std::unexpected(std::move(entries).error());
        return listingOf(*entries, [](const identity::AuditEntry& entry) { return entry; });
      });
}

}  // namespace jinyue::api
