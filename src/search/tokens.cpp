#include "search/tokens.h"

#include <algorithm>

#include "search/initials.h"

namespace jinyue::search {
namespace {

constexpr std::size_t most_tokens = 8'000;

/// The longest pieces in which each letter is together with the one before.
template <class Together>
std::vector<Run> splitWhere(std::span<const Letter> letters, Together together) {
  std::vector<Run> runs;
  for (std::size_t begin = 0; begin < letters.size();) {
    std::size_t end = begin + 1;
    while (end < letters.size() && together(letters[end - 1], letters[end])) ++end;
    runs.push_back(letters.subspan(begin, end - begin));
    begin = end;
  }
  return runs;
}

bool startsPartOfWord(Run word, std::size_t at) { return at == 0 || word[at].kind != word[at - 1].kind; }

class Collector {
 public:
  void add(std::string token) {
    if (tokens_.size() < most_tokens) tokens_.push_back(std::move(token));
  }

  void addText(std::span<const Letter> letters) {
    for (const Run run : runsOf(letters)) {
      if (run.front().kind == LetterKind::han) addHan(run);
      else addWord(run);
    }
  }

  void addInitials(std::span<const Letter> name) {
    for (std::size_t at = 0; at + 1 < name.size(); ++at) {
      for (const char first : initialsOf(name[at].value)) {
        for (const char second : initialsOf(name[at + 1].value)) {
          const std::string pair = std::string{initials_mark} + first + second;
          add(pair);
          if (at + 2 == name.size()) continue;
          for (const char third : initialsOf(name[at + 2].value)) add(pair + third);
        }
      }
    }
  }

  std::string joined() {
    std::ranges::sort(tokens_);
    const auto repeated = std::ranges::unique(tokens_);
    tokens_.erase(repeated.begin(), repeated.end());
    std::string all;
    for (const std::string& token : tokens_) {
      if (!all.empty()) all += ' ';
      all += token;
    }
    return all;
  }

 private:
  void addHan(Run run) {
    for (std::size_t at = 0; at + 1 < run.size(); ++at) add(utf8Of(run.subspan(at, 2)));
    add(utf8Of(run.last(1)));
  }

  void addWord(Run word) {
    for (std::size_t start = 0; start < word.size(); ++start) {
      if (startsPartOfWord(word, start)) addBeginnings(word.subspan(start));
    }
  }

  void addBeginnings(Run word) {
    std::string token;
    const std::size_t most = std::min(word.size(), longest_word);
    for (std::size_t length = 1; length <= most; ++length) {
      appendUtf8(token, word[length - 1].value);
      if (length >= shortest_prefix || length == word.size() || startsPartOfWord(word, length)) add(token);
    }
  }

  std::vector<std::string> tokens_;
};

}  // namespace

std::vector<Run> runsOf(std::span<const Letter> letters) { return splitWhere(letters, areTogether); }

std::vector<Run> partsOf(std::span<const Letter> letters) {
  return splitWhere(letters, [](const Letter& before, const Letter& letter) {
    return !letter.after_gap && before.kind == letter.kind;
  });
}

std::string utf8Of(Run letters) {
  std::string text;
  for (const Letter& letter : letters) appendUtf8(text, letter.value);
  return text;
}

std::string tokensOf(const store::TextRow& row, std::span<const std::string> lookups) {
  Collector tokens;
  for (const std::string& lookup : lookups) tokens.add(std::string{lookup_mark} + lookup);
  tokens.addText(lettersOf(row.title));
  for (std::string_view rest = row.names; !rest.empty();) {
    const auto end = rest.find('\n');
    const auto name = lettersOf(rest.substr(0, end));
    tokens.addText(name);
    tokens.addInitials(name);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  tokens.addText(lettersOf(row.text));
  return tokens.joined();
}

}  // namespace jinyue::search
