#include "store/sqlite/schema.h"

#include <array>

#include <fmt/format.h>

#include "store/refusals.h"
#include "store/room_table.h"

namespace jinyue::store::sqlite {
namespace {

// Instants are integer milliseconds since 1970. A due date that is not there is the largest integer where
// lists are ordered by it. `wake` is the moment from which a claim may hand a row out: its due date, or the
// end of its hold.
constexpr const char* step_1 = R"(
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, value) VALUES ('case', 1), ('definition', 1);

CREATE TABLE journal (
  sequence INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  record BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX journal_by_case ON journal (case_id, position);

CREATE TABLE log_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  head TEXT NOT NULL,
  kept_at INTEGER NOT NULL
) STRICT;
INSERT INTO log_head (id, size, head, kept_at) VALUES (1, 0, '', 0);
CREATE TABLE heads (size INTEGER PRIMARY KEY, head TEXT NOT NULL) STRICT;
CREATE TABLE tiles (
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  UNIQUE (level, idx)
) STRICT;

CREATE TABLE cases (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  definition INTEGER NOT NULL,
  process TEXT NOT NULL,
  status INTEGER NOT NULL,
  title TEXT NOT NULL,
  key TEXT NOT NULL,
  unit TEXT NOT NULL,
  opened INTEGER NOT NULL,
  closed INTEGER,
  due INTEGER,
  state BLOB NOT NULL
) STRICT;
CREATE INDEX cases_by_status ON cases (status, id);
CREATE INDEX cases_by_process ON cases (process, status, id);
CREATE INDEX cases_by_unit ON cases (unit, status, id) WHERE unit <> '';
CREATE INDEX cases_by_key ON cases (key, id) WHERE key <> '';
CREATE INDEX cases_by_definition ON cases (definition, id) WHERE status = 0;

CREATE TABLE tasks (
  case_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  process TEXT NOT NULL,
  node TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  unit TEXT NOT NULL,
  role TEXT NOT NULL,
  person TEXT NOT NULL,
  assignee TEXT NOT NULL,
  excluded TEXT NOT NULL,
  created INTEGER NOT NULL,
  due INTEGER NOT NULL,
  yellow INTEGER,
  PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX tasks_by_unit ON tasks (unit, due, case_id, number, role) WHERE assignee = '';
CREATE INDEX tasks_by_role ON tasks (role, due, case_id, number) WHERE assignee = '' AND role <> '';
CREATE INDEX tasks_by_person ON tasks (person, due, case_id, number) WHERE assignee = '' AND person <> '';
CREATE INDEX tasks_by_assignee ON tasks (assignee, due, case_id, number) WHERE assignee <> '';

CREATE TABLE timers (
  case_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  due INTEGER NOT NULL,
  wake INTEGER NOT NULL,
  PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_by_wake ON timers (wake, case_id, number);

CREATE TABLE subscriptions (
  case_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscriptions_by_name ON subscriptions (kind, name, key, case_id, number);

CREATE TABLE incidents (
  case_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  process TEXT NOT NULL,
  node TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX incidents_by_time ON incidents (at, case_id, number);
CREATE INDEX incidents_by_process ON incidents (process, at, case_id, number);

CREATE TABLE outbox (
  case_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  topic TEXT NOT NULL,
  next_attempt INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  body TEXT NOT NULL,
  wake INTEGER NOT NULL,
  PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_wake ON outbox (wake, case_id, number);

CREATE TABLE replies (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  actor TEXT NOT NULL,
  fingerprint INTEGER NOT NULL,
  case_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX replies_by_key ON replies (key, actor);
CREATE INDEX replies_by_time ON replies (at);

CREATE TABLE personal (
  case_id INTEGER NOT NULL,
  digest TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (case_id, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE definitions (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (name, version)
) STRICT;
)";

// What is sealed is bytes; SQLite changes no column's type.
constexpr const char* sealed_columns = R"(
CREATE TABLE new_personal (
  case_id INTEGER NOT NULL,
  digest TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (case_id, digest)
) STRICT, WITHOUT ROWID;
INSERT INTO new_personal SELECT case_id, digest, CAST(value AS BLOB) FROM personal;
DROP TABLE personal;
ALTER TABLE new_personal RENAME TO personal;
CREATE TABLE new_outbox (
  case_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  topic TEXT NOT NULL,
  next_attempt INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  body BLOB NOT NULL,
  wake INTEGER NOT NULL,
  PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO new_outbox SELECT case_id, number, topic, next_attempt, attempts, CAST(body AS BLOB), wake FROM outbox;
DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;
CREATE INDEX outbox_by_wake ON outbox (wake, case_id, number);
)";

// Areas, parties and what lists are narrowed by.
constexpr const char* row_scopes = R"(
ALTER TABLE cases ADD COLUMN area TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN party TEXT NOT NULL DEFAULT '';
CREATE INDEX cases_by_area ON cases (area, status, id) WHERE area <> '';
CREATE INDEX cases_by_party ON cases (party, id) WHERE party <> '';
ALTER TABLE tasks ADD COLUMN area TEXT NOT NULL DEFAULT '';
CREATE INDEX tasks_by_area ON tasks (area, due, case_id, number) WHERE area <> '';
CREATE INDEX tasks_by_process ON tasks (process, due, case_id, number);
CREATE INDEX tasks_claimed_by_unit ON tasks (unit, due, case_id, number) WHERE assignee <> '';
ALTER TABLE incidents ADD COLUMN unit TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN area TEXT NOT NULL DEFAULT '';
UPDATE incidents SET unit = coalesce((SELECT unit FROM cases WHERE id = case_id), '');
CREATE INDEX incidents_by_unit ON incidents (unit, at, case_id, number) WHERE unit <> '';
CREATE INDEX incidents_by_area ON incidents (area, at, case_id, number) WHERE area <> '';
)";

// What texts are found by, as FTS5 keeps it: which rows have a token, not where in them (detail) nor how many
// tokens a row has (columnsize). It keeps the tokens themselves as well, since a row that changes is taken
// out of the index by what it had. Tokens are ready made, so "ascii" only parts them at blanks. Each first
// character is an index of its own (prefix): how a single Chinese character is found.
constexpr const char* text_index = R"(
CREATE VIRTUAL TABLE text_index USING fts5 (
  tokens, detail = none, columnsize = 0, prefix = 1, tokenize = "ascii tokenchars '_'"
);
INSERT INTO text_index (text_index, rank) VALUES ('pgsz', 8000);
)";

// What is overdue is found by the deadline of its case, too.
constexpr const char* by_due =
    "CREATE INDEX cases_by_due ON cases (status, due, id) WHERE status = 0 AND due IS NOT NULL;";

const std::array<const char*, 5>& steps() {
  static const std::string step_2 =
      ddlOf(roomTablesOf(2), Dialect::sqlite) + row_scopes + sealed_columns + text_index;
  static const std::string step_3 = ddlOf(roomTablesOf(3), Dialect::sqlite);
  static const std::string step_4 = ddlOf(roomTablesOf(4), Dialect::sqlite) + std::string{drop_of_version_4};
  static const std::array all{step_1, step_2.c_str(), step_3.c_str(), step_4.c_str(), by_due};
  return all;
}

}  // namespace

std::span<const char* const> schemaSteps() { return steps(); }

Result<int> schemaVersion(Connection& connection) {
  const std::int64_t owner = connection.number("PRAGMA application_id");
  const bool has_tables = connection.number("SELECT count(*) FROM sqlite_schema") > 0;
  if (!has_tables) return 0;
  if (owner != application_id) return refuseForeign();
  return static_cast<int>(connection.number("SELECT max(version) FROM jinyue_schema"));
}

Result<void> migrate(Connection& connection, Instant now) {
  return migrate(connection, now, static_cast<int>(steps().size()));
}

Result<void> migrate(Connection& connection, Instant now, int to) {
  Transaction transaction(connection, Sql::begin_write);
  const auto version = schemaVersion(connection);
  if (!version) return std::unexpected(version.error());
  if (*version > static_cast<int>(steps().size()))
    return refuseNewer(*version, static_cast<int>(steps().size()));
  if (*version == 0) {
    connection.run(fmt::format("PRAGMA application_id = {}", application_id).c_str());
    connection.run(
        "CREATE TABLE jinyue_schema (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT");
  }
  for (int step = *version; step < to; ++step) {
    connection.run(steps()[static_cast<std::size_t>(step)]);
    connection.run(fmt::format("INSERT INTO jinyue_schema (version, applied_at) VALUES ({}, {})", step + 1,
                               now.time_since_epoch().count())
                       .c_str());
  }
  transaction.commit();
  return {};
}

}  // namespace jinyue::store::sqlite
