// The status line and the fields of an answer as bytes.
#pragma once

#include "http/server_core.h"

namespace jinyue::http {

std::string_view reasonOf(int status);

struct HeadFacts {
  const Server::Core& core;
  bool close = false;
  bool http10 = false;
  bool secure = false;
  bool chunked = false;
  std::optional<std::uint64_t> length = {};
  std::string_view request_id = {};
};

/// What the handler says of framing, date and connection is left out: the server knows better.
void writeHead(std::string& out, const Response& response, const HeadFacts& facts);

}  // namespace jinyue::http
