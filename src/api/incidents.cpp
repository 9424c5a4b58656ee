// /incidents: what went wrong in cases and waits for an officer.

#include "api/case_views.h"
#include "api/endpoint.h"
#include "api/paging.h"
#include "api/wishes.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct IncidentQuery : PageQuery {
  std::optional<std::string> process;
  std::optional<std::string> unit;
  std::optional<std::string> area;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.insert(all.end(), {{"process", {"流程标识", "id of the process"}},
                           {"unit", {"主办单位", "lead unit of the case"}},
                           {"area", {"区划代码", "region or zone code"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(IncidentQuery, (PageQuery), (process, unit, area))

struct IncidentPath {
  std::int64_t case_id = 0;
  std::int32_t number = 0;
};
BOOST_DESCRIBE_STRUCT(IncidentPath, (), (case_id, number))

struct ResolutionBody {
  PlainObject variables;
  std::string reason;
  static std::vector<About> about() {
    return {{"variables", {"视同该步骤给出的数据", "as if the step had given them"}},
            {"reason", {"理由", "reason"}, {}, 1, 500}};
  }
};
BOOST_DESCRIBE_STRUCT(ResolutionBody, (), (variables, reason))

}  // namespace

void addIncidents(Endpoints& endpoints, const Rooms& rooms) {
  const auto repairs = needs(Permission::incident_repair, Reach::thing);
  endpoints.add(
      {.path = "/incidents",
       .name = "listIncidents",
       .tag = "incidents",
       .summary = {"待处理异常，新的在前", "open incidents, newest first"},
       .access = needs(Permission::incident_repair, Reach::rows)},
      [rooms](Call& call, const In<None, IncidentQuery>& in) -> Result<Answer<Listing<IncidentView>>> {
        const auto page = pageOf(in.query);
        if (!page) return std::unexpected(page.error());
        store::IncidentFilter filter;
        filter.process = in.query.process;
        filter.unit = in.query.unit;
        filter.area = in.query.area;
        filter.scope = call.rows();
        return listingOf(rooms.store.listIncidents(filter, *page),
                         [](const store::IncidentRow& row) { return viewOf(row); });
      });
  endpoints.add({.method = http::Method::post,
                 .path = "/incidents/{case_id}/{number}/retry",
                 .name = "retryIncident",
                 .tag = "incidents",
                 .summary = {"重试", "tries it again"},
                 .access = repairs},
                [rooms](Call& call, const In<IncidentPath>& in, const Done<CaseStep>& done) {
                  carryOut(rooms, call, RetryIncident{{in.path.case_id}, in.path.number}, done);
                });
  endpoints.add(
      {.method = http::Method::post,
       .path = "/incidents/{case_id}/{number}/resolution",
       .name = "resolveIncident",
       .tag = "incidents",
       .summary = {"跳过：视同已完成", "goes past it as if it were done"},
       .access = repairs},
      [rooms](Call& call, const In<IncidentPath, None, ResolutionBody>& in, const Done<CaseStep>& done) {
        carryOut(rooms, call,
                 ResolveIncident{{in.path.case_id}, in.path.number, in.body.variables, in.body.reason}, done);
      });
}

}  // namespace jinyue::api
