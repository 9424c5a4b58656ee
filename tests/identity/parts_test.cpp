// Masks, one-time codes, rules for passwords.
#include <algorithm>
#include <atomic>
#include <thread>

#include <gmock/gmock.h>

#include "identity/mask.h"
#include "identity/password.h"
#include "identity/sessions.h"
#include "identity/sign_in.h"
#include "identity/totp.h"

namespace jinyue::identity {
namespace {

TEST(Mask, ShowsAsMuchAsIsUsual) {
  EXPECT_EQ(masked(FieldClass::id_number, "11010519491231002X"), "110***********002X");
  EXPECT_EQ(masked(FieldClass::phone, "13800001234"), "138****1234");
  EXPECT_EQ(masked(FieldClass::name, "王小明"), "王**");
  EXPECT_EQ(masked(FieldClass::name, "王明"), "王*");
  EXPECT_EQ(masked(FieldClass::name, "欧阳修远之"), "欧**");
  EXPECT_EQ(masked(FieldClass::email, "wang.xm@example.cn"), "w***@example.cn");
  EXPECT_EQ(masked(FieldClass::address, "大连市中山区人民路1号2单元"), "大连市中山区****");
  EXPECT_EQ(masked(FieldClass::bank_account, "6222020200012345678"), "****5678");
  EXPECT_EQ(masked(FieldClass::other, "任何"), "****");
}

TEST(Mask, ShortValuesDoNotSlipThrough) {
  for (const auto field : {FieldClass::name, FieldClass::phone, FieldClass::id_number, FieldClass::email,
                           FieldClass::address, FieldClass::bank_account, FieldClass::other}) {
    EXPECT_EQ(masked(field, ""), "");
    EXPECT_EQ(masked(field, "7").find('7'), std::string::npos);
    for (std::size_t length = 2; length < 30; ++length) {
      const std::string value(length, '7');
      const std::string shown = masked(field, value);
      EXPECT_LT(static_cast<std::size_t>(std::ranges::count(shown, '7')), length);
      EXPECT_NE(shown.find('*'), std::string::npos);
    }
  }
}

TEST(Normalise, OneWayToWriteAValue) {
  EXPECT_EQ(normalised(FieldClass::phone, "+86 138-0000-1234"), "13800001234");
  EXPECT_EQ(normalised(FieldClass::phone, "１３８００００１２３４"), "13800001234");
  EXPECT_EQ(normalised(FieldClass::id_number, " 11010519491231002x"), "11010519491231002X");
  EXPECT_EQ(normalised(FieldClass::name, "王　小明"), "王小明");
  EXPECT_EQ(normalised(FieldClass::email, "A-B@Example.CN"), "a-b@example.cn");
}

// RFC 6238 appendix B, SHA-1, eight digits.
TEST(Totp, ThePublishedVectors) {
  const std::string secret = "12345678901234567890";
  const std::pair<std::int64_t, const char*> vectors[] = {
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [seconds, code] : vectors) {
    EXPECT_EQ(totpCode(secret, totpStep(Instant{std::chrono::seconds{seconds}}), 8), code);
  }
}

TEST(Totp, AcceptsTheNeighboursAndNothingUsed) {
  const std::string secret = "12345678901234567890";
  const Instant now{std::chrono::seconds{1111111111}};
  const std::int64_t step = totpStep(now);
  for (const int offset : {-1, 0, 1})
    EXPECT_EQ(matchTotp(secret, totpCode(secret, step + offset), now, 0), step + offset);
  for (const int offset : {-2, 2}) EXPECT_FALSE(matchTotp(secret, totpCode(secret, step + offset), now, 0));
  EXPECT_FALSE(matchTotp(secret, totpCode(secret, step), now, step));
  EXPECT_FALSE(matchTotp(secret, totpCode(secret, step - 1), now, step));
  EXPECT_FALSE(matchTotp(secret, "", now, 0));
}

// RFC 4648 §10, without padding.
TEST(Totp, Base32OfThePublishedVectors) {
  EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(base32("fooba"), "MZXW6YTB");
  EXPECT_EQ(base32("f"), "MY");
  EXPECT_EQ(totpUri("foobar", "近悦", "li.na"),
            "otpauth://totp/%E8%BF%91%E6%82%A6:li.na?secret=MZXW6YTBOI&issuer=%E8%BF%91%E6%82%A6");
}

std::vector<std::string> weaknesses(const std::string& password) {
  const auto checked = checkPassword({}, password, "li.na");
  std::vector<std::string> codes;
  if (!checked) {
    for (const Problem& cause : checked.error().causes) codes.push_back(cause.code);
  }
  return codes;
}

TEST(PasswordPolicy, SaysEverythingThatIsWrong) {
  EXPECT_THAT(weaknesses("Yuan-Zhe-2026"), testing::IsEmpty());
  EXPECT_THAT(weaknesses("aaaa"),
              testing::UnorderedElementsAre("password.short", "password.simple", "password.repeated"));
  EXPECT_THAT(weaknesses("Li.Na-2026-xx"), testing::ElementsAre("password.login"));
  EXPECT_THAT(weaknesses("P@ssw0rd123"), testing::ElementsAre("password.common"));
  EXPECT_THAT(weaknesses("春眠不觉晓处处闻啼鸟Aa"), testing::IsEmpty()) << "ten characters, not bytes";
  EXPECT_THAT(weaknesses(std::string(200, 'x') + "A1"), testing::ElementsAre("password.long"));
  EXPECT_THAT(weaknesses(std::string("Yuan\0Zhe-2026", 13)), testing::ElementsAre("password.not-text"));
}

TEST(PasswordHasher, KnowsItsOwnHashesAndThoseOfOthers) {
  PasswordHasher hasher({.memory_kib = 64, .iterations = 1, .lanes = 1}, ledger::randomBytes);
  const std::string encoded = *hasher.hash("Yuan-Zhe-2026");
  EXPECT_TRUE(*hasher.verify(encoded, "Yuan-Zhe-2026"));
  EXPECT_FALSE(*hasher.verify(encoded, "Yuan-Zhe-2027"));
  EXPECT_FALSE(*hasher.verify("", "Yuan-Zhe-2026"));
  EXPECT_NE(encoded, *hasher.hash("Yuan-Zhe-2026"));
  EXPECT_FALSE(hasher.isOutdated(encoded));
  // Made by `printf password | argon2 somesalt -id -t 2 -m 16 -p 1` of the reference implementation.
  EXPECT_TRUE(*hasher.verify(
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc", "password"));
}

TEST(PasswordHasher, ManyAtOnceAreRefusedInsteadOfFillingMemory) {
  PasswordHasher hasher(
      {.memory_kib = 16'384, .iterations = 3, .lanes = 1, .at_once = 1, .wait = std::chrono::milliseconds{1}},
      ledger::randomBytes);
  std::atomic<int> busy = 0;
  std::atomic<int> done = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      const auto result = hasher.hash("Yuan-Zhe-2026");
      if (result) ++done;
      else if (result.error().code == "password.busy" && result.error().kind == ProblemKind::unavailable)
        ++busy;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(busy + done, 8);
  EXPECT_GE(busy, 1);
  EXPECT_GE(done, 1);
}

TEST(LockOut, DoublesUpToAnHour) {
  const LockPolicy policy;
  EXPECT_EQ(lockAfter(policy, 4).count(), 0);
  EXPECT_EQ(lockAfter(policy, 5).count(), 60);
  EXPECT_EQ(lockAfter(policy, 6).count(), 120);
  EXPECT_EQ(lockAfter(policy, 100).count(), 3600);
}

TEST(Csrf, FollowsFromTheSessionAlone) {
  const std::string token = csrfTokenOf("one");
  EXPECT_TRUE(isCsrfToken("one", token));
  EXPECT_FALSE(isCsrfToken("two", token));
  EXPECT_FALSE(isCsrfToken("one", ""));
  EXPECT_NE(token, sessionIdOf("one"));
}

}  // namespace
}  // namespace jinyue::identity
