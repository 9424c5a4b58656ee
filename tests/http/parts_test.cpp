// The small parts: token buckets, networks, metrics, options, the event bus without a server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/access_log.h"
#include "http/event_bus.h"
#include "http/metrics.h"
#include "http/networks.h"
#include "http/options.h"
#include "http/rate_limit.h"

namespace jinyue::http {
namespace {

using testing::HasSubstr;

TEST(RateLimiter, GivesABurstAndThenARate) {
  RateLimiter limiter(2, 3);
  Instant now{Millis{1'000'000}};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.take("a", now), Millis{0});
  EXPECT_EQ(limiter.take("a", now), Millis{500});
  EXPECT_EQ(limiter.take("b", now), Millis{0});
  now += Millis{500};
  EXPECT_EQ(limiter.take("a", now), Millis{0});
  EXPECT_GT(limiter.take("a", now), Millis{0});
  EXPECT_GT(limiter.take("a", now - Millis{10'000}), Millis{0}) << "a clock that goes back gives nothing";
  limiter.forgetRested(now + Millis{2'000});
  EXPECT_EQ(limiter.size(), 0u);
}

TEST(RateLimiter, RemembersNotMoreThanItMay) {
  RateLimiter limiter(1, 1, 100);
  for (int i = 0; i < 1'000; ++i) limiter.take(std::to_string(i), Instant{Millis{1}});
  EXPECT_LE(limiter.size(), 100u);
}

TEST(RateLimiter, KeysIpv6ByNetwork) {
  EXPECT_EQ(rateKeyOf("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(rateKeyOf("2001:db8:1:2:3:4:5:6"), rateKeyOf("2001:db8:1:2:ffff::1"));
  EXPECT_NE(rateKeyOf("2001:db8:1:2::1"), rateKeyOf("2001:db8:1:3::1"));
}

TEST(Networks, FindTheClientBehindTrustedProxies) {
  const std::vector<std::string> texts{"10.0.0.0/8", "192.0.2.7", "2001:db8::/33"};
  const auto networks = Networks::from(texts);
  ASSERT_TRUE(networks);
  EXPECT_TRUE(networks->contain(*addressFrom("10.255.0.1")));
  EXPECT_TRUE(networks->contain(*addressFrom("192.0.2.7")));
  EXPECT_FALSE(networks->contain(*addressFrom("192.0.2.8")));
  EXPECT_TRUE(networks->contain(*addressFrom("2001:db8:7fff::1")));
  EXPECT_FALSE(networks->contain(*addressFrom("2001:db8:8000::1")));
  const auto client = [&](std::string_view header, std::string_view peer = "10.0.0.1") {
    return toString(clientBehind(*networks, *addressFrom(peer), header));
  };
  EXPECT_EQ(client("203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(client("6.6.6.6, 203.0.113.9, 10.0.0.2"), "203.0.113.9")
      << "what is left of a stranger is his own word";
  EXPECT_EQ(client("203.0.113.9", "8.8.8.8"), "8.8.8.8");
  EXPECT_EQ(client("nonsense"), "10.0.0.1");
  EXPECT_EQ(client(""), "10.0.0.1");
  for (const char* bad : {"10.0.0.0/33", "10.0.0/8", "x", "10.0.0.0/", "::/129"}) {
    const std::vector<std::string> one{bad};
    EXPECT_FALSE(Networks::from(one)) << bad;
  }
}

TEST(Metrics, AreWrittenForPrometheus) {
  Metrics metrics;
  metrics.counter("a_total", "Things", {{"kind", "with \"quotes\"\n"}}).add(3);
  metrics.gauge("b", "Now").set(-2);
  metrics.gauge("c", "Read", {}, [] { return 1.5; });
  auto& times = metrics.histogram("d_seconds", "Times", {{"route", "/x"}});
  times.observe(std::chrono::microseconds{500});
  times.observe(std::chrono::microseconds{501});
  times.observe(std::chrono::seconds{20});
  const std::string text = metrics.text();
  EXPECT_THAT(text, HasSubstr("# TYPE a_total counter\na_total{kind=\"with \\\"quotes\\\"\\n\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE b gauge\nb -2\n"));
  EXPECT_THAT(text, HasSubstr("c 1.5\n"));
  EXPECT_THAT(
      text,
      HasSubstr(
          "d_seconds_bucket{route=\"/x\",le=\"0.0005\"} 1\nd_seconds_bucket{route=\"/x\",le=\"0.001\"} 2\n"));
  EXPECT_THAT(
      text,
      HasSubstr(
          "d_seconds_bucket{route=\"/x\",le=\"10\"} 2\nd_seconds_bucket{route=\"/x\",le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("d_seconds_sum{route=\"/x\"} 20.001001\nd_seconds_count{route=\"/x\"} 3\n"));
  EXPECT_THROW(metrics.gauge("a_total", "Things"), std::invalid_argument);
}

TEST(Options, AreReadOverTheDefaults) {
  const auto options = readServerOptions(
      R"({"port":9000,"tls":{"certificate":"c","key":"k"},"limits":{"body_bytes":5,"idle_ms":7}})");
  ASSERT_TRUE(options);
  EXPECT_EQ(options->port, 9000);
  EXPECT_EQ(options->address, "127.0.0.1");
  EXPECT_EQ(options->limits.body_bytes, 5u);
  EXPECT_EQ(options->limits.header_bytes, Limits{}.header_bytes);
  EXPECT_EQ(options->tls->key, "k");
  EXPECT_EQ(toJson(*readServerOptions(toJson(*options))), toJson(*options));
}

TEST(Options, ReportEverythingThatIsWrong) {
  const auto unknown = readServerOptions(R"({"prot":1,"limits":{"idle":1}})");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().causes.size(), 2u);
  const auto wrong = readServerOptions(
      R"({"address":"localhost","workers":0,"trusted_proxies":["10/8"],"limits":{"idle_ms":0,"write_ms":-1}})");
  ASSERT_FALSE(wrong);
  std::vector<std::string> places;
  for (const Problem& cause : wrong.error().causes) places.push_back(cause.where);
  EXPECT_THAT(places, testing::UnorderedElementsAre("/address", "/workers", "/trusted_proxies/0",
                                                    "/limits/idle_ms", "/limits/write_ms"));
}

TEST(EventBus, ForgetsTheLongestUnusedTopics) {
  const auto bus = std::make_shared<EventBus>("e", EventBusLimits{.events_per_topic = 4, .topics = 100});
  for (int i = 0; i < 1'000; ++i) bus->publish("topic " + std::to_string(i), "n", "x");
  EXPECT_LE(bus->size().topics, 100u);
  EXPECT_TRUE(bus->read({"topic 3"}, "e-3", {})->hasGap()) << "it can't say that nothing was missed";
  EXPECT_FALSE(bus->read({"topic 999"}, "e-998", {})->hasGap());
}

TEST(EventBus, KeepsWithinItsMemory) {
  const auto bus = std::make_shared<EventBus>("e", EventBusLimits{.bytes = 100'000, .event_bytes = 5'000});
  const auto reader = bus->read({"watched"}, "", {});
  bus->publish("watched", "n", "x");
  for (int i = 0; i < 200; ++i) bus->publish("topic " + std::to_string(i % 7), "n", std::string(4'000, 'x'));
  EXPECT_LE(bus->size().bytes, 100'000u);
  EXPECT_TRUE(reader->take(1'000).lagged);
  EXPECT_THROW(bus->publish("t", "n", std::string(5'001, 'x')), std::length_error);
  EXPECT_THROW(bus->publish("t", "two\nlines", "x"), std::invalid_argument);
}

TEST(EventBus, WakesOnceAndGivesInOrder) {
  const auto bus = std::make_shared<EventBus>("e");
  int woken = 0;
  const auto reader = bus->read({"b", "a", "a"}, "", [&] { ++woken; });
  bus->publish("a", "n", "1");
  const std::vector<std::string> both{"a", "b"};
  bus->publish(both, "n", "2\r\nsecond line\rthird");
  bus->publish("b", "", "3");
  EXPECT_EQ(woken, 1);
  const auto batch = reader->take(1'000);
  ASSERT_EQ(batch.events.size(), 3u) << "one of two topics comes once";
  EXPECT_EQ(batch.events[1]->wire, "id: e-2\nevent: n\ndata: 2\ndata: second line\ndata: third\n\n");
  EXPECT_EQ(batch.events[2]->wire, "id: e-3\ndata: 3\n\n");
  bus->publish("a", "n", "4");
  bus->publish("a", "n", "5");
  EXPECT_EQ(woken, 2);
  EXPECT_EQ(reader->take(1).events.size(), 1u);
  EXPECT_EQ(reader->take(1).events.size(), 1u);
  EXPECT_EQ(reader->take(1).events.size(), 0u);
}

TEST(AccessLog, IsJsonWhateverCame) {
  AccessEntry entry;
  entry.path = "/\"\x01";
  entry.method = "\xff";
  entry.status = 400;
  entry.slow = true;
  EXPECT_THAT(
      toJsonLine(entry),
      HasSubstr(
          R"("method":"hex:ff","path":"/\"\u0001","status":400,"in":0,"out":0,"ms":0.000,"slow":true})"));
}

}  // namespace
}  // namespace jinyue::http
