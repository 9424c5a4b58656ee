// Webhooks: the event, its signature as others check it, and what answers mean.
#include "notify/webhook.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <simdjson.h>
#include <unistd.h>

#include "notify/base64.h"
#include "notify/fake_server.h"

namespace jinyue::notify {
namespace webhook_test {

using testing::HasSubstr;
using testing::IsEmpty;

const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";  // the example of the specification

Notice sample() {
  Notice notice;
  notice.id = "0000000000070123456789abcdef0123";
  notice.channel = Channel::webhook;
  notice.address = "archive";
  notice.content = {"办结", "甲：\"已办结\"", R"({"firm":"甲"})"};
  notice.notice = "licence-granted";
  notice.case_id = 7;
  notice.created = *parseInstant("2026-11-26T01:02:03Z");
  return notice;
}

class Webhooks : public testing::Test {
 protected:
  Webhooks() {
    std::string name = (std::filesystem::temp_directory_path() / "jinyue-webhook-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Webhooks() override { std::filesystem::remove_all(folder_); }

  Send adapter(SignWebhook sign) {
    return webhookAdapter({{{"archive", {http_.url(), std::move(sign)}}},
                           "https://city.example/jinyue",
                           [] { return *parseInstant("2026-11-26T04:05:06.789Z"); }},
                          std::make_shared<WebClient>());
  }
  Sent sendWith(const std::string& head) {
    http_.answer(head);
    return adapter(*hmacWebhooks(secret))(sample());
  }
  std::string write(const std::string& name, const std::string& bytes) {
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  /// What openssl prints, without the end of the line.
  std::string openssl(const std::string& arguments) {
    const std::string out = (folder_ / "out").string();
    const std::string command = "openssl " + arguments + " >'" + out + "' 2>&1";
    const int code = std::system(command.c_str());
    std::ifstream file(out);
    std::string text((std::istreambuf_iterator<char>(file)), {});
    while (text.ends_with('\n')) text.pop_back();
    return code == 0 ? text : "failed: " + text;
  }

  std::filesystem::path folder_;
  test::FakeHttp http_{"HTTP/1.1 204 No Content\r\n"};
};

TEST_F(Webhooks, CarryACloudEvent) {
  const Sent sent = adapter(*hmacWebhooks(secret))(sample());
  EXPECT_EQ(sent.outcome, Sent::Outcome::accepted) << sent.error;
  const auto requests = http_.requests();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].line, "POST /hook HTTP/1.1");
  EXPECT_EQ(requests[0].headers.at("content-type"), "application/cloudevents+json; charset=utf-8");
  EXPECT_EQ(requests[0].headers.at("webhook-id"), sample().id);
  simdjson::dom::parser parser;
  const simdjson::dom::element event = parser.parse(requests[0].body);
  const auto text = [&](const char* path) { return std::string{std::string_view{event.at_pointer(path)}}; };
  EXPECT_EQ(text("/specversion"), "1.0");
  EXPECT_EQ(text("/id"), sample().id);
  EXPECT_EQ(text("/source"), "https://city.example/jinyue");
  EXPECT_EQ(text("/type"), "cn.jinyue.notice.licence-granted");
  EXPECT_EQ(text("/time"), "2026-11-26T01:02:03.000Z");
  EXPECT_EQ(text("/subject"), "cases/7");
  EXPECT_EQ(text("/datacontenttype"), "application/json");
  EXPECT_EQ(text("/data/text"), "甲：\"已办结\"");
  EXPECT_EQ(text("/data/parameters/firm"), "甲");
}

TEST_F(Webhooks, AreSignedAsTheSpecificationsExampleIs) {
  // Standard Webhooks 1.0, "Verifying signatures": this secret, message and signature.
  const auto sign = hmacWebhooks("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  EXPECT_EQ((*sign)("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_F(Webhooks, OpensslAgreesWithTheHmac) {
  adapter (*hmacWebhooks(secret))(sample());
  const test::HttpRequest request = http_.requests().at(0);
  EXPECT_EQ(request.headers.at("webhook-timestamp"), "1795665906");
  const std::string file = write("signed", request.headers.at("webhook-id") + "." +
                                               request.headers.at("webhook-timestamp") + "." + request.body);
  const std::string key = toHex(*fromBase64(secret.substr(6)));
  const std::string mac = openssl("mac -digest SHA256 -macopt hexkey:" + key + " -in '" + file + "' HMAC");
  const std::string said = request.headers.at("webhook-signature");
  ASSERT_TRUE(said.starts_with("v1,"));
  std::string expected = toHex(*fromBase64(said.substr(3)));
  for (char& c : expected) c = static_cast<char>(std::toupper(c));
  EXPECT_EQ(mac, expected);
}

TEST_F(Webhooks, OpensslVerifiesTheEd25519Signature) {
  const auto signer = ledger::Signer::generate(ledger::SignatureAlgorithm::ed25519);
  adapter (*ed25519Webhooks(signer))(sample());
  const test::HttpRequest request = http_.requests().at(0);
  const std::string said = request.headers.at("webhook-signature");
  ASSERT_TRUE(said.starts_with("v1a,"));
  const std::string key = write("key.pem", signer.publicKeyPem());
  const std::string signature = write("signature", *fromBase64(said.substr(4)));
  const std::string head =
      request.headers.at("webhook-id") + "." + request.headers.at("webhook-timestamp") + ".";
  const auto verify = [&](const std::string& file) {
    return openssl("pkeyutl -verify -pubin -inkey '" + key + "' -rawin -in '" + file + "' -sigfile '" +
                   signature + "'");
  };
  EXPECT_EQ(verify(write("signed", head + request.body)), "Signature Verified Successfully");
  EXPECT_THAT(verify(write("changed", head + request.body + " ")), HasSubstr("failed"));
}

TEST_F(Webhooks, TakeOnlyGoodSecrets) {
  for (const std::string bad : {"", "whsec_", "whsec_AAAA", "whsec_%%%%", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    EXPECT_FALSE(hmacWebhooks(bad)) << bad;
  EXPECT_TRUE(hmacWebhooks(secret + "\n"));
  EXPECT_FALSE(ed25519Webhooks(ledger::Signer::generate(ledger::SignatureAlgorithm::sm2)));
}

TEST_F(Webhooks, AnswersMeanSentOrLaterOrNever) {
  EXPECT_EQ(sendWith("HTTP/1.1 202 Accepted\r\n").outcome, Sent::Outcome::accepted);
  EXPECT_EQ(sendWith("HTTP/1.1 410 Gone\r\n").outcome, Sent::Outcome::refused);
  EXPECT_EQ(sendWith("HTTP/1.1 422 Unprocessable Content\r\n").outcome, Sent::Outcome::refused);
  for (const char* head : {"HTTP/1.1 401 Unauthorized\r\n", "HTTP/1.1 404 Not Found\r\n",
                           "HTTP/1.1 500 Internal Server Error\r\n",
                           "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"}) {
    const Sent sent = sendWith(head);
    EXPECT_EQ(sent.outcome, Sent::Outcome::failed) << head;
    EXPECT_EQ(sent.error, "HTTP " + std::string{head}.substr(9, 3));
  }
  EXPECT_EQ(sendWith("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 120\r\n").retry_after,
            Millis{120'000});
}

TEST_F(Webhooks, GoNowhereButToConfiguredEndpoints) {
  Notice notice = sample();
  notice.address = http_.url();
  const Sent sent = adapter(*hmacWebhooks(secret))(notice);
  EXPECT_EQ(sent.outcome, Sent::Outcome::failed);
  EXPECT_THAT(http_.requests(), IsEmpty());
}

TEST_F(Webhooks, StayOnPublicNetworksWhenAskedTo) {
  WebLimits limits;
  limits.public_addresses_only = true;
  WebClient client(limits);
  EXPECT_EQ(client.post({http_.url(), {}, "{}"}).status, 0);
  EXPECT_EQ(client.post({"http://localhost:" + http_.url().substr(17), {}, "{}"}).status, 0);  // a name too
  EXPECT_THAT(http_.requests(), IsEmpty());
}

TEST_F(Webhooks, AServerThatIsSilentOrEndlessIsLeft) {
  WebLimits limits;
  limits.whole = Millis{300};
  limits.answer_bytes = 1000;
  WebClient client(limits);
  test::FakeServer silent([](test::Conversation& talk) {
    talk.line();
    talk.bytes(100'000);
  });
  const WebAnswer none = client.post({"http://127.0.0.1:" + silent.port() + "/", {}, "{}"});
  EXPECT_EQ(none.status, 0);
  EXPECT_THAT(none.fault, HasSubstr("timed out"));
  http_.answer("HTTP/1.1 200 OK\r\n", std::string(2000, 'x'));
  EXPECT_NE(client.post({http_.url(), {}, "{}"}).fault, "");
  EXPECT_NE(client.post({"file:///etc/passwd", {}, ""}).fault, "");
}

TEST(PublicAddresses, AreThoseOfTheRegistries) {
  for (const char* address : {"1.1.1.1", "223.5.5.5", "172.32.0.1", "100.128.0.1", "2400:3200::1"})
    EXPECT_TRUE(isPublicAddress(address)) << address;
  for (const char* address : {"127.0.0.1",
                              "10.1.2.3",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "169.254.169.254",
                              "100.64.0.1",
                              "0.0.0.0",
                              "224.0.0.1",
                              "255.255.255.255",
                              "198.19.0.1",
                              "::1",
                              "::",
                              "fe80::1",
                              "fc00::1",
                              "ff02::1",
                              "::ffff:127.0.0.1",
                              "64:ff9b::7f00:1",
                              "2002:7f00:1::",
                              "2001:db8::1",
                              "name"}) {
    EXPECT_FALSE(isPublicAddress(address)) << address;
  }
}

TEST(Base64, IsStrict) {
  for (const std::string bytes : {"", "a", "ab", "abc", "\xFF\xFE\x00x"})
    EXPECT_EQ(fromBase64(toBase64(bytes)), bytes);
  for (const char* bad : {"A", "AA", "AA=", "AB==", "A===", " AAA", "AA==\n", "AA=A"})
    EXPECT_FALSE(fromBase64(bad)) << bad;
}

}  // namespace webhook_test
}  // namespace jinyue::notify
