// A compiled decision table: which rules match a row of values, found by an index, and what follows from the
// hit policy.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dmn/bits.h"
#include "dmn/partition.h"
#include "dmn/shape.h"
#include "feel/feel.h"

namespace jinyue::dmn {

struct FeelCode;
struct ItemType;
enum class HitPolicy;
enum class Aggregation;

/// One column of the index: for each piece of the input's domain the rules that accept it, as a row of bits.
struct IndexColumn {
  std::uint32_t input = 0;
  Partition partition;
  std::uint32_t pieces_per_row = 1;  ///< more than one in very large tables: then the cells are tested too
  std::vector<std::uint64_t> rows;   ///< a rule whose cell has no shape is in every row
  std::vector<std::uint64_t> nulls;  ///< rules that accept null, or may
  std::vector<std::uint64_t> any;    ///< rules whose cell is "-"
  bool needs_test = false;           ///< being in the row is not enough for some rules

  const std::uint64_t* rowOf(std::uint32_t piece, std::uint32_t words) const {
    return &rows[std::size_t{piece / pieces_per_row} * words];
  }
};

struct TableCode {
  struct Input {
    std::unique_ptr<FeelCode> expression;
    const ItemType* type = nullptr;
    std::unique_ptr<FeelCode> allowed;
    Shape allowed_shape;
    Line allowed_line;  ///< of the shape's intervals; that of null without any
    Shape domain;       ///< what may come in, for the analysis: the list, or what the type allows
    std::uint32_t variable =
        UINT32_MAX;  ///< slot under which cells see the value, when the modeler named one
  };
  struct Cell {
    Shape shape;
    std::unique_ptr<FeelCode> tests;  ///< for cells without a shape, and for values of another kind
    Line line;
  };
  struct Output {
    std::string name;
    const ItemType* type = nullptr;
    std::unique_ptr<FeelCode> fallback;
    std::vector<feel::Value> priorities;  ///< constants of the allowed values, best first
    std::optional<feel::Expression> allowed;
  };

  std::uint32_t index_in_model = 0;  ///< in Body::tables
  HitPolicy hit_policy{};
  Aggregation aggregation{};
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::uint32_t rule_count = 0;
  std::vector<Cell> cells;                         ///< rule by rule
  std::vector<std::unique_ptr<FeelCode>> results;  ///< rule by rule
  std::vector<IndexColumn> index;
  std::uint32_t words = 0;  ///< of a set of rules

  const Cell& cell(std::size_t rule, std::size_t input) const { return cells[rule * inputs.size() + input]; }
  const FeelCode& result(std::size_t rule, std::size_t output) const {
    return *results[rule * outputs.size() + output];
  }

  std::vector<std::uint32_t> unindexed;  ///< inputs without a column in `index`, where some cell tests

  /// Builds `index` from the cells.
  void buildIndex();
};

}  // namespace jinyue::dmn
