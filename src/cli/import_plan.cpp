// jinyue import plan: an action plan as published, looked at first, then brought in as drafts.

#include <fmt/format.h>

#include "api/plan_import.h"
#include "base/json_read.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/options.h"
#include "ledger/hash.h"
#include "planning/likeness.h"
#include "planning/reader.h"

namespace jinyue::cli {
namespace {

struct PlanOptions {
  CityOptions city;
  std::string file;
  std::string id;
  std::string due;
  std::string previous;
  std::string cycle = "month";
  std::string save;
  int year = 0;
  bool import = false;
  bool steps_until_due = false;
};

std::string_view signOf(planning::Comparator comparator) {
  switch (comparator) {
    case planning::Comparator::at_least: return "≥";
    case planning::Comparator::more_than: return ">";
    case planning::Comparator::equal: return "=";
    case planning::Comparator::at_most: return "≤";
    case planning::Comparator::less_than: break;
  }
  return "<";
}

void print(const std::vector<planning::Target>& targets) {
  for (const planning::Target& each : targets) {
    fmt::print("      {} {} {}{}  {}\n", signOf(each.comparator), each.value, each.unit,
               each.until ? fmt::format(" → {}{}", formatDate(*each.until),
                                        each.until_stated ? "" : "（方案终止日）")
                          : "",
               each.text);
  }
}

void print(const planning::PlanText& plan) {
  fmt::print("{}\n", plan.title.empty() ? "（没有标题 / no title）" : plan.title);
  std::string section;
  std::string subsection;
  for (const planning::Measure& each : plan.measures) {
    if (each.section != section) fmt::print("\n{}\n", section = each.section);
    if (each.subsection != subsection && !each.subsection.empty()) fmt::print("  {}\n", each.subsection);
    subsection = each.subsection;
    fmt::print("    {} {}\n", each.number, each.title);
    if (!each.leads.empty()) fmt::print("      牵头 {}\n", fmt::join(each.leads, "、"));
    if (!each.assisting.empty()) fmt::print("      配合 {}\n", fmt::join(each.assisting, "、"));
    if (!each.areas.empty()) fmt::print("      地区 {}\n", fmt::join(each.areas, "、"));
    for (const planning::Deadline& deadline : each.deadlines)
      fmt::print("      时限 {}{}\n", deadline.text,
                 deadline.until ? " → " + formatDate(*deadline.until) : "");
    print(each.targets);
  }
  for (const planning::Brand& each : plan.brands) {
    if (each.section != section) fmt::print("\n{}\n", section = each.section);
    fmt::print("    {} {}：{}\n", each.number, each.area, each.title);
    print(each.targets);
  }
  std::size_t assignments = 0;
  std::size_t targets = 0;
  for (const planning::Measure& each : plan.measures) {
    assignments += each.leads.size();
    targets += each.targets.size();
  }
  for (const planning::Brand& each : plan.brands) targets += each.targets.size();
  fmt::print(
      "\n{} 条举措、{} 个牵头分工、{} 个量化目标、{} 个地区品牌 / {} measures, {} lead assignments, {} "
      "targets, {} brands\n",
      plan.measures.size(), assignments, targets, plan.brands.size(), plan.measures.size(), assignments,
      targets, plan.brands.size());
  if (plan.doubts.empty()) return;
  fmt::print("\n存疑 {} 处，请核对 / {} doubts to look at:\n", plan.doubts.size(), plan.doubts.size());
  for (const planning::Doubt& each : plan.doubts)
    fmt::print("  {}{}{} {} / {}\n", each.line > 0 ? fmt::format("第 {} 行 ", each.line) : "",
               each.measure.empty() ? "" : each.measure + " ", each.code, each.text.zh, each.text.en);
}

/// A published plan, or what --save wrote and a person corrected.
Result<planning::PlanText> readFileOrSaved(const PlanOptions& options) {
  const auto bytes = readFile(options.file);
  if (!bytes) return std::unexpected(bytes.error());
  if (options.file.ends_with(".json")) return fromJson<planning::PlanText>(*bytes);
  planning::ReadOptions how;
  if (options.year != 0) how.year = options.year;
  return planning::readPlan(*bytes, how);
}

/// The same plan again goes on where it was interrupted; another one under its id is refused.
std::string keyOf(const api::PlanImport& import) {
  ledger::Hasher hasher(ledger::HashAlgorithm::sha256);
  return ledger::toHex(hasher.plain(import.id + toJson(import.plan)));
}

int importPlanFile(const PlanOptions& options) {
  auto plan = readFileOrSaved(options);
  if (!plan) return refused(plan.error());
  print(*plan);
  if (!options.save.empty()) {
    if (const auto written = writeSecret(options.save, toJson(*plan)); !written)
      return refused(written.error());
    fmt::print("\n已写入 {}，更正后再导入 / written; correct it, then import it: {}\n", options.save,
               options.save);
  }
  if (!options.import) {
    fmt::print(
        "\n这是预览，什么也没有保存；加 --import 导入 / a preview, nothing was kept; --import brings it "
        "in\n");
    return 0;
  }
  const auto last = plan->last_year ? std::optional{makeDate(*plan->last_year, 12, 31)} : std::nullopt;
  const auto due = options.due.empty() ? last : parseDate(options.due);
  if (!due)
    return refused({ProblemKind::invalid,
                    "plan.due",
                    {"请用 --due 写明方案终止日", "say the plan's last day with --due"},
                    options.due,
                    {},
                    {}});
  OfficeOptions office_options;
  office_options.city = options.city;
  const auto office = Office::open(office_options);
  if (!office) return refused(office.error());
  City& city = (*office)->city();
  const auto newest = (*office)->packs().newest("plan");
  if (!newest)
    return refused({ProblemKind::not_found,
                    "pack.missing",
                    {"没有部署系统包 plan", "the pack plan is not deployed"},
                    "packs/plan",
                    {"先执行 jinyue pack deploy packs/plan", "jinyue pack deploy packs/plan"},
                    {}});
  api::PlanImport import;
  import.id = options.id;
  import.due = *due;
  import.previous = options.previous;
  import.cycle_length = options.cycle;
  import.steps_until_due = options.steps_until_due;
  import.plan = std::move(*plan);
  const api::ImportRooms rooms{city.store(), city.engine(), city.registry(), newest->definition};
  const auto done = api::importPlan(rooms, import, {"operator", {}, {}}, keyOf(import));
  if (!done) return refused(done.error());
  fmt::print(
      "\n方案 {}（办件 {}）：{} 条举措草稿，{} 条与上一方案同名，{} 个品牌 / plan {} (case {}): {} drafts, "
      "{} linked, {} brands\n",
      options.id, done->plan_case, done->measures, done->linked, done->brands, options.id, done->plan_case,
      done->measures, done->linked, done->brands);
  return 0;
}

}  // namespace

void addImportPlan(CLI::App& app, int& exit_code) {
  auto* command =
      importGroup(app).add_subcommand("plan",
                                      "an action plan as published (text, Markdown, DOCX), or as saved and "
                                      "corrected (JSON): a preview, then drafts / 行动方案");
  const auto options = std::make_shared<PlanOptions>();
  command->add_option("FILE", options->file, "the plan / 方案文件")->required();
  command->add_option("--year", options->year, "year of the plan where its text does not say / 年份");
  command->add_option("--save", options->save,
                      "writes what was read to a JSON file, to be corrected / 把读到的写成 JSON 供更正");
  auto* import = command->add_flag("--import", options->import, "brings it in as drafts / 导入为草稿");
  command->add_option("--id", options->id, "id of the plan, such as dalian-2025 / 方案编号");
  command->add_option("--due", options->due,
                      "last day of the plan; without it, the end of its year / 终止日");
  command->add_option("--previous", options->previous,
                      "id of the plan before; measures of the same name are linked / 上一个方案");
  command
      ->add_option("--cycle", options->cycle, "month or quarter: how often progress is reported / 报告周期")
      ->capture_default_str();
  command->add_flag("--steps-until-due", options->steps_until_due,
                    "sentences without a day become steps until the measure's last day / 句子作为步骤");
  import->needs(command->get_option("--id"));
  addPlace(*command, options->city);
  addCalendar(*command, options->city);
  command->callback([options, &exit_code] { exit_code = importPlanFile(*options); });
}

}  // namespace jinyue::cli
