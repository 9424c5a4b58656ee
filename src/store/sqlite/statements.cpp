#include "store/sqlite/statements.h"

#include "store/columns.h"

namespace jinyue::store::sqlite {

const std::array<NamedStatement, statement_count>& statements() {
  static constexpr std::array<NamedStatement, statement_count> all{{
      {Sql::begin_write, "begin_write", "BEGIN IMMEDIATE"},
      {Sql::begin_read, "begin_read", "BEGIN"},
      {Sql::commit, "commit", "COMMIT"},
      {Sql::rollback, "rollback", "ROLLBACK"},

      {Sql::head, "head", "SELECT size, head, kept_at FROM log_head WHERE id = 1"},
      {Sql::put_head, "put_head", "UPDATE log_head SET size = ?1, head = ?2, kept_at = ?3 WHERE id = 1"},
      {Sql::keep_head, "keep_head", "INSERT OR REPLACE INTO heads (size, head) VALUES (?1, ?2)"},
      {Sql::kept_heads, "kept_heads", "SELECT head, size FROM heads WHERE size >= ?1 ORDER BY size LIMIT ?2"},
      {Sql::put_tile, "put_tile", "INSERT OR REPLACE INTO tiles (level, idx, hashes) VALUES (?1, ?2, ?3)"},
      {Sql::tile, "tile", "SELECT hashes FROM tiles WHERE level = ?1 AND idx = ?2"},
      {Sql::insert_journal, "insert_journal",
       "INSERT INTO journal (sequence, case_id, position, record) VALUES (?1, ?2, ?3, ?4)"},
      {Sql::journal, "journal",
       "SELECT sequence, case_id, position, record FROM journal WHERE sequence >= ?1"
       " ORDER BY sequence LIMIT ?2"},
      {Sql::records, "records",
       "SELECT sequence, case_id, position, record FROM journal WHERE case_id = ?1 AND position > ?2"
       " ORDER BY position LIMIT ?3"},

      {Sql::insert_case, "insert_case",
       "INSERT INTO cases (" CASE_COLUMNS
       ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT (id) DO NOTHING"},
      // The usual change of a case touches no indexed column; SQLite would rewrite the index entries of every
      // column named in SET, changed or not. So this one first, and move_case when it finds no row.
      {Sql::update_case, "update_case",
       "UPDATE cases SET version = ?2, title = ?6, opened = ?9, closed = ?10, due = ?11, state = ?14"
       " WHERE id = ?1 AND version = ?15 AND definition = ?3 AND process = ?4 AND status = ?5 AND key = ?7"
       " AND unit = ?8 AND area = ?12 AND party = ?13"},
      {Sql::move_case, "move_case",
       "UPDATE cases SET version = ?2, definition = ?3, process = ?4, status = ?5, title = ?6, key = ?7, "
       "unit = ?8, opened = ?9, closed = ?10, due = ?11, area = ?12, party = ?13, state = ?14"
       " WHERE id = ?1 AND version = ?15"},
      {Sql::case_version, "case_version", "SELECT version FROM cases WHERE id = ?1"},
      {Sql::case_by_id, "case_by_id", "SELECT " CASE_COLUMNS " FROM cases WHERE id = ?1"},

      {Sql::put_task, "put_task",
       "INSERT OR REPLACE INTO tasks (" TASK_COLUMNS
       ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"},
      {Sql::drop_task, "drop_task", "DELETE FROM tasks WHERE case_id = ?1 AND number = ?2"},
      {Sql::task_by_id, "task_by_id",
       "SELECT " TASK_COLUMNS " FROM tasks WHERE case_id = ?1 AND number = ?2"},

      {Sql::put_timer, "put_timer",
       "INSERT OR REPLACE INTO timers (case_id, number, due, wake) VALUES (?1, ?2, ?3, ?3)"},
      {Sql::drop_timer, "drop_timer", "DELETE FROM timers WHERE case_id = ?1 AND number = ?2"},
      {Sql::due_timers, "due_timers",
       "SELECT case_id, number, due FROM timers WHERE wake <= ?1 ORDER BY wake, case_id, number LIMIT ?2"},
      {Sql::hold_timer, "hold_timer", "UPDATE timers SET wake = ?3 WHERE case_id = ?1 AND number = ?2"},
      {Sql::next_timer, "next_timer", "SELECT min(wake) FROM timers"},
      {Sql::put_subscription, "put_subscription",
       "INSERT OR REPLACE INTO subscriptions (case_id, number, kind, name, key) VALUES (?1, ?2, ?3, ?4, ?5)"},
      {Sql::drop_subscription, "drop_subscription",
       "DELETE FROM subscriptions WHERE case_id = ?1 AND number = ?2"},
      {Sql::put_incident, "put_incident",
       "INSERT OR REPLACE INTO incidents (" INCIDENT_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"},
      {Sql::drop_incident, "drop_incident", "DELETE FROM incidents WHERE case_id = ?1 AND number = ?2"},
      {Sql::put_outbox, "put_outbox",
       "INSERT OR REPLACE INTO outbox (" OUTBOX_COLUMNS ", wake) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?4)"},
      {Sql::drop_outbox, "drop_outbox", "DELETE FROM outbox WHERE case_id = ?1 AND number = ?2"},
      {Sql::due_outbox, "due_outbox",
       "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE wake <= ?1 ORDER BY wake, case_id, number LIMIT ?2"},
      {Sql::hold_outbox, "hold_outbox", "UPDATE outbox SET wake = ?3 WHERE case_id = ?1 AND number = ?2"},
      {Sql::retry_outbox, "retry_outbox",
       "UPDATE outbox SET attempts = ?3, next_attempt = ?4, wake = ?4 WHERE case_id = ?1 AND number = ?2"},
      {Sql::next_outbox, "next_outbox", "SELECT min(wake) FROM outbox"},

      {Sql::insert_reply, "insert_reply",
       "INSERT INTO replies (key, actor, fingerprint, case_id, position, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
       " ON CONFLICT (key, actor) DO NOTHING"},
      {Sql::replies_by_key, "replies_by_key",
       "SELECT key, actor, fingerprint, case_id, position, at FROM replies WHERE key = ?1 ORDER BY actor"},
      {Sql::forget_replies, "forget_replies",
       "DELETE FROM replies WHERE id IN (SELECT id FROM replies WHERE at < ?1 ORDER BY at LIMIT ?2)"},
      {Sql::put_personal, "put_personal",
       "INSERT INTO personal (case_id, digest, value) VALUES (?1, ?2, ?3) ON CONFLICT (case_id, digest) DO "
       "NOTHING"},
      {Sql::put_state, "put_state", "UPDATE cases SET state = ?3 WHERE id = ?1 AND version = ?2"},
      {Sql::erase_personal, "erase_personal", "DELETE FROM personal WHERE case_id = ?1"},

      {Sql::put_text, "put_text",
       "INSERT INTO texts (" TEXT_COLUMNS
       ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (id) DO UPDATE SET"
       " kind = ?2, process = ?3, area = ?4, unit = ?5, party = ?6, status = ?7, at = ?8, title = ?9,"
       " names = ?10, text = ?11"},
      {Sql::drop_text, "drop_text", "DELETE FROM texts WHERE id = ?1"},
      {Sql::tokens_of_text, "tokens_of_text", "SELECT tokens FROM text_index WHERE rowid = ?1"},
      {Sql::insert_tokens, "insert_tokens", "INSERT INTO text_index (rowid, tokens) VALUES (?1, ?2)"},
      {Sql::delete_tokens, "delete_tokens", "DELETE FROM text_index WHERE rowid = ?1"},
      {Sql::search_texts, "search_texts",
       "SELECT " TEXT_COLUMNS " FROM text_index CROSS JOIN texts ON texts.id = text_index.rowid"
       " WHERE text_index MATCH ?1 AND text_index.rowid < ?2 ORDER BY text_index.rowid DESC"},

      {Sql::insert_definition, "insert_definition",
       "INSERT INTO definitions (id, name, version, source, at) VALUES (?1, ?2, 1 + coalesce((SELECT "
       "max(version)"
       " FROM definitions WHERE name = ?2), 0), ?3, ?4) RETURNING id, name, version, source, at"},
      {Sql::take_numbers, "take_numbers",
       "UPDATE counters SET value = value + ?2 WHERE name = ?1 RETURNING value - ?2"},
      {Sql::meta, "meta", "SELECT value FROM meta WHERE name = ?1"},
      {Sql::put_meta, "put_meta", "INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)"},
  }};
  return all;
}

}  // namespace jinyue::store::sqlite
