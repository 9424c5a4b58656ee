// Gateways, conditional flows and joins.
#include <gmock/gmock.h>

#include "bpmn/story.h"

namespace jinyue::bpmn::testing {
namespace gateway_test {

using namespace std::chrono_literals;

std::string tasks(std::initializer_list<const char*> ids) {
  std::string xml;
  for (const char* id : ids) xml += std::string("<userTask id=\"") + id + "\"/>";
  return xml;
}

const std::string ends = R"(<startEvent id="s"/><endEvent id="e"/>)";

TEST(Exclusive, TakesTheFirstConditionThatHoldsElseTheDefault) {
  const auto model =
      deploy(process(ends + tasks({"a", "b", "c"}) + R"(<exclusiveGateway id="g"/>)",
                     "s > g; g > a [amount > 10]; g > b [amount > 5]; g > c [else]; a > e; b > e; c > e"));
  const auto at = [&](int amount) {
    Story story(model);
    story.start({{"amount", amount}});
    return story.waits();
  };
  EXPECT_EQ(at(20), "task:a");
  EXPECT_EQ(at(7), "task:b");
  EXPECT_EQ(at(1), "task:c");
  Story story(model);
  story.start({{"amount", 7}});
  EXPECT_EQ(story.all<Passed>().front().flows, std::vector<std::string>{"f3"});
}

TEST(Exclusive, NoWayOutIsAnIncident) {
  Story story(process(ends + tasks({"a", "b"}) + R"(<exclusiveGateway id="g"/>)",
                      "s > g; g > a [amount > 10]; g > b [amount > 5]; a > e; b > e"));
  story.start({{"amount", 1}});
  EXPECT_EQ(story.waits(), "incident:g(flow.none)");
  EXPECT_EQ(story.refused(ResolveIncident{story.incident("g"), {}, "go on"}), "flow.none");
  EXPECT_EQ(story.refused(ResolveIncident{story.incident("g"), {}, " "}), "reason.empty");
  EXPECT_EQ(story.refused(RetryIncident{999}), "incident.unknown");
  EXPECT_EQ(story.refused(ResolveIncident{999, {}, "x"}), "incident.unknown");
  story.run(ResolveIncident{story.incident("g"), {{"amount", 6}}, "the amount was wrong"});
  EXPECT_EQ(story.waits(), "task:b");
}

TEST(Exclusive, AConditionThatIsNotTrueOrFalseIsAnIncident) {
  const auto model = deploy(process(ends + tasks({"a", "b"}) + R"(<exclusiveGateway id="g"/>)",
                                    "s > g; g > a [amount > 10]; g > b [else]; a > e; b > e"));
  Story missing(model);
  missing.start();
  EXPECT_EQ(missing.waits(), "incident:g(condition.failed)");
  EXPECT_THAT(missing.state().incidents.front().message.en, ::testing::HasSubstr("amount"));
  EXPECT_THAT(missing.state().incidents.front().message.zh, ::testing::HasSubstr("amount"));
  Story number(process(ends + tasks({"a", "b"}) + R"(<exclusiveGateway id="g"/>)",
                       "s > g; g > a [amount + 1]; g > b [else]; a > e; b > e"));
  number.start({{"amount", 1}});
  EXPECT_EQ(number.waits(), "incident:g(condition.failed)");
}

TEST(Parallel, SplitsAndJoins) {
  Story story(process(ends + tasks({"a", "b", "c"}) + R"(<parallelGateway id="g"/><parallelGateway id="j"/>)",
                      "s > g; g > a > j; g > b > j; j > c > e"));
  story.start();
  EXPECT_EQ(story.waits(), "task:a task:b");
  story.complete("b");
  EXPECT_EQ(story.waits(), "task:a");
  story.complete("a");
  EXPECT_EQ(story.waits(), "task:c");
  EXPECT_EQ(story.all<Joined>().size(), 1);
  story.complete("c");
  EXPECT_EQ(story.waits(), "completed");
}

TEST(Parallel, AJoinThatCanNeverBeCompleteIsAnIncident) {
  Story story(
      process(ends + tasks({"a", "b", "c"}) + R"(<exclusiveGateway id="g"/><parallelGateway id="j"/>)",
              "s > g; g > a [true]; g > b [else]; a > j; b > j; j > c > e"));
  story.start();
  story.complete("a");
  EXPECT_EQ(story.waits(), "incident:j(join.stuck)");
  story.run(RetryIncident{story.incident("j")});
  EXPECT_EQ(story.waits(), "incident:j(join.stuck)");
  story.run(ResolveIncident{story.incident("j"), {}, "the other way is not needed"});
  EXPECT_EQ(story.waits(), "task:c");
}

TEST(Parallel, AMovedTokenCompletesAJoinThatWasStuck) {
  Story story(
      process(ends + tasks({"a", "b", "c", "d"}) +
                  R"(<parallelGateway id="fork"/><exclusiveGateway id="g"/><parallelGateway id="j"/>)",
              "s > fork; fork > g; fork > d; g > a [true]; g > b [else]; a > j; b > j; j > c > e; d > e"));
  story.start();
  story.complete("a");
  EXPECT_EQ(story.waits(), "incident:j(join.stuck) task:d");
  story.run(MoveToken{story.number("d"), "b", "both are needed"});
  EXPECT_EQ(story.waits(), "incident:j(join.stuck) task:b");
  story.complete("b");
  EXPECT_EQ(story.waits(), "task:c");
}

TEST(Inclusive, WaitsForEveryTokenThatCanStillCome) {
  const auto model = deploy(
      process(ends + tasks({"a", "b", "c", "d"}) + R"(<inclusiveGateway id="g"/><inclusiveGateway id="j"/>)",
              "s > g; g > a [x]; g > b [y]; g > c [else]; a > j; b > j; c > j; j > d > e"));
  const auto start = [&](bool x, bool y) {
    Story story(model);
    story.start({{"x", x}, {"y", y}});
    return story;
  };
  Story both = start(true, true);
  EXPECT_EQ(both.waits(), "task:a task:b");
  both.complete("a");
  EXPECT_EQ(both.waits(), "task:b");
  both.complete("b");
  EXPECT_EQ(both.waits(), "task:d");
  Story one = start(false, true);
  one.complete("b");
  EXPECT_EQ(one.waits(), "task:d");
  Story none = start(false, false);
  EXPECT_EQ(none.waits(), "task:c");
  none.complete("c");
  EXPECT_EQ(none.waits(), "task:d");
}

TEST(Inclusive, ATokenBehindAnExclusiveGatewayHoldsTheJoinOnlyWhileItCanCome) {
  Story story(process(
      ends + tasks({"a", "b", "c", "d"}) + R"(<inclusiveGateway id="g"/><exclusiveGateway id="x"/>
                      <inclusiveGateway id="j"/><endEvent id="e2"/>)",
      "s > g; g > a [true]; g > b [true]; a > j; b > x; x > j [back]; x > c [else]; c > e2; j > d > e"));
  story.start({{"back", false}});
  story.complete("a");
  EXPECT_EQ(story.waits(), "task:b");
  story.complete("b");
  EXPECT_EQ(story.waits(), "task:c task:d");
}

TEST(Inclusive, ALoopBackDoesNotHoldTheJoin) {
  // The token at b can come to j only by the way that is full already: it does not hold it.
  Story story(process(ends + tasks({"a", "b", "d"}) + R"(<inclusiveGateway id="g"/><inclusiveGateway id="j"/>
                      <exclusiveGateway id="m"/>)",
                      "s > g; g > a [true]; g > b [true]; a > m; b > m; m > j; g > j [false]; j > d > e"));
  story.start();
  story.complete("a");
  EXPECT_EQ(story.waits(), "task:b task:d");
}

TEST(Conditional, FlowsThatLeaveAnActivityAreTakenEachByItsCondition) {
  Story story(process(ends + tasks({"a", "b", "c", "d"}),
                      "s > a; a > b [x]; a > c [y]; a > d [else]; b > e; c > e; d > e"));
  story.start({{"x", true}, {"y", true}});
  story.complete("a");
  EXPECT_EQ(story.waits(), "task:b task:c");
}

TEST(Implicit, SeveralFlowsSplitAndATokenMayEndAnywhere) {
  Story story(process(R"(<startEvent id="s"/>)" + tasks({"a", "b"}), "s > a; s > b"));
  story.start();
  EXPECT_EQ(story.waits(), "task:a task:b");
  story.complete("a");
  story.complete("b");
  EXPECT_EQ(story.waits(), "completed");
}

TEST(EventBased, TheFirstEventWins) {
  const auto model = deploy("<message id=\"m\" name=\"reply\" jy:key=\"no\"/>" +
                            process(ends + tasks({"a", "b", "c"}) + R"(<eventBasedGateway id="g"/>
      <intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition></intermediateCatchEvent>
      <intermediateCatchEvent id="k"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>
      <receiveTask id="r" messageRef="m" jy:key="&quot;other&quot;"/>)",
                                    "s > g; g > t > a > e; g > k > b > e; g > r > c > e"));
  Story late(model);
  late.start({{"no", "42"}});
  EXPECT_EQ(late.waits(), "message:k message:r timer:t");
  late.pass(72h);
  EXPECT_EQ(late.waits(), "task:a");
  Story message(model);
  message.start({{"no", "42"}});
  EXPECT_EQ(message.refused(Correlate{"reply", "43", std::nullopt, {}}), "message.not-awaited");
  message.message("reply", "42", {{"text", "好"}});
  EXPECT_EQ(message.waits(), "task:b");
  EXPECT_EQ(message.variable("text"), feel::Value("好"));
  Story received(model);
  received.start({{"no", "42"}});
  received.message("reply", "other");
  EXPECT_EQ(received.waits(), "task:c");
}

TEST(Links, JumpToTheTargetOfTheSameName) {
  Story story(process(ends + tasks({"a", "b"}) + R"(
      <intermediateThrowEvent id="to"><linkEventDefinition name="L"/></intermediateThrowEvent>
      <intermediateCatchEvent id="from"><linkEventDefinition name="L"/></intermediateCatchEvent>)",
                      "s > a > to; from > b > e"));
  story.start();
  story.complete("a");
  EXPECT_EQ(story.waits(), "task:b");
}

TEST(Endless, ALoopWithoutAWaitEndsInAnIncident) {
  Story story(process(ends + tasks({"a"}) + R"(<exclusiveGateway id="g"/><exclusiveGateway id="h"/>)",
                      "s > g; g > h [again]; g > a [else]; h > g; a > e"));
  story.start({{"again", true}});
  EXPECT_THAT(story.waits(), ::testing::HasSubstr("(loop.endless)"));
  EXPECT_LT(story.last().size(), 10'100);
  story.run(SetVariables{0, {{"again", false}}, "stop it"});
  story.run(RetryIncident{story.state().incidents.front().number});
  EXPECT_EQ(story.waits(), "task:a");
}

TEST(Endless, TokensThatMultiplyAreStoppedToo) {
  Story story(process(ends + R"(<parallelGateway id="g"/><exclusiveGateway id="m"/>)",
                      "s > m > g; g > m; g > m; g > e"));
  story.start();
  EXPECT_THAT(story.waits(), ::testing::HasSubstr("(loop.endless)"));
}

}  // namespace gateway_test
}  // namespace jinyue::bpmn::testing
