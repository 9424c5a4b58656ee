// The monthly look at trends: a case that nobody starts asks for the figures of the month before.

#include <algorithm>

#include <gtest/gtest.h>

#include "api/served_city.h"
#include "insight/figures.h"
#include "packs/pack.h"
#include "store/sql.h"

namespace jinyue::api {
namespace warnings_test {

using test::ServedCity;

class WarningsTest : public testing::TestWithParam<testing_support::StoreKind> {
 protected:
  WarningsTest() {
    for (const char* pack : {"/packs/dalian", "/packs/hotline"}) {
      const auto read = packs::readPack(std::string{JINYUE_SOURCE_DIR} + pack);
      if (!read) throw std::runtime_error(describe(read.error()));
      if (const auto deployed = city.office().deploy(*read); !deployed)
        throw std::runtime_error(describe(deployed.error()));
    }
  }
  void settle() {
    for (int i = 0; i < 10; ++i) city.office().city().pump().runDue();
  }
  std::vector<store::CaseRow> cases(const std::string& process) {
    store::CaseFilter filter;
    filter.scope = store::everything();
    filter.process = process;
    std::vector<store::CaseId> ids;
    for (const store::CaseRow& row : city.office().city().store().listCases(filter, {100, {}}).rows)
      ids.push_back(row.id);
    std::ranges::sort(ids);
    return city.office().city().store().loadCases(ids);
  }
  feel::Context variables(const store::CaseRow& row) {
    return city.office().city().engine().seal().open(row)->variables();
  }

  ServedCity city{GetParam(), [](cli::OfficeOptions& options, http::ServerOptions&) {
                    options.recount_grace = Millis{0};
                  }};
};

/// Facts of orders that became overdue in September, as their cases would have written them.
void putLate(store::Store& store, const insight::FactRules& rules, const std::string& unit, int orders) {
  const auto late = insight::Figures::find(rules, "hotline/late-in-month");
  const insight::Layout& layout = *rules.layouts.at(late->source());
  const auto& listed = layout.body().indicators;
  const auto place = std::ranges::find(listed, "late-in-month", &insight::LayoutIndicator::id);
  const Date day = makeDate(2026, 9, 15);
  store::Batch batch;
  for (int i = 0; i < orders; ++i) {
    batch.statements.push_back(store::statement(
        "INSERT INTO facts (case_id, basis, source, month, day, unit, area, category, channel, layout, marks)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        std::int64_t{900'000} + i, place->basis, late->source(), std::int64_t{202609},
        static_cast<std::int64_t>(day.time_since_epoch().count()), unit, std::string{"210202"},
        std::string{"0104"}, std::string{"phone"}, layout.number(), std::int64_t{3} << (2 * place->place)));
  }
  if (!store.commit(batch).done()) throw std::runtime_error("facts are not written");
}

TEST_P(WarningsTest, OnTheFirstOfAMonthTheUnitsOfTheMonthBeforeAreJudged) {
  auto& office = city.office().city();
  putLate(office.store(), *office.facts().rules(), "dl-cgj", 4);
  settle();
  EXPECT_TRUE(cases("unit-trends").empty());
  city.clock().advance(std::chrono::days{10});  // 1 October, nine o'clock
  settle();
  const auto trends = cases("unit-trends");
  ASSERT_EQ(trends.size(), 1U);
  EXPECT_EQ(trends.front().status, store::CaseStatus::completed);
  EXPECT_EQ(variables(trends.front()).find("period")->asString(), "2026-09");
  const auto ladders = cases("unit-ladder");
  ASSERT_EQ(ladders.size(), 1U);
  EXPECT_EQ(ladders.front().unit, "dl-cgj");
  EXPECT_EQ(variables(ladders.front()).find("late_orders")->asInt64(), 4);
  // The next month is quiet: nothing new, and the unit stays where it is.
  city.clock().advance(std::chrono::days{31});
  settle();
  EXPECT_EQ(cases("unit-trends").size(), 2U);
  EXPECT_EQ(cases("unit-ladder").size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(, WarningsTest,
                         testing::Values(testing_support::StoreKind::sqlite,
                                         testing_support::StoreKind::postgres),
                         testing_support::nameOfStore);

}  // namespace warnings_test
}  // namespace jinyue::api
