#include "store/postgres/schema.h"

#include <array>

#include <fmt/format.h>

#include "store/refusals.h"
#include "store/room_table.h"

namespace jinyue::store::postgres {
namespace {

// The same tables and columns as in SQLite (see sqlite/schema.cpp), so that rows can be copied from one store
// to the other. Primary keys begin with the case id where there is one, so that the tables can be distributed
// by its hash; no other index of them is unique. Texts that order or find rows compare by bytes, as in
// SQLite.
constexpr const char* step_1 = R"(
CREATE TABLE meta (name text COLLATE "C" PRIMARY KEY, value text NOT NULL);
CREATE TABLE counters (name text COLLATE "C" PRIMARY KEY, value bigint NOT NULL);
INSERT INTO counters (name, value) VALUES ('case', 1), ('definition', 1);

CREATE TABLE journal (
  case_id bigint NOT NULL,
  position bigint NOT NULL,
  sequence bigint NOT NULL,
  record bytea NOT NULL,
  PRIMARY KEY (case_id, position)
);
CREATE INDEX journal_by_sequence ON journal (sequence);

CREATE TABLE log_head (
  id bigint PRIMARY KEY CHECK (id = 1),
  size bigint NOT NULL,
  head text NOT NULL,
  kept_at bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO log_head (id, size, head, kept_at) VALUES (1, 0, '', 0);
CREATE TABLE heads (size bigint PRIMARY KEY, head text NOT NULL);
CREATE TABLE tiles (
  level bigint NOT NULL,
  idx bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (level, idx)
);
ALTER TABLE tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;  -- hashes don't get smaller

CREATE TABLE cases (
  id bigint PRIMARY KEY,
  version bigint NOT NULL,
  definition bigint NOT NULL,
  process text COLLATE "C" NOT NULL,
  status bigint NOT NULL,
  title text NOT NULL,
  key text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  opened bigint NOT NULL,
  closed bigint,
  due bigint,
  state bytea NOT NULL
) WITH (fillfactor = 50);
ALTER TABLE cases ALTER COLUMN state SET COMPRESSION lz4;
CREATE INDEX cases_by_status ON cases (status, id);
CREATE INDEX cases_by_process ON cases (process, status, id);
CREATE INDEX cases_by_unit ON cases (unit, status, id) WHERE unit <> '';
CREATE INDEX cases_by_key ON cases (key, id) WHERE key <> '';
CREATE INDEX cases_by_definition ON cases (definition, id) WHERE status = 0;

CREATE TABLE tasks (
  case_id bigint NOT NULL,
  number bigint NOT NULL,
  process text NOT NULL,
  node text NOT NULL,
  name text NOT NULL,
  title text NOT NULL,
  unit text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL,
  assignee text COLLATE "C" NOT NULL,
  excluded text NOT NULL,
  created bigint NOT NULL,
  due bigint NOT NULL,
  yellow bigint,
  PRIMARY KEY (case_id, number)
);
CREATE INDEX tasks_by_unit ON tasks (unit, due, case_id, number, role) WHERE assignee = '';
CREATE INDEX tasks_by_role ON tasks (role, due, case_id, number) WHERE assignee = '' AND role <> '';
CREATE INDEX tasks_by_person ON tasks (person, due, case_id, number) WHERE assignee = '' AND person <> '';
CREATE INDEX tasks_by_assignee ON tasks (assignee, due, case_id, number) WHERE assignee <> '';

CREATE TABLE timers (
  case_id bigint NOT NULL,
  number bigint NOT NULL,
  due bigint NOT NULL,
  wake bigint NOT NULL,
  PRIMARY KEY (case_id, number)
);
CREATE INDEX timers_by_wake ON timers (wake, case_id, number);

CREATE TABLE subscriptions (
  case_id bigint NOT NULL,
  number bigint NOT NULL,
  kind bigint NOT NULL,
  name text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  PRIMARY KEY (case_id, number)
);
CREATE INDEX subscriptions_by_name ON subscriptions (kind, name, key, case_id, number);

CREATE TABLE incidents (
  case_id bigint NOT NULL,
  number bigint NOT NULL,
  at bigint NOT NULL,
  process text COLLATE "C" NOT NULL,
  node text NOT NULL,
  code text NOT NULL,
  message text NOT NULL,
  PRIMARY KEY (case_id, number)
);
CREATE INDEX incidents_by_time ON incidents (at, case_id, number);
CREATE INDEX incidents_by_process ON incidents (process, at, case_id, number);

CREATE TABLE outbox (
  case_id bigint NOT NULL,
  number bigint NOT NULL,
  topic text NOT NULL,
  next_attempt bigint NOT NULL,
  attempts bigint NOT NULL,
  body text NOT NULL,
  wake bigint NOT NULL,
  PRIMARY KEY (case_id, number)
);
CREATE INDEX outbox_by_wake ON outbox (wake, case_id, number);

CREATE TABLE replies (
  key text COLLATE "C" NOT NULL,
  actor text COLLATE "C" NOT NULL,
  fingerprint bigint NOT NULL,
  case_id bigint NOT NULL,
  position bigint NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (key, actor)
);
CREATE INDEX replies_by_time ON replies (at);

CREATE TABLE personal (
  case_id bigint NOT NULL,
  digest text COLLATE "C" NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (case_id, digest)
);

CREATE TABLE definitions (
  id bigint PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  source text NOT NULL,
  at bigint NOT NULL,
  UNIQUE (name, version)
);

-- Tables whose rows come and go all the time.
ALTER TABLE tasks SET (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE timers SET (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_cost_delay = 0);
)";

// What is sealed is bytes.
constexpr const char* sealed_columns = R"(
ALTER TABLE personal ALTER COLUMN value TYPE bytea USING convert_to(value, 'UTF8');
ALTER TABLE outbox ALTER COLUMN body TYPE bytea USING convert_to(body, 'UTF8');
)";

// Areas, parties and what lists are narrowed by.
constexpr const char* row_scopes = R"(
ALTER TABLE cases ADD COLUMN area text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN party text COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX cases_by_area ON cases (area, status, id) WHERE area <> '';
CREATE INDEX cases_by_party ON cases (party, id) WHERE party <> '';
ALTER TABLE tasks ADD COLUMN area text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE tasks ALTER COLUMN process TYPE text COLLATE "C";
CREATE INDEX tasks_by_area ON tasks (area, due, case_id, number) WHERE area <> '';
CREATE INDEX tasks_by_process ON tasks (process, due, case_id, number);
CREATE INDEX tasks_claimed_by_unit ON tasks (unit, due, case_id, number) WHERE assignee <> '';
ALTER TABLE incidents ADD COLUMN unit text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN area text COLLATE "C" NOT NULL DEFAULT '';
UPDATE incidents SET unit = coalesce((SELECT unit FROM cases WHERE id = case_id), '');
CREATE INDEX incidents_by_unit ON incidents (unit, at, case_id, number) WHERE unit <> '';
CREATE INDEX incidents_by_area ON incidents (area, at, case_id, number) WHERE area <> '';
)";

// What texts are found by. A vector takes the place of FTS5's tokens; it is copied as text (copy.cpp). The
// list of entries that wait for their place in the index is searched from end to end by every search, so it
// is kept short.
constexpr const char* text_index = R"(
CREATE TABLE text_index (rowid bigint PRIMARY KEY, tokens tsvector NOT NULL);
ALTER TABLE text_index ALTER COLUMN tokens SET COMPRESSION lz4;
CREATE INDEX text_index_by_tokens ON text_index USING gin (tokens) WITH (gin_pending_list_limit = 512);
)";

// What is overdue is found by the deadline of its case, too.
constexpr const char* by_due =
    "CREATE INDEX cases_by_due ON cases (status, due, id) WHERE status = 0 AND due IS NOT NULL;";

const std::array<const char*, 5>& steps() {
  static const std::string step_2 =
      ddlOf(roomTablesOf(2), Dialect::postgres) + row_scopes + sealed_columns + text_index;
  static const std::string step_3 = ddlOf(roomTablesOf(3), Dialect::postgres);
  static const std::string step_4 =
      ddlOf(roomTablesOf(4), Dialect::postgres) + std::string{drop_of_version_4};
  static const std::array all{step_1, step_2.c_str(), step_3.c_str(), step_4.c_str(), by_due};
  return all;
}

/// The version of the current schema, 0 for an empty one.
Result<int> schemaVersion(Connection& connection) {
  if (connection.valueOf("SELECT to_regclass(quote_ident(current_schema()) || '.jinyue_schema')").empty()) {
    const auto relations = connection.valueOf(
        "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace");
    if (relations != "0") return refuseForeign();
    return 0;
  }
  return std::stoi(connection.valueOf("SELECT max(version) FROM jinyue_schema"));
}

}  // namespace

std::span<const char* const> schemaSteps() { return steps(); }

Result<void> migrate(Connection& connection, Instant now) {
  return migrate(connection, now, static_cast<int>(steps().size()));
}

Result<void> migrate(Connection& connection, Instant now, int to) {
  if (connection.valueOf("SELECT current_schema()").empty()) {
    throw StoreFault("PostgreSQL: the search path names no schema that exists");
  }
  // Several nodes may start at once.
  connection.runText("BEGIN; SELECT pg_advisory_xact_lock(hashtext('jinyue ' || current_schema()))");
  const auto version = schemaVersion(connection);
  if (!version || *version > static_cast<int>(steps().size())) {
    connection.runText("ROLLBACK");
    if (!version) return std::unexpected(version.error());
    return refuseNewer(*version, static_cast<int>(steps().size()));
  }
  if (*version == 0) {
    connection.runText("CREATE TABLE jinyue_schema (version bigint PRIMARY KEY, applied_at bigint NOT NULL)");
  }
  for (int step = *version; step < to; ++step) {
    connection.runText(steps()[static_cast<std::size_t>(step)]);
    connection.runText(fmt::format("INSERT INTO jinyue_schema (version, applied_at) VALUES ({}, {})",
                                   step + 1, now.time_since_epoch().count()));
  }
  connection.runText("COMMIT");
  return {};
}

}  // namespace jinyue::store::postgres
