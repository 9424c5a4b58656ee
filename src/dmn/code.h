// The compiled form of a model. Every expression finds its variables by slot in a frame; a frame belongs to
// one decision, business knowledge model or boxed function and holds its requirements, parameters and context
// entries.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "dmn/dmn.h"
#include "dmn/item_type.h"
#include "dmn/source.h"
#include "dmn/table.h"

namespace jinyue::dmn {

struct Code;
using CodePtr = std::unique_ptr<const Code>;

/// A place in a file, for diagnostics. Files outlive the code.
struct CodePlace {
  const std::string* file = nullptr;
  source::Place at;
};

/// A FEEL expression; a constant and a plain variable are taken without evaluating anything.
struct FeelCode {
  CodePlace place;
  std::optional<feel::Expression> expression;  ///< empty: it could not be compiled, or there is none
  std::optional<feel::Value> constant;
  std::uint32_t slot = UINT32_MAX;   ///< the expression is just this variable
  const Problem* problem = nullptr;  ///< why there is no expression
};

struct ContextCode {
  struct Entry {
    std::string name;  ///< empty: the result
    std::uint32_t slot = 0;
    const ItemType* type = nullptr;
    CodePtr value;
  };
  std::vector<Entry> entries;
};
struct ListCode {
  std::vector<CodePtr> items;
};
struct RelationCode {
  std::vector<std::string> columns;
  std::vector<const ItemType*> types;
  std::vector<std::vector<CodePtr>> rows;
};
struct InvocationCode {
  CodePtr function;
  std::vector<std::string> names;
  std::vector<CodePtr> values;
};
struct FunctionCode {
  std::string name;
  std::vector<feel::Parameter> parameters;
  std::vector<const ItemType*> types;
  const ItemType* result = nullptr;
  std::uint32_t captured = 0;  ///< slots taken over from where it is defined; the parameters follow
  std::uint32_t frame_size = 0;
  CodePtr body;  ///< absent: not run (Java, PMML), or empty
  source::FunctionKind kind = source::FunctionKind::feel;
};
struct ConditionalCode {
  CodePtr condition, then, otherwise;
};
/// When the test is a FEEL text it is compiled as one FEEL filter over the slot `list`.
struct FilterCode {
  CodePtr in;
  std::uint32_t list = 0;
  std::uint32_t item = 0;
  CodePtr filter;  ///< the FEEL filter
  CodePtr match;   ///< else: any boxed expression, for each item
};
struct IteratorCode {
  source::Iterator::Kind kind = source::Iterator::Kind::forEach;
  std::uint32_t variable = 0;
  std::uint32_t partial = 0;
  bool uses_partial = false;
  CodePtr in, body;
  std::optional<feel::Expression> items;  ///< the values of a range, as FEEL's "for" goes through them
};

struct Code {
  CodePlace place;
  std::variant<FeelCode, std::unique_ptr<TableCode>, ContextCode, ListCode, RelationCode, InvocationCode,
               std::shared_ptr<const FunctionCode>, ConditionalCode, FilterCode, IteratorCode>
      body;
};

/// How a frame gets its requirements before its expression runs.
struct FrameLayout {
  struct FromNode {
    std::uint32_t slot = 0;
    std::uint32_t node = 0;
  };
  struct FromImport {
    std::uint32_t slot = 0;
    std::vector<std::pair<std::string, std::uint32_t>> nodes;      ///< name, node
    std::vector<std::pair<std::string, std::uint32_t>> functions;  ///< name, function
  };
  struct FromFunction {
    std::uint32_t slot = 0;
    std::uint32_t function = 0;  ///< in Body::functions
  };
  std::vector<FromNode> nodes;
  std::vector<FromImport> imports;
  std::vector<FromFunction> functions;
  std::uint32_t size = 0;  ///< slots of the frame at most
};

/// Input data and decisions share one numbering: inputs first.
struct NodeCode {
  CodePlace place;
  const ItemType* type = nullptr;
  CodePtr code;  ///< absent: an input, or a decision without logic
  FrameLayout frame;
  std::vector<std::uint32_t> requires_nodes;
};

/// A business knowledge model or decision service, as a function of FEEL.
struct CallableCode {
  std::string id, name, namespace_uri;
  CodePlace place;
  FrameLayout frame;  ///< of a business knowledge model; parameters are in its FunctionCode
  std::shared_ptr<const FunctionCode> function;  ///< absent: a decision service
  std::uint32_t service = 0;
  feel::Value value;  ///< the function that expressions see
};

struct ServiceCode {
  CodePlace place;
  const ItemType* result = nullptr;
  std::vector<std::uint32_t> parameters;  ///< nodes: input data, then input decisions
  std::vector<std::uint32_t> outputs;
};

namespace detail {

struct Body {
  std::weak_ptr<const Body> self;
  feel::Limits limits;
  std::vector<std::unique_ptr<const source::Definitions>> files;
  std::unique_ptr<TypeTable> types;
  std::vector<NodeInfo> inputs;
  std::vector<DecisionInfo> decisions;
  std::vector<ServiceInfo> services;
  std::vector<TableInfo> tables;
  std::vector<const TableCode*> table_codes;
  std::vector<NodeCode> nodes;
  std::vector<CallableCode> callables;
  std::vector<ServiceCode> service_codes;
  std::vector<std::unique_ptr<Problem>> problems;  ///< that code refers to, in a model that is not strict
  std::vector<Problem> problem_list;               ///< for Model::problems
  std::unordered_map<std::string, std::vector<std::uint32_t>> input_names, decision_names, service_names;

  std::uint32_t nodeOfDecision(NodeId decision) const {
    return static_cast<std::uint32_t>(inputs.size()) + decision;
  }
};

}  // namespace detail
}  // namespace jinyue::dmn
