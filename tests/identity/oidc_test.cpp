#include "identity/oidc.h"

#include "identity/house.h"
#include "identity/made_up_provider.h"
#include "ledger/hash.h"

namespace jinyue::identity {
namespace oidc_test {

const MadeUpProvider& provider() {
  static const MadeUpProvider made("key-1");
  return made;
}

class IdToken : public testing::Test {
 protected:
  /// Claims that are good now; a member given here takes the place of the good one, "-" takes it away.
  std::string claims(const std::map<std::string, std::string>& changed = {}) const {
    const std::int64_t seconds = now.time_since_epoch() / std::chrono::seconds(1);
    std::map<std::string, std::string> all{{"iss", "\"https://id.example.cn\""},
                                           {"aud", "\"jinyue\""},
                                           {"sub", "\"u-1\""},
                                           {"nonce", "\"n-1\""},
                                           {"iat", std::to_string(seconds)},
                                           {"exp", std::to_string(seconds + 300)}};
    for (const auto& [key, value] : changed) all[key] = value;
    std::string json;
    for (const auto& [key, value] : all) {
      if (value != "-") json += (json.empty() ? "{" : ",") + fmt::format("\"{}\":{}", key, value);
    }
    return json + "}";
  }
  std::string after(std::int64_t seconds) const {
    return std::to_string(now.time_since_epoch() / std::chrono::seconds(1) + seconds);
  }
  /// Why it is refused; "" when it is not.
  std::string check(const std::string& token) const { return check(token, provider().jwks()); }
  std::string check(const std::string& token, const std::string& jwks) const {
    const auto checked = checkIdToken(provider().settings(), token, jwks, "n-1", now);
    return checked ? "" : checked.error().detail.en;
  }
  std::string checkClaims(const std::map<std::string, std::string>& changed) const {
    return check(provider().sign(claims(changed)));
  }

  Instant now = *parseInstant("2026-11-26T01:00:00Z");
};

TEST_F(IdToken, AGoodOneIsTaken) {
  const auto checked = checkIdToken(provider().settings(), provider().sign(claims({{"name", "\"王\""}})),
                                    provider().jwks(), "n-1", now);
  ASSERT_TRUE(checked) << describe(checked.error());
  EXPECT_EQ(checked->subject, "u-1");
  EXPECT_EQ(checked->texts.at("name"), "王");
  EXPECT_EQ(checkClaims({{"aud", R"(["jinyue"])"}}), "");
  EXPECT_EQ(checkClaims({{"aud", R"(["jinyue","other"])"}, {"azp", "\"jinyue\""}}), "");
}

TEST_F(IdToken, WrongClaimsAreRefused) {
  EXPECT_EQ(checkClaims({{"nonce", "\"n-2\""}}), "it belongs to another sign-in");
  EXPECT_EQ(checkClaims({{"nonce", "-"}}), "it belongs to another sign-in");
  EXPECT_EQ(checkClaims({{"aud", "\"other\""}}), "it is meant for another client");
  EXPECT_EQ(checkClaims({{"aud", R"(["jinyue","other"])"}}), "it is meant for another client");
  EXPECT_EQ(checkClaims({{"azp", "\"other\""}}), "it is meant for another client");
  EXPECT_EQ(checkClaims({{"aud", "-"}}), "it is meant for another client");
  EXPECT_EQ(checkClaims({{"iss", "\"https://id.example.com\""}}), "another issuer made it");
  EXPECT_EQ(checkClaims({{"exp", after(-60)}}), "it has expired");
  EXPECT_EQ(checkClaims({{"exp", after(-59)}}), "") << "clocks may differ by a minute";
  EXPECT_EQ(checkClaims({{"exp", "-"}}), "it has expired");
  EXPECT_EQ(checkClaims({{"iat", after(120)}}), "it is from the future");
  EXPECT_EQ(checkClaims({{"iat", "-"}}), "it is from the future");
  EXPECT_EQ(checkClaims({{"nbf", after(120)}}), "it is from the future");
  EXPECT_EQ(checkClaims({{"sub", "-"}}), "it names nobody");
}

TEST_F(IdToken, AlgorithmNoneIsRefused) {
  const std::string body = base64UrlOf(claims());
  for (const char* header : {R"({"alg":"none"})", R"({"alg":"None"})", R"({"typ":"JWT"})"}) {
    EXPECT_NE(check(base64UrlOf(header) + "." + body + "."), "") << header;
    EXPECT_NE(check(base64UrlOf(header) + "." + body + ".AAAA"), "") << header;
  }
}

TEST_F(IdToken, AnHmacUnderThePublicKeyIsRefused) {
  // The classic confusion: the public key, known to all, used as a shared secret.
  const std::string known = MadeUpProvider::publicJson(*MadeUpProvider::rsa(2048, "x"));
  const auto key = MadeUpProvider::secret(known, "key-1");
  EXPECT_EQ(check(MadeUpProvider::sign(*key, claims(), "HS256")), "its signature algorithm is not accepted");
  auto settings = provider().settings();
  settings.algorithms.emplace_back("HS256");
  const auto checked =
      checkIdToken(settings, MadeUpProvider::sign(*key, claims(), "HS256"), provider().jwks(), "n-1", now);
  EXPECT_FALSE(checked) << "not even when it is configured";
}

TEST_F(IdToken, OtherKeysAndChangedTokensAreRefused) {
  const MadeUpProvider other("key-1");
  EXPECT_EQ(check(other.sign(claims())), "no key of the provider made its signature");
  const MadeUpProvider unknown("key-2");
  EXPECT_EQ(check(unknown.sign(claims())), "no key of the provider made its signature");
  EXPECT_EQ(check(unknown.sign(claims()), R"({"keys":[]})"), "no key of the provider made its signature");
  EXPECT_EQ(check(provider().sign(claims()), "<html>"), "the provider's keys can't be read");
  const std::string token = provider().sign(claims());
  const std::string forged = token.substr(0, token.find('.') + 1) +
                             base64UrlOf(claims({{"sub", "\"u-2\""}})) + token.substr(token.rfind('.'));
  EXPECT_EQ(check(forged), "no key of the provider made its signature");
  for (const char* nothing : {"", ".", "..", "a.b.c", "\xff"}) EXPECT_NE(check(nothing), "");
  EXPECT_EQ(check(provider().sign(claims(), "RS512")), "its signature algorithm is not accepted");
}

TEST_F(IdToken, ShortKeysAreRefused) {
  const auto key = MadeUpProvider::rsa(1024, "short");
  EXPECT_EQ(check(MadeUpProvider::sign(*key, claims(), "RS256"),
                  R"({"keys":[)" + MadeUpProvider::publicJson(*key) + "]}"),
            "no key of the provider made its signature");
}

class OidcTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    id = officer("li.na", "210202-window", "handler");
    settings = provider().settings();
    begin();
  }
  void begin() {
    oidc = std::make_unique<OidcSignIn>(*context, *sessions, std::vector{settings},
                                        [this](const FetchRequest& request) { return fetch(request); });
    begun = must(oidc->begin("province"));
  }
  std::string parameter(const std::string& name) const {
    const auto at = begun.url.find(name + "=") + name.size() + 1;
    return begun.url.substr(at, begun.url.find('&', at) - at);
  }
  Result<FetchAnswer> fetch(const FetchRequest& request) {
    if (request.url == settings.jwks_uri) return FetchAnswer{200, provider().jwks()};
    posted = request.body;
    const std::int64_t seconds = now.time_since_epoch() / std::chrono::seconds(1);
    const std::string token = provider().sign(fmt::format(
        R"({{"iss":"https://id.example.cn","aud":"jinyue","sub":"u-1","nonce":"{}","iat":{},"exp":{}{}}})",
        nonce.empty() ? parameter("nonce") : nonce, seconds, seconds + 300, more_claims));
    return FetchAnswer{status, R"({"access_token":"x","id_token":")" + token + "\"}"};
  }
  Result<SignedIn> finish(const std::string& previous = {}) {
    return oidc->finish(begun.cookie, parameter("state"), "the code", {"10.0.0.1", "test"}, previous);
  }
  void link() { must(accounts->linkExternal(callerOf("security.one"), id, "https://id.example.cn", "u-1")); }

  AccountId id = 0;
  OidcProvider settings;
  std::unique_ptr<OidcSignIn> oidc;
  OidcSignIn::Begun begun;
  std::string posted;
  std::string nonce;
  std::string more_claims;
  int status = 200;
};
JINYUE_ON_BOTH_STORES(OidcTest);

TEST_P(OidcTest, ALinkedAccountSignsIn) {
  link();
  const std::string planted = tokenOf("security.two");
  const auto signed_in = must(finish(planted));
  const Caller caller = must(sessions->resolve(signed_in.token, ""));
  EXPECT_EQ(caller.id, id);
  EXPECT_FALSE(caller.strong);
  EXPECT_EQ(codeOf(sessions->resolve(planted, "")), "session.ended");
  EXPECT_NE(posted.find("grant_type=authorization_code&code=the%20code&"), std::string::npos) << posted;
  EXPECT_NE(posted.find("client_secret=s%26cret"), std::string::npos);
  // PKCE: the verifier that is posted now is the one whose hash went along at first.
  const auto at = posted.find("code_verifier=") + 14;
  const std::string verifier = posted.substr(at, posted.find('&', at) - at);
  ledger::Hasher hasher_of(ledger::HashAlgorithm::sha256);
  EXPECT_EQ(base64UrlOf(std::string(hasher_of.plain(verifier).view())), parameter("code_challenge"));
  EXPECT_EQ(parameter("code_challenge_method"), "S256");
}

TEST_P(OidcTest, AnotherBrowserOrAnOldAttemptCannotFinish) {
  link();
  const auto other = must(oidc->begin("province"));
  EXPECT_EQ(codeOf(oidc->finish(other.cookie, parameter("state"), "c", {})), "oidc.flow-refused");
  EXPECT_EQ(codeOf(oidc->finish("", parameter("state"), "c", {})), "oidc.flow-refused");
  EXPECT_EQ(codeOf(oidc->finish(begun.cookie, "", "c", {})), "oidc.flow-refused");
  std::string changed = begun.cookie;
  changed.back() = changed.back() == '0' ? '1' : '0';
  EXPECT_EQ(codeOf(oidc->finish(changed, parameter("state"), "c", {})), "oidc.flow-refused");
  EXPECT_EQ(posted, "") << "the provider was not even asked";
  now += std::chrono::minutes(10);
  EXPECT_EQ(codeOf(finish()), "oidc.flow-refused");
}

TEST_P(OidcTest, ATokenOfAnotherSignInIsRefused) {
  link();
  nonce = "of-another";
  EXPECT_EQ(codeOf(finish()), "oidc.token-refused");
}

TEST_P(OidcTest, WhoIsNotLinkedOrDisabledGetsNoSession) {
  EXPECT_EQ(codeOf(finish()), "oidc.no-account");
  link();
  must(accounts->disable(callerOf("security.one"), id, "调离"));
  EXPECT_EQ(codeOf(finish()), "oidc.no-account");
  EXPECT_EQ(codeOf(accounts->linkExternal(callerOf("security.one"), second, "https://id.example.cn", "u-1")),
            "external.taken");
}

TEST_P(OidcTest, AnIdNumberFindsAndLinksTheAccount) {
  const AccountId resident =
      newAccount("zhao.liu", AccountKind::resident, {}, {.name = "赵六", .id_number = "11010519491231002X"});
  settings.person_claim = "id_number";
  more_claims = R"(,"id_number":"11010519491231002x")";
  begin();
  EXPECT_EQ(must(finish()).account, resident);
  more_claims.clear();
  begin();
  EXPECT_EQ(must(finish()).account, resident) << "it is linked now";
  EXPECT_EQ(allRecords().find("11010519491231002"), std::string::npos);
}

TEST_P(OidcTest, AProviderThatFailsIsSaidToBeUnavailable) {
  link();
  status = 500;
  const auto result = finish();
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ProblemKind::unavailable);
  EXPECT_EQ(codeOf(oidc->begin("nobody")), "oidc.unknown-provider");
}

}  // namespace oidc_test
}  // namespace jinyue::identity
