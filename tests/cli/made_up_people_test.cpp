// The people of a demonstration: firms' agents and their mandates, passwords in
// a file for its owner alone.
#include "cli/made_up_people.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "cli/office.h"
#include "support/test_city.h"

namespace jinyue::cli {
namespace made_up_people_test {

using namespace testing_support;

class MadeUp : public testing::Test {
 protected:
  MadeUp() {
    OfficeOptions options;
    options.city.data = place.folder();
    options.city.store = place.address();
    options.city.calendar = JINYUE_SOURCE_DIR "/packs/china/calendar.json";
    options.city.now = [this] { return now; };
    options.password_cost = {.memory_kib = 64, .iterations = 1};
    options.notices.development = true;
    auto opened = Office::open(options);
    if (!opened) throw std::runtime_error(describe(opened.error()));
    office = std::move(*opened);
    for (const char* pack : {"/packs/china", "/packs/dalian", "/packs/demonstration"}) {
      const auto read = packs::readPack(std::string{JINYUE_SOURCE_DIR} + pack);
      if (!read) throw std::runtime_error(describe(read.error()));
      if (const auto deployed = office->deploy(*read); !deployed)
        throw std::runtime_error(describe(deployed.error()));
    }
    auto made = makeUpPeople(*office, ledger::randomBytes, dateOf(now), accounts);
    if (!made) throw std::runtime_error(describe(made.error()));
    people = std::move(*made);
  }

  StorePlace place{StoreKind::sqlite};
  Instant now = *parseInstant("2026-09-07T01:00:00Z");
  std::string accounts = place.folder() + "/accounts.txt";
  std::unique_ptr<Office> office;
  MadeUpPeople people;
};

TEST_F(MadeUp, AgentsActForTheirFirmFromOneDayToAnother) {
  const auto mandates = [&](const char* login) {
    return office->accounts().mandates(*office->accounts().findByLogin(login));
  };
  ASSERT_EQ(mandates("daiban1").size(), 1U);
  EXPECT_EQ(mandates("daiban1")[0].firm, "91210202MA0DEM013F");
  EXPECT_EQ(mandates("daiban1")[0].valid_from, dateOf(now));
  EXPECT_GT(*mandates("daiban1")[0].valid_to, dateOf(now) + std::chrono::days{300});
  ASSERT_EQ(mandates("daiban3").size(), 1U);
  EXPECT_EQ(mandates("daiban3")[0].valid_to, dateOf(now));
  EXPECT_TRUE(office->city().registry().entry("firms", "91210202MA0DEM013F", dateOf(now)));
}

TEST_F(MadeUp, PasswordsAreInAFileForItsOwnerAlone) {
  struct stat info{};
  ASSERT_EQ(::stat(accounts.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  const auto text = readFile(accounts);
  ASSERT_TRUE(text);
  for (const char* login : {"zuoxi", "duban", "zhongshan", "shimin1", "daiban1", "anquan2"})
    EXPECT_THAT(*text, testing::HasSubstr(login));
}

TEST_F(MadeUp, RolesThatNoPackHasAreLeftOut) {
  for (const MadeUpPerson& officer : people.officers) {
    EXPECT_EQ(officer.roles.size(), 1U);
    EXPECT_THAT(officer.name, testing::StartsWith("示例"));
    EXPECT_NE(officer.roles.front(), "hotline-agent");
  }
}

TEST(RandomPassword, DoesNotHoldTheLoginName) {
  char next = 2;
  const auto draw = [&next](std::size_t size) { return std::string(size, next++); };
  EXPECT_EQ(randomPassword(draw, "cc"), "dddddddddddddddd-aA7") << "the first one is all c";
}

}  // namespace made_up_people_test
}  // namespace jinyue::cli
