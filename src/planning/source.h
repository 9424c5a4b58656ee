// A document as lines of text, whatever file it comes in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace jinyue::planning {

/// A line of the document. A row of a table is a line with "|" before, between and after its cells.
struct SourceLine {
  std::u32string text;
  int number = 0;  ///< in the file, from 1; of a DOCX the paragraph or row
};

inline constexpr std::size_t most_plan_bytes = 16U << 20U;   ///< of a file
inline constexpr std::size_t most_plan_letters = 2'000'000;  ///< of its text

/// Plain text or Markdown (UTF-8 with or without its mark, UTF-16 with its mark, else GB18030) or DOCX, told
/// apart by content. Refuses other files ("plan.format"), text in no known encoding ("plan.encoding") and too
/// much
/// ("plan.size").
Result<std::vector<SourceLine>> readSource(std::string_view bytes);

/// The paragraphs of a Word document (ECMA-376 part 1, clause 17): with the numbers that Word shows, without
/// deleted text, tables row by row. Headings without a number begin with "#".
Result<std::vector<SourceLine>> readDocx(std::string_view bytes);

}  // namespace jinyue::planning
