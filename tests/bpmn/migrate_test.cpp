// Running cases on another version of their model.
#include <gmock/gmock.h>

#include "bpmn/story.h"

namespace jinyue::bpmn::testing {
namespace migrate_test {

using namespace std::chrono_literals;

const std::string ends = R"(<startEvent id="s"/><endEvent id="e"/>)";

std::string boundary(const std::string& id, const std::string& on, const std::string& duration,
                     const char* interrupting = "false") {
  return "<boundaryEvent id=\"" + id + "\" attachedToRef=\"" + on + "\" cancelActivity=\"" + interrupting +
         "\"><timerEventDefinition><timeDuration>" + duration +
         "</timeDuration></timerEventDefinition></boundaryEvent>";
}

std::string eventSubProcess(const std::string& id, const std::string& duration) {
  return "<subProcess id=\"" + id + "\" triggeredByEvent=\"true\"><startEvent id=\"" + id +
         "_s\" isInterrupting=\"false\"><timerEventDefinition><timeDuration>" + duration +
         "</timeDuration></timerEventDefinition></startEvent><userTask id=\"" + id + "_t\"/></subProcess>";
}

std::vector<std::string> homeless(Story& story, const std::shared_ptr<const Model>& target, Migrate command) {
  story.facts.target = target;
  story.facts.feel.now = story.now();
  std::vector<std::string> found;
  command.reason = "new version";
  const auto done = step(*story.model(), story.state(), command, person("chief"), story.facts);
  if (done) return found;
  for (const Problem& cause : done.error().causes) found.push_back(cause.where + " " + cause.code);
  return found;
}

TEST(Migrate, KeepsArmsAndClearsWhatHangsOnTheElements) {
  Story story(process(ends + R"(<userTask id="a"/><userTask id="h"/>)" + boundary("keep", "a", "PT5H") +
                          boundary("gone", "a", "PT6H") + boundary("fired", "a", "PT1H") +
                          eventSubProcess("es", "PT9H"),
                      "s > a > e; keep > h; gone > h; fired > h; es_s > es_t"));
  story.start();
  story.pass(1h);
  EXPECT_EQ(story.waits(), "task:a task:h timer:es_s timer:gone timer:keep");
  const auto due = story.state().timer(story.timer("keep"))->due;
  story.facts.target = deploy(process(ends + R"(<userTask id="a2"/><userTask id="b"/><userTask id="h"/>)" +
                                          boundary("keep", "a2", "PT50H") + boundary("fired", "a2", "PT1H") +
                                          boundary("fresh", "a2", "PT2H") + eventSubProcess("es2", "PT3H"),
                                      "s > a2 > b > e; keep > h; fired > h; fresh > h; es2_s > es2_t"));
  Migrate command{7, {{"a", "a2"}}, "new law"};
  story.run(command, person("chief"));
  EXPECT_EQ(story.waits(), "task:a2 task:h timer:es2_s timer:fresh timer:keep");
  EXPECT_EQ(story.state().timer(story.timer("keep"))->due, due) << "a kept timer keeps its due time";
  EXPECT_EQ(story.state().timer(story.timer("fresh"))->due, story.now() + 2h);
  EXPECT_EQ(story.all<Migrated>().front().definition, 7);
  story.complete("a2");
  EXPECT_EQ(story.waits(), "task:b task:h timer:es2_s");
}

TEST(Migrate, NamesEverythingThatHasNoPlace) {
  Story story(
      process(ends + R"(<userTask id="a"/><userTask id="b"/><parallelGateway id="j"/><userTask id="c"/>
      <subProcess id="sub"><startEvent id="ss"/><userTask id="d"/></subProcess><userTask id="x" jy:clock="two"/>)",
              "s > a > e; s > b > e; s > j; s > c > j > e; s > sub > e; ss > d; s > x > e"));
  story.start();
  const auto target = deploy(process(
      ends +
          R"(<userTask id="a"/><serviceTask id="b" jy:type="mail"/><parallelGateway id="j"/><userTask id="c"/>
      <subProcess id="sub"><startEvent id="ss"/><userTask id="z"/></subProcess><userTask id="d"/>)",
      "s > a > e; s > b > e; s > c > j > e; s > sub > e; ss > z; s > d > e"));
  EXPECT_EQ(story.refused(Migrate{1, {}, "x"}), "migrate.no-target");
  EXPECT_THAT(homeless(story, target, {1, {{"nothing", "a"}, {"a", "nowhere"}}, ""}),
              ::testing::UnorderedElementsAre(
                  "/nodes/nothing migrate.unknown-id", "/nodes/a migrate.unknown-id", "1:a migrate.no-node",
                  "2:b migrate.other-kind", ::testing::HasSubstr(":d migrate.other-scope"),
                  ::testing::HasSubstr(":x migrate.no-node"), ::testing::HasSubstr(":j migrate.no-flow")));
  story.facts.target = target;
  EXPECT_EQ(story.refused(Migrate{1, {}, " "}), "reason.empty");
  EXPECT_EQ(story.refused(Migrate{1, {}, "x"}), "migrate.homeless");
}

TEST(Migrate, SeparationOfDutiesMayBeNew) {
  Story story(process(ends + R"(<userTask id="a"/><userTask id="b"/>)", "s > a > b > e"));
  story.start();
  story.complete("a", {}, "li");
  story.run(Claim{story.number("b")}, person("li"));
  story.facts.target =
      deploy(process(ends + R"(<userTask id="a1"/><userTask id="b" jy:notWhoDid="a1"/>)", "s > a1 > b > e"));
  story.run(Migrate{2, {{"a", "a1"}}, "four eyes"});
  EXPECT_EQ(story.state().element(story.number("b"))->task->assignee, "");
  EXPECT_EQ(story.refused(Claim{story.number("b")}, person("li")), "task.separation-of-duties");
}

TEST(Migrate, AJoinWithFewerWaysInGoesOn) {
  Story story(process(
      ends +
          R"(<parallelGateway id="g"/><parallelGateway id="j"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>)",
      "s > g > a > j; g > b > j; j > c > e"));
  story.start();
  story.complete("a");
  story.facts.target = deploy(process(
      ends +
          R"(<parallelGateway id="g"/><parallelGateway id="j"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>)",
      "s > g > a > j; g > b > e; j > c > e"));
  story.run(Migrate{2, {}, "b needs no waiting for"});
  EXPECT_EQ(story.waits(), "task:b task:c");
}

TEST(Migrate, AMessageUnderAnotherNameIsAwaitedAnew) {
  const auto version = [](const char* name) {
    return deploy(std::string("<message id=\"m\" name=\"") + name + "\"/>" +
                  process(ends + R"(<receiveTask id="r" messageRef="m"/>)", "s > r > e"));
  };
  Story story(version("old"));
  story.start();
  story.facts.target = version("new");
  story.run(Migrate{2, {}, "renamed"});
  EXPECT_EQ(story.refused(Correlate{"old", "", std::nullopt, {}}), "message.not-awaited");
  story.message("new");
  EXPECT_EQ(story.waits(), "completed");
}

}  // namespace migrate_test
}  // namespace jinyue::bpmn::testing
