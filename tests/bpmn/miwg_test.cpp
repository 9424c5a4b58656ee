// The reference files of the BPMN Model Interchange Working Group (JINYUE_SHARED_DATA/bpmn-miwg) load, or are
// refused for the reasons that bpmn-miwg-expected.txt lists, no more and no fewer. The files were made to try
// the interchange of drawings, so most of them say little that could be executed.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "bpmn/reader.h"
#include "bpmn/story.h"

namespace jinyue::bpmn::testing {
namespace {

std::string readFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// One line for each reason: "A.1.0.bpmn:12 id code"; "A.1.0.bpmn loads" for a file that loads.
std::vector<std::string> outcome(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  const std::array files{SourceFile{name, readFile(path)}};
  const auto model = readModel(files, {});
  if (model) return {name + " loads"};
  std::vector<std::string> lines;
  for (const Problem& cause : model.error().causes) {
    EXPECT_FALSE(cause.title.zh.empty());
    EXPECT_FALSE(cause.title.en.empty());
    std::string where = cause.where;
    if (const auto id = where.rfind(':'); id != std::string::npos) where[id] = ' ';
    lines.push_back(where + " " + cause.code);
  }
  return lines;
}

TEST(Miwg, EachFileLoadsOrIsRefusedForExactlyTheReasonsThatAreListed) {
  const std::filesystem::path folder = std::filesystem::path(JINYUE_SHARED_DATA) / "bpmn-miwg";
  ASSERT_TRUE(std::filesystem::is_directory(folder))
      << folder << " is missing: give the folder of the shared data with -DJINYUE_SHARED_DATA=…";
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".bpmn") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  EXPECT_GE(files.size(), 21);
  std::string found;
  for (const auto& path : files) {
    for (const std::string& line : outcome(path)) found += line + "\n";
  }
  const std::string expected = readFile(JINYUE_SOURCE_DIR "/tests/bpmn/bpmn-miwg-expected.txt");
  if (const char* write = std::getenv("JINYUE_WRITE_EXPECTED")) std::ofstream(write) << found;
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace jinyue::bpmn::testing
