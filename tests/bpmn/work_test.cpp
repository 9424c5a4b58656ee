// Jobs, decisions, scripts, clocks, and what a supervisor does by hand.
#include <gmock/gmock.h>

#include "bpmn/story.h"

namespace jinyue::bpmn::testing {
namespace work_test {

using namespace std::chrono_literals;

const std::string ends = R"(<startEvent id="s"/><endEvent id="e"/>)";

const std::string job_process =
    R"(<error id="err" errorCode="E1"/>)" +
    process(
        ends +
            R"(<serviceTask id="j" jy:type="mail" jy:retries="5"><extensionElements><jy:input name="to" expression="address"/>
      <jy:output name="sent" expression="code"/></extensionElements></serviceTask><userTask id="b"/><userTask id="h"/>
      <boundaryEvent id="x" attachedToRef="j"><errorEventDefinition errorRef="err"/></boundaryEvent>
      <boundaryEvent id="t" attachedToRef="j" cancelActivity="false"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>)",
        "s > j > b > e; x > h > e; t > h");

TEST(Job, IsAskedForAndFinished) {
  Story story(job_process);
  story.start({{"address", "a@b"}});
  EXPECT_EQ(story.waits(), "job:j timer:t");
  const JobRequested requested = story.all<JobRequested>().front();
  EXPECT_EQ(requested.topic, "mail");
  EXPECT_EQ(requested.retries, 5);
  EXPECT_EQ(requested.payload, (feel::Context{{"to", "a@b"}}));
  story.finishJob("j", {{"code", 250}, {"more", 1}});
  EXPECT_EQ(story.waits(), "task:b");
  EXPECT_EQ(story.variable("sent"), feel::Value(250));
  EXPECT_TRUE(story.variable("more").isNull());
  EXPECT_EQ(story.refused(FinishJob{requested.number, {}}), "");
  EXPECT_EQ(story.refused(FailJob{requested.number, "", "late", false}), "");
  EXPECT_EQ(story.lastTypes(), "");
}

TEST(Job, FailuresEndInAnIncidentThatCanBeRetriedOrPassed) {
  Story story(job_process);
  story.start({{"address", "a@b"}});
  story.failJob("j", {}, true);
  EXPECT_EQ(story.waits(), "job:j timer:t");
  EXPECT_EQ(story.lastTypes(), "job-failed");
  story.failJob("j");
  EXPECT_EQ(story.waits(), "incident:j(job.failed) job:j timer:t");
  EXPECT_EQ(story.refused(FinishJob{story.number("j"), {}}), "");
  EXPECT_EQ(story.waits(), "incident:j(job.failed) job:j timer:t") << "a late answer doesn't count";
  Story passed(story);
  passed.run(ResolveIncident{passed.incident("j"), {{"code", 1}}, "sent by post"});
  EXPECT_EQ(passed.waits(), "task:b");
  EXPECT_EQ(passed.variable("sent"), feel::Value(1));
  story.run(SetVariables{0, {{"address", "c@d"}}, "wrong address"});
  story.run(RetryIncident{story.incident("j")});
  EXPECT_EQ(story.waits(), "job:j timer:t");
  EXPECT_EQ(story.all<JobRequested>().back().payload, (feel::Context{{"to", "c@d"}}));
}

TEST(Job, AnErrorGoesToItsBoundaryEvent) {
  Story story(job_process);
  story.start({{"address", "a@b"}});
  story.failJob("j", "E1");
  EXPECT_EQ(story.waits(), "task:h");
  Story other(job_process);
  other.start({{"address", "a@b"}});
  other.failJob("j", "E2");
  EXPECT_EQ(other.waits(), "incident:j(error.unhandled) job:j timer:t");
}

TEST(Decision, IsRecordedWithWhatItRestsOn) {
  Story story(process(ends + R"(<businessRuleTask id="d" jy:decision="grade" jy:result="g"><extensionElements>
      <jy:input name="score" expression="n"/></extensionElements></businessRuleTask><userTask id="a"/>)",
                      "s > d > a > e"));
  int calls = 0;
  story.facts.decide = [&](std::string_view decision,
                           const feel::Context& inputs) -> Result<DecisionOutcome> {
    ++calls;
    EXPECT_EQ(decision, "grade");
    if (*inputs.find("score") == feel::Value(0)) {
      return refuse(ProblemKind::invalid, "dmn.none", {"无", "none"});
    }
    return DecisionOutcome{"A", {"rule_2"}, "grade 3", {}};
  };
  story.start({{"n", 0}});
  EXPECT_EQ(story.waits(), "incident:d(decision.failed)");
  story.run(SetVariables{0, {{"n", 90}}, "typing error"});
  story.run(RetryIncident{story.incident("d")});
  EXPECT_EQ(story.waits(), "task:a");
  EXPECT_EQ(story.variable("g"), feel::Value("A"));
  EXPECT_EQ(story.all<DecisionMade>().front(),
            (DecisionMade{0, "d", "grade", "grade 3", {{"score", 90}}, {"rule_2"}, "A"}));
  Story alone(process(ends + R"(<businessRuleTask id="d" jy:decision="grade" jy:result="g"><extensionElements>
      <jy:input name="score" expression="1"/></extensionElements></businessRuleTask>)",
                      "s > d > e"));
  alone.start();
  EXPECT_EQ(alone.waits(), "incident:d(decision.unavailable)");
  alone.run(ResolveIncident{alone.incident("d"), {{"g", "B"}}, "decided by hand"});
  EXPECT_EQ(alone.waits(), "completed");
  EXPECT_EQ(alone.variable("g"), feel::Value("B"));
}

TEST(Script, GivesAVariable) {
  Story story(process(
      ends +
          R"(<scriptTask id="x" scriptFormat="feel" jy:result="sum"><script>sum(list)</script></scriptTask><userTask id="a"/>)",
      "s > x > a > e"));
  story.start({{"list", feel::List{1, 2, 3}}});
  EXPECT_EQ(story.variable("sum"), feel::Value(6));
}

std::string dueOf(const Story& story, ElementNumber element) {
  return formatInstant(story.state().clock(element)->dates.due);
}

const std::string clock_process = process(
    ends +
        R"(<userTask id="a" jy:clock="=if urgent then &quot;two&quot; else &quot;ten&quot;"/><userTask id="late"/><userTask id="warn"/>
      <boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition jy:clock="due"/></boundaryEvent>
      <boundaryEvent id="y" attachedToRef="a" cancelActivity="false"><timerEventDefinition jy:clock="yellow"/></boundaryEvent>
      <subProcess id="es" triggeredByEvent="true"><startEvent id="es_s" isInterrupting="false"><timerEventDefinition jy:clock="due"/></startEvent><userTask id="esa"/></subProcess>)",
    "s > a > e; t > late > e; y > warn > e; es_s > esa", "jy:clock=\"ten\"");

TEST(Clock, TimersGoWithTheirClock) {
  Story story(clock_process);
  story.start({{"urgent", true}});
  const ElementNumber task = story.number("a");
  EXPECT_EQ(dueOf(story, task), "2026-03-04T16:00:00.000Z") << "Monday, then two working days";
  EXPECT_EQ(dueOf(story, whole_case), "2026-03-16T16:00:00.000Z");
  EXPECT_EQ(story.waits(), "task:a timer:es_s timer:t timer:y");
  story.run(PauseClock{task, "waits for material"});
  EXPECT_EQ(story.waits(), "task:a timer:es_s") << "timers of a paused clock do not run";
  EXPECT_EQ(story.refused(PauseClock{task, "again"}), "clock.paused");
  story.pass(24h * 7);
  EXPECT_EQ(story.waits(), "task:a timer:es_s");
  story.run(ResumeClock{task});
  EXPECT_EQ(dueOf(story, task), "2026-03-10T16:00:00.000Z");
  EXPECT_EQ(story.waits(), "task:a timer:es_s timer:t timer:y");
  EXPECT_EQ(story.refused(ResumeClock{task}), "clock.not-paused");
  story.passTo(*parseInstant("2026-03-11T00:00:00+08:00"));
  EXPECT_EQ(story.waits(), "task:a task:late task:warn timer:es_s");
  story.run(ExtendClock{task, 3, "hard case", "director"}, person("li"));
  EXPECT_EQ(story.waits(), "task:a task:late task:warn timer:es_s timer:t timer:y")
      << "set again by the extension";
  EXPECT_EQ(dueOf(story, task), "2026-03-13T16:00:00.000Z");
  story.complete("a");
  EXPECT_EQ(story.waits(), "task:late task:warn timer:es_s");
}

TEST(Clock, RefusesWhatTheRulesDoNotAllow) {
  Story story(clock_process);
  story.start({{"urgent", false}});
  const ElementNumber task = story.number("a");
  EXPECT_EQ(dueOf(story, task), "2026-03-16T16:00:00.000Z");
  EXPECT_TRUE(story.state().clock(task)->dates.statutory);
  EXPECT_EQ(story.refused(PauseClock{77, "x"}), "clock.none");
  EXPECT_EQ(story.refused(PauseClock{task, " "}), "reason.empty");
  EXPECT_EQ(story.refused(ResumeClock{77}), "clock.none");
  EXPECT_EQ(story.refused(ExtendClock{task, 3, "", "chief"}, person("li")), "reason.empty");
  EXPECT_EQ(story.refused(ExtendClock{task, 3, "x", ""}, person("li")), "clock.not-approved");
  EXPECT_EQ(story.refused(ExtendClock{task, 3, "x", "li"}, person("li")), "clock.self-approved");
  EXPECT_EQ(story.refused(ExtendClock{task, 0, "x", "chief"}, person("li")), "clock.amount");
  EXPECT_EQ(story.refused(ExtendClock{77, 1, "x", "chief"}, person("li")), "clock.none");
}

TEST(Clock, ARuleThatDoesNotExistIsAnIncident) {
  Story story(process(ends + R"(<userTask id="a" jy:clock="=rule"/>)", "s > a > e"));
  story.start({{"rule", "nonsense"}});
  EXPECT_EQ(story.waits(), "incident:a(clock.unknown)");
}

TEST(Clock, OfTheCaseStopsWithIt) {
  Story story(process(ends + R"(<userTask id="a"/>)", "s > a > e", "jy:clock=\"ten\""));
  story.start();
  story.run(PauseClock{0, "legal ground"});
  story.complete("a");
  EXPECT_EQ(story.waits(), "completed");
  EXPECT_TRUE(story.state().clock(0)->run.stopped);
}

TEST(Move, EndsOneElementAndStartsAnother) {
  Story story(process(
      ends +
          R"(<userTask id="a"/><userTask id="b"/><boundaryEvent id="t" attachedToRef="a"><timerEventDefinition>
      <timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><subProcess id="sub"><startEvent id="ss"/><userTask id="c"/></subProcess>)",
      "s > a > b > sub > e; t > e; ss > c"));
  story.start();
  const ElementNumber task = story.number("a");
  EXPECT_EQ(story.refused(MoveToken{0, "b", "x"}), "element.unknown");
  EXPECT_EQ(story.refused(MoveToken{99, "b", "x"}), "element.unknown");
  EXPECT_EQ(story.refused(MoveToken{task, "b", ""}), "reason.empty");
  for (const char* to : {"c", "t", "s", "p", "nowhere"})
    EXPECT_EQ(story.refused(MoveToken{task, to, "x"}), "move.no-target") << to;
  story.run(MoveToken{task, "b", "already done"});
  EXPECT_EQ(story.lastTypes(), "token-moved timer-cleared task-closed task-opened");
  EXPECT_EQ(story.waits(), "task:b");
}

TEST(Variables, AreSetByHandWithAReason) {
  Story story(process(ends + R"(<userTask id="a"/>)", "s > a > e"));
  story.start();
  EXPECT_EQ(story.refused(SetVariables{42, {{"x", 1}}, "y"}), "scope.unknown");
  EXPECT_EQ(story.refused(SetVariables{0, {{"x", 1}}, ""}), "reason.empty");
  EXPECT_EQ(story.refused(SetVariables{0, {}, "y"}), "variables.empty");
  story.run(SetVariables{0, {{"x", 1}}, "was wrong"});
  EXPECT_EQ(story.variable("x"), feel::Value(1));
  EXPECT_EQ(story.all<VariablesSet>().back().reason, "was wrong");
}

TEST(Personal, ValuesAreFoundUnderEveryNameTheyAreMappedTo) {
  const auto model = deploy(process(
      ends +
          R"(<userTask id="a"><extensionElements><jy:input name="call" expression="phone"/></extensionElements></userTask>)",
      "s > a > e", "jy:personal=\"phone name\""));
  EXPECT_TRUE(model->isPersonal("call"));
  EXPECT_FALSE(model->isPersonal("matter"));
  Story story(model);
  story.start({{"phone", "13800000000"}, {"matter", "噪声"}});
  story.run(Comment{std::nullopt, "她叫李四"});
  std::vector<feel::Value> seen;
  for (Event event : story.events()) {
    const Event before = event;
    std::vector<feel::Value> kept;
    forEachPersonal(event, *model, [&](feel::Value& value) {
      kept.push_back(value);
      value = feel::Value("#");
    });
    EXPECT_EQ(toJson(event).find("13800000000"), std::string::npos);
    std::size_t next = 0;
    forEachPersonal(event, *model, [&](feel::Value& value) { value = kept[next++]; });
    EXPECT_EQ(event, before);
    seen.insert(seen.end(), kept.begin(), kept.end());
  }
  EXPECT_THAT(seen, ::testing::ElementsAre("13800000000", "13800000000", "她叫李四"));
}

}  // namespace work_test
}  // namespace jinyue::bpmn::testing
