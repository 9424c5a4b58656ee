#include "insight/bulletin.h"

#include <algorithm>

#include <fmt/format.h>

#include "insight/score.h"

namespace jinyue::insight {
namespace {

using feel::Number;
using feel::Rounding;
using packs::Bulletin;
using packs::BulletinBy;
using packs::BulletinPeriod;

std::optional<std::string> decimalText(const std::optional<Number>& number) {
  if (!number) return std::nullopt;
  return number->rounded(2, Rounding::half_even).toString();
}

By groupOf(BulletinBy by) { return static_cast<By>(by); }

bool periodFits(BulletinPeriod kind, const Period& period) {
  const std::string text = formatPeriod(period);
  switch (kind) {
    case BulletinPeriod::month: return text.size() == 7 && !text.contains('Q');
    case BulletinPeriod::quarter: return text.contains('Q');
    case BulletinPeriod::year: break;
  }
  return text.size() == 4;
}

/// An indicator that a pack may name: its own, or one of a pack that it needs.
std::optional<IndicatorRef> indicatorFor(const FactRules& rules, const DeclaredFigures& declared,
                                         const std::string& id) {
  std::vector<std::string> packs{declared.pack};
  packs.insert(packs.end(), declared.needs.begin(), declared.needs.end());
  for (const std::string& pack : packs) {
    if (auto found = Figures::find(rules, fmt::format("{}/{}", pack, id))) return found;
  }
  return std::nullopt;
}

const packs::Score* scoreFor(const FactRules& rules, const DeclaredFigures& declared, const std::string& id) {
  std::vector<std::string> packs{declared.pack};
  packs.insert(packs.end(), declared.needs.begin(), declared.needs.end());
  for (const std::string& pack : packs) {
    const DeclaredFigures* each = rules.pack(pack);
    if (each == nullptr) continue;
    const auto found = std::ranges::find(each->figures.scores, id, &packs::Score::id);
    if (found != each->figures.scores.end()) return &*found;
  }
  return nullptr;
}

class BulletinMaker {
 public:
  BulletinMaker(Figures& figures, const Period& period, const Bulletin& bulletin, const NameFn& name,
                FigureState* state)
      : figures_(figures), period_(period), bulletin_(bulletin), name_(name), state_(state) {}

  Result<void> takeIndicators(const FactRules& rules, const DeclaredFigures& declared) {
    for (const std::string& id : bulletin_.indicators) {
      if (auto added = take(rules, declared, id); !added) return added;
    }
    shown_ = refs_.size();
    if (!bulletin_.score) return {};
    score_ = scoreFor(rules, declared, *bulletin_.score);
    version_ = score_ == nullptr ? nullptr : versionOn(*score_, period_.last);
    if (version_ == nullptr) {
      return refuse(ProblemKind::invalid, "bulletin.no-score",
                    {"这个期间没有生效的权重", "no weights hold in this period"}, *bulletin_.score);
    }
    for (const packs::ScorePart& part : version_->parts) {
      if (auto added = take(rules, declared, part.indicator); !added) return added;
    }
    return {};
  }

  /// Where categories and channels have their names.
  void takeNames(const DeclaredFigures& declared) {
    if (refs_.empty() || refs_.front().pack != declared.pack) return;
    const auto& processes = declared.figures.processes;
    const auto found =
        std::ranges::find(processes, refs_.front().indicator->process, &packs::FigureProcess::process);
    if (found == processes.end()) return;
    registers_[static_cast<std::size_t>(BulletinBy::category)] = found->category_register.value_or("");
    registers_[static_cast<std::size_t>(BulletinBy::channel)] = found->channel_register.value_or("");
  }

  void describe(BulletinContent& content) const {
    for (std::size_t i = 0; i < shown_; ++i) {
      const packs::Indicator& each = *refs_[i].indicator;
      content.indicators.push_back({each.id, each.title, each.definition, each.source, packs::unitOf(each),
                                    each.direction.value_or(packs::Direction::none)});
    }
    if (score_ != nullptr)
      content.score =
          BulletinScore{score_->id, score_->title, version_->from, version_->source, version_->parts};
  }

  Result<void> fillCity(BulletinContent& content) {
    auto groups = allOf({});
    if (!groups) return std::unexpected(std::move(groups).error());
    content.city = rowOf(GroupKey{}, *groups);
    content.city.score = content.city.computed;
    return {};
  }

  Result<void> addTable(BulletinBy by, const std::vector<Adjustment>& adjustments, BulletinContent& content) {
    auto groups = allOf({groupOf(by)});
    if (!groups) return std::unexpected(std::move(groups).error());
    BulletinTable table{by, {}};
    std::vector<std::optional<Number>> scores;
    for (const auto& [key, sums] : groups->now) {
      const bool nothing = std::ranges::all_of(sums, [](const Sums& each) { return each == Sums{}; });
      if (nothing) continue;
      BulletinRow row = rowOf(key, *groups);
      row.key = key.front();
      row.name = Word{row.key.empty() ? Text{"（未填）", "(not said)"} : nameOf(by, row.key)};
      std::optional<Number> score;
      if (row.computed && !row.key.empty() && sums.front().of >= bulletin_.least_cases.value_or(0)) {
        score = adjusted(*Number::parse(*row.computed), by, row.key, adjustments);
        row.score = decimalText(score);
      }
      scores.push_back(score);
      table.rows.push_back(std::move(row));
    }
    const auto ranks = ranksOf(scores);
    for (std::size_t i = 0; i < ranks.size(); ++i) table.rows[i].rank = ranks[i];
    std::ranges::sort(table.rows, {}, [](const BulletinRow& row) {
      return std::pair(row.rank.value_or(INT64_MAX), std::string_view{row.key});
    });
    content.tables.push_back(std::move(table));
    return {};
  }

 private:
  struct AllGroups {
    Groups now, before, year_before;
  };

  Result<void> take(const FactRules& rules, const DeclaredFigures& declared, const std::string& id) {
    auto found = indicatorFor(rules, declared, id);
    if (!found) {
      return refuse(ProblemKind::not_found, "figure.unknown",
                    {"没有这个指标：" + id, "there is no indicator " + id}, id);
    }
    refs_.push_back(std::move(*found));
    return {};
  }

  /// The city, units and areas are put together from one query of each period.
  Result<AllGroups> allOf(const std::vector<By>& by) {
    const bool from_base =
        std::ranges::all_of(by, [](By each) { return each == By::unit || each == By::area; });
    if (!from_base) return askAll(by);
    if (!base_) {
      auto asked = askAll({By::unit, By::area});
      if (!asked) return asked;
      base_ = std::move(*asked);
    }
    return AllGroups{rolledUp(base_->now, by), rolledUp(base_->before, by), rolledUp(base_->year_before, by)};
  }

  Result<AllGroups> askAll(const std::vector<By>& by) {
    AllGroups all;
    const FigureFilter filter{.scope = store::everything()};
    const Period before = periodBefore(period_);
    const Period year_before = yearBefore(period_);
    for (const auto& [period, into] : {std::pair{period_, &all.now}, std::pair{before, &all.before},
                                       std::pair{year_before, &all.year_before}}) {
      if (into == &all.year_before && before == year_before) {
        *into = all.before;
        continue;
      }
      auto groups = figures_.ask(refs_, period, filter, by, state_);
      if (!groups) return std::unexpected(std::move(groups).error());
      *into = std::move(*groups);
    }
    return all;
  }

  Groups rolledUp(const Groups& groups, const std::vector<By>& by) const {
    Groups result;
    if (by.empty()) result[{}].resize(refs_.size());
    for (const auto& [key, sums] : groups) {
      GroupKey short_key;
      for (const By each : by) short_key.push_back(key[each == By::unit ? 0 : 1]);
      std::vector<Sums>& into = result[std::move(short_key)];
      into.resize(refs_.size());
      for (std::size_t i = 0; i < sums.size(); ++i) into[i] += sums[i];
    }
    return result;
  }

  std::optional<Number> figureAt(const Groups& groups, const GroupKey& key, std::size_t i) const {
    const auto found = groups.find(key);
    if (found == groups.end()) return std::nullopt;
    return figureOf(*refs_[i].indicator, found->second[i]);
  }

  BulletinRow rowOf(const GroupKey& key, const AllGroups& groups) const {
    BulletinRow row;
    const std::vector<Sums>& sums = groups.now.at(key);
    for (std::size_t i = 0; i < shown_; ++i) {
      row.figures.push_back({refs_[i].indicator->id, decimalText(figureAt(groups.now, key, i)), sums[i].of,
                             sums[i].counts, decimalText(figureAt(groups.before, key, i)),
                             decimalText(figureAt(groups.year_before, key, i))});
    }
    if (version_ == nullptr) return row;
    std::vector<std::optional<Number>> values;
    for (std::size_t i = 0; i < version_->parts.size(); ++i) {
      const packs::ScorePart& part = version_->parts[i];
      values.push_back(figureAt(groups.now, key, shown_ + i));
      BulletinPoints points{part.indicator, part.weight, decimalText(values.back()), {}};
      if (values.back()) points.points = decimalText(pointsOf(part, *values.back()));
      row.points.push_back(std::move(points));
    }
    row.computed = decimalText(scoreOf(*version_, values));
    return row;
  }

  Text nameOf(BulletinBy by, const std::string& key) const {
    const std::string& register_name = registers_[static_cast<std::size_t>(by)];
    return register_name.empty() ? Text{key, key} : name_(register_name, key, period_.last);
  }

  static Number adjusted(Number score, BulletinBy by, const std::string& key,
                         const std::vector<Adjustment>& adjustments) {
    for (const Adjustment& each : adjustments) {
      if (each.by == by && each.key == key) score = score + Number::parse(each.points).value_or(Number{});
    }
    return std::clamp(score, Number{}, Number(100));
  }

  Figures& figures_;
  const Period& period_;
  const Bulletin& bulletin_;
  const NameFn& name_;
  std::array<std::string, 4> registers_{"units", "regions", "", ""};  ///< by BulletinBy
  FigureState* state_;
  std::vector<IndicatorRef> refs_;  ///< those shown, then those of the score's parts
  std::size_t shown_ = 0;
  const packs::Score* score_ = nullptr;
  const packs::ScoreVersion* version_ = nullptr;
  std::optional<AllGroups> base_;  ///< by unit and area
};

void compareRows(BulletinBy by, const BulletinRow* before, const BulletinRow* after,
                 std::vector<Correction>& corrections) {
  const BulletinRow& any = after != nullptr ? *after : *before;
  const auto note = [&](const std::string& what, const std::optional<std::string>& old,
                        const std::optional<std::string>& now) {
    if (old != now) corrections.push_back({by, any.key, any.name, what, old, now});
  };
  const auto valueIn = [](const BulletinRow* row,
                          const std::string& indicator) -> std::optional<std::string> {
    if (row == nullptr) return std::nullopt;
    const auto found = std::ranges::find(row->figures, indicator, &BulletinFigure::indicator);
    return found == row->figures.end() ? std::nullopt : found->value;
  };
  for (const BulletinFigure& each : any.figures)
    note(each.indicator, valueIn(before, each.indicator), valueIn(after, each.indicator));
  note("score", before ? before->score : std::nullopt, after ? after->score : std::nullopt);
  const auto rank = [](const BulletinRow* row) -> std::optional<std::string> {
    return row != nullptr && row->rank ? std::optional{std::to_string(*row->rank)} : std::nullopt;
  };
  note("rank", rank(before), rank(after));
}

const BulletinRow* rowIn(const BulletinContent& content, BulletinBy by, const std::string& key) {
  const auto table = std::ranges::find(content.tables, by, &BulletinTable::by);
  if (table == content.tables.end()) return nullptr;
  const auto row = std::ranges::find(table->rows, key, &BulletinRow::key);
  return row == table->rows.end() ? nullptr : &*row;
}

}  // namespace

Text titleOf(const Bulletin& bulletin, const Period& period) {
  // "2026年10月" before "12345 热线月通报" would read as one number.
  const bool figure_first =
      !bulletin.title.zh.empty() && bulletin.title.zh.front() >= '0' && bulletin.title.zh.front() <= '9';
  return {periodTitleZh(period) + (figure_first ? " " : "") + bulletin.title.zh,
          bulletin.title.en + ", " + periodTitleEn(period)};
}

Result<BulletinContent> computeBulletin(Figures& figures, const FactRules& rules, std::string_view pack,
                                        std::string_view bulletin, const Period& period,
                                        std::vector<Adjustment> adjustments, const NameFn& name,
                                        FigureState* state) {
  const DeclaredFigures* declared = rules.pack(pack);
  const Bulletin* found = nullptr;
  if (declared != nullptr) {
    const auto at = std::ranges::find(declared->figures.bulletins, bulletin, &Bulletin::id);
    if (at != declared->figures.bulletins.end()) found = &*at;
  }
  if (found == nullptr) {
    return refuse(ProblemKind::not_found, "bulletin.unknown", {"没有这个通报", "there is no such bulletin"},
                  fmt::format("{}/{}", pack, bulletin));
  }
  if (!periodFits(found->period, period)) {
    return refuse(ProblemKind::invalid, "bulletin.period",
                  {"期间与通报种类不符：月报如 2026-07，季报如 2026-Q3，年度如 2026",
                   "the period is of another kind: 2026-07 of a month, 2026-Q3 of a quarter, 2026 of a year"},
                  "period");
  }
  BulletinContent content;
  content.pack = pack;
  content.bulletin = bulletin;
  content.title = titleOf(*found, period);
  content.source = found->source;
  content.period = formatPeriod(period);
  content.first = period.first;
  content.last = period.last;
  BulletinMaker maker(figures, period, *found, name, state);
  if (auto taken = maker.takeIndicators(rules, *declared); !taken)
    return std::unexpected(std::move(taken).error());
  maker.takeNames(*declared);
  maker.describe(content);
  if (auto filled = maker.fillCity(content); !filled) return std::unexpected(std::move(filled).error());
  for (const BulletinBy by : found->by) {
    if (auto added = maker.addTable(by, adjustments, content); !added)
      return std::unexpected(std::move(added).error());
  }
  content.adjustments = std::move(adjustments);
  return content;
}

std::vector<Correction> correctionsBetween(const BulletinContent& before, const BulletinContent& after) {
  std::vector<Correction> corrections;
  compareRows(BulletinBy::unit, &before.city, &after.city, corrections);
  for (const BulletinTable& table : after.tables) {
    for (const BulletinRow& row : table.rows)
      compareRows(table.by, rowIn(before, table.by, row.key), &row, corrections);
  }
  for (const BulletinTable& table : before.tables) {
    for (const BulletinRow& row : table.rows) {
      if (rowIn(after, table.by, row.key) == nullptr) compareRows(table.by, &row, nullptr, corrections);
    }
  }
  return corrections;
}

}  // namespace jinyue::insight
