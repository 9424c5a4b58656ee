// The audit trail: what was done to accounts and who read which personal data for what purpose. Each entry is
// a record of the log, too, in the stream of an account; the table finds it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "identity/accounts.h"
#include "identity/caller.h"
#include "identity/context.h"

namespace jinyue::identity {

struct AuditEntry {
  AccountId stream = 0;       ///< account in whose stream the record is …
  std::int64_t position = 0;  ///< … and its place there
  Instant at;
  AccountId account = 0;  ///< who did it; 0: the operator, or somebody who could not sign in
  std::string kind;       ///< "personal.read", "account.signed-in", "grant.confirmed" …
  std::string subject;    ///< whom or what it is about: "account:17", "case:42"
  std::string purpose;
  std::string request;
};
BOOST_DESCRIBE_STRUCT(AuditEntry, (), (stream, position, at, account, kind, subject, purpose, request))

/// The entry to the list is the first of account and subject that is given; the rest narrows it.
struct AuditFilter {
  std::optional<AccountId> account = {};
  std::optional<std::string> subject = {};
  std::optional<std::string> kind = {};
  std::optional<Instant> from = {};  ///< included
  std::optional<Instant> to = {};    ///< not included
};

class AuditLog {
 public:
  explicit AuditLog(const Context& context);

  /// Personal data of a case or a register entry are about to be read in the clear: writes who reads which
  /// fields for what purpose, and only then may they be shown. Asks for personal.read at the row's place and
  /// for a purpose of 4 to 200 characters ("purpose.missing"). The subject's own party need neither.
  Result<void> reveal(const Caller& caller, std::string_view subject, const RowPlace& row,
                      const std::vector<std::string>& fields, std::string_view purpose);

  /// A caller does something to what has no stream of its own ("notice.retried", "notice:ab12…"): the change
  /// and its entry are one unit of work. `change` gives its statement or refuses; it is asked again when
  /// somebody was faster.
  Result<void> note(const Caller& caller, std::string_view kind, std::string_view subject,
                    const std::function<Result<store::Statement>()>& change);

  /// Newest first. Asks for audit.read; what is about one's own account one may always read.
  Result<store::Page<AuditEntry>> list(const Caller& caller, const AuditFilter& filter,
                                       const store::PageRequest& page) const;

 private:
  Context context_;
};

/// "purpose.missing" unless it has 4 to 200 characters.
Result<void> checkPurpose(std::string_view purpose);

}  // namespace jinyue::identity
