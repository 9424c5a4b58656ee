#include "packs/scenario_run.h"

#include <fmt/format.h>

#include "packs/story.h"

namespace jinyue::packs {

std::string describe(const Difference& difference) {
  return fmt::format("{}:{} 第 {} 步 step {}: {} / {}\n    应为 expected: {}\n    实为 actual:   {}",
                     difference.file, difference.line, difference.step, difference.step, difference.what.zh,
                     difference.what.en, difference.expected, difference.actual);
}

Result<std::unique_ptr<Stage>> Stage::open(const std::string& address) {
  store::StoreOptions options;
  options.signer =
      std::make_shared<const ledger::Signer>(ledger::Signer::generate(ledger::SignatureAlgorithm::ed25519));
  auto store = store::open(address, options);
  if (!store) return std::unexpected(std::move(store.error()));
  if (const auto head = (*store)->head(); head && head->size > 0) {
    return refuse(
        ProblemKind::conflict, "scenario.store-in-use",
        {"这个库里已有办件，情景只在空库上演", "this store has cases; stories are played on an empty one"});
  }
  return std::unique_ptr<Stage>(new Stage(std::move(*store)));
}

Result<ScenarioResult> Stage::play(const Pack& pack, std::span<const Pack* const> needed,
                                   const PackScenario& scenario) {
  Story story(*store_, pack, needed, scenario);
  if (auto ready = story.prepare(); !ready) return std::unexpected(std::move(ready.error()));
  return story.play();
}

}  // namespace jinyue::packs
