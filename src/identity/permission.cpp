#include "identity/permission.h"

#include <algorithm>
#include <array>

namespace jinyue::identity {
namespace {

constexpr std::array<std::string_view, permission_count> words{
    "case.start",       "case.read",      "task.work",     "task.assign",      "case.supervise",
    "incident.repair",  "personal.read",  "register.read", "register.propose", "register.approve",
    "register.publish", "account.manage", "role.grant",    "audit.read",       "pack.deploy",
    "system.read",      "notice.read",    "search.read",   "figure.read",      "report.draft",
    "report.publish",   "message.send"};

constexpr auto all_permissions = [] {
  std::array<Permission, permission_count> list{};
  for (std::size_t i = 0; i < list.size(); ++i) list[i] = static_cast<Permission>(i);
  return list;
}();

}  // namespace

std::string_view wordOf(Permission permission) { return words[static_cast<std::size_t>(permission)]; }

std::optional<Permission> permissionOf(std::string_view word) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<Permission>(found - words.begin());
}

std::span<const Permission> allPermissions() { return all_permissions; }

}  // namespace jinyue::identity

namespace jinyue {

bool JsonCodec<identity::Permission>::read(JsonReader& in, simdjson::ondemand::value json,
                                           identity::Permission& permission) {
  std::string_view text;
  if (!json.get_string().get(text)) {
    if (const auto read = identity::permissionOf(text)) {
      permission = *read;
      return true;
    }
  }
  return in.fail("json.unknown-word", {"没有这个权限", "there is no such permission"});
}

}  // namespace jinyue
