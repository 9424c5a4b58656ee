// The command line of Jinyue. Exit codes: 0 done, 1 refused or found wrong, 2 wrong usage, 3 a fault.

#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>

#include "cli/commands.h"

int main(int argc, char** argv) {
  CLI::App app{"近悦 Jinyue: one server for a city's business environment"};
  app.require_subcommand(1);
  app.set_version_flag("--version", JINYUE_VERSION);
  int exit_code = 0;
  jinyue::cli::addCommands(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "jinyue: %s\n", fault.what());
    return 3;
  }
  return exit_code;
}
