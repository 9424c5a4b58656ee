// The storage port. One unit of work is a Batch: the records of a set of commands, the states they lead to
// and everything derived from them, made durable in one transaction or not at all.
//
// Two adapters implement it: store/sqlite (one machine) and store/postgres (several nodes). Both pass the
// same conformance suite. All calls may be made from any thread; commit() is meant for one thread per node.
// A rule that says no is in the return value; a fault (disk, connection) is a StoreFault. Calls that break
// the port's own terms (a case written twice in a batch, a gap in its positions, a text that is not UTF-8 or
// holds U+0000, which PostgreSQL can't keep, a limit out of range, a cursor that no page gave) are
// std::invalid_argument and change nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "base/time.h"
#include "ledger/head.h"
#include "ledger/tree.h"
#include "store/row_scope.h"
#include "store/sql.h"
#include "store/texts.h"

namespace jinyue::store {

using CaseId = std::int64_t;
using ElementNumber = std::int32_t;

/// The store can't do its work (disk full, connection lost). Nothing of the call has happened, or, for a
/// commit whose outcome is unknown, `unknown` is set and the caller must look the idempotency keys up again.
class StoreFault : public std::runtime_error {
 public:
  explicit StoreFault(const std::string& what, bool outcome_unknown = false)
      : std::runtime_error(what), unknown(outcome_unknown) {}
  bool unknown;
};

struct JournalRow {
  CaseId case_id = 0;
  std::int64_t position = 0;  ///< in the case, from 1 without gaps
  std::string record;         ///< canonical bytes; the leaf of the log
  bool operator==(const JournalRow&) const = default;
};

enum class CaseStatus : std::int8_t { active = 0, completed = 1, cancelled = 2 };
BOOST_DESCRIBE_ENUM(CaseStatus, active, completed, cancelled)

struct CaseRow {
  CaseId id = 0;
  std::int64_t version = 0;     ///< position of its last record
  std::int64_t definition = 0;  ///< id of the deployed definition it runs on
  std::string process;          ///< process id, for lists
  CaseStatus status = CaseStatus::active;
  std::string title;
  std::string key;    ///< business key; not unique
  std::string unit;   ///< lead unit; may be empty
  std::string area;   ///< district or zone (GB/T 2260 or zone code); may be empty
  std::string party;  ///< whose matter it is, as an identifier that says nothing by itself; may be empty
  Instant opened;
  std::optional<Instant> closed;
  std::optional<Instant> due;  ///< deadline of the case's own clock
  std::string state;           ///< the machine's state, opaque here
  bool operator==(const CaseRow&) const = default;
};

struct CaseWrite {
  CaseRow row;
  std::int64_t expected_version = 0;  ///< version in the store before this batch; 0: a new case
};

/// An element instance of a case: the key of tasks, timers, subscriptions and incidents.
struct ElementKey {
  CaseId case_id = 0;
  ElementNumber number = 0;
  auto operator<=>(const ElementKey&) const = default;
};
/// Before every other key, those of start events (negative case ids) included.
inline constexpr ElementKey before_all{INT64_MIN, INT32_MIN};

/// An open user task. Rows exist only while the task is open.
struct TaskRow {
  ElementKey id;
  std::string process;
  std::string node;  ///< element id in the model
  std::string name;
  std::string title;  ///< title of the case
  std::string unit;   ///< candidates: unit, role, person; empty means anyone
  std::string role;
  std::string person;
  std::string assignee;               ///< who claimed it; empty when nobody did
  std::vector<std::string> excluded;  ///< persons barred by separation of duties
  std::string area;                   ///< of the case
  Instant created;
  std::optional<Instant> due;
  std::optional<Instant> yellow;
  bool due_of_case = false;  ///< only in lists of what is overdue: `due` is that of the case
  bool operator==(const TaskRow&) const = default;
};

struct TimerRow {
  ElementKey id;
  Instant due;
  bool operator==(const TimerRow&) const = default;
};

enum class SubscriptionKind : std::int8_t { message = 0, signal = 1 };
struct SubscriptionRow {
  ElementKey id;
  SubscriptionKind kind = SubscriptionKind::message;
  std::string name;
  std::string key;  ///< correlation key; empty for signals
  bool operator==(const SubscriptionRow&) const = default;
};

struct IncidentRow {
  ElementKey id;
  Instant at;
  std::string process;
  std::string unit;  ///< of the case
  std::string area;  ///< of the case
  std::string node;
  std::string code;
  std::string message;
  bool operator==(const IncidentRow&) const = default;
};

/// Work for outside the case's own transaction: a service task's job, a message or a signal to deliver.
/// `number` is unique in the case; the row is dropped by the batch that records its result.
struct OutboxRow {
  ElementKey id;
  std::string topic;
  Instant next_attempt;
  int attempts = 0;
  std::string body;  ///< opaque here
  bool operator==(const OutboxRow&) const = default;
};

/// Remembers that a key was used, by whom, for what, and where the answer is (the record at case and
/// position). A key is looked up together with its actor. Clients that use time-ordered keys (UUIDv7) keep
/// the index small.
struct ReplyRow {
  std::string key;  ///< 1 to 64 bytes; keys of two actors may be equal
  std::string actor;
  std::int64_t fingerprint = 0;  ///< of the command, to refuse a key used again for another one
  CaseId case_id = 0;
  std::int64_t position = 0;
  Instant at;
  bool operator==(const ReplyRow&) const = default;
};

/// The clear value behind a digest in the log. Erasing it breaks no proof.
struct PersonalRow {
  CaseId case_id = 0;
  std::string digest;
  std::string value;  ///< opaque here
  bool operator==(const PersonalRow&) const = default;
};

/// Records of a case go with a row of the case. Records without one belong to something else that has a
/// number from reserveCaseIds and a history (an account, an entry of a register); the statements of the batch
/// write the thing itself and guard its version.
///
/// Rows are applied in this order; "put" inserts or replaces by key, each key once. A put gives up a hold
/// that a claim has on the row. Personal rows that are there already stay.
struct Batch {
  std::vector<JournalRow> journal;  ///< in log order
  std::vector<CaseWrite> cases;     ///< each case once
  std::vector<ElementKey> drop_tasks;
  std::vector<TaskRow> put_tasks;
  std::vector<ElementKey> drop_timers;
  std::vector<TimerRow> put_timers;
  std::vector<ElementKey> drop_subscriptions;
  std::vector<SubscriptionRow> put_subscriptions;
  std::vector<ElementKey> drop_incidents;
  std::vector<IncidentRow> put_incidents;
  std::vector<ElementKey> drop_outbox;
  std::vector<OutboxRow> put_outbox;
  std::vector<ReplyRow> replies;
  std::vector<PersonalRow> personal;
  std::vector<Statement> statements;  ///< of rooms with tables of their own
  std::vector<std::int64_t> drop_texts;
  std::vector<TextRow> put_texts;  ///< each id once
};

/// What a commit did. With conflicts, repeated keys or an unexpected count nothing was written.
struct CommitOutcome {
  std::vector<CaseId> conflicts;           ///< cases that are not at the expected version
  std::vector<std::string> repeated_keys;  ///< keys that another node used meanwhile
  bool unexpected = false;                 ///< a statement changed another number of rows than it must
  std::uint64_t log_size = 0;              ///< after the commit
  bool done() const { return conflicts.empty() && repeated_keys.empty() && !unexpected; }
};

/// Gives a batch, which lives until it is called again, or null at the end.
using NextBatch = std::function<const Batch*()>;

/// One page of a list: at most `limit` rows after the cursor (empty: from the start), and the next cursor.
struct PageRequest {
  int limit = 50;  ///< 1 to 1000
  std::string after;
};
template <class Row>
struct Page {
  std::vector<Row> rows;
  std::string next;  ///< empty when there is no more
};

/// Whether a text from outside may be used as PageRequest::after: empty, or of a cursor's form.
bool isCursor(std::string_view text);

/// Somebody's own worklist, or (with a scope) the open tasks of others, claimed or not. Ordered by due date
/// (tasks without one last), then by case and number; the tasks of one case by number.
///
/// Without a scope the entry to the list is the first field given of case_id, assignee, person, unit, role;
/// the rest narrows it, and only unclaimed tasks are in the lists of a unit, role or person. An empty unit
/// means the tasks that are open to every unit. With a scope each field narrows what the scope lets through.
struct TaskFilter {
  std::optional<std::string> assignee = {};  ///< tasks that this person claimed; with a scope, empty: nobody
  std::optional<std::string> unit = {};      ///< tasks of this unit …
  std::optional<std::string> role = {};      ///< … and of this role
  std::optional<std::string> person = {};    ///< tasks meant for this person
  std::optional<CaseId> case_id = {};        ///< all open tasks of a case
  std::optional<std::string> area = {};      ///< only with a scope, as the next
  std::optional<std::string> process = {};
  std::optional<RowScope> scope = {};
  /// Only with a scope: those whose time was over by then, also those that have none of their own and whose
  /// case's time was over.
  std::optional<Instant> overdue_by = {};
};

/// Newest first, that is by falling case id. Every field given must fit, and the scope.
struct CaseFilter {
  std::optional<std::string> process = {};
  std::optional<std::string> unit = {};
  std::optional<std::string> area = {};
  std::optional<std::string> key = {};
  std::optional<std::string> party = {};
  std::optional<CaseStatus> status = {};
  RowScope scope = {};  ///< without one the list is empty
};

/// Newest first.
struct IncidentFilter {
  std::optional<std::string> process = {};
  std::optional<std::string> unit = {};  ///< lead unit of the case
  std::optional<std::string> area = {};  ///< of the case
  RowScope scope = {};                   ///< without one the list is empty
};

/// A deployed model: its source as it was deployed. Versions of a name count from 1.
struct DefinitionRow {
  std::int64_t id = 0;
  std::string name;
  std::int64_t version = 0;
  std::string source;  ///< the deployed files as one JSON document
  Instant at;
  bool operator==(const DefinitionRow&) const = default;
};

struct StoredRecord {
  std::uint64_t sequence = 0;  ///< leaf index in the log, from 0
  CaseId case_id = 0;
  std::int64_t position = 0;
  std::string record;
  bool operator==(const StoredRecord&) const = default;
};

class Store {
 public:
  virtual ~Store() = default;

  virtual CommitOutcome commit(const Batch& batch) = 0;
  /// Batches as one unit of work, all or nothing, for more than fits into memory: each is written before
  /// `next` is asked for another one, until it gives none. Nobody else commits meanwhile; `next` may read
  /// from the store (which does not show what was written yet) and may throw to give everything up.
  virtual CommitOutcome commitAll(const NextBatch& next) = 0;

  /// Rows that a reading statement gives; it sees every commit that has returned.
  virtual std::vector<SqlRow> query(const Statement& statement) = 0;
  /// The plan of a statement, line by line, as the database tells it; for tests.
  virtual std::vector<std::string> explain(const Statement& statement) = 0;

  /// Rows in the order of ids; cases that do not exist are left out.
  virtual std::vector<CaseRow> loadCases(std::span<const CaseId> ids) = 0;
  /// All rows with one of these keys, whoever used it.
  virtual std::vector<ReplyRow> findReplies(std::span<const std::string> keys) = 0;
  /// Records of one case, by position, after `after`.
  virtual std::vector<StoredRecord> records(CaseId case_id, std::int64_t after, int limit) = 0;
  /// Records of the log, by sequence, from `from`.
  virtual std::vector<StoredRecord> journal(std::uint64_t from, int limit) = 0;

  virtual Page<CaseRow> listCases(const CaseFilter& filter, const PageRequest& page) = 0;  ///< without state
  virtual Page<TaskRow> listTasks(const TaskFilter& filter, const PageRequest& page) = 0;
  virtual std::vector<TaskRow> loadTasks(std::span<const ElementKey> ids) = 0;
  virtual Page<IncidentRow> listIncidents(const IncidentFilter& filter, const PageRequest& page) = 0;
  /// Running cases of a definition, by id; for migrations.
  virtual Page<CaseRow> listCasesOfDefinition(std::int64_t definition, const PageRequest& page) = 0;
  /// By case and number, after `after`.
  virtual std::vector<SubscriptionRow> findSubscriptions(SubscriptionKind kind, std::string_view name,
                                                         std::string_view key, const ElementKey& after,
                                                         int limit) = 0;

  /// Due timers that nobody holds, now held until `until` by the caller (other nodes skip them).
  virtual std::vector<TimerRow> claimTimers(Instant now, Instant until, int limit) = 0;
  virtual std::vector<OutboxRow> claimOutbox(Instant now, Instant until, int limit) = 0;
  /// Puts an attempt off: next attempt and count are written, the hold is given up.
  virtual void retryOutbox(const ElementKey& id, int attempts, Instant next_attempt) = 0;
  /// When a claim can next hand out a row: the earliest due timer or outbox row, or the end of its hold. For
  /// how long a server may sleep.
  virtual std::optional<Instant> nextDue() = 0;

  /// First of `count` case ids that belong to the caller alone.
  virtual CaseId reserveCaseIds(int count) = 0;

  /// Adds the next version of a name; refuses nothing (what may be deployed is the caller's business).
  virtual DefinitionRow addDefinition(std::string_view name, std::string_view source, Instant at) = 0;
  virtual std::optional<DefinitionRow> loadDefinition(std::int64_t id) = 0;
  virtual std::optional<DefinitionRow> latestDefinition(std::string_view name) = 0;
  virtual std::vector<DefinitionRow> listDefinitions() = 0;  ///< without source

  /// Newest first, that is by falling id; without tokens. A page may be short, or empty, and yet have a next
  /// one: a search looks at a bounded number of rows that have the words and are not of the wanted status.
  virtual Page<TextRow> searchTexts(const TextQuery& query, const PageRequest& page) = 0;

  virtual std::vector<PersonalRow> loadPersonal(CaseId case_id) = 0;
  /// Erases the clear values of a case that is at this version and puts `state` in the place of its state, so
  /// that the old bytes are overwritten. The number of rows erased; nothing when the case has moved on.
  virtual std::optional<int> erasePersonal(CaseId case_id, std::int64_t version, std::string_view state) = 0;
  /// Forgets idempotency keys used before `before`.
  virtual int forgetReplies(Instant before, int limit) = 0;

  /// The log: the newest signed head, the heads kept over time, tiles.
  virtual std::optional<ledger::Head> head() = 0;
  virtual std::vector<ledger::Head> keptHeads(std::uint64_t from_size, int limit) = 0;
  /// Empty when there is no such tile.
  virtual std::string tile(int level, std::int64_t index) = 0;

  /// Writes a copy of everything as of one moment, while others work, as one SQLite file. Refuses a path that
  /// exists.
  virtual Result<void> backup(const std::string& path) = 0;
};

/// How a store opens. The signer signs the head of the log in every commit.
struct StoreOptions {
  std::shared_ptr<const ledger::Signer> signer;
  ledger::HashAlgorithm hash = ledger::HashAlgorithm::sha256;
  NowFn now = systemNow;
  std::chrono::seconds keep_head_every{60};  ///< one head in this time is kept for ever
  std::string log;                           ///< name that a new store gives its log; empty: a random one
};

/// `sqlite:PATH` or `postgres:CONNINFO` (libpq). Creates or migrates the schema. Refuses a store of a newer
/// program, one whose log has another hash or does not match its signed head, and what is no store of ours.
Result<std::unique_ptr<Store>> open(const std::string& address, const StoreOptions& options);
/// Fills an empty store from a backup file. Refuses a store that holds anything, and a backup whose log does
/// not match its signed head.
Result<void> restore(const std::string& backup_path, const std::string& address, const StoreOptions& options);

}  // namespace jinyue::store
