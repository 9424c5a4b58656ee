#include <gtest/gtest.h>

#include "base/json_read.h"

namespace jinyue {
namespace {

enum class Light { green, red };
BOOST_DESCRIBE_ENUM(Light, green, red)

struct Inner {
  std::string name;
  std::optional<int> count;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, count))

struct Opened {
  static constexpr std::string_view json_type = "opened";
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(Opened, (), (id))
struct Closed {
  static constexpr std::string_view json_type = "closed";
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Closed, (), (reason))

struct Outer {
  bool flag = false;
  Light light = Light::green;
  Date day;
  Instant at;
  std::vector<Inner> inner;
  std::map<std::string, int, std::less<>> counts;
  std::vector<std::variant<Opened, Closed>> events;
};
BOOST_DESCRIBE_STRUCT(Outer, (), (flag, light, day, at, inner, counts, events))

TEST(Json, WritesAndReadsBackTheSame) {
  const std::string text =
      R"({"flag":true,"light":"red","day":"2026-02-28","at":"2026-02-28T01:02:03.004Z",)"
      R"("inner":[{"name":"近悦 \"x\"\n\u0001","count":3},{"name":""}],"counts":{"甲":1,"乙":-2},)"
      R"("events":[{"type":"opened","id":9007199254740993},{"type":"closed","reason":"办结"}]})";
  const auto outer = fromJson<Outer>(text);
  ASSERT_TRUE(outer) << describe(outer.error());
  EXPECT_EQ(std::get<Opened>(outer->events[0]).id, 9007199254740993);
  const std::string again = toJson(*outer);
  ASSERT_TRUE(fromJson<Outer>(again));
  EXPECT_EQ(toJson(*fromJson<Outer>(again)), again);
}

TEST(Json, ReportsEveryProblemWithItsPlace) {
  const auto outer = fromJson<Outer>(
      R"({"flag":"yes","light":"blue","day":"2026-02-30","inner":[{"nam":"x"}],"events":[{"type":"lost"}]})");
  ASSERT_FALSE(outer);
  std::vector<std::string> seen;
  for (const Problem& cause : outer.error().causes) seen.push_back(cause.code + " " + cause.where);
  EXPECT_EQ(seen, (std::vector<std::string>{"json.type /flag", "json.unknown-word /light", "json.type /day",
                                            "json.unknown /inner/0/nam", "json.missing /inner/0/name",
                                            "json.unknown-type /events/0/type", "json.missing /at"}));
}

TEST(Json, ADocumentMayBeAMereScalar) {
  EXPECT_EQ(fromJson<std::string>("\"近悦\""), "近悦");
  EXPECT_EQ(fromJson<int>(" 12 "), 12);
  for (const char* text : {"12 13", "12,13", "12]", "\"a\" x", "1[", "]"})
    EXPECT_FALSE(fromJson<int>(text)) << text;
}

TEST(Json, RefusesWhatIsNotJson) {
  for (const char* text :
       {"", "{", "nul", "[1", R"({"name":"a"}x)", "{\"name\":\"\xff\"}", R"({"name":"a","name":"b"})"}) {
    EXPECT_FALSE(fromJson<Inner>(text)) << text;
  }
}

struct Sparse {
  static constexpr bool json_sparse = true;
  int number = 7;
  std::string name;
  std::vector<int> list;
  bool operator==(const Sparse&) const = default;
};
BOOST_DESCRIBE_STRUCT(Sparse, (), (number, name, list))

TEST(Json, ASparseStructLeavesOutWhatHasItsDefault) {
  EXPECT_EQ(toJson(Sparse{}), "{}");
  EXPECT_EQ(toJson(Sparse{0, "a", {}}), R"({"number":0,"name":"a"})");
  EXPECT_EQ(fromJson<Sparse>("{}").value(), Sparse{});
  EXPECT_EQ(fromJson<Sparse>(R"({"list":[1]})").value(), (Sparse{7, "", {1}}));
  EXPECT_FALSE(fromJson<Sparse>(R"({"other":1})"));
}

TEST(Json, RefusesWhatIsNestedTooDeeply) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += R"({"a":)";
  EXPECT_FALSE(fromJson<Inner>(text));
}

}  // namespace
}  // namespace jinyue
