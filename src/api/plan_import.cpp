#include "api/plan_import.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "api/plan_rows.h"
#include "ledger/hash.h"
#include "planning/likeness.h"

namespace jinyue::api {
namespace {

constexpr std::size_t most_measures = 2000;

/// A key for each command, from the key of all.
std::string commandKey(const std::string& key, std::string_view of) {
  ledger::Hasher hasher(ledger::HashAlgorithm::sha256);
  return ledger::toHex(hasher.plain(fmt::format("plan\n{}\n{}", key, of))).substr(0, 40);
}

feel::Value textList(const std::vector<std::string>& texts) {
  feel::List items;
  for (const std::string& each : texts) items.emplace_back(each);
  return feel::Value(std::move(items));
}

bool isId(std::string_view id) {
  return id.size() >= 2 && id.size() <= 60 && std::ranges::all_of(id, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

/// Who a brand's area is: its government or committee and its code, from the registers where they have it.
struct Place {
  std::string unit;
  std::string code;
};

class Importer {
 public:
  Importer(const ImportRooms& rooms, const PlanImport& import, const bpmn::Actor& actor,
           const std::string& key)
      : rooms_(rooms), import_(import), actor_(actor), key_(key) {}

  Result<PlanImported> run() {
    if (auto good = check(); !good) return std::unexpected(good.error());
    auto plan = start("plan", "plan", planVariables());
    if (!plan) return std::unexpected(plan.error());
    done_.plan_case = plan->case_id;
    done_.repeated = plan->repeated;
    if (!import_.previous.empty())
      before_ = measuresByName(rooms_.store, rooms_.engine.seal(), import_.previous);
    int ordinal = 0;
    for (const planning::Measure& each : import_.plan.measures) {
      const std::string id = fmt::format("{}/{}", import_.id, ++ordinal);
      if (auto made = start("measure", id, measureVariables(each, id)); !made)
        return std::unexpected(made.error());
      ++done_.measures;
    }
    for (const planning::Brand& each : import_.plan.brands) {
      if (auto made = start("innovation", fmt::format("brand {}", ++done_.brands), brandVariables(each));
          !made)
        return std::unexpected(made.error());
    }
    return done_;
  }

 private:
  Result<void> check() {
    if (!isId(import_.id))
      return refuse(ProblemKind::invalid, "plan.id",
                    {"方案编号只能用小写字母、数字和“-”，2 到 60 个字符",
                     "the id of a plan has small letters, digits and \"-\", 2 to 60 of them"},
                    "/id");
    if (import_.plan.measures.empty() || import_.plan.measures.size() > most_measures)
      return refuse(ProblemKind::invalid, "plan.empty",
                    {"方案没有举措，或超过 2000 条", "the plan has no measures, or more than 2000"},
                    "/plan/measures");
    if (import_.cycle_length != "month" && import_.cycle_length != "quarter")
      return refuse(ProblemKind::invalid, "plan.cycle",
                    {"报告周期为 month 或 quarter", "a period is month or quarter"}, "/cycle_length");
    Problem wrong{
        ProblemKind::invalid, "plan.value", {"有的数值不是数", "some values are no numbers"}, {}, {}, {}};
    for (std::size_t i = 0; i < import_.plan.measures.size(); ++i) {
      const auto& targets = import_.plan.measures[i].targets;
      for (std::size_t k = 0; k < targets.size(); ++k) {
        if (!feel::Number::parse(targets[k].value) && wrong.causes.size() < 100)
          wrong.causes.push_back({ProblemKind::invalid,
                                  "plan.value",
                                  {"不是数：" + targets[k].value, "no number: " + targets[k].value},
                                  fmt::format("/plan/measures/{}/targets/{}/value", i, k),
                                  {},
                                  {}});
      }
      if (import_.plan.measures[i].title.empty() && wrong.causes.size() < 100)
        wrong.causes.push_back({ProblemKind::invalid,
                                "plan.title",
                                {"举措没有名称", "a measure has no name"},
                                fmt::format("/plan/measures/{}/title", i),
                                {},
                                {}});
    }
    if (!wrong.causes.empty()) return std::unexpected(std::move(wrong));
    // The same import again goes on; another one of the same plan is refused.
    const std::string keys[] = {commandKey(key_, "plan")};
    const auto used = rooms_.store.findReplies(keys);
    if (std::ranges::find(used, actor_.id, &store::ReplyRow::actor) != used.end()) return {};
    store::CaseFilter filter;
    filter.process = "plan";
    filter.key = import_.id;
    filter.scope = store::everything();
    if (!rooms_.store.listCases(filter, {1, {}}).rows.empty())
      return refuse(ProblemKind::conflict, "plan.exists",
                    {"已有这个编号的方案", "there is a plan with this id"}, "/id");
    return {};
  }

  Result<casework::Reply> start(std::string process, const std::string& of, feel::Context variables) {
    casework::Request request;
    bpmn::Start command;
    command.process = std::move(process);
    command.key = import_.id;
    command.variables = std::move(variables);
    request.definition = rooms_.definition;
    request.command = std::move(command);
    request.actor = actor_;
    request.key = commandKey(key_, of);
    return rooms_.engine.run(std::move(request));
  }

  feel::Context planVariables() const {
    feel::Context out;
    out.set("plan", feel::Value(import_.id));
    out.set("title", feel::Value(import_.plan.title.empty() ? import_.id : import_.plan.title));
    const int year = static_cast<int>(std::chrono::year_month_day{import_.due}.year());
    out.set("first_year", feel::Value(import_.plan.first_year.value_or(year)));
    out.set("last_year", feel::Value(import_.plan.last_year.value_or(year)));
    out.set("due", feel::Value::of(import_.due));
    if (!import_.previous.empty()) out.set("previous", feel::Value(import_.previous));
    return out;
  }

  feel::Context measureVariables(const planning::Measure& measure, const std::string& id) {
    feel::Context out;
    out.set("plan", feel::Value(import_.id));
    out.set("measure_id", feel::Value(id));
    out.set("measure_number", feel::Value(measure.number));
    out.set("section", feel::Value(measure.section));
    out.set("subsection", feel::Value(measure.subsection));
    out.set("title", feel::Value(measure.title));
    out.set("text", feel::Value(measure.text));
    out.set("leads", textList(measure.leads));
    out.set("assisting", textList(measure.assisting));
    out.set("areas", textList(measure.areas));
    out.set("all_areas", feel::Value(measure.all_areas));
    out.set("cycle_length", feel::Value(import_.cycle_length));
    std::optional<Date> stated;
    for (const planning::Deadline& each : measure.deadlines) {
      if (each.until && (!stated || *each.until > *stated)) stated = each.until;
    }
    const Date due = stated.value_or(import_.due);
    out.set("due", feel::Value::of(due));
    out.set("route", route(measure, due));
    feel::List targets;
    for (const planning::Target& each : measure.targets) {
      feel::Context target;
      target.set("text", feel::Value(each.text));
      target.set("comparator", feel::Value(nameOf(each.comparator)));
      target.set("value", feel::Value(*feel::Number::parse(each.value)));
      target.set("unit", feel::Value(each.unit));
      target.set("until", feel::Value::of(each.until.value_or(due)));
      targets.emplace_back(std::move(target));
    }
    out.set("targets", feel::Value(std::move(targets)));
    if (const auto found = before_.find(planning::plainName(measure.title)); found != before_.end()) {
      out.set("previous", feel::Value(found->second));
      ++done_.linked;
    }
    return out;
  }

  static std::string nameOf(planning::Comparator comparator) {
    std::string name = toJson(comparator);
    return name.substr(1, name.size() - 2);
  }

  feel::Value route(const planning::Measure& measure, Date due) const {
    feel::List steps;
    for (const std::string& action : measure.actions) {
      feel::Context step;
      step.set("step", feel::Value(action));
      // A sentence that names a day of the measure is a step until then.
      for (const planning::Deadline& each : measure.deadlines) {
        if (each.until && action.find(each.text) != std::string::npos)
          step.set("until", feel::Value::of(*each.until));
      }
      if (import_.steps_until_due && step.find("until") == nullptr) step.set("until", feel::Value::of(due));
      steps.emplace_back(std::move(step));
    }
    return feel::Value(std::move(steps));
  }

  Place placeOf(const std::string& area) {
    const Date today = dateOf(rooms_.registry.now());
    registry::EntryFilter all;
    all.as_of = today;
    const auto regions = rooms_.registry.list("regions", all, {1000, {}});
    if (!regions) return {area, {}};
    for (const registry::EntryVersion& region : regions->rows) {
      const auto* body = region.body.asContext();
      if (body == nullptr || Variables(*body).text("name") != area) continue;
      Place place{area, Variables(*body).text("code")};
      registry::EntryFilter of;
      of.as_of = today;
      of.fields = {{"region", place.code}};
      const auto units = rooms_.registry.list("units", of, {1000, {}});
      if (!units) return place;
      for (const registry::EntryVersion& unit : units->rows) {
        const auto* entry = unit.body.asContext();
        const std::string kind = entry != nullptr ? Variables(*entry).text("kind") : "";
        if (kind == "government" || kind == "zone") place.unit = Variables(*entry).text("name");
      }
      return place;
    }
    return {area, {}};
  }

  feel::Context brandVariables(const planning::Brand& brand) {
    const Place place = placeOf(brand.area);
    feel::Context out;
    out.set("plan", feel::Value(import_.id));
    out.set("title", feel::Value(brand.title));
    out.set("text", feel::Value(brand.text));
    out.set("place", feel::Value(brand.area));
    out.set("unit", feel::Value(place.unit));
    if (!place.code.empty()) out.set("area", feel::Value(place.code));
    if (!brand.name.empty()) out.set("brand_name", feel::Value(brand.name));
    return out;
  }

  const ImportRooms& rooms_;
  const PlanImport& import_;
  const bpmn::Actor& actor_;
  const std::string& key_;
  std::map<std::string, std::string> before_;
  PlanImported done_;
};

}  // namespace

std::map<std::string, std::string> measuresByName(store::Store& store, const casework::Seal& seal,
                                                  const std::string& plan) {
  std::map<std::string, std::string> found;
  std::map<std::string, int> times;
  for (const PlanCase& row : planCases(store, seal, "measure", store::everything(), plan)) {
    const planning::LedgerMeasure measure = measureOf(row);
    const std::string name = planning::plainName(measure.title);
    if (++times[name] == 1) found[name] = measure.id;
    else found.erase(name);
  }
  return found;
}

Result<PlanImported> importPlan(const ImportRooms& rooms, const PlanImport& import, const bpmn::Actor& actor,
                                const std::string& key) {
  return Importer(rooms, import, actor, key).run();
}

}  // namespace jinyue::api
