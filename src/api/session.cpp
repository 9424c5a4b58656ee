// /session, /sessions, /sign-in: coming in, going out, and one's own means of signing in.

#include <mutex>

#include "api/endpoint.h"
#include "api/resource.h"
#include "api/rooms.h"
#include "http/rate_limit.h"

namespace jinyue::api {
namespace {

/// Where the session's token goes: a browser keeps it in a cookie that pages can't read, a program in its
/// memory.
enum class Keep { cookie, token };
BOOST_DESCRIBE_ENUM(Keep, cookie, token)

struct SignInBody {
  std::string login;
  std::string password;
  std::optional<std::string> code;
  std::optional<Keep> keep;
  static std::vector<About> about() {
    return {{"login", {"账号", "account name"}, R"("wang.min")", 1, 100},
            {"password", {"密码", "password"}, {}, 1, 1000},
            {"code", {"动态口令或恢复码", "one-time or recovery code"}, R"("123456")", 1, 40},
            {"keep",
             {"cookie：浏览器（默认）；token：程序，令牌在答复中",
              "cookie: a browser (without it); token: a program"}}};
  }
};
BOOST_DESCRIBE_STRUCT(SignInBody, (), (login, password, code, keep))

struct SessionView {
  std::int64_t account = 0;
  std::string csrf;
  std::optional<std::string> token;
  static std::vector<About> about() {
    return {{"account", {"账号编号", "number of the account"}, "17"},
            {"csrf", {"写操作的 X-CSRF-Token", "for X-CSRF-Token of writes"}},
            {"token", {"会话令牌，作为 Authorization: Bearer 发送", "send it as Authorization: Bearer"}}};
  }
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (account, csrf, token))

struct CurrentSession {
  std::int64_t account = 0;
  std::string login;
  identity::AccountKind kind = identity::AccountKind::officer;
  identity::Duty duty = identity::Duty::none;
  bool strong = false;
  std::string session;
  std::string csrf;
  static std::vector<About> about() {
    return {{"duty", {"须先完成的事：修改密码或设置动态口令", "what has to be done first"}},
            {"strong", {"以两种方式登录", "signed in with two factors"}},
            {"session", {"会话编号", "id of the session"}},
            {"csrf", {"写操作的 X-CSRF-Token", "for X-CSRF-Token of writes"}}};
  }
};
BOOST_DESCRIBE_STRUCT(CurrentSession, (), (account, login, kind, duty, strong, session, csrf))

struct Sessions {
  std::vector<identity::SessionInfo> items;
};
BOOST_DESCRIBE_STRUCT(Sessions, (), (items))

struct SessionPath {
  std::string id;
};
BOOST_DESCRIBE_STRUCT(SessionPath, (), (id))

struct PasswordBody {
  std::string current;
  std::string next;
  static std::vector<About> about() {
    return {{"current", {"当前密码", "the present password"}, {}, 1, 1000},
            {"next", {"新密码", "the new one"}, {}, 1, 1000}};
  }
};
BOOST_DESCRIBE_STRUCT(PasswordBody, (), (current, next))

struct ProofBody {
  std::string password;
  static std::vector<About> about() {
    return {{"password", {"当前密码", "the present password"}, {}, 1, 1000}};
  }
};
BOOST_DESCRIBE_STRUCT(ProofBody, (), (password))

struct Enrolled {
  std::string secret;
  std::string uri;
  static std::vector<About> about() {
    return {{"secret", {"密钥，手工输入用", "to type in"}}, {"uri", {"二维码内容", "to scan"}}};
  }
};
BOOST_DESCRIBE_STRUCT(Enrolled, (), (secret, uri))

struct CodeBody {
  std::string code;
  static std::vector<About> about() {
    return {{"code", {"动态口令", "one-time code"}, R"("123456")", 1, 40}};
  }
};
BOOST_DESCRIBE_STRUCT(CodeBody, (), (code))

struct Confirmed {
  std::vector<std::string> recovery_codes;
  SessionView session;
  static std::vector<About> about() {
    return {{"recovery_codes", {"恢复码，只显示这一次，每个用一次", "shown once; each opens once"}}};
  }
};
BOOST_DESCRIBE_STRUCT(Confirmed, (), (recovery_codes, session))

struct RemovalBody {
  std::string password;
  std::string code;
  static std::vector<About> about() {
    return {{"password", {"当前密码", "the present password"}, {}, 1, 1000},
            {"code", {"动态口令或恢复码", "one-time or recovery code"}, {}, 1, 40}};
  }
};
BOOST_DESCRIBE_STRUCT(RemovalBody, (), (password, code))

struct ProviderView {
  std::string id;
  Text title;
};
BOOST_DESCRIBE_STRUCT(ProviderView, (), (id, title))
struct Providers {
  std::vector<ProviderView> items;
};
BOOST_DESCRIBE_STRUCT(Providers, (), (items))

struct ProviderPath {
  std::string provider;
};
BOOST_DESCRIBE_STRUCT(ProviderPath, (), (provider))

struct CallbackQuery {
  std::optional<std::string> code;
  std::optional<std::string> state;
  std::optional<std::string> error;
  std::optional<std::string> error_description;
  std::optional<std::string> session_state;
  std::optional<std::string> iss;
};
BOOST_DESCRIBE_STRUCT(CallbackQuery, (), (code, state, error, error_description, session_state, iss))

constexpr std::string_view oidc_cookie = "jinyue_oidc";

http::Cookie cookieOf(const http::Request& request, std::string_view name, std::string value) {
  return {.name = std::string{name},
          .value = std::move(value),
          .path = "/",
          .max_age = {},
          .secure = request.secure,
          .http_only = true,
          .cross_site = true};
}

identity::Client clientOf(const http::Request& request) {
  return {request.remote_address, std::string{request.headers.find("User-Agent").value_or("")}};
}

/// How often somebody may try: a few times at once, then slowly; for each account and for each address.
class Attempts {
 public:
  std::optional<std::chrono::seconds> take(const std::string& login, const http::Request& request,
                                           Instant now) {
    const std::lock_guard lock(mutex_);
    by_address_.forgetRested(now);
    by_login_.forgetRested(now);
    const Millis wait =
        std::max(by_address_.take(http::rateKeyOf(request.remote_address), now), by_login_.take(login, now));
    if (wait == Millis{0}) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(wait);
  }

 private:
  std::mutex mutex_;
  http::RateLimiter by_address_{1.0, 30};
  http::RateLimiter by_login_{0.1, 10};
};

/// A new session as an answer: in the cookie, or for a program in the text.
SessionView begun(const identity::SignedIn& signed_in, bool in_cookie, const http::Request& request,
                  std::vector<http::Cookie>& cookies) {
  SessionView view{signed_in.account, signed_in.csrf, {}};
  if (in_cookie) cookies.push_back(cookieOf(request, session_cookie, signed_in.token));
  else view.token = signed_in.token;
  return view;
}

bool cameByCookie(const http::Request& request) { return tokenOf(request).second == Credential::cookie; }

template <class T>
Answer<T> secretAnswer(T value, std::vector<http::Cookie> cookies = {}) {
  Answer<T> answer(std::move(value));
  answer.cookies = std::move(cookies);
  answer.secret = true;
  return answer;
}

Result<Answer<SessionView>> renewed(Result<identity::SignedIn> signed_in, const Call& call) {
  if (!signed_in) return std::unexpected(std::move(signed_in).error());
  std::vector<http::Cookie> cookies;
  SessionView view = begun(*signed_in, cameByCookie(call.request), call.request, cookies);
  return secretAnswer(std::move(view), std::move(cookies));
}

http::Cookie withoutSession(const http::Request& request) {
  http::Cookie cookie = cookieOf(request, session_cookie, "");
  cookie.max_age = std::chrono::seconds{0};
  return cookie;
}

Description means(http::Method method, std::string_view path, std::string name, Text summary) {
  const Resource resource{"session", "", signedIn(), Repeats::harmless};
  return resource.of(method, path, std::move(name), std::move(summary));
}

void addSecondFactor(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(means(http::Method::post, "/session/password", "changePassword",
                      {"修改密码", "changes one's password"}),
                [rooms](Call& call, const In<None, None, PasswordBody>& in) {
                  return renewed(rooms.sign_in.changePassword(*call.caller, in.body.current, in.body.next,
                                                              clientOf(call.request)),
                                 call);
                });
  endpoints.add(means(http::Method::post, "/session/second-factor", "enrolSecondFactor",
                      {"设置动态口令：取得密钥", "one-time codes: gives the secret"}),
                [rooms](Call& call, const In<None, None, ProofBody>& in) -> Result<Answer<Enrolled>> {
                  auto enrolment = rooms.sign_in.enrolSecondFactor(*call.caller, in.body.password, "Jinyue");
                  if (!enrolment) return std::unexpected(std::move(enrolment).error());
                  return secretAnswer(Enrolled{std::move(enrolment->secret), std::move(enrolment->uri)});
                });
  endpoints.add(
      means(http::Method::post, "/session/second-factor/confirmation", "confirmSecondFactor",
            {"设置动态口令：确认", "one-time codes: confirms that the secret arrived"}),
      [rooms](Call& call, const In<None, None, CodeBody>& in) -> Result<Answer<Confirmed>> {
        auto on = rooms.sign_in.confirmSecondFactor(*call.caller, in.body.code, clientOf(call.request));
        if (!on) return std::unexpected(std::move(on).error());
        std::vector<http::Cookie> cookies;
        SessionView view = begun(on->session, cameByCookie(call.request), call.request, cookies);
        return secretAnswer(Confirmed{std::move(on->recovery_codes), std::move(view)}, std::move(cookies));
      });
  endpoints.add(means(http::Method::post, "/session/second-factor/removal", "dropSecondFactor",
                      {"取消动态口令", "gives up one-time codes"}),
                [rooms](Call& call, const In<None, None, RemovalBody>& in) {
                  return renewed(rooms.sign_in.dropSecondFactor(*call.caller, in.body.password, in.body.code,
                                                                clientOf(call.request)),
                                 call);
                });
}

void addProviders(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.path = "/sign-in/providers",
                 .name = "listProviders",
                 .tag = "session",
                 .summary = {"可用的统一身份认证", "identity providers to sign in with"},
                 .access = anyone()},
                [rooms](Call&, const In<>&) -> Result<Answer<Providers>> {
                  Providers providers;
                  if (rooms.oidc) {
                    for (const auto& each : rooms.oidc->providers())
                      providers.items.push_back({each.id, each.title});
                  }
                  return providers;
                });
  endpoints.add({.path = "/sign-in/callback",
                 .name = "finishProviderSignIn",
                 .tag = "session",
                 .summary = {"统一身份认证返回", "comes back from the identity provider"},
                 .access = anyone(),
                 .status = 303},
                [rooms](Call& call, const In<None, CallbackQuery>& in) -> Result<Answer<Nothing>> {
                  const auto sealed = call.request.cookie(oidc_cookie);
                  if (!rooms.oidc || !sealed || !in.query.code || !in.query.state) {
                    return refuse(
                        ProblemKind::forbidden, "sign-in.not-finished",
                        {"统一身份认证没有完成", "signing in with the identity provider was not finished"},
                        {}, {in.query.error.value_or(""), in.query.error.value_or("")});
                  }
                  auto signed_in = rooms.oidc->finish(*sealed, *in.query.state, *in.query.code,
                                                      clientOf(call.request), tokenOf(call.request).first);
                  if (!signed_in) return std::unexpected(std::move(signed_in).error());
                  Answer<Nothing> answer(Nothing{});
                  answer.location = "/";
                  answer.cookies.push_back(cookieOf(call.request, session_cookie, signed_in->token));
                  http::Cookie spent = cookieOf(call.request, oidc_cookie, "");
                  spent.max_age = std::chrono::seconds{0};
                  answer.cookies.push_back(std::move(spent));
                  return answer;
                });
  endpoints.add({.path = "/sign-in/with/{provider}",
                 .name = "beginProviderSignIn",
                 .tag = "session",
                 .summary = {"转到统一身份认证", "goes to the identity provider"},
                 .access = anyone(),
                 .status = 303},
                [rooms](Call& call, const In<ProviderPath>& in) -> Result<Answer<Nothing>> {
                  if (!rooms.oidc) {
                    return refuse(ProblemKind::not_found, "oidc.unknown",
                                  {"没有这个统一身份认证", "there is no such identity provider"},
                                  in.path.provider);
                  }
                  auto begin = rooms.oidc->begin(in.path.provider);
                  if (!begin) return std::unexpected(std::move(begin).error());
                  Answer<Nothing> answer(Nothing{});
                  answer.location = std::move(begin->url);
                  http::Cookie cookie = cookieOf(call.request, oidc_cookie, std::move(begin->cookie));
                  cookie.max_age = std::chrono::minutes{10};
                  answer.cookies.push_back(std::move(cookie));
                  return answer;
                });
}

}  // namespace

void addSession(Endpoints& endpoints, const Rooms& rooms) {
  const auto attempts = std::make_shared<Attempts>();
  endpoints.add(
      {.method = http::Method::post,
       .path = "/session",
       .name = "signIn",
       .tag = "session",
       .summary = {"登录", "signs in"},
       .access = anyone(),
       .detail = {"密码正确但需要动态口令时答 sign-in.code-needed，带 code 再提交",
                  "sign-in.code-needed: send it again with the code"},
       .status = 201,
       .repeats = Repeats::harmless,
       .example = R"({"login":"wang.min","password":"…"})"},
      [rooms, attempts](Call& call, const In<None, None, SignInBody>& in) -> Result<Answer<SessionView>> {
        if (const auto wait = attempts->take(in.body.login, call.request, call.now)) {
          call.retry_after = wait;
          return refuse(ProblemKind::unavailable, "sign-in.too-often",
                        {"登录尝试过于频繁，请稍后再试", "too many attempts to sign in; wait a little"});
        }
        auto signed_in = rooms.sign_in.signIn({in.body.login, in.body.password, in.body.code.value_or("")},
                                              clientOf(call.request), tokenOf(call.request).first);
        if (!signed_in) return std::unexpected(std::move(signed_in).error());
        std::vector<http::Cookie> cookies;
        SessionView view =
            begun(*signed_in, in.body.keep.value_or(Keep::cookie) == Keep::cookie, call.request, cookies);
        return secretAnswer(std::move(view), std::move(cookies));
      });
  endpoints.add({.path = "/session",
                 .name = "readSession",
                 .tag = "session",
                 .summary = {"当前会话", "the present session"},
                 .access = signedIn()},
                [](Call& call, const In<>&) -> Result<Answer<CurrentSession>> {
                  const identity::Caller& caller = *call.caller;
                  return secretAnswer(CurrentSession{caller.id, caller.login, caller.kind, caller.duty,
                                                     caller.strong, caller.session,
                                                     identity::csrfTokenOf(tokenOf(call.request).first)});
                });
  endpoints.add(means(http::Method::delete_, "/session", "signOut", {"退出登录", "signs out"}),
                [rooms](Call& call, const In<>&) -> Result<Answer<Nothing>> {
                  rooms.sessions.signOut(*call.caller);
                  Answer<Nothing> answer(Nothing{});
                  answer.cookies.push_back(withoutSession(call.request));
                  return answer;
                });
  endpoints.add({.path = "/sessions",
                 .name = "listSessions",
                 .tag = "session",
                 .summary = {"我的全部会话", "all of one's own sessions"},
                 .access = signedIn()},
                [rooms](Call& call, const In<>&) -> Result<Answer<Sessions>> {
                  return Sessions{rooms.sessions.list(call.caller->id)};
                });
  endpoints.add(means(http::Method::delete_, "/sessions/{id}", "endSession",
                      {"结束我的一个会话", "ends one of one's own sessions"}),
                [rooms](Call& call, const In<SessionPath>& in) -> Result<Answer<Nothing>> {
                  if (auto ended = rooms.sessions.end(*call.caller, in.path.id); !ended)
                    return std::unexpected(std::move(ended).error());
                  return Nothing{};
                });
  endpoints.add(means(http::Method::delete_, "/sessions", "endOtherSessions",
                      {"结束我的其他会话", "ends all of one's own sessions but this"}),
                [rooms](Call& call, const In<>&) -> Result<Answer<Nothing>> {
                  rooms.sessions.endOthers(*call.caller);
                  return Nothing{};
                });
  addSecondFactor(endpoints, rooms);
  addProviders(endpoints, rooms);
}

}  // namespace jinyue::api
