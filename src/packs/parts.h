// The parts of a pack that are lists or single documents of JSON: manifest, roles, notices.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "packs/figures.h"

namespace jinyue::packs {

/// A service item (事项): what somebody can ask for. It starts a process with the answers of a form.
struct Item {
  std::string id;
  Text title;
  std::optional<Text> summary;  ///< in a line, what it is for: who chooses among items reads it
  std::string process;
  std::optional<std::string> form;
  bool operator==(const Item&) const = default;
};
BOOST_DESCRIBE_STRUCT(Item, (), (id, title, summary, process, form))

/// A service outside the pack that its processes call (jy:type), and the variables that it gives back.
struct OutsideService {
  std::string type;
  Text title;
  std::vector<std::string> gives;
  bool operator==(const OutsideService&) const = default;
};
BOOST_DESCRIBE_STRUCT(OutsideService, (), (type, title, gives))

/// A message or signal that comes from outside the pack, with the variables that it brings, or one that
/// somebody outside waits for.
enum class Way { comes, goes };
BOOST_DESCRIBE_ENUM(Way, comes, goes)
struct OutsideMessage {
  std::string name;
  Way way = Way::comes;
  Text title;
  std::vector<std::string> brings;
  bool operator==(const OutsideMessage&) const = default;
};
BOOST_DESCRIBE_STRUCT(OutsideMessage, (), (name, way, title, brings))

/// pack.json
struct Manifest {
  std::string id;       ///< name of the definition that the pack becomes: a-z, 0-9, "-"
  std::string version;  ///< for people; the store counts versions of its own
  Text title;
  Text description;
  std::vector<std::string> needs;    ///< ids of other packs
  std::vector<std::string> sources;  ///< laws, notices and other documents that it rests on
  std::string licence;               ///< of the pack's files
  std::vector<Item> items;
  std::vector<OutsideService> services;
  std::vector<OutsideMessage> messages;
  bool operator==(const Manifest&) const = default;
};
BOOST_DESCRIBE_STRUCT(Manifest, (),
                      (id, version, title, description, needs, sources, licence, items, services, messages))

/// An entry of roles.json.
struct Role {
  std::string id;
  Text title;
  std::vector<std::string> permissions;     ///< of permission_words
  std::vector<std::string> exclusive_with;  ///< roles that the same account may not have
  bool operator==(const Role&) const = default;
};
BOOST_DESCRIBE_STRUCT(Role, (), (id, title, permissions, exclusive_with))

/// What an account may be allowed to do. A role is a set of these words.
inline constexpr std::array permission_words{
    std::string_view{"case.start"},       std::string_view{"case.read"},
    std::string_view{"task.work"},        std::string_view{"task.assign"},
    std::string_view{"case.supervise"},   std::string_view{"incident.repair"},
    std::string_view{"personal.read"},    std::string_view{"register.read"},
    std::string_view{"register.propose"}, std::string_view{"register.approve"},
    std::string_view{"register.publish"}, std::string_view{"account.manage"},
    std::string_view{"role.grant"},       std::string_view{"audit.read"},
    std::string_view{"pack.deploy"},      std::string_view{"system.read"},
    std::string_view{"notice.read"},      std::string_view{"search.read"},
    std::string_view{"figure.read"},      std::string_view{"report.draft"},
    std::string_view{"report.publish"},   std::string_view{"message.send"}};

/// Roles that every city has; packs may name but not declare them.
inline constexpr std::array built_in_roles{
    std::string_view{"system-admin"}, std::string_view{"security-admin"}, std::string_view{"audit-admin"}};

}  // namespace jinyue::packs
