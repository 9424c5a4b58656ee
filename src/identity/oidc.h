// Sign-in by an identity provider of the city or the province: OpenID Connect Core 1.0, authorization code
// flow with PKCE (RFC 7636, S256), state and nonce.
//
// What is remembered between the two halves lies sealed in a cookie of the browser that began: another
// browser can't finish it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "identity/sign_in.h"

namespace jinyue::identity {

struct OidcProvider {
  std::string id;  ///< in our addresses
  Text title;
  std::string issuer;
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string jwks_uri;
  std::string client_id;
  std::string client_secret;  ///< empty: a public client
  std::string redirect_uri;
  std::vector<std::string> scopes{"openid"};
  std::vector<std::string> algorithms{"RS256", "ES256"};  ///< of signatures; never none, never HS*
  bool strong = false;                                    ///< its sign-in counts as two factors
  std::string person_claim;  ///< claim with the ID number, to find an account that is not linked; or empty
  static constexpr bool json_sparse = true;
};
BOOST_DESCRIBE_STRUCT(OidcProvider, (),
                      (id, title, issuer, authorization_endpoint, token_endpoint, jwks_uri, client_id,
                       client_secret, redirect_uri, scopes, algorithms, strong, person_claim))

/// GET when the body is empty, else POST of a form. How it gets there, with which certificates and time
/// limits, is the caller's business.
struct FetchRequest {
  std::string url;
  std::string body;
};
struct FetchAnswer {
  int status = 0;
  std::string body;
};
using FetchFn = std::function<Result<FetchAnswer>(const FetchRequest&)>;

/// Claims of an ID token that was checked.
struct IdClaims {
  std::string issuer;
  std::string subject;
  std::map<std::string, std::string, std::less<>> texts;  ///< all claims that are texts
};

/// OpenID Connect Core §3.1.3.7: signature by a key of the set under an algorithm that is allowed and fits
/// the key, iss, aud, azp, exp, iat, nbf and nonce, with 60 seconds between clocks. Refused with
/// "oidc.token-refused", the detail says why.
Result<IdClaims> checkIdToken(const OidcProvider& provider, std::string_view token, std::string_view jwks,
                              std::string_view nonce, Instant now);

class OidcSignIn {
 public:
  OidcSignIn(const Context& context, const Sessions& sessions, std::vector<OidcProvider> providers,
             FetchFn fetch);

  const std::vector<OidcProvider>& providers() const { return providers_; }

  struct Begun {
    std::string url;     ///< to send the browser to
    std::string cookie;  ///< HttpOnly, Secure, SameSite=Lax; good for ten minutes
  };
  Result<Begun> begin(std::string_view provider) const;

  /// With what came back to redirect_uri. The account is the one that is linked to the subject, or, with a
  /// person_claim, the only active one with this ID number, which is linked now. Refused with
  /// "oidc.no-account" when there is none.
  Result<SignedIn> finish(std::string_view cookie, std::string_view state, std::string_view code,
                          const Client& client, std::string_view previous_token = {});

 private:
  const OidcProvider* find(std::string_view id) const;

  Context context_;
  const Sessions& sessions_;
  std::vector<OidcProvider> providers_;
  FetchFn fetch_;
};

}  // namespace jinyue::identity
