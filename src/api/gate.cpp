#include "api/gate.h"

#include <algorithm>

#include "http/headers.h"
#include "identity/sessions.h"

namespace jinyue::api {
namespace {

constexpr std::string_view bearer = "Bearer ";

}  // namespace

std::pair<std::string_view, Credential> tokenOf(const http::Request& request) {
  if (const auto authorization = request.headers.find("Authorization")) {
    if (authorization->size() > bearer.size() &&
        http::equalsIgnoringCase(authorization->substr(0, bearer.size()), bearer))
      return {http::withoutBlanks(authorization->substr(bearer.size())), Credential::bearer};
  }
  if (const auto cookie = request.cookie(session_cookie); cookie && !cookie->empty())
    return {*cookie, Credential::cookie};
  return {{}, Credential::none};
}

Result<Identified> Gate::identify(const http::Request& request) const {
  const auto [token, credential] = tokenOf(request);
  if (credential == Credential::none) return Identified{};
  auto caller = parts_.find(token, request);
  if (!caller) {
    return refuse(ProblemKind::forbidden, "session.ended",
                  {"会话无效或已结束", "there is no such session any more"}, {},
                  {"请重新登录", "sign in again"});
  }
  return Identified{std::make_shared<const identity::Caller>(std::move(*caller)), credential};
}

Result<void> Gate::checkCsrf(const http::Request& request) {
  const auto token = request.cookie(session_cookie);
  const auto shown = request.headers.find(csrf_header);
  if (token && shown && identity::isCsrfToken(*token, *shown)) return {};
  return refuse(
      ProblemKind::forbidden, "request.csrf",
      {"缺少 X-CSRF-Token 或它不属于本会话", "X-CSRF-Token is missing or is not that of this session"}, {},
      {"GET /api/v1/session 会给出本会话的值", "GET /api/v1/session tells the one of this session"});
}

store::RowScope Gate::rowsOf(const identity::RowScope& scope) const {
  store::RowScope rows;
  rows.all = scope.isEverything();
  if (rows.all) return rows;
  for (const identity::Alternative& each : scope.any) {
    store::ScopeAlternative alternative{each.units, each.areas, {}, {}, each.states};
    for (const std::string& pack : each.packs) {
      for (std::string& process : parts_.processes_of(pack)) {
        if (std::ranges::find(alternative.processes, process) == alternative.processes.end())
          alternative.processes.push_back(std::move(process));
      }
    }
    if (!each.packs.empty() && alternative.processes.empty()) continue;  // packs that nobody deployed
    if (each.parties.empty()) {
      rows.alternatives.push_back(std::move(alternative));
      continue;
    }
    for (const std::string& party : each.parties) {
      alternative.party = party;
      rows.alternatives.push_back(alternative);
    }
  }
  return rows;
}

bool Call::may(const identity::RowPlace& place) {
  asked_ = true;
  return caller && caller->may(permission_, place);
}

identity::RowScope Call::scope() {
  asked_ = true;
  return caller ? caller->scopeFor(permission_) : identity::RowScope{};
}

store::RowScope Call::rows() { return gate_.rowsOf(scope()); }

store::RowScope Call::rowsFor(identity::Permission permission) const {
  return caller ? gate_.rowsOf(caller->scopeFor(permission)) : store::RowScope{};
}

bpmn::Actor Call::actor() const { return {caller->actor(), caller->unit, caller->roles()}; }

}  // namespace jinyue::api
