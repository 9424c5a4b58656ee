// Setting a password: the rules, the history, the hash.
#pragma once

#include "identity/account_row.h"
#include "identity/password.h"

namespace jinyue::identity {

/// The encoded hash; refused when it breaks the policy or is the present or an earlier one of the account
/// ("password.used-before").
Result<std::string> newPassword(PasswordHasher& hasher, const PasswordPolicy& policy, const AccountRow& row,
                                std::string_view password);
void putPassword(AccountRow& row, const std::string& encoded, const PasswordPolicy& policy, Instant now);

}  // namespace jinyue::identity
