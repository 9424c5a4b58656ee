// What deploying a pack would change, and whether the cases that run could move to it.
#pragma once

#include <string>
#include <vector>

#include "casework/seal.h"
#include "packs/pack.h"

namespace jinyue::packs {

enum class Change { added, changed, removed };
BOOST_DESCRIBE_ENUM(Change, added, changed, removed)

struct PackChange {
  Change change = Change::changed;
  std::string kind;  ///< file, node, table, clock, form-field, role
  std::string name;
  bool operator==(const PackChange&) const = default;
};
BOOST_DESCRIBE_STRUCT(PackChange, (), (change, kind, name))

/// By kind and name. Of files it compares the text, of nodes, tables and clocks what they say.
std::vector<PackChange> differenceBetween(const Pack& before, const Pack& after);

/// How many cases of a definition run, and why some could not move to the processes of a pack. Nothing is
/// written.
struct MigrationPreview {
  int running = 0;
  std::vector<Problem> stuck;  ///< one for each case that can't move; `where` names it
};
/// Refuses when the pack's processes are refused.
Result<MigrationPreview> previewMigration(store::Store& store, const casework::Seal& seal,
                                          casework::Definitions& definitions,
                                          const casework::Definition& from, const Pack& to, Instant now);

}  // namespace jinyue::packs
