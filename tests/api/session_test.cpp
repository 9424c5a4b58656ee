// Coming in, going out, and what a browser's session is guarded by.

#include <gtest/gtest.h>

#include "api/served_city.h"

namespace jinyue::api {
namespace session_test {

using test::Answer;
using test::at;
using test::json;
using test::Person;
using test::Sent;
using test::ServedCity;

TEST(Session, ProgramsGetATokenAndBrowsersACookieThatPagesCannotRead) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}});
  Sent sent;
  sent.body = fmt::format(R"({{"login":"zuoxi","password":"{}"}})", test::password);
  const Answer browser = city.nobody().post("/session", sent);
  EXPECT_EQ(browser.status, 201);
  EXPECT_EQ(at(browser, "/token"), "(absent)");
  const std::string cookie = browser.header("set-cookie");
  EXPECT_TRUE(cookie.starts_with("jinyue_session=")) << cookie;
  EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
  EXPECT_NE(cookie.find("SameSite=Lax"), std::string::npos);
  EXPECT_EQ(browser.header("cache-control"), "no-store");
  Person zuoxi = city.signIn("zuoxi");
  EXPECT_EQ(at(zuoxi.get("/session"), "/login"), "zuoxi");
  EXPECT_EQ(at(zuoxi.get("/me"), "/roles/0/role"), "agent");
}

TEST(Session, CookieIsSecureBehindTls) {
  ServedCity city(test::storeUnderTest(), [](cli::OfficeOptions&, http::ServerOptions& server) {
    server.trusted_proxies = {"127.0.0.1"};
  });
  city.officer("zuoxi", "12345", {{"agent"}});
  Sent sent;
  sent.body = fmt::format(R"({{"login":"zuoxi","password":"{}"}})", test::password);
  sent.more = "X-Forwarded-Proto: https\r\n";
  EXPECT_NE(city.nobody().post("/session", sent).header("set-cookie").find("Secure"), std::string::npos);
}

TEST(Session, WritesOfABrowserNeedTheTokenOfItsOwnSession) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}});
  Person browser = city.signIn("zuoxi", true);
  Person other = city.signIn("zuoxi", true);
  Sent sent;
  sent.body = R"({"language":"en"})";
  EXPECT_EQ(browser.patch("/me", sent).status, 200);
  sent.without_csrf = true;
  EXPECT_EQ(at(browser.patch("/me", sent), "/code"), "request.csrf");
  sent.more = "X-CSRF-Token: " + identity::csrfTokenOf(other.token()) + "\r\n";
  EXPECT_EQ(browser.patch("/me", sent).status, 403);
  sent.more = "X-CSRF-Token: \r\n";
  EXPECT_EQ(browser.patch("/me", sent).status, 403);
  EXPECT_EQ(browser.get("/me").status, 200);  // reads need none
  // A form of another site can't send JSON.
  sent.more.clear();
  sent.without_csrf = false;
  sent.media_type = "text/plain";
  EXPECT_EQ(browser.patch("/me", sent).status, 415);
}

TEST(Session, ATokenFromBeforeSigningInIsWorthNothingAfterwards) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}});
  city.officer("attacker", "12345", {{"agent"}});
  Person attacker = city.signIn("attacker", true);
  // The victim's browser was given the attacker's cookie; it signs in with it.
  Sent sent;
  sent.body = fmt::format(R"({{"login":"zuoxi","password":"{}"}})", test::password);
  sent.more = attacker.credential();
  const Answer answer = city.nobody().post("/session", sent);
  ASSERT_EQ(answer.status, 201);
  EXPECT_EQ(answer.header("set-cookie").find(attacker.token()), std::string::npos);
  EXPECT_EQ(attacker.get("/session").status, 401);  // ended, and never became the victim's
}

TEST(Session, CanBeListedAndEnded) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}});
  Person desk = city.signIn("zuoxi");
  Person phone = city.signIn("zuoxi");
  Person stranger = (city.officer("duban", "市营商局", {{"supervisor"}}), city.signIn("duban"));
  EXPECT_EQ(json(desk.get("/sessions")).at("items").as_array().size(), 2U);
  const std::string phone_id = at(phone.get("/session"), "/session");
  EXPECT_EQ(stranger.del("/sessions/" + phone_id, {.key = ""}).status, 404);
  EXPECT_EQ(phone.get("/me").status, 200);
  EXPECT_EQ(desk.del("/sessions/" + phone_id, {.key = ""}).status, 204);
  EXPECT_EQ(phone.get("/me").status, 401);
  EXPECT_EQ(desk.del("/session", {.key = ""}).status, 204);
  EXPECT_EQ(desk.get("/me").status, 401);
}

TEST(Session, SigningInIsTriedOnlySoOften) {
  ServedCity city;
  city.officer("zuoxi", "12345", {{"agent"}});
  Sent wrong;
  wrong.body = R"({"login":"zuoxi","password":"wrong"})";
  Person nobody = city.nobody();
  for (int i = 0; i < 10; ++i) {
    const Answer answer = nobody.post("/session", wrong);
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(at(answer, "/code"), "sign-in.refused");
  }
  const Answer held = nobody.post("/session", wrong);
  EXPECT_EQ(held.status, 429);
  EXPECT_GE(std::stoi(held.header("retry-after")), 1);
  // Unknown names look the same as wrong passwords.
  wrong.body = R"({"login":"nobody-here","password":"wrong"})";
  EXPECT_EQ(at(nobody.post("/session", wrong), "/code"), "sign-in.refused");
}

TEST(Session, ATemporaryPasswordIsChangedBeforeAnythingElse) {
  ServedCity city;
  city.officer("anquan", "市大数据局", {{"security-admin"}});
  Person admin = city.signIn("anquan");
  Sent sent;
  sent.body = fmt::format(
      R"({{"kind":"officer","login":"new.one","unit":"12345","language":"zh","personal":{{}},"password":"{}"}})",
      "Another7-word!");
  const Answer made = admin.post("/accounts", sent);
  ASSERT_EQ(made.status, 201) << made.body;
  sent.body = fmt::format(R"({{"role":"agent","scope":{{}}}})");
  EXPECT_EQ(admin.post("/accounts/" + at(made, "/id") + "/grants", sent).status, 201);
  Sent in;
  in.body = R"({"login":"new.one","password":"Another7-word!","keep":"token"})";
  const Answer signed_in = city.nobody().post("/session", in);
  Person fresh(city, at(signed_in, "/token"), false);
  EXPECT_EQ(at(fresh.get("/session"), "/duty"), "change_password");
  EXPECT_EQ(at(fresh.get("/cases"), "/code"), "account.password-due");
  sent.body = R"({"current":"Another7-word!","next":"Quite-other8word"})";
  sent.key.clear();
  const Answer changed = fresh.post("/session/password", sent);
  ASSERT_EQ(changed.status, 200) << changed.body;
  Person after(city, at(changed, "/token"), false);
  EXPECT_EQ(after.get("/cases").status, 200);
  EXPECT_EQ(fresh.get("/cases").status, 401);
}

TEST(Session, AnIdentityProviderIsAskedAndOnlyItsOwnBrowserComesBack) {
  identity::OidcProvider provider;
  provider.id = "city";
  provider.title = {"市统一身份认证", "the city's"};
  provider.issuer = "https://id.example";
  provider.authorization_endpoint = "https://id.example/auth";
  provider.token_endpoint = "https://id.example/token";
  provider.jwks_uri = "https://id.example/jwks";
  provider.client_id = "jinyue";
  provider.redirect_uri = "https://ybs.example/api/v1/sign-in/callback";
  std::vector<std::string> asked;
  ServedCity city(test::storeUnderTest(), [&](cli::OfficeOptions& office, http::ServerOptions&) {
    office.identity_providers = {provider};
    office.fetch = [&asked](const identity::FetchRequest& request) -> Result<identity::FetchAnswer> {
      asked.push_back(request.url);
      return identity::FetchAnswer{400, R"({"error":"invalid_grant"})"};
    };
  });
  Person nobody = city.nobody();
  EXPECT_EQ(at(nobody.get("/sign-in/providers"), "/items/0/id"), "city");
  EXPECT_EQ(nobody.get("/sign-in/with/other").status, 404);
  const Answer away = nobody.get("/sign-in/with/city");
  EXPECT_EQ(away.status, 303) << away.body;
  const std::string url = away.header("location");
  EXPECT_TRUE(url.starts_with("https://id.example/auth?")) << url;
  EXPECT_NE(url.find("code_challenge_method=S256"), std::string::npos) << url;
  const std::string cookie = away.header("set-cookie");
  EXPECT_TRUE(cookie.starts_with("jinyue_oidc=")) << cookie;
  EXPECT_NE(cookie.find("HttpOnly"), std::string::npos) << cookie;
  const auto begin = url.find("state=") + 6;
  const std::string state = url.substr(begin, url.find('&', begin) - begin);
  const std::string back = "/sign-in/callback?code=abc&state=" + state;
  EXPECT_EQ(nobody.get(back).status, 401);  // another browser, without the cookie
  EXPECT_TRUE(asked.empty());
  const std::string own = "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
  EXPECT_GE(nobody.get("/sign-in/callback?code=abc&state=other", own).status, 400);
  EXPECT_TRUE(asked.empty());
  const Answer refused = nobody.get(back, own);  // the provider does not take the code
  EXPECT_GE(refused.status, 400);
  EXPECT_EQ(refused.header("set-cookie").find("jinyue_session"), std::string::npos);
  EXPECT_EQ(asked, std::vector<std::string>{"https://id.example/token"});
}

}  // namespace session_test
}  // namespace jinyue::api
