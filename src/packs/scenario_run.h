// Plays scenarios: the real engine on a store, with time that the story moves.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "packs/pack.h"
#include "store/store.h"

namespace jinyue::packs {

/// Where a story and the engine differ.
struct Difference {
  std::string file;
  int line = 0;
  int step = 0;  ///< from 1
  Text what;
  std::string expected;
  std::string actual;
};
std::string describe(const Difference& difference);

struct ScenarioResult {
  std::string path;
  Text title;
  std::size_t steps = 0;                ///< played
  std::vector<Difference> differences;  ///< of the first step that differs; none: the story is true
  bool passed() const { return differences.empty(); }
};

/// A store on which scenarios are played, one after the other. What a story leaves open is cancelled at its
/// end, so that the next one begins alone.
class Stage {
 public:
  /// `address` as store::open takes it. Refuses a store that holds cases already ("scenario.store-in-use").
  static Result<std::unique_ptr<Stage>> open(const std::string& address);

  /// Plays one scenario of a pack; `needed` are the packs that it needs. Refuses a pack that can't be
  /// deployed.
  Result<ScenarioResult> play(const Pack& pack, std::span<const Pack* const> needed,
                              const PackScenario& scenario);

 private:
  explicit Stage(std::unique_ptr<store::Store> store) : store_(std::move(store)) {}
  std::unique_ptr<store::Store> store_;
};

}  // namespace jinyue::packs
