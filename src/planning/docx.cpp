// Word documents: a ZIP file with XML parts.
#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <pugixml.hpp>
#include <zip.h>

#include "base/text.h"
#include "planning/letters.h"
#include "planning/source.h"

namespace jinyue::planning {
namespace {

constexpr std::size_t most_unpacked = 64U << 20U;
constexpr int most_depth = 64;

struct Broken {};
struct TooLarge {};

class Parts {
 public:
  explicit Parts(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source != nullptr) {
      archive_ = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
      if (archive_ == nullptr) zip_source_free(source);
    }
    zip_error_fini(&error);
    if (archive_ == nullptr) throw Broken{};
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() { zip_discard(archive_); }

  /// Empty when there is no such part. What it says about its size is not trusted.
  std::unique_ptr<pugi::xml_document> xml(const char* name) {
    auto document = std::make_unique<pugi::xml_document>();
    const auto close = [](zip_file_t* file) { zip_fclose(file); };
    const std::unique_ptr<zip_file_t, decltype(close)> file(zip_fopen(archive_, name, 0));
    if (file == nullptr) return document;
    std::string text;
    char buffer[64 * 1024];
    while (const auto count = zip_fread(file.get(), buffer, sizeof buffer)) {
      if (count < 0) throw Broken{};
      if (static_cast<std::size_t>(count) > left_) throw TooLarge{};
      left_ -= static_cast<std::size_t>(count);
      text.append(buffer, static_cast<std::size_t>(count));
    }
    if (!isValidUtf8(text)) throw Broken{};
    // No document types are read, so entities can't grow.
    if (!document->load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata))
      throw Broken{};
    return document;
  }

 private:
  zip_t* archive_ = nullptr;
  std::size_t left_ = most_unpacked;
};

std::string_view local(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}
pugi::xml_node child(const pugi::xml_node& parent, std::string_view name) {
  return parent.find_child([&](const pugi::xml_node& node) { return local(node) == name; });
}
std::string attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& each : node.attributes()) {
    const std::string_view full = each.name();
    const auto colon = full.find(':');
    if ((colon == std::string_view::npos ? full : full.substr(colon + 1)) == name) return each.value();
  }
  return {};
}
std::string value(const pugi::xml_node& parent, std::string_view name) {
  return attribute(child(parent, name), "val");
}
std::optional<int> numberIn(const std::string& text) {
  if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoi(text);
}

std::u32string chineseNumber(int number) {
  constexpr std::u32string_view digits = U"零一二三四五六七八九";
  if (number < 1 || number > 99) return toLetters(std::to_string(number));
  std::u32string out;
  if (number >= 20) out += digits[static_cast<std::size_t>(number / 10)];
  if (number >= 10) out += U'十';
  if (number % 10 != 0) out += digits[static_cast<std::size_t>(number % 10)];
  return out;
}

std::u32string numberAs(const std::string& format, int number) {
  if (format.starts_with("chinese") || format.starts_with("japaneseCounting") ||
      format.starts_with("taiwanese") || format.starts_with("ideograph"))
    return chineseNumber(number);
  if (format == "decimalEnclosedCircle" || format == "decimalEnclosedCircleChinese") {
    if (number >= 1 && number <= 20) return {static_cast<char32_t>(U'①' + static_cast<char32_t>(number - 1))};
  }
  if (format == "lowerLetter" && number >= 1 && number <= 26)
    return {static_cast<char32_t>(U'a' + static_cast<char32_t>(number - 1))};
  return toLetters(std::to_string(number));
}

struct Level {
  std::string format;
  std::string text;  ///< "%1、"
  int start = 1;
};

/// The numbers that Word shows before paragraphs, which are not in their text.
class Numbering {
 public:
  explicit Numbering(const pugi::xml_document& document) {
    const auto root = document.document_element();
    for (const pugi::xml_node& node : root.children()) {
      if (local(node) != "abstractNum") continue;
      for (const pugi::xml_node& level : node.children()) {
        const auto index = numberIn(attribute(level, "ilvl"));
        if (local(level) != "lvl" || !index || *index > 8) continue;
        abstract_[attribute(node, "abstractNumId")][static_cast<std::size_t>(*index)] = Level{
            value(level, "numFmt"), value(level, "lvlText"), numberIn(value(level, "start")).value_or(1)};
      }
    }
    for (const pugi::xml_node& node : root.children()) {
      if (local(node) == "num") lists_[attribute(node, "numId")] = value(node, "abstractNumId");
    }
  }

  /// Counts one more paragraph of a list and gives its number; empty when it has none.
  std::u32string next(const std::string& list, int level) {
    const auto found = lists_.find(list);
    if (found == lists_.end() || level < 0 || level > 8) return {};
    const auto levels = abstract_.find(found->second);
    if (levels == abstract_.end()) return {};
    const auto at = static_cast<std::size_t>(level);
    auto& counts = counts_[found->second];
    counts[at] = counts[at] ? *counts[at] + 1 : levels->second[at].start;
    for (std::size_t deeper = at + 1; deeper < counts.size(); ++deeper) counts[deeper].reset();
    const Level& own = levels->second[at];
    if (own.format == "bullet" || own.format == "none" || own.text.empty())
      return own.format == "bullet" ? U"• " : U"";
    std::u32string out;
    const std::u32string pattern = toLetters(own.text);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const bool place =
          pattern[i] == U'%' && i + 1 < pattern.size() && pattern[i + 1] >= U'1' && pattern[i + 1] <= U'9';
      if (!place) {
        out += pattern[i];
        continue;
      }
      const auto of = static_cast<std::size_t>(pattern[++i] - U'1');
      out += numberAs(levels->second[of].format, counts[of].value_or(levels->second[of].start));
    }
    if (!out.empty() && isDigit(out.back())) out += U'.';
    return out;
  }

 private:
  std::map<std::string, std::array<Level, 9>> abstract_;
  std::map<std::string, std::string> lists_;
  std::map<std::string, std::array<std::optional<int>, 9>> counts_;
};

struct Style {
  std::string based_on;
  std::string list;
  int level = 0;
  std::optional<int> outline;
};

class Document {
 public:
  explicit Document(std::string_view bytes)
      : parts_(bytes),
        numbering_(*parts_.xml("word/numbering.xml")),
        document_(parts_.xml("word/document.xml")) {
    const auto styles = parts_.xml("word/styles.xml");
    for (const pugi::xml_node& node : styles->document_element().children()) {
      if (local(node) == "style")
        styles_[attribute(node, "styleId")] = styleOf(child(node, "pPr"), value(node, "basedOn"));
    }
  }

  std::vector<SourceLine> read() {
    const auto body = child(document_->document_element(), "body");
    if (!body) throw Broken{};
    block(body, 0);
    return std::move(lines_);
  }

 private:
  static Style styleOf(const pugi::xml_node& properties, std::string based_on) {
    Style style;
    style.based_on = std::move(based_on);
    const auto list = child(properties, "numPr");
    style.list = value(list, "numId");
    style.level = numberIn(value(list, "ilvl")).value_or(0);
    style.outline = numberIn(value(properties, "outlineLvl"));
    return style;
  }

  void block(const pugi::xml_node& parent, int depth) {
    if (depth > most_depth) return;
    for (const pugi::xml_node& node : parent.children()) {
      if (local(node) == "p") add(paragraph(node));
      else if (local(node) == "tbl") table(node, depth + 1);
      else if (local(node) == "sdt") block(child(node, "sdtContent"), depth + 1);
      else if (local(node) == "ins" || local(node) == "customXml") block(node, depth + 1);
    }
  }

  void add(const std::u32string& text) {
    ++number_;
    std::size_t from = 0;
    while (from <= text.size()) {  // line breaks within the paragraph
      const std::size_t end = std::min(text.find(U'\n', from), text.size());
      const std::u32string_view line = std::u32string_view{text}.substr(from, end - from);
      letters_ += line.size();
      if (letters_ > most_plan_letters) throw TooLarge{};
      if (!trimmedLetters(line).empty()) lines_.push_back({evened(line), number_});
      from = end + 1;
    }
  }

  std::u32string paragraph(const pugi::xml_node& node) {
    const auto properties = child(node, "pPr");
    Style own = styleOf(properties, {});
    std::string name = value(properties, "pStyle");
    for (int i = 0; i < 10 && !name.empty(); ++i) {
      const auto style = styles_.find(name);
      if (style == styles_.end()) break;
      if (own.list.empty()) {
        own.list = style->second.list;
        if (!style->second.list.empty()) own.level = style->second.level;
      }
      if (!own.outline) own.outline = style->second.outline;
      name = style->second.based_on;
    }
    std::u32string text;
    run(node, text, 0);
    const auto content = trimmedLetters(text);
    if (content.empty()) return {};
    std::u32string number;
    if (!own.list.empty() && own.list != "0") number = numbering_.next(own.list, own.level);
    if (number.empty() && own.outline && *own.outline < 6)
      number = std::u32string(static_cast<std::size_t>(*own.outline) + 1, U'#') + U" ";
    return number + std::u32string{content};
  }

  void run(const pugi::xml_node& parent, std::u32string& text, int depth) {
    if (depth > most_depth) return;
    for (const pugi::xml_node& node : parent.children()) {
      const auto name = local(node);
      if (name == "t") text += toLetters(node.text().get());
      else if (name == "tab") text += U' ';
      else if (name == "br" || name == "cr") text += U'\n';
      else if (name == "noBreakHyphen") text += U'-';
      // Deleted text, codes of fields, drawings and what stands in for them are not read.
      else if (name == "r" || name == "hyperlink" || name == "ins" || name == "smartTag" || name == "sdt" ||
               name == "sdtContent" || name == "fldSimple" || name == "moveTo")
        run(node, text, depth + 1);
    }
  }

  void table(const pugi::xml_node& node, int depth) {
    if (depth > most_depth) return;
    for (const pugi::xml_node& row : node.children()) {
      if (local(row) != "tr") continue;
      std::u32string line = U"|";
      for (const pugi::xml_node& cell : row.children()) {
        if (local(cell) != "tc") continue;
        std::u32string text;
        for (const pugi::xml_node& part : cell.children()) {
          if (local(part) != "p") continue;
          std::u32string piece = paragraph(part);
          if (!text.empty() && !piece.empty() && !endsSentence(text.back())) text += U' ';
          text += piece;
        }
        std::ranges::replace(text, U'|', U'｜');
        std::ranges::replace(text, U'\n', U' ');
        const int span = std::min(numberIn(value(child(cell, "tcPr"), "gridSpan")).value_or(1), 50);
        line += text + std::u32string(static_cast<std::size_t>(std::max(span, 1)), U'|');
      }
      add(line);
    }
  }

  Parts parts_;
  Numbering numbering_;
  std::unique_ptr<pugi::xml_document> document_;
  std::map<std::string, Style> styles_;
  std::vector<SourceLine> lines_;
  std::size_t letters_ = 0;
  int number_ = 0;
};

}  // namespace

Result<std::vector<SourceLine>> readDocx(std::string_view bytes) {
  try {
    return Document(bytes).read();
  } catch (const Broken&) {
    return refuse(ProblemKind::invalid, "plan.format",
                  {"不是可用的 DOCX 文档", "this is no DOCX document that can be read"});
  } catch (const TooLarge&) {
    return refuse(ProblemKind::invalid, "plan.size", {"文档解压后过大", "the document unpacks to too much"});
  }
}

}  // namespace jinyue::planning
