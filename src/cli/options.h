// What several subcommands share: their options and how they report.
#pragma once

#include <cstdio>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/city.h"

namespace jinyue::cli {

/// --data and --store, which say where a city is.
inline void addPlace(CLI::App& command, CityOptions& options) {
  command
      .add_option("--data", options.data,
                  "folder of the keys and, without --store, of the database / 数据目录")
      ->capture_default_str();
  command.add_option("--store", options.store,
                     "sqlite:PATH or postgres:CONNINFO; without it, SQLite in the data folder / 存储地址");
}

/// --calendar, the file of working days.
inline void addCalendar(CLI::App& command, CityOptions& options) {
  options.calendar = "packs/china/calendar.json";
  command.add_option("--calendar", options.calendar, "file of the working days / 工作日历文件")
      ->capture_default_str();
}

/// `jinyue import`, under which the kinds of data are; made on first use.
inline CLI::App& importGroup(CLI::App& app) {
  const auto there = app.get_subcommands([](const CLI::App* each) { return each->get_name() == "import"; });
  if (!there.empty()) return *there.front();
  CLI::App* group = app.add_subcommand("import", "brings in data of others / 导入数据");
  group->require_subcommand(1);
  return *group;
}

/// Prints a problem to standard error; the exit code of a refusal.
inline int refused(const Problem& problem) {
  std::fprintf(stderr, "jinyue: %s\n", describe(problem).c_str());
  return 1;
}

}  // namespace jinyue::cli
