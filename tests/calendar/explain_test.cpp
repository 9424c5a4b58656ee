// Explanations by example: what a page is given to draw.
#include "calendar/explain.h"

#include <gmock/gmock.h>

#include "calendar/china.h"

namespace jinyue::calendar {
namespace {

using enum ClockUnit;
using enum ClockStart;
using testing::ElementsAre;

/// "2026-10-08 counted 1 last", one line a day.
std::vector<std::string> drawn(const Explanation& explanation) {
  std::vector<std::string> lines;
  for (const ExplainedDay& day : explanation.days) {
    std::string line = formatDate(day.date).substr(5);
    line += std::string(" ") + boost::describe::enum_to_string(day.kind, "?");
    if (day.number) line += " " + std::to_string(*day.number);
    if (day.holiday) line += " " + day.holiday->zh;
    if (day.make_up) line += " make-up";
    if (day.reason) line += " " + *day.reason;
    for (const Span& span : day.spans)
      line += " " + inChina(span.from).substr(11) + "-" + inChina(span.to).substr(11);
    if (day.extended > 0) line += " +" + std::to_string(day.extended);
    if (day.last) line += " last";
    if (day.statutory_last) line += " law";
    if (day.provisional) line += " provisional";
    lines.push_back(line);
  }
  return lines;
}

TEST(Explain, NationalDayWithAPauseAndAnExtension) {
  ClockRule hotline = rule(working_day, 3);
  hotline.statutory = 4;
  ClockRun run = *start(at("2026-09-30 17:00"));
  run = *pause(run, at("2026-10-09 10:00"), "等待鉴定");
  run = *resume(run, at("2026-10-10 09:00"));
  run = *extend(hotline, run, at("2026-10-10 11:00"), 1, "案情复杂", "局长");
  const Explanation explanation = explain(hotline, run, china(), at("2026-10-12 09:00"));
  EXPECT_THAT(drawn(explanation),
              ElementsAre("09-30 start", "10-01 holiday 国庆节", "10-02 holiday 国庆节",
                          "10-03 holiday 国庆节", "10-04 holiday 国庆节", "10-05 holiday 国庆节",
                          "10-06 holiday 国庆节", "10-07 holiday 国庆节", "10-08 counted 1",
                          "10-09 paused 等待鉴定", "10-10 counted 2 国庆节 make-up +1", "10-11 weekend",
                          "10-12 counted 3", "10-13 counted 4 last law"));
  EXPECT_EQ(explanation.extended, 1);
  EXPECT_EQ(explanation.deadline, deadline(hotline, run, china(), at("2026-10-12 09:00")));
  EXPECT_EQ(explanation.light, Light::green);
  EXPECT_EQ(explanation.run.pauses.at(0).reason, "等待鉴定");
  EXPECT_EQ(explanation.calendar + " " + explanation.calendar_version, "cn 2026.1");
  EXPECT_EQ(formatDate(explanation.announced_until), "2026-12-31");
  ASSERT_EQ(explanation.sources.size(), 1U);
  EXPECT_EQ(explanation.sources[0].year, 2026);
  EXPECT_THAT(explanation.sources[0].source.address, testing::StartsWith("https://www.gov.cn/"));
}

/// The example of docs/clocks.md.
TEST(Explain, TheExampleOfTheDocumentation) {
  const ClockRule three = rule(working_day, 3);
  const ClockRun run = *start(at("2026-09-30 17:00"));
  EXPECT_EQ(inChina(deadline(three, run, china(), at("2026-10-08 09:00")).due), "2026-10-11 00:00");
  const ClockRun paused = *resume(*pause(run, at("2026-10-09 10:00"), "等待鉴定"), at("2026-10-10 09:00"));
  EXPECT_EQ(inChina(deadline(three, paused, china(), at("2026-10-11 09:00")).due), "2026-10-13 00:00");
  const ClockRun extended = *extend(three, paused, at("2026-10-11 10:00"), 1, "案情复杂", "局长");
  EXPECT_EQ(inChina(deadline(three, extended, china(), at("2026-10-11 11:00")).due), "2026-10-14 00:00");
}

TEST(Explain, ALastDayThatRolls) {
  ClockRule fine = rule(natural_day, 2);
  fine.roll = true;
  const Explanation explanation =
      explain(fine, *start(at("2022-04-28 11:00")), china(), at("2022-05-01 09:00"));
  EXPECT_THAT(drawn(explanation),
              ElementsAre("04-28 start", "04-29 counted 1", "04-30 counted 2 劳动节", "05-01 holiday 劳动节",
                          "05-02 holiday 劳动节", "05-03 holiday 劳动节", "05-04 holiday 劳动节",
                          "05-05 rolled last"));
}

TEST(Explain, WorkingHoursByPeriods) {
  ClockRun run = *start(at("2026-03-06 16:00"));
  run = *pause(run, at("2026-03-09 09:00"), "等待回复");
  run = *resume(run, at("2026-03-09 14:00"));
  const Explanation explanation =
      explain(rule(working_hour, 5, same_instant), run, china(), at("2026-03-09 15:00"));
  EXPECT_THAT(drawn(explanation), ElementsAre("03-06 start 16:00-17:00", "03-07 weekend", "03-08 weekend",
                                              "03-09 counted 等待回复 08:30-09:00 14:00-17:00",
                                              "03-10 counted 08:30-09:00 last"));
}

TEST(Explain, PastTheAnnouncedYears) {
  const Explanation explanation =
      explain(rule(working_day, 2), *start(at("2026-12-31 10:00")), china(), at("2026-12-31 10:00"));
  EXPECT_THAT(drawn(explanation),
              ElementsAre("12-31 start", "01-01 counted 1 provisional", "01-02 weekend provisional",
                          "01-03 weekend provisional", "01-04 counted 2 last provisional"));
  EXPECT_TRUE(explanation.deadline.provisional);
}

TEST(Explain, AcrossNewYearNamesBothNotices) {
  const Explanation explanation =
      explain(rule(working_day, 1), *start(at("2022-12-30 10:00")), china(), at("2023-01-03 10:00"));
  ASSERT_EQ(explanation.sources.size(), 2U);
  EXPECT_EQ(explanation.sources[0].year, 2022);
  EXPECT_EQ(explanation.sources[1].year, 2023);
}

TEST(Explain, IsJsonForAPage) {
  ClockRun run = *start(at("2026-09-30 17:00"));
  run = *pause(run, at("2026-10-09 10:00"), "等待鉴定");
  const Explanation explanation = explain(rule(working_day, 3), run, china(), at("2026-10-12 09:00"));
  const auto again = fromJson<Explanation>(toJson(explanation));
  ASSERT_TRUE(again) << describe(again.error());
  EXPECT_EQ(*again, explanation);
  EXPECT_THAT(toJson(explanation),
              testing::HasSubstr(R"({"date":"2026-10-09","kind":"paused","spans":[],"make_up":false,)"
                                 R"("reason":"等待鉴定","extended":0,"last":false,)"));
}

}  // namespace
}  // namespace jinyue::calendar
