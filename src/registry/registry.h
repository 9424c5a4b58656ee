// The registers of a city: dated, versioned entries. Every question is "as of" a day. A change is proposed,
// approved by another person, and published; publishing brings it into effect for its period.
//
// An entry and a proposal each have a stream in the log (ids of Store::reserveCaseIds). The entry's records
// are what came into effect: register.put, register.correct, register.end; the proposal's are
// register.proposed, .approved, .rejected, .withdrawn, .published. Personal fields are in a record as keyed
// digests only, and sealed in the tables.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/digest.h"
#include "ledger/vault.h"
#include "registry/declaration.h"
#include "registry/difference.h"
#include "registry/entry.h"
#include "registry/lookup_cache.h"
#include "registry/rows.h"
#include "store/store.h"

namespace jinyue::registry {

struct RegistryOptions {
  NowFn now = systemNow;
  std::size_t cached_entries = 50'000;  ///< keys that look-ups keep in memory
  /// How long a cache may be trusted before the store is asked whether another node has published something.
  /// What this node publishes is seen at once.
  Millis recheck{1000};
};

/// May be used from many threads at once.
class Registry {
 public:
  Registry(store::Store& store, ledger::PersonalDigester digester, ledger::Vault vault,
           RegistryOptions options = {});

  // Declarations (registry.cpp)

  /// A new register, or the next version of its declaration. Entries that exist stay as they are; filters
  /// that changed are made anew for all of them. Refuses a changed key when there are entries
  /// (register.key-changed). The same declaration again does nothing.
  Result<RegisterPtr> declare(const Declaration& declaration, const RegistryActor& actor);
  /// Refuses with "register.unknown".
  Result<RegisterPtr> find(std::string_view name);
  /// Of all registers, in alphabetical order.
  std::vector<std::string> names();

  // Questions (registry.cpp)

  /// The version in effect on a day; empty: none.
  std::optional<EntryVersion> entry(std::string_view name, std::string_view key, Date as_of);
  /// Every version of an entry, in the order in which they came, also corrected ones.
  std::vector<EntryVersion> history(std::string_view name, std::string_view key);
  /// By key. Refuses filters that are not declared (register.no-filter) and a scope of more than most_scopes
  /// alternatives (register.scope).
  Result<store::Page<EntryVersion>> list(std::string_view name, const EntryFilter& filter,
                                         const store::PageRequest& page);
  /// With the personal fields in the clear. Who may see them is the caller's affair.
  Result<feel::Value> open(const EntryVersion& version) const;
  Result<feel::Value> open(const Draft& draft, std::string_view register_name) const;
  /// For Surroundings::lookup: the entry as a FEEL context (dates are dates; no personal fields) or null. The
  /// key is a text, a number, or a list for several key fields. From memory when it can be.
  feel::Value lookup(std::string_view name, const feel::Value& key, Date as_of);

  // Changes (proposals.cpp)

  /// Refuses, with a cause for everything that is wrong (`where` begins with "/changes/N"): entries that the
  /// schema refuses, periods that would overlap, a key twice.
  Result<Proposal> propose(std::string_view name, std::span<const Change> changes, std::string title,
                           const RegistryActor& actor);
  /// Refuses the proposer (register.same-person) and who has no role for it (register.role).
  Result<Proposal> approve(CaseId proposal, const RegistryActor& actor);
  Result<Proposal> reject(CaseId proposal, std::string reason, const RegistryActor& actor);
  /// By the proposer, until it is published.
  Result<Proposal> withdraw(CaseId proposal, std::string reason, const RegistryActor& actor);
  /// Brings all changes of an approved proposal into effect, or none. Refuses with "register.stale" when an
  /// entry was changed since it was proposed.
  Result<Proposal> publish(CaseId proposal, const RegistryActor& actor);
  /// Entries that come with a pack, whose deployment was the decision: new keys and changed entries are put
  /// into effect for their periods; what is there already stays. Returns how many changed.
  Result<int> seed(std::string_view name, std::span<const Change> changes, const RegistryActor& actor);

  /// Time passes: entries whose next version has come into effect, or that have ended, are found accordingly.
  /// For once a day, and at the start. False when somebody published meanwhile: then it is to be done again.
  bool refreshTexts();

  std::optional<Proposal> proposal(CaseId id);
  store::Page<Proposal> proposals(std::string_view name, ProposalStatus status,
                                  const store::PageRequest& page);
  store::Page<Draft> drafts(CaseId proposal, const store::PageRequest& page);

  /// What is known about some keys: the version of the entry and what holds when. For imports.
  struct Known {
    CaseId id = 0;
    std::int64_t version = 0;
    std::vector<EntryVersion> versions;  ///< that hold at some time
    std::vector<Span> spans() const;
  };
  std::unordered_map<std::string, Known> known(std::string_view name, std::span<const std::string> keys);
  /// What a schema asks of the registers on a day.
  SchemaSurroundings surroundings(Date as_of);

  Instant now() const { return options_.now(); }

 private:
  struct Loaded {
    RegisterPtr compiled;
    CaseId id = 0;
    std::int64_t version = 0;
    std::int64_t revision = 0;
    Instant checked;
  };
  class Publication;

  /// The register, read again when it was last looked at too long ago; null: there is none.
  std::optional<Loaded> load(std::string_view name, bool fresh = false);
  EntryColumns columnsOf(const Register& reg, const feel::Value& entry) const;
  std::string lookupOf(std::string_view kind, std::string_view text) const;
  /// What a search finds the entry by while this version is in effect.
  store::TextRow textOf(const Register& reg, const EntryVersion& version, const feel::Value& whole) const;
  /// Notes what is wrong in `causes`. `keys` are those of all changes that come together.
  Draft draftFrom(const Register& reg, const Change& change, std::size_t index,
                  const std::unordered_map<std::string, Known>& known,
                  const std::unordered_map<std::string, std::size_t>& keys, std::vector<Problem>& causes);
  Result<Proposal> decide(CaseId id, ProposalStatus status, std::string reason, const RegistryActor& actor);
  store::JournalRow record(CaseId stream, std::int64_t position, std::string_view kind,
                           const RegistryActor& actor, std::string_view model, std::string body) const;
  bool commit(const store::Batch& batch, std::string_view name);

  store::Store& store_;
  ledger::PersonalDigester digester_;
  ledger::Vault vault_;
  RegistryOptions options_;
  std::mutex mutex_;  ///< of loaded_
  std::unordered_map<std::string, Loaded> loaded_;
  LookupCache cache_;
};

}  // namespace jinyue::registry
