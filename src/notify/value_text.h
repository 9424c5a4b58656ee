// Values in the words of a message.
#pragma once

#include <optional>
#include <string>

#include "base/language.h"
#include "feel/value.h"

namespace jinyue::notify {

/// Dates as people write them ("2026年11月26日", "26 November 2026"), instants in China's time to the minute,
/// yes and no, lists with their items in a row. Nothing for contexts, ranges, functions and null.
std::optional<std::string> textOf(const feel::Value& value, Language language);

}  // namespace jinyue::notify
