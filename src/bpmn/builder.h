// Builds a Model out of BPMN files. Each read… step notes what it refuses and goes on, so that one answer has
// every reason; check… steps look at the finished graph.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bpmn/model.h"
#include "bpmn/xml.h"

namespace jinyue::bpmn {

class ModelBuilder {
 public:
  explicit ModelBuilder(const Surroundings& surroundings);
  Result<std::shared_ptr<const Model>> build(std::span<const SourceFile> files);

 private:
  /// Where a node or flow was read.
  struct Origin {
    const XmlFile* file = nullptr;
    pugi::xml_node xml;
  };
  /// A message, signal, error or escalation of one file.
  struct Definition {
    std::string name;  ///< of an error or escalation: its code
    pugi::xml_node xml;
  };
  struct Roots {
    std::map<std::string, Definition, std::less<>> messages, signals, errors, escalations;
  };

  // read_roots.cpp: what lies beside the processes
  void collectNames(pugi::xml_node xml);
  void checkIds(pugi::xml_node xml, std::set<std::string_view>& seen);
  void readDefinitions(const XmlFile& file);
  void readRoot(pugi::xml_node xml);
  void readProcess(pugi::xml_node xml);
  bool acceptsLanguage(pugi::xml_node xml, const char* attribute_name);

  // read_scope.cpp: what lies in a process or sub-process
  void readScope(pugi::xml_node xml, Index scope);
  void readScopeChild(pugi::xml_node xml, Index scope);
  Index addNode(pugi::xml_node xml, NodeKind kind, Index scope);
  void readFlow(pugi::xml_node xml);
  void readLanes(pugi::xml_node lane_set);
  void readFlowNode(pugi::xml_node xml, NodeKind kind, Index scope);
  void readChildren(pugi::xml_node xml, Index node);

  // read_activity.cpp: what the kinds of activities have of their own
  void readActivity(pugi::xml_node xml, Index node);
  void readUserTask(pugi::xml_node xml, Node& node);
  void readJob(pugi::xml_node xml, Node& node);
  void readRuleTask(pugi::xml_node xml, Node& node);
  void readScriptTask(pugi::xml_node xml, Node& node);
  void readLoop(pugi::xml_node xml, Node& node);
  void readMappings(pugi::xml_node xml, Node& node);

  // read_event.cpp
  void readEvent(pugi::xml_node xml, Index node);
  EventSpec readEventDefinition(pugi::xml_node xml, bool throws);
  std::optional<TimerSpec> readTimer(pugi::xml_node xml);
  EventSpec readMessage(pugi::xml_node owner, std::string_view reference);
  void checkTrigger(pugi::xml_node xml, const Node& node);
  void readClockAction(pugi::xml_node xml, Node& node, bool has_trigger);

  // read_extension.cpp: attributes and extension elements
  void checkAttributes(pugi::xml_node xml);
  void checkForeignAttributes(pugi::xml_node xml);
  void checkExtensions(pugi::xml_node xml);
  /// A part of an element (event definition, condition, lane, …): what other tools and we have put there.
  void checkPart(pugi::xml_node xml);

  // expressions.cpp
  std::optional<feel::Expression> expression(pugi::xml_node place, std::string_view text);
  void checkExpression(pugi::xml_node place, const feel::Expression& expression);
  std::optional<feel::Expression> ourExpression(pugi::xml_node xml, std::string_view attribute_name);
  std::optional<feel::Expression> formalExpression(pugi::xml_node xml);
  TextOrExpression textOrExpression(pugi::xml_node place, std::string_view text);
  std::optional<TextOrExpression> readClock(pugi::xml_node xml);

  // check_graph.cpp
  void resolveFlows();
  void resolveLinks();
  void resolveReferences();
  void checkNode(const Node& node);
  void checkFlowsOut(const Node& node);
  void checkScope(const Node& scope);
  void checkBoundary(const Node& node);
  void checkClockOf(const Node& node);
  void findReach();
  void findPersonal();

  void refuseAt(pugi::xml_node xml, std::string code, Text title, Text detail = {}) {
    reasons_.add(*file_, xml, std::move(code), std::move(title), std::move(detail));
  }
  void refuseSecond(pugi::xml_node xml, std::string_view id);
  void refuseNode(const Node& node, std::string code, Text title, Text detail = {}) {
    const Origin& origin = origins_[static_cast<std::size_t>(node.index)];
    reasons_.add(*origin.file, origin.xml, std::move(code), std::move(title), std::move(detail));
  }
  Node& node(Index index) { return model_->nodes_[static_cast<std::size_t>(index)]; }
  Flow& flow(Index index) { return model_->flows_[static_cast<std::size_t>(index)]; }
  pugi::xml_node xmlOf(const Node& of) const { return origins_[static_cast<std::size_t>(of.index)].xml; }

  const Surroundings& surroundings_;
  std::shared_ptr<Model> model_;
  Reasons reasons_;
  std::vector<std::unique_ptr<XmlFile>> files_;
  std::vector<std::string> known_names_;  ///< variables with blanks or operators in their names
  std::vector<std::string> personal_;
  /// Nodes that are refused for what they are; what follows from that is not said again.
  std::set<Index> refused_;
  std::vector<Origin> origins_;       ///< by node
  std::vector<Origin> flow_origins_;  ///< by flow

  // While one file is read:
  const XmlFile* file_ = nullptr;
  Roots roots_;
  std::string_view expression_language_;
  bool event_refused_ = false;  ///< the event at hand is of a kind that is not executed
  std::map<std::string, std::string, std::less<>> lane_of_;  ///< by id of a node
};

}  // namespace jinyue::bpmn
