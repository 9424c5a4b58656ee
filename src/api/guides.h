// What residents and firms can ask for: the service items of the deployed packs whose cases belong to
// somebody.
#pragma once

#include "api/plain_value.h"
#include "api/rooms.h"

namespace jinyue::api {

struct GuideLine {
  std::string pack;
  std::string item;
  Text title;
  std::optional<Text> summary;
  Text system;
  static std::vector<About> about() {
    return {{"summary", {"一句话说明", "in a line, what it is for"}},
            {"system", {"所属系统包的名称", "title of the pack"}}};
  }
};
BOOST_DESCRIBE_STRUCT(GuideLine, (), (pack, item, title, summary, system))

struct GuideClock {
  Text name;
  int amount = 0;
  std::optional<int> statutory;
  calendar::ClockUnit unit = calendar::ClockUnit::working_day;
  std::string source;
  static std::vector<About> about() {
    return {{"amount", {"承诺时限", "what is promised"}}, {"statutory", {"法定时限", "what the law allows"}}};
  }
};
BOOST_DESCRIBE_STRUCT(GuideClock, (), (name, amount, statutory, unit, source))

struct GuideField {
  std::string name;
  Text title;
  bool required = false;
  bool asked = true;
  static std::vector<About> about() {
    return {{"asked", {"false：由系统带出，不用填", "false: it is known already and need not be filled in"}}};
  }
};
BOOST_DESCRIBE_STRUCT(GuideField, (), (name, title, required, asked))
struct GuideSection {
  Text title;
  std::vector<GuideField> fields;
};
BOOST_DESCRIBE_STRUCT(GuideSection, (), (title, fields))

struct Guide : GuideLine {
  Text description;
  std::optional<GuideClock> clock;
  std::vector<Text> steps;
  std::vector<GuideSection> sections;
  std::vector<std::string> sources;
  std::optional<PlainValue> form;
  static std::vector<About> about() {
    auto all = GuideLine::about();
    all.insert(all.end(), {{"steps", {"由人办理的环节", "the steps that people work on"}},
                           {"sources", {"依据", "what it rests on"}},
                           {"form", {"表单：JSON Schema 与版面", "the form: JSON Schema and layout"}}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(Guide, (GuideLine), (description, clock, steps, sections, sources, form))

/// By pack, in the order in which each names them. Items whose cases belong to nobody are for officers and
/// are not here.
std::vector<GuideLine> guidesOf(const Rooms& rooms);
/// Refuses with item.unknown.
Result<Guide> guideOf(const Rooms& rooms, std::string_view pack, std::string_view item);

class Endpoints;
void addGuides(Endpoints& endpoints, const Rooms& rooms);

}  // namespace jinyue::api
