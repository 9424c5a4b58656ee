// The server: HTTP/1.1 on one I/O thread, handlers on that thread or on workers, answers from any thread.
#pragma once

#include "http/access_log.h"
#include "http/metrics.h"
#include "http/options.h"
#include "http/router.h"

namespace jinyue::http {

/// What the server needs from outside, so that tests can drive it.
struct ServerParts {
  std::shared_ptr<const Router> router;
  std::shared_ptr<Metrics> metrics;  ///< made by the server when absent
  ServerLog log;
  NowFn now = systemNow;
  /// A new request id, short and unlike any other; called on the I/O thread. Random when absent.
  std::function<std::string()> new_request_id;
};

/// How a stop went.
struct Stopped {
  std::size_t cut_off = 0;  ///< requests whose answer did not come within drain_ms
};

class Server {
 public:
  /// Checks options and throws std::invalid_argument on bad ones.
  Server(ServerOptions options, ServerParts parts);
  /// Stops.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds, listens and begins to serve on threads of its own. Says no when the address is taken or the
  /// certificate can't be read.
  Result<void> start();
  /// The port it listens on, after start.
  std::uint16_t port() const;
  /// Takes no more connections, finishes requests in flight, ends event streams, and returns when all is done
  /// or drain_ms is over. From any thread but those that handlers run on; a second call does nothing.
  Stopped stop();
  /// Reads the certificate files anew, for connections from now on; says no and keeps the old ones when they
  /// are not good.
  Result<void> reloadCertificate();

  class Core;

 private:
  std::unique_ptr<Core> core_;
};

}  // namespace jinyue::http
