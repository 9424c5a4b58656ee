// The static checker.
#include "support.h"

namespace jinyue::feel {
namespace check_test {

Environment environment() {
  Environment known;
  const Type firm =
      Type::context({{"name", Type::string()}, {"staff", Type::number()}, {"founded", *Type::named("date")}});
  known.variables = {{"firm", firm},
                     {"firms", Type::list(firm)},
                     {"amount", Type::number()},
                     {"anything", Type::any()},
                     {"paid", Type::boolean()}};
  known.types = {{"tFirm", firm}};
  known.tested = Type::number();
  return known;
}

/// "code@column, …" for what the checker finds.
std::string found(std::string_view text, bool tests = false) {
  const Environment known = environment();
  const auto expression =
      tests ? Expression::compileUnaryTestsIn(text, known) : Expression::compileIn(text, known);
  if (!expression) return "refused: " + describe(expression.error());
  std::string list;
  for (const Diagnostic& one : check(*expression, known).diagnostics) {
    list += (list.empty() ? "" : ", ") + one.code + "@" + std::to_string(one.column);
  }
  return list;
}

std::string typeOfText(std::string_view text) {
  const Environment known = environment();
  return check(*Expression::compileIn(text, known), known).type.toString();
}

TEST(Check, nothingToSay) {
  for (const char* text : {"firm.staff > 10 and paid",
                           "firms[staff > 10].name",
                           "count(firms)",
                           "sum(firms.staff) + amount",
                           "firm instance of tFirm",
                           "anything.whatever + 1",
                           "if paid then amount else null",
                           "for f in firms return f.staff * 2",
                           "amount in [1..10]",
                           "amount in (1, 5, > 10)",
                           "{a: 1, b: a + 1}.b",
                           "firms[1].name + \"!\"",
                           "firm.founded + duration(\"P1D\") > today()",
                           "amount = null",
                           "(function(x: number) x)(amount)",
                           "string length(firm.name)",
                           "some f in firms satisfies f.name = \"a\"",
                           "[1, \"a\", null]",
                           "firm.founded.year",
                           "count(amount)",
                           "{f: function(n: number) if n = 0 then 1 else n * f(n - 1)}.f(5)",
                           "firms[item.staff > amount]",
                           "anything[x > 1]"}) {
    EXPECT_EQ(found(text), "") << text;
  }
  for (const char* text :
       {"> 5", "[1..10], 20", "-", "not(5)", "? > 5", "amount", "null", "paid and amount > 3", "[1, 2]"})
    EXPECT_EQ(found(text, true), "") << text;
}

TEST(Check, finds) {
  EXPECT_EQ(found("amunt + 1"), "feel.unknown-name@1");
  EXPECT_EQ(found("firms[stuff > 1]"), "feel.unknown-name@7");
  EXPECT_EQ(found("firm.stuff"), "feel.no-entry@5");
  EXPECT_EQ(found("amount.x"), "feel.no-entry@7");
  EXPECT_EQ(found("amount = \"5\""), "feel.comparison@8");
  EXPECT_EQ(found("paid > false"), "feel.comparison@6");
  EXPECT_EQ(found("amount between 1 and \"x\""), "feel.comparison@8");
  EXPECT_EQ(found("amount in [\"a\"..\"b\"]"), "feel.comparison@11");
  EXPECT_EQ(found("firm.name * 2"), "feel.arithmetic@11");
  EXPECT_EQ(found("-firm.name"), "feel.arithmetic@1");
  EXPECT_EQ(found("if amount then 1 else 2"), "feel.condition@4");
  EXPECT_EQ(found("amount and paid"), "feel.condition@1");
  EXPECT_EQ(found("string length(amount)"), "feel.argument-type@14");
  EXPECT_EQ(found("string length()"), "feel.arguments@14");
  EXPECT_EQ(found("substring(text: \"a\", start position: 1)"), "feel.arguments@10");
  EXPECT_EQ(found("amount(1)"), "feel.no-function@7");
  EXPECT_EQ(found("(function(x: number) x)(\"a\")"), "feel.argument-type@25");
  EXPECT_EQ(found("firms[name]"), "feel.filter@7");
  EXPECT_EQ(found("firm instance of tFrim"), "feel.unknown-type@6");
  EXPECT_EQ(found("@\"2026-13-01\""), "feel.at-literal@1");
  EXPECT_EQ(found("{a: 1, a: 2}"), "feel.duplicate-entry@1");
  EXPECT_EQ(found("\"a\"", true), "feel.comparison@1");
  EXPECT_EQ(found("< \"a\"", true), "feel.comparison@1");
  EXPECT_EQ(found("some f in firms satisfies f.staff"), "feel.condition@28");
}

/// What the author of a pack writes wrong.
TEST(Check, findsWhatAuthorsWriteWrong) {
  EXPECT_EQ(found("firm.Staff > 10"), "feel.no-entry@5");                   // another case
  EXPECT_EQ(found("firm.founded > \"2020-01-01\""), "feel.comparison@14");  // a text for a date
  EXPECT_EQ(found("firm.founded > date and time(\"2020-01-01T00:00:00\")"), "feel.comparison@14");
  EXPECT_EQ(found("firm.founded - \"P1Y\""), "feel.arithmetic@14");  // a text for a duration
  EXPECT_EQ(found("firm.founded + 30"), "feel.arithmetic@14");       // a number of days
  EXPECT_EQ(found("firm.name = null or firm.staff = \"\""), "feel.comparison@32");
  EXPECT_EQ(found("if firm.staff then 1 else 2"), "feel.condition@8");
  EXPECT_EQ(found("count(firms[staff > \"10\"]) > 0"), "feel.comparison@19");
  EXPECT_EQ(found("firms.staff > 10"), "feel.comparison@13");  // of a list
  EXPECT_EQ(found("for f in firms return f.sttaff"), "feel.no-entry@24");
  EXPECT_EQ(found("every f in firms satisfies staff > 1"), "feel.unknown-name@28");
  EXPECT_EQ(found("contains(firm.staff, \"1\")"), "feel.argument-type@9");
  EXPECT_EQ(found("matches(firm.name, \"(有限\")"), "feel.pattern@20");
  EXPECT_EQ(found("replace(pattern: \"[\", input: firm.name, replacement: \"\")"), "feel.pattern@18");
  EXPECT_EQ(found("split(firm.name, \"(\")"), "feel.pattern@18");
  EXPECT_EQ(found("matches(firm.name, \"a\", \"g\")"), "feel.pattern@20");
  EXPECT_EQ(found("amount in (\"a\", > \"b\")"), "feel.comparison@12, feel.comparison@17");
  EXPECT_EQ(found("add working days(firm.founded)"), "feel.arguments@17");
  EXPECT_EQ(found("add working days(firm.name, 5)"), "feel.argument-type@17");
  EXPECT_EQ(found("lookup(firm.staff, \"x\", today())"), "feel.argument-type@7");
  EXPECT_EQ(found("working days between(firm.founded, today()) > \"5\""), "feel.comparison@45");
  EXPECT_EQ(found("[1..\"z\"]", true), "feel.comparison@1");
  EXPECT_EQ(found("@\"2026-01-01\"", true), "feel.comparison@1");
  EXPECT_EQ(found("not(\"a\", 5)", true), "feel.comparison@5");
  EXPECT_EQ(found("? > amuont", true), "feel.unknown-name@5");
  EXPECT_EQ(found("amuont", true), "feel.unknown-name@1");
}

TEST(Check, tellsTypes) {
  EXPECT_EQ(typeOfText("firms.staff"), "list<number>");
  EXPECT_EQ(typeOfText("firms[1]"), "context<name: string, staff: number, founded: date>");
  EXPECT_EQ(typeOfText("firm.founded - firm.founded"), "days and time duration");
  EXPECT_EQ(typeOfText("for f in firms return f.name"), "list<string>");
  EXPECT_EQ(typeOfText("{a: 1, b: \"x\"}"), "context<a: number, b: string>");
  EXPECT_EQ(typeOfText("if paid then 1 else null"), "number");
  EXPECT_EQ(typeOfText("if paid then 1 else \"x\""), "Any");
  EXPECT_EQ(typeOfText("function(x: number) x > 1"), "function<number> -> boolean");
  EXPECT_EQ(typeOfText("upper case(firm.name)"), "string");
  EXPECT_EQ(typeOfText("[1..5]"), "range<number>");
}

TEST(Types, conformance) {
  const Type number = Type::number();
  EXPECT_TRUE(number.conformsTo(Type::any()));
  EXPECT_FALSE(Type::any().conformsTo(number));
  EXPECT_TRUE(Type::null().conformsTo(number));
  EXPECT_TRUE(Type::list(number).conformsTo(Type::list()));
  EXPECT_FALSE(Type::list().conformsTo(Type::list(number)));
  EXPECT_TRUE(Type::context({{"a", number}, {"b", number}}).conformsTo(Type::context({{"a", number}})));
  EXPECT_FALSE(Type::context({{"a", number}}).conformsTo(Type::context({{"a", number}, {"b", number}})));
  EXPECT_TRUE(Type::function({Type::any()}, number).conformsTo(Type::function({number}, Type::any())));
  EXPECT_FALSE(Type::function({number}, number).conformsTo(Type::function({Type::any()}, number)));
}

TEST(Types, implicitConversions) {
  EXPECT_EQ(converted(List{5}, Type::number()), Value(5));
  EXPECT_EQ(converted(5, Type::list(Type::number())), Value(List{5}));
  EXPECT_EQ(converted(CivilDate{2026, 1, 1}, *Type::named("date and time")),
            Value(DateTime{{2026, 1, 1}, {0, {0, nullptr}}}));
  EXPECT_EQ(converted(Value(), Type::number()), Value());
  EXPECT_EQ(converted("a", Type::number()), std::nullopt);
  EXPECT_EQ(converted(List{5, 6}, Type::number()), std::nullopt);
  EXPECT_EQ(converted(List{"a"}, Type::list(Type::number())), std::nullopt);
}

}  // namespace check_test
}  // namespace jinyue::feel
