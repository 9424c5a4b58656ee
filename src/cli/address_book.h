// Who stands behind a recipient of a notice, with the addresses of his account.
#pragma once

#include <string_view>
#include <vector>

#include "identity/context.h"
#include "notify/dispatcher.h"

namespace jinyue::cli {

/// "account:17": this account; "unit:…": its people; "firm:<USCC>": the agents who may act for it today;
/// "person:<keyed hash>": the accounts of this person. At most 100 of them; only active accounts.
std::vector<notify::Contact> contactsOf(const identity::Context& context, std::string_view recipient);

}  // namespace jinyue::cli
