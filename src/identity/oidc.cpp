#include "identity/oidc.h"

#include <algorithm>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <simdjson.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "identity/account_row.h"
#include "identity/percent.h"
#include "ledger/hash.h"

namespace jinyue::identity {

namespace oidc_cookie {

/// What the second half must know of the first.
struct Flow {
  std::string provider;
  std::string state;
  std::string nonce;
  std::string verifier;
  Instant ends;
};
BOOST_DESCRIBE_STRUCT(Flow, (), (provider, state, nonce, verifier, ends))

}  // namespace oidc_cookie

namespace {

using oidc_cookie::Flow;

constexpr std::chrono::minutes flow_lasts{10};
constexpr std::string_view sealed_as = "oidc";

std::string base64Url(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  while (out.ends_with('=')) out.pop_back();
  std::ranges::replace(out, '+', '-');
  std::ranges::replace(out, '/', '_');
  return out;
}

std::unexpected<Problem> refuseFlow() {
  return refuse(ProblemKind::forbidden, "oidc.flow-refused",
                {"登录已过期或不是在本浏览器发起的，请重新登录",
                 "this sign-in is too old or was begun in another browser; begin again"});
}

std::unexpected<Problem> refuseProvider() {
  return refuse(ProblemKind::unavailable, "oidc.provider",
                {"身份提供方没有给出可用的答复", "the identity provider gave no answer that can be used"});
}

std::unexpected<Problem> refuseNoAccount() {
  return refuse(ProblemKind::forbidden, "oidc.no-account",
                {"该身份没有关联的账号", "no account is linked to this identity"}, {},
                {"请联系管理员", "ask an administrator"});
}

Result<std::string> bodyOf(const FetchFn& fetch, const FetchRequest& request) {
  auto answer = fetch(request);
  if (!answer) return std::unexpected(std::move(answer).error());
  if (answer->status != 200) return refuseProvider();
  return std::move(answer->body);
}

Result<std::string> idTokenOf(std::string_view answer) {
  simdjson::dom::parser parser;
  std::string_view token;
  if (parser.parse(simdjson::padded_string(answer))["id_token"].get_string().get(token))
    return refuseProvider();
  return std::string(token);
}

/// The account, and whether it must be linked.
std::optional<std::pair<AccountId, bool>> accountFor(const Context& context, const OidcProvider& provider,
                                                     const IdClaims& claims) {
  const auto linked = context.store.query(
      store::statement("SELECT account FROM external_logins WHERE issuer = $1 AND subject = $2",
                       claims.issuer, claims.subject));
  if (!linked.empty()) return std::pair{linked.front().integer(0), false};
  const auto claim =
      provider.person_claim.empty() ? claims.texts.end() : claims.texts.find(provider.person_claim);
  if (claim == claims.texts.end() || claim->second.empty()) return std::nullopt;
  const std::string person =
      context.vault.lookup(wordOf(FieldClass::id_number), normalised(FieldClass::id_number, claim->second));
  const auto found = context.store.query(store::statement(
      "SELECT id FROM accounts WHERE person = $1 AND person <> '' AND status = 0 ORDER BY id LIMIT 2",
      person));
  if (found.size() != 1) return std::nullopt;
  return std::pair{found.front().integer(0), true};
}

}  // namespace

OidcSignIn::OidcSignIn(const Context& context, const Sessions& sessions, std::vector<OidcProvider> providers,
                       FetchFn fetch)
    : context_(context), sessions_(sessions), providers_(std::move(providers)), fetch_(std::move(fetch)) {}

const OidcProvider* OidcSignIn::find(std::string_view id) const {
  const auto found = std::ranges::find(providers_, id, &OidcProvider::id);
  return found == providers_.end() ? nullptr : &*found;
}

Result<OidcSignIn::Begun> OidcSignIn::begin(std::string_view provider_id) const {
  const OidcProvider* provider = find(provider_id);
  if (provider == nullptr) {
    return refuse(ProblemKind::not_found, "oidc.unknown-provider",
                  {"没有这个身份提供方", "there is no such identity provider"}, std::string(provider_id));
  }
  const Flow flow{provider->id, toHex(context_.random(16)), toHex(context_.random(16)),
                  toHex(context_.random(32)), context_.now() + flow_lasts};
  std::string scope;
  for (const std::string& word : provider->scopes) scope += (scope.empty() ? "" : " ") + word;
  ledger::Hasher hasher(ledger::HashAlgorithm::sha256);
  const ledger::Hash challenge = hasher.plain(flow.verifier);
  std::string url = provider->authorization_endpoint;
  url += url.find('?') == std::string::npos ? '?' : '&';
  url += "response_type=code&client_id=" + percentEncoded(provider->client_id) +
         "&redirect_uri=" + percentEncoded(provider->redirect_uri) + "&scope=" + percentEncoded(scope) +
         "&state=" + flow.state + "&nonce=" + flow.nonce + "&code_challenge=" + base64Url(challenge.view()) +
         "&code_challenge_method=S256";
  return Begun{std::move(url), toHex(context_.vault.seal(toJson(flow), sealed_as))};
}

Result<SignedIn> OidcSignIn::finish(std::string_view cookie, std::string_view state, std::string_view code,
                                    const Client& client, std::string_view previous_token) {
  const auto sealed = fromHex(cookie);
  if (!sealed) return refuseFlow();
  const auto opened = context_.vault.open(*sealed, sealed_as);
  if (!opened) return refuseFlow();
  const auto flow = fromJson<Flow>(*opened);
  if (!flow || state.size() != flow->state.size() ||
      CRYPTO_memcmp(state.data(), flow->state.data(), state.size()) != 0 || context_.now() >= flow->ends) {
    return refuseFlow();
  }
  const OidcProvider* provider = find(flow->provider);
  if (provider == nullptr) return refuseFlow();

  std::string form = "grant_type=authorization_code&code=" + percentEncoded(code) +
                     "&redirect_uri=" + percentEncoded(provider->redirect_uri) +
                     "&client_id=" + percentEncoded(provider->client_id) + "&code_verifier=" + flow->verifier;
  if (!provider->client_secret.empty()) form += "&client_secret=" + percentEncoded(provider->client_secret);
  const auto answer = bodyOf(fetch_, {provider->token_endpoint, std::move(form)});
  if (!answer) return std::unexpected(answer.error());
  const auto token = idTokenOf(*answer);
  if (!token) return std::unexpected(token.error());
  const auto keys = bodyOf(fetch_, {provider->jwks_uri, {}});
  if (!keys) return std::unexpected(keys.error());
  const auto claims = checkIdToken(*provider, *token, *keys, flow->nonce, context_.now());
  if (!claims) return std::unexpected(claims.error());

  const auto account = accountFor(context_, *provider, *claims);
  if (!account) return refuseNoAccount();
  SignedIn signed_in;
  const auto row =
      changeAccount(context_, account->first, {account->first, {}}, [&](AccountRow& found) -> Result<Step> {
        if (found.status != AccountStatus::active) return refuseNoAccount();
        Sessions::Begun begun = sessions_.begin(found.id, found.stamp, provider->strong, true, client);
        signed_in = {begun.token, csrfTokenOf(begun.token), found.id};
        Step step{{{"account.signed-in", {}, {}, {{"provider", provider->id}}}}, {}};
        if (account->second) {
          step.events.push_back({"account.linked", {}, {}, {{"issuer", claims->issuer}}});
          step.statements.push_back(store::guarded(
              1,
              "INSERT INTO external_logins (issuer, subject, account, at) VALUES ($1, $2, $3, $4) "
              "ON CONFLICT DO NOTHING",
              claims->issuer, claims->subject, found.id, context_.now()));
        }
        if (!previous_token.empty()) {
          step.statements.push_back(
              store::statement("DELETE FROM sessions WHERE hash = $1", sessionIdOf(previous_token)));
        }
        step.statements.push_back(std::move(begun.statement));
        return step;
      });
  if (!row) return std::unexpected(row.error());
  return signed_in;
}

}  // namespace jinyue::identity
