// Figures: what the facts of a period add up to, told apart by what one asks for, and the cases behind each.
#pragma once

#include <array>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "feel/number.h"
#include "insight/fact_book.h"
#include "insight/period.h"
#include "store/store.h"

namespace jinyue::insight {

/// What figures are told apart by.
enum class By : std::int8_t { unit = 0, area = 1, category = 2, channel = 3, month = 4, day = 5 };
BOOST_DESCRIBE_ENUM(By, unit, area, category, channel, month, day)

/// What is left in of the facts; an empty list leaves in all.
struct FigureFilter {
  std::vector<std::string> units = {};
  std::vector<std::string> areas = {};
  std::vector<std::string> categories = {};
  std::vector<std::string> channels = {};
  store::RowScope scope = {};  ///< without one nothing is counted
};

/// What an indicator comes to.
struct Sums {
  std::int64_t of = 0;      ///< cases counted among; of an average or a sum: with a value
  std::int64_t counts = 0;  ///< cases that fulfil the condition
  std::int64_t total = 0;   ///< of values, in thousandths
  bool operator==(const Sums&) const = default;
  Sums& operator+=(const Sums& more) {
    of += more.of;
    counts += more.counts;
    total += more.total;
    return *this;
  }
};

/// The figure of an indicator from its sums: a count, a percentage, an average or a sum; empty where there is
/// nothing to divide by. Exact but for a division, which has 34 digits.
std::optional<feel::Number> figureOf(const packs::Indicator& indicator, const Sums& sums);

/// One value for each thing asked for, in its order: {"210202", "物业"}; months are "2026-07", days
/// "2026-07-01".
using GroupKey = std::vector<std::string>;

/// For each indicator asked for, in its order.
using Groups = std::map<GroupKey, std::vector<Sums>>;

/// An indicator and the pack that declares it.
struct IndicatorRef {
  std::string pack;
  const packs::Indicator* indicator = nullptr;
  std::string source() const { return sourceOf(pack, indicator->process); }
};

/// Whether every case has been counted by the declarations that are in force; false for a while after they
/// have changed.
struct FigureState {
  bool complete = true;
};

struct BehindQuery {
  IndicatorRef indicator;
  Period period;
  FigureFilter filter;
  bool fulfilled = true;  ///< those that fulfil the condition; false: those of the rate that don't
};

/// A part of what a scope lets through of a source; an empty set lets all through.
struct FactScope {
  std::vector<std::string> units = {};
  std::vector<std::string> areas = {};
  std::vector<store::CaseStatus> statuses = {};  ///< of the case as it is now
};
/// One of them must fit.
using Alternatives = std::vector<FactScope>;

class Figures {
 public:
  Figures(store::Store& store, const FactBook& book) : store_(store), book_(book) {}

  /// An indicator by "PACK/INDICATOR", or empty.
  static std::optional<IndicatorRef> find(const FactRules& rules, std::string_view id);

  /// What the indicators come to in a period, told apart by at most three things.
  /// Refuses a scope that is put together of too many parts ("figure.scope").
  Result<Groups> ask(const std::vector<IndicatorRef>& indicators, const Period& period,
                     const FigureFilter& filter, const std::vector<By>& by, FigureState* state = nullptr);

  /// The cases behind a figure, newest case first.
  Result<store::Page<store::CaseId>> behind(const BehindQuery& query, const store::PageRequest& page);

 private:
  /// Layouts that facts of a source may have, the newest first.
  struct InUse {
    std::vector<std::int64_t> numbers = {};
    bool all_counted = false;  ///< by the newest
  };
  InUse layoutsInUse(const std::string& source);
  /// Layouts by number as they are kept.
  const LayoutBody& layout(const std::string& source, std::int64_t number);

  /// One query.
  struct Part {
    std::string source;
    std::string basis;
    std::int64_t layout = 0;
    const Period* period = nullptr;
    const Alternatives* alternatives = nullptr;
    const std::vector<IndicatorRef>* indicators = nullptr;
    std::vector<std::size_t> members;  ///< of the indicators
  };
  void addSums(const Part& part, const FigureFilter& filter, const std::vector<By>& by, Groups& groups);

  store::Store& store_;
  const FactBook& book_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::int64_t>, LayoutBody> layouts_;
  std::set<std::pair<std::string, std::int64_t>> done_;
};

}  // namespace jinyue::insight
