// Checking an ID token: cjose for JWS and JWK, the rules of OpenID Connect Core §3.1.3.7 here.
#include <algorithm>
#include <memory>

#include <cjose/cjose.h>
#include <simdjson.h>

#include "identity/oidc.h"

namespace jinyue::identity {
namespace {

constexpr std::chrono::seconds between_clocks{60};
constexpr std::size_t least_rsa_bits = 2048;

struct Free {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
  void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
};
using Jws = std::unique_ptr<cjose_jws_t, Free>;
using Jwk = std::unique_ptr<cjose_jwk_t, Free>;

std::unexpected<Problem> refuseToken(const char* zh, const char* en) {
  return refuse(ProblemKind::forbidden, "oidc.token-refused",
                {"身份提供方的登录凭证无效", "the identity provider's token is refused"}, {}, {zh, en});
}

/// Which kind of key an algorithm is for; nothing for one that is never allowed (none, HS*).
std::optional<cjose_jwk_kty_t> kindOf(std::string_view algorithm) {
  if (algorithm.starts_with("RS") || algorithm.starts_with("PS")) return CJOSE_JWK_KTY_RSA;
  if (algorithm.starts_with("ES")) return CJOSE_JWK_KTY_EC;
  return std::nullopt;
}

std::string headerText(cjose_header_t* header, const char* name) {
  cjose_err error{};
  const char* text = cjose_header_get(header, name, &error);
  return text == nullptr ? "" : text;
}

std::string textOf(simdjson::dom::object object, std::string_view key) {
  std::string_view text;
  if (object[key].get_string().get(text)) return {};
  return std::string(text);
}

/// Seconds since 1970; a claim may be a fraction.
std::optional<Instant> instantOf(simdjson::dom::object object, std::string_view key) {
  double seconds = 0;
  if (object[key].get_double().get(seconds) || seconds < 0 || seconds > 1e11) return std::nullopt;
  return Instant{Millis{static_cast<std::int64_t>(seconds * 1000)}};
}

/// Keys of the set that the header may mean: of its kid, or, without one, all of the right kind.
std::vector<Jwk> keysFor(simdjson::dom::object set, std::string_view kid, cjose_jwk_kty_t kind) {
  std::vector<Jwk> keys;
  simdjson::dom::array list;
  if (set["keys"].get_array().get(list)) return keys;
  for (const simdjson::dom::element item : list) {
    simdjson::dom::object object;
    if (item.get_object().get(object)) continue;
    const std::string use = textOf(object, "use");
    if ((!kid.empty() && textOf(object, "kid") != kid) || (!use.empty() && use != "sig")) continue;
    const std::string json = simdjson::to_string(item);
    cjose_err error{};
    Jwk key(cjose_jwk_import(json.data(), json.size(), &error));
    if (!key || cjose_jwk_get_kty(key.get(), &error) != kind) continue;
    if (kind == CJOSE_JWK_KTY_RSA && cjose_jwk_get_keysize(key.get(), &error) < least_rsa_bits) continue;
    keys.push_back(std::move(key));
  }
  return keys;
}

bool isFor(simdjson::dom::object claims, const std::string& client) {
  std::string_view one;
  const std::string authorised = textOf(claims, "azp");
  if (!authorised.empty() && authorised != client) return false;
  if (!claims["aud"].get_string().get(one)) return one == client;
  simdjson::dom::array list;
  if (claims["aud"].get_array().get(list)) return false;
  const bool among = std::any_of(list.begin(), list.end(), [&](simdjson::dom::element item) {
    return !item.get_string().get(one) && one == client;
  });
  return among && (list.size() == 1 || authorised == client);
}

}  // namespace

Result<IdClaims> checkIdToken(const OidcProvider& provider, std::string_view token, std::string_view jwks,
                              std::string_view nonce, Instant now) {
  cjose_err error{};
  const Jws jws(cjose_jws_import(token.data(), token.size(), &error));
  if (!jws) return refuseToken("不是签名的 JWT", "it is no signed JWT");
  cjose_header_t* header = cjose_jws_get_protected(jws.get());
  const std::string algorithm = headerText(header, "alg");
  const auto kind = kindOf(algorithm);
  if (!kind || std::ranges::find(provider.algorithms, algorithm) == provider.algorithms.end()) {
    return refuseToken("签名算法不被接受", "its signature algorithm is not accepted");
  }
  simdjson::dom::parser set_parser;
  simdjson::dom::object set;
  if (set_parser.parse(simdjson::padded_string(jwks)).get_object().get(set)) {
    return refuseToken("公钥集无法读取", "the provider's keys can't be read");
  }
  bool verified = false;
  for (const Jwk& key : keysFor(set, headerText(header, "kid"), *kind)) {
    verified = verified || cjose_jws_verify(jws.get(), key.get(), &error);
  }
  if (!verified) return refuseToken("签名不符", "no key of the provider made its signature");

  std::uint8_t* bytes = nullptr;
  std::size_t length = 0;
  if (!cjose_jws_get_plaintext(jws.get(), &bytes, &length, &error)) {
    return refuseToken("没有内容", "it has no content");
  }
  simdjson::dom::parser parser;
  simdjson::dom::object claims;
  if (parser.parse(simdjson::padded_string(reinterpret_cast<const char*>(bytes), length))
          .get_object()
          .get(claims)) {
    return refuseToken("内容不是 JSON 对象", "its content is no JSON object");
  }
  if (textOf(claims, "iss") != provider.issuer) return refuseToken("签发方不符", "another issuer made it");
  if (!isFor(claims, provider.client_id))
    return refuseToken("不是发给本系统的", "it is meant for another client");
  const auto expires = instantOf(claims, "exp");
  if (!expires || now >= *expires + between_clocks) return refuseToken("已过期", "it has expired");
  const auto issued = instantOf(claims, "iat");
  const auto not_before = instantOf(claims, "nbf");
  if (!issued || *issued > now + between_clocks || (not_before && *not_before > now + between_clocks)) {
    return refuseToken("尚未生效", "it is from the future");
  }
  if (nonce.empty() || textOf(claims, "nonce") != nonce) {
    return refuseToken("不是本次登录的凭证", "it belongs to another sign-in");
  }
  IdClaims result{provider.issuer, textOf(claims, "sub"), {}};
  if (result.subject.empty() || result.subject.size() > 255)
    return refuseToken("没有主体标识", "it names nobody");
  for (const auto& [key, value] : claims) {
    std::string_view text;
    if (!value.get_string().get(text)) result.texts.emplace(key, text);
  }
  return result;
}

}  // namespace jinyue::identity
