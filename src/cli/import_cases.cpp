// jinyue import cases: brings in the cases of a CSV file by a mapping, each at its own time.

#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "base/json_read.h"
#include "cli/case_import.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/options.h"

namespace jinyue::cli {
namespace {

struct CaseImportOptions {
  CityOptions city;
  std::vector<std::string> packs;
  std::string mapping;
  std::string csv;
};

int runCaseImport(const CaseImportOptions& options) {
  const auto mapping_text = readFile(options.mapping);
  if (!mapping_text) return refused(mapping_text.error());
  const auto mapping = fromJson<CaseMapping>(*mapping_text);
  if (!mapping) return refused(mapping.error());
  const auto csv = readFile(options.csv);
  if (!csv) return refused(csv.error());
  const auto now = std::make_shared<Instant>(firstMoment(*mapping, *csv).value_or(systemNow()));
  OfficeOptions office_options;
  office_options.city = options.city;
  office_options.city.now = [now] { return *now; };
  const auto opened = Office::open(office_options);
  if (!opened) return refused(opened.error());
  Office& office = **opened;
  for (const std::string& folder : options.packs) {
    const auto reading = packs::readPack(folder);
    if (!reading) return refused(reading.error());
    if (const auto deployed = office.deploy(*reading); !deployed) return refused(deployed.error());
  }
  const auto counts = importCases({office.city(), office.packs(), *now}, *mapping, *csv);
  if (!counts) return refused(counts.error());
  fmt::print("{} rows, {} cases, {} steps / 共 {} 行，{} 件，{} 步\n", counts->rows, counts->cases,
             counts->steps, counts->rows, counts->cases, counts->steps);
  return 0;
}

}  // namespace

void addImportCases(CLI::App& app, int& exit_code) {
  const auto there = app.get_subcommands([](CLI::App* each) { return each->get_name() == "import"; });
  CLI::App* group =
      there.empty() ? app.add_subcommand("import", "brings in data of others / 导入数据") : there.front();
  group->require_subcommand(1);
  auto* command = group->add_subcommand(
      "cases", "brings in cases of a CSV file at their own times / 按映射导入历史办件，各按原来的时间走流程");
  const auto options = std::make_shared<CaseImportOptions>();
  addPlace(*command, options->city);
  addCalendar(*command, options->city);
  command->add_option("--pack", options->packs, "folders to deploy first / 先部署的目录");
  command->add_option("--mapping", options->mapping, "file that says which columns mean what / 映射文件")
      ->required();
  command->add_option("CSV", options->csv, "the cases / 办件文件")->required();
  command->callback([options, &exit_code] { exit_code = runCaseImport(*options); });
}

}  // namespace jinyue::cli
