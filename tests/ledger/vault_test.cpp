#include "ledger/vault.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "ledger/mac.h"

namespace jinyue::ledger {
namespace {

class VaultTest : public testing::TestWithParam<CipherAlgorithm> {
 protected:
  VaultTest() {
    std::string name = (std::filesystem::temp_directory_path() / "jinyue-vault-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
    folder = name;
    path = name + "/vault.json";
    EXPECT_TRUE(Vault::create(path, GetParam()));
  }
  ~VaultTest() override { std::filesystem::remove_all(folder); }

  Vault load() { return Vault::load(path).value(); }

  std::string folder;
  std::string path;
};

TEST_P(VaultTest, OpensWhatItSealed) {
  const Vault vault = load();
  for (const std::string& plain : {std::string(), std::string("王小明"), std::string(10'000, 'x')}) {
    const std::string sealed = vault.seal(plain, "account/1/name");
    EXPECT_EQ(vault.open(sealed, "account/1/name").value(), plain);
    EXPECT_TRUE(plain.empty() || sealed.find(plain) == std::string::npos);
  }
  EXPECT_NE(vault.seal("same", "c"), vault.seal("same", "c")) << "equal values must not be seen to be equal";
}

TEST_P(VaultTest, ChangingAnyByteIsNoticed) {
  const Vault vault = load();
  const std::string sealed = vault.seal("210202199001011234", "account/1/id-number");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(vault.open(changed, "account/1/id-number")) << "byte " << i;
  }
  for (std::size_t length = 0; length < sealed.size(); ++length) {
    EXPECT_FALSE(vault.open(sealed.substr(0, length), "account/1/id-number")) << "cut to " << length;
  }
}

TEST_P(VaultTest, AValueMovedToAnotherPlaceDoesNotOpen) {
  const Vault vault = load();
  const std::string sealed = vault.seal("13800000000", "account/1/phone");
  const auto opened = vault.open(sealed, "account/2/phone");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "vault.not-opened");
}

TEST_P(VaultTest, AfterRotationOldValuesOpenAndNewOnesUseTheNewKey) {
  const Vault running = load();
  const std::string old = running.seal("before", "c");
  const std::string found_by = running.lookup("phone", "13800000000");
  ASSERT_TRUE(Vault::addKey(path, CipherAlgorithm::aes_256_gcm));

  const Vault restarted = load();
  EXPECT_EQ(restarted.open(old, "c").value(), "before");
  EXPECT_FALSE(restarted.isCurrent(old));
  const std::string fresh = restarted.seal("after", "c");
  EXPECT_TRUE(restarted.isCurrent(fresh));
  EXPECT_EQ(restarted.lookup("phone", "13800000000"), found_by) << "what is there must still be found";
  // The server that was not started again meets a value sealed with the new key.
  EXPECT_EQ(running.open(fresh, "c").value(), "after");
  EXPECT_FALSE(running.isCurrent(old));
}

TEST_P(VaultTest, AnotherRingOpensNothing) {
  const std::string other = folder + "/other.json";
  ASSERT_TRUE(Vault::create(other, GetParam()));
  EXPECT_FALSE(Vault::load(other).value().open(load().seal("x", "c"), "c"));
}

TEST_P(VaultTest, LookupsDifferByFieldAndRing) {
  const Vault vault = load();
  EXPECT_EQ(vault.lookup("phone", "1").size(), 64U);
  EXPECT_NE(vault.lookup("phone", "1"), vault.lookup("id-number", "1"));
  EXPECT_NE(vault.lookup("a", "bc"), vault.lookup("ab", "c"));
  const std::string other = folder + "/other.json";
  ASSERT_TRUE(Vault::create(other, GetParam()));
  EXPECT_NE(Vault::load(other).value().lookup("phone", "1"), vault.lookup("phone", "1"));
}

TEST_P(VaultTest, TheKeyRingIsForItsOwnerAlone) {
  struct stat status{};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_TRUE(Vault::addKey(path));
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(Vault::create(path).error().code, "key.exists");
  ::chmod(path.c_str(), 0604);
  EXPECT_EQ(Vault::load(path).error().code, "key.open-to-others");
}

TEST_P(VaultTest, ABrokenRingIsRefusedWithoutShowingKeys) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  std::string content = text.str();
  const auto at = content.find("\"key\":\"") + 7;
  const std::string key = content.substr(at, 8);
  content.erase(at, 2);
  std::filesystem::remove(path);
  std::ofstream(path) << content;
  ::chmod(path.c_str(), 0600);
  const auto loaded = Vault::load(path);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, "vault.unusable");
  EXPECT_EQ(describe(loaded.error()).find(key.substr(2)), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(, VaultTest,
                         testing::Values(CipherAlgorithm::aes_256_gcm, CipherAlgorithm::sm4_ctr_hmac_sm3),
                         [](const auto& tested) {
                           return tested.param == CipherAlgorithm::aes_256_gcm ? "aes" : "sm4";
                         });

std::string bytes(std::string_view hex) { return fromHex(hex).value(); }

// The Galois/Counter Mode of Operation (McGrew, Viega), test case 16.
TEST(Cipher, AesGcmOfThePublishedVector) {
  const std::string key = bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  const std::string plain = bytes(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
      "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
  const std::string also = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  const std::string nonce = bytes("cafebabefacedbaddecaf888");
  const std::string sealed = encrypt(CipherAlgorithm::aes_256_gcm, key, nonce, also, plain);
  EXPECT_EQ(jinyue::toHex(sealed),
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
            "76fc6ece0f4e1768cddf8853bb2d551b");
  EXPECT_EQ(decrypt(CipherAlgorithm::aes_256_gcm, key, nonce, also, sealed), plain);
}

// RFC 8998 A.1: the ciphertext of SM4-GCM is SM4 in counter mode from the nonce followed by 00000002 on.
TEST(Cipher, Sm4CounterModeOfThePublishedVector) {
  const std::string key = bytes("0123456789abcdeffedcba9876543210") + std::string(32, '\0');
  const std::string nonce = bytes("00001234567800000000abcd00000002");
  const std::string plain = bytes(
      "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
      "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa");
  const std::string sealed = encrypt(CipherAlgorithm::sm4_ctr_hmac_sm3, key, nonce, "", plain);
  EXPECT_EQ(jinyue::toHex(sealed.substr(0, plain.size())),
            "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
            "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d");
}

// RFC 4231 test case 1.
TEST(Mac, HmacSha256OfThePublishedVector) {
  EXPECT_EQ(toHex(Mac(HashAlgorithm::sha256, std::string(20, '\x0b')).compute({"Hi ", "There"})),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

}  // namespace
}  // namespace jinyue::ledger
