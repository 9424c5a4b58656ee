#include "packs/story.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "bpmn/span.h"
#include "casework/deploy.h"
#include "packs/checking.h"
#include "registry/running_case.h"

namespace jinyue::packs {
namespace {

constexpr int most_rounds =
    10'000;  ///< of timers within one step: a cycle without end is a fault of the story
const bpmn::Actor director{"scenario", "", {}};

bool isCode(const Problem& problem, std::string_view code) {
  return problem.code == code ||
         std::ranges::any_of(problem.causes, [&](const Problem& cause) { return isCode(cause, code); });
}

std::string oneLine(const Problem& problem) {
  std::string text = problem.code + " " + problem.title.zh + " / " + problem.title.en;
  if (!problem.where.empty()) text += " (" + problem.where + ")";
  for (const Problem& cause : problem.causes) text += "; " + oneLine(cause);
  return text;
}

}  // namespace

Story::Story(store::Store& store, const Pack& pack, std::span<const Pack* const> needed,
             const PackScenario& told)
    : store_(store),
      pack_(pack),
      needed_(needed.begin(), needed.end()),
      told_(told),
      digester_(ledger::HashAlgorithm::sha256, std::string(32, 's')) {
  const PackFile* file = pack.file(told.path);
  text_ = file == nullptr ? nullptr : &file->text;
  result_.path = told.path;
  result_.title = told.scenario.title;
}

Result<void> Story::prepare() {
  const auto begin = bpmn::parseMoment(told_.scenario.given.at);
  if (!begin) {
    return refuse(ProblemKind::invalid, "scenario.time",
                  {"given.at 不是日期或时间", "given.at is no date or time"}, told_.path,
                  {"例如 2026-09-28T09:00:00", "such as 2026-09-28T09:00:00"});
  }
  setNow(*begin);
  before_ = store_.reserveCaseIds(1);
  std::vector<const Pack*> packs{&pack_};
  packs.insert(packs.end(), needed_.begin(), needed_.end());
  casework::Surroundings around;
  std::map<std::string, casework::JobHandler> handlers;
  const auto addService = [&](const std::string& type) {
    around.services.push_back(type);
    handlers[type] = [this](const casework::Job& job) { return answer(job); };
  };
  addService(std::string{notice_service});
  for (const Pack* each : packs) {
    for (const OutsideService& service : each->manifest.services) addService(service.type);
    const PackFile* days = each->file("calendar.json");
    if (days == nullptr || around.calendar) continue;
    auto calendar = calendar::Calendar::read(days->text);
    if (!calendar) return std::unexpected(std::move(calendar.error()));
    around.calendar = std::make_shared<const calendar::Calendar>(std::move(*calendar));
  }
  calendar_ = around.calendar;
  around.lookup = [this](std::string_view reg, const feel::Value& key, Date) {
    const auto& registers = told_.scenario.given.registers;
    const auto entries = registers.find(reg);
    if (entries == registers.end() || !key.asString()) return feel::Value{};
    const auto entry = entries->second.find(*key.asString());
    return entry == entries->second.end() ? feel::Value{} : entry->second;
  };
  definitions_ = std::make_unique<casework::Definitions>(store_, std::move(around));
  casework::EngineOptions engine_options;
  engine_options.now = [this] { return now(); };
  engine_ = std::make_unique<casework::Engine>(store_, *definitions_, digester_, engine_options);
  delivery_ = std::make_unique<casework::Delivery>(store_, *definitions_, *engine_);
  casework::PumpOptions pump_options;
  pump_options.now = engine_options.now;
  pump_ =
      std::make_unique<casework::Pump>(store_, *definitions_, *engine_, std::move(handlers), pump_options);
  for (const Pack* each : packs) {
    if (each->filesWith(".bpmn").empty()) continue;
    auto deployed = casework::deploy(*definitions_, *engine_, toDeployment(*each), now());
    if (!deployed) return std::unexpected(std::move(deployed.error()));
    deployed_.push_back(*deployed);
    if (each == &pack_) definition_ = std::move(*deployed);
  }
  if (!definition_) {
    return refuse(ProblemKind::invalid, "scenario.no-process", {"包里没有流程", "the pack has no process"},
                  told_.path);
  }
  return {};
}

ScenarioResult Story::play() {
  const auto& story = told_.scenario.story;
  for (step_ = 0; step_ < story.size() && result_.differences.empty(); ++step_) {
    playStep(withNumbers(story[step_]));
    ++result_.steps;
  }
  cancelOpenCases();
  return std::move(result_);
}

/// "#NAME" is the number of the case of that name.
feel::Value Story::withNumbers(const feel::Value& value) const {
  if (const auto text = value.asString(); text && text->starts_with('#')) {
    const auto found = named_.find(text->substr(1));
    return found == named_.end() ? value : feel::Value(std::to_string(found->second));
  }
  if (value.asList() == nullptr) return value;
  feel::List all;
  for (const feel::Value& each : value.list()) all.push_back(withNumbers(each));
  return feel::Value(std::move(all));
}

feel::Context Story::withNumbers(const feel::Context& context) const {
  feel::Context all;
  for (const auto& [name, value] : context) all.set(name, withNumbers(value));
  return all;
}

ScenarioStep Story::withNumbers(ScenarioStep step) const {
  step.with = withNumbers(step.with);
  if (const feel::Value key = withNumbers(feel::Value(step.key)); key.asString()) step.key = *key.asString();
  if (step.expect) step.expect->variables = withNumbers(step.expect->variables);
  return step;
}

void Story::playStep(const ScenarioStep& step) {
  if (step.expect) {
    const auto id = caseOf(step);
    const auto found = id ? look(*id) : std::unexpected(id.error());
    if (!found) return differ("", {"看不到办件", "there is no case to look at"}, "", oneLine(found.error()));
    return expect(*step.expect, *found);
  }
  const auto verbs = verbsOf(step);
  const Text what = verbs.size() == 1 ? Text{step.by + " " + verbs.front(), step.by + " " + verbs.front()}
                                      : Text{"每一步做一件事", "a step does one thing"};
  const auto done = act(step);
  if (!done && !step.refused) return differ("", what, "成功 accepted", oneLine(done.error()));
  if (done && step.refused) return differ("/refused", what, *step.refused, "成功 accepted");
  if (!done && !isCode(done.error(), *step.refused)) {
    return differ("/refused", what, *step.refused, oneLine(done.error()));
  }
  pump_->runDue();
}

Result<void> Story::act(const ScenarioStep& step) {
  if (step.start) return start(step);
  if (step.complete) return complete(step);
  if (step.claim) {
    const auto task = openTask(step, *step.claim);
    if (!task) return std::unexpected(task.error());
    return runOnCase(step, bpmn::Claim{task->id.number});
  }
  if (step.pause || step.resume || step.extend) return clockCommand(step);
  if (step.cancel) return runOnCase(step, bpmn::Cancel{*step.cancel});
  if (step.message) {
    const auto reply = delivery_->send(*step.message, step.key, step.with, actor(step.by), {});
    if (!reply) return std::unexpected(reply.error());
    if (!contains(cases_, reply->case_id)) cases_.push_back(reply->case_id);
    if (step.as) named_[*step.as] = reply->case_id;
    return {};
  }
  if (step.signal) {
    const auto reached = delivery_->broadcast(*step.signal, step.with, actor(step.by), {});
    if (!reached) return std::unexpected(reached.error());
    return {};
  }
  std::optional<Instant> until;
  if (step.wait) {
    if (const auto span = bpmn::parseSpan(*step.wait)) until = bpmn::addSpan(now(), *span);
  } else if (step.until) {
    until = bpmn::parseMoment(*step.until);
  }
  if (!until || *until < now()) {
    return refuse(
        ProblemKind::invalid, "scenario.time", {"不是以后的时间", "this is no time that lies ahead"},
        step.wait.value_or(step.until.value_or("")),
        {"wait 如 P3DT2H，until 如 2026-10-09T09:00:00", "wait: P3DT2H, until: 2026-10-09T09:00:00"});
  }
  passTime(*until);
  return {};
}

Result<void> Story::start(const ScenarioStep& step) {
  const Item* item = pack_.item(*step.start);
  bpmn::Start command;
  command.process = item != nullptr ? item->process : *step.start;
  command.variables = step.with;
  if (item != nullptr) {
    const bpmn::Node* process = definition_->model->process(item->process);
    if (process != nullptr && !process->title) command.title = item->title.zh;
    if (const Form* form = item->form ? pack_.form(*item->form) : nullptr) {
      auto filled = form->check(step.with, sources(step.by), surroundings());
      if (!filled) return std::unexpected(std::move(filled.error()));
      command.variables = std::move(filled->values);
    }
  }
  casework::Request request;
  request.definition = definition_->id;
  request.command = std::move(command);
  request.actor = actor(step.by);
  const auto reply = engine_->run(std::move(request));
  if (!reply) return std::unexpected(reply.error());
  cases_.push_back(reply->case_id);
  if (step.as) named_[*step.as] = reply->case_id;
  return {};
}

Result<void> Story::complete(const ScenarioStep& step) {
  const auto task = openTask(step, *step.complete);
  if (!task) return std::unexpected(task.error());
  const store::CaseId ids[] = {task->id.case_id};
  const auto rows = store_.loadCases(ids);
  const auto definition = definitions_->find(rows.front().definition);
  if (!definition) return std::unexpected(definition.error());
  const bpmn::Node* node = (*definition)->model->find(task->node);
  feel::Context values = step.with;
  const Form* form = nullptr;
  if (node != nullptr && !node->user.form.empty() && (*definition)->name == pack_.manifest.id) {
    form = pack_.form(node->user.form);
  }
  if (form != nullptr) {
    auto filled = form->check(step.with, sources(step.by), surroundings());
    if (!filled) return std::unexpected(std::move(filled.error()));
    values = std::move(filled->values);
  }
  return runOnCase(step, bpmn::Complete{task->id.number, std::move(values)});
}

Result<void> Story::clockCommand(const ScenarioStep& step) {
  const std::string& node = step.pause ? *step.pause : step.resume ? *step.resume : *step.extend;
  bpmn::ElementNumber element = bpmn::whole_case;
  if (node != "case") {
    const auto id = caseOf(step);
    const auto found = id ? look(*id) : std::unexpected(id.error());
    if (!found) return std::unexpected(found.error());
    const auto at = std::ranges::find(found->state.elements, node, &bpmn::Element::node);
    if (at == found->state.elements.end()) {
      return refuse(ProblemKind::not_found, "scenario.not-open",
                    {"没有进行到：" + node, "this is not open: " + node});
    }
    element = at->number;
  }
  if (step.pause) return runOnCase(step, bpmn::PauseClock{element, step.because});
  if (step.resume) return runOnCase(step, bpmn::ResumeClock{element});
  return runOnCase(step, bpmn::ExtendClock{element, step.amount, step.because, step.approved_by});
}

Result<void> Story::runOnCase(const ScenarioStep& step, bpmn::Command command) {
  const auto id = caseOf(step);
  if (!id) return std::unexpected(id.error());
  const auto reply = engine_->run({*id, 0, std::move(command), actor(step.by), {}});
  if (!reply) return std::unexpected(reply.error());
  return {};
}

Result<store::TaskRow> Story::openTask(const ScenarioStep& step, const std::string& node) {
  const auto id = caseOf(step);
  if (!id) return std::unexpected(id.error());
  store::TaskFilter filter;
  filter.case_id = *id;
  std::string open;
  for (store::TaskRow& task : store_.listTasks(filter, {1000, {}}).rows) {
    if (task.node == node) return std::move(task);
    open += (open.empty() ? "" : ", ") + task.node;
  }
  return refuse(ProblemKind::not_found, "scenario.not-open",
                {fmt::format("没有待办的任务 {}；现在待办：{}", node, open),
                 fmt::format("no task {} is open; open are: {}", node, open)});
}

Result<store::CaseId> Story::caseOf(const ScenarioStep& step) const {
  if (step.on) {
    if (const auto found = named_.find(*step.on); found != named_.end()) return found->second;
    if (const auto found = caseByProcess(*step.on)) return *found;
    return refuse(ProblemKind::not_found, "scenario.no-case",
                  {"没有这个办件：" + *step.on, "there is no case " + *step.on});
  }
  if (!cases_.empty()) return cases_.back();
  return refuse(ProblemKind::not_found, "scenario.no-case", {"还没有办件", "there is no case yet"});
}

/// "part" or "part#2": the first or second case of a process in this story, also one that another case began.
std::optional<store::CaseId> Story::caseByProcess(std::string_view name) const {
  const auto mark = name.find('#');
  std::size_t wanted = 1;
  if (mark != std::string_view::npos) {
    const std::string_view count = name.substr(mark + 1);
    const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), wanted);
    if (error != std::errc{} || end != count.data() + count.size() || wanted == 0) return std::nullopt;
  }
  store::CaseFilter filter;
  filter.process = std::string{name.substr(0, mark)};
  filter.scope = store::everything();
  std::vector<store::CaseId> found;
  store::PageRequest page{1000, {}};
  do {
    const auto rows = store_.listCases(filter, page);  // newest first
    for (const store::CaseRow& row : rows.rows) {
      if (row.id > before_) found.push_back(row.id);
    }
    page.after = rows.rows.empty() || rows.rows.back().id <= before_ ? "" : rows.next;
  } while (!page.after.empty());
  if (wanted > found.size()) return std::nullopt;
  return found[found.size() - wanted];
}

/// Timers fire at their own time, not all at the end of the wait.
void Story::passTime(Instant until) {
  for (int round = 0; round < most_rounds; ++round) {
    pump_->runDue();
    const auto next = store_.nextDue();
    if (!next || *next > until) break;
    setNow(std::max(now() + Millis{1}, *next));
  }
  setNow(std::max(until, now()));
  pump_->runDue();
}

void Story::cancelOpenCases() {
  store::CaseFilter open;
  open.scope = store::everything();
  open.status = store::CaseStatus::active;
  for (;;) {
    const auto page = store_.listCases(open, {1000, {}});
    bool ended = false;
    for (const store::CaseRow& row : page.rows) {
      ended = engine_->run({row.id, 0, bpmn::Cancel{"the story is over"}, director, {}}).has_value() || ended;
    }
    if (!ended) break;
  }
  for (const auto& definition : deployed_) {
    if (const auto done = casework::disarm(*engine_, *definition); !done)
      throw std::runtime_error("a story's starts stay armed: " + describe(done.error()));
  }
  engine_->stop();
}

bpmn::Actor Story::actor(const std::string& name) const {
  const auto& actors = told_.scenario.given.actors;
  const auto found = actors.find(name);
  if (found == actors.end()) return {name.empty() ? director.id : name, {}, {}};
  return {found->second.id.empty() ? name : found->second.id, found->second.unit, found->second.roles};
}

SourceFn Story::sources(const std::string& name) {
  return [this, name](const FieldSource& source, const feel::Context& answers) -> std::optional<feel::Value> {
    const ScenarioGiven& given = told_.scenario.given;
    const auto in = [](const feel::Value& entry, const std::string& field) -> std::optional<feel::Value> {
      const feel::Value* found = entry.asContext() == nullptr ? nullptr : entry.asContext()->find(field);
      return found == nullptr ? std::nullopt : std::optional{*found};
    };
    if (source.kind == "caller") {
      const auto who = given.actors.find(name);
      return who == given.actors.end() ? std::nullopt : in(feel::Value(who->second.knows), source.field);
    }
    if (source.kind == "licence") {
      const auto licence = given.licences.find(source.name);
      if (licence == given.licences.end()) return std::nullopt;
      const auto value = licence->second.find(source.field);
      return value == licence->second.end() ? std::nullopt : std::optional{value->second};
    }
    if (source.kind == "register") {
      const auto entries = given.registers.find(source.name);
      const feel::Value* key = answers.find(source.key);
      if (entries == given.registers.end() || key == nullptr || !key->asString()) return std::nullopt;
      const auto entry = entries->second.find(*key->asString());
      return entry == entries->second.end() ? std::nullopt : in(entry->second, source.field);
    }
    if (source.isLookup()) {
      const feel::Value* key = answers.find(source.key);
      if (key == nullptr || !key->asString()) return std::nullopt;
      return feel::Value(
          "person:" + ledger::toHex(ledger::Hasher(ledger::HashAlgorithm::sha256).plain(*key->asString())));
    }
    for (auto id = cases_.rbegin(); id != cases_.rend(); ++id) {  // an earlier case
      const auto found = look(*id);
      if (!found) continue;
      if (const feel::Value* value = found->state.variables().find(source.field)) return *value;
    }
    return std::nullopt;
  };
}

registry::SchemaSurroundings Story::surroundings() const {
  registry::SchemaSurroundings around;
  around.today = dateOf(now());
  around.has_entry = [this](std::string_view reg, std::string_view key) {
    const auto entries = told_.scenario.given.registers.find(reg);
    return entries != told_.scenario.given.registers.end() && entries->second.contains(key);
  };
  around.is_running = [this](std::string_view process, std::string_view number) {
    return registry::isRunning(store_, process, number);
  };
  return around;
}

casework::JobResult Story::answer(const casework::Job& job) {
  const std::lock_guard lock(mutex_);
  const auto& services = told_.scenario.given.services;
  const auto answers = services.find(job.topic);
  if (answers == services.end() || answers->second.empty()) {
    if (job.topic == notice_service) return casework::JobDone{};
    return casework::JobFault{"the story gives no answer of this service: " + job.topic};
  }
  const std::size_t count = asked_[job.topic]++;
  const ServiceAnswer& next = answers->second[std::min(count, answers->second.size() - 1)];
  if (!next.fault.empty()) return casework::JobFault{next.fault};
  if (!next.error.empty()) return casework::JobError{next.error, {}};
  return casework::JobDone{next.gives};
}

}  // namespace jinyue::packs
