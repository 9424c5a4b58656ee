#include "planning/doubts.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "planning/letters.h"

namespace jinyue::planning {
namespace {

constexpr std::size_t most_doubts = 1000;  // hostile input must not make an endless answer

class Doubts {
 public:
  explicit Doubts(PlanText& plan) : plan_(plan) {}

  void run() {
    if (plan_.title.empty()) add("title.none", 0, {}, {"没有读到方案标题", "the plan has no title"});
    if (plan_.measures.empty()) add("measure.none", 0, {}, {"没有读到举措", "no measure was found"});
    const bool any_owner =
        std::ranges::any_of(plan_.measures, [](const Measure& each) { return !each.leads.empty(); });
    std::map<std::pair<std::string, std::string>, int> numbers;
    for (const Measure& each : plan_.measures) {
      if (each.leads.empty() && any_owner) {
        add("owner.none", each.line, each.number,
            {fmt::format("“{}”没有写牵头或责任单位", each.title),
             fmt::format("nobody is named for \"{}\"", each.title)});
      }
      if (each.title.empty())
        add("title.empty", each.line, each.number, {"举措没有标题", "the measure has no title"});
      if (countLetters(each.title) > 40)
        add("title.long", each.line, each.number,
            {"标题过长，可能没有读对", "the title is long and may have been read wrong"});
      if (std::ranges::any_of(each.leads, [&](const auto& name) {
            return countLetters(name) > 25 || countLetters(name) < 2;
          }))
        add("owner.odd", each.line, each.number,
            {"单位名称可能没有读对", "a unit's name may have been read wrong"});
      if (each.number.empty()) continue;
      if (++numbers[{each.section + each.subsection, each.number}] == 2)
        add("number.twice", each.line, each.number,
            {fmt::format("编号 {} 出现两次", each.number),
             fmt::format("number {} is there twice", each.number)});
    }
    similarUnits();
    std::ranges::sort(plan_.doubts, {}, [](const Doubt& each) {
      return std::tie(each.line, each.measure, each.code, each.text.zh);
    });
  }

 private:
  static std::size_t countLetters(const std::string& text) { return toLetters(text).size(); }

  void add(std::string code, int line, std::string measure, Text text) {
    if (plan_.doubts.size() < most_doubts)
      plan_.doubts.push_back({std::move(code), line, std::move(measure), std::move(text)});
  }

  void similarUnits() {
    std::set<std::u32string> names;
    for (const Measure& each : plan_.measures) {
      for (const auto* list : {&each.leads, &each.assisting}) {
        for (const std::string& name : *list) names.insert(toLetters(name));
      }
    }
    if (names.size() > 400) return;
    for (const auto& shorter : names) {
      for (const auto& longer : names) {
        if (!isShortFor(shorter, longer)) continue;
        add("owner.alike", 0, {},
            {fmt::format("“{}”和“{}”可能是同一个单位", toText(shorter), toText(longer)),
             fmt::format("\"{}\" and \"{}\" may be one unit", toText(shorter), toText(longer))});
      }
    }
  }

  PlanText& plan_;
};

}  // namespace

bool isShortFor(std::u32string_view shorter, std::u32string_view longer) {
  if (shorter.size() >= longer.size() || shorter.size() < 3 || shorter.front() != longer.front() ||
      shorter.back() != longer.back())
    return false;
  std::size_t at = 0;
  for (const char32_t c : longer) {
    if (at < shorter.size() && shorter[at] == c) ++at;
  }
  return at == shorter.size() && shorter.size() * 2 >= longer.size();
}

void addDoubts(PlanText& plan) { Doubts(plan).run(); }

}  // namespace jinyue::planning
