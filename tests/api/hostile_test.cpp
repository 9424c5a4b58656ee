// Requests that nobody means well: nothing falls over, nothing is told that should not be.

#include <random>

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace hostile_test {

using test::Answer;
using test::at;
using test::Person;
using test::Sent;
using test::ServedCity;

TEST(Hostile, UnknownParametersAreRefusedWithAListOfWhatThereIs) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}});
  Person zuoxi = city.signIn("zuoxi");
  const Answer answer = zuoxi.get("/cases?sort=title%3B%20drop%20table%20cases&order=1");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(at(answer, "/causes/0/where"), "sort");
  EXPECT_NE(at(answer, "/causes/0/detail").find("status"), std::string::npos);
  EXPECT_EQ(zuoxi.get("/cases?status=active&status=completed").status, 400);
  EXPECT_EQ(zuoxi.get("/cases?process=%27%20OR%201%3D1%20--").status, 200);
}

TEST(Hostile, BodiesThatAreTooDeepTooLongOrNoText) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}});
  Person zuoxi = city.signIn("zuoxi");
  std::string deep = R"({"pack":"demonstration","item":"hotline","answers":{"title":)";
  for (int i = 0; i < 5000; ++i) deep += '[';
  for (int i = 0; i < 5000; ++i) deep += ']';
  deep += "}}";
  const std::vector<std::string> bodies{
      deep,
      "",
      "null",
      "[]",
      "{",
      R"({"pack":"demonstration","item":"hotline","answers":{}} trailing)",
      R"({"pack":"a","pack":"b","item":"x","answers":{}})",
      "{\"pack\":\"\xff\xfe\",\"item\":\"x\",\"answers\":{}}",
      R"({"pack":"demonstration","item":"hotline","answers":{"title":"\u0000"}})",
      R"({"pack":"demonstration","item":"hotline","answers":{"title":"\ud800"}})",
      R"({"pack":"demonstration","item":"hotline","answers":{"title":1e999}})",
      R"-({"pack":"demonstration","item":"hotline","answers":{"title":{"@":"today()"}}})-",
      R"({"pack":"demonstration","item":"hotline","answers":{"__proto__":{"x":1}}})",
      R"({"pack":")" + std::string(200'000, 'x') + R"(","item":"x","answers":{}})",
  };
  for (const std::string& body : bodies) {
    Sent sent;
    sent.body = body;
    const Answer answer = zuoxi.post("/cases", sent);
    EXPECT_GE(answer.status, 400) << body.substr(0, 100);
    EXPECT_LT(answer.status, 500) << body.substr(0, 100) << answer.body;
  }
  Sent huge;
  huge.body = std::string(2u << 20, 'x');
  EXPECT_EQ(zuoxi.post("/cases", huge).status, 413);
  EXPECT_TRUE(city.faults().empty()) << city.faults().front();
  EXPECT_EQ(zuoxi.get("/me").status, 200);
}

TEST(Hostile, IdentifiersThatAreNone) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}, {"caller"}, {"supervisor"}});
  Person zuoxi = city.signIn("zuoxi");
  for (const char* id : {"0", "-1", "9223372036854775807", "9223372036854775808", "1e3", "0x10", "%00",
                         "1%2F2", "%E2%80%8B1", "..%2f..%2fetc"}) {
    const Answer answer = zuoxi.get(std::string{"/cases/"} + id);
    EXPECT_TRUE(answer.status == 404 || answer.status == 400) << id << answer.status;
  }
  EXPECT_TRUE(city.faults().empty());
}

TEST(Hostile, HeadersThatAreTricks) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}});
  Person zuoxi = city.signIn("zuoxi");
  Person nobody = city.nobody();
  EXPECT_EQ(nobody.get("/me", "Authorization: Basic enVveGk6eA==\r\n").status, 401);
  EXPECT_EQ(nobody.get("/me", "Authorization: Bearer \r\n").status, 401);
  EXPECT_EQ(nobody.get("/me", "Authorization: Bearer " + std::string(8000, 'a') + "\r\n").status, 401);
  EXPECT_EQ(nobody.get("/me", "Cookie: jinyue_session=; jinyue_session=" + zuoxi.token() + "\r\n").status,
            401);
  EXPECT_EQ(nobody.get("/me", "X-Forwarded-For: 127.0.0.1\r\nX-User: zuoxi\r\n").status, 401);
  Sent sent;
  sent.body = R"({"language":"en"})";
  sent.key = std::string(65, 'k');
  EXPECT_EQ(zuoxi.patch("/me", sent).status, 400);
  sent.key = "key'; drop table replies; --";
  EXPECT_EQ(zuoxi.patch("/me", sent).status, 200);
  EXPECT_EQ(zuoxi.get("/me", "If-None-Match: *\r\n").status, 304);
}

TEST(Hostile, AnAccountThatAsksTooOftenWaitsAndNobodyElse) {
  ServedCity city(test::storeUnderTest(), [](cli::OfficeOptions& office, http::ServerOptions&) {
    office.accounts.requests_per_second = 1;
    office.accounts.request_burst = 5;
  });
  city.officer("zuoxi", "12345", {{"agent"}});
  city.officer("duban", "市营商局", {{"supervisor"}});
  Person desk = city.signIn("zuoxi");
  Person phone = city.signIn("zuoxi");  // another session, and it could be another address
  Person duban = city.signIn("duban");
  for (int i = 0; i < 5; ++i) EXPECT_EQ((i % 2 == 0 ? desk : phone).get("/me").status, 200);
  const Answer held = phone.get("/me");
  EXPECT_EQ(held.status, 429);
  EXPECT_EQ(at(held, "/code"), "account.too-often");
  EXPECT_EQ(held.header("retry-after"), "1");
  EXPECT_EQ(duban.get("/me").status, 200);
  EXPECT_EQ(desk.get("/open/registers").status, 200);  // open to everybody
  city.clock().advance(std::chrono::seconds{1});
  EXPECT_EQ(desk.get("/me").status, 200);
  EXPECT_EQ(desk.get("/me").status, 429);
}

/// Changed bytes of real requests, with a real session: whatever the server makes of them, it goes on, and
/// nothing is a fault of its own.
TEST(Hostile, RequestsWithDamagedBytes) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}, {"supervisor"}, {"caller"}});
  Person zuoxi = city.signIn("zuoxi");
  city.hotlineCase();
  const std::string start =
      R"({"pack":"demonstration","item":"hotline","answers":{"title":"路灯不亮","phone":"13012345678"}})";
  const auto post = [&](const std::string& path, const std::string& body) {
    return fmt::format(
        "POST /api/v1{} HTTP/1.1\r\nHost: a\r\n{}Idempotency-Key: {}\r\nContent-Type: "
        "application/json\r\nContent-Length: {}\r\n\r\n{}",
        path, zuoxi.credential(), test::newKey(), body.size(), body);
  };
  const auto get = [&](const std::string& path) {
    return fmt::format("GET /api/v1{} HTTP/1.1\r\nHost: a\r\n{}\r\n", path, zuoxi.credential());
  };
  std::mt19937 random(20261126);  // the same in every run
  for (int round = 0; round < 600; ++round) {
    const std::array<std::string, 8> good{
        post("/cases", start),
        post("/commands", R"({"commands":[{"type":"claim-task","case_id":1,"task":1}]})"),
        post("/cases/1/comments", R"({"text":"意见"})"),
        get("/cases?limit=5&status=active&unit=12345"),
        get("/search?q=%E8%B7%AF%E7%81%AF&limit=3"),
        get("/tasks?list=others"),
        get("/events"),
        get("/open/registers/regions/entries?filter=kind%3Dzone")};
    std::string bytes = good[random() % good.size()];
    const auto end_of_head = bytes.find("\r\n\r\n") + 4;
    for (std::size_t flips = 1 + random() % 6; flips > 0; --flips) {
      // In the body or the first line mostly; elsewhere the session would be lost at once.
      const bool body = bytes.size() > end_of_head && random() % 2 == 0;
      const std::size_t from = body ? end_of_head : 0;
      const std::size_t to = body ? bytes.size() : bytes.find("\r\n");
      const std::size_t place = from + random() % (to - from);
      if (random() % 3 == 0) bytes.insert(place, 1, static_cast<char>(random()));
      else bytes[place] = static_cast<char>(random());
    }
    http::test::Client client(city.port());
    client.send(bytes);
    if (random() % 3 != 0) client.finishSending();
    const Answer answer = client.read(std::chrono::milliseconds{random() % 4 == 0 ? 2 : 200});
    if (answer.status != 0) EXPECT_NE(answer.status, 500) << bytes << answer.body;
  }
  EXPECT_TRUE(city.faults().empty()) << city.faults().front();
  EXPECT_EQ(zuoxi.get("/me").status, 200);
  EXPECT_EQ(zuoxi.post("/cases", {.body = start}).status, 201);
}

/// Two requests where a careless server and its proxy would see one, and the other way round.
TEST(Hostile, NoWriteHidesInAnotherRequest) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}});
  Person zuoxi = city.signIn("zuoxi");
  const auto before = city.office().city().store().head()->size;
  const std::string body =
      R"({"pack":"demonstration","item":"hotline","answers":{"title":"偷渡","phone":"13012345678"}})";
  const std::string hidden = fmt::format(
      "POST /api/v1/cases HTTP/1.1\r\nHost: a\r\n{}Idempotency-Key: {}\r\nContent-Type: "
      "application/json\r\nContent-Length: {}\r\n\r\n{}",
      zuoxi.credential(), test::newKey(), body.size(), body);
  for (const char* fields :
       {"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 0\r\nContent-Length: 10\r\n",
        "Transfer-Encoding : chunked\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Content-Length: +0\r\n", "X: y\r\n Content-Length: 0\r\n"}) {
    http::test::Client client(city.port());
    client.send(fmt::format("POST /api/v1/session HTTP/1.1\r\nHost: a\r\n{}\r\n0\r\n\r\n", fields) + hidden);
    EXPECT_GE(client.read().status, 400) << fields;
    EXPECT_TRUE(client.isClosedWithin(std::chrono::seconds{3})) << fields;
  }
  EXPECT_EQ(city.office().city().store().head()->size, before);
}

/// A page of another site makes the browser of somebody who is signed in send things.
TEST(Hostile, NoWriteWithoutTheTokenOfTheSession) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}, {"supervisor"}});
  Person zuoxi = city.signIn("zuoxi", true);
  Person other = (city.officer("duban", "市营商局", {{"supervisor"}}), city.signIn("duban", true));
  const std::string start =
      R"({"pack":"demonstration","item":"hotline","answers":{"title":"路灯不亮","phone":"13012345678"}})";
  EXPECT_EQ(at(zuoxi.post("/cases", {.body = start, .without_csrf = true}), "/code"), "request.csrf");
  EXPECT_EQ(at(zuoxi.post("/cases",
                          {.body = start,
                           .more = fmt::format("X-CSRF-Token: {}\r\n", identity::csrfTokenOf(other.token())),
                           .without_csrf = true}),
               "/code"),
            "request.csrf");
  // A form of another site can't send JSON, and no other media type is taken.
  for (const char* type :
       {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    EXPECT_EQ(zuoxi.post("/cases", {.body = start, .media_type = type}).status, 415) << type;
  EXPECT_EQ(zuoxi.get("/me").header("access-control-allow-origin"), "");
  EXPECT_EQ(zuoxi.post("/cases", {.body = start}).status, 201);
}

TEST(Hostile, LanguagesAndPathsOutsideTheInterface) {
  ServedCity city;
  Person nobody = city.nobody();
  EXPECT_EQ(nobody.get("/no-such").status, 404);
  EXPECT_EQ(nobody.send("PUT", "/cases", {}).status, 405);
  http::test::Client tricky(city.port());
  EXPECT_EQ(tricky.get("/api/v1/../../etc/passwd").status, 400);  // and is closed
  http::test::Client client(city.port());
  EXPECT_EQ(client.get("/api/v2/cases").status, 404);
  const auto page = client.get("/api/");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.header("content-security-policy").find("default-src 'self'"), std::string::npos);
  EXPECT_EQ(page.body.find("<script>"), std::string::npos);  // nothing inline
  EXPECT_EQ(client.get("/api/try.js").status, 200);
  EXPECT_EQ(client.get("/").status, 200);
}

}  // namespace hostile_test
}  // namespace jinyue::api
