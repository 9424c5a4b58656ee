// Random bytes for secrets. Injected where a test must foresee them.
#pragma once

#include <functional>
#include <string>

namespace jinyue::ledger {

/// The source of `count` random bytes.
using RandomFn = std::function<std::string(std::size_t count)>;

/// From OpenSSL's private generator; throws std::runtime_error when it has none to give.
std::string randomBytes(std::size_t count);

}  // namespace jinyue::ledger
