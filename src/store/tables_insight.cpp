// Tables of the room insight (schema version 3). Days count from 1970-01-01 in China; months are 202607.
#include "store/room_table.h"

namespace jinyue::store {

/// A fact is what a case says to the indicators of its process on one of the days that they count it on:
/// `basis` names the day ("opened", "closed", …), `marks` has two bits for each indicator (counted among;
/// fulfils), v1 to v4 hold values in thousandths. `layout` is the number of the declarations that it was
/// computed by. Facts hold no personal data. One index serves every figure: grouped by month, unit and area
/// it is read in its own order.
std::vector<RoomTable> insightTables() {
  constexpr auto integer = ColumnKind::integer;
  constexpr auto text = ColumnKind::text;
  return {
      {"facts",
       {{"case_id", integer},
        {"basis", text},
        {"source", text},
        {"month", integer},
        {"day", integer},
        {"unit", text},
        {"area", text},
        {"category", text},
        {"channel", text},
        {"layout", integer},
        {"marks", integer},
        {"v1", integer, true},
        {"v2", integer, true},
        {"v3", integer, true},
        {"v4", integer, true},
        {"due", integer, true}},
       "case_id, basis",
       {{"source, basis, month, unit, area, layout, marks, day, category, channel, v1, v2, v3, v4, case_id",
         false,
         {},
         "facts_by_month"}}},
      // Declarations by number; `cursor` is the case up to which older facts were computed anew.
      {"fact_layouts",
       {{"source", text},
        {"number", integer},
        {"body", text},
        {"at", integer},
        {"cursor", integer},
        {"done", integer}},
       "source, number"},
      // Editions of bulletins and assessments. `version` is the position of the last record of its stream.
      {"bulletins",
       {{"id", integer},
        {"version", integer},
        {"pack", text},
        {"bulletin", text},
        {"period", text},
        {"edition", integer},
        {"status", integer},
        {"title", text},
        {"body", text},
        {"digest", text},
        {"reason", text},
        {"drafted", integer},
        {"drafted_by", text},
        {"frozen", integer, true},
        {"frozen_by", text},
        {"published", integer, true},
        {"published_by", text}},
       "id",
       {{"pack, bulletin, period, edition", true}, {"status, id"}}},
      // A survey counts answers and keeps none: tallies hold how many in a stratum chose an option.
      {"surveys",
       {{"id", integer},
        {"version", integer},
        {"status", integer},
        {"title", text},
        {"body", text},
        {"opens", integer},
        {"closes", integer},
        {"made_by", text}},
       "id",
       {{"status, id"}}},
      // Hashes of the invitations that were not used; one that is used is gone.
      {"survey_tokens", {{"survey", integer}, {"token", text}, {"stratum", text}}, "survey, token"},
      {"survey_tallies",
       {{"survey", integer},
        {"stratum", text},
        {"question", text},
        {"choice", integer},
        {"answers", integer}},
       "survey, stratum, question, choice"},
  };
}

}  // namespace jinyue::store
