// Jinyue's own functions. What they need from outside is in the session's facts.
#include "feel/builtins.h"

namespace jinyue::feel {

namespace {

Value lookup(std::span<const Value> arguments, Session& session) {
  const auto day = arguments[2].asBaseDate();
  if (!session.facts().lookup || !day) {
    session.note("feel.no-facts", {"这里没有可查的登记册，或日期不对", "there are no registers to look up here, or the date is out of range"});
    return {};
  }
  return session.facts().lookup(arguments[0].string(), arguments[1], *day);
}

constexpr BuiltinRow rows[] = {
    {"lookup", "register: string, key: Any, date: date", "Any", lookup, false},
    {"lookup", "register: string, key: Any, date: date and time", "Any", lookup, false},
};

}  // namespace

std::span<const BuiltinRow> jinyueBuiltins() { return rows; }

}  // namespace jinyue::feel
