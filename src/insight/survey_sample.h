// Who is asked: a sample drawn from a register by a seed, so that everybody can draw it again.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.h"
#include "registry/registry.h"

namespace jinyue::insight {

/// What is wanted: so many entries of a register, of those that fit the filters.
struct SampleRequest {
  std::string stratum;
  std::string register_name;
  std::map<std::string, std::string, std::less<>> filters;  ///< declared filters of the register
  std::int64_t count = 0;
};

/// A sample that was drawn: enough to draw it again. The keys themselves are not kept.
struct SurveySample {
  static constexpr bool json_sparse = true;
  std::string stratum;
  std::string register_name;
  std::map<std::string, std::string, std::less<>> filters;
  std::string as_of;            ///< the day on which the entries held: "2026-09-01"
  std::int64_t population = 0;  ///< entries that fit
  std::int64_t count = 0;
  std::string seed;
  std::string digest;  ///< SHA-256 of the keys drawn, one a line
  bool operator==(const SurveySample&) const = default;
};
BOOST_DESCRIBE_STRUCT(SurveySample, (),
                      (stratum, register_name, filters, as_of, population, count, seed, digest))

/// A sample with the keys of its entries.
struct DrawnSample {
  SurveySample sample;
  std::vector<std::string> keys;
};

/// The first `count` keys in the order of SHA-256 of "SEED\nKEY" (hexadecimal). The same seed and the same
/// keys, in whatever order they come, give the same sample.
std::vector<std::string> drawKeys(std::vector<std::string> keys, std::string_view seed, std::size_t count);

/// Draws from the entries in effect on the day that are open to everybody. Refuses an unknown register
/// ("register.unknown"), filters that it has not ("register.no-filter"), and more than there are
/// ("survey.population").
Result<DrawnSample> drawSample(registry::Registry& registry, const SampleRequest& request, Date as_of,
                               std::string seed);

/// Draws it again. The digest of what comes differs when the register was corrected since.
Result<DrawnSample> drawAgain(registry::Registry& registry, const SurveySample& sample);

}  // namespace jinyue::insight
