// Which cases are a person's.
#pragma once

#include "identity/personal_data.h"
#include "store/store.h"

namespace jinyue::api {

/// Cases whose party a person is, by the keyed hash of identity.
identity::CasesOfFn casesOfParty(store::Store& store);

}  // namespace jinyue::api
