#include "identity/password.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <argon2.h>
#include <fmt/format.h>

#include "base/text.h"

namespace jinyue::identity {
namespace {

constexpr std::uint32_t salt_bytes = 16;
constexpr std::uint32_t hash_length = 32;

/// Seen in every published list of leaked passwords, in forms that three classes of characters let pass.
constexpr std::array<std::string_view, 24> common{
    "password1!",   "password123!", "password@123", "p@ssw0rd123",     "p@ssword123", "passw0rd123!",
    "admin123456",  "admin@123456", "admin@12345",  "administrator1!", "root@123456", "qwerty123456",
    "qwer1234!@#$", "1qaz2wsx3edc", "1qaz@wsx3edc", "1qaz!qaz2wsx",    "abc123456!",  "abcd1234!@#$",
    "a123456789!",  "woaini1314!",  "welcome123!",  "huawei@123",      "test123456!", "dalian@123456"};

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

int classesOf(std::string_view password) {
  bool lower = false;
  bool upper = false;
  bool digit = false;
  bool other = false;
  for (const char c : password) {
    if (c >= 'a' && c <= 'z') lower = true;
    else if (c >= 'A' && c <= 'Z') upper = true;
    else if (c >= '0' && c <= '9') digit = true;
    else other = true;
  }
  return int{lower} + int{upper} + int{digit} + int{other};
}

std::string prefixOf(const PasswordCost& cost) {
  return fmt::format("$argon2id$v={}$m={},t={},p={}$", static_cast<int>(ARGON2_VERSION_NUMBER),
                     cost.memory_kib, cost.iterations, cost.lanes);
}

std::string encode(const PasswordCost& cost, std::string_view password, const std::string& salt) {
  std::string encoded(
      argon2_encodedlen(cost.iterations, cost.memory_kib, cost.lanes, salt_bytes, hash_length, Argon2_id),
      '\0');
  const int code =
      argon2id_hash_encoded(cost.iterations, cost.memory_kib, cost.lanes, password.data(), password.size(),
                            salt.data(), salt.size(), hash_length, encoded.data(), encoded.size());
  if (code != ARGON2_OK) throw std::runtime_error(std::string("Argon2: ") + argon2_error_message(code));
  encoded.resize(encoded.find('\0'));
  return encoded;
}

std::unexpected<Problem> refuseBusy() {
  return refuse(ProblemKind::unavailable, "password.busy",
                {"登录的人太多，请稍后再试", "too many are signing in; try again in a moment"});
}

/// Gives the place back when the computation is over.
class Place {
 public:
  Place(std::counting_semaphore<>& free, std::chrono::milliseconds wait)
      : free_(free), taken_(free.try_acquire_for(wait)) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    if (taken_) free_.release();
  }
  bool taken() const { return taken_; }

 private:
  std::counting_semaphore<>& free_;
  bool taken_;
};

}  // namespace

PasswordHasher::PasswordHasher(const PasswordCost& cost, ledger::RandomFn random)
    : cost_(cost),
      random_(std::move(random)),
      free_(cost.at_once),
      decoy_(encode(cost, random_(salt_bytes), random_(salt_bytes))) {}

Result<std::string> PasswordHasher::hash(std::string_view password) {
  const Place place(free_, cost_.wait);
  if (!place.taken()) return refuseBusy();
  return encode(cost_, password, random_(salt_bytes));
}

Result<bool> PasswordHasher::verify(const std::string& encoded, std::string_view password) {
  const Place place(free_, cost_.wait);
  if (!place.taken()) return refuseBusy();
  const std::string& against = encoded.empty() ? decoy_ : encoded;
  const int code = argon2id_verify(against.c_str(), password.data(), password.size());
  if (code != ARGON2_OK && code != ARGON2_VERIFY_MISMATCH) {
    throw std::runtime_error(std::string("Argon2: ") + argon2_error_message(code));
  }
  return code == ARGON2_OK && !encoded.empty();
}

bool PasswordHasher::isOutdated(std::string_view encoded) const {
  return !encoded.starts_with(prefixOf(cost_));
}

Result<void> checkPassword(const PasswordPolicy& policy, std::string_view password, std::string_view login) {
  Problem all{ProblemKind::invalid,
              "password.weak",
              {"密码不符合要求", "the password does not meet the rules"},
              "/password",
              {},
              {}};
  const auto note = [&all](const char* code, Text title) {
    all.causes.push_back({ProblemKind::invalid, code, std::move(title), "/password", {}, {}});
  };
  if (!isValidUtf8(password) || password.find('\0') != std::string_view::npos) {
    note("password.not-text", {"密码不是有效文本", "the password is no valid text"});
    return std::unexpected(std::move(all));
  }
  const std::size_t length = countCodePoints(password);
  if (length < policy.min_length) {
    note("password.short", {fmt::format("密码至少 {} 个字符", policy.min_length),
                            fmt::format("it needs {} characters", policy.min_length)});
  }
  if (length > policy.max_length) {
    note("password.long", {fmt::format("密码至多 {} 个字符", policy.max_length),
                           fmt::format("it may have {} characters", policy.max_length)});
  }
  if (classesOf(password) < policy.min_classes) {
    note("password.simple",
         {fmt::format("须含大写字母、小写字母、数字、其他字符中的 {} 类", policy.min_classes),
          fmt::format("it needs {} of: capital letters, small letters, digits, others", policy.min_classes)});
  }
  const std::string small = lowered(password);
  if (!login.empty() && small.find(lowered(login)) != std::string::npos) {
    note("password.login", {"密码不能包含登录名", "it may not hold the login name"});
  }
  if (std::ranges::find(common, small) != common.end()) {
    note("password.common", {"密码过于常见", "it is one of the most common ones"});
  }
  if (length > 0 && small.find_first_not_of(small.front()) == std::string::npos) {
    note("password.repeated", {"密码只有一种字符", "it is one character again and again"});
  }
  if (!all.causes.empty()) return std::unexpected(std::move(all));
  return {};
}

}  // namespace jinyue::identity
