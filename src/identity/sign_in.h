// Signing in with a password and a one-time code, and what an account does to its own means of signing in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "identity/password.h"
#include "identity/sessions.h"

namespace jinyue::identity {

/// Wrong passwords and wrong codes count alike. After `free` of them each further one locks the account, at
/// first for `first`, then twice as long each time up to `longest`.
struct LockPolicy {
  int free = 5;
  std::chrono::seconds first{60};
  std::chrono::seconds longest{3600};
  std::chrono::seconds forget_after{86'400};  ///< without a failure the count starts anew
};
/// How long the account is locked after so many failures in a row.
std::chrono::seconds lockAfter(const LockPolicy& policy, int failures);

struct SignInRequest {
  std::string login;
  std::string password;
  std::string code;  ///< one-time or recovery code; empty at first
};
BOOST_DESCRIBE_STRUCT(SignInRequest, (), (login, password, code))

struct SignedIn {
  std::string token;  ///< for a cookie that is HttpOnly, Secure, SameSite=Lax
  std::string csrf;
  AccountId account = 0;
};

struct Enrolment {
  std::string secret;  ///< base 32, to type in
  std::string uri;     ///< to scan
};

struct SecondFactorOn {
  std::vector<std::string> recovery_codes;  ///< shown once; each opens once
  SignedIn session;
};

class SignIn {
 public:
  SignIn(const Context& context, PasswordHasher& hasher, const PasswordPolicy& passwords,
         const LockPolicy& locks, const Sessions& sessions);

  /// A new session always; the one of `previous_token` (what the browser sent, whoever put it there) ends.
  /// Refused, kind forbidden: "sign-in.refused" (unknown name, wrong password or code, locked, disabled: all
  /// the same to who asks), "sign-in.code-needed" (password right, send it again with the code).
  Result<SignedIn> signIn(const SignInRequest& request, const Client& client,
                          std::string_view previous_token = {});

  /// All of these end every session of the account and begin a new one where one is given back. Wrong
  /// passwords count towards the lock-out.
  Result<SignedIn> changePassword(const Caller& caller, std::string_view current, std::string_view next,
                                  const Client& client);
  /// The secret waits until a code proves that it arrived.
  Result<Enrolment> enrolSecondFactor(const Caller& caller, std::string_view password,
                                      std::string_view issuer);
  Result<SecondFactorOn> confirmSecondFactor(const Caller& caller, std::string_view code,
                                             const Client& client);
  Result<SignedIn> dropSecondFactor(const Caller& caller, std::string_view password, std::string_view code,
                                    const Client& client);

 private:
  Result<void> provePassword(const Caller& caller, std::string_view password);

  Context context_;
  PasswordHasher& hasher_;
  PasswordPolicy passwords_;
  LockPolicy locks_;
  const Sessions& sessions_;
};

}  // namespace jinyue::identity
