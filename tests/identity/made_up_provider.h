// An identity provider that exists in a test only: it signs with keys of its own and answers the two requests
// of the code flow.
#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include <cjose/cjose.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include "identity/oidc.h"

namespace jinyue::identity {

class MadeUpProvider {
 public:
  explicit MadeUpProvider(const char* kid) : key_(rsa(2048, kid)) {}

  OidcProvider settings() const {
    OidcProvider provider;
    provider.id = "province";
    provider.title = {"省统一身份认证（样例）", "provincial sign-in (sample)"};
    provider.issuer = "https://id.example.cn";
    provider.authorization_endpoint = "https://id.example.cn/authorize";
    provider.token_endpoint = "https://id.example.cn/token";
    provider.jwks_uri = "https://id.example.cn/keys";
    provider.client_id = "jinyue";
    provider.client_secret = "s&cret";
    provider.redirect_uri = "https://jinyue.example.cn/sign-in/province";
    return provider;
  }

  std::string sign(const std::string& claims, const char* algorithm = "RS256") const {
    return sign(*key_, claims, algorithm);
  }
  static std::string sign(const cjose_jwk_t& key, const std::string& claims, const char* algorithm) {
    cjose_err error{};
    cjose_header_t* header = cjose_header_new(&error);
    cjose_header_set(header, "alg", algorithm, &error);
    if (const char* kid = cjose_jwk_get_kid(&key, &error)) cjose_header_set(header, "kid", kid, &error);
    cjose_jws_t* jws = cjose_jws_sign(&key, header, reinterpret_cast<const std::uint8_t*>(claims.data()),
                                      claims.size(), &error);
    const char* text = nullptr;
    if (jws == nullptr || !cjose_jws_export(jws, &text, &error)) throw std::runtime_error("no signature");
    std::string token = text;
    cjose_jws_release(jws);
    cjose_header_release(header);
    return token;
  }
  std::string jwks() const { return R"({"keys":[)" + publicJson(*key_) + "]}"; }

  static std::string publicJson(const cjose_jwk_t& key) {
    cjose_err error{};
    char* json = cjose_jwk_to_json(&key, false, &error);
    std::string text = json;
    cjose_get_dealloc()(json);
    return text;
  }

  struct Release {
    void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
  };
  using Key = std::unique_ptr<cjose_jwk_t, Release>;
  static Key rsa(std::size_t bits, const char* kid) {
    cjose_err error{};
    const std::uint8_t exponent[] = {1, 0, 1};
    Key key(cjose_jwk_create_RSA_random(bits, exponent, sizeof exponent, &error));
    if (!key) throw std::runtime_error("no key");
    cjose_jwk_set_kid(key.get(), kid, std::string_view(kid).size(), &error);
    return key;
  }
  static Key secret(const std::string& bytes, const char* kid) {
    cjose_err error{};
    Key key(
        cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), &error));
    cjose_jwk_set_kid(key.get(), kid, std::string_view(kid).size(), &error);
    return key;
  }

 private:
  Key key_;
};

inline std::string base64UrlOf(const std::string& bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  out.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                                      reinterpret_cast<const unsigned char*>(bytes.data()),
                                                      static_cast<int>(bytes.size()))));
  while (out.ends_with('=')) out.pop_back();
  for (char& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return out;
}

}  // namespace jinyue::identity
