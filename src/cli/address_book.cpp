#include "cli/address_book.h"

#include <charconv>
#include <optional>

#include "identity/account_row.h"

namespace jinyue::cli {
namespace {

constexpr int most = 100;

std::optional<notify::Contact> contactOf(const identity::Context& context, const identity::AccountRow& row) {
  if (row.status != identity::AccountStatus::active) return std::nullopt;
  const identity::Personal personal = identity::openPersonal(context, row);
  notify::Contact contact{
      identity::subjectOf(row.id), {}, row.language == "en" ? Language::en : Language::zh};
  if (!personal.phone.empty()) contact.addresses[notify::Channel::text_message] = personal.phone;
  if (!personal.email.empty()) contact.addresses[notify::Channel::mail] = personal.email;
  contact.addresses[notify::Channel::live] = identity::subjectOf(row.id);
  return contact;
}

std::vector<identity::AccountId> idsOf(const identity::Context& context, const store::Statement& statement) {
  std::vector<identity::AccountId> ids;
  for (const store::SqlRow& row : context.store.query(statement)) ids.push_back(row.integer(0));
  return ids;
}

std::vector<identity::AccountId> accountsBehind(const identity::Context& context,
                                                std::string_view recipient) {
  const auto colon = recipient.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view kind = recipient.substr(0, colon);
  const std::string name{recipient.substr(colon + 1)};
  if (kind == "account") {
    identity::AccountId id = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
    if (error == std::errc{} && end == name.data() + name.size()) return {id};
  } else if (kind == "unit") {
    return idsOf(context, store::statement("SELECT id FROM accounts WHERE unit = $1 ORDER BY id LIMIT $2",
                                           name, most));
  } else if (kind == "firm") {
    const std::int64_t today = dateOf(context.now()).time_since_epoch().count();
    return idsOf(
        context,
        store::statement("SELECT DISTINCT account FROM mandates WHERE firm = $1 AND "
                         "(valid_from IS NULL OR valid_from <= $2) AND (valid_to IS NULL OR valid_to >= $2) "
                         "ORDER BY account LIMIT $3",
                         name, today, most));
  } else if (kind == "person") {
    return idsOf(context,
                 store::statement("SELECT id FROM accounts WHERE person = $1 AND person <> '' ORDER BY id "
                                  "LIMIT $2",
                                  name, most));
  }
  return {};
}

}  // namespace

std::vector<notify::Contact> contactsOf(const identity::Context& context, std::string_view recipient) {
  std::vector<notify::Contact> contacts;
  for (const identity::AccountId id : accountsBehind(context, recipient)) {
    const auto row = identity::loadAccount(context.store, id);
    if (!row) continue;
    if (auto contact = contactOf(context, *row)) contacts.push_back(std::move(*contact));
  }
  return contacts;
}

}  // namespace jinyue::cli
