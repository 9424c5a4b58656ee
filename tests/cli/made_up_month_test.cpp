// The demonstration: people, firms and cases that do not exist, as they would come to a real city.
#include "cli/made_up_month.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/test_city.h"

namespace jinyue::cli {
namespace made_up_month_test {

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
  std::vector<store::CaseRow> cases() {
    return office->city().store().listCases({.scope = store::everything()}, {1000, {}}).rows;
  }

  StorePlace place{StoreKind::sqlite};
  Instant now = *parseInstant("2026-09-07T01:00:00Z");  // a Monday
  std::string accounts = place.folder() + "/accounts.txt";
  std::unique_ptr<Office> office;
  MadeUpPeople people;
};

TEST_F(MadeUp, CasesHaveAUnitAnAreaAndSomebodyWhoseMatterTheyAre) {
  MadeUpMonth month(*office, people, now, 7);
  const auto done = month.run(now + std::chrono::days{10});
  ASSERT_TRUE(done) << describe(done.error());
  EXPECT_GT(month.completed(), 50);
  std::set<std::string> areas;
  std::set<std::string> parties;
  int closed = 0;
  for (const store::CaseRow& row : cases()) {
    EXPECT_FALSE(row.unit.empty()) << row.title;
    EXPECT_FALSE(row.area.empty()) << row.title;
    EXPECT_THAT(row.title, testing::HasSubstr("示例"));
    areas.insert(row.area);
    parties.insert(row.party.substr(0, row.party.find(':')));
    closed += row.closed ? 1 : 0;
  }
  EXPECT_GE(areas.size(), 4U);
  EXPECT_THAT(parties, testing::ElementsAre("", "firm", "person"));
  EXPECT_GT(closed, 5);
  EXPECT_TRUE(office->city().store().listIncidents({.scope = store::everything()}, {10, {}}).rows.empty());
  // Applicants were told, and nothing left the machine.
  EXPECT_EQ(office->city().outbox().count(notify::State::waiting, 10), 0);
  EXPECT_EQ(office->city().outbox().count(notify::State::dead, 10), 0);
  EXPECT_GT(office->city().outbox().count(notify::State::sent, 10), 0);
}

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

}  // namespace made_up_month_test
}  // namespace jinyue::cli
