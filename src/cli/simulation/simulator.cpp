#include "cli/simulation/simulator.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace jinyue::cli {
namespace {

Millis minutesOf(double minutes) {
  return Millis{static_cast<std::int64_t>(std::min(minutes, 60.0 * 24 * 365) * 60'000)};
}

/// Somebody else was faster, or the clock was: what a person in an office meets, too.
bool isGone(const Problem& problem) {
  return problem.code == "task.not-open" || problem.code == "case.not-active";
}

}  // namespace

void CommitWatch::note(const casework::Committed& committed) {
  Seen seen;
  seen.open.assign(committed.tasks.begin(), committed.tasks.end());
  for (const casework::TaskBefore& before : committed.before) {
    if (std::ranges::none_of(seen.open, [&](const store::TaskRow& row) { return row.id == before.id; }))
      seen.gone.push_back(before.id);
  }
  for (const store::CaseWrite& write : committed.cases) {
    store::CaseRow row;
    row.id = write.row.id;
    row.process = write.row.process;
    row.status = write.row.status;
    row.unit = write.row.unit;
    row.opened = write.row.opened;
    seen.cases.push_back(std::move(row));
  }
  const std::lock_guard lock(mutex_);
  seen_.push_back(std::move(seen));
}

std::vector<CommitWatch::Seen> CommitWatch::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(seen_, {});
}

Simulator::Simulator(const SimulationPlace& place, std::uint64_t seed, double scale)
    : place_(place),
      seed_(seed),
      scale_(scale),
      office_time_(*place.office.city().calendar()),
      forms_(place.office),
      hotline_(place.city, *place.office.city().calendar()),
      plans_(place.city),
      licences_(place.city),
      meetings_(place.city),
      surveys_(
          place.office.city().store(), [&clock = place.clock] { return clock.now(); }, ledger::randomBytes) {
  for (const Staff& staff : place_.city.staff) {
    std::vector<bpmn::Actor> people;
    for (const MadeUpPerson& officer : place_.people.officers) {
      if (static_cast<int>(people.size()) < staff.people &&
          (staff.unit.empty() || officer.unit == staff.unit) &&
          std::ranges::find(officer.roles, staff.role) != officer.roles.end())
        people.push_back(officer.actor());
    }
    const std::string unit = staff.unit.empty() && !people.empty() ? people.front().unit : staff.unit;
    for (int i = static_cast<int>(people.size()); i < staff.people; ++i)
      people.push_back({fmt::format("officer:{}.{}.{}", staff.unit, staff.role, i + 1), unit, {staff.role}});
    pool_by_unit_.try_emplace({staff.unit, staff.role}, pools_.size());
    pool_by_role_.try_emplace(staff.role, pools_.size());
    pools_.emplace_back(std::move(people), staff.shift);
  }
}

Simulator::~Simulator() {
  std::unique_lock lock(mutex_);
  answered_.wait(lock, [this] { return in_flight_ == 0; });
}

Instant Simulator::tickAfter(Instant at) const {
  const Millis tick = std::chrono::minutes{place_.city.tick_minutes};
  const Millis since = at.time_since_epoch();
  return Instant{(since + tick - Millis{1}) / tick * tick};
}

Result<void> Simulator::run(Instant end, const std::function<void(Date)>& told) {
  last_year_ = static_cast<int>(std::chrono::year_month_day{dateOf(end)}.year());
  today_ = dateOf(now());
  place_.watch.take();  // what was there before
  plan(now(), end);
  Instant last_hour = now();
  for (;;) {
    const auto due = place_.office.city().store().nextDue();
    const auto event = events_.next();
    if (!due && !event) break;
    const Instant next = due && event ? std::min(*due, *event) : due ? *due : *event;
    const Instant at = tickAfter(std::max(next, now() + Millis{1}));
    if (at >= end) break;
    place_.clock.set(at);
    if (dateOf(at) != today_) {
      newDay(dateOf(at));
      if (told) told(today_);
    }
    if (auto done = tick(); !done) return done;
    if (at - last_hour >= std::chrono::hours{1}) {
      last_hour = at;
      while (place_.office.dispatcher().runDue() > 0) {
      }
    }
  }
  place_.clock.set(end);
  if (auto done = pumpAndGather(); !done) return done;
  newDay(dateOf(end));
  while (place_.office.dispatcher().runDue() > 0) {
  }
  return {};
}

void Simulator::newDay(Date day) {
  constexpr int at_once = 1000;
  constexpr auto keys_kept = std::chrono::days{30};
  today_ = day;
  while (place_.office.city().store().forgetReplies(now() - keys_kept, at_once) == at_once) {
  }
}

Result<void> Simulator::tick() {
  if (auto done = pumpAndGather(); !done) return done;
  for (auto next = events_.next(); next && *next <= now(); next = events_.next()) {
    if (auto done = events_.take()(); !done) return done;
  }
  if (auto done = settle(); !done) return done;
  for (const Action& action : std::exchange(afterwards_, {})) {
    if (auto done = action(); !done) return done;
  }
  return pumpAndGather();
}

/// Timers, jobs and messages that are due, and what became of them.
Result<void> Simulator::pumpAndGather() {
  if (const auto due = place_.office.city().store().nextDue(); due && *due <= now())
    place_.office.city().pump().runDue();
  return gather();
}

void Simulator::submit(casework::Request request, InFlight what) {
  constexpr std::size_t most_in_flight = 4000;
  std::size_t slot = 0;
  {
    std::unique_lock lock(mutex_);
    answered_.wait(lock, [this] { return in_flight_ < most_in_flight; });
    slot = sent_.size();
    sent_.push_back(std::move(what));
    replies_.emplace_back();
    ++in_flight_;
  }
  place_.office.city().engine().submit(std::move(request), [this, slot](Result<casework::Reply> reply) {
    const std::lock_guard lock(mutex_);
    replies_[slot] = std::move(reply);
    --in_flight_;
    answered_.notify_all();
  });
}

/// Waits until everything is durable that was submitted, and notes what took place.
Result<void> Simulator::settle() {
  std::vector<InFlight> sent;
  std::vector<std::optional<Result<casework::Reply>>> replies;
  {
    std::unique_lock lock(mutex_);
    answered_.wait(lock, [this] { return in_flight_ == 0; });
    sent.swap(sent_);
    replies.swap(replies_);
  }
  for (std::size_t i = 0; i < sent.size(); ++i) {
    InFlight& what = sent[i];
    const Result<casework::Reply>& reply = *replies[i];
    if (!reply) {
      if (what.task && isGone(reply.error())) {
        ++counts_.missed;
        continue;
      }
      Problem problem{ProblemKind::conflict,
                      "simulation.refused",
                      {"模拟的操作被拒绝：" + what.about, "a simulated command was refused: " + what.about},
                      formatInstant(now()),
                      {},
                      {reply.error()}};
      return std::unexpected(std::move(problem));
    }
    ++counts_.commands;
    for (const std::string& name : what.answer.happened) ++counts_.happened[name];
    if (what.answer.then) what.answer.then();
    if (what.task) continue;
    ++counts_.cases;
    what.started.id = reply->case_id;
    what.started.opened = now();
    if (what.started.process == "hotline-order") hotline_.began(what.started);
    cases_.insert_or_assign(reply->case_id, std::move(what.started));
  }
  return {};
}

/// New work goes to whose business it is; what is gone is forgotten.
Result<void> Simulator::gather() {
  std::set<store::ElementKey> fresh;
  std::vector<store::CaseId> ended;
  for (CommitWatch::Seen& seen : place_.watch.take()) {
    for (const store::CaseRow& row : seen.cases) {
      if (row.status != store::CaseStatus::active) {
        ended.push_back(row.id);
        continue;
      }
      SimCase& of = cases_[row.id];
      if (of.process.empty()) {
        of.id = row.id;
        of.opened = row.opened;
        of.process = row.process;
        of.by_message = true;
        of.chance = Chance::of(seed_, 2, static_cast<std::uint64_t>(row.id));
        ++counts_.happened["begun." + row.process];
      }
      of.unit = row.unit;
    }
    for (const store::ElementKey& key : seen.gone) {
      open_.erase(key);
      fresh.erase(key);
    }
    for (store::TaskRow& row : seen.open) {
      const store::ElementKey key = row.id;
      if (open_.insert_or_assign(key, std::move(row)).second) fresh.insert(key);
    }
  }
  for (const store::ElementKey& key : fresh) takeUp(open_.at(key));
  for (const store::CaseId id : ended) {
    if (const auto found = cases_.find(id); found != cases_.end()) {
      hotline_.ended(found->second);
      cases_.erase(found);
    }
  }
  return {};
}

std::optional<std::size_t> Simulator::poolOf(const store::TaskRow& task) const {
  if (const auto found = pool_by_unit_.find({task.unit, task.role}); found != pool_by_unit_.end())
    return found->second;
  if (const auto found = pool_by_role_.find(task.role); task.unit.empty() && found != pool_by_role_.end())
    return found->second;
  return std::nullopt;
}

void Simulator::takeUp(const store::TaskRow& task) {
  SimCase& of = cases_.at(task.id.case_id);
  if (plans_.neglects(task, of)) {
    ++of.rounds;
    ++counts_.happened["plan.neglected"];
    return;
  }
  if (task.process == "permit-intake" && task.node == "finish" && of.steps_left > 0) {
    of.held = task;
    return;
  }
  // What is suspended goes on by itself on its day, or somebody takes it up before.
  if (task.process == "hotline-order" && task.node == "suspended" && of.chance.happens(0.5)) {
    ++counts_.happened["suspended.until-its-day"];
    return;
  }
  const auto pool = poolOf(task);
  if (!pool || !pools_[*pool].anyoneBut(task.excluded)) {
    ++counts_.unattended;
    ++counts_.happened[fmt::format("unattended.{}.{}.{}", task.process, task.unit, task.role)];
    return;
  }
  const StepTime time = stepTimeOf(place_.city, task.process, hotline_.stepName(task, of));
  const Millis wait = minutesOf(hotline_.slownessOf(task, of) * of.chance.lognormal(time.wait, time.spread));
  const Millis effort = minutesOf(of.chance.lognormal(time.work, time.spread));
  if (task.process == "hotline-order" && task.node == "callback" &&
      of.chance.happens(place_.city.chances.own_rating)) {
    events_.at(now() + std::chrono::minutes{of.chance.between(20, 600)}, [this, id = task.id.case_id] {
      afterwards_.emplace_back([this, id] { return rate(id); });
      return Result<void>{};
    });
  }
  const Instant ready = office_time_.after(now(), wait, pools_[*pool].shift());
  PoolWork work{task.id, effort, task.excluded};
  events_.at(ready, [this, pool = *pool, work]() mutable {
    if (open_.contains(work.task)) {
      pools_[pool].add(std::move(work));
      putToWork(pool);
    }
    return Result<void>{};
  });
}

void Simulator::putToWork(std::size_t pool) {
  while (auto taken = pools_[pool].take()) {
    if (!open_.contains(taken->work.task)) {
      pools_[pool].free(taken->person);
      continue;
    }
    const Instant done = office_time_.after(now(), taken->work.effort, pools_[pool].shift());
    events_.at(done, [this, pool, person = taken->person, key = taken->work.task] {
      return finish(pool, person, key);
    });
  }
}

Result<void> Simulator::finish(std::size_t pool, std::size_t person, const store::ElementKey& key) {
  pools_[pool].free(person);
  if (const auto found = open_.find(key); found != open_.end()) {
    SimCase& of = cases_.at(key.case_id);
    auto answer = answerOf(found->second, of);
    if (!answer) return std::unexpected(std::move(answer.error()));
    casework::Request request;
    request.case_id = key.case_id;
    request.command = bpmn::Complete{key.number, std::move(answer->values)};
    request.actor = pools_[pool].person(person);
    const std::string about = fmt::format("{} {}.{}", key.case_id, of.process, found->second.node);
    // Steps of a permit come one after the other; with the last one it can be finished.
    if (of.held && found->second.node == "step" && of.steps_left <= 1) {
      const store::TaskRow held = *std::exchange(of.held, std::nullopt);
      afterwards_.emplace_back([this, held] {
        if (open_.contains(held.id)) takeUp(held);
        return Result<void>{};
      });
    }
    submit(std::move(request), {key, {}, std::move(*answer), about});
  }
  putToWork(pool);
  return {};
}

Result<SimAnswer> Simulator::answerOf(const store::TaskRow& task, SimCase& of) {
  SimAnswer answer;
  if (PlanLife::knows(of.process)) answer = plans_.answer(task, of, variablesOf(of.id), now());
  else if (of.process == "licence" || of.process == "permit-intake")
    answer = licences_.answer(task, of, now());
  else if (MeetingLife::knows(of.process)) answer = meetings_.answer(task.node, of);
  else if (EvaluationLife::knows(of.process)) answer = EvaluationLife::answer(task.node, of, now());
  else answer = hotline_.answer(task, of, now());
  auto values = forms_.forStep(of.process, task.node, std::move(answer.values));
  if (!values) {
    Problem problem{ProblemKind::invalid,
                    "simulation.form",
                    {"模拟的填写不合表单：" + of.process + "." + task.node,
                     "a simulated answer does not fit its form: " + of.process + "." + task.node},
                    {},
                    {},
                    {values.error()}};
    return std::unexpected(std::move(problem));
  }
  answer.values = std::move(*values);
  return answer;
}

Result<void> Simulator::rate(store::CaseId id) {
  const auto found = cases_.find(id);
  if (found == cases_.end()) return {};
  bool waits = false;
  for (auto open = open_.lower_bound({id, 0}); open != open_.end() && open->first.case_id == id; ++open)
    waits = waits || open->second.node == "callback";
  if (!waits) return {};
  SimAnswer answer = hotline_.ownRating(found->second);
  const auto sent = place_.office.city().delivery().send("order-rated", std::to_string(id), answer.values,
                                                         place_.people.residents.front().actor(), {});
  if (!sent) return {};  // somebody has called back meanwhile
  ++counts_.commands;
  for (const std::string& name : answer.happened) ++counts_.happened[name];
  if (answer.then) answer.then();
  return {};
}

Result<void> Simulator::start(const std::string& pack, const std::string& item, feel::Context values,
                              const bpmn::Actor& actor, SimCase of) {
  const auto entrance = forms_.entrance(pack, item);
  if (!entrance) return std::unexpected(entrance.error());
  auto filled = forms_.forItem(pack, item, std::move(values));
  if (!filled) return std::unexpected(std::move(filled.error()));
  casework::Request request;
  bpmn::Start command;
  command.process = entrance->process;
  command.variables = std::move(*filled);
  request.definition = entrance->definition;
  request.command = std::move(command);
  request.actor = actor;
  of.process = entrance->process;
  submit(std::move(request), {std::nullopt, std::move(of), {}, pack + "/" + item});
  return {};
}

const bpmn::Actor* Simulator::someone(std::string_view role, std::string_view unit) const {
  for (const Pool& pool : pools_) {
    for (const bpmn::Actor& person : pool.people()) {
      if (std::ranges::find(person.roles, role) != person.roles.end() &&
          (unit.empty() || person.unit == unit))
        return &person;
    }
  }
  return nullptr;
}

feel::Context Simulator::variablesOf(store::CaseId id) {
  const store::CaseId ids[] = {id};
  const auto rows = place_.office.city().store().loadCases(ids);
  if (rows.empty()) return {};
  const auto state = place_.office.city().engine().seal().open(rows.front());
  return state ? state->variables() : feel::Context{};
}

std::string Simulator::filledIn(std::string text) const {
  const auto put = [&text](std::string_view hole, const std::string& with) {
    for (std::size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at + with.size()))
      text.replace(at, hole.size(), with);
  };
  put("{year}", std::to_string(last_year_));
  put("{date}", formatDate(dateOf(now())));
  // {date+40}: so many days later
  constexpr std::string_view hole = "{date+";
  for (std::size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string::npos) break;
    int days = 0;
    std::from_chars(text.data() + at + hole.size(), text.data() + end, days);
    text.replace(at, end + 1 - at, formatDate(dateOf(now()) + std::chrono::days{days}));
  }
  return text;
}

}  // namespace jinyue::cli
