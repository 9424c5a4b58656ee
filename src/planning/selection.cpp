#include "planning/selection.h"

#include <algorithm>
#include <array>

#include "planning/letters.h"

namespace jinyue::planning {
namespace {

using Words = std::u32string_view;

/// Of the node alone: head and paragraphs until the next number.
std::u32string ownText(const Node& node) {
  std::u32string out = node.head;
  for (const auto& each : node.body) {
    // What follows the words on who does it ends the plan (a closing, a date), unless it says more of it.
    if (out.size() < 20'000 && dutyIn(out) && !beginsWithLabel(each)) break;
    out += U'\n';
    out += each;
  }
  return out;
}

std::u32string wholeText(const Node& node) {
  std::u32string out = ownText(node);
  for (const auto& child : node.children) {
    out += U'\n';
    out += child->number.number;
    if (child->number.style == NumberStyle::arabic) out += U'.';
    if (child->number.style == NumberStyle::chinese) out += U'、';
    out += wholeText(*child);
  }
  return out;
}

/// A list within a measure rather than of measures.
bool isMinor(const Node& node) {
  switch (node.number.style) {
    case NumberStyle::arabic_round:
    case NumberStyle::arabic_half:
    case NumberStyle::circled:
    case NumberStyle::firstly:
    case NumberStyle::bullet: return true;
    default: return false;
  }
}

bool isSupporting(Words heading) {
  constexpr std::array<Words, 24> words{
      U"总体要求", U"指导思想", U"基本原则", U"主要目标", U"工作目标", U"总体目标", U"总体思路", U"目标任务",
      U"保障措施", U"组织保障", U"组织实施", U"工作要求", U"组织领导", U"保障机制", U"实施保障", U"强化保障",
      U"附件",     U"附表",     U"附则",     U"工作机制", U"实施要求", U"推进机制", U"实施步骤", U"有关要求"};
  return heading.size() < 40 &&
         std::ranges::any_of(words, [&](Words word) { return heading.find(word) != Words::npos; });
}

/// The area that a title begins with, when it goes on with what the area makes.
std::u32string areaOfBrand(Words title) {
  constexpr std::array<Words, 26> makes{U"打造", U"推出", U"拓展", U"深化", U"持续", U"创建", U"建设",
                                        U"培育", U"做优", U"擦亮", U"升级", U"聚焦", U"探索", U"推行",
                                        U"树立", U"实施", U"创新", U"叫响", U"构建", U"推动", U"围绕",
                                        U"突出", U"提升", U"塑造", U"优化", U"做强"};
  constexpr std::u32string_view ends = U"区县市旗园";
  const std::size_t most = std::min<std::size_t>(title.size(), 22);
  for (std::size_t i = 1; i + 2 < most; ++i) {
    if (!isOneOf(title[i], ends)) continue;
    const Words rest = title.substr(i + 1);
    if (std::ranges::any_of(makes, [&](Words verb) { return rest.starts_with(verb); }))
      return std::u32string{title.substr(0, i + 1)};
  }
  return {};
}

class Selector {
 public:
  explicit Selector(const Outline& outline) : outline_(outline) {
    for (const auto& section : outline.root->children) countStyles(*section);
  }

  Selection run() {
    for (const auto& section : outline_.root->children) {
      found_.clear();
      visit(*section);
      const bool named =
          std::ranges::any_of(found_, [](const Selected& each) { return each.duty.has_value(); });
      sections_.push_back({section.get(), std::move(found_), named});
    }
    Selection selection;
    selection.any_duty = std::ranges::any_of(sections_, &Part::named);
    for (Part& part : sections_) {
      if (!part.named && isSupporting(part.section->heading())) continue;
      for (Selected& each : part.found) {
        if (!each.duty && !keepWithoutDuty(part, each, selection.any_duty)) continue;
        selection.items.push_back(std::move(each));
      }
    }
    return selection;
  }

 private:
  struct Part {
    const Node* section = nullptr;
    std::vector<Selected> found;
    bool named = false;
  };

  bool keepWithoutDuty(const Part& part, Selected& each, bool any_duty) const {
    if (bare(each.text).empty()) return false;
    if (!part.named) {
      each.area = areaOfBrand(trimmedLetters(each.text));
      each.is_brand = !each.area.empty();
      if (each.is_brand) return true;
    }
    for (const Node* node = each.node; node->parent != nullptr; node = node->parent) {
      if (isSupporting(node->heading())) return false;
    }
    if (each.node == part.section && any_duty) return false;  // a section that is only text
    if (!any_duty && each.node == part.section && sections_.size() > 1 && hasDeeper()) return false;
    return true;
  }
  bool hasDeeper() const {
    return std::ranges::any_of(sections_, [](const Part& part) { return !part.section->children.empty(); });
  }

  static bool says(const Node& node) { return dutyIn(ownText(node)).has_value(); }
  static int saying(const Node& node) {
    int count = says(node) ? 1 : 0;
    for (const auto& child : node.children) count += saying(*child);
    return count;
  }
  static bool onlyLast(const Node& node) {
    if (node.children.size() < 2) return false;
    int all = 0;
    for (const auto& child : node.children) all += saying(*child);
    return all == 1 && saying(*node.children.back()) == 1;
  }
  /// Whether this plan says once, after a list, who does all of it.
  void countStyles(const Node& node) {
    const bool leaves =
        std::ranges::all_of(node.children, [](const auto& child) { return child->children.empty(); });
    if (leaves && node.children.size() >= 2) {
      int all = 0;
      for (const auto& child : node.children) all += saying(*child);
      if (onlyLast(node)) ++after_list_;
      else if (all > 1) ++at_each_;
    }
    for (const auto& child : node.children) countStyles(*child);
  }

  void take(const Node& node, std::u32string text) {
    Selected selected;
    selected.node = &node;
    selected.duty = dutyIn(text);
    selected.text = std::move(text);
    found_.push_back(std::move(selected));
  }

  void visit(const Node& node) {
    if (node.children.empty()) {
      if (node.rows.empty()) take(node, ownText(node));
      return;
    }
    int below = 0;
    for (const auto& child : node.children) below += saying(*child);
    const bool minor = std::ranges::all_of(node.children, [](const auto& child) { return isMinor(*child); });
    const bool whole = (below == 0 && (says(node) || (minor && node.parent->parent != nullptr))) ||
                       (onlyLast(node) && (minor || after_list_ > at_each_));
    if (whole) return take(node, wholeText(node));
    for (const auto& child : node.children) visit(*child);
  }

  const Outline& outline_;
  std::vector<Selected> found_;
  std::vector<Part> sections_;
  int after_list_ = 0;
  int at_each_ = 0;
};

}  // namespace

Selection select(const Outline& outline) { return Selector(outline).run(); }

}  // namespace jinyue::planning
