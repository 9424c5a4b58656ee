// What an account may be allowed to do: a closed list of words.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/json_read.h"

namespace jinyue::identity {

enum class Permission : std::uint8_t {
  case_start,
  case_read,
  task_work,
  task_assign,
  case_supervise,
  incident_repair,
  personal_read,
  register_read,
  register_propose,
  register_approve,
  register_publish,
  account_manage,
  role_grant,
  audit_read,
  pack_deploy,
  system_read,
  notice_read,
  search_read,
  figure_read,
  report_draft,
  report_publish,
  message_send,
};
inline constexpr std::size_t permission_count = 22;

/// "case.start", as it stands in roles.json and in the API.
std::string_view wordOf(Permission permission);
std::optional<Permission> permissionOf(std::string_view word);
/// All of them, in the order of the list above.
std::span<const Permission> allPermissions();

class PermissionSet {
 public:
  void add(Permission permission) { bits_.set(static_cast<std::size_t>(permission)); }
  bool has(Permission permission) const { return bits_.test(static_cast<std::size_t>(permission)); }
  bool operator==(const PermissionSet&) const = default;

 private:
  std::bitset<permission_count> bits_;
};

}  // namespace jinyue::identity

template <>
struct jinyue::JsonCodec<jinyue::identity::Permission> {
  static void write(std::string& out, identity::Permission permission) {
    appendJsonString(out, identity::wordOf(permission));
  }
  static bool read(JsonReader& in, simdjson::ondemand::value json, identity::Permission& permission);
};
