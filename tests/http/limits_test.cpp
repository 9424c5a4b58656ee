// Each limit stops what it is there for and nothing else.
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/running_server.h"

namespace jinyue::http::test {
namespace limits_test {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

TEST(Limits, OfBodiesBelongToTheRoute) {
  ServerOptions options = testOptions();
  options.limits.body_bytes = 100;
  RunningServer running(options, [](Router& router) {
    router.post("/upload", answering([](const Request& request) {
                  return plain(200, std::to_string(request.body.size()));
                }),
                {.max_body = 300'000});
  });
  const auto post = [&](const std::string& path, std::size_t size) {
    auto client = running.client();
    client.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) +
                "\r\n\r\n");
    client.send(std::string(size, 'x'));
    return client.read();
  };
  EXPECT_EQ(post("/echo", 100).status, 200);
  EXPECT_EQ(post("/echo", 101).status, 413);
  EXPECT_EQ(post("/echo", 900'000).status, 413) << "the answer arrives although the client is still sending";
  EXPECT_EQ(post("/upload", 300'000).body, "300000");
  EXPECT_EQ(post("/upload", 300'001).status, 413);
  auto client = running.client();
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" +
              std::string(64, 'x') + "\r\n40\r\n");
  EXPECT_EQ(client.read().status, 413) << "chunks count together";
}

TEST(Limits, OfAllBodiesTogether) {
  ServerOptions options = testOptions();
  options.limits.body_memory = 150'000;
  RunningServer running(options);
  auto first = running.client();
  first.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n" + std::string(100'000, 'x'));
  std::this_thread::sleep_for(milliseconds{100});
  auto second = running.client();
  second.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n" + std::string(100'000, 'x'));
  const Answer refused = second.read();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("retry-after"), "1");
  first.send("x");
  EXPECT_EQ(first.read().body.size(), 100'001u);
}

TEST(Limits, OfAllBodiesGiveBackWhatClientsAbandon) {
  ServerOptions options = testOptions();
  options.limits.body_memory = 150'000;
  RunningServer running(options);
  for (int i = 0; i < 5; ++i) {
    auto client = running.client();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n" +
                std::string(100'000, 'x'));
    std::this_thread::sleep_for(milliseconds{50});
  }
  std::this_thread::sleep_for(milliseconds{50});
  auto client = running.client();
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + std::string(100'000, 'x'));
  EXPECT_EQ(client.read().status, 200);
}

TEST(Limits, OfRequestsPerAddress) {
  ServerOptions options = testOptions();
  options.limits.requests_per_second = 2;
  options.limits.request_burst = 5;
  RunningServer running(options);
  auto client = running.client();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(client.get("/hello").status, 200);
  const Answer refused = client.get("/hello", "Accept-Language: en\r\n");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.header("retry-after"), "1");
  EXPECT_THAT(refused.body, HasSubstr("too many requests from this address"));
  auto other = running.client("127.0.0.2");
  EXPECT_EQ(other.get("/hello").status, 200) << "another address has its own bucket";
  std::this_thread::sleep_for(milliseconds{600});
  EXPECT_EQ(client.get("/hello").status, 200) << "the same connection, after the wait";
}

TEST(Limits, OfConnections) {
  ServerOptions options = testOptions();
  options.limits.connections = 8;
  options.limits.connections_per_address = 5;
  RunningServer running(options);
  std::vector<Client> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(running.client());
    EXPECT_EQ(clients.back().get("/hello").status, 200);
  }
  EXPECT_EQ(running.client().get("/hello").status, 429);
  for (int i = 0; i < 3; ++i) {
    clients.push_back(running.client("127.0.0.2"));
    EXPECT_EQ(clients.back().get("/hello").status, 200);
  }
  const Answer full = running.client("127.0.0.3").get("/hello");
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(full.header("retry-after"), "1");
  clients.clear();
  std::this_thread::sleep_for(milliseconds{200});
  EXPECT_EQ(running.client().get("/hello").status, 200);
}

TEST(Limits, EndSlowHeaders) {
  ServerOptions options = testOptions();
  options.limits.header_ms = 300;
  RunningServer running(options);
  std::vector<Client> slow;
  for (int i = 0; i < 50; ++i) slow.push_back(running.client());
  const auto start = std::chrono::steady_clock::now();
  for (int round = 0; round < 6; ++round) {  // a little now and then does not extend the time
    for (Client& client : slow) client.send(round == 0 ? "GET /hello HTTP/1.1\r\n" : "X-A: b\r\n");
    std::this_thread::sleep_for(milliseconds{50});
  }
  EXPECT_EQ(running.client().get("/hello").status, 200) << "others are served meanwhile";
  for (Client& client : slow) {
    EXPECT_EQ(client.read().status, 408);
    EXPECT_TRUE(client.isClosedWithin(seconds{3}));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds{3});
}

TEST(Limits, EndSlowBodiesButNotSteadyOnes) {
  ServerOptions options = testOptions();
  options.limits.body_ms = 300;
  options.limits.body_least_rate = 2'000;
  RunningServer running(options);
  auto slow = running.client();
  slow.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
  std::thread dripping([&] {
    for (int i = 0; i < 15; ++i) {
      if (!slow.send("x")) return;
      std::this_thread::sleep_for(milliseconds{50});
    }
  });
  auto steady = running.client();
  steady.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n");
  for (int i = 0; i < 10; ++i) {  // takes 500 ms, but comes at 10 kB a second
    steady.send(std::string(500, 'x'));
    std::this_thread::sleep_for(milliseconds{50});
  }
  EXPECT_EQ(steady.read().status, 200);
  EXPECT_EQ(slow.read().status, 408);
  dripping.join();
}

TEST(Limits, EndIdleConnections) {
  ServerOptions options = testOptions();
  options.limits.idle_ms = 200;
  RunningServer running(options);
  auto client = running.client();
  EXPECT_EQ(client.get("/hello").status, 200);
  std::this_thread::sleep_for(milliseconds{100});
  EXPECT_EQ(client.get("/hello").status, 200);
  EXPECT_TRUE(client.isClosedWithin(seconds{2}));
  auto silent = running.client();
  EXPECT_FALSE(silent.isClosedWithin(milliseconds{400})) << "a first request has header_ms";
}

TEST(Limits, EndReadersThatDoNotRead) {
  ServerOptions options = testOptions();
  options.limits.write_ms = 300;
  const std::string large(20'000'000, 'x');
  RunningServer running(options, [&](Router& router) {
    router.get("/large", answering([&](const Request&) { return plain(200, large); }));
  });
  Client client(running.server->port(), nullptr, 4096);
  client.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto waitForConnections = [&](const char* count) {
    for (int each = 0; each < 500 && running.metric("http_connections") != count; ++each)
      std::this_thread::sleep_for(milliseconds{20});
    EXPECT_EQ(running.metric("http_connections"), count);
  };
  waitForConnections("1");  // else it could be asked before the server has taken the connection
  waitForConnections("0");
  EXPECT_FALSE(client.read().whole);
}

TEST(Limits, EndHandlersThatDoNotAnswer) {
  RunningServer running(testOptions(), [](Router& router) {
    router.get("/never",
               [](const Request&, const Reply& reply) {
                 static std::vector<Reply> kept;
                 kept.push_back(reply);
               },
               {.max_time = Millis{150}});
  });
  auto client = running.client();
  const Answer answer = client.get("/never", "Accept-Language: en\r\n");
  EXPECT_EQ(answer.status, 504);
  EXPECT_THAT(answer.body, HasSubstr("Idempotency-Key"));
  EXPECT_EQ(client.get("/hello").status, 200);
}

/// The only worker is busy with the first of them, the others wait behind it.
std::vector<Client> atTheGate(RunningServer& running, int count) {
  std::vector<Client> clients;
  for (int i = 0; i < count; ++i) {
    clients.push_back(running.client());
    clients.back().send("GET /gate HTTP/1.1\r\nHost: a\r\n\r\n");
    if (i == 0) running.gate.waitForVisitors(1);
  }
  return clients;
}

TEST(Limits, OfWaitingWork) {
  ServerOptions options = testOptions();
  options.workers = 1;
  options.limits.worker_queue = 2;
  RunningServer running(options);
  std::vector<Client> clients = atTheGate(running, 3);
  std::this_thread::sleep_for(milliseconds{100});
  auto late = running.client();
  const Answer refused = late.get("/work");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("retry-after"), "1");
  EXPECT_EQ(late.get("/hello").status, 200) << "what needs no worker goes on";
  running.gate.open();
  for (Client& client : clients) EXPECT_EQ(client.read().body, "through");
  EXPECT_EQ(late.get("/work").status, 200);
}

TEST(Limits, OfTheTimeThatWorkWaits) {
  ServerOptions options = testOptions();
  options.workers = 1;
  options.limits.worker_wait_ms = 50;
  RunningServer running(options);
  std::vector<Client> clients = atTheGate(running, 2);
  std::this_thread::sleep_for(milliseconds{300});
  auto late = running.client();
  const Answer refused = late.get("/work");
  EXPECT_EQ(refused.status, 503) << "there is room, but who stands there has waited too long";
  EXPECT_EQ(refused.header("retry-after"), "1");
  running.gate.open();
  for (Client& client : clients) EXPECT_EQ(client.read().body, "through");
  EXPECT_EQ(late.get("/work").status, 200);
}

TEST(Limits, OfRequestsUnderWay) {
  ServerOptions options = testOptions();
  options.workers = 1;
  options.limits.in_flight = 2;
  options.limits.in_flight_ms = 1;
  RunningServer running(options);
  std::vector<Client> clients = atTheGate(running, 2);
  std::this_thread::sleep_for(milliseconds{100});
  auto late = running.client();
  for (int i = 0; i < 2; ++i) {
    const Answer refused = late.get("/work");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("retry-after"), "1");
    EXPECT_EQ(refused.header("connection"), "") << "it may come again on the same connection";
  }
  running.gate.open();
  for (Client& client : clients) EXPECT_EQ(client.read().body, "through");
  EXPECT_EQ(late.get("/work").status, 200);
}

TEST(Limits, OfRequestsOnOneConnection) {
  ServerOptions options = testOptions();
  options.limits.requests_per_connection = 3;
  RunningServer running(options);
  auto client = running.client();
  EXPECT_EQ(client.get("/hello").header("connection"), "");
  EXPECT_EQ(client.get("/hello").header("connection"), "");
  EXPECT_EQ(client.get("/hello").header("connection"), "close");
}

}  // namespace limits_test
}  // namespace jinyue::http::test
