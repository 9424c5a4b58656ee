// /figures: what is counted of cases, and the cases behind each figure.

#include "api/case_views.h"
#include "api/decimal.h"
#include "api/endpoint.h"
#include "api/paging.h"

namespace jinyue::api {
namespace {

using identity::Permission;
using insight::By;
using insight::IndicatorRef;

constexpr std::size_t most_indicators = 40;
constexpr std::size_t most_groups = 5000;

struct IndicatorView {
  std::string id;
  std::string pack;
  std::string process;
  Text title;
  std::optional<Text> definition;
  std::string source;
  std::string kind;
  std::string day;
  std::optional<std::string> of;
  std::optional<std::string> counts;
  std::optional<std::string> value;
  Text unit;
  packs::Direction direction = packs::Direction::none;
  static std::vector<About> about() {
    return {{"id", {"指标，形如 包/指标", "the indicator: PACK/INDICATOR"}},
            {"kind", {"count 件数，rate 比率，average 平均，total 合计", "count, rate, average or total"}},
            {"day", {"计入哪一天：opened、closed 或表达式", "the day it counts on: opened, closed, or FEEL"}},
            {"of", {"分母条件", "what the rate is of"}},
            {"counts", {"计数或分子条件", "what counts"}},
            {"value", {"取值", "of what it is the average or sum"}}};
  }
};
BOOST_DESCRIBE_STRUCT(IndicatorView, (),
                      (id, pack, process, title, definition, source, kind, day, of, counts, value, unit,
                       direction))
struct IndicatorList {
  std::vector<IndicatorView> items;
};
BOOST_DESCRIBE_STRUCT(IndicatorList, (), (items))

struct FigureView {
  std::string indicator;
  std::optional<Decimal> value;
  std::int64_t of = 0;
  std::int64_t counts = 0;
  std::optional<Decimal> before;
  std::optional<Decimal> year_before;
  static std::vector<About> about() {
    return {{"value", {"数值；分母为零时没有", "the figure; absent when there is nothing to divide by"}},
            {"of", {"分母件数", "cases that it is of"}},
            {"counts", {"计数或分子件数", "cases that count"}},
            {"before", {"上期（compare 时）", "in the period before, with `compare`"}},
            {"year_before", {"上年同期（compare 时）", "in the same period a year before, with `compare`"}}};
  }
};
BOOST_DESCRIBE_STRUCT(FigureView, (), (indicator, value, of, counts, before, year_before))

struct FigureGroup {
  std::optional<std::string> unit;
  std::optional<std::string> area;
  std::optional<std::string> category;
  std::optional<std::string> channel;
  std::optional<std::string> month;
  std::optional<std::string> day;
  std::optional<Text> name;
  std::vector<FigureView> figures;
  static std::vector<About> about() {
    return {{"name",
             {"单位、区划、类别或渠道的名称，按一项分组时给出",
              "of the unit, area, category or channel, when grouped by one of them"}}};
  }
};
BOOST_DESCRIBE_STRUCT(FigureGroup, (), (unit, area, category, channel, month, day, name, figures))

struct FiguresView {
  std::string period;
  Date first;
  Date last;
  Instant computed_at;
  bool complete = true;
  std::vector<FigureGroup> items;
  static std::vector<About> about() {
    return {{"computed_at", {"计算时间", "when it was computed"}},
            {"complete",
             {"false：指标定义刚改过，历史办件还在重算",
              "false: declarations have changed and old cases are still being counted anew"}}};
  }
};
BOOST_DESCRIBE_STRUCT(FiguresView, (), (period, first, last, computed_at, complete, items))

struct FilterQuery {
  std::optional<std::string> unit;
  std::optional<std::string> area;
  std::optional<std::string> category;
  std::optional<std::string> channel;
  static std::vector<About> about() {
    return {{"unit", {"单位，可用逗号列多个", "units, with commas between them"}},
            {"area", {"区划代码，可用逗号列多个", "region or zone codes, with commas between them"}},
            {"category", {"类别，可用逗号列多个", "categories, with commas between them"}},
            {"channel", {"渠道，可用逗号列多个", "channels, with commas between them"}}};
  }
};
BOOST_DESCRIBE_STRUCT(FilterQuery, (), (unit, area, category, channel))

struct FiguresQuery : FilterQuery {
  std::string indicators;
  std::string period;
  std::optional<std::string> by;
  std::optional<bool> compare;
  static std::vector<About> about() {
    auto all = FilterQuery::about();
    all.insert(all.end(),
               {{"indicators",
                 {"指标，形如 包/指标，可用逗号列多个", "PACK/INDICATOR, with commas between them"},
                 R"("demonstration/hotline-satisfied")"},
                {"period",
                 {"期间：2026、2026-Q3、2026-07、2026-07-01，或 起..止",
                  "2026, 2026-Q3, 2026-07, 2026-07-01, or FROM..TO"},
                 R"("2026-09")"},
                {"by",
                 {"按什么分组，至多三项：unit、area、category、channel、month、day",
                  "at most three of unit, area, category, channel, month, day"}},
                {"compare", {"同时给出上期和上年同期", "with the period before and a year before"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(FiguresQuery, (FilterQuery), (indicators, period, by, compare))

struct BehindQuery : FilterQuery {
  std::string indicator;
  std::string period;
  std::optional<bool> fulfilled;
  std::optional<std::string> after;
  std::optional<int> limit;
  static std::vector<About> about() {
    auto all = FilterQuery::about();
    all.insert(
        all.end(),
        {{"indicator", {"指标，形如 包/指标", "PACK/INDICATOR"}, R"("demonstration/hotline-satisfied")"},
         {"period", {"期间", "the period"}, R"("2026-09")"},
         {"fulfilled",
          {"false：列出分母中不符合条件的", "false: those of the rate that do not fulfil the condition"}}});
    for (const About& each : PageQuery::about()) all.push_back(each);
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(BehindQuery, (FilterQuery), (indicator, period, fulfilled, after, limit))

/// A case behind a figure. Its title is for who may read the case.
struct CountedLine {
  std::int64_t id = 0;
  std::string process;
  store::CaseStatus status = store::CaseStatus::active;
  std::optional<std::string> title;
  std::string unit;
  Text unit_name;
  std::string area;
  Instant opened;
  std::optional<Instant> closed;
};
BOOST_DESCRIBE_STRUCT(CountedLine, (), (id, process, status, title, unit, unit_name, area, opened, closed))

IndicatorView indicatorViewOf(const std::string& pack, const packs::Indicator& indicator) {
  const char* kind = "count";
  if (indicator.of) kind = "rate";
  else if (indicator.value) kind = "average";
  else if (indicator.total) kind = "total";
  return {pack + "/" + indicator.id,
          pack,
          indicator.process,
          indicator.title,
          indicator.definition,
          indicator.source,
          kind,
          indicator.day.value_or("opened"),
          indicator.of,
          indicator.counts,
          indicator.value ? indicator.value : indicator.total,
          packs::unitOf(indicator),
          indicator.direction.value_or(packs::Direction::none)};
}

Result<insight::Period> figurePeriodOf(const std::string& text) {
  if (const auto period = insight::parsePeriod(text)) return *period;
  return refuse(ProblemKind::invalid, "figure.period",
                {"期间应为 2026、2026-Q3、2026-07、2026-07-01 或 起..止",
                 "a period is 2026, 2026-Q3, 2026-07, 2026-07-01 or FROM..TO"},
                "period");
}

Result<IndicatorRef> indicatorOf(const insight::FactRules& rules, const std::string& id,
                                 const std::string& where) {
  if (auto found = insight::Figures::find(rules, id)) return *found;
  return refuse(ProblemKind::not_found, "figure.unknown",
                {"没有这个指标：" + id, "there is no indicator " + id}, where,
                {"见 /figures/indicators", "see /figures/indicators"});
}

Result<std::vector<By>> figureGroupsOf(const std::optional<std::string>& text) {
  std::vector<By> by;
  for (const std::string& word : commaList(text)) {
    By each{};
    if (!boost::describe::enum_from_string(word.c_str(), each) || std::ranges::find(by, each) != by.end() ||
        by.size() == 3) {
      return refuse(ProblemKind::invalid, "figure.by",
                    {"by 至多三项，各不相同：unit、area、category、channel、month、day",
                     "`by` has at most three different words of unit, area, category, channel, month, day"},
                    "by");
    }
    by.push_back(each);
  }
  return by;
}

insight::FigureFilter figureFilterOf(const FilterQuery& query, store::RowScope scope) {
  return {commaList(query.unit), commaList(query.area), commaList(query.category), commaList(query.channel),
          std::move(scope)};
}

std::optional<Decimal> decimalOf(const std::optional<feel::Number>& number) {
  if (!number) return std::nullopt;
  return Decimal{number->rounded(6, feel::Rounding::half_even)};
}

void setKey(FigureGroup& group, const std::vector<By>& by, const insight::GroupKey& key) {
  for (std::size_t i = 0; i < by.size(); ++i) {
    std::optional<std::string>* into = nullptr;
    switch (by[i]) {
      case By::unit: into = &group.unit; break;
      case By::area: into = &group.area; break;
      case By::category: into = &group.category; break;
      case By::channel: into = &group.channel; break;
      case By::month: into = &group.month; break;
      case By::day: into = &group.day; break;
    }
    *into = key[i];
  }
}

/// Where the names of what figures are grouped by stand; empty where there are none.
std::string registerOf(const insight::FactRules& rules, const IndicatorRef& indicator, By by) {
  if (by == By::unit) return "units";
  if (by == By::area) return "regions";
  const insight::DeclaredFigures* declared = rules.pack(indicator.pack);
  if (declared == nullptr || (by != By::category && by != By::channel)) return {};
  const auto& processes = declared->figures.processes;
  const auto found =
      std::ranges::find(processes, indicator.indicator->process, &packs::FigureProcess::process);
  if (found == processes.end()) return {};
  return (by == By::category ? found->category_register : found->channel_register).value_or("");
}

Result<FiguresView> figuresOf(const Rooms& rooms, Call& call, const FiguresQuery& query) {
  const auto scope = call.rows();
  const auto period = figurePeriodOf(query.period);
  if (!period) return std::unexpected(period.error());
  const auto by = figureGroupsOf(query.by);
  if (!by) return std::unexpected(by.error());
  const auto rules = rooms.facts.rules();
  std::vector<IndicatorRef> indicators;
  for (const std::string& id : commaList(query.indicators)) {
    auto found = indicatorOf(*rules, id, "indicators");
    if (!found) return std::unexpected(std::move(found).error());
    indicators.push_back(std::move(*found));
  }
  if (indicators.size() > most_indicators) {
    return refuse(ProblemKind::invalid, "figure.too-many",
                  {"一次至多 40 个指标", "at most 40 indicators at a time"}, "indicators");
  }
  const insight::FigureFilter filter = figureFilterOf(query, scope);
  insight::FigureState state;
  const auto now = rooms.figures.ask(indicators, *period, filter, *by, &state);
  if (!now) return std::unexpected(now.error());
  if (now->size() > most_groups) {
    return refuse(ProblemKind::invalid, "figure.too-many-groups",
                  {"分组过多，请缩小范围", "too many groups; ask for less"}, "by");
  }
  insight::Groups before;
  insight::Groups year_before;
  const bool by_time = std::ranges::any_of(*by, [](By each) { return each == By::month || each == By::day; });
  if (query.compare.value_or(false) && !by_time) {
    auto first = rooms.figures.ask(indicators, insight::periodBefore(*period), filter, *by);
    if (!first) return std::unexpected(std::move(first).error());
    auto second = rooms.figures.ask(indicators, insight::yearBefore(*period), filter, *by);
    if (!second) return std::unexpected(std::move(second).error());
    before = std::move(*first);
    year_before = std::move(*second);
  }
  const std::string names =
      by->size() == 1 && !indicators.empty() ? registerOf(*rules, indicators.front(), by->front()) : "";
  FiguresView view{insight::formatPeriod(*period), period->first, period->last, call.now, state.complete, {}};
  for (const auto& [key, sums] : *now) {
    FigureGroup group;
    setKey(group, *by, key);
    if (!names.empty() && !key.front().empty()) group.name = rooms.names.entry(names, key.front(), call.now);
    for (std::size_t i = 0; i < indicators.size(); ++i) {
      const packs::Indicator& indicator = *indicators[i].indicator;
      const auto earlier = [&](const insight::Groups& groups) -> std::optional<Decimal> {
        const auto found = groups.find(key);
        if (found == groups.end()) return std::nullopt;
        return decimalOf(insight::figureOf(indicator, found->second[i]));
      };
      group.figures.push_back({indicators[i].pack + "/" + indicator.id,
                               decimalOf(insight::figureOf(indicator, sums[i])), sums[i].of, sums[i].counts,
                               earlier(before), earlier(year_before)});
    }
    view.items.push_back(std::move(group));
  }
  return view;
}

Result<Listing<CountedLine>> casesBehind(const Rooms& rooms, Call& call, const BehindQuery& query) {
  const auto scope = call.rows();
  const auto page = pageOf({query.after, query.limit});
  if (!page) return std::unexpected(page.error());
  const auto period = figurePeriodOf(query.period);
  if (!period) return std::unexpected(period.error());
  const auto rules = rooms.facts.rules();
  const auto indicator = indicatorOf(*rules, query.indicator, "indicator");
  if (!indicator) return std::unexpected(indicator.error());
  const auto found = rooms.figures.behind(
      {*indicator, *period, figureFilterOf(query, scope), query.fulfilled.value_or(true)}, *page);
  if (!found) return std::unexpected(found.error());
  Listing<CountedLine> listing;
  if (!found->next.empty()) listing.next = found->next;
  if (found->rows.empty()) return listing;
  std::vector<store::CaseRow> rows = rooms.store.loadCases(found->rows);
  std::ranges::reverse(rows);  // newest first
  for (store::CaseRow& row : rows) {
    CountedLine line{row.id,   row.process, row.status, {}, row.unit, rooms.names.unit(row.unit, call.now),
                     row.area, row.opened,  row.closed};
    if (call.caller->may(Permission::case_read, placeOf(row, rooms.packs))) line.title = std::move(row.title);
    listing.items.push_back(std::move(line));
  }
  return listing;
}

}  // namespace

void addFigures(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.path = "/figures/indicators",
                 .name = "listIndicators",
                 .tag = "figures",
                 .summary = {"指标及其定义", "indicators and what they mean"},
                 .access = needs(Permission::figure_read, Reach::nothing)},
                [rooms](Call&, const In<>&) -> Result<Answer<IndicatorList>> {
                  IndicatorList list;
                  const auto rules = rooms.facts.rules();
                  for (const auto& declared : rules->declared) {
                    for (const packs::Indicator& each : declared->figures.indicators)
                      list.items.push_back(indicatorViewOf(declared->pack, each));
                  }
                  return list;
                });
  endpoints.add({.path = "/figures",
                 .name = "readFigures",
                 .tag = "figures",
                 .summary = {"一个期间的指标数值，可分组、可比较",
                             "the figures of a period, in groups, beside those before"},
                 .access = needs(Permission::figure_read, Reach::rows)},
                [rooms](Call& call, const In<None, FiguresQuery>& in) -> Result<Answer<FiguresView>> {
                  auto view = figuresOf(rooms, call, in.query);
                  if (!view) return std::unexpected(std::move(view).error());
                  return std::move(*view);
                });
  endpoints.add({.path = "/figures/behind",
                 .name = "listCasesBehind",
                 .tag = "figures",
                 .summary = {"一个数值背后的办件，新的在前", "the cases behind a figure, newest first"},
                 .access = needs(Permission::figure_read, Reach::rows)},
                [rooms](Call& call, const In<None, BehindQuery>& in) -> Result<Answer<Listing<CountedLine>>> {
                  auto listing = casesBehind(rooms, call, in.query);
                  if (!listing) return std::unexpected(std::move(listing).error());
                  return std::move(*listing);
                });
}

}  // namespace jinyue::api
