// One connection: reads requests, hands them on, writes the answers, in order. A coroutine on the I/O thread; the
// sweep of the server ends what takes too long.
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "http/negotiate.h"
#include "http/request_reader.h"
#include "http/response_head.h"
#include "http/server_core.h"

namespace jinyue::http {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t piece_bytes = 64u << 10;
/// A body up to this goes out with its header in one packet or few.
constexpr std::size_t joined_bytes = 16u << 10;
/// What a closing connection still takes in, so that the client can read the answer.
constexpr std::size_t linger_bytes = 1u << 20;
constexpr std::chrono::milliseconds linger_time{2'000};

using PlainStream = tcp::socket;
using TlsStream = asio::ssl::stream<tcp::socket>;

std::chrono::milliseconds ms(std::int64_t value) { return std::chrono::milliseconds{value}; }

template <class Stream>
class Connection final : public AnyConnection, public std::enable_shared_from_this<Connection<Stream>> {
 public:
  static constexpr bool is_tls = std::same_as<Stream, TlsStream>;

  Connection(Server::Core& core, Stream stream, std::shared_ptr<asio::ssl::context> tls, const AddressBytes& peer,
             std::string key)
      : core_(core),
        tls_(std::move(tls)),
        stream_(std::move(stream)),
        signal_(core.io),
        peer_(peer),
        peer_text_(toString(peer)),
        key_(std::move(key)),
        trusted_(core.trusted.contain(peer)),
        reader_(core.options.limits) {
    place_ = core_.connections.insert(core_.connections.end(), this);
    core_.open_connections.add(1);
  }

  ~Connection() override {
    core_.connections.erase(place_);
    core_.open_connections.add(-1);
    core_.leave(key_);
  }

  asio::awaitable<void> run() {
    if constexpr (is_tls) {
      ErrorCode ec;
      begin(Phase::handshake, limits().tls_handshake_ms);
      co_await stream_.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(asio::use_awaitable, ec));
      if (ec) co_return;
    }
    bool go_on = true;
    while (go_on && !killed) go_on = co_await serveOne();
    if (!killed) co_await linger();
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

 private:
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

  asio::awaitable<bool> readSome() {
    const std::span<char> room = reader_.room();
    ErrorCode ec;
    const std::size_t n = co_await stream_.async_read_some(asio::buffer(room.data(), room.size()),
                                                           asio::redirect_error(asio::use_awaitable, ec));
    core_.bytes_received.add(n);
    reader_.commit(n);
    co_return !ec;
  }

  asio::awaitable<bool> write(std::string_view first, std::string_view second = {}) {
    std::array<asio::const_buffer, 2> buffers{asio::buffer(first), asio::buffer(second)};
    begin(Phase::writing, limits().write_ms);
    ErrorCode ec;
    const std::size_t n = co_await asio::async_write(stream_, buffers, asio::redirect_error(asio::use_awaitable, ec));
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

  /// Waits until done says so or the time of the phase is over.
  template <class Done>
  asio::awaitable<void> waitFor(Done done) {
    ErrorCode ec;
    while (!done() && !expired_ && !killed) {
      signal_.expires_at(asio::steady_timer::time_point::max());
      co_await signal_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
  }

  /// One request and its answer; false: no other follows.
  asio::awaitable<bool> serveOne() {
    using State = RequestReader::State;
    State state = reader_.advance();
    if (state == State::idle) begin(Phase::idle, served_ > 0 ? limits().idle_ms : limits().header_ms);
    else begin(Phase::head, limits().header_ms);
    if (core_.draining && phase == Phase::idle) deadline = std::min(deadline, Clock::now() + ms(limits().drain_idle_ms));
    while (state == State::idle || state == State::needs_head) {
      const bool read = co_await readSome();
      if (killed) co_return false;
      if (expired_) co_return co_await refuse({408, problemOf(408)});
      if (!read) co_return false;
      state = reader_.advance();
      if (phase == Phase::idle && state == State::needs_head) begin(Phase::head, limits().header_ms);
    }
    ++served_;
    started_ = Clock::now();
    identify();
    if (state == State::broken) co_return co_await refuse(reader_.problem());

    Request& request = reader_.request();
    const Millis wait = core_.rates.take(rate_key_, request.received);
    if (wait > Millis{0}) co_return co_await refuse({429, problemOf(429)}, wait);

    Router::Found found = core_.parts.router->find(request.method, request.segments);
    const std::size_t max_body = found.route ? found.route->options.max_body.value_or(limits().body_bytes) : limits().body_bytes;
    reader_.readBody(max_body);
    if (!co_await readBody()) {
      if (killed || !refusal_) co_return false;
      co_return co_await refuse(*std::exchange(refusal_, std::nullopt));
    }

    const bool wants_more = reader_.keepsAlive() && served_ < limits().requests_per_connection;
    const bool http10 = reader_.isHttp10();
    const auto exchange = std::make_shared<Exchange>();
    exchange->request = reader_.take();
    co_await answer(exchange, found);
    release();
    if (killed) co_return false;
    const bool close = !wants_more || core_.draining;
    co_return co_await send(*exchange, found.route, close, http10) && !close;
  }

  /// Reads the body, if there is one; false when the connection ended or refusal_ says what to answer.
  asio::awaitable<bool> readBody() {
    using State = RequestReader::State;
    State state = reader_.advance();
    if (state == State::needs_body && reader_.expectsContinue()) {
      if (!co_await write("HTTP/1.1 100 Continue\r\n\r\n")) co_return false;
    }
    if (state == State::needs_body) begin(Phase::body, limits().body_ms);
    const SteadyTime start = Clock::now();
    while (state == State::needs_body) {
      if (!account()) co_return false;
      deadline = start + ms(limits().body_ms) +
                 ms(static_cast<std::int64_t>(reader_.bodyBytes()) * 1000 / limits().body_least_rate);
      const bool read = co_await readSome();
      if (expired_ && !killed) refusal_ = ProtocolProblem{408, problemOf(408)};
      if (!read || expired_) co_return false;
      state = reader_.advance();
    }
    if (state == State::broken) refusal_ = reader_.problem();
    co_return state == State::complete && account();
  }

  /// Counts the body against what all bodies may take together.
  bool account() {
    const std::size_t now = reader_.bodyBytes();
    core_.body_bytes += now - accounted_;
    accounted_ = now;
    if (core_.body_bytes <= limits().body_memory || now == 0) return true;
    refusal_ = ProtocolProblem{503, problemOf(503)};
    return false;
  }

  void release() { core_.body_bytes -= std::exchange(accounted_, 0); }

  /// Who asks, in which language, under which id.
  void identify() {
    Request& request = reader_.request();
    request.received = core_.parts.now();
    request.secure = is_tls;
    request.language = languageFrom(request.headers.find("Accept-Language").value_or(""));
    request.remote_address = peer_text_;
    rate_key_ = key_;
    if (trusted_) {
      if (const auto forwarded = request.headers.find("X-Forwarded-For")) {
        request.remote_address = toString(clientBehind(core_.trusted, peer_, *forwarded));
        rate_key_ = rateKeyOf(request.remote_address);
      }
      if (const auto scheme = request.headers.find("X-Forwarded-Proto")) request.secure = *scheme == "https";
      if (const auto id = request.headers.find("X-Request-Id"); id && id->size() <= 64 && isToken(*id)) request.id = *id;
    }
    if (request.id.empty()) request.id = core_.newRequestId();
  }

  /// An answer of the server itself, after which the connection ends.
  asio::awaitable<bool> refuse(ProtocolProblem no, Millis wait = Millis{0}) {
    core_.refused(no.problem.code);
    if (reader_.request().id.empty()) {
      started_ = Clock::now();
      identify();
    }
    // The framing of what follows is known when the request has no body: then the connection may go on.
    const bool close = no.status != 429 || reader_.hasBody() || !reader_.keepsAlive() || core_.draining;
    const auto exchange = std::make_shared<Exchange>();
    exchange->request = std::move(reader_.request());
    const std::string method = reader_.methodName();  // may be none of ours
    if (close) reader_.giveUp();
    else reader_.take();
    Response response = problem(no.problem, exchange->request, no.status);
    if (wait > Millis{0}) response.headers.set("Retry-After", std::to_string((wait.count() + 999) / 1000));
    exchange->response = std::move(response);
    release();
    co_return co_await send(*exchange, nullptr, close, false, no.problem.code, method) && !close;
  }

  /// Fills in the response of the exchange.
  asio::awaitable<void> answer(const std::shared_ptr<Exchange>& exchange, Router::Found& found) {
    Request& request = exchange->request;
    if (!found.route) {
      if (request.method == Method::options && (!found.allow.empty() || request.path == "*")) {
        exchange->response = noContent();
      } else {
        exchange->response = problem(problemOf(found.allow.empty() ? 404 : 405), request, found.allow.empty() ? 404 : 405);
      }
      if (!found.allow.empty()) exchange->response->headers.set("Allow", found.allow);
      co_return;
    }
    if (!found.route->mounted) request.route = found.route->path;
    request.params = std::move(found.params);
    request.mounted_at = found.mounted_at;
    begin(Phase::handling, found.route->options.max_time ? found.route->options.max_time->count() : limits().handler_ms);
    core_.requests_in_flight.add(1);
    exchange->waiting = this;
    core_.handle(exchange, *found.route);
    co_await waitFor([&] { return exchange->response.has_value(); });
    exchange->waiting = nullptr;
    core_.requests_in_flight.add(-1);
    if (!exchange->response) exchange->response = problem(problemOf(504), request, 504);
  }

  /// Writes the answer and notes it; false when the connection can't be used any more.
  asio::awaitable<bool> send(Exchange& exchange, const Route* route, bool close, bool http10, std::string_view refused = {},
                             std::string_view refused_method = {}) {
    const Request& request = exchange.request;
    Response& response = *exchange.response;
    const bool bodiless = request.method == Method::head || response.status == 204 || response.status == 304;
    HeadFacts facts{.core = core_, .close = close, .http10 = http10, .secure = request.secure, .request_id = request.id};
    std::uint64_t body_bytes = 0;
    bool whole = false;
    if (const auto* stream = std::get_if<EventStream>(&response.body); stream && !bodiless) {
      co_await sendEvents(exchange, *stream, http10);
    } else if (const auto* pieces = std::get_if<Pieces>(&response.body); pieces && !bodiless) {
      facts.chunked = !http10;
      facts.close = close || http10;
      whole = co_await sendPieces(response, *pieces, facts, body_bytes) && !facts.close;
    } else if (const auto* file = std::get_if<OpenFile>(&response.body); file && !bodiless) {
      facts.length = body_bytes = file->size;
      whole = co_await sendFile(response, *file, facts);
    } else {
      const std::string_view text = response.text();
      if (response.status != 204 && response.status != 304) facts.length = lengthOf(response);
      startOut();
      writeHead(out_, response, facts);
      if (!bodiless) body_bytes = text.size();
      if (bodiless || text.empty()) {
        whole = co_await write(out_);
      } else if (text.size() <= joined_bytes) {
        out_ += text;
        whole = co_await write(out_);
      } else {
        whole = co_await write(out_, text.substr(0, piece_bytes)) && co_await writeLong(text.substr(std::min(text.size(), piece_bytes)));
      }
    }
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started_);
    const bool is_stream = std::holds_alternative<EventStream>(response.body);
    core_.note({.time = request.received,
                .request_id = request.id,
                .remote_address = request.remote_address,
                .method = refused.empty() ? toString(request.method) : refused_method,
                .path = request.path,
                .route = route ? std::string_view{route->path} : std::string_view{},
                .status = response.status,
                .bytes_in = request.body.size(),
                .bytes_out = body_bytes,
                .took = took,
                .slow = !is_stream && took > ms(limits().slow_ms),
                .refused = refused},
               route);
    co_return whole;
  }

  /// What a GET would say of its length; nothing when only the whole body would tell.
  static std::optional<std::uint64_t> lengthOf(const Response& response) {
    if (const auto* file = std::get_if<OpenFile>(&response.body)) return file->size;
    if (std::holds_alternative<Pieces>(response.body) || std::holds_alternative<EventStream>(response.body)) return std::nullopt;
    return response.text().size();
  }

  void startOut() {
    if (out_.capacity() > joined_bytes * 4) std::string{}.swap(out_);
    out_.clear();
  }

  asio::awaitable<bool> sendFile(const Response& response, const OpenFile& file, const HeadFacts& facts) {
    startOut();
    writeHead(out_, response, facts);
    std::string piece(std::min<std::uint64_t>(piece_bytes, std::max<std::uint64_t>(file.size, 1)), '\0');
    std::uint64_t at = 0;
    do {
      const std::size_t wanted = std::min<std::uint64_t>(piece.size(), file.size - at);
      ssize_t n = 0;
      do n = ::pread(*file.descriptor, piece.data(), wanted, static_cast<off_t>(at));
      while (n < 0 && errno == EINTR);
      if (n < 0 || (n == 0 && wanted > 0)) {  // the file has become shorter: the promised length can't be kept
        kill();
        co_return false;
      }
      const bool written = co_await write(out_, std::string_view{piece}.substr(0, static_cast<std::size_t>(n)));
      if (!written) co_return false;
      out_.clear();
      at += static_cast<std::uint64_t>(n);
    } while (at < file.size);
    co_return true;
  }

  static void appendChunk(std::string& out, std::string_view bytes, bool chunked) {
    if (chunked) fmt::format_to(std::back_inserter(out), "{:x}\r\n", bytes.size());
    out += bytes;
    if (chunked) out += "\r\n";
  }

  asio::awaitable<bool> sendPieces(const Response& response, const Pieces& given, const HeadFacts& facts, std::uint64_t& sent) {
    startOut();
    writeHead(out_, response, facts);
    struct Next {
      std::optional<std::string> piece;
      bool ready = false, failed = false;
      AnyConnection* waiting = nullptr;
    };
    const auto pieces = std::make_shared<const Pieces>(given);  // one for all jobs: it knows where it is
    for (;;) {
      const auto next = std::make_shared<Next>();
      next->waiting = this;
      auto job = [next, &core = core_, box = core_.mailbox, pieces] {
        std::optional<std::string> piece;
        bool failed = false;
        try {
          piece = (*pieces)();
        } catch (const std::exception& error) {
          failed = true;
          if (core.parts.log.fault) core.parts.log.fault({}, error.what());
        }
        box->send([next, failed, piece = std::move(piece)]() mutable {
          next->piece = std::move(piece);
          next->failed = failed;
          next->ready = true;
          if (next->waiting) next->waiting->wake();
        });
      };
      begin(Phase::handling, limits().handler_ms);
      if (!core_.workers->submit(std::move(job))) {
        // The client has its status already, so this answer waits for a place like a request that is not there yet.
        begin(Phase::handling, 50);
        co_await waitFor([] { return false; });
        if (killed) co_return false;
        continue;
      }
      co_await waitFor([&] { return next->ready; });
      next->waiting = nullptr;
      if (killed || !next->ready || next->failed) {
        kill();
        co_return false;
      }
      if (!next->piece) break;
      if (next->piece->empty()) continue;
      appendChunk(out_, *next->piece, facts.chunked);
      sent += next->piece->size();
      if (!co_await writeLong(out_)) co_return false;
      out_.clear();
    }
    if (facts.chunked) out_ += "0\r\n\r\n";
    co_return out_.empty() || co_await write(out_);
  }

  asio::awaitable<void> sendEvents(Exchange& exchange, const EventStream& stream, bool http10) {
    const std::string key = rate_key_;
    const auto admission = core_.admitStream(key);
    if (admission != Server::Core::Admission::yes) {
      const int status = admission == Server::Core::Admission::server_full ? 503 : 429;
      core_.refused(problemOf(status).code);
      exchange.response = problem(problemOf(status), exchange.request, status);
      startOut();
      writeHead(out_, *exchange.response, {.core = core_, .close = true, .length = exchange.response->text().size(), .request_id = exchange.request.id});
      out_ += exchange.response->text();
      co_await write(out_);
      co_return;
    }
    struct Leave {
      Server::Core& core;
      const std::string& key;
      ~Leave() { core.leaveStream(key); }
    } const leave{core_, key};
    co_await streamEvents(exchange, stream, !http10);
  }

  asio::awaitable<void> streamEvents(Exchange& exchange, const EventStream& stream, bool chunked) {
    const std::weak_ptr<Connection> weak = this->weak_from_this();
    auto wake_up = [weak, box = core_.mailbox] {
      box->send([weak] {
        if (const auto self = weak.lock()) self->wake();
      });
    };
    const auto last_id = exchange.request.headers.find("Last-Event-ID").value_or("");
    const auto reader = stream.bus->read(stream.topics, last_id, std::move(wake_up));
    startOut();
    writeHead(out_, *exchange.response,
              {.core = core_, .close = true, .secure = exchange.request.secure, .chunked = chunked, .request_id = exchange.request.id});
    // The id stands for "nothing missed up to here", also for a client that loses us before the first event.
    std::string text = fmt::format("retry: 2000\nid: {}\n", reader->place());
    text += reader->hasGap() ? "event: reset\ndata: \n\n" : "\n";
    appendChunk(out_, text, chunked);
    if (!co_await write(out_)) co_return;

    watchPeer();
    SteadyTime heartbeat = Clock::now() + ms(limits().heartbeat_ms);
    for (;;) {
      if (peer_gone_ || killed) co_return;
      const auto batch = reader->take(piece_bytes);
      if (batch.lagged) {
        core_.refused("stream.too-slow");
        co_return kill();
      }
      text.clear();
      for (const auto& event : batch.events) text += event->wire;
      const bool due = Clock::now() >= heartbeat;
      if (due) {
        if (stream.still_allowed && !stream.still_allowed()) break;
        if (text.empty()) text = ":\n\n";
      }
      if (!text.empty()) {
        heartbeat = Clock::now() + ms(limits().heartbeat_ms);
        out_.clear();
        appendChunk(out_, text, chunked);
        if (!co_await write(out_)) co_return;
        continue;
      }
      if (core_.draining) break;  // all that was published before the stop has gone out
      phase = Phase::streaming;
      expired_ = false;
      deadline = heartbeat;
      ErrorCode ec;
      signal_.expires_at(asio::steady_timer::time_point::max());
      co_await signal_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
    if (chunked) co_await write("0\r\n\r\n");
  }

  /// Notices that the client of a stream has gone, or talks where it should listen.
  void watchPeer() {
    const std::span<char> room = reader_.room();
    stream_.async_read_some(asio::buffer(room.data(), room.size()),
                            [self = this->shared_from_this()](const ErrorCode&, std::size_t) {
                              self->peer_gone_ = true;
                              self->wake();
                            });
    watched_ = true;
  }

  /// Ends the connection so that the client gets all of the last answer: closing with bytes unread would make the
  /// system throw away what the client has not read yet.
  asio::awaitable<void> linger() {
    phase = Phase::lingering;
    deadline = Clock::now() + linger_time;
    ErrorCode ec;
    if (watched_) {
      socket().shutdown(tcp::socket::shutdown_send, ec);
      co_await waitForPeer();
      socket().close(ec);
      co_return;
    }
    if constexpr (is_tls) {
      co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ec));
      ec = {};
    }
    socket().shutdown(tcp::socket::shutdown_send, ec);
    std::array<char, 4096> sink{};
    for (std::size_t taken = 0; !ec && !killed && taken < linger_bytes;) {
      taken += co_await socket().async_read_some(asio::buffer(sink), asio::redirect_error(asio::use_awaitable, ec));
    }
    socket().close(ec);
  }

  asio::awaitable<void> waitForPeer() {
    ErrorCode ec;
    while (!peer_gone_ && !killed) {
      signal_.expires_at(asio::steady_timer::time_point::max());
      co_await signal_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
  }

  Server::Core& core_;
  std::shared_ptr<asio::ssl::context> tls_;  // what the stream was made of; outlives it
  Stream stream_;
  asio::steady_timer signal_;
  const AddressBytes peer_;
  const std::string peer_text_;
  const std::string key_;
  const bool trusted_;
  std::string rate_key_;
  RequestReader reader_;
  std::string out_;
  std::optional<ProtocolProblem> refusal_;
  std::size_t accounted_ = 0;
  std::size_t served_ = 0;
  SteadyTime started_;
  bool expired_ = false;
  bool peer_gone_ = false;
  bool watched_ = false;
  std::list<AnyConnection*>::iterator place_;
};

template <class Stream>
asio::awaitable<void> runToEnd(std::shared_ptr<Connection<Stream>> connection, Server::Core& core) {
  try {
    co_await connection->run();
  } catch (const std::exception& error) {
    connection->kill();
    if (core.parts.log.fault) core.parts.log.fault({}, error.what());
  }
}

}  // namespace

void serve(Server::Core& core, tcp::socket socket, const AddressBytes& peer, std::string key) {
  if (core.tls) {
    auto connection = std::make_shared<Connection<TlsStream>>(core, TlsStream(std::move(socket), *core.tls), core.tls, peer, std::move(key));
    asio::co_spawn(core.io, runToEnd(std::move(connection), core), asio::detached);
  } else {
    auto connection = std::make_shared<Connection<PlainStream>>(core, std::move(socket), nullptr, peer, std::move(key));
    asio::co_spawn(core.io, runToEnd(std::move(connection), core), asio::detached);
  }
}

}  // namespace jinyue::http
