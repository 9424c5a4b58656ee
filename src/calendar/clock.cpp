#include "calendar/clock.h"

#include <stdexcept>

#include <fmt/format.h>

#include "base/text.h"
#include "calendar/findings.h"
#include "calendar/measure.h"

namespace jinyue::calendar {
namespace {

constexpr std::size_t longest_reason = 2000;

bool isInRange(Instant at) { return at >= first_clock_instant && at <= last_clock_instant; }

bool isGoodReason(std::string_view reason) {
  return isValidUtf8(reason) && !trimmed(reason).empty() && countCodePoints(reason) <= longest_reason;
}

const Text time_range_title{"时间应在 1900 年到 2199 年之间", "a time lies between the years 1900 and 2199"};
const Text backwards_title{"时间早于此前的记录", "this lies before something that already happened"};
const Text reason_title{"请写明理由（不超过 2000 字）", "a reason is needed, of at most 2,000 characters"};
const Text approver_title{"请写明批准人", "say who approved it"};
const Text too_many_title{"一个时钟最多暂停、延期各 1000 次",
                          "a clock has at most 1,000 pauses and 1,000 extensions"};

/// What every operation on a clock asks first.
Result<void> checkNext(const ClockRun& run, Instant at) {
  if (run.stopped)
    return refuse(ProblemKind::conflict, "clock.stopped", {"时钟已停止", "the clock is stopped"});
  if (!isInRange(at)) return refuse(ProblemKind::invalid, "clock.time-range", time_range_title, "/at");
  if (at < lastEvent(run)) return refuse(ProblemKind::conflict, "clock.backwards", backwards_title, "/at");
  return {};
}

bool isPaused(const ClockRun& run) { return !run.pauses.empty() && !run.pauses.back().to; }

std::int64_t extensionSum(const ClockRun& run) {
  std::int64_t sum = 0;
  for (const ClockExtension& extension : run.extensions) sum += extension.amount;
  return sum;
}

/// How much may still be added to a rule's amount.
std::int64_t extensionLimit(const ClockRule& rule) {
  const int technical = max_clock_amount - rule.amount;
  return rule.extension_limit ? std::min(*rule.extension_limit, technical) : technical;
}

void checkPauses(const ClockRun& run, Findings& findings) {
  Instant last = run.started;
  for (std::size_t i = 0; i < run.pauses.size(); ++i) {
    const ClockPause& pause = run.pauses[i];
    const auto at = [&](const char* member) { return fmt::format("/pauses/{}/{}", i, member); };
    if (!isInRange(pause.from)) findings.add(at("from"), "clock.time-range", time_range_title);
    if (pause.from < last) findings.add(at("from"), "clock.backwards", backwards_title);
    last = std::max(last, pause.from);
    if (pause.to) {
      if (!isInRange(*pause.to)) findings.add(at("to"), "clock.time-range", time_range_title);
      if (*pause.to < pause.from) findings.add(at("to"), "clock.backwards", backwards_title);
      last = std::max(last, *pause.to);
    } else if (i + 1 < run.pauses.size()) {
      findings.add(at("to"), "clock.open-pause",
                   {"只有最后一次暂停可以尚未结束", "only the last pause may still be open"});
    }
    if (!isGoodReason(pause.reason)) findings.add(at("reason"), "clock.reason", reason_title);
  }
}

void checkExtensions(const ClockRule& rule, const ClockRun& run, Findings& findings) {
  Instant last = run.started;
  bool amounts_good = true;
  std::int64_t added = 0;
  for (std::size_t i = 0; i < run.extensions.size(); ++i) {
    const ClockExtension& extension = run.extensions[i];
    const auto at = [&](const char* member) { return fmt::format("/extensions/{}/{}", i, member); };
    if (!isInRange(extension.at)) findings.add(at("at"), "clock.time-range", time_range_title);
    if (extension.at < last) findings.add(at("at"), "clock.backwards", backwards_title);
    last = std::max(last, extension.at);
    added += extension.amount;
    if (extension.amount == 0 || added < 0) {
      amounts_good = false;
      findings.add(at("amount"), "clock.amount",
                   {"延期不能为 0，收回的不能多于已延的",
                    "an extension is not 0, and no more can be taken back than was added"});
    }
    if (!isGoodReason(extension.reason)) findings.add(at("reason"), "clock.reason", reason_title);
    if (!isGoodReason(extension.approved_by))
      findings.add(at("approved_by"), "clock.approver", approver_title);
  }
  if (amounts_good && extensionSum(run) > extensionLimit(rule)) {
    findings.add("/extensions", "clock.amount",
                 {fmt::format("延期合计不能超过 {}", extensionLimit(rule)),
                  fmt::format("all extensions together may not exceed {}", extensionLimit(rule))});
  }
}

void require(const Result<void>& checked) {
  if (!checked) throw std::invalid_argument(describe(checked.error()));
}

}  // namespace

Result<void> checkRule(const ClockRule& rule) {
  Findings findings;
  const auto requireText = [&](const char* where, std::string_view text) {
    if (trimmed(text).empty()) findings.add(where, "clock.empty", {"不能为空", "may not be empty"});
  };
  const auto inRange = [](int amount) { return amount >= 1 && amount <= max_clock_amount; };
  const Text range{fmt::format("应在 1 到 {} 之间", max_clock_amount),
                   fmt::format("between 1 and {}", max_clock_amount)};
  requireText("/id", rule.id);
  requireText("/name/zh", rule.name.zh);
  requireText("/name/en", rule.name.en);
  if (!inRange(rule.amount)) findings.add("/amount", "clock.amount", range);
  if (rule.statutory && !inRange(*rule.statutory)) {
    findings.add("/statutory", "clock.amount", range);
  } else if (rule.statutory && *rule.statutory < rule.amount) {
    findings.add("/statutory", "clock.beyond-law",
                 {"承诺时限不能长于法定时限", "a promise may not be longer than the law allows"});
  }
  if (rule.extension_limit && (*rule.extension_limit < 0 || *rule.extension_limit > max_clock_amount)) {
    findings.add("/extension_limit", "clock.amount",
                 {fmt::format("应在 0 到 {} 之间", max_clock_amount),
                  fmt::format("between 0 and {}", max_clock_amount)});
  }
  if (rule.roll && !countsWholeDays(rule)) {
    findings.add(
        "/roll", "clock.roll",
        {"只有按整日计算（次日起算）的时限才能顺延", "only a clock of whole days (start next_day) can roll"});
  }
  if (rule.yellow_percent < 1 || rule.yellow_percent > 100) {
    findings.add("/yellow_percent", "clock.percent", {"应在 1 到 100 之间", "between 1 and 100"});
  }
  requireText("/source", rule.source);
  return std::move(findings).result("clock.invalid-rule",
                                    {"时限规则有误", "the clock rule has several errors"});
}

Result<void> checkRun(const ClockRule& rule, const ClockRun& run) {
  Findings findings;
  if (!isInRange(run.started)) findings.add("/started", "clock.time-range", time_range_title);
  if (run.pauses.size() > max_clock_events || run.extensions.size() > max_clock_events) {
    return refuse(ProblemKind::invalid, "clock.too-many", too_many_title);
  }
  checkPauses(run, findings);
  checkExtensions(rule, run, findings);
  if (run.stopped) {
    if (!isInRange(*run.stopped)) findings.add("/stopped", "clock.time-range", time_range_title);
    if (*run.stopped < lastEvent(run)) findings.add("/stopped", "clock.backwards", backwards_title);
  }
  return std::move(findings).result("clock.invalid-run",
                                    {"时钟记录有误", "the record of the clock has several errors"});
}

Deadline deadline(const ClockRule& rule, const ClockRun& run, const Calendar& calendar, Instant now) {
  require(checkRule(rule));
  require(checkRun(rule, run));
  const Course course(rule, run, calendar, now);
  Deadline result;
  result.due = course.due(course.promised());
  result.yellow = course.yellow(course.promised());
  result.provisional = course.isProvisional(course.promised());
  if (const auto statutory = course.statutory()) {
    result.statutory = course.due(*statutory);
    result.provisional = result.provisional || course.isProvisional(*statutory);
  }
  result.paused = isPaused(run) && !run.stopped;
  if (isPaused(run)) result.held_at = run.pauses.back().from;
  else result.held_at = run.stopped;
  return result;
}

Light light(const Deadline& deadline, Instant now) {
  const Instant at = deadline.held_at ? std::min(*deadline.held_at, now) : now;
  if (at >= deadline.due) return Light::red;
  return at >= deadline.yellow ? Light::yellow : Light::green;
}

Result<ClockRun> start(Instant at) {
  if (!isInRange(at)) return refuse(ProblemKind::invalid, "clock.time-range", time_range_title, "/at");
  return ClockRun{at, {}, {}, {}};
}

Result<ClockRun> pause(ClockRun run, Instant at, std::string reason) {
  if (auto checked = checkNext(run, at); !checked) return std::unexpected(std::move(checked).error());
  if (isPaused(run)) {
    return refuse(ProblemKind::conflict, "clock.paused", {"时钟已经暂停", "the clock is already paused"});
  }
  if (!isGoodReason(reason)) return refuse(ProblemKind::invalid, "clock.reason", reason_title, "/reason");
  if (run.pauses.size() >= max_clock_events)
    return refuse(ProblemKind::conflict, "clock.too-many", too_many_title);
  run.pauses.push_back({at, std::nullopt, std::move(reason)});
  return run;
}

Result<ClockRun> resume(ClockRun run, Instant at) {
  if (auto checked = checkNext(run, at); !checked) return std::unexpected(std::move(checked).error());
  if (!isPaused(run)) {
    return refuse(ProblemKind::conflict, "clock.not-paused", {"时钟没有暂停", "the clock is not paused"});
  }
  run.pauses.back().to = at;
  return run;
}

Result<ClockRun> extend(const ClockRule& rule, ClockRun run, Instant at, int amount, std::string reason,
                        std::string approved_by) {
  if (auto checked = checkNext(run, at); !checked) return std::unexpected(std::move(checked).error());
  const std::int64_t left = extensionLimit(rule) - extensionSum(run);
  if (amount < 0 && -static_cast<std::int64_t>(amount) > extensionSum(run)) {
    return refuse(ProblemKind::invalid, "clock.amount",
                  {fmt::format("最多收回 {}", extensionSum(run)),
                   fmt::format("no more than {} can be taken back", extensionSum(run))},
                  "/amount");
  }
  if (amount >= 0 && left < 1) {
    return refuse(ProblemKind::conflict, "clock.amount", {"不能再延期", "it cannot be extended any more"},
                  "/amount");
  }
  if (amount == 0 || amount > left) {
    return refuse(ProblemKind::invalid, "clock.amount",
                  {fmt::format("延期应在 1 到 {} 之间", left), fmt::format("an extension is 1 to {}", left)},
                  "/amount");
  }
  if (!isGoodReason(reason)) return refuse(ProblemKind::invalid, "clock.reason", reason_title, "/reason");
  if (!isGoodReason(approved_by))
    return refuse(ProblemKind::invalid, "clock.approver", approver_title, "/approved_by");
  if (run.extensions.size() >= max_clock_events) {
    return refuse(ProblemKind::conflict, "clock.too-many", too_many_title);
  }
  run.extensions.push_back({at, amount, std::move(reason), std::move(approved_by)});
  return run;
}

Result<ClockRun> stop(ClockRun run, Instant at) {
  if (auto checked = checkNext(run, at); !checked) return std::unexpected(std::move(checked).error());
  if (isPaused(run)) run.pauses.back().to = at;
  run.stopped = at;
  return run;
}

int extendedBy(const ClockRun& run) { return static_cast<int>(extensionSum(run)); }

Instant lastEvent(const ClockRun& run) {
  Instant last = run.started;
  if (!run.pauses.empty()) last = std::max(last, run.pauses.back().to.value_or(run.pauses.back().from));
  if (!run.extensions.empty()) last = std::max(last, run.extensions.back().at);
  if (run.stopped) last = std::max(last, *run.stopped);
  return last;
}

}  // namespace jinyue::calendar
