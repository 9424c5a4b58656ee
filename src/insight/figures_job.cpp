#include "insight/figures_job.h"

#include <fmt/format.h>

namespace jinyue::insight {
namespace {

struct FigureQuestion {
  std::vector<std::string> names;  ///< under which the process wants them
  std::vector<IndicatorRef> indicators;
  Period period;
  std::string by_word;
  By by = By::unit;
};

std::string wordOf(const feel::Context& payload, std::string_view name) {
  const feel::Value* value = payload.find(name);
  return value == nullptr ? std::string{} : std::string{value->asString().value_or("")};
}

/// Or what is wrong with it.
std::expected<FigureQuestion, std::string> questionIn(const feel::Context& payload, const FactRules& rules) {
  FigureQuestion question;
  const feel::Value* indicators = payload.find("indicators");
  const feel::Context* named = indicators == nullptr ? nullptr : indicators->asContext();
  if (named == nullptr || named->empty()) return std::unexpected("indicators is no context with names");
  for (const auto& [name, value] : *named) {
    const std::string id{value.asString().value_or("")};
    auto found = Figures::find(rules, id);
    if (!found) return std::unexpected(fmt::format("there is no indicator '{}'", id));
    question.names.push_back(name);
    question.indicators.push_back(std::move(*found));
  }
  const std::string period = wordOf(payload, "period");
  const auto read = parsePeriod(period);
  if (!read) return std::unexpected(fmt::format("'{}' is no period", period));
  question.period = *read;
  question.by_word = wordOf(payload, "by");
  if (!boost::describe::enum_from_string(question.by_word.c_str(), question.by) || question.by > By::channel)
    return std::unexpected(fmt::format("'{}' is none of unit, area, category, channel", question.by_word));
  return question;
}

}  // namespace

casework::JobHandler figuresJob(Figures& figures, const FactBook& book) {
  return [&figures, &book](const casework::Job& job) -> casework::JobResult {
    const auto rules = book.rules();
    const auto question = questionIn(job.payload, *rules);
    if (!question) return casework::JobFault{question.error()};
    FigureState state;
    const auto groups = figures.ask(question->indicators, question->period, {.scope = store::everything()},
                                    {question->by}, &state);
    if (!groups) return casework::JobFault{describe(groups.error())};
    if (!state.complete) return casework::JobFault{"old cases are still being counted"};
    feel::List rows;
    for (const auto& [key, sums] : *groups) {
      if (key.front().empty()) continue;  // cases of no unit
      feel::Context row;
      row.set(question->by_word, feel::Value(key.front()));
      for (std::size_t i = 0; i < question->names.size(); ++i) {
        const auto value = figureOf(*question->indicators[i].indicator, sums[i]);
        row.set(question->names[i], value ? feel::Value(*value) : feel::Value());
      }
      rows.push_back(feel::Value(std::move(row)));
    }
    casework::JobDone done;
    done.variables.set("figures", feel::Value(std::move(rows)));
    return done;
  };
}

}  // namespace jinyue::insight
