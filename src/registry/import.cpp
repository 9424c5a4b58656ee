#include "registry/import.h"

#include <algorithm>

#include <fmt/format.h>

#include "registry/cell.h"
#include "registry/contains.h"
#include "registry/table.h"

namespace jinyue::registry {

using feel::Value;

namespace {

class Planner {
 public:
  Planner(Registry& registry, const Register& reg, const Sheet& sheet, const ImportOptions& options)
      : registry_(registry), reg_(reg), table_(reg, sheet, options) {}

  ImportPlan run() {
    plan_.register_name = reg_.name();
    if (table_.read()) compareRows();
    plan_.errors = std::move(table_.errors());
    return std::move(plan_);
  }

 private:
  void compareRows() {
    std::vector<std::string> keys;
    keys.reserve(table_.rows().size());
    for (const TableRow& read : table_.rows()) keys.push_back(read.key);
    const auto known = registry_.known(reg_.name(), keys);
    plan_.rows.reserve(table_.rows().size());
    for (TableRow& read : table_.rows()) {
      table_.check(read, registry_.surroundings(read.change.period.from));
      PlannedRow planned{read.row, read.key, RowState::added};
      if (const auto found = known.find(read.key); read.good && found != known.end()) {
        planned.state = compare(read, found->second);
      }
      if (!read.good) planned.state = RowState::wrong;
      switch (planned.state) {
        case RowState::added: ++plan_.added; break;
        case RowState::changed: ++plan_.changed; break;
        case RowState::unchanged: ++plan_.unchanged; break;
        case RowState::wrong: ++plan_.wrong; break;
      }
      if (planned.state == RowState::added || planned.state == RowState::changed)
        plan_.changes.push_back(std::move(read.change));
      plan_.rows.push_back(std::move(planned));
    }
  }

  RowState compare(TableRow& read, const Registry::Known& known) {
    const auto there = std::ranges::find_if(known.versions, [&](const EntryVersion& version) {
      return version.period.contains(read.change.period.from);
    });
    if (there != known.versions.end()) {
      auto whole = registry_.open(*there);
      if (!whole) {
        read.good = false;
        table_.error(read.row, {}, "", whole.error().title);
        return RowState::wrong;
      }
      if (*whole == read.change.entry) return RowState::unchanged;
      // A row of the same first day says better what that version should have been.
      if (there->period.from == read.change.period.from) {
        read.change.kind = ChangeKind::correct;
        read.change.key = read.key;
        read.change.number = there->number;
      }
    }
    const auto spans = known.spans();
    const auto placed = read.change.kind == ChangeKind::correct
                            ? placeCorrection(spans, read.change.number, read.change.period)
                            : placeNew(spans, read.change.period);
    if (!placed) {
      read.good = false;
      table_.error(read.row, table_.fromColumn(), "", placed.error().title);
    }
    return there == known.versions.end() && known.versions.empty() ? RowState::added : RowState::changed;
  }

  Registry& registry_;
  const Register& reg_;
  TableReader table_;
  ImportPlan plan_;
};

}  // namespace

Result<std::vector<Change>> readSeeds(const Register& reg, std::string_view csv) {
  while (csv.starts_with('#')) {
    const std::size_t end = csv.find('\n');
    csv.remove_prefix(end == std::string_view::npos ? csv.size() : end + 1);
  }
  auto sheet = readCsv(csv);
  if (!sheet) return std::unexpected(sheet.error());
  const ImportOptions options{};
  TableReader table(reg, *sheet, options);
  if (table.read()) {
    if (!table.fromColumn())
      table.error(1, {}, "", {"缺少“有效期起”列", "the column “valid_from” is missing"});
    for (TableRow& row : table.rows()) table.check(row, {});
  }
  if (!table.errors().empty()) {
    Problem problem{ProblemKind::invalid,
                    "register.seeds",
                    {"登记册的初始条目有误", "the seeds of the register are wrong"},
                    {},
                    {},
                    {}};
    for (const RowError& error : table.errors()) {
      problem.causes.push_back({ProblemKind::invalid,
                                "register.seeds",
                                error.text,
                                fmt::format("{}{}", error.column, error.row),
                                {},
                                {}});
    }
    return std::unexpected(std::move(problem));
  }
  std::vector<Change> changes;
  for (TableRow& row : table.rows()) changes.push_back(std::move(row.change));
  return changes;
}

Result<ImportPlan> planImport(Registry& registry, std::string_view name, const Sheet& sheet,
                              const ImportOptions& options) {
  const auto reg = registry.find(name);
  if (!reg) return std::unexpected(reg.error());
  return Planner(registry, **reg, sheet, options).run();
}

Result<Proposal> applyImport(Registry& registry, const ImportPlan& plan, std::string title,
                             const RegistryActor& actor) {
  if (!plan.errors.empty() || plan.wrong > 0) {
    return refuse(
        ProblemKind::invalid, "import.has-errors",
        {fmt::format("表中有 {} 行有误，全部改正后才能导入", plan.wrong),
         fmt::format("{} rows are wrong; all of them must be mended before the import", plan.wrong)});
  }
  if (plan.changes.empty()) {
    return refuse(ProblemKind::invalid, "import.nothing-to-do",
                  {"表中内容与登记册一致，没有可导入的变更", "the table says what the register says"});
  }
  return registry.propose(plan.register_name, plan.changes, std::move(title), actor);
}

Result<std::string> exportSheet(Registry& registry, std::string_view name, const EntryFilter& filter,
                                SheetFormat format, bool english, std::size_t most) {
  const auto found = registry.find(name);
  if (!found) return std::unexpected(found.error());
  const Register& reg = **found;
  std::vector<const Field*> fields;
  std::vector<bool> is_text;
  std::vector<std::vector<std::string>> rows(1);
  for (const Field& field : reg.schema().fields()) {
    const bool shown = !filter.public_only || (reg.declaration().disclosure &&
                                               contains(reg.declaration().disclosure->fields, field.name));
    if (!shown || !isTabular(field) || reg.isPersonal(field.name)) continue;
    fields.push_back(&field);
    is_text.push_back(!field.is("number") && !field.is("integer"));
    rows.front().push_back(english ? field.title.en : field.title.zh);
  }
  rows.front().push_back(english ? from_title.en : from_title.zh);
  rows.front().push_back(english ? to_title.en : to_title.zh);
  store::PageRequest page{1000, ""};
  do {
    auto read = registry.list(name, filter, page);
    if (!read) return std::unexpected(read.error());
    if (rows.size() - 1 + read->rows.size() > most) {
      return refuse(ProblemKind::invalid, "export.too-many",
                    {fmt::format("超过 {} 条，请加筛选条件", most),
                     fmt::format("more than {} entries; filter them", most)});
    }
    for (const EntryVersion& version : read->rows) {
      std::vector<std::string>& row = rows.emplace_back();
      for (const Field* field : fields) {
        const Value* value = version.body.context().find(field->name);
        row.push_back(value != nullptr ? cellOf(*field, *value, english) : "");
      }
      row.push_back(formatDate(version.period.from));
      row.push_back(version.period.to == no_end ? "" : formatDate(version.period.to));
    }
    page.after = read->next;
  } while (!page.after.empty());
  if (format == SheetFormat::csv) return writeCsv(rows, is_text);
  return writeXlsx(rows, is_text, reg.name().substr(0, 31));
}

}  // namespace jinyue::registry
