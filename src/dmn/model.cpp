#include <algorithm>

#include <fmt/format.h>

#include "dmn/compile.h"
#include "dmn/reader.h"
#include "dmn/run.h"

namespace jinyue::dmn {

using feel::Value;

namespace {

/// Elements of a model, all files together.
constexpr std::size_t max_elements = 20'000;

std::unexpected<Problem> refuseAll(const std::string& file, std::vector<Problem> causes) {
  auto answer = refuse(ProblemKind::invalid, "dmn.model",
                       {fmt::format("决策模型有 {} 处错误", causes.size()),
                        fmt::format("the decision model has {} error(s)", causes.size())},
                       file);
  answer.error().causes = std::move(causes);
  return answer;
}

std::optional<NodeId> find(const std::unordered_map<std::string, std::vector<std::uint32_t>>& names,
                           std::string_view name, std::string_view uri, auto&& infos) {
  const auto at = names.find(std::string(name));
  if (at == names.end()) return {};
  for (const auto node : at->second) {
    if (uri.empty() || infos[node].namespace_uri == uri) return node;
  }
  return {};
}

}  // namespace

namespace detail {
void RunDeleter::operator()(Run* run) const { delete run; }
}  // namespace detail

Outcome::Outcome() = default;
Outcome::~Outcome() = default;
Outcome::Outcome(Outcome&&) noexcept = default;
Outcome& Outcome::operator=(Outcome&&) noexcept = default;

std::span<const DecisionTrace> Outcome::decisions() const {
  return run_ ? std::span<const DecisionTrace>(run_->decisions) : std::span<const DecisionTrace>{};
}
std::size_t Outcome::tableCount() const { return run_ ? run_->traces.size() : 0; }
TableTrace Outcome::table(std::size_t index) const {
  const auto& trace = run_->traces.at(index);
  const auto& info = body_->tables[trace.table];
  return {&info, trace.table, std::span(run_->trace_inputs).subspan(trace.first_input, info.inputs.size()),
          std::span(run_->trace_matches).subspan(trace.first_match, trace.match_count), trace.used_default};
}
std::span<const NodeId> Outcome::missingInputs() const {
  return run_ ? std::span<const NodeId>(run_->missing) : std::span<const NodeId>{};
}

Result<Model> Model::read(const File& file, const ReadOptions& options) {
  return read(std::span(&file, 1), options);
}

Result<Model> Model::read(std::span<const File> files, const ReadOptions& options) {
  if (files.empty())
    return refuse(ProblemKind::invalid, "dmn.no-file", {"没有模型文件", "there is no model file"});
  auto body = std::make_shared<detail::Body>();
  body->self = body;
  body->limits = options.limits;
  std::vector<Problem> problems;
  std::size_t elements = 0;
  for (const auto& file : files) {
    auto definitions = readDefinitions(file.name, file.text);
    if (!definitions) {
      std::ranges::move(definitions.error().causes, std::back_inserter(problems));
      continue;
    }
    elements += definitions->inputs.size() + definitions->decisions.size() +
                definitions->knowledge_models.size() + definitions->services.size();
    body->files.push_back(std::make_unique<const source::Definitions>(*std::move(definitions)));
  }
  if (!problems.empty()) return refuseAll(files.front().name, std::move(problems));
  if (elements > max_elements) {
    return refuse(ProblemKind::invalid, "dmn.too-large", {"模型元素过多", "the model has too many elements"},
                  files.front().name);
  }
  Compiler compiler(*body, body);
  compiler.compileAll();
  problems = std::move(compiler.problems());
  if (options.strict && !problems.empty()) return refuseAll(files.front().name, std::move(problems));
  std::ranges::move(compiler.doubts(), std::back_inserter(problems));
  body->problem_list = std::move(problems);
  return Model(std::move(body));
}

const std::string& Model::name() const { return body_->files.front()->name; }
const std::string& Model::namespaceUri() const { return body_->files.front()->namespace_uri; }
std::span<const NodeInfo> Model::inputs() const { return body_->inputs; }
std::span<const DecisionInfo> Model::decisions() const { return body_->decisions; }
std::span<const ServiceInfo> Model::services() const { return body_->services; }
std::span<const TableInfo> Model::tables() const { return body_->tables; }
std::span<const Problem> Model::problems() const { return body_->problem_list; }

std::optional<NodeId> Model::findInput(std::string_view name, std::string_view uri) const {
  return find(body_->input_names, name, uri, body_->inputs);
}
std::optional<NodeId> Model::findDecision(std::string_view name, std::string_view uri) const {
  return find(body_->decision_names, name, uri, body_->decisions);
}
std::optional<NodeId> Model::findService(std::string_view name, std::string_view uri) const {
  return find(body_->service_names, name, uri, body_->services);
}

namespace {

struct Inputs {
  std::vector<Value> values;
  std::vector<Given> given;
};

/// By name; a context under the name of an import holds that model's inputs.
Inputs inputsOf(const Model& model, const detail::Body& body, const feel::Context& context) {
  Inputs out;
  out.values.assign(body.inputs.size(), Value::missing());
  const auto put = [&](std::string_view name, const Value& value, std::string_view uri) {
    bool found = false;
    // The same name may be that of an input of several files.
    if (const auto at = body.input_names.find(std::string(name)); at != body.input_names.end()) {
      for (const auto node : at->second) {
        if (!uri.empty() && body.inputs[node].namespace_uri != uri) continue;
        if (uri.empty() && found && body.inputs[node].namespace_uri != body.files.front()->namespace_uri &&
            !out.values[node].isMissing())
          continue;
        out.values[node] = value;
        found = true;
      }
    }
    if (!found) {
      if (const auto decision = model.findDecision(name, uri)) {
        out.given.push_back({*decision, value});
        found = true;
      }
    }
    return found;
  };
  for (const auto& entry : context) {
    if (put(entry.name, entry.value, {})) continue;
    for (const auto& import : body.files.front()->imports) {
      if (import.name != entry.name || !entry.value.asContext()) continue;
      for (const auto& inner : *entry.value.asContext()) put(inner.name, inner.value, import.namespace_uri);
    }
  }
  return out;
}

void give(detail::Run& run, std::span<const Value> inputs, std::span<const Given> given) {
  const auto& body = *run.body;
  auto& nodes = run.own_nodes;
  for (std::size_t node = 0; node < body.inputs.size() && node < inputs.size(); ++node) {
    if (inputs[node].isMissing()) continue;
    const auto* type = body.nodes[node].type;
    if (detail::Run::isPlainly(inputs[node], type)) nodes.values[node] = inputs[node];
    else nodes.values[node] = run.coercedSlowly(inputs[node], *type, body.nodes[node].place);
    nodes.states[node] = NodeValues::State::done;
  }
  for (const auto& one : given) {
    if (one.decision >= body.decisions.size()) continue;
    const auto node = body.nodeOfDecision(one.decision);
    nodes.values[node] = run.coerced(one.value, body.nodes[node].type, body.nodes[node].place);
    nodes.states[node] = NodeValues::State::done;
  }
}

}  // namespace

template <class Compute>
static void runWith(detail::Run& run, const detail::Body& body, const feel::Facts& facts, Outcome& outcome,
                    Compute&& compute) {
  feel::Session session(facts, body.limits);
  session.host = &run;
  run.start(body, session);
  outcome.value = compute(run);
  run.finish(outcome);
}

void Model::evaluate(NodeId decision, std::span<const Value> inputs, std::span<const Given> given,
                     const feel::Facts& facts, Outcome& outcome) const {
  if (!outcome.run_) outcome.run_.reset(new detail::Run);
  if (outcome.body_ != body_) outcome.body_ = body_;
  runWith(*outcome.run_, *body_, facts, outcome, [&](detail::Run& run) {
    give(run, inputs, given);
    return run.nodeValue(body_->nodeOfDecision(decision));
  });
}

void Model::evaluateService(NodeId service, std::span<const Value> inputs, std::span<const Given> given,
                            const feel::Facts& facts, Outcome& outcome) const {
  if (!outcome.run_) outcome.run_.reset(new detail::Run);
  if (outcome.body_ != body_) outcome.body_ = body_;
  runWith(*outcome.run_, *body_, facts, outcome, [&](detail::Run& run) {
    give(run, inputs, given);
    return run.serviceResult(body_->service_codes[service]);
  });
}

Result<Outcome> Model::evaluate(std::string_view decision, const feel::Context& inputs,
                                const feel::Facts& facts) const {
  const auto node = findDecision(decision);
  if (!node)
    return refuse(ProblemKind::not_found, "dmn.no-decision", {"没有这个决策", "there is no such decision"},
                  std::string(decision));
  const auto by_position = inputsOf(*this, *body_, inputs);
  Outcome outcome;
  evaluate(*node, by_position.values, by_position.given, facts, outcome);
  return outcome;
}

Result<Outcome> Model::evaluateService(std::string_view service, const feel::Context& inputs,
                                       const feel::Facts& facts) const {
  const auto node = findService(service);
  if (!node)
    return refuse(ProblemKind::not_found, "dmn.no-service",
                  {"没有这个决策服务", "there is no such decision service"}, std::string(service));
  const auto by_position = inputsOf(*this, *body_, inputs);
  Outcome outcome;
  evaluateService(*node, by_position.values, by_position.given, facts, outcome);
  return outcome;
}

Result<Outcome> Model::invoke(std::string_view knowledge_model, const feel::Context& arguments,
                              const feel::Facts& facts) const {
  const auto& callables = body_->callables;
  const auto at = std::ranges::find_if(
      callables, [&](const auto& c) { return c.name == knowledge_model || c.id == knowledge_model; });
  if (at == callables.end()) {
    return refuse(ProblemKind::not_found, "dmn.no-knowledge-model",
                  {"没有这个业务知识模型", "there is no such business knowledge model"},
                  std::string(knowledge_model));
  }
  std::vector<std::string> names;
  std::vector<Value> values;
  for (const auto& entry : arguments) {
    names.push_back(entry.name);
    values.push_back(entry.value);
  }
  Outcome outcome;
  outcome.run_.reset(new detail::Run);
  outcome.body_ = body_;
  runWith(*outcome.run_, *body_, facts, outcome,
          [&](detail::Run& run) { return at->value.asFunction()->callNamed(names, values, *run.session); });
  return outcome;
}

}  // namespace jinyue::dmn
