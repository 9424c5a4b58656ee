// What was typed, where it stands, and what is shown of it.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "search/excerpt.h"
#include "search/tokens.h"

namespace jinyue::search {
namespace {

using testing::ElementsAre;

Query parsed(const std::string& text) { return parseQuery(text).value(); }

/// What an index does with a query.
bool indexFinds(const store::TextRow& row, const Query& query) {
  const std::string all = " " + tokensOf(row) + " ";
  const auto has = [&](const store::TextTerm& term) {
    return all.contains(" " + term.token + (term.prefix ? "" : " "));
  };
  return std::ranges::all_of(query, [&](const Word& word) {
    return std::ranges::any_of(word.ways,
                               [&](const store::TextWay& way) { return std::ranges::all_of(way, has); });
  });
}

bool finds(const store::TextRow& row, const std::string& text) {
  const Query query = parsed(text);
  return indexFinds(row, query) && isHit(row, query);
}
bool finds(const std::string& title, const std::string& text) {
  return finds(store::TextRow{.title = title}, text);
}

/// The marked parts of a text.
std::vector<std::string> marked(const Marked& text) {
  std::vector<std::string> parts;
  for (const Range& range : text.marks)
    parts.push_back(text.text.substr(range.begin, range.end - range.begin));
  return parts;
}

TEST(Query, FindsChineseOfAnyLength) {
  const std::string title = "关于老旧小区改造的咨询";
  for (const auto* const text : {"改", "询", "小区", "老旧小区改造", "关于老旧小区改造的咨询"}) {
    EXPECT_TRUE(finds(title, text)) << text;
  }
  EXPECT_FALSE(finds(title, "区小"));
}

TEST(Query, WantsAllWordsBetweenBlanks) {
  EXPECT_TRUE(finds("老旧小区改造", "改造　小区"));
  EXPECT_FALSE(finds("老旧小区改造", "改造 停水"));
}

TEST(Query, TakesQuotedWordsTogether) {
  EXPECT_TRUE(finds("the new harbour", "\"new harbour\""));
  EXPECT_FALSE(finds("the new old harbour", "\"new harbour\""));
  EXPECT_TRUE(finds("the new old harbour", "harbour new"));
  EXPECT_TRUE(finds("新港 扩建", "“新港 扩建”"));
  EXPECT_TRUE(finds("新港", "\"新港"));
}

TEST(Query, TellsPairsThatStandApartFromTheWord) {
  const std::string title = "小区的区改和改造";  // 小区 区改 改造, but not 小区改造
  ASSERT_TRUE(indexFinds({.title = title}, parsed("小区改造")));
  EXPECT_FALSE(finds(title, "小区改造"));
}

TEST(Query, FindsWordsByHowTheyBegin) {
  EXPECT_TRUE(finds("Administration", "admin"));
  EXPECT_FALSE(finds("Badminton", "admin"));
  EXPECT_TRUE(finds("GB18030-2022", "18030"));
  EXPECT_TRUE(finds("GB18030-2022", "gb18"));
  EXPECT_FALSE(finds("GB18030-2022", "g"));
  EXPECT_TRUE(finds("A座", "a"));
  EXPECT_FALSE(finds("13号楼", "3号"));
  EXPECT_TRUE(finds("91210200MA0XYZ123Q", "91210200ma0xyz"));
}

TEST(Query, TakesNoNoticeOfPunctuationAndWidth) {
  EXPECT_TRUE(finds("辽B·12345", "辽B12345"));
  EXPECT_TRUE(finds("辽Ｂ１２３４５", "辽b·12345"));
  EXPECT_TRUE(finds("3.5吨", "3.5"));
  EXPECT_FALSE(finds("3吨5", "3.5"));
}

TEST(Query, FindsNamesByInitials) {
  const store::TextRow row{.title = "变更登记", .names = "大连海风软件有限公司\n单乐"};
  for (const auto* const text : {"dl", "hfrj", "dlhfrjyxgs", "sl", "dy"})
    EXPECT_TRUE(finds(row, text)) << text;
  EXPECT_FALSE(finds(row, "bgdj"));
  EXPECT_FALSE(finds(row, "hfyx"));
  EXPECT_TRUE(finds(store::TextRow{.names = "ABC科技2号店"}, "abckj2hd"));
}

TEST(Query, PassesHashesThatTheCallerKnows) {
  const auto query = parseQuery("13800001111 停水", [](std::string_view word) {
    return word == "13800001111" ? std::vector<std::string>{"00ff"} : std::vector<std::string>{};
  });
  ASSERT_TRUE(query);
  const store::TextRow row{.title = "小区停水"};
  EXPECT_THAT(query->front().ways, testing::Contains(store::TextWay{{"_h00ff"}}));
  EXPECT_TRUE(isHit(row, *query));
}

TEST(Query, RefusesWhatItCanNotLookFor) {
  EXPECT_EQ(parseQuery(" ，。 \"\"").error().code, "search.empty");
  EXPECT_EQ(parseQuery("\xff").error().code, "search.not-text");
  EXPECT_EQ(parseQuery(std::string(101, 'a')).error().code, "search.too-long");
  EXPECT_EQ(parseQuery("a b c d e f g h i j k").error().code, "search.too-long");
}

TEST(Highlights, AreTheBytesAsTheyWereWritten) {
  EXPECT_THAT(marked(markedText("咨询：ＡＢＣ公司，abc 公司", parsed("abc公司"))),
              ElementsAre("ＡＢＣ公司", "abc 公司"));
  EXPECT_THAT(marked(markedText("停水停水又停电", parsed("停水 停电"))), ElementsAre("停水停水", "停电"));
  EXPECT_THAT(marked(markedText("大连海风", parsed("hf"))), ElementsAre());
  EXPECT_THAT(marked(markedText("大连海风", parsed("hf"), Where::name)), ElementsAre("海风"));
}

TEST(Excerpt, ShowsTheFirstWord) {
  std::string text;
  for (int at = 0; at < 100; ++at) text += "前";
  text += "停水";
  for (int at = 0; at < 100; ++at) text += "后";
  const Marked excerpt = excerptOf(text, parsed("停水"), 20);
  EXPECT_EQ(excerpt.text, "…前前前前前停水后后后后后后后后后后后后后…");
  EXPECT_THAT(marked(excerpt), ElementsAre("停水"));
  EXPECT_EQ(excerptOf("停水", parsed("停水"), 20), markedText("停水", parsed("停水")));
  EXPECT_EQ(excerptOf("小区停水", parsed("停电"), 2).text, "小区…");
}

TEST(Relevance, CountsATitleMoreThanAText) {
  const Query query = parsed("停水");
  const int whole = relevance({.title = "停水"}, query);
  const int start = relevance({.title = "停水通知"}, query);
  const int inside = relevance({.title = "小区停水"}, query);
  const int text = relevance({.title = "通知", .text = "停水停水"}, query);
  EXPECT_GT(whole, start);
  EXPECT_GT(start, inside);
  EXPECT_GT(inside, text);
  EXPECT_GT(text, relevance({.title = "通知", .text = "停水"}, query));
}

/// Pieces of all kinds, also such that fold to several letters.
rc::Gen<std::string> mixedText() {
  const auto piece = rc::gen::elementOf(std::vector<std::string>{
      "大", "连", "a", "B", "1", "２", " ", "·", "ﬃ", "㈱", "é", "e\u0301", "İ", "ｶﾞ", "\"", "。"});
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& all) {
                        std::string text;
                        for (const std::string& one : all) text += one;
                        return text;
                      });
}

/// Few letters, so that pairs repeat.
rc::Gen<std::string> chineseText() {
  return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5)),
                      [](const std::vector<int>& at) {
                        constexpr std::array<std::string_view, 5> letters{"大", "连", "海", "𠮷", "〇"};
                        std::string text;
                        for (const int one : at) text += letters.at(static_cast<std::size_t>(one));
                        return text;
                      });
}

RC_GTEST_PROP(Query, FindsEverySubstringOfAChineseText, ()) {
  const std::string text = *chineseText();
  const auto letters = lettersOf(text);
  RC_PRE(!letters.empty());
  const auto begin = *rc::gen::inRange<std::size_t>(0, letters.size());
  const auto size = *rc::gen::inRange<std::size_t>(1, letters.size() - begin + 1);
  RC_PRE(size <= 100u);
  const std::string part = utf8Of(std::span(letters).subspan(begin, size));
  RC_ASSERT(finds(text, part));
  const auto marks = highlights(text, parsed(part));
  RC_ASSERT(!marks.empty());
}

RC_GTEST_PROP(Query, FindsNothingThatIsNotThere, ()) {
  const std::string text = *chineseText();
  const std::string part = *chineseText();
  RC_PRE(!part.empty());
  RC_PRE(lettersOf(part).size() <= 100u);
  RC_ASSERT(finds(text, part) == text.contains(part));
}

RC_GTEST_PROP(Highlights, LieOnLettersOfAnyText, ()) {
  const std::string text = *mixedText();
  const std::string wanted = *mixedText();
  const auto query = parseQuery(wanted);
  RC_PRE(query.has_value());
  std::uint32_t last = 0;
  for (const Range& range : highlights(text, *query)) {
    RC_ASSERT(range.begin >= last);
    RC_ASSERT(range.begin < range.end);
    RC_ASSERT(range.end <= text.size());
    last = range.end;
  }
}

}  // namespace
}  // namespace jinyue::search
