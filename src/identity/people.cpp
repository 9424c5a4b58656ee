// Who is behind a number: names for what shows accounts.
#include <algorithm>

#include "identity/account_row.h"

namespace jinyue::identity {
namespace {

constexpr std::size_t accounts_at_once = 50;

std::string nameFor(const Caller& caller, const AccountRow& row, const Personal& personal) {
  const bool is_officer = row.kind == AccountKind::officer;
  if (row.id == caller.id || (is_officer && caller.kind == AccountKind::officer))
    return personal.name.empty() ? row.login : personal.name;
  if (!personal.name.empty()) return masked(FieldClass::name, personal.name);
  return is_officer ? row.login : std::string{};
}

}  // namespace

std::vector<Person> Accounts::people(const Caller& caller, std::span<const AccountId> ids) const {
  std::vector<Person> found;
  for (std::size_t from = 0; from < ids.size(); from += accounts_at_once) {
    const auto some = ids.subspan(from, std::min(accounts_at_once, ids.size() - from));
    for (AccountRow& row : loadAccounts(context_.store, some)) {
      std::string name = nameFor(caller, row, openPersonal(context_, row));
      found.push_back({row.id, row.kind, row.status, std::move(row.login), std::move(name),
                       std::move(row.unit), std::move(row.posts)});
    }
  }
  return found;
}

}  // namespace jinyue::identity
