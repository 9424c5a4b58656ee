// Plans, measures and their parts as the cases of the pack `plan` hold them.
#pragma once

#include "api/rooms.h"
#include "planning/ledger.h"
#include "store/row_scope.h"

namespace jinyue::api {

/// Ids of the pack and of its processes, which the reader of plans and its pages rely on.
inline constexpr std::string_view plan_pack = "plan";

/// Typed reading of a case's variables: what is missing or of another type is empty.
class Variables {
 public:
  explicit Variables(const feel::Context& values) : values_(values) {}
  std::string text(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;
  std::optional<Date> date(std::string_view name) const;
  std::optional<feel::Number> number(std::string_view name) const;
  int whole(std::string_view name) const;
  bool isTrue(std::string_view name) const;
  /// The groups of a list.
  std::vector<const feel::Context*> groups(std::string_view name) const;

 private:
  const feel::Value* find(std::string_view name) const;
  const feel::Context& values_;
};

struct PlanCase {
  store::CaseRow row;
  feel::Context variables;
};

/// Every case of a process in reach, oldest first; with a key, those alone.
std::vector<PlanCase> planCases(store::Store& store, const casework::Seal& seal, std::string_view process,
                                const store::RowScope& scope, std::optional<std::string> key);

/// With a day: its three lists as they were on it, where the case has kept that.
planning::LedgerMeasure measureOf(const PlanCase& row, std::optional<Date> as_of = std::nullopt);

/// The measures of a plan with their parts, in the order of the plan. Parts whose measure is out of reach are
/// under a measure of which only id and title are known.
std::vector<planning::LedgerMeasure> ledgerOf(store::Store& store, const casework::Seal& seal,
                                              const std::string& plan, const store::RowScope& scope,
                                              std::optional<Date> as_of = std::nullopt);

/// What a project says its board is called; empty when it does not.
Text boardTitleOf(const Variables& project);

}  // namespace jinyue::api
