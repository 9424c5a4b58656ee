// Deployed definitions: their source in the store, their compiled models in memory.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/describe.hpp>

#include "bpmn/machine.h"
#include "calendar/calendar.h"
#include "calendar/clock.h"
#include "store/store.h"

namespace jinyue::casework {

/// One file of a deployment, as it was given.
struct DeployedFile {
  std::string path;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(DeployedFile, (), (path, text))

/// Everything that is deployed together and versioned together.
struct Deployment {
  std::string name;
  std::vector<DeployedFile> processes;  ///< BPMN 2.0 XML
  std::vector<calendar::ClockRule> clocks;
};
BOOST_DESCRIBE_STRUCT(Deployment, (), (name, processes, clocks))

/// A definition that cases can run on. Immutable, shared by threads.
struct Definition {
  std::int64_t id = 0;
  std::string name;
  std::int64_t version = 0;
  std::string label;  ///< "name@version", as records carry it
  std::shared_ptr<const bpmn::Model> model;
};

/// Answers the questions that models ask from outside their case: time, calendar, registers, decisions.
/// The engine fills in the time.
using FactsFn = std::function<bpmn::Facts()>;

class Definitions {
 public:
  Definitions(store::Store& store, FactsFn facts);

  /// Compiles, refuses with everything that is wrong, and adds the next version of the name.
  Result<std::shared_ptr<const Definition>> deploy(const Deployment& deployment, Instant now);

  /// A definition by id, compiled on first use. Throws StoreFault when a stored definition can't be read.
  Result<std::shared_ptr<const Definition>> find(std::int64_t id);
  Result<std::shared_ptr<const Definition>> latest(std::string_view name);

  const bpmn::Facts& facts() const { return facts_; }

 private:
  std::shared_ptr<const Definition> compile(const store::DefinitionRow& row) const;

  store::Store& store_;
  bpmn::Facts facts_;
  std::mutex mutex_;
  std::unordered_map<std::int64_t, std::shared_ptr<const Definition>> compiled_;
};

}  // namespace jinyue::casework
