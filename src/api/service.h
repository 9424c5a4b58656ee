// Puts the endpoints behind a router: identify, authorise, decode, guard against repeats, call, encode.
#pragma once

#include "api/endpoint.h"
#include "api/gate.h"
#include "api/keyed_store.h"
#include "http/rate_limit.h"
#include "ledger/digest.h"

namespace jinyue::api {

struct ServiceParts {
  Gate& gate;
  KeyedStore& store;
  const ledger::PersonalDigester& digester;
  NowFn now = systemNow;
  /// A fault of ours that the client is told nothing about.
  std::function<void(std::string_view request_id, std::string_view what)> fault;
  http::RateLimiter account_rate{0, 1};  ///< what one account may ask for; the address has its own limit
};

/// Adds every endpoint below /api/v1. What is passed must outlive the router.
void mount(const Endpoints& endpoints, http::Router& router, const ServiceParts& parts);

/// The status of a problem of the interface.
int statusOf(const Problem& problem);

}  // namespace jinyue::api
