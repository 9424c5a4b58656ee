// Commands on cases as clients send them, one by one or many at once. Each is checked against the caller's
// own rights and handed to the engine.
#pragma once

#include "api/case_start.h"

namespace jinyue::api {

/// What all of them say first: which case, or which of its tasks.
struct OfCase {
  std::int64_t case_id = 0;
};
struct OfTask {
  std::int64_t case_id = 0;
  std::int32_t task = 0;
};
BOOST_DESCRIBE_STRUCT(OfCase, (), (case_id))
BOOST_DESCRIBE_STRUCT(OfTask, (), (case_id, task))

struct ClaimTask : OfTask {
  static constexpr std::string_view json_type = "claim-task";
};
struct ReleaseTask : OfTask {
  static constexpr std::string_view json_type = "release-task";
};
struct AssignTask : OfTask {
  static constexpr std::string_view json_type = "assign-task";
  std::int64_t to = 0;  ///< account
  std::string reason;
};
struct CompleteTask : OfTask {
  static constexpr std::string_view json_type = "complete-task";
  PlainObject answers;
};
struct CommentOnCase : OfCase {
  static constexpr std::string_view json_type = "comment";
  std::optional<std::int32_t> task;
  std::string text;
};
struct CancelCase : OfCase {
  static constexpr std::string_view json_type = "cancel-case";
  std::string reason;
};
struct PauseClock : OfCase {
  static constexpr std::string_view json_type = "pause-clock";
  std::int32_t element = 0;
  std::string reason;
};
struct ResumeClock : OfCase {
  static constexpr std::string_view json_type = "resume-clock";
  std::int32_t element = 0;
};
struct ExtendClock : OfCase {
  static constexpr std::string_view json_type = "extend-clock";
  std::int32_t element = 0;
  std::int32_t amount = 0;
  std::string reason;
  std::int64_t approved_by = 0;  ///< account
};
struct SetVariables : OfCase {
  static constexpr std::string_view json_type = "set-variables";
  std::int32_t scope = 0;
  PlainObject variables;
  std::string reason;
};
struct MoveToken : OfCase {
  static constexpr std::string_view json_type = "move-token";
  std::int32_t from = 0;
  std::string to;
  std::string reason;
};
struct RetryIncident : OfCase {
  static constexpr std::string_view json_type = "retry-incident";
  std::int32_t incident = 0;
};
struct ResolveIncident : OfCase {
  static constexpr std::string_view json_type = "resolve-incident";
  std::int32_t incident = 0;
  PlainObject variables;
  std::string reason;
};

using Wish =
    std::variant<ClaimTask, ReleaseTask, AssignTask, CompleteTask, CommentOnCase, CancelCase, PauseClock,
                 ResumeClock, ExtendClock, SetVariables, MoveToken, RetryIncident, ResolveIncident>;

BOOST_DESCRIBE_STRUCT(ClaimTask, (OfTask), ())
BOOST_DESCRIBE_STRUCT(ReleaseTask, (OfTask), ())
BOOST_DESCRIBE_STRUCT(AssignTask, (OfTask), (to, reason))
BOOST_DESCRIBE_STRUCT(CompleteTask, (OfTask), (answers))
BOOST_DESCRIBE_STRUCT(CommentOnCase, (OfCase), (task, text))
BOOST_DESCRIBE_STRUCT(CancelCase, (OfCase), (reason))
BOOST_DESCRIBE_STRUCT(PauseClock, (OfCase), (element, reason))
BOOST_DESCRIBE_STRUCT(ResumeClock, (OfCase), (element))
BOOST_DESCRIBE_STRUCT(ExtendClock, (OfCase), (element, amount, reason, approved_by))
BOOST_DESCRIBE_STRUCT(SetVariables, (OfCase), (scope, variables, reason))
BOOST_DESCRIBE_STRUCT(MoveToken, (OfCase), (from, to, reason))
BOOST_DESCRIBE_STRUCT(RetryIncident, (OfCase), (incident))
BOOST_DESCRIBE_STRUCT(ResolveIncident, (OfCase), (incident, variables, reason))

/// The permission that a wish takes.
identity::Permission permissionFor(const Wish& wish);

/// The engine's request for a wish, or why this caller may not have it. What is out of his reach is answered
/// as if it were not there. `key` is the idempotency key.
Result<casework::Request> requestFor(const Rooms& rooms, const Call& call, const Wish& wish, std::string key);

/// The whole way of one wish: an endpoint's handler.
void carryOut(const Rooms& rooms, Call& call, const Wish& wish, const Done<CaseStep>& done);

Problem unknownTask(std::int64_t case_id, std::int32_t number);

}  // namespace jinyue::api
