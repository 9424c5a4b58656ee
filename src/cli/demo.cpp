// jinyue demo: fills an empty city with a month of made-up cases, driven through the real engine with
// simulated time.

#include <memory>
#include <random>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/made_up_people.h"
#include "cli/office.h"
#include "cli/options.h"

namespace jinyue::cli {
namespace {

constexpr std::array hotline_matters{
    "路灯不亮",         "井盖破损",      "夜间施工噪声",     "供暖温度不达标",
    "公交站牌信息有误", "小区停车占道",  "咨询灵活就业参保", "反映企业开办材料重复提交",
    "咨询购房契税",     "树枝遮挡信号灯"};
constexpr std::array streets{"人民路街道",   "青泥洼桥街道", "白山路街道",
                             "中山公园街道", "泉水街道",     "先进街道"};
constexpr std::array shops{"近海小馆", "星海面包房", "槐花茶社", "东港便利店", "老街饺子馆"};
constexpr std::array handling_units{"市城市管理局", "市住房城乡建设局", "市人力资源社会保障局",
                                    "市市场监管局"};

struct DemoOptions {
  CityOptions city;
  std::vector<std::string> packs{"packs/china", "packs/dalian", "packs/demonstration"};
  int days = 30;
  std::uint32_t seed = 12345;
};

/// One made-up month, hour by hour.
class Month {
 public:
  Month(City& city, const casework::Definition& definition, Instant& now, std::uint32_t seed)
      : city_(city), definition_(definition), now_(now), random_(seed) {}

  Result<void> run(Instant end, const calendar::Calendar& calendar) {
    while (now_ < end) {
      const auto hour =
          std::chrono::hh_mm_ss{toLocal(now_) - std::chrono::floor<std::chrono::days>(toLocal(now_))}.hours();
      const bool office = calendar.isWorkingDay(dateOf(now_)) && hour.count() >= 8 && hour.count() < 17;
      for (int calls = number(0, office ? 3 : 1); calls > 0; --calls) {
        if (auto done = call(); !done) return done;
      }
      if (office) {
        if (chance(0.4)) {
          if (auto done = apply(); !done) return done;
        }
        if (auto done = work(); !done) return done;
      }
      city_.pump().runDue();
      now_ += std::chrono::hours(1);
    }
    return {};
  }

  int started() const { return started_; }
  int completed() const { return completed_; }

 private:
  int number(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }
  bool chance(double p) { return std::bernoulli_distribution(p)(random_); }
  template <class Words>
  std::string pick(const Words& words) {
    return words[static_cast<std::size_t>(number(0, static_cast<int>(words.size()) - 1))];
  }

  Result<void> start(std::string process, feel::Context variables, std::string unit) {
    casework::Request request;
    bpmn::Start command;
    command.process = std::move(process);
    command.variables = std::move(variables);
    request.definition = definition_.id;
    request.command = std::move(command);
    request.actor = {"示例人员:来电登记", std::move(unit), {}};
    const auto reply = city_.engine().run(std::move(request));
    if (!reply) return std::unexpected(reply.error());
    ++started_;
    return {};
  }

  Result<void> call() {
    feel::Context variables;
    variables.set("title", feel::Value(fmt::format("{}{}（示例）", pick(streets), pick(hotline_matters))));
    variables.set("caller", feel::Value(std::string{"示例市民"}));
    variables.set("phone", feel::Value(fmt::format("1300000{:04}", number(0, 9999))));
    variables.set("satisfied", feel::Value(chance(0.85)));
    return start("hotline", std::move(variables), "12345");
  }

  Result<void> apply() {
    feel::Context variables;
    const std::string shop = pick(shops);
    variables.set("title", feel::Value(fmt::format("{}食品经营许可（示例）", shop)));
    variables.set("shop", feel::Value(shop));
    variables.set("kind", feel::Value(pick(std::array{"restaurant", "bakery", "canteen"})));
    variables.set("area", feel::Value(number(20, 300)));
    variables.set("applicant", feel::Value(std::string{"示例企业"}));
    variables.set("phone", feel::Value(fmt::format("1310000{:04}", number(0, 9999))));
    variables.set("complete", feel::Value(chance(0.8)));
    return start("licence", std::move(variables), "政务服务窗口");
  }

  /// Officers take up open tasks; some stay for another day.
  Result<void> work() {
    constexpr std::array roles{"agent",    "dispatcher", "caller",     "verifier", "clerk",
                               "reviewer", "decider",    "supervisor", ""};
    for (const char* role : roles) {
      store::TaskFilter filter;
      filter.role = role;
      for (const store::TaskRow& task : city_.store().listTasks(filter, {200, {}}).rows) {
        const bool slow =
            task.node == "handle" || task.node == "rework" || task.node == "visit" || task.node == "review";
        if (!chance(slow ? 0.03 : 0.35)) continue;
        casework::Request request;
        request.case_id = task.id.case_id;
        request.command = bpmn::Complete{task.id.number, {}};
        const std::string unit = task.unit.empty() ? pick(handling_units) : task.unit;
        request.actor = {fmt::format("示例人员:{}-{}", task.node, number(1, 9)), unit, {task.role}};
        const auto reply = city_.engine().run(std::move(request));
        if (!reply && reply.error().kind != ProblemKind::forbidden) return std::unexpected(reply.error());
        completed_ += reply.has_value();
      }
    }
    return {};
  }

  City& city_;
  const casework::Definition& definition_;
  Instant& now_;
  std::mt19937 random_;
  int started_ = 0;
  int completed_ = 0;
};

int runDemo(const DemoOptions& options) {
  const Instant end = systemNow();
  auto now = std::make_shared<Instant>(end - std::chrono::days(options.days));
  OfficeOptions office_options;
  office_options.city = options.city;
  office_options.city.now = [now] { return *now; };
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
  const auto definition = city.definitions().latest("demonstration");
  if (!definition) return refused(definition.error());
  Month month(city, **definition, *now, options.seed);
  if (const auto done = month.run(end, *city.calendar()); !done) return refused(done.error());
  *now = end;
  const std::string accounts = options.city.data + "/accounts.txt";
  if (const auto made = makeUpPeople(office, office_options.random, accounts); !made)
    return refused(made.error());
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
      ->check(CLI::Range(1, 3650));
  command->add_option("--seed", options->seed, "the same seed makes the same month / 随机种子")
      ->capture_default_str();
  command->callback([options, &exit_code] { exit_code = runDemo(*options); });
}

}  // namespace jinyue::cli
