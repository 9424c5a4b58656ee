// What need not be asked: where forms get values from that the city already has.
#pragma once

#include "api/rooms.h"
#include "feel/value.h"
#include "packs/form.h"

namespace jinyue::api {

/// "caller/FIELD": name, phone, id_number, email, unit, party, firm (of an agent who acts for one) of who is
/// signed in; "earlier-case/FIELD": the newest case of the caller's own parties that has it;
/// "register:NAME/FIELD by KEY": an entry in effect, without personal fields. The parts passed must live as
/// long as the function.
packs::SourceFn formSources(const Rooms& rooms, const identity::Caller& caller, Date today);

/// Whom a case may be for: agents and residents start cases for themselves alone, unless a grant lets them
/// start any. Refuses with "case.other-party".
Result<void> checkParty(const Rooms& rooms, const identity::Caller& caller, std::int64_t definition,
                        std::string_view process, const feel::Context& variables, Instant now);

}  // namespace jinyue::api
