#include "dmn/xml.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"

namespace jinyue::dmn {

namespace {

/// Depth of XML elements at all, extensions and diagrams included.
constexpr int max_xml_depth = 512;

bool isShallow(pugi::xml_node root) {
  int depth = 0;
  for (pugi::xml_node node = root; node;) {
    if (node.first_child()) {
      node = node.first_child();
      if (++depth > max_xml_depth) return false;
      continue;
    }
    while (node != root && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node == root) break;
    node = node.next_sibling();
  }
  return true;
}

}  // namespace

std::string_view localName(std::string_view qualified) {
  const auto colon = qualified.find(':');
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

std::string textOf(pugi::xml_node element) {
  std::string text;
  for (const auto child : element.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
  }
  return text;
}

std::string describePlace(std::string_view file, const source::Place& place, int column) {
  const auto at =
      column > 0 ? fmt::format("{}:{}:{}", file, place.line, column) : fmt::format("{}:{}", file, place.line);
  return place.id.empty() ? at : fmt::format("{} ({})", at, place.id);
}

std::string describePlaceIn(std::string_view file, source::Place place, std::string_view inner) {
  int line = 0;
  int column = 0;
  const auto* end = inner.data() + inner.size();
  const auto parsed = std::from_chars(inner.data(), end, line);
  if (parsed.ec == std::errc{} && parsed.ptr != end && *parsed.ptr == ':')
    std::from_chars(parsed.ptr + 1, end, column);
  if (line > 0) place.line += line - 1;
  return describePlace(file, place, column);
}

XmlFile::XmlFile(std::string name, std::string_view text, Limits limits)
    : name_(std::move(name)), text_(text), limits_(limits) {
  if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
}

bool XmlFile::parse() {
  const source::Place top;
  if (text_.size() > limits_.bytes) {
    report("dmn.too-large", {"文件过大", "the file is too large"}, top);
    return false;
  }
  if (!isValidUtf8(text_)) {
    report("dmn.not-utf8", {"文件不是 UTF-8 编码", "the file is not UTF-8"}, top);
    return false;
  }
  line_starts_.push_back(0);
  for (std::size_t at = 0; (at = text_.find('\n', at)) != std::string_view::npos;)
    line_starts_.push_back(++at);
  const auto result =
      document_.load_buffer(text_.data(), text_.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!result) {
    source::Place place;
    place.line = lineAt(static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0)));
    report("dmn.not-xml",
           {fmt::format("不是合法的 XML：{}", result.description()),
            fmt::format("not well-formed XML: {}", result.description())},
           place);
    return false;
  }
  if (!isShallow(document_)) {
    report("dmn.too-deep", {"元素嵌套过深", "elements are nested too deeply"}, top);
    return false;
  }
  const pugi::xml_node root = document_.document_element();
  const std::string_view root_name = root.name();
  const auto colon = root_name.find(':');
  dmn_namespace_ =
      namespaceOf(root, colon == std::string_view::npos ? std::string_view{} : root_name.substr(0, colon));
  return true;
}

int XmlFile::lineAt(std::size_t offset) const {
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<int>(next - line_starts_.begin());
}

int XmlFile::lineOf(pugi::xml_node node) const {
  const auto offset = node.offset_debug();
  return offset < 0 ? 1 : lineAt(static_cast<std::size_t>(offset));
}

source::Place XmlFile::placeOf(pugi::xml_node node) const {
  return {node.attribute("id").value(), lineOf(node)};
}

std::string_view XmlFile::namespaceOf(pugi::xml_node node, std::string_view prefix) const {
  for (; node && node.type() == pugi::node_element; node = node.parent()) {
    for (const auto attribute : node.attributes()) {
      const std::string_view name = attribute.name();
      if (prefix.empty()
              ? name == "xmlns"
              : name.size() == prefix.size() + 6 && name.starts_with("xmlns:") && name.substr(6) == prefix) {
        return attribute.value();
      }
    }
  }
  return {};
}

bool XmlFile::isDmn(pugi::xml_node node) const {
  if (node.type() != pugi::node_element) return false;
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  return namespaceOf(node, colon == std::string_view::npos ? std::string_view{} : name.substr(0, colon)) ==
         dmn_namespace_;
}

void XmlFile::report(std::string code, Text title, pugi::xml_node node) {
  report(std::move(code), std::move(title), placeOf(node));
}

void XmlFile::report(std::string code, Text title, const source::Place& place) {
  if (problems_.size() >= limits_.problems) return;
  problems_.push_back(
      Problem{ProblemKind::invalid, std::move(code), std::move(title), describePlace(name_, place), {}, {}});
}

}  // namespace jinyue::dmn
