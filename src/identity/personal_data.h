// What a person may ask of those who hold their data (PIPL art. 44 to 47): a copy of it, and its erasure. The
// log keeps its proofs: it holds digests, which tell nothing once the values are gone.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "identity/audit_log.h"
#include "identity/caller.h"
#include "identity/context.h"
#include "identity/grants.h"

namespace jinyue::identity {

/// What erasing a closed case takes: the engine's own function, which also cleans its state. The number of
/// values erased.
using EraseCaseFn = std::function<Result<int>(store::CaseId)>;

/// All cases whose party it is, by id.
using CasesOfFn = std::function<std::vector<store::CaseId>(std::string_view party)>;

/// Erases the notices to somebody, also those to a bare telephone number or mail address. `by` asked for it.
using EraseNoticesFn = std::function<void(AccountId account, const std::string& person,
                                          const Personal& personal, const std::string& by)>;

/// A file that somebody brought; its content is read by its id.
struct PersonalFile {
  std::string id;
  std::string name;
  std::string media_type;
  std::int64_t size = 0;  ///< bytes
  Instant uploaded;
};
BOOST_DESCRIBE_STRUCT(PersonalFile, (), (id, name, media_type, size, uploaded))

/// Files from or about the person of a case, without those that are erased; and what an account has uploaded
/// and not sent in.
struct FilesOf {
  std::function<std::vector<PersonalFile>(store::CaseId)> a_case;
  std::function<std::vector<PersonalFile>(AccountId)> an_account;
};

struct Erased {
  int cases = 0;                    ///< whose personal values are gone
  int values = 0;                   ///< in them
  std::vector<store::CaseId> kept;  ///< still running, or refused: ask again when they are closed
};
BOOST_DESCRIBE_STRUCT(Erased, (), (cases, values, kept))

class PersonalData {
 public:
  PersonalData(const Context& context, RoleBookFn roles, CasesOfFn cases_of, EraseCaseFn erase_case,
               EraseNoticesFn erase_notices, FilesOf files_of);

  /// A JSON document: account, clear personal data, mandates, grants, sessions, cases where the person is the
  /// party with the personal values and the files in them, audit entries about the person. One's own, or with
  /// personal.read in the account's unit and a purpose; audited.
  Result<std::string> exportOf(const Caller& caller, AccountId account, std::string_view purpose);
  /// Clears the account (it can't sign in again; its number stays), its notices, and the personal values of
  /// its closed cases. One's own, or with account.manage in its unit; the reason is recorded.
  Result<Erased> erase(const Caller& caller, AccountId account, std::string_view reason);

 private:
  std::vector<store::CaseRow> casesOf(std::string_view person) const;

  Context context_;
  RoleBookFn roles_;
  CasesOfFn cases_of_;
  EraseCaseFn erase_case_;
  EraseNoticesFn erase_notices_;
  FilesOf files_of_;
};

}  // namespace jinyue::identity
