// XML of a model file: pugixml with line numbers, namespaces, and one list for everything that is wrong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "base/problem.h"
#include "dmn/source.h"

namespace jinyue::dmn {

/// How large and how deep a file may be; beyond, it is refused, never half read.
struct Limits {
  std::size_t bytes = 32U << 20;
  int depth = 64;  ///< boxed expressions and item components in each other
  std::size_t table_cells = 2'000'000;
  std::size_t problems = 200;  ///< more are counted, not listed
};

/// The open file: its text for line numbers, and what was found wrong so far.
class XmlFile {
 public:
  XmlFile(std::string name, std::string_view text, Limits limits);

  /// False (and a problem noted) when the text is no well-formed XML within the limits.
  bool parse();
  pugi::xml_node root() const { return document_.document_element(); }
  int lineOf(pugi::xml_node node) const;
  source::Place placeOf(pugi::xml_node node) const;
  /// Whether the element belongs to the namespace of the root element.
  bool isDmn(pugi::xml_node node) const;
  /// The namespace of a prefix that is declared at the node or around it.
  std::string_view namespaceOf(pugi::xml_node node, std::string_view prefix) const;

  void report(std::string code, Text title, pugi::xml_node node);
  void report(std::string code, Text title, const source::Place& place);
  std::vector<Problem> takeProblems() { return std::move(problems_); }
  const std::string& name() const { return name_; }
  const Limits& limits() const { return limits_; }

 private:
  int lineAt(std::size_t offset) const;

  std::string name_;
  std::string_view text_;
  Limits limits_;
  pugi::xml_document document_;
  std::vector<std::size_t> line_starts_;
  std::string_view dmn_namespace_;
  std::vector<Problem> problems_;
};

/// The name of an element or attribute without its prefix.
std::string_view localName(std::string_view qualified);
inline std::string_view localName(pugi::xml_node node) { return localName(node.name()); }
/// All character data directly inside the element, joined.
std::string textOf(pugi::xml_node element);
/// "file:line (id)"; with a column (from 1) "file:line:column (id)".
std::string describePlace(std::string_view file, const source::Place& place, int column = 0);
/// As it, for a problem in a FEEL text that begins at the place; inner is "line:column" in the text.
std::string describePlaceIn(std::string_view file, source::Place place, std::string_view inner);

}  // namespace jinyue::dmn
