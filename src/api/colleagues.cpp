// /colleagues: to whom a task can be assigned. Logins, units and posts, no personal data.

#include "api/endpoint.h"
#include "api/paging.h"
#include "api/rooms.h"

namespace jinyue::api {
namespace {

struct ColleagueQuery : PageQuery {
  std::optional<std::string> unit;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.push_back({"unit", {"单位", "unit"}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(ColleagueQuery, (PageQuery), (unit))

struct Colleague {
  std::int64_t account = 0;
  std::string login;
  std::string unit;
  std::vector<std::string> posts;
};
BOOST_DESCRIBE_STRUCT(Colleague, (), (account, login, unit, posts))

}  // namespace

void addColleagues(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.path = "/colleagues",
                 .name = "listColleagues",
                 .tag = "tasks",
                 .summary = {"可以指派的工作人员", "officers to whom a task can be assigned"},
                 .access = needs(identity::Permission::task_assign, Reach::nothing)},
                [rooms](Call&, const In<None, ColleagueQuery>& in) -> Result<Answer<Listing<Colleague>>> {
                  const auto page = pageOf(in.query);
                  if (!page) return std::unexpected(page.error());
                  auto found = rooms.accounts.list(in.query.unit, *page);
                  std::erase_if(found.rows, [](const identity::Account& account) {
                    return account.kind != identity::AccountKind::officer ||
                           account.status != identity::AccountStatus::active;
                  });
                  return listingOf(found, [](const identity::Account& account) {
                    return Colleague{account.id, account.login, account.unit, account.posts};
                  });
                });
}

}  // namespace jinyue::api
