// The address of a store: sqlite:PATH or postgres:CONNINFO.
#pragma once

#include <optional>
#include <string>

namespace jinyue::store {

std::optional<std::string> sqlitePath(const std::string& address);
std::optional<std::string> postgresConninfo(const std::string& address);

}  // namespace jinyue::store
