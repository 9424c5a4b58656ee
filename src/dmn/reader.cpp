#include "dmn/reader.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"

namespace jinyue::dmn {

namespace {

struct Version {
  std::string_view uri;
  int number;
};

/// Namespaces of the model elements, as the standard's versions give them.
constexpr std::array versions{
    Version{"http://www.omg.org/spec/DMN/20151101/dmn.xsd", 11},
    Version{"http://www.omg.org/spec/DMN/20151101/dmn11.xsd", 11},
    Version{"http://www.omg.org/spec/DMN/20180521/MODEL/", 12},
    Version{"https://www.omg.org/spec/DMN/20191111/MODEL/", 13},
    Version{"https://www.omg.org/spec/DMN/20211108/MODEL/", 14},
    Version{"https://www.omg.org/spec/DMN/20230324/MODEL/", 15},
    Version{"https://www.omg.org/spec/DMN/20240513/MODEL/", 15},
};

/// Elements of a model that decide nothing.
constexpr std::array<std::string_view, 14> without_effect{"knowledgeSource",
                                                          "elementCollection",
                                                          "performanceIndicator",
                                                          "organizationUnit",
                                                          "organisationUnit",
                                                          "businessContextElement",
                                                          "textAnnotation",
                                                          "association",
                                                          "group",
                                                          "artifact",
                                                          "DMNDI",
                                                          "authorityRequirement",
                                                          "supportedObjective",
                                                          "impactedPerformanceIndicator"};

bool hasNoEffect(std::string_view name) {
  return std::ranges::find(without_effect, name) != without_effect.end();
}

bool isFeelLanguage(std::string_view uri) {
  std::string lower(uri);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower.empty() || lower.find("feel") != std::string::npos;
}

}  // namespace

Result<source::Definitions> readDefinitions(std::string name, std::string_view text, const Limits& limits) {
  source::Definitions out;
  out.file = name;
  XmlFile file(std::move(name), text, limits);
  if (file.parse()) Reader(file, out).readAll();
  auto problems = file.takeProblems();
  if (problems.empty()) return out;
  auto answer = refuse(ProblemKind::invalid, "dmn.file",
                       {fmt::format("决策模型文件有 {} 处错误", problems.size()),
                        fmt::format("the decision model file has {} error(s)", problems.size())},
                       out.file);
  answer.error().causes = std::move(problems);
  return answer;
}

void Reader::readAll() {
  const auto root = file_.root();
  if (localName(root) != "definitions") {
    file_.report("dmn.no-definitions", {"根元素不是 definitions", "the root element is not definitions"},
                 root);
    return;
  }
  readHeader(root);
  forEachChild(root, [&](std::string_view name, pugi::xml_node child) {
    if (name == "import") readImport(child);
    else if (name == "itemDefinition") out_.types.push_back(readItem(child, 0));
    else if (name == "inputData") readInputData(child);
    else if (name == "decision") readDecision(child);
    else if (name == "businessKnowledgeModel") readKnowledgeModel(child);
    else if (name == "decisionService") readService(child);
    else return hasNoEffect(name);
    return true;
  });
  checkIds();
}

void Reader::readHeader(pugi::xml_node root) {
  const std::string_view qualified = root.name();
  const auto colon = qualified.find(':');
  const auto uri = file_.namespaceOf(
      root, colon == std::string_view::npos ? std::string_view{} : qualified.substr(0, colon));
  const auto version = std::ranges::find(versions, uri, &Version::uri);
  if (version == versions.end()) {
    file_.report("dmn.version",
                 {fmt::format("不是 DMN 1.1 至 1.5 的命名空间：“{}”", uri),
                  fmt::format("not a namespace of DMN 1.1 to 1.5: \"{}\"", uri)},
                 root);
  } else {
    out_.version = version->number;
  }
  out_.id = root.attribute("id").value();
  out_.name = root.attribute("name").value();
  out_.namespace_uri = root.attribute("namespace").value();
  if (out_.namespace_uri.empty()) {
    file_.report("dmn.missing", {"缺少 namespace 属性", "the attribute namespace is missing"}, root);
  }
  is_feel_ = isFeelLanguage(root.attribute("expressionLanguage").value());
  for (const auto attribute : root.attributes()) {
    const std::string_view name = attribute.name();
    if (name.starts_with("xmlns:")) out_.prefixes.emplace_back(name.substr(6), attribute.value());
  }
}

void Reader::readImport(pugi::xml_node node) {
  source::Import import{file_.placeOf(node), node.attribute("name").value(),
                        node.attribute("namespace").value(), node.attribute("importType").value(),
                        node.attribute("locationURI").value()};
  if (import.namespace_uri.empty()) {
    file_.report("dmn.missing", {"import 缺少 namespace 属性", "the import has no namespace"}, node);
  }
  out_.imports.push_back(std::move(import));
}

source::ItemDefinition Reader::readItem(pugi::xml_node node, int depth) {
  source::ItemDefinition item;
  item.place = file_.placeOf(node);
  item.name = requireName(node);
  item.is_collection = node.attribute("isCollection").as_bool();
  if (depth > file_.limits().depth) {
    file_.report("dmn.too-deep", {"类型嵌套过深", "the type is nested too deeply"}, node);
    return item;
  }
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "typeRef") {
      item.type_ref = trimmed(textOf(child));
      if (item.type_ref.empty()) file_.report("dmn.missing", {"typeRef 为空", "typeRef is empty"}, child);
    } else if (name == "allowedValues") {
      item.allowed = readCell(child);
    } else if (name == "typeConstraint") {
      item.constraint = readCell(child);
    } else if (name == "itemComponent") {
      item.components.push_back(readItem(child, depth + 1));
    } else if (name == "functionItem") {
      readFunctionItem(child, item);
    } else {
      return false;
    }
    return true;
  });
  if (!item.components.empty() && !item.type_ref.empty()) {
    file_.report("dmn.item",
                 {"类型不能既引用其他类型又有组成部分", "a type has either a typeRef or components"}, node);
  }
  return item;
}

void Reader::readFunctionItem(pugi::xml_node node, source::ItemDefinition& item) {
  item.is_function = true;
  item.output_type_ref = node.attribute("outputTypeRef").value();
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name != "parameters") return false;
    item.parameters.push_back(readInformation(child));
    return true;
  });
}

void Reader::readInputData(pugi::xml_node node) {
  source::InputData input{file_.placeOf(node), requireName(node), {}};
  input.variable = {input.place, input.name, {}};
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name != "variable") return false;
    input.variable = readInformation(child);
    return true;
  });
  out_.inputs.push_back(std::move(input));
}

void Reader::readDecision(pugi::xml_node node) {
  source::Decision decision;
  decision.place = file_.placeOf(node);
  decision.name = requireName(node);
  decision.variable = {decision.place, decision.name, {}};
  decision.description = textOf(node.child("description"));
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "variable") decision.variable = readInformation(child);
    else if (name == "question") decision.question = textOf(child);
    else if (name == "allowedAnswers") decision.allowed_answers = textOf(child);
    else if (name == "informationRequirement" || name == "knowledgeRequirement")
      readRequirement(child, decision.requirements);
    else if (name == "decisionMaker" || name == "decisionOwner" || name == "usingProcess" ||
             name == "usingTask")
      return true;
    else if (isExpression(name)) {
      if (decision.expression) {
        file_.report("dmn.two-expressions",
                     {"一个决策只能有一个表达式", "a decision has one expression only"}, child);
      }
      decision.expression = readExpression(child, 0);
    } else {
      return hasNoEffect(name);
    }
    return true;
  });
  out_.decisions.push_back(std::move(decision));
}

void Reader::readKnowledgeModel(pugi::xml_node node) {
  source::KnowledgeModel model;
  model.place = file_.placeOf(node);
  model.name = requireName(node);
  model.variable = {model.place, model.name, {}};
  model.description = textOf(node.child("description"));
  source::Requirements requirements;
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "variable") {
      model.variable = readInformation(child);
    } else if (name == "knowledgeRequirement") {
      readRequirement(child, requirements);
    } else if (name == "encapsulatedLogic") {
      model.logic = readFunction(child, 0);
      model.logic_type_ref = typeRefOf(child);
    } else {
      return hasNoEffect(name);
    }
    return true;
  });
  model.knowledge = std::move(requirements.knowledge);
  out_.knowledge_models.push_back(std::move(model));
}

void Reader::readService(pugi::xml_node node) {
  source::DecisionService service;
  service.place = file_.placeOf(node);
  service.name = requireName(node);
  service.variable = {service.place, service.name, {}};
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "variable") service.variable = readInformation(child);
    else if (name == "outputDecision") service.output_decisions.push_back(readReference(child));
    else if (name == "encapsulatedDecision") service.encapsulated_decisions.push_back(readReference(child));
    else if (name == "inputDecision") service.input_decisions.push_back(readReference(child));
    else if (name == "inputData") service.input_data.push_back(readReference(child));
    else return false;
    return true;
  });
  if (service.output_decisions.empty()) {
    file_.report("dmn.service", {"决策服务没有输出决策", "the decision service has no output decision"},
                 node);
  }
  out_.services.push_back(std::move(service));
}

void Reader::readRequirement(pugi::xml_node node, source::Requirements& out) {
  bool found = false;
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "requiredInput") out.inputs.push_back(readReference(child));
    else if (name == "requiredDecision") out.decisions.push_back(readReference(child));
    else if (name == "requiredKnowledge") out.knowledge.push_back(readReference(child));
    else if (name == "variable")
      return true;  // written by some exporters of 1.1; the required element has its own
    else return false;
    found = true;
    return true;
  });
  if (!found)
    file_.report("dmn.requirement", {"依赖关系没有指向任何元素", "the requirement points at nothing"}, node);
}

source::Reference Reader::readReference(pugi::xml_node node) {
  source::Reference reference{file_.placeOf(node), node.attribute("href").value()};
  if (reference.href.empty())
    file_.report("dmn.missing", {"缺少 href 属性", "the attribute href is missing"}, node);
  return reference;
}

source::Information Reader::readInformation(pugi::xml_node node) {
  return {file_.placeOf(node), requireName(node), typeRefOf(node)};
}

std::string Reader::requireName(pugi::xml_node node) {
  // Line breaks and runs of blanks in a name come from diagrams; FEEL takes them as one blank.
  std::string name;
  for (const char c : trimmed(node.attribute("name").value())) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!is_blank) name += c;
    else if (name.back() != ' ') name += ' ';
  }
  if (name.empty()) file_.report("dmn.missing", {"缺少 name 属性", "the attribute name is missing"}, node);
  return name;
}

std::string Reader::typeRefOf(pugi::xml_node node) {
  return std::string(trimmed(node.attribute("typeRef").value()));
}

source::Cell Reader::readCell(pugi::xml_node node) {
  source::Cell cell;
  cell.place = file_.placeOf(node);
  const auto language = node.attribute("expressionLanguage");
  cell.is_feel = language ? isFeelLanguage(language.value()) : is_feel_;
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name != "text") return false;
    cell.text = textOf(child);
    cell.place.line = file_.lineOf(child.first_child() ? child.first_child() : child);
    return true;
  });
  return cell;
}

void Reader::reportUnknown(pugi::xml_node node) {
  file_.report("dmn.unknown-element",
               {fmt::format("此处不能有元素“{}”", localName(node)),
                fmt::format("the element \"{}\" can't stand here", localName(node))},
               node);
}

void Reader::checkIds() {
  std::unordered_map<std::string_view, int> seen;
  const auto check = [&](const auto& elements) {
    for (const auto& element : elements) {
      if (element.place.id.empty()) continue;
      const auto [at, is_new] = seen.emplace(element.place.id, element.place.line);
      if (is_new) continue;
      file_.report("dmn.duplicate-id",
                   {fmt::format("标识重复，第 {} 行已有", at->second),
                    fmt::format("this id is already used in line {}", at->second)},
                   element.place);
    }
  };
  check(out_.inputs);
  check(out_.decisions);
  check(out_.knowledge_models);
  check(out_.services);
}

}  // namespace jinyue::dmn
