// What the engine is asked and what it answers.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/problem.h"
#include "bpmn/command.h"
#include "store/store.h"

namespace jinyue::casework {

using store::CaseId;
using store::ElementKey;

/// Rows of another room that a command takes with it (attachments that it carries into the case): asked for
/// each time the command is stepped, with the place of its record. May refuse the command. Called on an
/// engine's thread, so it must be quick.
using BesideFn =
    std::function<Result<std::vector<store::Statement>>(CaseId case_id, std::int64_t position, Instant at)>;

/// One command for one case.
struct Request {
  std::optional<CaseId> case_id;  ///< empty for Start
  std::int64_t definition = 0;    ///< Start only: the deployed definition to run on
  bpmn::Command command;
  bpmn::Actor actor;
  /// Idempotency key, 1 to 64 bytes, or empty: the same key of the same actor gives the first reply again,
  /// also after a crash. Time-ordered keys (UUIDv7) keep its index small.
  std::string key;
  /// Of what the client sent, to tell a repeated request from another one under the same key; empty: of the
  /// command.
  std::optional<std::int64_t> fingerprint = {};
  /// The case must be at this version, else "case.changed".
  std::optional<std::int64_t> expected_version = {};
  BesideFn beside = {};
};

/// The command is durable, visible and found.
struct Reply {
  CaseId case_id = 0;
  std::int64_t position = 0;  ///< of its record in the case; the version of the case after it
  bool repeated = false;      ///< the key had been used: this is the first reply
  bool operator==(const Reply&) const = default;
};

using ReplyFn = std::function<void(Result<Reply>)>;

}  // namespace jinyue::casework
