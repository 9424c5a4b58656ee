// Notices of a pack: what is found wrong in them, and the words that people get.
#include "notify/notice_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "notify/value_text.h"

namespace jinyue::notify {
namespace notice_texts_test {

using testing::HasSubstr;
using testing::UnorderedElementsAre;

constexpr std::string_view granted = R"({"notices": [{
  "id": "licence-granted", "channels": ["text_message", "mail"],
  "variables": [{"name": "firm", "type": "string", "personal": true}, {"name": "due", "type": "date"},
                {"name": "note", "type": "string", "optional": true}],
  "subject": {"zh": "许可证已办结", "en": "Your licence is granted"},
  "text": {"zh": "{firm}：请于{due}前领取{note}。", "en": "{firm}: please collect it by {due}{note}."}}]})";

feel::Context sample() {
  return {{"firm", "大连甲某咖啡店"}, {"due", feel::Value::of(makeDate(2026, 11, 5))}};
}

NoticeTexts read(std::string_view json) {
  auto texts = NoticeTexts::read(json);
  if (!texts) throw std::runtime_error(describe(texts.error()));
  return *texts;
}

/// A file with one notice whose texts are these.
std::string fileWith(std::string_view zh, std::string_view en) {
  return fmt::format(
      R"({{"notices": [{{"id": "a", "channels": ["mail"], "variables": [{{"name": "n", "type": "number"}}],
      "subject": {{"zh": "甲", "en": "a"}}, "text": {{"zh": {}, "en": {}}}}}]}})",
      zh, en);
}

std::vector<std::string> findingsIn(std::string_view json) {
  const auto texts = NoticeTexts::read(json);
  std::vector<std::string> found;
  if (!texts) {
    for (const Problem& cause : texts.error().causes) found.push_back(cause.code + " " + cause.where);
  }
  return found;
}

TEST(NoticeTexts, AreFilledInInTheReadersLanguage) {
  const NoticeTexts texts = read(granted);
  const NoticeKind& kind = *texts.find("licence-granted");
  const auto zh = render(kind, Language::zh, sample(), {});
  ASSERT_TRUE(zh) << describe(zh.error());
  EXPECT_EQ(zh->content.subject, "许可证已办结");
  EXPECT_EQ(zh->content.text, "大连甲某咖啡店：请于2026年11月5日前领取。");
  const auto en = render(kind, Language::en, sample(), {});
  EXPECT_EQ(en->content.text, "大连甲某咖啡店: please collect it by 5 November 2026.");
  EXPECT_EQ(zh->content.data, R"({"firm":"大连甲某咖啡店","due":{"@":"2026-11-05"},"note":null})");
}

TEST(NoticeTexts, HidePersonalPlaceholdersInTheMaskedForm) {
  const auto texts = read(granted);
  const auto zh = render(*texts.find("licence-granted"), Language::zh, sample(), {});
  EXPECT_EQ(zh->masked_text, "***：请于2026年11月5日前领取。");
}

TEST(NoticeTexts, RefuseAGapInAMessage) {
  const auto texts = read(granted);
  const NoticeKind& kind = *texts.find("licence-granted");
  const auto codeOf = [&](const feel::Context& parameters) {
    const auto rendered = render(kind, Language::zh, parameters, {});
    return rendered ? rendered->content.text : rendered.error().code + " " + rendered.error().where;
  };
  EXPECT_EQ(codeOf({{"firm", "甲"}}), "notice.value-missing due");
  EXPECT_EQ(codeOf({{"firm", nullptr}, {"due", feel::Value::of(makeDate(2026, 1, 1))}}),
            "notice.value-missing firm");
  EXPECT_EQ(codeOf({{"firm", "甲"}, {"due", "tomorrow"}}), "notice.value-type due");
  feel::Context more = sample();
  more.set("phone", "13800000000");
  EXPECT_EQ(codeOf(more), "notice.unknown-parameter phone");
  feel::Context noted = sample();
  noted.set("note", "（带身份证）");
  EXPECT_EQ(codeOf(noted), "大连甲某咖啡店：请于2026年11月5日前领取（带身份证）。");
}

TEST(NoticeTexts, TakeExpressionsAndBraces) {
  const auto texts =
      read(fileWith(R"("{{n}} = {n + 1}, {if n > 1 then \"}\" else {a: \"甲\"}.a}")", R"("{string(n)}")"));
  EXPECT_EQ(render(texts.all()[0], Language::zh, {{"n", 1}}, {})->content.text, "{n} = 2, 甲");
  EXPECT_EQ(render(texts.all()[0], Language::zh, {{"n", 2}}, {})->content.text, "{n} = 3, }");
}

TEST(NoticeTexts, RefuseAPlaceholderThatFailsWhenItIsFilledIn) {
  const auto texts = read(fileWith(R"("{1 / n}")", R"("{n}")"));
  const auto rendered = render(texts.all()[0], Language::zh, {{"n", 0}}, {});
  ASSERT_FALSE(rendered);
  EXPECT_EQ(rendered.error().code, "notice.value-missing");
  EXPECT_FALSE(rendered.error().detail.zh.empty());
}

TEST(NoticeTexts, AreCheckedAsAWhole) {
  const auto found = findingsIn(R"({"notices": [
    {"id": "a", "channels": [], "variables": [{"name": "n", "type": "nmber"}, {"name": "n"}, {}],
     "subject": {"zh": "甲", "en": " "}, "text": {"zh": "{m} {n", "en": "}"}},
    {"id": "a", "channels": ["live"], "variables": [{"name": "n", "type": "number"}],
     "subject": {"zh": "甲", "en": "a"}, "text": {"zh": "{n +}", "en": "{n + \"a\"}"}}]})");
  EXPECT_THAT(found, UnorderedElementsAre("notice.no-channel notices.json:/notices/0/channels",
                                          "notice.unknown-type notices.json:/notices/0/variables/0/type",
                                          "notice.variable-twice notices.json:/notices/0/variables/0",
                                          "notice.variable-twice notices.json:/notices/0/variables/1",
                                          "notice.variable-unnamed notices.json:/notices/0/variables/2",
                                          "notice.not-translated notices.json:/notices/0/subject/en",
                                          "notice.unknown-variable notices.json:/notices/0/text/zh",
                                          "notice.brace notices.json:/notices/0/text/zh",
                                          "notice.brace notices.json:/notices/0/text/en",
                                          "notice.twice notices.json:/notices/1/id",
                                          "notice.placeholder notices.json:/notices/1/text/zh",
                                          "notice.placeholder-type notices.json:/notices/1/text/en"));
}

TEST(NoticeTexts, SayWhatIsNoNotice) {
  EXPECT_THAT(
      findingsIn(R"({"notices": [{"id": "a", "channels": ["pigeon"], "subject": {"zh": "", "en": ""}}]})"),
      UnorderedElementsAre("json.unknown-word notices.json:/notices/0/channels/0",
                           "json.missing notices.json:/notices/0/text"));
}

TEST(ValueText, IsWhatPeopleWrite) {
  const auto zh = [](const feel::Value& value) { return textOf(value, Language::zh).value_or("nothing"); };
  const auto en = [](const feel::Value& value) { return textOf(value, Language::en).value_or("nothing"); };
  const feel::Value moment = feel::Value::of(*parseInstant("2026-11-26T16:05:59Z"));
  EXPECT_EQ(zh(moment), "2026年11月27日 00:05");  // China's day
  EXPECT_EQ(en(moment), "27 November 2026, 00:05");
  EXPECT_EQ(zh(feel::List{"甲", 2, true}), "甲、2、是");
  EXPECT_EQ(en(feel::List{"a", 2, false}), "a, 2, no");
  EXPECT_EQ(zh(nullptr), "nothing");
  EXPECT_EQ(zh(feel::Context{{"a", 1}}), "nothing");
  EXPECT_EQ(zh(feel::List{nullptr}), "nothing");
}

TEST(MessageLength, CountsPartsAsTheNetworksDo) {
  const auto times = [](std::size_t count, std::string_view what) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += what;
    return text;
  };
  EXPECT_EQ(measureMessage(""), (MessageLength{0, 0, 160}));
  EXPECT_EQ(measureMessage(times(70, "近")), (MessageLength{70, 1, 70}));
  EXPECT_EQ(measureMessage(times(71, "近")), (MessageLength{71, 2, 67}));
  EXPECT_EQ(measureMessage(times(134, "近")), (MessageLength{134, 2, 67}));
  EXPECT_EQ(measureMessage(times(135, "近")), (MessageLength{135, 3, 67}));
  EXPECT_EQ(measureMessage(times(69, "a") + "近"), (MessageLength{70, 1, 70}));  // one makes all of them wide
  EXPECT_EQ(measureMessage(times(35, "𠮷")), (MessageLength{70, 1, 70}));
  EXPECT_EQ(measureMessage(times(160, "a")), (MessageLength{160, 1, 160}));
  EXPECT_EQ(measureMessage(times(161, "a")), (MessageLength{161, 2, 153}));
  EXPECT_EQ(measureMessage(times(81, "[")), (MessageLength{162, 2, 153}));
  const auto texts = read(granted);
  EXPECT_EQ(shortest(*texts.find("licence-granted"), Language::zh).characters, 7u);
}

}  // namespace notice_texts_test
}  // namespace jinyue::notify
