// Random decision tables and inputs for property tests.
#pragma once

#include <random>

#include "dmn/model_text.h"

namespace jinyue::dmn {

/// Makes the same tables for the same seed.
class TableMaker {
 public:
  explicit TableMaker(std::uint32_t seed) : random_(seed) {}

  int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint32_t>(limit)); }
  template <class T>
  const T& oneOf(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }

  std::string number() { return std::to_string(below(8)); }
  std::string numberCell() {
    switch (below(8)) {
      case 0: return number();
      case 1: return "< " + number();
      case 2: return ">= " + number();
      case 3: return (below(2) ? "[" : "(") + number() + ".." + number() + (below(2) ? "]" : ")");
      case 4: return number() + ", > " + number();
      case 5: return "not(" + number() + ", " + number() + ")";
      default: return "-";
    }
  }
  std::string text() { return oneOf<std::string>({"\"a\"", "\"b\"", "\"c\"", "\"d\""}); }
  std::string textCell() {
    switch (below(5)) {
      case 0: return text();
      case 1: return text() + ", " + text();
      case 2: return "not(" + text() + ")";
      default: return "-";
    }
  }
  std::string dateCell() {
    const auto date = [&] { return fmt::format("@\"2026-01-0{}\"", 1 + below(6)); };
    switch (below(4)) {
      case 0: return date();
      case 1: return "> " + date();
      case 2: return "[" + date() + ".." + date() + "]";
      default: return "-";
    }
  }
  std::string booleanCell() { return oneOf<std::string>({"true", "false", "-"}); }
  /// A cell that is no constant test.
  std::string opaqueCell() { return oneOf<std::string>({"? > i1", "not(i1)", "string length(?) = 1", "i1"}); }

  TableText table(int columns, int rules, bool with_opaque, const std::string& policy) {
    TableText out;
    out.policy = policy;
    std::vector<int> kinds;
    for (int i = 0; i < columns; ++i) {
      kinds.push_back(below(4));
      out.inputs.push_back({fmt::format("i{}", i + 1), "", ""});
    }
    out.outputs = {{"", "", "1, 2, 3", ""}};
    for (int r = 0; r < rules; ++r) {
      RuleText rule;
      for (const int kind : kinds) {
        if (with_opaque && below(10) == 0) rule.conditions.push_back(opaqueCell());
        else
          rule.conditions.push_back(kind == 0   ? numberCell()
                                    : kind == 1 ? textCell()
                                    : kind == 2 ? dateCell()
                                                : booleanCell());
      }
      rule.results.push_back(std::to_string(1 + below(3)));
      out.rules.push_back(std::move(rule));
    }
    return out;
  }

  feel::Value input() {
    switch (below(12)) {
      case 0: return {};
      case 1: return feel::Value(feel::List{feel::Value(below(8)), feel::Value("a")});
      case 2:
      case 3: return value(oneOf<std::string>({"\"a\"", "\"b\"", "\"e\"", "\"\""}));
      case 4:
      case 5: return value(fmt::format("@\"2026-01-0{}\"", 1 + below(8)));
      case 6:
      case 7: return feel::Value(below(2) == 0);
      default: return value(oneOf<std::string>({"0", "1", "2", "3.0", "3.5", "4", "5", "7", "-1", "9"}));
    }
  }

 private:
  std::mt19937 random_;
};

}  // namespace jinyue::dmn
