// /hotline/topics: which topics rise in which area, with a warning for what is far above the usual.

#include <algorithm>
#include <set>

#include "api/decimal.h"
#include "api/endpoint.h"
#include "api/rooms.h"
#include "hotline/surge.h"

namespace jinyue::api {
namespace {

using identity::Permission;
using insight::By;

struct TopicQuery {
  std::optional<int> days;
  std::optional<int> spans;
  std::optional<Date> until;
  static std::vector<About> about() {
    return {{"days", {"统计最近几天，默认 7", "the last so many days; 7 without it"}, "7", 1, 31},
            {"spans",
             {"与之前多少个同样长的时段比，默认 8", "compared with so many spans before; 8 without it"},
             "8",
             3,
             26},
            {"until", {"截至哪天（含），默认昨天", "last day, included; yesterday without it"}}};
  }
};
BOOST_DESCRIBE_STRUCT(TopicQuery, (), (days, spans, until))

struct TopicView {
  std::optional<std::string> area;
  std::optional<std::string> category;
  std::optional<Text> category_name;
  std::int64_t count = 0;
  std::vector<std::int64_t> before;
  Decimal usual;
  Decimal threshold;
  bool warns = false;
  Text reason;
  static std::vector<About> about() {
    return {{"area", {"区划代码；没有则为全市", "region or zone; absent: the whole city"}},
            {"category", {"类别；没有则为所有类别", "category; absent: all of them"}},
            {"before", {"之前各时段的件数，近的在前", "orders in the spans before, the nearest first"}},
            {"usual", {"平常：之前各时段的中位数", "the median of the spans before"}},
            {"threshold", {"超过此数即预警", "more than this warns"}},
            {"reason", {"怎样算出来的", "how it was computed"}}};
  }
};
BOOST_DESCRIBE_STRUCT(TopicView, (),
                      (area, category, category_name, count, before, usual, threshold, warns, reason))
struct Topics {
  Date first;
  Date last;
  bool complete = true;
  std::vector<TopicView> items;
  static std::vector<About> about() {
    return {{"complete", {"false：历史办件还在重算", "false: old cases are still being counted"}},
            {"items", {"预警的在前，再按高出平常的程度", "warnings first, then by how far above the usual"}}};
  }
};
BOOST_DESCRIBE_STRUCT(Topics, (), (first, last, complete, items))

Decimal topicDecimal(double value) {
  return {feel::Number::parse(fmt::format("{:.1f}", value)).value_or(feel::Number{})};
}

using TopicSpans = std::vector<std::int64_t>;  ///< the newest first

Text surgeReason(const hotline::Surge& surge, std::size_t spans) {
  return {
      fmt::format(
          "本期 {} 件；前 {} 期的中位数 {:.1f} 件，离散程度 {:.1f}，预警线 {:.1f}（中位数加三倍离散程度）",
          surge.count, spans, surge.usual, surge.spread, surge.threshold),
      fmt::format(
          "{} orders now; median of {} spans before {:.1f}, spread {:.1f}, so more than {:.1f} warns (the "
          "median and three spreads)",
          surge.count, spans, surge.usual, surge.spread, surge.threshold)};
}

Result<Answer<Topics>> topicsOf(const Rooms& rooms, Call& call, const TopicQuery& query) {
  constexpr std::size_t most = 100;
  const std::chrono::days days{query.days.value_or(7)};
  const auto spans = static_cast<std::size_t>(query.spans.value_or(8));
  Topics topics;
  topics.last = query.until.value_or(dateOf(call.now) - std::chrono::days{1});
  topics.first = topics.last - days + std::chrono::days{1};
  insight::FigureFilter filter;
  filter.scope = call.rows();
  const auto rules = rooms.facts.rules();
  const auto received = insight::Figures::find(*rules, "hotline/received");
  if (!received) return topics;  // no orders are counted in this city
  insight::FigureState state;
  const insight::Period period{topics.last - days * static_cast<int>(spans + 1) + std::chrono::days{1},
                               topics.last};
  const auto groups =
      rooms.figures.ask({*received}, period, filter, {By::area, By::category, By::day}, &state);
  if (!groups) return std::unexpected(groups.error());
  topics.complete = state.complete;

  std::map<std::pair<std::string, std::string>, TopicSpans> counts;  // "" is all
  for (const auto& [key, sums] : *groups) {
    const auto day = parseDate(key[2]);
    if (!day) continue;
    const auto ago = static_cast<std::size_t>((topics.last - *day) / days);
    if (ago > spans) continue;
    // An order without an area or a category counts once.
    const std::set<std::pair<std::string, std::string>> places{
        {key[0], key[1]}, {std::string{}, key[1]}, {key[0], std::string{}}};
    for (const auto& place : places) {
      if (place.first.empty() && place.second.empty()) continue;
      TopicSpans& of = counts[place];
      of.resize(spans + 1);
      of[ago] += sums.front().counts;
    }
  }
  std::vector<std::pair<double, TopicView>> found;
  for (const auto& [key, of] : counts) {
    const hotline::Surge surge = hotline::surgeOf(of.front(), std::span(of).subspan(1));
    if (surge.count == 0) continue;
    TopicView view;
    if (!key.first.empty()) view.area = key.first;
    if (!key.second.empty()) {
      view.category = key.second;
      view.category_name = rooms.names.entry("hotline-categories", key.second, call.now);
    }
    view.count = surge.count;
    view.before.assign(of.begin() + 1, of.end());
    view.usual = topicDecimal(surge.usual);
    view.threshold = topicDecimal(surge.threshold);
    view.warns = surge.warns;
    view.reason = surgeReason(surge, spans);
    found.emplace_back(surge.times, std::move(view));
  }
  std::ranges::sort(found, [](const auto& a, const auto& b) {
    return std::tie(b.second.warns, b.first, a.second.area, a.second.category) <
           std::tie(a.second.warns, a.first, b.second.area, b.second.category);
  });
  for (auto& [times, view] : found) {
    if (topics.items.size() < most) topics.items.push_back(std::move(view));
  }
  return topics;
}

}  // namespace

void addHotlineTopics(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(
      {.path = "/hotline/topics",
       .name = "risingTopics",
       .tag = "hotline",
       .summary = {"各区、各类诉求的升温与预警", "rising topics by area and category, with warnings"},
       .access = needs(Permission::case_read, Reach::rows)},
      [rooms](Call& call, const In<None, TopicQuery>& in) { return topicsOf(rooms, call, in.query); });
}

}  // namespace jinyue::api
