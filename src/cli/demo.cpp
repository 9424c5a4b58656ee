// jinyue demo: fills an empty city with a month of made-up cases, driven through the real engine with
// simulated time.

#include <memory>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/made_up_month.h"
#include "cli/options.h"

namespace jinyue::cli {
namespace {

struct DemoOptions {
  CityOptions city;
  std::vector<std::string> packs{"packs/china", "packs/dalian", "packs/demonstration", "packs/hotline"};
  int days = 30;
  std::uint32_t seed = 12345;
};

int runDemo(const DemoOptions& options) {
  const Instant end = systemNow();
  auto now = std::make_shared<Instant>(end - std::chrono::days(options.days));
  OfficeOptions office_options;
  office_options.city = options.city;
  office_options.city.now = [now] { return *now; };
  office_options.notices.development = true;  // nothing leaves the machine
  const auto opened = Office::open(office_options);
  if (!opened) return refused(opened.error());
  Office& office = **opened;
  City& city = office.city();
  if (city.store().head() && city.store().head()->size > 0) {
    return refused({ProblemKind::conflict,
                    "demo.not-empty",
                    {"数据目录里已有办件，演示只写入空库",
                     "there are cases already; the demonstration fills an empty city only"},
                    options.city.data,
                    {},
                    {}});
  }
  for (const std::string& folder : options.packs) {
    const auto reading = packs::readPack(folder);
    if (!reading) return refused(reading.error());
    if (const auto deployed = office.deploy(*reading); !deployed) return refused(deployed.error());
  }
  const std::string accounts = options.city.data + "/accounts.txt";
  const auto people = makeUpPeople(office, office_options.random, dateOf(*now), accounts);
  if (!people) return refused(people.error());
  MadeUpMonth month(office, *people, *now, options.seed);
  if (const auto done = month.run(end); !done) return refused(done.error());
  fmt::print("{} made-up cases of {} days, {} tasks completed / {} 天的示例办件 {} 件，完成任务 {} 个\n",
             month.started(), options.days, month.completed(), options.days, month.started(),
             month.completed());
  fmt::print("示例账号及密码 made-up accounts: {}\n", accounts);
  return 0;
}

}  // namespace

void addDemo(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("demo", "fills an empty city with made-up cases / 生成示例办件");
  const auto options = std::make_shared<DemoOptions>();
  addPlace(*command, options->city);
  addCalendar(*command, options->city);
  command->add_option("--pack", options->packs, "folders to deploy / 要部署的目录")->capture_default_str();
  command->add_option("--days", options->days, "how many days back it begins / 从多少天前开始")
      ->capture_default_str()
      ->check(CLI::Range(1, 150));  // passwords that are made on the first day last 180 days
  command->add_option("--seed", options->seed, "the same seed makes the same month / 随机种子")
      ->capture_default_str();
  command->callback([options, &exit_code] { exit_code = runDemo(*options); });
}

}  // namespace jinyue::cli
