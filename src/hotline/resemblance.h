// How much two matters are alike: same place, same matter. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::hotline {

/// What is compared of an order.
struct Matter {
  std::string title;
  std::string place;
  std::optional<double> longitude;  ///< degrees
  std::optional<double> latitude;
};

/// Why two matters are taken for one.
struct Resemblance {
  double title = 0;              ///< 0 to 1: letter pairs in common (Dice)
  double place = 0;              ///< 0 to 1: of the places' texts
  std::optional<double> metres;  ///< between the pins
  double score = 0;              ///< 0 to 1
  bool isLikely() const { return score >= least_score; }
  static constexpr double least_score = 0.5;
};

/// The matter counts for half and the place for half; pins that lie within `near` metres are the same place.
/// Where a place is not known on either side, the matter alone has to be nearly the same.
Resemblance compare(const Matter& a, const Matter& b);

/// Pins nearer than this are one place.
inline constexpr double near = 150;

/// Share of the letter pairs of `part` that `whole` has, too, 0 to 1.
double containment(std::string_view part, std::string_view whole);

/// Share of letter pairs that two texts have in common (Dice's coefficient), 0 to 1.
double likeness(std::string_view a, std::string_view b);

/// Metres between two points on the earth.
double metresBetween(double longitude_a, double latitude_a, double longitude_b, double latitude_b);

}  // namespace jinyue::hotline
