// The compiled table with its index against a plain evaluator: every cell of every rule as FEEL, from its
// text.
#include <map>

#include "dmn/code.h"
#include "dmn/random_table.h"

namespace jinyue::dmn {
namespace table_property_test {

using feel::Value;

/// A decision table without any compiled form but that of its cells.
class PlainTable {
 public:
  explicit PlainTable(const TableText& text) : text_(text) {}

  std::vector<std::uint32_t> matching(const feel::Context& inputs) {
    std::vector<std::uint32_t> out;
    for (std::size_t rule = 0; rule < text_.rules.size(); ++rule) {
      bool matches = true;
      for (std::size_t i = 0; i < text_.inputs.size() && matches; ++i) {
        feel::Context scope = inputs;
        scope.set("?", *inputs.find(text_.inputs[i].name));
        matches = cell(text_.rules[rule].conditions[i]).evaluate(scope, facts_).value.isTrue();
      }
      if (matches) out.push_back(static_cast<std::uint32_t>(rule));
    }
    return out;
  }

  /// The result of the tables that TableMaker makes: constants with the priorities 1, 2, 3.
  Value result(const feel::Context& inputs) {
    const auto rules = matching(inputs);
    feel::List results;
    for (const auto rule : rules) results.push_back(value(text_.rules[rule].results[0]));
    if (results.empty()) return {};
    const auto smallest = [&] {
      return *std::ranges::min_element(results, {}, [](const Value& v) { return *v.asInt64(); });
    };
    if (text_.policy == "FIRST") return results.front();
    if (text_.policy == "UNIQUE") return results.size() == 1 ? results.front() : Value{};
    if (text_.policy == "ANY") {
      return std::ranges::all_of(results, [&](const Value& v) { return v == results.front(); })
                 ? results.front()
                 : Value{};
    }
    if (text_.policy == "PRIORITY" || text_.policy == "COLLECT MIN") return smallest();
    if (text_.policy == "COLLECT COUNT") return Value(static_cast<std::int64_t>(results.size()));
    if (text_.policy == "OUTPUT ORDER")
      std::ranges::sort(results, {}, [](const Value& v) { return *v.asInt64(); });
    return Value(results);
  }

 private:
  const feel::Expression& cell(const std::string& text) {
    const auto at = cells_.find(text);
    if (at != cells_.end()) return at->second;
    return cells_.emplace(text, *feel::Expression::compileUnaryTests(text)).first->second;
  }

  const TableText& text_;
  std::map<std::string, feel::Expression> cells_;
  feel::Facts facts_;
};

TEST(DecisionTableProperty, IndexedAndPlainAgree) {
  const std::vector<std::string> policies{"FIRST",    "UNIQUE",      "ANY",
                                          "PRIORITY", "RULE ORDER",  "OUTPUT ORDER",
                                          "COLLECT",  "COLLECT MIN", "COLLECT COUNT"};
  int matches = 0;
  int evaluations = 0;
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    TableMaker make(seed);
    const auto text = make.table(1 + make.below(4), 1 + make.below(seed % 10 == 0 ? 150 : 30), seed % 3 == 0,
                                 make.oneOf(policies));
    const auto model = modelOf(tableModel(text));
    PlainTable plain(text);
    Outcome outcome;
    const feel::Facts facts{};
    for (int n = 0; n < 40; ++n) {
      feel::Context inputs;
      std::vector<Value> by_position;
      for (std::size_t i = 0; i < text.inputs.size(); ++i) {
        by_position.push_back(make.input(make.kinds[i]));
        inputs.set(text.inputs[i].name, by_position.back());
      }
      model.evaluate(0, by_position, {}, facts, outcome);
      ++evaluations;
      const auto rules = plain.matching(inputs);
      matches += rules.empty() ? 0 : 1;
      ASSERT_EQ(outcome.value, plain.result(inputs))
          << "seed " << seed << ", inputs " << feel::toLiteral(Value(inputs)) << "\n"
          << tableModel(text);
      const auto trace = outcome.table(0);
      const auto expected = text.policy == "FIRST" && !rules.empty() ? std::vector{rules.front()} : rules;
      ASSERT_EQ(std::vector(trace.matched.begin(), trace.matched.end()), expected)
          << "seed " << seed << ", inputs " << feel::toLiteral(Value(inputs));
    }
  }
  EXPECT_GT(matches, evaluations / 4) << "the random tables hardly ever match: the test proves nothing";
}

/// Otherwise the test above could pass with no index at all.
TEST(DecisionTableProperty, ColumnsOfConstantsHaveAnIndex) {
  TableMaker make(1);
  for (int kind = 0; kind + 1 < TableMaker::kind_count; ++kind) {
    TableText text{"FIRST", {{"i1", "", ""}}, {{}}, {}};
    for (int rule = 0; rule < 20; ++rule) text.rules.push_back({{make.cell(kind)}, {"1"}});
    const auto model = modelOf(tableModel(text));
    EXPECT_EQ(model.body().table_codes.at(0)->index.size(), 1U) << tableModel(text);
    EXPECT_FALSE(model.body().table_codes.at(0)->index.at(0).needs_test) << tableModel(text);
  }
}

}  // namespace table_property_test
}  // namespace jinyue::dmn
