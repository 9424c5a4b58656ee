// Reads DMN 1.1 to 1.5 XML into source::Definitions. Strict: what the standard does not know is a problem,
// and all problems of a file come in one answer. Diagrams and extension elements are skipped.
#pragma once

#include "dmn/source.h"
#include "dmn/xml.h"

namespace jinyue::dmn {

/// Reads one file; `name` stands in problems. Problem code: "dmn.file", with one cause for each thing wrong.
Result<source::Definitions> readDefinitions(std::string name, std::string_view text,
                                            const Limits& limits = {});

/// The reading of one file; the parts of the reader share it.
class Reader {
 public:
  Reader(XmlFile& file, source::Definitions& out) : file_(file), out_(out) {}
  void readAll();

 private:
  // reader.cpp
  void readHeader(pugi::xml_node root);
  void readImport(pugi::xml_node node);
  source::ItemDefinition readItem(pugi::xml_node node, int depth);
  void readFunctionItem(pugi::xml_node node, source::ItemDefinition& item);
  void readInputData(pugi::xml_node node);
  void readDecision(pugi::xml_node node);
  void readKnowledgeModel(pugi::xml_node node);
  void readService(pugi::xml_node node);
  void readRequirement(pugi::xml_node node, source::Requirements& out);
  source::Reference readReference(pugi::xml_node node);
  source::Information readInformation(pugi::xml_node node);
  std::string requireName(pugi::xml_node node);
  std::string typeRefOf(pugi::xml_node node);
  source::Cell readCell(pugi::xml_node node);
  void reportUnknown(pugi::xml_node node);
  void checkIds();

  // read_expression.cpp
  /// The boxed expression that the element is; null pointer (and a problem) when it is none.
  source::ExpressionPtr readExpression(pugi::xml_node node, int depth);
  /// The one boxed expression inside an element such as "in" or "if".
  source::ExpressionPtr readChild(pugi::xml_node node, int depth);
  static bool isExpression(std::string_view name);
  source::Context readContext(pugi::xml_node node, int depth);
  source::List readList(pugi::xml_node node, int depth);
  source::Relation readRelation(pugi::xml_node node, int depth);
  source::Invocation readInvocation(pugi::xml_node node, int depth);
  source::Function readFunction(pugi::xml_node node, int depth);
  source::Conditional readConditional(pugi::xml_node node, int depth);
  source::Filter readFilter(pugi::xml_node node, int depth);
  source::Iterator readIterator(pugi::xml_node node, std::string_view name, int depth);

  // read_table.cpp
  source::Table readTable(pugi::xml_node node);
  void readPolicy(pugi::xml_node node, source::Table& table);
  source::InputClause readInputClause(pugi::xml_node node);
  source::OutputClause readOutputClause(pugi::xml_node node);
  source::Rule readRule(pugi::xml_node node);
  void checkTable(pugi::xml_node node, const source::Table& table);

  /// Calls visit(local name, child) for each child of the DMN namespace that is no documentation;
  /// reports the child when visit says that it does not know it.
  template <class Visit>
  void forEachChild(pugi::xml_node node, Visit&& visit) {
    for (const auto child : node.children()) {
      if (!file_.isDmn(child)) continue;
      const auto name = localName(child);
      if (name == "description" || name == "extensionElements" || name == "extension") continue;
      if (!visit(name, child)) reportUnknown(child);
    }
  }

  XmlFile& file_;
  source::Definitions& out_;
  bool is_feel_ = true;
};

}  // namespace jinyue::dmn
