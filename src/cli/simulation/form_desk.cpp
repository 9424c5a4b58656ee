#include "cli/simulation/form_desk.h"

#include <fmt/format.h>

#include "api/plain_value.h"
#include "base/json_read.h"
#include "identity/mask.h"

namespace jinyue::cli {
namespace {

std::string wordIn(const feel::Context& schema, const char* name) {
  const feel::Value* value = schema.find(name);
  return std::string{value ? value->asString().value_or("") : ""};
}

std::optional<feel::Value> plainAnswer(const feel::Context& schema, Date today);

/// Whatever is asked for and missing, as plainly as the schema lets it be.
void completeAnswers(const feel::Context& schema, feel::Context& answers, Date today) {
  const feel::Value* required = schema.find("required");
  const feel::Value* properties = schema.find("properties");
  if (!required || !required->asList() || !properties || !properties->asContext()) return;
  for (const feel::Value& each : *required->asList()) {
    const std::string name{each.asString().value_or("")};
    const feel::Value* property = properties->asContext()->find(name);
    if (answers.find(name) || !property || !property->asContext()) continue;
    if (auto value = plainAnswer(*property->asContext(), today)) answers.set(name, std::move(*value));
  }
}

std::optional<feel::Value> plainAnswer(const feel::Context& schema, Date today) {
  if (const feel::Value* words = schema.find("enum"); words && words->asList() && !words->asList()->empty())
    return words->asList()->front();
  const std::string type = wordIn(schema, "type");
  if (type == "boolean") return feel::Value(true);
  if (type == "integer" || type == "number") {
    const feel::Value* least = schema.find("minimum");
    return least ? *least : feel::Value(1);
  }
  if (type == "object") {
    feel::Context members;
    completeAnswers(schema, members, today);
    return feel::Value(std::move(members));
  }
  if (type == "array") {
    feel::List items;
    const feel::Value* item = schema.find("items");
    if (item && item->asContext()) {
      if (auto value = plainAnswer(*item->asContext(), today)) items.push_back(std::move(*value));
    }
    return feel::Value(std::move(items));
  }
  if (type != "string" || schema.find("register") || schema.find("pattern")) return std::nullopt;
  const std::string format = wordIn(schema, "format");
  if (format == "date") return feel::Value(formatDate(today + std::chrono::days{7}));
  if (format.empty()) return feel::Value("示例");
  return std::nullopt;
}

}  // namespace

Result<FormDesk::Entrance> FormDesk::entrance(const std::string& pack, const std::string& item) {
  const auto newest = office_.packs().newest(pack);
  const packs::Item* found = newest ? newest->pack->item(item) : nullptr;
  if (!found) {
    return refuse(ProblemKind::not_found, "simulation.item",
                  {"没有部署这个系统包或事项", "the pack or its item is not deployed"},
                  fmt::format("{}/{}", pack, item));
  }
  return Entrance{found->process, newest->definition};
}

const FormDesk::Known& FormDesk::formOf(const std::string& process, const std::string& node) {
  const std::string name = process + "." + node;
  if (const auto found = forms_.find(name); found != forms_.end()) return found->second;
  Known known;
  for (const auto& version : office_.packs().all()) {
    const auto definition = office_.city().definitions().find(version.definition);
    if (!definition || !(*definition)->model || !(*definition)->model->process(process)) continue;
    const bpmn::Node* found = (*definition)->model->find(node);
    if (!found || found->user.form.empty()) continue;
    known.form = version.pack->form(found->user.form);
    kept_.push_back(version.pack);
  }
  if (known.form) {
    const auto file = fromJson<api::PlainObject>(known.form->text());
    const feel::Value* schema = file ? file->members.find("schema") : nullptr;
    if (schema && schema->asContext()) known.schema = *schema->asContext();
  }
  return forms_.emplace(name, std::move(known)).first->second;
}

Result<feel::Context> FormDesk::checked(const packs::Form& form, feel::Context answers) {
  const Date today = dateOf(office_.city().now());
  const auto source = [&](const packs::FieldSource& asked,
                          const feel::Context& given) -> std::optional<feel::Value> {
    const feel::Value* value = asked.isLookup() ? given.find(asked.key) : nullptr;
    const auto text = value ? value->asString() : std::nullopt;
    if (!text || text->empty()) return std::nullopt;
    const identity::FieldClass field = identity::fieldClassOf(asked.field);
    return feel::Value("person:" + office_.city().vault()->lookup(identity::wordOf(field),
                                                                  identity::normalised(field, *text)));
  };
  auto filled = form.check(answers, source, office_.city().registry().surroundings(today));
  if (!filled) return std::unexpected(std::move(filled.error()));
  return std::move(filled->values);
}

Result<feel::Context> FormDesk::forItem(const std::string& pack, const std::string& item,
                                        feel::Context answers) {
  const auto newest = office_.packs().newest(pack);
  const packs::Item* found = newest ? newest->pack->item(item) : nullptr;
  const packs::Form* form = found && found->form ? newest->pack->form(*found->form) : nullptr;
  if (!form) return answers;
  return checked(*form, std::move(answers));
}

Result<feel::Context> FormDesk::forStep(const std::string& process, const std::string& node,
                                        feel::Context answers) {
  const Known& known = formOf(process, node);
  if (!known.form) return answers;
  completeAnswers(known.schema, answers, dateOf(office_.city().now()));
  return checked(*known.form, std::move(answers));
}

}  // namespace jinyue::cli
