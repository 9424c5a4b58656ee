// A DMN file as it is written: what the reader hands to the compiler. Nothing is resolved here; names and
// references are texts, and every part knows its place in the file.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace jinyue::dmn::source {

/// Where a part stands: the element's id (may be empty) and its line, from 1.
struct Place {
  std::string id;
  int line = 1;
};

/// A FEEL text; line is that of its first character.
struct Cell {
  Place place;
  std::string text;
  bool is_feel = true;  ///< false: an expression language that is not FEEL
};

/// A variable, parameter or column: a name and the type it says it has (may be empty).
struct Information {
  Place place;
  std::string name;
  std::string type_ref;
};

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

struct Literal {
  Cell cell;
};

enum class HitPolicy { unique, any, priority, first, rule_order, output_order, collect };
enum class Aggregation { none, sum, count, min, max };

struct InputClause {
  Place place;
  std::string label;
  Cell expression;  ///< empty text: the modeler left it empty
  std::string type_ref;
  std::optional<Cell> allowed;  ///< unary tests
  std::string variable;         ///< name under which the cells see the value; a modeler's addition
};

struct OutputClause {
  Place place;
  std::string name;
  std::string label;
  std::string type_ref;
  std::optional<Cell> allowed;  ///< unary tests; their order is the priority
  std::optional<Cell> fallback;
};

struct Rule {
  Place place;
  std::vector<Cell> inputs;
  std::vector<Cell> outputs;
  std::vector<std::string> annotations;
};

struct Table {
  HitPolicy hit_policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::string output_label;
  std::vector<InputClause> inputs;
  std::vector<OutputClause> outputs;
  std::vector<std::string> annotation_names;
  std::vector<Rule> rules;
};

struct ContextEntry {
  Place place;
  std::optional<Information> variable;  ///< absent: the result of the context
  ExpressionPtr value;
};

struct Context {
  std::vector<ContextEntry> entries;
};

struct List {
  std::vector<ExpressionPtr> items;
};

struct Relation {
  std::vector<Information> columns;
  std::vector<std::vector<ExpressionPtr>> rows;
};

struct Binding {
  Information parameter;
  ExpressionPtr value;  ///< absent: null
};

struct Invocation {
  ExpressionPtr function;
  std::vector<Binding> bindings;
};

enum class FunctionKind { feel, java, pmml };

struct Function {
  FunctionKind kind = FunctionKind::feel;
  std::vector<Information> parameters;
  ExpressionPtr body;  ///< absent: null
};

struct Conditional {
  ExpressionPtr condition, then, otherwise;
};

struct Filter {
  ExpressionPtr in, match;
};

struct Iterator {
  enum class Kind { forEach, some, every };
  Kind kind = Kind::forEach;
  std::string variable;
  ExpressionPtr in;
  std::string in_type_ref;
  ExpressionPtr body;  ///< "return" or "satisfies"
};

struct Expression {
  Place place;
  std::string type_ref;
  std::variant<Literal, Table, Context, List, Relation, Invocation, Function, Conditional, Filter, Iterator>
      body;
};

/// An item definition or one of its components.
struct ItemDefinition {
  Place place;
  std::string name;
  std::string type_ref;  ///< empty when it has components or is a function
  bool is_collection = false;
  std::optional<Cell> allowed;     ///< allowedValues: of each item when it is a collection
  std::optional<Cell> constraint;  ///< typeConstraint: of the whole value
  std::vector<ItemDefinition> components;
  bool is_function = false;
  std::vector<Information> parameters;
  std::string output_type_ref;
};

struct InputData {
  Place place;
  std::string name;
  Information variable;
};

/// A reference by href: "#id" or "namespace#id".
struct Reference {
  Place place;
  std::string href;
};

struct Requirements {
  std::vector<Reference> inputs, decisions, knowledge;
};

struct Decision {
  Place place;
  std::string name;
  std::string question, allowed_answers, description;
  Information variable;
  Requirements requirements;
  ExpressionPtr expression;  ///< absent: no decision logic
};

struct KnowledgeModel {
  Place place;
  std::string name;
  std::string description;
  Information variable;
  std::vector<Reference> knowledge;
  std::optional<Function> logic;
  std::string logic_type_ref;
};

struct DecisionService {
  Place place;
  std::string name;
  Information variable;
  std::vector<Reference> output_decisions, encapsulated_decisions, input_decisions, input_data;
};

struct Import {
  Place place;
  std::string name;
  std::string namespace_uri;
  std::string import_type;
  std::string location;
};

/// One file.
struct Definitions {
  std::string file;
  std::string id, name, namespace_uri;
  int version = 15;  ///< 11, 12, 13, 14, 15 (16 is read as 15)
  std::vector<Import> imports;
  /// Prefixes of names of types that stand for a namespace (DMN 1.1: "feel:number", "own:tLoan").
  std::vector<std::pair<std::string, std::string>> prefixes;
  std::vector<ItemDefinition> types;
  std::vector<InputData> inputs;
  std::vector<Decision> decisions;
  std::vector<KnowledgeModel> knowledge_models;
  std::vector<DecisionService> services;
};

}  // namespace jinyue::dmn::source
