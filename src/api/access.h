// Who may use an endpoint. Every endpoint has a rule; one without can't be registered.
#pragma once

#include "identity/permission.h"

namespace jinyue::api {

/// What the scope of a grant is compared with.
enum class Reach {
  nothing,  ///< having the permission anywhere is enough: what is shown belongs to no unit, area or pack
  rows,     ///< the scope goes into the query of a list: what lies outside is not there
  thing,    ///< the unit, area, pack and party of the one thing that is named; outside it is not found
};

/// Made by the functions below only.
class AccessRule {
 public:
  enum class Kind { open, signed_in, permission };

  Kind kind() const { return kind_; }
  /// Means nothing for the other kinds.
  identity::Permission permission() const { return permission_; }
  Reach reach() const { return reach_; }

 private:
  friend AccessRule anyone();
  friend AccessRule signedIn();
  friend AccessRule needs(identity::Permission permission, Reach reach);
  AccessRule(Kind kind, identity::Permission permission, Reach reach)
      : kind_(kind), permission_(permission), reach_(reach) {}
  Kind kind_;
  identity::Permission permission_;
  Reach reach_;
};

/// Whoever comes, signed in or not.
inline AccessRule anyone() { return {AccessRule::Kind::open, {}, Reach::nothing}; }
/// Whoever is signed in, about what is his own.
inline AccessRule signedIn() { return {AccessRule::Kind::signed_in, {}, Reach::nothing}; }
/// A grant with the permission. Handlers of endpoints that reach rows or a thing must ask the call for the
/// scope (Call::rows, Call::may): an answer without that is held back as a fault.
inline AccessRule needs(identity::Permission permission, Reach reach) {
  return {AccessRule::Kind::permission, permission, reach};
}

}  // namespace jinyue::api
