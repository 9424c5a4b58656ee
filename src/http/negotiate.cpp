#include "http/negotiate.h"

#include <algorithm>

namespace jinyue::http {
namespace {

/// "0", "1", "0.7", "0.123" in thousandths; what is no weight counts as 0.
int thousandths(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1') || text.size() > 5) return 0;
  int value = (text[0] - '0') * 1000;
  if (text.size() > 1 && text[1] != '.') return 0;
  int scale = 100;
  for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (c < '0' || c > '9') return 0;
    value += (c - '0') * scale;
    scale /= 10;
  }
  return std::min(value, 1000);
}

/// Calls visit(word, weight) for each item of a list such as "gzip;q=0.5, br".
template <class Visit>
void forEachWeighted(std::string_view list, Visit&& visit) {
  while (!list.empty()) {
    const auto end = std::min(list.find(','), list.size());
    std::string_view item = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    const auto word_end = std::min(item.find(';'), item.size());
    const std::string_view word = withoutBlanks(item.substr(0, word_end));
    item.remove_prefix(word_end);
    int weight = 1000;
    while (!item.empty()) {
      item.remove_prefix(1);
      const auto next = std::min(item.find(';'), item.size());
      const std::string_view parameter = withoutBlanks(item.substr(0, next));
      if (parameter.size() >= 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=') {
        weight = thousandths(parameter.substr(2));
      }
      item.remove_prefix(next);
    }
    if (!word.empty()) visit(word, weight);
  }
}

}  // namespace

Language languageFrom(std::string_view accept_language) {
  int zh = 0;
  int en = 0;
  forEachWeighted(accept_language, [&](std::string_view word, int weight) {
    const std::string_view primary = word.substr(0, word.find('-'));
    if (equalsIgnoringCase(primary, "zh")) zh = std::max(zh, weight);
    if (equalsIgnoringCase(primary, "en")) en = std::max(en, weight);
  });
  return en > zh ? Language::en : Language::zh;
}

int weightOf(std::string_view accept_encoding, std::string_view coding) {
  std::optional<int> own;
  std::optional<int> any;
  forEachWeighted(accept_encoding, [&](std::string_view word, int weight) {
    if (equalsIgnoringCase(word, coding)) own = weight;
    else if (word == "*") any = weight;
  });
  return own.value_or(any.value_or(0));
}

bool matchesTag(std::string_view header, std::string_view tag, TagComparison comparison) {
  const auto opaque = [](std::string_view text) { return text.starts_with("W/") ? text.substr(2) : text; };
  if (withoutBlanks(header) == "*") return true;
  while (!header.empty()) {
    header.remove_prefix(std::min(header.find_first_not_of(" \t,"), header.size()));
    const auto open = header.find('"');
    if (open == std::string_view::npos) return false;
    const auto close = header.find('"', open + 1);
    if (close == std::string_view::npos) return false;
    const std::string_view candidate = header.substr(0, close + 1);
    header.remove_prefix(close + 1);
    if (comparison == TagComparison::weak && opaque(candidate) == opaque(tag)) return true;
    if (comparison == TagComparison::strong && !tag.starts_with("W/") && candidate == tag) return true;
  }
  return false;
}

bool isUnchanged(const Request& request, std::string_view tag) {
  if (request.method != Method::get && request.method != Method::head) return false;
  const auto given = request.headers.find("If-None-Match");
  return given && matchesTag(*given, tag, TagComparison::weak);
}

}  // namespace jinyue::http
