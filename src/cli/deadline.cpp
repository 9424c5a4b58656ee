// jinyue deadline: when a clock runs out, and why on that day.

#include <memory>

#include <fmt/format.h>

#include "base/json_read.h"
#include "calendar/explain.h"
#include "cli/commands.h"
#include "cli/options.h"

namespace jinyue::cli {
namespace {

struct Arguments {
  std::string calendar = "packs/china/calendar.json";
  std::string rules;
  std::string rule;
  std::string from;
  bool json = false;
};

std::string wordsOf(const calendar::ExplainedDay& day) {
  using calendar::DayKind;
  std::string words;
  switch (day.kind) {
    case DayKind::start: words = "起算 start"; break;
    case DayKind::counted:
      words = day.number ? fmt::format("第 {} 日 day {}", *day.number, *day.number) : "计入 counted";
      break;
    case DayKind::weekend: words = "周末不计 weekend"; break;
    case DayKind::holiday:
      words = day.holiday ? fmt::format("{}不计 {}", day.holiday->zh, day.holiday->en) : "节假日不计 holiday";
      break;
    case DayKind::paused: words = "暂停不计 paused"; break;
    case DayKind::rolled: words = "顺延至 rolled"; break;
  }
  if (day.make_up) words += "（调休上班 make-up day）";
  if (day.provisional) words += "（假期未公布 provisional）";
  if (day.last) words += " ← 到期 due";
  if (day.statutory_last) words += " ← 法定期限 statutory";
  return words;
}

int explainClock(const Arguments& arguments, Instant now) {
  const auto calendar_text = readFile(arguments.calendar);
  if (!calendar_text) return refused(calendar_text.error());
  const auto days = calendar::Calendar::read(*calendar_text);
  if (!days) return refused(days.error());
  const auto rules_text = readFile(arguments.rules);
  if (!rules_text) return refused(rules_text.error());
  const auto rules = fromJson<std::vector<calendar::ClockRule>>(*rules_text);
  if (!rules) return refused(rules.error());
  const auto rule = std::ranges::find(*rules, arguments.rule, &calendar::ClockRule::id);
  if (rule == rules->end()) {
    return refused({ProblemKind::not_found,
                    "clock.unknown",
                    {"没有这条时限规则", "there is no such clock rule"},
                    arguments.rule,
                    {},
                    {}});
  }
  if (const auto good = calendar::checkRule(*rule); !good) return refused(good.error());
  std::optional<Instant> from = parseInstant(arguments.from);
  if (const auto date = parseDate(arguments.from); date) from = startOf(*date);
  if (!from) {
    return refused({ProblemKind::invalid,
                    "time.invalid",
                    {"不是日期或时间", "neither a date nor an instant"},
                    arguments.from,
                    {},
                    {}});
  }
  const auto run = calendar::start(*from);
  if (!run) return refused(run.error());
  const calendar::Explanation explanation = calendar::explain(*rule, *run, *days, now);
  if (arguments.json) {
    fmt::print("{}\n", toJson(explanation));
    return 0;
  }
  fmt::print("{} ({})\n{}\n", rule->name.zh, rule->name.en, rule->source);
  for (const calendar::ExplainedDay& day : explanation.days) {
    fmt::print("{}  {}\n", formatDate(day.date), wordsOf(day));
  }
  for (const calendar::YearSource& year : explanation.sources) {
    fmt::print("{}: {}\n", year.year, toJson(year.source));
  }
  return 0;
}

}  // namespace

void addDeadline(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand("deadline", "when a clock runs out, and why on that day / 期限及其理由");
  const auto arguments = std::make_shared<Arguments>();
  command->add_option("--calendar", arguments->calendar, "file of the working days / 工作日历文件")
      ->capture_default_str();
  command->add_option("--rules", arguments->rules, "file of clock rules (clocks.json) / 时限规则文件")
      ->required();
  command->add_option("--rule", arguments->rule, "id of the rule / 规则编号")->required();
  command->add_option("--from", arguments->from, "date or instant of the start / 起算日期或时间")->required();
  command->add_flag("--json", arguments->json, "the explanation as data / 输出数据");
  command->callback([arguments, &exit_code] { exit_code = explainClock(*arguments, systemNow()); });
}

}  // namespace jinyue::cli
