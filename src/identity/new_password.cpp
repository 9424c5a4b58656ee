#include "identity/new_password.h"

#include <algorithm>

namespace jinyue::identity {

Result<std::string> newPassword(PasswordHasher& hasher, const PasswordPolicy& policy, const AccountRow& row,
                                std::string_view password) {
  if (auto good = checkPassword(policy, password, row.login); !good) {
    return std::unexpected(std::move(good).error());
  }
  std::vector<std::string> earlier = row.password_history;
  if (!row.password.empty()) earlier.push_back(row.password);
  for (const std::string& encoded : earlier) {
    const auto same = hasher.verify(encoded, password);
    if (!same) return std::unexpected(same.error());
    if (*same) {
      return refuse(ProblemKind::invalid, "password.used-before",
                    {"不能使用最近用过的密码", "this password was used before"}, "/password");
    }
  }
  return hasher.hash(password);
}

void putPassword(AccountRow& row, const std::string& encoded, const PasswordPolicy& policy, Instant now) {
  if (!row.password.empty()) row.password_history.push_back(row.password);
  while (row.password_history.size() > policy.history)
    row.password_history.erase(row.password_history.begin());
  row.password = encoded;
  row.password_at = now;
}

}  // namespace jinyue::identity
