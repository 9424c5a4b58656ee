// What the reader keeps, and everything that it refuses, with reasons.
#include <gmock/gmock.h>

#include "bpmn/span.h"
#include "bpmn/story.h"

namespace jinyue::bpmn::testing {
namespace reader_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Reasons = std::vector<std::string>;

const std::string ends = R"(<startEvent id="s"/><endEvent id="e"/>)";
const std::string roots =
    R"(<message id="m" name="reply"/><message id="m0"/><signal id="g" name="storm"/><error id="err" errorCode="E1"/>
  <error id="err0"/><escalation id="esc" escalationCode="C1"/>)";

/// A process s > x > e around one flow node of id x.
Reasons around(const std::string& x, const std::string& more_flows = {}) {
  return reasons(roots + process(ends + x, "s > x > e; " + more_flows));
}

TEST(Reader, KeepsNamesLanesDocumentationAndTheDiagram) {
  const std::string body = process(
      R"(<laneSet id="ls"><lane id="l1" name="窗口"><flowNodeRef>s</flowNodeRef><flowNodeRef>a</flowNodeRef></lane>
         <lane id="l2" name="业务科"><childLaneSet id="c"><lane id="l3" name="审批岗"><flowNodeRef>b</flowNodeRef></lane></childLaneSet><flowNodeRef>e</flowNodeRef></lane></laneSet>
         <startEvent id="s"/><userTask id="a" name="受理"><documentation>核对材料</documentation></userTask><userTask id="b"/><endEvent id="e"/>
         <textAnnotation id="note"><text>x</text></textAnnotation><association id="as" sourceRef="a" targetRef="note"/>)",
      "s > a > b > e");
  const auto model = deploy(body);
  EXPECT_EQ(model->find("a")->name, "受理");
  EXPECT_EQ(model->find("a")->documentation, "核对材料");
  EXPECT_EQ(model->find("a")->lane, "窗口");
  EXPECT_EQ(model->find("b")->lane, "审批岗");
  EXPECT_EQ(model->find("a")->line, 3);
  EXPECT_EQ(model->sources().front().text, file(body).text);
  EXPECT_EQ(model->find("nothing"), nullptr);
}

TEST(Reader, ReportsEveryReasonOfEveryFileWithItsLine) {
  const std::array files{
      file("\n<process id=\"p\" isExecutable=\"true\">\n<startEvent id=\"s\"/>\n<task id=\"t\"/>\n"
           "<complexGateway id=\"g\"/>\n<sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"t\"/>\n"
           "<sequenceFlow id=\"f2\" sourceRef=\"t\" targetRef=\"nowhere\"/></process>",
           "one.bpmn"),
      SourceFile{"two.bpmn", "<definitions>"}, SourceFile{"three.bpmn", "<a/>"},
      SourceFile{"four.bpmn", "\xff"}};
  const auto model = readModel(files, {});
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().code, "bpmn.refused");
  Reasons found;
  for (const Problem& cause : model.error().causes) found.push_back(cause.where + " " + cause.code);
  EXPECT_THAT(found, ElementsAre("two.bpmn:1 xml.syntax", "four.bpmn xml.encoding",
                                 "one.bpmn:4:t task.no-behaviour", "one.bpmn:5:g construct.not-executed",
                                 "three.bpmn:1: xml.not-bpmn", "one.bpmn:7:f2 reference.unknown"));
}

TEST(Reader, RefusesTasksWithoutBehaviour) {
  EXPECT_EQ(around(R"(<task id="x"/>)"), Reasons{"x task.no-behaviour"});
  EXPECT_EQ(around(R"(<manualTask id="x"/>)"), Reasons{"x task.no-behaviour"});
}

TEST(Reader, RefusesConstructsThatAreNotExecuted) {
  EXPECT_EQ(
      around(R"(<transaction id="x"><startEvent id="xs"/><userTask id="xt"/></transaction>)", "xs > xt"),
      Reasons{"x construct.not-executed"});
  EXPECT_EQ(around(R"(<adHocSubProcess id="x"><startEvent id="xs"/><userTask id="xt"/></adHocSubProcess>)",
                   "xs > xt"),
            Reasons{"x construct.not-executed"});
  EXPECT_EQ(around(R"(<complexGateway id="x"/>)"), Reasons{"x construct.not-executed"});
  EXPECT_EQ(around(R"(<userTask id="x"/><callChoreography id="c"/>)"), Reasons{"c construct.not-executed"});
  EXPECT_EQ(around(R"(<userTask id="x"><standardLoopCharacteristics/></userTask>)"),
            Reasons{"x loop.standard"});
  EXPECT_EQ(around(R"(<userTask id="x"><ioSpecification id="io"/></userTask>)"),
            Reasons{"io data.not-executed"});
  EXPECT_EQ(around(R"(<userTask id="x"><dataInputAssociation id="io"/></userTask>)"),
            Reasons{"io data.not-executed"});
  EXPECT_EQ(around(R"(<userTask id="x"><potentialOwner id="o"/></userTask>)"),
            Reasons{"o assignment.resource-role"});
  EXPECT_EQ(around(R"(<userTask id="x" isForCompensation="true"/>)"), Reasons{"x compensation"});
  EXPECT_EQ(around(R"(<userTask id="x" startQuantity="2"/>)"), Reasons{"x quantity"});
  EXPECT_EQ(around(R"(<serviceTask id="x" jy:type="mail" operationRef="o"/>)"),
            Reasons{"x service.operation"});
  EXPECT_EQ(around(R"(<receiveTask id="x" messageRef="m" instantiate="true"/>)"),
            Reasons{"x start.receive-task"});
  EXPECT_EQ(reasons("<choreography id=\"c\"/>" + process(ends, "s > e")),
            Reasons{"c construct.not-executed"});
  EXPECT_EQ(reasons("<globalUserTask id=\"c\"/>" + process(ends, "s > e")),
            Reasons{"c construct.not-executed"});
  EXPECT_EQ(reasons("<process id=\"p\" isExecutable=\"false\"><startEvent id=\"s\"/><userTask "
                    "id=\"a\"/><sequenceFlow id=\"f\" sourceRef=\"s\" targetRef=\"a\"/></process>"),
            Reasons{"p process.not-executable"});
  EXPECT_EQ(reasons("<collaboration id=\"c\"/>"), Reasons{"test.bpmn process.none"});
}

TEST(Reader, RefusesEventsThatAreNotExecuted) {
  for (const char* kind : {"conditional", "compensate", "cancel"}) {
    EXPECT_EQ(around(std::string(R"(<intermediateCatchEvent id="x"><)") + kind +
                     "EventDefinition/></intermediateCatchEvent>"),
              Reasons{"x event.not-executed"})
        << kind;
  }
  EXPECT_EQ(around(R"(<intermediateCatchEvent id="x"/>)"), Reasons{"x event.no-trigger"});
  EXPECT_EQ(around(R"(<intermediateCatchEvent id="x"><messageEventDefinition/></intermediateCatchEvent>)"),
            Reasons{"x event.no-message"});
  EXPECT_EQ(
      around(
          R"(<intermediateCatchEvent id="x"><messageEventDefinition messageRef="m0"/></intermediateCatchEvent>)"),
      Reasons{"x event.no-message"});
  EXPECT_EQ(
      around(
          R"(<intermediateCatchEvent id="x"><messageEventDefinition messageRef="zzz"/></intermediateCatchEvent>)"),
      Reasons{"x reference.unknown"});
  EXPECT_EQ(around(R"(<intermediateCatchEvent id="x"><signalEventDefinition/></intermediateCatchEvent>)"),
            Reasons{"x event.no-signal"});
  EXPECT_EQ(around(R"(<intermediateCatchEvent id="x"><timerEventDefinition/></intermediateCatchEvent>)"),
            Reasons{"x timer.empty"});
  EXPECT_EQ(
      around(
          R"(<intermediateCatchEvent id="x"><timerEventDefinition><timeDate/></timerEventDefinition></intermediateCatchEvent>)"),
      Reasons{"x timer.empty"});
  EXPECT_EQ(
      around(
          R"(<intermediateCatchEvent id="x"><timerEventDefinition><timeDuration>three days</timeDuration></timerEventDefinition></intermediateCatchEvent>)"),
      Reasons{"x timer.malformed"});
  EXPECT_EQ(
      around(
          R"(<intermediateCatchEvent id="x"><timerEventDefinition><timeDuration>P1D</timeDuration><timeDate>2026-01-01</timeDate></timerEventDefinition></intermediateCatchEvent>)"),
      Reasons{"x timer.several"});
  EXPECT_EQ(
      around(
          R"(<intermediateCatchEvent id="x"><timerEventDefinition jy:clock="red"/></intermediateCatchEvent>)"),
      (Reasons{"x timer.clock", "x timer.no-clock"}));
  EXPECT_EQ(
      around(
          R"(<intermediateCatchEvent id="x"><timerEventDefinition jy:clock="due"/></intermediateCatchEvent>)"),
      Reasons{"x timer.no-clock"});
  EXPECT_EQ(
      around(
          R"(<intermediateCatchEvent id="x"><messageEventDefinition messageRef="m"/><signalEventDefinition signalRef="g"/></intermediateCatchEvent>)"),
      Reasons{"x event.several-triggers"});
  EXPECT_EQ(
      around(
          R"(<intermediateCatchEvent id="x"><eventDefinitionRef>q</eventDefinitionRef></intermediateCatchEvent>)"),
      Reasons{"x event.shared-definition"});
  EXPECT_EQ(
      around(
          R"(<intermediateCatchEvent id="x"><errorEventDefinition errorRef="err"/></intermediateCatchEvent>)"),
      Reasons{"x event.not-here"});
  EXPECT_EQ(
      around(
          R"(<intermediateThrowEvent id="x"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></intermediateThrowEvent>)"),
      Reasons{"x event.not-here"});
  EXPECT_EQ(around(R"(<intermediateThrowEvent id="x"><escalationEventDefinition/></intermediateThrowEvent>)"),
            Reasons{"x event.no-code"});
  EXPECT_EQ(
      around(R"(<intermediateThrowEvent id="x"><linkEventDefinition name="L"/></intermediateThrowEvent>)"),
      Reasons{"x link.target"});
  EXPECT_EQ(
      reasons(
          roots +
          process(
              R"(<startEvent id="s"><signalEventDefinition signalRef="g"/></startEvent><userTask id="a"/>)",
              "s > a")),
      Reasons{"s event.not-here"});
  EXPECT_EQ(
      reasons(
          roots +
          process(
              R"(<startEvent id="s"/><endEvent id="e"><errorEventDefinition errorRef="err0"/></endEvent>)",
              "s > e")),
      Reasons{"e event.no-code"});
}

TEST(Reader, RefusesBoundaryEventsThatCouldNeverHappen) {
  const auto boundary = [](const std::string& host, const std::string& event, const char* attributes = "") {
    return around(
        host + "<boundaryEvent id=\"b\" attachedToRef=\"x\" " + attributes + ">" + event + "</boundaryEvent>",
        "b > e");
  };
  const std::string timer = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>";
  const std::string user = R"(<userTask id="x"/>)";
  EXPECT_THAT(boundary(user, timer), IsEmpty());
  EXPECT_EQ(boundary(user, "<errorEventDefinition/>"), Reasons{"b boundary.never"});
  EXPECT_EQ(boundary(user, "<escalationEventDefinition/>"), Reasons{"b boundary.never"});
  EXPECT_EQ(boundary(R"(<scriptTask id="x" jy:result="r"><script>1</script></scriptTask>)", timer),
            Reasons{"b boundary.never"});
  EXPECT_EQ(boundary(R"(<exclusiveGateway id="x"/>)", timer), Reasons{"b boundary.host"});
  EXPECT_EQ(boundary(R"(<serviceTask id="x" jy:type="mail"/>)", "<errorEventDefinition/>",
                     "cancelActivity=\"false\""),
            Reasons{"b event.error-interrupts"});
  EXPECT_EQ(boundary(user, "<cancelEventDefinition/>"), Reasons{"b event.not-executed"});
  EXPECT_EQ(boundary(user, ""), Reasons{"b event.no-trigger"});
  EXPECT_EQ(
      boundary(
          R"(<userTask id="x" jy:clock="two"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>)",
          "<timerEventDefinition jy:clock=\"due\"/>"),
      Reasons{"b timer.clock-many"});
}

TEST(Reader, RefusesGraphsInWhichTokensGetLost) {
  EXPECT_EQ(around(R"(<userTask id="x"/><userTask id="y"/>)"), Reasons{"y node.no-incoming"});
  EXPECT_EQ(reasons(process(R"(<userTask id="x"/><userTask id="y"/>)", "x > y > x")),
            Reasons{"p start.none"});
  EXPECT_EQ(
      reasons(process(R"(<startEvent id="s"/><startEvent id="s2"/><userTask id="x"/>)", "s > x; s2 > x")),
      Reasons{"p start.several"});
  EXPECT_EQ(reasons(process(R"(<startEvent id="s"/><exclusiveGateway id="x"/>)", "s > x")),
            Reasons{"x node.no-outgoing"});
  EXPECT_EQ(reasons(process(R"(<startEvent id="s"/>)", "")), Reasons{"s node.no-outgoing"});
  EXPECT_EQ(around(R"(<userTask id="x"/><userTask id="y"/>)", "e > y"), Reasons{"e flow.not-here"});
  EXPECT_EQ(around(R"(<exclusiveGateway id="x"/>)", "x > e"),
            (Reasons{"f2 flow.no-condition", "f3 flow.no-condition"}));
  EXPECT_EQ(around(R"(<parallelGateway id="x"/>)", "x > e [true]"), Reasons{"f3 flow.condition-not-here"});
  EXPECT_EQ(around(R"(<userTask id="x" default="f1"/>)"), Reasons{"x flow.default"});
  EXPECT_EQ(around(R"(<subProcess id="x"><startEvent id="xs"/><userTask id="xt"/></subProcess>)",
                   "xs > e; xs > xt"),
            Reasons{"f3 flow.crosses-scope"});
  EXPECT_EQ(around(R"(<subProcess id="x"><userTask id="xt"/></subProcess>)"),
            (Reasons{"x start.none", "xt node.no-incoming"}));
  EXPECT_EQ(
      around(
          R"(<subProcess id="x" triggeredByEvent="true"><startEvent id="xs"><errorEventDefinition/></startEvent><endEvent id="xe"/></subProcess>)",
          "xs > xe"),
      Reasons{"x flow.not-here"});
  EXPECT_EQ(
      reasons(process(
          ends +
              R"(<subProcess id="x" triggeredByEvent="true"><startEvent id="xs"/><endEvent id="xe"/></subProcess>)",
          "s > e; xs > xe")),
      Reasons{"xs event.no-trigger"});
  EXPECT_EQ(around(R"(<eventBasedGateway id="x"/>)"), (Reasons{"x gateway.one-way", "e gateway.target"}));
  EXPECT_EQ(around(R"(<eventBasedGateway id="x" instantiate="true"/>)").front(), "x gateway.instantiate");
}

TEST(Reader, RefusesReferencesToWhatIsNotThere) {
  EXPECT_EQ(around(R"(<callActivity id="x"/>)"), Reasons{"x call.no-process"});
  EXPECT_EQ(around(R"(<callActivity id="x" calledElement="q"/>)"), Reasons{"x call.unknown-process"});
  EXPECT_EQ(around(R"(<serviceTask id="x"/>)"), Reasons{"x service.no-type"});
  EXPECT_EQ(around(R"(<serviceTask id="x" jy:type="fax"/>)"), Reasons{"x service.unknown-type"});
  EXPECT_EQ(around(R"(<serviceTask id="x" jy:type="mail" jy:retries="many"/>)"),
            Reasons{"x service.retries"});
  EXPECT_EQ(around(R"(<businessRuleTask id="x" jy:decision="q" jy:result="r"/>)"),
            (Reasons{"x decision.unknown", "x decision.no-input"}));
  EXPECT_EQ(around(R"(<businessRuleTask id="x"/>)"),
            (Reasons{"x decision.none", "x result.none", "x decision.no-input"}));
  EXPECT_EQ(around(R"(<scriptTask id="x"/>)"), (Reasons{"x script.none", "x result.none"}));
  EXPECT_EQ(
      around(R"(<scriptTask id="x" scriptFormat="javascript" jy:result="r"><script>1</script></scriptTask>)"),
      Reasons{"x script.language"});
  EXPECT_EQ(around(R"(<userTask id="x" jy:clock="never"/>)"), Reasons{"x clock.unknown"});
  EXPECT_EQ(around(R"(<userTask id="x" jy:notWhoDid="s y"/>)"),
            Reasons({"x duty.unknown-node", "x duty.unknown-node"}));
  EXPECT_EQ(around(R"(<userTask id="s"/>)").front(), "s id.twice");
  EXPECT_EQ(around(R"(<userTask id="x"/><textAnnotation id="x"/>)"), Reasons{"x id.twice"});
  EXPECT_EQ(around(R"(<userTask id="x"><extensionElements id="x"/></userTask>)"), Reasons{});
  EXPECT_EQ(around(R"(<userTask/>)").front(), "p id.missing");
}

TEST(Reader, RefusesExpressionsThatAreNotFeel) {
  EXPECT_EQ(around(R"(<userTask id="x" jy:unit="a +"/>)"), Reasons{"x expression.syntax"});
  EXPECT_EQ(around(R"(<userTask id="x" jy:unit=" "/>)"), Reasons{"x expression.empty"});
  EXPECT_EQ(around(R"(<exclusiveGateway id="x"/>)", "x > e [${approved}]; x > e [else]").front(),
            "f3 expression.syntax");
  EXPECT_EQ(
      reasons(process(
          ends +
              R"(<userTask id="x"/><sequenceFlow id="c" sourceRef="x" targetRef="e"><conditionExpression language="http://www.w3.org/1999/XPath">true</conditionExpression></sequenceFlow>)",
          "s > x")),
      Reasons{"c expression.language"});
}

TEST(Reader, RefusesExpressionsThatCanNeverWork) {
  EXPECT_EQ(around(R"(<userTask id="x" jy:unit="1 + &quot;a&quot;"/>)"), Reasons{"x expression.wrong"});
  EXPECT_EQ(around(R"x(<userTask id="x" jy:unit="substring(name)"/>)x"), Reasons{"x expression.wrong"});
  EXPECT_EQ(around(R"(<exclusiveGateway id="x"/>)", "x > e [1 = \"a\"]; x > e [else]").front(),
            "f3 expression.wrong");
  EXPECT_THAT(around(R"(<userTask id="x" jy:unit="a + b.c[1]"/>)"), IsEmpty());
}

TEST(Reader, RefusesLoopsThatSayTooLittle) {
  const auto loop = [](const std::string& attributes, const std::string& inside) {
    return around("<userTask id=\"x\"><multiInstanceLoopCharacteristics " + attributes + ">" + inside +
                  "</multiInstanceLoopCharacteristics></userTask>");
  };
  EXPECT_EQ(loop("", ""), Reasons{"x loop.no-collection"});
  EXPECT_EQ(loop("jy:collection=\"a\"", "<loopCardinality>2</loopCardinality>"),
            Reasons{"x loop.no-collection"});
  EXPECT_EQ(loop("jy:element=\"i\"", "<loopCardinality>2</loopCardinality>"), Reasons{"x loop.element"});
  EXPECT_EQ(loop("jy:collection=\"a\" jy:outputCollection=\"i\"", ""), Reasons{"x loop.output"});
  EXPECT_EQ(loop("jy:collection=\"a\"", "<loopDataInputRef>d</loopDataInputRef>"),
            Reasons{"x loop.not-executed"});
  EXPECT_EQ(loop("jy:collection=\"a\" behavior=\"One\"", ""), Reasons{"x loop.not-executed"});
  EXPECT_THAT(loop("jy:collection=\"a\" behavior=\"All\"", ""), IsEmpty());
}

TEST(Reader, RefusesExtensionsUnlessTheyAreKnownToBeHarmless) {
  const std::string other =
      " xmlns:z=\"http://example.com/engine\" xmlns:bio=\"http://bpmn.io/schema/bpmn/biocolor/1.0\"";
  EXPECT_EQ(around("<userTask id=\"x\"" + other + " z:assignee=\"li\"/>"), Reasons{"x extension.attribute"});
  EXPECT_THAT(around("<userTask id=\"x\"" + other + " bio:fill=\"red\"/>"), IsEmpty());
  EXPECT_EQ(
      around("<userTask id=\"x\"" + other + "><extensionElements><z:form/></extensionElements></userTask>"),
      Reasons{"x extension.element"});
  EXPECT_EQ(around(R"(<userTask id="x" asignee="li"/>)"), Reasons{"x attribute.unknown"});
  EXPECT_EQ(around(R"(<userTask id="x" jy:type="mail"/>)"), Reasons{"x attribute.unknown"});
  EXPECT_EQ(
      around(
          R"(<userTask id="x"><extensionElements><jy:imput name="a" expression="1"/></extensionElements></userTask>)"),
      Reasons{"x extension.unknown"});
  EXPECT_EQ(
      around(
          R"(<userTask id="x"><extensionElements><jy:input expression="1"/></extensionElements></userTask>)"),
      Reasons{"x mapping.no-name"});
  EXPECT_EQ(
      around(
          R"(<userTask id="x"><extensionElements><jy:input name="a" expression="1"/><jy:input name="a" expression="2"/></extensionElements></userTask>)"),
      Reasons{"x mapping.twice"});
}

TEST(Reader, RefusesExtensionsInsideThePartsOfAnElement) {
  const std::string other = " xmlns:z=\"http://example.com/engine\"";
  const std::string inside = "<extensionElements><z:retry/></extensionElements>";
  EXPECT_EQ(around("<intermediateCatchEvent id=\"x\"><timerEventDefinition" + other +
                   " z:zone=\"a\"><timeDuration>P1D</timeDuration></timerEventDefinition>"
                   "</intermediateCatchEvent>"),
            Reasons{"x extension.attribute"});
  EXPECT_EQ(around("<intermediateCatchEvent id=\"x\"><timerEventDefinition id=\"t\"" + other + ">" + inside +
                   "<timeDuration>P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>"),
            Reasons{"t extension.element"});
  EXPECT_EQ(around("<intermediateCatchEvent id=\"x\"><timerEventDefinition><timeDuration" + other +
                   " z:zone=\"a\">P1D</timeDuration></timerEventDefinition></intermediateCatchEvent>"),
            Reasons{"x extension.attribute"});
  EXPECT_EQ(reasons(process(
                "<laneSet id=\"ls\"><lane id=\"l\"" + other + " z:owner=\"li\"/></laneSet>" + ends, "s > e")),
            Reasons{"l extension.attribute"});
  EXPECT_EQ(reasons(process(ends +
                                "<userTask id=\"x\"/><sequenceFlow id=\"c\" sourceRef=\"x\" "
                                "targetRef=\"e\"><conditionExpression" +
                                other + " z:resource=\"a.js\">true</conditionExpression></sequenceFlow>",
                            "s > x")),
            Reasons{"c extension.attribute"});
  EXPECT_EQ(around("<scriptTask id=\"x\" jy:result=\"r\"><script" + other +
                   " z:resource=\"a.js\">1</script></scriptTask>"),
            Reasons{"x extension.attribute"});
}

TEST(Reader, RefusesPersonalDataWhereItCouldNotBeErased) {
  EXPECT_EQ(reasons(process(ends, "s > e", "jy:personal=\"name\" jy:title=\"name\"")),
            Reasons{"p personal.in-title"});
  EXPECT_EQ(reasons(process(ends, "s > e", "jy:personal=\"name\" jy:area=\"name\" jy:party=\"name\"")),
            Reasons{"p personal.in-row"});
  EXPECT_EQ(reasons(process(ends, "s > e", "jy:personal=\"name\" jy:search=\"matter + name\"")),
            Reasons{"p personal.in-search"});
  EXPECT_EQ(reasons("<message id=\"m\" name=\"r\" jy:key=\"phone\"/>" +
                    process(ends + R"(<receiveTask id="x" messageRef="m"/>)", "s > x > e",
                            "jy:personal=\"phone\"")),
            Reasons{"x personal.in-key"});
}

TEST(Span, ReadsDurationsOfIso8601) {
  EXPECT_EQ(parseSpan("P1Y2M"), (Span{14, Millis{0}}));
  EXPECT_EQ(parseSpan("P1W1DT1H1M1.5S"),
            (Span{0, std::chrono::days{8} + std::chrono::hours{1} + std::chrono::minutes{1} + Millis{1500}}));
  for (const char* wrong : {"", "P", "PT", "P1", "1D", "P1S", "PT1D", "P1DT", "P-1D", "P1D1Y", "PT1H1H",
                            "P99999999999Y", "PT1.S", "P1.5D", "R/P1D"}) {
    EXPECT_FALSE(parseSpan(wrong)) << wrong;
  }
  for (const char* text : {"P1M", "PT0.250S", "P400DT3S", "P3M2D"}) {
    EXPECT_EQ(parseSpan(formatSpan(*parseSpan(text))), parseSpan(text)) << text;
  }
  EXPECT_EQ(formatInstant(addSpan(*parseInstant("2026-01-31T10:00:00+08:00"), {1, Millis{0}})),
            "2026-02-28T02:00:00.000Z");
}

TEST(Span, ReadsCycles) {
  EXPECT_EQ(parseCycle("R3/PT10M")->repetitions, 3);
  EXPECT_EQ(parseCycle("R/P1D")->repetitions, -1);
  EXPECT_TRUE(parseCycle("R5/2026-01-01T00:00:00Z/P1D")->start);
  for (const char* wrong :
       {"", "R", "R3", "R0/PT1M", "R-1/PT1M", "R3/PT0S", "3/PT1M", "R3/x/PT1M", "0 0 9 * * ?"}) {
    EXPECT_FALSE(parseCycle(wrong)) << wrong;
  }
}

}  // namespace reader_test
}  // namespace jinyue::bpmn::testing
