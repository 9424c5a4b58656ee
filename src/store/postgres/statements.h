// Every statement that the PostgreSQL adapter runs, by name. Statements are reached only through this list,
// and a test asks PostgreSQL for the plan of each of them, so that none can scan a table unseen.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace jinyue::store::postgres {

enum class Sql : std::size_t {
  // transactions
  begin,
  begin_snapshot,
  commit,
  rollback,
  // the log
  head,
  lock_head,
  put_head,
  keep_head,
  kept_heads,
  put_tiles,
  tile,
  insert_journal,
  journal,
  records,
  // cases
  insert_cases,
  update_cases,
  case_versions,
  cases_by_id,
  // tasks
  put_tasks,
  drop_tasks,
  tasks_by_id,
  // timers, subscriptions, incidents, outbox
  put_timers,
  drop_timers,
  claim_timers,
  next_timer,
  put_subscriptions,
  drop_subscriptions,
  put_incidents,
  drop_incidents,
  put_outbox,
  drop_outbox,
  claim_outbox,
  retry_outbox,
  next_outbox,
  // idempotency keys, personal data
  insert_replies,
  replies_by_key,
  forget_replies,
  put_personal,
  put_state,
  erase_personal,
  // full text
  put_texts,
  put_tokens,
  drop_texts,
  drop_tokens,
  walk_texts,
  find_texts,
  newest_text,
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
  const char* name;
  const char* text;
};

/// In the order of Sql.
const std::array<NamedStatement, statement_count>& statements();

inline const NamedStatement& statementOf(Sql id) { return statements()[static_cast<std::size_t>(id)]; }

}  // namespace jinyue::store::postgres
