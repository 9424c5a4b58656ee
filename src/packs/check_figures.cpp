// Indicators, scores and bulletins: that each says where it comes from, that weights make a whole, and that
// what they name is there.
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "base/time.h"
#include "feel/number.h"
#include "packs/checking.h"

namespace jinyue::packs {
namespace {

constexpr const char* figures_file = "indicators.json";

class FigureChecker {
 public:
  explicit FigureChecker(Checking& checking) : checking_(checking), figures_(checking.pack.figures) {}

  void run() {
    checkIndicators();
    for (std::size_t i = 0; i < figures_.scores.size(); ++i) checkScore(i);
    for (std::size_t i = 0; i < figures_.bulletins.size(); ++i) checkBulletin(i);
    checkTwice(figures_.indicators, &Indicator::id, checking_.pack.indicators_at);
    checkTwice(figures_.processes, &FigureProcess::process, "/processes");
    checkTwice(figures_.scores, &Score::id, "/scores");
    checkTwice(figures_.bulletins, &Bulletin::id, "/bulletins");
  }

 private:
  void error(std::string code, Text title, const std::string& pointer, Text mend = {}) {
    checking_.findings.error(std::move(code), std::move(title), checking_.at(figures_file, pointer),
                             std::move(mend));
  }

  template <class List, class IdOf>
  void checkTwice(const List& list, IdOf idOf, const std::string& before) {
    std::set<std::string, std::less<>> seen;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string& id = std::invoke(idOf, list[i]);
      if (!seen.insert(id).second)
        error("name.twice", {"重复：" + id, "this is there twice: " + id}, fmt::format("{}/{}", before, i));
    }
  }

  void needSource(const std::string& source, const std::string& id, const std::string& pointer) {
    if (!trimmed(source).empty()) return;
    error("indicator.no-source", {"没有依据：" + id, "there is no source: " + id}, pointer);
  }

  bool hasIndicator(const std::string& id) const {
    return checking_.anyPack(
        [&](const Pack& pack) { return contains(pack.figures.indicators, id, &Indicator::id); });
  }
  void needIndicator(const std::string& id, const std::string& pointer) {
    if (hasIndicator(id)) return;
    error("indicator.unknown", {"没有这个指标：" + id, "there is no indicator " + id}, pointer,
          {"在 indicators 中声明，或在 needs 中写上有它的包",
           "declare it in indicators, or add the pack that has it to needs"});
  }

  void checkIndicators() {
    struct Counted {
      std::size_t marks = 0;
      std::size_t values = 0;
    };
    std::map<std::pair<std::string, std::string>, Counted> counted;
    for (std::size_t i = 0; i < figures_.indicators.size(); ++i) {
      const Indicator& indicator = figures_.indicators[i];
      const std::string pointer = fmt::format("{}/{}", checking_.pack.indicators_at, i);
      checking_.needText(indicator.title, figures_file, pointer + "/title");
      if (indicator.definition)
        checking_.needText(*indicator.definition, figures_file, pointer + "/definition");
      if (indicator.unit) checking_.needText(*indicator.unit, figures_file, pointer + "/unit");
      needSource(indicator.source, indicator.id, pointer);
      const bool number = indicator.value || indicator.total;
      if ((indicator.value && indicator.total) || (indicator.of && number)) {
        error("indicator.kind",
              {"一个指标只能是件数、比率（of）、平均（value）或合计（total）之一",
               "an indicator is a count, a rate (of), an average (value) or a sum (total)"},
              pointer);
      }
      if (indicator.of && !indicator.counts) {
        error("indicator.kind", {"比率要写分子 counts", "a rate needs `counts`"}, pointer);
      }
      Counted& of_day = counted[{indicator.process, indicator.day.value_or("opened")}];
      if (++(number ? of_day.values : of_day.marks) > (number ? most_values : most_marks)) {
        error(
            "indicator.too-many",
            {fmt::format("同一流程同一计入日期的指标过多（件数和比率最多 {}，平均和合计最多 {}）", most_marks,
                         most_values),
             fmt::format("too many indicators of a process on the same day (at most {} counts and rates, {} "
                         "averages and sums)",
                         most_marks, most_values)},
            pointer);
      }
    }
  }

  void checkScore(std::size_t at) {
    const Score& score = figures_.scores[at];
    const std::string pointer = fmt::format("/scores/{}", at);
    checking_.needText(score.title, figures_file, pointer + "/title");
    if (score.versions.empty())
      error("score.no-parts", {"没有权重：" + score.id, "the score has no weights: " + score.id}, pointer);
    std::string before;
    for (std::size_t i = 0; i < score.versions.size(); ++i) {
      const ScoreVersion& version = score.versions[i];
      const std::string here = fmt::format("{}/versions/{}", pointer, i);
      needSource(version.source, score.id, here);
      if (!parseDate(version.from) || version.from <= before) {
        error("score.from",
              {"起用日期应为 YYYY-MM-DD，按先后排列", "the days are YYYY-MM-DD, one after the other"},
              here + "/from");
      }
      before = version.from;
      std::int64_t sum = 0;
      for (std::size_t part = 0; part < version.parts.size(); ++part) {
        const ScorePart& each = version.parts[part];
        const std::string place = fmt::format("{}/parts/{}", here, part);
        sum += each.weight;
        needIndicator(each.indicator, place + "/indicator");
        const auto worst = feel::Number::parse(each.worst);
        const auto best = feel::Number::parse(each.best);
        if (!worst || !best || *worst == *best || each.weight <= 0) {
          error("score.part",
                {"worst、best 应为两个不同的数，权重大于 0",
                 "worst and best are two different numbers, the weight is above 0"},
                place);
        }
      }
      if (sum != 100)
        error("score.weights",
              {fmt::format("权重之和应为 100，现为 {}", sum),
               fmt::format("the weights sum up to {}, not 100", sum)},
              here);
    }
  }

  void checkBulletin(std::size_t at) {
    const Bulletin& bulletin = figures_.bulletins[at];
    const std::string pointer = fmt::format("/bulletins/{}", at);
    checking_.needText(bulletin.title, figures_file, pointer + "/title");
    needSource(bulletin.source, bulletin.id, pointer);
    if (bulletin.indicators.empty())
      error("bulletin.empty", {"通报没有指标", "the bulletin has no indicators"}, pointer);
    for (std::size_t i = 0; i < bulletin.indicators.size(); ++i)
      needIndicator(bulletin.indicators[i], fmt::format("{}/indicators/{}", pointer, i));
    if (bulletin.score && !checking_.anyPack([&](const Pack& pack) {
          return contains(pack.figures.scores, *bulletin.score, &Score::id);
        }))
      error("score.unknown", {"没有这个评分：" + *bulletin.score, "there is no score " + *bulletin.score},
            pointer + "/score");
  }

  Checking& checking_;
  const Figures& figures_;
};

}  // namespace

void checkFigures(Checking& checking) { FigureChecker(checking).run(); }

}  // namespace jinyue::packs
