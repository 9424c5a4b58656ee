// From events to rows: what the worklist, timers, subscriptions, incidents and the outbox must hold after a
// unit of work. Events only say which elements were touched; the rows are made from the state at the end, so
// that what was opened and closed within one unit leaves no trace.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "bpmn/machine.h"
#include "casework/case_cache.h"
#include "store/store.h"

namespace jinyue::casework {

/// Topic of the outbox rows that carry messages and signals to other cases; their body is a Throws.
inline constexpr std::string_view throw_topic = "jinyue.throw";

/// A message or signal on its way to other cases.
struct Thrown {
  bool signal = false;
  std::string name;
  std::string key;  ///< of a message
  feel::Context variables;
};
BOOST_DESCRIBE_STRUCT(Thrown, (), (signal, name, key, variables))

/// Everything that one command threw.
struct Throws {
  std::vector<Thrown> thrown;
};
BOOST_DESCRIBE_STRUCT(Throws, (), (thrown))

/// Body of a job's outbox row.
struct JobBody {
  std::string node;
  std::int32_t retries = 0;
  feel::Context payload;
};
BOOST_DESCRIBE_STRUCT(JobBody, (), (node, retries, payload))

/// What a unit of work did to one case, by number of the element.
struct Touched {
  bool migrated = false;              ///< names and nodes of all open tasks may be others now
  bool area = false;                  ///< the case lies in another area now
  bool unit = false;                  ///< another unit leads now
  std::optional<std::string> search;  ///< what it is found by from here on
  std::set<bpmn::ElementNumber> tasks;
  std::set<bpmn::ElementNumber> timers;
  std::set<bpmn::ElementNumber> waits;
  std::map<bpmn::ElementNumber, Instant> incidents;                       ///< when they were raised
  std::map<bpmn::ElementNumber, std::optional<store::OutboxRow>> outbox;  ///< empty: to be dropped
};

/// Notes what the events of the record at `position` touched.
void touch(std::span<const bpmn::Event> events, store::CaseId id, std::int64_t position, Instant now,
           Touched& touched);

/// Brings the case's row up to date with its state and adds the rows of everything touched.
void project(LoadedCase& loaded, const Touched& touched, store::Batch& batch);

}  // namespace jinyue::casework
