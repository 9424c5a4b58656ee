// indicators.json: what is counted, how scores are made of it, and what is published of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/word.h"

namespace jinyue::packs {

/// Which way is good.
enum class Direction : std::int8_t { none = 0, up = 1, down = 2 };
BOOST_DESCRIBE_ENUM(Direction, none, up, down)

/// A figure over the cases of a process. It is computed from them and never typed in.
///
/// Expressions are FEEL over the variables of a case and over `case`: a context of its number, opened,
/// closed, due (date and time; closed and due may be null), status ("active", "completed", "cancelled"),
/// unit, area, and on_time (closed before it was due; null without either).
struct Indicator {
  std::string id;
  Text title;
  std::optional<Text> definition;  ///< what is counted and what is not, for who reads the figure
  std::string source;              ///< who asks for it, by which document
  std::string process;
  std::optional<std::string> day;     ///< the day it counts on: "opened" (without it), "closed", or FEEL
  std::optional<std::string> of;      ///< makes it a rate: the cases it is a rate of
  std::optional<std::string> counts;  ///< the cases that count; without it every case does
  std::optional<std::string> value;   ///< makes it an average of this number over the cases that count
  std::optional<std::string> total;   ///< makes it a sum of this number over the cases that count
  std::optional<Word> unit;           ///< of measure: "%", {"zh": "件", "en": "cases"}; without it cases or %
  std::optional<Direction> direction;
  bool operator==(const Indicator&) const = default;
};
BOOST_DESCRIBE_STRUCT(Indicator, (),
                      (id, title, definition, source, process, day, of, counts, value, total, unit,
                       direction))

/// Its own unit of measure, or that of its kind.
Word unitOf(const Indicator& indicator);

/// By what the figures of a process can be told apart, besides unit and area.
struct FigureProcess {
  std::string process;
  std::optional<std::string> category;  ///< FEEL: a text
  std::optional<std::string> channel;   ///< FEEL: a text
  /// Registers whose entries have the name (field `name`) of a category and of a channel.
  std::optional<std::string> category_register;
  std::optional<std::string> channel_register;
  bool operator==(const FigureProcess&) const = default;
};
BOOST_DESCRIBE_STRUCT(FigureProcess, (), (process, category, channel, category_register, channel_register))

/// One part of a score: the indicator's value, brought to 0 to 100 between its worst and its best value.
struct ScorePart {
  std::string indicator;
  std::int64_t weight = 0;  ///< in hundredths; those of a score sum up to 100
  std::string worst;        ///< decimal number that gives 0 points
  std::string best;         ///< … that gives 100
  bool operator==(const ScorePart&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScorePart, (), (indicator, weight, worst, best))

/// The parts from a day on, until the next ones hold.
struct ScoreVersion {
  std::string from;    ///< YYYY-MM-DD
  std::string source;  ///< who set the weights
  std::vector<ScorePart> parts;
  bool operator==(const ScoreVersion&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScoreVersion, (), (from, source, parts))

struct Score {
  std::string id;
  Text title;
  std::vector<ScoreVersion> versions;
  bool operator==(const Score&) const = default;
};
BOOST_DESCRIBE_STRUCT(Score, (), (id, title, versions))

enum class BulletinPeriod : std::int8_t { month = 0, quarter = 1, year = 2 };
BOOST_DESCRIBE_ENUM(BulletinPeriod, month, quarter, year)
enum class BulletinBy : std::int8_t { unit = 0, area = 1, category = 2, channel = 3 };
BOOST_DESCRIBE_ENUM(BulletinBy, unit, area, category, channel)

/// A bulletin, a summary or an assessment: its figures for the whole city and by its parts, with a score and
/// a rank when it names one.
struct Bulletin {
  std::string id;
  Text title;
  std::string source;
  BulletinPeriod period = BulletinPeriod::month;
  std::vector<std::string> indicators;
  std::optional<std::string> score;
  std::vector<BulletinBy> by;
  /// Units and areas with fewer cases (of the first indicator) are shown without a rank.
  std::optional<std::int64_t> least_cases;
  /// Days after publication in which a unit may appeal; without it there is no appeal.
  std::optional<std::int64_t> appeal_days;
  bool operator==(const Bulletin&) const = default;
};
BOOST_DESCRIBE_STRUCT(Bulletin, (),
                      (id, title, source, period, indicators, score, by, least_cases, appeal_days))

/// The file. A file may also be the list of its indicators alone.
struct Figures {
  std::vector<FigureProcess> processes;
  std::vector<Indicator> indicators;
  std::vector<Score> scores;
  std::vector<Bulletin> bulletins;
  bool operator==(const Figures&) const = default;
};
BOOST_DESCRIBE_STRUCT(Figures, (), (processes, indicators, scores, bulletins))

/// How many indicators of a process may count on the same day: rates and counts, averages and sums.
inline constexpr std::size_t most_marks = 31;
inline constexpr std::size_t most_values = 4;

/// What a file says; refuses one that can't be read.
Result<Figures> readFigures(std::string_view json);

}  // namespace jinyue::packs
