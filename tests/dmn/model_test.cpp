#include "dmn/model_text.h"

namespace jinyue::dmn {
namespace model_test {

using feel::Value;

std::string literal(std::string_view text) {
  return fmt::format("<literalExpression><text>{}</text></literalExpression>", escaped(text));
}

Value result(const std::string& expression, const feel::Context& inputs = {}, std::string_view more = {}) {
  return evaluated(modelOf(decisionModel(expression, more)), inputs).value;
}

TEST(BoxedExpression, ContextWithResultAndEarlierEntries) {
  const auto entry = [](std::string_view name, std::string_view text) {
    return fmt::format("<contextEntry>{}{}</contextEntry>",
                       name.empty() ? "" : fmt::format("<variable name=\"{}\"/>", name), literal(text));
  };
  EXPECT_EQ(result("<context>" + entry("x y", "a + 1") + entry("z", "x y * 2") + "</context>", {{"a", 4}}),
            value("{x y: 5, z: 10}"));
  EXPECT_EQ(result("<context>" + entry("x y", "a + 1") + entry("", "x y * 2") + "</context>", {{"a", 4}}),
            Value(10));
  // An entry hides a variable of the same name from the next entry on, and only inside.
  EXPECT_EQ(result("<list><context>" + entry("a", "a + 1") + entry("", "a") + "</context>" + literal("a") +
                       "</list>",
                   {{"a", 4}}),
            value("[5, 4]"));
}

TEST(BoxedExpression, TypedEntriesAreChecked) {
  const auto typed = [](std::string_view type, std::string_view text) {
    return fmt::format(
        "<context><contextEntry><variable name=\"x\" typeRef=\"{}\"/>{}</contextEntry></context>", type,
        literal(text));
  };
  EXPECT_EQ(result(typed("number", "1")), value("{x: 1}"));
  EXPECT_EQ(result(typed("number", "[1]")), value("{x: 1}"));
  EXPECT_EQ(result(typed("number", "\"1\"")), value("{x: null}"));
}

TEST(BoxedExpression, ListAndRelation) {
  EXPECT_EQ(result("<list>" + literal("a") + literal("a + 1") + "</list>", {{"a", 1}}), value("[1, 2]"));
  EXPECT_EQ(result("<relation><column name=\"n\"/><column name=\"m\"/><row>" + literal("1") + literal("a") +
                       "</row><row>" + literal("2") + literal("\"x\"") + "</row></relation>",
                   {{"a", 3}}),
            value("[{n: 1, m: 3}, {n: 2, m: \"x\"}]"));
}

TEST(BoxedExpression, FunctionDefinitionAndInvocation) {
  const auto twice = "<functionDefinition><formalParameter name=\"x\" typeRef=\"number\"/>" +
                     literal("x * 2 + a") + "</functionDefinition>";
  const auto with = [&](std::string_view call) {
    return "<context><contextEntry><variable name=\"f\"/>" + twice + "</contextEntry><contextEntry>" +
           std::string(call) + "</contextEntry></context>";
  };
  EXPECT_EQ(result(with(literal("f(5)")), {{"a", 1}}), Value(11));
  EXPECT_EQ(result(with(literal("f(x: 5)")), {{"a", 1}}), Value(11));
  EXPECT_EQ(result(with(literal("f(\"5\")")), {{"a", 1}}), Value{});
  const auto invocation = [](std::string_view function, std::string_view parameter) {
    return fmt::format("<invocation>{}<binding><parameter name=\"{}\"/>{}</binding></invocation>",
                       literal(function), parameter, literal("7"));
  };
  EXPECT_EQ(result(with(invocation("f", "x")), {{"a", 1}}), Value(15));
  EXPECT_EQ(result(with(invocation("f", "y")), {{"a", 1}}), Value{});
  EXPECT_EQ(result(with(invocation("a", "x")), {{"a", 1}}), Value{});
}

TEST(BoxedExpression, JavaFunctionsAreNotRun) {
  const auto model =
      modelOf(decisionModel("<context><contextEntry><variable name=\"f\"/><functionDefinition "
                            "kind=\"Java\"><formalParameter name=\"x\"/><context><contextEntry>"
                            "<variable name=\"class\"/>" +
                            literal("\"java.lang.Math\"") +
                            "</contextEntry></context></functionDefinition></contextEntry><contextEntry>" +
                            literal("f(1)") + "</contextEntry></context>"));
  const auto outcome = evaluated(model);
  EXPECT_EQ(outcome.value, Value{});
  ASSERT_FALSE(outcome.diagnostics.empty());
  EXPECT_EQ(outcome.diagnostics[0].code, "dmn.external-function");
}

TEST(BoxedExpression, Conditional) {
  const auto text = "<conditional><if>" + literal("a > 1") + "</if><then>" + literal("\"yes\"") +
                    "</then><else>" + literal("\"no\"") + "</else></conditional>";
  EXPECT_EQ(result(text, {{"a", 2}}), Value("yes"));
  EXPECT_EQ(result(text, {{"a", 1}}), Value("no"));
  EXPECT_EQ(result(text, {{"a", "x"}}), Value("no"));
}

TEST(BoxedExpression, Filter) {
  const auto filter = [](std::string_view match) {
    return "<filter><in>" + literal("a") + "</in><match>" + std::string(match) + "</match></filter>";
  };
  const feel::Context numbers{{"a", value("[1, 2, 3]")}};
  const feel::Context people{{"a", value("[{n: 1, m: 5}, {n: 2, m: 6}]")}};
  EXPECT_EQ(result(filter(literal("item >= 2")), numbers), value("[2, 3]"));
  EXPECT_EQ(result(filter(literal("n = 2")), people), value("[{n: 2, m: 6}]"));
  EXPECT_EQ(result(filter("<conditional><if>" + literal("item > 1") + "</if><then>" + literal("item < 3") +
                          "</then><else>" + literal("true") + "</else></conditional>"),
                   numbers),
            value("[1, 2]"));
}

TEST(BoxedExpression, ForSomeEvery) {
  const auto each = [](std::string_view kind, std::string_view in, std::string_view body) {
    const auto part = kind == "for" ? "return" : "satisfies";
    return fmt::format("<{0} iteratorVariable=\"x\"><in>{1}</in><{2}>{3}</{2}></{0}>", kind, literal(in),
                       part, literal(body));
  };
  EXPECT_EQ(result(each("for", "a", "x * b"), {{"a", value("[1, 2]")}, {"b", 3}}), value("[3, 6]"));
  EXPECT_EQ(result(each("for", "[1..3]", "x")), value("[1, 2, 3]"));
  EXPECT_EQ(result(each("for", "[1, 2, 3]", "count(partial)")), value("[0, 1, 2]"));
  EXPECT_EQ(result(each("for", "1", "x")), Value{});
  EXPECT_EQ(result(each("some", "[1, 2]", "x > 1")), Value(true));
  EXPECT_EQ(result(each("some", "[1, 2]", "x > 2")), Value(false));
  EXPECT_EQ(result(each("some", "[1, 2]", "if x = 1 then null else true")), Value(true));
  EXPECT_EQ(result(each("every", "[1, 2]", "x > 0")), Value(true));
  EXPECT_EQ(result(each("every", "[1, 2]", "x > 1")), Value(false));
  EXPECT_EQ(result(each("every", "[1, 2]", "if x = 1 then null else true")), Value{});
  EXPECT_EQ(result(each("every", "[]", "false")), Value(true));
}

const char* const knowledge =
    "<businessKnowledgeModel id=\"k\" name=\"add one\"><variable name=\"add one\" "
    "typeRef=\"number\"/><encapsulatedLogic>"
    "<formalParameter name=\"the number\" typeRef=\"number\"/><literalExpression><text>the number + "
    "1</text></literalExpression></encapsulatedLogic>"
    "</businessKnowledgeModel>";

TEST(Model, KnowledgeModelsAreFunctions) {
  const auto decision = [](std::string_view text) {
    return definitions(std::string(knowledge) +
                       "<decision id=\"d\" name=\"d\"><variable "
                       "name=\"d\"/><knowledgeRequirement><requiredKnowledge href=\"#k\"/>"
                       "</knowledgeRequirement>" +
                       literal(text) + "</decision>");
  };
  EXPECT_EQ(evaluated(modelOf(decision("add one(add one(1))"))).value, Value(3));
  EXPECT_EQ(evaluated(modelOf(decision("add one(the number: 1)"))).value, Value(2));
  EXPECT_EQ(evaluated(modelOf(decision("add one(\"x\")"))).value, Value{});
  EXPECT_EQ(evaluated(modelOf(decision("add one(1, 2)"))).value, Value{});
  EXPECT_EQ(evaluated(modelOf(decision("(for f in [add one] return f(1))[1]"))).value, Value(2));
}

TEST(Model, EndlessRecursionEnds) {
  const auto model = modelOf(definitions(
      "<businessKnowledgeModel id=\"k\" name=\"again\"><variable "
      "name=\"again\"/><encapsulatedLogic><formalParameter name=\"n\"/>"
      "<literalExpression><text>again(n + 1) + "
      "1</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
      "<decision id=\"d\" name=\"d\"><variable name=\"d\"/><knowledgeRequirement><requiredKnowledge "
      "href=\"#k\"/></knowledgeRequirement>" +
      literal("again(1)") + "</decision>"));
  const auto outcome = evaluated(model);
  EXPECT_EQ(outcome.value, Value{});
  EXPECT_FALSE(outcome.diagnostics.empty());
}

const std::string chain =
    "<itemDefinition "
    "name=\"tSize\"><typeRef>number</typeRef><allowedValues><text>[0..100]</text></allowedValues></"
    "itemDefinition>"
    "<inputData id=\"i\" name=\"size\"><variable name=\"size\" typeRef=\"tSize\"/></inputData>"
    "<decision id=\"one\" name=\"one\"><variable name=\"one\"/><informationRequirement><requiredInput "
    "href=\"#i\"/></informationRequirement>" +
    literal("size * 2") +
    "</decision>"
    "<decision id=\"two\" name=\"two\"><variable name=\"two\" "
    "typeRef=\"string\"/><informationRequirement><requiredDecision href=\"#one\"/></informationRequirement>" +
    literal("string(one)") + "</decision>";

TEST(Model, RequiredDecisionsAreEvaluatedAndTold) {
  const auto model = modelOf(definitions(chain));
  const auto outcome = evaluated(model, {{"size", 4}}, "two");
  EXPECT_EQ(outcome.value, Value("8"));
  ASSERT_EQ(outcome.decisions().size(), 2U);
  EXPECT_EQ(model.decisions()[outcome.decisions()[0].decision].name, "one");
  EXPECT_EQ(outcome.decisions()[0].value, Value(8));
  EXPECT_EQ(model.decisions()[1].inputs, std::vector<NodeId>{0});
  // The value of a decision can be given.
  EXPECT_EQ(evaluated(model, {{"one", 5}}, "two").value, Value("5"));
}

TEST(Model, InputsKeepToTheirAllowedValues) {
  const auto model = modelOf(definitions(chain));
  const auto outcome = evaluated(model, {{"size", 101}}, "one");
  EXPECT_EQ(outcome.value, Value{});
  ASSERT_FALSE(outcome.diagnostics.empty());
  EXPECT_EQ(outcome.diagnostics[0].code, "dmn.not-allowed");
  EXPECT_EQ(evaluated(model, {{"size", "x"}}, "one").diagnostics.at(0).code, "dmn.type");
  const auto missing = evaluated(model, {}, "one");
  ASSERT_EQ(missing.missingInputs().size(), 1U);
}

TEST(Model, TypesWithPartsAndCollections) {
  const auto model = modelOf(definitions(
      "<itemDefinition "
      "name=\"tKind\"><typeRef>string</typeRef><allowedValues><text>\"a\",\"b\"</text></allowedValues></"
      "itemDefinition>"
      "<itemDefinition name=\"tThing\"><itemComponent name=\"kind "
      "of\"><typeRef>tKind</typeRef></itemComponent>"
      "<itemComponent name=\"n\"><typeRef>number</typeRef></itemComponent></itemDefinition>"
      "<itemDefinition name=\"tThings\" isCollection=\"true\"><typeRef>tThing</typeRef></itemDefinition>"
      "<itemDefinition name=\"tShort\" "
      "isCollection=\"true\"><typeRef>tThing</typeRef><typeConstraint><text>count(?) &lt; "
      "2</text></typeConstraint></itemDefinition>"
      "<inputData id=\"i\" name=\"things\"><variable name=\"things\" typeRef=\"tThings\"/></inputData>"
      "<decision id=\"d\" name=\"d\"><variable name=\"d\" "
      "typeRef=\"tShort\"/><informationRequirement><requiredInput href=\"#i\"/></informationRequirement>" +
      literal("things[kind of = \"a\"]") + "</decision>"));
  EXPECT_EQ(evaluated(model, {{"things", value("[{kind of: \"a\", n: 1}, {kind of: \"b\", n: 1}]")}}).value,
            value("[{kind of: \"a\", n: 1}]"));
  EXPECT_EQ(evaluated(model, {{"things", value("[{kind of: \"a\", n: 1}, {kind of: \"a\", n: 1}]")}}).value,
            Value{});
  const auto wrong = evaluated(model, {{"things", value("[{kind of: \"z\", n: 1}]")}});
  ASSERT_FALSE(wrong.diagnostics.empty());
  EXPECT_EQ(wrong.diagnostics[0].code, "dmn.not-allowed");
}

TEST(Model, TypesHaveLimits) {
  const auto codes = [](const std::string& types) {
    std::vector<std::string> out;
    const auto model = Model::read(File{"m.dmn", definitions(types)});
    if (!model)
      for (const auto& cause : model.error().causes) out.push_back(cause.code);
    return out;
  };
  std::string chain_of_types;
  for (int i = 0; i < 5000; ++i)
    chain_of_types +=
        fmt::format("<itemDefinition name=\"t{}\"><typeRef>t{}</typeRef></itemDefinition>", i, i + 1);
  EXPECT_EQ(
      codes(chain_of_types + "<itemDefinition name=\"t5000\"><typeRef>string</typeRef></itemDefinition>")
          .at(0),
      "dmn.too-deep");
  std::string doubling;
  for (int i = 0; i < 40; ++i) {
    doubling += fmt::format(
        "<itemDefinition name=\"t{0}\"><itemComponent name=\"a\"><typeRef>t{1}</typeRef></itemComponent>"
        "<itemComponent name=\"b\"><typeRef>t{1}</typeRef></itemComponent></itemDefinition>",
        i, i + 1);
  }
  EXPECT_EQ(codes(doubling + "<itemDefinition name=\"t40\"><typeRef>string</typeRef></itemDefinition>").at(0),
            "dmn.too-large");
  // A type may contain itself.
  EXPECT_TRUE(codes("<itemDefinition name=\"t\"><itemComponent "
                    "name=\"inner\"><typeRef>t</typeRef></itemComponent></itemDefinition>")
                  .empty());
}

TEST(Model, WhatModelersAdd) {
  // An empty input expression with a variable; a variable for the cells; blanks and line breaks in names; no
  // ids.
  const auto model = modelOf(
      "<definitions xmlns=\"http://www.omg.org/spec/DMN/20151101/dmn.xsd\" "
      "xmlns:feel=\"http://www.omg.org/spec/FEEL/20140401\" "
      "xmlns:camunda=\"http://camunda.org/schema/1.0/dmn\" name=\"m\" namespace=\"urn:m\">"
      "<inputData id=\"i\" name=\"order&#10;size\"/><inputData id=\"j\" name=\"kind\"><variable "
      "name=\"kind\" typeRef=\"feel:string\"/></inputData>"
      "<decision id=\"d\" name=\"d\"><informationRequirement><requiredInput "
      "href=\"#i\"/></informationRequirement>"
      "<informationRequirement><requiredInput href=\"#j\"/></informationRequirement><decisionTable "
      "hitPolicy=\"FIRST\">"
      "<input camunda:inputVariable=\"kind\"><inputExpression "
      "typeRef=\"string\"><text/></inputExpression></input>"
      "<input camunda:inputVariable=\"twice\"><inputExpression><text>order size * "
      "2</text></inputExpression></input><output name=\"o\" typeRef=\"string\"/>"
      "<rule><inputEntry><text>\"a\"</text></inputEntry><inputEntry><text>twice > "
      "10</text></inputEntry><outputEntry><text>string(twice)</text></outputEntry></rule>"
      "<rule><inputEntry><text/></inputEntry><inputEntry><text></text></"
      "inputEntry><outputEntry><text>\"else\"</text></outputEntry></rule>"
      "</decisionTable></decision></definitions>");
  EXPECT_EQ(evaluated(model, {{"order size", 6}, {"kind", "a"}}).value, Value("12"));
  EXPECT_EQ(evaluated(model, {{"order size", 5}, {"kind", "a"}}).value, Value("else"));
  EXPECT_EQ(evaluated(model, {{"order size", 6}, {"kind", "b"}}).value, Value("else"));
}

TEST(Model, CirclesAreRefused) {
  const auto decision = [](std::string_view name, std::string_view required) {
    return fmt::format(
        "<decision id=\"{0}\" name=\"{0}\"><variable name=\"{0}\"/><informationRequirement><requiredDecision "
        "href=\"#{1}\"/></informationRequirement>{2}"
        "</decision>",
        name, required, literal(required));
  };
  const auto text = definitions(decision("p", "q") + decision("q", "p"));
  const auto strict = Model::read(File{"m.dmn", text});
  ASSERT_FALSE(strict);
  EXPECT_EQ(strict.error().causes.at(0).code, "dmn.cycle");
  const auto lenient = modelOf(text, {.strict = false});
  EXPECT_EQ(evaluated(lenient, {}, "p").value, Value{});
}

TEST(Model, ReferencesAndTypesMustLeadSomewhere) {
  const auto read = Model::read(File{
      "m.dmn",
      definitions(
          "<decision id=\"d\" name=\"d\"><variable name=\"d\" typeRef=\"tNone\"/><informationRequirement>"
          "<requiredInput href=\"#nowhere\"/></informationRequirement>" +
          literal("1") + "</decision>")});
  ASSERT_FALSE(read);
  ASSERT_EQ(read.error().causes.size(), 2U);
  EXPECT_EQ(read.error().causes[0].code, "dmn.unknown-type");
  EXPECT_EQ(read.error().causes[1].code, "dmn.unknown-reference");
}

TEST(Model, OnlyRequiredNamesAreSeen) {
  const auto text = definitions(
      "<inputData id=\"i\" name=\"size\"><variable name=\"size\"/></inputData><decision id=\"d\" "
      "name=\"d\"><variable name=\"d\"/>" +
      literal("size + 1") + "</decision>");
  const auto strict = Model::read(File{"m.dmn", text});
  ASSERT_FALSE(strict);
  EXPECT_EQ(strict.error().causes.at(0).code, "feel.unknown-name");
  EXPECT_EQ(evaluated(modelOf(text, {.strict = false}), {{"size", 1}}).value, Value{});
}

TEST(Model, DoubtfulExpressionsAreTold) {
  const auto model = modelOf(
      definitions("<inputData id=\"i\" name=\"size\"><variable name=\"size\" "
                  "typeRef=\"number\"/></inputData><decision id=\"d\" name=\"d\"><variable name=\"d\"/>"
                  "<informationRequirement><requiredInput href=\"#i\"/></informationRequirement>" +
                  literal("if size = \"large\" then 1 else 2") + "</decision>"));
  ASSERT_EQ(model.problems().size(), 1U);
  EXPECT_TRUE(model.problems()[0].code.starts_with("feel.")) << describe(model.problems()[0]);
}

TEST(Model, DecisionServices) {
  const auto model = modelOf(definitions(
      "<inputData id=\"i\" name=\"size\"><variable name=\"size\"/></inputData>"
      "<decision id=\"p\" name=\"p\"><variable name=\"p\"/><informationRequirement><requiredInput "
      "href=\"#i\"/></informationRequirement>" +
      literal("size * 2") +
      "</decision>"
      "<decision id=\"q\" name=\"q\"><variable name=\"q\"/><informationRequirement><requiredInput "
      "href=\"#i\"/></informationRequirement>"
      "<informationRequirement><requiredDecision href=\"#p\"/></informationRequirement>" +
      literal("p + size") +
      "</decision>"
      "<decisionService id=\"s\" name=\"s\"><variable name=\"s\"/><outputDecision "
      "href=\"#q\"/><encapsulatedDecision href=\"#p\"/><inputData href=\"#i\"/></decisionService>"
      "<decisionService id=\"t\" name=\"t\"><variable name=\"t\"/><outputDecision "
      "href=\"#q\"/><outputDecision href=\"#p\"/><inputDecision href=\"#p\"/><inputData href=\"#i\"/>"
      "</decisionService>"
      "<decision id=\"d\" name=\"d\"><variable name=\"d\"/><knowledgeRequirement><requiredKnowledge "
      "href=\"#s\"/></knowledgeRequirement>"
      "<knowledgeRequirement><requiredKnowledge href=\"#t\"/></knowledgeRequirement>" +
      literal("[s(1), s(size: 2), t(1, 100)]") + "</decision>"));
  EXPECT_EQ(evaluated(model).value, value("[3, 6, {q: 101, p: 100}]"));
  const feel::Facts facts{};
  EXPECT_EQ(model.evaluateService("s", {{"size", 5}}, facts)->value, Value(15));
  EXPECT_EQ(model.evaluateService("t", {{"size", 5}, {"p", 1}}, facts)->value, value("{q: 6, p: 1}"));
  EXPECT_FALSE(model.evaluateService("nobody", {}, facts));
  EXPECT_FALSE(model.evaluate("nobody", {}, facts));
}

TEST(Model, Imports) {
  const std::string base =
      "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"base\" "
      "namespace=\"urn:base\">"
      "<itemDefinition name=\"tName\"><typeRef>string</typeRef></itemDefinition>"
      "<inputData id=\"i\" name=\"person name\"><variable name=\"person name\" "
      "typeRef=\"tName\"/></inputData>"
      "<decision id=\"h\" name=\"say hello\"><variable name=\"say "
      "hello\"/><informationRequirement><requiredInput href=\"#i\"/></informationRequirement>" +
      literal("\"hello, \" + person name") + "</decision>" + knowledge + "</definitions>";
  const std::string main = definitions(
      "<import name=\"the base\" namespace=\"urn:base\" "
      "importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>"
      "<decision id=\"d\" name=\"d\"><variable name=\"d\" typeRef=\"the "
      "base.tName\"/><informationRequirement><requiredDecision href=\"urn:base#h\"/></informationRequirement>"
      "<informationRequirement><requiredInput href=\"urn:base#i\"/></informationRequirement>"
      "<knowledgeRequirement><requiredKnowledge href=\"urn:base#k\"/></knowledgeRequirement>" +
      literal("the base.say hello + \" \" + string(the base.add one(1)) + the base.person name") +
      "</decision>");
  const std::vector<File> files{{"main.dmn", main}, {"base.dmn", base}};
  const auto model = Model::read(files);
  ASSERT_TRUE(model) << describe(model.error());
  const feel::Facts facts{};
  EXPECT_EQ(model->evaluate("d", {{"person name", "Li"}}, facts)->value, Value("hello, Li 2Li"));
  EXPECT_EQ(model->evaluate("d", {{"the base", feel::Context{{"person name", "Li"}}}}, facts)->value,
            Value("hello, Li 2Li"));
  EXPECT_FALSE(Model::read(files[0]));  // without what it imports
}

TEST(Model, DiagnosticsKnowTheLineOfTheFile) {
  const auto model =
      modelOf(decisionModel("<literalExpression id=\"e\">\n<text>1 +\n  \"x\"</text></literalExpression>"));
  const auto outcome = evaluated(model);
  ASSERT_FALSE(outcome.diagnostics.empty());
  EXPECT_EQ(outcome.diagnostics[0].where.substr(0, 6), "m.dmn:");
  EXPECT_NE(outcome.diagnostics[0].where.find("(e)"), std::string::npos);
}

TEST(Model, DiagnosticsKnowWhereAFunctionWentWrong) {
  const std::string knowledge_of_two =
      "<businessKnowledgeModel id=\"k2\" name=\"ratio\"><variable name=\"ratio\"/><encapsulatedLogic>"
      "<formalParameter name=\"p\" typeRef=\"number\"/><formalParameter name=\"q\"/>\n"
      "<literalExpression id=\"inside\"><text>p / q</text></literalExpression>"
      "</encapsulatedLogic></businessKnowledgeModel>\n";
  const auto outcomeOf = [&](std::string_view expression) {
    return evaluated(modelOf(
        definitions(knowledge_of_two +
                    fmt::format("<decision id=\"d\" name=\"d\"><variable name=\"d\"/><knowledgeRequirement>"
                                "<requiredKnowledge href=\"#k2\"/></knowledgeRequirement>\n{}</decision>",
                                expression))));
  };
  const auto inside = outcomeOf(literal("for i in [1, 0] return ratio(5, i)"));
  ASSERT_EQ(inside.diagnostics.size(), 1U);
  EXPECT_EQ(inside.diagnostics[0].where, "m.dmn:3:3 (inside)");
  const auto wrong =
      outcomeOf("<literalExpression id=\"call\"><text>\nratio(\"a\", 1)</text></literalExpression>");
  ASSERT_EQ(wrong.diagnostics.size(), 1U);
  EXPECT_EQ(wrong.diagnostics[0].code, "feel.argument-type");
  EXPECT_EQ(wrong.diagnostics[0].where, "m.dmn:6:6 (call)");
  const auto boxed = outcomeOf("<context><contextEntry><variable name=\"x\"/>" + literal("\n\n\n1 + 1") +
                               "</contextEntry><contextEntry>\n<invocation id=\"boxed\">" + literal("ratio") +
                               "<binding><parameter name=\"p\"/>" + literal("\"a\"") +
                               "</binding><binding><parameter name=\"q\"/>" + literal("1") +
                               "</binding></invocation></contextEntry></context>");
  ASSERT_EQ(boxed.diagnostics.size(), 1U);
  EXPECT_EQ(boxed.diagnostics[0].code, "feel.argument-type");
  EXPECT_EQ(boxed.diagnostics[0].where, "m.dmn:9 (boxed)");
}

TEST(Model, NamesInChinese) {
  const auto model = modelOf(definitions(
      "<inputData id=\"i\" name=\"企业 规模\"><variable name=\"企业 规模\" "
      "typeRef=\"number\"/></inputData><decision id=\"d\" name=\"信用等级\"><variable name=\"信用等级\"/>"
      "<informationRequirement><requiredInput href=\"#i\"/></informationRequirement>" +
      literal("if 企业 规模 > 10 then \"甲\" else \"乙\"") + "</decision>"));
  EXPECT_EQ(evaluated(model, {{"企业 规模", 11}}, "信用等级").value, Value("甲"));
}

TEST(Model, AnOutcomeCanBeUsedAgain) {
  const auto model = modelOf(definitions(chain));
  const feel::Facts facts{};
  Outcome outcome;
  for (int i = 0; i < 5; ++i) {
    const Value inputs[]{Value(i * 30)};
    model.evaluate(*model.findDecision("two"), inputs, {}, facts, outcome);
    EXPECT_EQ(outcome.value, i * 30 > 100 ? Value{} : Value(std::to_string(i * 60)));
    EXPECT_EQ(outcome.diagnostics.empty(), i * 30 <= 100);
    EXPECT_EQ(outcome.decisions().size(), 2U);
  }
}

}  // namespace model_test
}  // namespace jinyue::dmn
