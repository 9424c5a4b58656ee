// Grammar: literals, names, precedence, and what is refused.
#include "feel/ast.h"
#include "support.h"

namespace jinyue::feel {
namespace syntax_test {

using testing::check;
using testing::result;

TEST(Syntax, literals) {
  check({{"1", "1"},
         {".5", "0.5"},
         {"1.23e4", "12300"},
         {"1.2E-2", "0.012"},
         {"\"text\"", "\"text\""},
         {R"("a\"b\\c\n\t")", R"("a\"b\\c\n\t")"},
         {R"("\u4E2D\u6587 \U01F600")", "\"中文 😀\""},
         {R"("\uD83D\uDE00")", "\"😀\""},
         {R"("\d+")", R"("\\d+")"},
         {"true", "true"},
         {"null", "null"},
         {"@\"2026-11-22\"", "@\"2026-11-22\""},
         {"@\"2026-11-22T12:00:00@Asia/Shanghai\"", "@\"2026-11-22T12:00:00@Asia/Shanghai\""},
         {"@\"P1Y2M\"", "@\"P1Y2M\""},
         {"@\"-PT1.5S\"", "@\"-PT1.5S\""},
         {"@\"nonsense\"", "null!feel.at-literal"},
         {"[1, [2], {}]", "[1, [2], {}]"},
         {"{a: 1, \"b c\": 2}", "{a: 1, \"b c\": 2}"},
         {"[1..5]", "[1..5]"},
         {"]1..5[", "(1..5)"},
         {"(1..5]", "(1..5]"},
         {"(<5)", "(< 5)"},
         {"(>= @\"2026-01-01\")", "(>= @\"2026-01-01\")"}});
}

TEST(Syntax, commentsAndBlanks) {
  check({{"1 // one\n + 2", "3"}, {"1 /* one */ + /* two */ 2", "3"}, {"\u00A01\u3000+\u20022", "3"}});
}

TEST(Syntax, precedence) {
  check({{"1 + 2 * 3", "7"},
         {"(1 + 2) * 3", "9"},
         {"2 ** 3 ** 2", "64"},
         {"2 * 3 ** 2", "18"},
         {"-2 ** 2", "4"},
         {"10 - 2 - 3", "5"},
         {"1 < 2 and 2 < 3 or false", "true"},
         {"true or false and false", "true"},
         {"1 + 1 = 2", "true"},
         {"5 between 1 + 1 and 10 and true", "true"},
         {"-[1, 2][1]", "-1"},
         {"if true then 1 else 2 + 3", "1"},
         {"1 in [1..3] and 2 in [1..3]", "true"},
         {"1 instance of number and true", "true"}});
}

TEST(Syntax, namesWithSpacesAndOperators) {
  const Context variables{{"Monthly Fee", 10}, {"cost-benefit", 7},   {"cost", 20},   {"benefit", 5},
                          {"a+b", 1},          {"企业 规模", "小型"}, {"in stock", 3}};
  check({{"Monthly Fee * 2", "20"},
         {"Monthly  \n Fee", "10"},
         {"cost-benefit", "7"},
         {"cost - benefit", "7"},
         {"cost -(benefit)", "15"},
         {"a+b", "1"},
         {"企业 规模 = \"小型\"", "true"},
         {"in stock + 1", "4"},
         {"if cost > benefit then cost else benefit", "20"}},
        variables);
}

TEST(Syntax, namesMadeInsideTheText) {
  check({{"{first name: \"Li\", greeting: \"Dear \" + first name}.greeting", "\"Dear Li\""},
         {"{a-b: 5, c: a-b + 1}.c", "6"},
         {"for order line in [1, 2] return order line * 2", "[2, 4]"},
         {"(function(unit price, amount) unit price * amount)(3, 4)", "12"},
         {"[{unit price: 3}, {unit price: 5}][unit price > 4].unit price", "[5]"},
         {"some 办件 in [1, 5] satisfies 办件 > 4", "true"},
         {"{姓 名: \"王\"}.姓 名", "\"王\""}});
}

TEST(Syntax, unknownNamesAreReportedWhereTheyStand) {
  const Evaluation evaluation = testing::evaluate("1 +\n  missing + 2");
  EXPECT_TRUE(evaluation.value.isNull());
  ASSERT_FALSE(evaluation.diagnostics.empty());
  EXPECT_EQ(evaluation.diagnostics.front().code, "feel.unknown-name");
  EXPECT_EQ(evaluation.diagnostics.front().line, 2);
  EXPECT_EQ(evaluation.diagnostics.front().column, 3);
}

TEST(Syntax, columnsCountCodePoints) {
  const Evaluation evaluation = testing::evaluate("\"中文字\" + nothing");
  ASSERT_FALSE(evaluation.diagnostics.empty());
  EXPECT_EQ(evaluation.diagnostics.front().column, 9);
}

TEST(Syntax, refusals) {
  for (const char* text : {"",
                           "1 +",
                           "(1",
                           "[1, 2",
                           "{a: }",
                           "if true then 1",
                           "for x in [1]",
                           "1 2",
                           "\"open",
                           "/* open",
                           "a..b",
                           "{1: 2}",
                           "function(a",
                           "x instance of",
                           "@5",
                           "foo(a: 1, 2)",
                           "some x in [1]",
                           "1 = ",
                           "=",
                           "#",
                           "\"\\uD800\"",
                           "[1..",
                           "x.",
                           "{a b}"}) {
    const auto compiled = Expression::compile(text);
    ASSERT_FALSE(compiled) << text;
    EXPECT_EQ(compiled.error().code, "feel.syntax") << text;
    EXPECT_FALSE(compiled.error().where.empty());
    EXPECT_FALSE(compiled.error().title.zh.empty());
  }
  EXPECT_EQ(Expression::compile("\xFF").error().code, "feel.utf8");
  EXPECT_EQ(Expression::compile("1 +\n *").error().where, "2:2");
}

TEST(Syntax, freeNamesInOrderOfUse) {
  const auto expression =
      Expression::compile("b + a + b + count([c]) + (for i in d return i + e)[1] + {f: 1, g: f}.g");
  ASSERT_TRUE(expression);
  EXPECT_EQ(expression->names(), (std::vector<std::string>{"b", "a", "c", "d", "e"}));
}

TEST(Syntax, constants) {
  const auto constant = [](const char* text) { return Expression::compile(text)->constant() != nullptr; };
  EXPECT_TRUE(constant("\"approved\""));
  EXPECT_TRUE(constant("-1 + 2 * 3"));
  EXPECT_TRUE(constant("date(\"2026-01-01\") + duration(\"P1D\")"));
  EXPECT_TRUE(constant("[1, 2, [3..4]]"));
  EXPECT_FALSE(constant("now()"));
  EXPECT_FALSE(constant("a"));
  EXPECT_FALSE(constant("1 + null"));
}

}  // namespace syntax_test
}  // namespace jinyue::feel
