#include "casework/definitions.h"

#include "base/json_read.h"
#include "bpmn/reader.h"

namespace jinyue::casework {
namespace {

std::string labelOf(std::string_view name, std::int64_t version) {
  return fmt::format("{}@{}", name, version);
}

void name(Definition& definition, const store::DefinitionRow& row) {
  definition.id = row.id;
  definition.name = row.name;
  definition.version = row.version;
  definition.label = labelOf(row.name, row.version);
  definition.deployed = row.at;
}

}  // namespace

Definitions::Definitions(store::Store& store, Surroundings surroundings)
    : store_(store), surroundings_(std::move(surroundings)) {}

Result<std::shared_ptr<const Definition>> Definitions::add(const Deployment& deployment, Instant now) {
  auto compiled = compile(deployment, surroundings_.services);
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  const store::DefinitionRow row = store_.addDefinition(deployment.name, toJson(deployment), now);
  name(*compiled, row);
  auto definition = std::make_shared<const Definition>(std::move(*compiled));
  const std::lock_guard lock(mutex_);
  compiled_.emplace(row.id, definition);
  return definition;
}

Result<std::shared_ptr<const Definition>> Definitions::find(std::int64_t id) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto it = compiled_.find(id); it != compiled_.end()) return it->second;
  }
  const auto row = store_.loadDefinition(id);
  if (!row) {
    return refuse(ProblemKind::not_found, "definition.unknown",
                  {"没有这个已部署的定义", "there is no such definition"}, std::to_string(id));
  }
  auto definition = compileStored(*row);
  const std::lock_guard lock(mutex_);
  return compiled_.emplace(id, std::move(definition)).first->second;
}

Result<std::shared_ptr<const Definition>> Definitions::latest(std::string_view name) {
  const auto row = store_.latestDefinition(name);
  if (!row) {
    return refuse(ProblemKind::not_found, "definition.unknown",
                  {"没有部署过这个定义", "nothing of this name is deployed"}, std::string{name});
  }
  return find(row->id);
}

Result<std::shared_ptr<const Definition>> Definitions::findByLabel(std::string_view label) {
  for (const store::DefinitionRow& row : store_.listDefinitions()) {
    if (labelOf(row.name, row.version) == label) return find(row.id);
  }
  return refuse(ProblemKind::not_found, "definition.unknown",
                {"没有这个已部署的定义", "there is no such definition"}, std::string{label});
}

Result<void> Definitions::check(const Deployment& deployment, std::span<const std::string> services) {
  const auto compiled = compile(deployment, services);
  if (!compiled) return std::unexpected(compiled.error());
  return {};
}

Result<Definition> Definitions::compile(const Deployment& deployment, std::span<const std::string> services) {
  Problem all{
      ProblemKind::invalid, "deployment.refused", {"不能部署", "can't be deployed"}, deployment.name, {}, {}};
  const auto note = [&all](const Problem& problem) {
    if (problem.causes.empty()) all.causes.push_back(problem);
    else all.causes.insert(all.causes.end(), problem.causes.begin(), problem.causes.end());
  };
  Definition definition;
  bpmn::Surroundings surroundings;
  surroundings.services.assign(services.begin(), services.end());
  for (const calendar::ClockRule& rule : deployment.clocks) {
    if (const auto good = calendar::checkRule(rule); !good) note(good.error());
    surroundings.clocks.emplace(rule.id, rule);
  }
  if (!deployment.decisions.empty()) {
    std::vector<dmn::File> files;
    for (const DeployedFile& file : deployment.decisions) files.push_back({file.path, file.text});
    auto read = dmn::Model::read(files);
    if (read) {
      definition.decisions = std::make_shared<const dmn::Model>(std::move(*read));
      for (const dmn::DecisionInfo& decision : definition.decisions->decisions()) {
        surroundings.decisions.push_back(decision.id);
      }
    } else {
      note(read.error());
    }
  }
  std::vector<bpmn::SourceFile> files;
  for (const DeployedFile& file : deployment.processes) files.push_back({file.path, file.text});
  if (files.empty()) {  // a pack of registers, forms or a calendar alone
    definition.model = std::make_shared<const bpmn::Model>();
  } else {
    auto model = bpmn::readModel(files, surroundings);
    if (model) definition.model = std::move(*model);
    else note(model.error());
  }
  if (!all.causes.empty()) return std::unexpected(std::move(all));
  return definition;
}

std::shared_ptr<const Definition> Definitions::compileStored(const store::DefinitionRow& row) const {
  const auto deployment = fromJson<Deployment>(row.source);
  auto definition =
      deployment ? compile(*deployment, surroundings_.services) : std::unexpected(deployment.error());
  if (!definition) {  // it could be read when it was deployed
    throw store::StoreFault(fmt::format("definition {} can't be read: {}", labelOf(row.name, row.version),
                                        describe(definition.error())));
  }
  name(*definition, row);
  return std::make_shared<const Definition>(std::move(*definition));
}

bpmn::Facts Definitions::facts(const Definition& definition, Instant now) const {
  bpmn::Facts facts;
  facts.feel.now = now;
  facts.feel.calendar = surroundings_.calendar.get();
  facts.feel.lookup = surroundings_.lookup;
  facts.decide = [&definition, feel = facts.feel](std::string_view decision, const feel::Context& inputs) {
    return decide(definition, decision, inputs, feel);
  };
  return facts;
}

Result<bpmn::DecisionOutcome> decide(const Definition& definition, std::string_view decision,
                                     const feel::Context& inputs, const feel::Facts& facts) {
  if (!definition.decisions) {
    return refuse(ProblemKind::invalid, "decision.unknown", {"没有这个决策", "there is no such decision"},
                  std::string{decision});
  }
  auto outcome = definition.decisions->evaluate(decision, inputs, facts);
  if (!outcome) return std::unexpected(std::move(outcome.error()));
  bpmn::DecisionOutcome result;
  result.value = std::move(outcome->value);
  result.model = definition.label;
  for (std::size_t i = 0; i < outcome->tableCount(); ++i) {
    const dmn::TableTrace table = outcome->table(i);
    for (const std::uint32_t rule : table.matched) {
      const std::string& id = table.table->rules[rule].id;
      result.rules.push_back(id.empty() ? fmt::format("{}#{}", table.table->owner, rule + 1) : id);
    }
  }
  for (const dmn::Diagnostic& diagnostic : outcome->diagnostics) {
    result.diagnostics.push_back({diagnostic.code,
                                  {fmt::format("{}（{}）", diagnostic.message.zh, diagnostic.where),
                                   fmt::format("{} ({})", diagnostic.message.en, diagnostic.where)},
                                  1,
                                  1});
  }
  return result;
}

}  // namespace jinyue::casework
