// Requests that nobody means well: nothing falls over, nothing is told that should not be.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace {

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

}  // namespace
}  // namespace jinyue::api
