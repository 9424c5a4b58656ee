// What everything in this room works with.
#pragma once

#include "base/time.h"
#include "ledger/digest.h"
#include "ledger/random.h"
#include "ledger/vault.h"
#include "store/store.h"

namespace jinyue::identity {

/// References must outlive what is made with them.
struct Context {
  store::Store& store;
  const ledger::Vault& vault;
  const ledger::PersonalDigester& digester;
  NowFn now = systemNow;
  ledger::RandomFn random = ledger::randomBytes;
};

}  // namespace jinyue::identity
