// Sub-processes, call activities, event sub-processes and multi-instance activities.
#include <gmock/gmock.h>

#include "bpmn/story.h"

namespace jinyue::bpmn::testing {
namespace scope_test {

using namespace std::chrono_literals;

const std::string ends = R"(<startEvent id="s"/><endEvent id="e"/>)";
const std::string roots =
    R"(<message id="m" name="reply"/><signal id="g" name="storm"/><error id="err" errorCode="E1"/>
  <escalation id="esc" escalationCode="C1"/>)";

TEST(SubProcess, HasVariablesOfItsOwnAndGivesOutWhatItMaps) {
  Story story(
      process(ends + R"(<subProcess id="sub"><extensionElements><jy:input name="x" expression="n + 1"/>
      <jy:output name="out" expression="x * 10"/></extensionElements><startEvent id="ss"/><userTask id="a"/><endEvent id="se"/></subProcess>
      <userTask id="b"/>)",
              "s > sub > b > e; ss > a > se"));
  story.start({{"n", 1}});
  story.complete("a", {{"x", 5}, {"y", 6}});
  EXPECT_EQ(story.waits(), "task:b");
  EXPECT_EQ(story.variable("out"), feel::Value(50)) << "x is set where it is, in the sub-process";
  EXPECT_TRUE(story.variable("x").isNull());
  EXPECT_EQ(story.variable("y"), feel::Value(6)) << "y is new: it goes to the process";
}

TEST(SubProcess, ATimerOnItEndsAllOfIt) {
  Story story(process(
      ends +
          R"(<subProcess id="sub"><startEvent id="ss"/><userTask id="a"/><subProcess id="in"><startEvent id="is"/>
      <serviceTask id="j" jy:type="mail"/></subProcess></subProcess><userTask id="late"/>
      <boundaryEvent id="t" attachedToRef="sub"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>)",
      "s > sub > e; ss > a; ss > in; is > j; t > late > e"));
  story.start();
  EXPECT_EQ(story.waits(), "job:j task:a timer:t");
  story.pass(1h);
  EXPECT_EQ(story.waits(), "task:late");
}

const std::string called =
    process(R"(<startEvent id="cs"/><userTask id="c"/><endEvent id="ce"/>)", "cs > c > ce", {}, "child");

TEST(Call, SeesOnlyItsInputsAndGivesOnlyItsOutputs) {
  Story story(
      process(ends + R"(<callActivity id="call" calledElement="child"><extensionElements>
      <jy:input name="x" expression="n"/><jy:output name="result" expression="answer + x"/></extensionElements></callActivity><userTask id="b"/>)",
              "s > call > b > e") +
      process(
          R"(<startEvent id="cs"/><userTask id="c" jy:unit="if n = null then &quot;blind&quot; else n"/><endEvent id="ce"/>)",
          "cs > c > ce", {}, "child"));
  story.start({{"n", 2}});
  EXPECT_EQ(story.waits(), "task:c");
  EXPECT_EQ(story.all<TaskOpened>().front().unit, "blind");
  story.run(Complete{story.number("c"), {{"answer", 40}}}, person("x", "blind"));
  EXPECT_EQ(story.waits(), "task:b");
  EXPECT_EQ(story.variable("result"), feel::Value(42));
  EXPECT_TRUE(story.variable("answer").isNull());
}

TEST(Call, AnErrorOfTheCalledProcessReachesTheCaller) {
  Story story(
      roots +
      process(ends + R"(<callActivity id="call" calledElement="child"/><userTask id="h"/>
      <boundaryEvent id="x" attachedToRef="call"><errorEventDefinition errorRef="err"/></boundaryEvent>)",
              "s > call > e; x > h > e") +
      process(
          R"(<startEvent id="cs"/><userTask id="c"/><endEvent id="ce"><errorEventDefinition errorRef="err"/></endEvent>)",
          "cs > c > ce", {}, "child"));
  story.start();
  story.complete("c");
  EXPECT_EQ(story.waits(), "task:h");
}

TEST(Call, ThatNeverEndsIsAnIncident) {
  Story story(process(ends + R"(<callActivity id="again" calledElement="p"/>)", "s > again > e"));
  story.start();
  EXPECT_EQ(story.waits(), "incident:again(scope.too-deep)");
}

std::string withEventSubProcess(const std::string& start_attributes, const std::string& definition) {
  return roots +
         process(
             ends +
                 R"(<userTask id="a"/><subProcess id="es" triggeredByEvent="true"><startEvent id="es_s" )" +
                 start_attributes + ">" + definition +
                 R"(</startEvent><userTask id="h"/><endEvent id="es_e"/></subProcess>
      <endEvent id="bad"><errorEventDefinition errorRef="err"/></endEvent><exclusiveGateway id="x"/>
      <intermediateThrowEvent id="up"><escalationEventDefinition escalationRef="esc"/></intermediateThrowEvent><userTask id="b"/>)",
             "s > a > x; x > bad [fail]; x > up [else]; up > b > e; es_s > h > es_e");
}

TEST(EventSubProcess, ATimerTakesTheCaseOver) {
  Story story(withEventSubProcess(
      "", "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"));
  story.start({{"fail", false}});
  EXPECT_EQ(story.waits(), "task:a timer:es_s");
  story.pass(1h);
  EXPECT_EQ(story.waits(), "task:h");
  story.complete("h");
  EXPECT_EQ(story.waits(), "completed");
}

TEST(EventSubProcess, AMessageThatDoesNotInterruptCanComeAgain) {
  Story story(withEventSubProcess("isInterrupting=\"false\"", "<messageEventDefinition messageRef=\"m\"/>"));
  story.start({{"fail", false}});
  story.message("reply");
  story.message("reply");
  EXPECT_EQ(story.waits(), "message:es_s task:a task:h task:h");
  story.complete("a");
  story.complete("b");
  EXPECT_EQ(story.waits(), "message:es_s task:h task:h");
  story.complete("h");
  story.complete("h");
  EXPECT_EQ(story.waits(), "completed");
}

TEST(EventSubProcess, CatchesErrorsEscalationsAndSignalsOfItsScope) {
  Story error(withEventSubProcess("", "<errorEventDefinition/>"));
  error.start({{"fail", true}});
  error.complete("a");
  EXPECT_EQ(error.waits(), "task:h");
  Story escalation(
      withEventSubProcess("isInterrupting=\"false\"", "<escalationEventDefinition escalationRef=\"esc\"/>"));
  escalation.start({{"fail", false}});
  escalation.complete("a");
  EXPECT_EQ(escalation.waits(), "task:b task:h");
  Story signal(withEventSubProcess("", "<signalEventDefinition signalRef=\"g\"/>"));
  signal.start({{"fail", false}});
  signal.run(Signal{"storm", {}});
  EXPECT_EQ(signal.waits(), "task:h");
}

TEST(EventSubProcess, AnErrorInsideItsOwnHandlerIsNotCaughtByIt) {
  Story story(
      roots +
      process(ends + R"(<userTask id="a"/><endEvent id="bad"><errorEventDefinition errorRef="err"/></endEvent>
      <subProcess id="es" triggeredByEvent="true"><startEvent id="es_s"><errorEventDefinition/></startEvent>
      <endEvent id="worse"><errorEventDefinition errorRef="err"/></endEvent></subProcess>)",
              "s > a > bad; a > e; es_s > worse"));
  story.start();
  story.complete("a");
  EXPECT_EQ(story.waits(), "incident:worse(error.unhandled)");
}

std::string multi(const std::string& loop_attributes, const std::string& inside,
                  const std::string& task = "userTask", const std::string& more = {}) {
  return process(ends + "<" + task + " id=\"a\"" + more + "><multiInstanceLoopCharacteristics " +
                     loop_attributes + ">" + inside + "</multiInstanceLoopCharacteristics></" + task +
                     "><userTask id=\"b\"/>",
                 "s > a > b > e");
}

TEST(MultiInstance, ParallelOverAListCollectsResultsInItsOrder) {
  Story story(multi(
      R"(jy:collection="units" jy:element="unit" jy:outputCollection="answers" jy:outputElement="unit + text")",
      "", "userTask", " jy:unit=\"unit\""));
  story.start({{"units", feel::List{"A", "B", "C"}}});
  EXPECT_EQ(story.waits(), "task:a task:a task:a");
  const auto opened = story.all<TaskOpened>();
  EXPECT_EQ(opened[1].unit, "B");
  EXPECT_EQ(opened[1].item, 2);
  for (const int i : {2, 0, 1}) {
    story.run(Complete{opened[static_cast<std::size_t>(i)].number, {{"text", std::to_string(i)}}},
              person("x", std::string(1, static_cast<char>('A' + i))));
  }
  EXPECT_EQ(story.waits(), "task:b");
  EXPECT_EQ(story.variable("answers"), feel::Value(feel::List{"A0", "B1", "C2"}));
  EXPECT_TRUE(story.variable("text").isNull());
}

TEST(MultiInstance, SequentialGoesOneByOneAndTheCollectionIsFixedAtTheStart) {
  Story story(multi(R"(isSequential="true" jy:collection="units" jy:element="unit")", "", "userTask",
                    " jy:unit=\"unit\""));
  story.start({{"units", feel::List{"A", "B"}}});
  EXPECT_EQ(story.waits(), "task:a");
  story.run(Complete{story.number("a"), {{"units", feel::List{}}}}, person("x", "A"));
  EXPECT_EQ(story.waits(), "task:a");
  EXPECT_EQ(story.all<TaskOpened>().back().unit, "B");
  story.run(Complete{story.number("a"), {}}, person("x", "B"));
  EXPECT_EQ(story.waits(), "task:b");
}

TEST(MultiInstance, ACompletionConditionEndsTheRest) {
  Story story(multi("",
                    "<loopCardinality>3</loopCardinality><completionCondition>numberOfCompletedInstances >= "
                    "2</completionCondition>"));
  story.start();
  story.complete("a");
  EXPECT_EQ(story.waits(), "task:a task:a");
  story.complete("a");
  EXPECT_EQ(story.waits(), "task:b");
}

TEST(MultiInstance, AFailingCompletionConditionStopsNothing) {
  Story story(
      multi("", "<loopCardinality>2</loopCardinality><completionCondition>enough</completionCondition>"));
  story.start();
  story.complete("a");
  EXPECT_EQ(story.waits(), "incident:a(condition.failed) task:a");
  Story retried(story);
  retried.run(SetVariables{0, {{"enough", true}}, "it was forgotten"});
  retried.run(RetryIncident{retried.state().incidents.front().number});
  EXPECT_EQ(retried.waits(), "task:b");
  story.complete("a");
  EXPECT_EQ(story.waits(), "task:b");
}

TEST(MultiInstance, NoItemsGoPastAndWrongCollectionsAreIncidents) {
  const auto model = deploy(multi(R"(jy:collection="units")", ""));
  const auto with = [&](feel::Value units) {
    Story story(model);
    story.start({{"units", std::move(units)}});
    return story.waits();
  };
  EXPECT_EQ(with(feel::List{}), "task:b");
  EXPECT_EQ(with(7), "incident:a(loop.no-list)");
  EXPECT_EQ(with(feel::List(1001, feel::Value(1))), "incident:a(loop.too-many)");
  Story counted(multi("", "<loopCardinality>n</loopCardinality>"));
  counted.start({{"n", "x"}});
  EXPECT_EQ(counted.waits(), "incident:a(loop.no-count)");
  counted.run(SetVariables{0, {{"n", 2}}, "typing error"});
  counted.run(RetryIncident{counted.incident("a")});
  EXPECT_EQ(counted.waits(), "task:a task:a");
}

TEST(MultiInstance, ATimerOnItEndsAllInstances) {
  Story story(process(
      ends + R"(<userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>
      </multiInstanceLoopCharacteristics></userTask><userTask id="late"/><boundaryEvent id="t" attachedToRef="a">
      <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>)",
      "s > a > e; t > late > e"));
  story.start();
  story.complete("a");
  story.pass(1h);
  EXPECT_EQ(story.waits(), "task:late");
}

TEST(MultiInstance, ScriptsInASequenceOfManyDoNotNest) {
  Story story(
      process(ends + R"(<scriptTask id="a" jy:result="r"><multiInstanceLoopCharacteristics isSequential="true"
      jy:outputCollection="all" jy:outputElement="r"><loopCardinality>1000</loopCardinality></multiInstanceLoopCharacteristics>
      <script>loopCounter * 2</script></scriptTask>)",
              "s > a > e"));
  story.start();
  EXPECT_EQ(story.waits(), "completed");
  EXPECT_EQ(story.variable("all").asList()->back(), feel::Value(2000));
}

TEST(MultiInstance, OfSubProcessesHasAScopeForEach) {
  Story story(process(
      ends + R"(<subProcess id="sub"><multiInstanceLoopCharacteristics jy:collection="units" jy:element="unit"
      jy:outputCollection="all" jy:outputElement="done"/><extensionElements><jy:output name="done" expression="unit + mine"/>
      <jy:input name="mine" expression="0"/></extensionElements>
      <startEvent id="ss"/><userTask id="a"/></subProcess><userTask id="b"/>)",
      "s > sub > b > e; ss > a"));
  story.start({{"units", feel::List{10, 20}}});
  EXPECT_EQ(story.waits(), "task:a task:a");
  story.complete("a", {{"mine", 1}});
  story.complete("a", {{"mine", 2}});
  EXPECT_EQ(story.waits(), "task:b");
  EXPECT_EQ(story.variable("all"), feel::Value(feel::List{11, 22}));
}

}  // namespace scope_test
}  // namespace jinyue::bpmn::testing
