#include "registry/identifiers.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace jinyue::registry {
namespace identifiers_test {

constexpr std::string_view uscc_characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

std::string randomFrom(std::string_view alphabet, std::size_t size) {
  return *rc::gen::container<std::string>(size, rc::gen::elementOf(std::string{alphabet}));
}

/// A code that is right: letters may stand in the first two places and in the subject.
std::string randomUscc() {
  const std::string head = randomFrom(uscc_characters, 2) + randomFrom("0123456789", 6);
  const std::string subject = randomFrom(uscc_characters, 8);
  const std::string first17 = head + subject + *organisationCheck(subject);
  RC_PRE(usccCheck(first17).has_value());
  return first17 + *usccCheck(first17);
}

std::string randomResident() {
  const int year = *rc::gen::inRange(1900, 2026);
  const int month = *rc::gen::inRange(1, 13);
  const int day = *rc::gen::inRange(1, 29);
  const std::string first17 =
      fmt::format("210202{:04}{:02}{:02}{}", year, month, day, randomFrom("0123456789", 3));
  return first17 + *residentCheck(first17);
}

std::string problemOf(const Result<void>& result) { return result ? "" : result.error().code; }

TEST(Uscc, KnownCodes) {
  // standards.md §16 of the shared domain notes: checked with another program.
  EXPECT_TRUE(checkUscc("91110000600037341L"));
  EXPECT_TRUE(checkUscc("91350100M000100Y43"));
  EXPECT_EQ(problemOf(checkUscc("92360313MA36KNXR83")), "identifier.subject-check");
  EXPECT_FALSE(checkUscc("12100000400012340T"));
  EXPECT_EQ(organisationCodeOf("91110000600037341L"), "60003734-1");
}

TEST(Uscc, LettersAreLegalInTheFirstTwoPlaces) {
  for (const std::string_view head : {"A1", "N2", "Y1", "1A"}) {
    const std::string first17 = std::string{head} + "210200" + "600037341";
    EXPECT_TRUE(checkUscc(first17 + *usccCheck(first17))) << head;
  }
}

TEST(Uscc, SaysWhichCharacterIsWrong) {
  const auto letter = checkUscc("9111000O600037341L");
  ASSERT_FALSE(letter);
  EXPECT_EQ(letter.error().code, "identifier.character");
  EXPECT_EQ(letter.error().title.zh, "统一社会信用代码第 8 位“O”不对：应为数字");
  EXPECT_EQ(letter.error().title.en,
            "unified social credit code: character 8 “O” is wrong: a digit is needed here");
  const auto chinese = checkUscc("9111000060003734一L");
  ASSERT_FALSE(chinese);
  EXPECT_THAT(chinese.error().title.zh, testing::HasSubstr("第 17 位“一”"));
  EXPECT_EQ(problemOf(checkUscc("911100006000373S1L")), "identifier.character");
  const auto brief = checkUscc("91110000600037341");
  ASSERT_FALSE(brief);
  EXPECT_EQ(brief.error().title.zh, "统一社会信用代码应为 18 位，现有 17 位");
  EXPECT_EQ(problemOf(checkUscc("")), "identifier.length");
  EXPECT_EQ(problemOf(checkUscc("91110000600037341LL")), "identifier.length");
}

RC_GTEST_PROP(Uscc, EverySingleErrorIsFound, ()) {
  std::string code = randomUscc();
  RC_ASSERT(checkUscc(code));
  const auto place = *rc::gen::inRange<std::size_t>(0, 18);
  // The check weighs each place with a power of 3 modulo the prime 31, so no other character of the alphabet
  // gives the same sum.
  code[place] = *rc::gen::distinctFrom(rc::gen::elementOf(std::string{uscc_characters}), code[place]);
  RC_ASSERT(!checkUscc(code));
}

RC_GTEST_PROP(Uscc, EverySwapOfNeighboursIsFound, ()) {
  std::string code = randomUscc();
  const auto place = *rc::gen::inRange<std::size_t>(0, 17);
  RC_PRE(code[place] != code[place + 1]);
  std::swap(code[place], code[place + 1]);
  RC_ASSERT(!checkUscc(code));
}

TEST(ResidentId, KnownNumbers) {
  for (const std::string_view number : {"11010519491231002X", "440524188001010014", "360426199101010071"})
    EXPECT_TRUE(checkResidentId(number)) << number;
  EXPECT_EQ(formatDate(birthDateOf("11010519491231002X")), "1949-12-31");
  EXPECT_FALSE(isMale("11010519491231002X"));
  EXPECT_TRUE(isMale("440524188001010014"));
  EXPECT_EQ(maskedResidentId("11010519491231002X"), "110***********002X");
}

TEST(ResidentId, SaysWhatIsWrong) {
  EXPECT_EQ(problemOf(checkResidentId("110105194912310021")), "identifier.check");
  EXPECT_EQ(problemOf(checkResidentId("010105194912310021")), "identifier.region");
  EXPECT_EQ(problemOf(checkResidentId("110105194902310021")), "identifier.birth-date");
  EXPECT_EQ(problemOf(checkResidentId("1101051949123100X2")), "identifier.character");
  EXPECT_EQ(problemOf(checkResidentId("11010519491231002x")), "identifier.character");
  EXPECT_EQ(problemOf(checkResidentId("110105491231002")), "identifier.length");
  const auto future = checkResidentId("11010519491231002X", makeDate(1949, 12, 30));
  ASSERT_FALSE(future);
  EXPECT_EQ(future.error().code, "identifier.birth-date");
  EXPECT_EQ(future.error().title.zh, "公民身份号码第 7 至 14 位“1949-12-31”不是有效的出生日期");
}

RC_GTEST_PROP(ResidentId, EverySingleErrorIsFound, ()) {
  std::string number = randomResident();
  RC_ASSERT(checkResidentId(number));
  const auto place = *rc::gen::inRange<std::size_t>(0, 18);
  number[place] = *rc::gen::distinctFrom(rc::gen::elementOf(std::string{"0123456789X"}), number[place]);
  RC_ASSERT(!checkResidentId(number));
}

RC_GTEST_PROP(ResidentId, EverySwapOfNeighboursIsFound, ()) {
  std::string number = randomResident();
  const auto place = *rc::gen::inRange<std::size_t>(0, 17);
  RC_PRE(number[place] != number[place + 1]);
  std::swap(number[place], number[place + 1]);
  RC_ASSERT(!checkResidentId(number));
}

TEST(Identifiers, AreNormalised) {
  EXPECT_EQ(normaliseIdentifier(" 91110000-600037341l "), "91110000600037341L");
  EXPECT_EQ(normaliseIdentifier("９１１１　00006０0037341Ｌ\u00A0"), "91110000600037341L");
  EXPECT_EQ(normaliseIdentifier("11010519491231002ｘ"), "11010519491231002X");
  EXPECT_EQ(normaliseIdentifier("9一"), "9一");
}

}  // namespace identifiers_test
}  // namespace jinyue::registry
