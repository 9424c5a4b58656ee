// What is computed of each case of a process for its indicators, and where in a fact it stands. A layout
// follows from the declarations alone; it is kept by number, so that facts of an older one can be read until
// they are computed anew.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "feel/feel.h"
#include "packs/figures.h"

namespace jinyue::insight {

/// Where an indicator stands in the facts that have its basis: two bits of `marks` from 2 * place (among
/// those counted; fulfils the condition), or the value of a column.
struct LayoutIndicator {
  static constexpr bool json_sparse = true;
  std::string id;
  std::string basis;
  bool number = false;  ///< a value (average or sum), no marks
  std::int64_t place = 0;
  std::string of;
  std::string counts;
  std::string value;
  bool operator==(const LayoutIndicator&) const = default;
};
BOOST_DESCRIBE_STRUCT(LayoutIndicator, (), (id, basis, number, place, of, counts, value))

/// As it is kept.
struct LayoutBody {
  static constexpr bool json_sparse = true;
  std::string category;
  std::string channel;
  std::vector<LayoutIndicator> indicators;
  bool operator==(const LayoutBody&) const = default;
};
BOOST_DESCRIBE_STRUCT(LayoutBody, (), (category, channel, indicators))

/// The layouts that a pack's declarations ask for, by process.
std::map<std::string, LayoutBody> layoutsOf(const packs::Figures& figures);

/// "PACK/PROCESS": what facts are of.
std::string sourceOf(std::string_view pack, std::string_view process);

/// Days that every case can be counted on; any other basis is the FEEL text of a date.
inline constexpr std::string_view opened_basis = "opened";
inline constexpr std::string_view closed_basis = "closed";

/// What a case says on one basis.
struct Fact {
  std::string basis;
  std::optional<Date> day;  ///< empty: the case does not count there
  std::int64_t marks = 0;
  std::array<std::optional<std::int64_t>, packs::most_values> values;  ///< in thousandths
};

/// What a case says, with what is the same on every basis.
struct CaseFacts {
  std::string category;
  std::string channel;
  std::vector<Fact> facts;
};

/// The parts of a case that facts follow from.
struct CountedCase {
  std::int64_t number = 0;
  Instant opened;
  std::optional<Instant> closed;
  std::optional<Instant> due;
  std::string_view status;  ///< "active", "completed", "cancelled"
  std::string_view unit;
  std::string_view area;
  const feel::Context* variables = nullptr;
};

/// A layout ready to compute with. Immutable.
class Layout {
 public:
  /// Refuses expressions that don't compile.
  static Result<std::shared_ptr<const Layout>> compile(std::string source, std::int64_t number,
                                                       const LayoutBody& body);

  const std::string& source() const { return source_; }
  std::int64_t number() const { return number_; }
  const LayoutBody& body() const { return body_; }
  const std::vector<std::string>& bases() const { return basis_names_; }

  /// The same case gives the same facts at any time: now() is the moment when the case was opened, and
  /// registers are not looked into. What can't be computed does not count.
  CaseFacts factsOf(const CountedCase& counted, const calendar::Calendar* calendar) const;

 private:
  struct Compiled {
    std::size_t basis = 0;
    std::optional<feel::Expression> of, counts, value;
  };
  std::string source_;
  std::int64_t number_ = 0;
  LayoutBody body_;
  std::vector<std::string> basis_names_;
  std::vector<std::optional<feel::Expression>> days_;  ///< by basis; empty for opened and closed
  std::vector<Compiled> indicators_;                   ///< as in the body
  std::optional<feel::Expression> category_, channel_;
};

}  // namespace jinyue::insight
