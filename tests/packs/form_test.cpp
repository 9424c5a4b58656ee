#include "packs/form.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "feel/value_json.h"

namespace jinyue::packs {
namespace {

const char* const shop_form = R"({"id": "shop", "title": {"zh": "店铺", "en": "shop"},
  "sections": [{"title": {"zh": "店铺", "en": "shop"},
                "fields": ["uscc", "firm", "opened", "seats", "kind", "owner", "open"]}],
  "schema": {"type": "object", "required": ["uscc", "firm", "seats"], "properties": {
    "uscc": {"type": "string", "title": "信用代码", "title:en": "credit code"},
    "firm": {"type": "string", "title": "企业名称", "title:en": "firm", "x-source": "register:firms/name by uscc"},
    "opened": {"type": "string", "format": "date", "title": "开业日期", "title:en": "opened",
               "x-source": "register:firms/opened by uscc"},
    "seats": {"type": "integer", "title": "座位", "title:en": "seats", "minimum": 0, "maximum": 500},
    "kind": {"type": "string", "title": "类别", "title:en": "kind", "enum": ["a", "b"],
             "enum:titles": {"a": {"zh": "甲", "en": "A"}, "b": {"zh": "乙", "en": "B"}}},
    "owner": {"type": "object", "title": "店主", "title:en": "owner", "additionalProperties": false, "properties": {
      "phone": {"type": "string", "title": "电话", "title:en": "phone", "x-personal": "phone"}}},
    "open": {"type": "boolean", "title": "营业", "title:en": "open"}}}})";

Form form() {
  Findings findings;
  auto read = Form::read("forms/shop.json", shop_form, findings);
  if (!read || !findings.list().empty()) throw std::runtime_error("the form can't be read");
  return *read;
}

/// A register with one firm.
std::optional<feel::Value> firms(const FieldSource& source, const feel::Context& answers) {
  const feel::Value* key = answers.find(source.key);
  if (source.name != "firms" || key == nullptr || key->asString() != "91") return std::nullopt;
  if (source.field == "name") return feel::Value("近海小馆");
  return feel::Value::of(makeDate(2020, 5, 1));
}

std::vector<std::string> refusalsOf(const Result<Filled>& filled) {
  std::vector<std::string> out;
  if (filled) return out;
  for (const Problem& cause : filled.error().causes) out.push_back(cause.where + " " + cause.code);
  std::ranges::sort(out);
  return out;
}

TEST(Form, WhatTheRegisterKnowsIsNotAskedAndDatesAreDates) {
  const auto filled = form().check(R"({"uscc": "91", "seats": 12, "opened": null})", firms);
  ASSERT_TRUE(filled) << describe(filled.error());
  EXPECT_EQ(*filled->values.find("firm"), feel::Value("近海小馆"));
  EXPECT_EQ(*filled->values.find("opened"), feel::Value::of(makeDate(2020, 5, 1)));
  EXPECT_EQ(*filled->values.find("seats"), feel::Value(12));
  ASSERT_EQ(filled->prefilled.size(), 2U);
  EXPECT_EQ(filled->prefilled[0].field, "firm");
  EXPECT_EQ(filled->prefilled[0].source.kind, "register");
}

TEST(Form, WhatTheRegisterSaysCantBeChangedInAForm) {
  const auto filled = form().check(R"({"uscc": "91", "firm": "远山小馆", "seats": 12})", firms);
  EXPECT_EQ(refusalsOf(filled), std::vector<std::string>{"/firm form.differs"});
  EXPECT_TRUE(form().check(R"({"uscc": "91", "firm": "近海小馆", "seats": 12})", firms));
}

TEST(Form, EveryWrongFieldIsNamedAtOnceInBothLanguages) {
  const auto filled = form().check(
      R"({"uscc": "92", "seats": 900, "kind": "c", "opened": "2026-02-30", "owner": {"tel": "1"}, "more": 1})",
      firms);
  EXPECT_THAT(refusalsOf(filled),
              testing::IsSupersetOf(std::vector<testing::Matcher<const std::string&>>{
                  testing::StartsWith("/firm schema."), testing::StartsWith("/kind schema."),
                  testing::Eq("/more form.unknown-field"), testing::StartsWith("/opened schema."),
                  testing::StartsWith("/owner"), testing::StartsWith("/seats schema.")}));
  for (const Problem& cause : filled.error().causes) {
    EXPECT_FALSE(cause.title.zh.empty());
    EXPECT_FALSE(cause.title.en.empty());
  }
}

TEST(Form, WhatIsNoJsonObjectIsRefused) {
  EXPECT_FALSE(form().check("[1]"));
  EXPECT_FALSE(form().check("{\"uscc\": "));
}

TEST(Form, SaysWhatAPageDrawsAndWhatKindOfVariableEachFieldIs) {
  const Form shop = form();
  EXPECT_EQ(shop.field("kind")->widget, "choice");
  EXPECT_EQ(shop.field("opened")->widget, "date");
  EXPECT_EQ(shop.field("open")->widget, "yes-no");
  EXPECT_EQ(shop.field("owner")->widget, "group");
  EXPECT_EQ(shop.field("owner")->personal, "phone") << "a group with a personal part is personal";
  EXPECT_EQ(shop.field("opened")->type, feel::Type::plain(feel::Type::Form::date));
  EXPECT_EQ(shop.field("seats")->type, feel::Type::number());
  EXPECT_TRUE(shop.field("seats")->required);
}

TEST(Form, ASourceIsReadAsItIsWritten) {
  EXPECT_EQ(parseSource("register:firms/name by uscc"), (FieldSource{"register", "firms", "name", "uscc"}));
  EXPECT_EQ(parseSource("licence:food/number"), (FieldSource{"licence", "food", "number", ""}));
  EXPECT_EQ(parseSource("caller/phone"), (FieldSource{"caller", "", "phone", ""}));
  EXPECT_EQ(parseSource("asked"), FieldSource{});
  for (const char* wrong :
       {"", "register/name", "register:firms/name", "caller", "caller:x/name", "sky/colour"}) {
    EXPECT_FALSE(parseSource(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace jinyue::packs
