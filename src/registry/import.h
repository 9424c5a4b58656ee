// Entries from a table and back: looked at as a whole first, then proposed as a whole or not at all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "registry/registry.h"
#include "registry/sheet.h"

namespace jinyue::registry {

enum class RowState { added, changed, unchanged, wrong };
BOOST_DESCRIBE_ENUM(RowState, added, changed, unchanged, wrong)

/// What is wrong with a cell, or (with an empty column) with a row.
struct RowError {
  int row = 0;         ///< as the spreadsheet program counts; the header is 1
  std::string column;  ///< "C"
  std::string field;
  Text text;
};
BOOST_DESCRIBE_STRUCT(RowError, (), (row, column, field, text))

struct PlannedRow {
  int row = 0;
  std::string key;
  RowState state = RowState::wrong;
};
BOOST_DESCRIBE_STRUCT(PlannedRow, (), (row, key, state))

/// What an import would do.
struct ImportPlan {
  std::string register_name;
  int added = 0;
  int changed = 0;
  int unchanged = 0;
  int wrong = 0;
  std::vector<RowError> errors;  ///< at most `ImportOptions::max_errors`; also of the header (row 1)
  std::vector<PlannedRow> rows;
  std::vector<Change> changes;  ///< of the rows added and changed
  bool canApply() const { return errors.empty() && wrong == 0 && !changes.empty(); }
};

struct ImportOptions {
  Date valid_from;  ///< of rows without a date of their own
  std::size_t max_errors = 1000;
};

/// The columns are named in the first row by the titles of the fields, in either language, or their names;
/// 有效期起 / valid_from and 有效期止 / valid_to may be there. Fields that hold groups or lists of groups
/// can't be imported; lists of texts or numbers are separated by ";" or "；". Empty cells are left out.
/// Refuses only an unknown register; what is wrong with the table is in the plan.
Result<ImportPlan> planImport(Registry& registry, std::string_view name, const Sheet& sheet,
                              const ImportOptions& options);
/// Proposes the plan in one commit. Refuses a plan with anything wrong in it (import.has-errors) or without a
/// change (import.nothing-to-do).
Result<Proposal> applyImport(Registry& registry, const ImportPlan& plan, std::string title,
                             const RegistryActor& actor);

/// The seeds of a register that a pack brings: a CSV as above, in which valid_from must be there, after lines
/// that begin with "#" (what the facts are and where they come from). Refuses with a cause for each wrong
/// cell (`where` is "C12", counted without those lines). References to other registers are not looked at.
Result<std::vector<Change>> readSeeds(const Register& reg, std::string_view csv);

enum class SheetFormat { csv, xlsx };
BOOST_DESCRIBE_ENUM(SheetFormat, csv, xlsx)

/// Entries in effect on the filter's day, as a table that planImport reads. Personal fields are not in it.
/// With public_only: the public fields of the public entries. At most `most` entries; refuses more
/// (export.too-many).
Result<std::string> exportSheet(Registry& registry, std::string_view name, const EntryFilter& filter,
                                SheetFormat format, bool english = false, std::size_t most = 200'000);

}  // namespace jinyue::registry
