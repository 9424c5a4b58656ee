// What our schemas accept is what another implementation of JSON Schema (valijson, draft 7) accepts: schemas
// and values of the subset at random. Texts of formats and decimal multiples are left out: valijson does not
// assert the one and counts the other in binary; 2.0, which is an integer, is none for it. A multiple is
// written 2.0: by 2 it divides what is left of a number when its fraction is cut off, and 2.5 would be a
// multiple.
#include <boost/json.hpp>
#include <rapidcheck/gtest.h>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "feel/value_json.h"
#include "registry/schema.h"

namespace jinyue::registry {
namespace {

using rc::gen::elementOf;
using rc::gen::inRange;

std::string pick(std::initializer_list<std::string> words) {
  return *elementOf(std::vector<std::string>(words));
}

std::string randomValue(int depth) {
  switch (*inRange(0, depth > 0 ? 8 : 6)) {
    case 0: return "null";
    case 1: return pick({"true", "false"});
    case 2: return std::to_string(*inRange(-3, 12));
    case 3: return pick({"1.5", "2.25", "-0.25"});
    case 4:
    case 5: return pick({R"("")", R"("a")", R"("ab")", R"("12")", R"("辽B")", R"("abcdef")"});
    case 6: {
      std::string out = "[";
      for (int count = *inRange(0, 4); count > 0; --count)
        out += randomValue(depth - 1) + (count > 1 ? "," : "");
      return out + "]";
    }
    default: {
      std::string out;
      for (const std::string name : {"a", "b", "c"}) {
        if (*inRange(0, 3) > 0)
          out += (out.empty() ? "" : ",") + fmt::format(R"("{}":{})", name, randomValue(depth - 1));
      }
      return "{" + out + "}";
    }
  }
}

std::string randomSchema(int depth);

std::string schemaList(int depth) {
  std::string out = "[" + randomSchema(depth - 1);
  if (*inRange(0, 2) > 0) out += "," + randomSchema(depth - 1);
  return out + "]";
}

std::string randomKeyword(int depth) {
  const auto small = [] { return std::to_string(*inRange(0, 5)); };
  switch (*inRange(0, depth > 0 ? 24 : 14)) {
    case 0:
      return R"("type":)" + pick({R"("string")", R"("number")", R"("integer")", R"("object")", R"("array")"});
    case 1: return R"("type":["string","null"])";
    case 2: return R"("required":)" + pick({R"(["a"])", R"(["a","b"])", R"([])"});
    case 3: return R"("enum":)" + pick({R"([1,"a",null])", R"([[1],{"a":1}])", "[2]"});
    case 4: return R"("const":)" + randomValue(1);
    case 5: return R"("minItems":)" + small();
    case 6: return R"("maxItems":)" + small();
    case 7: return R"("uniqueItems":true)";
    case 8: return R"("minLength":)" + small();
    case 9: return R"("maxLength":)" + small();
    case 10: return R"("pattern":)" + pick({R"("^[a-z]+$")", R"("1")", R"("^(?:a|ab)$")", R"("b{1,2}")"});
    case 11: return R"("minimum":)" + small();
    case 12: return R"("exclusiveMaximum":)" + small();
    case 13: return fmt::format(R"("multipleOf":{}.0)", *inRange(1, 4));
    case 14: return R"("items":)" + randomSchema(depth - 1);
    case 15:
    case 16:
      return fmt::format(R"("properties":{{"a":{},"b":{}}})", randomSchema(depth - 1),
                         randomSchema(depth - 1));
    case 17: return R"("additionalProperties":)" + pick({"false", "true", R"({"type":"integer"})"});
    case 18: return R"("allOf":)" + schemaList(depth);
    case 19: return R"("anyOf":)" + schemaList(depth);
    case 20: return R"("oneOf":)" + schemaList(depth);
    case 21: return fmt::format(R"("if":{},"then":{})", randomSchema(depth - 1), randomSchema(depth - 1));
    case 22: return fmt::format(R"("if":{},"else":{})", randomSchema(depth - 1), randomSchema(depth - 1));
    default: return R"("type":"object")";
  }
}

std::string randomSchema(int depth) {
  std::map<std::string, std::string> keywords;  // a keyword once
  for (int count = *inRange(1, 4); count > 0; --count) {
    const std::string keyword = randomKeyword(depth);
    keywords.emplace(keyword.substr(0, keyword.find(':')), keyword);
  }
  std::string out;
  for (const auto& [name, keyword] : keywords) out += (out.empty() ? "" : ",") + keyword;
  return "{" + out + "}";
}

bool othersAccept(const std::string& schema, const std::string& value) {
  valijson::Schema parsed;
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  const boost::json::value schema_json = boost::json::parse(schema);
  parser.populateSchema(valijson::adapters::BoostJsonAdapter(schema_json), parsed);
  const boost::json::value value_json = boost::json::parse(value);
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  return validator.validate(parsed, valijson::adapters::BoostJsonAdapter(value_json), nullptr);
}

TEST(SchemaAgreement, AWholeNumberWithAPointIsAnInteger) {
  EXPECT_TRUE(Schema::compile(R"({"type":"integer"})")->check(*fromJson<feel::Value>("2.0")).empty());
  EXPECT_FALSE(othersAccept(R"({"type":"integer"})", "2.0"))
      << "then the numbers at random may have it again";
}

RC_GTEST_PROP(SchemaAgreement, WithAnotherImplementation, ()) {
  const std::string schema = randomSchema(3);
  const auto compiled = Schema::compile(schema);
  RC_ASSERT(compiled);
  for (int tries = 0; tries < 8; ++tries) {
    const std::string value = randomValue(2);
    const bool ours = compiled->check(*fromJson<feel::Value>(value)).empty();
    RC_TAG(ours);
    RC_LOG() << schema << "\n" << value << "\n";
    RC_ASSERT(ours == othersAccept(schema, value));
  }
}

}  // namespace
}  // namespace jinyue::registry
