// The server as a well-behaved client sees it.
#include "http/server.h"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/running_server.h"

namespace jinyue::http::test {
namespace server_test {

using testing::HasSubstr;
using testing::Not;

TEST(Server, AnswersWithItsHeaders) {
  RunningServer running;
  auto client = running.client();
  const Answer answer = client.get("/hello");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello");
  EXPECT_EQ(answer.header("content-length"), "5");
  EXPECT_THAT(answer.header("date"),
              testing::MatchesRegex("[A-Z][a-z][a-z], [0-9][0-9] [A-Z][a-z][a-z] [0-9]+ .* GMT"));
  EXPECT_THAT(answer.header("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.header("referrer-policy"), "same-origin");
  EXPECT_EQ(answer.header("cache-control"), "no-store");
  EXPECT_EQ(answer.header("x-request-id").size(), 16u);
  EXPECT_EQ(answer.headers.count("connection"), 0u);
}

TEST(Server, KeepsTheConnectionForManyRequests) {
  RunningServer running;
  auto client = running.client();
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(client.get(i % 2 ? "/hello" : "/work").status, 200) << i;
  }
  EXPECT_EQ(running.metric("http_connections"), "1");
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  RunningServer running;
  auto client = running.client();
  std::string requests;
  for (int i = 0; i < 100; ++i) {
    // Workers take different times; the order must stay that of the requests.
    const std::string body = "body " + std::to_string(i);
    requests += i % 3 == 0
                    ? "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"
                    : "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
                          "\r\n\r\n" + body;
  }
  client.send(requests);
  for (int i = 0; i < 100; ++i) {
    const Answer answer = client.read();
    ASSERT_EQ(answer.status, 200) << i;
    EXPECT_EQ(answer.body, i % 3 == 0 ? "hello" : "body " + std::to_string(i));
  }
}

TEST(Server, ReadsRequestsThatComeByteByByte) {
  RunningServer running;
  auto client = running.client();
  const std::string request =
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n";
  for (const char c : request) {
    client.send({&c, 1});
    std::this_thread::sleep_for(std::chrono::microseconds{300});
  }
  const Answer answer = client.read();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "abcde");
  EXPECT_EQ(client.get("/hello").status, 200);
}

TEST(Server, ClosesWhenAskedAndSpeaksHttp10) {
  RunningServer running;
  auto closing = running.client();
  EXPECT_EQ(closing.get("/hello", "Connection: close\r\n").header("connection"), "close");
  EXPECT_TRUE(closing.isClosedWithin(std::chrono::seconds{3}));
  auto old = running.client();
  old.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.read().header("connection"), "close");
  EXPECT_TRUE(old.isClosedWithin(std::chrono::seconds{3}));
  auto old_alive = running.client();
  old_alive.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(old_alive.read().header("connection"), "keep-alive");
  old_alive.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old_alive.read().status, 200);
}

TEST(Server, AnswersHeadOptionsAndWrongMethods) {
  RunningServer running;
  auto client = running.client();
  client.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  const Answer head = client.read(std::chrono::seconds{5}, true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), "5");
  client.send("OPTIONS /echo HTTP/1.1\r\nHost: a\r\n\r\n");
  const Answer options = client.read();
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("allow"), "POST, OPTIONS");
  client.send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.read().status, 204);
  client.send("DELETE /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  const Answer wrong = client.read();
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(wrong.header("content-type"), "application/problem+json");
  EXPECT_EQ(client.get("/nowhere").status, 404);
  EXPECT_EQ(client.get("/hello").status, 200) << "none of these ends the connection";
}

TEST(Server, SpeaksTheCallersLanguage) {
  RunningServer running;
  auto client = running.client();
  EXPECT_THAT(client.get("/nowhere").body, HasSubstr("没有这个地址"));
  const Answer english = client.get("/nowhere", "Accept-Language: en-GB,zh;q=0.5\r\n");
  EXPECT_THAT(english.body, HasSubstr("there is nothing at this address"));
  EXPECT_THAT(english.body, HasSubstr("urn:jinyue:request:" + english.header("x-request-id")));
  EXPECT_EQ(english.header("content-language"), "en");
}

TEST(Server, TurnsFaultsInto500WithoutTellingWhy) {
  RunningServer running;
  auto client = running.client();
  const Answer answer = client.get("/fault");
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
  EXPECT_THAT(answer.body, HasSubstr("server.fault"));
  EXPECT_THAT(running.faults(), testing::ElementsAre("secret detail"));
}

TEST(Server, AnswersLaterFromAnotherThread) {
  std::vector<Reply> kept;
  std::mutex mutex;
  RunningServer running(testOptions(), [&](Router& router) {
    router.post("/later",
                [&](const Request&, Reply reply) {
                  const std::lock_guard lock(mutex);
                  kept.push_back(std::move(reply));
                },
                {.runs = Runs::on_io_thread});
  });
  std::vector<Client> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(running.client());
    clients.back().send("POST /later HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  }
  EXPECT_EQ(running.client().get("/hello").status, 200) << "nobody waits for the others";
  for (;;) {
    const std::lock_guard lock(mutex);
    if (kept.size() == 20) break;
  }
  std::thread committer([&] {
    for (const Reply& reply : kept) {
      reply(plain(201, "durable"));
      reply(plain(200, "the second answer does not count"));
    }
  });
  for (Client& client : clients) EXPECT_EQ(client.read().body, "durable");
  committer.join();
}

TEST(Server, AnswersForAHandlerThatForgets) {
  RunningServer running(testOptions(),
                        [](Router& router) { router.get("/forgets", [](const Request&, const Reply&) {}); });
  auto client = running.client();
  const Answer answer = client.get("/forgets", "Accept-Language: en\r\n");
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, HasSubstr("something went wrong in the server"));
}

TEST(Server, LateRepliesFindNoFreedServer) {
  std::optional<Reply> kept;
  std::atomic<bool> has_one = false;
  ServerOptions options = testOptions();
  options.limits.drain_ms = 100;
  {
    RunningServer running(options, [&](Router& router) {
      router.get("/later", [&](const Request&, Reply reply) {
        kept = std::move(reply);
        has_one = true;
      });
    });
    auto client = running.client();
    client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    while (!has_one) std::this_thread::yield();
    EXPECT_EQ(running.server->stop().cut_off, 1u);
  }
  (*kept)(plain(200, "nobody listens"));
}

TEST(Server, SendsLongBodiesInPieces) {
  RunningServer running(testOptions(), [](Router& router) {
    router.get("/export", answering([](const Request&) {
                 Response response = plain(200, "");
                 response.body = Pieces{[row = 0]() mutable -> std::optional<std::string> {
                   if (row == 5'000) return std::nullopt;
                   return "row " + std::to_string(row++) + ",一行数据\n";
                 }};
                 return response;
               }));
    router.get("/broken-export", answering([](const Request&) {
                 Response response = plain(200, "");
                 response.body = Pieces{[row = 0]() mutable -> std::optional<std::string> {
                   if (row++ == 3) throw std::runtime_error("the disk is gone");
                   return "row\n";
                 }};
                 return response;
               }));
  });
  auto client = running.client();
  const Answer answer = client.get("/export");
  EXPECT_TRUE(answer.whole);
  EXPECT_EQ(std::ranges::count(answer.body, '\n'), 5'000);
  EXPECT_EQ(client.get("/hello").status, 200);
  EXPECT_FALSE(client.get("/broken-export").whole) << "the client must see that it is not all";
}

TEST(Server, SendsLargeTexts) {
  const std::string large(3'000'000, 'x');
  RunningServer running(testOptions(), [&](Router& router) {
    router.get("/large", answering([&](const Request&) { return plain(200, large); }));
  });
  auto client = running.client();
  EXPECT_EQ(client.get("/large").body, large);
  EXPECT_EQ(client.get("/large").body, large);
}

TEST(Server, Sends100ContinueOnlyWhenTheBodyIsWanted) {
  RunningServer running;
  auto client = running.client();
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read().status, 100);
  client.send("body");
  EXPECT_EQ(client.read().body, "body");
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read().status, 413);
}

TEST(Server, BelievesOnlyTrustedProxies) {
  const auto show = [](Router& router) {
    router.get("/who", answering([](const Request& request) {
                 return plain(
                     200, request.remote_address + (request.secure ? " secure " : " plain ") + request.id);
               }));
  };
  const std::string_view headers =
      "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Request-Id: abc-1\r\n";
  RunningServer alone(testOptions(), show);
  EXPECT_THAT(alone.client().get("/who", headers).body, testing::StartsWith("127.0.0.1 plain "));
  EXPECT_THAT(alone.client().get("/who", headers).body, Not(HasSubstr("abc-1")));
  ServerOptions options = testOptions();
  options.trusted_proxies = {"127.0.0.0/8"};
  RunningServer behind(options, show);
  EXPECT_EQ(behind.client().get("/who", headers).body, "203.0.113.9 secure abc-1");
  const Answer two =
      behind.client().get("/who", "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 203.0.113.9\r\n");
  EXPECT_THAT(two.body, testing::StartsWith("203.0.113.9 ")) << "the field that the proxy added comes last";
}

TEST(Server, WritesOneLineForEachRequestAndCounts) {
  RunningServer running;
  {
    auto client = running.client();
    client.get("/cases/42/tasks?name=secret");
    client.get("/nowhere");
  }
  running.server->stop();
  const auto lines = running.lines();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_THAT(
      lines[0],
      HasSubstr(R"("method":"GET","path":"/cases/42/tasks","route":"/cases/{id}/tasks","status":200)"));
  EXPECT_THAT(lines[0], Not(HasSubstr("secret")));
  EXPECT_THAT(lines[1], HasSubstr(R"("status":404)"));
  EXPECT_EQ(running.metric(R"(http_requests_total{route="/cases/{id}/tasks",method="GET",status="2xx"})"),
            "1");
  EXPECT_EQ(running.metric(R"(http_requests_total{route="none",method="-",status="4xx"})"), "1");
  EXPECT_EQ(running.metric(R"(http_request_seconds_count{route="/cases/{id}/tasks",method="GET"})"), "1");
}

TEST(Server, SaysNoWhenTheAddressIsTaken) {
  RunningServer first;
  ServerOptions options = testOptions();
  options.port = first.server->port();
  ServerParts parts;
  parts.router = std::make_shared<const Router>();
  Server second(options, parts);
  const auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, "server.address-taken");
}

TEST(Server, ServesAThousandConnections) {
  RunningServer running;
  std::vector<Client> clients;
  for (int i = 0; i < 1000; ++i) clients.push_back(running.client());
  for (int round = 0; round < 3; ++round) {
    for (Client& client : clients) client.send("GET /work HTTP/1.1\r\nHost: a\r\n\r\n");
    for (Client& client : clients) ASSERT_EQ(client.read().body, "work");
  }
  EXPECT_EQ(running.metric("http_connections"), "1000");
  clients.clear();
  auto last = running.client();
  for (int i = 0; i < 100 && running.metric("http_connections") != "1"; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  EXPECT_EQ(running.metric("http_connections"), "1");
}

}  // namespace server_test
}  // namespace jinyue::http::test
