// One call of an endpoint: who asks, for what, and what he may see.
#pragma once

#include <memory>

#include "bpmn/command.h"
#include "http/message.h"
#include "identity/caller.h"
#include "store/row_scope.h"

namespace jinyue::api {

class Gate;

class Call {
 public:
  Call(const http::Request& of, const Gate& gate, identity::Permission permission)
      : request(of), gate_(gate), permission_(permission) {}

  const http::Request& request;
  Instant now;
  std::shared_ptr<const identity::Caller> caller;   ///< null when nobody is signed in
  std::string key;                                  ///< Idempotency-Key; empty on reads
  std::int64_t fingerprint = 0;                     ///< of the request, when it has a key
  std::optional<std::int64_t> expected_version;     ///< of If-Match
  std::optional<std::chrono::seconds> retry_after;  ///< for a refusal that says when to come again
  bool repeated = false;                            ///< the key had been used: only the answer is wanted

  /// Whether the caller has the endpoint's permission for the thing. What he may not know of is answered as
  /// if it did not exist.
  bool may(const identity::RowPlace& place);
  /// The rows that the endpoint's permission reaches, as a list of cases, tasks or incidents filters.
  store::RowScope rows();
  /// The same for other kinds of rows.
  identity::RowScope scope();
  /// The rows that another permission reaches; says nothing about the endpoint's own.
  store::RowScope rowsFor(identity::Permission permission) const;
  /// Says that the thing was found to be in reach in another way (his own task, his own account).
  void foundInReach() { asked_ = true; }
  /// Whether the scope has been asked for.
  bool hasAsked() const { return asked_; }

  http::Language language() const { return request.language; }
  /// The caller as the engine knows him; there must be one.
  bpmn::Actor actor() const;

 private:
  const Gate& gate_;
  identity::Permission permission_;
  bool asked_ = false;
};

}  // namespace jinyue::api
