// What the interface knows of a person beside his account: cases and notices.
#pragma once

#include "api/rooms.h"

namespace jinyue::api {

/// Cases whose party a person is, by the keyed hash of identity.
identity::CasesOfFn casesOfParty(store::Store& store);

/// Erases a person's data in account, closed cases and notices.
Result<identity::Erased> erasePerson(const Rooms& rooms, const identity::Caller& caller,
                                     identity::AccountId id, std::string_view reason);

}  // namespace jinyue::api
