// One cell of a table as the value of a field, and back.
#pragma once

#include <string>
#include <string_view>

#include "registry/schema.h"

namespace jinyue::registry {

/// The value that a cell stands for, by the type and format of its field: titles of options as well as the
/// options, 是/否, dates as people write them (2026/1/2, 2026年1月2日, 20260102), identifiers with blanks or
/// in small letters. What can't be read is left a text, so that the schema says what is wrong with it. The
/// cell is not empty.
feel::Value valueOf(const Field& field, std::string_view cell);
/// "" for null and for what is no plain value or list of plain values.
std::string cellOf(const Field& field, const feel::Value& value, bool english);
/// Whether a column can hold this field.
bool isTabular(const Field& field);
/// As valueOf does for format date; the text itself when it is none.
std::string dateText(std::string_view cell);

}  // namespace jinyue::registry
