// Does what is due: fires timers, works on jobs, delivers messages and signals. Any node of a city may pump;
// what one node has claimed the others skip until its hold ends, so the work of a node that dies is taken
// over.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <variant>

#include "base/time.h"
#include "casework/delivery.h"
#include "casework/engine.h"

namespace jinyue::casework {

/// A service task's work.
struct Job {
  ElementKey id;
  std::string topic;
  std::string node;
  feel::Context payload;
  int attempt = 1;
  std::string key;  ///< the same at each attempt: for services that must not act twice
};
struct JobDone {
  feel::Context variables;
};
/// The service says no in a way that the model may expect: a BPMN error code.
struct JobError {
  std::string code;
  std::string message;
};
/// It did not work; it is tried again, and becomes an incident when no retry is left. An exception means the
/// same.
struct JobFault {
  std::string message;
};
using JobResult = std::variant<JobDone, JobError, JobFault>;
using JobHandler = std::function<JobResult(const Job&)>;

struct PumpOptions {
  NowFn now = systemNow;
  std::chrono::milliseconds hold{30'000};        ///< how long claimed work stays with this node
  std::chrono::milliseconds poll{200};           ///< how often other nodes' work is looked for
  std::chrono::milliseconds first_retry{1'000};  ///< doubles with each attempt, up to an hour
  int delivery_attempts = 8;                     ///< then a message that nobody takes becomes an incident
  int at_once = 200;                             ///< timers or outbox rows claimed in one round
  std::size_t workers = 16;                      ///< jobs worked on at a time; 1: in the order of the outbox
};

class Pump {
 public:
  Pump(store::Store& store, Definitions& definitions, Engine& engine,
       std::map<std::string, JobHandler> handlers, const PumpOptions& options);
  Pump(const Pump&) = delete;
  Pump& operator=(const Pump&) = delete;
  ~Pump();

  /// Does everything that is due now, and what becomes due by that; returns how many things were done. For
  /// tests and simulations that drive time themselves.
  std::size_t runDue();

  /// Pumps in two threads of its own (timers; outbox) until stop().
  void start();
  void stop();

  /// Tries a delivery that became an incident (its number is negative) again, or gives it up.
  Result<void> retryDelivery(const ElementKey& incident);
  Result<void> dropDelivery(const ElementKey& incident);

 private:
  std::size_t fireTimers();
  std::size_t workOutbox();
  std::size_t workInOrder(std::span<const store::OutboxRow> due);
  void startByTimer(const store::TimerRow& timer);
  void deliver(const store::OutboxRow& row);
  void work(const store::OutboxRow& row);
  void putOff(const store::OutboxRow& row);
  void loop(std::size_t (Pump::*round)());

  store::Store& store_;
  Definitions& definitions_;
  Engine& engine_;
  Delivery delivery_;
  std::map<std::string, JobHandler> handlers_;
  PumpOptions options_;
  bpmn::Actor actor_{"system", "", {}};

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread timers_;
  std::thread outbox_;
};

}  // namespace jinyue::casework
