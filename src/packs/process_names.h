// Which variables a process can have, and who reads them: the forms that its people fill in, what services
// and messages bring, what its tasks compute.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "packs/checking.h"

namespace jinyue::packs {

using Names = std::map<std::string, feel::Type, std::less<>>;

/// A form that is filled in for a process: at its start, or in a task.
struct FormUse {
  const Form* form = nullptr;
  bpmn::Index process = bpmn::no_index;
};

class ProcessNames {
 public:
  explicit ProcessNames(const Checking& checking);

  /// Variables that anything in the process may set.
  const Names& of(bpmn::Index process) const;
  /// What a node's expressions see besides: inputs and loop variables of it and of the scopes around it.
  Names localsOf(const bpmn::Node& node) const;
  /// What comes back from a node's work, before its outputs map it.
  Names broughtBy(const bpmn::Node& node) const;
  const std::vector<FormUse>& forms() const { return forms_; }

 private:
  void addStarts(const bpmn::Node& process);
  void addMessage(const std::string& name, Names& names) const;

  const Checking& checking_;
  const bpmn::Model& model_;
  std::map<bpmn::Index, Names> names_;
  std::vector<FormUse> forms_;
};

/// One expression of a model.
struct UsedExpression {
  const bpmn::Node* node = nullptr;
  const feel::Expression* expression = nullptr;
  Text what;  ///< "condition of flow f3"
  Place place;
  Names extra;           ///< what it sees besides what the node sees
  bool outside = false;  ///< evaluated before the node exists: sees none of its inputs
};
std::vector<UsedExpression> expressionsOf(const bpmn::Model& model, const ProcessNames& names);

/// Adds a variable; one of two types may be anything.
void addName(Names& names, const std::string& name, const feel::Type& type);

}  // namespace jinyue::packs
