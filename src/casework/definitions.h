// Deployed definitions: their source in the store, their compiled models in memory.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/describe.hpp>

#include "bpmn/machine.h"
#include "bpmn/model.h"
#include "calendar/calendar.h"
#include "calendar/clock.h"
#include "dmn/dmn.h"
#include "store/store.h"

namespace jinyue::casework {

/// One file of a deployment, as it was given.
struct DeployedFile {
  std::string path;
  std::string text;
  bool operator==(const DeployedFile&) const = default;
};
BOOST_DESCRIBE_STRUCT(DeployedFile, (), (path, text))

/// Everything that is deployed together and versioned together.
struct Deployment {
  static constexpr bool json_sparse = true;  // those that are stored may be older than a member
  std::string name;
  std::vector<DeployedFile> processes;  ///< BPMN 2.0 XML
  std::vector<DeployedFile> decisions;  ///< DMN XML
  std::vector<calendar::ClockRule> clocks;
  std::vector<DeployedFile> files;  ///< everything else of a pack: kept with it, not looked at here
};
BOOST_DESCRIBE_STRUCT(Deployment, (), (name, processes, decisions, clocks, files))

/// A definition that cases can run on. Immutable, shared by threads.
struct Definition {
  std::int64_t id = 0;
  std::string name;
  std::int64_t version = 0;
  std::string label;  ///< "name@version", as records carry it
  Instant deployed;
  std::shared_ptr<const bpmn::Model> model;
  std::shared_ptr<const dmn::Model> decisions;  ///< null when it has none
};

/// What all definitions share: the calendar, the registers' look-up, and the services that service tasks may
/// call.
struct Surroundings {
  std::shared_ptr<const calendar::Calendar> calendar;
  std::function<feel::Value(std::string_view, const feel::Value&, Date)> lookup;
  std::vector<std::string> services;
};

class Definitions {
 public:
  Definitions(store::Store& store, Surroundings surroundings);

  /// Whether a deployment could be added: everything that is wrong at once, or nothing.
  static Result<void> check(const Deployment& deployment, std::span<const std::string> services);

  /// The same with the services that this city has.
  Result<void> checkHere(const Deployment& deployment) const {
    return check(deployment, surroundings_.services);
  }

  /// Compiles, refuses with everything that is wrong at once, and adds the next version of the name.
  /// Its start events are armed by deploy() (deploy.h).
  Result<std::shared_ptr<const Definition>> add(const Deployment& deployment, Instant now);

  /// A definition by id, compiled on first use. Throws StoreFault when a stored definition can't be read.
  Result<std::shared_ptr<const Definition>> find(std::int64_t id);
  Result<std::shared_ptr<const Definition>> latest(std::string_view name);

  /// By what records carry: "name@version".
  Result<std::shared_ptr<const Definition>> findByLabel(std::string_view label);

  /// The facts that a step of a case of this definition may use at this instant; valid while the definition
  /// is.
  bpmn::Facts facts(const Definition& definition, Instant now) const;

 private:
  static Result<Definition> compile(const Deployment& deployment, std::span<const std::string> services);
  std::shared_ptr<const Definition> compileStored(const store::DefinitionRow& row) const;

  store::Store& store_;
  Surroundings surroundings_;
  std::mutex mutex_;
  std::unordered_map<std::int64_t, std::shared_ptr<const Definition>> compiled_;
};

/// Asks a decision model of the definition.
Result<bpmn::DecisionOutcome> decide(const Definition& definition, std::string_view decision,
                                     const feel::Context& inputs, const feel::Facts& facts);

}  // namespace jinyue::casework
