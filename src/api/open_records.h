// What anyone may look at without signing in: cases with their clocks and records, the signed head of the
// log, and the proof of each record. Personal data can't be seen here: the pages are made from records, which
// hold digests of it.
#pragma once

#include <memory>

#include "calendar/calendar.h"
#include "casework/definitions.h"
#include "casework/seal.h"
#include "http/router.h"
#include "store/store.h"

namespace jinyue::api {

/// Adds: GET /cases (newest cases), /cases/{id}, /log/head, /log/proofs/{sequence}, /style.css, /healthz and
/// /readyz. What is passed must outlive the router.
void addOpenRecords(http::Router& router, store::Store& store, casework::Definitions& definitions,
                    const casework::Seal& seal, std::shared_ptr<const calendar::Calendar> calendar,
                    NowFn now);

}  // namespace jinyue::api
