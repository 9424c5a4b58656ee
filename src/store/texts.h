// What full text search keeps of a case, a register entry or a guide, and how it is asked for. The words of a
// text are made elsewhere (search/tokens.h); here they are opaque.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.h"

namespace jinyue::store {

enum class CaseStatus : std::int8_t;

/// What is found: a case, an entry of a register, a guide to a service item.
enum class TextKind : std::int8_t { matter = 0, entry = 1, guide = 2 };
BOOST_DESCRIBE_ENUM(TextKind, matter, entry, guide)

/// One row for each thing that can be found. A put with the words that are there already costs little: only
/// the other columns are written.
struct TextRow {
  std::int64_t id = 0;  ///< from Store::reserveCaseIds, of one number space for all kinds; newest is largest
  TextKind kind = TextKind::matter;
  std::string process = {};  ///< process id of a case, register of an entry, pack of a guide
  std::string area = {};     ///< may be empty, as may unit and party
  std::string unit = {};
  std::string party = {};  ///< whose matter it is; Vault::lookup of a person or firm
  CaseStatus status{};
  Instant at = {};          ///< when it was opened or came into force; shown, not what orders
  std::string title = {};   ///< shown
  std::string names = {};   ///< of people, firms and items, one a line; also found by pinyin initials
  std::string text = {};    ///< what else is searched; shown as a snippet, so nothing secret
  std::string tokens = {};  ///< search::tokensOf(row, lookups); empty in what a search gives
  bool operator==(const TextRow&) const = default;
};

/// A token that a row must have, or how one of its tokens begins.
struct TextTerm {
  std::string token = {};
  bool prefix = false;  ///< the token is one character
  bool operator==(const TextTerm&) const = default;
};
using TextWay = std::vector<TextTerm>;  ///< all of these tokens
using TextWord = std::vector<TextWay>;  ///< any of these ways

/// Rows by their columns. An empty list leaves its column free; of any other the row must have one value.
struct TextScope {
  std::vector<TextKind> kinds = {};
  std::vector<std::string> processes = {};
  std::vector<std::string> areas = {};
  std::vector<std::string> units = {};
  std::vector<std::string> parties = {};
  std::vector<CaseStatus> statuses = {};  ///< of cases; other rows have none
  bool operator==(const TextScope&) const = default;
};

struct TextQuery {
  std::vector<TextWord> words = {};  ///< all of them; without any, nothing is found
  /// What the caller may see: rows that are in one of these. Without any, nothing is found; TextScope{} is
  /// everything.
  std::vector<TextScope> scope = {};
  TextScope filter = {};                  ///< narrows further
  std::optional<CaseStatus> status = {};  ///< narrows further
};

}  // namespace jinyue::store
