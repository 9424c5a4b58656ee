#include "casework/pump.h"

#include <atomic>
#include <future>
#include <latch>

#include <spdlog/spdlog.h>

#include "base/json_read.h"
#include "casework/deploy.h"

namespace jinyue::casework {
namespace {

constexpr std::chrono::hours longest_retry{1};
/// A delivery that became an incident waits for a person, not for the clock.
constexpr Instant never{Millis{253'402'300'799'000}};  // the end of the year 9999

std::string messageOf(const std::exception_ptr& fault) {
  try {
    std::rethrow_exception(fault);
  } catch (const std::exception& known) {
    return known.what();
  } catch (...) {
    return "unknown fault";
  }
}

/// What a job came to, to be handed to the engine.
struct Worked {
  Request request;
  bool again = false;
};

Worked workedOn(const store::OutboxRow& row, const Seal& seal,
                const std::map<std::string, JobHandler>& handlers, const bpmn::Actor& actor) {
  const auto clear = seal.open(row);
  const auto body = clear ? fromJson<JobBody>(*clear) : std::unexpected(clear.error());
  if (!body)
    throw store::StoreFault(fmt::format("outbox {}-{} can't be read", row.id.case_id, row.id.number));
  const Job job{row.id,        row.topic,        body->node,
                body->payload, row.attempts + 1, fmt::format("job:{}:{}", row.id.case_id, row.id.number)};
  JobResult result = JobFault{"no service of this type is installed: " + row.topic};
  if (const auto handler = handlers.find(row.topic); handler != handlers.end()) {
    try {
      result = handler->second(job);
    } catch (...) {
      result = JobFault{messageOf(std::current_exception())};
    }
  }
  bpmn::Command command;
  bool again = false;
  if (const auto* done = std::get_if<JobDone>(&result)) {
    command = bpmn::FinishJob{row.id.number, done->variables};
  } else if (const auto* error = std::get_if<JobError>(&result)) {
    command = bpmn::FailJob{row.id.number, error->code, error->message, false};
  } else {
    again = row.attempts < body->retries;
    command = bpmn::FailJob{row.id.number, {}, std::get<JobFault>(result).message, again};
  }
  return {{row.id.case_id, 0, std::move(command), actor,
           fmt::format("{}:{}:{}", job.key, row.next_attempt.time_since_epoch().count(), row.attempts)},
          again};
}

void warnOfJob(const store::OutboxRow& row, const Problem& problem) {
  spdlog::warn("job {}-{} ({}): {}", row.id.case_id, row.id.number, row.topic, describe(problem));
}

}  // namespace

Pump::Pump(store::Store& store, Definitions& definitions, Engine& engine,
           std::map<std::string, JobHandler> handlers, const PumpOptions& options)
    : store_(store),
      definitions_(definitions),
      engine_(engine),
      delivery_(store, definitions, engine),
      handlers_(std::move(handlers)),
      options_(options) {}

Pump::~Pump() { stop(); }

std::size_t Pump::runDue() {
  std::size_t done = 0;
  for (;;) {
    const std::size_t round = fireTimers() + workOutbox();
    if (round == 0) return done;
    done += round;
  }
}

std::size_t Pump::fireTimers() {
  const Instant now = options_.now();
  const auto due = store_.claimTimers(now, now + options_.hold, options_.at_once);
  std::latch answered(static_cast<std::ptrdiff_t>(due.size()));
  for (const store::TimerRow& timer : due) {
    if (timer.id.case_id < 0) {
      startByTimer(timer);
      answered.count_down();
      continue;
    }
    // A refusal leaves the row to its hold: the timer is claimed again after it.
    engine_.submit({timer.id.case_id, 0, bpmn::FireTimer{timer.id.number}, actor_, {}},
                   [&answered, id = timer.id](const Result<Reply>& reply) {
                     if (!reply)
                       spdlog::warn("timer {}-{}: {}", id.case_id, id.number, describe(reply.error()));
                     answered.count_down();
                   });
  }
  answered.wait();
  return due.size();
}

void Pump::startByTimer(const store::TimerRow& timer) {
  const auto definition = definitions_.find(-timer.id.case_id);
  if (!definition) return;
  const bpmn::Model& model = *(*definition)->model;
  const bpmn::Node& start = model.node(timer.id.number - 1);
  bpmn::Start command;
  command.process = model.node(start.process).id;
  command.timer = start.id;
  const std::string key =
      fmt::format("start:{}:{}:{}", timer.id.case_id, timer.id.number, timer.due.time_since_epoch().count());
  const auto reply = engine_.run({std::nullopt, (*definition)->id, std::move(command), actor_, key});
  if (!reply) {
    spdlog::warn("timer start {} of {}: {}", start.id, (*definition)->label, describe(reply.error()));
    if (reply.error().kind == ProblemKind::unavailable) return;
  }
  store::Batch rows;
  if (const auto next =
          nextStart(**definition, start, timer.due, definitions_.facts(**definition, timer.due).feel)) {
    rows.put_timers.push_back({timer.id, *next});
  } else {
    rows.drop_timers.push_back(timer.id);
  }
  engine_.writeRows(std::move(rows));
}

std::size_t Pump::workOutbox() {
  const Instant now = options_.now();
  const auto due = store_.claimOutbox(now, now + options_.hold, options_.at_once);
  if (options_.workers <= 1) return workInOrder(due);
  // Services are slow and each result waits for its commit, so several are worked on at a time.
  std::atomic<std::size_t> next{0};
  const auto take = [&] {
    for (std::size_t i = next++; i < due.size(); i = next++) {
      try {
        if (due[i].topic == throw_topic) deliver(due[i]);
        else work(due[i]);
      } catch (const std::exception& fault) {  // its hold ends, then it is tried again
        spdlog::error("outbox {}-{}: {}", due[i].id.case_id, due[i].id.number, fault.what());
      }
    }
  };
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < std::min(due.size(), options_.workers); ++i) helpers.emplace_back(take);
  take();
  helpers.clear();  // waits for them
  return due.size();
}

/// One worker does one thing after the other, the same way each time; only the commits are waited for
/// together.
std::size_t Pump::workInOrder(std::span<const store::OutboxRow> due) {
  std::vector<std::pair<const store::OutboxRow*, bool>> handed_in;  // to be put off when they were refused
  std::vector<std::future<Result<Reply>>> replies;
  for (const store::OutboxRow& row : due) {
    try {
      if (row.topic == throw_topic) {
        deliver(row);
        continue;
      }
      Worked worked = workedOn(row, engine_.seal(), handlers_, actor_);
      auto promise = std::make_shared<std::promise<Result<Reply>>>();
      handed_in.emplace_back(&row, worked.again);
      replies.push_back(promise->get_future());
      engine_.submit(std::move(worked.request),
                     [promise](Result<Reply> reply) { promise->set_value(std::move(reply)); });
    } catch (const std::exception& fault) {  // its hold ends, then it is tried again
      spdlog::error("outbox {}-{}: {}", row.id.case_id, row.id.number, fault.what());
    }
  }
  for (std::size_t i = 0; i < replies.size(); ++i) {
    const auto& [row, again] = handed_in[i];
    const auto reply = replies[i].get();
    if (!reply) warnOfJob(*row, reply.error());
    if (!reply || again) putOff(*row);
  }
  return due.size();
}

void Pump::deliver(const store::OutboxRow& row) {
  const auto clear = engine_.seal().open(row);
  const auto throws = clear ? fromJson<Throws>(*clear) : std::unexpected(clear.error());
  if (!throws)
    throw store::StoreFault(fmt::format("outbox {}-{} can't be read", row.id.case_id, row.id.number));
  std::string undelivered;
  for (std::size_t i = 0; i < throws->thrown.size(); ++i) {
    const Thrown& thrown = throws->thrown[i];
    const std::string key = fmt::format("throw:{}:{}:{}", row.id.case_id, -row.id.number, i);
    if (thrown.signal) {
      if (!delivery_.broadcast(thrown.name, thrown.variables, actor_, key)) return putOff(row);
    } else if (const auto reply = delivery_.send(thrown.name, thrown.key, thrown.variables, actor_, key);
               !reply) {
      if (reply.error().kind == ProblemKind::unavailable) return putOff(row);
      undelivered = reply.error().title.zh + "：" + thrown.name;
    }
  }
  if (!undelivered.empty() && row.attempts + 1 < options_.delivery_attempts) return putOff(row);
  store::Batch rows;
  if (undelivered.empty()) {
    rows.drop_outbox.push_back(row.id);
  } else {
    store::OutboxRow kept = row;
    kept.body = *clear;
    kept.next_attempt = never;
    rows.put_outbox.push_back(std::move(kept));
    const CaseId ids[] = {row.id.case_id};
    const auto sender = store_.loadCases(ids);
    rows.put_incidents.push_back({row.id,
                                  options_.now(),
                                  sender.empty() ? std::string{} : sender.front().process,
                                  sender.empty() ? std::string{} : sender.front().unit,
                                  sender.empty() ? std::string{} : sender.front().area,
                                  {},
                                  "message.undelivered",
                                  undelivered});
  }
  engine_.writeRows(std::move(rows));
}

void Pump::work(const store::OutboxRow& row) {
  Worked worked = workedOn(row, engine_.seal(), handlers_, actor_);
  const auto reply = engine_.run(std::move(worked.request));
  if (!reply) warnOfJob(row, reply.error());
  if (!reply || worked.again) putOff(row);
}

void Pump::putOff(const store::OutboxRow& row) {
  const auto wait = std::min<std::chrono::milliseconds>(
      options_.first_retry * (1LL << std::min(row.attempts, 20)), longest_retry);
  store_.retryOutbox(row.id, row.attempts + 1, options_.now() + wait);
}

Result<void> Pump::retryDelivery(const ElementKey& incident) {
  store::Batch rows;
  rows.drop_incidents.push_back(incident);
  if (auto written = engine_.writeRows(std::move(rows)); !written) return written;
  store_.retryOutbox(incident, 0, options_.now());
  return {};
}

Result<void> Pump::dropDelivery(const ElementKey& incident) {
  store::Batch rows;
  rows.drop_incidents.push_back(incident);
  rows.drop_outbox.push_back(incident);
  return engine_.writeRows(std::move(rows));
}

void Pump::start() {
  timers_ = std::thread([this] { loop(&Pump::fireTimers); });
  outbox_ = std::thread([this] { loop(&Pump::workOutbox); });
}

void Pump::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (timers_.joinable()) timers_.join();
  if (outbox_.joinable()) outbox_.join();
}

void Pump::loop(std::size_t (Pump::*round)()) {
  for (;;) {
    std::size_t done = 0;
    try {
      done = (this->*round)();
    } catch (const std::exception& fault) {  // the store is away: keep trying, it may come back
      spdlog::error("pump: {}", fault.what());
    }
    std::unique_lock lock(mutex_);
    if (done == 0) wake_.wait_for(lock, options_.poll, [this] { return stopping_; });
    if (stopping_) return;
  }
}

}  // namespace jinyue::casework
