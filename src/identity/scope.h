// Where a permission holds: on which rows. The answer is a filter that goes into the query, never a sieve
// after it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "store/store.h"

namespace jinyue::identity {

/// The part of the city that a grant is for. An empty list means all; a row without a unit, area, pack or
/// state is in a scope only where that list is empty.
struct Scope {
  std::vector<std::string> units = {};
  std::vector<std::string> areas = {};  ///< GB/T 2260 or zone codes, each for itself: a zone is not its host
  std::vector<std::string> packs = {};
  std::vector<store::CaseStatus> states = {};  ///< of cases; their tasks are those of running ones
  bool operator==(const Scope&) const = default;
  /// Whether every row of the other scope is in this one.
  bool contains(const Scope& other) const;
};
BOOST_DESCRIBE_STRUCT(Scope, (), (units, areas, packs, states))

/// Where one row is. What a kind of row does not have stays empty.
struct RowPlace {
  std::string unit = {};
  std::string area = {};
  std::string pack = {};
  std::string party = {};  ///< whose matter it is: "person:<Vault::lookup>", "firm:<USCC>"
  std::optional<store::CaseStatus> state = {};
};

/// One way for a row to be in reach: each list that is not empty must have the row's value.
struct Alternative {
  std::vector<std::string> units = {};
  std::vector<std::string> areas = {};
  std::vector<std::string> packs = {};
  std::vector<std::string> parties = {};
  std::vector<store::CaseStatus> states = {};
  static Alternative of(const Scope& scope) {
    return {scope.units, scope.areas, scope.packs, {}, scope.states};
  }
  bool operator==(const Alternative&) const = default;
  bool admits(const RowPlace& row) const;
};

/// A row is in reach when one of the alternatives admits it. No alternative: nothing is in reach.
struct RowScope {
  std::vector<Alternative> any;
  bool operator==(const RowScope&) const = default;
  bool admits(const RowPlace& row) const;
  bool isNothing() const { return any.empty(); }
  /// No condition is left to put into a query.
  bool isEverything() const;
  /// Adds an alternative unless one that is there admits all of it; drops those that it admits itself.
  void add(Alternative alternative);
};

}  // namespace jinyue::identity
