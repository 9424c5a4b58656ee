#include "http/url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/negotiate.h"

namespace jinyue::http {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Url, IsDecoded) {
  const auto url =
      parseTarget("/api/%E5%8A%9E%E4%BB%B6/a%2Fb/?q=%E5%A4%A7%E8%BF%9E+x&q=2&flag&=v&&e=a%3Db=c", {});
  ASSERT_TRUE(url);
  EXPECT_EQ(url->path, "/api/办件/a/b/");
  EXPECT_THAT(url->segments, ElementsAre("api", "办件", "a/b", ""));
  EXPECT_THAT(url->query, ElementsAre(Pair("q", "大连 x"), Pair("q", "2"), Pair("flag", ""), Pair("", "v"),
                                      Pair("e", "a=b=c")));
}

TEST(Url, TakesAbsoluteForm) {
  EXPECT_EQ(parseTarget("http://host:80/a?b", {})->path, "/a");
  EXPECT_EQ(parseTarget("HTTPS://host", {})->path, "/");
  EXPECT_EQ(parseTarget("http://host?x=1", {})->query.size(), 1u);
  EXPECT_FALSE(parseTarget("http:///a", {}));
  EXPECT_FALSE(parseTarget("ftp://host/a", {}));
  EXPECT_FALSE(parseTarget("", {}));
}

TEST(Url, KeepsLimits) {
  EXPECT_TRUE(parseTarget("/a/b", {.segments = 2, .query_fields = 1}));
  EXPECT_EQ(parseTarget("/a/b/c", {.segments = 2, .query_fields = 1}).error().code, "request.path-too-deep");
  EXPECT_EQ(parseTarget("/a?b&c", {.segments = 2, .query_fields = 1}).error().code, "request.query-too-long");
}

TEST(Url, EncodesWhatItDecodes) {
  EXPECT_EQ(percentEncoded("a b/办?~"), "a%20b%2F%E5%8A%9E%3F~");
  EXPECT_EQ(percentDecoded("a%20b%2F%E5%8A%9E%3F~"), "a b/办?~");
  EXPECT_EQ(percentDecoded("a+b"), "a+b");
  EXPECT_EQ(percentDecoded("%4"), std::nullopt);
}

TEST(Negotiation, OfLanguages) {
  EXPECT_EQ(languageFrom(""), Language::zh);
  EXPECT_EQ(languageFrom("fr"), Language::zh);
  EXPECT_EQ(languageFrom("en"), Language::en);
  EXPECT_EQ(languageFrom("en-US,en;q=0.9"), Language::en);
  EXPECT_EQ(languageFrom("zh-CN,zh;q=0.9,en;q=0.8"), Language::zh);
  EXPECT_EQ(languageFrom("zh;q=0.1, en;q=0.2"), Language::en);
  EXPECT_EQ(languageFrom("en;q=0"), Language::zh);
  EXPECT_EQ(languageFrom("en;q=nonsense, zh;q=0.1"), Language::zh);
  EXPECT_EQ(languageFrom("EN"), Language::en);
  EXPECT_EQ(languageFrom("english"), Language::zh);
}

TEST(Negotiation, OfEncodings) {
  EXPECT_EQ(weightOf("br", "br"), 1000);
  EXPECT_EQ(weightOf("br;q=0.123", "br"), 123);
  EXPECT_EQ(weightOf("*;q=0.5, br;q=0", "br"), 0);
  EXPECT_EQ(weightOf("*;q=0.5, br;q=0", "gzip"), 500);
  EXPECT_EQ(weightOf("gzip;q=1.5", "gzip"), 1000);
  EXPECT_EQ(weightOf("gzip;q=2", "gzip"), 0);
}

TEST(Negotiation, OfEntityTags) {
  using enum TagComparison;
  EXPECT_TRUE(matchesTag("*", "\"a\"", strong));
  EXPECT_TRUE(matchesTag("\"x\", \"a\"", "\"a\"", strong));
  EXPECT_TRUE(matchesTag("\"a,b\"", "\"a,b\"", strong));
  EXPECT_FALSE(matchesTag("W/\"a\"", "\"a\"", strong));
  EXPECT_TRUE(matchesTag("W/\"a\"", "\"a\"", weak));
  EXPECT_FALSE(matchesTag("a", "\"a\"", weak));
  EXPECT_FALSE(matchesTag("\"ab\"", "\"a\"", weak));
  EXPECT_FALSE(matchesTag("\"a", "\"a\"", weak));
}

TEST(Request, FindsCookies) {
  Request request;
  request.headers.add("Cookie", "a=1; session=x=y;b=2");
  EXPECT_EQ(request.cookie("session"), "x=y");
  EXPECT_EQ(request.cookie("b"), "2");
  EXPECT_EQ(request.cookie("c"), std::nullopt);
  Response response;
  setCookie(response, {.name = "session", .value = "abc", .max_age = std::chrono::seconds{60}});
  EXPECT_EQ(response.headers.find("set-cookie"),
            "session=abc; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Strict");
  EXPECT_THROW(setCookie(response, {.name = "a", .value = "b; Domain=evil", .max_age = {}}),
               std::invalid_argument);
}

TEST(Headers, RefuseWhatWouldBreakTheMessage) {
  Headers headers;
  EXPECT_THROW(headers.add("X", "a\r\nB: c"), std::invalid_argument);
  EXPECT_THROW(headers.add("X Y", "a"), std::invalid_argument);
  headers.add("A", "1");
  headers.add("a", "2");
  EXPECT_EQ(headers.count("A"), 2u);
  headers.set("A", "3");
  EXPECT_EQ(headers.count("a"), 1u);
  EXPECT_EQ(headers.find("a"), "3");
}

}  // namespace
}  // namespace jinyue::http
