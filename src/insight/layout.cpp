#include "insight/layout.h"

#include <algorithm>

#include "feel/temporal.h"

namespace jinyue::insight {
namespace {

constexpr int china_offset_seconds = 8 * 3600;
constexpr std::size_t longest_text = 100;  ///< of a category or channel

feel::Value momentOf(Instant instant) {
  const auto nanos = feel::Int128{instant.time_since_epoch().count()} * 1'000'000;
  const auto moment = feel::fromEpochNanos(nanos, {china_offset_seconds, nullptr});
  return moment ? feel::Value(*moment) : feel::Value();
}

/// The context `case`.
feel::Context contextOf(const CountedCase& counted) {
  feel::Context context;
  context.set("number", counted.number);
  context.set("opened", momentOf(counted.opened));
  context.set("closed", counted.closed ? momentOf(*counted.closed) : feel::Value());
  context.set("due", counted.due ? momentOf(*counted.due) : feel::Value());
  context.set("status", counted.status);
  context.set("unit", counted.unit);
  context.set("area", counted.area);
  // The due instant is the first that is too late.
  context.set("on_time",
              counted.closed && counted.due ? feel::Value(*counted.closed < *counted.due) : feel::Value());
  return context;
}

std::string dimensionText(const feel::Value& value) {
  std::string text;
  if (const auto string = value.asString()) text = *string;
  else if (const auto number = value.asNumber()) text = number->toString();
  if (text.size() > longest_text) return {};
  // Control characters part the texts of a set in a query.
  if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; })) return {};
  return text;
}

/// The day in China.
std::optional<Date> dayOf(const feel::Value& value) {
  if (const auto moment = value.asInstant()) return dateOf(*moment);
  return value.asBaseDate();
}

std::optional<std::int64_t> thousandths(const feel::Value& value) {
  const auto number = value.asNumber();
  if (!number) return std::nullopt;
  return (number->rounded(3, feel::Rounding::half_even) * feel::Number(1000)).toInt64();
}

Result<void> compileInto(std::optional<feel::Expression>& into, const std::string& text) {
  if (text.empty()) return {};
  auto compiled = feel::Expression::compile(text);
  if (!compiled) return std::unexpected(std::move(compiled).error());
  into.emplace(std::move(*compiled));
  return {};
}

}  // namespace

std::string sourceOf(std::string_view pack, std::string_view process) {
  std::string source{pack};
  source += '/';
  source += process;
  return source;
}

std::map<std::string, LayoutBody> layoutsOf(const packs::Figures& figures) {
  std::map<std::string, LayoutBody> layouts;
  std::map<std::pair<std::string, std::string>, std::array<std::int64_t, 2>> used;
  for (const packs::Indicator& indicator : figures.indicators) {
    LayoutIndicator place;
    place.id = indicator.id;
    place.basis = indicator.day.value_or(std::string{opened_basis});
    place.number = indicator.value || indicator.total;
    place.of = indicator.of.value_or("");
    place.counts = indicator.counts.value_or("");
    place.value = indicator.value ? *indicator.value : indicator.total.value_or("");
    std::int64_t& next = used[{indicator.process, place.basis}][place.number ? 1 : 0];
    const auto most = static_cast<std::int64_t>(place.number ? packs::most_values : packs::most_marks);
    if (next >= most) continue;  // checked when the pack was deployed
    place.place = next++;
    layouts[indicator.process].indicators.push_back(std::move(place));
  }
  for (const packs::FigureProcess& each : figures.processes) {
    const auto found = layouts.find(each.process);
    if (found == layouts.end()) continue;
    found->second.category = each.category.value_or("");
    found->second.channel = each.channel.value_or("");
  }
  return layouts;
}

Result<std::shared_ptr<const Layout>> Layout::compile(std::string source, std::int64_t number,
                                                      const LayoutBody& body) {
  auto layout = std::make_shared<Layout>();
  layout->source_ = std::move(source);
  layout->number_ = number;
  layout->body_ = body;
  for (const auto& [text, into] :
       {std::pair{&body.category, &layout->category_}, std::pair{&body.channel, &layout->channel_}}) {
    if (auto good = compileInto(*into, *text); !good) return std::unexpected(std::move(good).error());
  }
  for (const LayoutIndicator& indicator : body.indicators) {
    const auto found = std::ranges::find(layout->basis_names_, indicator.basis);
    Compiled compiled;
    compiled.basis = static_cast<std::size_t>(found - layout->basis_names_.begin());
    if (found == layout->basis_names_.end()) {
      layout->basis_names_.push_back(indicator.basis);
      layout->days_.emplace_back();
      if (indicator.basis != opened_basis && indicator.basis != closed_basis) {
        if (auto good = compileInto(layout->days_.back(), indicator.basis); !good)
          return std::unexpected(std::move(good).error());
      }
    }
    for (const auto& [text, into] :
         {std::pair{&indicator.of, &compiled.of}, std::pair{&indicator.counts, &compiled.counts},
          std::pair{&indicator.value, &compiled.value}}) {
      if (auto good = compileInto(*into, *text); !good) return std::unexpected(std::move(good).error());
    }
    layout->indicators_.push_back(std::move(compiled));
  }
  return layout;
}

CaseFacts Layout::factsOf(const CountedCase& counted, const calendar::Calendar* calendar) const {
  const feel::Facts facts{counted.opened, calendar, {}};
  const feel::Context own{{"case", contextOf(counted)}};
  const std::array<const feel::Context*, 2> scopes{counted.variables, &own};
  const auto valueOf = [&](const std::optional<feel::Expression>& expression) {
    return expression->evaluate(scopes, facts).value;
  };
  CaseFacts result;
  if (category_) result.category = dimensionText(valueOf(category_));
  if (channel_) result.channel = dimensionText(valueOf(channel_));
  for (std::size_t basis = 0; basis < basis_names_.size(); ++basis) {
    Fact fact;
    fact.basis = basis_names_[basis];
    if (days_[basis]) fact.day = dayOf(valueOf(days_[basis]));
    else if (fact.basis == opened_basis) fact.day = dateOf(counted.opened);
    else if (counted.closed) fact.day = dateOf(*counted.closed);
    result.facts.push_back(std::move(fact));
  }
  for (std::size_t i = 0; i < indicators_.size(); ++i) {
    const Compiled& each = indicators_[i];
    const LayoutIndicator& place = body_.indicators[i];
    Fact& fact = result.facts[each.basis];
    if (!fact.day) continue;
    if (each.of && !valueOf(each.of).isTrue()) continue;
    const bool counts = !each.counts || valueOf(each.counts).isTrue();
    const auto at = static_cast<std::size_t>(place.place);
    if (place.number) {
      if (counts && each.value) fact.values.at(at) = thousandths(valueOf(each.value));
      continue;
    }
    // A count has no "of": only what counts is among those counted.
    if (each.of || counts) fact.marks |= std::int64_t{1} << (2 * at);
    if (counts) fact.marks |= std::int64_t{2} << (2 * at);
  }
  return result;
}

}  // namespace jinyue::insight
