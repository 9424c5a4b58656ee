#include "casework/delivery.h"

namespace jinyue::casework {
namespace {

/// A receiver may move on between being found and being asked; then we look again.
constexpr int tries = 3;
/// Receivers of one signal that are read at a time.
constexpr int receivers_at_once = 1000;

}  // namespace

Result<Reply> Delivery::send(const std::string& name, const std::string& key, const feel::Context& variables,
                             const bpmn::Actor& actor, const std::string& idempotency) {
  if (!idempotency.empty()) {
    const std::string keys[] = {idempotency};
    for (const store::ReplyRow& row : store_.findReplies(keys)) {
      if (row.actor == actor.id) return Reply{row.case_id, row.position, true};
    }
  }
  Result<Reply> reply = std::unexpected(Problem{});
  for (int i = 0; i < tries; ++i) {
    auto receivers = store_.findSubscriptions(store::SubscriptionKind::message, name, key, 2);
    if (receivers.empty() && !key.empty()) {  // start events wait for the name alone
      receivers = store_.findSubscriptions(store::SubscriptionKind::message, name, "", 2);
      std::erase_if(receivers, [](const store::SubscriptionRow& row) { return row.id.case_id > 0; });
    }
    if (receivers.empty()) {
      return refuse(ProblemKind::not_found, "message.unclaimed",
                    {"没有办件在等待这条消息", "no case waits for this message"}, name);
    }
    if (receivers.size() > 1 && receivers[0].id.case_id != receivers[1].id.case_id) {
      return refuse(ProblemKind::conflict, "message.ambiguous",
                    {"有多个办件在等待这条消息", "several cases wait for this message"}, name,
                    {"请给出能区分它们的关联键", "send it with a key that tells them apart"});
    }
    reply =
        handTo(receivers.front(), bpmn::Correlate{name, key, {}, variables}, variables, actor, idempotency);
    if (reply || reply.error().kind != ProblemKind::conflict) break;
  }
  return reply;
}

Result<int> Delivery::broadcast(const std::string& name, const feel::Context& variables,
                                const bpmn::Actor& actor, const std::string& idempotency) {
  // Those who were reached have no wait any more, so a repeated call goes on where the last one stopped.
  const auto receivers =
      store_.findSubscriptions(store::SubscriptionKind::signal, name, "", receivers_at_once);
  int reached = 0;
  CaseId last = 0;
  for (const store::SubscriptionRow& receiver : receivers) {
    if (receiver.id.case_id == last) continue;  // one signal command reaches every wait of a case
    last = receiver.id.case_id;
    const std::string key =
        idempotency.empty() ? std::string{} : fmt::format("{}:{}", idempotency, receiver.id.case_id);
    const Result<Reply> reply = handTo(receiver, bpmn::Signal{name, variables}, variables, actor, key);
    if (reply) ++reached;
    else if (reply.error().kind == ProblemKind::unavailable) return std::unexpected(reply.error());
  }
  return reached;
}

Result<Reply> Delivery::handTo(const store::SubscriptionRow& receiver, bpmn::Command command,
                               const feel::Context& variables, const bpmn::Actor& actor,
                               const std::string& idempotency) {
  if (receiver.id.case_id > 0)
    return engine_.run({receiver.id.case_id, 0, std::move(command), actor, idempotency});
  const auto definition = definitions_.find(-receiver.id.case_id);
  if (!definition) return std::unexpected(definition.error());
  const bpmn::Model& model = *(*definition)->model;
  bpmn::Start start;
  start.process = model.node(model.node(receiver.id.number - 1).process).id;
  start.message = receiver.name;
  start.variables = variables;
  return engine_.run({std::nullopt, (*definition)->id, std::move(start), actor, idempotency});
}

}  // namespace jinyue::casework
