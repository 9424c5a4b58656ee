// What an operator may set of the server. Every limit is one; docs/server.md has the table.
#pragma once

#include <boost/describe.hpp>

#include "base/json_read.h"

namespace jinyue::http {

/// Times in milliseconds, sizes in bytes.
struct Limits {
  std::size_t header_bytes = 16u << 10;       ///< request line and fields; 431
  std::size_t header_fields = 64;             ///< 431
  std::size_t url_bytes = 4u << 10;           ///< 414
  std::size_t path_segments = 24;             ///< 400
  std::size_t query_fields = 100;             ///< 400
  std::size_t body_bytes = 1u << 20;          ///< unless the route says otherwise; 413
  std::size_t body_memory = 512u << 20;       ///< of all bodies that are being read or handled; 503
  std::size_t connections = 10'000;           ///< 503
  std::size_t connections_per_address = 200;  ///< 429; not for trusted proxies
  std::size_t streams = 5'000;                ///< event streams; 503
  std::size_t streams_per_address = 20;       ///< 429
  double requests_per_second = 50;            ///< per address, in the mean; 0 is no limit; 429
  double request_burst = 200;                 ///< per address, at once
  std::size_t requests_per_connection =
      100'000;                          ///< then it is closed, so that nodes behind a balancer even out
  std::size_t worker_queue = 4'096;     ///< requests that wait for a worker; 503
  std::int64_t worker_wait_ms = 5'000;  ///< while the first of them has waited longer, others get 503
  /// Requests that may be under way at once, whatever they take; and beyond them as many as were answered in
  /// the last in_flight_ms: so nobody stands in a line for much longer than that. More get 503.
  std::size_t in_flight = 1'000;
  std::int64_t in_flight_ms = 2'000;

  std::int64_t idle_ms = 75'000;  ///< between two requests; longer than the proxy keeps its own side
  std::int64_t tls_handshake_ms = 10'000;
  std::int64_t header_ms = 10'000;       ///< from the first byte of a request to the end of its header; 408
  std::int64_t body_ms = 10'000;         ///< for a body, plus its size at the least rate; 408
  std::int64_t body_least_rate = 4'096;  ///< bytes a second
  std::int64_t write_ms = 30'000;        ///< for each 64 KiB of an answer
  std::int64_t handler_ms = 60'000;      ///< until a handler must have answered; 504
  std::int64_t heartbeat_ms = 15'000;    ///< on event streams
  std::int64_t slow_ms = 1'000;          ///< an answer that took longer is marked slow in the log
  std::int64_t drain_ms = 20'000;        ///< how long a stop waits for requests in flight
  std::int64_t drain_idle_ms = 250;      ///< how long a stop still takes requests on open connections
};
BOOST_DESCRIBE_STRUCT(Limits, (),
                      (header_bytes, header_fields, url_bytes, path_segments, query_fields, body_bytes,
                       body_memory, connections, connections_per_address, streams, streams_per_address,
                       requests_per_second, request_burst, requests_per_connection, worker_queue,
                       worker_wait_ms, in_flight, in_flight_ms, idle_ms, tls_handshake_ms, header_ms, body_ms,
                       body_least_rate, write_ms, handler_ms, heartbeat_ms, slow_ms, drain_ms, drain_idle_ms))

struct TlsFiles {
  std::string certificate;  ///< PEM, with the chain
  std::string key;          ///< PEM
};
BOOST_DESCRIBE_STRUCT(TlsFiles, (), (certificate, key))

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  std::optional<TlsFiles> tls;
  std::size_t workers = 4;  ///< threads for handlers that block
  /// Networks ("10.0.0.0/8", "127.0.0.1", "::1") whose X-Forwarded-For, X-Forwarded-Proto and X-Request-Id
  /// count.
  std::vector<std::string> trusted_proxies;
  /// Sent with every answer that does not set its own.
  std::string content_security_policy =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
      "frame-ancestors 'none'";
  std::string referrer_policy = "same-origin";
  std::int64_t hsts_seconds = 0;  ///< Strict-Transport-Security on secure answers; 0: none
  Limits limits;
};
BOOST_DESCRIBE_STRUCT(ServerOptions, (),
                      (address, port, tls, workers, trusted_proxies, content_security_policy, referrer_policy,
                       hsts_seconds, limits))

/// From the "server" object of a configuration file: members that are absent keep their defaults, and every
/// wrong or unknown one is reported.
Result<ServerOptions> readServerOptions(std::string_view json_text);
/// What no number alone can say: times above zero, networks that parse, files that are named together.
Result<void> check(const ServerOptions& options);

}  // namespace jinyue::http

namespace jinyue {
template <>
struct JsonCodec<http::Limits> {
  static void write(std::string& out, const http::Limits& value);
  static bool read(JsonReader& in, simdjson::ondemand::value json, http::Limits& value);
};
template <>
struct JsonCodec<http::ServerOptions> {
  static void write(std::string& out, const http::ServerOptions& value);
  static bool read(JsonReader& in, simdjson::ondemand::value json, http::ServerOptions& value);
};
}  // namespace jinyue
