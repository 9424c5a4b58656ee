#include "search/excerpt.h"

#include <algorithm>

namespace jinyue::search {
namespace {

constexpr std::string_view cut_mark = "…";

bool isInsideCodePoint(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

/// `count` code points before or after a place, as far as the text goes.
std::size_t back(std::string_view text, std::size_t at, std::size_t count) {
  for (; count > 0 && at > 0; --count) {
    do --at;
    while (isInsideCodePoint(text, at));
  }
  return at;
}

std::size_t forth(std::string_view text, std::size_t at, std::size_t count) {
  for (; count > 0 && at < text.size(); --count) {
    do ++at;
    while (isInsideCodePoint(text, at));
  }
  return at;
}

}  // namespace

Marked markedText(std::string_view text, const Query& query, Where where) {
  return {std::string{text}, highlights(text, query, where)};
}

Marked excerptOf(std::string_view text, const Query& query, std::size_t length) {
  const auto marks = highlights(text, query);
  const std::size_t first = marks.empty() ? 0 : marks.front().begin;
  std::size_t begin = back(text, first, length / 4);
  const std::size_t end = forth(text, begin, length);
  if (end == text.size()) begin = back(text, end, length);
  Marked excerpt;
  if (begin > 0) excerpt.text = cut_mark;
  const std::size_t shift = excerpt.text.size();
  excerpt.text += text.substr(begin, end - begin);
  if (end < text.size()) excerpt.text += cut_mark;
  for (const Range& mark : marks) {
    if (mark.begin < begin || mark.begin >= end) continue;
    const auto last = std::min<std::size_t>(mark.end, end);
    excerpt.marks.push_back({static_cast<std::uint32_t>(mark.begin - begin + shift),
                             static_cast<std::uint32_t>(last - begin + shift)});
  }
  return excerpt;
}

}  // namespace jinyue::search
