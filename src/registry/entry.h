// Entries, their versions, and proposals to change them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "feel/value_json.h"
#include "registry/timeline.h"
#include "store/store.h"

namespace jinyue::registry {

using store::CaseId;

/// One version of an entry.
struct EntryVersion {
  CaseId entry = 0;         ///< stream of the entry in the log
  std::int64_t number = 0;  ///< position of the record that made it
  std::string register_name;
  std::string key;
  bool corrected = false;  ///< another version stands in its place
  Period period;
  bool is_public = false;
  feel::Value body;    ///< without personal fields; dates as texts
  std::string sealed;  ///< personal fields; empty: none (Registry::open)
  CaseId proposal = 0;
  Instant published;
};

/// The version that an entry is found by on a day: the one in effect, else the next to come; null when it
/// holds no more.
const EntryVersion* shownOn(std::span<const EntryVersion> versions, Date day);

enum class ChangeKind : std::int8_t {
  put = 0,      ///< a new version from a day on; of a new or a known key
  correct = 1,  ///< a version was wrong: this one stands in its place
  retire = 2,   ///< the entry ends with a day
};
BOOST_DESCRIBE_ENUM(ChangeKind, put, correct, retire)

/// What is proposed for one entry.
struct Change {
  ChangeKind kind = ChangeKind::put;
  std::string key = {};     ///< correct, retire
  std::int64_t number = 0;  ///< correct: of the version
  Period period = {};       ///< retire: `to` is the last day
  feel::Value entry = {};   ///< put, correct: the whole entry with its personal fields
};

enum class ProposalStatus : std::int8_t {
  proposed = 0,
  approved = 1,
  published = 2,
  rejected = 3,
  withdrawn = 4
};
BOOST_DESCRIBE_ENUM(ProposalStatus, proposed, approved, published, rejected, withdrawn)

/// Changes that are decided on together: one draft, or a whole import.
struct Proposal {
  CaseId id = 0;
  std::string register_name;
  std::int64_t version = 0;
  ProposalStatus status = ProposalStatus::proposed;
  std::string title;
  std::int64_t size = 0;  ///< number of changes
  std::string proposer;
  Instant proposed;
  std::string approver;  ///< who approved or rejected
  std::optional<Instant> decided;
  std::string reason;  ///< of a rejection or withdrawal
  std::string publisher;
  std::optional<Instant> published;
};

/// A change as it was proposed.
struct Draft {
  CaseId proposal = 0;
  std::int64_t number = 0;  ///< from 1
  ChangeKind kind = ChangeKind::put;
  std::string key;
  std::int64_t of_number = 0;  ///< correct: of the version
  std::int64_t base = 0;       ///< version of the entry that the proposer saw; 0: none
  Period period;
  feel::Value body;
  std::string sealed;
};

/// One way for an entry to be in a caller's reach: its declared area (unit) is one of these; an empty list
/// lets every one through.
struct EntryScope {
  std::vector<std::string> areas = {};
  std::vector<std::string> units = {};
};

/// Which entries a list gives: those in effect on a day.
struct EntryFilter {
  Date as_of;
  std::map<std::string, std::string, std::less<>> fields = {};  ///< declared filters and their texts
  bool public_only = false;
  /// Entries that one of these lets through, at most most_scopes of them; absent: all.
  std::optional<std::vector<EntryScope>> scope = {};
};

/// Who acts: id and roles are the caller's affair.
struct RegistryActor {
  std::string id;
  std::vector<std::string> roles;
};

}  // namespace jinyue::registry
