// The facts of cases: which layouts are in force, and the rows that a case's commit carries.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "casework/case_cache.h"
#include "insight/layout.h"
#include "packs/figures.h"
#include "store/store.h"

namespace jinyue::insight {

/// The declarations of a pack in its newest version.
struct DeclaredFigures {
  std::string pack;
  std::vector<std::string> needs;  ///< packs whose declarations it may name as well
  std::int64_t definition = 0;
  packs::Figures figures;
};

/// What holds at a moment. Immutable.
struct FactRules {
  std::vector<std::shared_ptr<const DeclaredFigures>> declared;  ///< by pack
  /// The newest layout of each source.
  std::map<std::string, std::shared_ptr<const Layout>, std::less<>> layouts;
  /// The same by pack, for the engine.
  std::map<std::string, std::vector<std::pair<std::string, std::shared_ptr<const Layout>>>, std::less<>>
      by_pack;

  const DeclaredFigures* pack(std::string_view name) const;
};

/// The column `done` of fact_layouts: not yet; every case was counted by it; a newer one came before that.
inline constexpr std::int64_t not_counted = 0;
inline constexpr std::int64_t all_counted = 1;
inline constexpr std::int64_t superseded = 2;

/// May be used from many threads at once.
class FactBook {
 public:
  FactBook(store::Store& store, std::shared_ptr<const calendar::Calendar> calendar, NowFn now)
      : store_(store),
        calendar_(std::move(calendar)),
        now_(std::move(now)),
        rules_(std::make_shared<const FactRules>()) {}

  /// Looks for packs that were deployed since, here or on another node, and puts their layouts into force. A
  /// layout that differs from the newest one of its source gets the next number; facts of the older one are
  /// then to be computed anew (recount.h).
  void refresh();

  std::shared_ptr<const FactRules> rules() const {
    const std::lock_guard lock(rules_mutex_);
    return rules_;
  }

  /// For casework::EngineOptions::derive.
  std::size_t derive(const casework::LoadedCase& loaded, bool is_new, store::Batch& batch) const;

  /// The statements that put a case's facts in the place of older ones.
  void addFacts(const Layout& layout, const CountedCase& counted, bool is_new, store::Batch& batch) const;

 private:
  struct Known {
    std::int64_t version = 0;
    std::shared_ptr<const DeclaredFigures> declared;
  };
  std::shared_ptr<const Layout> putIntoForce(const std::string& source, const LayoutBody& body);

  store::Store& store_;
  std::shared_ptr<const calendar::Calendar> calendar_;
  NowFn now_;
  std::mutex mutex_;  ///< of what follows; one refresh at a time
  std::map<std::string, Known> known_;
  std::map<std::string, std::shared_ptr<const Layout>, std::less<>> layouts_;
  mutable std::mutex rules_mutex_;
  std::shared_ptr<const FactRules> rules_;
};

}  // namespace jinyue::insight
