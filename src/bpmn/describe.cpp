// What lists and search know a case by: its lead unit, its area, its party and its search text.
#include <algorithm>

#include "bpmn/run.h"

namespace jinyue::bpmn {
namespace {

constexpr ElementNumber nowhere = -1;

/// Whether the expression may give something else after this event.
bool changes(const Event& event, const std::optional<feel::Expression>& expression) {
  if (std::holds_alternative<Migrated>(event)) return true;
  const auto* set = std::get_if<VariablesSet>(&event);
  return set != nullptr && expression && set->scope == whole_case &&
         std::ranges::any_of(expression->names(),
                             [&](const std::string& name) { return set->values.find(name) != nullptr; });
}

/// Search results are narrowed by status, unit and area.
bool changesColumns(const Event& event) {
  return std::holds_alternative<CaseCompleted>(event) || std::holds_alternative<CaseCancelled>(event) ||
         std::holds_alternative<AreaChanged>(event) || std::holds_alternative<UnitChanged>(event);
}

/// A keyed hash (at least 32 hexadecimal digits, which no number of an identity card or a telephone has),
/// with or without "person:" before it; or "firm:" and an identifier.
bool isParty(std::string_view text) {
  constexpr std::string_view firm = "firm:";
  constexpr std::string_view person = "person:";
  if (text.starts_with(firm)) return text.size() > firm.size();
  if (text.starts_with(person)) text.remove_prefix(person.size());
  return text.size() >= 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

/// Of a case that is about to start; what fails is added to `failures`.
void Run::describeStart(const Node& process, CaseStarted& event, std::vector<Failure>& failures) {
  const feel::Context* seen = &event.variables;
  const Locals locals{&seen, 1};
  const auto take = [&](Outcome<std::string> outcome, auto& to) {
    if (outcome) to = std::move(*outcome);
    else failures.push_back(std::move(outcome.error()));
  };
  take(shortText(process.area, nowhere, locals), event.area);
  take(optionalText(process.search, nowhere, locals), search_);
  take(shortText(process.party, nowhere, locals), event.party);
  if (event.party.empty() || isParty(event.party)) return;
  failures.push_back({"party.malformed",
                      {"当事人须为查找键，或“firm:”加统一社会信用代码",
                       "a party is a lookup hash, or \"firm:\" and a unified social credit code"}});
}

template <class Changed>
void Run::follow(const std::optional<feel::Expression>& expression, const std::string& known,
                 std::string_view what) {
  const auto news = std::span(events_).subspan(place_seen_);
  const bool changed = describe_again_ || std::ranges::any_of(news, [&](const Event& event) {
                         return changes(event, expression);
                       });
  if (!changed || !expression) return;
  auto found = shortText(expression, whole_case, {});
  if (found && *found != known) emit(Changed{std::move(*found)});
  noteDescribed(what, std::move(found));
}

/// Lead unit and area follow the variables of the case. Before the case ends and when a step is done.
void Run::describePlace() {
  const Node& process = *model_->process(state_.process);
  follow<UnitChanged>(process.unit, state_.unit, "unit");
  follow<AreaChanged>(process.area, state_.area, "area");
  place_seen_ = events_.size();
}

/// When a step is done. A case that has moved or ended and whose text fails is found by less, not where it no
/// longer is.
void Run::describeForSearch() {
  const auto& expression = model_->process(state_.process)->search;
  const bool moved = std::ranges::any_of(events_, changesColumns);
  const bool changed = moved || describe_again_ || std::ranges::any_of(events_, [&](const Event& event) {
                         return changes(event, expression);
                       });
  if (!changed) return;
  auto text = optionalText(expression, whole_case, {});
  if (text) search_ = *text;
  else if (moved) search_ = std::string{};
  noteDescribed("search", std::move(text));
}

/// A failure is an incident of the case that holds nothing up; it goes when the expression works again.
void Run::noteDescribed(std::string_view what, Outcome<std::string> outcome) {
  const std::string code = "description." + std::string{what};
  const auto open = std::ranges::find_if(state_.incidents, [&](const Incident& each) {
    return each.element == whole_case && each.code == code;
  });
  if (outcome) {
    if (open != state_.incidents.end()) emit(IncidentClosed{open->number, {}});
  } else if (open == state_.incidents.end() && state_.status == CaseStatus::active) {
    raise(whole_case, Phase::describing, {code, std::move(outcome.error().message)});
  }
}

}  // namespace jinyue::bpmn
