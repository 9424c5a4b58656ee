// What lists and search know a case by: area, party and search text follow the variables.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bpmn/story.h"

namespace jinyue::bpmn::testing {
namespace describe_test {

constexpr const char* ends = R"(<startEvent id="s"/><endEvent id="e"/>)";
const std::string hash(64, 'a');

std::string described(const std::string& attributes) {
  return process(std::string{ends} + R"(<userTask id="a"/><userTask id="b"/>)", "s > a > b > e", attributes);
}

TEST(Description, IsGivenAtTheStartAndFollowsTheVariables) {
  Story story(
      described(R"(jy:area="district" jy:party="applicant" jy:search="matter + &quot; &quot; + place")"));
  story.start(
      {{"district", "210202"}, {"applicant", "person:" + hash}, {"matter", "噪声"}, {"place", "中山路"}});
  EXPECT_EQ(story.state().area, "210202");
  EXPECT_EQ(story.state().party, "person:" + hash);
  EXPECT_EQ(story.search(), "噪声 中山路");

  story.complete("a", {{"remark", "好"}});
  EXPECT_EQ(story.lastTypes(), "task-closed variables-set task-opened");
  EXPECT_EQ(story.search(), std::nullopt);

  story.run(SetVariables{0, {{"district", "210202"}, {"matter", "夜间噪声"}}, "was wrong"});
  EXPECT_EQ(story.lastTypes(), "variables-set");  // the area is the same
  EXPECT_EQ(story.search(), "夜间噪声 中山路");

  story.run(SetVariables{0, {{"district", "210203"}, {"applicant", "firm:91210200MA0000000X"}}, "moved"});
  EXPECT_EQ(story.lastTypes(), "variables-set area-changed");
  EXPECT_EQ(story.state().area, "210203");
  EXPECT_EQ(story.state().party, "person:" + hash);  // whose matter it is does not change
  EXPECT_EQ(story.search(), "夜间噪声 中山路");      // a search may be narrowed by the area

  story.complete("b", {{"district", "210204"}});
  EXPECT_EQ(story.lastTypes(), "task-closed variables-set passed area-changed case-completed");
  EXPECT_EQ(story.state().area, "210204");
  EXPECT_EQ(story.search(), "夜间噪声 中山路");  // and by the status
}

TEST(Description, WithoutExpressionsIsEmpty) {
  Story story(described(""));
  story.start({{"district", "210202"}});
  EXPECT_EQ(story.state().area, "");
  EXPECT_EQ(story.search(), "");
  story.complete("a", {{"district", "210203"}});
  EXPECT_EQ(story.search(), std::nullopt);
  story.run(Cancel{"withdrawn"});
  EXPECT_EQ(story.search(), "");
}

TEST(Description, ThatFailsAtTheStartRefusesIt) {
  const auto codes = [](const std::string& attributes, feel::Context variables) {
    const auto model = deploy(described(attributes));
    Facts facts;
    const auto started =
        step(*model, {}, Start{"p", {}, {}, "t", {}, std::move(variables)}, person("x"), facts);
    std::vector<std::string> found;
    if (started) return found;
    for (const Problem& cause : started.error().causes) found.push_back(cause.code);
    return found;
  };
  using ::testing::ElementsAre;
  EXPECT_THAT(
      codes(R"~(jy:area="string length(x)" jy:search="string length(x)" jy:party="string length(x)")~",
            {{"x", 1}}),
      ElementsAre("expression.failed", "expression.failed", "expression.failed"));
  EXPECT_THAT(codes(R"(jy:area="x")", {{"x", std::string(501, '2')}}), ElementsAre("expression.too-long"));
  // A variable that is not there is a slip of whoever wrote the process; one that is null is not.
  EXPECT_THAT(codes(R"(jy:area="x")", {}), ElementsAre("expression.failed"));
  EXPECT_THAT(codes(R"(jy:area="x")", {{"x", feel::Value{}}}), ElementsAre());
  // What names a person in the clear is no party.
  for (const char* clear : {"210202199001011234", "person:210202199001011234", "person:13800000000", "王五",
                            "firm:", "person:"}) {
    EXPECT_THAT(codes(R"(jy:party="x")", {{"x", clear}}), ElementsAre("party.malformed")) << clear;
  }
  for (const std::string& party : {std::string{"firm:91210200MA0000000X"}, hash, "person:" + hash})
    EXPECT_THAT(codes(R"(jy:party="x")", {{"x", party}}), ElementsAre());
}

TEST(Description, ThatFailsLaterIsAnIncidentThatHoldsNothingUp) {
  Story story(described(R"~(jy:area="substring(district, 1, 6)" jy:search="matter")~"));
  story.start({{"district", "210202001"}, {"matter", "噪声"}});
  story.complete("a", {{"district", 5}});
  EXPECT_EQ(story.work(), "incident:p(description.area) task:b");
  EXPECT_EQ(story.state().area, "210202");
  story.run(SetVariables{0, {{"district", 6}}, "wrong again"});
  EXPECT_EQ(story.lastTypes(), "variables-set");  // one incident is enough

  story.run(RetryIncident{story.incident("p")});
  EXPECT_EQ(story.lastTypes(), "incident-closed incident-raised");
  EXPECT_EQ(story.search(), "噪声");
  story.run(SetVariables{0, {{"district", "210204002"}}, "right"});
  EXPECT_EQ(story.lastTypes(), "variables-set area-changed incident-closed");

  story.run(SetVariables{0, {{"matter", feel::List{}}}, "wrong"});
  EXPECT_EQ(story.work(), "incident:p(description.search) task:b");
  EXPECT_EQ(story.search(), std::nullopt);
  story.run(ResolveIncident{story.incident("p"), {}, "leave it"});
  EXPECT_EQ(story.work(), "task:b");
  story.run(SetVariables{0, {{"district", "210205003"}}, "moved"});
  EXPECT_EQ(story.state().area, "210205");
  EXPECT_EQ(story.search(), "");  // found by less, and no longer in its old area
  EXPECT_EQ(story.work(), "incident:p(description.search) task:b");
  story.run(ResolveIncident{story.incident("p"), {{"matter", "噪声"}}, "right"});
  EXPECT_EQ(story.search(), "噪声");
  EXPECT_EQ(story.work(), "task:b");

  story.run(SetVariables{0, {{"district", 7}}, "wrong"});
  EXPECT_EQ(story.work(), "incident:p(description.area) task:b");
  story.complete("b");
  EXPECT_EQ(story.work(), "completed");
}

TEST(Description, OfACaseThatMigratesIsThatOfItsNewModel) {
  Story story(described(R"(jy:area="a" jy:search="a")"));
  story.start({{"a", "210202"}, {"b", "210203"}});
  story.facts.target = deploy(described(R"(jy:area="b" jy:search="b")"));
  story.run(Migrate{2, {}, "better"});
  EXPECT_EQ(story.state().area, "210203");
  EXPECT_EQ(story.search(), "210203");
}

}  // namespace describe_test
}  // namespace jinyue::bpmn::testing
