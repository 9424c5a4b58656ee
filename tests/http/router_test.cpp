#include "http/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/problem_document.h"
#include "http/url.h"

namespace jinyue::http {
namespace router_test {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

Handler nothing() {
  return answering([](const Request&) { return noContent(); });
}

Router::Found find(const Router& router, Method method, std::string_view path) {
  return router.find(method, parseTarget(path, {})->segments);
}

TEST(Router, FindsByTemplate) {
  Router router;
  router.get("/cases", nothing());
  router.get("/cases/{id}", nothing());
  router.get("/cases/new", nothing());
  router.post("/cases/{case}/tasks/{task}", nothing());
  router.get("/cases/new/help", nothing());
  EXPECT_EQ(find(router, Method::get, "/cases/7").route->path, "/cases/{id}");
  EXPECT_EQ(find(router, Method::get, "/cases/new").route->path, "/cases/new");
  EXPECT_EQ(find(router, Method::head, "/cases").route->path, "/cases");
  const auto found = find(router, Method::post, "/cases/new/tasks/%E5%8A%9E%2F1");
  ASSERT_TRUE(found.route) << "a literal segment that leads nowhere gives way";
  EXPECT_THAT(found.params, ElementsAre(Pair("case", "new"), Pair("task", "办/1")));
  EXPECT_FALSE(find(router, Method::get, "/cases/").route) << "a brace takes no empty segment";
  EXPECT_FALSE(find(router, Method::get, "/Cases").route);
  EXPECT_EQ(find(router, Method::get, "/nothing").allow, "");
  EXPECT_EQ(find(router, Method::delete_, "/cases/7").allow, "GET, HEAD, OPTIONS");
}

TEST(Router, RefusesTemplatesThatCannotBeMeant) {
  Router router;
  router.get("/a/{id}", nothing());
  EXPECT_THROW(router.get("/a/{other}", nothing()), std::invalid_argument);
  EXPECT_THROW(router.get("a", nothing()), std::invalid_argument);
  EXPECT_THROW(router.get("/a/{x}/{x}", nothing()), std::invalid_argument);
  EXPECT_THROW(router.get("/a/x{y}", nothing()), std::invalid_argument);
  EXPECT_THROW(router.get("/a/{}", nothing()), std::invalid_argument);
  EXPECT_THROW(router.get("/b", {}), std::invalid_argument);
  EXPECT_THROW(router.add(Method::options, "/b", nothing()), std::invalid_argument);
}

TEST(Router, MountsBelowPrefixes) {
  Router router;
  router.mount("/", nothing());
  router.mount("/docs", nothing());
  router.mount("/api", {});
  router.get("/api/v1", nothing());
  EXPECT_EQ(find(router, Method::get, "/docs/a/b").route->path, "/docs");
  EXPECT_EQ(find(router, Method::get, "/docs/a/b").mounted_at, 1u);
  EXPECT_EQ(find(router, Method::get, "/docsx").route->path, "/");
  EXPECT_EQ(find(router, Method::get, "/api/v1").route->path, "/api/v1");
  EXPECT_FALSE(find(router, Method::get, "/api/v2").route);
  EXPECT_EQ(find(router, Method::post, "/docs").allow, "GET, HEAD, OPTIONS");
  EXPECT_THROW(router.mount("/docs", nothing()), std::invalid_argument);
}

TEST(ProblemDocument, MapsKindsToStatuses) {
  const auto status = [](ProblemKind kind, std::string code) {
    return statusOf({kind, std::move(code), {}, {}, {}, {}});
  };
  EXPECT_EQ(status(ProblemKind::invalid, "form.missing"), 422);
  EXPECT_EQ(status(ProblemKind::invalid, "json.syntax"), 400);
  EXPECT_EQ(status(ProblemKind::invalid, "json.type"), 422);
  EXPECT_EQ(status(ProblemKind::forbidden, "task.not-yours"), 403);
  EXPECT_EQ(status(ProblemKind::not_found, "case.unknown"), 404);
  EXPECT_EQ(status(ProblemKind::conflict, "case.changed"), 409);
  EXPECT_EQ(status(ProblemKind::unavailable, "queue.full"), 503);
}

TEST(ProblemDocument, SpeaksBothLanguagesAndCarriesCauses) {
  Problem given{ProblemKind::invalid,
                "form.invalid",
                {"表单有误", "the form is wrong"},
                "/form",
                {"请改正", "mend it"},
                {}};
  given.causes.push_back(
      {ProblemKind::invalid, "form.missing", {"缺少\"姓名\"", "\"name\" is missing"}, "/form/name", {}, {}});
  const Response zh = problem(given, Language::zh, "r1");
  EXPECT_EQ(zh.text(),
            R"({"type":"/problems/form.invalid","title":"表单有误","status":422,"detail":"请改正",)"
            R"("instance":"urn:jinyue:request:r1","code":"form.invalid","where":"/form",)"
            R"("causes":[{"code":"form.missing","title":"缺少\"姓名\"","where":"/form/name"}]})");
  EXPECT_EQ(zh.headers.find("content-language"), "zh-CN");
  EXPECT_THAT(std::string{problem(given, Language::en, "r1").text()}, HasSubstr("\"name\\\" is missing"));
  EXPECT_EQ(problem(problemOf(503), Language::zh, "").headers.find("Retry-After"), "1");
}

TEST(ProblemDocument, HasWordsForEveryStatusOfTheServer) {
  for (const int status : {400, 404, 405, 408, 413, 414, 417, 429, 431, 500, 501, 503, 504, 505}) {
    const Problem words = problemOf(status);
    EXPECT_FALSE(words.title.zh.empty() || words.title.en.empty()) << status;
    EXPECT_EQ(words.code == "server.fault", status == 500) << status;
  }
}

}  // namespace router_test
}  // namespace jinyue::http
