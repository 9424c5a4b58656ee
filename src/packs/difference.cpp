#include "packs/difference.h"

#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "base/json_read.h"
#include "bpmn/machine.h"
#include "bpmn/reader.h"
#include "bpmn/xml.h"
#include "dmn/dmn.h"
#include "packs/checking.h"

namespace jinyue::packs {
namespace {

/// What each thing of a pack says, by kind and name.
using Contents = std::map<std::pair<std::string, std::string>, std::string>;

bool isDrawing(pugi::xml_node node) {
  const std::string_view space = bpmn::namespaceOf(node);
  return space != bpmn::bpmn_namespace && space != bpmn::our_namespace;
}

/// An element without the elements in it that have an id of their own: those are compared by themselves.
std::string ownText(pugi::xml_node node) {
  std::string text = node.name();
  for (const pugi::xml_attribute each : node.attributes())
    text += fmt::format(" {}={}", each.name(), each.value());
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_element && child.attribute("id")) continue;
    text +=
        child.type() == pugi::node_element ? "<" + ownText(child) + ">" : std::string{trimmed(child.value())};
  }
  return text;
}

void addNodes(pugi::xml_node node, Contents& contents) {
  if (isDrawing(node)) return;
  const std::string_view name = bpmn::localName(node.name());
  const std::string_view id = bpmn::attribute(node, "id");
  if (!id.empty() && name != "definitions") contents[{"node", std::string{id}}] = ownText(node);
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_element) addNodes(child, contents);
  }
}

void addTables(const Pack& pack, Contents& contents) {
  std::vector<dmn::File> files;
  for (const PackFile* file : pack.filesWith(".dmn")) files.push_back({file->path, file->text});
  if (files.empty()) return;
  const auto model = dmn::Model::read(files);
  if (!model) return;
  for (const dmn::TableInfo& table : model->tables()) {
    std::string text =
        fmt::format("{} {}", static_cast<int>(table.hit_policy), static_cast<int>(table.aggregation));
    for (const dmn::RuleInfo& rule : table.rules) {
      text += fmt::format("|{} → {}", fmt::join(rule.conditions, ";"), fmt::join(rule.results, ";"));
    }
    contents[{"table", table.owner}] = std::move(text);
  }
}

Contents contentsOf(const Pack& pack) {
  Contents contents;
  for (const PackFile& file : pack.files) {
    // The store keeps the rules of clocks.json, not its spelling.
    contents[{"file", file.path}] = file.path == "clocks.json" ? toJson(pack.clocks) : file.text;
    if (!file.path.ends_with(".bpmn")) continue;
    const bpmn::SourceFile source{file.path, file.text};
    if (const auto xml = bpmn::XmlFile::parse(source)) addNodes((*xml)->root(), contents);
  }
  addTables(pack, contents);
  for (const calendar::ClockRule& rule : pack.clocks) contents[{"clock", rule.id}] = toJson(rule);
  for (const Role& role : pack.roles) contents[{"role", role.id}] = toJson(role);
  for (const Form& form : pack.forms) {
    for (const FormField& field : form.fields()) {
      contents[{"form-field", form.id() + "." + field.name}] = fmt::format(
          "{} {} {} {}", field.type.toString(), field.required, toJson(field.source), field.personal);
    }
  }
  return contents;
}

}  // namespace

std::vector<PackChange> differenceBetween(const Pack& before, const Pack& after) {
  const Contents old_contents = contentsOf(before);
  const Contents new_contents = contentsOf(after);
  std::vector<PackChange> changes;
  for (const auto& [key, text] : new_contents) {
    const auto old = old_contents.find(key);
    if (old == old_contents.end()) changes.push_back({Change::added, key.first, key.second});
    else if (old->second != text) changes.push_back({Change::changed, key.first, key.second});
  }
  for (const auto& [key, text] : old_contents) {
    if (!new_contents.contains(key)) changes.push_back({Change::removed, key.first, key.second});
  }
  return changes;
}

Result<MigrationPreview> previewMigration(store::Store& store, const casework::Seal& seal,
                                          casework::Definitions& definitions,
                                          const casework::Definition& from, const Pack& to, Instant now) {
  bpmn::Surroundings surroundings;
  for (const calendar::ClockRule& rule : to.clocks) surroundings.clocks.emplace(rule.id, rule);
  for (const OutsideService& service : to.manifest.services) surroundings.services.push_back(service.type);
  surroundings.services.emplace_back(notice_service);
  std::vector<dmn::File> decisions;
  for (const PackFile* file : to.filesWith(".dmn")) decisions.push_back({file->path, file->text});
  if (!decisions.empty()) {
    const auto model = dmn::Model::read(decisions);
    if (!model) return std::unexpected(model.error());
    for (const dmn::DecisionInfo& decision : model->decisions())
      surroundings.decisions.push_back(decision.id);
  }
  std::vector<bpmn::SourceFile> processes;
  for (const PackFile* file : to.filesWith(".bpmn")) processes.push_back({file->path, file->text});
  auto target = bpmn::readModel(processes, surroundings);
  if (!target) return std::unexpected(std::move(target.error()));

  MigrationPreview preview;
  bpmn::Facts facts = definitions.facts(from, now);
  facts.target = std::move(*target);
  store::PageRequest page{500, {}};
  do {
    const auto rows = store.listCasesOfDefinition(from.id, page);
    std::vector<store::CaseId> ids;
    for (const store::CaseRow& row : rows.rows) ids.push_back(row.id);
    for (const store::CaseRow& row : store.loadCases(ids)) {
      ++preview.running;
      const auto state = seal.open(row);
      if (!state) return std::unexpected(state.error());
      const bpmn::Migrate command{from.id + 1, {}, "dry run"};
      auto moved = bpmn::step(*from.model, *state, command, {"system", "", {}}, facts);
      if (moved) continue;
      moved.error().where = fmt::format("case {} {}", row.id, moved.error().where);
      preview.stuck.push_back(std::move(moved.error()));
    }
    page.after = rows.next;
  } while (!page.after.empty());
  return preview;
}

}  // namespace jinyue::packs
