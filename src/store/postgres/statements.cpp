#include "store/postgres/statements.h"

// Columns come in the order in which rows.h reads them.
#define CASE_LIST_COLUMNS "id, version, definition, process, status, title, key, unit, opened, closed, due"
#define CASE_COLUMNS CASE_LIST_COLUMNS ", state"
#define TASK_COLUMNS                                                                                    \
  "case_id, number, process, node, name, title, unit, role, person, assignee, excluded, created, due, " \
  "yellow"
#define INCIDENT_COLUMNS "case_id, number, at, process, node, code, message"
#define TEXT_COLUMNS "id, kind, process, area, unit, party, status, at, title, names, text"
#define OUTBOX_COLUMNS "case_id, number, topic, next_attempt, attempts, body"

// A task list without its entry: what narrows it, where the page starts, its order.
#define TASK_NARROWING                                                         \
  " AND ($2::text IS NULL OR person = $2) AND ($3::text IS NULL OR unit = $3)" \
  " AND ($4::text IS NULL OR role = $4)"
#define TASK_PAGE                                                                                           \
  " AND (due, case_id, number) > ($5::bigint, $6::bigint, $7::bigint) ORDER BY due, case_id, number LIMIT " \
  "$8"
// The same parameters for lists that are not narrowed by all of them.
#define NO_NARROWING \
  " AND ($2::text IS NULL OR true) AND ($3::text IS NULL OR true) AND ($4::text IS NULL OR true)"

// One status of a case list. Three of them are merged in order when every status is wanted.
#define CASES_WHERE(condition) \
  "SELECT " CASE_LIST_COLUMNS " FROM cases WHERE " condition " AND id < $2::bigint"
// The newest of each status by its index, then the newest of those: at most three pages are sorted.
#define CASES_OF_STATUS(condition, status) \
  "(" CASES_WHERE(condition " AND status = " status) " ORDER BY id DESC LIMIT $3::bigint)"
#define CASES_OF_ANY_STATUS(condition)                                         \
  CASES_OF_STATUS(condition, "0")                                              \
  " UNION ALL " CASES_OF_STATUS(condition, "1") " UNION ALL " CASES_OF_STATUS( \
      condition, "2") " ORDER BY id DESC LIMIT $3::bigint"

#define DROP(table)                                         \
  "DELETE FROM " table                                      \
  " t USING unnest($1::bigint[], $2::bigint[]) AS d (c, n)" \
  " WHERE t.case_id = d.c AND t.number = d.n"

namespace jinyue::store::postgres {

const std::array<NamedStatement, statement_count>& statements() {
  static constexpr std::array<NamedStatement, statement_count> all{{
      {Sql::begin, "begin", "BEGIN"},
      {Sql::commit, "commit", "COMMIT"},
      {Sql::rollback, "rollback", "ROLLBACK"},

      {Sql::head, "head", "SELECT size, head, kept_at FROM log_head WHERE id = 1"},
      // One node appends to the log at a time. Every transaction that takes this lock takes it first.
      {Sql::lock_head, "lock_head", "SELECT size, head, kept_at FROM log_head WHERE id = 1 FOR UPDATE"},
      {Sql::put_head, "put_head",
       "UPDATE log_head SET size = $1::bigint, head = $2::text, kept_at = $3::bigint WHERE id = 1"},
      {Sql::keep_head, "keep_head",
       "INSERT INTO heads (size, head) VALUES ($1::bigint, $2::text) ON CONFLICT (size) DO UPDATE SET head = "
       "$2"},
      {Sql::kept_heads, "kept_heads",
       "SELECT head, size FROM heads WHERE size >= $1::bigint ORDER BY size LIMIT $2::bigint"},
      {Sql::put_tiles, "put_tiles",
       "INSERT INTO tiles (level, idx, hashes) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[])"
       " ON CONFLICT (level, idx) DO UPDATE SET hashes = excluded.hashes"},
      {Sql::tile, "tile", "SELECT hashes FROM tiles WHERE level = $1::bigint AND idx = $2::bigint"},
      {Sql::insert_journal, "insert_journal",
       "INSERT INTO journal (case_id, position, sequence, record)"
       " SELECT c, p, (SELECT size FROM log_head WHERE id = 1) + n - 1, r"
       " FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) WITH ORDINALITY AS u (c, p, r, n)"},
      {Sql::journal, "journal",
       "SELECT sequence, case_id, position, record FROM journal WHERE sequence >= $1::bigint"
       " ORDER BY sequence LIMIT $2::bigint"},
      {Sql::records, "records",
       "SELECT sequence, case_id, position, record FROM journal WHERE case_id = $1::bigint AND"
       " position > $2::bigint ORDER BY position LIMIT $3::bigint"},

      {Sql::insert_cases, "insert_cases",
       "INSERT INTO cases (" CASE_COLUMNS ") SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], "
       "$4::text[], $5::bigint[], $6::text[],"
       " $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bytea[])"},
      {Sql::update_cases, "update_cases",
       "UPDATE cases c SET version = u.version, definition = u.definition, process = u.process,"
       " status = u.status, title = u.title, key = u.key, unit = u.unit, opened = u.opened, closed = "
       "u.closed,"
       " due = u.due, state = u.state"
       " FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], "
       "$7::text[],"
       " $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bytea[], $13::bigint[])"
       " AS u (id, version, definition, process, status, title, key, unit, opened, closed, due, state, "
       "expected)"
       " WHERE c.id = u.id AND c.version = u.expected"},
      {Sql::case_versions, "case_versions", "SELECT id, version FROM cases WHERE id = ANY ($1::bigint[])"},
      {Sql::cases_by_id, "cases_by_id", "SELECT " CASE_COLUMNS " FROM cases WHERE id = ANY ($1::bigint[])"},
      {Sql::cases, "cases",
       "SELECT " CASE_LIST_COLUMNS " FROM cases WHERE id < $1::bigint ORDER BY id DESC LIMIT $2::bigint"},
      {Sql::cases_by_status, "cases_by_status",
       "SELECT " CASE_LIST_COLUMNS
       " FROM cases WHERE status = $1::bigint AND id < $2::bigint ORDER BY id DESC LIMIT $3::bigint"},
      {Sql::cases_by_process, "cases_by_process", CASES_OF_ANY_STATUS("process = $1::text")},
      {Sql::cases_by_process_and_status, "cases_by_process_and_status",
       CASES_WHERE("process = $1::text AND status = $4::bigint") " ORDER BY id DESC LIMIT $3"},
      {Sql::cases_by_unit, "cases_by_unit", CASES_OF_ANY_STATUS("unit = $1::text AND unit <> ''")},
      {Sql::cases_by_unit_and_status, "cases_by_unit_and_status",
       CASES_WHERE("unit = $1::text AND unit <> '' AND status = $4::bigint") " ORDER BY id DESC LIMIT $3"},
      {Sql::cases_by_key, "cases_by_key",
       CASES_WHERE("key = $1::text AND key <> '' AND ($4::bigint IS NULL OR status = $4)") " ORDER BY id "
                                                                                           "DESC LIMIT $3"},
      {Sql::cases_of_definition, "cases_of_definition",
       "SELECT " CASE_LIST_COLUMNS " FROM cases WHERE definition = $1::bigint AND status = 0 AND id > "
       "$2::bigint ORDER BY id LIMIT $3::bigint"},

      {Sql::put_tasks, "put_tasks",
       "INSERT INTO tasks (" TASK_COLUMNS
       ") SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],"
       " $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[], $13::bigint[], "
       "$14::bigint[])"},
      {Sql::drop_tasks, "drop_tasks", DROP("tasks")},
      {Sql::tasks_by_id, "tasks_by_id",
       "SELECT " TASK_COLUMNS
       " FROM unnest($1::bigint[], $2::bigint[]) AS w (c, n) JOIN tasks ON case_id = w.c AND number = w.n"},
      {Sql::tasks_of_case, "tasks_of_case",
       "SELECT " TASK_COLUMNS " FROM tasks WHERE case_id = $1::bigint" TASK_NARROWING
       " AND ($5::text IS NULL OR assignee = $5) AND number > $6::bigint ORDER BY number LIMIT $7::bigint"},
      {Sql::tasks_by_assignee, "tasks_by_assignee",
       "SELECT " TASK_COLUMNS
       " FROM tasks WHERE assignee = $1::text AND assignee <> ''" TASK_NARROWING TASK_PAGE},
      {Sql::tasks_by_person, "tasks_by_person",
       "SELECT " TASK_COLUMNS
       " FROM tasks WHERE person = $1::text AND person <> '' AND assignee = ''" TASK_NARROWING TASK_PAGE},
      {Sql::tasks_by_unit, "tasks_by_unit",
       "SELECT " TASK_COLUMNS " FROM tasks WHERE unit = $1::text AND assignee = ''" NO_NARROWING TASK_PAGE},
      {Sql::tasks_by_unit_and_role, "tasks_by_unit_and_role",
       "SELECT " TASK_COLUMNS " FROM tasks WHERE unit = $1::text AND role = $4::text AND assignee = ''"
       " AND ($2::text IS NULL OR true) AND ($3::text IS NULL OR true)" TASK_PAGE},
      {Sql::tasks_by_role, "tasks_by_role",
       "SELECT " TASK_COLUMNS
       " FROM tasks WHERE role = $1::text AND role <> '' AND assignee = ''" NO_NARROWING TASK_PAGE},

      {Sql::put_timers, "put_timers",
       "INSERT INTO timers (case_id, number, due, wake)"
       " SELECT c, n, d, d FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS u (c, n, d)"},
      {Sql::drop_timers, "drop_timers", DROP("timers")},
      {Sql::claim_timers, "claim_timers",
       "WITH due AS (SELECT case_id AS c, number AS n FROM timers WHERE wake <= $1::bigint"
       " ORDER BY wake, case_id, number LIMIT $2::bigint FOR UPDATE SKIP LOCKED)"
       " UPDATE timers SET wake = $3::bigint FROM due WHERE case_id = due.c AND number = due.n"
       " RETURNING case_id, number, due"},
      {Sql::next_timer, "next_timer", "SELECT min(wake) FROM timers"},
      {Sql::put_subscriptions, "put_subscriptions",
       "INSERT INTO subscriptions (case_id, number, kind, name, key)"
       " SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])"},
      {Sql::drop_subscriptions, "drop_subscriptions", DROP("subscriptions")},
      {Sql::subscriptions, "subscriptions",
       "SELECT case_id, number, kind, name, key FROM subscriptions WHERE kind = $1::bigint AND name = "
       "$2::text"
       " AND key = $3::text ORDER BY case_id, number LIMIT $4::bigint"},
      {Sql::put_incidents, "put_incidents",
       "INSERT INTO incidents (" INCIDENT_COLUMNS
       ") SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[],"
       " $7::text[])"},
      {Sql::drop_incidents, "drop_incidents", DROP("incidents")},
      {Sql::incidents, "incidents",
       "SELECT " INCIDENT_COLUMNS
       " FROM incidents WHERE (at, case_id, number) < ($1::bigint, $2::bigint, $3::bigint)"
       " ORDER BY at DESC, case_id DESC, number DESC LIMIT $4::bigint"},
      {Sql::incidents_by_process, "incidents_by_process",
       "SELECT " INCIDENT_COLUMNS " FROM incidents WHERE process = $5::text AND (at, case_id, number) < "
       "($1::bigint, $2::bigint, $3::bigint)"
       " ORDER BY at DESC, case_id DESC, number DESC LIMIT $4::bigint"},
      {Sql::put_outbox, "put_outbox",
       "INSERT INTO outbox (" OUTBOX_COLUMNS
       ", wake) SELECT c, n, t, a, k, b, a FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[],"
       " $5::bigint[], $6::text[]) AS u (c, n, t, a, k, b)"},
      {Sql::drop_outbox, "drop_outbox", DROP("outbox")},
      {Sql::claim_outbox, "claim_outbox",
       "WITH due AS (SELECT case_id AS c, number AS n FROM outbox WHERE wake <= $1::bigint"
       " ORDER BY wake, case_id, number LIMIT $2::bigint FOR UPDATE SKIP LOCKED)"
       " UPDATE outbox SET wake = $3::bigint FROM due WHERE case_id = due.c AND number = due.n"
       " RETURNING " OUTBOX_COLUMNS},
      {Sql::retry_outbox, "retry_outbox",
       "UPDATE outbox SET attempts = $3::bigint, next_attempt = $4::bigint, wake = $4::bigint"
       " WHERE case_id = $1::bigint AND number = $2::bigint"},
      {Sql::next_outbox, "next_outbox", "SELECT min(wake) FROM outbox"},

      {Sql::insert_replies, "insert_replies",
       "INSERT INTO replies (key, actor, fingerprint, case_id, position, at)"
       " SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], "
       "$6::bigint[])"},
      {Sql::replies_by_key, "replies_by_key",
       "SELECT key, actor, fingerprint, case_id, position, at FROM replies WHERE key = ANY ($1::text[])"},
      {Sql::forget_replies, "forget_replies",
       "WITH old AS (SELECT key AS k, actor AS a FROM replies WHERE at < $1::bigint ORDER BY at"
       " LIMIT $2::bigint FOR UPDATE SKIP LOCKED)"
       " DELETE FROM replies USING old WHERE key = old.k AND actor = old.a"},
      {Sql::put_personal, "put_personal",
       "INSERT INTO personal (case_id, digest, value)"
       " SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[]) ON CONFLICT (case_id, digest) DO "
       "NOTHING"},
      {Sql::personal_of_case, "personal_of_case",
       "SELECT case_id, digest, value FROM personal WHERE case_id = $1::bigint ORDER BY digest"},
      {Sql::erase_personal, "erase_personal", "DELETE FROM personal WHERE case_id = $1::bigint"},

      {Sql::put_texts, "put_texts",
       "INSERT INTO texts (" TEXT_COLUMNS
       ") SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],"
       " $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::text[])"
       " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, process = excluded.process,"
       " area = excluded.area, unit = excluded.unit, party = excluded.party, status = excluded.status,"
       " at = excluded.at, title = excluded.title, names = excluded.names, text = excluded.text"},
      {Sql::put_tokens, "put_tokens",
       "INSERT INTO text_index AS t (rowid, tokens) SELECT * FROM unnest($1::bigint[], $2::tsvector[])"
       " ON CONFLICT (rowid) DO UPDATE SET tokens = excluded.tokens WHERE t.tokens <> excluded.tokens"},
      {Sql::drop_texts, "drop_texts", "DELETE FROM texts WHERE id = ANY ($1::bigint[])"},
      {Sql::drop_tokens, "drop_tokens", "DELETE FROM text_index WHERE rowid = ANY ($1::bigint[])"},
      // The newest thousand rows, looked at one by one: enough for a word that many have.
      {Sql::walk_texts, "walk_texts",
       "SELECT " TEXT_COLUMNS
       " FROM (SELECT rowid, tokens FROM text_index WHERE rowid < $2::bigint ORDER BY rowid DESC LIMIT 1000)"
       " AS newest JOIN texts ON id = newest.rowid WHERE newest.tokens @@ $1::text::tsquery"
       " AND ($3::bigint IS NULL OR status = $3) ORDER BY newest.rowid DESC LIMIT $4::bigint"},
      // By the index of tokens alone: + 0 keeps the primary key's out, which would be walked to its end.
      // Without a status only the rows of the page are joined.
      {Sql::find_texts, "find_texts",
       "SELECT " TEXT_COLUMNS
       " FROM (SELECT rowid + 0 AS number FROM text_index WHERE tokens @@ $1::text::tsquery"
       " AND rowid + 0 < $2::bigint ORDER BY number DESC"
       " LIMIT CASE WHEN $3::bigint IS NULL THEN $4::bigint END) AS found"
       " JOIN texts ON id = found.number WHERE $3 IS NULL OR status = $3"
       " ORDER BY found.number DESC LIMIT $4"},
      {Sql::newest_text, "newest_text",
       "SELECT rowid FROM text_index WHERE rowid < $1::bigint ORDER BY rowid DESC LIMIT 1"},

      {Sql::insert_definition, "insert_definition",
       "INSERT INTO definitions (id, name, version, source, at) VALUES ($1::bigint, $2::text,"
       " 1 + coalesce((SELECT max(version) FROM definitions WHERE name = $2), 0), $3::text, $4::bigint)"
       " RETURNING id, name, version, source, at"},
      {Sql::definition_by_id, "definition_by_id",
       "SELECT id, name, version, source, at FROM definitions WHERE id = $1::bigint"},
      {Sql::latest_definition, "latest_definition",
       "SELECT id, name, version, source, at FROM definitions WHERE name = $1::text ORDER BY version DESC "
       "LIMIT 1"},
      {Sql::definitions, "definitions",
       "SELECT id, name, version, ''::text, at FROM definitions ORDER BY id"},
      {Sql::take_numbers, "take_numbers",
       "UPDATE counters SET value = value + $2::bigint WHERE name = $1::text RETURNING value - $2"},
      {Sql::meta, "meta", "SELECT value FROM meta WHERE name = $1::text"},
      {Sql::put_meta, "put_meta",
       "INSERT INTO meta (name, value) VALUES ($1::text, $2::text) ON CONFLICT (name) DO UPDATE SET value = "
       "$2"},
  }};
  return all;
}

}  // namespace jinyue::store::postgres
