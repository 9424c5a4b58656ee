#include "bpmn/story.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "base/text.h"

namespace jinyue::bpmn::testing {

SourceFile file(const std::string& body, const std::string& path) {
  return {path,
          "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:jy=\"urn:jinyue:bpmn:1\" "
          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" targetNamespace=\"t\">" +
              body + "</definitions>"};
}

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') out += "&lt;";
    else if (c == '&') out += "&amp;";
    else out += c;
  }
  return out;
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(at);
    parts.emplace_back(trimmed(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string process(const std::string& nodes, const std::string& flows, const std::string& attributes,
                    const std::string& id) {
  std::string body = nodes;
  std::string lines;
  int count = 0;
  for (const std::string& path : split(flows, ';')) {
    if (path.empty()) continue;
    std::string condition;
    std::string way = path;
    if (const auto open = path.find('['); open != std::string::npos) {
      condition = path.substr(open + 1, path.rfind(']') - open - 1);
      way = path.substr(0, open);
    }
    const std::vector<std::string> stops = split(way, '>');
    for (std::size_t i = 1; i < stops.size(); ++i) {
      const std::string flow = (id == "p" ? "f" : id + "_f") + std::to_string(++count);
      lines += "<sequenceFlow id=\"" + flow + "\" sourceRef=\"" + stops[i - 1] + "\" targetRef=\"" +
               stops[i] + "\"";
      if (condition == "else") {
        const std::string source = "id=\"" + stops[i - 1] + "\"";
        body.replace(body.find(source), source.size(), source + " default=\"" + flow + "\"");
        lines += "/>";
      } else if (!condition.empty()) {
        lines += "><conditionExpression xsi:type=\"tFormalExpression\">" + escaped(condition) +
                 "</conditionExpression></sequenceFlow>";
      } else {
        lines += "/>";
      }
    }
  }
  return "<process id=\"" + id + "\" isExecutable=\"true\" " + attributes + ">" + body + lines + "</process>";
}

Result<std::shared_ptr<const Model>> read(const std::string& body) {
  const std::array files{file(body)};
  return readModel(files, surroundings());
}

std::shared_ptr<const Model> deploy(const std::string& body) {
  auto model = read(body);
  if (!model) throw std::runtime_error(describe(model.error()));
  return *std::move(model);
}

std::vector<std::string> reasons(const std::string& body) {
  std::vector<std::string> found;
  const auto model = read(body);
  if (model) return found;
  for (const Problem& cause : model.error().causes) {
    found.push_back(cause.where.substr(cause.where.rfind(':') + 1) + " " + cause.code);
  }
  return found;
}

Actor person(std::string id, std::string unit, std::vector<std::string> roles) {
  return {std::move(id), std::move(unit), std::move(roles)};
}

Story::Story(std::shared_ptr<const Model> model)
    : model_(std::move(model)), now_(*parseInstant("2026-03-02T09:00:00+08:00")) {
  facts.feel.calendar = &china();
}

/// The area is what its expression gives now, or an incident says why not; a search text that is not given
/// again has not changed.
std::string brokenDescription(const State& before, const Command& command, const Model& model,
                              const Facts& facts, const Step& step) {
  const Model& now = std::holds_alternative<Migrate>(command) ? *facts.target : model;
  const auto textOf = [&](const Model& of, const State& state,
                          std::optional<feel::Expression> Node::* expression) -> std::optional<std::string> {
    const auto& found = of.process(state.process)->*expression;
    if (!found) return std::nullopt;
    const feel::Evaluation result = found->evaluate(state.variables(), facts.feel);
    if (const auto text = result.value.asString()) return std::string{*text};
    if (const auto number = result.value.asNumber()) return number->toString();
    if (!result.value.isNull() || !result.diagnostics.empty()) return std::nullopt;
    return std::string{};
  };
  const auto isOpen = [&](std::string_view code) {
    return std::ranges::any_of(step.state.incidents, [&](const Incident& each) { return each.code == code; });
  };
  const State& state = step.state;
  if (state.status != CaseStatus::active) return {};
  const auto area = textOf(now, state, &Node::area);
  if (area && *area != state.area) return "the area is " + state.area + ", not " + *area;
  if (!area && now.process(state.process)->area && !isOpen("description.area") &&
      !std::holds_alternative<ResolveIncident>(command) && before.area != state.area)
    return "an area that failed is no incident";
  const auto search = textOf(now, state, &Node::search);
  if (search && step.search && *search != *step.search) return "the search text is " + *step.search;
  if (before.status == CaseStatus::none) return step.search ? "" : "a case that started has no search text";
  if (search && !step.search && textOf(model, before, &Node::search) != search)
    return "the search text has changed unnoticed: " + *search;
  return {};
}

std::string brokenInvariant(const Model& model, const State& before, const Command& command,
                            const Actor& actor, const Facts& facts, const Step& step) {
  State replayed = before;
  for (const Event& event : step.events) {
    const std::string json = toJson(event);
    const auto back = fromJson<Event>(json);
    if (!back) return "an event is not read back: " + json + "\n" + describe(back.error());
    if (!(*back == event)) return "an event changes in JSON: " + json + "\n" + toJson(*back);
    bpmn::apply(replayed, *back);
  }
  if (!(replayed == step.state)) return "replay differs:\n" + toJson(replayed) + "\n" + toJson(step.state);
  const auto read_back = fromJson<State>(toJson(step.state));
  if (!read_back)
    return "the state is not read back: " + toJson(step.state) + "\n" + describe(read_back.error());
  if (!(*read_back == step.state))
    return "the state changes in JSON: " + toJson(step.state) + "\n" + toJson(*read_back);
  const auto again = bpmn::step(model, before, command, actor, facts);
  if (!again || !(again->state == step.state) || again->events != step.events)
    return "the step is not repeatable";

  if (const std::string broken = brokenDescription(before, command, model, facts, step); !broken.empty())
    return broken;
  const State& state = step.state;
  const Model& now = std::holds_alternative<Migrate>(command) ? *facts.target : model;
  std::set<ElementNumber> numbers;
  for (const Element& each : state.elements) {
    if (!numbers.insert(each.number).second) return "an element number is used twice";
    if (each.number != 0 && state.element(each.scope) == nullptr)
      return "an element outside any scope: " + each.node;
    if (now.find(each.node) == nullptr) return "an element of no node: " + each.node;
  }
  for (const Timer& each : state.timers) {
    if (state.element(each.element) == nullptr) return "a timer on nothing: " + each.node;
    if (!numbers.insert(each.number).second) return "a number is used twice";
  }
  for (const Wait& each : state.waits) {
    if (state.element(each.element) == nullptr) return "a wait on nothing: " + each.node;
    if (!numbers.insert(each.number).second) return "a number is used twice";
  }
  for (const Incident& each : state.incidents) {
    if (state.element(each.element) == nullptr) return "an incident on nothing: " + each.code;
    if (!numbers.insert(each.number).second) return "a number is used twice";
  }
  for (const Clock& each : state.clocks) {
    if (state.element(each.element) == nullptr) return "a clock on nothing: " + each.rule;
  }
  if (state.status != CaseStatus::active) {
    if (state.elements.size() > 1 || !state.timers.empty() || !state.waits.empty() ||
        !state.incidents.empty()) {
      return "something is left of a case that has ended: " + toJson(state);
    }
    return {};
  }
  // Each leaf of the tree of elements must wait for something.
  for (const Element& each : state.elements) {
    const bool leaf = std::ranges::none_of(state.elements,
                                           [&](const Element& other) { return other.scope == each.number; });
    const bool armed =
        std::ranges::any_of(state.timers, [&](const Timer& timer) { return timer.element == each.number; }) ||
        std::ranges::any_of(state.waits, [&](const Wait& wait) { return wait.element == each.number; });
    const bool incident =
        std::ranges::find(state.incidents, each.number, &Incident::element) != state.incidents.end();
    if (leaf && !each.task && !each.job && !armed && !incident && each.flow.empty()) {
      return "an element waits for nothing: " + each.node + "\n" + toJson(state);
    }
  }
  const bool live =
      std::ranges::any_of(state.elements, [](const Element& each) { return each.task || each.job; }) ||
      !state.timers.empty() || !state.waits.empty() || !state.incidents.empty();
  return live ? std::string{} : "the case is stuck: " + toJson(state);
}

Result<Step> Story::tried(const Command& command, const Actor& actor) {
  facts.feel.now = now_;
  auto done = bpmn::step(*model_, state_, command, actor, facts);
  if (!done) return done;
  const std::string broken = brokenInvariant(*model_, state_, command, actor, facts, *done);
  EXPECT_EQ(broken, "");
  last_ = done->events;
  search_ = done->search;
  all_.insert(all_.end(), done->events.begin(), done->events.end());
  state_ = done->state;
  if (std::holds_alternative<Migrate>(command)) model_ = facts.target;
  return done;
}

void Story::run(const Command& command, const Actor& actor) {
  const auto done = tried(command, actor);
  if (!done) throw std::runtime_error("refused: " + describe(done.error()));
}

std::string Story::refused(const Command& command, const Actor& actor) {
  const auto done = tried(command, actor);
  if (done) return {};
  EXPECT_FALSE(done.error().title.zh.empty());
  EXPECT_FALSE(done.error().title.en.empty());
  return done.error().code;
}

void Story::start(feel::Context variables) {
  Start command;
  command.process = model_->node(model_->processes().front()).id;
  command.variables = std::move(variables);
  run(command);
}

ElementNumber Story::number(const std::string& node) const {
  const auto found = std::ranges::find_if(state_.elements, [&](const Element& each) {
    return each.node == node && each.number != 0 && !each.loop;
  });
  if (found == state_.elements.end()) throw std::runtime_error("nothing lives at " + node + ": " + waits());
  return found->number;
}

ElementNumber Story::incident(const std::string& node) const {
  for (const Incident& each : state_.incidents) {
    if (state_.element(each.element)->node == node) return each.number;
  }
  throw std::runtime_error("no incident at " + node + ": " + waits());
}

ElementNumber Story::timer(const std::string& node) const {
  const auto found = std::ranges::find(state_.timers, node, &Timer::node);
  if (found == state_.timers.end()) throw std::runtime_error("no timer at " + node + ": " + waits());
  return found->number;
}

void Story::complete(const std::string& node, feel::Context variables, const std::string& by) {
  run(Complete{number(node), std::move(variables)}, person(by));
}

void Story::finishJob(const std::string& node, feel::Context variables) {
  run(FinishJob{number(node), std::move(variables)});
}

void Story::failJob(const std::string& node, const std::string& error, bool retry) {
  run(FailJob{number(node), error, "it failed", retry});
}

void Story::message(const std::string& name, const std::string& key, feel::Context variables) {
  run(Correlate{name, key, std::nullopt, std::move(variables)});
}

void Story::passTo(Instant then) {
  while (true) {
    const Timer* next = nullptr;
    for (const Timer& each : state_.timers) {
      if (each.due && *each.due <= then && (next == nullptr || *each.due < *next->due)) next = &each;
    }
    if (next == nullptr) break;
    now_ = std::max(now_, *next->due);
    run(FireTimer{next->number});
  }
  now_ = std::max(now_, then);
}

void Story::pass(std::chrono::milliseconds time) { passTo(now_ + time); }

std::string Story::work() const {
  std::vector<std::string> found;
  for (const Element& each : state_.elements) {
    if (each.task) found.push_back("task:" + each.node);
    if (each.job) found.push_back("job:" + each.node);
  }
  for (const Incident& each : state_.incidents) {
    found.push_back("incident:" + state_.element(each.element)->node + "(" + each.code + ")");
  }
  if (state_.status == CaseStatus::completed) found.push_back("completed");
  if (state_.status == CaseStatus::cancelled) found.push_back("cancelled");
  std::ranges::sort(found);
  std::string text;
  for (const std::string& each : found) text += (text.empty() ? "" : " ") + each;
  return text;
}

std::string Story::waits() const {
  std::vector<std::string> found;
  if (const std::string work_text = work(); !work_text.empty()) found = split(work_text, ' ');
  for (const Timer& each : state_.timers) {
    if (each.due) found.push_back("timer:" + each.node);
  }
  for (const Wait& each : state_.waits) {
    found.push_back((each.kind == WaitKind::message ? "message:" : "signal:") + each.node);
  }
  std::ranges::sort(found);
  std::string text;
  for (const std::string& each : found) text += (text.empty() ? "" : " ") + each;
  return text;
}

std::string Story::lastTypes() const {
  std::string text;
  for (const Event& each : last_) text += (text.empty() ? "" : " ") + std::string{typeOf(each)};
  return text;
}

feel::Value Story::variable(const std::string& name) const {
  const feel::Value* found = state_.variables().find(name);
  return found == nullptr ? feel::Value{} : *found;
}

}  // namespace jinyue::bpmn::testing
