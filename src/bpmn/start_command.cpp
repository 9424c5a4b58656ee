// Commands: dispatch, start and cancel.
#include <algorithm>

#include "base/text.h"
#include "bpmn/refusals.h"
#include "bpmn/run.h"

namespace jinyue::bpmn {
namespace {

template <class C>
concept CarriesVariables = requires(const C& command) { command.variables; };

Result<void> checkVariables(const feel::Context& variables) {
  for (const auto& [name, value] : variables) {
    const std::string where = "/variables/" + name;
    if (name.empty() || !isValidUtf8(name)) {
      return refuse(ProblemKind::invalid, "variable.name", {"变量名无效", "this is no name for a variable"},
                    where);
    }
    if (!feel::isData(value) || value.depth() > max_value_depth || value.weight() > max_value_weight) {
      return refuse(ProblemKind::invalid, "variable.value",
                    {"变量的值过大或不是数据", "the value is too large or no data"}, where);
    }
  }
  return {};
}

}  // namespace

Result<void> Run::execute(const Command& command) {
  const bool from_engine =
      std::holds_alternative<FireTimer>(command) || std::holds_alternative<FinishJob>(command) ||
      std::holds_alternative<FailJob>(command) || std::holds_alternative<Signal>(command);
  if (std::holds_alternative<Start>(command)) {
    if (state_.status != CaseStatus::none) {
      return refuse(ProblemKind::conflict, "case.started", {"案件已经开始", "the case has already started"});
    }
  } else if (state_.status != CaseStatus::active) {
    if (from_engine) return {};  // what it is about is gone
    return caseNotActive();
  }
  const auto checked = std::visit(
      []<class C>(const C& each) -> Result<void> {
        if constexpr (CarriesVariables<C>) return checkVariables(each.variables);
        return {};
      },
      command);
  if (!checked) return checked;
  auto done = std::visit([&](const auto& each) { return run(each); }, command);
  if (!done) return done;
  settle();
  describePlace();
  describeForSearch();
  return {};
}

Result<void> Run::run(const Start& command) {
  const Node* process = model_->process(command.process);
  if (process == nullptr) {
    return refuse(ProblemKind::not_found, "process.unknown", {"没有这个流程", "there is no such process"},
                  "/process");
  }
  if (command.message && command.timer) {
    return refuse(ProblemKind::invalid, "start.ambiguous",
                  {"只能以一种方式开始", "a case starts in one way only"}, "/message");
  }
  const Node* start = nullptr;
  for (const Index index : process->starts) {
    const Node& each = model_->node(index);
    const Trigger trigger = each.event ? each.event->trigger : Trigger::none;
    const bool fits = command.message ? trigger == Trigger::message && each.event->name == *command.message
                      : command.timer ? trigger == Trigger::timer && each.id == *command.timer
                                      : trigger == Trigger::none;
    if (fits) start = &each;
  }
  if (start == nullptr) {
    return refuse(ProblemKind::invalid, "start.unknown",
                  {"流程不能这样开始", "the process can't start in this way"},
                  command.message ? "/message"
                  : command.timer ? "/timer"
                                  : "/process");
  }
  if (command.key.size() > max_short_text) {
    return refuse(ProblemKind::invalid, "start.key", {"业务编号过长", "the business key is too long"},
                  "/key");
  }
  CaseStarted event;
  event.process = process->id;
  event.start = start->id;
  event.title = command.title;
  event.key = command.key;
  event.variables = command.variables;
  if (!process->number.empty()) {
    event.variables.set(process->number, feel::Value(std::to_string(facts_.case_number)));
  }
  const feel::Context given = event.variables;
  const feel::Context* seen = &given;
  const Locals locals{&seen, 1};
  constexpr ElementNumber nowhere = -1;
  std::vector<Failure> failures;
  if (event.title.empty()) {
    auto title = optionalText(process->title, nowhere, locals);
    if (title) event.title = std::move(*title);
    else failures.push_back(std::move(title.error()));
  }
  auto unit = shortText(process->unit, nowhere, locals);
  if (unit) event.unit = std::move(*unit);
  else failures.push_back(std::move(unit.error()));
  auto outputs = map(start->outputs, nowhere, locals);
  if (outputs) {
    for (const auto& [name, value] : *outputs) event.variables.set(name, value);
  } else {
    failures.push_back(std::move(outputs.error()));
  }
  describeStart(*process, event, failures);
  auto clock = planClock(process->clock, nowhere, locals);
  if (!clock) failures.push_back(std::move(clock.error()));
  const ClockStart* own = clock && *clock ? &**clock : nullptr;
  auto arms = planArms(startsOfEventSubProcesses(*process), View(nowhere, locals, own));
  if (!arms) failures.push_back(std::move(arms.error()));
  // A case that can't start properly is not started: whoever starts it is there to be told.
  if (!failures.empty()) {
    Problem problem{
        ProblemKind::invalid, "start.failed", {"案件无法开始", "the case can't start"}, {}, {}, {}};
    for (Failure& each : failures) {
      problem.causes.push_back(
          {ProblemKind::invalid, std::move(each.code), std::move(each.message), process->id, {}, {}});
    }
    return std::unexpected(std::move(problem));
  }
  emit(std::move(event));
  if (own != nullptr) emit(ClockStarted{whole_case, *own});
  arm(whole_case, std::move(*arms));
  put(whole_case, start->index);
  return {};
}

Result<void> Run::run(const Cancel& command) {
  if (trimmed(command.reason).empty()) return reasonMissing();
  cancelInside(whole_case);
  describePlace();
  disarm(whole_case);
  closeIncidents(whole_case);
  emit(CaseCancelled{facts_.feel.now, command.reason});
  return {};
}

}  // namespace jinyue::bpmn
