#include "insight/survey.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace jinyue::insight {
namespace {

using feel::Number;
using feel::Rounding;

class Causes {
 public:
  void add(const std::string& where, Text title) {
    all_.push_back({ProblemKind::invalid, "survey.design", std::move(title), where, {}, {}});
  }
  Result<void> result() && {
    if (all_.empty()) return {};
    Problem problem{ProblemKind::invalid, "survey.design", {"问卷有误", "the survey has errors"}, {}, {},
                    std::move(all_)};
    return std::unexpected(std::move(problem));
  }

 private:
  std::vector<Problem> all_;
};

bool isBlank(const Text& text) { return text.zh.empty() || text.en.empty(); }

std::string twoDigits(const Number& number) { return number.rounded(2, Rounding::half_even).toString(); }

/// What the answers of a part come to.
struct Sample {
  std::int64_t n = 0;
  Number sum;
  Number squares;

  void add(std::int64_t value, std::int64_t times) {
    n += times;
    sum = sum + Number(value) * Number(times);
    squares = squares + Number(value) * Number(value) * Number(times);
  }
  Number mean() const { return sum / Number(n); }
  /// s², with n − 1.
  Number variance() const {
    const Number spread = squares - sum * sum / Number(n);
    return std::max(spread, Number{}) / Number(n - 1);
  }
  /// Of the mean, for a part of `population`.
  Number varianceOfMean(std::int64_t population) const {
    const Number left = population > n ? Number(population - n) / Number(population) : Number{};
    return left * variance() / Number(n);
  }
};

std::optional<std::string> rateOf(std::int64_t answers, std::int64_t invited) {
  if (invited == 0) return std::nullopt;
  return twoDigits(Number(answers) * Number(100) / Number(invited));
}

std::string marginOf(const Number& variance) {
  return twoDigits(Number::scaled(196, -2) * variance.squareRoot());
}

}  // namespace

Result<void> checkDesign(const SurveyDesign& design) {
  Causes causes;
  if (isBlank(design.title)) causes.add("/title", {"标题要有中英文", "a title in both languages is needed"});
  if (design.source.empty()) causes.add("/source", {"要写明依据", "a source is needed"});
  if (design.questions.empty() || design.questions.size() > 50)
    causes.add("/questions", {"问题应为 1 至 50 个", "there are 1 to 50 questions"});
  std::set<std::string> ids;
  for (std::size_t i = 0; i < design.questions.size(); ++i) {
    const SurveyQuestion& question = design.questions[i];
    const std::string here = fmt::format("/questions/{}", i);
    if (question.id.empty() || question.id.size() > 60 || !ids.insert(question.id).second)
      causes.add(here + "/id", {"标识不能空、不能重复", "an id is neither empty nor there twice"});
    if (isBlank(question.title)) causes.add(here + "/title", {"要有中英文", "both languages are needed"});
    if (question.weight < 1 || question.weight > 100)
      causes.add(here + "/weight", {"权重为 1 至 100", "a weight is 1 to 100"});
    if (question.options.size() < 2 || question.options.size() > 20)
      causes.add(here + "/options", {"选项应为 2 至 20 个", "there are 2 to 20 options"});
    for (std::size_t option = 0; option < question.options.size(); ++option) {
      const SurveyOption& each = question.options[option];
      if (isBlank(each.title) || each.score < 0 || each.score > 100)
        causes.add(fmt::format("{}/options/{}", here, option),
                   {"选项要有中英文，分值 0 至 100", "an option has both languages and a score of 0 to 100"});
    }
  }
  ids.clear();
  if (design.strata.empty() || design.strata.size() > 100)
    causes.add("/strata", {"分层应为 1 至 100 个", "there are 1 to 100 strata"});
  for (std::size_t i = 0; i < design.strata.size(); ++i) {
    const SurveyStratum& stratum = design.strata[i];
    const std::string here = fmt::format("/strata/{}", i);
    if (stratum.id.empty() || stratum.id.size() > 60 || !ids.insert(stratum.id).second)
      causes.add(here + "/id", {"标识不能空、不能重复", "an id is neither empty nor there twice"});
    if (stratum.population < 1)
      causes.add(here + "/population", {"总体数至少为 1", "a population has at least one"});
  }
  if (design.least_answers < 3)
    causes.add("/least_answers", {"最少答卷数不得低于 3", "at least 3 answers must be asked for"});
  return std::move(causes).result();
}

Result<void> checkAnswers(const SurveyDesign& design, const SurveyAnswers& answers) {
  for (const auto& [question, choice] : answers) {
    if (std::ranges::find(design.questions, question, &SurveyQuestion::id) == design.questions.end())
      return refuse(ProblemKind::invalid, "survey.no-question", {"没有这个问题", "there is no such question"},
                    "/answers/" + question);
  }
  for (const SurveyQuestion& question : design.questions) {
    const auto found = answers.find(question.id);
    const auto options = static_cast<std::int64_t>(question.options.size());
    if (found != answers.end() && found->second >= 0 && found->second < options) continue;
    return refuse(ProblemKind::invalid, "survey.unanswered",
                  {"每个问题都要选一项", "every question needs one option"}, "/answers/" + question.id);
  }
  return {};
}

std::int64_t indexOf(const SurveyDesign& design, const SurveyAnswers& answers) {
  std::int64_t sum = 0;
  std::int64_t weights = 0;
  for (const SurveyQuestion& question : design.questions) {
    const std::int64_t choice = answers.find(question.id)->second;
    sum += question.weight * question.options[static_cast<std::size_t>(choice)].score;
    weights += question.weight;
  }
  return (2 * sum + weights) / (2 * weights);  // half up
}

SurveyResults resultsOf(const SurveyDesign& design, const std::vector<Tally>& tallies,
                        const std::map<std::string, std::int64_t, std::less<>>& invited) {
  std::map<std::string, Sample, std::less<>> samples;
  std::map<std::pair<std::string, std::int64_t>, std::int64_t> chosen;
  for (const Tally& tally : tallies) {
    if (tally.question.empty()) samples[tally.stratum].add(tally.choice, tally.answers);
    else chosen[{tally.question, tally.choice}] += tally.answers;
  }
  std::vector<std::size_t> by_size;
  for (std::size_t i = 0; i < design.strata.size(); ++i) {
    if (samples[design.strata[i].id].n > 0) by_size.push_back(i);
  }
  std::ranges::sort(by_size, {}, [&](std::size_t i) { return std::pair(samples[design.strata[i].id].n, i); });
  std::size_t hidden = static_cast<std::size_t>(std::ranges::count_if(
      by_size, [&](std::size_t i) { return samples[design.strata[i].id].n < design.least_answers; }));
  if (hidden == 1) hidden = std::min<std::size_t>(2, by_size.size());
  const std::set<std::size_t> not_shown(by_size.begin(),
                                        by_size.begin() + static_cast<std::ptrdiff_t>(hidden));

  SurveyResults results;
  Number answered_population;
  for (const std::size_t i : by_size)
    answered_population = answered_population + Number(design.strata[i].population);
  Number mean;
  Number variance;
  bool has_variance = !by_size.empty();
  std::int64_t n = 0;
  for (std::size_t i = 0; i < design.strata.size(); ++i) {
    const SurveyStratum& stratum = design.strata[i];
    const Sample& sample = samples[stratum.id];
    const auto asked = invited.find(stratum.id);
    SurveyIndex index{stratum.id, stratum.population, asked == invited.end() ? 0 : asked->second, {}, {}, {},
                      {}};
    results.all.population += index.population;
    results.all.invited += index.invited;
    n += sample.n;
    if (sample.n > 0) {
      const Number weight = Number(stratum.population) / answered_population;
      mean = mean + weight * sample.mean();
      if (sample.n > 1) variance = variance + weight * weight * sample.varianceOfMean(stratum.population);
      else has_variance = false;
    }
    if (!not_shown.contains(i)) {
      index.answers = sample.n;
      index.response_rate = rateOf(sample.n, index.invited);
      if (sample.n > 0) index.index = twoDigits(sample.mean());
      if (sample.n > 1) index.margin = marginOf(sample.varianceOfMean(stratum.population));
    }
    results.strata.push_back(std::move(index));
  }
  if (n < design.least_answers) return results;
  results.all.answers = n;
  results.all.response_rate = rateOf(n, results.all.invited);
  results.all.index = twoDigits(mean);
  if (has_variance) results.all.margin = marginOf(variance);
  for (const SurveyQuestion& question : design.questions) {
    for (std::int64_t choice = 0; choice < static_cast<std::int64_t>(question.options.size()); ++choice) {
      const std::int64_t answers = chosen[{question.id, choice}];
      results.shares.push_back(
          {question.id, choice, answers, twoDigits(Number(answers) * Number(100) / Number(n))});
    }
  }
  return results;
}

}  // namespace jinyue::insight
