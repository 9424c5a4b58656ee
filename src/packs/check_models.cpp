// Models and the names that they use: forms, roles, clocks, decisions, services, notices.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "bpmn/reader.h"
#include "bpmn/xml.h"
#include "feel/feel.h"
#include "packs/checking.h"

namespace jinyue::packs {
namespace {

using Kind = Reference::Kind;

/// Finds the names in one file by its XML, so that a file whose process is refused still says what it names.
class ReferenceFinder {
 public:
  ReferenceFinder(const bpmn::XmlFile& file, std::vector<Reference>& found) : file_(file), found_(found) {}

  void visit(pugi::xml_node node) {
    const std::string_view name = bpmn::localName(node.name());
    if (const char* form = bpmn::ourAttribute(node, "form")) add(Kind::form, form, node);
    if (const char* decision = bpmn::ourAttribute(node, "decision")) add(Kind::decision, decision, node);
    if (const char* role = bpmn::ourAttribute(node, "role")) addTexts(Kind::role, role, node);
    if (const char* type = bpmn::ourAttribute(node, "type")) addTextOrFeel(Kind::service, type, node);
    // Of timers and throwing events it is a word that says what is meant, not the id of a rule.
    if (const char* clock = bpmn::ourAttribute(node, "clock");
        clock && name != "timerEventDefinition" && name != "intermediateThrowEvent") {
      addTextOrFeel(Kind::clock, clock, node);
    }
    if (name == "input" && bpmn::namespaceOf(node) == bpmn::our_namespace &&
        bpmn::attribute(node, "name") == "notice") {
      const pugi::xml_node task = node.parent().parent();
      const char* type = bpmn::ourAttribute(task, "type");
      if (type != nullptr && type == notice_service)
        addTexts(Kind::notice, bpmn::attribute(node, "expression"), task);
    }
    for (const pugi::xml_node child : node.children()) {
      if (child.type() == pugi::node_element) visit(child);
    }
  }

 private:
  void add(Kind kind, std::string_view name, pugi::xml_node node) {
    name = trimmed(name);
    if (name.empty()) return;
    found_.push_back(
        {kind, std::string{name}, {file_.path(), file_.lineOf(node), std::string{bpmn::idOf(node)}}});
  }
  void addTexts(Kind kind, std::string_view expression, pugi::xml_node node) {
    expression = trimmed(expression);
    if (expression.starts_with('=')) expression.remove_prefix(1);
    const auto compiled = feel::Expression::compile(expression);
    if (!compiled) return;  // the reader of BPMN says so
    for (const std::string& text : constantTexts(*compiled)) add(kind, text, node);
  }
  void addTextOrFeel(Kind kind, std::string_view text, pugi::xml_node node) {
    if (trimmed(text).starts_with('=')) addTexts(kind, text, node);
    else add(kind, text, node);
  }

  const bpmn::XmlFile& file_;
  std::vector<Reference>& found_;
};

struct Wording {
  const char* code;
  Text title;
  Text mend;
};
Wording wordingOf(Kind kind, const std::string& name) {
  switch (kind) {
    case Kind::form:
      return {"process.no-form",
              {"没有这个表单：" + name, "there is no form " + name},
              {"加 forms/" + name + ".json", "add forms/" + name + ".json"}};
    case Kind::role:
      return {"process.no-role",
              {"没有人能有这个角色：" + name, "nobody can have this role: " + name},
              {"在 roles.json 中声明", "declare it in roles.json"}};
    case Kind::clock:
      return {"process.no-clock",
              {"没有这个时限规则：" + name, "there is no clock rule " + name},
              {"在 clocks.json 中写明，并注明依据", "add it to clocks.json, with its source"}};
    case Kind::decision:
      return {"process.no-decision",
              {"没有这个决策：" + name, "there is no decision " + name},
              {"在 .dmn 文件中画出", "draw it in a .dmn file"}};
    case Kind::service:
      return {"process.no-service",
              {"没有声明这种服务：" + name, "this service is not declared: " + name},
              {"写入 pack.json 的 services", "add it to services in pack.json"}};
    case Kind::notice: break;
  }
  return {"process.no-notice",
          {"没有这个通知：" + name, "there is no notice " + name},
          {"写入 notices.json", "add it to notices.json"}};
}

bool declares(const Pack& pack, const std::optional<dmn::Model>& decisions, Kind kind,
              const std::string& name) {
  switch (kind) {
    case Kind::form: return pack.form(name) != nullptr;
    case Kind::role: return contains(pack.roles, name, &Role::id);
    case Kind::clock: return contains(pack.clocks, name, &calendar::ClockRule::id);
    case Kind::decision: return !decisions || contains(decisions->decisions(), name, &dmn::DecisionInfo::id);
    case Kind::service:
      return name == notice_service || contains(pack.manifest.services, name, &OutsideService::type);
    case Kind::notice: return contains(pack.notices, name, &PackNotice::id);
  }
  return false;
}

std::set<std::string, std::less<>>& usedOf(Used& used, Kind kind) {
  switch (kind) {
    case Kind::form: return used.forms;
    case Kind::role: return used.roles;
    case Kind::clock: return used.clocks;
    case Kind::decision: return used.decisions;
    case Kind::service: return used.services;
    case Kind::notice: break;
  }
  return used.notices;
}

/// "file:line:id" of a BPMN refusal, "file:line (id)" of a DMN problem.
Place placeOf(std::string_view where) {
  Place place;
  if (where.ends_with(')')) {
    if (const auto open = where.rfind(" ("); open != std::string_view::npos) {
      place.id = where.substr(open + 2, where.size() - open - 3);
      where = where.substr(0, open);
    }
  }
  const auto colon = where.find(':');
  place.file = where.substr(0, colon);
  if (colon == std::string_view::npos) return place;
  where.remove_prefix(colon + 1);
  const auto next = where.find(':');
  place.line = std::atoi(std::string{where.substr(0, next)}.c_str());
  if (next != std::string_view::npos && place.id.empty()) place.id = where.substr(next + 1);
  return place;
}

void noteModel(const Problem& problem, Severity severity, Findings& findings) {
  for (const Problem& cause : problem.causes) noteModel(cause, severity, findings);
  if (!problem.causes.empty()) return;
  Place place = placeOf(problem.where);
  findings.add({severity, problem.code, problem.title, std::move(place.file), place.line, std::move(place.id),
                problem.detail});
}

void readDecisions(Checking& checking) {
  std::vector<dmn::File> files;
  for (const PackFile* file : checking.pack.filesWith(".dmn")) files.push_back({file->path, file->text});
  if (files.empty()) {
    return;
  }
  auto model = dmn::Model::read(files);
  if (!model) return noteModel(model.error(), Severity::error, checking.findings);
  for (const Problem& doubt : model->problems()) noteModel(doubt, Severity::warning, checking.findings);
  checking.decisions = std::move(*model);
}

}  // namespace

void checkModels(Checking& checking) {
  const Pack& pack = checking.pack;
  const bool has_decisions = !pack.filesWith(".dmn").empty();
  readDecisions(checking);
  std::vector<Reference> references;
  std::vector<bpmn::SourceFile> files;
  for (const PackFile* file : pack.filesWith(".bpmn")) {
    files.push_back({file->path, file->text});
    auto xml = bpmn::XmlFile::parse(files.back());
    if (xml) ReferenceFinder(**xml, references).visit((*xml)->root());
  }
  if (files.empty()) return;

  // Every name that is used is let through here, so that the model is refused for nothing but its drawing.
  bpmn::Surroundings surroundings;
  for (const Reference& each : references) {
    usedOf(checking.used, each.kind).insert(each.name);
    if (each.kind == Kind::clock) surroundings.clocks[each.name] = {};
    if (each.kind == Kind::decision) surroundings.decisions.push_back(each.name);
    if (each.kind == Kind::service) surroundings.services.push_back(each.name);
    const bool shared = each.kind == Kind::role;  // roles of the packs that this one needs may be used
    const bool known = (each.kind == Kind::decision && !has_decisions
                            ? false
                            : declares(pack, checking.decisions, each.kind, each.name)) ||
                       (shared && (contains(built_in_roles, each.name) ||
                                   std::ranges::any_of(checking.needed, [&](const Pack* other) {
                                     return declares(*other, {}, each.kind, each.name);
                                   })));
    if (known) continue;
    Wording wording = wordingOf(each.kind, each.name);
    checking.findings.error(wording.code, wording.title, each.place, wording.mend);
  }
  for (const calendar::ClockRule& rule : pack.clocks) surroundings.clocks[rule.id] = rule;
  auto model = bpmn::readModel(files, surroundings);
  if (model) checking.model = std::move(*model);
  else noteModel(model.error(), Severity::error, checking.findings);
}

}  // namespace jinyue::packs
