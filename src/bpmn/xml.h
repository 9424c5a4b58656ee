// A BPMN file as XML with what pugixml lacks: namespaces and line numbers; and the list of reasons why a
// deployment is refused.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "base/problem.h"
#include "bpmn/model.h"

namespace jinyue::bpmn {

inline constexpr std::string_view bpmn_namespace = "http://www.omg.org/spec/BPMN/20100524/MODEL";
inline constexpr std::string_view our_namespace = "urn:jinyue:bpmn:1";

/// A parsed file. Nodes of its document are valid while it lives.
class XmlFile {
 public:
  /// Refuses what is no well-formed UTF-8 XML, what is too large or nested too deeply.
  static Result<std::unique_ptr<XmlFile>> parse(const SourceFile& source);

  pugi::xml_node root() const { return document_.document_element(); }
  const std::string& path() const { return path_; }
  int lineOf(pugi::xml_node node) const;

 private:
  std::string path_;
  pugi::xml_document document_;
  std::vector<std::size_t> line_starts_;
};

/// The name without its prefix.
std::string_view localName(std::string_view qualified);
/// The namespace that the prefix of an element or attribute stands for at this node; empty when unknown.
std::string_view namespaceOf(pugi::xml_node node);
std::string_view namespaceOf(pugi::xml_node owner, pugi::xml_attribute attribute);
/// An element of BPMN with this local name.
bool isBpmn(pugi::xml_node node, std::string_view name);
bool isBpmn(pugi::xml_node node);
/// The value of an attribute without namespace; empty when missing.
std::string_view attribute(pugi::xml_node node, const char* name);
/// The value of one of our attributes (jy:…); null when missing.
const char* ourAttribute(pugi::xml_node node, std::string_view name);
/// The first child that is this BPMN element.
pugi::xml_node childOf(pugi::xml_node node, std::string_view name);
/// All text inside, trimmed.
std::string textOf(pugi::xml_node node);
/// xs:boolean; `otherwise` when missing, nothing when it is neither.
std::optional<bool> boolOf(pugi::xml_node node, const char* name, bool otherwise);

/// The reasons why a deployment is refused, in the order they were found; each once.
class Reasons {
 public:
  /// `node` gives file, line and id; an element without an id takes that of the nearest one around it.
  void add(const XmlFile& file, pugi::xml_node node, std::string code, Text title, Text detail = {});
  void add(Problem problem);
  bool empty() const { return causes_.empty(); }
  Problem problem() &&;

 private:
  std::vector<Problem> causes_;
  std::set<std::string> seen_;
};

/// The id of an element, or of the nearest one around it that has one.
std::string_view idOf(pugi::xml_node node);

}  // namespace jinyue::bpmn
