// Server-sent events over real connections.
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/running_server.h"

namespace jinyue::http::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

struct Live {
  explicit Live(ServerOptions options = testOptions(), EventBusLimits limits = {})
      : bus(std::make_shared<EventBus>("e1", limits)), running(std::move(options), [this](Router& router) {
          router.get("/events", answering([this](const Request& request) {
                       EventStream stream{bus, {}, [this] { return allowed.load(); }};
                       for (const auto& [name, value] : request.query) stream.topics.push_back(value);
                       return events(std::move(stream));
                     }),
                     {.runs = Runs::on_io_thread});
        }) {}

  Client open(const std::string& query, const std::string& last_id = {}) {
    auto client = running.client();
    client.send("GET /events?" + query + " HTTP/1.1\r\nHost: a\r\n" +
                (last_id.empty() ? "" : "Last-Event-ID: " + last_id + "\r\n") + "\r\n");
    EXPECT_THAT(client.readUntil("\r\n\r\n"), HasSubstr("Content-Type: text/event-stream"));
    return client;
  }

  std::atomic<bool> allowed = true;
  std::shared_ptr<EventBus> bus;
  RunningServer running;
};

TEST(EventStreams, BringWhatIsPublishedUnderTheirTopics) {
  Live live;
  auto client = live.open("topic=case:1&topic=counters");
  EXPECT_THAT(client.readUntil("\n\n"), HasSubstr("retry: 2000\nid: e1-0\n\n"));
  live.bus->publish("case:2", "changed", "not for us");
  live.bus->publish("case:1", "changed", "{\"state\":\"办理中\"}");
  const std::string event = client.readUntil("\n\n");
  EXPECT_THAT(event, HasSubstr("id: e1-2\nevent: changed\ndata: {\"state\":\"办理中\"}\n\n"));
}

TEST(EventStreams, ResumeWithoutLossOrDoubles) {
  Live live;
  std::vector<int> seen;
  std::string last_id = "e1-0";
  std::atomic<bool> done = false;
  std::thread publisher([&] {
    for (int i = 1; i <= 200; ++i) {
      live.bus->publish("worklist", "n", std::to_string(i));
      std::this_thread::sleep_for(milliseconds{1});
    }
    done = true;
  });
  while (seen.empty() || seen.back() != 200) {  // a new connection for every few events
    auto client = live.open("topic=worklist", last_id);
    client.readUntil("\n\n");
    for (int n = 0; n < 17 && (seen.empty() || seen.back() != 200); ++n) {
      const std::string event = client.readUntil("\n\n");
      const auto id = event.find("id: ");
      last_id = event.substr(id + 4, event.find('\n', id) - id - 4);
      seen.push_back(std::stoi(event.substr(event.find("data: ") + 6)));
    }
  }
  publisher.join();
  ASSERT_EQ(seen.size(), 200u);
  for (int i = 0; i < 200; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], i + 1);
}

TEST(EventStreams, SayWhenWhatWasMissedIsGone) {
  Live live(testOptions(), {.events_per_topic = 3});
  for (int i = 0; i < 10; ++i) live.bus->publish("t", "n", std::to_string(i));
  EXPECT_THAT(live.open("topic=t", "e1-2").readUntil("\n\n"), HasSubstr("id: e1-10\nevent: reset\n"));
  EXPECT_THAT(live.open("topic=t", "e0-9").readUntil("\n\n"), HasSubstr("event: reset"))
      << "from before a restart";
  auto client = live.open("topic=t", "e1-8");
  EXPECT_THAT(client.readUntil("\n\n"), Not(HasSubstr("reset")));
  EXPECT_THAT(client.readUntil("\n\n"), HasSubstr("data: 8"));
}

TEST(EventStreams, BeatAndAskWhetherTheyMayGoOn) {
  ServerOptions options = testOptions();
  options.limits.heartbeat_ms = 100;
  Live live(options);
  auto client = live.open("topic=t");
  client.readUntil("\n\n");
  EXPECT_THAT(client.readUntil(":\n\n"), HasSubstr(":\n\n"));
  EXPECT_THAT(client.readUntil(":\n\n"), HasSubstr(":\n\n"));
  live.allowed = false;
  EXPECT_THAT(client.readUntil("\r\n0\r\n\r\n"), HasSubstr("\r\n0\r\n\r\n"))
      << "a session that has ended gets no more";
  EXPECT_TRUE(client.isClosedWithin(seconds{3}));
}

TEST(EventStreams, EndWhenTheyMayNotGoOnHoweverBusy) {
  ServerOptions options = testOptions();
  options.limits.heartbeat_ms = 100;
  Live live(options);
  auto client = live.open("topic=t");
  live.allowed = false;
  for (int i = 0; i < 60; ++i) {
    live.bus->publish("t", "n", "x");
    std::this_thread::sleep_for(milliseconds{10});
  }
  EXPECT_TRUE(client.isClosedWithin(milliseconds{100}));
}

TEST(EventStreams, NoticeAtOnceThatTheClientHasGone) {
  Live live;
  {
    auto client = live.open("topic=t");
    client.readUntil("\n\n");
    EXPECT_EQ(live.running.metric("http_event_streams"), "1");
  }
  for (int i = 0; i < 50 && live.running.metric("http_event_streams") != "0"; ++i)
    std::this_thread::sleep_for(milliseconds{20});
  EXPECT_EQ(live.running.metric("http_event_streams"), "0");
  EXPECT_EQ(live.bus->size().readers, 0u);
}

TEST(EventStreams, DropReadersThatAreTooSlow) {
  ServerOptions options = testOptions();
  options.limits.write_ms = 500;
  Live live(options, {.events_per_topic = 100});
  Client slow(live.running.server->port(), nullptr, 4096);
  slow.send("GET /events?topic=t HTTP/1.1\r\nHost: a\r\n\r\n");
  slow.readUntil("\n\n");
  auto quick = live.open("topic=t");
  const std::string data(20'000, 'x');
  for (int i = 0; i < 600; ++i) {
    live.bus->publish("t", "n", data);
    quick.readUntil("xxx\n\n");
  }
  for (int i = 0; i < 100 && live.running.metric("http_event_streams") != "1"; ++i)
    std::this_thread::sleep_for(milliseconds{20});
  EXPECT_EQ(live.running.metric("http_event_streams"), "1") << "the slow one is gone, the quick one is not";
  live.bus->publish("t", "n", "last");
  EXPECT_THAT(quick.readUntil("last\n\n"), HasSubstr("last"));
}

TEST(EventStreams, AreLimited) {
  ServerOptions options = testOptions();
  options.limits.streams_per_address = 2;
  Live live(options);
  auto a = live.open("topic=t");
  auto b = live.open("topic=t");
  EXPECT_EQ(live.running.client().get("/events?topic=t").status, 429);
  EXPECT_EQ(live.running.client().get("/hello").status, 200);
}

TEST(EventStreams, SendWhatWasPublishedBeforeAStop) {
  Live live;
  auto client = live.open("topic=t");
  client.readUntil("\n\n");
  for (int i = 0; i < 50; ++i) live.bus->publish("t", "n", std::to_string(i));
  live.running.server->stop();
  EXPECT_THAT(client.readUntil("\r\n0\r\n\r\n"), HasSubstr("data: 49\n\n"));
}

}  // namespace
}  // namespace jinyue::http::test
