// TLS with a certificate made here.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include "http/running_server.h"

namespace jinyue::http::test {
namespace tls_test {

namespace fs = std::filesystem;

class TlsTest : public testing::Test {
 protected:
  TlsTest() {
    fs::create_directories(folder);
    makeCertificate("first");
  }
  ~TlsTest() override { fs::remove_all(folder); }

  void makeCertificate(const char* name) const {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name), -1,
                               -1, 0);
    X509_set_issuer_name(certificate, subject);
    X509_sign(certificate, key, EVP_sha256());
    FILE* out = std::fopen((folder / "cert.pem").c_str(), "w");
    PEM_write_X509(out, certificate);
    std::fclose(out);
    out = std::fopen((folder / "key.pem").c_str(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
    X509_free(certificate);
    EVP_PKEY_free(key);
  }

  ServerOptions options() const {
    ServerOptions made = testOptions();
    made.tls = TlsFiles{folder / "cert.pem", folder / "key.pem"};
    made.hsts_seconds = 3600;
    return made;
  }

  struct Said {
    std::string text, subject;
  };
  /// Sends a request and reads until the server closes.
  static Said talk(const RunningServer& running, std::string_view request, int max_version = TLS1_3_VERSION) {
    auto client = running.client();
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_max_proto_version(context, max_version);
    SSL* tls = SSL_new(context);
    SSL_set_fd(tls, client.descriptor());
    Said said;
    if (SSL_connect(tls) == 1) {
      X509* peer = SSL_get1_peer_certificate(tls);
      char name[256] = {};
      X509_NAME_get_text_by_NID(X509_get_subject_name(peer), NID_commonName, name, sizeof name);
      said.subject = name;
      X509_free(peer);
      SSL_write(tls, request.data(), static_cast<int>(request.size()));
      char bytes[16384];
      for (int n = 0; (n = SSL_read(tls, bytes, sizeof bytes)) > 0;)
        said.text.append(bytes, static_cast<std::size_t>(n));
      if (SSL_get_shutdown(tls) & SSL_RECEIVED_SHUTDOWN) said.text += "<closed properly>";
    }
    SSL_free(tls);
    SSL_CTX_free(context);
    return said;
  }

  const fs::path folder = fs::temp_directory_path() / ("jinyue-tls-" + std::to_string(::getpid()));
};

constexpr std::string_view two_requests =
    "GET /hello HTTP/1.1\r\nHost: a\r\n\r\nGET /work HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

TEST_F(TlsTest, ServesRequests) {
  RunningServer running(options());
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const Said said = talk(running, two_requests, version);
    EXPECT_THAT(said.text, testing::HasSubstr("hello"));
    EXPECT_THAT(said.text, testing::HasSubstr("work"));
    EXPECT_THAT(said.text, testing::HasSubstr("Strict-Transport-Security: max-age=3600"));
    EXPECT_THAT(said.text, testing::EndsWith("<closed properly>"));
  }
  EXPECT_EQ(talk(running, two_requests, TLS1_1_VERSION).text, "") << "too old";
  EXPECT_EQ(running.client().get("/hello").status, 0) << "plain text to a TLS port gets no answer";
}

TEST_F(TlsTest, SendsLargeBodies) {
  const std::string large(2'000'000, 'x');
  RunningServer running(options(), [&](Router& router) {
    router.get("/large", answering([&](const Request&) { return plain(200, large); }));
  });
  EXPECT_THAT(talk(running, "GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").text.size(),
              testing::Gt(large.size()));
}

TEST_F(TlsTest, EndsSilentHandshakes) {
  ServerOptions made = options();
  made.limits.tls_handshake_ms = 200;
  RunningServer running(made);
  auto client = running.client();
  EXPECT_TRUE(client.isClosedWithin(std::chrono::seconds{3}));
}

TEST_F(TlsTest, TakesANewCertificateAndKeepsTheOldOneWhenTheNewIsBad) {
  RunningServer running(options());
  EXPECT_EQ(talk(running, two_requests).subject, "first");
  makeCertificate("second");
  ASSERT_TRUE(running.server->reloadCertificate());
  EXPECT_EQ(talk(running, two_requests).subject, "second");
  fs::resize_file(folder / "key.pem", 10);
  const auto reloaded = running.server->reloadCertificate();
  ASSERT_FALSE(reloaded);
  EXPECT_EQ(reloaded.error().code, "server.bad-key");
  EXPECT_EQ(talk(running, two_requests).subject, "second");
}

TEST_F(TlsTest, DoesNotStartWithoutACertificate) {
  fs::remove(folder / "cert.pem");
  EXPECT_THROW(RunningServer{options()}, std::runtime_error);
}

}  // namespace tls_test
}  // namespace jinyue::http::test
