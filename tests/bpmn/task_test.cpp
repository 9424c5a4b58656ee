// User tasks: candidates, claiming, completing, separation of duties.
#include <gmock/gmock.h>

#include "bpmn/story.h"

namespace jinyue::bpmn::testing {
namespace {

using namespace std::chrono_literals;

TEST(Task, OneAfterTheOtherToTheEnd) {
  Story story(
      process(R"(<startEvent id="s"/><userTask id="a" name="受理"/><userTask id="b"/><endEvent id="e"/>)",
              "s > a > b > e"));
  story.start({{"amount", 5}});
  EXPECT_EQ(story.waits(), "task:a");
  story.complete("a", {{"opinion", "同意"}}, "zhang");
  EXPECT_EQ(story.lastTypes(), "task-closed variables-set task-opened");
  EXPECT_EQ(story.waits(), "task:b");
  EXPECT_EQ(story.variable("opinion"), feel::Value("同意"));
  story.complete("b");
  EXPECT_EQ(story.lastTypes(), "task-closed passed case-completed");
  EXPECT_EQ(story.waits(), "completed");
  EXPECT_EQ(story.refused(Comment{std::nullopt, "late"}), "case.not-active");
}

TEST(Task, TheJournalOfASimpleStepIsShort) {
  Story story(
      process(R"(<startEvent id="s"/><userTask id="a" jy:clock="two"/><endEvent id="e"/>)", "s > a > e"));
  story.start();
  EXPECT_EQ(
      toJson(story.last()),
      R"([{"type":"case-started","process":"p","start":"s"},{"type":"task-opened","number":1,"node":"a",)"
      R"("clock":{"rule":"two","at":"2026-03-02T01:00:00.000Z","dates":{"due":"2026-03-04T16:00:00.000Z",)"
      R"("yellow":"2026-03-03T16:00:00.000Z"}}}])");
}

TEST(Task, OnlyCandidatesMayClaimOrComplete) {
  Story story(process(R"(<startEvent id="s"/><userTask id="a" jy:unit="unit" jy:role="&quot;handler&quot;"
                         jy:person="person"/><endEvent id="e"/>)",
                      "s > a > e"));
  story.start({{"unit", "住建局"}, {"person", "li"}});
  const ElementNumber task = story.number("a");
  EXPECT_EQ(story.refused(Claim{task}, person("li", "住建局")), "task.not-candidate");
  EXPECT_EQ(story.refused(Claim{task}, person("li", "城管局", {"handler"})), "task.not-candidate");
  EXPECT_EQ(story.refused(Claim{task}, person("wang", "住建局", {"handler"})), "task.not-candidate");
  EXPECT_EQ(story.refused(Complete{task, {}}, person("wang", "住建局", {"handler"})), "task.not-candidate");
  EXPECT_EQ(story.refused(Claim{task}, person("", "住建局", {"handler"})), "actor.none");
  EXPECT_EQ(story.refused(Claim{99}, person("li")), "task.not-open");
  EXPECT_EQ(story.refused(Claim{0}, person("li")), "task.not-open");
  story.run(Claim{task}, person("li", "住建局", {"x", "handler"}));
  EXPECT_EQ(story.state().element(task)->task->assignee, "li");
  story.run(Claim{task}, person("li", "住建局", {"handler"}));
  EXPECT_EQ(story.lastTypes(), "");
  story.run(Complete{task, {}}, person("li"));
  EXPECT_EQ(story.waits(), "completed");
}

TEST(Task, AClaimedTaskBelongsToOnePerson) {
  Story story(process(R"(<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>)", "s > a > e"));
  story.start();
  const ElementNumber task = story.number("a");
  story.run(Claim{task}, person("li"));
  EXPECT_EQ(story.refused(Claim{task}, person("wang")), "task.claimed");
  EXPECT_EQ(story.refused(Complete{task, {}}, person("wang")), "task.claimed");
  EXPECT_EQ(story.refused(Release{task}, person("wang")), "task.not-yours");
  story.run(Release{task}, person("li"));
  EXPECT_EQ(story.refused(Release{task}, person("li")), "task.not-yours");
  story.run(Claim{task}, person("wang"));
  EXPECT_EQ(story.refused(Assign{task, person("zhao"), ""}, person("chief")), "reason.empty");
  story.run(Assign{task, person("zhao"), "wang is ill"}, person("chief"));
  EXPECT_EQ(story.state().element(task)->task->assignee, "zhao");
  EXPECT_EQ(story.refused(Assign{task, person(""), "x"}), "actor.none");
}

TEST(Task, AnAssignmentKeepsUnitAndRoleButMayOverruleThePerson) {
  Story story(process(
      R"(<startEvent id="s"/><userTask id="a" jy:unit="=&quot;U&quot;" jy:person="=&quot;li&quot;"/><endEvent id="e"/>)",
      "s > a > e"));
  story.start();
  const ElementNumber task = story.number("a");
  EXPECT_EQ(story.refused(Assign{task, person("wang", "V"), "x"}), "task.not-candidate");
  EXPECT_EQ(story.refused(Assign{task, person("wang", "U"), " "}), "reason.empty");
  story.run(Assign{task, person("wang", "U"), "deputy"});
  story.complete("a", {}, "wang");
  EXPECT_EQ(story.waits(), "completed");
}

TEST(Task, WhoDidOneStepMayNotDoTheOther) {
  Story story(process(
      R"(<startEvent id="s"/><userTask id="a"/><userTask id="b" jy:notWhoDid="a"/><endEvent id="e"/>)",
      "s > a > b > e"));
  story.start();
  story.complete("a", {}, "li");
  const ElementNumber task = story.number("b");
  EXPECT_EQ(story.all<TaskOpened>().back().excluded, std::vector<std::string>{"li"});
  EXPECT_EQ(story.refused(Claim{task}, person("li")), "task.separation-of-duties");
  EXPECT_EQ(story.refused(Complete{task, {}}, person("li")), "task.separation-of-duties");
  EXPECT_EQ(story.refused(Assign{task, person("li"), "x"}, person("chief")), "task.separation-of-duties");
  story.complete("b", {}, "wang");
  EXPECT_EQ(story.waits(), "completed");
}

TEST(Task, SeparationOfDutiesAlsoBarsATaskThatIsOpenAlready) {
  Story story(process(R"(<startEvent id="s"/><parallelGateway id="g"/><userTask id="a"/>
                         <userTask id="b" jy:notWhoDid="a"/><endEvent id="e"/>)",
                      "s > g > a > e; g > b > e"));
  story.start();
  story.run(Claim{story.number("b")}, person("li"));
  story.complete("a", {}, "li");
  EXPECT_EQ(story.lastTypes(), "task-closed task-excluded task-assigned passed");
  EXPECT_EQ(story.state().element(story.number("b"))->task->assignee, "");
  EXPECT_EQ(story.refused(Complete{story.number("b"), {}}, person("li")), "task.separation-of-duties");
}

TEST(Task, CommentsAreKept) {
  Story story(process(R"(<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>)", "s > a > e"));
  story.start();
  EXPECT_EQ(story.refused(Comment{std::nullopt, " 　"}), "comment.empty");
  EXPECT_EQ(story.refused(Comment{77, "x"}), "task.not-open");
  story.run(Comment{story.number("a"), "请补充材料"}, person("li"));
  EXPECT_EQ(story.all<CommentAdded>().front().text, feel::Value("请补充材料"));
}

TEST(Task, AnAssignmentThatFailsIsAnIncidentThatCanBeRetried) {
  Story story(process(R"(<startEvent id="s"/><userTask id="a" jy:person="handler"/><endEvent id="e"/>)",
                      "s > a > e"));
  story.start();
  EXPECT_EQ(story.waits(), "incident:a(expression.failed)");
  EXPECT_THAT(story.state().incidents.front().message.en, ::testing::HasSubstr("handler"));
  story.run(RetryIncident{story.incident("a")});
  EXPECT_EQ(story.waits(), "incident:a(expression.failed)");
  story.run(SetVariables{0, {{"handler", "li"}}, "nobody was named"});
  story.run(RetryIncident{story.incident("a")});
  EXPECT_EQ(story.waits(), "task:a");
  EXPECT_EQ(story.all<TaskOpened>().front().person, "li");
}

TEST(Task, InputsAndOutputsAreMapped) {
  Story story(process(R"(<startEvent id="s"/><userTask id="a"><extensionElements>
      <jy:input name="half" expression="amount / 2"/><jy:input name="quarter" expression="half / 2"/>
      <jy:output name="total" expression="quarter + bonus"/></extensionElements></userTask><userTask id="b"/><endEvent id="e"/>)",
                      "s > a > b > e"));
  story.start({{"amount", 8}});
  EXPECT_EQ(story.state().element(story.number("a"))->variables,
            (feel::Context{{"half", 4}, {"quarter", 2}}));
  story.complete("a", {{"bonus", 40}});
  EXPECT_EQ(story.variable("total"), feel::Value(42));
  EXPECT_TRUE(story.variable("bonus").isNull());
  EXPECT_TRUE(story.variable("half").isNull());
}

TEST(Task, AnOutputThatFailsIsAnIncidentAfterTheTask) {
  Story story(process(R"(<startEvent id="s"/><userTask id="a"><extensionElements>
      <jy:output name="total" expression="bonus + 1"/></extensionElements></userTask><userTask id="b"/><endEvent id="e"/>)",
                      "s > a > b > e"));
  story.start();
  story.complete("a");
  EXPECT_EQ(story.waits(), "incident:a(expression.failed)");
  story.run(SetVariables{story.number("a"), {{"bonus", 1}}, "forgotten"});
  story.run(RetryIncident{story.incident("a")});
  EXPECT_EQ(story.waits(), "task:b");
  EXPECT_EQ(story.variable("total"), feel::Value(2));
}

TEST(Task, VariablesMustBeData) {
  Story story(process(R"(<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>)", "s > a > e"));
  feel::Value deep;
  for (int i = 0; i < 40; ++i) deep = feel::Value(feel::List{deep});
  EXPECT_EQ(story.refused(Start{"p", {}, {}, "", "", {{"x", deep}}}), "variable.value");
  EXPECT_EQ(story.refused(Start{"p", {}, {}, "", "", {{"", 1}}}), "variable.name");
  story.start();
  EXPECT_EQ(story.refused(Complete{story.number("a"), {{"x", deep}}}), "variable.value");
}

}  // namespace
}  // namespace jinyue::bpmn::testing
