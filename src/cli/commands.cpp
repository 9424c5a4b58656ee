#include "cli/commands.h"

#include <CLI/CLI.hpp>

namespace jinyue::cli {

void addCommands(CLI::App& app, int& exit_code) {
  addDemo(app, exit_code);
  addSimulate(app, exit_code);
  addServe(app, exit_code);
  addAccount(app, exit_code);
  addAccessMatrix(app, exit_code);
  addPack(app, exit_code);
  addHistory(app, exit_code);
  addImportPlan(app, exit_code);
  addDeadline(app, exit_code);
  addVerify(app, exit_code);
  addBackup(app, exit_code);
  addImportCases(app, exit_code);
  addSuggest(app, exit_code);
  addKeys(app, exit_code);
  addRestore(app, exit_code);
}

}  // namespace jinyue::cli
