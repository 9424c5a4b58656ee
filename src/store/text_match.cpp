#include "store/text_match.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "base/text.h"
#include "ledger/hash.h"
#include "store/check.h"

namespace jinyue::store {
namespace {

/// A column's value as a token. Values may hold anything, so it is their hash: 128 bits.
std::string columnToken(char column, std::string_view value) {
  const ledger::Hash hash = ledger::Hasher(ledger::HashAlgorithm::sha256).plain(value);
  return fmt::format("_{}{}", column, jinyue::toHex(hash.view().substr(0, 16)));
}

std::string bucketToken(std::int64_t bucket) { return fmt::format("_b{}", bucket); }

std::string kindToken(TextKind kind) { return fmt::format("_k{}", static_cast<int>(kind)); }

/// One expression; the parts of an AND or OR are added one after the other.
class Writer {
 public:
  explicit Writer(MatchDialect dialect) : dialect_(dialect) {}

  std::string term(const TextTerm& term) const {
    if (dialect_ == MatchDialect::fts5) return '"' + term.token + (term.prefix ? "\" *" : "\"");
    return '\'' + term.token + (term.prefix ? "':*" : "'");
  }
  std::string all(const std::vector<std::string>& parts) const {
    return joined(parts, dialect_ == MatchDialect::fts5 ? " AND " : " & ");
  }
  std::string any(const std::vector<std::string>& parts) const {
    return joined(parts, dialect_ == MatchDialect::fts5 ? " OR " : " | ");
  }

 private:
  static std::string joined(const std::vector<std::string>& parts, std::string_view by) {
    if (parts.size() == 1) return parts.front();
    return fmt::format("({})", fmt::join(parts, by));
  }

  MatchDialect dialect_;
};

std::string wayOf(const TextWay& way, const Writer& writer) {
  std::vector<std::string> tokens;
  for (const TextTerm& term : way) tokens.push_back(writer.term(term));
  return writer.all(tokens);
}

std::string wordOf(const TextWord& word, const Writer& writer) {
  std::vector<std::string> ways;
  for (const TextWay& way : word) ways.push_back(wayOf(way, writer));
  return writer.any(ways);
}

/// The lists of a scope; none when it is everything.
std::vector<std::string> listsOf(const TextScope& scope, const Writer& writer) {
  std::vector<std::string> lists;
  const auto add = [&](const auto& values, auto tokenOf) {
    if (values.empty()) return;
    std::vector<std::string> tokens;
    for (const auto& value : values) tokens.push_back(writer.term({tokenOf(value)}));
    lists.push_back(writer.any(tokens));
  };
  add(scope.kinds, kindToken);
  if (!scope.statuses.empty()) lists.push_back(writer.term({kindToken(TextKind::matter)}));
  add(scope.processes, [](const std::string& value) { return columnToken('p', value); });
  add(scope.areas, [](const std::string& value) { return columnToken('a', value); });
  add(scope.units, [](const std::string& value) { return columnToken('u', value); });
  add(scope.parties, [](const std::string& value) { return columnToken('f', value); });
  return lists;
}

template <class T>
bool has(const std::vector<T>& list, const T& value) {
  return list.empty() || std::ranges::find(list, value) != list.end();
}

bool isTokenByte(char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
         (static_cast<unsigned char>(byte) & 0x80U) != 0;
}

void checkToken(std::string_view token) {
  constexpr std::size_t longest = 200;
  const std::string_view letters =
      token.starts_with("_h") || token.starts_with("_i") ? token.substr(2) : token;
  if (letters.empty() || token.size() > longest || !std::ranges::all_of(letters, isTokenByte)) {
    throw std::invalid_argument(fmt::format("store: not a token of a text: '{}'", token));
  }
}

}  // namespace

std::string indexedTokens(const TextRow& row) {
  std::string tokens = row.tokens;
  const auto add = [&](const std::string& token) {
    if (!tokens.empty()) tokens += ' ';
    tokens += token;
  };
  add(kindToken(row.kind));
  add(bucketToken(row.id >> bucket_bits));
  if (!row.process.empty()) add(columnToken('p', row.process));
  if (!row.area.empty()) add(columnToken('a', row.area));
  if (!row.unit.empty()) add(columnToken('u', row.unit));
  if (!row.party.empty()) add(columnToken('f', row.party));
  return tokens;
}

std::string matchOf(const TextQuery& query, MatchDialect dialect, std::optional<Buckets> buckets) {
  if (query.words.empty() || query.scope.empty()) return {};
  const Writer writer(dialect);
  std::vector<std::string> parts;
  for (const TextWord& word : query.words) parts.push_back(wordOf(word, writer));
  std::ranges::copy(listsOf(query.filter, writer), std::back_inserter(parts));
  std::vector<std::string> alternatives;
  bool is_everything = false;
  for (const TextScope& scope : query.scope) {
    const auto lists = listsOf(scope, writer);
    is_everything = is_everything || lists.empty();
    if (!lists.empty()) alternatives.push_back(writer.all(lists));
  }
  if (!is_everything) parts.push_back(writer.any(alternatives));
  if (buckets) {
    std::vector<std::string> tokens;
    for (auto bucket = buckets->first; bucket <= buckets->last; ++bucket)
      tokens.push_back(writer.term({bucketToken(bucket)}));
    parts.push_back(writer.any(tokens));
  }
  return writer.all(parts);
}

std::optional<CaseStatus> onlyStatus(const TextQuery& query) {
  if (query.status || query.scope.empty()) return query.status;
  const auto& first = query.scope.front().statuses;
  const bool alike = first.size() == 1 && std::ranges::all_of(query.scope, [&](const TextScope& scope) {
                       return scope.statuses == first;
                     });
  return alike ? std::optional{first.front()} : std::nullopt;
}

bool asksForStatus(const TextQuery& query) {
  const auto only = onlyStatus(query);
  return std::ranges::any_of(query.scope, [&](const TextScope& scope) {
    return !scope.statuses.empty() && !(only && has(scope.statuses, *only));
  });
}

bool isInScope(const TextQuery& query, const TextRow& row) {
  return std::ranges::any_of(query.scope, [&](const TextScope& scope) {
    return has(scope.kinds, row.kind) && has(scope.processes, row.process) && has(scope.areas, row.area) &&
           has(scope.units, row.unit) && has(scope.parties, row.party) &&
           (scope.statuses.empty() || (row.kind == TextKind::matter && has(scope.statuses, row.status)));
  });
}

void checkTextRow(const TextRow& row) {
  for (const std::string* text :
       {&row.process, &row.area, &row.unit, &row.party, &row.title, &row.names, &row.text, &row.tokens}) {
    checkText(*text, "a text of a text row");
  }
  for (std::string_view rest = row.tokens; !rest.empty();) {
    const auto end = rest.find(' ');
    checkToken(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
}

void checkTextQuery(const TextQuery& query) {
  for (const TextWord& word : query.words) {
    if (word.empty()) throw std::invalid_argument("store: a word without a way to find it");
    for (const TextWay& way : word) {
      if (way.empty()) throw std::invalid_argument("store: a way to find a word without tokens");
      for (const TextTerm& term : way) {
        checkToken(term.token);
        if (term.prefix && countCodePoints(term.token) != 1)
          throw std::invalid_argument("store: a beginning of more than one character");
      }
    }
  }
}

}  // namespace jinyue::store
