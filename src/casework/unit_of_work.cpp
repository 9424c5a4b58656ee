#include "casework/unit_of_work.h"

#include <algorithm>

#include "base/json_read.h"
#include "casework/projection.h"
#include "casework/record_body.h"
#include "ledger/record.h"

namespace jinyue::casework {
namespace {

constexpr int case_ids_at_once = 1000;

Problem noSuchCase(CaseId id) {
  return {ProblemKind::not_found,
          "case.unknown",
          {"没有这个办件", "there is no such case"},
          std::to_string(id),
          {},
          {}};
}

Problem keyUsedForAnother() {
  return {ProblemKind::invalid,
          "key.used",
          {"这个幂等键已用于另一个请求", "this idempotency key was used for another request"},
          {},
          {"请为新的请求换一个键", "use a new key for a new request"},
          {}};
}

Problem changedMeanwhile(CaseId id) {
  return {ProblemKind::conflict,
          "case.changed",
          {"该办件已被修改", "the case has been changed meanwhile"},
          std::to_string(id),
          {"请重新读取后再试", "read it again and retry"},
          {}};
}

std::string_view commandName(const bpmn::Command& command) {
  return std::visit([]<class C>(const C&) { return C::json_type; }, command);
}

void noteDue(LoadedCase& loaded) {
  if (const bpmn::Clock* clock = loaded.state.clock(bpmn::whole_case)) loaded.last_due = clock->dates.due;
}

template <class Row>
void append(std::vector<Row>& to, std::vector<Row>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// The derived rows; records and cases come from commands alone.
void append(store::Batch& to, store::Batch from) {
  append(to.drop_timers, std::move(from.drop_timers));
  append(to.put_timers, std::move(from.put_timers));
  append(to.drop_subscriptions, std::move(from.drop_subscriptions));
  append(to.put_subscriptions, std::move(from.put_subscriptions));
  append(to.drop_incidents, std::move(from.drop_incidents));
  append(to.put_incidents, std::move(from.put_incidents));
  append(to.drop_outbox, std::move(from.drop_outbox));
  append(to.put_outbox, std::move(from.put_outbox));
}

}  // namespace

UnitBuilder::UnitBuilder(store::Store& store, Definitions& definitions,
                         const ledger::PersonalDigester& digester, Parts parts)
    : store_(store),
      definitions_(definitions),
      digester_(digester),
      seal_(parts.seal),
      now_(std::move(parts.now)),
      cache_(parts.cached_cases),
      derive_(std::move(parts.derive)) {}

std::vector<Pending> UnitBuilder::add(UnitOfWork& unit, std::vector<Pending> taken, std::uint64_t& refused) {
  std::vector<Pending> later;
  try {
    taken = answerRepeated(std::move(taken));
    while (!taken.empty()) {
      const Loaded loaded = loadMissing(unit, taken);
      std::vector<Pending> again;
      for (Pending& pending : taken) {
        const std::string& key = pending.request.key;
        if (!key.empty() && unit.keys.contains(key)) later.push_back(std::move(pending));
        else if (!addOne(unit, pending, loaded, refused)) again.push_back(std::move(pending));
      }
      taken = std::move(again);
    }
  } catch (const std::exception&) {
    const Problem problem{ProblemKind::unavailable,
                          "engine.not-read",
                          {"暂时无法读取数据", "the data can't be read now"},
                          {},
                          {"什么都没有发生，请稍后重试", "nothing has happened; try again in a moment"},
                          {}};
    for (Pending& pending : taken) {
      if (pending.reply) pending.reply(std::unexpected(problem));
    }
    for (Pending& pending : later) pending.reply(std::unexpected(problem));
    throw;
  }
  return later;
}

std::vector<Pending> UnitBuilder::answerRepeated(std::vector<Pending> taken) {
  std::vector<std::string> keys;
  for (Pending& pending : taken) {
    if (pending.request.key.empty()) continue;
    keys.push_back(pending.request.key);
    if (pending.fingerprint == 0) {
      pending.fingerprint = pending.request.fingerprint ? *pending.request.fingerprint
                                                        : fingerprintOf(pending.request, digester_);
    }
  }
  if (keys.empty()) return taken;
  const std::vector<store::ReplyRow> known = store_.findReplies(keys);
  if (known.empty()) return taken;
  std::vector<Pending> rest;
  for (Pending& pending : taken) {
    const Request& request = pending.request;
    const auto first = std::ranges::find_if(known, [&](const store::ReplyRow& row) {
      return row.key == request.key && row.actor == request.actor.id;
    });
    if (first == known.end()) rest.push_back(std::move(pending));
    else if (first->fingerprint != pending.fingerprint) pending.reply(std::unexpected(keyUsedForAnother()));
    else pending.reply(Reply{first->case_id, first->position, true});
  }
  return rest;
}

UnitBuilder::Loaded UnitBuilder::loadMissing(const UnitOfWork& unit, std::span<const Pending> taken) {
  std::vector<CaseId> ids;
  for (const Pending& pending : taken) {
    const auto id = pending.request.case_id;
    if (id && !unit.cases.contains(*id) && (pending.reload || !cache_.find(*id))) ids.push_back(*id);
  }
  Loaded loaded;
  if (ids.empty()) return loaded;
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (store::CaseRow& row : store_.loadCases(ids)) {
    const CaseId id = row.id;
    loaded.emplace(id, decode(std::move(row)));
  }
  return loaded;
}

LoadedCase UnitBuilder::decode(store::CaseRow row) {
  auto definition = definitions_.find(row.definition);
  auto state = seal_.open(row);
  if (!definition || !state) {  // what we wrote ourselves can't be read: a fault, not a refusal
    throw store::StoreFault(fmt::format("case {} can't be read: {}", row.id,
                                        describe(definition ? state.error() : definition.error())));
  }
  row.state.clear();
  LoadedCase loaded{std::move(row), std::move(*state), std::move(*definition), {}};
  noteDue(loaded);
  loaded.was_closed = loaded.row.status != store::CaseStatus::active;
  return loaded;
}

void UnitBuilder::addAlone(UnitOfWork& unit, Pending pending) {
  Result<Reply> result = pending.alone(unit);
  if (unit.batch.journal.empty()) pending.reply(std::move(result));
  else unit.answered.push_back({std::move(pending), std::move(result)});
}

Result<Reply> UnitBuilder::step(UnitOfWork& unit, const store::CaseRow& row, const Request& request) {
  Pending pending;
  pending.request = request;
  return stepInto(unit, decode(row), pending, now_());
}

bool UnitBuilder::addOne(UnitOfWork& unit, Pending& pending, const Loaded& loaded, std::uint64_t& refused) {
  if (pending.rows) {
    append(unit.batch, std::move(*pending.rows));
    unit.answered.push_back({std::move(pending), Reply{}});
    return true;
  }
  const Request& request = pending.request;
  const Instant now = now_();
  Result<Reply> result = std::unexpected(Problem{});
  bool in_unit = false;
  if (std::holds_alternative<bpmn::Start>(request.command)) {
    const Result<LoadedCase> opened = newCase(request, now);
    if (opened) result = stepInto(unit, *opened, pending, now);
    else result = std::unexpected(opened.error());
    in_unit = result.has_value();
  } else if (!request.case_id) {
    result = std::unexpected(noSuchCase(0));
  } else {
    const CaseId id = *request.case_id;
    const LoadedCase* before = nullptr;
    bool from_cache = false;
    if (const auto it = unit.cases.find(id); it != unit.cases.end()) before = &it->second;
    else if (const auto fresh = loaded.find(id); fresh != loaded.end()) before = &fresh->second;
    else if (!pending.reload) from_cache = (before = cache_.find(id)) != nullptr;
    const std::int64_t version = before ? before->row.version : 0;
    if (!before) result = std::unexpected(noSuchCase(id));
    else if (request.expected_version.value_or(version) != version)
      result = std::unexpected(changedMeanwhile(id));
    else result = stepInto(unit, *before, pending, now);
    const bool nothing_done = !result || result->position == version;
    if (nothing_done && from_cache) {  // another node may have moved the case: only the store's word counts
      pending.reload = true;
      return false;
    }
    in_unit = unit.cases.contains(id);
  }
  refused += !result;
  if (in_unit) {
    if (result && !request.key.empty()) unit.keys.insert(request.key);
    unit.answered.push_back({std::move(pending), std::move(result)});
  } else {
    pending.reply(std::move(result));
  }
  return true;
}

Result<LoadedCase> UnitBuilder::newCase(const Request& request, Instant now) {
  const auto& start = std::get<bpmn::Start>(request.command);
  auto definition = definitions_.find(request.definition);
  if (!definition) return std::unexpected(definition.error());
  LoadedCase opened;
  opened.row.definition = request.definition;
  opened.row.process = start.process;
  opened.row.opened = now;
  opened.definition = std::move(*definition);
  opened.row.id = takeCaseId();
  return opened;
}

Result<Reply> UnitBuilder::stepInto(UnitOfWork& unit, const LoadedCase& before, const Pending& pending,
                                    Instant now) {
  const Request& request = pending.request;
  bpmn::Facts facts = definitions_.facts(*before.definition, now);
  facts.case_number = before.row.id;
  std::shared_ptr<const Definition> target;
  if (const auto* migrate = std::get_if<bpmn::Migrate>(&request.command)) {
    auto found = definitions_.find(migrate->definition);
    if (!found) return std::unexpected(found.error());
    target = std::move(*found);
    facts.target = target->model;
  }
  auto stepped = bpmn::step(*before.definition->model, before.state, request.command, request.actor, facts);
  if (!stepped) return std::unexpected(std::move(stepped.error()));
  const CaseId id = before.row.id;
  if (stepped->events.empty()) return Reply{id, before.row.version, false};

  const std::int64_t version = before.row.version;
  if (request.beside) {
    auto rows = request.beside(id, version + 1, now);
    if (!rows) return std::unexpected(std::move(rows.error()));
    append(unit.batch.statements, std::move(*rows));
  }
  auto [place, added] = unit.cases.try_emplace(id);
  LoadedCase& after = place->second;
  if (added) {
    unit.expected[id] = version;
    after.row = before.row;
    after.definition = before.definition;
    after.last_due = before.last_due;
    after.derived = before.derived;
    after.was_closed = before.was_closed;
  }
  Touched& touched = unit.touched[id];
  touch(stepped->events, id, version + 1, now, touched);
  if (stepped->search) touched.search = std::move(stepped->search);
  for (const bpmn::ElementNumber number : touched.tasks) {
    const bpmn::Element* element = before.state.element(number);
    if (element && element->task)
      unit.tasks_before.push_back({{id, number}, element->task->unit, element->task->assignee});
  }
  noteDue(after);
  after.state = std::move(stepped->state);  // may be what `before` refers to
  noteDue(after);
  if (target) {
    after.definition = target;
    after.row.definition = target->id;
  }
  after.row.version = version + 1;
  after.updated = now;
  if (after.state.status == bpmn::CaseStatus::completed ||
      after.state.status == bpmn::CaseStatus::cancelled) {
    after.row.closed = now;
  }

  ledger::Record record;
  record.case_id = id;
  record.position = version + 1;
  record.kind = commandName(request.command);
  record.actor = request.actor.id;
  record.at = now;
  record.model = after.definition->label;
  record.body =
      recordBody(std::move(stepped->events), id, *after.definition->model, digester_, unit.batch.personal);
  unit.batch.journal.push_back({id, record.position, ledger::encodeRecord(record)});
  if (!request.key.empty()) {
    unit.batch.replies.push_back(
        {request.key, request.actor.id, pending.fingerprint, id, record.position, now});
  }
  return Reply{id, record.position, false};
}

CaseId UnitBuilder::takeCaseId() {
  if (next_id_ == id_limit_) {
    next_id_ = store_.reserveCaseIds(case_ids_at_once);
    id_limit_ = next_id_ + case_ids_at_once;
  }
  return next_id_++;
}

void UnitBuilder::finish(UnitOfWork& unit) const {
  unit.batch.cases.reserve(unit.cases.size());
  for (auto& [id, loaded] : unit.cases) {
    project(loaded, unit.touched.at(id), unit.batch);
    // A case that had ended before says nothing new.
    if (derive_ && !loaded.was_closed)
      loaded.derived = derive_(loaded, unit.expected.at(id) == 0, unit.batch);
    store::CaseWrite write{loaded.row, unit.expected.at(id)};
    seal_.close(write.row, loaded.state);
    unit.batch.cases.push_back(std::move(write));
  }
  for (store::PersonalRow& row : unit.batch.personal) seal_.close(row);
  for (store::OutboxRow& row : unit.batch.put_outbox) seal_.close(row);
}

void UnitBuilder::keep(UnitOfWork& unit) {
  for (auto& [id, loaded] : unit.cases) {
    if (loaded.row.status == store::CaseStatus::active) cache_.put(std::move(loaded));
    else cache_.drop(id);
  }
}

void UnitBuilder::forget(const UnitOfWork& unit) {
  for (const auto& [id, loaded] : unit.cases) cache_.drop(id);
}

}  // namespace jinyue::casework
