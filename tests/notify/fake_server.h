// Another system for tests: listens on a free loopback port and holds one conversation at a time.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace jinyue::notify::test {

/// One connection, read by lines and by counted bytes.
class Conversation {
 public:
  explicit Conversation(int fd) : fd_(fd) {}
  void say(const std::string& text) {
    static_cast<void>(::send(fd_, text.data(), text.size(), MSG_NOSIGNAL));
  }
  /// Without its end; empty when the other side has closed.
  std::string line() {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n")) == std::string::npos) {
      if (!more()) return {};
    }
    const std::string text = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return text;
  }
  std::string bytes(std::size_t count) {
    while (buffer_.size() < count && more()) {
    }
    const std::string text = buffer_.substr(0, count);
    buffer_.erase(0, count);
    return text;
  }
  bool ended() const { return ended_; }

 private:
  bool more() {
    char chunk[4096];
    const auto got = ::recv(fd_, chunk, sizeof chunk, 0);
    if (got <= 0) ended_ = true;
    else buffer_.append(chunk, static_cast<std::size_t>(got));
    return got > 0;
  }
  int fd_;
  bool ended_ = false;
  std::string buffer_;
};

class FakeServer {
 public:
  explicit FakeServer(std::function<void(Conversation&)> hold) : hold_(std::move(hold)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), length);
    ::listen(listener_, 64);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] {
      for (int fd = 0; (fd = ::accept(listener_, nullptr, nullptr)) >= 0; ::close(fd)) {
        {
          const std::lock_guard lock(mutex_);
          open_ = fd;
        }
        Conversation conversation(fd);
        hold_(conversation);
        const std::lock_guard lock(mutex_);
        open_ = -1;
      }
    });
  }
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;
  ~FakeServer() {
    ::shutdown(listener_, SHUT_RDWR);
    {
      const std::lock_guard lock(mutex_);
      if (open_ >= 0) ::shutdown(open_, SHUT_RDWR);
    }
    thread_.join();
    ::close(listener_);
  }
  std::string port() const { return std::to_string(port_); }

 private:
  std::function<void(Conversation&)> hold_;
  int listener_ = -1;
  int open_ = -1;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::thread thread_;
};

struct HttpRequest {
  std::string line;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
};

/// Keeps the requests it got; answers with what the test says.
class FakeHttp {
 public:
  /// The answer: head lines after the status, for example "HTTP/1.1 200 OK\r\n".
  explicit FakeHttp(std::string head, std::string body = {})
      : head_(std::move(head)),
        body_(std::move(body)),
        server_([this](Conversation& talk) { serve(talk); }) {}

  std::string url(const std::string& path = "/hook") const {
    return "http://127.0.0.1:" + server_.port() + path;
  }
  void answer(std::string head, std::string body = {}) {
    const std::lock_guard lock(mutex_);
    head_ = std::move(head);
    body_ = std::move(body);
  }
  std::vector<HttpRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void serve(Conversation& talk) {
    for (;;) {
      HttpRequest request{talk.line(), {}, {}};
      if (talk.ended()) return;
      for (std::string header = talk.line(); !header.empty(); header = talk.line()) {
        const std::size_t colon = header.find(':');
        std::string name = header.substr(0, colon);
        for (char& c : name) c = static_cast<char>(std::tolower(c));
        request.headers[name] = header.substr(colon + 2);
      }
      request.body = talk.bytes(std::stoul("0" + request.headers["content-length"]));
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      talk.say(head_ + "Content-Length: " + std::to_string(body_.size()) + "\r\n\r\n" + body_);
    }
  }

  mutable std::mutex mutex_;
  std::string head_;
  std::string body_;
  std::vector<HttpRequest> requests_;
  FakeServer server_;  // last: ends before what its thread uses
};

}  // namespace jinyue::notify::test
