// Many HTTP clients on one thread, for a server that runs beside them: plain sockets and epoll, so that the
// clients cost little of the two processors. Knows just enough of HTTP to read Jinyue's answers.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace jinyue::bench {

using Clock = std::chrono::steady_clock;

enum class Ending {
  answered,
  not_connected,  ///< refused or reset before anything was sent
  cut_off,        ///< sent, and the connection ended without a whole answer
  timed_out,      ///< sent, and nothing came in time
};

struct Answer {
  Ending ending = Ending::answered;
  int status = 0;
  bool has_retry_after = false;
  std::string_view body = {};  ///< valid during the call
};
using Done = std::function<void(const Answer&)>;

/// A field of a JSON object by its name, anywhere in the text: enough for ids in answers that we asked for.
inline std::string_view jsonField(std::string_view json, std::string_view name) {
  const std::string quoted = "\"" + std::string{name} + "\":";
  const std::size_t at = json.find(quoted);
  if (at == std::string_view::npos) return {};
  json.remove_prefix(at + quoted.size());
  if (json.starts_with('"')) {
    json.remove_prefix(1);
    return json.substr(0, json.find('"'));
  }
  return json.substr(0, json.find_first_of(",}]"));
}

/// Clients with a connection each. A client has one request under way at a time.
class Swarm {
 public:
  /// sources: how many loopback addresses (127.0.1.1, 127.0.1.2, …) the clients come from, so that a server
  /// sees as many; 0 leaves the choice to the system.
  Swarm(const std::string& host, std::uint16_t port, int sources, std::chrono::milliseconds patience)
      : sources_(sources), patience_(patience), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    address_.sin_family = AF_INET;
    address_.sin_port = htons(port);
    if (::inet_pton(AF_INET, host.c_str(), &address_.sin_addr) != 1)
      throw std::runtime_error("not an IPv4 address: " + host);
  }
  Swarm(const Swarm&) = delete;
  Swarm& operator=(const Swarm&) = delete;
  ~Swarm() {
    for (const auto& client : clients_) {
      if (client->fd >= 0) ::close(client->fd);
    }
    ::close(poll_);
  }

  using ClientId = std::uint32_t;
  ClientId newClient() {
    if (!free_.empty()) {
      const ClientId id = free_.back();
      free_.pop_back();
      return id;
    }
    clients_.push_back(std::make_unique<Client>());
    return static_cast<ClientId>(clients_.size() - 1);
  }
  /// Closes the connection; the number may be given out again.
  void drop(ClientId id) {
    close(*clients_[id]);
    free_.push_back(id);
  }
  /// Over the client's connection when it has one, else over a new one. close: the connection ends after the
  /// answer.
  void send(ClientId id, std::string request, bool close_after, Done done) {
    Client& client = *clients_[id];
    client.out = std::move(request);
    client.sent = 0;
    client.in.clear();
    client.close_after = close_after;
    client.done = std::move(done);
    client.deadline = Clock::now() + patience_;
    client.begun = false;
    ++under_way_;
    if (client.fd < 0 && !connect(client, id)) return finish(client, {Ending::not_connected});
    push(client);
  }
  std::size_t underWay() const { return under_way_; }

  /// Waits for events up to a time and handles them.
  void poll(std::chrono::milliseconds wait) {
    std::array<epoll_event, 512> events{};
    const int count =
        ::epoll_wait(poll_, events.data(), static_cast<int>(events.size()), static_cast<int>(wait.count()));
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      Client& client = *clients_[static_cast<ClientId>(event.data.u64)];
      // An event of a connection that was closed meanwhile.
      if (client.fd < 0 || client.connections != static_cast<std::uint32_t>(event.data.u64 >> 32U)) continue;
      if (client.done && client.sent < client.out.size() && (event.events & EPOLLOUT) != 0) push(client);
      if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) pull(client);
    }
    const auto now = Clock::now();
    if (now < next_sweep_) return;
    next_sweep_ = now + std::chrono::milliseconds{100};
    for (std::size_t i = 0; i < clients_.size(); ++i) {  // who is told may make new clients
      if (clients_[i]->done && clients_[i]->deadline < now) fail(*clients_[i], Ending::timed_out);
    }
  }

 private:
  struct Client {
    int fd = -1;
    std::uint32_t connections = 0;
    std::string out;
    std::size_t sent = 0;
    std::string in;
    bool close_after = false;
    bool begun = false;  ///< the server has some of the request
    Done done;
    Clock::time_point deadline;
  };

  bool connect(Client& client, ClientId id) {
    client.fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (client.fd < 0) throw std::runtime_error("no socket left; raise the limit of open files");
    const int one = 1;
    ::setsockopt(client.fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (sources_ > 0) {
      ::setsockopt(client.fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
      sockaddr_in from{};
      from.sin_family = AF_INET;
      const auto number = next_source_++ % static_cast<std::uint32_t>(sources_);
      from.sin_addr.s_addr = htonl(0x7F000100U + (number / 250U << 8U) + number % 250U + 1U);
      ::bind(client.fd, reinterpret_cast<sockaddr*>(&from), sizeof from);
    }
    const int code = ::connect(client.fd, reinterpret_cast<const sockaddr*>(&address_), sizeof address_);
    if (code != 0 && errno != EINPROGRESS) {
      ::close(client.fd);
      client.fd = -1;
      return false;
    }
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLET;
    event.data.u64 = std::uint64_t{++client.connections} << 32U | id;
    ::epoll_ctl(poll_, EPOLL_CTL_ADD, client.fd, &event);
    return true;
  }

  void close(Client& client) {
    if (client.fd >= 0) ::close(client.fd);
    client.fd = -1;
  }

  void finish(Client& client, const Answer& answer) {
    if (client.close_after || answer.ending != Ending::answered) close(client);
    --under_way_;
    const Done done = std::exchange(client.done, {});
    done(answer);
  }

  void fail(Client& client, Ending ending) {
    finish(client, {client.begun ? ending : Ending::not_connected});
  }

  void push(Client& client) {
    while (client.sent < client.out.size()) {
      const auto count =
          ::send(client.fd, client.out.data() + client.sent, client.out.size() - client.sent, MSG_NOSIGNAL);
      if (count < 0 && (errno == EAGAIN || errno == ENOTCONN)) return;
      if (count < 0) return fail(client, Ending::cut_off);
      client.begun = true;
      client.sent += static_cast<std::size_t>(count);
    }
  }

  void pull(Client& client) {
    for (;;) {
      const auto count = ::recv(client.fd, buffer_.data(), buffer_.size(), 0);
      if (count < 0 && errno == EAGAIN) return;
      if (count <= 0) {  // the end; without a request under way the server was tired of waiting
        if (client.done) return fail(client, Ending::cut_off);
        return close(client);
      }
      client.in.append(buffer_.data(), static_cast<std::size_t>(count));
      if (client.done && take(client)) return;
    }
  }

  /// Whether the answer is whole; then it has been handed over.
  bool take(Client& client) {
    const std::string_view in = client.in;
    const std::size_t head_end = in.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return false;
    const std::string_view head = in.substr(0, head_end + 2);
    Answer answer;
    answer.status = number(head.substr(9, 3));
    answer.has_retry_after = !field(head, "\r\nRetry-After: ").empty();
    std::size_t length = 0;
    const bool has_body = answer.status != 204 && answer.status != 304;
    if (has_body) {
      const std::string_view text = field(head, "\r\nContent-Length: ");
      if (text.empty()) throw std::runtime_error("an answer without Content-Length");
      length = static_cast<std::size_t>(number(text));
    }
    if (in.size() < head_end + 4 + length) return false;
    if (head.find("\r\nConnection: close\r\n") != std::string_view::npos) client.close_after = true;
    const std::string text = std::exchange(client.in, {});  // who is told may send the next request at once
    answer.body = std::string_view{text}.substr(head_end + 4, length);
    finish(client, answer);
    return true;
  }

  static std::string_view field(std::string_view head, std::string_view name) {
    const std::size_t at = head.find(name);
    if (at == std::string_view::npos) return {};
    head.remove_prefix(at + name.size());
    return head.substr(0, head.find('\r'));
  }

  static int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
  }

  sockaddr_in address_{};
  int sources_;
  std::chrono::milliseconds patience_;
  int poll_;
  std::uint32_t next_source_ = 0;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<ClientId> free_;
  std::size_t under_way_ = 0;
  Clock::time_point next_sweep_;
  std::array<char, 65536> buffer_{};
};

}  // namespace jinyue::bench
