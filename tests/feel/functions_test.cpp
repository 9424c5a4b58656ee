// Built-in functions on strings, numbers, lists, contexts and conversions. The last test proves that every
// built-in function is called somewhere in the tests of this folder.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "feel/builtins.h"
#include "support.h"

namespace jinyue::feel {
namespace functions_test {

using testing::check;

TEST(Functions, strings) {
  check({{"substring(\"foobar\", 3)", "\"obar\""},
         {"substring(\"foobar\", 3, 3)", "\"oba\""},
         {"substring(\"foobar\", -2, 1)", "\"a\""},
         {"substring(\"优化营商环境\", 3, 2)", "\"营商\""},
         {"substring(\"a😀b\", 2, 1)", "\"😀\""},
         {"substring(\"foo\", 0)", "null!feel.position"},
         {"substring(\"foo\", 4)", "null!feel.position"},
         {"substring(string: \"foobar\", start position: 3)", "\"obar\""},
         {"string length(\"a😀中\")", "3"},
         {"upper case(\"aBc4ß\")", "\"ABC4SS\""},
         {"lower case(\"ABÇ\")", "\"abç\""},
         {"substring before(\"foobar\", \"bar\")", "\"foo\""},
         {"substring before(\"foobar\", \"xyz\")", "\"\""},
         {"substring after(\"foobar\", \"ob\")", "\"ar\""},
         {"substring after(\"\", \"a\")", "\"\""},
         {"contains(\"foobar\", \"of\")", "false"},
         {"starts with(\"foobar\", \"fo\")", "true"},
         {"ends with(\"foobar\", \"r\")", "true"},
         {"split(\"John Doe\", \"\\s\")", "[\"John\", \"Doe\"]"},
         {"split(\"a;b;c;;\", \";\")", "[\"a\", \"b\", \"c\", \"\", \"\"]"},
         {"split(\"\", \";\")", "[\"\"]"},
         {"string join([\"a\", \"b\", null, \"c\"], \"_and_\")", "\"a_and_b_and_c\""},
         {"string join([\"a\", \"b\"])", "\"ab\""},
         {"string join([\"a\", \"b\"], null)", "\"ab\""},
         {"string join([], \"X\")", "\"\""},
         {"string join([1], \"X\")", "null!feel.argument-type"},
         {"upper case(null)", "null!feel.null-argument"},
         {"upper case(1)", "null!feel.argument-type"},
         {"upper case([\"a\"])", "\"A\""},
         {"upper case()", "null!feel.arguments"},
         {"upper case(text: \"a\")", "null!feel.arguments"}});
}

TEST(Functions, patterns) {
  check({{"matches(\"foobar\", \"^fo*b\")", "true"},
         {"matches(\"FOO\", \"foo\", \"i\")", "true"},
         {"matches(\"a\\nb\", \"a.b\")", "false"},
         {"matches(\"a\\nb\", \"a.b\", \"s\")", "true"},
         {"matches(\"x\\ny\", \"^y$\", \"m\")", "true"},
         {"matches(\"ab\", \"a b\", \"x\")", "true"},
         {"matches(\"a.b\", \"a.b\", \"q\")", "true"},
         {"matches(\"axb\", \"a.b\", \"q\")", "false"},
         {"matches(\"b\", \"[a-z-[aeiou]]\")", "true"},
         {"matches(\"e\", \"[a-z-[aeiou]]\")", "false"},
         {"matches(\"end\\n\", \"end$\")", "false"},
         {"matches(\"a\", \"(\")", "null!feel.pattern"},
         {"matches(\"a\", \"a\", \"z\")", "null!feel.pattern"},
         {"matches(\"中文\", \"^\\p{L}+$\")", "true"},
         {"replace(\"banana\", \"a\", \"o\")", "\"bonono\""},
         {"replace(\"abcd\", \"(ab)|(a)\", \"[1=$1][2=$2]\")", "\"[1=ab][2=]cd\""},
         {"replace(\"abc\", \"b\", \"\\\\$\")", "\"a$c\""},
         {"replace(\"abc\", \"b\", \"$\")", "null!feel.pattern"},
         {"replace(\"abc\", \"x*\", \"-\")", "null!feel.pattern"},
         {"replace(\"aBc\", \"b\", \"x\", \"i\")", "\"axc\""}});
}

TEST(Functions, patternsThatTakeForeverAreStopped) {
  EXPECT_EQ(testing::result("matches(\"" + std::string(40, 'a') + "!\", \"^(a+)+$\")"), "null!feel.pattern");
}

TEST(Functions, numbers) {
  check({{"decimal(1/3, 2)", "0.33"},
         {"decimal(1.5, 0)", "2"},
         {"decimal(2.5, 0)", "2"},
         {"decimal(1, 7000)", "null!feel.scale"},
         {"floor(1.5)", "1"},
         {"floor(-1.56, 1)", "-1.6"},
         {"ceiling(-1.5)", "-1"},
         {"ceiling(1.51, 1)", "1.6"},
         {"round up(-5.5, 0)", "-6"},
         {"round up(1.121, 2)", "1.13"},
         {"round down(-5.5, 0)", "-5"},
         {"round half up(-2.5, 0)", "-3"},
         {"round half down(2.5, 0)", "2"},
         {"abs(-10)", "10"},
         {"abs(@\"-PT5H\")", "@\"PT5H\""},
         {"abs(@\"-P1Y\")", "@\"P1Y\""},
         {"abs(n: -1)", "1"},
         {"modulo(12, 5)", "2"},
         {"modulo(-12, 5)", "3"},
         {"modulo(12, -5)", "-3"},
         {"modulo(10.1, -4.5)", "-3.4"},
         {"modulo(1, 0)", "null!feel.out-of-range"},
         {"sqrt(16)", "4"},
         {"sqrt(-1)", "null!feel.out-of-range"},
         {"decimal(log(10), 8)", "2.30258509"},
         {"log(0)", "null!feel.out-of-range"},
         {"decimal(exp(5), 8)", "148.4131591"},
         {"odd(5)", "true"},
         {"odd(-5)", "true"},
         {"odd(2)", "false"},
         {"even(5)", "false"},
         {"even(0)", "true"}});
}

TEST(Functions, lists) {
  check({{"list contains([1, 2, null], null)", "true"},
         {"list contains([1, 2], 3)", "false"},
         {"count([1, 2, 3])", "3"},
         {"count(5)", "1"},
         {"count([])", "0"},
         {"sublist([4, 5, 6], 1, 2)", "[4, 5]"},
         {"sublist([4, 5, 6], -1)", "[6]"},
         {"sublist([4, 5, 6], 0)", "null!feel.position"},
         {"append([1], 2, 3)", "[1, 2, 3]"},
         {"append([1], [2])", "[1, [2]]"},
         {"append(null, 1)", "null!feel.null-argument"},
         {"concatenate([1, 2], [3])", "[1, 2, 3]"},
         {"insert before([1, 3], 1, 2)", "[2, 1, 3]"},
         {"insert before([1, 3], -1, 2)", "[1, 2, 3]"},
         {"remove([1, 2, 3], 2)", "[1, 3]"},
         {"list replace([2, 4, 7, 8], 3, 6)", "[2, 4, 6, 8]"},
         {"list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]"},
         {"reverse([1, 2, 3])", "[3, 2, 1]"},
         {"index of([1, 2, 3, 2], 2)", "[2, 4]"},
         {"index of([1, null], null)", "[2]"},
         {"union([1, 2], [2, 3])", "[1, 2, 3]"},
         {"distinct values([1, 2, 3, 2, 1.0])", "[1, 2, 3]"},
         {"distinct values([{a: 1}, {a: 1.0}, [1]])", "[{a: 1}, [1]]"},
         {"flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]"},
         {"sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"},
         {"sort([3, 1, 2])", "[1, 2, 3]"},
         {"sort([\"b\", 1])", "null!feel.comparison"},
         {"sort(list: [{n: 2}, {n: 1}], precedes: function(x, y) x.n < y.n).n", "[1, 2]"},
         {"sort([1, 2, 3, 4, 5], function(x, y) true)", "[5, 4, 3, 2, 1]"}});
}

TEST(Functions, aggregates) {
  check({{"min([1, 2, 3])", "1"},
         {"min(1, 2, 3)", "1"},
         {"max([\"a\", \"c\", \"b\"])", "\"c\""},
         {"max(@\"P1D\", @\"PT36H\")", "@\"P1DT12H\""},
         {"min([])", "null"},
         {"max(1, \"a\")", "null!feel.argument-type"},
         {"sum([1, 2.5])", "3.5"},
         {"sum(1, 2, 3)", "6"},
         {"sum([])", "null"},
         {"sum([1, null])", "null!feel.argument-type"},
         {"mean([1, 2, 3])", "2"},
         {"mean(1, 2)", "1.5"},
         {"product([2, 3, 4])", "24"},
         {"product([])", "null!feel.empty-list"},
         {"median(8, 2, 5, 3, 4)", "4"},
         {"median([6, 1, 2, 3])", "2.5"},
         {"median([])", "null"},
         {"stddev([2, 4, 7, 5])", "2.081665999466132735282297706979931"},
         {"stddev([47])", "null"},
         {"mode(6, 3, 9, 6, 6)", "[6]"},
         {"mode([6, 1, 9, 6, 1])", "[1, 6]"},
         {"mode([])", "[]"},
         {"all([true, false])", "false"},
         {"all([])", "true"},
         {"all([true, null])", "null"},
         {"all(true, 5)", "null!feel.argument-type"},
         {"all()", "null!feel.arguments"},
         {"any([false, null, true])", "true"},
         {"any(false)", "false"},
         {"any([])", "false"},
         {"any([false, null])", "null"}});
}

TEST(Functions, contexts) {
  check({{"get value({a: 1}, \"a\")", "1"},
         {"get value({a: 1}, \"b\")", "null"},
         {"get value({a: {b: 2}}, [\"a\", \"b\"])", "2"},
         {"get entries({a: 1, b: 2})", "[{key: \"a\", value: 1}, {key: \"b\", value: 2}]"},
         {"context([{key: \"a\", value: 1}, {key: \"b\", value: null}])", "{a: 1, b: null}"},
         {"context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])", "null!feel.entries"},
         {"context([{key: \"a\"}])", "null!feel.entries"},
         {"context put({a: 1}, \"b\", 2)", "{a: 1, b: 2}"},
         {"context put({a: 1}, \"a\", 2)", "{a: 2}"},
         {"context put({a: {b: 1}}, [\"a\", \"b\"], 2)", "{a: {b: 2}}"},
         {"context put({a: {b: 1}}, [\"a\", \"c\"], 2)", "{a: {b: 1, c: 2}}"},
         {"context put({a: {b: 1}}, [\"c\", \"d\"], 2)", "null!feel.entries"},
         {"context put({a: 1}, [], 2)", "null!feel.entries"},
         {"context merge([{a: 1}, {a: 2, b: 3}])", "{a: 2, b: 3}"},
         {"context merge([{a: 1}, 5])", "null!feel.entries"}});
}

TEST(Functions, conversions) {
  check({{"number(\"1 000,5\", \" \", \",\")", "1000.5"},
         {"number(\"1,000.5\", \",\", \".\")", "1000.5"},
         {"number(\"-12.5\")", "-12.5"},
         {"number(\"1.5\", null, null)", "1.5"},
         {"number(\"x\")", "null!feel.conversion"},
         {"number(\"1.0\", \".\", \".\")", "null!feel.conversion"},
         {"string(1.10)", "\"1.1\""},
         {"string(null)", "null"},
         {"string(\"a\")", "\"a\""},
         {"string([1, \"a\", null])", "\"[1, \\\"a\\\", null]\""},
         {"string({a: @\"2026-01-01\"})", "\"{a: @\\\"2026-01-01\\\"}\""},
         {"string(@\"2026-01-01\")", "\"2026-01-01\""},
         {"range(\"[18..21)\")", "[18..21)"},
         {"range(\"(..2]\")", "(<= 2)"},
         {"range(\"[\\\"a\\\"..\\\"c\\\"]\")", "[\"a\"..\"c\"]"},
         {"range(\"[@\\\"2026-01-01\\\"..@\\\"2026-02-01\\\"]\")", "[@\"2026-01-01\"..@\"2026-02-01\"]"},
         {"range(\"[..]\")", "null!feel.conversion"},
         {"range(\"[5..1]\")", "null!feel.conversion"},
         {"range(\"[1..\\\"a\\\"]\")", "null!feel.conversion"},
         {"range(\"\")", "null!feel.conversion"},
         {"is(1, 1)", "true"},
         {"is(@\"23:00:50Z\", @\"23:00:50\")", "false"},
         {"is(@\"23:00:50Z\", @\"23:00:50@Etc/UTC\")", "false"},
         {"is(null, null)", "true"}});
}

/// Reads the sources of the tests; fails when they aren't there.
TEST(Functions, everyBuiltinIsTested) {
  std::string tests;
  for (const auto& entry : std::filesystem::directory_iterator(JINYUE_SOURCE_DIR "/tests/feel")) {
    if (!entry.path().string().ends_with("_test.cpp")) continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    tests += text.str();
  }
  ASSERT_FALSE(tests.empty());
  for (const std::string_view name : namesOfBuiltins()) {
    EXPECT_NE(tests.find(std::string{name} + "("), std::string::npos) << name;
  }
}

}  // namespace functions_test
}  // namespace jinyue::feel
