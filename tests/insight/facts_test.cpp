// Figures against a recount by hand, on both stores.
#include <random>

#include <gmock/gmock.h>

#include "insight/counted_city.h"

namespace jinyue::insight {
namespace facts_test {

using testing::ElementsAre;
using testing::IsEmpty;

class Facts : public CountedCity {};
JINYUE_COUNTED_ON_BOTH_STORES(Facts);

Sums one(const Groups& groups, const GroupKey& key = {}, std::size_t at = 0) {
  const auto found = groups.find(key);
  return found == groups.end() ? Sums{} : found->second.at(at);
}

TEST_P(Facts, ACaseIsCountedWithItsOwnCommit) {
  open();
  EXPECT_EQ(one(ask({"received"}, "2026-07")).counts, 0);
  const auto id = start({});
  EXPECT_EQ(one(ask({"received"}, "2026-07")).counts, 1);
  EXPECT_EQ(one(ask({"closed"}, "2026-07")).counts, 0);
  EXPECT_EQ(one(ask({"received"}, "2026-06")).counts, 0);
  EXPECT_EQ(one(ask({"received"}, "2026-Q3")).counts, 1);
  EXPECT_EQ(one(ask({"received"}, "2026-07-01")).counts, 1);
  EXPECT_EQ(one(ask({"received"}, "2026-07-02..2026-07-31")).counts, 0);
  clock_.advance(std::chrono::days{31});
  close(id, {true, false, 31});
  EXPECT_EQ(one(ask({"closed"}, "2026-08")).counts, 1);
  EXPECT_EQ(one(ask({"received"}, "2026-08")).counts, 0);
  const auto groups = ask({"on-time", "solution", "satisfaction", "days", "cost"}, "2026-08");
  EXPECT_EQ(one(groups, {}, 0), (Sums{1, 0, 0}));  // too late
  EXPECT_EQ(one(groups, {}, 1), (Sums{1, 1, 0}));
  EXPECT_EQ(one(groups, {}, 2), (Sums{1, 0, 0}));
  EXPECT_EQ(one(groups, {}, 3), (Sums{1, 1, 31'000}));
  EXPECT_EQ(one(groups, {}, 4), (Sums{1, 1, 31'000}));
  EXPECT_THAT(behind("solution", "2026-08"), ElementsAre(id));
  EXPECT_THAT(behind("satisfaction", "2026-08"), IsEmpty());
  EXPECT_THAT(behind("satisfaction", "2026-08", false), ElementsAre(id));
  EXPECT_THAT(behind("days", "2026-08"), ElementsAre(id));
}

TEST_P(Facts, TheLastMomentInTimeIsInTimeAndACancelledCaseIsNotCompleted) {
  open();
  const auto in_time = start({});
  const auto too_late = start({});
  const auto cancelled = start({});
  const store::CaseId ids[] = {in_time};
  const Instant due = *city_->store().loadCases(ids).front().due;
  clock_.advance(due - clock_.now() - Millis{1});
  close(in_time, {});
  clock_.advance(Millis{1});
  close(too_late, {});
  run(cancelled, bpmn::Cancel{"示例"});
  const auto groups = ask({"on-time", "closed"}, "2026");
  EXPECT_EQ(one(groups, {}, 0), (Sums{2, 1, 0}));
  EXPECT_EQ(one(groups, {}, 1).counts, 3);
  EXPECT_THAT(behind("on-time", "2026", false), ElementsAre(too_late));
}

store::ScopeAlternative reach(std::vector<std::string> units, std::vector<std::string> areas = {}) {
  store::ScopeAlternative made;
  made.units = std::move(units);
  made.areas = std::move(areas);
  return made;
}

/// What the city should say, counted from what the test did.
struct Done {
  store::CaseId id = 0;
  Order order = {};
  Date opened = {};
  std::optional<Date> closed = {};
  bool in_time = false;
  Outcome outcome = {};
};

TEST_P(Facts, FiguresAreWhatARecountGives) {
  open();
  std::mt19937 random(GetParam() == StoreKind::sqlite ? 7 : 8);
  const auto pick = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  const auto maybe = [&]() -> std::optional<bool> {
    if (random() % 3 == 0) return std::nullopt;
    return random() % 2 == 0;
  };
  const std::vector<std::string> units{"城管局（示例）", "水务局（示例）", "it's \"unit\" %_", ""};
  const std::vector<std::string> areas{"210202", "210203", ""};
  std::vector<Done> all;
  std::vector<std::size_t> still_open;
  for (int round = 0; round < 150; ++round) {
    clock_.advance(std::chrono::hours{random() % 30});
    if (still_open.empty() || random() % 5 != 0) {
      Done done{.order = {pick(units), pick(areas), pick({"路灯", "供水", "噪声"}), pick({"电话", "网络"})}};
      done.id = start(done.order);
      done.opened = dateOf(clock_.now());
      still_open.push_back(all.size());
      all.push_back(done);
    } else {
      const std::size_t at = random() % still_open.size();
      Done& done = all[still_open[at]];
      const store::CaseId ids[] = {done.id};
      done.in_time = clock_.now() < *city_->store().loadCases(ids).front().due;
      done.outcome = {maybe(), maybe(),
                      maybe() ? std::optional{static_cast<int>(random() % 40)} : std::nullopt};
      done.closed = dateOf(clock_.now());
      close(done.id, done.outcome);
      still_open.erase(still_open.begin() + static_cast<std::ptrdiff_t>(at));
    }
    if (round == 70) restart();
  }
  const std::vector<std::string> ids{"received",     "closed", "on-time", "solution",
                                     "satisfaction", "days",   "cost"};
  const auto expected = [&](const Period& period,
                            const std::function<std::optional<GroupKey>(const Done&)>& key) {
    Groups groups;
    for (const Done& done : all) {
      const auto place = key(done);
      if (!place) continue;
      const auto in = [&](const std::optional<Date>& day) {
        return day && *day >= period.first && *day <= period.last;
      };
      const auto add = [&](std::size_t at, Sums sums) {
        auto& into = groups[*place];
        into.resize(ids.size());
        into[at] += sums;
      };
      if (in(done.opened)) add(0, {1, 1, 0});
      if (!in(done.closed)) continue;
      add(1, {1, 1, 0});
      add(2, {1, done.in_time ? 1 : 0, 0});
      if (done.outcome.solved) add(3, {1, *done.outcome.solved ? 1 : 0, 0});
      if (done.outcome.satisfied) add(4, {1, *done.outcome.satisfied ? 1 : 0, 0});
      if (done.outcome.days) add(5, {1, 1, *done.outcome.days * 1000});
      if (done.outcome.days && done.outcome.solved == true) add(6, {1, 1, *done.outcome.days * 1000});
    }
    return groups;
  };
  const auto drop_empty = [](Groups groups) {
    std::erase_if(groups, [](const auto& each) {
      return std::ranges::all_of(each.second, [](const Sums& sums) { return sums == Sums{}; });
    });
    return groups;
  };
  for (const std::string text : {"2026-07", "2026-08", "2026-Q3", "2026-07-05..2026-08-20"}) {
    SCOPED_TRACE(text);
    const Period period = *parsePeriod(text);
    EXPECT_EQ(drop_empty(ask(ids, text)), expected(period, [](const Done&) { return GroupKey{}; }));
    EXPECT_EQ(drop_empty(ask(ids, text, {By::unit})),
              expected(period, [](const Done& done) { return GroupKey{done.order.unit}; }));
    EXPECT_EQ(drop_empty(ask(ids, text, {By::area, By::unit})),
              expected(period, [](const Done& done) { return GroupKey{done.order.area, done.order.unit}; }));
    EXPECT_EQ(drop_empty(ask(ids, text, {By::category, By::channel})), expected(period, [](const Done& done) {
                return GroupKey{done.order.category, done.order.channel};
              }));
    FigureFilter filter{
        .units = {"it's \"unit\" %_", ""}, .categories = {"路灯", "噪声"}, .scope = store::everything()};
    EXPECT_EQ(drop_empty(ask(ids, text, {By::category}, filter)),
              expected(period, [](const Done& done) -> std::optional<GroupKey> {
                if (done.order.unit != "it's \"unit\" %_" && !done.order.unit.empty()) return std::nullopt;
                if (done.order.category == "供水") return std::nullopt;
                return GroupKey{done.order.category};
              }));
    // The list behind each figure is as long as the figure says, in pages of any size.
    const auto sums = one(ask({"solution"}, text));
    EXPECT_EQ(behind("solution", text, true, {.scope = store::everything()}, 3).size(),
              static_cast<std::size_t>(sums.counts));
    EXPECT_EQ(behind("solution", text, false, {.scope = store::everything()}, 1000).size(),
              static_cast<std::size_t>(sums.of - sums.counts));
    // Scopes: several alternatives that overlap count each case once.
    FigureFilter scoped;
    scoped.scope.alternatives = {reach({"城管局（示例）"}), reach({}, {"210203"}),
                                 reach({"水务局（示例）"}, {"210202", "210203"})};
    const auto admitted = [](const Order& order) {
      return order.unit == "城管局（示例）" || order.area == "210203" ||
             (order.unit == "水务局（示例）" && order.area == "210202");
    };
    EXPECT_EQ(drop_empty(ask(ids, text, {By::unit}, scoped)),
              expected(period, [&](const Done& done) -> std::optional<GroupKey> {
                if (!admitted(done.order)) return std::nullopt;
                return GroupKey{done.order.unit};
              }));
    std::set<store::CaseId> seen;
    for (const auto id : behind("received", text, true, scoped, 7)) EXPECT_TRUE(seen.insert(id).second);
    for (const Done& done : all) {
      if (done.opened >= period.first && done.opened <= period.last)
        EXPECT_EQ(seen.contains(done.id), admitted(done.order)) << done.id;
    }
  }
}

TEST_P(Facts, WhoseScopeIsElsewhereSeesNothing) {
  open();
  start({});
  EXPECT_EQ(one(ask({"received"}, "2026-07", {}, {})).counts, 0);  // no scope at all
  FigureFilter other;
  other.scope.alternatives = {reach({"水务局（示例）"})};
  EXPECT_EQ(one(ask({"received"}, "2026-07", {}, other)).counts, 0);
  EXPECT_THAT(behind("received", "2026-07", true, other), IsEmpty());
  other.scope.alternatives = {reach({})};
  other.scope.alternatives.front().processes = {"another"};
  EXPECT_EQ(one(ask({"received"}, "2026-07", {}, other)).counts, 0);
  other.scope.alternatives = {reach({})};
  other.scope.alternatives.front().party = "firm:1";
  EXPECT_EQ(one(ask({"received"}, "2026-07", {}, other)).counts, 0);
}

TEST_P(Facts, AScopeOfSomeStatesSeesCasesInThemOnly) {
  open();
  const auto closed = start({});
  start({});
  const auto elsewhere = start({.unit = "住建局（示例）"});
  close(closed, {true, true, 1});
  close(elsewhere, {true, true, 1});
  store::ScopeAlternative completed;
  completed.statuses = {store::CaseStatus::completed};
  EXPECT_EQ(one(ask({"received"}, "2026-07", {}, {.scope = {false, {completed}}})).counts, 2);
  EXPECT_EQ(behind("received", "2026-07", true, {.scope = {false, {completed}}}).size(), 2U);
  store::ScopeAlternative own = reach({"城管局（示例）"});
  own.statuses = {store::CaseStatus::completed};
  EXPECT_THAT(behind("received", "2026-07", true, {.scope = {false, {own}}}), ElementsAre(closed));
  store::ScopeAlternative running = reach({"城管局（示例）"});
  running.statuses = {store::CaseStatus::active};
  EXPECT_EQ(one(ask({"received"}, "2026-07", {}, {.scope = {false, {own, running}}})).counts, 2);
  EXPECT_EQ(one(ask({"received"}, "2026-07", {}, {.scope = {false, {running}}})).counts, 1);
}

TEST_P(Facts, ACaseThatMovesIsCountedWhereItIs) {
  open();
  const auto id = start({.area = "210202"});
  EXPECT_EQ(one(ask({"received"}, "2026-07", {By::area}), {"210202"}).counts, 1);
  store::TaskFilter filter;
  filter.case_id = id;
  bpmn::Complete complete;
  complete.task = city_->store().listTasks(filter, {}).rows.at(0).id.number;
  complete.variables = feel::Context{{"area", "210203"}, {"solved", true}};
  run(id, std::move(complete));
  const auto groups = ask({"received", "closed"}, "2026-07", {By::area});
  EXPECT_EQ(groups.size(), 1u);
  EXPECT_EQ(one(groups, {"210203"}, 0).counts, 1);
  EXPECT_EQ(one(groups, {"210203"}, 1).counts, 1);
}

TEST_P(Facts, ACityWithoutCasesHasNoneToCountAnew) {
  open();
  EXPECT_EQ(one(ask({"received"}, "2026-07")).counts, 0);
  EXPECT_TRUE(state_.complete);
  start({});
  EXPECT_EQ(one(ask({"received"}, "2026-07")).counts, 1);
  EXPECT_TRUE(state_.complete);
}

TEST_P(Facts, ChangedDeclarationsCountOldCasesAnew) {
  open();
  std::vector<store::CaseId> ids;
  for (int i = 0; i < 20; ++i) ids.push_back(start({}));
  for (int i = 0; i < 10; ++i) close(ids[static_cast<std::size_t>(i)], {i % 2 == 0, true, i});
  EXPECT_EQ(one(ask({"solution"}, "2026-07")), (Sums{10, 5, 0}));
  recount();
  EXPECT_EQ(one(ask({"solution"}, "2026-07")), (Sums{10, 5, 0}));
  EXPECT_TRUE(state_.complete);
  // Another order of the indicators, a new one, and one that means something else.
  std::string changed = order_figures;
  const std::string first = R"({"id": "received", "title")";
  changed.replace(
      changed.find(first), first.size(),
      R"({"id": "dissatisfied", "title": {"zh": "不满意件", "en": "dissatisfied"}, "source": "示例",
      "process": "order", "day": "closed", "counts": "satisfied = false or solved = false"},
     {"id": "received", "title")");
  const std::string old_rate = R"("of": "solved != null", "counts": "solved = true")";
  changed.replace(changed.find(old_rate), old_rate.size(),
                  R"("of": "solved != null", "counts": "solved = false")");
  ASSERT_TRUE(city_->deploy(orderPack(changed)));
  // Until old cases are counted anew they say what they said, at the places where they said it.
  EXPECT_EQ(one(ask({"solution"}, "2026-07")), (Sums{10, 5, 0}));
  EXPECT_EQ(one(ask({"received"}, "2026-07")).counts, 20);
  EXPECT_EQ(one(ask({"dissatisfied"}, "2026-07")).counts, 0);
  EXPECT_FALSE(state_.complete);
  close(ids[10], {true, true, 1});  // counted by the new ones at once
  EXPECT_EQ(one(ask({"solution"}, "2026-07")), (Sums{11, 5, 0}));
  EXPECT_THAT(behind("solution", "2026-07").size(), 5u);
  recount();
  EXPECT_EQ(one(ask({"solution"}, "2026-07")), (Sums{11, 5, 0}));
  EXPECT_EQ(one(ask({"dissatisfied"}, "2026-07")).counts, 5);
  EXPECT_EQ(one(ask({"on-time"}, "2026-07")),
            (Sums{11, 11, 0}));  // also of those that have no clock any more
  EXPECT_TRUE(state_.complete);
}

TEST_P(Facts, CasesFromBeforeTheFirstDeclarationAreCounted) {
  city_ = openTestCity(place_, clock_);
  definition_ = (*city_->deploy(orderPack("[]")))->id;
  const auto closed = start({});
  start({});
  close(closed, {true, true, 2});
  ASSERT_TRUE(city_->deploy(orderPack()));
  EXPECT_EQ(one(ask({"received"}, "2026-07")).counts, 0);
  EXPECT_FALSE(state_.complete);
  recount();
  EXPECT_EQ(one(ask({"received"}, "2026-07")).counts, 2);
  EXPECT_EQ(one(ask({"on-time"}, "2026-07")), (Sums{1, 1, 0}));  // its deadline comes from its records
  EXPECT_TRUE(state_.complete);
}

TEST_P(Facts, NothingPersonalIsInThem) {
  open();
  const auto id = start({});
  close(id, {true, true, 1});
  for (const auto& row :
       city_->store().query({"SELECT basis, source, unit, area, category, channel FROM facts"})) {
    for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(row.text(i).find("13000000000"), std::string::npos);
  }
}

}  // namespace facts_test
}  // namespace jinyue::insight
