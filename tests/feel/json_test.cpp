#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "feel/feel.h"
#include "feel/value_json.h"

namespace jinyue::feel {
namespace json_test {

std::string shown(const Value& value) { return toJson(value); }

std::string readBack(std::string_view json) {
  const auto context = fromJson<Context>(std::string{"{\"v\":"} + std::string{json} + "}");
  return context ? toLiteral(*context->find("v")) : context.error().code;
}

TEST(Json, writes) {
  EXPECT_EQ(shown(Value()), "null");
  EXPECT_EQ(shown(true), "true");
  EXPECT_EQ(shown("a\"中"), "\"a\\\"中\"");
  EXPECT_EQ(shown(*Number::parse("12345678901234567890.123456789")), "12345678901234567890.123456789");
  EXPECT_EQ(shown(*Number::parse("1e300")), "1E300");
  EXPECT_EQ(shown(CivilDate{2026, 11, 22}), R"({"@":"2026-11-22"})");
  EXPECT_EQ(shown(DaysDuration{nanos_per_day}), R"({"@":"P1D"})");
  EXPECT_EQ(shown(List{1, List{}, Context{{"a", 2}}}), R"([1,[],{"a":2}])");
  EXPECT_EQ(shown(Range{1, 2, true, false}),
            R"({"@range":{"start":1,"end":2,"start included":true,"end included":false}})");
  EXPECT_EQ(shown(Context{{"@", "2026-11-22"}}), R"({"@context":{"@":"2026-11-22"}})");
  EXPECT_EQ(shown(Context{{"@", 1}, {"b", 2}}), R"({"@":1,"b":2})");
}

TEST(Json, functionsAreNoData) {
  const Facts facts{};
  const Value function = Expression::compile("{f: function(x) x}")->evaluate(Context{}, facts).value;
  EXPECT_FALSE(isData(function));
  EXPECT_TRUE(isData(List{1, Context{{"a", CivilDate{}}}}));
  EXPECT_THROW(shown(function), std::invalid_argument);
}

TEST(Json, readsNumbersExactly) {
  EXPECT_EQ(readBack("0.1234567890123456789012345678901234"), "0.1234567890123456789012345678901234");
  EXPECT_EQ(readBack("1e3"), "1000");
  EXPECT_EQ(readBack("-0"), "0");
  EXPECT_EQ(readBack("9007199254740993"), "9007199254740993");
  EXPECT_EQ(readBack("1E400").size(), 401U);
}

TEST(Json, refuses) {
  for (const char* json :
       {R"({"@":"2026-13-01"})", R"({"@":5})", R"({"@range":{"start":1}})", R"({"@other":1})", "1e9999", "01",
        "1.", "+1", "NaN", R"({"a":1,"a":2})", R"({"@context":5})"}) {
    EXPECT_FALSE(fromJson<Context>(std::string{"{\"v\":"} + json + "}")) << json;
  }
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += '[';
  EXPECT_FALSE(fromJson<Context>("{\"v\":" + deep));
}

rc::Gen<std::string> names() {
  return rc::gen::element<std::string>("a", "b", "c d", "@", "@range", "@context", "名称", "start", "",
                                       "\"q\"");
}

rc::Gen<Value> values(int depth) {
  using rc::gen::map;
  std::vector<rc::Gen<Value>> kinds{
      rc::gen::just(Value()),
      map(rc::gen::arbitrary<bool>(), [](bool b) { return Value(b); }),
      map(rc::gen::pair(rc::gen::arbitrary<std::int64_t>(), rc::gen::inRange(-40, 41)),
          [](const std::pair<std::int64_t, int>& n) { return Value(Number::scaled(n.first, n.second)); }),
      map(rc::gen::element<std::string>("", "short", "中文", "a string that doesn't fit inside a value", "@",
                                        "\n\"\\"),
          [](const std::string& s) { return Value(s); }),
      map(rc::gen::inRange<std::int64_t>(-900'000'000, 900'000'000),
          [](std::int64_t days) { return Value(*fromDays(days)); }),
      map(rc::gen::inRange<std::int64_t>(0, nanos_per_day),
          [](std::int64_t nanos) { return Value(ClockTime{nanos, {}}); }),
      map(rc::gen::pair(rc::gen::inRange<std::int64_t>(0, nanos_per_day), rc::gen::inRange(-18, 19)),
          [](const std::pair<std::int64_t, int>& p) {
            return Value(DateTime{{2026, 11, 22}, {p.first, {p.second * 3600, nullptr}}});
          }),
      rc::gen::just(Value(DateTime{{2026, 1, 1}, {0, *zoneNamed("Asia/Shanghai")}})),
      map(rc::gen::arbitrary<std::int64_t>(),
          [](std::int64_t nanos) { return Value(DaysDuration{Int128{nanos}}); }),
      map(rc::gen::inRange<std::int64_t>(-100'000, 100'000),
          [](std::int64_t months) { return Value(YearsDuration{months}); }),
  };
  if (depth > 0) {
    const auto upToFour = [](const auto& generator) {
      return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, 5), [generator](std::size_t count) {
        using Item = typename std::decay_t<decltype(generator)>::ValueType;
        return rc::gen::container<std::vector<Item>>(count, generator);
      });
    };
    kinds.push_back(
        map(upToFour(values(depth - 1)), [](const std::vector<Value>& items) { return Value(items); }));
    kinds.push_back(map(upToFour(rc::gen::pair(names(), values(depth - 1))), [](const auto& entries) {
      Context context;
      for (const auto& [name, value] : entries) context.set(name, value);
      return Value(std::move(context));
    }));
    kinds.push_back(map(
        rc::gen::tuple(values(0), values(0), rc::gen::arbitrary<bool>(), rc::gen::arbitrary<bool>()),
        [](const auto& parts) {
          return Value(Range{std::get<0>(parts), std::get<1>(parts), std::get<2>(parts), std::get<3>(parts)});
        }));
    kinds.push_back(map(values(0), [](const Value& endpoint) {
      return Value(Range::comparison(RangeForm::less, endpoint));
    }));
  }
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, kinds.size()),
                         [kinds](std::size_t index) { return kinds[index]; });
}

RC_GTEST_PROP(JsonProperty, everyValueComesBack, ()) {
  const Value value = *values(3);
  const Context context{{"value", value}};
  const auto back = fromJson<Context>(toJson(context));
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == context);
  RC_ASSERT(toJson(*back) == toJson(context));
}

RC_GTEST_PROP(ValueProperty, hashAgreesWithIdentity, ()) {
  const Value a = *values(2);
  const Value b = *values(2);
  if (a == b) RC_ASSERT(hashOf(a) == hashOf(b));
  const Value copy = a;
  RC_ASSERT(copy == a);
  RC_ASSERT(hashOf(copy) == hashOf(a));
}

RC_GTEST_PROP(ValueProperty, literalsEvaluateToTheirValue, ()) {
  const Value value = *values(2);
  const auto hasNullEnd = [](auto&& self, const Value& v) -> bool {
    if (const Range* range = v.asRange()) {
      return !compare(range->start, range->end).has_value() || range->form != RangeForm::endpoints;
    }
    if (v.is(Kind::list))
      return std::ranges::any_of(v.list(), [&](const Value& item) { return self(self, item); });
    if (v.is(Kind::context))
      return std::ranges::any_of(v.context(), [&](const auto& entry) { return self(self, entry.value); });
    return false;
  };
  RC_PRE(!hasNullEnd(hasNullEnd, value));
  const auto expression = Expression::compile(toLiteral(value));
  RC_ASSERT(expression.has_value());
  const Facts facts{};
  RC_ASSERT(expression->evaluate(Context{}, facts).value == value);
}

}  // namespace json_test
}  // namespace jinyue::feel
