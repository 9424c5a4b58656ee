// Lists, filters, paths, contexts, iterations and functions that the text defines.
#include "support.h"

namespace jinyue::feel {
namespace loops_test {

using testing::check;

TEST(Loops, filtersByIndex) {
  check({{"[1, 2, 3][1]", "1"},
         {"[1, 2, 3][-1]", "3"},
         {"[1, 2, 3][0]", "null!feel.index"},
         {"[1, 2, 3][4]", "null!feel.index"},
         {"[][1]", "null!feel.index"},
         {"5[1]", "5"},
         {"null[1]", "null!feel.index"},
         {"[1, 2, 3][count([1, 2])]", "2"}});
}

TEST(Loops, filtersByCondition) {
  check({{"[1, 2, 3][item > 1]", "[2, 3]"},
         {"[1, 2, 3][item > 5]", "[]"},
         {"[1, null, 3][item > 1]", "[3]"},
         {"5[item > 1]", "[5]"},
         {"[{x: 1, y: 2}, {x: 2, y: 3}][x = 1]", "[{x: 1, y: 2}]"},
         {"[{x: 1, y: 2}, {x: null, y: 3}][x < 2]", "[{x: 1, y: 2}]"},
         {"[{x: 1}, {x: 2}][item.x = 2].x", "[2]"},
         {"[{x: 1, sub: [1, 2]}, {x: 2, sub: [2, 3]}][count(sub[item = x]) = 1].x", "[1, 2]"},
         {"[{item: 1}, {item: 2}][item >= 2]", "[{item: 2}]"},
         {"{limit: 2, found: [1, 2, 3][item > limit]}.found", "[3]"},
         {"[1, 2][\"x\"]", "[]"},
         {"null[item > 1]", "[]"}});
}

TEST(Loops, paths) {
  check({{"{a: {b: 5}}.a.b", "5"},
         {"[{a: 1}, {a: 2}].a", "[1, 2]"},
         {"[{a: 1}, {b: 2}].a", "[1, null]"},
         {"{a: 1}.b", "null!feel.no-entry"},
         {"null.a", "null!feel.null-path"},
         {"@\"2026-11-22\".weekday", "7"},
         {"@\"2026-11-22T10:20:30.5+08:00\".time offset", "@\"PT8H\""},
         {"@\"2026-11-22T10:20:30.5+08:00\".second", "30.5"},
         {"@\"10:20:30@Asia/Shanghai\".timezone", "\"Asia/Shanghai\""},
         {"@\"10:20:30\".timezone", "null"},
         {"@\"P1DT2H3M4S\".hours", "2"},
         {"@\"-P1Y2M\".months", "-2"},
         {"[1..5).end included", "false"},
         {"(> 3).start", "3"},
         {"(> 3).end", "null"}});
}

TEST(Loops, contextsSeeTheirEarlierEntries) {
  check({{"{a: 1, b: a + 1, c: b * 2}.c", "4"},
         {"{a: 1, b: {c: a}}.b.c", "1"},
         {"{a: 1, a: 2}", "null!feel.duplicate-entry"},
         {"{\"a\": 1, b: a}.b", "1"}});
}

TEST(Loops, iterations) {
  check({{"for i in [1, 2] return i * i", "[1, 4]"},
         {"for i in 1..3 return i", "[1, 2, 3]"},
         {"for i in 3..1 return i", "[3, 2, 1]"},
         {"for i in [1..3) return i", "[1, 2]"},
         {"for i in 1..2, j in i..2 return i * 10 + j", "[11, 12, 22]"},
         {"for i in [1, 2], j in [i, i * 10] return j", "[1, 10, 2, 20]"},
         {"for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"},
         {"for i in 1..3 return count(partial)", "[0, 1, 2]"},
         {"for i in 1..3 return partial", "[[], [[]], [[], [[]]]]"},
         {"for d in @\"2026-02-27\"..@\"2026-03-01\" return d.day", "[27, 28, 1]"},
         {"for i in 5 return i", "[5]"},
         {"for i in [] return i", "[]"},
         {"for i in null return i", "null!feel.iteration"},
         {"for i in 1.5..3 return i", "null!feel.iteration"},
         {"some x in [1, 2] satisfies x > 1", "true"},
         {"some x in [1, null] satisfies x > 1", "null!feel.comparison"},
         {"some x in [] satisfies x > 1", "false"},
         {"every x in [1, 2] satisfies x > 0", "true"},
         {"every x in [1, null, -1] satisfies x > 0", "false"},
         {"every x in [], y in [1] satisfies false", "true"},
         {"some x in [1, 2], y in [x] satisfies x + y = 4", "true"}});
}

TEST(Loops, functions) {
  check({{"(function(a, b) a - b)(5, 3)", "2"},
         {"(function(a, b) a - b)(b: 5, a: 3)", "-2"},
         {"{f: function(x) x * 2, y: f(4)}.y", "8"},
         {"{f: function(n) if n <= 1 then 1 else n * f(n - 1), y: f(20)}.y", "2432902008176640000"},
         {"{k: 3, f: function(x) x * k, y: for i in [1, 2] return f(i)}.y", "[3, 6]"},
         {"{add: function(a) function(b) a + b, y: add(2)(3)}.y", "5"},
         {"(for i in [1, 2] return function() i)[2]()", "2"},
         {"(function(x: number) x)(\"a\")", "null!feel.argument-type"},
         {"(function(x: number) x)([5])", "5"},
         {"(function(x) x)()", "null!feel.arguments"},
         {"(function(x) x)(y: 1)", "null!feel.arguments"},
         {"5(1)", "null!feel.no-function"},
         {"nothing here(1)", "null!feel.unknown-name"},
         {"(function(x) external {java: {class: \"java.lang.Math\", method signature: \"abs(int)\"}})(1)",
          "null!feel.external"}});
}

TEST(Loops, variablesAndTheirAbsence) {
  check({{"a.b[c > 1].c", "[2]"}, {"count(a.b)", "2"}, {"missing", "null!feel.unknown-name"}},
        {{"a", Context{{"b", List{Context{{"c", 1}}, Context{{"c", 2}}}}}}});
}

}  // namespace loops_test
}  // namespace jinyue::feel
