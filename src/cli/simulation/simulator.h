// Lives through the days of a made-up city with the real engine and simulated time. What comes in and what
// people do follows from the city's file and a seed; what is late is late because work waited. Nothing here
// decides what becomes of a case: that is the business of the models.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>

#include "cli/made_up_people.h"
#include "cli/office.h"
#include "cli/simulation/event_queue.h"
#include "cli/simulation/form_desk.h"
#include "cli/simulation/hotline_life.h"
#include "cli/simulation/other_lives.h"
#include "cli/simulation/pool.h"
#include "insight/surveys.h"

namespace jinyue::cli {

/// The clock of a simulated city; the engine's threads read it.
class SimClock {
 public:
  explicit SimClock(Instant start) : now_(start.time_since_epoch().count()) {}
  Instant now() const { return Instant{Millis{now_.load()}}; }
  void set(Instant now) { now_ = now.time_since_epoch().count(); }

 private:
  std::atomic<std::int64_t> now_;
};

/// What the engine committed, taken down for the simulator; its function belongs into
/// CityOptions::engine.committed.
class CommitWatch {
 public:
  struct Seen {
    std::vector<store::TaskRow> open;
    std::vector<store::ElementKey> gone;
    std::vector<store::CaseRow> cases;  ///< without state
  };
  void note(const casework::Committed& committed);
  std::vector<Seen> take();

 private:
  std::mutex mutex_;
  std::vector<Seen> seen_;
};

struct SimulationCounts {
  std::int64_t cases = 0;       ///< that came in
  std::int64_t commands = 0;    ///< of people; the engine's own are not counted
  std::int64_t missed = 0;      ///< steps that were gone when somebody was done with them
  std::int64_t unattended = 0;  ///< steps that nobody of the city's staff may do
  std::int64_t reports = 0;     ///< bulletins published
  std::map<std::string, std::int64_t> happened;
};

struct SimulationPlace {
  Office& office;
  CommitWatch& watch;
  SimClock& clock;
  const MadeUpPeople& people;
  const SimCity& city;
  std::string folder;  ///< of the city's file; the plan is beside it
};

class Simulator {
 public:
  /// `scale` multiplies what comes in.
  Simulator(const SimulationPlace& place, std::uint64_t seed, double scale = 1);
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;
  ~Simulator();

  /// From the clock's time to the end. `told` is called at the end of each simulated day. Stops with the
  /// first refusal that a person would not have got.
  Result<void> run(Instant end, const std::function<void(Date)>& told = {});

  const SimulationCounts& counts() const { return counts_; }
  const std::map<std::int64_t, HotlineCount>& hotline() const { return hotline_.counts(); }
  /// What a case was and is about, while it runs.
  std::size_t running() const { return cases_.size(); }

 private:
  using Action = std::function<Result<void>()>;
  struct InFlight {
    std::optional<store::ElementKey> task;  ///< none: a start
    SimCase started;
    SimAnswer answer;
    std::string about;
  };

  // What comes in (arrivals.cpp)
  void plan(Instant begin, Instant end);
  void planHour(std::size_t stream, Instant hour, Instant end);
  Result<void> arrive(std::size_t stream);
  Result<void> callIn(SimCase of);
  Result<void> deskRequest(SimCase of);
  Result<void> applyForLicence(SimCase of);
  Result<void> applyForPermit(SimCase of);
  void putCaller(SimCase& of, feel::Context& values, bpmn::Actor& actor, std::string_view role);
  Result<void> startGiven(const GivenCase& given);
  Result<void> bringPlanIn();
  void planBulletins(Instant begin, Instant end);
  Result<void> draftBulletin(const std::string& pack, const std::string& bulletin, const std::string& period);
  Result<void> openSurvey(const SimSurvey& survey);
  Result<void> closeSurvey(std::int64_t id);

  // What is done (simulator.cpp)
  Result<void> tick();
  Result<void> settle();
  Result<void> pumpAndGather();
  Result<void> gather();
  void takeUp(const store::TaskRow& task);
  void putToWork(std::size_t pool);
  Result<void> finish(std::size_t pool, std::size_t person, const store::ElementKey& key);
  Result<SimAnswer> answerOf(const store::TaskRow& task, SimCase& of);
  Result<void> start(const std::string& pack, const std::string& item, feel::Context values,
                     const bpmn::Actor& actor, SimCase of);
  void submit(casework::Request request, InFlight what);
  Result<void> rate(store::CaseId id);
  std::optional<std::size_t> poolOf(const store::TaskRow& task) const;
  const bpmn::Actor* someone(std::string_view role, std::string_view unit = {}) const;
  feel::Context variablesOf(store::CaseId id);
  Instant now() const { return place_.clock.now(); }
  Instant tickAfter(Instant at) const;
  void newDay(Date day);
  std::string filledIn(std::string text) const;

  SimulationPlace place_;
  std::uint64_t seed_;
  double scale_;
  OfficeTime office_time_;
  FormDesk forms_;
  HotlineLife hotline_;
  PlanLife plans_;
  LicenceLife licences_;
  MeetingLife meetings_;
  insight::Surveys surveys_;
  SimulationCounts counts_;
  EventQueue<Action> events_;
  std::vector<Action> afterwards_;  ///< when all that was submitted is durable
  std::vector<Pool> pools_;
  std::map<std::pair<std::string, std::string>, std::size_t> pool_by_unit_;
  std::map<std::string, std::size_t> pool_by_role_;
  std::map<store::CaseId, SimCase> cases_;
  std::map<store::ElementKey, store::TaskRow> open_;
  std::uint64_t arrivals_ = 0;
  int last_year_ = 0;
  Date today_{};

  std::mutex mutex_;
  std::condition_variable answered_;
  std::size_t in_flight_ = 0;
  std::vector<InFlight> sent_;
  std::vector<std::optional<Result<casework::Reply>>> replies_;
};

}  // namespace jinyue::cli
