// The areas of a city, from the register "regions": codes of GB/T 2260 and zones without one, which lie
// inside one or several of them. The city counts twelve areas (the plan of 2025, part five: nine districts
// and counties, three zones); a zone and its host are never added up.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/registry.h"

namespace jinyue::registry {

struct Region {
  std::string code;
  Text name;
  std::string kind;    ///< city, district, county, county-city, statistical, zone, street, town, …
  std::string parent;  ///< empty for the city
  std::vector<std::string> hosts;   ///< areas of GB/T 2260 in which a zone lies
  std::vector<std::string> covers;  ///< areas or streets that belong to a zone
  bool counted = false;             ///< one of the areas that figures are given for
  /// What it covers is settled by a published source. Until the government settles it, figures of such an
  /// area are provisional.
  bool confirmed = true;
};

/// The regions on a day. Never changes.
class Regions {
 public:
  explicit Regions(std::vector<Region> regions);
  static Result<Regions> load(Registry& registry, Date as_of);

  const Region* find(std::string_view code) const;
  /// The counted areas, by code.
  const std::vector<std::string>& areas() const { return areas_; }

  /// The counted area that a street, town, community (12 digits), district or zone belongs to; empty for the
  /// city, for a region that is only statistical, and for an unknown one. What a counted zone covers belongs
  /// to the zone.
  std::string areaOf(std::string_view code) const;
  /// Whether what happens in a region is part of an area's figure, so that figures of areas can be added up:
  /// the area is a counted one, or above it (the city). A host without its zones is no sum of its own.
  bool isCountedIn(std::string_view region, std::string_view area) const;

 private:
  std::map<std::string, Region, std::less<>> regions_;
  std::map<std::string, std::string, std::less<>> zone_of_;  ///< counted zone by what it covers
  std::vector<std::string> areas_;
};

}  // namespace jinyue::registry
