#include "bpmn/xml.h"

#include <algorithm>

#include "base/text.h"

namespace jinyue::bpmn {
namespace {

constexpr std::size_t max_file_size = 16U << 20U;
constexpr int max_xml_depth = 200;

bool isTooDeep(pugi::xml_node node, int depth = 0) {
  if (depth > max_xml_depth) return true;
  return std::ranges::any_of(node.children(),
                             [&](pugi::xml_node child) { return isTooDeep(child, depth + 1); });
}

std::string_view prefixOf(std::string_view qualified) {
  const auto colon = qualified.find(':');
  return colon == std::string_view::npos ? std::string_view{} : qualified.substr(0, colon);
}

std::string_view resolve(pugi::xml_node node, std::string_view prefix) {
  const std::string wanted = prefix.empty() ? "xmlns" : "xmlns:" + std::string{prefix};
  for (; node; node = node.parent()) {
    if (const auto declaration = node.attribute(wanted.c_str())) return declaration.value();
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<XmlFile>> XmlFile::parse(const SourceFile& source) {
  if (source.text.size() > max_file_size) {
    return refuse(ProblemKind::invalid, "xml.too-large", {"文件过大", "the file is too large"}, source.path);
  }
  if (!isValidUtf8(source.text)) {
    return refuse(ProblemKind::invalid, "xml.encoding", {"文件不是 UTF-8 编码", "the file is not UTF-8"},
                  source.path, {"请另存为 UTF-8", "save it as UTF-8"});
  }
  auto file = std::make_unique<XmlFile>();
  file->path_ = source.path;
  file->line_starts_.push_back(0);
  for (std::size_t i = 0; i < source.text.size(); ++i) {
    if (source.text[i] == '\n') file->line_starts_.push_back(i + 1);
  }
  const auto parsed =
      file->document_.load_buffer(source.text.data(), source.text.size(),
                                  pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_utf8);
  if (!parsed) {
    const auto line = std::ranges::upper_bound(file->line_starts_, static_cast<std::size_t>(parsed.offset)) -
                      file->line_starts_.begin();
    return refuse(ProblemKind::invalid, "xml.syntax", {"XML 格式错误", "the XML is not well-formed"},
                  source.path + ":" + std::to_string(line), {parsed.description(), parsed.description()});
  }
  if (isTooDeep(file->root())) {
    return refuse(ProblemKind::invalid, "xml.too-deep", {"XML 嵌套过深", "the XML is nested too deeply"},
                  source.path);
  }
  return file;
}

int XmlFile::lineOf(pugi::xml_node node) const {
  const auto offset = node.offset_debug();
  if (offset < 0) return 0;
  return static_cast<int>(std::ranges::upper_bound(line_starts_, static_cast<std::size_t>(offset)) -
                          line_starts_.begin());
}

std::string_view localName(std::string_view qualified) {
  const auto colon = qualified.find(':');
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

std::string_view namespaceOf(pugi::xml_node node) { return resolve(node, prefixOf(node.name())); }

std::string_view namespaceOf(pugi::xml_node owner, pugi::xml_attribute attribute) {
  const std::string_view prefix = prefixOf(attribute.name());
  return prefix.empty() ? std::string_view{} : resolve(owner, prefix);
}

bool isBpmn(pugi::xml_node node) {
  return node.type() == pugi::node_element && namespaceOf(node) == bpmn_namespace;
}

bool isBpmn(pugi::xml_node node, std::string_view name) {
  return node.type() == pugi::node_element && localName(node.name()) == name &&
         namespaceOf(node) == bpmn_namespace;
}

std::string_view attribute(pugi::xml_node node, const char* name) { return node.attribute(name).value(); }

const char* ourAttribute(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_attribute candidate : node.attributes()) {
    if (localName(candidate.name()) == name && namespaceOf(node, candidate) == our_namespace) {
      return candidate.value();
    }
  }
  return nullptr;
}

pugi::xml_node childOf(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_node child : node.children()) {
    if (isBpmn(child, name)) return child;
  }
  return {};
}

std::string textOf(pugi::xml_node node) {
  std::string text;
  for (const pugi::xml_node child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
  }
  return std::string{trimmed(text)};
}

std::optional<bool> boolOf(pugi::xml_node node, const char* name, bool otherwise) {
  const std::string_view text = attribute(node, name);
  if (text.empty()) return otherwise;
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

std::string_view idOf(pugi::xml_node node) {
  for (; node; node = node.parent()) {
    if (const std::string_view id = attribute(node, "id"); !id.empty()) return id;
  }
  return {};
}

void Reasons::add(const XmlFile& file, pugi::xml_node node, std::string code, Text title, Text detail) {
  std::string where = file.path() + ":" + std::to_string(file.lineOf(node)) + ":" + std::string{idOf(node)};
  add(Problem{
      ProblemKind::invalid, std::move(code), std::move(title), std::move(where), std::move(detail), {}});
}

void Reasons::add(Problem problem) {
  if (seen_.insert(problem.code + "\n" + problem.where + "\n" + problem.title.en).second) {
    causes_.push_back(std::move(problem));
  }
}

Problem Reasons::problem() && {
  return Problem{ProblemKind::invalid,
                 "bpmn.refused",
                 {"流程模型不能部署", "the process model can't be deployed"},
                 {},
                 {"原因逐条列出", "every reason is listed"},
                 std::move(causes_)};
}

}  // namespace jinyue::bpmn
