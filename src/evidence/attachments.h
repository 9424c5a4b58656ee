// Attachments: files that somebody brings to a matter (photos, documents, recordings of calls). A file is
// uploaded first and waits with its owner; a command that names it in a form carries it into its case, in the
// commit of the command. What waits for too long is dropped.
//
// Its id ends in the digest of its content. The id is a value of the case, so the record of the command, a
// leaf of the log, proves the content; where the field is personal, the log has the id's keyed digest alone.
// Name and content lie sealed. Erasing them leaves the row, which says what there was.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/json_read.h"
#include "base/time.h"
#include "evidence/file_kind.h"
#include "ledger/hash.h"
#include "ledger/random.h"
#include "ledger/vault.h"
#include "store/store.h"

namespace jinyue::evidence {

/// Set by the operator (docs/attachments.md).
struct AttachmentLimits {
  static constexpr bool json_sparse = true;
  std::int64_t max_bytes = 10LL << 20;      ///< of one file
  int waiting = 30;                         ///< files of one account that are in no case yet …
  std::int64_t waiting_bytes = 60LL << 20;  ///< … and their size together
  int per_case = 100;                       ///< files of one case
  int keep_days = 7;                        ///< how long a file waits for its case
  bool operator==(const AttachmentLimits&) const = default;
};
BOOST_DESCRIBE_STRUCT(AttachmentLimits, (), (max_bytes, waiting, waiting_bytes, per_case, keep_days))

/// Who brings a file: an account, and of which kind it is (identity::AccountKind as a number; 0: an officer).
struct Owner {
  std::string actor;  ///< "account:17"
  int kind = 0;
};

struct Attachment {
  std::string id;
  std::string hash;  ///< "sha256" or "sm3"
  Owner owner;
  std::string name;  ///< empty once erased
  std::string media_type;
  std::int64_t size = 0;  ///< bytes
  Instant uploaded;
  Instant expires;            ///< while it waits
  store::CaseId case_id = 0;  ///< 0: it waits
  std::int64_t position = 0;  ///< of the record of the case that carries it
  std::string node;           ///< step that it came with; empty: the start
  std::string field;          ///< of that step's form
  std::string personal;       ///< class of personal data of the field; empty: none
  std::optional<Instant> bound;
  std::optional<Instant> erased;
  bool waits() const { return case_id == 0; }
  /// From or about the person of the case: it is in that person's copy, and goes when the person is erased.
  bool isPersonal() const { return node.empty() || !personal.empty() || owner.kind != 0; }
  /// Of the content, hexadecimal.
  std::string_view digest() const;
};

/// An attachment that a command names.
struct Carried {
  std::string id;
  std::string field;
  std::string where;     ///< JSON pointer into the form, for refusals
  std::string personal;  ///< class of personal data of the field; empty: none
};

/// Where a command carries them: the step of the case, both empty for a start.
struct Destination {
  store::CaseId case_id = 0;
  std::string node;
};

/// The same as casework::BesideFn.
using BindFn = std::function<Result<std::vector<store::Statement>>(store::CaseId case_id,
                                                                   std::int64_t position, Instant at)>;
/// The next piece of a content; nothing at its end.
using Pieces = std::function<std::optional<std::string>()>;

/// Something wrong with what is kept.
struct AttachmentFinding {
  std::string id;
  store::CaseId case_id = 0;
  Text text;
};

/// May be used from many threads at once.
class Attachments {
 public:
  struct Parts {
    store::Store& store;
    const ledger::Vault& vault;
    ledger::HashAlgorithm hash = ledger::HashAlgorithm::sha256;  ///< of new digests
    AttachmentLimits limits = {};
    NowFn now = systemNow;
    ledger::RandomFn random = ledger::randomBytes;
  };
  explicit Attachments(Parts parts);

  /// Keeps a file until a command carries it into a case. Refuses what is no kind of file that is taken
  /// ("attachment.type"), not whole ("attachment.broken"), empty or too long, and more than may wait
  /// ("attachment.too-many").
  Result<Attachment> keep(const Owner& owner, std::string_view name, std::string_view bytes);
  /// Drops a file that waits; false when this owner has none.
  bool drop(std::string_view owner, std::string_view id);

  std::optional<Attachment> find(std::string_view id) const;
  /// In the order of their records.
  std::vector<Attachment> ofCase(store::CaseId case_id) const;
  /// Newest first.
  std::vector<Attachment> waitingOf(std::string_view owner) const;
  /// Its content, read as it is asked for. Throws store::StoreFault at the end when it is not what the digest
  /// says, and when it can't be opened.
  Pieces contentOf(const Attachment& attachment) const;

  /// What a command takes with it into its commit; empty when nothing is carried. Refuses, with a cause for
  /// each file, those that are not there, are another owner's or in another case ("attachment.unknown"),
  /// named twice, too many for the case; and ("attachment.busy") those that another command is just carrying.
  /// Files that are in the destination's case already may be named again by anybody.
  Result<BindFn> carry(std::string_view owner, const Destination& destination,
                       std::span<const Carried> carried);

  /// Erases name and content of what a case holds from or about a person: what came with its start, what
  /// residents and agents brought, and what lies in personal fields. How many.
  int eraseOf(store::CaseId case_id);
  /// Drops everything of an owner that waits.
  void dropWaitingOf(std::string_view owner);
  /// Drops what has waited for too long. How many.
  int dropExpired(int limit);

  /// Seals anew what is sealed with an older key; how many rows. May be stopped and begun again.
  std::int64_t reseal();
  /// Reads everything that is kept: whether each content is what its digest says, and whether the record of
  /// its case carries it; and the log: whether what a record carries is still there (not what is personal,
  /// of which the log has a keyed digest). `look` is told of each that is wrong. How many were read.
  std::int64_t check(const std::function<void(const AttachmentFinding&)>& look) const;

  const AttachmentLimits& limits() const { return parts_.limits; }

 private:
  struct Carrying;
  Attachment read(const store::SqlRow& row) const;
  std::vector<Attachment> some(std::span<const Carried> carried) const;
  Result<void> checkRoom(std::string_view owner, std::size_t bytes) const;
  std::optional<Text> wrongWith(const Attachment& attachment) const;

  Parts parts_;
  std::shared_ptr<Carrying> carrying_;
};

}  // namespace jinyue::evidence
