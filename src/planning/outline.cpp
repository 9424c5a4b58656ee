#include "planning/outline.h"

#include <algorithm>
#include <map>

#include "planning/duty.h"
#include "planning/letters.h"

namespace jinyue::planning {
namespace {

using Words = std::u32string_view;

struct Paragraph {
  std::u32string text;  ///< without its number
  std::optional<Numbered> number;
  int line = 0;
  std::vector<TableRow> rows;  ///< instead of text
  bool out_of_order = false;
};

bool isTableRow(Words line) {
  line = trimmedLetters(line);
  return line.size() > 2 && line.front() == U'|' && std::ranges::count(line, U'|') >= 3;
}

std::vector<std::u32string> cellsOf(Words line) {
  line = trimmedLetters(line);
  line.remove_prefix(1);
  if (line.ends_with(U'|')) line.remove_suffix(1);
  std::vector<std::u32string> cells;
  std::size_t from = 0;
  while (from <= line.size()) {
    const std::size_t end = std::min(line.find(U'|', from), line.size());
    cells.emplace_back(trimmedLetters(line.substr(from, end - from)));
    from = end + 1;
  }
  return cells;
}

/// "|---|:--:|"
bool isRule(const std::vector<std::u32string>& cells) {
  return std::ranges::all_of(cells, [](const std::u32string& cell) {
    return !cell.empty() && std::ranges::all_of(cell, [](char32_t c) { return isOneOf(c, U"-:"); });
  });
}

int openParentheses(Words text) {
  int depth = 0;
  for (const char32_t c : text) {
    if (isOneOf(c, U"（(")) ++depth;
    if (isOneOf(c, U"）)") && depth > 0) --depth;
  }
  return depth;
}

constexpr std::size_t longest_paragraph = 20'000;

class Paragraphs {
 public:
  explicit Paragraphs(const std::vector<SourceLine>& lines) : lines_(lines) {
    // A text whose lines are all about as long and mostly end in the middle of a sentence was wrapped.
    std::vector<std::size_t> sizes;
    std::size_t longest = 0;
    for (const SourceLine& line : lines) {
      const Words text = trimmedLetters(line.text);
      if (text.empty() || isTableRow(text)) continue;
      sizes.push_back(text.size());
      longest = std::max(longest, text.size());
    }
    std::size_t full = 0;
    std::size_t open_ended = 0;
    for (const SourceLine& line : lines) {
      const Words text = trimmedLetters(line.text);
      if (text.size() + 3 < longest || isTableRow(text)) continue;
      ++full;
      if (!endsSentence(text.back())) ++open_ended;
    }
    if (longest >= 12 && longest <= 80 && full >= 3 && full * 4 >= sizes.size() && open_ended * 2 > full)
      width_ = longest;
  }

  std::vector<Paragraph> all() {
    for (const SourceLine& line : lines_) {
      const Words text = trimmedLetters(line.text);
      if (text.empty()) {
        blank_ = true;
        continue;
      }
      if (isTableRow(text)) {
        row(text, line.number);
        continue;
      }
      add(text, line.number);
      blank_ = false;
    }
    return std::move(all_);
  }

 private:
  void row(Words text, int line) {
    auto cells = cellsOf(text);
    if (isRule(cells)) return;
    if (all_.empty() || all_.back().rows.empty()) {
      all_.emplace_back();
      all_.back().line = line;
    }
    all_.back().rows.push_back({std::move(cells), line});
  }

  void add(Words text, int line) {
    auto number = numberedStart(text);
    if (continues(text, number)) return join(text, line);
    const bool in_order = !number || follows(*number);
    Paragraph made;
    made.line = line;
    if (number) {
      note(*number);
      made.text = std::u32string{text.substr(number->length)};
      made.number = std::move(number);
      made.out_of_order = !in_order;
    } else {
      made.text = std::u32string{text};
    }
    all_.push_back(std::move(made));
    last_size_ = text.size();
    splitLast();
  }

  /// Whether a line goes on with the paragraph before it.
  bool continues(Words text, const std::optional<Numbered>& number) const {
    if (all_.empty() || !all_.back().rows.empty()) return false;
    const Paragraph& before = all_.back();
    const Words so_far = trimmedLetters(before.text);
    if (so_far.size() > longest_paragraph) return false;
    if (so_far.empty()) return !number && !blank_;  // the number stood alone in its line
    if (openParentheses(so_far) > 0 && (!number || !follows(*number))) return true;
    if (beginsWithLabel(text)) return false;
    const bool ended = endsSentence(so_far.back());
    if (number) {
      // "……2025年新建充电桩\n5.6万个": a number that does not follow, in the middle of a sentence.
      return !ended && !blank_ && so_far.size() > 12 && !follows(*number) &&
             number->style != NumberStyle::heading;
    }
    if (blank_) return false;
    if (width_ != 0) return last_size_ + 3 >= width_ && !(ended && last_size_ < width_);
    const bool heading = before.number && so_far.size() < 40 && so_far.find(U'。') == Words::npos;
    const bool title = !before.number && so_far.size() < 40 && all_.size() < 8;
    return !ended && !heading && !title;
  }

  void join(Words text, int line) {
    std::u32string& so_far = all_.back().text;
    if (!so_far.empty() && !text.empty()) {
      const auto isWord = [](char32_t c) { return c < 0x80 && c > 0x20 && !isOneOf(c, U".,;:()"); };
      if (isWord(so_far.back()) && isWord(text.front()) && !(isDigit(so_far.back()) && isDigit(text.front())))
        so_far += U' ';
    }
    so_far += text;
    if (all_.back().line == 0) all_.back().line = line;
    last_size_ = text.size();
    splitLast();
  }

  /// A paragraph that holds the next numbers, too ("……。（二）……"), is taken apart.
  void splitLast() {
    if (all_.back().text.size() > 2 * longest_paragraph) return;
    int depth = 0;
    for (std::size_t i = 1; i + 2 < all_.back().text.size(); ++i) {
      const Words text = all_.back().text;
      if (isOneOf(text[i - 1], U"（(")) ++depth;
      if (isOneOf(text[i - 1], U"）)") && depth > 0) --depth;
      if (depth > 0) continue;
      auto number = numberedStart(text.substr(i));
      if (!number || isBlank(text[i]) || (isDigit(text[i]) && isDigit(text[i - 1]))) continue;
      const bool round = number->style == NumberStyle::chinese_round;
      const bool arabic = number->style == NumberStyle::arabic;
      const bool strong =
          number->style == NumberStyle::chinese || number->style == NumberStyle::article || round || arabic;
      // Behind a sentence, or behind the few words of a heading.
      const bool behind_heading =
          arabic && all_.back().number && i < 30 && text.substr(0, i).find(U'。') == Words::npos;
      if (!isOneOf(text[i - 1], U"。)）】") && !round && !behind_heading) continue;
      const bool may_begin = round || arabic;
      if (!strong || !follows(*number) || (number->value == 1 && !may_begin)) continue;
      if (i + number->length >= text.size() || !isHan(text[i + number->length])) continue;
      note(*number);
      Paragraph made;
      made.line = all_.back().line;
      made.text = std::u32string{text.substr(i + number->length)};
      made.number = std::move(number);
      all_.back().text.resize(i);
      all_.push_back(std::move(made));
      i = 0;
      depth = 0;
    }
  }

  static std::pair<NumberStyle, int> kindOf(const Numbered& number) { return {number.style, number.depth}; }
  bool follows(const Numbered& number) const {
    if (number.value <= 1) return true;
    const auto last = last_.find(kindOf(number));
    return last != last_.end() && number.value == last->second + 1;
  }
  void note(const Numbered& number) { last_[kindOf(number)] = number.value; }

  const std::vector<SourceLine>& lines_;
  std::vector<Paragraph> all_;
  std::map<std::pair<NumberStyle, int>, int> last_;
  std::size_t width_ = 0;  ///< of wrapped lines; 0: they are not
  std::size_t last_size_ = 0;
  bool blank_ = false;
};

bool isAttachment(Words text) {
  return (text.starts_with(U"附件") || text.starts_with(U"附表")) && text.size() < 60;
}

}  // namespace

std::u32string Node::heading() const {
  std::u32string out = number.number;
  if (number.style == NumberStyle::chinese) out += U'、';
  else if (number.style == NumberStyle::arabic) out += U'.';
  else if (number.style == NumberStyle::part || number.style == NumberStyle::clause ||
           number.style == NumberStyle::article || number.style == NumberStyle::dotted)
    out += U' ';
  else if (number.style == NumberStyle::labelled) out += U'：';
  Words text = head;
  // A section that goes on with text in the same line: what stands before the first full stop is its name.
  const auto stop = text.find(U'。');
  if (stop != Words::npos) text = text.substr(0, stop);
  out += bare(text);
  return out;
}

Outline outlineOf(const std::vector<SourceLine>& lines) {
  Outline outline;
  outline.root = std::make_unique<Node>();
  std::vector<Node*> stack{outline.root.get()};
  for (Paragraph& paragraph : Paragraphs(lines).all()) {
    Node& top = *stack.back();
    if (!paragraph.rows.empty()) {
      for (TableRow& row : paragraph.rows) top.rows.push_back(std::move(row));
      continue;
    }
    if (!paragraph.number && isAttachment(paragraph.text) && !outline.root->children.empty()) {
      paragraph.number = Numbered{NumberStyle::heading, 0, 0, {}, 0};
      stack.resize(1);
    }
    if (!paragraph.number) {
      if (stack.size() == 1) outline.opening.push_back(std::move(paragraph.text));
      else top.body.push_back(std::move(paragraph.text));
      continue;
    }
    const auto same = std::find_if(stack.rbegin(), stack.rend() - 1, [&](const Node* node) {
      return node->number.isSibling(*paragraph.number);
    });
    if (same != stack.rend() - 1) {
      stack.resize(static_cast<std::size_t>(stack.rend() - same) - 1);
    } else if (paragraph.number->style == NumberStyle::heading) {
      // A heading of fewer "#" is outside of one with more.
      while (stack.size() > 1 && stack.back()->number.style == NumberStyle::heading &&
             stack.back()->number.depth > paragraph.number->depth)
        stack.pop_back();
    }
    auto node = std::make_unique<Node>();
    node->number = std::move(*paragraph.number);
    node->head = std::move(paragraph.text);
    node->line = paragraph.line;
    node->out_of_order = paragraph.out_of_order;
    node->parent = stack.back();
    stack.push_back(node.get());
    node->parent->children.push_back(std::move(node));
  }
  // One heading over everything is the title.
  while (outline.root->children.size() == 1 && !outline.root->children.front()->children.empty() &&
         outline.root->children.front()->number.style == NumberStyle::heading) {
    std::unique_ptr<Node> title = std::move(outline.root->children.front());
    outline.opening.push_back(std::move(title->head));
    for (auto& each : title->body) outline.opening.push_back(std::move(each));
    for (auto& row : title->rows) outline.root->rows.push_back(std::move(row));
    outline.root->children = std::move(title->children);
    for (auto& child : outline.root->children) child->parent = outline.root.get();
  }
  return outline;
}

}  // namespace jinyue::planning
