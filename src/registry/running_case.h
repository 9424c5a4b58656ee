// Whether a case runs: forms ask for numbers of other cases.
#pragma once

#include <string_view>

#include "store/store.h"

namespace jinyue::registry {

/// False for a text that is no number of a case, a case of another process, and one that has ended.
bool isRunning(store::Store& store, std::string_view process, std::string_view number);

}  // namespace jinyue::registry
