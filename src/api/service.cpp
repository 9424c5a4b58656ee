#include "api/service.h"

#include <charconv>
#include <mutex>

#include "http/negotiate.h"
#include "http/problem_document.h"
#include "http/url.h"

namespace jinyue::api {
namespace {

using http::Request;
using http::Response;

Problem refusal(ProblemKind kind, std::string code, Text title, Text detail = {}) {
  return {kind, std::move(code), std::move(title), {}, std::move(detail), {}};
}

Response refused(const Problem& problem, const Call& call) {
  Response response = http::problem(problem, call.request, statusOf(problem));
  response.headers.set("Cache-Control", "no-store");
  if (response.status == 401) response.headers.set("WWW-Authenticate", "Bearer");
  if (call.retry_after) response.headers.set("Retry-After", std::to_string(call.retry_after->count()));
  return response;
}

/// Of the content, and with the version in front when there is one: `"7-0f3a…"`.
std::string entityTag(std::string_view content, std::optional<std::int64_t> version) {
  const std::string sum = fmt::format("{:016x}", std::hash<std::string_view>{}(content));
  return version ? fmt::format("\"{}-{}\"", *version, sum) : fmt::format("\"{}\"", sum);
}

/// The version in an ETag that entityTag made.
std::optional<std::int64_t> versionIn(std::string_view tag) {
  std::int64_t version = 0;
  if (!tag.starts_with('"')) return std::nullopt;
  const auto [end, error] = std::from_chars(tag.data() + 1, tag.data() + tag.size(), version);
  if (error != std::errc{} || end == tag.data() + tag.size() || *end != '-') return std::nullopt;
  return version;
}

Response answer(const Endpoint& endpoint, const Request& request, Encoded encoded) {
  Response response;
  for (const http::Cookie& cookie : encoded.cookies) http::setCookie(response, cookie);
  if (!encoded.location.empty()) response.headers.set("Location", encoded.location);
  if (encoded.media_type.empty()) {
    response.status = encoded.location.empty() ? 204 : endpoint.description.status;
    return response;
  }
  response.status = endpoint.description.status;
  response.headers.set("Content-Type", encoded.media_type);
  if (!encoded.file_name.empty()) {
    response.headers.set("Content-Disposition",
                         "attachment; filename*=UTF-8''" + http::percentEncoded(encoded.file_name));
    // Even where somebody has it shown: it runs nothing and reaches nothing.
    response.headers.set("Content-Security-Policy", "sandbox; default-src 'none'");
  }
  const auto* text = std::get_if<std::string>(&encoded.body);
  if (encoded.secret) {
    response.headers.set("Cache-Control", "no-store");
  } else if (text && !endpoint.isWrite()) {
    const std::string tag = entityTag(*text, encoded.version);
    response.headers.set("ETag", tag);
    response.headers.set("Cache-Control", "private, no-cache");
    response.headers.set("Vary", "Accept-Language, Cookie, Authorization");
    if (http::isUnchanged(request, tag)) {
      response.status = 304;
      response.headers.remove("Content-Type");
      return response;
    }
  } else {
    response.headers.set("Cache-Control", "no-store");
    if (text && encoded.version) response.headers.set("ETag", entityTag(*text, encoded.version));
  }
  response.body = std::move(encoded.body);
  return response;
}

class Service : public std::enable_shared_from_this<Service> {
 public:
  explicit Service(ServiceParts parts) : parts_(std::move(parts)), account_rate_(parts_.account_rate) {}

  void serve(const Endpoint& endpoint, const Request& request, const http::Reply& reply) const {
    const auto call = std::make_shared<Call>(request, parts_.gate, endpoint.description.access.permission());
    call->now = parts_.now();
    const Finish finish = [self = shared_from_this(), call, reply, &endpoint](Result<Encoded> result) {
      reply(self->respond(endpoint, *call, std::move(result)));
    };
    auto ready = admit(endpoint, *call);
    if (ready) ready = readHeaders(endpoint.description, endpoint.isWrite(), *call);
    if (!ready) return finish(std::unexpected(std::move(ready).error()));
    if (call->key.empty()) return endpoint.run(*call, finish);
    call->fingerprint = fingerprint(*call);
    if (endpoint.description.repeats == Repeats::by_store) return runByStore(endpoint, *call, finish);
    endpoint.run(*call, [self = shared_from_this(), call, finish, &endpoint](Result<Encoded> result) {
      // What was done before can look forbidden now (the task is gone): the first outcome counts.
      if (!result && !call->repeated) {
        if (const auto first = self->firstOf(*call)) return again(endpoint, *call, *first, finish);
      }
      finish(std::move(result));
    });
  }

 private:
  /// Who asks, and whether such a one may come in here at all.
  Result<void> admit(const Endpoint& endpoint, Call& call) const {
    const AccessRule& access = endpoint.description.access;
    auto identified = parts_.gate.identify(call.request);
    if (access.kind() == AccessRule::Kind::open) {  // an old cookie must not keep anybody from signing in
      if (identified) call.caller = identified->caller;
      return {};
    }
    if (!identified) return std::unexpected(std::move(identified).error());
    if (!identified->caller) {
      return std::unexpected(
          refusal(ProblemKind::forbidden, "session.needed", {"请先登录", "sign in first"}));
    }
    call.caller = identified->caller;
    if (endpoint.isWrite() && identified->credential == Credential::cookie) {
      if (auto same_site = Gate::checkCsrf(call.request); !same_site) return same_site;
    }
    if (auto not_too_often = takeTurn(call); !not_too_often) return not_too_often;
    if (access.kind() == AccessRule::Kind::permission)
      return identity::require(*call.caller, access.permission());
    return {};
  }

  /// Whether the account has not asked too often.
  Result<void> takeTurn(Call& call) const {
    const std::lock_guard lock(rate_mutex_);
    const Millis wait = account_rate_.take(std::to_string(call.caller->id), call.now);
    if (wait == Millis{0}) return {};
    call.retry_after = std::chrono::ceil<std::chrono::seconds>(wait);
    return std::unexpected(refusal(ProblemKind::unavailable, "account.too-often",
                                   {"该账号的请求过于频繁", "too many requests from this account"},
                                   {"请按 Retry-After 给出的秒数等待后再试",
                                    "wait for as many seconds as Retry-After says, then try again"}));
  }

  static Result<void> readHeaders(const Description& description, bool is_write, Call& call) {
    if (!is_write) return {};
    const auto key = call.request.headers.find("Idempotency-Key");
    if (description.repeats != Repeats::harmless) {
      if (!key || key->empty() || key->size() > 64) {
        return std::unexpected(refusal(
            ProblemKind::invalid, "request.key",
            {"缺少 Idempotency-Key，或它不是 1 到 64 个字符",
             "Idempotency-Key is missing or has not 1 to 64 characters"},
            {"为每次操作生成一个新的键（如 UUIDv7），重试时用同一个",
             "make a new key for each action (UUIDv7, say) and use the same one when you try again"}));
      }
      call.key = *key;
    }
    const auto match = call.request.headers.find("If-Match");
    if (match && *match != "*") {
      call.expected_version = versionIn(*match);
      if (!call.expected_version) {
        return std::unexpected(refusal(ProblemKind::conflict, "thing.changed",
                                       {"If-Match 不是该对象的 ETag", "If-Match is no ETag of this thing"}));
      }
    } else if (description.changes_version && !match) {
      return std::unexpected(refusal(
          ProblemKind::invalid, "request.if-match", {"缺少 If-Match", "If-Match is missing"},
          {"先读取，再把它的 ETag 作为 If-Match 提交", "read it first and send its ETag as If-Match"}));
    }
    return {};
  }

  /// Keyed: a request may hold personal data that can be guessed.
  std::int64_t fingerprint(const Call& call) const {
    const std::string content =
        fmt::format("{} {}\n{}", http::toString(call.request.method), call.request.target, call.request.body);
    const std::string digest = parts_.digester.digest(0, content);
    return static_cast<std::int64_t>(std::stoull(digest.substr(0, 16), nullptr, 16));
  }

  /// The first outcome of this key, or nothing.
  std::optional<store::ReplyRow> firstOf(const Call& call) const {
    const std::string keys[] = {call.key};
    for (store::ReplyRow& row : parts_.store.findReplies(keys)) {
      if (row.actor == call.actor().id) return std::move(row);
    }
    return std::nullopt;
  }

  void runByStore(const Endpoint& endpoint, Call& call, const Finish& finish) const {
    if (const auto first = firstOf(call)) return again(endpoint, call, *first, finish);
    std::optional<Result<Encoded>> result;
    bool lost = false;
    {
      KeyedStore::Scope scope(parts_.store, {call.key, call.actor().id, call.fingerprint, 0, 0, call.now});
      endpoint.run(call, [&result](Result<Encoded> outcome) { result = std::move(outcome); });
      lost = scope.lostToAnother() && !scope.written();
    }
    if (lost) {
      if (const auto first = firstOf(call)) return again(endpoint, call, *first, finish);
    }
    finish(std::move(result.value()));
  }

  static void again(const Endpoint& endpoint, Call& call, const store::ReplyRow& first,
                    const Finish& finish) {
    if (first.fingerprint != call.fingerprint) {
      return finish(
          refuse(ProblemKind::invalid, "key.used",
                 {"这个幂等键已用于另一个请求", "this idempotency key was used for another request"}, {},
                 {"请为新的请求换一个键", "use a new key for a new request"}));
    }
    call.repeated = true;
    endpoint.run_again(call, {first.case_id, first.position, true}, finish);
  }

  Response respond(const Endpoint& endpoint, const Call& call, Result<Encoded> result) const {
    if (!result) return refused(result.error(), call);
    if (endpoint.description.access.reach() != Reach::nothing && !call.hasAsked() && !call.repeated) {
      if (parts_.fault) {
        parts_.fault(call.request.id, fmt::format("{} answered without asking for the caller's scope",
                                                  endpoint.description.name));
      }
      return http::problem(http::problemOf(500), call.request, 500);
    }
    return answer(endpoint, call.request, std::move(*result));
  }

  ServiceParts parts_;
  mutable std::mutex rate_mutex_;
  mutable http::RateLimiter account_rate_;
};

}  // namespace

int statusOf(const Problem& problem) {
  if (problem.code.ends_with(".too-often")) return 429;
  if (problem.code == "session.needed" || problem.code == "session.ended" ||
      problem.code.starts_with("sign-in."))
    return 401;
  if (problem.code == "request.media-type") return 415;
  if (problem.code == "request.if-match") return 428;
  if (problem.code.ends_with(".changed")) return 412;
  return http::statusOf(problem);
}

void mount(const Endpoints& endpoints, http::Router& router, const ServiceParts& parts) {
  const auto service = std::make_shared<const Service>(parts);
  for (const auto& endpoint : endpoints.all()) {
    router.add(
        endpoint->description.method, std::string{api_root} + endpoint->description.path,
        [service, &endpoint = *endpoint](const Request& request, const http::Reply& reply) {
          service->serve(endpoint, request, reply);
        },
        endpoint->description.route);
  }
}

}  // namespace jinyue::api
