// The persons barred from a task, as both stores keep them: a JSON array, or an empty text for nobody.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jinyue::store {

std::string writeExcluded(const std::vector<std::string>& persons);
std::vector<std::string> readExcluded(std::string_view text);

}  // namespace jinyue::store
