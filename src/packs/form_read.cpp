// Reading a form: the file, its schema without our own keywords, and what those say.
#include <algorithm>
#include <ranges>
#include <set>

#include <fmt/format.h>

#include "feel/value_json.h"
#include "packs/form.h"
#include "packs/lenient_json.h"

namespace jinyue::packs {
namespace {

struct FormFile {
  std::string id;
  Text title;
  std::vector<FormSection> sections;
  std::vector<std::string> shows;
  feel::Context schema;
};
BOOST_DESCRIBE_STRUCT(FormFile, (), (id, title, sections, shows, schema))

constexpr std::array our_keywords{std::string_view{"x-source"}, std::string_view{"x-personal"},
                                  std::string_view{"x-search"}, std::string_view{"x-widget"},
                                  std::string_view{"x-offers"}};
/// The registers that every city has.
constexpr std::array offered_registers{std::string_view{"units"}, std::string_view{"regions"},
                                       std::string_view{"posts"}, std::string_view{"people"},
                                       std::string_view{"firms"}};

template <class Words>
bool isOneOf(std::string_view word, const Words& words) {
  return std::ranges::find(words, word) != std::ranges::end(words);
}

/// The schema as JSON Schema knows it. A property may be called "x-…": names are not keywords.
feel::Value withoutOurs(const feel::Value& schema, bool names = false) {
  if (const feel::List* list = schema.asList()) {
    feel::List result;
    for (const feel::Value& item : *list) result.push_back(withoutOurs(item));
    return result;
  }
  const feel::Context* context = schema.asContext();
  if (context == nullptr) return schema;
  feel::Context result;
  for (const auto& [key, value] : *context) {
    if (!names && isOneOf(key, our_keywords)) continue;
    const bool literal = !names && (key == "enum" || key == "const" || key == "default" || key == "examples");
    result.set(key, literal ? value : withoutOurs(value, !names && (key == "properties" || key == "$defs")));
  }
  return result;
}

std::string escaped(std::string_view key) {
  std::string result;
  for (const char c : key) {
    if (c == '~') result += "~0";
    else if (c == '/') result += "~1";
    else result += c;
  }
  return result;
}

feel::Type typeOfSchema(const feel::Value& value) {
  const feel::Context* schema = value.asContext();
  if (schema == nullptr) return {};
  const feel::Value* type = schema->find("type");
  if (type == nullptr || !type->is(feel::Kind::string)) return {};
  const feel::Value* format = schema->find("format");
  const std::string_view word = type->string();
  const std::string_view form = format != nullptr ? format->asString().value_or("") : "";
  if (word == "string") {
    if (form == "date") return feel::Type::plain(feel::Type::Form::date);
    if (form == "date-time") return feel::Type::plain(feel::Type::Form::date_time);
    return feel::Type::string();
  }
  if (word == "number" || word == "integer") return feel::Type::number();
  if (word == "boolean") return feel::Type::boolean();
  if (word == "array") {
    const feel::Value* items = schema->find("items");
    return items == nullptr ? feel::Type::list() : feel::Type::list(typeOfSchema(*items));
  }
  if (word != "object") return {};
  const feel::Value* properties = schema->find("properties");
  if (properties == nullptr || properties->asContext() == nullptr) return feel::Type::context();
  std::vector<feel::Type::Member> members;
  for (const auto& [name, each] : *properties->asContext()) members.push_back({name, typeOfSchema(each)});
  return feel::Type::context(std::move(members));
}

bool takesAttachments(const registry::Field& field) {
  return field.format == "attachment" || field.item_format == "attachment";
}

std::string widgetOf(const registry::Field& field) {
  if (takesAttachments(field)) return "files";
  if (field.is("boolean")) return "yes-no";
  if (field.is("array")) {
    const bool objects = std::ranges::find(field.item_types, "object") != field.item_types.end();
    return objects ? "table" : "choices";
  }
  if (field.is("object")) return "group";
  if (!field.options.empty()) return "choice";
  if (field.is("number") || field.is("integer")) return "number";
  if (field.format == "date") return "date";
  if (field.format == "date-time") return "datetime";
  return "text";
}

/// Reads one form, noting what is wrong by its place in the file.
class Reader {
 public:
  Reader(const std::string& path, std::string_view text, Findings& findings)
      : path_(path), text_(text), findings_(findings) {}

  Place at(const std::string& pointer) const { return {path_, lineOf(text_, pointer), pointer}; }
  void needText(const Text& text, const std::string& pointer) {
    if (!trimmed(text.zh).empty() && !trimmed(text.en).empty()) return;
    findings_.error("text.untranslated", {"这段文字缺一种语言", "this text is missing in one language"},
                    at(pointer), {"中文、英文都要写", "write it in Chinese and in English"});
  }

  /// The classes of personal data at and below a schema.
  void readPersonal(const feel::Value& value, const std::string& pointer, std::string& found) {
    if (const feel::List* list = value.asList()) {
      for (std::size_t i = 0; i < list->size(); ++i)
        readPersonal((*list)[i], fmt::format("{}/{}", pointer, i), found);
    }
    const feel::Context* schema = value.asContext();
    if (schema == nullptr) return;
    for (const auto& [key, item] : *schema) {
      const std::string place = pointer + "/" + escaped(key);
      if (key != "x-personal") {
        readPersonal(item, place, found);
        continue;
      }
      const std::string_view word = item.asString().value_or("");
      if (!isOneOf(word, personal_classes)) {
        findings_.error("form.personal",
                        {fmt::format("没有这类个人信息：{}", word),
                         fmt::format("there is no such class of personal data: {}", word)},
                        at(place),
                        {fmt::format("可用：{}", fmt::join(personal_classes, "、")),
                         fmt::format("known are {}", fmt::join(personal_classes, ", "))});
      }
      if (found.empty()) found = word.empty() ? "other" : word;
    }
  }

  /// What may stand anywhere in a field. Attachments are carried into a case from fields (depth 0) and their
  /// lists (depth 1), not from what lies deeper.
  void checkNested(const feel::Value& value, const std::string& pointer, int depth) {
    if (const feel::List* list = value.asList()) {
      for (std::size_t i = 0; i < list->size(); ++i)
        checkNested((*list)[i], fmt::format("{}/{}", pointer, i), depth + 2);
    }
    const feel::Context* schema = value.asContext();
    if (schema == nullptr) return;
    for (const auto& [key, item] : *schema) {
      const std::string place = pointer + "/" + escaped(key);
      if (key == "format" && item.asString().value_or("") == "attachment" && depth > 1) {
        findings_.error("form.attachment",
                        {"附件只能是字段本身，或字段列表中的一项",
                         "an attachment is a field of its own, or one of a field's list"},
                        at(place));
      }
      if (key == "x-offers" && !isOneOf(item.asString().value_or(""), offered_registers)) {
        findings_.error("form.offers",
                        {"只能提供内置登记簿中的选择", "choices are offered from the built-in registers"},
                        at(place),
                        {fmt::format("可用：{}", fmt::join(offered_registers, "、")),
                         fmt::format("known are {}", fmt::join(offered_registers, ", "))});
      }
      checkNested(item, place, key == "items" && depth == 0 ? 1 : depth + 2);
    }
  }

  FormField readField(const registry::Field& from, const feel::Value& schema) {
    const std::string pointer = "/schema/properties/" + escaped(from.name);
    FormField field;
    field.name = from.name;
    field.title = from.title;
    field.help = from.description;
    field.required = from.required;
    field.type = typeOfSchema(schema);
    field.widget = widgetOf(from);
    field.attachment = takesAttachments(from);
    checkNested(schema, pointer, 0);
    readPersonal(schema, pointer, field.personal);
    const feel::Context& keywords = schema.context();
    if (keywords.find("title") == nullptr || !from.has_english) {
      findings_.error("text.untranslated",
                      {fmt::format("字段 {} 缺中文或英文名称", from.name),
                       fmt::format("the field {} has no name in one language", from.name)},
                      at(pointer), {"写 title 与 title:en", "write title and title:en"});
    }
    if (keywords.find("description") != nullptr && keywords.find("description:en") == nullptr) {
      findings_.error("text.untranslated", {"填写说明没有英文", "the help text has no English"},
                      at(pointer + "/description"), {"写 description:en", "write description:en"});
    }
    for (const feel::Value& option : from.options) {
      const auto text = option.asString();
      if (!text || from.option_titles.contains(*text)) continue;
      findings_.error(
          "text.untranslated",
          {fmt::format("选项 {} 没有名称", *text), fmt::format("the option {} has no title", *text)},
          at(pointer + "/enum"), {"写入 enum:titles", "add it to enum:titles"});
    }
    if (const feel::Value* search = keywords.find("x-search")) field.search = search->isTrue();
    if (const feel::Value* widget = keywords.find("x-widget")) {
      const std::string_view word = widget->asString().value_or("");
      if (isOneOf(word, widget_words)) field.widget = word;
      else {
        findings_.error("form.widget",
                        {fmt::format("没有这种控件：{}", word), fmt::format("there is no widget {}", word)},
                        at(pointer + "/x-widget"),
                        {fmt::format("可用：{}", fmt::join(widget_words, "、")),
                         fmt::format("known are {}", fmt::join(widget_words, ", "))});
      }
    }
    if (const feel::Value* source = keywords.find("x-source")) {
      if (auto parsed = parseSource(source->asString().value_or(""))) field.source = std::move(*parsed);
      else {
        findings_.error(
            "form.source", {"看不懂字段的来源", "the source of the field can't be understood"},
            at(pointer + "/x-source"),
            {"asked、caller/字段、earlier-case/字段、register:登记簿/字段 by "
             "本表字段、licence:证照/字段、lookup/类别 by "
             "本表字段",
             "asked, caller/FIELD, earlier-case/FIELD, register:NAME/FIELD by KEY, licence:NAME/FIELD, "
             "lookup/CLASS by KEY"});
      }
    }
    return field;
  }

  void checkSections(const FormFile& file, const std::vector<FormField>& fields) {
    std::set<std::string> placed;
    for (std::size_t i = 0; i < file.sections.size(); ++i) {
      needText(file.sections[i].title, fmt::format("/sections/{}/title", i));
      for (std::size_t k = 0; k < file.sections[i].fields.size(); ++k) {
        const std::string& name = file.sections[i].fields[k];
        const std::string pointer = fmt::format("/sections/{}/fields/{}", i, k);
        if (std::ranges::find(fields, name, &FormField::name) == fields.end()) {
          findings_.error("form.no-field", {"没有这个字段：" + name, "there is no field " + name},
                          at(pointer));
        } else if (!placed.insert(name).second) {
          findings_.error("form.field-twice", {"字段出现两次：" + name, "the field is placed twice: " + name},
                          at(pointer));
        }
      }
    }
    for (const FormField& field : fields) {
      if (placed.contains(field.name) || field.source.isLookup()) continue;
      findings_.error("form.not-placed",
                      {fmt::format("字段 {} 不在任何分区，页面上没有它", field.name),
                       fmt::format("the field {} is in no section: no page shows it", field.name)},
                      at("/schema/properties/" + escaped(field.name)),
                      {"放进 sections", "add it to sections"});
    }
    for (const FormField& field : fields) {
      const std::string& key = field.source.key;
      if (key.empty() || std::ranges::find(fields, key, &FormField::name) != fields.end()) continue;
      findings_.error("form.no-field", {"没有这个字段：" + key, "there is no field " + key},
                      at("/schema/properties/" + escaped(field.name) + "/x-source"));
    }
  }

  void noteSchema(const Problem& problem) {
    if (problem.causes.empty()) {
      findings_.error(problem.code, problem.title, at("/schema" + problem.where), problem.detail);
    }
    for (const Problem& cause : problem.causes) noteSchema(cause);
  }

 private:
  const std::string& path_;
  std::string_view text_;
  Findings& findings_;
};

}  // namespace

std::optional<FieldSource> parseSource(std::string_view text) {
  FieldSource source;
  if (text == "asked") return source;
  if (const auto by = text.find(" by "); by != std::string_view::npos) {
    source.key = trimmed(text.substr(by + 4));
    text = trimmed(text.substr(0, by));
  }
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  source.field = text.substr(slash + 1);
  source.kind = text.substr(0, slash);
  if (const auto colon = source.kind.find(':'); colon != std::string::npos) {
    source.name = source.kind.substr(colon + 1);
    source.kind.resize(colon);
  }
  if (source.field.empty()) return std::nullopt;
  const bool named = source.kind == "register" || source.kind == "licence";
  const bool plain = source.kind == "caller" || source.kind == "earlier-case" || source.isLookup();
  if ((!named && !plain) || named == source.name.empty()) return std::nullopt;
  if ((source.kind == "register" || source.isLookup()) == source.key.empty()) return std::nullopt;
  if (source.isLookup() && std::ranges::find(personal_classes, source.field) == personal_classes.end())
    return std::nullopt;
  return source;
}

std::optional<Form> Form::read(const std::string& path, std::string_view text, Findings& findings) {
  bool broken = false;
  FormFile file = readLeniently<FormFile>(path, text, findings, &broken);
  if (broken) return std::nullopt;
  Reader reader(path, text, findings);
  reader.needText(file.title, "/title");
  auto schema = registry::Schema::compile(withoutOurs(file.schema));
  if (!schema) {
    reader.noteSchema(schema.error());
    return std::nullopt;
  }
  auto body = std::make_shared<Body>(
      Body{file.id, path, std::string{text}, file.title, file.sections, file.shows, {}, std::move(*schema)});
  const feel::Value* properties = file.schema.find("properties");
  for (const registry::Field& field : body->schema.fields()) {
    if (properties == nullptr || properties->asContext() == nullptr) break;
    const feel::Value* own = properties->context().find(field.name);
    if (own == nullptr || own->asContext() == nullptr) continue;
    body->fields.push_back(reader.readField(field, *own));
  }
  reader.checkSections(file, body->fields);
  const feel::Value* additional = file.schema.find("additionalProperties");
  if (additional != nullptr && !additional->isFalse()) {
    findings.error("form.open", {"表单不能接受未写明的字段", "a form takes no fields that it does not name"},
                   reader.at("/schema/additionalProperties"), {"删去 additionalProperties", "leave it out"});
  }
  return Form(std::move(body));
}

}  // namespace jinyue::packs
