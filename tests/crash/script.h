// What the crash test's clients do: each works on one case after the other, start to end, with keys that say
// which step they are. The lines by which the worker (that is killed) tells the test (that is not) what it
// did.
#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "cli/city.h"

namespace jinyue::crash {

/// A command that was sent or acknowledged. Step 0 starts the case, the others complete its tasks.
struct Step {
  int client = 0;
  int round = 0;
  int step = 0;
  std::int64_t case_id = 0;
  std::int32_t task = 0;
  std::string key() const { return fmt::format("c{}-r{}-s{}", client, round, step); }
};

/// "S …" before a command is sent, "A … position" after it was acknowledged.
inline std::string sentLine(const Step& s) {
  return fmt::format("S {} {} {} {} {}\n", s.client, s.round, s.step, s.case_id, s.task);
}
inline std::string acknowledgedLine(const Step& s, std::int64_t case_id, std::int64_t position) {
  return fmt::format("A {} {} {} {} {}\n", s.client, s.round, s.step, case_id, position);
}

inline constexpr int tasks_in_case = 5;
inline constexpr const char* process_id = "hotline";

inline Result<std::unique_ptr<cli::City>> openCity(const std::string& address, const std::string& data) {
  cli::CityOptions options;
  options.data = data;
  options.store = address;
  options.calendar = JINYUE_SOURCE_DIR "/packs/china/calendar.json";
  return cli::City::open(options);
}

}  // namespace jinyue::crash
