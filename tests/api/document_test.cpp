// What the descriptions of the endpoints say, without a request: rules, the document, the matrix.

#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "api/endpoint.h"
#include "api/matrix.h"
#include "api/openapi.h"
#include "api/served_city.h"

namespace jinyue::api {
namespace {

using test::SchemaChecker;
using test::ServedCity;

Description plainDescription(http::Method method, Repeats repeats, AccessRule access) {
  return {.method = method,
          .path = "/things",
          .name = "doThing",
          .tag = "things",
          .summary = {"做", "does"},
          .access = access,
          .repeats = repeats};
}

TEST(Endpoints, RefusesDescriptionsThatCannotBeRight) {
  const auto nothing = [](Call&, const In<>&) -> Result<api::Answer<Nothing>> { return Nothing{}; };
  Endpoints keyed_by_nobody;
  EXPECT_THROW(
      keyed_by_nobody.add(plainDescription(http::Method::post, Repeats::by_engine, anyone()), nothing),
      std::logic_error);
  Endpoints no_first_outcome;
  EXPECT_THROW(
      no_first_outcome.add(plainDescription(http::Method::post, Repeats::by_store, signedIn()), nothing),
      std::logic_error);
  Endpoints twice;
  twice.add(plainDescription(http::Method::get, Repeats::harmless, signedIn()), nothing);
  EXPECT_THROW(twice.add(plainDescription(http::Method::get, Repeats::harmless, signedIn()), nothing),
               std::logic_error);
  Endpoints silent;
  auto description = plainDescription(http::Method::get, Repeats::harmless, signedIn());
  description.summary = {"做", ""};
  EXPECT_THROW(silent.add(description, nothing), std::logic_error);
}

struct Inner {
  std::vector<std::string> words;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (words))
enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)
struct Circle {
  static constexpr std::string_view json_type = "circle";
  int radius = 0;
};
BOOST_DESCRIBE_STRUCT(Circle, (), (radius))
struct Dot {
  static constexpr std::string_view json_type = "dot";
};
BOOST_DESCRIBE_STRUCT(Dot, (), ())
struct Sample {
  std::string text;
  std::optional<Instant> at;
  Date day;
  Colour colour = Colour::red;
  Inner inner;
  std::map<std::string, int, std::less<>> counts;
  std::variant<Circle, Dot> shape;
  static std::vector<About> about() { return {{"text", {"字", "text"}, R"("甲")", 1, 3}}; }
};
BOOST_DESCRIBE_STRUCT(Sample, (), (text, at, day, colour, inner, counts, shape))

boost::json::value documentOf(SchemaBook& book, const std::string& schema) {
  return boost::json::parse(R"({"components":{"schemas":{)" + book.components() + R"(}},"schema":)" +
                            book.resolved(schema) + '}');
}

TEST(Schemas, SayWhatTheWriterWrites) {
  SchemaBook book;
  const auto document = documentOf(book, book.of<Sample>(SchemaUse::answer));
  const SchemaChecker checker(document);
  Sample sample;
  sample.text = "甲乙";
  sample.day = makeDate(2026, 9, 21);
  sample.counts["a"] = 1;
  sample.shape = Circle{3};
  EXPECT_EQ(checker.check(document.at("schema"), boost::json::parse(toJson(sample))),
            std::vector<std::string>{});
  sample.text = "甲乙丙丁";
  EXPECT_EQ(checker.check(document.at("schema"), boost::json::parse(toJson(sample))).size(), 1U);
}

TEST(Schemas, OfBodiesAreThoseOfAnswersUnlessBothAreThere) {
  SchemaBook book;
  const std::string body = book.of<Sample>(SchemaUse::body);
  EXPECT_EQ(book.resolved(body), R"({"$ref":"#/components/schemas/Sample"})");
  const std::string answer = book.of<Sample>(SchemaUse::answer);
  EXPECT_EQ(book.resolved(answer), R"({"$ref":"#/components/schemas/Sample"})");
  EXPECT_EQ(book.resolved(body), R"({"$ref":"#/components/schemas/SampleInput"})");
  const auto document = documentOf(book, body);
  // What a body may leave out, an answer has.
  const auto& schemas = document.at("components").at("schemas");
  EXPECT_EQ(
      boost::json::serialize(schemas.at("InnerInput")),
      R"({"type":"object","properties":{"words":{"type":"array","items":{"type":"string"}}},"additionalProperties":false})");
  EXPECT_EQ(
      boost::json::serialize(schemas.at("Inner")),
      R"({"type":"object","properties":{"words":{"type":"array","items":{"type":"string"}}},"required":["words"]})");
}

struct SampleQuery {
  std::optional<int> limit;
  std::optional<Colour> colour;
  std::optional<bool> open;
  std::string q;
  static std::vector<About> about() { return {{"limit", {}, {}, 1, 10}}; }
};
BOOST_DESCRIBE_STRUCT(SampleQuery, (), (limit, colour, open, q))

TEST(Queries, AreReadStrictly) {
  const auto good =
      readQuery<SampleQuery>({{"limit", "10"}, {"colour", "green"}, {"open", "true"}, {"q", "路灯"}});
  ASSERT_TRUE(good);
  EXPECT_EQ(good->limit, 10);
  EXPECT_EQ(good->colour, Colour::green);
  EXPECT_EQ(good->open, true);
  EXPECT_EQ(good->q, "路灯");
  const auto wrong = readQuery<SampleQuery>(
      {{"limit", "ten"}, {"colour", "blue"}, {"open", "yes"}, {"sort", "1;drop table"}, {"colour", "red"}});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().causes.size(), 6U);  // limit, colour, open, unknown, twice, q is missing
  EXPECT_EQ(readQuery<SampleQuery>({{"q", ""}, {"limit", "11"}}).error().code, "value.range");
  const auto unknown = readQuery<SampleQuery>({{"q", ""}, {"x", "1"}});
  EXPECT_EQ(unknown.error().detail.en, "there are: limit, colour, open, q");
}

TEST(Interface, DocumentIsWhole) {
  ServedCity city;
  EXPECT_EQ(city.document().checkDocument(), std::vector<std::string>{});
  const auto& document = city.document().document();
  EXPECT_EQ(document.at("openapi").as_string(), "3.1.0");
  std::set<std::string> names;
  for (const auto& endpoint : city.office().endpoints().all()) {
    const Description& described = endpoint->description;
    EXPECT_TRUE(names.insert(described.name).second) << described.name;
    std::string method{http::toString(described.method)};
    for (char& c : method) c = static_cast<char>(c | 0x20);
    const auto* operation = city.document().operation(described.path, method);
    ASSERT_TRUE(operation) << described.path;
    EXPECT_TRUE(operation->contains("x-access")) << described.name;
    // An example of a body is a good body.
    if (!described.example.empty()) {
      const auto& schema = operation->at("requestBody").at("content").at("application/json").at("schema");
      EXPECT_EQ(city.document().check(schema, boost::json::parse(described.example)),
                std::vector<std::string>{})
          << described.name;
    }
  }
  EXPECT_GT(names.size(), 90U);
}

/// Changed on purpose? `jinyue access-matrix > docs/access-matrix.md`.
TEST(Interface, MatrixInTheDocumentationIsThatOfTheProgram) {
  ServedCity city;
  const auto dalian = packs::readPack(JINYUE_SOURCE_DIR "/packs/dalian");
  ASSERT_TRUE(dalian) << describe(dalian.error());
  const auto deployed = city.office().deploy(*dalian);
  ASSERT_TRUE(deployed) << describe(deployed.error());
  std::ifstream file(JINYUE_SOURCE_DIR "/docs/access-matrix.md");
  std::ostringstream text;
  text << file.rdbuf();
  EXPECT_EQ(text.str(), accessMatrix(city.office().endpoints(), *city.office().packs().roleBook()));
}

}  // namespace
}  // namespace jinyue::api
