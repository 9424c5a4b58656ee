#include "insight/period.h"

#include <gtest/gtest.h>

namespace jinyue::insight {
namespace {

TEST(Period, IsReadAndWritten) {
  for (const char* text : {"2026", "2026-Q1", "2026-Q4", "2026-07", "2024-02-29", "2026-01..2026-06",
                           "2026-07-05..2026-08-20"}) {
    const auto period = parsePeriod(text);
    ASSERT_TRUE(period) << text;
    EXPECT_EQ(formatPeriod(*period), text);
  }
  EXPECT_EQ(parsePeriod("2026-01..2026-12"), parsePeriod("2026"));
  EXPECT_EQ(parsePeriod("2026-04..2026-06"), parsePeriod("2026-Q2"));
  for (const char* text : {"", "26", "2026-13", "2026-Q5", "2026-2-1", "2026-02-30", "2026-08..2026-07", "..",
                           "2026-", "99999", "2026-0x"}) {
    EXPECT_FALSE(parsePeriod(text)) << text;
  }
}

TEST(Period, HasOneBeforeAndOneAYearBefore) {
  const auto before = [](const char* text) { return formatPeriod(periodBefore(*parsePeriod(text))); };
  const auto year = [](const char* text) { return formatPeriod(yearBefore(*parsePeriod(text))); };
  EXPECT_EQ(before("2026-01"), "2025-12");
  EXPECT_EQ(before("2026-Q1"), "2025-Q4");
  EXPECT_EQ(before("2026"), "2025");
  EXPECT_EQ(before("2026-03-01"), "2026-02-28");
  EXPECT_EQ(year("2024-02-29"), "2023-02-28");
  EXPECT_EQ(year("2024-02"), "2023-02");
  EXPECT_EQ(year("2026-Q3"), "2025-Q3");
  EXPECT_EQ(periodTitleZh(*parsePeriod("2026-Q3")), "2026年第三季度");
  EXPECT_EQ(periodTitleEn(*parsePeriod("2026-07")), "July 2026");
}

}  // namespace
}  // namespace jinyue::insight
