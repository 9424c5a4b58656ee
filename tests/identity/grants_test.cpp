#include "identity/house.h"

namespace jinyue::identity {
namespace grants_test {

class GrantsTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    id = officer("li.na", "210202-window");
    one = callerOf("security.one");
    two = callerOf("security.two");
  }
  std::string refusal(const Caller& caller, const std::string& role, Scope scope = {}) {
    return codeOf(grants->grant(caller, {id, role, std::move(scope), {}, {}}));
  }
  AccountId id = 0;
  Caller one;
  Caller two;
};
JINYUE_ON_BOTH_STORES(GrantsTest);

TEST_P(GrantsTest, AGrantHoldsInItsScope) {
  must(grants->grant(one, {id, "handler", {.units = {"210202-window"}, .packs = {"hotline"}}, {}, {}}));
  const Caller caller = callerOf("li.na");
  EXPECT_TRUE(caller.may(Permission::case_read, {.unit = "210202-window", .pack = "hotline"}));
  EXPECT_FALSE(caller.may(Permission::case_read, {.unit = "210203-window", .pack = "hotline"}));
  EXPECT_FALSE(caller.may(Permission::case_read, {.unit = "210202-window", .pack = "licence"}));
  EXPECT_FALSE(caller.may(Permission::case_supervise, {.unit = "210202-window", .pack = "hotline"}));
}

TEST_P(GrantsTest, DatesAreDaysInChina) {
  must(grants->grant(one, {id, "handler", {}, makeDate(2026, 11, 27), makeDate(2026, 11, 28)}));
  const auto mayAt = [&](const char* at) {
    now = *parseInstant(at);
    return callerOf("li.na").may(Permission::case_read);
  };
  EXPECT_FALSE(mayAt("2026-11-26T15:59:59Z"));
  EXPECT_TRUE(mayAt("2026-11-26T16:00:00Z"));
  EXPECT_TRUE(mayAt("2026-11-28T15:59:59Z"));
  EXPECT_FALSE(mayAt("2026-11-28T16:00:00Z"));
}

TEST_P(GrantsTest, ARunningSessionLosesARoleWhenItsDayIsOver) {
  must(grants->grant(one, {id, "handler", {}, {}, makeDate(2026, 11, 26)}));
  now = *parseInstant("2026-11-26T15:50:00Z");
  const std::string token = tokenOf("li.na");
  EXPECT_TRUE(must(sessions->resolve(token, "")).may(Permission::case_read));
  now = *parseInstant("2026-11-26T16:01:00Z");
  EXPECT_FALSE(must(sessions->resolve(token, "")).may(Permission::case_read));
}

TEST_P(GrantsTest, ANewGrantEndsTheSessionsOfBefore) {
  const std::string token = tokenOf("li.na");
  must(grants->grant(one, {id, "handler", {}, {}, {}}));
  EXPECT_EQ(codeOf(sessions->resolve(token, "")), "session.ended");
}

TEST_P(GrantsTest, RevokingTakesEffectAtOnceOnEveryNode) {
  const auto grant = must(grants->grant(one, {id, "handler", {}, {}, {}}));
  const std::string token = tokenOf("li.na");
  Sessions other_node(*context, roles, session_policy);
  EXPECT_TRUE(must(other_node.resolve(token, "")).may(Permission::case_read));
  must(grants->revoke(two, id, grant.number));
  EXPECT_EQ(codeOf(other_node.resolve(token, "")), "session.ended");
  EXPECT_FALSE(callerOf("li.na").may(Permission::case_read));
  EXPECT_EQ(codeOf(grants->revoke(two, id, grant.number)), "grant.decided");
}

TEST_P(GrantsTest, NobodyGrantsToThemselves) {
  EXPECT_EQ(codeOf(grants->grant(one, {root, "handler", {}, {}, {}})), "grant.own");
  EXPECT_EQ(codeOf(grants->grant(one, {root, std::string(audit_admin), {}, {}, {}})), "grant.own");
  const Caller audit_caller = callerOf("audit.one");
  EXPECT_EQ(codeOf(grants->grant(audit_caller, {id, "handler", {}, {}, {}})), "permission.missing");
}

TEST_P(GrantsTest, AdministratorsTakeTwoPersons) {
  const auto proposed = must(grants->grant(one, {id, std::string(system_admin), {}, {}, {}}));
  EXPECT_EQ(proposed.state, GrantState::proposed);
  EXPECT_FALSE(callerOf("li.na").may(Permission::pack_deploy));
  EXPECT_EQ(must(Result<store::Page<Grant>>(grants->proposed({}))).rows.size(), 1U);
  EXPECT_EQ(codeOf(grants->confirm(one, id, proposed.number)), "grant.second-person");
  EXPECT_EQ(codeOf(grants->confirm(callerOf("li.na"), id, proposed.number)), "grant.own");
  EXPECT_EQ(codeOf(grants->confirm(callerOf("audit.one"), id, proposed.number)), "permission.missing");
  must(grants->confirm(two, id, proposed.number));
  EXPECT_TRUE(callerOf("li.na").may(Permission::pack_deploy));
  EXPECT_TRUE(grants->proposed({}).rows.empty());
  EXPECT_EQ(codeOf(grants->confirm(two, id, proposed.number)), "grant.decided");
}

TEST_P(GrantsTest, TheThreeAdministratorsAreThreePeople) {
  for (const auto role : {system_admin, audit_admin}) {
    EXPECT_EQ(codeOf(grants->grant(two, {root, std::string(role), {}, {}, {}})), "grant.exclusive");
  }
  EXPECT_EQ(codeOf(grants->grantByOperator({auditor, std::string(security_admin), {}, {}, {}})),
            "grant.exclusive");
}

TEST_P(GrantsTest, TwoProposalsThatExcludeEachOtherDoNotBothPass) {
  must(grants->grant(one, {id, std::string(system_admin), {}, {}, {}}));
  EXPECT_EQ(refusal(two, std::string(audit_admin)), "grant.exclusive");
}

TEST_P(GrantsTest, RolesOfPacksExcludeEachOtherAtTheSameTime) {
  must(grants->grant(one, {id, "handler", {}, {}, makeDate(2026, 12, 31)}));
  EXPECT_EQ(refusal(one, "inspector"), "grant.exclusive");
  must(grants->grant(one, {id, "inspector", {}, makeDate(2027, 1, 1), {}}));
}

TEST_P(GrantsTest, NobodyGrantsBeyondTheirOwnScope) {
  officer("security.zhongshan", "210202-data", security_admin, {.areas = {"210202"}});
  const Caller local = callerOf("security.zhongshan");
  EXPECT_EQ(refusal(local, "handler"), "permission.missing");
  EXPECT_EQ(refusal(local, "handler", {.areas = {"210203"}}), "permission.missing");
  EXPECT_EQ(refusal(local, "handler", {.areas = {"210202", "210203"}}), "permission.missing");
  EXPECT_EQ(refusal(local, "handler", {.units = {"210202-window"}, .areas = {"210202"}}), "");
}

TEST_P(GrantsTest, UnknownRolesAndReversedDatesAreRefused) {
  EXPECT_EQ(refusal(one, "emperor"), "role.unknown");
  EXPECT_EQ(codeOf(grants->grant(one, {id, "handler", {}, makeDate(2027, 1, 2), makeDate(2027, 1, 1)})),
            "dates.reversed");
  EXPECT_EQ(codeOf(grants->grant(one, {999'999, "handler", {}, {}, {}})), "account.unknown");
  const AccountId resident = newAccount("zhao.liu", AccountKind::resident);
  EXPECT_EQ(codeOf(grants->grant(one, {resident, "handler", {}, {}, {}})), "grant.no-officer");
}

TEST_P(GrantsTest, EachDecisionIsARecordAndTheLogIsWhole) {
  const auto proposed = must(grants->grant(one, {id, std::string(system_admin), {}, {}, {}}));
  must(grants->reject(two, id, proposed.number));
  EXPECT_THAT(recordKinds(id), testing::ElementsAre("account.created", "grant.proposed", "grant.rejected"));
  EXPECT_TRUE(findingsOfLog().empty());
}

class MandateTest : public IdentityTest {};
JINYUE_ON_BOTH_STORES(MandateTest);

constexpr const char* firm_code = "91110000600037341L";

TEST_P(MandateTest, AnAgentActsForAFirmFromOneDayToAnother) {
  const AccountId agent = newAccount("agent.sun", AccountKind::agent);
  must(accounts->addMandate(
      callerOf("security.one"), agent,
      {0, firm_code, makeDate(2026, 11, 26), makeDate(2026, 11, 27), "授权书 2026-1（样例）"}));
  const Caller caller = callerOf("agent.sun");
  EXPECT_THAT(caller.firms, testing::ElementsAre(firm_code));
  const std::string party = std::string("firm:") + firm_code;
  EXPECT_TRUE(caller.may(Permission::case_read, {.unit = "any", .party = party}));
  EXPECT_FALSE(caller.may(Permission::case_read, {.unit = "any", .party = "firm:other"}));
  EXPECT_FALSE(caller.may(Permission::case_read, {.unit = "any"}));
  EXPECT_EQ(caller.scopeFor(Permission::case_read).any, (std::vector<Alternative>{{{}, {}, {}, {party}}}));
  EXPECT_FALSE(caller.may(Permission::case_supervise, {.party = party}));
  now = *parseInstant("2026-11-27T16:00:00Z");
  EXPECT_TRUE(callerOf("agent.sun").firms.empty());
}

TEST_P(MandateTest, EndingAMandateEndsWhatItOpened) {
  const AccountId agent = newAccount("agent.sun", AccountKind::agent);
  const auto mandate =
      must(accounts->addMandate(callerOf("security.one"), agent, {0, firm_code, {}, {}, "样例"}));
  const std::string token = tokenOf("agent.sun");
  must(accounts->endMandate(callerOf("security.one"), agent, mandate.number, makeDate(2026, 11, 25)));
  EXPECT_EQ(codeOf(sessions->resolve(token, "")), "session.ended");
  EXPECT_TRUE(callerOf("agent.sun").firms.empty());
}

TEST_P(MandateTest, NotForOneselfNorForOfficers) {
  const AccountId clerk = officer("li.na", "210202-window");
  EXPECT_EQ(codeOf(accounts->addMandate(callerOf("security.one"), clerk, {0, firm_code, {}, {}, "样例"})),
            "mandate.no-agent");
  EXPECT_EQ(codeOf(accounts->addMandate(callerOf("security.one"), root, {0, firm_code, {}, {}, "样例"})),
            "account.own");
  EXPECT_EQ(codeOf(accounts->addMandate(callerOf("security.one"), clerk, {0, "123", {}, {}, "样例"})),
            "mandate.firm");
}

}  // namespace grants_test
}  // namespace jinyue::identity
