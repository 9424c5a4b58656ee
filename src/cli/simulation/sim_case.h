// What the simulation knows of a case: what became of it so far, and its own chance.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "cli/simulation/chance.h"
#include "cli/simulation/sim_city.h"
#include "feel/value.h"
#include "store/store.h"

namespace jinyue::cli {

struct SimCase {
  store::CaseId id = 0;
  std::string process;
  std::string unit;  ///< lead unit, as the case has it
  Instant opened;
  Chance chance{0};
  bool by_message = false;  ///< another case started it

  // Of an order
  std::size_t matter = 0;
  std::size_t place = 0;
  std::string business_of;               ///< the unit whose business it is
  std::optional<store::CaseId> same_as;  ///< somebody reported it before
  bool accepted = false;
  bool dispatched = false;
  bool answered = false;
  bool interim = false;
  bool extended = false;
  bool suspended = false;
  int dispatches = 0;
  int reworks = 0;
  Instant dispatched_at;
  std::optional<bool> satisfied;  ///< what the last call said
  // Of a desk
  int rounds = 0;
  // Of a permit
  int steps_left = 0;
  std::optional<store::TaskRow> held;  ///< is done when the steps are
  // Of a part of a measure or a project
  int reports = 0;
};

/// What somebody fills in, and what is noted when that was accepted.
struct SimAnswer {
  feel::Context values;
  std::vector<std::string> happened;  ///< names of what took place: "return.upheld"
  std::function<void()> then = {};
};

/// Sets members in a few words.
class Filling {
 public:
  Filling& text(const char* name, std::string_view value) { return set(name, feel::Value(value)); }
  Filling& flag(const char* name, bool value) { return set(name, feel::Value(value)); }
  Filling& number(const char* name, std::int64_t value) { return set(name, feel::Value(value)); }
  Filling& date(const char* name, Date value) { return set(name, feel::Value(formatDate(value))); }
  Filling& texts(const char* name, const std::vector<std::string>& values) {
    feel::List items;
    for (const std::string& each : values) items.emplace_back(each);
    return set(name, feel::Value(std::move(items)));
  }
  Filling& set(const char* name, feel::Value value) {
    values_.set(name, std::move(value));
    return *this;
  }
  feel::Context done() { return std::move(values_); }

 private:
  feel::Context values_;
};

}  // namespace jinyue::cli
