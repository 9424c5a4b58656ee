// Numbers in PostgreSQL's binary form: big endian.
#pragma once

#include <bit>
#include <concepts>
#include <cstring>
#include <string>

namespace jinyue::store::postgres {

static_assert(std::endian::native == std::endian::little);

template <std::integral T>
void appendBigEndian(std::string& out, T value) {
  value = std::byteswap(value);
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

template <std::integral T>
T fromBigEndian(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return std::byteswap(value);
}

}  // namespace jinyue::store::postgres
