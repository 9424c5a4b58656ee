// Turns files into the compiled form of a model: resolves references, types and imports, lays out frames, and
// compiles every FEEL text once.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "dmn/code.h"

namespace jinyue::dmn {

class Compiler {
 public:
  Compiler(detail::Body& body, std::shared_ptr<detail::Body> shared)
      : body_(body), shared_(std::move(shared)) {}
  /// Compiles what can be compiled; what is wrong is in problems().
  void compileAll();
  std::vector<Problem>& problems() { return problems_; }
  /// What an expression's checker doubts; nothing that stops a model.
  std::vector<Problem>& doubts() { return doubts_; }

 private:
  enum class ElementKind { input, decision, knowledge_model, service };
  struct Element {
    ElementKind kind{};
    std::uint32_t index = 0;  ///< node of an input or decision, callable of the others
    std::string name;
  };
  struct Found {
    const Element* element = nullptr;
    std::size_t file = 0;
  };

  // compile_model.cpp
  void declareElements();
  void declare(std::size_t file, const source::Place& place, Element element);
  Found resolve(std::size_t file, const source::Reference& reference);
  void compileDecision(std::size_t file, const source::Decision& source, std::uint32_t node);
  void compileKnowledgeModel(std::size_t file, const source::KnowledgeModel& source, std::uint32_t index);
  void compileService(std::size_t file, const source::DecisionService& source, std::uint32_t index);
  /// Opens a frame with the requirements of a decision or knowledge model.
  void openFrame(std::size_t file, FrameLayout& layout, const source::Requirements& requirements,
                 std::vector<std::uint32_t>* nodes);
  void addToImport(FrameLayout& layout, std::size_t file, const Found& found,
                   const source::Reference& reference);
  void makeCallableValues();
  void checkCycles();
  void collectInputs();
  void nameNodes();
  const ItemType* typeOf(const source::Information& variable);
  const ItemType* typeOf(const std::string& reference, const source::Place& place);

  // compile_expression.cpp
  CodePtr compile(const source::Expression& source);
  CodePtr compileOrNull(const source::ExpressionPtr& source, const source::Place& place);
  FeelCode compileFeel(const source::Cell& cell);
  FeelCode compileTests(const source::Cell& cell, const feel::Type& tested);
  FeelCode finishFeel(Result<feel::Expression> compiled, const source::Cell& cell);
  ContextCode compileContext(const source::Context& source);
  std::shared_ptr<const FunctionCode> compileFunction(const source::Function& source, const ItemType* result,
                                                      std::string name);
  FilterCode compileFilter(const source::Filter& source, const source::Place& place);
  IteratorCode compileIterator(const source::Iterator& source, const source::Place& place);
  CodePlace placeOf(const source::Place& place) const;
  std::uint32_t push(const std::string& name, feel::Type type);
  std::uint32_t push(const std::string& name, const ItemType* type);
  void popTo(std::size_t size);

  // compile_table.cpp
  std::unique_ptr<TableCode> compileTable(const source::Table& source, const source::Expression& expression);
  void compileInput(const source::InputClause& source, TableCode& table);
  void compileOutput(const source::OutputClause& source, const source::Table& table_source, TableCode& table);
  TableCode::Cell compileCell(const source::Cell& cell, const feel::Type& tested);
  void describeTable(const source::Table& source, const source::Expression& expression, TableCode& table);

  const Problem* report(std::string code, Text title, const source::Place& place);
  const Problem* report(Problem problem);

  detail::Body& body_;
  std::shared_ptr<detail::Body> shared_;
  std::vector<Problem> problems_, doubts_;
  std::vector<std::unordered_map<std::string, Element>> elements_;  ///< by file, by id

  // The frame that is being laid out.
  std::size_t file_ = 0;
  std::string owner_;
  std::vector<std::uint32_t>* owner_tables_ = nullptr;
  feel::Environment environment_;
  std::vector<std::string> shadowed_;  ///< for each variable the name that it took from an earlier one's slot
  std::vector<const ItemType*> slot_types_;  ///< of each variable, where the model says one
  std::uint32_t frame_size_ = 0;
  bool uses_partial_ = false;
};

/// What a type allows, as far as it is a constant list; form `other` when it is not, or allows all.
Shape domainOf(const ItemType* type);
/// What constant unary tests accept, as a shape.
Shape shapeOf(const feel::UnaryTests& tests);

}  // namespace jinyue::dmn
