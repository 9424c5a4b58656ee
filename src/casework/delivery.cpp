#include "casework/delivery.h"

#include <atomic>
#include <latch>
#include <mutex>
#include <span>

namespace jinyue::casework {
namespace {

/// A receiver may move on between being found and being asked; then we look again.
constexpr int tries = 3;
/// Of those who wait for a message: two are too many already, but some may not be for who sends it.
constexpr int looked_at = 50;
/// Receivers of one signal that are read, and that are handed it, at a time.
constexpr int read_at_once = 1000;
constexpr std::size_t handed_at_once = 500;

}  // namespace

Result<Reply> Delivery::send(const std::string& name, const std::string& key, const feel::Context& variables,
                             const bpmn::Actor& actor, const std::string& idempotency,
                             const FromOutside& outside) {
  if (!idempotency.empty()) {
    const std::string keys[] = {idempotency};
    for (const store::ReplyRow& row : store_.findReplies(keys)) {
      if (row.actor != actor.id) continue;
      if (outside.fingerprint.value_or(row.fingerprint) != row.fingerprint) {
        return refuse(ProblemKind::invalid, "key.used",
                      {"这个幂等键已用于另一个请求", "this idempotency key was used for another request"});
      }
      return Reply{row.case_id, row.position, true};
    }
  }
  Result<Reply> reply = std::unexpected(Problem{});
  for (int i = 0; i < tries; ++i) {
    auto receivers =
        store_.findSubscriptions(store::SubscriptionKind::message, name, key, store::before_all, looked_at);
    if (receivers.empty() && !key.empty()) {  // start events wait for the name alone
      receivers =
          store_.findSubscriptions(store::SubscriptionKind::message, name, "", store::before_all, looked_at);
      std::erase_if(receivers, [](const store::SubscriptionRow& row) { return row.id.case_id > 0; });
    }
    if (outside.reaches) {
      std::erase_if(receivers, [&](const store::SubscriptionRow& row) { return !outside.reaches(row.id); });
    }
    if (receivers.empty()) {
      return refuse(ProblemKind::not_found, "message.unclaimed",
                    {"没有办件在等待这条消息", "no case waits for this message"}, name);
    }
    if (receivers.front().id.case_id != receivers.back().id.case_id) {
      return refuse(ProblemKind::conflict, "message.ambiguous",
                    {"有多个办件在等待这条消息", "several cases wait for this message"}, name,
                    {"请给出能区分它们的关联键", "send it with a key that tells them apart"});
    }
    auto request = requestFor(receivers.front().id, name, bpmn::Correlate{name, key, {}, variables},
                              variables, actor, idempotency);
    if (!request) return std::unexpected(std::move(request.error()));
    request->fingerprint = outside.fingerprint;
    reply = engine_.run(std::move(*request));
    if (reply || reply.error().kind != ProblemKind::conflict) break;
  }
  return reply;
}

std::vector<ElementKey> Delivery::signalReceivers(const std::string& name) {
  std::vector<ElementKey> receivers;
  ElementKey after = store::before_all;
  for (;;) {
    const auto page =
        store_.findSubscriptions(store::SubscriptionKind::signal, name, "", after, read_at_once);
    for (const store::SubscriptionRow& row : page) {
      // One signal command reaches every wait of a case; start events have a row each.
      if (row.id.case_id > 0 && !receivers.empty() && receivers.back().case_id == row.id.case_id) continue;
      receivers.push_back(row.id);
    }
    if (page.size() < static_cast<std::size_t>(read_at_once)) return receivers;
    after = page.back().id;
  }
}

Result<int> Delivery::broadcast(const std::string& name, const feel::Context& variables,
                                const bpmn::Actor& actor, const std::string& idempotency) {
  // Those who wait now, not those who begin to wait because of it.
  const std::vector<ElementKey> all = signalReceivers(name);
  std::atomic<int> reached{0};
  for (std::span<const ElementKey> rest = all; !rest.empty();) {
    const auto some = rest.first(std::min(rest.size(), handed_at_once));
    rest = rest.subspan(some.size());
    std::latch answered(static_cast<std::ptrdiff_t>(some.size()));
    std::mutex mutex;
    std::optional<Problem> failed;
    const auto note = [&](const Result<Reply>& reply) {
      if (reply) {
        ++reached;
      } else if (reply.error().kind == ProblemKind::unavailable) {
        const std::lock_guard lock(mutex);
        failed = reply.error();
      }
      answered.count_down();
    };
    for (const ElementKey& receiver : some) {
      // With the case in the key each gets it once, however often the broadcast is begun.
      const std::string key =
          idempotency.empty() ? std::string{} : fmt::format("{}:{}", idempotency, receiver.case_id);
      auto request = requestFor(receiver, name, bpmn::Signal{name, variables}, variables, actor, key);
      if (request) engine_.submit(std::move(*request), note);
      else note(std::unexpected(request.error()));
    }
    answered.wait();
    if (failed) return std::unexpected(std::move(*failed));
  }
  return reached;
}

Result<Request> Delivery::requestFor(const ElementKey& receiver, const std::string& name,
                                     bpmn::Command command, const feel::Context& variables,
                                     const bpmn::Actor& actor, const std::string& idempotency) {
  if (receiver.case_id > 0) return Request{receiver.case_id, 0, std::move(command), actor, idempotency};
  const auto definition = definitions_.find(-receiver.case_id);
  if (!definition) return std::unexpected(definition.error());
  const bpmn::Model& model = *(*definition)->model;
  bpmn::Start start;
  start.process = model.node(model.node(receiver.number - 1).process).id;
  start.message = name;
  start.variables = variables;
  if (const auto* message = std::get_if<bpmn::Correlate>(&command)) start.key = message->key;
  return Request{std::nullopt, (*definition)->id, std::move(start), actor, idempotency};
}

}  // namespace jinyue::casework
