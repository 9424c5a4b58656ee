// Signing in by an identity provider that is really there: over HTTPS, with a certificate that the
// configuration says is trusted.
#include <filesystem>

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include "api/served_city.h"
#include "identity/made_up_provider.h"

namespace jinyue::api {
namespace provider_test {

using test::Answer;
using test::at;
using test::Person;
using test::ServedCity;

/// A server on this machine that signs people in as the provider would.
class HttpsProvider {
 public:
  HttpsProvider() {
    std::filesystem::create_directories(folder_);
    makeCertificate();
    http::Router router;
    router.post(
        "/token", http::answering([this](const http::Request& request) {
          token_requests.push_back(request.body);
          return json(fmt::format(R"({{"id_token":"{}","token_type":"Bearer"}})", provider_.sign(claims)));
        }));
    router.get("/keys", http::answering([this](const http::Request&) { return json(provider_.jwks()); }));
    http::ServerOptions options;
    options.port = 0;
    options.tls = http::TlsFiles{certificate(), folder_ / "key.pem"};
    http::ServerParts parts;
    parts.router = std::make_shared<const http::Router>(std::move(router));
    server_ = std::make_unique<http::Server>(options, std::move(parts));
    if (const auto started = server_->start(); !started) throw std::runtime_error(describe(started.error()));
  }
  ~HttpsProvider() {
    server_->stop();
    std::filesystem::remove_all(folder_);
  }

  std::string certificate() const { return folder_ / "cert.pem"; }
  identity::OidcProvider settings() const {
    identity::OidcProvider settings = provider_.settings();
    const std::string root = fmt::format("https://127.0.0.1:{}", server_->port());
    settings.issuer = root;
    settings.authorization_endpoint = root + "/authorize";
    settings.token_endpoint = root + "/token";
    settings.jwks_uri = root + "/keys";
    settings.person_claim = "id_number";
    return settings;
  }

  std::string claims;
  std::vector<std::string> token_requests;

 private:
  static http::Response json(std::string body) {
    http::Response response;
    response.headers.set("Content-Type", "application/json");
    response.body = std::move(body);
    return response;
  }
  void makeCertificate() const {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("provider"), -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    for (const auto& [kind, value] : {std::pair{NID_subject_alt_name, "IP:127.0.0.1"},
                                      std::pair{NID_basic_constraints, "critical,CA:TRUE"}}) {
      X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
      X509_add_ext(certificate, extension, -1);
      X509_EXTENSION_free(extension);
    }
    X509_sign(certificate, key, EVP_sha256());
    FILE* out = std::fopen((folder_ / "cert.pem").c_str(), "w");
    PEM_write_X509(out, certificate);
    std::fclose(out);
    out = std::fopen((folder_ / "key.pem").c_str(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
    X509_free(certificate);
    EVP_PKEY_free(key);
  }

  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("jinyue-provider-" + std::to_string(::getpid()));
  identity::MadeUpProvider provider_{"first"};
  std::unique_ptr<http::Server> server_;
};

/// A browser that has been at the provider and comes back with what it was told there.
struct Return {
  std::string path;
  std::string cookie;
};

class ProviderTest : public testing::Test {
 protected:
  std::unique_ptr<ServedCity> cityThatTrusts(const std::string& certificates) {
    cli::ServeConfig config;
    config.trusted_certificates = certificates;
    config.identity_providers = {provider.settings()};
    auto city = std::make_unique<ServedCity>(test::storeUnderTest(),
                                             [config](cli::OfficeOptions& office, http::ServerOptions&) {
                                               const auto read = cli::officeOptionsOf(config);
                                               office.identity_providers = read.identity_providers;
                                               office.fetch = read.fetch;
                                             });
    city->resident("bing", "210202199003070025");
    return city;
  }
  static std::string fieldOf(const std::string& url, const std::string& name) {
    const auto begin = url.find(name + "=") + name.size() + 1;
    return url.substr(begin, url.find('&', begin) - begin);
  }
  Return comeBack(ServedCity& city, const std::string& id_number) {
    const Answer away = city.nobody().get("/sign-in/with/province");
    EXPECT_EQ(away.status, 303) << away.body;
    const std::string url = away.header("location");
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(city.clock().now().time_since_epoch()).count();
    provider.claims = fmt::format(
        R"({{"iss":"{}","sub":"s-1","aud":"jinyue","exp":{},"iat":{},"nonce":"{}","id_number":"{}"}})",
        provider.settings().issuer, now + 300, now, fieldOf(url, "nonce"), id_number);
    const std::string cookie = away.header("set-cookie");
    return {"/sign-in/callback?code=a-code&state=" + fieldOf(url, "state"),
            "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n"};
  }

  HttpsProvider provider;
};

TEST_F(ProviderTest, ThePersonIsFoundAndSignedIn) {
  const auto city = cityThatTrusts(provider.certificate());
  const Return back = comeBack(*city, "210202199003070025");
  const Answer in = city->nobody().get(back.path, back.cookie);
  ASSERT_EQ(in.status, 303) << in.body;
  EXPECT_EQ(in.header("location"), "/");
  const std::string cookie = in.header("set-cookie");
  ASSERT_NE(cookie.find("jinyue_session="), std::string::npos) << cookie;
  const auto start = cookie.find("jinyue_session=") + 15;
  Person bing(*city, cookie.substr(start, cookie.find(';', start) - start), true);
  EXPECT_EQ(at(bing.get("/me"), "/login"), "bing");
  ASSERT_EQ(provider.token_requests.size(), 1U);
  EXPECT_NE(provider.token_requests[0].find("code=a-code"), std::string::npos);
  EXPECT_NE(provider.token_requests[0].find("code_verifier="), std::string::npos);
  // The same answer of the provider opens nothing a second time for another browser.
  EXPECT_GE(city->nobody().get(back.path).status, 400);
}

TEST_F(ProviderTest, SomebodyWhomNobodyKnowsIsNotSignedIn) {
  const auto city = cityThatTrusts(provider.certificate());
  const Return back = comeBack(*city, "210202199104080038");
  const Answer answer = city->nobody().get(back.path, back.cookie);
  EXPECT_EQ(at(answer, "/code"), "oidc.no-account") << answer.body;
  EXPECT_EQ(answer.header("set-cookie").find("jinyue_session"), std::string::npos);
}

TEST_F(ProviderTest, AProviderWhoseCertificateNobodyTrustsIsNotAsked) {
  const auto city = cityThatTrusts({});
  const Return back = comeBack(*city, "210202199003070025");
  const Answer answer = city->nobody().get(back.path, back.cookie);
  EXPECT_EQ(answer.status, 503) << answer.body;
  EXPECT_EQ(at(answer, "/code"), "oidc.not-reached");
  EXPECT_TRUE(provider.token_requests.empty());  // no secret was sent
}

}  // namespace provider_test
}  // namespace jinyue::api
