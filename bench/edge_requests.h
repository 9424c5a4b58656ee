// The requests of Jinyue's interface that the benchmark of the edge sends: it knows the interface as another
// program would, from docs/api.md.
#pragma once

#include <charconv>
#include <random>

#include <fmt/format.h>

#include "bench/edge_client.h"

namespace jinyue::bench {

struct Target {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
  std::vector<std::string> tokens;  ///< of programs that may start and work on cases; taken in turn
  std::string pack = "edge";
  std::string item = "order";
};

class Requests {
 public:
  explicit Requests(Target target)
      : target_(std::move(target)), run_(fmt::format("edge{:08x}", std::random_device{}())) {}

  /// Names this run: the business key of all its cases, and the beginning of its idempotency keys.
  const std::string& run() const { return run_; }

  std::string start(std::uint64_t number) const {
    return post(number, "/api/v1/cases", key(number, "s"),
                fmt::format(R"({{"pack":"{}","item":"{}","key":"{}","answers":{{"title":"路灯不亮 {}"}}}})",
                            target_.pack, target_.item, run_, nameOf(number)));
  }
  std::string claim(std::uint64_t number, std::int64_t case_id, int task) const {
    return post(number, fmt::format("/api/v1/tasks/{}/{}/claim", case_id, task), key(number, "c"), {});
  }
  std::string complete(std::uint64_t number, std::int64_t case_id, int task) const {
    return post(number, fmt::format("/api/v1/tasks/{}/{}/completion", case_id, task), key(number, "d"),
                R"({"answers":{"result":"已修复"}})");
  }
  std::string search(std::uint64_t number) const {
    return get(number, fmt::format("/api/v1/search?q={}", nameOf(number)));
  }
  std::string readCase(std::int64_t case_id) const {
    return get(0, fmt::format("/api/v1/cases/{}", case_id));
  }
  std::string list(const std::string& after) const {
    return get(
        0, fmt::format("/api/v1/cases?key={}&limit=200{}{}", run_, after.empty() ? "" : "&after=", after));
  }

  /// A word of its own for each case, so that a search for it finds this one: "edge00c0ffeen00000042".
  /// None is the beginning of another.
  std::string nameOf(std::uint64_t number) const { return fmt::format("{}n{:08}", run_, number); }
  /// The number in a title that start() gave.
  std::optional<std::uint64_t> numberIn(std::string_view title) const {
    const std::size_t at = title.find(run_ + "n");
    if (at == std::string_view::npos) return std::nullopt;
    std::uint64_t number = 0;
    const char* begin = title.data() + at + run_.size() + 1;
    return std::from_chars(begin, title.data() + title.size(), number).ec == std::errc{}
               ? std::optional{number}
               : std::nullopt;
  }

 private:
  /// Ordered by time, as UUIDv7 are.
  std::string key(std::uint64_t number, const char* step) const {
    return fmt::format("{}-{:012}{}", run_, number, step);
  }
  std::string head(std::uint64_t number, const char* method, const std::string& path) const {
    return fmt::format("{} {} HTTP/1.1\r\nHost: {}:{}\r\nAuthorization: Bearer {}\r\n", method, path,
                       target_.host, target_.port, target_.tokens[number % target_.tokens.size()]);
  }
  std::string get(std::uint64_t number, const std::string& path) const {
    return head(number, "GET", path) + "\r\n";
  }
  std::string post(std::uint64_t number, const std::string& path, const std::string& key,
                   const std::string& body) const {
    std::string request = head(number, "POST", path);
    request += fmt::format("Idempotency-Key: {}\r\n", key);
    if (!body.empty()) request += "Content-Type: application/json\r\n";
    return request + fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body);
  }

  Target target_;
  std::string run_;
};

inline std::int64_t numberOf(std::string_view digits) {
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace jinyue::bench
