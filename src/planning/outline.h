// The outline of a document: its numbered paragraphs, one inside the other, and its tables.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "planning/numbering.h"
#include "planning/source.h"

namespace jinyue::planning {

struct TableRow {
  std::vector<std::u32string> cells;
  int line = 0;
};

/// A numbered paragraph and what stands under it.
struct Node {
  Numbered number;
  std::u32string head;               ///< its first paragraph, without the number
  std::vector<std::u32string> body;  ///< further paragraphs before the next number
  std::vector<TableRow> rows;
  std::vector<std::unique_ptr<Node>> children;
  Node* parent = nullptr;
  int line = 0;
  bool out_of_order = false;  ///< its number does not follow that of the one before

  /// Number and head, as a heading.
  std::u32string heading() const;
};

struct Outline {
  std::vector<std::u32string> opening;  ///< paragraphs before the first number
  std::unique_ptr<Node> root;           ///< of no number; its children are the sections
};

/// Lines that were broken in the middle of a sentence are put together; numbers within a line that follow the
/// one before begin a paragraph of their own.
Outline outlineOf(const std::vector<SourceLine>& lines);

}  // namespace jinyue::planning
