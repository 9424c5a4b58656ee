// Random models, block by block, with boundary events, event sub-processes, multi-instances and calls; and
// random commands for a case in a given state.
#pragma once

#include <random>

#include "bpmn/story.h"

namespace jinyue::bpmn::testing {

class RandomModel {
 public:
  explicit RandomModel(unsigned seed) : random_(seed) {}

  /// The inside of <definitions>: a process `p` and a process `child` that it may call.
  std::string make() {
    std::string body =
        R"(<message id="m" name="reply"/><signal id="g" name="storm"/><error id="err" errorCode="E1"/>
        <escalation id="esc" escalationCode="C1"/>)";
    body += scopeOf("p", "process", 14,
                    " jy:clock=\"ten\" isExecutable=\"true\" jy:area=\"string(x * 2)\" "
                    "jy:search=\"string(y)\"");
    calls_ = false;
    return body + scopeOf("child", "process", 4, " jy:clock=\"ten\"");
  }

 private:
  struct Block {
    std::string first;
    std::string last;
  };

  int pick(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }
  std::string id(const char* kind) { return std::string(kind) + std::to_string(++count_); }
  void flow(const std::string& from, const std::string& to, const std::string& condition = {}) {
    out_ += "<sequenceFlow id=\"" + id("f") + "\" sourceRef=\"" + from + "\" targetRef=\"" + to + "\">";
    if (!condition.empty()) out_ += "<conditionExpression>" + condition + "</conditionExpression>";
    out_ += "</sequenceFlow>";
  }
  std::string condition() {
    static const char* all[] = {"x &gt; 2", "y = 1", "true", "x &lt; y", "missing", "x + 1 &gt; y"};
    return all[pick(6)];
  }
  std::string definition(int kind) {
    static const char* all[] = {
        "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>",
        "<messageEventDefinition messageRef=\"m\"/>",
        "<signalEventDefinition signalRef=\"g\"/>",
        "<timerEventDefinition><timeCycle>R3/PT40M</timeCycle></timerEventDefinition>",
        "<timerEventDefinition jy:clock=\"due\"/>",
        "<errorEventDefinition/>",
        "<escalationEventDefinition/>",
        "<timerEventDefinition><timeDuration>=wait</timeDuration></timerEventDefinition>",
    };
    return all[kind];
  }

  std::string scopeOf(const std::string& name, const char* element, int size, const std::string& attributes) {
    const std::string before = std::move(out_);
    out_.clear();
    const std::string start = id("start");
    const std::string end = id("end");
    out_ += "<startEvent id=\"" + start + "\"/><endEvent id=\"" + end + "\"/>";
    const Block inside = blocks(size);
    flow(start, inside.first);
    flow(inside.last, end);
    if (pick(3) == 0) eventSubProcess();
    const std::string made =
        std::string("<") + element + " id=\"" + name + "\"" + attributes + ">" + out_ + "</" + element + ">";
    out_ = before;
    return made;
  }

  void eventSubProcess() {
    const std::string sub = id("es");
    const std::string start = id("start");
    const std::string task = id("t");
    const int kind = pick(8);
    const bool interrupts = kind == 5 || pick(2) == 0;
    out_ += "<subProcess id=\"" + sub + "\" triggeredByEvent=\"true\"><startEvent id=\"" + start +
            "\" isInterrupting=\"" + (interrupts ? "true" : "false") + "\">" + definition(kind) +
            "</startEvent><userTask id=\"" + task + "\"/></subProcess>";
    flow(start, task);
  }

  Block blocks(int size) {
    Block all = block(size);
    for (int i = pick(3); i > 0 && size > 2; --i) {
      const Block next = block(size / 2);
      flow(all.last, next.first);
      all.last = next.last;
    }
    return all;
  }

  void boundary(const std::string& host, bool scope, bool job, const std::string& to) {
    if (pick(3) != 0) return;
    int kind = pick(scope ? 8 : job ? 6 : 5);
    if (!scope && kind == 4 && job) kind = 0;
    const bool interrupts = kind == 5 || pick(2) == 0;
    const std::string event = id("b");
    out_ += "<boundaryEvent id=\"" + event + "\" attachedToRef=\"" + host + "\" cancelActivity=\"" +
            (interrupts ? "true" : "false") + "\">" + definition(kind) + "</boundaryEvent>";
    const std::string task = id("t");
    out_ += "<userTask id=\"" + task + "\"/>";
    flow(event, task);
    flow(task, to);
  }

  std::string loop() {
    switch (pick(6)) {
      case 0:
        return "<multiInstanceLoopCharacteristics jy:collection=\"list\" jy:element=\"item\" "
               "jy:outputCollection=\"all\" jy:outputElement=\"item\"/>";
      case 1:
        return "<multiInstanceLoopCharacteristics isSequential=\"true\"><loopCardinality>2</loopCardinality>"
               "<completionCondition>" +
               condition() + "</completionCondition></multiInstanceLoopCharacteristics>";
      default: return {};
    }
  }

  /// Activities end at a gateway of their own, to which their boundary events lead too.
  Block activity(const std::string& name, const std::string& xml, bool scope, bool job) {
    out_ += xml;
    const std::string after = id("after");
    out_ += "<exclusiveGateway id=\"" + after + "\"/>";
    flow(name, after);
    boundary(name, scope, job, after);
    return {name, after};
  }

  Block split(const char* gateway, bool conditions, int size) {
    const std::string open = id("g");
    const std::string close = id("j");
    out_ += std::string("<") + gateway + " id=\"" + open + "\"/><" + gateway + " id=\"" + close + "\"/>";
    for (int way = 0, ways = 2 + pick(2); way < ways; ++way) {
      const Block inside = block(size / ways);
      flow(open, inside.first, conditions ? condition() : std::string{});
      flow(inside.last, close);
    }
    return {open, close};
  }

  Block block(int size) {
    const int kind = size <= 1 ? pick(9) : pick(18);
    const std::string name = id("n");
    const auto named = [&](const char* element) {
      return std::string("<") + element + " id=\"" + name + "\"";
    };
    switch (kind) {
      case 0: return activity(name, named("userTask") + " jy:clock=\"hour\"/>", false, false);
      case 1: return activity(name, named("userTask") + ">" + loop() + "</userTask>", false, false);
      case 2:
        return activity(name, named("serviceTask") + " jy:type=\"mail\">" + loop() + "</serviceTask>", false,
                        true);
      case 3:
        out_ += named("scriptTask") + " jy:result=\"x\"><script>x + 1</script></scriptTask>";
        return {name, name};
      case 4: out_ += named("receiveTask") + " messageRef=\"m\"/>"; return {name, name};
      case 5:
        out_ += named("intermediateCatchEvent") + ">" + definition(pick(3)) + "</intermediateCatchEvent>";
        return {name, name};
      case 6:
        out_ += named("intermediateThrowEvent") + ">" + definition(1 + pick(2)) + "</intermediateThrowEvent>";
        return {name, name};
      case 7:
        out_ += named("intermediateThrowEvent") +
                "><escalationEventDefinition escalationRef=\"esc\"/></intermediateThrowEvent>";
        return {name, name};
      case 8: {
        if (pick(3) != 0) return activity(name, named("userTask") + " jy:person=\"who\"/>", false, false);
        out_ += named("endEvent") + "><errorEventDefinition errorRef=\"err\"/></endEvent>";
        const std::string choice = id("g");
        const std::string task = id("t");
        out_ += "<inclusiveGateway id=\"" + choice + "\"/><userTask id=\"" + task + "\"/>";
        flow(choice, name, condition());
        flow(choice, task, condition());
        return {choice, task};
      }
      case 9:
      case 10: return split("exclusiveGateway", true, size);
      case 11:
      case 12: return split("parallelGateway", false, size);
      case 13: return split("inclusiveGateway", true, size);
      case 14: {  // a parallel split that an exclusive gateway brings together: tokens multiply
        const Block two = split("parallelGateway", false, size);
        return two;
      }
      case 15: {
        const Block inside = block(size / 2);
        const std::string top = id("g");
        const std::string bottom = id("g");
        out_ += "<exclusiveGateway id=\"" + top + "\"/><exclusiveGateway id=\"" + bottom + "\"/>";
        flow(top, inside.first);
        flow(inside.last, bottom);
        flow(bottom, top, condition());
        const std::string leave = id("t");
        out_ += "<userTask id=\"" + leave + "\"/>";
        flow(bottom, leave, condition());
        return {top, leave};
      }
      case 16: {
        if (!calls_) return activity(name, named("userTask") + "/>", false, false);
        return activity(name,
                        named("callActivity") +
                            " calledElement=\"child\"><extensionElements>"
                            "<jy:input name=\"x\" expression=\"y\"/><jy:input name=\"y\" "
                            "expression=\"x\"/><jy:output name=\"z\" expression=\"x\"/>"
                            "</extensionElements>" +
                            loop() + "</callActivity>",
                        true, false);
      }
      default: {
        const std::string many = loop();
        const std::string sub = scopeOf(name, "subProcess", size / 2, "");
        std::string with = sub;
        with.insert(with.find('>') + 1, many);
        return activity(name, with, true, false);
      }
    }
  }

  std::mt19937 random_;
  std::string out_;
  int count_ = 0;
  bool calls_ = true;
};

/// A command that may or may not make sense now.
inline Command randomCommand(const State& state, std::mt19937& random) {
  const auto pick = [&](std::size_t n) {
    return n == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  const auto variables = [&] {
    feel::Context made;
    if (pick(2) == 0) made.set("x", static_cast<std::int64_t>(pick(5)));
    if (pick(2) == 0) made.set("y", static_cast<std::int64_t>(pick(3)));
    if (pick(6) == 0) made.set("missing", pick(2) == 0);
    if (pick(6) == 0) made.set("who", pick(2) == 0 ? "li" : "");
    if (pick(6) == 0) made.set("wait", pick(4) == 0 ? "soon" : "PT2H");
    if (pick(6) == 0) made.set("list", feel::List(pick(4), feel::Value("i")));
    return made;
  };
  const auto element = [&]() -> ElementNumber {
    if (state.elements.empty() || pick(10) == 0) return static_cast<ElementNumber>(pick(40));
    return state.elements[pick(state.elements.size())].number;
  };
  const auto incident = [&]() -> ElementNumber {
    return state.incidents.empty() ? 1 : state.incidents[pick(state.incidents.size())].number;
  };
  const auto node = [&] {
    return state.elements.empty() ? std::string("n1") : "n" + std::to_string(pick(60));
  };
  if (state.status == CaseStatus::none) {
    Start start{pick(4) == 0 ? "child" : "p", {}, {}, "title", "key", variables()};
    start.variables.set("x", static_cast<std::int64_t>(pick(5)));
    start.variables.set("y", static_cast<std::int64_t>(pick(3)));
    if (pick(3) != 0) {
      start.variables.set("missing", false);
      start.variables.set("who", "");
      start.variables.set("wait", "PT1H");
      start.variables.set("list", feel::List{"a", "b"});
    }
    return start;
  }
  switch (pick(30)) {
    case 0: return Claim{element()};
    case 1: return Release{element()};
    case 2: return Assign{element(), {"li", "", {}}, "because"};
    case 3: return Comment{std::nullopt, "text"};
    case 4:
    case 5: return Correlate{"reply", "", std::nullopt, variables()};
    case 6: return Signal{"storm", variables()};
    case 7: return pick(20) == 0 ? Command{Cancel{"enough"}} : Command{PauseClock{element(), "ground"}};
    case 8: return ResumeClock{element()};
    case 9: return ExtendClock{element(), 2, "hard", "chief"};
    case 10: return SetVariables{pick(2) == 0 ? 0 : element(), variables(), "correction"};
    case 11: return MoveToken{element(), node(), "by hand"};
    case 12:
    case 13: return RetryIncident{incident()};
    case 14: return ResolveIncident{incident(), variables(), "by hand"};
    case 15:
    case 16:
    case 17: {
      if (state.timers.empty()) return FireTimer{3};
      return FireTimer{state.timers[pick(state.timers.size())].number};
    }
    case 18:
    case 19: return FinishJob{element(), variables()};
    case 20: return FailJob{element(), pick(2) == 0 ? "E1" : "", "broken", pick(3) == 0};
    case 21: return Migrate{2, {}, "new version"};
    default: break;
  }
  std::vector<ElementNumber> tasks;
  for (const Element& each : state.elements) {
    if (each.task) tasks.push_back(each.number);
    if (each.job) return FinishJob{each.number, variables()};
  }
  if (tasks.empty()) return Correlate{"reply", "", std::nullopt, variables()};
  return Complete{tasks[pick(tasks.size())], variables()};
}

}  // namespace jinyue::bpmn::testing
