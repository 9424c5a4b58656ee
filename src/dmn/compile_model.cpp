// The decision requirements graph: elements, references, frames.
#include <algorithm>

#include <fmt/format.h>

#include "dmn/compile.h"
#include "dmn/run.h"
#include "dmn/xml.h"

namespace jinyue::dmn {

const Problem* Compiler::report(std::string code, Text title, const source::Place& place) {
  return report({ProblemKind::invalid,
                 std::move(code),
                 std::move(title),
                 describePlace(body_.files[file_]->file, place),
                 {},
                 {}});
}

const Problem* Compiler::report(Problem problem) {
  problems_.push_back(problem);
  body_.problems.push_back(std::make_unique<Problem>(std::move(problem)));
  return body_.problems.back().get();
}

const ItemType* Compiler::typeOf(const std::string& reference, const source::Place& place) {
  return body_.types->find(file_, reference, place, problems_);
}
const ItemType* Compiler::typeOf(const source::Information& variable) {
  return typeOf(variable.type_ref, variable.place);
}

void Compiler::compileAll() {
  body_.types = std::make_unique<TypeTable>(body_.files, problems_);
  declareElements();
  makeCallableValues();
  std::uint32_t node = static_cast<std::uint32_t>(body_.inputs.size());
  std::uint32_t callable = 0;
  for (file_ = 0; file_ < body_.files.size(); ++file_) {
    for (const auto& decision : body_.files[file_]->decisions) compileDecision(file_, decision, node++);
  }
  for (file_ = 0; file_ < body_.files.size(); ++file_) {
    for (const auto& model : body_.files[file_]->knowledge_models)
      compileKnowledgeModel(file_, model, callable++);
  }
  std::uint32_t service = 0;
  for (file_ = 0; file_ < body_.files.size(); ++file_) {
    for (const auto& source : body_.files[file_]->services) compileService(file_, source, service++);
  }
  file_ = 0;
  checkCycles();
  collectInputs();
  nameNodes();
}

void Compiler::declare(std::size_t file, const source::Place& place, Element element) {
  // Some exporters give no ids where nothing refers to the element.
  if (!place.id.empty()) elements_[file].emplace(place.id, std::move(element));
}

void Compiler::declareElements() {
  elements_.resize(body_.files.size());
  const auto info = [&](NodeInfo& out, const auto& source, const ItemType* type) {
    out.id = source.place.id;
    out.name = source.name;
    out.namespace_uri = body_.files[file_]->namespace_uri;
    out.type = TypeTable::feelType(type);
    out.type_ref = source.variable.type_ref;
  };
  for (file_ = 0; file_ < body_.files.size(); ++file_) {
    for (const auto& source : body_.files[file_]->inputs) {
      const auto node = static_cast<std::uint32_t>(body_.nodes.size());
      body_.nodes.push_back({placeOf(source.place), typeOf(source.variable), nullptr, {}, {}});
      info(body_.inputs.emplace_back(), source, body_.nodes.back().type);
      declare(file_, source.place, {ElementKind::input, node, source.variable.name});
    }
  }
  for (file_ = 0; file_ < body_.files.size(); ++file_) {
    for (const auto& source : body_.files[file_]->decisions) {
      const auto node = static_cast<std::uint32_t>(body_.nodes.size());
      body_.nodes.push_back({placeOf(source.place), typeOf(source.variable), nullptr, {}, {}});
      auto& decision = body_.decisions.emplace_back();
      info(decision, source, body_.nodes.back().type);
      const auto& text = source.question.empty() ? source.description : source.question;
      if (!text.empty()) decision.description = text;
      declare(file_, source.place, {ElementKind::decision, node, source.variable.name});
    }
  }
  for (file_ = 0; file_ < body_.files.size(); ++file_) {
    for (const auto& source : body_.files[file_]->knowledge_models) {
      const auto index = static_cast<std::uint32_t>(body_.callables.size());
      auto& callable = body_.callables.emplace_back();
      callable.id = source.place.id;
      callable.name = source.variable.name;
      callable.namespace_uri = body_.files[file_]->namespace_uri;
      callable.place = placeOf(source.place);
      declare(file_, source.place, {ElementKind::knowledge_model, index, source.variable.name});
    }
  }
  for (file_ = 0; file_ < body_.files.size(); ++file_) {
    for (const auto& source : body_.files[file_]->services) {
      const auto index = static_cast<std::uint32_t>(body_.callables.size());
      auto& callable = body_.callables.emplace_back();
      callable.id = source.place.id;
      callable.name = source.variable.name;
      callable.namespace_uri = body_.files[file_]->namespace_uri;
      callable.place = placeOf(source.place);
      callable.service = static_cast<std::uint32_t>(body_.services.size());
      auto& service = body_.services.emplace_back();
      info(service, source, nullptr);
      body_.service_codes.emplace_back();
      declare(file_, source.place, {ElementKind::service, index, source.variable.name});
    }
  }
}

Compiler::Found Compiler::resolve(std::size_t file, const source::Reference& reference) {
  if (reference.href.empty()) return {};
  const auto hash = reference.href.rfind('#');
  const auto uri = hash == std::string::npos ? std::string{} : reference.href.substr(0, hash);
  const auto id = hash == std::string::npos ? reference.href : reference.href.substr(hash + 1);
  for (std::size_t other = 0; other < body_.files.size(); ++other) {
    if (uri.empty() ? other != file : body_.files[other]->namespace_uri != uri) continue;
    if (const auto at = elements_[other].find(id); at != elements_[other].end()) return {&at->second, other};
  }
  report("dmn.unknown-reference",
         {fmt::format("引用的元素不存在：{}", reference.href),
          fmt::format("there is no element {}", reference.href)},
         reference.place);
  return {};
}

void Compiler::makeCallableValues() {
  // Signatures first: an expression may call a function that is compiled later.
  std::uint32_t index = 0;
  const auto make = [&](std::vector<feel::Parameter> parameters, const ItemType* result) {
    auto& callable = body_.callables[index];
    callable.value =
        makeCallable(shared_, index, callable.name, std::move(parameters), TypeTable::feelType(result));
    ++index;
  };
  const auto resultOf = [&](const ItemType* type) -> const ItemType* {
    return type && type->type.form() == feel::Type::Form::function ? nullptr : type;
  };
  for (file_ = 0; file_ < body_.files.size(); ++file_) {
    for (const auto& source : body_.files[file_]->knowledge_models) {
      std::vector<feel::Parameter> parameters;
      if (source.logic) {
        for (const auto& parameter : source.logic->parameters) {
          parameters.push_back({parameter.name, TypeTable::feelType(typeOf(parameter))});
        }
      }
      make(std::move(parameters), resultOf(typeOf(source.variable)));
    }
  }
  for (file_ = 0; file_ < body_.files.size(); ++file_) {
    for (const auto& source : body_.files[file_]->services) {
      std::vector<feel::Parameter> parameters;
      auto& service = body_.services[body_.callables[index].service];
      auto& code = body_.service_codes[body_.callables[index].service];
      code.place = placeOf(source.place);
      const auto add = [&](const source::Reference& reference, std::vector<NodeId>& list, bool is_input) {
        const auto found = resolve(file_, reference);
        if (!found.element) return;
        const bool fits = found.element->kind == (is_input ? ElementKind::input : ElementKind::decision);
        if (!fits) {
          report("dmn.service",
                 {"决策服务引用了其他种类的元素", "the decision service refers to another kind of element"},
                 reference.place);
          return;
        }
        const auto node = found.element->index;
        code.parameters.push_back(node);
        list.push_back(is_input ? node : node - static_cast<std::uint32_t>(body_.inputs.size()));
        parameters.push_back({found.element->name, TypeTable::feelType(body_.nodes[node].type)});
      };
      for (const auto& reference : source.input_data) add(reference, service.inputs, true);
      for (const auto& reference : source.input_decisions) add(reference, service.input_decisions, false);
      code.result = resultOf(typeOf(source.variable));
      service.type = TypeTable::feelType(code.result);
      make(std::move(parameters), code.result);
    }
  }
}

void Compiler::openFrame(std::size_t file, FrameLayout& layout, const source::Requirements& requirements,
                         std::vector<std::uint32_t>* nodes) {
  environment_ = {};
  environment_.types = body_.types->namesOf(file);
  shadowed_.clear();
  slot_types_.clear();
  frame_size_ = 0;
  const auto add = [&](const source::Reference& reference) {
    const auto found = resolve(file, reference);
    if (!found.element) return;
    const bool is_node =
        found.element->kind == ElementKind::input || found.element->kind == ElementKind::decision;
    if (is_node && !nodes) return;
    if (is_node) nodes->push_back(found.element->index);
    if (found.file != file) return addToImport(layout, file, found, reference);
    if (is_node) {
      const auto slot = push(found.element->name, body_.nodes[found.element->index].type);
      layout.nodes.push_back({slot, found.element->index});
    } else {
      const auto& callable = body_.callables[found.element->index];
      const auto slot = push(callable.name, feel::typeOf(callable.value));
      layout.functions.push_back({slot, found.element->index});
    }
  };
  for (const auto& reference : requirements.inputs) add(reference);
  for (const auto& reference : requirements.decisions) add(reference);
  for (const auto& reference : requirements.knowledge) add(reference);
}

void Compiler::addToImport(FrameLayout& layout, std::size_t file, const Found& found,
                           const source::Reference& reference) {
  const auto& uri = body_.files[found.file]->namespace_uri;
  const auto& imports = body_.files[file]->imports;
  const auto import = std::ranges::find(imports, uri, &source::Import::namespace_uri);
  if (import == imports.end()) {
    report("dmn.no-import", {"引用了没有导入的模型", "the reference is into a model that is not imported"},
           reference.place);
    return;
  }
  const bool is_node =
      found.element->kind == ElementKind::input || found.element->kind == ElementKind::decision;
  const auto type = is_node ? TypeTable::feelType(body_.nodes[found.element->index].type)
                            : feel::typeOf(body_.callables[found.element->index].value);
  if (import->name.empty()) {  // the names of the imported model stand beside our own
    const auto slot = push(found.element->name, type);
    if (is_node) layout.nodes.push_back({slot, found.element->index});
    else layout.functions.push_back({slot, found.element->index});
    return;
  }
  auto& variables = environment_.variables;
  const auto at = std::ranges::find(variables, import->name, &feel::Variable::name);
  const bool is_new = at == variables.end();
  const auto slot = is_new ? push(import->name, feel::Type::context({}))
                           : static_cast<std::uint32_t>(at - variables.begin());
  if (is_new) layout.imports.push_back({slot, {}, {}});
  const auto known = variables[slot].type.members();
  std::vector<feel::Type::Member> members(known.begin(), known.end());
  members.push_back({found.element->name, type});
  variables[slot].type = feel::Type::context(std::move(members));
  const auto entry = std::ranges::find(layout.imports, slot, &FrameLayout::FromImport::slot);
  (is_node ? entry->nodes : entry->functions).emplace_back(found.element->name, found.element->index);
}

void Compiler::compileDecision(std::size_t file, const source::Decision& source, std::uint32_t node) {
  auto& code = body_.nodes[node];
  openFrame(file, code.frame, source.requirements, &code.requires_nodes);
  owner_ = source.name;
  owner_tables_ = &body_.decisions[node - body_.inputs.size()].tables;
  if (source.expression) code.code = compile(*source.expression);
  code.frame.size = frame_size_;
}

void Compiler::compileKnowledgeModel(std::size_t file, const source::KnowledgeModel& source,
                                     std::uint32_t index) {
  auto& callable = body_.callables[index];
  source::Requirements requirements;
  requirements.knowledge = source.knowledge;
  openFrame(file, callable.frame, requirements, nullptr);
  if (std::ranges::find(environment_.variables, callable.name, &feel::Variable::name) ==
      environment_.variables.end()) {
    callable.frame.functions.push_back(
        {push(callable.name, feel::typeOf(callable.value)), index});  // may call itself
  }
  owner_ = source.name;
  owner_tables_ = nullptr;
  const auto* type = typeOf(source.variable);
  if (!type || type->type.form() == feel::Type::Form::function)
    type = typeOf(source.logic_type_ref, source.place);
  if (type && type->type.form() == feel::Type::Form::function) type = nullptr;
  static const source::Function no_logic;
  callable.function = compileFunction(source.logic ? *source.logic : no_logic, type, source.name);
  callable.frame.size = callable.function->frame_size;
}

void Compiler::compileService(std::size_t file, const source::DecisionService& source, std::uint32_t index) {
  auto& service = body_.services[index];
  auto& code = body_.service_codes[index];
  for (const auto& reference : source.output_decisions) {
    const auto found = resolve(file, reference);
    if (!found.element) continue;
    if (found.element->kind != ElementKind::decision) {
      report("dmn.service", {"输出不是决策", "the output is not a decision"}, reference.place);
      continue;
    }
    code.outputs.push_back(found.element->index);
    service.output_decisions.push_back(found.element->index -
                                       static_cast<std::uint32_t>(body_.inputs.size()));
  }
  for (const auto& reference : source.encapsulated_decisions) resolve(file, reference);
}

void Compiler::checkCycles() {
  // Depth first with a stack of our own: chains may be long.
  enum class Mark : std::uint8_t { unseen, open, done };
  std::vector<Mark> marks(body_.nodes.size(), Mark::unseen);
  std::vector<std::pair<std::uint32_t, std::size_t>> path;
  for (std::uint32_t start = 0; start < body_.nodes.size(); ++start) {
    if (marks[start] != Mark::unseen) continue;
    path.assign(1, {start, 0});
    marks[start] = Mark::open;
    while (!path.empty()) {
      auto& [node, next] = path.back();
      const auto& required = body_.nodes[node].requires_nodes;
      if (next == required.size()) {
        marks[node] = Mark::done;
        path.pop_back();
        continue;
      }
      const auto child = required[next++];
      if (marks[child] == Mark::open) {
        report({ProblemKind::invalid,
                "dmn.cycle",
                {"决策互相依赖成环", "decisions depend on each other in a circle"},
                describePlace(*body_.nodes[child].place.file, body_.nodes[child].place.at),
                {},
                {}});
      } else if (marks[child] == Mark::unseen) {
        marks[child] = Mark::open;
        path.emplace_back(child, 0);
      }
    }
  }
}

void Compiler::collectInputs() {
  std::vector<std::uint8_t> seen(body_.nodes.size());
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < body_.decisions.size(); ++i) {
    std::ranges::fill(seen, std::uint8_t{0});
    open.assign(1, body_.nodeOfDecision(i));
    while (!open.empty()) {
      const auto node = open.back();
      open.pop_back();
      if (std::exchange(seen[node], std::uint8_t{1}) != 0) continue;
      const auto& required = body_.nodes[node].requires_nodes;
      open.insert(open.end(), required.begin(), required.end());
    }
    for (std::uint32_t input = 0; input < body_.inputs.size(); ++input) {
      if (seen[input] != 0) body_.decisions[i].inputs.push_back(input);
    }
  }
}

void Compiler::nameNodes() {
  const auto add = [](auto& index, const auto& list) {
    for (std::uint32_t i = 0; i < list.size(); ++i) {
      index[list[i].name].push_back(i);
      if (!list[i].id.empty() && list[i].id != list[i].name) index[list[i].id].push_back(i);
    }
  };
  add(body_.input_names, body_.inputs);
  add(body_.decision_names, body_.decisions);
  add(body_.service_names, body_.services);
}

}  // namespace jinyue::dmn
