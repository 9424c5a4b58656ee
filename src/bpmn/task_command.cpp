// Commands about tasks, messages, timers and jobs.
#include <algorithm>

#include "base/text.h"
#include "bpmn/refusals.h"
#include "bpmn/run.h"

namespace jinyue::bpmn {

Result<const Element*> Run::openTaskFor(ElementNumber number) const {
  const Element* element = state_.element(number);
  if (element == nullptr || !element->task) return noSuchTask(number);
  return element;
}

Result<void> Run::mayDo(const Element& element, const Actor& actor, bool person_too) const {
  const Task& task = *element.task;
  const std::string where = std::to_string(element.number);
  if (actor.id.empty()) {
    return refuse(ProblemKind::invalid, "actor.none", {"没有指明人员", "nobody is named"}, where);
  }
  if (std::ranges::find(task.excluded, actor.id) != task.excluded.end()) {
    return refuse(ProblemKind::forbidden, "task.separation-of-duties",
                  {"职责分离：此人已办理不相容的环节",
                   "separation of duties: this person did a step that excludes this one"},
                  where, {"请由其他人员办理", "somebody else must do it"});
  }
  const bool unit = task.unit.empty() || task.unit == actor.unit;
  const bool role = task.role.empty() || std::ranges::find(actor.roles, task.role) != actor.roles.end();
  const bool person = !person_too || task.person.empty() || task.person == actor.id;
  if (unit && role && person) return {};
  Text detail{"办理人条件：", "candidates:"};
  const auto name = [&](const std::string& value, const char* zh, const char* en) {
    if (value.empty()) return;
    detail.zh += std::string{zh} + value + " ";
    detail.en += std::string{" "} + en + " " + value;
  };
  name(task.unit, "单位 ", "unit");
  name(task.role, "岗位 ", "role");
  name(task.person, "人员 ", "person");
  return refuse(ProblemKind::forbidden, "task.not-candidate",
                {"此人不是任务的办理人", "this person is not among those who may do the task"}, where,
                std::move(detail));
}

namespace {

std::unexpected<Problem> takenBySomebody(const Element& element) {
  return refuse(ProblemKind::conflict, "task.claimed",
                {"任务已由他人签收", "somebody else has claimed the task"}, std::to_string(element.number),
                {element.task->assignee, element.task->assignee});
}

}  // namespace

Result<void> Run::run(const Claim& command) {
  const auto task = openTaskFor(command.task);
  if (!task) return std::unexpected(task.error());
  const Element& element = **task;
  if (element.task->assignee == actor_.id && !actor_.id.empty()) return {};  // it is his already
  if (!element.task->assignee.empty()) return takenBySomebody(element);
  if (auto allowed = mayDo(element, actor_, true); !allowed) return allowed;
  emit(TaskAssigned{command.task, actor_.id, {}});
  return {};
}

Result<void> Run::run(const Release& command) {
  const auto task = openTaskFor(command.task);
  if (!task) return std::unexpected(task.error());
  const std::string& assignee = (*task)->task->assignee;
  if (assignee.empty() || assignee != actor_.id) {
    return refuse(ProblemKind::conflict, "task.not-yours", {"任务不在您名下", "the task is not yours"},
                  std::to_string(command.task));
  }
  emit(TaskAssigned{command.task, {}, {}});
  return {};
}

Result<void> Run::run(const Assign& command) {
  const auto task = openTaskFor(command.task);
  if (!task) return std::unexpected(task.error());
  const Element& element = **task;
  if (auto allowed = mayDo(element, command.to, false); !allowed) return allowed;
  if (element.task->assignee == command.to.id) return {};
  const bool overrules = !element.task->assignee.empty() ||
                         (!element.task->person.empty() && element.task->person != command.to.id);
  if (overrules && trimmed(command.reason).empty()) return reasonMissing();
  emit(TaskAssigned{command.task, command.to.id, command.reason});
  return {};
}

Result<void> Run::run(const Complete& command) {
  const auto task = openTaskFor(command.task);
  if (!task) return std::unexpected(task.error());
  const Element& element = **task;
  if (element.task->assignee.empty()) {
    if (auto allowed = mayDo(element, actor_, true); !allowed) return allowed;
  } else if (element.task->assignee != actor_.id) {
    return takenBySomebody(element);
  }
  const std::string node = element.node;
  finishElement(command.task, command.variables, TaskClosed{command.task, actor_.id});
  excludeFromOpenTasks(node, actor_.id);
  return {};
}

Result<void> Run::run(const Comment& command) {
  if (command.task) {
    if (const auto task = openTaskFor(*command.task); !task) return std::unexpected(task.error());
  }
  if (trimmed(command.text).empty()) {
    return refuse(ProblemKind::invalid, "comment.empty", {"意见为空", "the comment is empty"}, "/text");
  }
  emit(CommentAdded{command.task, feel::Value(command.text)});
  return {};
}

Result<void> Run::run(const Correlate& command) {
  const auto wait = std::ranges::find_if(state_.waits, [&](const Wait& each) {
    if (each.kind != WaitKind::message || each.name != command.name) return false;
    if (command.element) return each.number == *command.element || each.element == *command.element;
    return each.key == command.key;
  });
  if (wait == state_.waits.end()) {
    return refuse(ProblemKind::not_found, "message.not-awaited",
                  {"案件没有在等待这条消息", "nothing in the case waits for this message"}, "/name");
  }
  meet(wait->number, command.variables);
  return {};
}

Result<void> Run::run(const Signal& command) {
  std::vector<ElementNumber> fitting;
  for (const Wait& wait : state_.waits) {
    if (wait.kind == WaitKind::signal && wait.name == command.name) fitting.push_back(wait.number);
  }
  for (const ElementNumber number : fitting) {
    if (state_.wait(number) != nullptr) meet(number, command.variables);
  }
  return {};
}

Result<void> Run::run(const FireTimer& command) {
  const Timer* found = state_.timer(command.timer);
  if (found == nullptr || !found->due || *found->due > facts_.feel.now) return {};
  const Timer timer = *found;
  const Node* node = model_->find(timer.node);
  if (node == nullptr) throw std::logic_error("bpmn: the model has no node " + timer.node);
  TimerFired fired{timer.number, std::nullopt, 0};
  if (timer.left != 0) {
    // Repetitions that were missed are not made up for: they would come all at once.
    const auto every = parseSpan(timer.every);
    if (!every || !every->isPositive())
      throw std::logic_error("bpmn: a cycle without a length: " + timer.every);
    Instant due = *timer.due;
    std::int32_t left = timer.left;
    if (every->months == 0) {
      const auto missed = (facts_.feel.now - due) / every->time;
      const auto skipped = left < 0 ? missed : std::min<std::int64_t>(missed, left);
      due += every->time * skipped;
      if (left > 0) left -= static_cast<std::int32_t>(skipped);
    }
    while (due <= facts_.feel.now && left != 0) {
      due = addSpan(due, *every);
      if (left > 0) --left;
    }
    if (due > facts_.feel.now) fired = {timer.number, due, left};
  }
  emit(fired);
  trigger(timer.element, *node, {});
  return {};
}

Result<void> Run::run(const FinishJob& command) {
  const Element* element = state_.element(command.job);
  if (element == nullptr || !element->job || incidentOn(command.job) != nullptr) return {};
  finishElement(command.job, command.variables, JobClosed{command.job, false});
  return {};
}

Result<void> Run::run(const FailJob& command) {
  const Element* element = state_.element(command.job);
  if (element == nullptr || !element->job || incidentOn(command.job) != nullptr) return {};
  const bool retry = command.retry && command.error.empty();
  const ElementNumber scope = element->scope;
  const Node& node = nodeOf(*element);
  emit(JobFailed{command.job, command.error, command.message, retry});
  if (retry) return {};
  if (!command.error.empty()) {
    throwError(scope, node, command.error, command.job);
    return {};
  }
  raise(command.job, Phase::job,
        {"job.failed", {"服务任务失败：" + command.message, "the service failed: " + command.message}});
  return {};
}

}  // namespace jinyue::bpmn
