#include "registry/regions.h"

namespace jinyue::registry {

using feel::Kind;
using feel::Value;

namespace {

std::string textAt(const feel::Context& entry, std::string_view name) {
  const Value* value = entry.find(name);
  return value != nullptr && value->is(Kind::string) ? std::string{value->string()} : std::string{};
}

std::vector<std::string> textsAt(const feel::Context& entry, std::string_view name) {
  std::vector<std::string> out;
  const Value* value = entry.find(name);
  if (value == nullptr || !value->is(Kind::list)) return out;
  for (const Value& item : value->list()) {
    if (item.is(Kind::string)) out.emplace_back(item.string());
  }
  return out;
}

}  // namespace

Regions::Regions(std::vector<Region> regions) {
  for (Region& region : regions) {
    if (region.counted) {
      areas_.push_back(region.code);
      for (const std::string& covered : region.covers) zone_of_.emplace(covered, region.code);
    }
    regions_.emplace(region.code, std::move(region));
  }
}

Result<Regions> Regions::load(Registry& registry, Date as_of) {
  std::vector<Region> regions;
  const EntryFilter filter{as_of};
  store::PageRequest page{1000, ""};
  do {
    const auto read = registry.list("regions", filter, page);
    if (!read) return std::unexpected(read.error());
    for (const EntryVersion& version : read->rows) {
      const feel::Context& entry = version.body.context();
      const Value* counted = entry.find("counted");
      const Value* confirmed = entry.find("confirmed");
      std::string english = textAt(entry, "name_en");
      const std::string name = textAt(entry, "name");
      if (english.empty()) english = name;
      regions.push_back({version.key,
                         {name, std::move(english)},
                         textAt(entry, "kind"),
                         textAt(entry, "parent"),
                         textsAt(entry, "hosts"),
                         textsAt(entry, "covers"),
                         counted != nullptr && counted->isTrue(),
                         confirmed != nullptr && confirmed->isTrue()});
    }
    page.after = read->next;
  } while (!page.after.empty());
  return Regions(std::move(regions));
}

const Region* Regions::find(std::string_view code) const {
  const auto found = regions_.find(code);
  return found == regions_.end() ? nullptr : &found->second;
}

std::string Regions::areaOf(std::string_view code) const {
  constexpr std::size_t street_digits = 9;
  if (code.size() == 12 && !code.contains('-')) code = code.substr(0, street_digits);
  // Upwards until something counts; a register whose parents go round in a circle ends too.
  for (std::size_t steps = 0; steps <= regions_.size(); ++steps) {
    if (const auto zone = zone_of_.find(code); zone != zone_of_.end()) return zone->second;
    const Region* region = find(code);
    if (region == nullptr) return {};
    if (region->counted) return region->code;
    code = region->parent;
  }
  return {};
}

bool Regions::isCountedIn(std::string_view region, std::string_view area) const {
  const std::string own = areaOf(region);
  if (own.empty()) return false;
  if (own == area) return true;
  const Region* above = find(own);
  for (std::size_t steps = 0; above != nullptr && steps <= regions_.size(); ++steps) {
    if (above->parent == area) {
      const Region* parent = find(area);
      return parent != nullptr && parent->kind == "city";
    }
    above = find(above->parent);
  }
  return false;
}

}  // namespace jinyue::registry
