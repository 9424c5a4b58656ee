#include "registry/timeline.h"

#include <rapidcheck/gtest.h>

#include "registry/fixture.h"

namespace jinyue::registry {
namespace timeline_test {

Period period(std::string_view from, std::string_view to = "") {
  return {day(from), to.empty() ? no_end : day(to)};
}

TEST(Timeline, ANewVersionEndsTheOneBefore) {
  const std::vector<Span> spans{{1, period("2026-01-01")}};
  const auto placed = placeNew(spans, period("2026-07-01"));
  ASSERT_TRUE(placed);
  EXPECT_EQ(placed->ended, (Span{1, period("2026-01-01", "2026-06-30")}));
}

TEST(Timeline, RefusesOverlap) {
  const std::vector<Span> spans{{1, period("2026-01-01", "2026-06-30")}, {2, period("2026-09-01")}};
  EXPECT_EQ(codeOf(placeNew(spans, period("2026-06-30", "2026-07-31"))), "register.overlap");
  EXPECT_EQ(codeOf(placeNew(spans, period("2026-07-01"))), "register.overlap");
  EXPECT_EQ(codeOf(placeNew(spans, period("2026-09-01"))), "register.overlap");
  EXPECT_EQ(codeOf(placeNew(spans, period("2026-08-01", "2026-07-31"))), "register.period");
  EXPECT_TRUE(placeNew(spans, period("2026-07-01", "2026-08-31")));
  EXPECT_EQ(placeNew(spans, period("2026-09-01")).error().title.zh,
            "与已有版本的有效期重叠（2026-09-01 起）");
}

TEST(Timeline, CorrectionsAndEnds) {
  const std::vector<Span> spans{{1, period("2026-01-01", "2026-06-30")}, {2, period("2026-09-01")}};
  EXPECT_EQ(placeCorrection(spans, 1, period("2026-02-01", "2026-08-31"))->replaced, 1);
  EXPECT_EQ(codeOf(placeCorrection(spans, 1, period("2026-02-01", "2026-09-01"))), "register.overlap");
  EXPECT_EQ(codeOf(placeCorrection(spans, 3, period("2026-02-01"))), "register.no-version");
  EXPECT_EQ(placeEnd(spans, day("2027-01-01"))->ended, (Span{2, period("2026-09-01", "2027-01-01")}));
  EXPECT_EQ(codeOf(placeEnd(spans, day("2026-07-15"))), "register.not-in-effect");
  EXPECT_EQ(codeOf(placeEnd(spans, day("2026-03-01"))), "register.overlap");
}

/// Whatever is tried in whatever order, no day has two versions.
RC_GTEST_PROP(Timeline, NeverOverlaps, ()) {
  std::vector<Span> spans;
  const Date start = makeDate(2026, 1, 1);
  for (std::int64_t number = 1; number <= 12; ++number) {
    const Date from = start + std::chrono::days{*rc::gen::inRange(0, 30)};
    const Date to = *rc::gen::arbitrary<bool>() ? no_end : from + std::chrono::days{*rc::gen::inRange(0, 10)};
    const int kind = *rc::gen::inRange(0, 3);
    const auto of = *rc::gen::inRange<std::int64_t>(1, 13);
    const auto placed = kind == 0   ? placeNew(spans, {from, to})
                        : kind == 1 ? placeCorrection(spans, of, {from, to})
                                    : placeEnd(spans, from);
    if (!placed) continue;
    if (placed->ended)
      std::ranges::find(spans, placed->ended->number, &Span::number)->period = placed->ended->period;
    if (placed->replaced)
      std::erase_if(spans, [&](const Span& span) { return span.number == *placed->replaced; });
    if (kind != 2) spans.push_back({number, {from, to}});
    for (const Span& one : spans) {
      RC_ASSERT(one.period.from <= one.period.to);
      for (const Span& other : spans)
        RC_ASSERT(one.number == other.number || !one.period.overlaps(other.period));
    }
  }
}

}  // namespace timeline_test
}  // namespace jinyue::registry
