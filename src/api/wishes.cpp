#include "api/wishes.h"

#include <algorithm>

#include "api/case_views.h"
#include "base/json_read.h"

namespace jinyue::api {
namespace {

using identity::Permission;

/// A wish, its case and who asks.
class Judge {
 public:
  Judge(const Rooms& rooms, const Call& call, store::CaseRow row)
      : rooms_(rooms), call_(call), row_(std::move(row)), place_(placeOf(row_, rooms.packs)) {}

  Result<bpmn::Command> operator()(const ClaimTask& wish) const {
    const auto task = workable(wish.task);
    if (!task) return std::unexpected(task.error());
    return bpmn::Claim{wish.task};
  }
  Result<bpmn::Command> operator()(const ReleaseTask& wish) const {
    const auto task = workable(wish.task);
    if (!task) return std::unexpected(task.error());
    return bpmn::Release{wish.task};
  }
  Result<bpmn::Command> operator()(const CompleteTask& wish) {
    const auto task = workable(wish.task);
    if (!task) return std::unexpected(task.error());
    const auto definition = rooms_.definitions.find(row_.definition);
    if (!definition) return std::unexpected(definition.error());
    const bpmn::Node* node = (*definition)->model->find(task->node);
    auto answers = checkedAnswers(rooms_, call_, *rooms_.packs.of(row_.definition),
                                  node ? node->user.form : "", wish.answers.members);
    if (!answers) return std::unexpected(std::move(answers).error());
    auto beside = rooms_.attachments.carry(call_.caller->actor(), {row_.id, task->node}, answers->carried);
    if (!beside) return std::unexpected(std::move(beside).error());
    beside_ = std::move(*beside);
    return bpmn::Complete{wish.task, std::move(answers->variables)};
  }
  Result<bpmn::Command> operator()(const AssignTask& wish) const {
    const auto task = openTask(wish.task);
    if (!task) return std::unexpected(task.error());
    const identity::RowPlace place{
        task->unit.empty() ? row_.unit : task->unit, row_.area, place_.pack, {}, row_.status};
    if (!may(Permission::task_assign, place)) return std::unexpected(unknownTask(row_.id, wish.task));
    auto to = actorOf(wish.to, "/to");
    if (!to) return std::unexpected(std::move(to).error());
    return bpmn::Assign{wish.task, std::move(*to), wish.reason};
  }
  Result<bpmn::Command> operator()(const CommentOnCase& wish) const {
    if (!may(Permission::case_read, place_) && !worksOnIt()) return std::unexpected(unknownCase(row_.id));
    return bpmn::Comment{wish.task, wish.text};
  }
  Result<bpmn::Command> operator()(const CancelCase& wish) const {
    return supervised(bpmn::Cancel{wish.reason});
  }
  Result<bpmn::Command> operator()(const PauseClock& wish) const {
    return byClock(wish.element, bpmn::PauseClock{wish.element, wish.reason});
  }
  Result<bpmn::Command> operator()(const ResumeClock& wish) const {
    return byClock(wish.element, bpmn::ResumeClock{wish.element});
  }
  Result<bpmn::Command> operator()(const ExtendClock& wish) const {
    auto approver = actorOf(wish.approved_by, "/approved_by");
    if (!approver) return std::unexpected(std::move(approver).error());
    if (approver->id == call_.caller->actor() ||
        !holds(wish.approved_by, Permission::case_supervise, place_)) {
      return refuse(
          ProblemKind::invalid, "clock.approver",
          {"批准人须为另一名有督办权限的人员", "it takes another person who may supervise this case"},
          "/approved_by");
    }
    return byClock(wish.element,
                   bpmn::ExtendClock{wish.element, wish.amount, wish.reason, std::move(approver->id)});
  }
  Result<bpmn::Command> operator()(const SetVariables& wish) const {
    return supervised(bpmn::SetVariables{wish.scope, wish.variables.members, wish.reason});
  }
  Result<bpmn::Command> operator()(const MoveToken& wish) const {
    return supervised(bpmn::MoveToken{wish.from, wish.to, wish.reason});
  }
  Result<bpmn::Command> operator()(const RetryIncident& wish) const {
    return repaired(bpmn::RetryIncident{wish.incident});
  }
  Result<bpmn::Command> operator()(const ResolveIncident& wish) const {
    return repaired(bpmn::ResolveIncident{wish.incident, wish.variables.members, wish.reason});
  }

  /// What the command takes with it.
  casework::BesideFn takeBeside() { return std::move(beside_); }

 private:
  bool may(Permission permission, const identity::RowPlace& place) const {
    return call_.caller->may(permission, place);
  }

  Result<store::TaskRow> openTask(std::int32_t number) const {
    const store::ElementKey ids[] = {{row_.id, number}};
    auto tasks = rooms_.store.loadTasks(ids);
    if (tasks.empty()) return std::unexpected(unknownTask(row_.id, number));
    return std::move(tasks.front());
  }

  /// An open task that he has or could take. One that somebody else has taken is there for him, too, so that
  /// he is told so by the engine.
  Result<store::TaskRow> workable(std::int32_t number) const {
    auto task = openTask(number);
    if (!task) return task;
    store::TaskRow unclaimed = *task;
    unclaimed.assignee.clear();
    if (mayWork(*call_.caller, *task, place_.pack) || mayWork(*call_.caller, unclaimed, place_.pack))
      return task;
    return std::unexpected(unknownTask(row_.id, number));
  }

  bool worksOnIt() const {
    store::TaskFilter filter;
    filter.case_id = row_.id;
    return std::ranges::any_of(
        rooms_.store.listTasks(filter, {200, {}}).rows,
        [&](const store::TaskRow& task) { return mayWork(*call_.caller, task, place_.pack); });
  }

  Result<bpmn::Command> supervised(bpmn::Command command) const {
    if (!may(Permission::case_supervise, place_)) return std::unexpected(unknownCase(row_.id));
    return command;
  }
  Result<bpmn::Command> repaired(bpmn::Command command) const {
    if (!may(Permission::incident_repair, place_)) return std::unexpected(unknownCase(row_.id));
    return command;
  }
  /// Who works on a step may pause and extend that step's clock; all other clocks are a supervisor's.
  Result<bpmn::Command> byClock(std::int32_t element, bpmn::Command command) const {
    if (may(Permission::case_supervise, place_)) return command;
    if (element != bpmn::whole_case) {
      const auto task = openTask(element);
      if (task && task->assignee == call_.caller->actor() && mayWork(*call_.caller, *task, place_.pack))
        return command;
    }
    return std::unexpected(unknownCase(row_.id));
  }

  /// The roles that an account holds today.
  std::vector<identity::HeldRole> heldBy(identity::AccountId account) const {
    std::vector<identity::HeldRole> held;
    const Date today = dateOf(call_.now);
    const auto book = rooms_.roles();
    for (const identity::Grant& grant : rooms_.grants.of(account)) {
      if (grant.state != identity::GrantState::active || (grant.valid_from && today < *grant.valid_from) ||
          (grant.valid_to && today > *grant.valid_to))
        continue;
      held.push_back({grant.role, book->permissionsOf(grant.role), grant.scope});
    }
    return held;
  }
  bool holds(identity::AccountId account, Permission permission, const identity::RowPlace& place) const {
    identity::Caller other;
    other.held = heldBy(account);
    return other.may(permission, place);
  }
  /// An officer who can act, as the engine knows him.
  Result<bpmn::Actor> actorOf(identity::AccountId account, std::string where) const {
    const auto found = rooms_.accounts.find(account);
    if (!found || found->status != identity::AccountStatus::active ||
        found->kind != identity::AccountKind::officer) {
      return refuse(ProblemKind::invalid, "account.unknown",
                    {"没有这个在用的工作人员账号", "there is no such officer"}, std::move(where));
    }
    identity::Caller other;
    other.id = account;
    other.held = heldBy(account);
    return bpmn::Actor{other.actor(), found->unit, other.roles()};
  }

  const Rooms& rooms_;
  const Call& call_;
  store::CaseRow row_;
  identity::RowPlace place_;
  casework::BesideFn beside_;
};

}  // namespace

Problem unknownTask(std::int64_t case_id, std::int32_t number) {
  return {ProblemKind::not_found,
          "task.unknown",
          {"没有这个待办任务", "there is no such open task"},
          fmt::format("{}/{}", case_id, number),
          {},
          {}};
}

identity::Permission permissionFor(const Wish& wish) {
  return std::visit(
      []<class W>(const W&) {
        if constexpr (std::same_as<W, ClaimTask> || std::same_as<W, ReleaseTask> ||
                      std::same_as<W, CompleteTask>)
          return Permission::task_work;
        else if constexpr (std::same_as<W, AssignTask>) return Permission::task_assign;
        else if constexpr (std::same_as<W, CommentOnCase>) return Permission::case_read;
        else if constexpr (std::same_as<W, RetryIncident> || std::same_as<W, ResolveIncident>)
          return Permission::incident_repair;
        else return Permission::case_supervise;
      },
      wish);
}

Result<casework::Request> requestFor(const Rooms& rooms, const Call& call, const Wish& wish,
                                     std::string key) {
  const auto id = std::visit([](const auto& each) { return each.case_id; }, wish);
  const store::CaseId ids[] = {id};
  auto rows = rooms.store.loadCases(ids);
  if (rows.empty()) return std::unexpected(unknownCase(id));
  Judge judge(rooms, call, std::move(rows.front()));
  auto command = std::visit(judge, wish);
  if (!command) return std::unexpected(std::move(command).error());
  casework::Request request;
  request.case_id = id;
  request.command = std::move(*command);
  request.actor = call.actor();
  request.key = std::move(key);
  request.beside = judge.takeBeside();
  return request;
}

void carryOut(const Rooms& rooms, Call& call, const Wish& wish, const Done<CaseStep>& done) {
  call.foundInReach();
  auto request = requestFor(rooms, call, wish, call.key);
  if (!request) return done(std::unexpected(std::move(request).error()));
  request->fingerprint = call.fingerprint;
  request->expected_version = call.expected_version;
  rooms.engine.submit(std::move(*request),
                      [done](Result<casework::Reply> reply) { done(stepOf(std::move(reply))); });
}

}  // namespace jinyue::api
