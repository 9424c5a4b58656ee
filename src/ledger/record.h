// A record: what happened to a case, by whom and when. Its canonical bytes are a leaf of the log.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/time.h"

namespace jinyue::ledger {

struct Record {
  std::int64_t case_id = 0;   ///< 0 or more
  std::int64_t position = 0;  ///< in the case, from 1 without gaps
  std::string kind;
  std::string actor;
  Instant at;         ///< years 0000 to 9999
  std::string model;  ///< name and version of the model that the case ran on
  std::string body;   ///< text of a JSON object with no white space between tokens; kept byte for byte
  bool operator==(const Record&) const = default;
};

/// The canonical bytes: {"actor":…,"at":…,"body":{…},"case":…,"kind":…,"model":…,"position":…} with no white
/// space. Throws std::invalid_argument for a record that has no such form (see the members above; texts must
/// be UTF-8, the body may nest 64 deep).
std::string encodeRecord(const Record& record);

/// Refuses whatever encodeRecord would not have written: encodeRecord(*decodeRecord(x)) == x.
Result<Record> decodeRecord(std::string_view bytes);

}  // namespace jinyue::ledger
