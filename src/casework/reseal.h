// After a key was added to the vault: everything that is sealed with an older key is sealed anew, while cases
// go on. A node that runs takes the new key when it first reads something that is sealed with it; what it
// wrote until then is found by a further pass.
#pragma once

#include <cstdint>
#include <functional>

#include "casework/seal.h"

namespace jinyue::casework {

struct Resealed {
  std::int64_t seen = 0;     ///< rows that were looked at
  std::int64_t renewed = 0;  ///< rows that were sealed anew
};

/// Page by page, so that memory does not grow with the store; may be stopped and begun again at any time.
/// `progress` is called after each page. Refuses (vault.not-opened, with the row) what can't be opened.
Result<Resealed> reseal(store::Store& store, const Seal& seal,
                        const std::function<void(const Resealed&)>& progress);

}  // namespace jinyue::casework
