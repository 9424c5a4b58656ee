#include <thread>

#include "identity/house.h"

namespace jinyue::identity {
namespace accounts_test {

class AccountsTest : public IdentityTest {
 protected:
  Personal zhao{.name = "赵六", .phone = "138 0000 1234", .id_number = "11010519491231002x"};
};
JINYUE_ON_BOTH_STORES(AccountsTest);

TEST_P(AccountsTest, PersonalDataLieSealedAndAreShownMasked) {
  const AccountId id = newAccount("zhao.liu", AccountKind::resident, {}, zhao);
  const auto account = must(accounts->find(id));
  EXPECT_EQ(account.masked.name, "赵*");
  EXPECT_EQ(account.masked.id_number, "110***********002x");
  const auto row =
      store->query(store::statement("SELECT personal, phone, person FROM accounts WHERE id = $1", id));
  EXPECT_EQ(row[0].bytes(0).find("赵六"), std::string::npos);
  EXPECT_EQ(row[0].text(1).size(), 64U);
  EXPECT_EQ(row[0].text(1).find("1380"), std::string::npos);
}

TEST_P(AccountsTest, PeopleAreFoundByKeyedHash) {
  const AccountId id = newAccount("zhao.liu", AccountKind::resident, {}, zhao);
  EXPECT_THAT(accounts->findByPersonal(FieldClass::phone, "+8613800001234"), testing::ElementsAre(id));
  EXPECT_THAT(accounts->findByPersonal(FieldClass::id_number, "11010519491231002X"),
              testing::ElementsAre(id));
  EXPECT_THAT(accounts->findByPersonal(FieldClass::phone, "13800001235"), testing::IsEmpty());
  EXPECT_THAT(accounts->findByPersonal(FieldClass::phone, ""), testing::IsEmpty());
}

TEST_P(AccountsTest, AValueCopiedToAnotherRowDoesNotOpen) {
  const AccountId id = newAccount("zhao.liu", AccountKind::resident, {}, zhao);
  const AccountId other = newAccount("qian.qi", AccountKind::resident);
  place.runSql("UPDATE accounts SET personal = (SELECT personal FROM accounts WHERE id = " +
               std::to_string(id) + ") WHERE id = " + std::to_string(other));
  EXPECT_THROW(accounts->find(other), store::StoreFault);
}

TEST_P(AccountsTest, ARowWrittenAfterRotationUsesTheNewKey) {
  const AccountId id = newAccount("zhao.liu", AccountKind::resident, {}, zhao);
  must(ledger::Vault::addKey(place.path("vault.json")));
  *vault = must(ledger::Vault::load(place.path("vault.json")));
  EXPECT_EQ(must(accounts->find(id)).masked.name, "赵*");
  Personal changed = zhao;
  changed.phone = "13900001234";
  must(accounts->change(callerOf("security.one"), id, {.personal = changed}));
  const auto row = store->query(store::statement("SELECT personal FROM accounts WHERE id = $1", id));
  EXPECT_TRUE(vault->isCurrent(row[0].bytes(0)));
  EXPECT_THAT(accounts->findByPersonal(FieldClass::phone, "13900001234"), testing::ElementsAre(id));
}

TEST_P(AccountsTest, ReadingInTheClearTakesARightAndAPurposeAndIsAudited) {
  const AccountId id = newAccount("zhao.liu", AccountKind::resident, {}, zhao);
  officer("li.na", "210202-window", "handler");
  const AccountId supervisor = officer("sun.ba", "210202-duban", "supervisor");
  EXPECT_EQ(codeOf(accounts->readPersonal(callerOf("li.na"), id, "核对身份信息")), "permission.missing");
  const Caller caller = callerOf("sun.ba");
  for (const char* purpose : {"", "  ", "看看", "\xff\xff\xff\xff\xff"}) {
    EXPECT_EQ(codeOf(accounts->readPersonal(caller, id, purpose)), "purpose.missing");
  }
  EXPECT_EQ(must(accounts->readPersonal(caller, id, "核对身份信息")).id_number, "11010519491231002x");

  const Caller audit_caller = callerOf("audit.one");
  const auto page = must(audit->list(audit_caller, {.subject = "account:" + std::to_string(id)}, {}));
  ASSERT_EQ(page.rows.size(), 2U);
  EXPECT_EQ(page.rows[0].kind, "personal.read");
  EXPECT_EQ(page.rows[0].account, supervisor);
  EXPECT_EQ(page.rows[0].purpose, "核对身份信息");
  EXPECT_EQ(page.rows[0].request, "req-1");
  const auto records = store->records(page.rows[0].stream, page.rows[0].position - 1, 1);
  ASSERT_EQ(records.size(), 1U) << "the entry names its record in the log";
  EXPECT_NE(records[0].record.find("核对身份信息"), std::string::npos);
}

TEST_P(AccountsTest, OnesOwnDataOneMayRead) {
  const AccountId id = newAccount("zhao.liu", AccountKind::resident, {}, zhao);
  EXPECT_EQ(must(accounts->readPersonal(callerOf("zhao.liu"), id, "")).name, "赵六");
}

TEST_P(AccountsTest, OneChangesOnesOwnPhoneButNotIdNumberOrUnit) {
  const AccountId id = newAccount("zhao.liu", AccountKind::resident, {}, zhao);
  const Caller caller = callerOf("zhao.liu");
  Personal changed = zhao;
  changed.phone = "13900001234";
  must(accounts->change(caller, id, {.personal = changed}));
  changed.id_number = "440524188001010014";
  EXPECT_EQ(codeOf(accounts->change(caller, id, {.personal = changed})), "account.id-number");
  EXPECT_EQ(codeOf(accounts->change(caller, id, {.unit = "210202-window"})), "permission.missing");
  EXPECT_EQ(codeOf(accounts->change(caller, root, {.language = "en"})), "permission.missing");
}

TEST_P(AccountsTest, LoginNamesAreUniqueAndWellFormed) {
  officer("li.na", "210202-window");
  const Caller caller = callerOf("security.one");
  NewAccount account{AccountKind::officer, "li.na", "210203-window", {}, "zh", {}, {}};
  EXPECT_EQ(codeOf(accounts->create(caller, account)), "account.login-taken");
  account.login = "Li Na";
  EXPECT_EQ(codeOf(accounts->create(caller, account)), "account.login");
  account.login = "li.nan";
  account.unit = "";
  EXPECT_EQ(codeOf(accounts->create(caller, account)), "account.unit");
  account.unit = "210203-window";
  account.password = "weak";
  EXPECT_EQ(codeOf(accounts->create(caller, account)), "password.weak");
  account.password = good_password;
  const auto made = must(accounts->create(caller, account));
  EXPECT_EQ(callerOf("li.nan").duty, Duty::change_password);
  EXPECT_EQ(accounts->findByLogin("li.nan"), made.id);
}

TEST_P(AccountsTest, AManagerOfOneUnitReachesNoOther) {
  officer("security.local", "210202-data", security_admin, {.units = {"210202-window"}});
  const AccountId mine = officer("li.na", "210202-window");
  const AccountId other = officer("sun.ba", "210203-window");
  const Caller caller = callerOf("security.local");
  must(accounts->disable(caller, mine, "测试停用"));
  EXPECT_EQ(codeOf(accounts->disable(caller, other, "测试停用")), "permission.missing");
  EXPECT_EQ(codeOf(accounts->resetPassword(caller, other, "Temporaer-1", false)), "permission.missing");
  EXPECT_EQ(codeOf(accounts->change(caller, mine, {.unit = "210203-window"})), "permission.missing")
      << "nor may an account be moved out of reach";
  EXPECT_EQ(codeOf(accounts->create(caller, {AccountKind::resident, "zhao.liu", "", {}, "zh", {}, {}})),
            "permission.missing");
}

TEST_P(AccountsTest, NobodyDisablesOrResetsThemselves) {
  const Caller caller = callerOf("security.one");
  EXPECT_EQ(codeOf(accounts->disable(caller, root, "x")), "account.own");
  EXPECT_EQ(codeOf(accounts->resetPassword(caller, root, "Temporaer-1", true)), "account.own");
}

TEST_P(AccountsTest, ListsComeInPages) {
  for (const char* login : {"a.one", "a.two", "a.three"}) officer(login, "210202-window");
  std::vector<std::string> logins;
  store::PageRequest page{2, {}};
  do {
    const auto some = accounts->list("210202-window", page);
    for (const Account& account : some.rows) logins.push_back(account.login);
    page.after = some.next;
  } while (!page.after.empty());
  EXPECT_THAT(logins, testing::ElementsAre("a.one", "a.two", "a.three"));
  EXPECT_EQ(accounts->list({}, {}).rows.size(), 6U);
}

TEST_P(AccountsTest, WhatTwoDoAtOnceIsBothDone) {
  const AccountId id = newAccount("zhao.liu", AccountKind::resident, {}, zhao);
  const Caller caller = callerOf("zhao.liu");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 5; ++j) must(accounts->change(caller, id, {.language = "en"}));
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(recordKinds(id).size(), 22U);
  EXPECT_TRUE(findingsOfLog().empty());
}

class AuditTest : public IdentityTest {};
JINYUE_ON_BOTH_STORES(AuditTest);

TEST_P(AuditTest, ListsNewestFirstByWhoAndWhat) {
  const AccountId id = officer("sun.ba", "210202-duban", "supervisor");
  const Caller caller = callerOf("sun.ba");
  for (int i = 0; i < 5; ++i) {
    now += std::chrono::seconds(1);
    must(audit->reveal(caller, "case:" + std::to_string(i), {.unit = "u"}, {"phone"}, "回访核实情况"));
  }
  const Caller reader = callerOf("audit.one");
  std::vector<std::string> subjects;
  store::PageRequest page{2, {}};
  do {
    const auto some = must(audit->list(reader, {.account = id, .kind = "personal.read"}, page));
    for (const AuditEntry& entry : some.rows) subjects.push_back(entry.subject);
    page.after = some.next;
  } while (!page.after.empty());
  EXPECT_THAT(subjects, testing::ElementsAre("case:4", "case:3", "case:2", "case:1", "case:0"));
  EXPECT_EQ(must(audit->list(reader, {.account = id, .subject = "case:3"}, {})).rows.size(), 1U);
  EXPECT_EQ(must(audit->list(reader, {.subject = "case:3"}, {})).rows.size(), 1U);
  EXPECT_EQ(must(audit->list(reader, {.account = id, .kind = "personal.read", .from = now}, {})).rows.size(),
            1U);
}

TEST_P(AuditTest, OnlyAuditorsReadItSaveWhatIsAboutOneself) {
  const AccountId id = newAccount("zhao.liu", AccountKind::resident);
  const Caller caller = callerOf("zhao.liu");
  EXPECT_EQ(codeOf(audit->list(caller, {}, {})), "permission.missing");
  EXPECT_EQ(codeOf(audit->list(callerOf("security.one"), {}, {})), "permission.missing");
  const auto own = must(audit->list(caller, {.subject = "account:" + std::to_string(id)}, {}));
  EXPECT_EQ(own.rows.size(), 2U);
  EXPECT_EQ(codeOf(audit->list(caller, {.account = id, .subject = "account:" + std::to_string(root)}, {})),
            "")
      << "what one did oneself";
}

TEST_P(AuditTest, APartyReadsItsOwnWithoutAPurpose) {
  newAccount("zhao.liu", AccountKind::resident, {}, {.name = "赵六", .id_number = "11010519491231002X"});
  const Caller caller = callerOf("zhao.liu");
  must(audit->reveal(caller, "case:9", {.unit = "u", .party = "person:" + caller.person}, {"phone"}, ""));
  EXPECT_EQ(
      codeOf(audit->reveal(caller, "case:9", {.unit = "u", .party = "somebody"}, {"phone"}, "我想看看")),
      "permission.missing");
  EXPECT_EQ(codeOf(audit->reveal(caller, "case:9", {.unit = "u"}, {"phone"}, "我想看看")),
            "permission.missing");
}

TEST_P(AuditTest, EveryListQueryHasItsIndex) {
  const char* queries[] = {"SELECT hash FROM sessions WHERE account = 1 ORDER BY created, hash LIMIT 1000",
                           "SELECT hash FROM sessions WHERE ends <= 1 ORDER BY ends LIMIT 10",
                           "SELECT id FROM accounts WHERE unit = 'u' AND id > 1 ORDER BY unit, id LIMIT 10",
                           "SELECT id FROM accounts WHERE login = 'u'",
                           "SELECT stream FROM audit WHERE subject = 'x' AND at < 5 ORDER BY at DESC, stream "
                           "DESC, position DESC LIMIT 3",
                           "SELECT stream FROM audit WHERE account = 1 AND at < 5 ORDER BY at DESC, stream "
                           "DESC, position DESC LIMIT 3"};
  for (const char* sql : queries) {
    std::string plan;
    for (const auto& line : store->explain({sql})) plan += line + "\n";
    if (GetParam() == store::Adapter::sqlite) EXPECT_EQ(plan.find("SCAN"), std::string::npos) << sql << plan;
    if (GetParam() == store::Adapter::sqlite && plan.find("audit") != std::string::npos) {
      EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << sql << plan;
    }
  }
}

}  // namespace accounts_test
}  // namespace jinyue::identity
