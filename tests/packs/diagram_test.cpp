// Every process of the packs can be drawn: each node and each flow has its place in the file's diagram.
#include <filesystem>
#include <fstream>
#include <regex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace jinyue::packs {
namespace diagram_test {

/// "file: element" of what a diagram lacks.
std::vector<std::string> undrawn(const std::string& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  static const std::regex element(
      R"re(<(?:\w*[eE]vent|\w*[tT]ask|\w*Gateway|subProcess|callActivity|sequenceFlow)\s[^>]*?\bid="([^"]+)")re");
  std::vector<std::string> missing;
  for (std::sregex_iterator found(text.begin(), text.end(), element), end; found != end; ++found) {
    const std::string id = (*found)[1];
    if (text.find("bpmnElement=\"" + id + "\"") == std::string::npos)
      missing.push_back(std::filesystem::path(path).filename().string() + ": " + id);
  }
  return missing;
}

TEST(Diagrams, ShowEveryNodeAndFlowOfThePacks) {
  namespace fs = std::filesystem;
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(std::string{JINYUE_SOURCE_DIR} + "/packs")) {
    if (entry.path().extension() != ".bpmn") continue;
    ++files;
    EXPECT_THAT(undrawn(entry.path().string()), testing::IsEmpty());
  }
  EXPECT_GT(files, 20);
}

}  // namespace diagram_test
}  // namespace jinyue::packs
