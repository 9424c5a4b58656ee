// /messages: what other systems tell the cases that wait for it.

#include <algorithm>

#include "api/case_start.h"
#include "api/case_views.h"
#include "api/endpoint.h"
#include "api/rooms.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct MessageBody {
  std::string name;
  std::optional<std::string> key;
  PlainObject variables;
  static std::vector<About> about() {
    return {{"name",
             {"消息名，须在某个系统包的 messages 中声明为外来",
              "name of the message, which a pack declares to come from outside"},
             R"("payment-received")",
             1,
             200},
            {"key", {"关联键：哪个办件在等", "correlation key: which case waits for it"}, {}, 1, 500},
            {"variables", {"消息带来的数据，限声明的名称", "what it brings, of the declared names"}}};
  }
};
BOOST_DESCRIBE_STRUCT(MessageBody, (), (name, key, variables))

const packs::OutsideMessage* declaredIn(const packs::Pack& pack, std::string_view name) {
  const auto found = std::ranges::find_if(pack.manifest.messages, [&](const packs::OutsideMessage& message) {
    return message.way == packs::Way::comes && message.name == name;
  });
  return found == pack.manifest.messages.end() ? nullptr : &*found;
}

class Messages {
 public:
  explicit Messages(const Rooms& rooms) : rooms_(rooms) {}

  Result<Answer<CaseStep>> take(Call& call, const MessageBody& body) const {
    if (auto known = check(call, body); !known) return std::unexpected(std::move(known).error());
    casework::FromOutside outside;
    outside.fingerprint = call.fingerprint;
    outside.reaches = [&](const store::ElementKey& receiver) { return reaches(call, body.name, receiver); };
    return stepOf(rooms_.delivery.send(body.name, body.key.value_or(""), body.variables.members, call.actor(),
                                       call.key, outside));
  }

 private:
  /// A pack in the caller's reach has the message, and what it brings.
  Result<void> check(Call& call, const MessageBody& body) const {
    bool known = false;
    std::vector<std::string> strange;
    for (const auto& [name, value] : body.variables.members) strange.push_back(name);
    for (const DeployedPacks::Version& version : rooms_.packs.all()) {
      const packs::OutsideMessage* message = declaredIn(*version.pack, body.name);
      if (message == nullptr || !inReach(call, version.pack->manifest.id)) continue;
      known = true;
      std::erase_if(strange, [&](const std::string& name) {
        return std::ranges::find(message->brings, name) != message->brings.end();
      });
    }
    call.foundInReach();  // by the pack, and each receiver is asked about below
    if (!known) {
      return refuse(ProblemKind::not_found, "message.unknown",
                    {"没有这个外来消息", "no message of this name comes from outside"}, "/name");
    }
    if (strange.empty()) return {};
    return refuse(ProblemKind::invalid, "message.variable",
                  {"消息不带这项数据", "the message does not bring this"}, "/variables/" + strange.front());
  }

  static bool inReach(const Call& call, const std::string& pack) {
    return std::ranges::any_of(call.caller->held, [&](const identity::HeldRole& role) {
      return role.permissions.has(Permission::message_send) &&
             (role.scope.packs.empty() ||
              std::ranges::find(role.scope.packs, pack) != role.scope.packs.end());
    });
  }

  /// Whether this waits for messages from outside by its own pack's word, and the caller may send there.
  bool reaches(Call& call, const std::string& name, const store::ElementKey& receiver) const {
    if (receiver.case_id < 0) {  // a start event: where its case will lie is not known yet
      const std::int64_t definition = -receiver.case_id;
      return declaredIn(*rooms_.packs.of(definition), name) != nullptr &&
             call.may({{}, {}, rooms_.packs.nameOf(definition), {}, store::CaseStatus::active});
    }
    const store::CaseId ids[] = {receiver.case_id};
    const auto rows = rooms_.store.loadCases(ids);
    return !rows.empty() && declaredIn(*rooms_.packs.of(rows.front().definition), name) != nullptr &&
           call.may(placeOf(rows.front(), rooms_.packs));
  }

  Rooms rooms_;
};

}  // namespace

void addMessages(Endpoints& endpoints, const Rooms& rooms) {
  const auto messages = std::make_shared<const Messages>(rooms);
  endpoints.add(
      {.method = http::Method::post,
       .path = "/messages",
       .name = "sendMessage",
       .tag = "messages",
       .summary = {"外部系统的消息，交给等待它的办件",
                   "a message from another system to the case that waits for it"},
       .access = needs(Permission::message_send, Reach::thing),
       .detail = {"没有办件在等则答 404；多个在等则答 409，请给出关联键",
                  "404 when no case waits for it; 409 when several do: give a key that tells them apart"},
       .example = R"({"name":"payment-received","key":"2026-0042","variables":{}})"},
      [messages](Call& call, const In<None, None, MessageBody>& in) {
        return messages->take(call, in.body);
      });
}

}  // namespace jinyue::api
