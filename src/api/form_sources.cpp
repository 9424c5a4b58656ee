#include "api/form_sources.h"

#include <algorithm>

#include "api/case_views.h"
#include "identity/mask.h"

namespace jinyue::api {
namespace {

std::optional<feel::Value> textOrNothing(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{feel::Value(text)};
}

std::optional<feel::Value> ofCaller(const Rooms& rooms, const identity::Caller& caller,
                                    std::string_view field) {
  if (field == "unit") return textOrNothing(caller.unit);
  if (field == "firm") return caller.firms.size() == 1 ? textOrNothing(caller.firms.front()) : std::nullopt;
  if (field == "party") {
    return caller.parties.size() == 1 ? textOrNothing(caller.parties.front()) : std::nullopt;
  }
  // An officer takes down the matter of somebody else.
  if (caller.kind == identity::AccountKind::officer) return std::nullopt;
  const auto personal = rooms.accounts.readPersonal(caller, caller.id, {});
  if (!personal) return std::nullopt;
  if (field == "name") return textOrNothing(personal->name);
  if (field == "phone") return textOrNothing(personal->phone);
  if (field == "id_number") return textOrNothing(personal->id_number);
  if (field == "email") return textOrNothing(personal->email);
  return std::nullopt;
}

std::optional<feel::Value> ofEarlierCase(const Rooms& rooms, const identity::Caller& caller,
                                         std::string_view field) {
  constexpr int looked_at = 20;
  for (const std::string& party : caller.parties) {
    store::CaseFilter filter;
    filter.party = party;
    filter.scope = {false, {{{}, {}, {}, party}}};
    for (const store::CaseRow& row : rooms.store.listCases(filter, {looked_at, {}}).rows) {
      const store::CaseId ids[] = {row.id};
      const auto whole = rooms.store.loadCases(ids);
      if (whole.empty()) continue;
      const bpmn::State state = stateOf(whole.front(), rooms.engine.seal());
      const feel::Value* value = state.variables().find(field);
      if (value && !value->isNull()) return *value;
    }
  }
  return std::nullopt;
}

std::optional<feel::Value> ofRegister(const Rooms& rooms, const packs::FieldSource& source,
                                      const feel::Context& answers, Date today) {
  const feel::Value* key = answers.find(source.key);
  if (!key || key->isNull()) return std::nullopt;
  const feel::Value entry = rooms.registry.lookup(source.name, *key, today);
  const feel::Context* members = entry.asContext();
  const feel::Value* value = members ? members->find(source.field) : nullptr;
  return value && !value->isNull() ? std::optional{*value} : std::nullopt;
}

/// The same hash by which accounts are found, as a party is named.
std::optional<feel::Value> ofLookup(const Rooms& rooms, const packs::FieldSource& source,
                                    const feel::Context& answers) {
  const feel::Value* given = answers.find(source.key);
  const auto text = given ? given->asString() : std::nullopt;
  if (!text || text->empty()) return std::nullopt;
  const identity::FieldClass field = identity::fieldClassOf(source.field);
  return feel::Value("person:" +
                     rooms.vault.lookup(identity::wordOf(field), identity::normalised(field, *text)));
}

}  // namespace

packs::SourceFn formSources(const Rooms& rooms, const identity::Caller& caller, Date today) {
  return [&rooms, &caller, today](const packs::FieldSource& source,
                                  const feel::Context& answers) -> std::optional<feel::Value> {
    if (source.kind == "caller") return ofCaller(rooms, caller, source.field);
    if (source.kind == "earlier-case") return ofEarlierCase(rooms, caller, source.field);
    if (source.kind == "register") return ofRegister(rooms, source, answers, today);
    if (source.isLookup()) return ofLookup(rooms, source, answers);
    return std::nullopt;
  };
}

Result<void> checkParty(const Rooms& rooms, const identity::Caller& caller, std::int64_t definition,
                        std::string_view process, const feel::Context& variables, Instant now) {
  const bool by_grant = std::ranges::any_of(caller.held, [](const identity::HeldRole& role) {
    return role.permissions.has(identity::Permission::case_start);
  });
  if (by_grant) return {};
  const auto found = rooms.definitions.find(definition);
  if (!found) return std::unexpected(found.error());
  const bpmn::Node* node = (*found)->model->process(process);
  std::string party;
  if (node && node->party) {
    const auto value = node->party->evaluate(variables, rooms.definitions.facts(**found, now).feel).value;
    party = value.asString().value_or("");
  }
  if (std::ranges::find(caller.parties, party) != caller.parties.end()) return {};
  return refuse(ProblemKind::forbidden, "case.other-party",
                {"只能为本人或已授权的企业办理", "cases can be started for yourself or your firms only"});
}

}  // namespace jinyue::api
