// Text as OpenSSL takes it. Internal to the room.
#pragma once

#include <string>
#include <string_view>

namespace jinyue::ledger {

inline const unsigned char* bytesOf(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

inline unsigned char* bytesOf(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace jinyue::ledger
