// Entries of registers as the interface shows them, and how a caller's scope narrows them.
#pragma once

#include "api/plain_value.h"
#include "api/rooms.h"

namespace jinyue::api {

/// A version of an entry. Personal fields are masked.
struct EntryView {
  std::string key;
  std::int64_t entry = 0;
  std::int64_t number = 0;
  bool corrected = false;
  Date valid_from;
  std::optional<Date> valid_to;
  bool is_public = false;
  PlainValue body;
  std::int64_t proposal = 0;
  Instant published;
  static std::vector<About> about();
};
BOOST_DESCRIBE_STRUCT(EntryView, (),
                      (key, entry, number, corrected, valid_from, valid_to, is_public, body, proposal,
                       published))

EntryView viewOf(const registry::Registry& registry, const registry::Register& reg,
                 const registry::EntryVersion& version);
/// The fields of an entry with the personal ones masked; `sealed` are those of `whole`.
feel::Value maskedEntry(const registry::Register& reg, const feel::Value& whole);
identity::RowPlace placeOf(const registry::Register& reg, const registry::EntryVersion& version);
identity::RowPlace placeOf(const registry::Register& reg, const feel::Value& entry);
Problem unknownEntry(const std::string& key);

/// A caller's scope as a filter of entries. Refuses a scope that is for packs, parties or states alone
/// ("access.scope"): entries have none.
Result<void> narrow(registry::EntryFilter& filter, const identity::RowScope& scope);

}  // namespace jinyue::api
