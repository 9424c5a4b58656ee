// A stop under load: what was accepted is answered, what was not answered was not done.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "http/running_server.h"

namespace jinyue::http::test {
namespace shutdown_test {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Stop, FinishesWhatIsInFlight) {
  RunningServer running;
  auto client = running.client();
  client.send("GET /gate HTTP/1.1\r\nHost: a\r\n\r\n");
  running.gate.waitForVisitors(1);
  std::thread stopping([&] { EXPECT_EQ(running.server->stop().cut_off, 0u); });
  std::this_thread::sleep_for(milliseconds{150});
  EXPECT_THROW(running.client(), std::runtime_error) << "nobody new is let in";
  running.gate.open();
  const Answer answer = client.read();
  EXPECT_EQ(answer.body, "through");
  EXPECT_EQ(answer.header("connection"), "close");
  stopping.join();
}

TEST(Stop, LosesNothingUnderLoad) {
  std::atomic<int> done = 0;
  RunningServer running(testOptions(), [&](Router& router) {
    router.post("/write", answering([&](const Request&) {
                  std::this_thread::sleep_for(milliseconds{1});
                  ++done;
                  return plain(201, "written");
                }));
  });
  std::atomic<int> acknowledged = 0;
  std::atomic<int> cut = 0;
  std::atomic<int> ready = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 16; ++t) {
    threads.emplace_back([&] {
      auto client = running.client();
      for (bool first = true;; first = false) {
        if (!client.send("POST /write HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}")) break;
        const Answer answer = client.read();
        if (first) ++ready;
        if (answer.status != 201 || !answer.whole) {
          ++cut;
          break;
        }
        ++acknowledged;
        if (answer.header("connection") == "close") break;
      }
    });
  }
  while (ready < 16) std::this_thread::yield();
  std::this_thread::sleep_for(milliseconds{200});
  EXPECT_EQ(running.server->stop().cut_off, 0u);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(cut, 0) << "every client was told by Connection: close";
  EXPECT_EQ(acknowledged, done);
  EXPECT_GT(done, 100);
}

TEST(Stop, TakesBoundedTime) {
  ServerOptions options = testOptions();
  options.limits.drain_ms = 300;
  RunningServer running(options, [](Router& router) {
    router.get("/never", [](const Request&, const Reply& reply) {
      static std::vector<Reply> kept;
      kept.push_back(reply);
    });
  });
  auto client = running.client();
  client.send("GET /never HTTP/1.1\r\nHost: a\r\n\r\n");
  auto slow = running.client();
  slow.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx");
  std::this_thread::sleep_for(milliseconds{100});
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(running.server->stop().cut_off, 2u);
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds{3});
}

TEST(Stop, WithoutStartOrTwiceIsNothing) {
  ServerParts parts;
  parts.router = std::make_shared<const Router>();
  Server server(testOptions(), parts);
  EXPECT_EQ(server.stop().cut_off, 0u);
  ASSERT_TRUE(server.start());
  EXPECT_EQ(server.stop().cut_off, 0u);
  EXPECT_EQ(server.stop().cut_off, 0u);
}

}  // namespace shutdown_test
}  // namespace jinyue::http::test
