// A client that can misbehave: a plain socket with time-outs, and just enough HTTP to read answers.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace jinyue::http::test {

struct Answer {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
  bool whole = false;  ///< framed as promised, not cut off

  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string{} : found->second;
  }
};

class Client {
 public:
  /// Connects to 127.0.0.1, from the given loopback address when there is one. Throws when it can't.
  explicit Client(std::uint16_t port, const char* from = nullptr, int receive_buffer = 0);
  ~Client();
  Client(Client&& other) noexcept;
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False when the server has closed.
  bool send(std::string_view bytes);
  /// The next answer; status 0 when the connection ended or nothing came in time. head: the request was HEAD.
  Answer read(std::chrono::milliseconds time = std::chrono::seconds{10}, bool head = false);
  Answer get(std::string_view path, std::string_view headers = {});
  /// What comes until the text has been seen (it is included) or the time is over or the connection ends.
  std::string readUntil(std::string_view text, std::chrono::milliseconds time = std::chrono::seconds{10});
  /// Whether the server closes within the time; what it sends before is dropped.
  bool isClosedWithin(std::chrono::milliseconds time);
  void finishSending();
  int descriptor() const { return fd_; }

 private:
  bool more(std::chrono::steady_clock::time_point until);
  int fd_ = -1;
  std::string buffer_;
};

}  // namespace jinyue::http::test
