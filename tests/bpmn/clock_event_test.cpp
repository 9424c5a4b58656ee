// Throwing events that pause, resume and extend a clock; the number of the case; a lead unit that follows the
// variables.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bpmn/story.h"

namespace jinyue::bpmn::testing {
namespace clock_event_test {

using std::chrono::hours;

const std::string body = process(
    R"(<startEvent id="s"/>
       <subProcess id="sub" jy:clock="two">
         <startEvent id="ss"/><userTask id="work"/>
         <exclusiveGateway id="g" default="d"/>
         <intermediateThrowEvent id="wait" jy:clock="pause" jy:reason="why"/>
         <userTask id="waiting"/>
         <intermediateThrowEvent id="go" jy:clock="resume"/>
         <intermediateThrowEvent id="more" jy:clock="extend" jy:amount="days" jy:reason="why"/>
         <endEvent id="se"/>
         <sequenceFlow id="x1" sourceRef="ss" targetRef="work"/><sequenceFlow id="x2" sourceRef="work" targetRef="g"/>
         <sequenceFlow id="x3" sourceRef="g" targetRef="wait"><conditionExpression>what = "wait"</conditionExpression></sequenceFlow>
         <sequenceFlow id="x4" sourceRef="g" targetRef="more"><conditionExpression>what = "more"</conditionExpression></sequenceFlow>
         <sequenceFlow id="d" sourceRef="g" targetRef="se"/>
         <sequenceFlow id="x5" sourceRef="wait" targetRef="waiting"/><sequenceFlow id="x6" sourceRef="waiting" targetRef="go"/>
         <sequenceFlow id="x7" sourceRef="go" targetRef="work"/><sequenceFlow id="x8" sourceRef="more" targetRef="work"/>
       </subProcess>
       <endEvent id="e"/>)",
    "s > sub > e");

const Clock& clockOf(const Story& story) { return *story.state().clock(story.number("sub")); }

TEST(ClockEvent, PausesAndResumesTheNearestClock) {
  Story story(body);
  story.start();
  const Instant due = clockOf(story).dates.due;
  story.complete("work", {{"what", "wait"}, {"why", "rain"}});
  EXPECT_TRUE(clockOf(story).isPaused());
  EXPECT_EQ(clockOf(story).run.pauses.back().reason, "rain");
  story.pass(hours{24 * 7});
  story.complete("waiting");
  EXPECT_FALSE(clockOf(story).isPaused());
  EXPECT_GT(clockOf(story).dates.due, due);
  EXPECT_EQ(story.waits(), "task:work");
}

TEST(ClockEvent, ExtendsItAsWhoDidTheStepApproved) {
  Story story(body);
  story.start();
  const Instant due = clockOf(story).dates.due;
  story.complete("work", {{"what", "more"}, {"why", "parts"}, {"days", 3}}, "chief");
  EXPECT_GT(clockOf(story).dates.due, due);
  EXPECT_EQ(clockOf(story).run.extensions.back().amount, 3);
  EXPECT_EQ(clockOf(story).run.extensions.back().approved_by, "chief");
}

TEST(ClockEvent, TakesBackWhatItAdded) {
  Story story(body);
  story.start();
  const Instant due = clockOf(story).dates.due;
  story.complete("work", {{"what", "more"}, {"why", "parts"}, {"days", 3}}, "chief");
  story.complete("work", {{"what", "more"}, {"why", "sooner"}, {"days", -3}}, "chief");
  EXPECT_EQ(clockOf(story).dates.due, due);
  EXPECT_EQ(clockOf(story).run.extensions.size(), 2U) << "both are kept";
  story.complete("work", {{"what", "more"}, {"why", "sooner"}, {"days", -1}}, "chief");
  EXPECT_EQ(story.work(), "incident:more(clock.amount)");
}

TEST(ClockEvent, OnlyAModelTakesAnExtensionBack) {
  Story story(body);
  story.start();
  story.complete("work", {{"what", "more"}, {"why", "parts"}, {"days", 3}}, "chief");
  EXPECT_EQ(story.refused(ExtendClock{story.number("sub"), -3, "sooner", "chief"}), "clock.amount");
}

TEST(ClockEvent, ThatCanNotBeDoneIsAnIncident) {
  Story story(body);
  story.start();
  story.complete("work", {{"what", "more"}, {"why", "parts"}, {"days", 0}});
  EXPECT_EQ(story.work(), "incident:more(clock.amount)");
  story.run(SetVariables{0, {{"days", 2}}, "mended"});
  story.run(RetryIncident{story.incident("more")});
  EXPECT_EQ(story.work(), "task:work");
}

TEST(ClockEvent, IsRefusedWhenItSaysTooLittleOrTooMuch) {
  const auto with = [](const std::string& attributes) {
    return reasons(process(
        R"(<startEvent id="s"/><intermediateThrowEvent id="t" )" + attributes + R"(/><endEvent id="e"/>)",
        "s > t > e"));
  };
  EXPECT_THAT(with(R"(jy:clock="stop")"), ::testing::ElementsAre("t clock.action"));
  EXPECT_THAT(with(R"(jy:clock="pause")"), ::testing::ElementsAre("t clock.action"));
  EXPECT_THAT(with(R"(jy:clock="resume" jy:reason="why")"), ::testing::ElementsAre("t clock.action"));
  EXPECT_THAT(with(R"(jy:clock="extend" jy:reason="why")"), ::testing::ElementsAre("t clock.action"));
  EXPECT_THAT(with(R"(jy:amount="2")"), ::testing::ElementsAre("t clock.action"));
  EXPECT_THAT(with(R"(jy:clock="extend" jy:amount="2" jy:reason="why")"), ::testing::IsEmpty());
}

TEST(CaseNumber, IsThereFromTheStart) {
  Story story(process(R"(<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>)", "s > a > e",
                      R"(jy:number="own" jy:title="&quot;case &quot; + own")"));
  story.facts.case_number = 42;
  story.start();
  EXPECT_EQ(story.variable("own"), feel::Value("42"));
  EXPECT_EQ(story.state().title, "case 42");
}

TEST(SendTask, InAMultiInstanceSeesItsItem) {
  Story story(R"(<message id="m" name="told"/>)" +
              process(R"(<startEvent id="s"/><sendTask id="tell" messageRef="m" jy:key="each">
                         <multiInstanceLoopCharacteristics jy:collection="people" jy:element="each"/></sendTask><endEvent id="e"/>)",
                      "s > tell > e"));
  story.start({{"people", feel::List{feel::Value("1"), feel::Value("2")}}});
  const auto thrown = story.all<MessageThrown>();
  ASSERT_EQ(thrown.size(), 2U);
  EXPECT_EQ(thrown[0].key, "1");
  EXPECT_EQ(thrown[1].key, "2");
}

TEST(LeadUnit, FollowsTheVariables) {
  Story story(process(R"(<startEvent id="s"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>)",
                      "s > a > b > e", R"(jy:unit="unit")"));
  story.start({{"unit", "12345"}});
  EXPECT_EQ(story.state().unit, "12345");
  story.complete("a", {{"unit", "dl-cgj"}});
  EXPECT_EQ(story.state().unit, "dl-cgj");
  EXPECT_THAT(story.lastTypes(), ::testing::EndsWith("unit-changed"));
}

}  // namespace clock_event_test
}  // namespace jinyue::bpmn::testing
