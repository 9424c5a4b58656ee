// Files that hold a secret: written once with mode 0600, refused when others could read them.
#pragma once

#include <string>
#include <string_view>

#include "base/problem.h"

namespace jinyue::ledger {

/// Writes a new file with mode 0600, durably. Refuses one that exists.
Result<void> writeSecretFile(const std::string& path, std::string_view bytes);
/// Puts other bytes in the place of a file, durably and at once: a reader sees the old or the new ones.
Result<void> replaceSecretFile(const std::string& path, std::string_view bytes);
/// Reads a file of at most 64 KiB. Refuses one that others than owner and group may read, or others than the
/// owner may write.
Result<std::string> readSecretFile(const std::string& path);
/// Reads any file of at most 64 KiB.
Result<std::string> readKeyFile(const std::string& path);

}  // namespace jinyue::ledger
