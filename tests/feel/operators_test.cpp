// Comparison, logic, arithmetic and conditions in three-valued logic.
#include "support.h"

namespace jinyue::feel {
namespace operators_test {

using testing::check;

TEST(Operators, equality) {
  check({{"1 = 1.0", "true"},
         {"1 != 2", "true"},
         {"null = null", "true"},
         {"1 = null", "false"},
         {"null != 1", "true"},
         {"1 = \"1\"", "null!feel.comparison"},
         {"\"a\" = \"A\"", "false"},
         {"[1, [2]] = [1, [2]]", "true"},
         {"[1, 2] = [2, 1]", "false"},
         {"{a: 1, b: 2} = {b: 2, a: 1}", "true"},
         {"{a: 1} = {a: 1, b: 2}", "false"},
         {"[1..2] = [1..2]", "true"},
         {"[1..2] = [1..2)", "false"},
         {"(< 10) = (null..10)", "false"},
         {"duration(\"P1D\") = duration(\"PT24H\")", "true"},
         {"duration(\"P1Y\") = duration(\"P12M\")", "true"},
         {"duration(\"P1Y\") = duration(\"P365D\")", "null!feel.comparison"},
         {"@\"2026-01-01T10:00:00+08:00\" = @\"2026-01-01T02:00:00Z\"", "true"},
         {"@\"2026-01-01T10:00:00@Asia/Shanghai\" = @\"2026-01-01T02:00:00Z\"", "true"},
         {"count = count", "true"},
         {"count = max", "false"}});
}

TEST(Operators, order) {
  check({{"1 < 2", "true"},
         {"\"a\" < \"b\"", "true"},
         {"\"中\" > \"a\"", "true"},
         {"@\"2026-01-01\" < @\"2026-01-02\"", "true"},
         {"@\"PT1H\" >= @\"PT60M\"", "true"},
         {"null < 1", "null!feel.comparison"},
         {"1 < \"2\"", "null!feel.comparison"},
         {"true < false", "null!feel.comparison"},
         {"[1] < [2]", "null!feel.comparison"},
         {"@\"2026-01-01T00:00:00\" < @\"2026-01-01T00:00:00Z\"", "null!feel.comparison"}});
}

TEST(Operators, betweenAndIn) {
  check({{"5 between 1 and 10", "true"},
         {"0 between 1 and 10", "false"},
         {"null between 1 and 10", "null!feel.comparison"},
         {"5 in [1..5]", "true"},
         {"5 in [1..5)", "false"},
         {"5 in (1, 5, 7)", "true"},
         {"5 in (< 3, > 4)", "true"},
         {"5 in < 3", "false"},
         {"5 in [1, 5]", "true"},
         {"5 in [[1..2], [4..6]]", "true"},
         {"\"b\" in [\"a\"..\"c\"]", "true"},
         {"5 in (!= 5)", "false"},
         {"5 in (1..null)", "null!feel.comparison"},
         {"[1] in [[1], [2]]", "true"},
         {"5 in (? > 3)", "true"}});
}

TEST(Operators, threeValuedLogic) {
  check({{"true and true", "true"},
         {"true and false", "false"},
         {"false and null", "false"},
         {"null and false", "false"},
         {"true and null", "null"},
         {"true or null", "true"},
         {"null or true", "true"},
         {"false or null", "null"},
         {"false or false", "false"},
         {"null and null", "null"},
         {"true and 5", "null"},
         {"false and 5", "false"},
         {"true or \"x\"", "true"},
         {"not(true)", "false"},
         {"not(null)", "null"},
         {"not(5)", "null"}});
}

TEST(Operators, arithmetic) {
  check({{"1 + 2", "3"},
         {"0.1 + 0.2", "0.3"},
         {"7 / 2", "3.5"},
         {"1 / 0", "null!feel.arithmetic"},
         {"2 ** 10", "1024"},
         {"2 ** -1", "0.5"},
         {"4 ** 0.5", "2"},
         {"10 ** 7000", "null!feel.arithmetic"},
         {"\"a\" + \"b\"", "\"ab\""},
         {"\"a\" + 1", "null!feel.arithmetic"},
         {"1 + null", "null!feel.null-operand"},
         {"-null", "null!feel.arithmetic"},
         {"--5", "5"},
         {"\"a\" * 2", "null!feel.arithmetic"},
         {"[1] + [2]", "null!feel.arithmetic"}});
}

TEST(Operators, temporalArithmetic) {
  check({{"@\"2026-01-31\" + @\"P1M\"", "@\"2026-02-28\""},
         {"@\"2024-02-29\" + @\"P1Y\"", "@\"2025-02-28\""},
         {"@\"2026-03-01\" - @\"P1D\"", "@\"2026-02-28\""},
         {"@\"2026-01-01\" + @\"PT36H\"", "@\"2026-01-02\""},
         {"@\"2026-03-01\" - @\"2026-02-01\"", "@\"P28D\""},
         {"@\"23:30:00\" + @\"PT1H\"", "@\"00:30:00\""},
         {"@\"10:00:00\" - @\"08:30:00\"", "@\"PT1H30M\""},
         {"@\"2026-01-01T00:00:00\" + @\"PT0.5S\"", "@\"2026-01-01T00:00:00.5\""},
         {"@\"2026-01-01T00:00:00Z\" - @\"2026-01-01T00:00:00+08:00\"", "@\"PT8H\""},
         {"@\"P1D\" + @\"2026-01-01\"", "@\"2026-01-02\""},
         {"@\"P1D\" * 2.5", "@\"P2DT12H\""},
         {"2 * @\"P1Y\"", "@\"P2Y\""},
         {"@\"P1Y\" / 4", "@\"P3M\""},
         {"@\"P1D\" / @\"PT6H\"", "4"},
         {"@\"P1Y\" / @\"P5M\"", "2.4"},
         {"@\"P1Y\" + @\"P1D\"", "null!feel.arithmetic"},
         {"-@\"P1Y2M\"", "@\"-P1Y2M\""},
         {"@\"999999999-12-31\" + @\"P1D\"", "null!feel.arithmetic"},
         {"@\"2026-03-29T01:30:00@Europe/Berlin\" + @\"PT1H\"", "@\"2026-03-29T03:30:00@Europe/Berlin\""}});
}

TEST(Operators, conditional) {
  check({{"if 1 < 2 then \"y\" else \"n\"", "\"y\""},
         {"if null then 1 else 2", "2"},
         {"if 5 then 1 else 2", "2"},
         {"if false then 1 else if true then 2 else 3", "2"}});
  EXPECT_EQ(testing::evaluate("if 5 then 1 else 2").diagnostics.front().code, "feel.condition");
}

TEST(Operators, instanceOf) {
  check({{"1 instance of number", "true"},
         {"\"a\" instance of number", "false"},
         {"null instance of Null", "true"},
         {"null instance of Any", "true"},
         {"null instance of string", "false"},
         {"@\"2026-01-01T00:00:00\" instance of date and time", "true"},
         {"@\"2026-01-01\" instance of date and time", "false"},
         {"@\"P1D\" instance of days and time duration", "true"},
         {"@\"P1Y\" instance of years and months duration", "true"},
         {"[1, 2] instance of list<number>", "true"},
         {"[1, \"a\"] instance of list<number>", "false"},
         {"[] instance of list<number>", "true"},
         {"[[1]] instance of list<list<number>>", "true"},
         {"{a: 1, b: \"x\"} instance of context<a: number>", "true"},
         {"{a: 1} instance of context<a: number, b: string>", "false"},
         {"[1..2] instance of range<number>", "true"},
         {"[1..2] instance of range<string>", "false"},
         {"(function(a: number) a) instance of function<number> -> Any", "true"},
         {"(function(a, b) a) instance of function<number> -> Any", "false"},
         {"count instance of function", "true"},
         {"-1 instance of number", "true"},
         {"(function(a: number) a * 2) instance of function<number> -> number", "true"},
         {"(function() \"x\") instance of function<> -> number", "false"},
         {"1 instance of tMissing", "null!feel.unknown-type"}});
}

}  // namespace operators_test
}  // namespace jinyue::feel
