#include "ledger/digest.h"

#include <stdexcept>

#include <openssl/crypto.h>

#include "ledger/key_file.h"
#include "ledger/random.h"

namespace jinyue::ledger {
namespace {

std::string_view checked(std::string_view key) {
  if (key.size() != hash_bytes) throw std::invalid_argument("the key of personal digests has 32 bytes");
  return key;
}

}  // namespace

PersonalDigester::PersonalDigester(HashAlgorithm algorithm, std::string_view key)
    : mac_(algorithm, checked(key)) {}

Result<PersonalDigester> PersonalDigester::load(HashAlgorithm algorithm, const std::string& path) {
  auto key = readSecretFile(path);
  if (!key) return std::unexpected(std::move(key).error());
  if (key->size() != hash_bytes) {
    return refuse(ProblemKind::invalid, "key.wrong-length",
                  {"摘要密钥应为 32 字节", "the key of personal digests has 32 bytes"}, path);
  }
  PersonalDigester digester(algorithm, *key);
  OPENSSL_cleanse(key->data(), key->size());
  return digester;
}

Result<void> PersonalDigester::createKey(const std::string& path) {
  std::string key = randomBytes(hash_bytes);
  auto written = writeSecretFile(path, key);
  OPENSSL_cleanse(key.data(), key.size());
  return written;
}

std::string PersonalDigester::digest(std::int64_t case_id, std::string_view value_json) const {
  return toHex(mac_.compute({std::to_string(case_id), "\n", value_json}));
}

}  // namespace jinyue::ledger
