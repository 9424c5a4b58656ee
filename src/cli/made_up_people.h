// Passwords nobody has chosen, and the people of a demonstration city.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"
#include "bpmn/command.h"
#include "identity/accounts.h"
#include "ledger/random.h"

namespace jinyue::cli {

class Office;

/// Meets every policy that a city can set: 20 characters of four classes, and not the login name in it.
std::string randomPassword(const ledger::RandomFn& random, std::string_view login);

/// Somebody who does not exist and has an account of a demonstration.
struct MadeUpPerson {
  identity::AccountId account = 0;
  std::string name;
  std::string unit;                ///< of an officer
  std::vector<std::string> roles;  ///< of an officer
  std::string phone;               ///< of a resident or an agent, as the next
  std::string party;               ///< "person:…" or "firm:…": for whom he brings matters
  bpmn::Actor actor() const { return {"account:" + std::to_string(account), unit, roles}; }
};

struct MadeUpPeople {
  std::vector<MadeUpPerson> officers;
  std::vector<MadeUpPerson> residents;
  std::vector<MadeUpPerson> agents;  ///< one for each firm that he may act for
};

/// Makes an account for every role of the demonstration and each administrator, for residents, and for agents
/// with mandates from `from` on; writes their passwords, made now, to `path` (mode 0600), for who tries the
/// demonstration out. Roles that no deployed pack has are left out.
Result<MadeUpPeople> makeUpPeople(Office& office, const ledger::RandomFn& random, Date from,
                                  const std::string& path);

}  // namespace jinyue::cli
