// What nobody should send: every case gets a clear 4xx or 5xx, a closed connection where it is unclear what
// follows, and a server that goes on.
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/running_server.h"

namespace jinyue::http::test {
namespace hostile_test {

using testing::HasSubstr;

struct BadRequest {
  const char* what;
  std::string bytes;
  int status;
  const char* code;
};

std::vector<BadRequest> badRequests() {
  using namespace std::string_literals;
  const auto get = [](std::string target) { return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"; };
  const auto post = [](std::string fields, std::string body = "abc") {
    return "POST /echo HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
  };
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "/a";
  std::string many_query = "/hello?";
  for (int i = 0; i < 200; ++i) many_query += "a=1&";
  std::string many_fields;
  for (int i = 0; i < 100; ++i) many_fields += "X-A: 1\r\n";
  return {
      {"not HTTP", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, 400, "request.malformed"},
      {"no version", "GET /hello\r\n\r\n", 400, "request.malformed"},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "request.version-not-supported"},
      {"HTTP/1.2", "GET /hello HTTP/1.2\r\nHost: a\r\n\r\n", 505, "request.version-not-supported"},
      {"unknown method", "BREW /hello HTTP/1.1\r\nHost: a\r\n\r\n", 501, "request.not-implemented"},
      {"CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 501, "request.not-implemented"},
      {"TRACE", "TRACE /hello HTTP/1.1\r\nHost: a\r\n\r\n", 501, "request.not-implemented"},
      {"two blanks", "GET  /hello HTTP/1.1\r\nHost: a\r\n\r\n", 400, "request.malformed"},
      {"star with GET", get("*"), 400, "request.malformed"},
      {"relative target", get("hello"), 400, "request.bad-target"},
      {"raw UTF-8 in the target", get("/\xe6\xa1\x88"), 400, "request.bad-target"},
      {"fragment", get("/hello#x"), 400, "request.bad-target"},
      {"broken escape", get("/hello%2"), 400, "request.bad-escape"},
      {"escape of no digits", get("/hello%zz"), 400, "request.bad-escape"},
      {"overlong UTF-8", get("/%c0%af"), 400, "request.bad-text"},
      {"surrogate", get("/%ed%a0%80"), 400, "request.bad-text"},
      {"NUL", get("/hello%00"), 400, "request.bad-text"},
      {"line break in the path", get("/hello%0d%0aX:y"), 400, "request.bad-text"},
      {"bad UTF-8 in the query", get("/hello?a=%ff"), 400, "request.bad-text"},
      {"dot segments", get("/a/../hello"), 400, "request.dot-segment"},
      {"escaped dot segments", get("/a/%2e%2E/hello"), 400, "request.dot-segment"},
      {"deep path", get(deep), 400, "request.path-too-deep"},
      {"many query fields", get(many_query), 400, "request.query-too-long"},
      {"long address", get("/" + std::string(9'000, 'a')), 414, "request.url-too-long"},
      {"endless address", "GET /" + std::string(30'000, 'a'), 414, "request.url-too-long"},
      {"large header", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(40'000, 'a'), 431,
       "request.header-too-large"},
      {"many fields", "GET / HTTP/1.1\r\nHost: a\r\n" + many_fields + "\r\n", 431,
       "request.header-too-large"},
      {"no host", "GET /hello HTTP/1.1\r\n\r\n", 400, "request.bad-host"},
      {"two hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400, "request.bad-host"},
      {"host with a path", "GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, "request.bad-host"},
      {"length and chunked", post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n"), 400,
       "request.bad-framing"},
      {"chunked and length", post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n"), 400,
       "request.bad-framing"},
      {"two lengths", post("Content-Length: 3\r\nContent-Length: 4\r\n"), 400, "request.bad-framing"},
      {"the same length twice", post("Content-Length: 3\r\nContent-Length: 3\r\n"), 400,
       "request.bad-framing"},
      {"a list of lengths", post("Content-Length: 3, 3\r\n"), 400, "request.bad-framing"},
      {"signed length", post("Content-Length: +3\r\n"), 400, "request.bad-framing"},
      {"negative length", post("Content-Length: -3\r\n"), 400, "request.bad-framing"},
      {"hexadecimal length", post("Content-Length: 0x3\r\n"), 400, "request.bad-framing"},
      {"empty length", post("Content-Length: \r\n"), 400, "request.bad-framing"},
      {"length beyond numbers", post("Content-Length: 99999999999999999999\r\n"), 400, "request.bad-framing"},
      {"large length", post("Content-Length: 18446744073709551615\r\n"), 413, "request.body-too-large"},
      {"unknown coding", post("Transfer-Encoding: gzip, chunked\r\n"), 501, "request.not-implemented"},
      {"coding after chunked", post("Transfer-Encoding: chunked, identity\r\n"), 501,
       "request.not-implemented"},
      {"chunked in disguise", post("Transfer-Encoding: xchunked\r\n"), 501, "request.not-implemented"},
      {"chunked twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400,
       "request.bad-framing"},
      {"chunked with HTTP/1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
       "request.bad-framing"},
      {"blank before the colon", post("Content-Length : 3\r\n"), 400, "request.malformed"},
      {"folded field", post("X: a\r\n b\r\nContent-Length: 3\r\n"), 400, "request.folded-header"},
      {"folded first field", "GET /hello HTTP/1.1\r\n Host: a\r\n\r\n", 400, "request.folded-header"},
      {"bare line feed", "GET /hello HTTP/1.1\nHost: a\r\n\r\n", 400, "request.bad-line"},
      {"bare carriage return", post("X: a\rContent-Length: 3\r\n"), 400, "request.bad-line"},
      {"NUL in a field", post("X: a\0b\r\n"s), 400, "request.bad-line"},
      {"field without a colon", post("nonsense\r\n"), 400, "request.malformed"},
      {"chunk size of no digits", post("Transfer-Encoding: chunked\r\n", "zz\r\n"), 400,
       "request.bad-framing"},
      {"chunk longer than said", post("Transfer-Encoding: chunked\r\n", "1\r\nabc\r\n0\r\n\r\n"), 400,
       "request.bad-framing"},
      {"huge chunk", post("Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n"), 413,
       "request.body-too-large"},
      {"endless chunk extension", post("Transfer-Encoding: chunked\r\n", "1;" + std::string(20'000, 'x')),
       431, "request.header-too-large"},
      {"odd expectation", post("Content-Length: 3\r\nExpect: tea\r\n"), 417, "request.bad-expectation"},
  };
}

TEST(HostileInput, GetsAProblemDocumentAndAClosedConnection) {
  RunningServer running;
  for (const BadRequest& bad : badRequests()) {
    SCOPED_TRACE(bad.what);
    auto client = running.client();
    client.send(bad.bytes);
    const Answer answer = client.read(std::chrono::seconds{5});
    EXPECT_EQ(answer.status, bad.status);
    EXPECT_TRUE(answer.whole);
    EXPECT_THAT(answer.body, HasSubstr(std::string{"\"code\":\""} + bad.code + '"'));
    EXPECT_EQ(answer.header("content-type"), "application/problem+json");
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_TRUE(client.isClosedWithin(std::chrono::seconds{3}));
  }
  EXPECT_EQ(running.client().get("/hello").status, 200);
  EXPECT_THAT(running.faults(), testing::IsEmpty());
}

TEST(HostileInput, NoSecondRequestHidesInAFirst) {
  // The tail of each is a request that a careless server would serve.
  RunningServer running;
  const std::string tail = "GET /cases/smuggled/tasks HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const std::string& fields :
       {"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding:\x0b"
        "chunked\r\n",
        "Content-Length: 0\r\nContent-Length: 5\r\n", "Transfer-Encoding: chunked\r\n x\r\n"}) {
    auto client = running.client();
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + tail);
    EXPECT_EQ(client.read().status / 100, 4) << fields;
    EXPECT_TRUE(client.isClosedWithin(std::chrono::seconds{3}));
  }
  running.server->stop();
  for (const std::string& line : running.lines()) EXPECT_THAT(line, testing::Not(HasSubstr("smuggled")));
}

TEST(HostileInput, TrailersAreNoHeaders) {
  RunningServer running(testOptions(), [](Router& router) {
    router.post("/authorization", answering([](const Request& request) {
                  return plain(200, request.headers.has("Authorization") ? "yes" : "no");
                }));
  });
  auto client = running.client();
  client.send(
      "POST /authorization HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
      "chunked\r\n\r\n1\r\na\r\n0\r\nAuthorization: x\r\n\r\n");
  EXPECT_EQ(client.read().body, "no");
}

TEST(HostileInput, NoHandlerCanBreakTheHeader) {
  RunningServer running(testOptions(), [](Router& router) {
    router.get("/split",
               answering([](const Request& request) { return redirect(*request.queryValue("to")); }));
  });
  auto client = running.client();
  const Answer answer = client.get("/split?to=/a%0d%0aSet-Cookie:x=1");
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.header("set-cookie"), "");
}

TEST(HostileInput, SurvivesNoise) {
  RunningServer running;
  std::mt19937 random(20261122);  // the same noise in every run
  const auto bad = badRequests();
  for (int i = 0; i < 400; ++i) {
    std::string bytes = bad[random() % bad.size()].bytes;
    for (int flips = 0; flips < 5; ++flips) bytes[random() % bytes.size()] = static_cast<char>(random());
    bytes.resize(random() % (bytes.size() + 1));
    auto client = running.client();
    client.send(bytes);
    if (random() % 2) client.finishSending();
    if (random() % 4 == 0) client.isClosedWithin(std::chrono::milliseconds{5});
  }
  EXPECT_EQ(running.client().get("/hello").status, 200);
  EXPECT_THAT(running.faults(), testing::IsEmpty());
}

}  // namespace hostile_test
}  // namespace jinyue::http::test
