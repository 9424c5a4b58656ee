// What a text is found by.
#include "search/tokens.h"

#include <set>
#include <sstream>

#include <gmock/gmock.h>

namespace jinyue::search {
namespace {

using testing::IsSupersetOf;
using testing::UnorderedElementsAre;

std::set<std::string> tokens(const store::TextRow& row, const std::vector<std::string>& lookups = {}) {
  std::istringstream in(tokensOf(row, lookups));
  std::set<std::string> all;
  for (std::string token; in >> token;) EXPECT_TRUE(all.insert(token).second) << token;
  return all;
}
std::set<std::string> ofTitle(const std::string& title) { return tokens({.title = title}); }

TEST(Tokens, OfChineseAreItsPairsAndTheLastLetter) {
  EXPECT_THAT(ofTitle("旧楼改造"), UnorderedElementsAre("旧楼", "楼改", "改造", "造"));
  EXPECT_THAT(ofTitle("水"), UnorderedElementsAre("水"));
  EXPECT_THAT(ofTitle("停水，停电"), UnorderedElementsAre("停水", "水", "停电", "电"));
}

TEST(Tokens, OfWordsAreTheirBeginnings) {
  EXPECT_THAT(ofTitle("admins"), UnorderedElementsAre("adm", "admi", "admin", "admins"));
  EXPECT_THAT(ofTitle("a to"), UnorderedElementsAre("a", "to"));
}

TEST(Tokens, OfLettersWithDigitsBeginAtEachChange) {
  EXPECT_THAT(ofTitle("GB18030"), UnorderedElementsAre("gb", "gb1", "gb18", "gb180", "gb1803", "gb18030",
                                                       "180", "1803", "18030"));
  EXPECT_THAT(ofTitle("3号楼B座"), UnorderedElementsAre("3", "号楼", "楼", "b", "座"));
}

TEST(Tokens, FoldWidthAndCaseButNotTraditionalForms) {
  EXPECT_EQ(ofTitle("ＡＢＣ１２"), ofTitle("abc12"));
  EXPECT_EQ(ofTitle("㈱"), ofTitle("(株)"));
  EXPECT_EQ(ofTitle("ﾄﾞ"), ofTitle("ド"));
  EXPECT_NE(ofTitle("連"), ofTitle("连"));
}

TEST(Tokens, OfLongWordsStopAfterTwentyFourLetters) {
  const auto all = ofTitle(std::string(40, 'x'));
  EXPECT_TRUE(all.contains(std::string(24, 'x')));
  EXPECT_FALSE(all.contains(std::string(25, 'x')));
}

TEST(Tokens, OfNamesAreAlsoPinyinInitials) {
  EXPECT_THAT(tokens({.names = "海风软件\n王一"}),
              UnorderedElementsAre("海风", "风软", "软件", "件", "_ihf", "_ifr", "_irj", "_ihfr", "_ifrj",
                                   "王一", "一", "_iwy"));
  // A character with two readings: 重 is z and c.
  EXPECT_THAT(tokens({.names = "重庆"}), IsSupersetOf({"_izq", "_icq"}));
  EXPECT_THAT(ofTitle("重庆"), testing::Not(testing::Contains("_icq")));
}

TEST(Tokens, HoldTheHashesOfTheCaller) {
  EXPECT_THAT(tokens({.title = "水"}, {"00ff", "abcd"}), UnorderedElementsAre("水", "_h00ff", "_habcd"));
}

TEST(Tokens, OfAVeryLongTextAreBounded) {
  store::TextRow row;
  row.title = "标题";
  for (int at = 0; at < 20'000; ++at) row.text += std::to_string(100'000 + at) + " ";
  const auto all = tokens(row);
  EXPECT_LE(all.size(), 8'000u);
  EXPECT_TRUE(all.contains("标题"));
}

TEST(Tokens, OfBytesThatAreNotUtf8AreNone) {
  EXPECT_THAT(ofTitle("\xff\xfe水\xe6"), UnorderedElementsAre("水"));
}

}  // namespace
}  // namespace jinyue::search
