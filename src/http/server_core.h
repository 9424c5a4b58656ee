// What all connections of a server share. Everything here belongs to the I/O thread unless it says otherwise.
#pragma once

#include <list>
#include <thread>

#include "http/asio.h"
#include "http/networks.h"
#include "http/rate_limit.h"
#include "http/server.h"
#include "http/worker_pool.h"

namespace jinyue::http {

/// Brings calls from other threads to the I/O thread, many with one wake-up. Outlives the server, so that a
/// late reply finds a closed box and not a freed one. Thread-safe.
class Mailbox {
 public:
  explicit Mailbox(asio::io_context& io) : io_(&io) {}
  /// False when the server is gone.
  bool send(std::function<void()> letter);
  void close();
  void setOwner(std::thread::id thread) { owner_ = thread; }
  bool isOwnThread() const { return std::this_thread::get_id() == owner_; }

 private:
  void deliver();
  std::mutex mutex_;
  asio::io_context* io_;
  std::vector<std::function<void()>> letters_;
  std::thread::id owner_;
};

/// What a connection is at; decides what the end of its time means.
enum class Phase { handshake, idle, head, body, handling, writing, streaming, lingering };

/// A connection as the server's sweep and its stop see it.
class AnyConnection {
 public:
  AnyConnection() = default;
  AnyConnection(const AnyConnection&) = delete;
  AnyConnection& operator=(const AnyConnection&) = delete;
  virtual ~AnyConnection() = default;
  /// Its deadline has passed.
  virtual void expire() = 0;
  /// The server stops: finish what is begun.
  virtual void drain() = 0;
  /// At once.
  virtual void kill() = 0;
  /// Goes on with what waited for an answer or an event.
  virtual void wake() = 0;

  SteadyTime deadline = SteadyTime::max();
  Phase phase = Phase::idle;
  bool killed = false;
};

/// A request and the answer to it; shared with the replies.
struct Exchange {
  Request request;
  std::optional<Response> response;
  AnyConnection* waiting = nullptr;
};

struct RouteMetrics {
  std::array<Counter*, 6> by_class{};  ///< of the status: 1xx … 5xx
  Histogram* time = nullptr;
};

class Server::Core {
 public:
  Core(ServerOptions options, ServerParts parts);
  ~Core();

  Result<void> start();
  Stopped stop();
  Result<void> reloadCertificate();
  Result<std::shared_ptr<asio::ssl::context>> loadCertificate() const;

  /// Hands a request to its handler; the answer comes into the exchange.
  void handle(const std::shared_ptr<Exchange>& exchange, const Route& route);
  /// An answer for the exchange, on the I/O thread.
  static void deliver(Exchange& exchange, Response response);
  void note(const AccessEntry& entry, const Route* route);
  void refused(std::string_view code);
  /// A request begins to wait for its answer; false: too many do, and nothing will be done.
  bool enter();
  void exit();
  std::string newRequestId();

  // Places, counted by who takes them; false: none left.
  enum class Admission { yes, server_full, address_full };
  Admission admit(const std::string& key, bool trusted);
  void leave(const std::string& key);
  Admission admitStream(const std::string& key);
  void leaveStream(const std::string& key);

  const ServerOptions options;
  ServerParts parts;
  Networks trusted;
  asio::io_context io{1};
  std::shared_ptr<Mailbox> mailbox;
  std::shared_ptr<asio::ssl::context> tls;
  RateLimiter rates;
  std::unique_ptr<WorkerPool> workers;
  std::list<AnyConnection*> connections;
  std::size_t body_bytes = 0;  ///< of the bodies now in memory
  bool draining = false;
  std::string date_line;
  std::string security_lines;  ///< those that no handler changes
  std::uint16_t port = 0;

  Gauge& open_connections;
  Gauge& open_streams;
  Counter& bytes_received;
  Counter& bytes_sent;

 private:
  struct Counts {
    std::size_t connections = 0, streams = 0;
  };
  asio::awaitable<void> acceptLoop();
  asio::awaitable<void> sweepLoop();
  asio::awaitable<void> refuseConnection(tcp::socket socket, int status);
  void take(tcp::socket socket);
  void beginDrain();
  void sweep();
  void countAnswers();
  void endWhenEmpty();
  RouteMetrics& metricsOf(const Route* route);

  tcp::acceptor acceptor_{io};
  asio::steady_timer sweep_timer_{io};
  std::unordered_map<std::string, Counts> addresses_;
  std::vector<RouteMetrics> route_metrics_;
  std::map<std::string, Counter*, std::less<>> refusals_;
  std::size_t refusing_ = 0;
  Gauge& requests_in_flight_;
  std::size_t in_flight_ = 0;
  std::size_t answered_ = 0;     ///< since the last sweep
  double answers_a_second_ = 0;  ///< mean of about the last second
  SteadyTime swept_ = std::chrono::steady_clock::now();
  std::uint64_t id_seed_ = 0;
  std::uint64_t id_count_ = 0;
  SteadyTime drain_until_ = SteadyTime::max();
  std::size_t cut_off_ = 0;
  std::thread thread_;
  std::mutex stop_mutex_;
};

/// Serves a connection until its end.
void serve(Server::Core& core, tcp::socket socket, const AddressBytes& peer, std::string key);

}  // namespace jinyue::http
