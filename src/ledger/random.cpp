#include "ledger/random.h"

#include <stdexcept>

#include <openssl/rand.h>

namespace jinyue::ledger {

std::string randomBytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_priv_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1) {
    throw std::runtime_error("OpenSSL has no random numbers");
  }
  return bytes;
}

}  // namespace jinyue::ledger
