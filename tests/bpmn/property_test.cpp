// Random models and random commands: what must hold after every step, whatever the model and whatever is
// asked.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "bpmn/random_model.h"

namespace jinyue::bpmn::testing {
namespace {

RC_GTEST_PROP(Property, EveryStepOfEveryCaseKeepsItsPromises, ()) {
  const auto seed = *rc::gen::arbitrary<unsigned>();
  const auto steps = *rc::gen::inRange(1, 60);
  const std::string body = RandomModel(seed).make();
  const auto model = deploy(body);
  // The target of migrations: most often the same model, sometimes another one.
  const auto target = seed % 3 == 0 ? deploy(RandomModel(seed + 1).make()) : model;
  std::mt19937 random(seed);
  auto now = model;
  State state;
  Facts facts;
  facts.feel.calendar = &china();
  facts.feel.now = *parseInstant("2026-03-02T09:00:00+08:00");
  facts.target = target;
  const std::vector<std::string> people{"li", "wang", "system"};
  for (int i = 0; i < steps; ++i) {
    facts.feel.now += std::chrono::minutes{random() % 90};
    const Command command = randomCommand(state, random);
    const Actor actor{people[random() % people.size()], "", {}};
    const auto done = step(*now, state, command, actor, facts);
    if (!done) {
      RC_ASSERT(!done.error().code.empty() && !done.error().title.zh.empty());
      continue;
    }
    const std::string broken = brokenInvariant(*now, state, command, actor, facts, *done);
    if (!broken.empty())
      RC_FAIL(broken + "\nafter a " +
              std::visit([]<class C>(const C&) { return std::string{C::json_type}; }, command) + " in\n" +
              body);
    state = done->state;
    if (std::holds_alternative<Migrate>(command)) now = target;
  }
  RC_TAG(std::string{boost::describe::enum_to_string(state.status, "?")});
}

}  // namespace
}  // namespace jinyue::bpmn::testing
