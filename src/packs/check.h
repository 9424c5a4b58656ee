// Checks a pack as a whole: everything that is wrong in one run.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "packs/pack.h"

namespace jinyue::packs {

/// All findings about a pack: those of reading it, and what its files say about each other. `others` are the
/// packs at hand; those that the manifest needs must be among them.
std::vector<Finding> check(const PackReading& reading, std::span<const Pack> others);

/// The packs among `others` that a pack needs, and those that they need.
std::vector<const Pack*> neededBy(const Pack& pack, std::span<const Pack> others);

}  // namespace jinyue::packs
