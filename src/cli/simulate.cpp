// jinyue simulate: lives through days or years of a made-up city with the real engine and simulated time.
// jinyue demo: the same for the demonstration city, until today.

#include <chrono>
#include <filesystem>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/past_orders.h"
#include "cli/simulation/simulator.h"
#include "hotline/suggester.h"
#include "store/address.h"

namespace jinyue::cli {
namespace {

struct SimulateOptions {
  CityOptions city;
  std::string file = "simulations/demonstration.json";
  std::vector<std::string> packs;
  std::uint64_t seed = 12345;
  std::string from;
  std::string until;
  int days = 0;
  double scale = 1;
  bool learn = false;  ///< train suggestions from what was lived through
};

struct SimSpan {
  Instant begin;
  Instant end;
};

std::unexpected<Problem> refuseSpan(const char* code, Text title, std::string where) {
  return refuse(ProblemKind::invalid, code, std::move(title), std::move(where));
}

Result<SimSpan> spanOf(const SimulateOptions& options, const SimCity& city) {
  const Instant now = systemNow();
  const int days = options.days > 0 ? options.days : city.days;
  const auto from = options.from.empty() ? std::nullopt : parseDate(options.from);
  const auto until = options.until.empty() ? std::nullopt : parseDate(options.until);
  if ((!options.from.empty() && !from) || (!options.until.empty() && !until)) {
    return refuseSpan("simulation.date", {"日期应为 YYYY-MM-DD", "a date is YYYY-MM-DD"},
                      options.from + " " + options.until);
  }
  SimSpan span;
  span.end = until  ? startOf(*until + std::chrono::days{1})
             : from ? startOf(*from + std::chrono::days{days})
                    : now;
  if (span.end > now + std::chrono::days{1}) {
    return refuseSpan("simulation.future", {"不能模拟到今天以后", "a simulation ends today at the latest"},
                      formatDate(dateOf(span.end)));
  }
  span.end = std::min(span.end, now);
  span.begin = from ? startOf(*from) : startOf(dateOf(span.end) - std::chrono::days{days});
  if (span.begin >= span.end) {
    return refuseSpan("simulation.date", {"开始日期应早于结束日期", "it must begin before it ends"},
                      formatDate(dateOf(span.begin)));
  }
  return span;
}

/// What a machine that goes down would lose of a file is written.
void syncFile(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

Result<void> deployPacks(Office& office, const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) {
    const auto reading = packs::readPack(folder);
    if (!reading) return std::unexpected(reading.error());
    if (const auto deployed = office.deploy(*reading); !deployed) return std::unexpected(deployed.error());
  }
  return {};
}

/// What a desk is offered for new orders; a few days have too few to learn from.
void learnSuggestions(Office& office, const std::string& data) {
  City& city = office.city();
  hotline::Suggester suggester(modelFolder(data));
  const auto training = suggester.train(pastOrders(city.store(), city.engine().seal()), city.now());
  if (!training && training.error().code != "suggest.too-few")
    throw std::runtime_error(describe(training.error()));
}

void printSummary(const Simulator& simulator, const SimSpan& span, double seconds) {
  const SimulationCounts& counts = simulator.counts();
  const auto days = std::chrono::ceil<std::chrono::days>(span.end - span.begin).count();
  const double lasted = std::max(seconds, 0.001);
  fmt::print(
      "{} made-up cases of {} days, {} commands, {} bulletins; {:.1f} s, {:.0f} cases/s, {:.0f} commands/s\n",
      counts.cases, days, counts.commands, counts.reports, seconds,
      static_cast<double>(counts.cases) / lasted, static_cast<double>(counts.commands) / lasted);
  fmt::print(
      "{} 天的示例办件 {} 件，操作 {} 次，发布通报 {} 份；用时 {:.1f} 秒，每秒 {:.0f} 件、{:.0f} 次操作\n",
      days, counts.cases, counts.commands, counts.reports, seconds,
      static_cast<double>(counts.cases) / lasted, static_cast<double>(counts.commands) / lasted);
  if (counts.unattended > 0) {
    fmt::print("{} steps have nobody to do them / {} 个环节没有人办：\n", counts.unattended,
               counts.unattended);
    for (const auto& [name, count] : counts.happened) {
      if (name.starts_with("unattended.")) fmt::print("  {} {}\n", name.substr(11), count);
    }
  }
}

Result<void> simulate(const SimulateOptions& options) {
  const auto text = readFile(options.file);
  if (!text) return std::unexpected(text.error());
  auto city = readSimCity(*text);
  if (!city) return std::unexpected(std::move(city.error()));
  const auto span = spanOf(options, *city);
  if (!span) return std::unexpected(span.error());

  SimClock clock(span->begin);
  CommitWatch watch;
  OfficeOptions office_options;
  office_options.city = options.city;
  office_options.city.now = [&clock] { return clock.now(); };
  office_options.city.engine.committed = [&watch](const casework::Committed& done) { watch.note(done); };
  office_options.city.pump.workers = 1;       // the same order every time
  office_options.notices.development = true;  // nothing leaves the machine
  // What a machine that goes down loses of a simulation is made again.
  const std::string address = addressOf(options.city);
  const bool embedded = address.starts_with("sqlite:");
  if (embedded && !store::isRelaxed(address)) office_options.city.store = address + "?relaxed";
  auto opened = Office::open(office_options);
  if (!opened) return std::unexpected(std::move(opened).error());
  Office& office = **opened;
  if (office.city().store().head() && office.city().store().head()->size > 0) {
    return refuse(ProblemKind::conflict, "simulation.not-empty",
                  {"数据目录里已有内容，模拟只写入空库",
                   "there is something already; a simulation fills an empty city only"},
                  options.city.data);
  }
  if (auto deployed = deployPacks(office, options.packs.empty() ? city->packs : options.packs); !deployed)
    return deployed;
  const std::string accounts = options.city.data + "/accounts.txt";
  const auto people = makeUpPeople(office, office_options.random, dateOf(clock.now()), accounts);
  if (!people) return std::unexpected(people.error());

  const auto begun = std::chrono::steady_clock::now();
  const std::string folder = std::filesystem::path(options.file).parent_path().string();
  Simulator simulator({office, watch, clock, *people, *city, folder.empty() ? "." : folder}, options.seed,
                      options.scale);
  const bool seen = ::isatty(STDERR_FILENO) == 1;
  const auto told = [&](Date day) {
    if (seen)
      fmt::print(stderr, "\r{}  {} 件 cases  {} 次 commands ", formatDate(day), simulator.counts().cases,
                 simulator.counts().commands);
  };
  const auto done = simulator.run(span->end, told);
  if (seen) fmt::print(stderr, "\n");
  if (!done) return done;
  while (office.recount().step()) {
  }
  office.city().registry().refreshTexts();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  printSummary(simulator, *span, seconds);
  if (options.learn) learnSuggestions(office, options.city.data);
  opened->reset();
  if (embedded) syncFile(address.substr(address.find(':') + 1));
  fmt::print("示例账号及密码 made-up accounts: {}\n", accounts);
  return {};
}

int run(const SimulateOptions& options) {
  const auto done = simulate(options);
  return done ? 0 : refused(done.error());
}

void addCommon(CLI::App& command, SimulateOptions& options) {
  addPlace(command, options.city);
  addCalendar(command, options.city);
  command.add_option("--pack", options.packs, "folders to deploy, in the place of the city's / 要部署的目录");
  command.add_option("--days", options.days, "how many days; without it, as the city's file says / 多少天")
      ->check(CLI::Range(1, 36'600));
  command.add_option("--seed", options.seed, "the same seed makes the same city / 随机种子，相同则结果相同")
      ->capture_default_str();
  command.add_option("--scale", options.scale, "multiplies what comes in / 到达量的倍数")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 1000.0));
}

}  // namespace

void addSimulate(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "simulate", "lives through days or years of a made-up city / 模拟一座虚构城市的日常办件");
  const auto options = std::make_shared<SimulateOptions>();
  addCommon(*command, *options);
  command->add_option("--city", options->file, "file of the city (docs/simulation.md) / 城市文件")
      ->capture_default_str();
  command->add_option("--from", options->from,
                      "first day; without it, so many days before the end / 开始日期");
  command->add_option("--until", options->until, "last day; without it, today / 结束日期")
      ->excludes(command->get_option("--days"));
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

void addDemo(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "demo", "fills an empty city with the demonstration, until today / 生成示例城市，到今天为止");
  const auto options = std::make_shared<SimulateOptions>();
  options->learn = true;
  addCommon(*command, *options);
  command->get_option("--days")->check(CLI::Range(1, 150));  // passwords of the first day last 180 days
  command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace jinyue::cli
