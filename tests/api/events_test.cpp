// Live updates: who hears of what, resuming after a break, and the end of a session.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace {

using test::Person;
using test::ServedCity;

class EventsTest : public testing::Test {
 protected:
  EventsTest() {
    city.officer("zuoxi", "12345", {{"agent"}});
    city.officer("elsewhere", "别的单位", {{"agent", {{"别的单位"}, {}, {}}}});
  }
  http::test::Client listen(Person& who, const std::string& query = "", const std::string& more = "") {
    http::test::Client client(city.port());
    client.send("GET /api/v1/events" + query + " HTTP/1.1\r\nHost: test\r\n" + who.credential() + more +
                "\r\n");
    EXPECT_NE(client.readUntil("\r\n\r\n").find("text/event-stream"), std::string::npos);
    return client;
  }

  ServedCity city;
};

TEST_F(EventsTest, TellWhatChangedToThoseWhoMaySeeIt) {
  Person zuoxi = city.signIn("zuoxi");
  Person elsewhere = city.signIn("elsewhere");
  auto hears = listen(zuoxi);
  auto hears_not = listen(elsewhere);
  const store::CaseId id = city.hotlineCase("不该被推送的标题");
  const std::string seen = hears.readUntil("event: counters");
  EXPECT_NE(seen.find("event: case"), std::string::npos) << seen;
  EXPECT_NE(seen.find(fmt::format("\"id\":{}", id)), std::string::npos) << seen;
  EXPECT_NE(seen.find("event: task"), std::string::npos) << seen;
  EXPECT_EQ(seen.find("不该被推送的标题"), std::string::npos);
  EXPECT_EQ(hears_not.readUntil("event: ", std::chrono::milliseconds{400}).find("event: case"),
            std::string::npos);
}

TEST_F(EventsTest, CasesOfOthersCannotBeFollowed) {
  const store::CaseId id = city.hotlineCase();
  Person elsewhere = city.signIn("elsewhere");
  EXPECT_EQ(elsewhere.get(fmt::format("/events?cases={}", id)).status, 404);
  EXPECT_EQ(elsewhere.get("/events?cases=1,x").status, 400);
}

TEST_F(EventsTest, AreResumedAfterABreak) {
  Person zuoxi = city.signIn("zuoxi");
  std::string last;
  {
    auto first = listen(zuoxi);
    city.hotlineCase();
    const std::string seen = first.readUntil("event: counters") + first.readUntil("\n\n");
    last = seen.substr(seen.rfind("id: ") + 4);
    last = last.substr(0, last.find('\n'));
  }
  const store::CaseId missed = city.hotlineCase();
  auto again = listen(zuoxi, "", "Last-Event-ID: " + last + "\r\n");
  EXPECT_NE(again.readUntil("event: counters").find(fmt::format("\"id\":{}", missed)), std::string::npos);
  auto lost = listen(zuoxi, "", "Last-Event-ID: other-7\r\n");
  EXPECT_NE(lost.readUntil("event: reset").find("event: reset"), std::string::npos);
}

TEST_F(EventsTest, EndWithTheSession) {
  Person zuoxi = city.signIn("zuoxi");
  auto stream = listen(zuoxi);
  EXPECT_EQ(zuoxi.del("/session", {.key = ""}).status, 204);
  EXPECT_TRUE(stream.isClosedWithin(std::chrono::seconds{5}));
}

}  // namespace
}  // namespace jinyue::api
