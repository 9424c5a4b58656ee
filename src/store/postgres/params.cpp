#include "store/postgres/params.h"

#include "store/postgres/binary.h"

namespace jinyue::store::postgres {

Params& Params::add(const SqlValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return add(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return add(*text);
  if (const auto* blob = std::get_if<Blob>(&value)) return add(Bytes{blob->bytes});
  values_.emplace_back();
  null_.push_back(true);
  types_.push_back(0);
  return *this;
}

void Params::appendInt32(std::string& out, std::int32_t value) { appendBigEndian(out, value); }

void Params::appendInt64(std::string& out, std::int64_t value) { appendBigEndian(out, value); }

void Params::patchLength(std::string& out, std::size_t at) {
  const auto length = std::byteswap(static_cast<std::int32_t>(out.size() - at - 4));
  std::memcpy(out.data() + at, &length, sizeof length);
}

}  // namespace jinyue::store::postgres
