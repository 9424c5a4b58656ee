// What suggestions are learned from.
#pragma once

#include <string>
#include <vector>

#include "casework/seal.h"
#include "hotline/suggester.h"
#include "store/store.h"

namespace jinyue::cli {

/// Where the models of a data folder are.
inline std::string modelFolder(const std::string& data) { return data + "/models"; }

/// Titles, categories and units of the hotline's orders that were dispatched, oldest first; the newest
/// 200,000.
std::vector<hotline::PastOrder> pastOrders(store::Store& store, const casework::Seal& seal);

}  // namespace jinyue::cli
