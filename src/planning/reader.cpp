#include "planning/reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "planning/doubts.h"
#include "planning/duty.h"
#include "planning/letters.h"
#include "planning/moment.h"
#include "planning/outline.h"
#include "planning/quantity.h"
#include "planning/selection.h"
#include "planning/task_table.h"

namespace jinyue::planning {
namespace {

using Words = std::u32string_view;

bool holdsAny(Words text, std::initializer_list<Words> words) {
  return std::ranges::any_of(words, [&](Words word) { return text.find(word) != Words::npos; });
}

/// The years of a title: "2025年……", "（2022—2024年）".
std::pair<std::optional<int>, std::optional<int>> yearsIn(Words text) {
  std::vector<int> years;
  for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
    if ((i > 0 && isDigit(text[i - 1])) || (i + 4 < text.size() && isDigit(text[i + 4]))) continue;
    const auto year =
        std::ranges::all_of(text.substr(i, 4), isDigit) ? numberOf(text.substr(i, 4)) : std::nullopt;
    if (year && *year >= 1990 && *year < 2200) years.push_back(*year);
  }
  if (years.empty()) return {};
  return {std::ranges::min(years), std::ranges::max(years)};
}

class Reader {
 public:
  Reader(Outline outline, const ReadOptions& options) : outline_(std::move(outline)), options_(options) {}

  PlanText read() {
    readTitle();
    readYears();
    const Selection selected = select(outline_);
    for (const Selected& each : selected.items) {
      if (each.is_brand) brand(each);
      else measure(each, selected.any_duty);
    }
    for (const TableItem& each : tableItems(outline_)) tableMeasure(each);
    countSections();
    addDoubts(plan_);
    return std::move(plan_);
  }

 private:
  void doubt(std::string code, int line, std::string measure, Text text) {
    plan_.doubts.push_back({std::move(code), line, std::move(measure), std::move(text)});
  }

  void readTitle() {
    std::vector<Words> before;
    for (const auto& each : outline_.opening) before.emplace_back(each);
    for (const auto& node : outline_.root->children) {  // "# 某市……行动方案"
      if (node->number.style != NumberStyle::heading) break;
      before.emplace_back(node->head);
      if (before.size() > 6) break;
    }
    std::u32string title;
    for (std::size_t i = 0; i < before.size(); ++i) {
      const Words text = trimmedLetters(before[i]);
      if (text.size() > 70 || text.find(U'。') != Words::npos) break;
      // "……办公厅文件", "某政发〔2025〕3号", "各区县……：" are not it.
      if (text.empty() || isOneOf(text.back(), U"号：:") || text.ends_with(U"文件")) continue;
      if (text.starts_with(title)) title.clear();  // said again, and whole
      title += text;
      if (!holdsAny(title, {U"方案", U"计划", U"措施", U"意见", U"要点", U"规划", U"清单", U"举措", U"任务"}))
        continue;
      // Its years may stand in a line of their own.
      const Words next = i + 1 < before.size() ? trimmedLetters(before[i + 1]) : Words{};
      if (next.size() < 20 && !next.empty() && isOpening(next.front()) && yearsIn(next).first) title += next;
      break;
    }
    plan_.title = toText(title);
  }

  void readYears() {
    std::tie(plan_.first_year, plan_.last_year) = yearsIn(toLetters(plan_.title));
    if (plan_.last_year) return;
    if (options_.year) {
      plan_.first_year = plan_.last_year = options_.year;
      return;
    }
    std::map<int, int> counts;
    count(*outline_.root, counts);
    if (counts.empty())
      return doubt("year.none", 0, {},
                   {"没有说明是哪一年的方案", "the plan does not say which year it is for"});
    const auto most = std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; });
    plan_.first_year = plan_.last_year = most->first;
    doubt("year.guessed", 0, {},
          {fmt::format("没有标题年份，按正文中最常出现的 {} 年", most->first),
           fmt::format("no year in the title; {} is the one that the text names most", most->first)});
  }

  static void count(const Node& node, std::map<int, int>& counts) {
    const auto add = [&](Words text) {
      for (const Moment& each : momentsIn(text, std::nullopt))
        ++counts[static_cast<int>(std::chrono::year_month_day{each.until}.year())];
    };
    add(node.head);
    for (const auto& each : node.body) add(each);
    for (const auto& child : node.children) count(*child, counts);
  }

  std::optional<Date> end() const {
    return plan_.last_year ? std::optional{makeDate(*plan_.last_year, 12, 31)} : std::nullopt;
  }

  void place(const Node& node, std::string& section, std::string& subsection) const {
    const Node* top = node.parent;
    for (const Node* each = node.parent; each != nullptr && each->parent != nullptr; each = each->parent)
      top = each;
    if (top == nullptr || top->parent == nullptr) return;
    section = toText(top->heading());
    if (node.parent != top) subsection = toText(node.parent->heading());
  }

  /// The words before the first full stop, or the line that stands alone before the text.
  static std::pair<std::u32string, std::u32string> titleAndText(Words whole) {
    whole = trimmedLetters(whole);
    const auto line_end = whole.find(U'\n');
    const Words first = trimmedLetters(whole.substr(0, line_end));
    const bool alone = line_end != Words::npos && first.size() <= 60 && first.find(U'。') == Words::npos;
    if (alone) return {std::u32string{bare(first)}, std::u32string{trimmedLetters(whole.substr(line_end))}};
    std::size_t stop = Words::npos;
    int depth = 0;
    for (std::size_t i = 0; i < whole.size() && stop == Words::npos; ++i) {
      if (isOpening(whole[i]) || isOneOf(whole[i], U"《“")) ++depth;
      if ((isClosing(whole[i]) || isOneOf(whole[i], U"》”")) && depth > 0) --depth;
      if (isOneOf(whole[i], U"。\n") || (depth == 0 && i <= 40 && isOneOf(whole[i], U"：:\u3000"))) stop = i;
    }
    if (stop == Words::npos || stop > 60) {  // one long sentence: its first part names it
      for (std::size_t i = 4; i < std::min<std::size_t>(whole.size(), 40); ++i) {
        if (isOneOf(whole[i], U"，,；;")) return {std::u32string{whole.substr(0, i)}, std::u32string{whole}};
      }
      return {std::u32string{bare(whole.substr(0, 60))}, std::u32string{whole}};
    }
    return {std::u32string{bare(whole.substr(0, stop))},
            std::u32string{trimmedLetters(whole.substr(stop + 1))}};
  }

  void measure(const Selected& selected, bool any_duty) {
    const Node& node = *selected.node;
    Measure made;
    made.line = node.line;
    made.number = toText(node.number.number);
    place(node, made.section, made.subsection);
    const auto reading = selected.duty;
    const auto [title, text] = titleAndText(reading ? reading->rest : selected.text);
    made.title = toText(title);
    made.text = toText(text);
    if (reading) owners(made, reading->duty);
    contents(made, title, text);
    if (node.out_of_order) {
      doubt("number.gap", node.line, made.number,
            {fmt::format("编号 {} 不接上一条", made.number),
             fmt::format("number {} does not follow the one before", made.number)});
    }
    if (!any_duty && plan_.measures.empty())
      doubt("owner.nowhere", 0, {}, {"全文没有写牵头或责任单位", "no unit is named in the whole text"});
    plan_.measures.push_back(std::move(made));
  }

  void owners(Measure& made, const Duty& duty) {
    for (const auto& each : duty.leads) made.leads.push_back(toText(each));
    for (const auto& each : duty.assisting) made.assisting.push_back(toText(each));
    for (const auto& each : duty.areas) {
      made.areas.push_back(toText(each));
      made.all_areas = made.all_areas || namesAllAreas(each);
    }
    if (duty.open_ended)
      doubt("owner.open-ended", made.line, made.number,
            {"单位没有列全（“等”）", "not all units are named (\"and others\")"});
    for (const auto& time : duty.times) {
      const auto moments = momentsIn(time, plan_.last_year);
      for (const Moment& each : moments) add(made, time.substr(each.begin, each.end - each.begin), each);
      if (!moments.empty()) continue;
      made.deadlines.push_back({toText(time), {}});
      if (!holdsAny(time, {U"长期", U"持续", U"常态", U"全年", U"每年", U"每季", U"每月"}))
        doubt("time.unread", made.line, made.number,
              {"时限读不出日期：" + toText(time), "no day can be read from the deadline " + toText(time)});
    }
  }

  void add(Measure& made, Words words, const Moment& moment) {
    const Deadline deadline{toText(words), moment.until};
    if (std::ranges::find(made.deadlines, deadline) != made.deadlines.end()) return;
    made.deadlines.push_back(deadline);
    if (moment.unclear)
      doubt("time.unclear", made.line, made.number,
            {fmt::format("“{}”是否含当期不明，按不含算到 {}", deadline.text, formatDate(moment.until)),
             fmt::format("\"{}\" may or may not include its own month; read as until {}", deadline.text,
                         formatDate(moment.until))});
  }

  void contents(Measure& made, Words title, Words text) {
    const std::u32string whole = std::u32string{title} + U"。" + std::u32string{text};
    for (const Moment& each : momentsIn(whole, plan_.last_year)) {
      if (each.is_limit) add(made, Words{whole}.substr(each.begin, each.end - each.begin), each);
    }
    made.targets = targetsIn(whole, plan_.last_year, end());
    for (const Words sentence : pieces(text, U"。；;\n")) made.actions.push_back(toText(sentence));
  }

  void brand(const Selected& selected) {
    const Node& node = *selected.node;
    Brand made;
    made.line = node.line;
    made.number = toText(node.number.number);
    std::string subsection;
    place(node, made.section, subsection);
    const auto [title, text] = titleAndText(selected.text);
    made.area = toText(selected.area);
    made.title = toText(title);
    made.text = toText(text);
    const auto open = title.find(U'“');
    const auto close = title.find(U'”');
    if (open != Words::npos && close != Words::npos && close > open + 1)
      made.name = toText(Words{title}.substr(open + 1, close - open - 1));
    made.targets = targetsIn(title + U"。" + text, plan_.last_year, end());
    plan_.brands.push_back(std::move(made));
  }

  void tableMeasure(const TableItem& item) {
    Measure made;
    made.line = item.line;
    made.number = toText(item.number);
    if (item.node->parent != nullptr) made.section = toText(item.node->heading());
    made.subsection = toText(item.section);
    auto [title, text] = titleAndText(item.text);
    made.title = toText(title);
    made.text = toText(text);
    owners(made, item.duty);
    contents(made, title, text + U"。" + item.goal);
    const auto after = std::ranges::upper_bound(plan_.measures, made.line, {}, &Measure::line);
    plan_.measures.insert(after, std::move(made));
  }

  void countSections() {
    const auto of = [&](const std::string& title, int line) -> Section& {
      const auto found = std::ranges::find(plan_.sections, title, &Section::title);
      if (found != plan_.sections.end()) return *found;
      return plan_.sections.emplace_back(Section{title, 0, 0, line});
    };
    for (const Measure& each : plan_.measures) ++of(each.section, each.line).measures;
    for (const Brand& each : plan_.brands) ++of(each.section, each.line).brands;
  }

  Outline outline_;
  const ReadOptions& options_;
  PlanText plan_;
};

}  // namespace

Result<PlanText> readPlan(std::string_view bytes, const ReadOptions& options) {
  const auto lines = readSource(bytes);
  if (!lines) return std::unexpected(lines.error());
  return Reader(outlineOf(*lines), options).read();
}

}  // namespace jinyue::planning
