// A city in a test: a fresh store, a clock that the test moves, and processes written in a few lines.
#pragma once

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "cli/city.h"
#include "support/stores.h"

namespace jinyue::testing_support {

inline std::string bpmnFile(const std::string& roots_and_processes) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:jy="urn:jinyue:bpmn:1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:test">)" +
         roots_and_processes + "</definitions>";
}

/// A clock that the test moves.
class TestClock {
 public:
  explicit TestClock(const std::string& start) : now_(parseInstant(start)->time_since_epoch().count()) {}
  Instant now() const { return Instant{Millis{now_}}; }
  void advance(Millis by) { now_ += by.count(); }
  NowFn fn() {
    return [this] { return now(); };
  }

 private:
  std::atomic<std::int64_t> now_;
};

/// Opens a city at a place; throws with the reason when it can't.
inline std::unique_ptr<cli::City> openTestCity(const StorePlace& place, TestClock& clock,
                                               std::map<std::string, casework::JobHandler> services = {},
                                               cli::CityOptions options = {}) {
  options.data = place.folder();
  options.store = place.address();
  options.calendar = JINYUE_SOURCE_DIR "/packs/china/calendar.json";
  options.now = clock.fn();
  options.services = std::move(services);
  auto city = cli::City::open(options);
  if (!city) throw std::runtime_error(describe(city.error()));
  return std::move(*city);
}

inline bpmn::Actor officer(std::string id, std::string unit = {}, std::vector<std::string> roles = {}) {
  return {std::move(id), std::move(unit), std::move(roles)};
}

/// The clocks that the test processes name.
inline std::vector<calendar::ClockRule> testClocks() {
  calendar::ClockRule rule;
  rule.id = "five-days";
  rule.name = {"五个工作日", "five working days"};
  rule.amount = 5;
  rule.source = "made up for tests";
  return {rule};
}

}  // namespace jinyue::testing_support
