// Which of the office documents of ECMA-376 a ZIP file is.
#pragma once

#include <string_view>

namespace jinyue::evidence {

enum class OfficeFile { none, document, workbook };

/// None also for documents with macros and for archives that are not consistent.
OfficeFile officeFileOf(std::string_view bytes);

}  // namespace jinyue::evidence
