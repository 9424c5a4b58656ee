// jinyue backup, jinyue restore: what keeps a city.

#include <memory>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/options.h"

namespace jinyue::cli {

void addBackup(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "backup", "copies everything as of one moment to one file, while the server runs / 备份");
  const auto options = std::make_shared<CityOptions>();
  const auto target = std::make_shared<std::string>();
  addPlace(*command, *options);
  command->add_option("FILE", *target, "the new file (SQLite) / 新文件")->required();
  command->callback([options, target, &exit_code] {
    const auto store = openStore(*options);
    if (!store) {
      exit_code = refused(store.error());
      return;
    }
    if (const auto done = (*store)->backup(*target); !done) exit_code = refused(done.error());
    else fmt::print("{}\n", *target);
  });
}

void addRestore(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("restore", "fills an empty store from a backup file / 从备份恢复到空库");
  const auto options = std::make_shared<CityOptions>();
  const auto source = std::make_shared<std::string>();
  addPlace(*command, *options);
  command->add_option("FILE", *source, "a file that `jinyue backup` wrote / 备份文件")
      ->required()
      ->check(CLI::ExistingFile);
  command->callback([options, source, &exit_code] {
    const DataFolder folder{options->data};
    std::error_code ignored;
    std::filesystem::create_directories(options->data, ignored);
    const auto signer = signerOf(folder, options->signature);
    if (!signer) {
      exit_code = refused(signer.error());
      return;
    }
    store::StoreOptions store_options;
    store_options.signer = *signer;
    if (const auto done = store::restore(*source, addressOf(*options), store_options); !done) {
      exit_code = refused(done.error());
    } else {
      fmt::print("{}\n", addressOf(*options));
    }
  });
}

}  // namespace jinyue::cli
