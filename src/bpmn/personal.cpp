#include "bpmn/machine.h"

namespace jinyue::bpmn {
namespace {

class Visitor {
 public:
  Visitor(const Model& model, const std::function<void(feel::Value&)>& replace)
      : model_(model), replace_(replace) {}

  void operator()(CaseStarted& event) const { visit(event.variables); }
  void operator()(ElementEntered& event) const {
    visit(event.variables);
    if (!event.loop || event.loop->items.empty()) return;
    const Node* node = model_.find(event.node);
    if (node == nullptr || !node->loop || !model_.isPersonal(node->loop->element_variable)) return;
    for (feel::Value& item : event.loop->items) replace_(item);
  }
  void operator()(LoopItemDone& event) const {
    const Node* node = model_.find(event.node);
    if (node != nullptr && node->loop && model_.isPersonal(node->loop->output_collection))
      replace_(event.result);
  }
  void operator()(TaskOpened& event) const { visit(event.variables); }
  void operator()(JobRequested& event) const { visit(event.payload); }
  void operator()(MessageThrown& event) const { visit(event.variables); }
  void operator()(SignalThrown& event) const { visit(event.variables); }
  void operator()(DecisionMade& event) const {
    visit(event.inputs);
    const Node* node = model_.find(event.node);
    if (node != nullptr && model_.isPersonal(node->result)) replace_(event.value);
  }
  void operator()(VariablesSet& event) const { visit(event.values); }
  void operator()(CommentAdded& event) const { replace_(event.text); }
  template <class Other>
  void operator()(Other&) const {}

 private:
  void visit(feel::Context& variables) const {
    std::vector<std::string> personal;
    for (const auto& [name, value] : variables) {
      if (model_.isPersonal(name)) personal.push_back(name);
    }
    for (const std::string& name : personal) {
      feel::Value value = *variables.find(name);
      replace_(value);
      variables.set(name, std::move(value));
    }
  }

  const Model& model_;
  const std::function<void(feel::Value&)>& replace_;
};

}  // namespace

void forEachPersonal(Event& event, const Model& model, const std::function<void(feel::Value&)>& replace) {
  std::visit(Visitor{model, replace}, event);
}

}  // namespace jinyue::bpmn
