// What the parts of a check share. Each part looks at one kind of thing and notes what it finds.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bpmn/model.h"
#include "dmn/dmn.h"
#include "packs/pack.h"

namespace jinyue::packs {

/// The service that sends notices. A task of this type has the inputs `notice` (an id of notices.json), `to`,
/// and `parameters` (a context of the notice's variables).
inline constexpr std::string_view notice_service = "notify";

/// A name that a BPMN file uses for something that other files declare.
struct Reference {
  enum class Kind { form, role, clock, decision, service, notice };
  Kind kind;
  std::string name;
  Place place;
};

template <class Range, class Value, class Projection = std::identity>
bool contains(const Range& range, const Value& value, Projection projection = {}) {
  return std::ranges::find(range, value, projection) != std::ranges::end(range);
}

/// Names that are used somewhere, to find what nobody uses.
struct Used {
  std::set<std::string, std::less<>> forms, roles, clocks, decisions, services, notices, registers;
};

struct Checking {
  const Pack& pack;
  std::vector<const Pack*> needed;
  Findings& findings;
  Used used;
  /// Of all processes of the pack; null when one of them is refused. Names that are declared nowhere are
  /// noted as such and do not refuse a model.
  std::shared_ptr<const bpmn::Model> model;
  std::optional<dmn::Model> decisions;

  Place at(const std::string& file, const std::string& pointer) const {
    const PackFile* found = pack.file(file);
    return {file, found == nullptr ? 0 : lineOf(found->text, pointer), pointer};
  }
  void needText(const Text& text, const std::string& file, const std::string& pointer);
  /// Whether this pack or one that it needs has something.
  bool anyPack(const std::function<bool(const Pack&)>& has) const;
};

/// Reads the models; notes what they refuse and the names that nothing has. Fills `model`, `decisions`,
/// `used`.
void checkModels(Checking& checking);
/// Expressions: variables that nothing sets, doubtful comparisons; forms: fields that nothing reads, personal
/// data that a process does not declare; indicators. Needs the model.
void checkVariables(Checking& checking);
/// Messages and signals that nobody throws or takes. Needs the model.
void checkMessages(Checking& checking);
/// Decision tables: gaps, overlaps, rules without effect.
void checkTables(Checking& checking);
/// Manifest, clocks, roles, texts, registers, forms: lists that stand by themselves, and what nobody uses.
void checkLists(Checking& checking);
/// Indicators, scores and bulletins.
void checkFigures(Checking& checking);
/// Scenarios: that there are some, and the names in them.
void checkScenarios(Checking& checking);

/// The text that an expression gives when it is a constant, or each that it may give when it is a choice of
/// constants.
std::vector<std::string> constantTexts(const feel::Expression& expression);

}  // namespace jinyue::packs
