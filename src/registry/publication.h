// Gathers what a publication writes: versions of entries, their records, in one batch.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "ledger/digest.h"
#include "registry/registry.h"
#include "registry/rows.h"

namespace jinyue::registry {

struct EndedVersion {
  std::int64_t number = 0;
  Date last_day;
};
BOOST_DESCRIBE_STRUCT(EndedVersion, (), (number, last_day))

/// Body of a record in an entry's stream.
struct EntryRecord {
  std::string register_name;
  std::string key;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  std::optional<feel::Value> entry;                          ///< without personal fields
  std::map<std::string, std::string, std::less<>> personal;  ///< keyed digests by field
  std::optional<EndedVersion> ended;
  std::optional<std::int64_t> replaces;
  std::int64_t proposal = 0;
  std::string proposer;
  std::string approver;
};
BOOST_DESCRIBE_STRUCT(EntryRecord, (),
                      (register_name, key, valid_from, valid_to, entry, personal, ended, replaces, proposal,
                       proposer, approver))

class Registry::Publication {
 public:
  Publication(const Registry& registry, const Loaded& loaded, const Proposal& decision,
              const RegistryActor& actor)
      : registry_(registry), loaded_(loaded), decision_(decision), actor_(actor) {}

  /// `whole` is the entry with its personal fields. New entries get the next of the ids in `first_id`.
  Result<void> add(const Draft& draft, const feel::Value& whole, const Known* known, CaseId& next_id);
  store::Batch take() && { return std::move(batch_); }

 private:
  /// A search finds an entry as it is today, else as it will be next; nothing when that is over.
  Result<void> findBy(std::span<const EntryVersion> others, const EntryVersion& added,
                      const feel::Value& whole, CaseId id);

  const Registry& registry_;
  const Loaded& loaded_;
  const Proposal& decision_;
  const RegistryActor& actor_;
  store::Batch batch_;
};

}  // namespace jinyue::registry
