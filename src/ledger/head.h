// Signed heads: at this instant the log had so many leaves and this root. Signed with Ed25519 (RFC 8032) or
// SM2 (GB/T 32918, with SM3 and the user id 1234567812345678), through OpenSSL.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "base/time.h"
#include "ledger/hash.h"

namespace jinyue::ledger {

enum class SignatureAlgorithm { ed25519, sm2 };
BOOST_DESCRIBE_ENUM(SignatureAlgorithm, ed25519, sm2)

struct Head {
  std::string log;         ///< names the log: 1 to 128 printable ASCII characters with no space
  std::uint64_t size = 0;  ///< leaves
  Hash root;
  Instant at;
  HashAlgorithm hash = HashAlgorithm::sha256;
  std::string key_id;     ///< of the key that signed; see Verifier::keyId
  std::string signature;  ///< hexadecimal
  bool operator==(const Head&) const = default;
};
BOOST_DESCRIBE_STRUCT(Head, (), (log, size, root, at, hash, key_id, signature))

/// The bytes that are signed: one member in a line, after a first line that names the form.
std::string signedText(const Head& head);

/// The JSON form: toJson(head). Reading refuses whatever encodeHead would not have written.
std::string encodeHead(const Head& head);
Result<Head> decodeHead(std::string_view json);

/// A public key. Never changes; may be used from many threads at once.
class Verifier {
 public:
  /// PEM as `openssl pkey -pubout` writes it; Ed25519 or SM2.
  static Result<Verifier> fromPem(std::string_view pem);
  static Result<Verifier> load(const std::string& path);

  SignatureAlgorithm algorithm() const;
  /// SHA-256 (SM3 for an SM2 key) of the public key's DER form, hexadecimal.
  const std::string& keyId() const;
  std::string publicKeyPem() const;
  /// Whether the head was signed with this key and nothing in it has changed since.
  bool verify(const Head& head) const;
  /// The same for any text and a signature in hexadecimal.
  bool verifyText(std::string_view text, std::string_view signature) const;

  struct Key;

 private:
  friend class Signer;
  explicit Verifier(std::shared_ptr<const Key> key) : key_(std::move(key)) {}
  std::shared_ptr<const Key> key_;
};

/// A private key. Never changes; may be used from many threads at once.
class Signer {
 public:
  static Signer generate(SignatureAlgorithm algorithm);
  /// PEM (PKCS #8, not encrypted). load refuses a file that others than owner and group may read, or others
  /// than the owner may write.
  static Result<Signer> fromPem(std::string_view pem);
  static Result<Signer> load(const std::string& path);
  /// Writes a new file with mode 0600; refuses one that exists.
  Result<void> save(const std::string& path) const;

  SignatureAlgorithm algorithm() const;
  const std::string& keyId() const;
  std::string publicKeyPem() const;
  Verifier verifier() const;
  /// The head with this key's id and signature. Throws std::invalid_argument for a log name that a head can't
  /// have.
  Head sign(Head head) const;
  /// The signature of any text, hexadecimal.
  std::string signText(std::string_view text) const;

 private:
  explicit Signer(std::shared_ptr<const Verifier::Key> key) : key_(std::move(key)) {}
  std::shared_ptr<const Verifier::Key> key_;
};

}  // namespace jinyue::ledger
