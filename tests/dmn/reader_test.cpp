#include "dmn/reader.h"

#include "dmn/model_text.h"

namespace jinyue::dmn {
namespace {

/// "code where" of each problem.
std::vector<std::string> problemsOf(const std::string& text) {
  const auto read = readDefinitions("m.dmn", text);
  std::vector<std::string> out;
  if (read) return out;
  for (const auto& cause : read.error().causes) out.push_back(cause.code + " " + cause.where);
  return out;
}

using Problems = std::vector<std::string>;

TEST(DmnReader, ReadsEveryVersion) {
  const std::pair<const char*, int> versions[] = {
      {"http://www.omg.org/spec/DMN/20151101/dmn.xsd", 11},
      {"http://www.omg.org/spec/DMN/20180521/MODEL/", 12},
      {"https://www.omg.org/spec/DMN/20191111/MODEL/", 13},
      {"https://www.omg.org/spec/DMN/20211108/MODEL/", 14},
      {"https://www.omg.org/spec/DMN/20230324/MODEL/", 15},
  };
  for (const auto& [uri, number] : versions) {
    const auto read = readDefinitions(
        "m.dmn",
        fmt::format(
            "<x:definitions xmlns:x=\"{}\" namespace=\"n\"><x:decision name=\"d\" id=\"d\"/></x:definitions>",
            uri));
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_EQ(read->version, number);
    EXPECT_EQ(read->decisions.size(), 1U);
  }
  EXPECT_EQ(problemsOf("<definitions xmlns=\"urn:other\" namespace=\"n\"/>"),
            Problems{"dmn.version m.dmn:1"});
}

TEST(DmnReader, SaysEverythingThatIsWrongWithItsPlace) {
  const auto text = definitions(
      "<decision id=\"d1\"><variable name=\"x\"/></decision>\n"
      "<decision id=\"d2\" name=\"x\"><surprise/></decision>\n"
      "<decision id=\"d2\" name=\"y\">\n<decisionTable id=\"t\" hitPolicy=\"SOMETIMES\">\n"
      "<input><inputExpression><text>a</text></inputExpression></input><output/>\n"
      "<rule id=\"r1\"><inputEntry><text>1</text></inputEntry></rule>\n</decisionTable></decision>");
  EXPECT_EQ(problemsOf(text),
            (Problems{"dmn.missing m.dmn:2 (d1)", "dmn.unknown-element m.dmn:3", "dmn.hit-policy m.dmn:5 (t)",
                      "dmn.rule m.dmn:7 (r1)", "dmn.duplicate-id m.dmn:4 (d2)"}));
}

TEST(DmnReader, RefusesWhatIsNoXml) {
  EXPECT_EQ(problemsOf("<definitions>\n<oops"), Problems{"dmn.not-xml m.dmn:2"});
  EXPECT_EQ(problemsOf(""), Problems{"dmn.not-xml m.dmn:1"});
  EXPECT_EQ(problemsOf("\xFF\xFE<definitions/>"), Problems{"dmn.not-utf8 m.dmn:1"});
  EXPECT_EQ(problemsOf("<html/>"), Problems{"dmn.no-definitions m.dmn:1"});
}

TEST(DmnReader, HasALimitForDepth) {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += "<list>";
    for (int i = 0; i < depth; ++i) text += "</list>";
    return definitions("<decision id=\"d\" name=\"d\">" + text + "</decision>");
  };
  EXPECT_EQ(problemsOf(nested(20)), Problems{});
  EXPECT_EQ(problemsOf(nested(100)), Problems{"dmn.too-deep m.dmn:2"});
  EXPECT_EQ(problemsOf(nested(100'000)), Problems{"dmn.too-deep m.dmn:1"});
}

TEST(DmnReader, SkipsExtensionsAndDiagrams) {
  const auto text = definitions(
      "<extensionElements><z:anything xmlns:z=\"urn:z\"><z:more/></z:anything></extensionElements>"
      "<z:foreign xmlns:z=\"urn:z\"/><knowledgeSource id=\"k\" name=\"law\"/>"
      "<dmndi:DMNDI "
      "xmlns:dmndi=\"https://www.omg.org/spec/DMN/20230324/DMNDI/\"><dmndi:DMNDiagram/></dmndi:DMNDI>");
  EXPECT_EQ(problemsOf(text), Problems{});
}

TEST(DmnReader, KnowsTheLinesOfTexts) {
  const auto read =
      readDefinitions("m.dmn", definitions("<decision id=\"d\" name=\"d\">\n<literalExpression>\n<text>\n1 "
                                           "+\n</text></literalExpression></decision>"));
  ASSERT_TRUE(read);
  EXPECT_EQ(std::get<source::Literal>(read->decisions[0].expression->body).cell.place.line, 4);
}

TEST(DmnReader, ReadsTheRemarksOfRules) {
  const auto table =
      "<decisionTable><input><inputExpression><text>1</text></inputExpression></input><output/><annotation "
      "name=\"law\"/>"
      "<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></"
      "outputEntry><annotationEntry><text>article 7</text></annotationEntry></rule>"
      "<rule><description>older "
      "way</description><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></"
      "rule>"
      "</decisionTable>";
  const auto model = modelOf(
      definitions(fmt::format("<decision id=\"d\" name=\"d\"><variable name=\"d\"/>{}</decision>", table)));
  ASSERT_EQ(model.tables().size(), 1U);
  EXPECT_EQ(model.tables()[0].annotation_names, std::vector<std::string>{"law"});
  EXPECT_EQ(model.tables()[0].rules[0].annotations, std::vector<std::string>{"article 7"});
  EXPECT_EQ(model.tables()[0].rules[1].annotations, std::vector<std::string>{"older way"});
}

}  // namespace
}  // namespace jinyue::dmn
