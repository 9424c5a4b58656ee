// A server on a free loopback port with the handlers that most tests need.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "http/client.h"
#include "http/problem_document.h"
#include "http/server.h"
#include "http/static_files.h"

namespace jinyue::http::test {

/// No limit on the request rate: the tests that are about it set one.
inline ServerOptions testOptions() {
  ServerOptions options;
  options.port = 0;
  options.limits.requests_per_second = 0;
  options.limits.connections_per_address = 100'000;
  return options;
}

/// A gate that handlers wait at, to hold a request in flight.
class Gate {
 public:
  void wait() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void waitForVisitors(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

class RunningServer {
 public:
  explicit RunningServer(ServerOptions options = testOptions(), std::function<void(Router&)> more = {}) {
    Router router;
    router.get("/hello", answering([](const Request&) { return plain(200, "hello"); }),
               {.runs = Runs::on_io_thread});
    router.get("/work", answering([](const Request&) { return plain(200, "work"); }));
    router.post("/echo", answering([](const Request& request) { return plain(200, request.body); }));
    router.get("/cases/{id}/tasks",
               answering([](const Request& request) { return plain(200, request.param("id")); }));
    router.get("/gate", answering([this](const Request&) {
                 gate.wait();
                 return plain(200, "through");
               }));
    router.get("/fault",
               answering([](const Request&) -> Response { throw std::runtime_error("secret detail"); }));
    if (more) more(router);
    ServerParts parts;
    parts.router = std::make_shared<const Router>(std::move(router));
    parts.metrics = metrics;
    parts.log.access = [this](const AccessEntry& entry) {
      const std::lock_guard lock(mutex_);
      lines_.push_back(toJsonLine(entry));
    };
    parts.log.fault = [this](std::string_view, std::string_view what) {
      const std::lock_guard lock(mutex_);
      faults_.emplace_back(what);
    };
    server = std::make_unique<Server>(std::move(options), std::move(parts));
    if (const auto started = server->start(); !started) throw std::runtime_error(describe(started.error()));
  }
  ~RunningServer() { gate.open(); }

  Client client(const char* from = nullptr) const { return Client(server->port(), from); }
  std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }
  std::vector<std::string> faults() const {
    const std::lock_guard lock(mutex_);
    return faults_;
  }
  /// The value of a metric's line, by its name with labels.
  std::string metric(const std::string& name) const {
    const std::string text = "\n" + metrics->text();
    const auto at = text.find("\n" + name + " ");
    if (at == std::string::npos) return "absent";
    const auto start = at + name.size() + 2;
    return text.substr(start, text.find('\n', start) - start);
  }

  Gate gate;
  std::shared_ptr<Metrics> metrics = std::make_shared<Metrics>();

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
  std::vector<std::string> faults_;

 public:
  std::unique_ptr<Server> server;  // last: ends before what its handlers use
};

}  // namespace jinyue::http::test
