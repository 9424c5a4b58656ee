// What lies beside the processes of a file: messages, signals, errors, escalations; and the processes
// themselves.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "bpmn/builder.h"
#include "bpmn/reader.h"

namespace jinyue::bpmn {
namespace {

/// Kept for people and other tools, and not executed: a deployment with them does all that it says.
constexpr std::array harmless_roots{"import",        "itemDefinition", "collaboration", "category",
                                    "resource",      "dataStore",      "relationship",  "interface",
                                    "documentation", "extension",      "endPoint"};

bool isPlainName(std::string_view name) { return name.find_first_of(" +-*/.'") == std::string_view::npos; }

}  // namespace

Result<std::shared_ptr<const Model>> readModel(std::span<const SourceFile> files,
                                               const Surroundings& surroundings) {
  return ModelBuilder(surroundings).build(files);
}

ModelBuilder::ModelBuilder(const Surroundings& surroundings)
    : surroundings_(surroundings), model_(std::make_shared<Model>()) {}

Result<std::shared_ptr<const Model>> ModelBuilder::build(std::span<const SourceFile> files) {
  model_->clocks_ = surroundings_.clocks;
  model_->sources_.assign(files.begin(), files.end());
  for (const SourceFile& source : files) {
    auto file = XmlFile::parse(source);
    if (file) files_.push_back(std::move(*file));
    else reasons_.add(std::move(file.error()));
  }
  for (const auto& file : files_) collectNames(file->root());
  for (const auto& file : files_) readDefinitions(*file);
  if (model_->processes_.empty() && reasons_.empty()) {
    reasons_.add(Problem{ProblemKind::invalid,
                         "process.none",
                         {"没有流程", "there is no process in it"},
                         files.empty() ? std::string{} : files.front().path,
                         {},
                         {}});
  }
  resolveFlows();
  resolveLinks();
  resolveReferences();
  for (const Node& each : model_->nodes_) checkNode(each);
  findReach();
  findPersonal();
  if (!reasons_.empty()) return std::unexpected(std::move(reasons_).problem());
  return std::shared_ptr<const Model>(std::move(model_));
}

/// Variables whose names only the model's declarations tell apart from operators.
void ModelBuilder::collectNames(pugi::xml_node xml) {
  for (const pugi::xml_attribute candidate : xml.attributes()) {
    const std::string_view name = localName(candidate.name());
    const bool declares =
        name == "result" || name == "element" || name == "outputCollection" || name == "name";
    if (!declares) continue;
    const bool ours =
        name == "name" ? namespaceOf(xml) == our_namespace : namespaceOf(xml, candidate) == our_namespace;
    if (ours && !isPlainName(candidate.value()) && !trimmed(candidate.value()).empty()) {
      known_names_.emplace_back(candidate.value());
    }
  }
  for (const pugi::xml_node child : xml.children()) collectNames(child);
}

/// Who draws a file looks up all its elements by id, also those that nothing in the run refers to. What other
/// tools keep in extensions is their own.
void ModelBuilder::checkIds(pugi::xml_node xml, std::set<std::string_view>& seen) {
  if (isBpmn(xml, "extensionElements")) return;
  const std::string_view id = attribute(xml, "id");
  if (!id.empty() && !seen.insert(id).second) refuseSecond(xml, id);
  for (const pugi::xml_node child : xml.children()) checkIds(child, seen);
}

void ModelBuilder::refuseSecond(pugi::xml_node xml, std::string_view id) {
  refuseAt(xml, "id.twice",
           {"id 重复：" + std::string{id}, "the id is used twice in this deployment: " + std::string{id}},
           {"同一次部署的所有文件中 id 必须唯一", "ids must be unique over all files of a deployment"});
}

bool ModelBuilder::acceptsLanguage(pugi::xml_node xml, const char* attribute_name) {
  std::string_view language = attribute(xml, attribute_name);
  if (language.empty()) language = expression_language_;
  return language.empty() || language == "feel" || language == "FEEL" || language == "application/feel" ||
         (language.find("omg.org/spec/DMN/") != std::string_view::npos &&
          language.find("FEEL") != std::string_view::npos);
}

void ModelBuilder::readDefinitions(const XmlFile& file) {
  file_ = &file;
  roots_ = {};
  lane_of_.clear();
  const pugi::xml_node root = file.root();
  if (!isBpmn(root, "definitions")) {
    return refuseAt(root, "xml.not-bpmn", {"不是 BPMN 2.0 文件", "this is not a BPMN 2.0 file"},
                    {"根元素应为 definitions", "its root element should be BPMN's definitions"});
  }
  std::set<std::string_view> ids;
  checkIds(root, ids);
  expression_language_ = attribute(root, "expressionLanguage");
  for (const pugi::xml_node child : root.children()) readRoot(child);
  for (const pugi::xml_node child : root.children()) {
    if (isBpmn(child, "process")) readProcess(child);
  }
}

void ModelBuilder::readRoot(pugi::xml_node xml) {
  if (!isBpmn(xml)) return;  // diagrams and what other tools keep there
  const std::string_view kind = localName(xml.name());
  const std::string id{attribute(xml, "id")};
  const auto note = [&](auto& definitions, std::string_view name) {
    definitions[id] = Definition{std::string{name}, xml};
  };
  if (kind == "message") return note(roots_.messages, attribute(xml, "name"));
  if (kind == "signal") return note(roots_.signals, attribute(xml, "name"));
  if (kind == "error") return note(roots_.errors, attribute(xml, "errorCode"));
  if (kind == "escalation") return note(roots_.escalations, attribute(xml, "escalationCode"));
  if (kind == "process" || kind == "extensionElements") return;
  if (std::ranges::find(harmless_roots, kind) != harmless_roots.end()) return;
  refuseAt(xml, "construct.not-executed",
           {"不执行此类元素：" + std::string{kind}, "not executed: " + std::string{kind}});
}

void ModelBuilder::readProcess(pugi::xml_node xml) {
  const Index index = addNode(xml, NodeKind::process, no_index);
  model_->processes_.push_back(index);
  checkAttributes(xml);
  if (boolOf(xml, "isExecutable", true) != true) {
    refuseAt(
        xml, "process.not-executable",
        {"流程标记为不可执行", "the process says that it is not executable (isExecutable)"},
        {"可执行的流程请设 isExecutable=\"true\"", "set isExecutable=\"true\" on a process that is to run"});
  }
  {
    Node& process = node(index);
    process.process = index;
    process.title = ourExpression(xml, "title");
    process.unit = ourExpression(xml, "unit");
    process.area = ourExpression(xml, "area");
    process.party = ourExpression(xml, "party");
    process.search = ourExpression(xml, "search");
    if (const char* number = ourAttribute(xml, "number")) process.number = trimmed(number);
    process.clock = readClock(xml);
  }
  if (const char* personal = ourAttribute(xml, "personal")) {
    std::string_view rest = personal;
    while (true) {
      const auto begin = rest.find_first_not_of(" \t\n,");
      if (begin == std::string_view::npos) break;
      rest.remove_prefix(begin);
      const auto end = std::min(rest.find_first_of(" \t\n,"), rest.size());
      personal_.emplace_back(rest.substr(0, end));
      rest.remove_prefix(end);
    }
  }
  readScope(xml, index);
}

}  // namespace jinyue::bpmn
