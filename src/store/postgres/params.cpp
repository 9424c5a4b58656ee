#include "store/postgres/params.h"

#include <bit>
#include <cstring>

namespace jinyue::store::postgres {
namespace {

static_assert(std::endian::native == std::endian::little);

template <class T>
void appendBigEndian(std::string& out, T value) {
  value = std::byteswap(value);
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

}  // namespace

void Params::appendInt32(std::string& out, std::int32_t value) { appendBigEndian(out, value); }

void Params::appendInt64(std::string& out, std::int64_t value) { appendBigEndian(out, value); }

void Params::patchLength(std::string& out, std::size_t at) {
  const auto length = std::byteswap(static_cast<std::int32_t>(out.size() - at - 4));
  std::memcpy(out.data() + at, &length, sizeof length);
}

}  // namespace jinyue::store::postgres
