// A city to simulate, as data: who lives and works there, what comes in when, how long work takes, and how
// often what happens. docs/simulation.md explains each member.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "api/plain_value.h"
#include "base/problem.h"
#include "cli/simulation/office_time.h"
#include "insight/survey.h"

namespace jinyue::cli {

/// What may come in of its own accord.
enum class Incoming : std::int8_t { hotline = 0, desk = 1, licence = 2, permit = 3 };
BOOST_DESCRIBE_ENUM(Incoming, hotline, desk, licence, permit)

struct Stream {
  static constexpr bool json_sparse = true;
  Incoming what = Incoming::hotline;
  double per_1000_a_year = 0;    ///< arrivals per thousand inhabitants
  std::vector<double> hours;     ///< 24 weights; none: the same at all hours
  std::vector<double> weekdays;  ///< 7 weights from Monday
  std::vector<double> months;    ///< 12 weights from January
  std::string source;            ///< where the rate is from, or that it is made up
  bool operator==(const Stream&) const = default;
};
BOOST_DESCRIBE_STRUCT(Stream, (), (what, per_1000_a_year, hours, weekdays, months, source))

/// People of a unit who have one role.
struct Staff {
  static constexpr bool json_sparse = true;
  std::string unit;
  std::string role;
  int people = 1;
  Shift shift = Shift::office;
  bool operator==(const Staff&) const = default;
};
BOOST_DESCRIBE_STRUCT(Staff, (), (unit, role, people, shift))

/// How long a step takes: `wait` passes before anybody can act (a visit, a part that must come), `work` is
/// the time that somebody is busy with it. Medians in minutes of the shift.
struct StepTime {
  static constexpr bool json_sparse = true;
  double wait = 0;
  double work = 5;
  double spread = 0.5;  ///< 0: always the median
  bool operator==(const StepTime&) const = default;
};
BOOST_DESCRIBE_STRUCT(StepTime, (), (wait, work, spread))

/// Something that people ring up about.
struct Matter {
  static constexpr bool json_sparse = true;
  std::string title;
  std::string category;
  std::string unit;  ///< whose business it is
  std::string kind;
  double weight = 1;
  std::vector<double> months;  ///< 12 factors from January; none: the same all year
  double slow = 1;             ///< how many times as long as others its handling waits
  bool operator==(const Matter&) const = default;
};
BOOST_DESCRIBE_STRUCT(Matter, (), (title, category, unit, kind, weight, months, slow))

struct SimPlace {
  static constexpr bool json_sparse = true;
  std::string name;
  std::string region;
  double longitude = 0;
  double latitude = 0;
  double weight = 1;
  bool operator==(const SimPlace&) const = default;
};
BOOST_DESCRIBE_STRUCT(SimPlace, (), (name, region, longitude, latitude, weight))

/// Shares of 1.
struct Chances {
  static constexpr bool json_sparse = true;
  double not_accepted = 0.04;
  double duplicate = 0.06;  ///< somebody else rings up about the same
  double to_desk = 0.04;    ///< of the orders
  double consult_at_once = 0.6;
  double urgent = 0.1;
  double confidential = 0.05;
  double signed_in = 0.25;  ///< sent in by somebody with an account
  double wrong_unit = 0.06;
  double return_unfounded = 0.03;  ///< returned by the unit whose business it is
  double assisted = 0.08;
  double contacted = 0.96;
  double interim = 0.1;
  double extension = 0.08;
  double approved = 0.85;
  double suspension = 0.04;
  double promise = 0.06;
  double promise_kept = 0.75;
  double self_solved = 0.93;
  double own_rating = 0.15;  ///< the caller rates it before anybody calls back
  double reached = 0.88;
  double solved = 0.86;
  double satisfied_if_solved = 0.95;
  double rework = 0.5;  ///< of what is verified
  double explained = 0.3;
  double out_of_scope = 0.12;  ///< of what a desk gets straight
  double conduct = 0.1;
  double rule_change = 0.3;
  double oversight_agrees = 0.9;
  double complete_material = 0.8;
  double licence_granted = 0.9;
  double by_firm = 0.5;
  bool operator==(const Chances&) const = default;
};
BOOST_DESCRIBE_STRUCT(Chances, (),
                      (not_accepted, duplicate, to_desk, consult_at_once, urgent, confidential, signed_in,
                       wrong_unit, return_unfounded, assisted, contacted, interim, extension, approved,
                       suspension, promise, promise_kept, self_solved, own_rating, reached, solved,
                       satisfied_if_solved, rework, explained, out_of_scope, conduct, rule_change,
                       oversight_agrees, complete_material, licence_granted, by_firm))

/// A case that somebody starts on a day of the simulation: a project of a board, a problem, a member's
/// measure. In texts {year} is the year of its last day (a number where it is all of the text), {date} the
/// day, {date+40} the fortieth after it.
struct GivenCase {
  static constexpr bool json_sparse = true;
  int day = 1;  ///< counted from the first, 1
  std::string pack;
  std::string item;
  std::string role;  ///< of who starts it
  api::PlainObject with;
};
BOOST_DESCRIBE_STRUCT(GivenCase, (), (day, pack, item, role, with))

struct SimPart {
  static constexpr bool json_sparse = true;
  std::string unit;
  std::string area;
  bool operator==(const SimPart&) const = default;
};
BOOST_DESCRIBE_STRUCT(SimPart, (), (unit, area))

/// An action plan that is brought in and carried out.
struct SimPlan {
  static constexpr bool json_sparse = true;
  std::string file;  ///< as published, beside the city's file; {year} in it is the year of the last day
  std::string id;    ///< with {year}
  std::vector<SimPart> areas;          ///< who does a part of the measures of all areas
  std::vector<std::string> neglected;  ///< units that miss the first report
  bool operator==(const SimPlan&) const = default;
};
BOOST_DESCRIBE_STRUCT(SimPlan, (), (file, id, areas, neglected))

/// A survey that is opened, answered, closed and published.
struct SimSurvey {
  static constexpr bool json_sparse = true;
  int day = 1;         ///< of the simulation, on which it is opened
  int open_days = 10;  ///< until it is closed
  insight::SurveyDesign design;
  int invited = 0;              ///< of each stratum
  double answers = 0.5;         ///< the share of them that answers
  std::vector<double> choices;  ///< weights of the options, from the first
};
BOOST_DESCRIBE_STRUCT(SimSurvey, (), (day, open_days, design, invited, answers, choices))

struct SimCity {
  static constexpr bool json_sparse = true;
  std::string id;
  Text title;
  Text made_up;  ///< what of all this is made up, and what is not
  double population = 0;
  int tick_minutes = 10;  ///< what happens within it happens at its end; divides a day
  int days = 75;          ///< that are simulated when nobody says how many
  std::vector<std::string> packs;
  std::vector<Stream> streams;
  std::vector<Staff> staff;
  std::map<std::string, StepTime, std::less<>> steps;  ///< by "process.node", by node, or "default"
  std::map<std::string, double, std::less<>> channels;
  std::vector<Matter> matters;
  std::vector<Matter> desk_matters;     ///< `category` is the desk
  std::vector<Matter> meeting_matters;  ///< what firms raise in meetings: `title` and `unit`
  std::vector<SimPlace> places;
  std::vector<std::string> shops;
  Chances chances;
  std::vector<std::string> bulletins;  ///< packs whose bulletins are published when their period is over
  std::optional<SimPlan> plan;
  std::vector<GivenCase> given;
  std::vector<SimSurvey> surveys;
};
BOOST_DESCRIBE_STRUCT(SimCity, (),
                      (id, title, made_up, population, tick_minutes, days, packs, streams, staff, steps,
                       channels, matters, desk_matters, meeting_matters, places, shops, chances, bulletins,
                       plan, given, surveys))

/// Refuses what can't be read or makes no sense ("city.invalid", with a cause for each place).
Result<SimCity> readSimCity(std::string_view json);

/// How long a step takes, from the narrowest entry.
StepTime stepTimeOf(const SimCity& city, std::string_view process, std::string_view node);

/// How many of a stream come in the hour that begins at `hour`, on average.
double meanArrivals(const SimCity& city, const Stream& stream, Instant hour);

}  // namespace jinyue::cli
