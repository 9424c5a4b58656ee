#include "identity/house.h"

namespace jinyue::identity {
namespace sign_in_test {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SignInTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    id = officer("li.na", "210202-window", "handler");
  }
  std::string wrong(int times) {
    std::string code;
    for (int i = 0; i < times; ++i) code = signInCode("li.na", "Wrong-Guess-1");
    return code;
  }
  /// Turns the second factor on; the secret, as a program would have scanned it.
  SecondFactorOn enrol(const std::string& login) {
    const Caller caller = callerOf(login);
    must(sign_in->enrolSecondFactor(caller, good_password, "近悦"));
    secret = must(vault->open(
        store->query(store::statement("SELECT totp_pending FROM accounts WHERE id = $1", caller.id))[0].bytes(
            0),
        "account/" + std::to_string(caller.id) + "/totp"));
    return must(sign_in->confirmSecondFactor(caller, code(), {"10.0.0.1", "test"}));
  }
  std::string code() const { return totpCode(secret, totpStep(now)); }

  AccountId id = 0;
  std::string secret;
};
JINYUE_ON_BOTH_STORES(SignInTest);

TEST_P(SignInTest, TheRightPasswordGivesASession) {
  const auto signed_in = must(sign_in->signIn({"li.na", good_password, {}}, {"10.0.0.1", "Firefox"}));
  const Caller caller = must(sessions->resolve(signed_in.token, "req-7"));
  EXPECT_EQ(caller.id, id);
  EXPECT_EQ(caller.login, "li.na");
  EXPECT_EQ(caller.unit, "210202-window");
  EXPECT_THAT(caller.roles(), testing::ElementsAre("handler"));
  EXPECT_EQ(caller.request_id, "req-7");
  EXPECT_TRUE(caller.may(Permission::case_start));
  EXPECT_FALSE(caller.may(Permission::role_grant));
  EXPECT_THAT(recordKinds(id), testing::ElementsAre("account.created", "grant.made", "account.signed-in"));
}

TEST_P(SignInTest, WhoIsWrongLearnsNotWhy) {
  const auto unknown = sign_in->signIn({"nobody", good_password, {}}, {});
  const auto wrong_password = sign_in->signIn({"li.na", "Wrong-Guess-1", {}}, {});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error(), wrong_password.error());
  EXPECT_EQ(signInCode(std::string("li.na\0x", 7), good_password), "sign-in.refused");
  EXPECT_EQ(signInCode("\xff", good_password), "sign-in.refused");
}

TEST_P(SignInTest, FiveWrongPasswordsLockForAMinuteThenTwo) {
  wrong(4);
  EXPECT_EQ(signInCode("li.na", good_password), "");
  wrong(5);
  EXPECT_EQ(signInCode("li.na", good_password), "sign-in.refused") << "the right one is refused as well";
  EXPECT_TRUE(must(accounts->find(id)).locked_until.has_value());
  now += seconds(59);
  EXPECT_EQ(signInCode("li.na", good_password), "sign-in.refused");
  now += seconds(1);
  wrong(1);
  now += seconds(61);
  EXPECT_EQ(signInCode("li.na", good_password), "sign-in.refused") << "the second time it takes two minutes";
  now += seconds(60);
  EXPECT_EQ(signInCode("li.na", good_password), "");
  EXPECT_THAT(recordKinds(id), testing::Contains("account.locked"));
}

TEST_P(SignInTest, AnAdministratorEndsALock) {
  wrong(6);
  must(accounts->enable(callerOf("security.one"), id, "本人来电核实"));
  EXPECT_EQ(signInCode("li.na", good_password), "");
}

TEST_P(SignInTest, TheOldSessionOfTheBrowserEnds) {
  // Fixation: whatever token the browser brought along does not live on.
  const std::string planted = tokenOf("security.two");
  const auto signed_in = must(sign_in->signIn({"li.na", good_password, {}}, {}, planted));
  EXPECT_NE(signed_in.token, planted);
  EXPECT_EQ(codeOf(sessions->resolve(planted, "")), "session.ended");
  EXPECT_EQ(must(sessions->resolve(signed_in.token, "")).id, id);
}

TEST_P(SignInTest, TokensAreNotInTheStore) {
  const std::string token = tokenOf("li.na");
  const auto rows = store->query({"SELECT hash FROM sessions"});
  ASSERT_FALSE(rows.empty());
  for (const auto& row : rows) EXPECT_NE(row.text(0), token);
  EXPECT_EQ(codeOf(sessions->resolve(rows[0].text(0), "")), "session.ended") << "the hash opens nothing";
  EXPECT_EQ(codeOf(sessions->resolve("", "")), "session.ended");
}

TEST_P(SignInTest, SessionsEndWhenIdleAndAfterTwelveHours) {
  const std::string token = tokenOf("li.na");
  for (int i = 0; i < 24 * 2; ++i) {
    now += minutes(15);
    EXPECT_EQ(codeOf(sessions->resolve(token, "")), i < 47 ? "" : "session.ended") << i;
  }
  const std::string idle = tokenOf("li.na");
  now += minutes(30);
  EXPECT_EQ(codeOf(sessions->resolve(idle, "")), "session.ended");
  now += hours(13);
  EXPECT_EQ(sessions->forgetEnded(100), 2);
  EXPECT_EQ(sessions->forgetEnded(100), 0);
}

TEST_P(SignInTest, SessionsAreListedAndEndedByTheirOwnerOnly) {
  const std::string office = tokenOf("li.na");
  now += minutes(1);
  const std::string phone = tokenOf("li.na");
  const Caller caller = must(sessions->resolve(office, ""));
  const auto list = sessions->list(id);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].id, caller.session);
  EXPECT_EQ(codeOf(sessions->end(callerOf("security.one"), list[1].id)), "session.unknown");
  must(sessions->end(caller, list[1].id));
  EXPECT_EQ(codeOf(sessions->resolve(phone, "")), "session.ended");
  const std::string third = tokenOf("li.na");
  sessions->endOthers(caller);
  EXPECT_EQ(codeOf(sessions->resolve(third, "")), "session.ended");
  sessions->signOut(caller);
  EXPECT_EQ(codeOf(sessions->resolve(office, "")), "session.ended");
}

TEST_P(SignInTest, DisablingEndsSessionsAtOnce) {
  const std::string token = tokenOf("li.na");
  must(accounts->disable(callerOf("security.one"), id, "调离"));
  EXPECT_EQ(codeOf(sessions->resolve(token, "")), "session.ended");
  EXPECT_EQ(signInCode("li.na", good_password), "sign-in.refused");
}

TEST_P(SignInTest, AChangedPasswordEndsEverySessionAndBeginsOne) {
  const std::string elsewhere = tokenOf("li.na");
  const std::string here = tokenOf("li.na");
  const Caller caller = must(sessions->resolve(here, ""));
  EXPECT_EQ(codeOf(sign_in->changePassword(caller, "Wrong-Guess-1", "Neu-Wort-2027", {})), "password.wrong");
  EXPECT_EQ(codeOf(sign_in->changePassword(caller, good_password, "short", {})), "password.weak");
  EXPECT_EQ(codeOf(sign_in->changePassword(caller, good_password, good_password, {})),
            "password.used-before");
  const auto next = must(sign_in->changePassword(caller, good_password, "Neu-Wort-2027", {}));
  EXPECT_EQ(codeOf(sessions->resolve(elsewhere, "")), "session.ended");
  EXPECT_EQ(codeOf(sessions->resolve(here, "")), "session.ended");
  EXPECT_EQ(codeOf(sessions->resolve(next.token, "")), "");
  EXPECT_EQ(signInCode("li.na", good_password), "sign-in.refused");
  EXPECT_EQ(signInCode("li.na", "Neu-Wort-2027"), "");
  EXPECT_EQ(codeOf(sign_in->changePassword(must(sessions->resolve(next.token, "")), "Neu-Wort-2027",
                                           good_password, {})),
            "password.used-before");
}

TEST_P(SignInTest, AnOldOrTemporaryPasswordMustBeChangedFirst) {
  must(accounts->resetPassword(callerOf("security.one"), id, "Temporaer-1", true));
  Caller caller = must(sessions->resolve(tokenOf("li.na", "Temporaer-1"), ""));
  EXPECT_EQ(caller.duty, Duty::change_password);
  EXPECT_FALSE(caller.may(Permission::case_read));
  EXPECT_TRUE(caller.scopeFor(Permission::case_read).isNothing());
  EXPECT_EQ(codeOf(require(caller, Permission::case_read)), "account.password-due");
  caller = must(
      sessions->resolve(must(sign_in->changePassword(caller, "Temporaer-1", "Neu-Wort-2027", {})).token, ""));
  EXPECT_TRUE(caller.may(Permission::case_read));
  now += std::chrono::days(180);
  EXPECT_EQ(must(sessions->resolve(tokenOf("li.na", "Neu-Wort-2027"), "")).duty, Duty::change_password);
}

TEST_P(SignInTest, ASecondFactorIsAskedForAndACodeOpensOnce) {
  const auto on = enrol("li.na");
  EXPECT_TRUE(must(sessions->resolve(on.session.token, "")).strong);
  EXPECT_EQ(signInCode("li.na", good_password), "sign-in.code-needed");
  EXPECT_EQ(signInCode("li.na", "Wrong-Guess-1"), "sign-in.refused");
  EXPECT_EQ(signInCode("li.na", good_password, code()), "sign-in.refused") << "this code confirmed it";
  now += seconds(30);
  EXPECT_EQ(signInCode("li.na", good_password, code()), "");
  EXPECT_EQ(signInCode("li.na", good_password, code()), "sign-in.refused")
      << "nobody who looked on can use it";
  now += seconds(30);
  const std::string earlier = totpCode(secret, totpStep(now) - 1);
  EXPECT_EQ(signInCode("li.na", good_password, earlier), "sign-in.refused");
  now += minutes(10);
  EXPECT_EQ(signInCode("li.na", good_password, totpCode(secret, totpStep(now) - 2)), "sign-in.refused");
  EXPECT_EQ(signInCode("li.na", good_password, totpCode(secret, totpStep(now) + 1)), "") << "a fast clock";
}

TEST_P(SignInTest, WrongCodesLockToo) {
  enrol("li.na");
  for (int i = 0; i < 5; ++i) signInCode("li.na", good_password, "000000");
  now += seconds(31);
  EXPECT_EQ(signInCode("li.na", good_password, code()), "sign-in.refused");
}

TEST_P(SignInTest, ARecoveryCodeOpensOnce) {
  const auto on = enrol("li.na");
  ASSERT_EQ(on.recovery_codes.size(), 10U);
  EXPECT_EQ(signInCode("li.na", good_password, on.recovery_codes[3]), "");
  EXPECT_EQ(signInCode("li.na", good_password, on.recovery_codes[3]), "sign-in.refused");
  EXPECT_EQ(signInCode("li.na", good_password, on.recovery_codes[4]), "");
  const auto stored = store->query(store::statement("SELECT recovery FROM accounts WHERE id = $1", id));
  EXPECT_EQ(stored[0].text(0).find(on.recovery_codes[0].substr(0, 4) + on.recovery_codes[0].substr(5, 4)),
            std::string::npos);
}

TEST_P(SignInTest, DroppingTheSecondFactorTakesPasswordAndCode) {
  const auto on = enrol("li.na");
  const Caller caller = must(sessions->resolve(on.session.token, ""));
  EXPECT_EQ(codeOf(sign_in->dropSecondFactor(caller, "Wrong-Guess-1", on.recovery_codes[0], {})),
            "password.wrong");
  EXPECT_EQ(codeOf(sign_in->dropSecondFactor(caller, good_password, "000000", {})), "second-factor.refused");
  must(sign_in->dropSecondFactor(caller, good_password, on.recovery_codes[0], {}));
  EXPECT_EQ(signInCode("li.na", good_password), "");
}

TEST_P(SignInTest, RolesThatNeedTwoFactorsWorkInStrongSessionsOnly) {
  session_policy.second_factor_roles = {"handler"};
  build();
  const Caller weak = callerOf("li.na");
  EXPECT_EQ(weak.duty, Duty::second_factor);
  EXPECT_FALSE(weak.may(Permission::case_read));
  const Caller strong = must(sessions->resolve(enrol("li.na").session.token, ""));
  EXPECT_EQ(strong.duty, Duty::none);
  EXPECT_TRUE(strong.may(Permission::case_read));
}

TEST_P(SignInTest, AHashOfLesserCostIsMadeAnewAtSignIn) {
  PasswordHasher costly({.memory_kib = 128, .iterations = 2, .lanes = 1}, ledger::randomBytes);
  SignIn later(*context, costly, policy, {}, *sessions);
  must(later.signIn({"li.na", good_password, {}}, {}));
  const auto rows = store->query(store::statement("SELECT password FROM accounts WHERE id = $1", id));
  EXPECT_TRUE(rows[0].text(0).starts_with("$argon2id$v=19$m=128,t=2,p=1$")) << rows[0].text(0);
  must(later.signIn({"li.na", good_password, {}}, {}));
}

TEST_P(SignInTest, NothingSecretOrPersonalIsInTheLog) {
  enrol("li.na");
  newAccount("zhao.liu", AccountKind::resident, {},
             {.name = "赵六", .phone = "13800001234", .id_number = "11010519491231002X"});
  const std::string log = allRecords();
  for (const char* secret_text :
       {"赵六", "13800001234", "11010519491231002X", "li.na", "zhao.liu", "argon2"}) {
    EXPECT_EQ(log.find(secret_text), std::string::npos) << secret_text;
  }
  EXPECT_TRUE(findingsOfLog().empty());
}

}  // namespace sign_in_test
}  // namespace jinyue::identity
