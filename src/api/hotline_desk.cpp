// /hotline: what helps the agent while the caller is on the line: the caller's history, orders that are
// likely the same matter, suggestions of category and unit, knowledge, and topics that rise.

#include <algorithm>
#include <cmath>

#include "api/case_views.h"
#include "api/endpoint.h"
#include "api/hotline_values.h"
#include "api/paging.h"
#include "hotline/resemblance.h"
#include "identity/mask.h"

namespace jinyue::api {
namespace {

using identity::Permission;

std::optional<double> orderNumber(const feel::Context& variables, std::string_view name) {
  const feel::Value* value = variables.find(name);
  const auto number = value ? value->asNumber() : std::nullopt;
  if (!number) return std::nullopt;
  return std::stod(number->toString());
}

struct CallerBody {
  std::string phone;
  std::string purpose;
  static std::vector<About> about() {
    return {{"phone", {"来电号码", "the caller's number"}, R"("13000000000")", 3, 30},
            {"purpose", {"查询目的，记入审计", "why; goes into the audit trail"}, R"("受理来电")", 4, 200}};
  }
};
BOOST_DESCRIBE_STRUCT(CallerBody, (), (phone, purpose))

struct CallerHistory {
  std::vector<CaseLine> items;
  std::int64_t open = 0;
  static std::vector<About> about() {
    return {{"items", {"以往办件，新的在前", "earlier cases, newest first"}},
            {"open", {"其中在办的", "how many of them are open"}}};
  }
};
BOOST_DESCRIBE_STRUCT(CallerHistory, (), (items, open))

Result<Answer<CallerHistory>> callerHistoryOf(const Rooms& rooms, Call& call, const CallerBody& body) {
  constexpr int most = 50;
  const std::string phone = identity::normalised(identity::FieldClass::phone, body.phone);
  const std::string hash = rooms.vault.lookup(identity::wordOf(identity::FieldClass::phone), phone);
  const identity::RowPlace place{
      call.caller->unit, {}, std::string{hotline_pack}, {}, store::CaseStatus::active};
  if (auto noted = rooms.audit.reveal(*call.caller, "person:" + hash, place, {"history"}, body.purpose);
      !noted)
    return std::unexpected(std::move(noted).error());
  std::vector<std::string> parties = rooms.accounts.partiesByPhone(body.phone);
  parties.push_back("person:" + hash);
  CallerHistory history;
  const store::RowScope scope = call.rows();
  for (const std::string& party : parties) {
    store::CaseFilter filter;
    filter.party = party;
    filter.scope = scope;
    for (const store::CaseRow& row : rooms.store.listCases(filter, {most, {}}).rows)
      history.items.push_back(lineOf(rooms, row, call.now));
  }
  std::ranges::sort(history.items, std::ranges::greater{}, &CaseLine::id);
  if (history.items.size() > most) history.items.resize(most);
  history.open = std::ranges::count(history.items, store::CaseStatus::active, &CaseLine::status);
  Answer<CallerHistory> answer(std::move(history));
  answer.secret = true;
  return answer;
}

struct DuplicateQuery {
  std::string title;
  std::optional<std::string> place;
  std::optional<std::string> longitude;
  std::optional<std::string> latitude;
  std::optional<std::string> area;
  std::optional<int> days;
  static std::vector<About> about() {
    return {{"title", {"诉求标题", "title of the request"}, R"("路灯不亮")", 1, 100},
            {"place", {"地点", "place"}, R"("人民路 1 号")", 1, 200},
            {"longitude", {"经度", "longitude, degrees"}, R"("121.64")", 1, 20},
            {"latitude", {"纬度", "latitude, degrees"}, R"("38.92")", 1, 20},
            {"area", {"区划代码，只在此区划内找", "only in this region"}, {}, 1, 40},
            {"days", {"找多少天内的，默认 30", "how many days back; 30 without it"}, "30", 1, 365}};
  }
};
BOOST_DESCRIBE_STRUCT(DuplicateQuery, (), (title, place, longitude, latitude, area, days))

struct DuplicateView {
  std::int64_t id = 0;
  std::string title;
  std::string place;
  std::string unit;
  store::CaseStatus status = store::CaseStatus::active;
  Instant opened;
  std::int64_t percent = 0;
  std::int64_t title_percent = 0;
  std::int64_t place_percent = 0;
  std::optional<std::int64_t> metres;
  static std::vector<About> about() {
    return {{"id", {"工单编号，受理时填入“主单编号”即可合并", "number of the order, to merge into it"}},
            {"percent", {"相似程度", "how much they are alike"}},
            {"title_percent", {"标题相同的字对", "letter pairs that the titles have in common"}},
            {"place_percent", {"地点相同的字对", "letter pairs that the places have in common"}},
            {"metres", {"两点距离", "between the pins"}}};
  }
};
BOOST_DESCRIBE_STRUCT(DuplicateView, (),
                      (id, title, place, unit, status, opened, percent, title_percent, place_percent, metres))
struct Duplicates {
  std::vector<DuplicateView> items;
  std::int64_t looked_at = 0;
  static std::vector<About> about() {
    return {{"looked_at", {"比较了多少件", "how many orders were compared"}}};
  }
};
BOOST_DESCRIBE_STRUCT(Duplicates, (), (items, looked_at))

std::optional<double> orderDegrees(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto number = feel::Number::parse(*text);
  return number ? std::optional{std::stod(number->toString())} : std::nullopt;
}

Result<Answer<Duplicates>> duplicatesOf(const Rooms& rooms, Call& call, const DuplicateQuery& query) {
  constexpr std::int64_t most_looked_at = 2'000;
  constexpr std::size_t most = 10;
  constexpr double worth_opening = 0.15;
  const hotline::Matter wanted{query.title, query.place.value_or(""), orderDegrees(query.longitude),
                               orderDegrees(query.latitude)};
  const Instant since = call.now - std::chrono::days(query.days.value_or(30));
  store::CaseFilter filter;
  filter.process = std::string{hotline_process};
  filter.area = query.area;
  filter.scope = call.rows();
  Duplicates found;
  std::vector<store::CaseId> close;
  store::PageRequest page{500, {}};
  do {
    const auto rows = rooms.store.listCases(filter, page);
    page.after = rows.next;
    for (const store::CaseRow& row : rows.rows) {
      if (row.opened < since || found.looked_at >= most_looked_at) {
        page.after.clear();
        break;
      }
      ++found.looked_at;
      if (hotline::likeness(query.title, row.title) >= worth_opening) close.push_back(row.id);
    }
  } while (!page.after.empty());
  for (const store::CaseRow& row : rooms.store.loadCases(close)) {
    const bpmn::State state = stateOf(row, rooms.engine.seal());
    const feel::Context& variables = state.variables();
    if (!orderText(variables, "merged_into").empty()) continue;  // one joins the lead order
    const std::string place = orderText(variables, "place");
    const hotline::Resemblance alike = hotline::compare(
        wanted, {row.title, place, orderNumber(variables, "longitude"), orderNumber(variables, "latitude")});
    if (!alike.isLikely()) continue;
    DuplicateView view{row.id,
                       row.title,
                       place,
                       row.unit,
                       row.status,
                       row.opened,
                       perCent(alike.score),
                       perCent(alike.title),
                       perCent(alike.place),
                       {}};
    if (alike.metres) view.metres = std::llround(*alike.metres);
    found.items.push_back(std::move(view));
  }
  std::ranges::sort(found.items, [](const DuplicateView& a, const DuplicateView& b) {
    return std::tie(b.percent, b.id) < std::tie(a.percent, a.id);
  });
  if (found.items.size() > most) found.items.resize(most);
  return found;
}

}  // namespace

void addHotlineDesk(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.method = http::Method::post,
                 .path = "/hotline/callers",
                 .name = "callerHistory",
                 .tag = "hotline",
                 .summary = {"来电人的历史办件（按电话查找键，记入审计）",
                             "earlier cases of a caller, found by a keyed hash of the number; audited"},
                 .access = needs(Permission::personal_read, Reach::rows),
                 .repeats = Repeats::harmless},
                [rooms](Call& call, const In<None, None, CallerBody>& in) {
                  return callerHistoryOf(rooms, call, in.body);
                });
  endpoints.add({.path = "/hotline/duplicates",
                 .name = "likelyDuplicates",
                 .tag = "hotline",
                 .summary = {"可能重复的工单：同一地点、同一事情", "orders that are likely the same matter"},
                 .access = needs(Permission::case_read, Reach::rows)},
                [rooms](Call& call, const In<None, DuplicateQuery>& in) {
                  return duplicatesOf(rooms, call, in.query);
                });
}

}  // namespace jinyue::api
