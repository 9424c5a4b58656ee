// Runs the DMN Technology Compatibility Kit. The suite is not part of the project: it lies in the folder
// "dmn-tck" of JINYUE_SHARED_DATA (a path of the build; the environment variable of that name wins).
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "conformance/tck.h"
#include "dmn/dmn.h"

namespace jinyue::tck {
namespace {

using feel::Value;

std::string readFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string remarkOf(std::span<const dmn::Diagnostic> diagnostics) {
  std::string out;
  for (const auto& diagnostic : diagnostics) {
    if (out.size() > 300) break;
    out += fmt::format("{}{}: {}", out.empty() ? "" : "; ", diagnostic.code, diagnostic.message.en);
  }
  return out;
}

/// Jinyue's engine over the models of one suite.
class Evaluation {
 public:
  explicit Evaluation(const Suite& suite) {
    std::vector<dmn::File> files{{suite.model.filename().string(), readFile(suite.model)}};
    for (const auto& path : suite.imports) files.push_back({path.filename().string(), readFile(path)});
    auto model = dmn::Model::read(files, {.strict = false});
    if (model) model_ = *std::move(model);
    else problem_ = describe(model.error());
  }

  Answer answer(const Case& test, const Expectation& expectation) {
    if (!model_) return {{}, "MODEL: " + problem_};
    facts_.now = Instant{std::chrono::milliseconds{1'700'000'000'000}};
    if (test.kind == CaseKind::knowledge_model) return invoke(test);
    std::vector<Value> inputs(model_->inputs().size(), Value::missing());
    std::vector<dmn::Given> given;
    for (const auto& input : test.inputs) {
      if (const auto node = model_->findInput(input.name, input.namespace_uri)) inputs[*node] = input.value;
      else if (const auto decision = model_->findDecision(input.name, input.namespace_uri))
        given.push_back({*decision, input.value});
    }
    dmn::Outcome outcome;
    if (test.kind == CaseKind::service) {
      const auto service = model_->findService(test.invocable);
      if (!service) return {{}, "no such decision service"};
      model_->evaluateService(*service, inputs, given, facts_, outcome);
      for (const auto& trace : outcome.decisions()) {
        if (model_->decisions()[trace.decision].name == expectation.name)
          return {trace.value, remarkOf(outcome.diagnostics)};
      }
      return {outcome.value, remarkOf(outcome.diagnostics)};
    }
    const auto decision = model_->findDecision(expectation.name, expectation.namespace_uri);
    if (!decision) return {{}, "no such decision"};
    model_->evaluate(*decision, inputs, given, facts_, outcome);
    return {outcome.value, remarkOf(outcome.diagnostics)};
  }

 private:
  Answer invoke(const Case& test) {
    feel::Context arguments;
    for (const auto& input : test.inputs) arguments.set(input.name, input.value);
    auto outcome = model_->invoke(test.invocable, arguments, facts_);
    if (!outcome) return {{}, describe(outcome.error())};
    return {outcome->value, remarkOf(outcome->diagnostics)};
  }

  std::optional<dmn::Model> model_;
  std::string problem_;
  feel::Facts facts_;
};

/// The cases that are known to fail: "case id  # why".
std::map<std::string, std::string> knownFailures() {
  std::map<std::string, std::string> out;
  std::ifstream in(std::filesystem::path(JINYUE_SOURCE_DIR) / "tests/conformance/dmn-tck-known-failures.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    const auto hash = line.find(" # ");
    out[std::string(trimmed(line.substr(0, hash)))] = hash == std::string::npos ? "" : line.substr(hash + 3);
  }
  return out;
}

struct Score {
  int passed = 0;
  int all = 0;
};

class DmnTck : public testing::Test {
 protected:
  void SetUp() override {
    suites_ = readSuites(dataFolder());
    ASSERT_FALSE(suites_.empty())
        << "The DMN TCK is not at " << dataFolder()
        << ": set JINYUE_SHARED_DATA to the folder that holds dmn-tck/compliance-level-2 and -3.";
  }
  std::vector<Suite> suites_;
};

TEST_F(DmnTck, EveryCaseIsRightOrOnTheList) {
  const auto known = knownFailures();
  std::map<int, Score> scores;
  std::map<std::string, std::string> failed;
  std::set<std::string> seen;
  for (const auto& suite : suites_) {
    EXPECT_EQ(suite.problem, "");
    Evaluation evaluation(suite);
    for (const auto& test : suite.cases) {
      EXPECT_TRUE(seen.insert(test.id).second) << "two cases have the id " << test.id;
      auto& score = scores[suite.level];
      ++score.all;
      auto reason = check(test, [&](const Case& c, const Expectation& e) { return evaluation.answer(c, e); });
      if (reason.empty()) ++score.passed;
      else failed[test.id] = std::move(reason);
    }
  }
  for (const auto& [id, reason] : failed) fmt::print("failed {}: {}\n", id, reason);
  for (const auto& [level, score] : scores) fmt::print("level {}: {}/{}\n", level, score.passed, score.all);
  for (const auto& [id, reason] : failed) {
    EXPECT_TRUE(known.contains(id)) << id << " fails and is not on the list of known failures: " << reason;
  }
  for (const auto& [id, why] : known) {
    EXPECT_TRUE(failed.contains(id))
        << id << " is on the list of known failures but passes (or is gone): take it off";
  }
  EXPECT_EQ(scores[2].all, 116);
  EXPECT_GE(scores[3].all, 2257) << "part of the suite was not found";
}

/// The comparison must be able to fail: an engine that answers null to everything passes only where a plain
/// null is expected, as the value or as the kit's way to write "no matter".
TEST_F(DmnTck, AnEngineThatAnswersNullFails) {
  std::map<int, Score> scores;
  for (const auto& suite : suites_) {
    for (const auto& test : suite.cases) {
      auto& score = scores[suite.level];
      ++score.all;
      const bool wants_null = std::ranges::all_of(
          test.expectations, [](const auto& e) { return !e.is_error && e.value.isNull(); });
      const auto reason = check(test, [](const Case&, const Expectation&) { return Answer{}; });
      if (reason.empty()) ++score.passed;
      EXPECT_EQ(reason.empty(), wants_null) << test.id;
    }
  }
  for (const auto& [level, score] : scores) {
    fmt::print("an engine that answers null, level {}: {}/{}\n", level, score.passed, score.all);
    EXPECT_LT(score.passed * 10, score.all) << "the suite can't tell a stub from an engine";
  }
}

TEST(DmnTckComparison, SeesEveryKindOfDifference) {
  const auto list = [](std::initializer_list<Value> items) { return Value(feel::List(items)); };
  EXPECT_EQ(difference(Value(1), Value(*feel::Number::parse("1.000000000001"))), "");
  EXPECT_NE(difference(Value(1), Value(*feel::Number::parse("1.0001"))), "");
  EXPECT_NE(difference(Value("1"), Value(1)), "");
  EXPECT_NE(difference(Value(false), Value{}), "");
  EXPECT_NE(difference(list({1, 2}), list({2, 1})), "");
  EXPECT_NE(difference(list({1}), Value(1)), "");
  EXPECT_NE(difference(Value(feel::Context{{"a", 1}}), Value(feel::Context{{"a", 1}, {"b", 2}})), "");
  EXPECT_EQ(difference(Value(feel::Context{{"a", 1}, {"b", 2}}), Value(feel::Context{{"b", 2}, {"a", 1}})),
            "");
}

}  // namespace
}  // namespace jinyue::tck
