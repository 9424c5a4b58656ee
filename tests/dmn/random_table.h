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
  std::string date() { return fmt::format("@\"2026-01-0{}\"", 1 + below(6)); }
  /// Zones whose times meet at the same moments, and half-hours between them; below a millisecond nothing
  /// counts.
  std::string zone() {
    return oneOf<std::string>({"Z", "+08:00", "@Asia/Shanghai", "-01:30", "@Europe/Berlin"});
  }
  std::string clock() {
    return fmt::format("{:02}:{}:00{}", below(24), below(2) ? "00" : "30",
                       oneOf<std::string>({"", "", "", ".001", ".0014", ".0019"}));
  }
  std::string time(bool zoned) { return fmt::format("@\"{}{}\"", clock(), zoned ? zone() : ""); }
  /// Among them the hour that Berlin skips and the one that it has twice.
  std::string moment(bool zoned) {
    const auto day = oneOf<std::string>({"2026-03-28", "2026-03-29", "2026-10-25", "1969-12-31"});
    return fmt::format("@\"{}T{}{}\"", day, below(2) ? clock() : fmt::format("0{}:30:00", 1 + below(3)),
                       zoned ? zone() : "");
  }
  std::string days() {
    return oneOf<std::string>({"@\"PT0S\"", "@\"PT24H\"", "@\"P1D\"", "@\"P1DT0.000000001S\"", "@\"-PT1H\""});
  }
  std::string years() {
    return oneOf<std::string>({"@\"P1Y\"", "@\"P12M\"", "@\"P13M\"", "@\"P2Y\"", "@\"-P1M\""});
  }
  /// A cell of constants that `literal` makes.
  template <class Literal>
  std::string orderedCell(Literal&& literal) {
    switch (below(9)) {
      case 0: return literal();
      case 1: return "> " + literal();
      case 2: return "<= " + literal();
      case 3: return "[" + literal() + ".." + literal() + "]";
      case 4: return "(" + literal() + ".." + literal() + ")";
      case 5: return literal() + ", < " + literal();
      case 6: return "not(" + literal() + ")";
      default: return "-";
    }
  }
  std::string booleanCell() { return oneOf<std::string>({"true", "false", "-"}); }
  /// A cell that is no constant test.
  std::string opaqueCell() { return oneOf<std::string>({"? > i1", "not(i1)", "string length(?) = 1", "i1"}); }

  TableText table(int columns, int rules, bool with_opaque, const std::string& policy,
                  int kinds_of_columns = kind_count) {
    TableText out;
    out.policy = policy;
    kinds.clear();
    for (int i = 0; i < columns; ++i) {
      kinds.push_back(below(kinds_of_columns));
      out.inputs.push_back({fmt::format("i{}", i + 1), "", ""});
    }
    out.outputs = {{"", "", "1, 2, 3", ""}};
    for (int r = 0; r < rules; ++r) {
      RuleText rule;
      for (const int kind : kinds) {
        if (with_opaque && below(10) == 0) rule.conditions.push_back(opaqueCell());
        else rule.conditions.push_back(cell(kind));
      }
      rule.results.push_back(std::to_string(1 + below(3)));
      out.rules.push_back(std::move(rule));
    }
    return out;
  }

  /// The last kind has values in one column that can't be compared with each other.
  static constexpr int kind_count = 11;
  std::string cell(int kind) {
    switch (kind) {
      case 0: return numberCell();
      case 1: return textCell();
      case 2: return orderedCell([&] { return date(); });
      case 3: return booleanCell();
      case 4: return orderedCell([&] { return time(false); });
      case 5: return orderedCell([&] { return time(true); });
      case 6: return orderedCell([&] { return moment(false); });
      case 7: return orderedCell([&] { return moment(true); });
      case 8: return orderedCell([&] { return days(); });
      case 9: return orderedCell([&] { return years(); });
      default: {  // with and without a zone in one column
        const bool zoned = below(2) == 0;
        return orderedCell([&] { return moment(zoned); });
      }
    }
  }

  /// Often of the column's kind.
  feel::Value input(int kind) {
    if (below(3) == 0) return input();
    switch (kind) {
      case 2: return value(date());
      case 4: return value(time(false));
      case 5: return value(time(true));
      case 6: return value(moment(false));
      case 7: return value(moment(true));
      case 8: return value(days());
      case 9: return value(years());
      case 10: return value(moment(below(2) == 0));
      default: return input();
    }
  }
  feel::Value input() {
    switch (below(16)) {
      case 12: return value(time(below(2) == 0));
      case 13: return value(moment(below(2) == 0));
      case 14: return value(days());
      case 15: return value(years());
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

  std::vector<int> kinds;  ///< of the columns of the last table

 private:
  std::mt19937 random_;
};

}  // namespace jinyue::dmn
