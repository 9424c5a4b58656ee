// Every statement that the SQLite adapter runs, by name. Statements are reached only through this list, and a
// test asks SQLite for the plan of each of them, so that none can scan a table unseen.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace jinyue::store::sqlite {

enum class Sql : std::size_t {
  // transactions
  begin_write,
  begin_read,
  commit,
  rollback,
  // the log
  head,
  put_head,
  keep_head,
  kept_heads,
  put_tile,
  tile,
  insert_journal,
  journal,
  records,
  // cases
  insert_case,
  update_case,
  move_case,
  case_version,
  case_by_id,
  // tasks
  put_task,
  drop_task,
  task_by_id,
  // timers, subscriptions, incidents, outbox
  put_timer,
  drop_timer,
  due_timers,
  hold_timer,
  next_timer,
  put_subscription,
  drop_subscription,
  put_incident,
  drop_incident,
  put_outbox,
  drop_outbox,
  due_outbox,
  hold_outbox,
  retry_outbox,
  next_outbox,
  // idempotency keys, personal data
  insert_reply,
  replies_by_key,
  forget_replies,
  put_personal,
  put_state,
  erase_personal,
  // full text
  put_text,
  drop_text,
  tokens_of_text,
  insert_tokens,
  delete_tokens,
  search_texts,
  // definitions, numbers, facts about the store
  insert_definition,
  take_numbers,
  meta,
  put_meta,
  count_  // not a statement
};

inline constexpr std::size_t statement_count = static_cast<std::size_t>(Sql::count_);

struct NamedStatement {
  Sql id;
  std::string_view name;
  const char* text;
};

/// In the order of Sql.
const std::array<NamedStatement, statement_count>& statements();

inline const char* textOf(Sql id) { return statements()[static_cast<std::size_t>(id)].text; }

}  // namespace jinyue::store::sqlite
