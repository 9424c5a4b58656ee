#include "planning/source.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "base/text.h"
#include "planning/letters.h"

namespace jinyue::planning {
namespace {

/// From a named encoding to UTF-8; empty when the bytes are not in it.
std::optional<std::string> decoded(std::string_view bytes, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open(encoding, &status),
                                                                     ucnv_close);
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status)) return std::nullopt;
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(),
                                status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::optional<std::string> textOf(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return decoded(bytes, "UTF-16");
  if (isValidUtf8(bytes)) return std::string{bytes};
  return decoded(bytes, "gb18030");
}

/// Emphasis, links and quotes of Markdown say nothing here; "|" and "#" do.
std::u32string withoutMarks(std::u32string_view line) {
  std::u32string out;
  std::u32string_view rest = line;
  while (trimmedLetters(rest).starts_with(U'>')) rest = trimmedLetters(rest).substr(1);
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char32_t c = rest[i];
    const char32_t next = i + 1 < rest.size() ? rest[i + 1] : U'\0';
    if (c == U'`') continue;
    if ((c == U'*' || c == U'_') && next == c) {
      ++i;
      continue;
    }
    if (c == U'\\' && isOneOf(next, U".#*_-()[]|")) continue;
    if (c == U'[') {  // [text](address)
      const auto close = rest.find(U"](", i);
      const auto end = close == std::u32string_view::npos ? close : rest.find(U')', close);
      if (end != std::u32string_view::npos &&
          rest.substr(i + 1, close - i - 1).find(U'[') == std::u32string_view::npos) {
        out += rest.substr(i + 1, close - i - 1);
        i = end;
        continue;
      }
    }
    out += c;
  }
  return out;
}

}  // namespace

Result<std::vector<SourceLine>> readSource(std::string_view bytes) {
  const auto tooMuch = [] {
    return refuse(ProblemKind::invalid, "plan.size", {"文件过大", "the file is too large"});
  };
  if (bytes.size() > most_plan_bytes) return tooMuch();
  if (bytes.starts_with("PK\x03\x04")) return readDocx(bytes);
  if (bytes.starts_with("%PDF") || bytes.starts_with("\xD0\xCF\x11\xE0")) {
    return refuse(ProblemKind::invalid, "plan.format",
                  {"这种文件读不了", "a file of this kind can't be read"}, {},
                  {"请另存为 DOCX、Markdown 或纯文本", "save it as DOCX, Markdown or plain text"});
  }
  const auto text = textOf(bytes);
  if (!text || text->find('\0') != std::string::npos) {
    return refuse(ProblemKind::invalid, "plan.encoding",
                  {"文件编码应为 UTF-8、UTF-16 或 GB18030", "the file must be in UTF-8, UTF-16 or GB18030"});
  }
  const std::u32string letters = toLetters(*text);
  if (letters.size() > most_plan_letters) return tooMuch();
  std::vector<SourceLine> lines;
  std::size_t from = 0;
  for (int number = 1; from <= letters.size(); ++number) {
    const std::size_t end = std::min(letters.find(U'\n', from), letters.size());
    const std::u32string_view line = std::u32string_view{letters}.substr(from, end - from);
    // Two tabs and more are a table that was copied.
    std::u32string made = withoutMarks(line);
    if (std::ranges::count(made, U'\t') >= 2) {
      std::ranges::replace(made, U'|', U'｜');
      std::ranges::replace(made, U'\t', U'|');
      made.insert(0, 1, U'|');
      made += U'|';
    }
    lines.push_back({evened(made), number});
    from = end + 1;
  }
  return lines;
}

}  // namespace jinyue::planning
