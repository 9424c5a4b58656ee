#include "packs/finding.h"

#include <algorithm>

#include <fmt/format.h>

namespace jinyue::packs {
namespace {

/// Walks over JSON text without building anything; stops where the text is no JSON.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text) {}

  std::size_t position() const { return at_; }
  void skipBlanks() {
    while (at_ < text_.size() && std::string_view{" \t\r\n"}.contains(text_[at_])) ++at_;
  }
  /// Moves to the child with this key or index; `found` is where it begins.
  bool enter(const std::string& token, std::size_t& found) {
    skipBlanks();
    const bool object = take('{');
    if (!object && !take('[')) return false;
    for (std::size_t index = 0; at_ < text_.size(); ++index) {
      skipBlanks();
      const std::size_t begin = at_;
      if (at_ >= text_.size() || text_[at_] == '}' || text_[at_] == ']') return false;
      std::string key = std::to_string(index);
      if (object) {
        key = string();
        skipBlanks();
        if (!take(':')) return false;
      }
      if (key == token) {
        found = begin;
        return true;
      }
      skipValue();
      skipBlanks();
      if (!take(',')) return false;
    }
    return false;
  }

 private:
  bool take(char wanted) {
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  /// Escapes are kept but for the quote and the backslash: keys of packs have no others.
  std::string string() {
    std::string result;
    if (!take('"')) return result;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size()) result += text_[at_++];
    }
    take('"');
    return result;
  }
  void skipValue() {
    skipBlanks();
    int depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') {
        string();
      } else if (c == '{' || c == '[') {
        ++depth;
        ++at_;
      } else if (c == '}' || c == ']') {
        if (depth == 0) return;
        --depth;
        ++at_;
      } else if (c == ',' && depth == 0) {
        return;
      } else {
        ++at_;
        continue;
      }
      if (depth == 0) return;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string unescaped(std::string_view token) {
  std::string result;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '~' && i + 1 < token.size()) result += token[++i] == '1' ? '/' : '~';
    else result += token[i];
  }
  return result;
}

}  // namespace

int lineOf(std::string_view json, std::string_view pointer) {
  Walker walker(json);
  walker.skipBlanks();
  std::size_t found = walker.position();
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    if (!walker.enter(unescaped(pointer.substr(0, end)), found)) break;
    pointer.remove_prefix(end);
  }
  return 1 + static_cast<int>(std::ranges::count(json.substr(0, found), '\n'));
}

std::string describe(const Finding& finding) {
  std::string place = finding.file;
  if (finding.line > 0) place += fmt::format(":{}", finding.line);
  if (!finding.place.empty()) place += fmt::format(" ({})", finding.place);
  std::string out = fmt::format("{} {}: {}\n    {}\n    {}", finding.severity == Severity::error ? "✗" : "!",
                                place, finding.code, finding.title.zh, finding.title.en);
  if (!finding.mend.zh.empty()) out += fmt::format("\n    → {}\n    → {}", finding.mend.zh, finding.mend.en);
  return out;
}

void Findings::add(Finding finding) {
  if (std::ranges::find(list_, finding) == list_.end()) list_.push_back(std::move(finding));
}

bool hasErrors(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings, [](const Finding& each) { return each.severity == Severity::error; });
}

}  // namespace jinyue::packs
