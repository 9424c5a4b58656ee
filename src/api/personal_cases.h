// Cases and personal data: which are a person's, and erasing what closed ones hold.
#pragma once

#include "identity/personal_data.h"
#include "store/store.h"

namespace jinyue::api {

/// Cases whose party a person is, by the keyed hash of identity.
identity::CasesOfFn casesOfParty(store::Store& store);
/// Erases the clear values of a case that is closed; refuses one that runs ("case.running").
identity::EraseCaseFn eraseCase(store::Store& store);

}  // namespace jinyue::api
