#include "http/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace jinyue::http {

RateLimiter::RateLimiter(double per_second, double burst, std::size_t max_keys)
    : per_second_(per_second), burst_(std::max(burst, 1.0)), max_keys_(max_keys) {}

Millis RateLimiter::take(std::string_view key, Instant now) {
  if (per_second_ <= 0) return Millis{0};
  auto found = buckets_.find(key);
  if (found == buckets_.end()) {
    if (buckets_.size() >= max_keys_) {
      forgetRested(now);
      // Still full: more addresses at work than we can remember. Forgetting all is fairer than refusing all.
      if (buckets_.size() >= max_keys_) buckets_.clear();
    }
    found = buckets_.emplace(std::string{key}, Bucket{burst_, now}).first;
  }
  Bucket& bucket = found->second;
  const double seconds = std::max(0.0, std::chrono::duration<double>(now - bucket.at).count());
  bucket.tokens = std::min(burst_, bucket.tokens + seconds * per_second_);
  bucket.at = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return Millis{0};
  }
  return Millis{static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / per_second_ * 1000))};
}

void RateLimiter::forgetRested(Instant now) {
  std::erase_if(buckets_, [&](const auto& entry) {
    const Bucket& bucket = entry.second;
    return bucket.tokens + std::chrono::duration<double>(now - bucket.at).count() * per_second_ >= burst_;
  });
}

std::string rateKeyOf(std::string_view address) {
  const auto colon = address.find(':');
  if (colon == std::string_view::npos) return std::string{address};
  if (address.starts_with("::ffff:") && address.contains('.')) return std::string{address.substr(7)};
  // An address as the system prints it: at most one "::". The first four groups of it.
  std::string groups;
  int count = 0;
  for (std::string_view rest = address; count < 4 && !rest.empty(); ++count) {
    const auto end = std::min(rest.find(':'), rest.size());
    if (end == 0) break;  // "::": the rest of the network part is zeros, or nearly so
    groups += rest.substr(0, end);
    groups += ':';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return groups + "/64";
}

}  // namespace jinyue::http
