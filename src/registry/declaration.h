// A register as a pack declares it (registers/NAME.json), and its compiled form.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "feel/feel.h"
#include "feel/value_json.h"
#include "registry/schema.h"

namespace jinyue::registry {

/// Classes of personal data, by which it is masked and by which roles may read it (identity/mask.h).
inline constexpr std::array personal_kinds{std::string_view{"name"},      std::string_view{"phone"},
                                           std::string_view{"id_number"}, std::string_view{"email"},
                                           std::string_view{"address"},   std::string_view{"bank_account"},
                                           std::string_view{"other"}};

/// A field whose value is personal data: sealed at rest, a keyed digest in the log, not in look-ups of FEEL.
struct PersonalField {
  std::string field;
  std::string kind;  ///< class of personal data, by which it is masked: "id_number", "phone", "name" …
};
BOOST_DESCRIBE_STRUCT(PersonalField, (), (field, kind))

/// Which roles may do what. An empty list means nobody: only a pack's seeds change the register.
struct RegisterRoles {
  std::vector<std::string> propose;
  std::vector<std::string> approve;
  std::vector<std::string> publish;
};
BOOST_DESCRIBE_STRUCT(RegisterRoles, (), (propose, approve, publish))

/// What anybody may read.
struct Disclosure {
  std::vector<std::string> fields;     ///< none: nothing is public
  std::optional<std::string> entries;  ///< FEEL over the fields of an entry; none: every entry
};
BOOST_DESCRIBE_STRUCT(Disclosure, (), (fields, entries))

struct Declaration {
  std::string id;  ///< small letters, digits, hyphens
  Text title;
  std::vector<std::string> key;  ///< required fields (texts or whole numbers) that name an entry
  feel::Value schema;            ///< of an object; fields' titles in both languages
  std::vector<PersonalField> personal;
  std::optional<RegisterRoles> roles;
  std::optional<Disclosure> disclosure;
  std::vector<std::string> filters;   ///< at most 4 fields that lists may be narrowed by, each with an index
  std::vector<std::string> names;     ///< fields with names: shown in results of a search, found by initials
  std::vector<std::string> search;    ///< other fields that are searched
  std::optional<std::string> area;    ///< field with the region of an entry, for scopes
  std::optional<std::string> unit;    ///< field with the unit of an entry, for scopes
  std::optional<std::string> seeds;   ///< file beside the declaration with entries that come with the pack
  std::optional<std::string> source;  ///< where the facts of the seeds come from
};
BOOST_DESCRIBE_STRUCT(Declaration, (),
                      (id, title, key, schema, personal, roles, disclosure, filters, names, search, area,
                       unit, seeds, source))

inline constexpr std::size_t most_filters = 4;

/// Immutable, shared by threads.
class Register {
 public:
  /// Refuses with "register.declaration" and a cause for everything that is wrong (`where` is the pointer in
  /// the declaration).
  static Result<std::shared_ptr<const Register>> compile(Declaration declaration);
  static Result<std::shared_ptr<const Register>> read(std::string_view json);

  const Declaration& declaration() const { return declaration_; }
  const std::string& name() const { return declaration_.id; }
  const Schema& schema() const { return *schema_; }
  const RegisterRoles& roles() const { return roles_; }

  /// The key of an entry that the schema accepts: its one field, or several joined by "|" (with "\" before
  /// one inside).
  std::string keyOf(const feel::Value& entry) const;
  /// The same of the values alone, as FEEL gives them: a text, a number or a list.
  std::string keyFrom(const feel::Value& values) const;
  bool isPersonal(std::string_view field) const;
  /// The class of personal data of a field; empty for one that is none.
  std::string_view personalKind(std::string_view field) const;
  /// Whether anybody may read this entry (without its personal fields).
  bool isPublic(const feel::Value& entry) const;
  /// The public fields of an entry.
  feel::Value publicPart(const feel::Value& entry) const;
  /// An entry's fields that are not personal, and those that are.
  std::pair<feel::Value, feel::Value> split(const feel::Value& entry) const;

 private:
  explicit Register(Declaration declaration) : declaration_(std::move(declaration)) {}
  Declaration declaration_;
  std::optional<Schema> schema_;
  RegisterRoles roles_;
  std::optional<feel::Expression> is_public_;
};
using RegisterPtr = std::shared_ptr<const Register>;

}  // namespace jinyue::registry
