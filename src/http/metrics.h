// Counters, gauges and histograms in the text form of Prometheus (exposition format 0.0.4). Made here rather
// than taken from prometheus-cpp: that library's registry locks on every look-up and brings a server of its
// own.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/reply.h"

namespace jinyue::http {

class Counter {
 public:
  void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

class Gauge {
 public:
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  void add(std::int64_t n) { value_.fetch_add(n, std::memory_order_relaxed); }
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_ = 0;
};

/// Times, in buckets from 0.5 ms to 10 s.
class Histogram {
 public:
  static constexpr std::array<std::int64_t, 13> bounds_us{500,       1'000,     2'500,     5'000,   10'000,
                                                          25'000,    50'000,    100'000,   250'000, 1'000'000,
                                                          2'500'000, 5'000'000, 10'000'000};
  void observe(std::chrono::microseconds time);

 private:
  friend class Metrics;
  std::array<std::atomic<std::uint64_t>, bounds_us.size() + 1> buckets_{};
  std::atomic<std::uint64_t> sum_us_ = 0;
};

using Labels = std::vector<std::pair<std::string, std::string>>;

/// Thread-safe; what it hands out lives as long as it does. Asking again for the same name and labels gives
/// the same thing. Labels must come from a small set (a route's template, never a path).
class Metrics {
 public:
  Counter& counter(std::string_view name, std::string_view help, const Labels& labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, const Labels& labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, const Labels& labels = {});
  /// A value that is read when somebody asks.
  void gauge(std::string_view name, std::string_view help, const Labels& labels,
             std::function<double()> read);

  std::string text() const;

 private:
  struct Family {
    std::string help;
    std::string type;
    std::map<std::string, std::unique_ptr<Counter>> counters;
    std::map<std::string, std::unique_ptr<Gauge>> gauges;
    std::map<std::string, std::unique_ptr<Histogram>> histograms;
    std::map<std::string, std::function<double()>> readers;
  };
  Family& family(std::string_view name, std::string_view help, std::string_view type);

  mutable std::mutex mutex_;
  std::map<std::string, Family, std::less<>> families_;
};

/// GET /metrics. Whom it answers is the caller's business; the numbers say how busy the city's office is.
Handler metricsHandler(std::shared_ptr<const Metrics> metrics);

}  // namespace jinyue::http
