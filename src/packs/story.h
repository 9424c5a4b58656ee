// One story while it is played: its clock, its people, its cases, and the engine under them.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "bpmn/machine.h"
#include "bpmn/state.h"
#include "casework/delivery.h"
#include "casework/engine.h"
#include "casework/pump.h"
#include "ledger/digest.h"
#include "packs/scenario_run.h"

namespace jinyue::packs {

class Story {
 public:
  Story(store::Store& store, const Pack& pack, std::span<const Pack* const> needed, const PackScenario& told);

  /// Deploys the packs at the time when the story begins.
  Result<void> prepare();
  ScenarioResult play();

 private:
  /// Everything that is known of a case now.
  struct Snapshot {
    store::CaseRow row;
    bpmn::State state;
    std::vector<store::TaskRow> tasks;
    std::vector<bpmn::Event> events;
  };

  Instant now() const { return Instant{Millis{now_.load()}}; }
  void setNow(Instant instant) { now_ = instant.time_since_epoch().count(); }

  // story.cpp: what a step does
  void playStep(const ScenarioStep& step);
  feel::Value withNumbers(const feel::Value& value) const;
  feel::Context withNumbers(const feel::Context& context) const;
  ScenarioStep withNumbers(ScenarioStep step) const;
  Result<void> act(const ScenarioStep& step);
  Result<void> start(const ScenarioStep& step);
  Result<void> complete(const ScenarioStep& step);
  Result<void> clockCommand(const ScenarioStep& step);
  Result<void> runOnCase(const ScenarioStep& step, bpmn::Command command);
  Result<store::TaskRow> openTask(const ScenarioStep& step, const std::string& node);
  Result<store::CaseId> caseOf(const ScenarioStep& step) const;
  std::optional<store::CaseId> caseByProcess(std::string_view name) const;
  void passTime(Instant until);
  void cancelOpenCases();
  bpmn::Actor actor(const std::string& name) const;
  SourceFn sources(const std::string& name);
  registry::SchemaSurroundings surroundings() const;
  casework::JobResult answer(const casework::Job& job);

  // story_expect.cpp: what must be true
  Result<Snapshot> look(store::CaseId id);
  void expect(const Expectation& wanted, const Snapshot& found);
  void expectTasks(const std::vector<ExpectedTask>& wanted, const Snapshot& found);
  void expectVariables(const Expectation& wanted, const Snapshot& found);
  void expectHistory(const Expectation& wanted, const Snapshot& found);
  void expectClock(const std::string& node, const ExpectedClock& wanted, const Snapshot& found);
  void differ(const std::string& pointer, Text what, std::string expected, std::string actual);

  store::Store& store_;
  const Pack& pack_;
  std::vector<const Pack*> needed_;
  const PackScenario& told_;
  const std::string* text_ = nullptr;  ///< of the scenario's file, for line numbers
  std::atomic<std::int64_t> now_{0};
  std::shared_ptr<const calendar::Calendar> calendar_;
  ledger::PersonalDigester digester_;
  std::unique_ptr<casework::Definitions> definitions_;
  std::unique_ptr<casework::Engine> engine_;
  std::unique_ptr<casework::Delivery> delivery_;
  std::unique_ptr<casework::Pump> pump_;
  std::shared_ptr<const casework::Definition> definition_;
  std::vector<std::shared_ptr<const casework::Definition>> deployed_;

  std::map<std::string, store::CaseId, std::less<>> named_;
  std::vector<store::CaseId> cases_;  ///< in the order of their start
  store::CaseId before_ = 0;          ///< every case of this story has a higher id
  std::mutex mutex_;                  ///< services are asked by several threads
  std::map<std::string, std::size_t, std::less<>> asked_;

  ScenarioResult result_;
  std::size_t step_ = 0;  ///< from 0
};

}  // namespace jinyue::packs
