// Editions of bulletins and assessments on paper: PDF with Chinese layout, and XLSX.
#pragma once

#include <string>
#include <vector>

#include "insight/reports.h"

namespace jinyue::insight {

/// A table as it is printed. The first column of a part is wide when it names something.
struct PrintTable {
  std::string title;
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;
  std::vector<bool> numbers;  ///< by column: set to the right, and a number in a spreadsheet
};

/// The parts of an edition: the city, its scores, tables by unit, area…, corrections, adjustments,
/// definitions.
std::vector<PrintTable> tablesOf(const BulletinContent& content);
/// What stands below the title: period, edition, status, when it was computed, digest.
std::vector<std::string> headLines(const Report& report, const BulletinContent& content);

/// The same edition gives the same bytes. Throws std::runtime_error without fonts or memory.
std::string printPdf(const Report& report, const BulletinContent& content);
std::string printXlsx(const Report& report, const BulletinContent& content);

}  // namespace jinyue::insight
