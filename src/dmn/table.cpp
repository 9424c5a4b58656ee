#include "dmn/table.h"

#include <algorithm>

#include "dmn/code.h"

namespace jinyue::dmn {

namespace {

/// Words that one column's index may take; a larger column keeps several pieces in one row and tests the
/// cells.
constexpr std::size_t max_index_words = 2U << 20;

}  // namespace

void TableCode::buildIndex() {
  words = (rule_count + 63) / 64;
  const feel::Facts no_facts{};
  for (std::uint32_t input = 0; input < inputs.size(); ++input) {
    std::vector<const Shape*> shapes;
    for (std::size_t rule = 0; rule < rule_count; ++rule) shapes.push_back(&cell(rule, input).shape);
    auto partition = Partition::of(shapes);
    if (!partition) {
      if (!std::ranges::all_of(shapes, &Shape::isAny)) unindexed.push_back(input);
      continue;
    }
    IndexColumn column;
    column.input = input;
    const std::size_t pieces = partition->size();
    column.pieces_per_row = static_cast<std::uint32_t>(pieces * words / max_index_words + 1);
    const auto row_count = pieces / column.pieces_per_row + 1;
    column.needs_test = column.pieces_per_row > 1;
    column.rows.resize(row_count * words);
    column.nulls.resize(words);
    column.any.resize(words);
    feel::Session session(no_facts);
    for (std::size_t rule = 0; rule < rule_count; ++rule) {
      const auto& tested = cell(rule, input);
      const auto word = rule / 64;
      const auto bit = 1ULL << rule % 64;
      if (tested.shape.isAny()) column.any[word] |= bit;
      if (tested.shape.isAny() || tested.shape.isOther()) {
        for (std::size_t row = 0; row < row_count; ++row) column.rows[row * words + word] |= bit;
        column.nulls[word] |= bit;
        column.needs_test = column.needs_test || tested.shape.isOther();
        continue;
      }
      partition->piecesOf(tested.shape).forEach([&](std::size_t piece) {
        column.rows[piece / column.pieces_per_row * words + word] |= bit;
      });
      if (tested.tests->expression->evaluateTests({}, {}, session).isTrue()) column.nulls[word] |= bit;
    }
    column.partition = *std::move(partition);
    index.push_back(std::move(column));
  }
}

}  // namespace jinyue::dmn
