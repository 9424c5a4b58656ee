#include "planning/duty.h"

#include <algorithm>
#include <array>

#include "planning/letters.h"

namespace jinyue::planning {
namespace {

using Words = std::u32string_view;

enum class Role { lead, responsible, assist, area, time, person };
struct Label {
  Words word;
  Role role;
};

/// Longer ones first where one is the end of another.
constexpr std::array labels{Label{U"牵头责任单位", Role::lead},
                            Label{U"牵头单位", Role::lead},
                            Label{U"牵头部门", Role::lead},
                            Label{U"牵头市直部门", Role::lead},
                            Label{U"主责单位", Role::lead},
                            Label{U"主办单位", Role::lead},
                            Label{U"主要责任单位", Role::lead},
                            Label{U"责任单位和责任人", Role::responsible},
                            Label{U"责任单位", Role::responsible},
                            Label{U"责任部门", Role::responsible},
                            Label{U"责任主体", Role::responsible},
                            Label{U"实施单位", Role::responsible},
                            Label{U"落实单位", Role::responsible},
                            Label{U"承办单位", Role::responsible},
                            Label{U"实施主体", Role::responsible},
                            Label{U"配合单位", Role::assist},
                            Label{U"配合部门", Role::assist},
                            Label{U"协办单位", Role::assist},
                            Label{U"参与单位", Role::assist},
                            Label{U"参加单位", Role::assist},
                            Label{U"协同单位", Role::assist},
                            Label{U"支持单位", Role::assist},
                            Label{U"协助单位", Role::assist},
                            Label{U"责任地区", Role::area},
                            Label{U"责任区域", Role::area},
                            Label{U"落实地区", Role::area},
                            Label{U"实施地区", Role::area},
                            Label{U"属地单位", Role::area},
                            Label{U"完成时限", Role::time},
                            Label{U"完成时间", Role::time},
                            Label{U"完成期限", Role::time},
                            Label{U"时间节点", Role::time},
                            Label{U"时间要求", Role::time},
                            Label{U"时限要求", Role::time},
                            Label{U"办理时限", Role::time},
                            Label{U"责任领导", Role::person},
                            Label{U"分管领导", Role::person},
                            Label{U"牵头领导", Role::person},
                            Label{U"责任人", Role::person},
                            Label{U"联系人", Role::person},
                            Label{U"牵头", Role::lead},
                            Label{U"配合", Role::assist},
                            Label{U"时限", Role::time}};

struct FoundLabel {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< after the colon
  Role role = Role::lead;
};

/// A label is followed by a colon and preceded by no other word.
std::optional<FoundLabel> labelAt(Words text, std::size_t at) {
  if (at > 0 && isHan(text[at - 1])) return std::nullopt;
  for (const Label& label : labels) {
    if (!startsWith(text.substr(at), label.word)) continue;
    std::size_t end = at + label.word.size();
    if (startsWith(text.substr(end), U"及责任人")) end += 4;
    while (end < text.size() && isBlank(text[end])) ++end;
    if (end < text.size() && isOneOf(text[end], U"：:】]")) return FoundLabel{at, end + 1, label.role};
  }
  return std::nullopt;
}

std::vector<FoundLabel> labelsIn(Words text) {
  std::vector<FoundLabel> found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto label = labelAt(text, i)) {
      found.push_back(*label);
      i = label->end - 1;
    }
  }
  return found;
}

/// Words that follow the names in "……牵头", and what they make of them.
struct Ending {
  Words word;
  Role role;
};
constexpr std::array endings{Ending{U"按职责分工负责", Role::lead}, Ending{U"按照职责分工负责", Role::lead},
                             Ending{U"按职责分工落实", Role::lead}, Ending{U"按职责分工", Role::lead},
                             Ending{U"分别负责", Role::lead},       Ending{U"共同负责", Role::lead},
                             Ending{U"分工负责", Role::lead},       Ending{U"牵头负责", Role::lead},
                             Ending{U"牵头落实", Role::lead},       Ending{U"负责落实", Role::lead},
                             Ending{U"组织实施", Role::lead},       Ending{U"负责", Role::lead},
                             Ending{U"牵头", Role::lead},           Ending{U"落实", Role::lead},
                             Ending{U"参与配合", Role::assist},     Ending{U"配合落实", Role::assist},
                             Ending{U"协同配合", Role::assist},     Ending{U"配合", Role::assist},
                             Ending{U"参与", Role::assist},         Ending{U"协助", Role::assist},
                             Ending{U"参加", Role::assist}};

/// Whether a text in parentheses is a list of units: what one of them ends with.
bool looksLikeUnit(Words name) {
  constexpr std::array<Words, 38> ends{
      U"局",   U"委",     U"办",     U"部",   U"厅",   U"院",     U"会",     U"社",   U"站",   U"处",
      U"中心", U"公司",   U"集团",   U"银行", U"分行", U"海关",   U"政府",   U"组",   U"部门", U"单位",
      U"机构", U"法院",   U"检察院", U"大学", U"学院", U"县区",   U"区县",   U"各区", U"各县", U"园区",
      U"新区", U"开发区", U"旗县",   U"乡镇", U"街道", U"管委会", U"区市县", U"支行"};
  if (name.size() < 2 || name.size() > 40) return false;
  if (isClosing(name.back())) {  // "市住建局（市人防办）"
    const auto open = std::find_if(name.rbegin(), name.rend(), isOpening);
    if (open != name.rend()) name = name.substr(0, static_cast<std::size_t>(name.rend() - open) - 1);
  }
  return std::ranges::any_of(ends, [&](Words end) { return endsWith(name, end); }) || startsWith(name, U"各");
}

std::u32string cleanUnit(Words name) {
  std::u32string out;
  for (const char32_t c : bare(name)) {
    if (isBlank(c)) continue;
    if (c == U'(' || c == U'（') out += U'（';
    else if (c == U')' || c == U'）') out += U'）';
    else out += c;
  }
  return out;
}

void addOnce(std::vector<std::u32string>& list, std::u32string name) {
  if (!name.empty() && std::ranges::find(list, name) == list.end()) list.push_back(std::move(name));
}

/// "市甲局牵头，市乙局、市丙局配合", "市甲局会同市乙局负责": true when it said who does what.
bool readSpoken(Words text, Duty& duty) {
  bool any = false;
  for (Words piece : pieces(text, U"，,；;。")) {
    const auto ending =
        std::ranges::find_if(endings, [&](const Ending& each) { return endsWith(piece, each.word); });
    if (ending == endings.end()) continue;
    Words names = bare(piece.substr(0, piece.size() - ending->word.size()));
    if (startsWith(names, U"由")) names.remove_prefix(1);
    auto& into = ending->role == Role::assist ? duty.assisting : duty.leads;
    const auto together = names.find(U"会同");
    if (together != Words::npos) {
      readUnits(names.substr(0, together), into, duty);
      readUnits(names.substr(together + 2), duty.assisting, duty);
    } else {
      readUnits(names, into, duty);
    }
    any = true;
  }
  return any;
}

Duty readLabelled(Words text) {
  Duty duty;
  const auto found = labelsIn(text);
  std::vector<std::u32string> responsible;
  bool lead_said = false;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::size_t end = i + 1 < found.size() ? found[i + 1].begin : text.size();
    const Words said = text.substr(found[i].end, end - found[i].end);
    switch (found[i].role) {
      case Role::lead:
        lead_said = true;
        if (!readSpoken(said, duty)) readUnits(said, duty.leads, duty);
        break;
      case Role::responsible:
        if (!readSpoken(said, duty)) readUnits(said, responsible, duty);
        break;
      case Role::assist:
        if (!readSpoken(said, duty)) readUnits(said, duty.assisting, duty);
        break;
      case Role::area:
        for (const Words name : pieces(said, U"、，,；; \u3000。")) addOnce(duty.areas, cleanUnit(name));
        break;
      case Role::time:
        if (const Words time = bare(said); !time.empty()) duty.times.emplace_back(time);
        break;
      case Role::person: break;  // names of people are not for the ledger
    }
  }
  // Without a lead unit the responsible ones are it; beside one they take part.
  for (auto& name : responsible) addOnce(lead_said ? duty.assisting : duty.leads, std::move(name));
  return duty;
}

/// The parenthesis that closes at `close`; npos when none does. No list of units is longer than a thousand
/// letters.
std::size_t openingOf(Words text, std::size_t close) {
  int depth = 0;
  const std::size_t first = close > 1000 ? close - 1000 : 0;
  for (std::size_t i = close + 1; i-- > first;) {
    if (isClosing(text[i])) ++depth;
    else if (isOpening(text[i]) && --depth == 0) return i;
  }
  return Words::npos;
}

bool isDutyText(Words inside) {
  if (!labelsIn(inside).empty()) return true;
  Duty spoken;
  if (!readSpoken(inside, spoken)) return false;
  const auto names = spoken.leads.empty() ? spoken.assisting : spoken.leads;
  return !names.empty() &&
         std::ranges::any_of(names, [](const std::u32string& name) { return looksLikeUnit(name); });
}

}  // namespace

bool namesAllAreas(Words name) {
  constexpr std::array<Words, 14> all{
      U"各区市县", U"各区县", U"各县区", U"各县市区", U"各县（市、区）", U"各区（市）县", U"各县（市）区",
      U"各旗县",   U"各地区", U"各区",   U"各县",     U"各市县",         U"各地",         U"各盟市"};
  return std::ranges::any_of(all, [&](Words word) { return startsWith(name, word); });
}

bool namesArea(Words name) {
  if (namesAllAreas(name) || startsWith(name, U"各")) {
    constexpr std::array<Words, 6> places{U"区", U"县", U"市", U"旗", U"镇", U"街道"};
    return std::ranges::any_of(places, [&](Words word) { return name.find(word) != Words::npos; });
  }
  constexpr std::array<Words, 7> ends{U"区政府", U"县政府",     U"区人民政府", U"县人民政府",
                                      U"管委会", U"管理委员会", U"开发区"};
  return std::ranges::any_of(ends, [&](Words end) { return endsWith(name, end); });
}

void readUnits(Words list, std::vector<std::u32string>& into, Duty& duty) {
  constexpr std::size_t most_units = 200;
  for (Words piece : pieces(list, U"、，,；; \u3000。/")) {
    if (into.size() >= most_units) break;
    if (isClosing(piece.back()) && std::ranges::none_of(piece, isOpening)) piece.remove_suffix(1);
    constexpr std::array<Words, 9> open_ends{U"等有关部门和单位", U"等相关部门和单位", U"等有关部门",
                                             U"等相关部门",       U"等有关单位",       U"等相关单位",
                                             U"等部门",           U"等单位",           U"等"};
    for (const Words end : open_ends) {
      if (piece.size() <= end.size() || !endsWith(piece, end)) continue;
      piece.remove_suffix(end.size());
      duty.open_ended = true;
      break;
    }
    std::u32string name = cleanUnit(piece);
    if (name.empty()) continue;
    addOnce(namesArea(name) ? duty.areas : into, std::move(name));
  }
}

bool beginsWithLabel(Words line) {
  while (!line.empty() && (isBlank(line.front()) || isOpening(line.front()))) line.remove_prefix(1);
  return labelAt(line, 0).has_value();
}

namespace {

void addAll(Duty& to, Duty&& more) {
  for (auto& each : more.leads) addOnce(to.leads, std::move(each));
  for (auto& each : more.assisting) addOnce(to.assisting, std::move(each));
  for (auto& each : more.areas) addOnce(to.areas, std::move(each));
  for (auto& each : more.times) addOnce(to.times, std::move(each));
  to.open_ended = to.open_ended || more.open_ended;
}

/// Where labels begin that are in no parenthesis, on a line of their own or behind the end of a sentence; the
/// end of the text when there are none.
std::size_t openLabels(Words text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || isOneOf(text[i - 1], U"\n。；; \u3000）)】");
    if (depth == 0 && begins && labelAt(text, i)) return i;
    if (isOneOf(text[i], U"【[")) {  // "【责任单位】市甲局"
      const auto label = labelAt(text, i + 1);
      if (label && isOneOf(text[label->end - 1], U"】]")) return i;
    }
    if (isOpening(text[i])) ++depth;
    if (isClosing(text[i]) && depth > 0) --depth;
  }
  return text.size();
}

}  // namespace

std::optional<DutyReading> dutyIn(Words text) {
  Duty duty;
  const std::size_t labels_from = openLabels(text);
  std::u32string rest{text.substr(0, labels_from)};
  Duty said = readLabelled(text.substr(labels_from));
  if (!said.any()) rest = text;
  for (std::size_t end = rest.size(); end > 0;) {
    const std::size_t close = end - 1;
    const std::size_t open = isClosing(rest[close]) ? openingOf(rest, close) : Words::npos;
    end = close;
    if (open == Words::npos) continue;
    const Words inside = Words{rest}.substr(open + 1, close - open - 1);
    if (isDutyText(inside)) {
      Duty inner = readLabelled(inside);
      if (!inner.any()) readSpoken(inside, inner);
      addAll(inner, std::move(duty));  // in the order of the text
      duty = std::move(inner);
      rest.erase(open, close - open + 1);
    }
    end = open;
  }
  addAll(duty, std::move(said));
  if (!duty.any()) return std::nullopt;
  return DutyReading{std::move(duty), std::move(rest)};
}

}  // namespace jinyue::planning
