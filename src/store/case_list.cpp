#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "store/columns.h"
#include "store/lists.h"
#include "store/rows.h"

namespace jinyue::store {
namespace {

constexpr std::int64_t any_status = -1;

/// $1 and $2: ids that the page lies between, $3 its limit, $4 the entry's text, $5 the status.
std::string caseListSql(std::string_view entry) {
  return fmt::format(
      "SELECT {} FROM cases WHERE {} AND id < $1 AND id > $2 AND {} AND {} AND {} AND {} AND {}"
      " ORDER BY id DESC LIMIT $3",
      case_list_columns, entry, fits("unit", 6), fits("area", 7), fits("process", 8), fits("party", 9),
      fits("key", 10));
}

/// In the order in which a list is looked up by them: the fewest rows first.
enum class CaseWay : std::size_t { party, key, unit, area, process, status };
constexpr std::size_t case_ways = 6;

const std::array<std::string, case_ways>& caseSqls() {
  static const std::array<std::string, case_ways> all{
      caseListSql("party = $4 AND party <> '' AND ($5 = -1 OR status = $5)"),
      caseListSql("key = $4 AND key <> '' AND ($5 = -1 OR status = $5)"),
      caseListSql("unit = $4 AND unit <> '' AND status = $5"),
      caseListSql("area = $4 AND area <> '' AND status = $5"),
      caseListSql("process = $4 AND status = $5"),
      caseListSql("status = $5 AND $4 = ''")};
  return all;
}

}  // namespace

std::vector<ListEntry> caseEntries(const CaseFilter& filter) {
  std::vector<std::int64_t> wanted{0, 1, 2};
  if (filter.status) wanted = {static_cast<std::int64_t>(*filter.status)};
  std::vector<ListEntry> entries;
  for (const ScopeAlternative& alternative : alternativesOf(filter.scope)) {
    std::vector<std::int64_t> statuses = wanted;
    if (!alternative.statuses.empty()) {
      std::erase_if(statuses, [&](std::int64_t status) {
        return std::ranges::find(alternative.statuses, static_cast<CaseStatus>(status)) ==
               alternative.statuses.end();
      });
      if (statuses.empty()) continue;
    }
    const auto units = both(filter.unit, alternative.units);
    const auto areas = both(filter.area, alternative.areas);
    const auto processes = both(filter.process, alternative.processes);
    const auto parties = both(filter.party, alternative.party ? Texts{*alternative.party} : Texts{});
    if (!units || !areas || !processes || !parties) continue;
    const Texts keys = filter.key ? Texts{*filter.key} : Texts{};
    const Texts none{std::string{}};
    CaseWay by = CaseWay::status;
    const Texts* texts = &none;
    for (const auto& [way, candidates] :
         {std::pair{CaseWay::party, &*parties}, std::pair{CaseWay::key, &keys},
          std::pair{CaseWay::unit, &*units}, std::pair{CaseWay::area, &*areas},
          std::pair{CaseWay::process, &*processes}}) {
      if (!isEntry(*candidates)) continue;
      by = way;
      texts = candidates;
      break;
    }
    const bool of_one_status = by != CaseWay::party && by != CaseWay::key;
    for (const std::string& text : *texts) {
      for (const std::int64_t status :
           of_one_status || statuses.size() < 3 ? statuses : std::vector{any_status}) {
        entries.push_back({caseSqls()[static_cast<std::size_t>(by)],
                           {text, status, textSet(*units), textSet(*areas), textSet(*processes),
                            textSet(*parties), textSet(keys)}});
      }
    }
  }
  return entries;
}

const ListOrder<CaseRow>& caseOrder() {
  static const ListOrder<CaseRow> order{1, true, [](const CaseRow& row) { return cursorOf(row); },
                                        readCase<SqlRow>};
  return order;
}

std::vector<NamedRead> caseReads() {
  constexpr std::array names{"cases_by_party", "cases_by_key",     "cases_by_unit",
                             "cases_by_area",  "cases_by_process", "cases_by_status"};
  std::vector<NamedRead> reads;
  for (std::size_t way = 0; way < case_ways; ++way) reads.push_back({names.at(way), caseSqls().at(way)});
  return reads;
}

}  // namespace jinyue::store
