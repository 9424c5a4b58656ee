// The address of a store: sqlite:PATH or postgres:CONNINFO. sqlite:PATH?relaxed is the same file for a
// simulation: what was committed last may be lost when the machine (not the program) goes down.
#pragma once

#include <optional>
#include <string>

namespace jinyue::store {

std::optional<std::string> sqlitePath(const std::string& address);
bool isRelaxed(const std::string& address);
std::optional<std::string> postgresConninfo(const std::string& address);

}  // namespace jinyue::store
