// jinyue pack check, test, deploy: packs from their folders into a city.

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <unistd.h>

#include "api/deployment.h"
#include "base/json_read.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/options.h"
#include "packs/check.h"
#include "packs/difference.h"
#include "packs/scenario_run.h"

namespace jinyue::cli {
namespace {

namespace fs = std::filesystem;

/// The packs of a command, and those beside them that they need.
struct Packs {
  std::vector<packs::PackReading> asked;
  std::vector<packs::Pack> all;
};

/// A pack that another one needs lies in a folder of its name beside it, unless it was given, too.
Result<Packs> readPacks(const std::vector<std::string>& folders) {
  Packs result;
  for (const std::string& folder : folders) {
    auto reading = packs::readPack(fs::path(folder).lexically_normal().string());
    if (!reading) return std::unexpected(std::move(reading.error()));
    result.all.push_back(reading->pack);
    result.asked.push_back(std::move(*reading));
  }
  for (std::size_t i = 0; i < result.all.size(); ++i) {
    const std::vector<std::string> needs = result.all[i].manifest.needs;
    fs::path folder = result.all[i].folder;
    if (!folder.has_filename()) folder = folder.parent_path();
    for (const std::string& id : needs) {
      const bool there =
          std::ranges::any_of(result.all, [&](const packs::Pack& each) { return each.manifest.id == id; });
      const fs::path beside = folder.parent_path() / id;
      if (there || !fs::is_directory(beside)) continue;
      auto reading = packs::readPack(beside.string());
      if (!reading) return std::unexpected(std::move(reading.error()));
      result.all.push_back(std::move(reading->pack));
    }
  }
  return result;
}

struct Count {
  int errors = 0;
  int warnings = 0;
};

/// Prints what is wrong with a pack.
Count report(const packs::PackReading& reading, const Packs& packs) {
  Count count;
  for (packs::Finding& finding : api::findingsOf(reading, packs.all)) {
    (finding.severity == packs::Severity::error ? count.errors : count.warnings) += 1;
    if (!finding.file.empty()) finding.file = (fs::path(reading.pack.folder) / finding.file).string();
    fmt::print("{}\n", packs::describe(finding));
  }
  return count;
}

int checkPacks(const std::vector<std::string>& folders, bool json) {
  const auto packs = readPacks(folders);
  if (!packs) return refused(packs.error());
  int errors = 0;
  for (const packs::PackReading& reading : packs->asked) {
    if (json) {
      const auto findings = api::findingsOf(reading, packs->all);
      errors += packs::hasErrors(findings) ? 1 : 0;
      fmt::print("{}\n", toJson(findings));
      continue;
    }
    const Count count = report(reading, *packs);
    errors += count.errors;
    fmt::print("{}: {} 处错误、{} 处提醒 / {} errors, {} warnings\n", reading.pack.folder, count.errors,
               count.warnings, count.errors, count.warnings);
  }
  return errors == 0 ? 0 : 1;
}

/// A new SQLite store in a folder of its own, gone at the end.
class TemporaryStore {
 public:
  TemporaryStore() : folder_((fs::temp_directory_path() / "jinyue-pack-test-XXXXXX").string()) {
    if (::mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
  }
  TemporaryStore(const TemporaryStore&) = delete;
  TemporaryStore& operator=(const TemporaryStore&) = delete;
  ~TemporaryStore() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  std::string address() const { return "sqlite:" + folder_ + "/stories.db"; }

 private:
  std::string folder_;
};

int testPacks(const std::vector<std::string>& folders, const std::string& address) {
  const auto packs = readPacks(folders);
  if (!packs) return refused(packs.error());
  int played = 0;
  int failed = 0;
  for (const packs::PackReading& reading : packs->asked) {
    if (report(reading, *packs).errors > 0) {
      ++failed;
      continue;
    }
    const auto needed = packs::neededBy(reading.pack, packs->all);
    const TemporaryStore temporary;
    const auto stage = packs::Stage::open(address.empty() ? temporary.address() : address);
    if (!stage && !reading.pack.scenarios.empty()) return refused(stage.error());
    for (const packs::PackScenario& scenario : reading.pack.scenarios) {
      const auto result = (*stage)->play(reading.pack, needed, scenario);
      if (!result) return refused(result.error());
      ++played;
      failed += result->passed() ? 0 : 1;
      fmt::print("{} {}/{} {} / {} ({})\n", result->passed() ? "✓" : "✗", reading.pack.folder, result->path,
                 result->title.zh, result->title.en, result->steps);
      for (const packs::Difference& difference : result->differences) {
        fmt::print("  {}\n", packs::describe(difference));
      }
      std::fflush(stdout);
    }
  }
  fmt::print("{} 个情景，{} 个不符 / {} scenarios, {} not as told\n", played, failed, played, failed);
  return failed == 0 ? 0 : 1;
}

struct DeployOptions {
  CityOptions city;
  std::vector<std::string> folders;
  bool dry_run = false;
};

std::string wordOf(packs::Change change) {
  switch (change) {
    case packs::Change::added: return "+ 新增 added  ";
    case packs::Change::changed: return "~ 改动 changed";
    case packs::Change::removed: break;
  }
  return "- 删去 removed";
}

/// Prints what a deployment would change and whether running cases could follow.
Result<void> preview(City& city, const packs::Pack& pack) {
  const auto deployed = city.definitions().latest(pack.manifest.id);
  if (!deployed) {
    fmt::print("{}: 首次部署 / not deployed before\n", pack.manifest.id);
    return {};
  }
  const casework::Definition& definition = **deployed;
  const auto before = packs::packOf(city.store(), definition.id);
  if (before) {
    const auto changes = packs::differenceBetween(*before, pack);
    if (changes.empty()) {
      fmt::print("{}: 与已部署的版本相同 / the same as what is deployed\n", definition.label);
      return {};
    }
    fmt::print("{}:\n", definition.label);
    for (const packs::PackChange& change : changes) {
      fmt::print("  {} {} {}\n", wordOf(change.change), change.kind, change.name);
    }
  }
  const auto migration = packs::previewMigration(city.store(), city.engine().seal(), city.definitions(),
                                                 definition, pack, city.now());
  if (!migration) return std::unexpected(migration.error());
  fmt::print(
      "  {} 件在办，其中 {} 件不能迁移到新版本（均留在原版本） / {} cases run, {} of them could not move to "
      "the "
      "new version (all stay on theirs)\n",
      migration->running, migration->stuck.size(), migration->running, migration->stuck.size());
  for (std::size_t i = 0; i < std::min<std::size_t>(migration->stuck.size(), 20); ++i) {
    fmt::print("    {}\n", describe(migration->stuck[i]));
  }
  return {};
}

int deployPacks(const DeployOptions& options) {
  const auto packs = readPacks(options.folders);
  if (!packs) return refused(packs.error());
  int errors = 0;
  for (const packs::PackReading& reading : packs->asked) errors += report(reading, *packs).errors;
  if (errors > 0) {
    fmt::print("有错误，什么也没有部署 / there are errors; nothing is deployed\n");
    return 1;
  }
  OfficeOptions office_options;
  office_options.city = options.city;
  const auto office = Office::open(office_options);
  if (!office) return refused(office.error());
  City& city = (*office)->city();
  for (const packs::PackReading& reading : packs->asked) {
    if (auto fits = city.definitions().checkHere(packs::toDeployment(reading.pack)); !fits)
      return refused(fits.error());
    if (auto shown = preview(city, reading.pack); !shown) return refused(shown.error());
  }
  if (options.dry_run) return 0;
  for (const packs::PackReading& reading : packs->asked) {
    const auto deployed = (*office)->putIntoEffect(reading.pack);
    if (!deployed) return refused(deployed.error());
    if (deployed->is_new) fmt::print("{}@{}\n", deployed->pack, deployed->version);
    if (deployed->entries > 0)
      fmt::print("  {} 个登记条目 / {} entries of registers\n", deployed->entries, deployed->entries);
  }
  return 0;
}

}  // namespace

void addPack(CLI::App& app, int& exit_code) {
  auto* pack =
      app.add_subcommand("pack", "packs: check, test and deploy folders of models / 包：检查、试演、部署");
  pack->require_subcommand(1);
  pack->footer("退出码 Exit codes: 0 好 fine, 1 有错 something is wrong, 2 用法 usage, 3 故障 fault");
  const auto folders = std::make_shared<std::vector<std::string>>();
  const auto addFolders = [](CLI::App& command, std::vector<std::string>& into) {
    command.add_option("FOLDER", into, "folders of packs; what they need is found beside them / 包的目录")
        ->required();
  };

  auto* check = pack->add_subcommand("check", "finds everything that is wrong in one run / 一次找出所有问题");
  const auto json = std::make_shared<bool>(false);
  addFolders(*check, *folders);
  check->add_flag("--json", *json, "the findings as data / 输出数据");
  check->callback([folders, json, &exit_code] { exit_code = checkPacks(*folders, *json); });

  auto* test = pack->add_subcommand("test", "plays the scenarios on the real engine / 在真实引擎上演情景");
  const auto address = std::make_shared<std::string>();
  addFolders(*test, *folders);
  test->add_option(
      "--store", *address,
      "an empty store, sqlite:PATH or postgres:CONNINFO; without it, a temporary one / 空库地址");
  test->callback([folders, address, &exit_code] { exit_code = testPacks(*folders, *address); });

  auto* deploy = pack->add_subcommand(
      "deploy",
      "checks packs, shows what changes, and deploys them; running cases stay on their version / 部署");
  const auto options = std::make_shared<DeployOptions>();
  addFolders(*deploy, options->folders);
  addPlace(*deploy, options->city);
  addCalendar(*deploy, options->city);
  deploy->add_flag("--dry-run", options->dry_run, "shows what would change, deploys nothing / 只看不部署");
  deploy->callback([options, &exit_code] { exit_code = deployPacks(*options); });
}

}  // namespace jinyue::cli
