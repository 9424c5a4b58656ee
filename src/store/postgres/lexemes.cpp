#include "store/postgres/lexemes.h"

#include <cstdint>

#include "store/postgres/binary.h"
#include "store/store.h"

namespace jinyue::store::postgres {

std::string toLexemes(std::string_view tokens) {
  std::string lexemes;
  std::int32_t count = 0;
  while (!tokens.empty()) {
    const auto end = tokens.find(' ');
    lexemes += tokens.substr(0, end);
    lexemes += '\0';
    appendBigEndian(lexemes, std::int16_t{0});
    ++count;
    tokens = end == std::string_view::npos ? std::string_view{} : tokens.substr(end + 1);
  }
  std::string binary;
  appendBigEndian(binary, count);
  return binary + lexemes;
}

std::string fromLexemes(std::string_view binary) {
  if (binary.size() < sizeof(std::int32_t)) throw StoreFault("PostgreSQL: a tsvector without a count");
  auto count = fromBigEndian<std::int32_t>(binary.data());
  binary.remove_prefix(sizeof(std::int32_t));
  std::string tokens;
  for (; count > 0; --count) {
    const auto end = binary.find('\0');
    if (end == std::string_view::npos || binary.size() < end + 3 || binary[end + 1] != 0 ||
        binary[end + 2] != 0)
      throw StoreFault("PostgreSQL: a tsvector that is no list of tokens");
    if (!tokens.empty()) tokens += ' ';
    tokens += binary.substr(0, end);
    binary.remove_prefix(end + 3);
  }
  return tokens;
}

}  // namespace jinyue::store::postgres
