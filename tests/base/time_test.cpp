#include "base/time.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/text.h"

namespace jinyue {
namespace {

TEST(Time, AnInstantIsReadWithAnyOffset) {
  const auto utc = parseInstant("2026-11-22T04:38:21Z");
  ASSERT_TRUE(utc);
  EXPECT_EQ(parseInstant("2026-11-22T12:38:21.000+08:00"), utc);
  EXPECT_EQ(parseInstant("2026-11-21T23:38:21-05:00"), utc);
  EXPECT_EQ(formatInstant(*utc + Millis{7}), "2026-11-22T04:38:21.007Z");
  EXPECT_EQ(formatDate(dateOf(*parseInstant("2026-11-22T16:00:00Z"))), "2026-11-23");
}

TEST(Time, RefusesWhatIsNoInstant) {
  for (const char* text : {"", "2026-11-22", "2026-11-22T04:38:21", "2026-13-01T00:00:00Z",
                           "2026-02-30T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T04:38:21.Z",
                           "2026-11-22T04:38:21Zx", "2026-11-22 04:38:21Z", "2026-11-22T04:38:21+24:00"}) {
    EXPECT_FALSE(parseInstant(text)) << text;
  }
}

TEST(Time, FormattingAndParsingAreInverse) {
  EXPECT_TRUE(rc::check("instant", [] {
    const auto millis = *rc::gen::inRange<std::int64_t>(-62'135'596'800'000, 253'402'300'799'999);
    const Instant instant{Millis{millis}};
    RC_ASSERT(parseInstant(formatInstant(instant)) == std::optional{instant});
    RC_ASSERT(parseDate(formatDate(dateOf(instant))).has_value() || dateOf(instant) >= makeDate(10000, 1, 1));
  }));
}

TEST(Text, TrimsAsciiAndCjkBlanks) {
  EXPECT_EQ(trimmed("\u3000 大连 \n\u00A0"), "大连");
  EXPECT_EQ(trimmed(" \t"), "");
  EXPECT_EQ(countCodePoints("大连a"), 3U);
}

}  // namespace
}  // namespace jinyue
