// Events: boundary, intermediate, end; timers, messages, signals, errors, escalations.
#include <gmock/gmock.h>

#include "bpmn/story.h"

namespace jinyue::bpmn::testing {
namespace event_test {

using namespace std::chrono_literals;

const std::string ends = R"(<startEvent id="s"/><endEvent id="e"/>)";
const std::string roots =
    R"(<message id="m" name="reply"/><signal id="g" name="storm"/><error id="err" errorCode="E1"/>
  <error id="err2" errorCode="E2"/><escalation id="esc" escalationCode="C1"/><escalation id="esc2" escalationCode="C2"/>)";

std::string timer(const std::string& inside) {
  return "<timerEventDefinition>" + inside + "</timerEventDefinition>";
}

TEST(Boundary, AnInterruptingTimerEndsTheTask) {
  Story story(
      process(ends + R"(<userTask id="a"/><userTask id="late"/><boundaryEvent id="t" attachedToRef="a">)" +
                  timer("<timeDuration>PT2H</timeDuration>") + "</boundaryEvent>",
              "s > a > e; t > late > e"));
  story.start();
  EXPECT_EQ(story.waits(), "task:a timer:t");
  story.pass(1h);
  EXPECT_EQ(story.refused(FireTimer{story.timer("t")}), "");
  EXPECT_EQ(story.waits(), "task:a timer:t") << "a timer never fires early";
  story.pass(1h);
  EXPECT_EQ(story.lastTypes(), "timer-fired task-closed passed task-opened");
  EXPECT_EQ(story.waits(), "task:late");
  EXPECT_EQ(story.all<TaskClosed>().front().by, "");
  EXPECT_EQ(story.refused(FireTimer{1}), "") << "a timer that is gone has no effect";
}

TEST(Boundary, CompletingTheTaskClearsWhatHangsOnIt) {
  Story story(roots +
              process(ends + R"(<userTask id="a"/><userTask id="b"/><userTask id="late"/>
      <boundaryEvent id="t" attachedToRef="a">)" +
                          timer("<timeDate>2026-03-05T12:00:00+08:00</timeDate>") + R"(</boundaryEvent>
      <boundaryEvent id="k" attachedToRef="a"><messageEventDefinition messageRef="m"/></boundaryEvent>
      <boundaryEvent id="z" attachedToRef="a"><signalEventDefinition signalRef="g"/></boundaryEvent>)",
                      "s > a > b > e; t > late > e; k > late; z > late"));
  story.start();
  EXPECT_EQ(story.waits(), "message:k signal:z task:a timer:t");
  story.complete("a");
  EXPECT_EQ(story.waits(), "task:b");
  EXPECT_EQ(story.refused(Correlate{"reply", "", std::nullopt, {}}), "message.not-awaited");
  EXPECT_EQ(story.refused(Signal{"storm", {}}), "");
  EXPECT_EQ(story.waits(), "task:b");
}

TEST(Boundary, ACycleFiresAgainAndAgainWithoutInterrupting) {
  Story story(process(ends + R"(<userTask id="a"/><userTask id="remind"/>
      <boundaryEvent id="t" attachedToRef="a" cancelActivity="false">)" +
                          timer("<timeCycle>R3/PT1H</timeCycle>") + "</boundaryEvent>",
                      "s > a > e; t > remind > e"));
  story.start();
  story.pass(1h);
  EXPECT_EQ(story.waits(), "task:a task:remind timer:t");
  story.pass(1h);
  story.pass(1h);
  EXPECT_EQ(story.waits(), "task:a task:remind task:remind task:remind");
  story.pass(24h);
  EXPECT_EQ(story.all<TimerFired>().size(), 3);
}

TEST(Boundary, RepetitionsThatWereMissedAreNotMadeUpFor) {
  const auto model = deploy(process(ends + R"(<userTask id="a"/><userTask id="remind"/>
      <boundaryEvent id="t" attachedToRef="a" cancelActivity="false">)" +
                                        timer("<timeCycle>R/PT1H</timeCycle>") + "</boundaryEvent>",
                                    "s > a > e; t > remind > e"));
  Story story(model);
  story.start();
  Facts late;
  late.feel.now = story.now() + 10h + 30min;
  const auto fired = step(*model, story.state(), FireTimer{story.timer("t")}, person("system"), late);
  ASSERT_TRUE(fired);
  EXPECT_EQ(fired->state.timers.front().due, story.now() + 11h);
}

TEST(Boundary, AMessageCanComeAgainWhenItDoesNotInterrupt) {
  Story story(roots + process(ends + R"(<userTask id="a"/><userTask id="b"/>
      <boundaryEvent id="k" attachedToRef="a" cancelActivity="false"><messageEventDefinition messageRef="m" jy:key="&quot;7&quot;"/></boundaryEvent>)",
                              "s > a > e; k > b > e"));
  story.start();
  story.message("reply", "7", {{"n", 1}});
  story.message("reply", "7", {{"n", 2}});
  EXPECT_EQ(story.waits(), "message:k task:a task:b task:b");
  EXPECT_EQ(story.variable("n"), feel::Value(2));
  story.run(Correlate{"reply", "", story.number("a"), {}});
  EXPECT_EQ(story.waits(), "message:k task:a task:b task:b task:b");
}

TEST(Boundary, ASignalInterrupts) {
  Story story(roots + process(ends + R"(<userTask id="a"/><userTask id="b"/>
      <boundaryEvent id="z" attachedToRef="a"><signalEventDefinition signalRef="g"/></boundaryEvent>)",
                              "s > a > e; z > b > e"));
  story.start();
  story.run(Signal{"other", {}});
  EXPECT_EQ(story.waits(), "signal:z task:a");
  story.run(Signal{"storm", {{"level", 3}}});
  EXPECT_EQ(story.waits(), "task:b");
  EXPECT_EQ(story.variable("level"), feel::Value(3));
}

TEST(Timer, DurationsDatesAndCyclesMayBeExpressions) {
  const auto due = [](const std::string& definition, feel::Context variables) {
    Story story(
        process(ends + R"(<intermediateCatchEvent id="t">)" + timer(definition) + "</intermediateCatchEvent>",
                "s > t > e"));
    story.start(std::move(variables));
    return story.state().timers.empty() ? story.waits() : formatInstant(*story.state().timers.front().due);
  };
  EXPECT_EQ(due("<timeDuration>=wait</timeDuration>", {{"wait", "P1D"}}), "2026-03-03T01:00:00.000Z");
  EXPECT_EQ(due("<timeDuration>=duration(\"PT\" + string(n) + \"M\")</timeDuration>", {{"n", 5}}),
            "2026-03-02T01:05:00.000Z");
  EXPECT_EQ(due("<timeDuration>P1M</timeDuration>", {}), "2026-04-02T01:00:00.000Z");
  EXPECT_EQ(due("<timeDuration>=duration(\"P1Y\")</timeDuration>", {}), "2027-03-02T01:00:00.000Z");
  EXPECT_EQ(due("<timeDate>=date(\"2026-05-01\")</timeDate>", {}), "2026-04-30T16:00:00.000Z");
  EXPECT_EQ(due("<timeDate>=now() + duration(\"PT1H\")</timeDate>", {}), "2026-03-02T02:00:00.000Z");
  EXPECT_EQ(due("<timeDate>2026-05-01T00:00:00</timeDate>", {}), "2026-04-30T16:00:00.000Z");
  EXPECT_EQ(due("<timeCycle>R2/2026-03-04T00:00:00Z/PT1H</timeCycle>", {}), "2026-03-04T00:00:00.000Z");
  EXPECT_EQ(due("<timeDuration>=wait</timeDuration>", {{"wait", "soon"}}), "incident:t(timer.no-time)");
  EXPECT_EQ(due("<timeDuration>=wait</timeDuration>", {}), "incident:t(expression.failed)");
  EXPECT_EQ(due("<timeDate>=7</timeDate>", {}), "incident:t(timer.no-time)");
}

TEST(Message, AThrownMessageMeetsAWaitOfTheSameCaseElseGoesOut) {
  const std::string body = roots + process(ends + R"(<parallelGateway id="fork"/><userTask id="a"/>
      <intermediateCatchEvent id="k"><messageEventDefinition messageRef="m" jy:key="no"/></intermediateCatchEvent>
      <intermediateThrowEvent id="t"><extensionElements><jy:input name="n" expression="no"/></extensionElements>
        <messageEventDefinition messageRef="m" jy:key="no"/></intermediateThrowEvent>
      <userTask id="before"/><userTask id="after"/>)",
                                           "s > fork; fork > before > k > a > e; fork > after > t > e");
  Story inside(body);
  inside.start({{"no", 5}});
  inside.complete("before");
  inside.complete("after");
  EXPECT_EQ(inside.waits(), "task:a");
  EXPECT_TRUE(inside.all<MessageThrown>().empty());
  Story outside(body);
  outside.start({{"no", 5}});
  outside.complete("after");
  ASSERT_EQ(outside.all<MessageThrown>().size(), 1);
  EXPECT_EQ(outside.all<MessageThrown>().front(), (MessageThrown{0, "t", "reply", "5", {{"n", 5}}}));
}

TEST(Message, SendTasksAndEndEventsThrowAndReceiveTasksWait) {
  Story story(roots +
              process(R"(<startEvent id="s"/><sendTask id="send" messageRef="m" jy:key="&quot;1&quot;"/>
      <receiveTask id="r" messageRef="m" jy:key="&quot;2&quot;"><extensionElements><jy:output name="got" expression="text"/></extensionElements></receiveTask>
      <endEvent id="e"><messageEventDefinition messageRef="m" jy:key="&quot;3&quot;"/></endEvent>)",
                      "s > send > r > e"));
  story.start();
  EXPECT_EQ(story.waits(), "message:r");
  story.message("reply", "2", {{"text", "收到"}, {"other", 1}});
  EXPECT_EQ(story.waits(), "completed");
  EXPECT_EQ(story.variable("got"), feel::Value("收到"));
  EXPECT_TRUE(story.variable("other").isNull());
  EXPECT_EQ(story.all<MessageThrown>().size(), 2);
}

TEST(Signal, AThrownSignalMeetsEveryWaitAndGoesOut) {
  Story story(
      roots +
      process(ends + R"(<parallelGateway id="fork"/><userTask id="a"/><userTask id="b"/><userTask id="x"/>
      <intermediateCatchEvent id="k1"><signalEventDefinition signalRef="g"/></intermediateCatchEvent>
      <intermediateCatchEvent id="k2"><signalEventDefinition signalRef="g"/></intermediateCatchEvent>
      <intermediateThrowEvent id="t"><signalEventDefinition signalRef="g"/></intermediateThrowEvent>)",
              "s > fork; fork > k1 > a > e; fork > k2 > b > e; fork > x > t > e"));
  story.start();
  EXPECT_EQ(story.waits(), "signal:k1 signal:k2 task:x");
  story.complete("x");
  EXPECT_EQ(story.waits(), "task:a task:b");
  EXPECT_EQ(story.all<SignalThrown>().size(), 1);
}

std::string subProcess(const std::string& inside, const std::string& around, const std::string& flows) {
  return roots +
         process(ends + "<subProcess id=\"sub\"><startEvent id=\"ss\"/>" + inside + "</subProcess>" + around,
                 flows);
}

TEST(Error, IsCaughtByTheBoundaryOfTheSubProcess) {
  Story story(subProcess(
      R"(<userTask id="a"/><userTask id="w"/><endEvent id="bad"><errorEventDefinition errorRef="err"/></endEvent>)",
      R"(<userTask id="any"/><userTask id="one"/>
      <boundaryEvent id="b0" attachedToRef="sub"><errorEventDefinition/></boundaryEvent>
      <boundaryEvent id="b1" attachedToRef="sub"><errorEventDefinition errorRef="err"/></boundaryEvent>)",
      "s > sub > e; ss > a > bad; ss > w; b0 > any > e; b1 > one > e"));
  story.start();
  EXPECT_EQ(story.waits(), "task:a task:w");
  story.complete("a");
  EXPECT_EQ(story.waits(), "task:one") << "the boundary event for the code comes before the one for any";
}

TEST(Error, NothingThatCatchesItIsAnIncident) {
  Story story(subProcess(
      R"(<userTask id="a"/><endEvent id="bad"><errorEventDefinition errorRef="err2"/></endEvent>)",
      R"(<userTask id="one"/><boundaryEvent id="b1" attachedToRef="sub"><errorEventDefinition errorRef="err"/></boundaryEvent>)",
      "s > sub > e; ss > a > bad; b1 > one > e"));
  story.start();
  story.complete("a");
  EXPECT_EQ(story.waits(), "incident:bad(error.unhandled)");
  story.run(ResolveIncident{story.incident("bad"), {}, "never mind"});
  EXPECT_EQ(story.waits(), "completed");
}

TEST(Escalation, MayInterruptOrNotAndNeedNotBeCaught) {
  const auto story = [](const char* cancel, const char* code) {
    Story told(subProcess(
        R"(<userTask id="a"/><userTask id="b"/>
      <intermediateThrowEvent id="up"><escalationEventDefinition escalationRef=")" +
            std::string(code) + R"("/></intermediateThrowEvent>)",
        R"(<userTask id="boss"/><boundaryEvent id="x" attachedToRef="sub" cancelActivity=")" +
            std::string(cancel) + R"("><escalationEventDefinition escalationRef="esc"/></boundaryEvent>)",
        "s > sub > e; ss > a > up > b; x > boss > e"));
    told.start();
    told.complete("a");
    return told.waits();
  };
  EXPECT_EQ(story("false", "esc"), "task:b task:boss");
  EXPECT_EQ(story("true", "esc"), "task:boss");
  EXPECT_EQ(story("true", "esc2"), "task:b");
}

TEST(Terminate, EndsTheCaseOrItsOwnSubProcessOnly) {
  Story whole(process(
      ends +
          R"(<userTask id="a"/><userTask id="b"/><endEvent id="stop"><terminateEventDefinition/></endEvent>)",
      "s > a > stop; s > b > e"));
  whole.start();
  whole.complete("a");
  EXPECT_EQ(whole.waits(), "completed");
  EXPECT_EQ(whole.all<CaseCompleted>().front().terminated_by, "stop");
  Story inner(subProcess(
      R"(<userTask id="a"/><userTask id="b"/><endEvent id="stop"><terminateEventDefinition/></endEvent>)",
      R"(<userTask id="c"/>)", "s > sub > c > e; ss > a > stop; ss > b"));
  inner.start();
  inner.complete("a");
  EXPECT_EQ(inner.waits(), "task:c");
}

TEST(Start, AMessageOrATimerStartsTheCaseAtItsEvent) {
  const std::string body =
      roots +
      process(
          R"(<startEvent id="s"/><startEvent id="sm"><extensionElements><jy:output name="copy" expression="n"/></extensionElements>
      <messageEventDefinition messageRef="m"/></startEvent>
      <startEvent id="st">)" +
              timer("<timeCycle>R/P1D</timeCycle>") +
              R"(</startEvent><userTask id="a"/><userTask id="b"/><userTask id="c"/>)",
          "s > a; sm > b; st > c", R"x(jy:title="&quot;案件 &quot; + string(n)" jy:unit="&quot;U&quot;")x");
  Story message(body);
  message.run(Start{"p", "reply", {}, "", "K", {{"n", 1}}});
  EXPECT_EQ(message.waits(), "task:b");
  EXPECT_EQ(message.state().title, "案件 1");
  EXPECT_EQ(message.state().key, "K");
  EXPECT_EQ(message.state().unit, "U");
  EXPECT_EQ(message.variable("copy"), feel::Value(1));
  Story time(body);
  time.run(Start{"p", {}, "st", "given", "", {}});
  EXPECT_EQ(time.waits(), "task:c");
  EXPECT_EQ(time.state().title, "given");
  Story wrong(body);
  EXPECT_EQ(wrong.refused(Start{"q", {}, {}, "x", "", {}}), "process.unknown");
  EXPECT_EQ(wrong.refused(Start{"p", "other", {}, "x", "", {}}), "start.unknown");
  EXPECT_EQ(wrong.refused(Start{"p", {}, "sm", "x", "", {}}), "start.unknown");
  EXPECT_EQ(wrong.refused(Start{"p", "reply", "st", "x", "", {}}), "start.ambiguous");
  EXPECT_EQ(wrong.refused(Start{"p", {}, {}, "", "", {}}), "start.failed") << "the title needs n";
  EXPECT_EQ(wrong.state().status, CaseStatus::none);
  EXPECT_EQ(wrong.refused(Cancel{"x"}), "case.not-active");
  wrong.run(Start{"p", {}, {}, "x", "", {}});
  EXPECT_EQ(wrong.refused(Start{"p", {}, {}, "x", "", {}}), "case.started");
}

TEST(Cancel, EndsEverything) {
  Story story(
      roots +
      process(
          ends +
              R"(<userTask id="a"/><boundaryEvent id="k" attachedToRef="a"><messageEventDefinition messageRef="m"/></boundaryEvent>
      <serviceTask id="j" jy:type="mail"/><exclusiveGateway id="choice"/><userTask id="x"/>)",
          "s > a > e; s > j > e; s > choice; choice > x [nothing]; choice > e [no]; k > e; x > e"));
  story.start();
  EXPECT_EQ(story.refused(Cancel{""}), "reason.empty");
  story.run(Cancel{"withdrawn"});
  EXPECT_EQ(story.waits(), "cancelled");
  EXPECT_EQ(story.all<TaskClosed>().size(), 1);
  EXPECT_EQ(story.all<JobClosed>().size(), 1);
  EXPECT_EQ(story.all<WaitClosed>().size(), 1);
  EXPECT_EQ(story.all<IncidentClosed>().size(), 1);
}

}  // namespace event_test
}  // namespace jinyue::bpmn::testing
