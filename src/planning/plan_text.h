// What a published action plan says: sections, measures with their owners, targets and deadlines, brands of
// areas, and what the reader is not sure of. A person corrects it before anything is issued.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"
#include "base/time.h"

namespace jinyue::planning {

/// How a reported value is compared with the planned one.
enum class Comparator { at_least, more_than, equal, at_most, less_than };
BOOST_DESCRIBE_ENUM(Comparator, at_least, more_than, equal, at_most, less_than)

/// A quantity that the plan promises: "年内抽检……不少于100批次".
struct Target {
  std::string text;  ///< the clause it stands in
  Comparator comparator = Comparator::equal;
  std::string value;          ///< decimal: "600", "15.5"
  std::string unit;           ///< as written, with its power of ten: "亿元", "万户", "%"
  std::optional<Date> until;  ///< last day
  bool until_stated = false;  ///< false: the text gives no day, so it is the end of the plan
  bool operator==(const Target&) const = default;
};
BOOST_DESCRIBE_STRUCT(Target, (), (text, comparator, value, unit, until, until_stated))

/// A time by which something is to be done.
struct Deadline {
  std::string text;           ///< as written: "2025年6月底前"
  std::optional<Date> until;  ///< last day; none: it goes on ("长期坚持")
  bool operator==(const Deadline&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deadline, (), (text, until))

struct Measure {
  std::string section;     ///< heading with its number: "一、……"
  std::string subsection;  ///< the same; empty where there is none
  std::string number;      ///< as the plan counts: "1", "（三）", "第七条"
  std::string title;
  std::string text;                    ///< without title and owners
  std::vector<std::string> leads;      ///< lead units
  std::vector<std::string> assisting;  ///< units that take part
  std::vector<std::string> areas;      ///< responsible areas, as named
  bool all_areas = false;              ///< every area of the city ("各区市县……")
  std::vector<Deadline> deadlines;
  std::vector<Target> targets;
  std::vector<std::string> actions;  ///< sentences of the text: a proposal for its route
  int line = 0;                      ///< in the file as read, from 1
  bool operator==(const Measure&) const = default;
};
BOOST_DESCRIBE_STRUCT(Measure, (),
                      (section, subsection, number, title, text, leads, assisting, areas, all_areas,
                       deadlines, targets, actions, line))

/// What one area wants to be known for.
struct Brand {
  std::string section;
  std::string number;
  std::string area;  ///< as named: "中山区"
  std::string name;  ///< the words in quotation marks; empty where there are none
  std::string title;
  std::string text;
  std::vector<Target> targets;
  int line = 0;
  bool operator==(const Brand&) const = default;
};
BOOST_DESCRIBE_STRUCT(Brand, (), (section, number, area, name, title, text, targets, line))

struct Section {
  std::string title;  ///< with its number
  int measures = 0;
  int brands = 0;
  int line = 0;
  bool operator==(const Section&) const = default;
};
BOOST_DESCRIBE_STRUCT(Section, (), (title, measures, brands, line))

/// What a person should look at: where, what, how to mend it.
struct Doubt {
  std::string code;     ///< stable: "owner.none"
  int line = 0;         ///< in the file as read, from 1; 0: the file as a whole
  std::string measure;  ///< number of the measure; empty when it is about none
  Text text;
  bool operator==(const Doubt&) const = default;
};
BOOST_DESCRIBE_STRUCT(Doubt, (), (code, line, measure, text))

struct PlanText {
  std::string title;              ///< empty: the text begins without one
  std::optional<int> first_year;  ///< that it is for
  std::optional<int> last_year;
  std::vector<Section> sections;
  std::vector<Measure> measures;
  std::vector<Brand> brands;
  std::vector<Doubt> doubts;
  bool operator==(const PlanText&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlanText, (), (title, first_year, last_year, sections, measures, brands, doubts))

}  // namespace jinyue::planning
