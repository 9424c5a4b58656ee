// Passwords nobody has chosen, and the people of a demonstration city.
#pragma once

#include <string>

#include "base/problem.h"
#include "ledger/random.h"

namespace jinyue::cli {

class Office;

/// Meets every policy that a city can set: 20 characters of four classes.
std::string randomPassword(const ledger::RandomFn& random);

/// Makes an account for every role of the demonstration and each administrator, with passwords made now;
/// writes them to `path` (mode 0600), for who tries the demonstration out.
Result<void> makeUpPeople(Office& office, const ledger::RandomFn& random, const std::string& path);

}  // namespace jinyue::cli
