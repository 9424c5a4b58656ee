// The BPMN reader on any bytes; and on what loads, a few commands that the last bytes choose. A refusal names
// its reasons; what is loaded can be run; each step's events rebuild its state.
#include <cstdlib>
#include <random>

#include "bpmn/machine.h"
#include "bpmn/reader.h"
#include "bpmn/surroundings.h"

namespace {

using namespace jinyue;
using namespace jinyue::bpmn;

Command commandFor(const State& state, unsigned choice) {
  const auto element = [&]() -> ElementNumber {
    return state.elements.empty() ? 0 : state.elements[choice / 16 % state.elements.size()].number;
  };
  const feel::Context variables{{"x", static_cast<std::int64_t>(choice % 5)}, {"list", feel::List{1, 2}}};
  switch (choice % 10) {
    case 0:
    case 1: return Complete{element(), variables};
    case 2: return FinishJob{element(), variables};
    case 3:
      return FireTimer{state.timers.empty() ? 0 : state.timers[choice / 16 % state.timers.size()].number};
    case 4: {
      if (state.waits.empty()) return Signal{"s", {}};
      const Wait& wait = state.waits[choice / 16 % state.waits.size()];
      return wait.kind == WaitKind::signal ? Command{Signal{wait.name, variables}}
                                           : Command{Correlate{wait.name, wait.key, std::nullopt, variables}};
    }
    case 5: return RetryIncident{state.incidents.empty() ? 0 : state.incidents.front().number};
    case 6:
      return ResolveIncident{state.incidents.empty() ? 0 : state.incidents.front().number, variables, "r"};
    case 7: return FailJob{element(), choice / 16 % 2 == 0 ? "E" : "", "m", false};
    case 8: return PauseClock{element(), "r"};
    default: return Migrate{1, {}, "r"};
  }
}

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  static const Surroundings around = testing::surroundings();
  const std::array files{SourceFile{"f.bpmn", text}};
  const auto model = readModel(files, around);
  if (!model) {
    check(!model.error().causes.empty());
    return 0;
  }
  check(!(*model)->processes().empty());
  Facts facts;
  facts.feel.now = Instant{std::chrono::hours{500'000}};
  facts.feel.calendar = &testing::china();
  facts.target = *model;
  facts.decide = [](std::string_view, const feel::Context&) -> Result<DecisionOutcome> {
    return DecisionOutcome{feel::Value(1), {}, "d", {}};
  };
  const Actor actor{"a", "", {}};
  for (const Index index : (*model)->processes()) {
    const Node& process = (*model)->node(index);
    State state;
    Start start;
    start.process = process.id;
    start.title = "t";
    start.variables = {{"x", 1}, {"y", 2}};
    auto done = step(**model, state, start, actor, facts);
    unsigned choice = static_cast<unsigned>(size);
    for (int i = 0; i < 12 && done; ++i) {
      State replayed = state;
      for (const Event& event : done->events) bpmn::apply(replayed, event);
      check(replayed == done->state);
      const auto back = fromJson<State>(toJson(done->state));
      check(back && *back == done->state);
      state = std::move(done->state);
      if (state.elements.size() > 300) break;  // what multiplies is slow, not wrong
      facts.feel.now += std::chrono::hours{40};
      for (int tries = 0; tries < 4; ++tries) {
        choice = choice * 1'103'515'245U + 12'345U;
        done = step(**model, state, commandFor(state, choice >> 8U), actor, facts);
        if (done) break;
      }
    }
  }
  return 0;
}
