// Decision models (DMN 1.1 to 1.5): read and compiled once at deployment, evaluated often. A Model is
// immutable and may be shared by threads; the result of an evaluation says which rules matched, for which
// values, and what was missing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "feel/feel.h"

namespace jinyue::dmn {

/// One model file; `name` is what problems and diagnostics call it.
struct File {
  std::string name;
  std::string text;
};

struct ReadOptions {
  /// false: an expression that can't be compiled, or a reference or type that leads nowhere, does not stop
  /// the model; what needs it is null with a diagnostic. For models of others; a pack is deployed with true.
  bool strict = true;
  /// What one evaluation may do before it is stopped.
  feel::Limits limits{};
};

enum class HitPolicy { unique, any, priority, first, rule_order, output_order, collect };
enum class Aggregation { none, sum, count, min, max };

/// A rule as it is written, for people.
struct RuleInfo {
  std::string id;
  int line = 1;
  std::vector<std::string> conditions;  ///< one FEEL text for each input
  std::vector<std::string> results;     ///< one FEEL text for each output
  std::vector<std::string> annotations;
};

/// A decision table as it is written, for people.
struct TableInfo {
  std::string id;
  std::string owner;  ///< name of the decision or business knowledge model
  std::string file;
  int line = 1;
  HitPolicy hit_policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<std::string> inputs;   ///< label, or else the input expression
  std::vector<std::string> outputs;  ///< name, or else label
  std::vector<std::string> annotation_names;
  std::vector<RuleInfo> rules;
};

/// Number of an input, decision or service in its list of the model.
using NodeId = std::uint32_t;

struct NodeInfo {
  std::string id;
  std::string name;
  std::string namespace_uri;
  feel::Type type;
  std::string type_ref;                    ///< as written; empty when the model doesn't say
  std::optional<std::string> description;  ///< of a decision: its question, or else its description
};

struct DecisionInfo : NodeInfo {
  std::vector<NodeId> inputs;         ///< input data that it needs, through other decisions too
  std::vector<std::uint32_t> tables;  ///< its decision tables, see Model::tables
};

struct ServiceInfo : NodeInfo {
  std::vector<NodeId> inputs;  ///< input data
  std::vector<NodeId> input_decisions;
  std::vector<NodeId> output_decisions;
};

/// Why a value is null or doubtful, and where in the model.
struct Diagnostic {
  std::string code;  ///< "feel.…" of an expression, "dmn.…" of the model
  Text message;
  std::string where;  ///< "file:line:column (id)"; the column is that in the line's FEEL text
  bool operator==(const Diagnostic&) const = default;
};

/// What one evaluation of one decision table did. Valid while the Outcome is.
struct TableTrace {
  const TableInfo* table = nullptr;
  std::uint32_t table_index = 0;        ///< in Model::tables
  std::span<const feel::Value> inputs;  ///< value of each input column
  /// Rules that matched, in the order of the table; with FIRST the one that was hit.
  std::span<const std::uint32_t> matched;
  bool used_default = false;
};

struct DecisionTrace {
  NodeId decision = 0;
  feel::Value value;
};

struct Given {
  NodeId decision = 0;
  feel::Value value;
};

namespace detail {
struct Body;
struct Run;
struct RunDeleter {
  void operator()(Run* run) const;
};
}  // namespace detail

/// The result of an evaluation, and its memory: pass the same Outcome again and nothing is allocated on the
/// plain path.
class Outcome {
 public:
  Outcome();
  ~Outcome();
  Outcome(Outcome&&) noexcept;
  Outcome& operator=(Outcome&&) noexcept;

  /// The value of the decision; of a service with several output decisions, a context of them.
  feel::Value value;
  std::vector<Diagnostic> diagnostics;

  /// All decisions that were evaluated, in order: the asked one last.
  std::span<const DecisionTrace> decisions() const;
  std::size_t tableCount() const;
  /// The tables that were evaluated, in order; those inside business knowledge models too.
  TableTrace table(std::size_t index) const;
  /// Input data that the decision asks for and nobody gave.
  std::span<const NodeId> missingInputs() const;

 private:
  friend class Model;
  std::unique_ptr<detail::Run, detail::RunDeleter> run_;
  std::shared_ptr<const detail::Body> body_;
};

class Model {
 public:
  /// The first file is the model; the others are what it imports, found by their namespace. A problem lists
  /// all that is wrong in all files: code, "file:line (id)", reason.
  static Result<Model> read(std::span<const File> files, const ReadOptions& options = {});
  static Result<Model> read(const File& file, const ReadOptions& options = {});

  const std::string& name() const;
  const std::string& namespaceUri() const;
  /// Input data of all files; of the model itself first.
  std::span<const NodeInfo> inputs() const;
  std::span<const DecisionInfo> decisions() const;
  std::span<const ServiceInfo> services() const;
  /// All decision tables, those of business knowledge models too.
  std::span<const TableInfo> tables() const;
  /// By name or id; in the model itself first, or in the namespace that is given.
  std::optional<NodeId> findInput(std::string_view name_or_id, std::string_view namespace_uri = {}) const;
  std::optional<NodeId> findDecision(std::string_view name_or_id, std::string_view namespace_uri = {}) const;
  std::optional<NodeId> findService(std::string_view name_or_id, std::string_view namespace_uri = {}) const;
  /// What is doubtful in the expressions (impossible comparisons, wrong types), and what a model that is not
  /// strict had wrong.
  std::span<const Problem> problems() const;

  /// Inputs by name. An entry that names a decision stands for its value. Refuses an unknown decision
  /// ("dmn.no-decision").
  Result<Outcome> evaluate(std::string_view decision, const feel::Context& inputs,
                           const feel::Facts& facts) const;
  Result<Outcome> evaluateService(std::string_view service, const feel::Context& inputs,
                                  const feel::Facts& facts) const;
  /// Inputs by position (Value::missing() for what is not there); decisions in `given` are not evaluated.
  void evaluate(NodeId decision, std::span<const feel::Value> inputs, std::span<const Given> given,
                const feel::Facts& facts, Outcome& outcome) const;
  void evaluateService(NodeId service, std::span<const feel::Value> inputs, std::span<const Given> given,
                       const feel::Facts& facts, Outcome& outcome) const;
  /// Calls a business knowledge model by name with named arguments; null with a diagnostic when there is
  /// none.
  Result<Outcome> invoke(std::string_view knowledge_model, const feel::Context& arguments,
                         const feel::Facts& facts) const;

  const detail::Body& body() const { return *body_; }

 private:
  explicit Model(std::shared_ptr<const detail::Body> body) : body_(std::move(body)) {}
  std::shared_ptr<const detail::Body> body_;
};

}  // namespace jinyue::dmn
