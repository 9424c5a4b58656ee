// What a bulletin, a summary or an assessment says: figures of a period for the whole city and by its parts,
// beside those before, with score and rank. It follows from facts, declarations and adjustments alone, so
// that it can be computed again and compared. Decimals are texts, so that its JSON is the same everywhere.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "insight/figures.h"

namespace jinyue::insight {

struct BulletinFigure {
  std::string indicator;
  std::optional<std::string> value;  ///< at most two digits after the point
  std::int64_t of = 0;
  std::int64_t counts = 0;
  std::optional<std::string> before;       ///< in the period before
  std::optional<std::string> year_before;  ///< in the same period a year before
  bool operator==(const BulletinFigure&) const = default;
};
BOOST_DESCRIBE_STRUCT(BulletinFigure, (), (indicator, value, of, counts, before, year_before))

/// One part of a row's score.
struct BulletinPoints {
  std::string indicator;
  std::int64_t weight = 0;
  std::optional<std::string> value;
  std::optional<std::string> points;  ///< 0 to 100; without a value there are none
  bool operator==(const BulletinPoints&) const = default;
};
BOOST_DESCRIBE_STRUCT(BulletinPoints, (), (indicator, weight, value, points))

/// Points that a decision adds to a score or takes from it: the outcome of an appeal.
struct Adjustment {
  packs::BulletinBy by = packs::BulletinBy::unit;
  std::string key;     ///< the unit or area
  std::string points;  ///< decimal, may be negative
  std::string reason;
  std::int64_t case_id = 0;  ///< of the appeal; 0: none
  bool operator==(const Adjustment&) const = default;
};
BOOST_DESCRIBE_STRUCT(Adjustment, (), (by, key, points, reason, case_id))

struct BulletinRow {
  std::string key;  ///< unit, area, …; empty for the city, or for cases without one
  Word name;        ///< for people
  std::vector<BulletinFigure> figures;
  std::vector<BulletinPoints> points;
  std::optional<std::string> computed;  ///< score before adjustments, two digits
  std::optional<std::string> score;
  std::optional<std::int64_t> rank;
  bool operator==(const BulletinRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(BulletinRow, (), (key, name, figures, points, computed, score, rank))

struct BulletinTable {
  packs::BulletinBy by = packs::BulletinBy::unit;
  std::vector<BulletinRow> rows;  ///< by rank, then by key
  bool operator==(const BulletinTable&) const = default;
};
BOOST_DESCRIBE_STRUCT(BulletinTable, (), (by, rows))

struct BulletinIndicator {
  std::string id;
  Text title;
  std::optional<Text> definition;
  std::string source;
  Word unit;
  packs::Direction direction = packs::Direction::none;
  bool operator==(const BulletinIndicator&) const = default;
};
BOOST_DESCRIBE_STRUCT(BulletinIndicator, (), (id, title, definition, source, unit, direction))

struct BulletinScore {
  std::string id;
  Text title;
  std::string from;
  std::string source;
  std::vector<packs::ScorePart> parts;
  bool operator==(const BulletinScore&) const = default;
};
BOOST_DESCRIBE_STRUCT(BulletinScore, (), (id, title, from, source, parts))

/// A figure that another edition of the same bulletin had otherwise.
struct Correction {
  packs::BulletinBy by = packs::BulletinBy::unit;
  std::string key;
  Word name;
  std::string what;  ///< an indicator, "score", or "rank"
  std::optional<std::string> before;
  std::optional<std::string> after;
  bool operator==(const Correction&) const = default;
};
BOOST_DESCRIBE_STRUCT(Correction, (), (by, key, name, what, before, after))

struct BulletinContent {
  std::string pack;
  std::string bulletin;
  Text title;
  std::string source;
  std::string period;
  Date first;
  Date last;
  std::vector<BulletinIndicator> indicators;
  std::optional<BulletinScore> score;
  BulletinRow city;
  std::vector<BulletinTable> tables;
  std::vector<Adjustment> adjustments;
  std::int64_t corrects = 0;  ///< the edition that this one takes the place of; 0: none
  std::vector<Correction> corrections;
  bool operator==(const BulletinContent&) const = default;
};
BOOST_DESCRIBE_STRUCT(BulletinContent, (),
                      (pack, bulletin, title, source, period, first, last, indicators, score, city, tables,
                       adjustments, corrects, corrections))

/// The name that people know the entry of a register by on a day; the key itself when there is none.
using NameFn = std::function<Text(const std::string& register_name, const std::string& key, Date day)>;

/// "2026年7月月度通报" and "monthly bulletin, July 2026".
Text titleOf(const packs::Bulletin& bulletin, const Period& period);

/// Computes the content. Refuses a bulletin or an indicator that is not declared, a period of another kind,
/// and one that has not begun.
Result<BulletinContent> computeBulletin(Figures& figures, const FactRules& rules, std::string_view pack,
                                        std::string_view bulletin, const Period& period,
                                        std::vector<Adjustment> adjustments, const NameFn& name,
                                        FigureState* state = nullptr);

/// What differs between two editions.
std::vector<Correction> correctionsBetween(const BulletinContent& before, const BulletinContent& after);

}  // namespace jinyue::insight
