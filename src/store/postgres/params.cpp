#include "store/postgres/params.h"

#include "store/postgres/binary.h"

namespace jinyue::store::postgres {
void Params::appendInt32(std::string& out, std::int32_t value) { appendBigEndian(out, value); }

void Params::appendInt64(std::string& out, std::int64_t value) { appendBigEndian(out, value); }

void Params::patchLength(std::string& out, std::size_t at) {
  const auto length = std::byteswap(static_cast<std::int32_t>(out.size() - at - 4));
  std::memcpy(out.data() + at, &length, sizeof length);
}

}  // namespace jinyue::store::postgres
