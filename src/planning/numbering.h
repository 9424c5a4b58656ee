// The number that a line of a document begins with: "一、" "（三）" "12." "第七条" "①" "举措5：" "## ".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jinyue::planning {

/// A style of numbers. Which of two is the outer one is said by the document, not by the style.
enum class NumberStyle {
  part,           ///< 第一章 第二部分 第三篇
  clause,         ///< 第一节
  article,        ///< 第七条
  chinese,        ///< 一、
  chinese_round,  ///< （一）
  labelled,       ///< 举措一： 任务3．
  arabic,         ///< 1. 1、
  dotted,         ///< 1.2  1.2.3
  arabic_round,   ///< （1）
  arabic_half,    ///< 1）
  circled,        ///< ①
  firstly,        ///< 一是 二是
  heading,        ///< a heading of Markdown without a number; its depth is `depth`
  bullet,         ///< - * •
};

struct Numbered {
  NumberStyle style = NumberStyle::arabic;
  int depth = 0;           ///< of dotted numbers and headings
  int value = 0;           ///< the last number: 3 of "1.3"; 0 of headings and bullets
  std::u32string number;   ///< as written, without what separates it from the text: "（三）", "12", "第七条"
  std::size_t length = 0;  ///< letters of the line before the text
  /// Of one style and one depth: items of one list.
  bool isSibling(const Numbered& other) const { return style == other.style && depth == other.depth; }
};

/// Nothing for a line that begins with text. `line` is evened and without marks of Markdown other than "#".
std::optional<Numbered> numberedStart(std::u32string_view line);

}  // namespace jinyue::planning
