// Problems as RFC 9457 documents in the caller's language, and the one table that maps them to statuses.
#pragma once

#include "base/problem.h"
#include "http/message.h"

namespace jinyue::http {

/// invalid 422, forbidden 403, not_found 404, conflict 409, unavailable 503; and 400 for what is not even
/// readable: the codes "json.syntax" and "request.…".
int statusOf(const Problem& problem);

/// application/problem+json: type, title, status, detail, instance (urn:jinyue:request:<id>), code, where,
/// causes. status overrides the table. 429 and 503 get Retry-After: 1 unless the caller sets another.
Response problem(const Problem& problem, const Request& request, std::optional<int> status = {});
/// The same before there is a request, or without one.
Response problem(const Problem& problem, Language language, std::string_view request_id,
                 std::optional<int> status = {});

/// A Problem that carries the status of the protocol with it: 405, 408, 413, 414, 429, 431, 501, 504, 505.
struct ProtocolProblem {
  int status = 400;
  Problem problem;
};
/// The words for a status that the server itself answers; 500 says nothing about the cause.
Problem problemOf(int status);

}  // namespace jinyue::http
