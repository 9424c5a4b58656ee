#include "api/register_views.h"

#include <algorithm>

namespace jinyue::api {
namespace {

std::string textOf(const feel::Value& entry, const std::optional<std::string>& field) {
  const feel::Context* members = entry.asContext();
  const feel::Value* value = members && field ? members->find(*field) : nullptr;
  const auto text = value ? value->asString() : std::nullopt;
  return std::string{text.value_or("")};
}

void addEach(std::vector<std::string>& to, const std::vector<std::string>& from) {
  for (const std::string& each : from) {
    if (std::ranges::find(to, each) == to.end()) to.push_back(each);
  }
}

}  // namespace

std::vector<About> EntryView::about() {
  return {{"key", {"条目的键", "key of the entry"}, R"("210202")"},
          {"entry", {"条目在日志中的编号", "number of the entry in the log"}},
          {"number", {"版本号", "number of the version"}},
          {"corrected", {"已被更正版本取代", "a correction stands in its place"}},
          {"valid_to", {"最后有效日；没有则长期", "last day on which it holds; absent: no end"}},
          {"body", {"内容，个人信息已掩码", "the entry; personal fields are masked"}},
          {"proposal", {"据以公布的提案", "proposal that it came by"}}};
}

feel::Value maskedEntry(const registry::Register& reg, const feel::Value& whole) {
  const feel::Context* members = whole.asContext();
  if (!members) return whole;
  feel::Context shown = *members;
  for (const registry::PersonalField& field : reg.declaration().personal) {
    const feel::Value* value = members->find(field.field);
    if (!value || value->isNull()) continue;
    const auto text = value->asString();
    shown.set(field.field,
              feel::Value(identity::masked(identity::fieldClassOf(field.kind), text.value_or("*"))));
  }
  return feel::Value(std::move(shown));
}

EntryView viewOf(const registry::Registry& registry, const registry::Register& reg,
                 const registry::EntryVersion& version) {
  EntryView view;
  view.key = version.key;
  view.entry = version.entry;
  view.number = version.number;
  view.corrected = version.corrected;
  view.valid_from = version.period.from;
  if (version.period.to != registry::no_end) view.valid_to = version.period.to;
  view.is_public = version.is_public;
  const auto whole = version.sealed.empty() ? Result<feel::Value>{version.body} : registry.open(version);
  view.body.value = whole ? maskedEntry(reg, *whole) : version.body;
  view.proposal = version.proposal;
  view.published = version.published;
  return view;
}

identity::RowPlace placeOf(const registry::Register& reg, const feel::Value& entry) {
  return {textOf(entry, reg.declaration().unit), textOf(entry, reg.declaration().area), {}, {}};
}

identity::RowPlace placeOf(const registry::Register& reg, const registry::EntryVersion& version) {
  return placeOf(reg, version.body);
}

Problem unknownEntry(const std::string& key) {
  return {ProblemKind::not_found, "entry.unknown", {"没有这个条目", "there is no such entry"}, key, {}, {}};
}

Result<void> narrow(registry::EntryFilter& filter, const identity::RowScope& scope) {
  if (scope.isEverything()) return {};
  registry::EntryScope units;  // of all alternatives that name nothing else, as the next
  registry::EntryScope areas;
  std::vector<registry::EntryScope> scopes;
  for (const identity::Alternative& each : scope.any) {
    // An entry belongs to no pack and no party and has no state, so these let nothing in.
    if (!each.packs.empty() || !each.parties.empty() || !each.states.empty()) continue;
    if (each.areas.empty()) addEach(units.units, each.units);
    else if (each.units.empty()) addEach(areas.areas, each.areas);
    else scopes.push_back({each.areas, each.units});
  }
  if (!units.units.empty()) scopes.push_back(std::move(units));
  if (!areas.areas.empty()) scopes.push_back(std::move(areas));
  if (scopes.empty()) {
    return refuse(ProblemKind::forbidden, "access.scope",
                  {"您的权限范围无法用于查询登记册", "your scope can't be applied to a list of entries"}, {},
                  {"可请安全管理员调整授权", "ask the security administrator for another grant"});
  }
  filter.scope = std::move(scopes);
  return {};
}

}  // namespace jinyue::api
