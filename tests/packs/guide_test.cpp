// docs/packs.md teaches writing a pack: what it says is written, checked, played, deployed and run as it
// says.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/city.h"
#include "cli/commands.h"
#include "packs/pack.h"
#include "support/test_city.h"

namespace jinyue::packs {
namespace {

namespace fs = std::filesystem;

struct Block {
  std::string path;
  std::string text;
};

/// The code blocks that name a file: "```json tree/pack.json".
std::vector<Block> blocksOf(const std::string& document) {
  std::vector<Block> blocks;
  std::ifstream in(document);
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (inside && line == "```") inside = false;
    else if (inside) blocks.back().text += line + "\n";
    else if (line.starts_with("```") && line.find(' ') != std::string::npos) {
      blocks.push_back({line.substr(line.find(' ') + 1), {}});
      inside = true;
    }
  }
  return blocks;
}

class Guide : public testing::Test {
 protected:
  Guide() {
    fs::create_directories(folder_);
    fs::copy(JINYUE_SOURCE_DIR "/packs/china", folder_ / "china", fs::copy_options::recursive);
    for (const Block& block : blocksOf(JINYUE_SOURCE_DIR "/docs/packs.md")) write(block.path, block.text);
  }
  void write(const std::string& path, const std::string& text) {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path) << text;
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// Runs `jinyue …` and keeps what it prints.
  int command(std::vector<std::string> words) {
    CLI::App app;
    int exit_code = 0;
    cli::addCommands(app, exit_code);
    std::ranges::reverse(words);
    testing::internal::CaptureStdout();
    try {
      app.parse(words);
    } catch (const CLI::ParseError& error) {
      exit_code = app.exit(error) == 0 ? 0 : 2;
    }
    printed_ = testing::internal::GetCapturedStdout();
    return exit_code;
  }

  jinyue::testing_support::StorePlace place_{jinyue::testing_support::StoreKind::sqlite};
  fs::path folder_ = fs::path(place_.folder()) / "packs";
  std::string printed_;
};

TEST_F(Guide, ItsPackIsFaultlessAndItsStoryTrue) {
  EXPECT_EQ(command({"pack", "check", path("tree")}), 0) << printed_;
  EXPECT_THAT(printed_, testing::HasSubstr("0 errors, 0 warnings"));
  EXPECT_EQ(command({"pack", "test", path("tree")}), 0) << printed_;
  EXPECT_THAT(printed_, testing::HasSubstr("1 scenarios, 0 not as told"));
}

TEST_F(Guide, BeforeItsLastTwoFilesTheCheckFindsTheTwoThingsThatItNames) {
  fs::remove(folder_ / "tree/indicators.json");
  fs::remove_all(folder_ / "tree/scenarios");
  EXPECT_EQ(command({"pack", "check", path("tree")}), 1);
  EXPECT_THAT(printed_, testing::HasSubstr("scenario.none"));
  EXPECT_THAT(printed_, testing::HasSubstr("form.field-unread"));
  EXPECT_THAT(printed_, testing::HasSubstr("1 errors, 1 warnings")) << printed_;
}

TEST_F(Guide, ItsPackIsDeployedOnceAndRuns) {
  const std::string calendar = JINYUE_SOURCE_DIR "/packs/china/calendar.json";
  const std::vector<std::string> deploy{"pack",       "deploy",     path("tree"), "--data",
                                        path("data"), "--calendar", calendar};
  auto dry = deploy;
  dry.emplace_back("--dry-run");
  EXPECT_EQ(command(dry), 0) << printed_;
  EXPECT_THAT(printed_, testing::Not(testing::HasSubstr("tree@1")));
  EXPECT_EQ(command(deploy), 0) << printed_;
  EXPECT_THAT(printed_, testing::HasSubstr("tree@1"));
  EXPECT_EQ(command(deploy), 0) << printed_;
  EXPECT_THAT(printed_, testing::Not(testing::HasSubstr("tree@2"))) << "nothing has changed";

  {
    cli::CityOptions options;
    options.data = path("data");
    options.calendar = calendar;
    const auto city = cli::City::open(options);
    ASSERT_TRUE(city) << describe(city.error());
    const auto definition = (*city)->definitions().latest("tree");
    ASSERT_TRUE(definition) << describe(definition.error());
    const auto pack = packOf((*city)->store(), (*definition)->id);
    ASSERT_TRUE(pack) << describe(pack.error());
    const auto filled = pack->form("report")->check(R"({"place": "人民路 1 号", "blocks": "path"})");
    ASSERT_TRUE(filled) << describe(filled.error());
    bpmn::Start start;
    start.process = "tree";
    start.variables = filled->values;
    casework::Request request;
    request.definition = (*definition)->id;
    request.command = start;
    request.actor = {"account:1", "", {}};
    const auto started = (*city)->engine().run(request);
    ASSERT_TRUE(started) << describe(started.error());
  }

  std::ifstream in(folder_ / "tree/tree.bpmn");
  std::ostringstream text;
  text << in.rdbuf();
  std::string changed = text.str();
  for (auto at = changed.find("\"inspect\""); at != std::string::npos; at = changed.find("\"inspect\"", at)) {
    changed.replace(at, 9, "\"look\"");
  }
  write("tree/tree.bpmn", changed);
  EXPECT_EQ(command(deploy), 1) << "the clock, the text and the story know it as inspect\n" << printed_;
  EXPECT_THAT(printed_, testing::HasSubstr("nothing is deployed"));
}

TEST_F(Guide, ANameThatIsWrongIsAnExitCodeAndALine) {
  write("tree/roles.json", "[]");
  EXPECT_EQ(command({"pack", "check", path("tree")}), 1);
  EXPECT_THAT(printed_, testing::HasSubstr("tree.bpmn:6"));
  EXPECT_THAT(printed_, testing::HasSubstr("process.no-role"));
  EXPECT_EQ(command({"pack", "check", path("nowhere")}), 1);
  EXPECT_EQ(command({"pack"}), 2);
}

}  // namespace
}  // namespace jinyue::packs
