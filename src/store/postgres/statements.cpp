#include "store/postgres/statements.h"

#include "store/columns.h"

#define CASE_ARRAYS                                                                              \
  "$1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], " \
  "$8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::bytea[]"

#define DROP(table)                                         \
  "DELETE FROM " table                                      \
  " t USING unnest($1::bigint[], $2::bigint[]) AS d (c, n)" \
  " WHERE t.case_id = d.c AND t.number = d.n"

namespace jinyue::store::postgres {

const std::array<NamedStatement, statement_count>& statements() {
  static constexpr std::array<NamedStatement, statement_count> all{{
      {Sql::begin, "begin", "BEGIN"},
      {Sql::begin_snapshot, "begin_snapshot", "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"},
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
       "INSERT INTO cases (" CASE_COLUMNS ") SELECT * FROM unnest(" CASE_ARRAYS ")"},
      {Sql::update_cases, "update_cases",
       "UPDATE cases c SET version = u.version, definition = u.definition, process = u.process,"
       " status = u.status, title = u.title, key = u.key, unit = u.unit, opened = u.opened, closed = "
       "u.closed, due = u.due, area = u.area, party = u.party, state = u.state"
       " FROM unnest(" CASE_ARRAYS ", $15::bigint[]) AS u (" CASE_COLUMNS
       ", expected) WHERE c.id = u.id AND c.version = u.expected"},
      {Sql::case_versions, "case_versions", "SELECT id, version FROM cases WHERE id = ANY ($1::bigint[])"},
      {Sql::cases_by_id, "cases_by_id", "SELECT " CASE_COLUMNS " FROM cases WHERE id = ANY ($1::bigint[])"},

      {Sql::put_tasks, "put_tasks",
       "INSERT INTO tasks (" TASK_COLUMNS
       ") SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[],"
       " $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[], $13::bigint[], "
       "$14::bigint[], $15::text[])"},
      {Sql::drop_tasks, "drop_tasks", DROP("tasks")},
      {Sql::tasks_by_id, "tasks_by_id",
       "SELECT " TASK_COLUMNS
       " FROM unnest($1::bigint[], $2::bigint[]) AS w (c, n) JOIN tasks ON case_id = w.c AND number = w.n"},

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
      {Sql::put_incidents, "put_incidents",
       "INSERT INTO incidents (" INCIDENT_COLUMNS
       ") SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[],"
       " $7::text[], $8::text[], $9::text[])"},
      {Sql::drop_incidents, "drop_incidents", DROP("incidents")},
      {Sql::put_outbox, "put_outbox",
       "INSERT INTO outbox (" OUTBOX_COLUMNS
       ", wake) SELECT c, n, t, a, k, b, a FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[],"
       " $5::bigint[], $6::bytea[]) AS u (c, n, t, a, k, b)"},
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
       " SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[]) ON CONFLICT (case_id, digest) DO "
       "NOTHING"},
      {Sql::put_state, "put_state",
       "UPDATE cases SET state = $3::bytea WHERE id = $1::bigint AND version = $2::bigint"},
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
