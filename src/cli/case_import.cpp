#include "cli/case_import.h"

#include <algorithm>
#include <iomanip>
#include <sstream>

#include <fmt/format.h>

#include "packs/pack.h"
#include "registry/sheet.h"

namespace jinyue::cli {
namespace {

constexpr std::size_t most_import_causes = 50;

Problem importProblem(const char* code, Text title, std::string where = {}) {
  return {ProblemKind::invalid, code, std::move(title), std::move(where), {}, {}};
}

/// Local time as strptime reads it, or ISO 8601.
std::optional<Instant> importMoment(const std::string& text, const std::string& format) {
  if (format == "iso") {
    std::string iso = text;
    if (iso.size() > 10 && iso[10] == ' ') iso[10] = 'T';
    return parseInstant(iso);
  }
  std::tm parts{};
  std::istringstream in(text);
  in >> std::get_time(&parts, format.c_str());
  if (in.fail()) return std::nullopt;
  const auto date = makeDate(parts.tm_year + 1900, static_cast<unsigned>(parts.tm_mon + 1),
                             static_cast<unsigned>(parts.tm_mday));
  return startOf(date) + std::chrono::hours(parts.tm_hour) + std::chrono::minutes(parts.tm_min) +
         std::chrono::seconds(parts.tm_sec);
}

/// A step of the mapping, compiled.
struct ImportStep {
  std::string node;
  bool each = false;
  std::optional<feel::Expression> when;
  std::optional<feel::Expression> at;
  std::optional<feel::Expression> unit;
  std::optional<feel::Expression> person;
  std::vector<std::string> roles;
  std::vector<std::pair<std::string, feel::Expression>> with;
};

/// One thing to do at one moment.
struct Deed {
  Instant at;
  std::size_t a_case = 0;
  std::size_t order = 0;  ///< within the case
  const ImportStep* step = nullptr;
  bpmn::Actor actor;
  feel::Context values;
};

class CaseImporter {
 public:
  CaseImporter(const ImportPlace& place, const CaseMapping& mapping) : place_(place), mapping_(mapping) {}

  Result<ImportCounts> run(std::string_view csv) {
    const auto newest = place_.packs.newest(mapping_.pack);
    const packs::Item* item = newest ? newest->pack->item(mapping_.item) : nullptr;
    if (!item) {
      return std::unexpected(importProblem(
          "import.mapping", {"没有部署这个系统包或事项", "the pack or its item is not deployed"},
          mapping_.pack + "/" + mapping_.item));
    }
    pack_ = newest->pack;
    definition_ = newest->definition;
    item_ = item;
    compileAll();
    auto sheet = registry::readCsv(csv);
    if (!sheet) return std::unexpected(std::move(sheet.error()));
    readRows(*sheet);
    if (problem_.causes.empty()) planAll();
    if (!problem_.causes.empty()) {
      problem_.kind = ProblemKind::invalid;
      problem_.code = "import.rows";
      problem_.title = {"映射或文件有误", "the mapping or the file has errors"};
      return std::unexpected(std::move(problem_));
    }
    return carryOut();
  }

 private:
  using Row = std::vector<std::string>;

  void note(Problem problem) {
    if (problem_.causes.size() < most_import_causes) problem_.causes.push_back(std::move(problem));
  }

  std::optional<feel::Expression> compile(const std::string& text, const std::string& where) {
    if (text.empty()) return std::nullopt;
    auto compiled = feel::Expression::compile(text);
    if (compiled) return std::move(*compiled);
    note(importProblem("import.expression", compiled.error().title, where));
    return std::nullopt;
  }

  ImportStep compileStep(const MappedStep& mapped, const std::string& where) {
    ImportStep step;
    step.node = mapped.complete;
    step.each = mapped.each;
    step.when = compile(mapped.when, where + "/when");
    step.at = compile(mapped.at, where + "/at");
    step.unit = compile(mapped.by.unit, where + "/by/unit");
    step.person = compile(mapped.by.id, where + "/by/id");
    step.roles = mapped.by.roles;
    for (const auto& [name, text] : mapped.with) {
      if (auto value = compile(text, fmt::format("{}/with/{}", where, name)))
        step.with.emplace_back(name, std::move(*value));
    }
    if (!step.at) note(importProblem("import.mapping", {"没有时间", "no time is given"}, where + "/at"));
    return step;
  }

  void compileAll() {
    start_ = compileStep(mapping_.start, "/start");
    steps_.reserve(mapping_.steps.size());
    for (std::size_t i = 0; i < mapping_.steps.size(); ++i)
      steps_.push_back(compileStep(mapping_.steps[i], fmt::format("/steps/{}", i)));
  }

  std::size_t columnOf(const Row& head, const std::string& name, const std::string& where) {
    const auto found = std::ranges::find(head, name);
    if (found == head.end())
      note(importProblem("import.column", {"文件没有这一列：" + name, "the file has no column " + name},
                         where));
    return static_cast<std::size_t>(found - head.begin());
  }

  /// What expressions see of a row.
  void readRows(const registry::Sheet& sheet) {
    if (sheet.rows.empty()) return note(importProblem("import.rows", {"文件是空的", "the file is empty"}));
    const Row& head = sheet.rows.front().cells;
    const std::size_t key = columnOf(head, mapping_.case_column, "/case_column");
    std::vector<std::pair<std::string, std::size_t>> columns;
    for (const auto& [name, column] : mapping_.columns)
      columns.emplace_back(name, columnOf(head, column, "/columns/" + name));
    std::vector<std::tuple<std::string, std::size_t, std::string>> times;
    for (const auto& [name, time] : mapping_.times)
      times.emplace_back(name, columnOf(head, time.column, "/times/" + name), time.format);
    if (!problem_.causes.empty()) return;
    std::map<std::string, std::size_t> known;
    for (std::size_t i = 1; i < sheet.rows.size(); ++i) {
      const registry::SheetRow& row = sheet.rows[i];
      const auto cell = [&](std::size_t at) { return at < row.cells.size() ? row.cells[at] : std::string{}; };
      feel::Context seen;
      for (const auto& [name, at] : columns) {
        const std::string text = cell(at);
        seen.set(name, text.empty() ? feel::Value{} : feel::Value(text));
      }
      for (const auto& [name, at, format] : times) {
        const std::string text = cell(at);
        const auto moment = text.empty() ? std::nullopt : importMoment(text, format);
        if (!text.empty() && !moment)
          note(importProblem("import.time", {"不是时间：" + text, "this is no time: " + text},
                             fmt::format("row {}", row.number)));
        seen.set(name, moment ? feel::Value::of(*moment) : feel::Value{});
      }
      const auto [place, added] = known.try_emplace(cell(key), cases_.size());
      if (added) cases_.emplace_back();
      cases_[place->second].push_back(std::move(seen));
      ++counts_.rows;
    }
  }

  std::optional<Instant> timeOf(const ImportStep& step, const feel::Context& seen) {
    const auto value = step.at->evaluate(seen, facts_).value;
    return value.asInstant();
  }

  std::string textOf(const std::optional<feel::Expression>& expression, const feel::Context& seen) {
    if (!expression) return {};
    const auto value = expression->evaluate(seen, facts_).value;
    return std::string{value.asString().value_or("")};
  }

  /// Adds the step to the plan; no time may lie before `not_before`.
  void plan(const ImportStep& step, std::size_t a_case, const feel::Context& seen, Instant& not_before,
            std::size_t& order) {
    if (step.when && step.when->evaluate(seen, facts_).value.asBool() != true) return;
    const auto at = timeOf(step, seen);
    if (!at) {
      return note(importProblem("import.time",
                                {"算不出时间：" + step.node, "no time comes out for " + step.node},
                                fmt::format("case {}", a_case + 1)));
    }
    not_before = std::max(not_before, *at);
    Deed deed{not_before, a_case, order++, &step, {}, {}};
    deed.actor.unit = textOf(step.unit, seen);
    deed.actor.roles = step.roles;
    deed.actor.id = textOf(step.person, seen);
    if (deed.actor.id.empty()) {
      deed.actor.id =
          fmt::format("导入:{}/{}", deed.actor.unit, step.roles.empty() ? step.node : step.roles.front());
    }
    for (const auto& [name, expression] : step.with) {
      feel::Value value = expression.evaluate(seen, facts_).value;
      if (!value.isNull()) deed.values.set(name, std::move(value));
    }
    deeds_.push_back(std::move(deed));
  }

  void planAll() {
    for (std::size_t i = 0; i < cases_.size(); ++i) {
      auto& rows = cases_[i];
      for (std::size_t k = 0; k < rows.size(); ++k) {
        rows[k].set("nth", feel::Value(static_cast<std::int64_t>(k + 1)));
        rows[k].set("events", feel::Value(static_cast<std::int64_t>(rows.size())));
      }
      std::size_t order = 0;
      Instant started = Instant::min();
      plan(start_, i, rows.front(), started, order);
      Instant before = started;
      for (const ImportStep& step : steps_) {
        if (step.each) planEach(step, i, rows, started, order);
        else plan(step, i, rows.front(), before, order);
      }
    }
    std::ranges::sort(deeds_, [](const Deed& a, const Deed& b) {
      return std::tie(a.at, a.a_case, a.order) < std::tie(b.at, b.a_case, b.order);
    });
  }

  /// The events of a case in the order of their time; `number` counts them so.
  void planEach(const ImportStep& step, std::size_t a_case, std::vector<feel::Context>& rows,
                Instant not_before, std::size_t& order) {
    std::vector<std::pair<Instant, std::size_t>> times;
    for (std::size_t k = 0; k < rows.size(); ++k)
      times.emplace_back(timeOf(step, rows[k]).value_or(not_before), k);
    std::ranges::sort(times);
    for (std::size_t k = 0; k < times.size(); ++k) {
      feel::Context seen = rows[times[k].second];
      seen.set("nth", feel::Value(static_cast<std::int64_t>(k + 1)));
      plan(step, a_case, seen, not_before, order);
    }
  }

  Result<ImportCounts> carryOut() {
    ids_.resize(cases_.size());
    for (const Deed& deed : deeds_) {
      passTimeUntil(deed.at);
      const auto done = deed.step == &start_ ? start(deed) : complete(deed);
      if (!done) {
        Problem problem = importProblem(
            "import.step",
            {fmt::format("第 {} 件的“{}”办不成", deed.a_case + 1, deed.step->node),
             fmt::format("step \"{}\" of case {} was refused", deed.step->node, deed.a_case + 1)});
        problem.causes.push_back(done.error());
        return std::unexpected(std::move(problem));
      }
    }
    counts_.cases = static_cast<std::int64_t>(cases_.size());
    place_.city.pump().runDue();
    return counts_;
  }

  /// Timers fire at their own time.
  void passTimeUntil(Instant at) {
    if (at <= place_.now) return;
    for (;;) {
      const auto next = place_.city.store().nextDue();
      if (!next || *next > at) break;
      place_.now = std::max(place_.now, *next);
      if (place_.city.pump().runDue() == 0) break;
    }
    place_.now = at;
  }

  Result<feel::Context> filled(const std::string& form_id, const feel::Context& values) {
    const packs::Form* form = form_id.empty() ? nullptr : pack_->form(form_id);
    if (!form) return values;
    auto checked = form->check(values, {}, place_.city.registry().surroundings(dateOf(place_.now)));
    if (!checked) return std::unexpected(std::move(checked.error()));
    return std::move(checked->values);
  }

  Result<void> start(const Deed& deed) {
    auto values = filled(item_->form.value_or(""), deed.values);
    if (!values) return std::unexpected(std::move(values.error()));
    bpmn::Start command;
    command.process = item_->process;
    command.variables = std::move(*values);
    casework::Request request;
    request.definition = definition_;
    request.command = std::move(command);
    request.actor = deed.actor;
    const auto reply = place_.city.engine().run(std::move(request));
    if (!reply) return std::unexpected(reply.error());
    ids_[deed.a_case] = reply->case_id;
    return {};
  }

  Result<void> complete(const Deed& deed) {
    const store::CaseId id = ids_[deed.a_case];
    auto task = findTask(id, deed.step->node);
    if (!task && place_.city.pump().runDue() > 0)
      task = findTask(id, deed.step->node);  // a notice was in the way
    if (!task) {
      return refuse(ProblemKind::not_found, "import.no-task",
                    {"没有这个待办任务：" + deed.step->node, "no such task is open: " + deed.step->node});
    }
    const auto definition = place_.city.definitions().find(definition_);
    if (!definition) return std::unexpected(definition.error());
    const bpmn::Node* node = (*definition)->model->find(task->node);
    auto values = filled(node ? node->user.form : std::string{}, deed.values);
    if (!values) return std::unexpected(std::move(values.error()));
    const auto reply = place_.city.engine().run(
        {id, 0, bpmn::Complete{task->id.number, std::move(*values)}, deed.actor, {}});
    if (!reply) return std::unexpected(reply.error());
    ++counts_.steps;
    return {};
  }

  std::optional<store::TaskRow> findTask(store::CaseId id, const std::string& node) {
    store::TaskFilter filter;
    filter.case_id = id;
    for (store::TaskRow& task : place_.city.store().listTasks(filter, {100, {}}).rows) {
      if (task.node == node) return std::move(task);
    }
    return std::nullopt;
  }

  ImportPlace place_;
  const CaseMapping& mapping_;
  feel::Facts facts_;
  Problem problem_;
  ImportStep start_;
  std::vector<ImportStep> steps_;
  std::vector<std::vector<feel::Context>> cases_;  ///< rows of each
  std::vector<Deed> deeds_;
  std::vector<store::CaseId> ids_;
  std::shared_ptr<const packs::Pack> pack_;
  std::int64_t definition_ = 0;
  const packs::Item* item_ = nullptr;
  ImportCounts counts_;
};

}  // namespace

std::optional<Instant> firstMoment(const CaseMapping& mapping, std::string_view csv) {
  const auto sheet = registry::readCsv(csv);
  if (!sheet || sheet->rows.empty()) return std::nullopt;
  std::optional<Instant> first;
  for (const auto& [name, time] : mapping.times) {
    const auto& head = sheet->rows.front().cells;
    const auto column = static_cast<std::size_t>(std::ranges::find(head, time.column) - head.begin());
    for (const registry::SheetRow& row : std::span(sheet->rows).subspan(1)) {
      if (column >= row.cells.size() || row.cells[column].empty()) continue;
      const auto moment = importMoment(row.cells[column], time.format);
      if (moment && (!first || *moment < *first)) first = moment;
    }
  }
  return first;
}

Result<ImportCounts> importCases(const ImportPlace& place, const CaseMapping& mapping, std::string_view csv) {
  return CaseImporter(place, mapping).run(csv);
}

}  // namespace jinyue::cli
