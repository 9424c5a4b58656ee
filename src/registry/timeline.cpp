#include "registry/timeline.h"

#include <algorithm>

#include <fmt/format.h>

namespace jinyue::registry {

namespace {

Result<void> checkPeriod(const Period& period) {
  if (period.from <= period.to && period.to <= no_end) return {};
  return refuse(ProblemKind::invalid, "register.period",
                {"有效期止不能早于有效期起", "a period may not end before it begins"}, "/valid_to");
}

std::unexpected<Problem> overlapWith(const Period& period) {
  const Text shown = describePeriod(period);
  return refuse(ProblemKind::conflict, "register.overlap",
                {fmt::format("与已有版本的有效期重叠（{}）", shown.zh),
                 fmt::format("another version is in effect in this period ({})", shown.en)},
                "/valid_from");
}

const Span* clashing(std::span<const Span> spans, const Period& period, std::int64_t except) {
  const auto found = std::ranges::find_if(
      spans, [&](const Span& span) { return span.number != except && span.period.overlaps(period); });
  return found == spans.end() ? nullptr : &*found;
}

}  // namespace

Text describePeriod(const Period& period) {
  const std::string from = formatDate(period.from);
  if (period.to == no_end) return {from + " 起", "from " + from};
  const std::string to = formatDate(period.to);
  return {fmt::format("{} 至 {}", from, to), fmt::format("{} to {}", from, to)};
}

Result<Placement> placeNew(std::span<const Span> spans, const Period& period) {
  if (auto good = checkPeriod(period); !good) return std::unexpected(good.error());
  Placement placement;
  for (const Span& span : spans) {
    if (span.period.to == no_end && span.period.from < period.from)
      placement.ended = Span{span.number, {span.period.from, period.from - std::chrono::days{1}}};
  }
  if (const Span* other = clashing(spans, period, placement.ended ? placement.ended->number : 0))
    return overlapWith(other->period);
  return placement;
}

Result<Placement> placeCorrection(std::span<const Span> spans, std::int64_t number, const Period& period) {
  if (auto good = checkPeriod(period); !good) return std::unexpected(good.error());
  if (std::ranges::find(spans, number, &Span::number) == spans.end()) {
    return refuse(ProblemKind::not_found, "register.no-version",
                  {fmt::format("没有版本 {}，或已被更正", number),
                   fmt::format("there is no version {}, or it was corrected before", number)},
                  "/number");
  }
  if (const Span* other = clashing(spans, period, number)) return overlapWith(other->period);
  Placement placement;
  placement.replaced = number;
  return placement;
}

Result<Placement> placeEnd(std::span<const Span> spans, Date last_day) {
  const auto found =
      std::ranges::find_if(spans, [&](const Span& span) { return span.period.contains(last_day); });
  if (found == spans.end()) {
    return refuse(
        ProblemKind::conflict, "register.not-in-effect",
        {fmt::format("该条目在 {} 无效，不能自该日终止", formatDate(last_day)),
         fmt::format("the entry is not in effect on {}, so it can't end then", formatDate(last_day))},
        "/valid_to");
  }
  for (const Span& span : spans) {
    if (span.period.from > last_day) return overlapWith(span.period);
  }
  Placement placement;
  placement.ended = Span{found->number, {found->period.from, last_day}};
  return placement;
}

}  // namespace jinyue::registry
