// How a text row and a search are put to an index of tokens: the columns that narrow a search are tokens,
// too, so that the index itself finds the few rows of a unit among the many that have a word.
#pragma once

#include <optional>
#include <string>

#include "store/texts.h"

namespace jinyue::store {

/// The tokens of a row with those of its columns.
std::string indexedTokens(const TextRow& row);

/// Rows whose ids begin alike, and so are of about the same age, have the token of their bucket: an index
/// that can't be read from its end on (PostgreSQL's GIN) is asked bucket by bucket.
inline constexpr int bucket_bits = 13;  ///< 8192 ids

enum class MatchDialect { fts5, tsquery };

/// A row of these buckets, from `first` to `last`.
struct Buckets {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// The search as an expression over tokens; empty when nothing can be found.
std::string matchOf(const TextQuery& query, MatchDialect dialect, std::optional<Buckets> buckets = {});

/// The one status that every row of the search must have, if there is one.
std::optional<CaseStatus> onlyStatus(const TextQuery& query);
/// Whether rows that match and have the only status must be looked at by isInScope, too: the status of a case
/// is no token, since it changes often.
bool asksForStatus(const TextQuery& query);
/// Whether one of the scopes lets the row through.
bool isInScope(const TextQuery& query, const TextRow& row);

/// Throws std::invalid_argument for rows or a query with tokens that are not of the agreed form: letters and
/// digits without ASCII capitals, or "_h" or "_i" and such; none longer than 200 bytes.
void checkTextRow(const TextRow& row);
void checkTextQuery(const TextQuery& query);

}  // namespace jinyue::store
