// Small requests over loopback: the server on one thread, its clients on another. Prints ratios of one run: a
// routed JSON answer, a worker's answer and a static file against the shortest answer that there is.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "http/server.h"
#include "http/static_files.h"

namespace {

using namespace jinyue;
using namespace jinyue::http;
using Clock = std::chrono::steady_clock;

struct Outcome {
  double per_second = 0;
  double p50_ms = 0, p99_ms = 0;
  double server_us = 0;  ///< processor time of the server for one request
};

double processorSeconds(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// Of all threads but this one, which is the clients'.
double serverSeconds() {
  return processorSeconds(CLOCK_PROCESS_CPUTIME_ID) - processorSeconds(CLOCK_THREAD_CPUTIME_ID);
}

int connectTo(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("connect");
  return fd;
}

/// As many connections, each sending its next request when its answer is there. All answers of one kind are
/// alike in size, so the end of an answer is known from the first one.
Outcome load(std::uint16_t port, const std::string& path, int connections, std::chrono::milliseconds time) {
  const std::string request = "GET " + path + " HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: br\r\n\r\n";
  std::vector<char> buffer(1 << 18);
  const int probe = connectTo(port);
  if (::send(probe, request.data(), request.size(), 0) < 0) throw std::runtime_error("send");
  ::usleep(200'000);
  const auto answer_size = ::recv(probe, buffer.data(), buffer.size(), 0);
  ::close(probe);
  if (answer_size <= 0 || std::string_view{buffer.data(), 12} != "HTTP/1.1 200")
    throw std::runtime_error("bad answer of " + path);

  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  struct Caller {
    int fd;
    ssize_t left;
    Clock::time_point sent;
  };
  std::vector<Caller> callers;
  for (int i = 0; i < connections; ++i) callers.push_back({connectTo(port), answer_size, Clock::now()});
  for (std::size_t i = 0; i < callers.size(); ++i) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    ::epoll_ctl(poll, EPOLL_CTL_ADD, callers[i].fd, &event);
    if (::send(callers[i].fd, request.data(), request.size(), 0) < 0) throw std::runtime_error("send");
  }
  std::vector<double> times;
  times.reserve(1 << 20);
  const double busy_before = serverSeconds();
  const auto start = Clock::now();
  std::array<epoll_event, 256> events{};
  for (auto now = start; now - start < time;) {
    const int n = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 1000);
    now = Clock::now();
    for (int i = 0; i < n; ++i) {
      Caller& caller = callers[events[static_cast<std::size_t>(i)].data.u64];
      const auto got = ::recv(caller.fd, buffer.data(), buffer.size(), 0);
      if (got <= 0) throw std::runtime_error("the server closed");
      caller.left -= got;
      if (caller.left > 0) continue;
      times.push_back(std::chrono::duration<double, std::milli>(now - caller.sent).count());
      caller.left = answer_size;
      caller.sent = now;
      if (::send(caller.fd, request.data(), request.size(), 0) < 0) throw std::runtime_error("send");
    }
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const double busy = serverSeconds() - busy_before;
  for (const Caller& caller : callers) ::close(caller.fd);
  ::close(poll);
  std::ranges::sort(times);
  const auto count = static_cast<double>(times.size());
  return {count / seconds, times[times.size() / 2], times[times.size() * 99 / 100], busy * 1e6 / count};
}

}  // namespace

int main() {
  const auto folder =
      std::filesystem::temp_directory_path() / ("jinyue-bench-http-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "page.js") << std::string(4'000, 'x');
  std::ofstream(folder / "page.js.br") << std::string(1'000, 'y');

  Router router;
  router.get("/hello", answering([](const Request&) { return plain(200, "hello"); }),
             {.runs = Runs::on_io_thread});
  router.get("/api/v1/cases/{id}/tasks", answering([](const Request& request) {
               std::string text = "{\"case\":\"" + request.param("id") + "\",\"tasks\":[";
               for (int i = 0; i < 10; ++i)
                 text += (i ? ",{\"id\":" : "{\"id\":") + std::to_string(i) + ",\"name\":\"受理\"}";
               return json(200, text + "]}");
             }),
             {.runs = Runs::on_io_thread});
  router.get("/worker", answering([](const Request&) { return plain(200, "hello"); }));
  router.mount("/", staticFiles(std::make_shared<StaticFiles>(folder, StaticOptions{})),
               {.runs = Runs::on_io_thread});
  ServerOptions options;
  options.port = 0;
  options.limits.requests_per_second = 0;
  options.limits.connections_per_address = 10'000;
  options.limits.requests_per_connection = 1'000'000'000;
  ServerParts parts;
  parts.router = std::make_shared<const Router>(std::move(router));
  Server server(options, parts);
  if (const auto started = server.start(); !started) {
    std::fprintf(stderr, "%s\n", describe(started.error()).c_str());
    return 1;
  }
  for (const int connections : {64, 256}) {
    double hello = 0;
    for (const char* path : {"/hello", "/api/v1/cases/2026-000042/tasks", "/page.js", "/worker"}) {
      const Outcome outcome = load(server.port(), path, connections, std::chrono::seconds{3});
      if (hello == 0) hello = outcome.per_second;
      std::printf(
          "%3d connections  %-34s %8.0f/s  %.2f of hello  median %.2f ms  p99 %.2f ms  server %.1f us each\n",
          connections, path, outcome.per_second, outcome.per_second / hello, outcome.p50_ms, outcome.p99_ms,
          outcome.server_us);
    }
  }
  std::filesystem::remove_all(folder);
}
