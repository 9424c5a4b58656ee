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
  cases,
  cases_by_status,
  cases_by_process,
  cases_by_process_and_status,
  cases_by_unit,
  cases_by_unit_and_status,
  cases_by_key,
  cases_of_definition,
  // tasks
  put_tasks,
  drop_tasks,
  tasks_by_id,
  tasks_of_case,
  tasks_by_assignee,
  tasks_by_person,
  tasks_by_unit,
  tasks_by_unit_and_role,
  tasks_by_role,
  // timers, subscriptions, incidents, outbox
  put_timers,
  drop_timers,
  claim_timers,
  next_timer,
  put_subscriptions,
  drop_subscriptions,
  subscriptions,
  put_incidents,
  drop_incidents,
  incidents,
  incidents_by_process,
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
  personal_of_case,
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
  definition_by_id,
  latest_definition,
  definitions,
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
