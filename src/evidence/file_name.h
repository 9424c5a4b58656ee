// The name of a file as it is kept and given out.
#pragma once

#include <string>
#include <string_view>

namespace jinyue::evidence {

/// The last part of a path, without control characters, characters that turn the direction of writing, and
/// those that file systems do not take; with the extension of what the file is; 100 characters at most.
std::string keptName(std::string_view given, std::string_view extension);

}  // namespace jinyue::evidence
