#include "http/metrics.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace jinyue::http {
namespace {

/// {a="b"} with the escapes of the text form; empty without labels.
std::string labelText(const Labels& labels) {
  if (labels.empty()) return {};
  std::string out = "{";
  for (const auto& [name, value] : labels) {
    if (out.size() > 1) out += ',';
    out += name;
    out += "=\"";
    for (const char c : value) {
      if (c == '\\') out += "\\\\";
      else if (c == '"') out += "\\\"";
      else if (c == '\n') out += "\\n";
      else out += c;
    }
    out += '"';
  }
  return out + '}';
}

std::string withBound(const std::string& labels, std::string_view bound) {
  const std::string le = fmt::format("le=\"{}\"}}", bound);
  return labels.empty() ? '{' + le : labels.substr(0, labels.size() - 1) + ',' + le;
}

}  // namespace

void Histogram::observe(std::chrono::microseconds time) {
  const auto place = std::ranges::lower_bound(bounds_us, time.count()) - bounds_us.begin();
  buckets_[static_cast<std::size_t>(place)].fetch_add(1, std::memory_order_relaxed);
  sum_us_.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0)),
                    std::memory_order_relaxed);
}

Metrics::Family& Metrics::family(std::string_view name, std::string_view help, std::string_view type) {
  const auto found = families_.find(name);
  Family& family = found != families_.end() ? found->second : families_[std::string{name}];
  if (family.type.empty()) {
    family.help = help;
    family.type = type;
  }
  if (family.type != type) throw std::invalid_argument("one metric of two types: " + std::string{name});
  return family;
}

Counter& Metrics::counter(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock(mutex_);
  auto& place = family(name, help, "counter").counters[labelText(labels)];
  if (!place) place = std::make_unique<Counter>();
  return *place;
}

Gauge& Metrics::gauge(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock(mutex_);
  auto& place = family(name, help, "gauge").gauges[labelText(labels)];
  if (!place) place = std::make_unique<Gauge>();
  return *place;
}

Histogram& Metrics::histogram(std::string_view name, std::string_view help, const Labels& labels) {
  const std::lock_guard lock(mutex_);
  auto& place = family(name, help, "histogram").histograms[labelText(labels)];
  if (!place) place = std::make_unique<Histogram>();
  return *place;
}

void Metrics::gauge(std::string_view name, std::string_view help, const Labels& labels,
                    std::function<double()> read) {
  const std::lock_guard lock(mutex_);
  family(name, help, "gauge").readers[labelText(labels)] = std::move(read);
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  fmt::memory_buffer buffer;
  const auto out = std::back_inserter(buffer);
  for (const auto& [name, family] : families_) {
    fmt::format_to(out, "# HELP {} {}\n# TYPE {} {}\n", name, family.help, name, family.type);
    for (const auto& [labels, counter] : family.counters)
      fmt::format_to(out, "{}{} {}\n", name, labels, counter->value());
    for (const auto& [labels, gauge] : family.gauges)
      fmt::format_to(out, "{}{} {}\n", name, labels, gauge->value());
    for (const auto& [labels, read] : family.readers) fmt::format_to(out, "{}{} {}\n", name, labels, read());
    for (const auto& [labels, histogram] : family.histograms) {
      std::uint64_t sum = 0;
      for (std::size_t i = 0; i < Histogram::bounds_us.size(); ++i) {
        sum += histogram->buckets_[i].load(std::memory_order_relaxed);
        const auto bound = fmt::format("{}", static_cast<double>(Histogram::bounds_us[i]) / 1e6);
        fmt::format_to(out, "{}_bucket{} {}\n", name, withBound(labels, bound), sum);
      }
      sum += histogram->buckets_.back().load(std::memory_order_relaxed);
      fmt::format_to(out, "{}_bucket{} {}\n", name, withBound(labels, "+Inf"), sum);
      fmt::format_to(out, "{}_sum{} {}\n", name, labels,
                     static_cast<double>(histogram->sum_us_.load()) / 1e6);
      fmt::format_to(out, "{}_count{} {}\n", name, labels, sum);
    }
  }
  return fmt::to_string(buffer);
}

Handler metricsHandler(std::shared_ptr<const Metrics> metrics) {
  return answering([metrics = std::move(metrics)](const Request&) {
    Response response{200, {}, metrics->text()};
    response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    return response;
  });
}

}  // namespace jinyue::http
