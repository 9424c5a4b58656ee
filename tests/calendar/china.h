// The calendar that the project ships, and short ways to write days and instants, for tests.
#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "calendar/clock.h"

namespace jinyue::calendar {

inline std::string readText(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline const Calendar& china() {
  static const Calendar calendar = [] {
    auto read = Calendar::read(readText(JINYUE_SOURCE_DIR "/packs/china/calendar.json"));
    if (!read) throw std::runtime_error(describe(read.error()));
    return *std::move(read);
  }();
  return calendar;
}

/// "2026-02-13"
inline Date day(std::string_view text) {
  const auto date = parseDate(text);
  if (!date) throw std::invalid_argument("no date: " + std::string(text));
  return *date;
}

/// "2026-02-13 09:30" in China; the time may be 24:00.
inline Instant at(std::string_view text) {
  const auto number = [&](std::size_t from) { return std::stoi(std::string(text.substr(from, 2))); };
  if (text.size() != 16) throw std::invalid_argument("no time: " + std::string(text));
  return startOf(day(text.substr(0, 10))) + std::chrono::hours{number(11)} + std::chrono::minutes{number(14)};
}

/// The other way round, for messages that can be read.
inline std::string inChina(Instant instant) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(instant - startOf(dateOf(instant))).count();
  return fmt::format("{} {:02}:{:02}", formatDate(dateOf(instant)), minutes / 60, minutes % 60);
}

inline ClockRule rule(ClockUnit unit, int amount, ClockStart start = ClockStart::next_day) {
  return {.id = "r",
          .name = {"规则", "rule"},
          .unit = unit,
          .amount = amount,
          .statutory = {},
          .extension_limit = {},
          .start = start,
          .roll = false,
          .yellow_percent = 80,
          .source = "测试"};
}

}  // namespace jinyue::calendar
