#include "store/postgres/batch_writer.h"

#include <set>

#include "store/check.h"
#include "store/excluded.h"

namespace jinyue::store::postgres {
namespace {

Params caseParams(const std::vector<const CaseWrite*>& writes) {
  Params params;
  params.array(writes, [](const CaseWrite* write) { return write->row.id; })
      .array(writes, [](const CaseWrite* write) { return write->row.version; })
      .array(writes, [](const CaseWrite* write) { return write->row.definition; })
      .array(writes, [](const CaseWrite* write) { return std::string_view{write->row.process}; })
      .array(writes, [](const CaseWrite* write) { return write->row.status; })
      .array(writes, [](const CaseWrite* write) { return std::string_view{write->row.title}; })
      .array(writes, [](const CaseWrite* write) { return std::string_view{write->row.key}; })
      .array(writes, [](const CaseWrite* write) { return std::string_view{write->row.unit}; })
      .array(writes, [](const CaseWrite* write) { return write->row.opened; })
      .array(writes, [](const CaseWrite* write) { return write->row.closed; })
      .array(writes, [](const CaseWrite* write) { return write->row.due; })
      .array(writes, [](const CaseWrite* write) { return Bytes{write->row.state}; });
  return params;
}

/// Starts the parameters of a table of elements: case ids and numbers.
template <class Row>
Params elementParams(const std::vector<Row>& rows) {
  Params params;
  params.array(rows, [](const Row& row) { return row.id.case_id; }).array(rows, [](const Row& row) {
    return row.id.number;
  });
  return params;
}

template <class Row>
auto textOf(std::string Row::* member) {
  return [member](const Row& row) { return std::string_view{row.*member}; };
}

/// A member that is copied as it is.
template <class Row, class T>
auto valueOf(T Row::* member) {
  return [member](const Row& row) { return row.*member; };
}

void addMissing(const std::vector<const CaseWrite*>& writes, const Rows& written,
                std::vector<CaseId>& missing) {
  if (static_cast<std::size_t>(written.size()) == writes.size()) return;
  std::set<CaseId> done;
  for (int row = 0; row < written.size(); ++row) done.insert(written[row].integer(0));
  for (const CaseWrite* write : writes) {
    if (!done.contains(write->row.id)) missing.push_back(write->row.id);
  }
}

}  // namespace

void BatchWriter::send() {
  sendCases();
  sendReplies();
  sendElements();
  sendOutside();
  sendJournal();
}

void BatchWriter::sendCases() {
  for (const auto& write : batch_.cases) {
    (write.expected_version == 0 ? new_cases_ : changed_cases_).push_back(&write);
  }
  if (!new_cases_.empty()) connection_.send(Sql::insert_cases, caseParams(new_cases_));
  if (!changed_cases_.empty()) {
    Params params = caseParams(changed_cases_);
    params.array(changed_cases_, [](const CaseWrite* write) { return write->expected_version; });
    connection_.send(Sql::update_cases, params);
  }
}

void BatchWriter::sendReplies() {
  const auto& rows = batch_.replies;
  if (rows.empty()) return;
  Params params;
  params.array(rows, textOf(&ReplyRow::key))
      .array(rows, textOf(&ReplyRow::actor))
      .array(rows, valueOf(&ReplyRow::fingerprint))
      .array(rows, valueOf(&ReplyRow::case_id))
      .array(rows, valueOf(&ReplyRow::position))
      .array(rows, valueOf(&ReplyRow::at));
  connection_.send(Sql::insert_replies, params);
}

void BatchWriter::sendRows(Sql id, const Params& params) {
  connection_.send(id, params);
  ++others_;
}

void BatchWriter::sendDrops(Sql id, const std::vector<ElementKey>& keys) {
  if (keys.empty()) return;
  Params params;
  params.array(keys, valueOf(&ElementKey::case_id)).array(keys, valueOf(&ElementKey::number));
  sendRows(id, params);
}

void BatchWriter::sendElements() {
  sendDrops(Sql::drop_tasks, batch_.drop_tasks);
  if (const auto& rows = batch_.put_tasks; !rows.empty()) {
    Params params = elementParams(rows);
    for (const auto member : {&TaskRow::process, &TaskRow::node, &TaskRow::name, &TaskRow::title,
                              &TaskRow::unit, &TaskRow::role, &TaskRow::person, &TaskRow::assignee}) {
      params.array(rows, textOf(member));
    }
    params.array(rows, [](const TaskRow& row) { return writeExcluded(row.excluded); })
        .array(rows, valueOf(&TaskRow::created))
        .array(rows, [](const TaskRow& row) { return row.due ? millisOf(*row.due) : no_due; })
        .array(rows, valueOf(&TaskRow::yellow));
    sendRows(Sql::put_tasks, params);
  }
  sendDrops(Sql::drop_timers, batch_.drop_timers);
  if (const auto& rows = batch_.put_timers; !rows.empty()) {
    sendRows(Sql::put_timers, elementParams(rows).array(rows, valueOf(&TimerRow::due)));
  }
  sendDrops(Sql::drop_subscriptions, batch_.drop_subscriptions);
  if (const auto& rows = batch_.put_subscriptions; !rows.empty()) {
    sendRows(Sql::put_subscriptions, elementParams(rows)
                                         .array(rows, valueOf(&SubscriptionRow::kind))
                                         .array(rows, textOf(&SubscriptionRow::name))
                                         .array(rows, textOf(&SubscriptionRow::key)));
  }
  sendDrops(Sql::drop_incidents, batch_.drop_incidents);
  if (const auto& rows = batch_.put_incidents; !rows.empty()) {
    sendRows(Sql::put_incidents, elementParams(rows)
                                     .array(rows, valueOf(&IncidentRow::at))
                                     .array(rows, textOf(&IncidentRow::process))
                                     .array(rows, textOf(&IncidentRow::node))
                                     .array(rows, textOf(&IncidentRow::code))
                                     .array(rows, textOf(&IncidentRow::message)));
  }
}

void BatchWriter::sendOutside() {
  sendDrops(Sql::drop_outbox, batch_.drop_outbox);
  if (const auto& rows = batch_.put_outbox; !rows.empty()) {
    sendRows(Sql::put_outbox, elementParams(rows)
                                  .array(rows, textOf(&OutboxRow::topic))
                                  .array(rows, valueOf(&OutboxRow::next_attempt))
                                  .array(rows, valueOf(&OutboxRow::attempts))
                                  .array(rows, textOf(&OutboxRow::body)));
  }
  if (const auto& rows = batch_.personal; !rows.empty()) {
    Params params;
    params.array(rows, valueOf(&PersonalRow::case_id))
        .array(rows, textOf(&PersonalRow::digest))
        .array(rows, textOf(&PersonalRow::value));
    sendRows(Sql::put_personal, params);
  }
}

void BatchWriter::sendJournal() {
  const auto& rows = batch_.journal;
  if (rows.empty()) return;
  Params params;
  params.array(rows, valueOf(&JournalRow::case_id))
      .array(rows, valueOf(&JournalRow::position))
      .array(rows, [](const JournalRow& row) { return Bytes{row.record}; });
  sendRows(Sql::insert_journal, params);
}

void BatchWriter::receive(CommitOutcome& outcome) {
  if (!new_cases_.empty()) addMissing(new_cases_, connection_.receive(), outcome.conflicts);
  if (!changed_cases_.empty()) addMissing(changed_cases_, connection_.receive(), outcome.conflicts);
  if (!batch_.replies.empty()) {
    const Rows written = connection_.receive();
    std::multiset<std::pair<std::string_view, std::string_view>> done;
    if (static_cast<std::size_t>(written.size()) < batch_.replies.size()) {
      for (int row = 0; row < written.size(); ++row)
        done.emplace(written[row].bytes(0), written[row].bytes(1));
      for (const auto& row : batch_.replies) {
        if (const auto found = done.find({row.key, row.actor}); found != done.end())
          done.erase(found);
        else
          outcome.repeated_keys.push_back(row.key);
      }
    }
  }
  // A case that another node moved on may have the very record that we wanted to add; then the journal
  // refuses it, but the conflict has been seen above and is the answer.
  if (!outcome.done()) return;
  for (; others_ > 0; --others_) connection_.receive();
}

}  // namespace jinyue::store::postgres
