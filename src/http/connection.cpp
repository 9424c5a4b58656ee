// One connection: reads requests, hands them on, writes the answers, in order. A coroutine on the I/O thread;
// the sweep of the server ends what takes too long.
#include "http/negotiate.h"
#include "http/request_reader.h"
#include "http/sender.h"

namespace jinyue::http {
namespace {

/// What a closing connection still takes in, so that the client can read the answer.
constexpr std::size_t linger_bytes = 1u << 20;
constexpr std::chrono::milliseconds linger_time{2'000};

/// All values under a name as one list: a proxy may append a field of its own instead of to the client's.
std::string joined(const Headers& headers, std::string_view name) {
  std::string all;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (!equalsIgnoringCase(headers[i].name, name)) continue;
    if (!all.empty()) all += ", ";
    all += headers[i].value;
  }
  return all;
}

template <class Stream>
class Connection final : public Sender<Stream> {
 public:
  Connection(Server::Core& core, Stream stream, std::shared_ptr<asio::ssl::context> tls,
             const AddressBytes& peer, std::string key)
      : Sender<Stream>(core, std::move(stream)),
        tls_(std::move(tls)),
        peer_(peer),
        peer_text_(toString(peer)),
        key_(std::move(key)),
        trusted_(core.trusted.contain(peer)),
        reader_(core.options.limits) {}

  ~Connection() override {
    release();
    core_.leave(key_);
  }

  asio::awaitable<void> run() {
    if constexpr (is_tls) {
      ErrorCode ec;
      this->begin(Phase::handshake, this->limits().tls_handshake_ms);
      co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                       asio::redirect_error(asio::use_awaitable, ec));
      if (ec) co_return;
    }
    bool go_on = true;
    while (go_on && !this->killed) go_on = co_await serveOne();
    if (!this->killed) co_await linger();
  }

 private:
  using Channel<Stream>::is_tls;
  using Channel<Stream>::core_;
  using Channel<Stream>::stream_;
  using Channel<Stream>::expired_;
  using Sender<Stream>::started_;
  using Sender<Stream>::rate_key_;

  asio::awaitable<bool> readSome() {
    const std::span<char> room = reader_.room();
    ErrorCode ec;
    const std::size_t n = co_await stream_.async_read_some(asio::buffer(room.data(), room.size()),
                                                           asio::redirect_error(asio::use_awaitable, ec));
    core_.bytes_received.add(n);
    reader_.commit(n);
    co_return !ec;
  }

  /// One request and its answer; false: no other follows.
  asio::awaitable<bool> serveOne() {
    using State = RequestReader::State;
    State state = reader_.advance();
    if (state == State::idle)
      this->begin(Phase::idle, served_ > 0 ? this->limits().idle_ms : this->limits().header_ms);
    else this->begin(Phase::head, this->limits().header_ms);
    if (core_.draining && this->phase == Phase::idle)
      this->deadline =
          std::min(this->deadline, std::chrono::steady_clock::now() + ms(this->limits().drain_idle_ms));
    while (state == State::idle || state == State::needs_head) {
      const bool read = co_await readSome();
      if (this->killed) co_return false;
      if (expired_) co_return co_await refuse({408, problemOf(408)});
      if (!read) co_return false;
      state = reader_.advance();
      if (this->phase == Phase::idle && state == State::needs_head)
        this->begin(Phase::head, this->limits().header_ms);
    }
    ++served_;
    started_ = std::chrono::steady_clock::now();
    identify();
    if (state == State::broken) co_return co_await refuse(reader_.problem());

    Request& request = reader_.request();
    const Millis wait = core_.rates.take(rate_key_, request.received);
    if (wait > Millis{0}) co_return co_await refuse({429, problemOf(429)}, wait);

    Router::Found found = core_.parts.router->find(request.method, request.segments);
    const std::size_t max_body = found.route
                                     ? found.route->options.max_body.value_or(this->limits().body_bytes)
                                     : this->limits().body_bytes;
    reader_.readBody(max_body);
    if (!co_await readBody()) {
      if (this->killed || !refusal_) co_return false;
      co_return co_await refuse(*std::exchange(refusal_, std::nullopt));
    }

    const bool wants_more = reader_.keepsAlive() && served_ < this->limits().requests_per_connection;
    const bool http10 = reader_.isHttp10();
    const auto exchange = std::make_shared<Exchange>();
    exchange->request = reader_.take();
    co_await answer(exchange, found);
    release();
    if (this->killed) co_return false;
    const bool close = !wants_more || core_.draining;
    co_return co_await this->send(*exchange, found.route, close, http10) && !close;
  }

  /// Reads the body, if there is one; false when the connection ended or refusal_ says what to answer.
  asio::awaitable<bool> readBody() {
    using State = RequestReader::State;
    State state = reader_.advance();
    if (state == State::needs_body && reader_.expectsContinue()) {
      if (!co_await this->write("HTTP/1.1 100 Continue\r\n\r\n")) co_return false;
    }
    if (state == State::needs_body) this->begin(Phase::body, this->limits().body_ms);
    const SteadyTime start = std::chrono::steady_clock::now();
    while (state == State::needs_body) {
      if (!account()) co_return false;
      this->deadline =
          start + ms(this->limits().body_ms) +
          ms(static_cast<std::int64_t>(reader_.bodyBytes()) * 1000 / this->limits().body_least_rate);
      const bool read = co_await readSome();
      if (expired_ && !this->killed) refusal_ = ProtocolProblem{408, problemOf(408)};
      if (!read || expired_) co_return false;
      state = reader_.advance();
    }
    if (state == State::broken) refusal_ = reader_.problem();
    co_return (state == State::complete) && account();
  }

  /// Counts the body against what all bodies may take together.
  bool account() {
    const std::size_t now = reader_.bodyBytes();
    core_.body_bytes += now - accounted_;
    accounted_ = now;
    if (core_.body_bytes <= this->limits().body_memory || now == 0) return true;
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
      if (const std::string forwarded = joined(request.headers, "X-Forwarded-For"); !forwarded.empty()) {
        request.remote_address = toString(clientBehind(core_.trusted, peer_, forwarded));
        rate_key_ = rateKeyOf(request.remote_address);
      }
      if (const auto scheme = request.headers.find("X-Forwarded-Proto")) request.secure = *scheme == "https";
      if (const auto id = request.headers.find("X-Request-Id"); id && id->size() <= 64 && isToken(*id))
        request.id = *id;
    }
    if (request.id.empty()) request.id = core_.newRequestId();
  }

  /// An answer of the server itself, after which the connection ends.
  asio::awaitable<bool> refuse(ProtocolProblem no, Millis wait = Millis{0}) {
    core_.refused(no.problem.code);
    if (reader_.request().id.empty()) {
      started_ = std::chrono::steady_clock::now();
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
    co_return co_await this->send(*exchange, nullptr, close, false, no.problem.code, method) && !close;
  }

  /// Fills in the response of the exchange.
  asio::awaitable<void> answer(const std::shared_ptr<Exchange>& exchange, Router::Found& found) {
    Request& request = exchange->request;
    if (!found.route) {
      if (request.method == Method::options && (!found.allow.empty() || request.path == "*")) {
        exchange->response = noContent();
      } else {
        exchange->response =
            problem(problemOf(found.allow.empty() ? 404 : 405), request, found.allow.empty() ? 404 : 405);
      }
      if (!found.allow.empty()) exchange->response->headers.set("Allow", found.allow);
      co_return;
    }
    if (!found.route->mounted) request.route = found.route->path;
    request.params = std::move(found.params);
    request.mounted_at = found.mounted_at;
    const bool quick = found.route->options.runs == Runs::on_io_thread;
    if (!quick && !core_.enter()) {
      core_.refused("server.busy");
      exchange->response = problem(problemOf(503), request, 503);
      co_return;
    }
    this->begin(Phase::handling, found.route->options.max_time ? found.route->options.max_time->count()
                                                               : this->limits().handler_ms);
    exchange->waiting = this;
    core_.handle(exchange, *found.route);
    co_await this->waitFor([&] { return exchange->response.has_value(); });
    exchange->waiting = nullptr;
    if (!quick) core_.exit();
    if (!exchange->response) exchange->response = problem(problemOf(504), request, 504);
  }

  /// Ends the connection so that the client gets all of the last answer: closing with bytes unread would make
  /// the system throw away what the client has not read yet.
  asio::awaitable<void> linger() {
    this->phase = Phase::lingering;
    this->deadline = std::chrono::steady_clock::now() + linger_time;
    ErrorCode ec;
    if (this->watchesPeer()) {
      this->socket().shutdown(tcp::socket::shutdown_send, ec);
      while (!this->isPeerGone() && !this->killed) co_await this->pause();
      this->socket().close(ec);
      co_return;
    }
    if constexpr (is_tls) {
      co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ec));
      ec = {};
    }
    this->socket().shutdown(tcp::socket::shutdown_send, ec);
    std::array<char, 4096> sink{};
    for (std::size_t taken = 0; !ec && !this->killed && taken < linger_bytes;) {
      taken += co_await this->socket().async_read_some(asio::buffer(sink),
                                                       asio::redirect_error(asio::use_awaitable, ec));
    }
    this->socket().close(ec);
  }

  std::shared_ptr<asio::ssl::context> tls_;  // what the stream was made of
  const AddressBytes peer_;
  const std::string peer_text_;
  const std::string key_;
  const bool trusted_;
  RequestReader reader_;
  std::optional<ProtocolProblem> refusal_;
  std::size_t accounted_ = 0;
  std::size_t served_ = 0;
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
    auto connection = std::make_shared<Connection<TlsStream>>(core, TlsStream(std::move(socket), *core.tls),
                                                              core.tls, peer, std::move(key));
    asio::co_spawn(core.io, runToEnd(std::move(connection), core), asio::detached);
  } else {
    auto connection =
        std::make_shared<Connection<PlainStream>>(core, std::move(socket), nullptr, peer, std::move(key));
    asio::co_spawn(core.io, runToEnd(std::move(connection), core), asio::detached);
  }
}

}  // namespace jinyue::http
