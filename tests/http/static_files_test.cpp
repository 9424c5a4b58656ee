#include "http/static_files.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "http/running_server.h"
#include "http/url.h"

namespace jinyue::http::test {
namespace static_files_test {

namespace fs = std::filesystem;
using testing::HasSubstr;

class StaticFilesTest : public testing::Test {
 protected:
  StaticFilesTest() {
    fs::create_directories(root / "assets");
    fs::create_directories(root / "workbench");
    write("index.html", "portal");
    write("workbench/index.html", "workbench");
    write("app.js", "plain script");
    write("app.js.br", "brotli");
    write("app.js.gz", "gzipped");
    write("assets/index-BxYz_12a.js", "hashed");
    write("assets/officer-dashboard.js", "not hashed");
    write("with blank 办件.txt", "blank");
    write(".env", "secret");
    std::ofstream(folder / "outside.txt") << "outside";
    fs::create_symlink(folder / "outside.txt", root / "link.txt");
    fs::create_symlink(folder, root / "up");
    fs::create_symlink("app.js", root / "inner.js");
  }
  ~StaticFilesTest() override { fs::remove_all(folder); }

  void write(const std::string& name, std::string_view text) const { std::ofstream(root / name) << text; }

  Response get(std::string_view target, std::vector<NameValue> headers = {}) {
    auto url = parseTarget(target, {});
    if (!url) return problem(url.error(), Language::zh, {});
    Request request;
    request.path = url->path;
    request.segments = url->segments;
    for (const auto& [name, value] : headers) request.headers.add(name, value);
    return files.answer(request);
  }
  static std::string header(const Response& response, std::string_view name) {
    return std::string{response.headers.find(name).value_or("")};
  }

  fs::path folder = fs::temp_directory_path() / ("jinyue-static-" + std::to_string(::getpid()));
  fs::path root = [this] {
    fs::remove_all(folder);
    fs::create_directories(folder / "root");
    return folder / "root";
  }();
  Instant now = systemNow();
  StaticFiles files{root, {.cached_file_bytes = 100'000}, [this] { return now; }};
};

TEST_F(StaticFilesTest, HaveTypesAndTags) {
  const Response page = get("/");
  EXPECT_EQ(page.text(), "portal");
  EXPECT_EQ(header(page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
  const std::string tag = header(page, "ETag");
  EXPECT_EQ(get("/", {{"If-None-Match", tag}}).status, 304);
  EXPECT_EQ(get("/", {{"If-None-Match", "W/\"other\", W/" + tag}}).status, 304);
  EXPECT_EQ(get("/", {{"If-None-Match", "\"other\""}}).status, 200);
  EXPECT_EQ(get("/with%20blank%20%E5%8A%9E%E4%BB%B6.txt").text(), "blank");
  EXPECT_EQ(mediaTypeOf("a.WOFF2"), "font/woff2");
  EXPECT_EQ(mediaTypeOf("none"), "application/octet-stream");
}

TEST_F(StaticFilesTest, ComeInTheCodingThatTheClientTakes) {
  const auto coding = [&](const std::string& accepted) {
    const Response response = get("/app.js", {{"Accept-Encoding", accepted}});
    EXPECT_EQ(header(response, "Vary"), "Accept-Encoding");
    EXPECT_EQ(header(response, "Content-Type"), "text/javascript; charset=utf-8");
    return header(response, "Content-Encoding") + ':' + std::string{response.text()};
  };
  EXPECT_EQ(coding("gzip, deflate, br"), "br:brotli");
  EXPECT_EQ(coding("gzip"), "gzip:gzipped");
  EXPECT_EQ(coding("br;q=0.5, gzip;q=0.9"), "gzip:gzipped");
  EXPECT_EQ(coding("br;q=0, gzip;q=0"), ":plain script");
  EXPECT_EQ(coding("identity"), ":plain script");
  EXPECT_EQ(coding("*"), "br:brotli");
  EXPECT_EQ(coding(""), ":plain script");
  EXPECT_NE(header(get("/app.js"), "ETag"), header(get("/app.js", {{"Accept-Encoding", "br"}}), "ETag"));
}

TEST_F(StaticFilesTest, AreKeptForeverWhenTheirNameHoldsAHash) {
  EXPECT_EQ(header(get("/assets/index-BxYz_12a.js"), "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(get("/assets/officer-dashboard.js"), "Cache-Control"), "no-cache");
  EXPECT_EQ(header(get("/app.js"), "Cache-Control"), "no-cache");
}

TEST_F(StaticFilesTest, PagesRouteThemselvesButMissingFilesAreMissing) {
  EXPECT_EQ(get("/workbench/cases/42").text(), "workbench");
  EXPECT_EQ(get("/workbench/").text(), "workbench");
  EXPECT_EQ(get("/guides/one").text(), "portal");
  EXPECT_EQ(get("/assets/gone-12345678.js").status, 404);
}

TEST_F(StaticFilesTest, LeadNowhereElse) {
  for (const char* target : {"/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/up/outside.txt",
                             "/link.txt", "/inner.js", "/.env", "/%2Fetc/passwd.txt", "//etc/passwd.txt",
                             "/a%5c..%5coutside.txt", "/app.js%00.txt", "/app.js/x.js", "/./app.js"}) {
    const Response response = get(target);
    EXPECT_GE(response.status, 400) << target;
    EXPECT_LT(response.status, 500) << target;
    EXPECT_THAT(std::string{response.text()}, testing::Not(HasSubstr("outside"))) << target;
  }
}

TEST_F(StaticFilesTest, AreReadAgainWhenTheyChange) {
  EXPECT_EQ(get("/app.js").text(), "plain script");
  const std::string tag = header(get("/app.js"), "ETag");
  write("app.js", "a longer script");
  write("new.css", "new");
  EXPECT_EQ(get("/app.js").text(), "plain script") << "not looked at more than once a second";
  now += Millis{1'001};
  EXPECT_EQ(get("/app.js").text(), "a longer script");
  EXPECT_NE(header(get("/app.js"), "ETag"), tag);
  EXPECT_EQ(get("/new.css").text(), "new");
  fs::remove(root / "new.css");
  now += Millis{1'001};
  EXPECT_EQ(get("/new.css").status, 404);
}

TEST_F(StaticFilesTest, ComeOverTheServerAlsoWhenTheyAreLarge) {
  const std::string large(700'001, 'z');
  write("large.csv", large);
  RunningServer running(testOptions(), [&](Router& router) {
    router.mount(
        "/", staticFiles(std::make_shared<StaticFiles>(root, StaticOptions{.cached_file_bytes = 100'000})),
        {.runs = Runs::on_io_thread});
    router.mount("/api", {});
  });
  auto client = running.client();
  const Answer answer = client.get("/large.csv");
  EXPECT_EQ(answer.header("content-length"), "700001");
  EXPECT_EQ(answer.body, large);
  EXPECT_EQ(client.get("/large.csv", "If-None-Match: " + answer.header("etag") + "\r\n").status, 304);
  EXPECT_EQ(client.get("/app.js", "Accept-Encoding: br\r\n").body, "brotli");
  EXPECT_EQ(client.get("/api/v1/nothing").status, 404) << "no page answers for the interface";
  client.send("HEAD /large.csv HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.read(std::chrono::seconds{5}, true).header("content-length"), "700001");
  EXPECT_EQ(client.get("/").body, "portal");
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(client.read().status, 405);
}

}  // namespace static_files_test
}  // namespace jinyue::http::test
