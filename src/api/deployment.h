// Putting a pack into effect: its processes as a new version of its definition, its registers declared, their
// first entries seeded.
#pragma once

#include <span>
#include <vector>

#include "api/rooms.h"
#include "packs/difference.h"
#include "packs/pack.h"

namespace jinyue::api {

/// What deploying would find and change; nothing is written.
struct DeploymentCheck {
  std::vector<packs::Finding> findings;
  std::vector<packs::PackChange> changes;
  std::int64_t running = 0;  ///< cases on the newest version
  std::int64_t stuck = 0;    ///< of them: could not be migrated to this one
  bool is_new = true;        ///< false: the same as what is deployed
};

struct Deployed {
  std::string pack;
  std::int64_t definition = 0;
  std::int64_t version = 0;
  bool is_new = false;       ///< false: the same version was there already
  std::int64_t entries = 0;  ///< of registers, that the seeds added
};

/// What of a city is needed for it.
struct DeploymentRooms {
  store::Store& store;
  casework::Definitions& definitions;
  casework::Engine& engine;
  DeployedPacks& packs;
  registry::Registry& registry;
  insight::FactBook& facts;
};

/// What the pack's files say about each other and about other packs, and what the texts of its notices have
/// wrong.
std::vector<packs::Finding> findingsOf(const packs::PackReading& reading,
                                       std::span<const packs::Pack> others);

Result<DeploymentCheck> checkDeployment(const DeploymentRooms& rooms, const packs::PackReading& reading,
                                        Instant now);
/// Refuses with "pack.invalid" and every error as a cause. The same pack again changes nothing.
Result<Deployed> deployPack(const DeploymentRooms& rooms, const packs::PackReading& reading,
                            std::string_view actor, Instant now);
/// The same for a pack that was checked beside the packs that it needs.
Result<Deployed> putIntoEffect(const DeploymentRooms& rooms, const packs::Pack& pack, std::string_view actor,
                               Instant now);

}  // namespace jinyue::api
