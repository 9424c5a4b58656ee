// Token buckets, one per key: so many at once, so many a second in the mean.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"

namespace jinyue::http {

/// Not thread-safe. Remembers only keys that are not at rest, and no more than max_keys of them.
class RateLimiter {
 public:
  /// per_second 0: no limit.
  RateLimiter(double per_second, double burst, std::size_t max_keys = 100'000);

  /// Takes one token; zero when there was one, else how long to wait for the next.
  Millis take(std::string_view key, Instant now);
  /// Forgets the keys whose bucket is full again; call now and then.
  void forgetRested(Instant now);
  std::size_t size() const { return buckets_.size(); }

 private:
  struct Bucket {
    double tokens;
    Instant at;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  double per_second_;
  double burst_;
  std::size_t max_keys_;
  std::unordered_map<std::string, Bucket, Hash, std::equal_to<>> buckets_;
};

/// The key for an address: an IPv4 address itself, of IPv6 the /64, since one client has all of it.
std::string rateKeyOf(std::string_view address);

}  // namespace jinyue::http
