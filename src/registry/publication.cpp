#include "registry/publication.h"

#include <array>

#include <fmt/format.h>

namespace jinyue::registry {

Result<void> Registry::Publication::add(const Draft& draft, const feel::Value& whole, const Known* known,
                                        CaseId& next_id) {
  const Register& reg = *loaded_.compiled;
  const std::vector<Span> spans = known != nullptr ? known->spans() : std::vector<Span>{};
  const auto placed = draft.kind == ChangeKind::put ? placeNew(spans, draft.period)
                      : draft.kind == ChangeKind::correct
                          ? placeCorrection(spans, draft.of_number, draft.period)
                          : placeEnd(spans, draft.period.to);
  if (!placed) return std::unexpected(placed.error());

  const std::int64_t before = known != nullptr ? known->version : 0;
  const CaseId id = known != nullptr ? known->id : next_id++;
  const std::int64_t position = before + 1;
  batch_.statements.push_back(before == 0 ? insertEntry(id, reg.name(), draft.key)
                                          : moveEntry(id, before, position));
  EntryRecord body{reg.name(),         draft.key,         {}, {}, {}, {}, {}, {}, decision_.id,
                   decision_.proposer, decision_.approver};
  if (placed->ended) {
    body.ended = EndedVersion{placed->ended->number, placed->ended->period.to};
    batch_.statements.push_back(endVersion(id, placed->ended->number, placed->ended->period.to));
  }
  if (placed->replaced) {
    body.replaces = placed->replaced;
    batch_.statements.push_back(replaceVersion(id, *placed->replaced));
  }
  EntryVersion version;
  if (draft.kind != ChangeKind::retire) {
    body.valid_from = draft.period.from;
    if (draft.period.to != no_end) body.valid_to = draft.period.to;
    body.entry = draft.body;
    const auto personal = reg.split(whole).second;
    for (const auto& [name, value] : personal.context())
      body.personal[name] = registry_.digester_.digest(id, toJson(value));
    version.entry = id;
    version.number = position;
    version.register_name = reg.name();
    version.key = draft.key;
    version.period = draft.period;
    version.body = draft.body;
    version.sealed = draft.sealed;
    version.proposal = decision_.id;
    version.published = registry_.options_.now();
    batch_.statements.push_back(insertVersion(version, registry_.columnsOf(reg, whole)));
  }
  std::vector<EntryVersion> versions = known != nullptr ? known->versions : std::vector<EntryVersion>{};
  if (placed->replaced)
    std::erase_if(versions, [&](const EntryVersion& old) { return old.number == *placed->replaced; });
  for (EntryVersion& old : versions) {
    if (placed->ended && old.number == placed->ended->number) old.period = placed->ended->period;
  }
  if (const auto found = findBy(versions, version, whole, id); !found) return found;
  constexpr std::array<std::string_view, 3> kinds{"register.put", "register.correct", "register.end"};
  batch_.journal.push_back(registry_.record(id, position, kinds[static_cast<std::size_t>(draft.kind)], actor_,
                                            fmt::format("{}@{}", reg.name(), loaded_.version), toJson(body)));
  return {};
}

Result<void> Registry::Publication::findBy(std::span<const EntryVersion> others, const EntryVersion& added,
                                           const feel::Value& whole, CaseId id) {
  const Date today = dateOf(registry_.options_.now());
  const EntryVersion* shown = shownOn(others, today);
  if (added.number != 0 && added.period.to >= today &&
      (shown == nullptr || added.period.from < shown->period.from))
    shown = &added;
  if (shown == nullptr) {
    batch_.drop_texts.push_back(id);
    return {};
  }
  if (shown == &added) {
    batch_.put_texts.push_back(registry_.textOf(*loaded_.compiled, added, whole));
    return {};
  }
  const auto opened = registry_.open(*shown);
  if (!opened) return std::unexpected(opened.error());
  batch_.put_texts.push_back(registry_.textOf(*loaded_.compiled, *shown, *opened));
  return {};
}

}  // namespace jinyue::registry
