// Forms: what is asked, in which order, in whose words, and what need not be asked. A form is a file of a
// pack, forms/ID.json. The page draws it from that file, and the server checks answers by the same file.
//
//   {"id": "apply", "title": {"zh": "申请", "en": "application"},
//    "sections": [{"title": {"zh": "店铺", "en": "the shop"}, "fields": ["name", "opened"]}],
//    "shows": ["advice"],
//    "schema": {"type": "object", "required": ["name"], "properties": {
//      "name": {"type": "string", "title": "店名", "title:en": "name of the shop", "x-search": true},
//      "opened": {"type": "string", "format": "date", "title": "开业日期", "title:en": "opening day",
//                 "x-source": "register:firms/opened by uscc"}}}}
//
// The schema is the subset of JSON Schema 2020-12 that registry/schema.h reads, and in its properties:
//   x-source    where the value comes from (FieldSource); without it the field is asked
//   x-personal  the class of personal data that it is (personal_classes)
//   x-search    true: the case is found by it
//   x-widget    how it is drawn, when the type does not say (widget_words)
// A text of the format "attachment", or a list of such texts, takes files that were uploaded (room evidence).
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "feel/type.h"
#include "feel/value.h"
#include "packs/finding.h"
#include "registry/declaration.h"

namespace jinyue::packs {

/// Classes of personal data, by which it is masked and by which roles may read it (room identity).
inline constexpr const auto& personal_classes = registry::personal_kinds;

inline constexpr std::array widget_words{
    std::string_view{"text"},   std::string_view{"textarea"}, std::string_view{"number"},
    std::string_view{"date"},   std::string_view{"datetime"}, std::string_view{"yes-no"},
    std::string_view{"choice"}, std::string_view{"choices"},  std::string_view{"table"},
    std::string_view{"group"},  std::string_view{"files"}};

/// Where the value of a field comes from:
///   "asked"                        the person who fills the form in
///   "caller/FIELD"                 who is signed in; may be changed
///   "earlier-case/FIELD"           the newest case of the same party that has it; may be changed
///   "register:NAME/FIELD by KEY"   the entry of a register whose key is in the field KEY of this form
///   "licence:NAME/FIELD"           a licence of the party
///   "lookup/CLASS by KEY"          the keyed hash by which the person whose personal datum of this class
///   (phone,
///                                  id_number…) is in the field KEY is found again; no page shows it
/// What a register or a licence says is not changed in a form: whoever finds it wrong has it mended there.
struct FieldSource {
  std::string kind = "asked";
  std::string name;   ///< of the register or the kind of licence
  std::string field;  ///< of the entry
  std::string key;    ///< the field of this form that holds the key of the entry
  bool isAsked() const { return kind == "asked"; }
  bool isFixed() const { return kind == "register" || kind == "licence" || isLookup(); }
  bool isLookup() const { return kind == "lookup"; }
  bool operator==(const FieldSource&) const = default;
};
BOOST_DESCRIBE_STRUCT(FieldSource, (), (kind, name, field, key))
/// Empty when the text has none of these forms.
std::optional<FieldSource> parseSource(std::string_view text);

/// Gives the value of a source, or nothing when there is none; `answers` are those of the form so far.
using SourceFn =
    std::function<std::optional<feel::Value>(const FieldSource& source, const feel::Context& answers)>;

struct FormField {
  std::string name;
  Text title;
  Text help;           ///< may be empty
  std::string widget;  ///< always one of widget_words
  bool required = false;
  FieldSource source;
  std::string personal;  ///< class of personal data; empty: none. Of a group: of any part of it
  bool search = false;
  feel::Type type;          ///< of the variable that it becomes
  bool attachment = false;  ///< its text, or each text of its list, is the id of an attachment
};

struct FormSection {
  Text title;
  std::vector<std::string> fields;
  bool operator==(const FormSection&) const = default;
};
BOOST_DESCRIBE_STRUCT(FormSection, (), (title, fields))

/// A value that nobody typed, and where it came from.
struct Prefilled {
  std::string field;
  FieldSource source;
  bool operator==(const Prefilled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Prefilled, (), (field, source))

/// A form that was filled in: variables for a case.
struct Filled {
  feel::Context values;
  std::vector<Prefilled> prefilled;
};

/// Immutable, cheap to copy.
class Form {
 public:
  /// Reads a file of a pack. What is wrong goes to `findings`; empty when nothing can be made of it.
  static std::optional<Form> read(const std::string& path, std::string_view text, Findings& findings);

  const std::string& id() const { return body_->id; }
  const std::string& path() const { return body_->path; }
  const Text& title() const { return body_->title; }
  const std::vector<FormField>& fields() const { return body_->fields; }  ///< in the order of the schema
  const FormField* field(std::string_view name) const;
  const std::vector<FormSection>& sections() const { return body_->sections; }
  /// Variables of the case that the page shows beside the fields.
  const std::vector<std::string>& shows() const { return body_->shows; }
  const registry::Schema& schema() const { return body_->schema; }
  /// The file, for the page that draws it.
  const std::string& text() const { return body_->text; }

  /// What is known before anybody types.
  Filled prefill(const SourceFn& source) const;
  /// Checks answers (a JSON object): fields that have another source than "asked" are filled in from it; what
  /// a register or licence says may not be changed. Refuses with "form.invalid" and a cause for each field,
  /// its pointer in `where`. Dates become FEEL's.
  Result<Filled> check(std::string_view json, const SourceFn& source = {},
                       const registry::SchemaSurroundings& surroundings = {}) const;
  Result<Filled> check(const feel::Context& answers, const SourceFn& source = {},
                       const registry::SchemaSurroundings& surroundings = {}) const;

 private:
  struct Body {
    std::string id;
    std::string path;
    std::string text;
    Text title;
    std::vector<FormSection> sections;
    std::vector<std::string> shows;
    std::vector<FormField> fields;
    registry::Schema schema;
  };
  explicit Form(std::shared_ptr<const Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const Body> body_;
};

}  // namespace jinyue::packs
