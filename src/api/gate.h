// Who sent a request: its session by cookie or bearer token, and the guard against requests that another site
// makes a browser send.
#pragma once

#include "api/call.h"
#include "base/problem.h"

namespace jinyue::api {

inline constexpr std::string_view session_cookie = "jinyue_session";
inline constexpr std::string_view csrf_header = "X-CSRF-Token";

/// How a caller showed who he is.
enum class Credential { none, cookie, bearer };

struct Identified {
  std::shared_ptr<const identity::Caller> caller;  ///< null when there is no credential
  Credential credential = Credential::none;
};

/// The session token of a request, and how it came; empty when there is none. A bearer token goes before a
/// cookie.
std::pair<std::string_view, Credential> tokenOf(const http::Request& request);

class Gate {
 public:
  struct Parts {
    /// The caller behind a token; refuses one that is unknown or has ended (kind forbidden).
    std::function<Result<identity::Caller>(std::string_view token, const http::Request& request)> find;
    /// Ids of the processes that the versions of a pack have or had.
    std::function<std::vector<std::string>(const std::string& pack)> processes_of;
  };
  explicit Gate(Parts parts) : parts_(std::move(parts)) {}

  /// Refuses a credential that is not good, with a problem whose code begins with "session.".
  Result<Identified> identify(const http::Request& request) const;
  static Result<void> checkCsrf(const http::Request& request);
  /// The scope of a permission as lists of cases understand it: packs as their processes.
  store::RowScope rowsOf(const identity::RowScope& scope) const;

 private:
  Parts parts_;
};

}  // namespace jinyue::api
