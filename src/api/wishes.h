// Commands on cases as clients send them, one by one or many at once. Each is checked against the caller's
// own rights and handed to the engine.
#pragma once

#include "api/case_start.h"

namespace jinyue::api {

struct ClaimTask {
  static constexpr std::string_view json_type = "claim-task";
  std::int64_t case_id = 0;
  std::int32_t task = 0;
};
struct ReleaseTask {
  static constexpr std::string_view json_type = "release-task";
  std::int64_t case_id = 0;
  std::int32_t task = 0;
};
struct AssignTask {
  static constexpr std::string_view json_type = "assign-task";
  std::int64_t case_id = 0;
  std::int32_t task = 0;
  std::int64_t to = 0;  ///< account
  std::string reason;
};
struct CompleteTask {
  static constexpr std::string_view json_type = "complete-task";
  std::int64_t case_id = 0;
  std::int32_t task = 0;
  PlainObject answers;
};
struct CommentOnCase {
  static constexpr std::string_view json_type = "comment";
  std::int64_t case_id = 0;
  std::optional<std::int32_t> task;
  std::string text;
};
struct CancelCase {
  static constexpr std::string_view json_type = "cancel-case";
  std::int64_t case_id = 0;
  std::string reason;
};
struct PauseClock {
  static constexpr std::string_view json_type = "pause-clock";
  std::int64_t case_id = 0;
  std::int32_t element = 0;
  std::string reason;
};
struct ResumeClock {
  static constexpr std::string_view json_type = "resume-clock";
  std::int64_t case_id = 0;
  std::int32_t element = 0;
};
struct ExtendClock {
  static constexpr std::string_view json_type = "extend-clock";
  std::int64_t case_id = 0;
  std::int32_t element = 0;
  std::int32_t amount = 0;
  std::string reason;
  std::int64_t approved_by = 0;  ///< account
};
struct SetVariables {
  static constexpr std::string_view json_type = "set-variables";
  std::int64_t case_id = 0;
  std::int32_t scope = 0;
  PlainObject variables;
  std::string reason;
};
struct MoveToken {
  static constexpr std::string_view json_type = "move-token";
  std::int64_t case_id = 0;
  std::int32_t from = 0;
  std::string to;
  std::string reason;
};
struct RetryIncident {
  static constexpr std::string_view json_type = "retry-incident";
  std::int64_t case_id = 0;
  std::int32_t incident = 0;
};
struct ResolveIncident {
  static constexpr std::string_view json_type = "resolve-incident";
  std::int64_t case_id = 0;
  std::int32_t incident = 0;
  PlainObject variables;
  std::string reason;
};

using Wish =
    std::variant<ClaimTask, ReleaseTask, AssignTask, CompleteTask, CommentOnCase, CancelCase, PauseClock,
                 ResumeClock, ExtendClock, SetVariables, MoveToken, RetryIncident, ResolveIncident>;

BOOST_DESCRIBE_STRUCT(ClaimTask, (), (case_id, task))
BOOST_DESCRIBE_STRUCT(ReleaseTask, (), (case_id, task))
BOOST_DESCRIBE_STRUCT(AssignTask, (), (case_id, task, to, reason))
BOOST_DESCRIBE_STRUCT(CompleteTask, (), (case_id, task, answers))
BOOST_DESCRIBE_STRUCT(CommentOnCase, (), (case_id, task, text))
BOOST_DESCRIBE_STRUCT(CancelCase, (), (case_id, reason))
BOOST_DESCRIBE_STRUCT(PauseClock, (), (case_id, element, reason))
BOOST_DESCRIBE_STRUCT(ResumeClock, (), (case_id, element))
BOOST_DESCRIBE_STRUCT(ExtendClock, (), (case_id, element, amount, reason, approved_by))
BOOST_DESCRIBE_STRUCT(SetVariables, (), (case_id, scope, variables, reason))
BOOST_DESCRIBE_STRUCT(MoveToken, (), (case_id, from, to, reason))
BOOST_DESCRIBE_STRUCT(RetryIncident, (), (case_id, incident))
BOOST_DESCRIBE_STRUCT(ResolveIncident, (), (case_id, incident, variables, reason))

/// The permission that a wish takes.
identity::Permission permissionFor(const Wish& wish);

/// The engine's request for a wish, or why this caller may not have it. What is out of his reach is answered
/// as if it were not there. `key` is the idempotency key.
Result<casework::Request> requestFor(const Rooms& rooms, const Call& call, const Wish& wish, std::string key);

/// The whole way of one wish: an endpoint's handler.
void carryOut(const Rooms& rooms, Call& call, const Wish& wish, const Done<CaseStep>& done);

Problem unknownTask(std::int64_t case_id, std::int32_t number);

}  // namespace jinyue::api
