#include <array>
#include <tuple>

#include <fmt/format.h>

#include "store/columns.h"
#include "store/lists.h"
#include "store/rows.h"

namespace jinyue::store {
namespace {

/// $1 to $3 and $4 to $6: time, case and number that the page lies between, $7 its limit, $8 the entry's
/// text.
std::string incidentListSql(std::string_view entry) {
  return fmt::format(
      "SELECT {} FROM incidents WHERE {} AND (at, case_id, number) < ($1, $2, $3) AND (at, case_id, number) "
      "> "
      "($4, $5, $6) AND {} AND {} AND {} ORDER BY at DESC, case_id DESC, number DESC LIMIT $7",
      incident_columns, entry, fits("unit", 9), fits("area", 10), fits("process", 11));
}

enum class IncidentWay : std::size_t { unit, area, process, time };
constexpr std::size_t incident_ways = 4;

const std::array<std::string, incident_ways>& incidentSqls() {
  static const std::array<std::string, incident_ways> all{
      incidentListSql("unit = $8 AND unit <> ''"), incidentListSql("area = $8 AND area <> ''"),
      incidentListSql("process = $8"), incidentListSql("$8 = ''")};
  return all;
}

}  // namespace

std::vector<ListEntry> incidentEntries(const IncidentFilter& filter) {
  std::vector<ListEntry> entries;
  for (const ScopeAlternative& alternative : alternativesOf(filter.scope)) {
    if (alternative.party || !ofRunningCases(alternative)) continue;  // incidents have no party
    const auto units = both(filter.unit, alternative.units);
    const auto areas = both(filter.area, alternative.areas);
    const auto processes = both(filter.process, alternative.processes);
    if (!units || !areas || !processes) continue;
    const Texts none{std::string{}};
    IncidentWay by = IncidentWay::time;
    const Texts* texts = &none;
    if (isEntry(*units)) std::tie(by, texts) = std::pair{IncidentWay::unit, &*units};
    else if (isEntry(*areas)) std::tie(by, texts) = std::pair{IncidentWay::area, &*areas};
    else if (isEntry(*processes)) std::tie(by, texts) = std::pair{IncidentWay::process, &*processes};
    for (const std::string& text : *texts) {
      entries.push_back({incidentSqls()[static_cast<std::size_t>(by)],
                         {text, textSet(*units), textSet(*areas), textSet(*processes)}});
    }
  }
  return entries;
}

const ListOrder<IncidentRow>& incidentOrder() {
  static const ListOrder<IncidentRow> order{3, true, [](const IncidentRow& row) { return cursorOf(row); },
                                            readIncident<SqlRow>};
  return order;
}

std::vector<NamedRead> incidentReads() {
  constexpr std::array names{"incidents_by_unit", "incidents_by_area", "incidents_by_process", "incidents"};
  std::vector<NamedRead> reads;
  for (std::size_t way = 0; way < incident_ways; ++way)
    reads.push_back({names.at(way), incidentSqls().at(way)});
  return reads;
}

}  // namespace jinyue::store
