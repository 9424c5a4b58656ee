// The byte side of a connection: its stream, plain or TLS, its deadlines, and what it does when one passes.
#pragma once

#include "http/server_core.h"

namespace jinyue::http {

using PlainStream = tcp::socket;
using TlsStream = asio::ssl::stream<tcp::socket>;

inline std::chrono::milliseconds ms(std::int64_t value) { return std::chrono::milliseconds{value}; }

template <class Stream>
class Channel : public AnyConnection {
 public:
  static constexpr bool is_tls = std::same_as<Stream, TlsStream>;

  Channel(Server::Core& core, Stream stream) : core_(core), stream_(std::move(stream)), signal_(core.io) {
    place_ = core_.connections.insert(core_.connections.end(), this);
    core_.open_connections.add(1);
  }
  ~Channel() override {
    core_.connections.erase(place_);
    core_.open_connections.add(-1);
  }

  void expire() override {
    expired_ = true;
    switch (phase) {
      case Phase::head:
      case Phase::body: {
        ErrorCode ec;
        socket().cancel(ec);
        break;
      }
      case Phase::handling:
      case Phase::streaming: wake(); break;
      case Phase::handshake:
      case Phase::idle:
      case Phase::writing:
      case Phase::lingering: kill(); break;
    }
  }

  void drain() override {
    if (phase == Phase::idle) deadline = std::min(deadline, Clock::now() + ms(limits().drain_idle_ms));
    if (phase == Phase::streaming) wake();
  }

  void kill() override {
    killed = true;
    ErrorCode ec;
    socket().close(ec);
    wake();
  }

  void wake() override { signal_.cancel(); }

 protected:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t piece_bytes = 64u << 10;

  const Limits& limits() const { return core_.options.limits; }

  tcp::socket& socket() {
    if constexpr (is_tls) return stream_.next_layer();
    else return stream_;
  }

  void begin(Phase next, std::int64_t time_ms) {
    phase = next;
    expired_ = false;
    deadline = Clock::now() + ms(time_ms);
  }

  asio::awaitable<bool> write(std::string_view first, std::string_view second = {}) {
    std::array<asio::const_buffer, 2> buffers{asio::buffer(first), asio::buffer(second)};
    begin(Phase::writing, limits().write_ms);
    ErrorCode ec;
    const std::size_t n =
        co_await asio::async_write(stream_, buffers, asio::redirect_error(asio::use_awaitable, ec));
    core_.bytes_sent.add(n);
    co_return !ec && !killed;
  }

  asio::awaitable<bool> writeLong(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto piece = bytes.substr(0, piece_bytes);
      if (!co_await write(piece)) co_return false;
      bytes.remove_prefix(piece.size());
    }
    co_return true;
  }

  /// Waits for wake().
  asio::awaitable<void> pause() {
    ErrorCode ec;
    signal_.expires_at(asio::steady_timer::time_point::max());
    co_await signal_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  }

  /// Waits until done says so or the time of the phase is over.
  template <class Done>
  asio::awaitable<void> waitFor(Done done) {
    while (!done() && !expired_ && !killed) co_await pause();
  }

  Server::Core& core_;
  Stream stream_;
  asio::steady_timer signal_;
  bool expired_ = false;

 private:
  std::list<AnyConnection*>::iterator place_;
};

}  // namespace jinyue::http
