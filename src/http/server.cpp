#include "http/server.h"

#include <cmath>
#include <ctime>
#include <stdexcept>

#include <fmt/format.h>
#include <openssl/rand.h>

#include "base/text.h"
#include "http/problem_document.h"
#include "http/response_head.h"
#include "http/server_core.h"

namespace jinyue::http {
namespace {

constexpr std::chrono::milliseconds sweep_every{50};
constexpr int accepted_at_once = 256;
constexpr std::size_t refusals_at_once = 256;

ServerParts completed(ServerParts parts) {
  if (!parts.router) throw std::invalid_argument("a server needs a router");
  if (!parts.metrics) parts.metrics = std::make_shared<Metrics>();
  return parts;
}

std::string dateLine(Instant now) {  // RFC 9110 §5.6.7
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return fmt::format("Date: {}, {:02} {} {} {:02}:{:02}:{:02} GMT\r\n",
                     days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                     months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour,
                     parts.tm_min, parts.tm_sec);
}

AddressBytes bytesOf(const asio::ip::address& address) {
  if (address.is_v6()) return address.to_v6().to_bytes();
  return asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()).to_bytes();
}

Problem startProblem(std::string code, Text title, const std::string& where, const std::string& why) {
  return {ProblemKind::unavailable, std::move(code), std::move(title), where, {why, why}, {}};
}

}  // namespace

bool Mailbox::send(std::function<void()> letter) {
  const std::lock_guard lock(mutex_);
  if (!io_) return false;
  letters_.push_back(std::move(letter));
  if (letters_.size() == 1) asio::post(*io_, [this] { deliver(); });
  return true;
}

void Mailbox::deliver() {
  std::vector<std::function<void()>> letters;
  {
    const std::lock_guard lock(mutex_);
    letters.swap(letters_);
  }
  for (const auto& letter : letters) letter();
}

void Mailbox::close() {
  std::vector<std::function<void()>> letters;  // what they hold may send letters itself when it goes
  const std::lock_guard lock(mutex_);
  io_ = nullptr;
  letters.swap(letters_);
}

Server::Core::Core(ServerOptions given, ServerParts given_parts)
    : options(std::move(given)),
      parts(completed(std::move(given_parts))),
      mailbox(std::make_shared<Mailbox>(io)),
      rates(options.limits.requests_per_second, options.limits.request_burst),
      open_connections(parts.metrics->gauge("http_connections", "Open connections")),
      open_streams(parts.metrics->gauge("http_event_streams", "Open event streams")),
      bytes_received(parts.metrics->counter("http_received_bytes_total", "Bytes received")),
      bytes_sent(parts.metrics->counter("http_sent_bytes_total", "Bytes sent")),
      requests_in_flight_(
          parts.metrics->gauge("http_requests_in_flight", "Requests that wait for their answer")) {
  if (const auto checked = check(options); !checked) throw std::invalid_argument(describe(checked.error()));
  trusted = *Networks::from(options.trusted_proxies);
  route_metrics_.resize(parts.router->routes().size() + 1);
  security_lines =
      "X-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n"
      "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n";
  date_line = dateLine(parts.now());
  RAND_bytes(reinterpret_cast<unsigned char*>(&id_seed_), sizeof id_seed_);
}

Server::Core::~Core() {
  stop();
  mailbox->close();
}

std::string Server::Core::newRequestId() {
  if (parts.new_request_id) return parts.new_request_id();
  // SplitMix64: a bijection, so that no id comes twice, and one does not tell the next to a reader of logs.
  std::uint64_t x = id_seed_ + ++id_count_ * 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return fmt::format("{:016x}", x ^ (x >> 31));
}

Result<std::shared_ptr<asio::ssl::context>> Server::Core::loadCertificate() const {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                                    SSL_OP_CIPHER_SERVER_PREFERENCE |
                                                    SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);  // 34 KB less for an idle connection
  ErrorCode ec;
  context->use_certificate_chain_file(options.tls->certificate, ec);
  if (ec) {
    return std::unexpected(startProblem("server.bad-certificate",
                                        {"无法读取证书", "the certificate can't be read"},
                                        options.tls->certificate, ec.message()));
  }
  context->use_private_key_file(options.tls->key, asio::ssl::context::pem, ec);
  if (ec || SSL_CTX_check_private_key(context->native_handle()) != 1) {
    return std::unexpected(startProblem(
        "server.bad-key",
        {"无法读取密钥，或与证书不符", "the key can't be read or is not that of the certificate"},
        options.tls->key, ec.message()));
  }
  return context;
}

Result<void> Server::Core::start() {
  if (thread_.joinable()) throw std::logic_error("the server has been started already");
  if (options.tls) {
    auto context = loadCertificate();
    if (!context) return std::unexpected(std::move(context).error());
    tls = std::move(*context);
  }
  const tcp::endpoint endpoint(asio::ip::make_address(options.address), options.port);
  ErrorCode ec;
  acceptor_.open(endpoint.protocol(), ec);
  if (!ec) acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor_.bind(endpoint, ec);
  if (!ec) acceptor_.listen(4096, ec);  // the system cuts it to net.core.somaxconn
  if (!ec) acceptor_.non_blocking(true, ec);
  if (ec) {
    ErrorCode ignored;
    acceptor_.close(ignored);
    return std::unexpected(startProblem("server.address-taken",
                                        {"无法监听该地址", "can't listen on this address"},
                                        fmt::format("{}:{}", options.address, options.port), ec.message()));
  }
  port = acceptor_.local_endpoint().port();
  workers = std::make_unique<WorkerPool>(options.workers, options.limits.worker_queue,
                                         std::chrono::milliseconds{options.limits.worker_wait_ms});
  asio::co_spawn(io, acceptLoop(), asio::detached);
  asio::co_spawn(io, sweepLoop(), asio::detached);
  thread_ = std::thread([this] {
    mailbox->setOwner(std::this_thread::get_id());
    for (;;) {
      try {
        io.run();
        return;
      } catch (const std::exception& error) {  // a connection's fault must not end the others
        if (parts.log.fault) parts.log.fault({}, error.what());
      }
    }
  });
  return {};
}

Result<void> Server::Core::reloadCertificate() {
  if (!options.tls) return {};
  auto context = loadCertificate();
  if (!context) return std::unexpected(std::move(context).error());
  mailbox->send([this, fresh = std::move(*context)] { tls = fresh; });
  return {};
}

asio::awaitable<void> Server::Core::acceptLoop() {
  while (acceptor_.is_open()) {
    tcp::socket socket(io);
    ErrorCode ec;
    co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, ec));
    if (!ec) {
      take(std::move(socket));
      // Others that wait at the door come in too: under load, a turn of the loop for each would make them
      // wait there, where nobody can tell them to come again later.
      for (int i = 0; i < accepted_at_once && !draining; ++i) {
        tcp::socket next(io);
        acceptor_.accept(next, ec);
        if (ec) break;
        take(std::move(next));
      }
    } else if (acceptor_.is_open()) {
      // No descriptor left, or the like: others must end first.
      asio::steady_timer pause(io, std::chrono::milliseconds{20});
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    }
  }
}

Server::Core::Admission Server::Core::admit(const std::string& key, bool is_trusted) {
  if (connections.size() >= options.limits.connections) return Admission::server_full;
  Counts& counts = addresses_[key];
  if (!is_trusted && counts.connections >= options.limits.connections_per_address)
    return Admission::address_full;
  ++counts.connections;
  return Admission::yes;
}

void Server::Core::leave(const std::string& key) {
  const auto found = addresses_.find(key);
  if (found == addresses_.end()) return;
  --found->second.connections;
  if (found->second.connections == 0 && found->second.streams == 0) addresses_.erase(found);
}

Server::Core::Admission Server::Core::admitStream(const std::string& key) {
  if (static_cast<std::size_t>(open_streams.value()) >= options.limits.streams) return Admission::server_full;
  Counts& counts = addresses_[key];
  if (counts.streams >= options.limits.streams_per_address) return Admission::address_full;
  ++counts.streams;
  open_streams.add(1);
  return Admission::yes;
}

void Server::Core::leaveStream(const std::string& key) {
  open_streams.add(-1);
  const auto found = addresses_.find(key);
  if (found == addresses_.end()) return;
  --found->second.streams;
  if (found->second.connections == 0 && found->second.streams == 0) addresses_.erase(found);
}

void Server::Core::take(tcp::socket socket) {
  ErrorCode ec;
  const auto endpoint = socket.remote_endpoint(ec);
  if (ec) return;  // gone again
  const AddressBytes peer = bytesOf(endpoint.address());
  std::string key = rateKeyOf(toString(peer));
  const Admission admission = admit(key, trusted.contain(peer));
  if (admission == Admission::yes) {
    socket.set_option(tcp::no_delay(true), ec);
    serve(*this, std::move(socket), peer, std::move(key));
    return;
  }
  const int status = admission == Admission::server_full ? 503 : 429;
  refused(problemOf(status).code);
  if (tls || refusing_ >= refusals_at_once) return;  // closed
  asio::co_spawn(io, refuseConnection(std::move(socket), status), asio::detached);
}

asio::awaitable<void> Server::Core::refuseConnection(tcp::socket socket, int status) {
  ++refusing_;
  Response response = problem(problemOf(status), Language::zh, newRequestId(), status);
  std::string out;
  writeHead(out, response, {.core = *this, .close = true, .length = response.text().size()});
  out += response.text();
  ErrorCode ec;
  socket.non_blocking(true, ec);
  socket.write_some(asio::buffer(out), ec);  // a fresh socket has room for it
  socket.shutdown(tcp::socket::shutdown_send, ec);
  // Closing with unread bytes would take the answer from the client; so take in what it says, for a little.
  asio::steady_timer pause(io);
  std::array<char, 4096> sink{};
  for (int round = 0; round < 20; ++round) {
    while (socket.read_some(asio::buffer(sink), ec) > 0 && !ec) {
    }
    if (ec != asio::error::would_block) break;
    pause.expires_after(std::chrono::milliseconds{10});
    co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ec));
  }
  --refusing_;
}

asio::awaitable<void> Server::Core::sweepLoop() {
  std::size_t round = 0;
  ErrorCode ec;
  while (!draining || !connections.empty()) {
    sweep_timer_.expires_after(sweep_every);
    co_await sweep_timer_.async_wait(asio::redirect_error(asio::use_awaitable, ec));
    sweep();
    countAnswers();
    if (++round % 10 == 0) date_line = dateLine(parts.now());
    if (round % 400 == 0) rates.forgetRested(parts.now());
  }
}

void Server::Core::sweep() {
  const auto now = std::chrono::steady_clock::now();
  if (draining && now >= drain_until_) {
    drain_until_ = SteadyTime::max();
    for (AnyConnection* connection : connections) {
      if (connection->phase != Phase::idle && connection->phase != Phase::lingering) ++cut_off_;
      connection->kill();
    }
    return;
  }
  for (AnyConnection* connection : connections) {
    if (connection->deadline <= now) {
      connection->deadline = SteadyTime::max();
      connection->expire();
    }
  }
}

void Server::Core::countAnswers() {
  const auto now = std::chrono::steady_clock::now();
  const double passed = std::chrono::duration<double>(now - std::exchange(swept_, now)).count();
  const double weight = std::min(passed, 1.0);  // the mean looks back about a second
  answers_a_second_ +=
      weight * (static_cast<double>(std::exchange(answered_, 0)) / passed - answers_a_second_);
}

bool Server::Core::enter() {
  const double usual = answers_a_second_ * static_cast<double>(options.limits.in_flight_ms) / 1000;
  if (static_cast<double>(in_flight_) >= static_cast<double>(options.limits.in_flight) + usual) return false;
  ++in_flight_;
  requests_in_flight_.add(1);
  return true;
}

void Server::Core::exit() {
  --in_flight_;
  ++answered_;
  requests_in_flight_.add(-1);
}

void Server::Core::beginDrain() {
  draining = true;
  drain_until_ = std::chrono::steady_clock::now() + std::chrono::milliseconds{options.limits.drain_ms};
  ErrorCode ec;
  // Clients whose connection the system has already taken believe that we are there.
  for (;;) {
    tcp::socket socket(io);
    acceptor_.accept(socket, ec);
    if (ec) break;
    take(std::move(socket));
  }
  acceptor_.close(ec);
  for (AnyConnection* connection : connections) connection->drain();
}

Stopped Server::Core::stop() {
  const std::lock_guard lock(stop_mutex_);
  if (thread_.joinable()) {
    mailbox->send([this] { beginDrain(); });
    thread_.join();
    mailbox->close();
    workers.reset();
  }
  return {cut_off_};
}

void Server::Core::deliver(Exchange& exchange, Response response) {
  if (exchange.response) return;
  exchange.response = std::move(response);
  if (exchange.waiting) exchange.waiting->wake();
}

void Server::Core::handle(const std::shared_ptr<Exchange>& exchange, const Route& route) {
  auto sink = [exchange, box = mailbox](Response response) {
    if (box->isOwnThread()) {
      deliver(*exchange, std::move(response));
    } else {
      box->send(
          [exchange, answer = std::move(response)]() mutable { deliver(*exchange, std::move(answer)); });
    }
  };
  const Reply reply(std::move(sink), &exchange->request);
  auto run = [this, exchange, &route, reply] {
    try {
      route.handler(exchange->request, reply);
    } catch (const std::exception& error) {
      if (parts.log.fault) parts.log.fault(exchange->request.id, error.what());
      reply(problem(problemOf(500), exchange->request, 500));
    }
  };
  if (route.options.runs == Runs::on_io_thread) {
    run();
  } else if (!workers->submit(std::move(run))) {
    refused("server.busy");
    reply(problem(problemOf(503), exchange->request));
  }
}

RouteMetrics& Server::Core::metricsOf(const Route* route) {
  RouteMetrics& metrics = route_metrics_[route ? route->index : route_metrics_.size() - 1];
  if (!metrics.time) {
    const std::string name = route ? route->path : "none";
    const std::string method{route ? toString(route->method) : "-"};
    for (std::size_t i = 1; i < metrics.by_class.size(); ++i) {
      metrics.by_class[i] =
          &parts.metrics->counter("http_requests_total", "Answered requests",
                                  {{"route", name}, {"method", method}, {"status", fmt::format("{}xx", i)}});
    }
    metrics.time =
        &parts.metrics->histogram("http_request_seconds", "From the whole request to the end of its answer",
                                  {{"route", name}, {"method", method}});
  }
  return metrics;
}

void Server::Core::note(const AccessEntry& entry, const Route* route) {
  RouteMetrics& metrics = metricsOf(route);
  metrics.by_class[static_cast<std::size_t>(std::clamp(entry.status / 100, 1, 5))]->add();
  metrics.time->observe(entry.took);
  if (parts.log.access) parts.log.access(entry);
}

void Server::Core::refused(std::string_view code) {
  auto found = refusals_.find(code);
  if (found == refusals_.end()) {
    Counter& counter = parts.metrics->counter("http_refused_total",
                                              "Requests and connections that the server itself refused",
                                              {{"why", std::string{code}}});
    found = refusals_.emplace(code, &counter).first;
  }
  found->second->add();
}

Server::Server(ServerOptions options, ServerParts parts)
    : core_(std::make_unique<Core>(std::move(options), std::move(parts))) {}
Server::~Server() = default;
Result<void> Server::start() { return core_->start(); }
std::uint16_t Server::port() const { return core_->port; }
Stopped Server::stop() { return core_->stop(); }
Result<void> Server::reloadCertificate() { return core_->reloadCertificate(); }

}  // namespace jinyue::http
