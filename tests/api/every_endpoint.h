// A request for every endpoint, made from the OpenAPI document.
#pragma once

#include "api/endpoint.h"
#include "api/served_city.h"

namespace jinyue::api::test {

struct Wanted {
  std::string method;
  std::string path;
  Sent sent;
};

/// A request that an endpoint understands; numbers in its path are `number`, words are `word`.
Wanted requestFor(const ServedCity& city, const Endpoint& endpoint, const std::string& number,
                  const std::string& word);

Answer send(Person& person, const Wanted& wanted);

/// Endpoints whose answer would end the session or the account of who calls them, or never ends.
bool isSpecial(const Endpoint& endpoint);

}  // namespace jinyue::api::test
