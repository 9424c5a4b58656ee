#include "ledger/head.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "ledger/digest.h"

namespace jinyue::ledger {
namespace head_test {

class Keys : public testing::TestWithParam<SignatureAlgorithm> {
 protected:
  Keys() {
    std::string name = (std::filesystem::temp_directory_path() / "jinyue-keys-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Keys() override { std::filesystem::remove_all(folder_); }
  std::string path(const char* name) const { return (folder_ / name).string(); }
  static void write(const std::string& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
  }
  std::filesystem::path folder_;
};
INSTANTIATE_TEST_SUITE_P(Ledger, Keys, testing::Values(SignatureAlgorithm::ed25519, SignatureAlgorithm::sm2));

Head sample() {
  return {"city.example/log",
          7,
          *hashFromHex(std::string(64, 'b')),
          *parseInstant("2026-11-22T04:38:21Z"),
          HashAlgorithm::sm3,
          "",
          ""};
}

TEST_P(Keys, AHeadVerifiesUntilAnythingInItChanges) {
  const Signer signer = Signer::generate(GetParam());
  const Verifier verifier = signer.verifier();
  const Head head = signer.sign(sample());
  EXPECT_TRUE(verifier.verify(head));
  const auto refused = [&](auto change) {
    Head other = head;
    change(other);
    EXPECT_FALSE(verifier.verify(other));
  };
  refused([](Head& h) { h.log += "x"; });
  refused([](Head& h) { h.log = ""; });
  refused([](Head& h) { ++h.size; });
  refused([](Head& h) { h.root.bytes[31] ^= 1; });
  refused([](Head& h) { h.at += Millis{1}; });
  refused([](Head& h) { h.hash = HashAlgorithm::sha256; });
  refused([](Head& h) { h.key_id[0] = h.key_id[0] == '0' ? '1' : '0'; });
  refused([](Head& h) { h.signature[20] = h.signature[20] == '0' ? '1' : '0'; });
  refused([](Head& h) { h.signature += "00"; });
  refused([](Head& h) { h.signature = ""; });
  refused([](Head& h) { h.signature = "zz"; });
  EXPECT_FALSE(Signer::generate(GetParam()).verifier().verify(head));
  Head strange = sample();
  strange.log = "two words";
  EXPECT_THROW(signer.sign(strange), std::invalid_argument);
}

TEST_P(Keys, KeysAreSavedForTheirOwnerOnlyAndLoadAgain) {
  const Signer signer = Signer::generate(GetParam());
  ASSERT_TRUE(signer.save(path("key")));
  struct stat status{};
  ASSERT_EQ(::stat(path("key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(signer.save(path("key")).error().code, "key.exists");
  const auto loaded = Signer::load(path("key"));
  ASSERT_TRUE(loaded) << describe(loaded.error());
  EXPECT_EQ(loaded->keyId(), signer.keyId());
  EXPECT_EQ(loaded->algorithm(), GetParam());
  EXPECT_EQ(signer.keyId().size(), 64U);
  write(path("key.pub"), signer.publicKeyPem());
  const auto verifier = Verifier::load(path("key.pub"));
  ASSERT_TRUE(verifier) << describe(verifier.error());
  EXPECT_EQ(verifier->keyId(), signer.keyId());
  EXPECT_TRUE(verifier->verify(loaded->sign(sample())));

  ::chmod(path("key").c_str(), 0644);
  EXPECT_EQ(Signer::load(path("key")).error().code, "key.open-to-others");
  ::chmod(path("key").c_str(), 0640);
  EXPECT_TRUE(Signer::load(path("key")));
  EXPECT_EQ(Signer::load(path("none")).error().kind, ProblemKind::not_found);
  EXPECT_EQ(Verifier::load(path("key")).error().code, "key.unusable");
  EXPECT_EQ(Signer::fromPem(signer.publicKeyPem()).error().code, "key.unusable");
}

TEST_P(Keys, TheOpensslCommandAgrees) {
  ASSERT_EQ(std::system("command -v openssl >/dev/null 2>&1"), 0)
      << "there is no openssl command; ./check installs it";
  const bool sm2 = GetParam() == SignatureAlgorithm::sm2;
  const auto openssl = [&](const std::string& arguments) {
    const std::string command = "cd '" + folder_.string() + "' && openssl pkeyutl -rawin " + arguments +
                                (sm2 ? " -digest sm3 -pkeyopt distid:1234567812345678" : "") + " >out 2>&1";
    return std::system(command.c_str());
  };
  const Signer signer = Signer::generate(GetParam());
  ASSERT_TRUE(signer.save(path("key")));
  write(path("key.pub"), signer.publicKeyPem());
  const Head head = signer.sign(sample());
  write(path("text"), signedText(head));
  write(path("signature"), *fromHex(head.signature));
  EXPECT_EQ(openssl("-verify -pubin -inkey key.pub -in text -sigfile signature"), 0);
  ASSERT_EQ(openssl("-sign -inkey key -in text -out theirs"), 0);
  std::ifstream theirs(path("theirs"), std::ios::binary);
  const std::string signature{std::istreambuf_iterator<char>(theirs), {}};
  EXPECT_TRUE(signer.verifier().verifyText(signedText(head), jinyue::toHex(signature)));
  write(path("text"), signedText(head) + "x");
  EXPECT_NE(openssl("-verify -pubin -inkey key.pub -in text -sigfile signature"), 0);
}

TEST_P(Keys, ManyThreadsSignAndVerifyWithOneKey) {
  const Signer signer = Signer::generate(GetParam());
  const Verifier verifier = signer.verifier();
  std::atomic<int> good = 0;
  std::vector<std::jthread> threads;
  for (unsigned t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (unsigned i = 0; i < 25; ++i) {
        Head head = sample();
        head.size = t * 100 + i;
        good += verifier.verify(signer.sign(head));
      }
    });
  }
  threads.clear();
  EXPECT_EQ(good, 100);
}

TEST(Head, SignsThisText) {
  Head head = sample();
  head.key_id = "k";
  EXPECT_EQ(signedText(head), "jinyue head v1\ncity.example/log\n7\n" + std::string(64, 'b') +
                                  "\n2026-11-22T04:38:21.000Z\nsm3\nk\n");
}

TEST(Head, JsonIsReadBackStrictly) {
  Head head = Signer::generate(SignatureAlgorithm::ed25519).sign(sample());
  head.size = std::numeric_limits<std::uint64_t>::max();
  const std::string json = encodeHead(head);
  EXPECT_EQ(decodeHead(json), head);
  EXPECT_FALSE(decodeHead(json + " "));
  EXPECT_FALSE(decodeHead(" " + json));
  EXPECT_FALSE(decodeHead("{}"));
  EXPECT_FALSE(decodeHead(""));
  std::string other = json;
  EXPECT_FALSE(decodeHead(other.replace(other.find("city"), 1, "\\u0063")));
}

// RFC 8032 §7.1, test 2.
TEST(Verifier, Ed25519OfTheStandard) {
  const auto key = Verifier::fromPem(
      "-----BEGIN PUBLIC KEY-----\n"
      "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
      "-----END PUBLIC KEY-----\n");
  ASSERT_TRUE(key) << describe(key.error());
  const std::string signature =
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
  EXPECT_TRUE(key->verifyText("r", signature));
  EXPECT_FALSE(key->verifyText("s", signature));
}

// GB/T 32918.5-2017 appendix A.2: the message "message digest" signed on the recommended curve.
TEST(Verifier, Sm2OfTheStandard) {
  const auto key = Verifier::fromPem(
      "-----BEGIN PUBLIC "
      "KEY-----\nMFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAECfnfMR5UIaFQ3X0WHkvFxnIXn60Y\nM/"
      "wHa7CP81bzUCDM6kkM4md1pS3G6nGMwapgCu0F+/NeCEpmMvYHLamtEw==\n-----END PUBLIC KEY-----\n");
  ASSERT_TRUE(key) << describe(key.error());
  EXPECT_EQ(key->algorithm(), SignatureAlgorithm::sm2);
  const std::string signature =
      "3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
      "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
  EXPECT_TRUE(key->verifyText("message digest", signature));
  EXPECT_FALSE(key->verifyText("message digesT", signature));
}

TEST(Verifier, OtherKeysAreRefused) {
  EXPECT_EQ(Verifier::fromPem("").error().code, "key.unusable");
  EXPECT_EQ(Verifier::fromPem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n").error().code,
            "key.unusable");
  const auto p256 = Verifier::fromPem(
      "-----BEGIN PUBLIC "
      "KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYIonNBkZ5OjEEmeMvW3Zv2SG/"
      "+Uy\neeg0umZmryv5pOl1ZfPt5GZLUqStBtfKnGTcbG+R7k70NVetemDU9UOxjw==\n-----END PUBLIC KEY-----\n");
  ASSERT_FALSE(p256);
  EXPECT_EQ(p256.error().title.en, "the public key must be Ed25519 or SM2");
}

// RFC 4231 §4.2 has no key of 32 bytes; these were computed with Python's hmac and `openssl mac`.
TEST(Digest, IsTheHmacOfCaseAndValue) {
  const std::string key = "0123456789abcdef0123456789abcdef";
  const PersonalDigester sha(HashAlgorithm::sha256, key);
  EXPECT_EQ(sha.digest(42, "\"王芳\""), "e43231d077e34506e6ebef89286b2435c9a9492e899f4f029856b98a28b0847d");
  EXPECT_EQ(PersonalDigester(HashAlgorithm::sm3, key).digest(42, "\"王芳\""),
            "cb6a6b034f3c6e2d44f6bf4a360535f8bf495bbbafd4fd6e3eed8718d22bd09f");
  EXPECT_NE(sha.digest(43, "\"王芳\""), sha.digest(42, "\"王芳\""));
  EXPECT_NE(sha.digest(4, "2"), sha.digest(42, ""));
  EXPECT_THROW(PersonalDigester(HashAlgorithm::sha256, "short"), std::invalid_argument);
}

TEST_P(Keys, DigestKeysComeFromTheirFile) {
  ASSERT_TRUE(PersonalDigester::createKey(path("a")));
  ASSERT_TRUE(PersonalDigester::createKey(path("b")));
  EXPECT_EQ(PersonalDigester::createKey(path("a")).error().code, "key.exists");
  const auto a = PersonalDigester::load(HashAlgorithm::sm3, path("a"));
  const auto b = PersonalDigester::load(HashAlgorithm::sm3, path("b"));
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->digest(1, "x"), PersonalDigester::load(HashAlgorithm::sm3, path("a"))->digest(1, "x"));
  EXPECT_NE(a->digest(1, "x"), b->digest(1, "x"));
  ::chmod(path("a").c_str(), 0604);
  EXPECT_EQ(PersonalDigester::load(HashAlgorithm::sm3, path("a")).error().code, "key.open-to-others");
  ::chmod(path("b").c_str(), 0600);
  ASSERT_EQ(::truncate(path("b").c_str(), 31), 0);
  EXPECT_EQ(PersonalDigester::load(HashAlgorithm::sm3, path("b")).error().code, "key.wrong-length");
}

}  // namespace head_test
}  // namespace jinyue::ledger
