// The subcommands of `jinyue`, one function each; every one has --help.
#pragma once

namespace CLI {
class App;
}

namespace jinyue::cli {

/// Adds all subcommands to the application; the one that runs sets the exit code.
void addCommands(CLI::App& app, int& exit_code);

void addPack(CLI::App& app, int& exit_code);
void addDemo(CLI::App& app, int& exit_code);
void addSimulate(CLI::App& app, int& exit_code);
void addServe(CLI::App& app, int& exit_code);
void addAccount(CLI::App& app, int& exit_code);
void addAccessMatrix(CLI::App& app, int& exit_code);
void addBackup(CLI::App& app, int& exit_code);
void addRestore(CLI::App& app, int& exit_code);
void addHistory(CLI::App& app, int& exit_code);
void addImportPlan(CLI::App& app, int& exit_code);
void addDeadline(CLI::App& app, int& exit_code);
void addImportCases(CLI::App& app, int& exit_code);
void addSuggest(CLI::App& app, int& exit_code);
void addKeys(CLI::App& app, int& exit_code);
void addVerify(CLI::App& app, int& exit_code);

}  // namespace jinyue::cli
