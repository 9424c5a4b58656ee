// What comes in: calls, requests, applications, the plan and what it needs, bulletins when their time has
// come.

#include <algorithm>

#include <fmt/format.h>

#include "api/plan_import.h"
#include "cli/simulation/simulator.h"
#include "insight/period.h"
#include "planning/reader.h"

namespace jinyue::cli {
namespace {

/// Texts inside a value, each replaced by what `change` makes of it (a text, or another value).
template <class Change>
feel::Value changedTexts(const feel::Value& value, const Change& change) {
  if (const auto text = value.asString()) return feel::Value(change(std::string{*text}));
  if (const feel::List* list = value.asList()) {
    feel::List items;
    for (const feel::Value& item : *list) items.push_back(changedTexts(item, change));
    return feel::Value(std::move(items));
  }
  if (const feel::Context* context = value.asContext()) {
    feel::Context members;
    for (const auto& [name, member] : *context) members.set(name, changedTexts(member, change));
    return feel::Value(std::move(members));
  }
  return value;
}

/// Months, quarters or years from the one that has the first day.
std::vector<insight::Period> periodsOf(packs::BulletinPeriod kind, Date first, Date last) {
  const int months = kind == packs::BulletinPeriod::month     ? 1
                     : kind == packs::BulletinPeriod::quarter ? 3
                                                              : 12;
  std::vector<insight::Period> periods;
  const std::chrono::year_month_day begin{first};
  const auto month = (static_cast<unsigned>(begin.month()) - 1) / static_cast<unsigned>(months) *
                         static_cast<unsigned>(months) +
                     1;
  std::chrono::year_month at{begin.year(), std::chrono::month{month}};
  for (;; at += std::chrono::months{months}) {
    const Date from{at / std::chrono::day{1}};
    const Date to = Date{(at + std::chrono::months{months}) / std::chrono::day{1}} - std::chrono::days{1};
    if (to >= last) return periods;
    periods.push_back({from, to});
  }
}

}  // namespace

void Simulator::plan(Instant begin, Instant end) {
  for (std::size_t i = 0; i < place_.city.streams.size(); ++i) {
    events_.at(begin, [this, i, end] {
      planHour(i, std::chrono::floor<std::chrono::hours>(now()), end);
      return Result<void>{};
    });
  }
  if (place_.city.plan && forms_.has("plan")) {
    events_.at(office_time_.after(begin, std::chrono::hours{1}, Shift::office),
               [this] { return bringPlanIn(); });
  }
  for (const GivenCase& given : place_.city.given) {
    const Instant day = startOf(dateOf(begin) + std::chrono::days{given.day});
    events_.at(office_time_.after(day, std::chrono::hours{2}, Shift::office),
               [this, &given] { return startGiven(given); });
  }
  for (const SimSurvey& survey : place_.city.surveys) {
    const Instant day = startOf(dateOf(begin) + std::chrono::days{survey.day});
    events_.at(office_time_.after(day, std::chrono::hours{2}, Shift::office),
               [this, &survey] { return openSurvey(survey); });
  }
  planBulletins(begin, end);
}

void Simulator::planHour(std::size_t stream, Instant hour, Instant end) {
  Chance chance = Chance::of(seed_, 10 + stream, static_cast<std::uint64_t>(hour.time_since_epoch().count()));
  const int arrivals = chance.poisson(scale_ * meanArrivals(place_.city, place_.city.streams[stream], hour));
  for (int i = 0; i < arrivals; ++i) {
    events_.at(hour + std::chrono::seconds{chance.between(0, 3599)},
               [this, stream] { return arrive(stream); });
  }
  const Instant next = hour + std::chrono::hours{1};
  if (next >= end) return;
  events_.at(next, [this, stream, next, end] {
    planHour(stream, next, end);
    return Result<void>{};
  });
}

Result<void> Simulator::arrive(std::size_t stream) {
  SimCase of;
  of.chance = Chance::of(seed_, 1, ++arrivals_);
  switch (place_.city.streams[stream].what) {
    case Incoming::hotline: return callIn(std::move(of));
    case Incoming::desk: return deskRequest(std::move(of));
    case Incoming::licence: return applyForLicence(std::move(of));
    case Incoming::permit: return applyForPermit(std::move(of));
  }
  return {};
}

/// Most ring up; some send it in themselves.
void Simulator::putCaller(SimCase& of, feel::Context& values, bpmn::Actor& actor, std::string_view role) {
  const bpmn::Actor* taker = someone(role);
  if (!taker || (of.chance.happens(place_.city.chances.signed_in) && !place_.people.residents.empty())) {
    const MadeUpPerson& resident = of.chance.pick(place_.people.residents);
    values.set("caller", feel::Value(resident.name));
    values.set("phone", feel::Value(resident.phone));
    values.set("party", feel::Value(resident.party));
    actor = resident.actor();
    return;
  }
  values.set("caller", feel::Value("示例市民"));
  values.set("phone", feel::Value(fmt::format("1300000{:04}", of.chance.between(1000, 9999))));
  actor = *taker;
}

Result<void> Simulator::callIn(SimCase of) {
  feel::Context values = hotline_.order(of, now());
  bpmn::Actor actor;
  putCaller(of, values, actor, "hotline-agent");
  return start("hotline", "hotline", std::move(values), actor, std::move(of));
}

Result<void> Simulator::deskRequest(SimCase of) {
  std::string desk;
  feel::Context values = hotline_.deskOrder(of, desk);
  bpmn::Actor actor;
  putCaller(of, values, actor, "hotline-agent");
  return start("hotline", desk, std::move(values), actor, std::move(of));
}

/// Half of the shops belong to firms, whose agents apply.
Result<void> Simulator::applyForLicence(SimCase of) {
  feel::Context values = licences_.licence(of);
  const bool by_firm = of.chance.happens(place_.city.chances.by_firm) && !place_.people.agents.empty();
  const MadeUpPerson& applicant =
      by_firm ? of.chance.pick(place_.people.agents) : of.chance.pick(place_.people.residents);
  values.set("applicant", feel::Value(applicant.name));
  values.set("phone", feel::Value(applicant.phone));
  if (by_firm) values.set("firm", feel::Value(applicant.party.substr(applicant.party.find(':') + 1)));
  else values.set("party", feel::Value(applicant.party));
  return start("demonstration", "food-licence", std::move(values), applicant.actor(), std::move(of));
}

Result<void> Simulator::applyForPermit(SimCase of) {
  const bpmn::Actor* clerk = someone("log-clerk");
  if (!clerk) return {};
  feel::Context values = licences_.permit(of, static_cast<std::int64_t>(arrivals_), now());
  return start("permit-intake", "permit", std::move(values), *clerk, std::move(of));
}

Result<void> Simulator::startGiven(const GivenCase& given) {
  const bpmn::Actor* actor = someone(given.role);
  if (!actor || !forms_.has(given.pack)) return {};
  feel::Context values;
  const auto fill = [this](std::string text) {
    return text == "{year}" ? feel::Value(last_year_) : feel::Value(filledIn(std::move(text)));
  };
  for (const auto& [name, value] : given.with.members) values.set(name, changedTexts(value, fill));
  SimCase of;
  of.chance = Chance::of(seed_, 1, ++arrivals_);
  return start(given.pack, given.item, std::move(values), *actor, std::move(of));
}

Result<void> Simulator::bringPlanIn() {
  const SimPlan& wanted = *place_.city.plan;
  const auto text = readFile(place_.folder + "/" + wanted.file);
  if (!text) return std::unexpected(text.error());
  const auto plan = planning::readPlan(filledIn(*text));
  if (!plan) return std::unexpected(plan.error());
  const bpmn::Actor* editor = someone("plan-editor");
  if (!editor) return {};
  api::PlanImport import;
  import.id = filledIn(wanted.id);
  import.due = makeDate(last_year_, 12, 31);
  import.steps_until_due = true;
  import.plan = *plan;
  City& city = place_.office.city();
  const auto newest = place_.office.packs().newest("plan");
  const auto done = api::importPlan({city.store(), city.engine(), city.registry(), newest->definition},
                                    import, *editor, "simulation-" + import.id);
  if (!done) return std::unexpected(done.error());
  counts_.cases += 1 + done->measures + done->brands;
  counts_.commands += 1 + done->measures + done->brands;
  return {};
}

void Simulator::planBulletins(Instant begin, Instant end) {
  for (const std::string& pack : place_.city.bulletins) {
    const auto newest = place_.office.packs().newest(pack);
    if (!newest) continue;
    for (const packs::Bulletin& bulletin : newest->pack->figures.bulletins) {
      for (const insight::Period& period : periodsOf(bulletin.period, dateOf(begin), dateOf(end))) {
        const Instant over = startOf(period.last + std::chrono::days{1});
        events_.at(office_time_.after(std::max(over, begin), std::chrono::hours{1}, Shift::office),
                   [this, pack, id = bulletin.id, text = insight::formatPeriod(period)] {
                     afterwards_.emplace_back([=, this] { return draftBulletin(pack, id, text); });
                     return Result<void>{};
                   });
      }
    }
  }
}

/// Drafted and frozen by one person, published by another on the next day.
Result<void> Simulator::draftBulletin(const std::string& pack, const std::string& bulletin,
                                      const std::string& period) {
  const bpmn::Actor* analyst = someone("analyst");
  const bpmn::Actor* chief = someone("report-chief");
  if (!analyst || !chief) return {};
  insight::Reports& reports = place_.office.reports();
  while (place_.office.recount().step()) {
  }
  auto drafted = reports.draft(pack, bulletin, period, "", analyst->id);
  if (!drafted) return std::unexpected(std::move(drafted.error()));
  const auto frozen = reports.freeze(drafted->id, drafted->version, analyst->id);
  if (!frozen) return std::unexpected(frozen.error());
  events_.at(office_time_.after(now(), std::chrono::hours{8}, Shift::office),
             [this, id = frozen->id, version = frozen->version, by = chief->id]() -> Result<void> {
               const auto published = place_.office.reports().publish(id, version, by);
               if (!published) return std::unexpected(published.error());
               ++counts_.reports;
               return {};
             });
  return {};
}

/// Answers come in over the days on which it is open; nobody's answer is tied to a code.
Result<void> Simulator::openSurvey(const SimSurvey& survey) {
  const bpmn::Actor* analyst = someone("analyst");
  if (!analyst) return {};
  const Instant closes = now() + std::chrono::days{survey.open_days};
  insight::SurveyDesign design = survey.design;
  design.title = {filledIn(design.title.zh), filledIn(design.title.en)};
  auto made = surveys_.create(std::move(design), now(), closes, analyst->id);
  if (made) made = surveys_.open(made->id, made->version, analyst->id);
  if (!made) return std::unexpected(std::move(made).error());
  Chance chance = Chance::of(seed_, 3, static_cast<std::uint64_t>(made->id));
  for (const insight::SurveyStratum& stratum : survey.design.strata) {
    const auto newest = surveys_.find(made->id);
    const auto codes = surveys_.invite(made->id, newest->version, stratum.id, survey.invited, analyst->id);
    if (!codes) return std::unexpected(codes.error());
    for (const std::string& code : *codes) {
      if (!chance.happens(survey.answers)) continue;
      insight::SurveyAnswers answers;
      for (const insight::SurveyQuestion& question : survey.design.questions) {
        const std::vector<double> same(question.options.size(), 1);
        answers[question.id] =
            static_cast<std::int64_t>(chance.weighted(survey.choices.empty() ? same : survey.choices));
      }
      events_.at(now() + std::chrono::minutes{chance.between(60, survey.open_days * 1440 - 60)},
                 [this, id = made->id, code, answers]() -> Result<void> {
                   ++counts_.happened["survey.answered"];
                   return surveys_.answer(id, code, answers);
                 });
    }
  }
  events_.at(office_time_.after(closes, std::chrono::hours{1}, Shift::office),
             [this, id = made->id] { return closeSurvey(id); });
  return {};
}

/// Closed by one person, published by another on the next day.
Result<void> Simulator::closeSurvey(std::int64_t id) {
  const bpmn::Actor* chief = someone("report-chief");
  const auto survey = surveys_.find(id);
  const auto closed = surveys_.close(id, survey->version, survey->made_by);
  if (!closed) return std::unexpected(closed.error());
  if (!chief) return {};
  events_.at(office_time_.after(now(), std::chrono::hours{8}, Shift::office),
             [this, id, version = closed->version, by = chief->id]() -> Result<void> {
               const auto published = surveys_.publish(id, version, by);
               if (!published) return std::unexpected(published.error());
               ++counts_.happened["survey.published"];
               return {};
             });
  return {};
}

}  // namespace jinyue::cli
