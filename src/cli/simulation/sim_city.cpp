#include "cli/simulation/sim_city.h"

#include <numeric>

#include <fmt/format.h>

#include "base/json_read.h"

namespace jinyue::cli {
namespace {

class CityCheck {
 public:
  explicit CityCheck(const SimCity& city) : city_(city) {}

  std::vector<Problem> run() {
    if (city_.population <= 0) note("/population", {"人口应大于零", "the population must be positive"});
    if (city_.tick_minutes < 1 || 60 % city_.tick_minutes != 0)
      note("/tick_minutes", {"应能整除 60", "must divide 60"});
    if (city_.matters.empty()) note("/matters", {"没有诉求", "there are no matters"});
    if (city_.places.empty()) note("/places", {"没有地点", "there are no places"});
    if (city_.channels.empty()) note("/channels", {"没有渠道", "there are no channels"});
    for (std::size_t i = 0; i < city_.streams.size(); ++i) {
      const Stream& stream = city_.streams[i];
      const std::string at = fmt::format("/streams/{}", i);
      if (stream.per_1000_a_year < 0) note(at + "/per_1000_a_year", {"不能小于零", "must not be negative"});
      if (stream.source.empty())
        note(at + "/source", {"应写明来源或注明是编的", "must say where it is from, or that it is made up"});
      weights(at + "/hours", stream.hours, 24);
      weights(at + "/weekdays", stream.weekdays, 7);
      weights(at + "/months", stream.months, 12);
    }
    for (std::size_t i = 0; i < city_.staff.size(); ++i) {
      if (city_.staff[i].people < 1 || city_.staff[i].role.empty())
        note(fmt::format("/staff/{}", i), {"至少一人，写明角色", "needs a role and at least one person"});
    }
    for (const auto* list : {&city_.matters, &city_.desk_matters}) {
      for (std::size_t i = 0; i < list->size(); ++i)
        weights(fmt::format("/matters/{}/months", i), (*list)[i].months, 12);
      for (std::size_t i = 0; i < list->size(); ++i) {
        if ((*list)[i].slow <= 0) note(fmt::format("/matters/{}/slow", i), {"应大于零", "must be positive"});
      }
    }
    for (std::size_t i = 0; i < city_.surveys.size(); ++i) {
      const SimSurvey& survey = city_.surveys[i];
      const std::string at = fmt::format("/surveys/{}", i);
      if (const auto good = insight::checkDesign(survey.design); !good) causes_.push_back(good.error());
      if (survey.answers < 0 || survey.answers > 1 || survey.invited < 0 || survey.open_days < 1)
        note(at, {"邀请数、答题比例、天数有误", "wrong numbers of invitations, answers or days"});
      for (const insight::SurveyQuestion& question : survey.design.questions)
        weights(at + "/choices", survey.choices, question.options.size());
    }
    for (const auto& [name, time] : city_.steps) {
      if (time.wait < 0 || time.work < 0 || time.spread < 0)
        note("/steps/" + name, {"不能小于零", "must not be negative"});
    }
    boost::mp11::mp_for_each<boost::describe::describe_members<Chances, boost::describe::mod_public>>(
        [&](auto member) {
          const double chance = city_.chances.*member.pointer;
          if (chance < 0 || chance > 1)
            note(fmt::format("/chances/{}", member.name), {"应在 0 和 1 之间", "must be between 0 and 1"});
        });
    return std::move(causes_);
  }

 private:
  void note(std::string where, Text title) {
    causes_.push_back({ProblemKind::invalid, "city.invalid", std::move(title), std::move(where), {}, {}});
  }
  void weights(const std::string& where, const std::vector<double>& weights, std::size_t count) {
    if (weights.empty()) return;
    if (weights.size() != count || std::ranges::any_of(weights, [](double w) { return w < 0; }) ||
        std::accumulate(weights.begin(), weights.end(), 0.0) <= 0)
      note(where, {fmt::format("应有 {} 个权重，不全为零", count),
                   fmt::format("must have {} weights, not all zero", count)});
  }

  const SimCity& city_;
  std::vector<Problem> causes_;
};

/// A weight beside the mean of all of them.
double relative(const std::vector<double>& weights, std::size_t at) {
  if (weights.empty()) return 1;
  return weights[at] * static_cast<double>(weights.size()) /
         std::accumulate(weights.begin(), weights.end(), 0.0);
}

}  // namespace

Result<SimCity> readSimCity(std::string_view json) {
  auto city = fromJson<SimCity>(json);
  if (!city) return city;
  auto causes = CityCheck(*city).run();
  if (causes.empty()) return city;
  return std::unexpected(Problem{ProblemKind::invalid,
                                 "city.invalid",
                                 {"城市文件有误", "the file of the city has errors"},
                                 {},
                                 {},
                                 std::move(causes)});
}

StepTime stepTimeOf(const SimCity& city, std::string_view process, std::string_view node) {
  for (const std::string& name :
       {fmt::format("{}.{}", process, node), std::string{node}, std::string{"default"}}) {
    if (const auto found = city.steps.find(name); found != city.steps.end()) return found->second;
  }
  return {};
}

double meanArrivals(const SimCity& city, const Stream& stream, Instant hour) {
  constexpr double hours_a_year = 365.25 * 24;
  const Date day = dateOf(hour);
  const auto weekday = std::chrono::weekday{day}.iso_encoding() - 1;
  const auto month = static_cast<unsigned>(std::chrono::year_month_day{day}.month()) - 1;
  const auto of_day = std::chrono::duration_cast<std::chrono::hours>(hour - startOf(day)).count();
  return city.population / 1000 * stream.per_1000_a_year / hours_a_year *
         relative(stream.hours, static_cast<std::size_t>(of_day)) * relative(stream.weekdays, weekday) *
         relative(stream.months, month);
}

}  // namespace jinyue::cli
