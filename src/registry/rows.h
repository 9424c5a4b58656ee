// The SQL of this room's tables, and the rows that it gives. See src/store/tables_registry.cpp.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "registry/declaration.h"
#include "registry/entry.h"
#include "store/store.h"

namespace jinyue::registry {

/// How often a change that others overtake is tried anew.
inline constexpr int most_tries = 5;

/// How many keys one statement asks for, and how many alternatives a scope may have: a statement has at most
/// 64 placeholders in PostgreSQL.
inline constexpr std::size_t keys_at_once = 60;
inline constexpr std::size_t most_scopes = 16;

inline std::int64_t dayNumber(Date day) { return day.time_since_epoch().count(); }
inline Date dayOf(std::int64_t number) { return Date{std::chrono::days{number}}; }

/// The values by which an entry's row is found.
struct EntryColumns {
  bool is_public = false;
  std::string area;
  std::string unit;
  std::array<std::string, most_filters> filters;
};

store::Statement selectRegister(std::string_view name);
store::Statement insertRegister(std::string_view name, std::string_view declaration, CaseId id);
store::Statement updateRegister(std::string_view name, std::string_view declaration, std::int64_t version);
/// The register has changed: caches on other nodes must not trust what they have.
store::Statement touchRegister(std::string_view name);

store::Statement insertEntry(CaseId id, std::string_view register_name, std::string_view key);
store::Statement moveEntry(CaseId id, std::int64_t from_version, std::int64_t to_version);
/// Undoes its batch unless the entry is at this version.
store::Statement holdEntry(CaseId id, std::int64_t version);
/// id, key, version of the entries with these keys; at most keys_at_once.
store::Statement selectEntries(std::string_view register_name, std::span<const std::string> keys);

store::Statement insertVersion(const EntryVersion& version, const EntryColumns& columns);
store::Statement replaceVersion(CaseId entry, std::int64_t number);
store::Statement endVersion(CaseId entry, std::int64_t number, Date last_day);
store::Statement updateColumns(CaseId entry, std::int64_t number, const EntryColumns& columns);
/// Versions that hold at some time, with these keys.
store::Statement selectVersions(std::string_view register_name, std::span<const std::string> keys);
store::Statement selectInEffect(std::string_view register_name, std::string_view key, Date day);
/// Every version of an entry, also those that were corrected.
store::Statement selectHistory(CaseId entry);
/// A page of what is in effect on a day, by key. `filters` by place in the declaration; empty: any.
store::Statement selectList(std::string_view register_name, const EntryFilter& filter,
                            const std::array<std::string, most_filters>& filters, std::string_view after,
                            int limit);
/// A page of all versions that are not corrected, by key and first day; for new filters of a register.
store::Statement selectAll(std::string_view register_name, std::string_view after, Date after_from,
                           int limit);
/// Entries that are not found by what holds on a day: id, register and key of those whose text is of another
/// version than the one in effect, or that hold no more and have a text still. By entry, after `after`. Goes
/// through all texts: for once a day.
store::Statement selectOutdated(Date day, CaseId after, int limit);
EntryVersion versionOf(const store::SqlRow& row);

store::Statement insertProposal(const Proposal& proposal);
store::Statement updateProposal(const Proposal& proposal);  ///< from the version before
store::Statement selectProposal(CaseId id);
/// Newest first, those before an id.
store::Statement selectProposals(std::string_view register_name, ProposalStatus status, CaseId before,
                                 int limit);
Proposal proposalOf(const store::SqlRow& row);

store::Statement insertDraft(const Draft& draft);
store::Statement selectDrafts(CaseId proposal, std::int64_t after, int limit);
Draft draftOf(const store::SqlRow& row);

/// One of each reading statement, for the test that looks at their plans.
std::vector<store::Statement> sampleStatements();

}  // namespace jinyue::registry
