// One entry for each answered request, and one line of JSON for each entry.
#pragma once

#include "http/message.h"

namespace jinyue::http {

/// The query is not in it: it may hold names and numbers of people.
struct AccessEntry {
  Instant time;
  std::string_view request_id;
  std::string_view remote_address;
  std::string_view method;
  std::string_view path;
  std::string_view route;
  int status = 0;
  std::uint64_t bytes_in = 0;   ///< of the body
  std::uint64_t bytes_out = 0;  ///< of the body
  std::chrono::microseconds took{0};
  bool slow = false;
  std::string_view refused;  ///< the code of the problem, when the server itself refused
};

std::string toJsonLine(const AccessEntry& entry);

/// Where the server reports to. Both are called on the I/O thread or a worker and must not block for long.
struct ServerLog {
  std::function<void(const AccessEntry&)> access;
  /// A fault of ours: what went wrong, and in which request (may be empty).
  std::function<void(std::string_view request_id, std::string_view what)> fault;
};

}  // namespace jinyue::http
