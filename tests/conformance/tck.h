// The DMN Technology Compatibility Kit: its test files, and the comparison of what they expect with what an
// engine answers. The suite lies outside of the project; see README.md of this folder.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "feel/feel.h"

namespace jinyue::tck {

struct Input {
  std::string name;
  std::string namespace_uri;
  feel::Value value;
};

struct Expectation {
  std::string name;  ///< the decision
  std::string namespace_uri;
  bool is_error = false;
  feel::Value value;
};

enum class CaseKind { decision, knowledge_model, service };

struct Case {
  std::string id;  ///< "2/0001-input-data-string/001"
  CaseKind kind = CaseKind::decision;
  std::string invocable;
  std::vector<Input> inputs;
  std::vector<Expectation> expectations;
};

/// One test file with its models.
struct Suite {
  int level = 0;
  std::filesystem::path model;
  std::vector<std::filesystem::path> imports;  ///< the other models of the folder
  std::vector<Case> cases;
  std::string problem;  ///< why the file could not be read
};

/// The folder "dmn-tck": the environment variable JINYUE_SHARED_DATA, or the folder that the build was given.
std::filesystem::path dataFolder();
/// All test files under compliance-level-2 and -3; empty when there are none.
std::vector<Suite> readSuites(const std::filesystem::path& folder);

struct Answer {
  feel::Value value;
  std::string remark;  ///< diagnostics, for the report
};
/// What an engine answers to one expectation of a case.
using Engine = std::function<Answer(const Case&, const Expectation&)>;

/// Empty when the answer is as expected, else what differs.
std::string difference(const feel::Value& expected, const feel::Value& actual);
/// Reason of the first expectation of the case that is not met; empty when all are.
std::string check(const Case& test, const Engine& engine);

}  // namespace jinyue::tck
