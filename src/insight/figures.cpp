#include "insight/figures.h"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "base/json_read.h"
#include "store/merged_list.h"

namespace jinyue::insight {
namespace {

using store::fits;
using store::SqlRow;
using store::SqlValue;
using store::textSet;

constexpr std::size_t value_columns = packs::most_values;
constexpr std::size_t most_counted = 16;  // indicators of one query; each takes two placeholders

std::string_view columnOf(By by) {
  switch (by) {
    case By::unit: return "unit";
    case By::area: return "area";
    case By::category: return "category";
    case By::channel: return "channel";
    case By::month: return "month";
    case By::day: break;
  }
  return "day";
}

/// The columns that facts are grouped by in the query: more than are asked for where they are the order of
/// the index, so that no row is sorted.
std::vector<By> queryGroups(const std::vector<By>& by) {
  if (by.empty()) return by;
  const bool indexed = std::ranges::all_of(
      by, [](By each) { return each == By::unit || each == By::area || each == By::month; });
  if (indexed) return {By::month, By::unit, By::area};
  return by;
}

/// Alternatives with the same areas are one for all of their units, and the other way round; those for
/// other states of a case are others.
void fold(Alternatives& alternatives) {
  Alternatives folded;
  for (FactScope& each : alternatives) {
    std::ranges::sort(each.areas);
    std::ranges::sort(each.statuses);
    const auto same = std::ranges::find_if(folded, [&](const FactScope& other) {
      return other.areas == each.areas && other.units.empty() == each.units.empty() &&
             other.statuses == each.statuses;
    });
    if (same == folded.end()) folded.push_back(std::move(each));
    else same->units.insert(same->units.end(), each.units.begin(), each.units.end());
  }
  alternatives.clear();
  for (FactScope& each : folded) {
    std::ranges::sort(each.units);
    each.units.erase(std::unique(each.units.begin(), each.units.end()), each.units.end());
    const auto same = std::ranges::find_if(alternatives, [&](const FactScope& other) {
      return other.units == each.units && other.areas.empty() == each.areas.empty() &&
             other.statuses == each.statuses;
    });
    if (same == alternatives.end()) alternatives.push_back(std::move(each));
    else same->areas.insert(same->areas.end(), each.areas.begin(), each.areas.end());
  }
}

/// Facts say nothing of the state of a case: its row does.
std::string statusFits(const std::vector<store::CaseStatus>& statuses) {
  if (statuses.empty()) return {};
  std::string numbers;
  for (const store::CaseStatus each : statuses)
    numbers += fmt::format("{}{}", numbers.empty() ? "" : ", ", static_cast<int>(each));
  return fmt::format(" AND (SELECT status FROM cases WHERE cases.id = facts.case_id) IN ({})", numbers);
}

constexpr std::size_t most_alternatives = 8;  // with them a statement has at most 59 of 64 placeholders

Result<Alternatives> alternativesOf(const store::RowScope& scope, std::string_view source) {
  const std::string process{source.substr(source.find('/') + 1)};
  Alternatives alternatives;
  for (const store::ScopeAlternative& each : store::alternativesOf(scope)) {
    if (each.party) continue;  // facts say nothing of parties
    if (!each.processes.empty() && std::ranges::find(each.processes, process) == each.processes.end())
      continue;
    if (each.units.empty() && each.areas.empty() && each.statuses.empty()) return Alternatives(1);
    alternatives.push_back({each.units, each.areas, each.statuses});
  }
  fold(alternatives);
  if (alternatives.size() <= most_alternatives) return alternatives;
  return refuse(ProblemKind::invalid, "figure.scope",
                {"权限范围的组合过多，无法汇总", "the scope is put together of too many parts for a figure"},
                {}, {"请缩小到某些单位或区划", "ask for some units or areas only"});
}

/// WHERE of everything that a filter and a scope say, from placeholder `next` on; adds the values.
std::string conditions(const FigureFilter& filter, const Alternatives& alternatives, std::size_t next,
                       std::vector<SqlValue>& values) {
  std::string sql;
  for (const auto& [column, texts] :
       {std::pair{"unit", &filter.units}, std::pair{"area", &filter.areas},
        std::pair{"category", &filter.categories}, std::pair{"channel", &filter.channels}}) {
    sql += " AND " + fits(column, next++);
    values.emplace_back(textSet(*texts));
  }
  const FactScope& first = alternatives.front();
  if (alternatives.size() == 1 && first.units.empty() && first.areas.empty() && first.statuses.empty())
    return sql;
  std::size_t length = 1;  // one of a few, so that there are few different statements
  while (length < alternatives.size()) length *= 2;
  std::string any;
  for (std::size_t i = 0; i < length; ++i) {
    const FactScope& of = alternatives[std::min(i, alternatives.size() - 1)];
    any += fmt::format("{}({} AND {}{})", any.empty() ? "" : " OR ", fits("unit", next),
                       fits("area", next + 1), statusFits(of.statuses));
    next += 2;
    values.emplace_back(textSet(of.units));
    values.emplace_back(textSet(of.areas));
  }
  return sql + " AND (" + any + ")";
}

std::vector<SqlValue> head(std::string_view source, std::string_view basis, const Period& period,
                           std::int64_t layout) {
  const auto day = [](Date date) { return static_cast<std::int64_t>(date.time_since_epoch().count()); };
  return {SqlValue{std::string{source}},
          SqlValue{std::string{basis}},
          SqlValue{monthNumber(period.first)},
          SqlValue{monthNumber(period.last)},
          SqlValue{day(period.first)},
          SqlValue{day(period.last)},
          SqlValue{layout}};
}
constexpr std::string_view head_sql =
    "source = $1 AND basis = $2 AND month >= $3 AND month <= $4 AND day >= $5 AND day <= $6 AND layout = $7";

/// What one query counts: indicators by the masks of their marks, and whether values are wanted.
struct Counting {
  std::vector<std::pair<std::int64_t, std::int64_t>> masks;  ///< counted among; fulfils
  bool values = false;
};

/// Gives the columns of `groups`, two counts for each mask (padded to one of a few numbers), and with values
/// the number and the sum of each column.
store::Statement sumStatement(std::vector<SqlValue> values, const FigureFilter& filter,
                              const Alternatives& alternatives, const std::vector<By>& groups,
                              const Counting& counting) {
  store::Statement statement;
  statement.values = std::move(values);
  const std::string where = conditions(filter, alternatives, 8, statement.values);
  std::string dimensions;
  for (const By by : groups) {
    if (!dimensions.empty()) dimensions += ", ";
    dimensions += columnOf(by);
  }
  std::string columns = dimensions;
  const auto add = [&columns](std::string column) {
    if (!columns.empty()) columns += ", ";
    columns += column;
  };
  std::size_t length = counting.masks.empty() ? 0 : 1;
  while (length < counting.masks.size()) length *= 2;
  for (std::size_t i = 0; i < length; ++i) {
    const auto [among, fulfils] =
        i < counting.masks.size() ? counting.masks[i] : std::pair{std::int64_t{0}, std::int64_t{0}};
    for (const std::int64_t mask : {among, fulfils}) {
      statement.values.emplace_back(mask);
      add(fmt::format("count(CASE WHEN (marks & ${}) <> 0 THEN 1 END)", statement.values.size()));
    }
  }
  for (std::size_t i = 1; counting.values && i <= value_columns; ++i)
    add(fmt::format("count(v{0}), CAST(sum(v{0}) AS bigint)", i));
  statement.sql = fmt::format("SELECT {} FROM facts WHERE {}{}{}{}", columns, head_sql, where,
                              dimensions.empty() ? "" : " GROUP BY ", dimensions);
  return statement;
}

std::string keyText(By by, const SqlRow& row, std::size_t column) {
  if (by == By::month) {
    const std::int64_t month = row.integer(column);
    return fmt::format("{:04}-{:02}", month / 100, month % 100);
  }
  if (by == By::day) return formatDate(Date{std::chrono::days{row.integer(column)}});
  return row.text(column);
}

/// An indicator's place in a layout.
const LayoutIndicator* placeIn(const LayoutBody& layout, const std::string& id) {
  const auto found = std::ranges::find(layout.indicators, id, &LayoutIndicator::id);
  return found == layout.indicators.end() ? nullptr : &*found;
}

}  // namespace

std::optional<feel::Number> figureOf(const packs::Indicator& indicator, const Sums& sums) {
  using feel::Number;
  if (indicator.of) {
    if (sums.of == 0) return std::nullopt;
    return Number(sums.counts) * Number(100) / Number(sums.of);
  }
  if (indicator.value) {
    if (sums.of == 0) return std::nullopt;
    return Number::scaled(sums.total, -3) / Number(sums.of);
  }
  if (indicator.total) return Number::scaled(sums.total, -3);
  return Number(sums.counts);
}

std::optional<IndicatorRef> Figures::find(const FactRules& rules, std::string_view id) {
  const auto slash = id.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const DeclaredFigures* declared = rules.pack(id.substr(0, slash));
  if (declared == nullptr) return std::nullopt;
  const auto& indicators = declared->figures.indicators;
  const auto found = std::ranges::find(indicators, id.substr(slash + 1), &packs::Indicator::id);
  if (found == indicators.end()) return std::nullopt;
  return IndicatorRef{declared->pack, &*found};
}

const LayoutBody& Figures::layout(const std::string& source, std::int64_t number) {
  const std::lock_guard lock(mutex_);
  const auto found = layouts_.find({source, number});
  if (found != layouts_.end()) return found->second;
  const auto rows = store_.query(
      store::statement("SELECT body FROM fact_layouts WHERE source = $1 AND number = $2", source, number));
  LayoutBody body;
  if (!rows.empty()) {
    if (auto read = fromJson<LayoutBody>(rows.front().text(0))) body = std::move(*read);
  }
  return layouts_.try_emplace({source, number}, std::move(body)).first->second;
}

Figures::InUse Figures::layoutsInUse(const std::string& source) {
  const auto rules = book_.rules();
  const auto newest = rules->layouts.find(source);
  {
    const std::lock_guard lock(mutex_);
    if (newest != rules->layouts.end() && done_.contains({source, newest->second->number()}))
      return {{newest->second->number()}, true};
  }
  InUse use;
  for (const SqlRow& row : store_.query(store::statement(
           "SELECT number, done FROM fact_layouts WHERE source = $1 ORDER BY number DESC", source))) {
    use.numbers.push_back(row.integer(0));
    if (row.integer(1) != all_counted) continue;
    use.all_counted = use.numbers.size() == 1;
    break;
  }
  if (use.all_counted) {
    const std::lock_guard lock(mutex_);
    done_.insert({source, use.numbers.front()});
  }
  return use;
}

void Figures::addSums(const Part& part, const FigureFilter& filter, const std::vector<By>& by,
                      Groups& groups) {
  // Where each indicator's sums are in a row: its masks, or its value column.
  struct Place {
    std::size_t indicator = 0;
    bool number = false;
    std::size_t at = 0;
  };
  Counting counting;
  std::vector<Place> places;
  const LayoutBody& body = layout(part.source, part.layout);
  for (const std::size_t i : part.members) {
    const LayoutIndicator* found = placeIn(body, (*part.indicators)[i].indicator->id);
    if (found == nullptr) continue;
    const auto at = static_cast<std::size_t>(found->place);
    if (found->number) {
      counting.values = true;
      places.push_back({i, true, at});
      continue;
    }
    const std::pair masks{std::int64_t{1} << (2 * at), std::int64_t{2} << (2 * at)};
    const auto known = std::ranges::find(counting.masks, masks);
    places.push_back({i, false, static_cast<std::size_t>(known - counting.masks.begin())});
    if (known == counting.masks.end()) counting.masks.push_back(masks);
  }
  if (places.empty()) return;
  const std::vector<By> asked = queryGroups(by);
  const store::Statement statement = sumStatement(head(part.source, part.basis, *part.period, part.layout),
                                                  filter, *part.alternatives, asked, counting);
  const std::size_t masked = counting.masks.empty() ? 0 : std::bit_ceil(counting.masks.size());
  for (const SqlRow& row : store_.query(statement)) {
    GroupKey key;
    for (const By each : by) {
      const auto column = static_cast<std::size_t>(std::ranges::find(asked, each) - asked.begin());
      key.push_back(keyText(each, row, column));
    }
    std::vector<Sums>& sums = groups[std::move(key)];
    sums.resize(part.indicators->size());
    for (const Place& place : places) {
      if (!place.number) {
        const std::size_t column = asked.size() + 2 * place.at;
        sums[place.indicator] += {row.integer(column), row.integer(column + 1), 0};
      } else {
        const std::size_t column = asked.size() + 2 * masked + 2 * place.at;
        const std::int64_t n = row.integer(column);
        sums[place.indicator] += {n, n, row.optionalInteger(column + 1).value_or(0)};
      }
    }
  }
}

Result<Groups> Figures::ask(const std::vector<IndicatorRef>& indicators, const Period& period,
                            const FigureFilter& filter, const std::vector<By>& by, FigureState* state) {
  Groups groups;
  if (by.empty()) groups[GroupKey{}].resize(indicators.size());
  // Indicators of one source that count on the same day are one query.
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> queries;
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    const std::string basis = indicators[i].indicator->day.value_or(std::string{opened_basis});
    queries[{indicators[i].source(), basis}].push_back(i);
  }
  for (const auto& [of, members] : queries) {
    const std::string& source = of.first;
    const auto alternatives = alternativesOf(filter.scope, source);
    if (!alternatives) return std::unexpected(alternatives.error());
    if (alternatives->empty()) continue;
    const InUse use = layoutsInUse(source);
    if (!use.all_counted && state != nullptr) state->complete = false;
    for (const std::int64_t number : use.numbers) {
      for (std::size_t from = 0; from < members.size(); from += most_counted) {
        Part part{source, of.second, number, &period, &*alternatives, &indicators, {}};
        const auto to = std::min(members.size(), from + most_counted);
        for (std::size_t i = from; i < to; ++i) part.members.push_back(members[i]);
        addSums(part, filter, by, groups);
      }
    }
  }
  return groups;
}

Result<store::Page<store::CaseId>> Figures::behind(const BehindQuery& query, const store::PageRequest& page) {
  const std::string source = query.indicator.source();
  const std::string basis = query.indicator.indicator->day.value_or(std::string{opened_basis});
  store::Page<store::CaseId> result;
  const auto alternatives = alternativesOf(query.filter.scope, source);
  if (!alternatives) return std::unexpected(alternatives.error());
  if (alternatives->empty()) return result;
  const std::int64_t before = store::readCursor(page.after, {INT64_MAX, 0, 0})[0];
  std::vector<store::CaseId> found;
  for (const std::int64_t number : layoutsInUse(source).numbers) {
    const LayoutIndicator* place = placeIn(layout(source, number), query.indicator.indicator->id);
    if (place == nullptr) continue;
    const auto at = static_cast<std::size_t>(place->place);
    std::string condition;
    std::int64_t mask = 0;
    std::int64_t wanted = 0;
    if (place->number) {
      condition = fmt::format("v{} IS NOT NULL AND $9 = $10", at + 1);
    } else {
      const std::int64_t among = std::int64_t{1} << (2 * at);
      const std::int64_t fulfils = std::int64_t{2} << (2 * at);
      mask = query.fulfilled ? fulfils : among | fulfils;
      wanted = query.fulfilled ? fulfils : among;
      condition = "(marks & $9) = $10";
    }
    store::Statement statement;
    statement.values = head(source, basis, query.period, number);
    for (const std::int64_t value : {before, mask, wanted, std::int64_t{page.limit} + 1})
      statement.values.emplace_back(value);
    const std::string more = conditions(query.filter, *alternatives, 12, statement.values);
    statement.sql = fmt::format(
        "SELECT case_id FROM facts WHERE {} AND case_id < $8 AND {}{} ORDER BY case_id DESC LIMIT $11",
        head_sql, condition, more);
    for (const SqlRow& row : store_.query(statement)) found.push_back(row.integer(0));
  }
  std::ranges::sort(found, std::greater{});
  return store::makePage(std::move(found), page.limit,
                         [](store::CaseId id) { return store::Cursor{id, 0, 0}; });
}

}  // namespace jinyue::insight
