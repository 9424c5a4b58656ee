#include "registry/schema.h"

#include <gmock/gmock.h>

#include "feel/value_json.h"

namespace jinyue::registry {
namespace schema_test {

using feel::Value;

Schema compiled(std::string_view json) {
  auto schema = Schema::compile(json);
  if (!schema) throw std::runtime_error(describe(schema.error()));
  return *std::move(schema);
}

Value json(std::string_view text) {
  auto value = fromJson<Value>(text);
  if (!value) throw std::runtime_error(describe(value.error()));
  return *std::move(value);
}

/// "pointer code" of each finding.
std::vector<std::string> found(const Schema& schema, std::string_view text,
                               const SchemaSurroundings& surroundings = {}) {
  std::vector<std::string> out;
  for (const Finding& finding : schema.check(json(text), surroundings)) {
    EXPECT_FALSE(finding.text.zh.empty() || finding.text.en.empty());
    out.push_back(finding.pointer + " " + finding.code);
  }
  return out;
}

std::vector<std::string> refused(std::string_view text) {
  const auto schema = Schema::compile(text);
  std::vector<std::string> out;
  if (!schema) {
    for (const Problem& cause : schema.error().causes) out.push_back(cause.where);
  }
  return out;
}

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view firm = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object", "title": "企业", "title:en": "Firm", "additionalProperties": false,
  "required": ["uscc", "name"],
  "properties": {
    "uscc": {"type": "string", "format": "uscc", "title": "统一社会信用代码", "title:en": "USCC"},
    "name": {"type": "string", "minLength": 2, "maxLength": 4, "title": "名称", "title:en": "Name"},
    "status": {"enum": ["open", "closed"], "title": "状态", "title:en": "Status",
               "enum:titles": {"open": {"zh": "在业", "en": "open"}}},
    "capital": {"type": ["number", "null"], "minimum": 0, "multipleOf": 0.01, "title": "注册资本"},
    "founded": {"type": "string", "format": "date", "title": "成立日期"},
    "tags": {"type": "array", "items": {"$ref": "#/$defs/tag"}, "uniqueItems": true, "maxItems": 3},
    "region": {"type": "string", "format": "region", "register": "regions", "title": "所在地区"},
    "closed": {"type": "string", "format": "date", "title": "注销日期", "title:en": "Closed on"}
  },
  "if": {"properties": {"status": {"const": "closed"}}, "required": ["status"]},
  "then": {"required": ["closed"]},
  "$defs": {"tag": {"type": "string", "pattern": "^[a-z]{2,5}$"}}
})";

TEST(Schema, AcceptsWhatFits) {
  const Schema schema = compiled(firm);
  EXPECT_THAT(found(schema, R"({"uscc":"91110000600037341L","name":"示例","status":"open","capital":12.34,
                               "founded":"2020-02-29","tags":["ab","cd"]})"),
              IsEmpty());
  EXPECT_THAT(found(schema, R"({"uscc":"91110000600037341L","name":"示例","capital":null})"), IsEmpty());
}

TEST(Schema, FindsEverythingThatIsWrong) {
  EXPECT_THAT(found(compiled(firm), R"({"uscc":"91110000600037342L","name":"一","status":"lost",
                   "capital":1.005,"founded":"2021-02-29","tags":["ab","ab","TOO-LONG",4],"other":1})"),
              ElementsAre("/uscc schema.format", "/name schema.length", "/status schema.enum",
                          "/capital schema.multiple", "/founded schema.format", "/tags schema.items",
                          "/tags/1 schema.unique", "/tags/2 schema.pattern", "/tags/3 schema.type",
                          "/other schema.unknown"));
}

TEST(Schema, SaysItInBothLanguagesWithTheFieldsTitle) {
  const auto findings = compiled(firm).check(json(R"({"name":"过长的名称","status":"x"})"));
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[0].text, (Text{"“统一社会信用代码”必填", "“USCC” is required"}));
  EXPECT_EQ(findings[1].text,
            (Text{"“名称”至多 4 个字，现有 5 个", "“Name” may have 4 characters, this has 5"}));
  EXPECT_EQ(findings[2].text, (Text{"“状态”只能是：在业、closed", "“Status” can only be: open, closed"}));
}

TEST(Schema, ConditionsKnowTheTitlesOfTheObject) {
  const auto findings =
      compiled(firm).check(json(R"({"uscc":"91110000600037341L","name":"示例","status":"closed"})"));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].pointer, "/closed");
  EXPECT_EQ(findings[0].text.en, "“Closed on” is required");
}

TEST(Schema, AsksTheRegister) {
  const Schema schema = compiled(firm);
  SchemaSurroundings surroundings;
  surroundings.has_entry = [](std::string_view name, std::string_view key) {
    return name == "regions" && key == "210202";
  };
  EXPECT_THAT(found(schema, R"({"uscc":"91110000600037341L","name":"示例","region":"210202"})", surroundings),
              IsEmpty());
  EXPECT_THAT(found(schema, R"({"uscc":"91110000600037341L","name":"示例","region":"210203"})", surroundings),
              ElementsAre("/region schema.register"));
  EXPECT_THAT(schema.registers(), ElementsAre("regions"));
}

TEST(Schema, Alternatives) {
  const Schema schema =
      compiled(R"({"oneOf":[{"type":"integer"},{"minimum":10}],"anyOf":[{"type":"number"}]})");
  EXPECT_THAT(found(schema, "5"), IsEmpty());
  EXPECT_THAT(found(schema, "10.5"), IsEmpty());
  EXPECT_THAT(found(schema, "12"), ElementsAre(" schema.one-of"));
  EXPECT_THAT(found(schema, "2.5"), ElementsAre(" schema.one-of"));
  EXPECT_THAT(found(schema, "\"x\""), ElementsAre(" schema.any-of"));
}

TEST(Schema, DecimalsAreExact) {
  const Schema schema = compiled(R"({"multipleOf":0.01,"maximum":99999999999999.99})");
  EXPECT_THAT(found(schema, "0.07"), IsEmpty());
  EXPECT_THAT(found(schema, "99999999999999.99"), IsEmpty());
  EXPECT_THAT(found(schema, "99999999999999.991"), ElementsAre(" schema.maximum", " schema.multiple"));
  EXPECT_THAT(found(compiled(R"({"type":"integer","enum":[1]})"), "1.0"), IsEmpty());
}

TEST(Schema, RefusesWhatIsOutsideTheSubset) {
  EXPECT_THAT(refused(R"({"not":{},"properties":{"a":{"dependentRequired":{},"type":"text"},
                "b~/c":{"minLength":-1,"pattern":"(a+)+"}},"items":[{}],"format":"hostname"})"),
              ElementsAre("/not", "/properties/a/dependentRequired", "/properties/a/type",
                          "/properties/b~0~1c/minLength", "/properties/b~0~1c/pattern", "/items", "/format"));
  EXPECT_THAT(refused(R"({"$ref":"other.json","minLength":2})"), ElementsAre("/$ref", "/$ref"));
  EXPECT_THAT(refused(R"({"$ref":"#/$defs/a","$defs":{"a":{"properties":{"b":{"$ref":"#/$defs/a"}}}}})"),
              ElementsAre("/$defs/a"));
  EXPECT_THAT(refused(R"({"$defs":{"unused":{"const":1,"contains":{}}}})"),
              ElementsAre("/$defs/unused/contains"));
  EXPECT_THAT(refused(R"({"$schema":"http://json-schema.org/draft-07/schema#"})"), ElementsAre("/$schema"));
  EXPECT_THAT(refused(R"({"then":{}})"), ElementsAre(""));
  EXPECT_THAT(refused(R"({"enum":["a"],"enum:titles":{"b":{"zh":"乙","en":"B"}}})"),
              ElementsAre("/enum:titles/b"));
}

TEST(Schema, Patterns) {
  const auto fits = [](const std::string& pattern, std::string_view text) {
    return compiled(toJson(Value(feel::Context{{"pattern", pattern}}))).check(Value(text)).empty();
  };
  EXPECT_TRUE(fits("^辽[A-Z]·?[A-Z0-9]{5,6}$", "辽B12345"));
  EXPECT_FALSE(fits("^辽[A-Z]·?[A-Z0-9]{5,6}$", "辽B12345\n"));
  EXPECT_TRUE(fits("b", "abc"));
  EXPECT_TRUE(fits("^(?:a|b+)c?$", "bbc"));
  EXPECT_FALSE(fits("^\\d+$", "１２"));
  EXPECT_TRUE(fits("^[\\d.-]+$", "1.2-3"));
  EXPECT_TRUE(fits("^[\\[&\\]]+$", "[&]"));
  EXPECT_FALSE(fits("^.$", "\n"));
  for (const std::string_view bad : {"(a*)*", "a{2,1}", "a{1001}", "(?=a)", "\\s", "\\1", "[", "a**", "(",
                                     ")", "+a", "[]", "a++", "a+?", "[a-\\d]", "}"}) {
    EXPECT_THAT(refused(toJson(Value(feel::Context{{"pattern", bad}}))), ElementsAre("/pattern")) << bad;
  }
}

TEST(Schema, Formats) {
  const auto fits = [](std::string_view format, std::string_view text) {
    return compiled(toJson(Value(feel::Context{{"format", format}}))).check(Value(text)).empty();
  };
  for (const std::string_view good : {"13812345678", "+86 13812345678", "0411-12345678", "041112345678",
                                      "12345", "110", "400-123-4567", "0411-12345678-801"})
    EXPECT_TRUE(fits("phone", good)) << good;
  for (const std::string_view bad :
       {"", "12812345678", "1381234567", "0411", "abc", "-12345", "12345678", "+86"})
    EXPECT_FALSE(fits("phone", bad)) << bad;
  for (const std::string_view good : {"210202", "210202001", "210202001001", "210200-gaoxin"})
    EXPECT_TRUE(fits("region", good)) << good;
  for (const std::string_view bad : {"2102", "21020200", "210200-", "210200-Gaoxin", ""})
    EXPECT_FALSE(fits("region", bad)) << bad;
  EXPECT_TRUE(fits("date-time", "2026-11-22T09:30:00+08:00"));
  EXPECT_FALSE(fits("date-time", "2026-11-22T09:30:00"));
  EXPECT_TRUE(fits("time", "09:30:00"));
  EXPECT_FALSE(fits("time", "24:30:00"));
  EXPECT_TRUE(fits("email", "a.b@example.com"));
  for (const std::string_view bad : {"@example.com", "a@", "a@b", "a b@example.com", "a@b@c.com"})
    EXPECT_FALSE(fits("email", bad)) << bad;
  EXPECT_TRUE(fits("uri", "https://example.com/a?b=c"));
  EXPECT_FALSE(fits("uri", "javascript:alert(1)"));
  EXPECT_TRUE(fits("resident-id", "11010519491231002X"));
}

TEST(Schema, GivesDatesToFeelAndTakesThemBack) {
  const Schema schema = compiled(firm);
  const Value plain = json(R"({"uscc":"91110000600037341L","name":"示例","founded":"2020-02-29"})");
  const Value typed = schema.typed(plain);
  EXPECT_EQ(*typed.context().find("founded"), Value(feel::CivilDate{2020, 2, 29}));
  EXPECT_THAT(schema.check(typed), IsEmpty());
  EXPECT_EQ(Schema::plain(typed), plain);
  EXPECT_THAT(found(schema, R"({"uscc":"91110000600037341L","name":"示例","founded":{"@":"P2D"}})"),
              ElementsAre("/founded schema.format"));
}

TEST(Schema, DescribesItsFields) {
  const Schema schema = compiled(firm);
  EXPECT_EQ(schema.title(), (Text{"企业", "Firm"}));
  ASSERT_EQ(schema.fields().size(), 8U);
  const Field& status = *schema.field("status");
  EXPECT_EQ(status.options.size(), 2U);
  EXPECT_EQ(status.option_titles.at("open").zh, "在业");
  EXPECT_TRUE(schema.field("name")->required);
  EXPECT_FALSE(schema.field("closed")->required);
  EXPECT_FALSE(schema.field("founded")->has_english);
  EXPECT_EQ(schema.field("tags")->item_types, std::vector<std::string>{"string"});
  EXPECT_EQ(schema.field("region")->register_name, "regions");
  EXPECT_EQ(schema.field("nothing"), nullptr);
}

TEST(Schema, CollectsABoundedNumberOfFindings) {
  std::string many = "[";
  for (int index = 0; index < 5000; ++index) many += index == 0 ? "1" : ",1";
  SchemaSurroundings surroundings;
  surroundings.max_findings = 7;
  EXPECT_EQ(found(compiled(R"({"items":{"type":"string"}})"), many + "]", surroundings).size(), 7U);
}

}  // namespace schema_test
}  // namespace jinyue::registry
