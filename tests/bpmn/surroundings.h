// What the models of the tests find around them.
#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "bpmn/reader.h"

namespace jinyue::bpmn::testing {

/// The calendar that the project ships.
inline const calendar::Calendar& china() {
  static const calendar::Calendar calendar = [] {
    std::ifstream file(JINYUE_SOURCE_DIR "/packs/china/calendar.json", std::ios::binary);
    if (!file) throw std::runtime_error("packs/china/calendar.json is missing");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    auto read = calendar::Calendar::read(text);
    if (!read) throw std::runtime_error(describe(read.error()));
    return *std::move(read);
  }();
  return calendar;
}

/// Clock rules "two" (2 working days), "ten" (10 working days, 20 by law), "hour" (1 hour); the decision
/// "grade"; the services "mail" and "print".
inline Surroundings surroundings() {
  const auto rule = [](std::string id, calendar::ClockUnit unit, int amount) {
    calendar::ClockRule made;
    made.id = std::move(id);
    made.name = {"时限", "clock"};
    made.unit = unit;
    made.amount = amount;
    made.source = "for the test";
    return made;
  };
  Surroundings around;
  around.clocks["two"] = rule("two", calendar::ClockUnit::working_day, 2);
  around.clocks["ten"] = rule("ten", calendar::ClockUnit::working_day, 10);
  around.clocks["ten"].statutory = 20;
  around.clocks["hour"] = rule("hour", calendar::ClockUnit::hour, 1);
  around.clocks["hour"].start = calendar::ClockStart::same_instant;
  around.decisions = {"grade"};
  around.services = {"mail", "print"};
  return around;
}

}  // namespace jinyue::bpmn::testing
