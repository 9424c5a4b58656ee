#include "identity/sign_in.h"

#include <algorithm>

#include "base/text.h"
#include "identity/account_row.h"
#include "identity/new_password.h"
#include "identity/totp.h"

namespace jinyue::identity {
namespace {

constexpr std::size_t secret_bytes = 20;  // RFC 4226 §4 R6 recommends 160 bits
constexpr int recovery_codes = 10;

std::unexpected<Problem> refuseSignIn() {
  return refuse(
      ProblemKind::forbidden, "sign-in.refused",
      {"登录名、密码或验证码不正确，或账号暂时锁定", "wrong name, password or code, or locked"}, {},
      {"连续输错会锁定一段时间；请稍后再试或联系管理员",
       "several wrong attempts lock the account for a while; try again later or ask an administrator"});
}

std::unexpected<Problem> refuseCode() {
  return refuse(ProblemKind::forbidden, "second-factor.refused",
                {"验证码不正确或已用过", "the code is wrong or was used"}, "/code");
}

std::unexpected<Problem> refuseWrongPassword() {
  return refuse(ProblemKind::forbidden, "password.wrong", {"当前密码不正确", "the present password is wrong"},
                "/password");
}

bool isLocked(const AccountRow& row, Instant now) { return row.locked_until && now < *row.locked_until; }

void countFailure(AccountRow& row, const LockPolicy& policy, Instant now) {
  if (row.failed_at && now - *row.failed_at >= policy.forget_after) row.failures = 0;
  ++row.failures;
  row.failed_at = now;
  const auto lock = lockAfter(policy, row.failures);
  if (lock.count() > 0) row.locked_until = now + lock;
}

Step failureStep(const AccountRow& row, const char* what) {
  return {
      {{row.locked_until && *row.locked_until > *row.failed_at ? "account.locked" : "account.sign-in-failed",
        {},
        {},
        {{"what", what}, {"failures", std::to_string(row.failures)}}}}};
}

void clearFailures(AccountRow& row) {
  row.failures = 0;
  row.failed_at.reset();
  row.locked_until.reset();
}

/// As it is typed: blanks and hyphens do not count, letters are capital.
std::string codeAsTyped(std::string_view code) {
  std::string out;
  for (const char c : code) {
    if (c == ' ' || c == '-') continue;
    out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  return out;
}

std::string recoveryHash(const Context& context, AccountId id, std::string_view code) {
  return context.vault.lookup("recovery", std::to_string(id) + ":" + std::string(code));
}

std::string openSecret(const Context& context, AccountId id, const std::string& sealed) {
  auto secret = context.vault.open(sealed, sealContext(id, "totp"));
  if (!secret) throw store::StoreFault(describe(secret.error()));
  return *std::move(secret);
}

/// Takes the code: a one-time code is not taken again, a recovery code is gone.
bool takeCode(const Context& context, AccountRow& row, std::string_view given, Instant now) {
  const std::string code = codeAsTyped(given);
  if (const auto step = matchTotp(openSecret(context, row.id, row.totp), code, now, row.totp_step)) {
    row.totp_step = *step;
    return true;
  }
  const auto found = std::ranges::find(row.recovery, recoveryHash(context, row.id, code));
  if (found == row.recovery.end()) return false;
  row.recovery.erase(found);
  return true;
}

}  // namespace

std::chrono::seconds lockAfter(const LockPolicy& policy, int failures) {
  if (failures < policy.free) return std::chrono::seconds{0};
  auto lock = policy.first;
  for (int i = policy.free; i < failures && lock < policy.longest; ++i) lock *= 2;
  return std::min(lock, policy.longest);
}

SignIn::SignIn(const Context& context, PasswordHasher& hasher, const PasswordPolicy& passwords,
               const LockPolicy& locks, const Sessions& sessions)
    : context_(context), hasher_(hasher), passwords_(passwords), locks_(locks), sessions_(sessions) {}

Result<SignedIn> SignIn::signIn(const SignInRequest& request, const Client& client,
                                std::string_view previous_token) {
  const auto found = request.login.size() <= 64 && isValidUtf8(request.login) &&
                             request.login.find('\0') == std::string::npos
                         ? loadAccountByLogin(context_.store, request.login)
                         : std::nullopt;
  // A name that nobody has costs as much time as one that somebody has.
  const std::string encoded = found ? found->password : std::string{};
  const auto good = hasher_.verify(encoded, std::string_view(request.password).substr(0, 1024));
  if (!good) return std::unexpected(good.error());
  if (!found || found->status != AccountStatus::active || isLocked(*found, context_.now())) {
    return refuseSignIn();
  }
  std::string rehashed;
  if (*good && hasher_.isOutdated(encoded)) {
    if (auto again = hasher_.hash(request.password)) rehashed = *std::move(again);
  }

  enum class Outcome { refused, code_needed, done };
  Outcome outcome = Outcome::refused;
  SignedIn signed_in;
  const auto row =
      changeAccount(context_, found->id, {found->id, {}}, [&](AccountRow& account) -> Result<Step> {
        const Instant now = context_.now();
        outcome = Outcome::refused;
        // Somebody may have changed the account since the password was compared.
        if (account.status != AccountStatus::active || isLocked(account, now) ||
            account.password != encoded) {
          return refuseSignIn();
        }
        if (!*good) {
          countFailure(account, locks_, now);
          return failureStep(account, "password");
        }
        const bool strong = !account.totp.empty();
        if (strong && request.code.empty()) {
          outcome = Outcome::code_needed;
          return Step{};
        }
        if (strong && !takeCode(context_, account, request.code, now)) {
          countFailure(account, locks_, now);
          return failureStep(account, "code");
        }
        clearFailures(account);
        if (!rehashed.empty()) account.password = rehashed;
        Sessions::Begun begun = sessions_.begin(account.id, account.stamp, strong, false, client);
        outcome = Outcome::done;
        signed_in = {begun.token, csrfTokenOf(begun.token), account.id};
        Step step{{{"account.signed-in", {}, {}, {{"factors", strong ? "2" : "1"}}}}, {}};
        if (!previous_token.empty()) {
          step.statements.push_back(
              store::statement("DELETE FROM sessions WHERE hash = $1", sessionIdOf(previous_token)));
        }
        step.statements.push_back(std::move(begun.statement));
        return step;
      });
  if (!row) return std::unexpected(row.error());
  if (outcome == Outcome::code_needed) {
    return refuse(ProblemKind::forbidden, "sign-in.code-needed",
                  {"请输入动态口令", "enter the one-time code as well"}, "/code");
  }
  if (outcome == Outcome::refused) return refuseSignIn();
  return signed_in;
}

Result<void> SignIn::provePassword(const Caller& caller, std::string_view password) {
  const auto row = requireAccount(context_.store, caller.id);
  if (!row) return std::unexpected(row.error());
  if (isLocked(*row, context_.now())) return refuseWrongPassword();
  const auto good = hasher_.verify(row->password, password.substr(0, 1024));
  if (!good) return std::unexpected(good.error());
  if (*good) return {};
  const auto counted =
      changeAccount(context_, caller.id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
        countFailure(account, locks_, context_.now());
        return failureStep(account, "password");
      });
  if (!counted) return std::unexpected(counted.error());
  return refuseWrongPassword();
}

Result<SignedIn> SignIn::changePassword(const Caller& caller, std::string_view current, std::string_view next,
                                        const Client& client) {
  if (auto proved = provePassword(caller, current); !proved) return std::unexpected(proved.error());
  const auto before = requireAccount(context_.store, caller.id);
  if (!before) return std::unexpected(before.error());
  const auto encoded = newPassword(hasher_, passwords_, *before, next);
  if (!encoded) return std::unexpected(encoded.error());
  SignedIn signed_in;
  const auto row =
      changeAccount(context_, caller.id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
        if (account.status != AccountStatus::active || account.password != before->password) {
          return refuseWrongPassword();
        }
        putPassword(account, *encoded, passwords_, context_.now());
        account.duty = Duty::none;
        ++account.stamp;
        Sessions::Begun begun = sessions_.begin(account.id, account.stamp, caller.strong, false, client);
        signed_in = {begun.token, csrfTokenOf(begun.token), account.id};
        return Step{{{"account.password-changed", {}}},
                    {endSessions(account.id), std::move(begun.statement)}};
      });
  if (!row) return std::unexpected(row.error());
  return signed_in;
}

Result<Enrolment> SignIn::enrolSecondFactor(const Caller& caller, std::string_view password,
                                            std::string_view issuer) {
  if (auto proved = provePassword(caller, password); !proved) return std::unexpected(proved.error());
  const std::string secret = context_.random(secret_bytes);
  const auto row =
      changeAccount(context_, caller.id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
        if (!account.totp.empty()) {
          return refuse(ProblemKind::conflict, "second-factor.there",
                        {"已设置动态口令，请先停用", "there is a second factor; drop it first"});
        }
        account.totp_pending = context_.vault.seal(secret, sealContext(account.id, "totp"));
        return Step{{{"account.second-factor-begun", {}}}};
      });
  if (!row) return std::unexpected(row.error());
  return Enrolment{base32(secret), totpUri(secret, issuer, row->login)};
}

Result<SecondFactorOn> SignIn::confirmSecondFactor(const Caller& caller, std::string_view code,
                                                   const Client& client) {
  SecondFactorOn on;
  bool good = false;
  const auto row =
      changeAccount(context_, caller.id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
        const Instant now = context_.now();
        on.recovery_codes.clear();
        if (account.totp_pending.empty()) {
          return refuse(ProblemKind::conflict, "second-factor.not-begun",
                        {"请先生成密钥", "begin the enrolment first"});
        }
        if (isLocked(account, now)) return refuseCode();
        const auto step = matchTotp(openSecret(context_, account.id, account.totp_pending), codeAsTyped(code),
                                    now, account.totp_step);
        good = step.has_value();
        if (!good) {
          countFailure(account, locks_, now);
          return failureStep(account, "code");
        }
        account.totp = account.totp_pending;
        account.totp_pending.clear();
        account.totp_step = *step;
        account.recovery.clear();
        for (int i = 0; i < recovery_codes; ++i) {
          const std::string drawn = base32(context_.random(10));  // 80 bits, 16 characters
          account.recovery.push_back(recoveryHash(context_, account.id, drawn));
          on.recovery_codes.push_back(drawn.substr(0, 4) + "-" + drawn.substr(4, 4) + "-" +
                                      drawn.substr(8, 4) + "-" + drawn.substr(12, 4));
        }
        ++account.stamp;
        Sessions::Begun begun = sessions_.begin(account.id, account.stamp, true, false, client);
        on.session = {begun.token, csrfTokenOf(begun.token), account.id};
        return Step{{{"account.second-factor-on", {}}},
                    {endSessions(account.id), std::move(begun.statement)}};
      });
  if (!row) return std::unexpected(row.error());
  if (!good) return refuseCode();
  return on;
}

Result<SignedIn> SignIn::dropSecondFactor(const Caller& caller, std::string_view password,
                                          std::string_view code, const Client& client) {
  if (auto proved = provePassword(caller, password); !proved) return std::unexpected(proved.error());
  SignedIn signed_in;
  bool good = false;
  const auto row =
      changeAccount(context_, caller.id, Actor::of(caller), [&](AccountRow& account) -> Result<Step> {
        const Instant now = context_.now();
        if (account.totp.empty()) {
          return refuse(ProblemKind::conflict, "second-factor.none",
                        {"没有设置动态口令", "there is no second factor"});
        }
        if (isLocked(account, now)) return refuseCode();
        good = takeCode(context_, account, code, now);
        if (!good) {
          countFailure(account, locks_, now);
          return failureStep(account, "code");
        }
        account.totp.clear();
        account.recovery.clear();
        ++account.stamp;
        Sessions::Begun begun = sessions_.begin(account.id, account.stamp, false, false, client);
        signed_in = {begun.token, csrfTokenOf(begun.token), account.id};
        return Step{{{"account.second-factor-off", {}}},
                    {endSessions(account.id), std::move(begun.statement)}};
      });
  if (!row) return std::unexpected(row.error());
  if (!good) return refuseCode();
  return signed_in;
}

}  // namespace jinyue::identity
