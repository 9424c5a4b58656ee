// jinyue keys: the key ring that seals personal data.

#include <memory>

#include <fmt/format.h>

#include "casework/reseal.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "evidence/attachments.h"

namespace jinyue::cli {
namespace {

constexpr int most_passes = 3;

/// Adds a key, unless asked only to go on, and seals everything with it while the server runs.
int rotate(const CityOptions& options, bool go_on) {
  const DataFolder folder{options.data};
  const auto store = openStore(options);
  if (!store) return refused(store.error());
  if (auto vault = vaultOf(folder); !vault) return refused(vault.error());
  if (!go_on) {
    if (const auto added = ledger::Vault::addKey(folder.vault()); !added) return refused(added.error());
  }
  const auto vault = vaultOf(folder);
  if (!vault) return refused(vault.error());
  const casework::Seal seal(**vault);
  evidence::Attachments attachments({**store, **vault});
  // A server that runs may have written with the old key until it met the new one.
  for (int pass = 0; pass < most_passes; ++pass) {
    const auto done = casework::reseal(**store, seal, [](const casework::Resealed& so_far) {
      fmt::print(stderr, "\r{} 行，重新密封 {} 行 / {} rows, {} sealed anew", so_far.seen, so_far.renewed,
                 so_far.seen, so_far.renewed);
      std::fflush(stderr);
    });
    fmt::print(stderr, "\n");
    if (!done) return refused(done.error());
    if (done->renewed + attachments.reseal() == 0) return 0;
  }
  fmt::print(
      stderr,
      "还有行在用旧密钥写入，请稍后用 --continue 再运行 / rows are still written with the old key: run it "
      "again with --continue in a while\n");
  return 0;
}

}  // namespace

void addKeys(CLI::App& app, int& exit_code) {
  auto* keys = app.add_subcommand("keys", "the key ring of personal data / 个人信息的密钥环");
  keys->require_subcommand(1);
  auto* command = keys->add_subcommand(
      "rotate", "adds a key and seals everything with it, while the server runs / 更换密钥并重新密封");
  const auto options = std::make_shared<CityOptions>();
  const auto go_on = std::make_shared<bool>(false);
  addPlace(*command, *options);
  command->add_flag("--continue", *go_on,
                    "add no key: go on where a rotation was stopped / 继续未完成的更换");
  command->callback([options, go_on, &exit_code] { exit_code = rotate(*options, *go_on); });
}

}  // namespace jinyue::cli
