// Cases of others, brought in through the real engine at their own times: what comes out agrees with counts
// taken straight from the files.
#include "cli/case_import.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "base/json_read.h"
#include "cli/office.h"
#include "insight/figures.h"
#include "registry/sheet.h"
#include "support/test_city.h"

namespace jinyue::cli {
namespace case_import_test {

using namespace testing_support;

std::string sourceFile(const std::string& path) { return std::string{JINYUE_SOURCE_DIR} + "/" + path; }

class CaseImport : public testing::TestWithParam<StoreKind> {
 protected:
  void open(const std::vector<std::string>& packs) {
    OfficeOptions options;
    options.city.data = place.folder();
    options.city.store = place.address();
    options.city.calendar = sourceFile("packs/china/calendar.json");
    options.city.now = [this] { return now; };
    options.password_cost = {.memory_kib = 64, .iterations = 1};
    options.notices.development = true;
    auto opened = Office::open(options);
    ASSERT_TRUE(opened) << describe(opened.error());
    office = std::move(*opened);
    for (const std::string& pack : packs) {
      const auto read = packs::readPack(sourceFile("packs/" + pack));
      ASSERT_TRUE(read) << describe(read.error());
      const auto deployed = office->deploy(*read);
      ASSERT_TRUE(deployed) << describe(deployed.error());
    }
  }

  ImportCounts bringIn(const std::string& mapping_file, std::string_view csv) {
    const auto mapping = fromJson<CaseMapping>(readFile(sourceFile("mappings/" + mapping_file)).value());
    EXPECT_TRUE(mapping) << describe(mapping.error());
    const auto counts = importCases({office->city(), office->packs(), now}, *mapping, csv);
    EXPECT_TRUE(counts) << describe(counts.error());
    return counts.value_or(ImportCounts{});
  }

  /// Of one process, or all.
  std::vector<store::CaseRow> cases(const std::string& process = {}) {
    std::vector<store::CaseRow> all;
    store::PageRequest page{1000, {}};
    store::CaseFilter filter;
    filter.scope = store::everything();
    if (!process.empty()) filter.process = process;
    do {
      auto rows = office->city().store().listCases(filter, page);
      all.insert(all.end(), rows.rows.begin(), rows.rows.end());
      page.after = rows.next;
    } while (!page.after.empty());
    return all;
  }

  bpmn::State stateOf(const store::CaseRow& row) {
    const store::CaseId ids[] = {row.id};
    return office->city().engine().seal().open(office->city().store().loadCases(ids).front()).value();
  }

  StorePlace place{GetParam()};
  Instant now = *parseInstant("2010-01-01T00:00:00Z");
  std::unique_ptr<Office> office;
};

std::string logFile(const std::string& name) {
  const std::string path = std::string{JINYUE_SHARED_DATA} + "/logs/" + name;
  const auto text = readFile(path);
  if (!text) ADD_FAILURE() << "the data of others is missing: " << path;
  return text.value_or("");
}

/// The first rows of a CSV file, its head included.
std::string firstRows(const std::string& csv, int rows) {
  std::size_t end = 0;
  for (int i = 0; i <= rows && end != std::string::npos; ++i) end = csv.find('\n', end + (i > 0));
  return csv.substr(0, end);
}

std::string text(const bpmn::State& state, const char* name) {
  const feel::Value* value = state.variables().find(name);
  return std::string{value ? value->asString().value_or("") : ""};
}

TEST_P(CaseImport, OrdersOfAnotherCityGoThroughTheLoopAndTheCountsAgreeWithTheFile) {
  const std::string csv = logFile("nyc311-2025q1.csv");
  if (csv.empty()) return;
  const auto sheet = registry::readCsv(csv);
  ASSERT_TRUE(sheet);
  // The whole file on the embedded store; PostgreSQL is asked for a part of it, which takes as long.
  const int rows = GetParam() == StoreKind::sqlite ? static_cast<int>(sheet->rows.size()) - 1 : 300;
  const auto& head = sheet->rows.front().cells;
  const auto column = [&](const char* name) { return std::ranges::find(head, name) - head.begin(); };
  std::map<std::string, int> in_file;
  std::map<std::string, int> statuses;
  int closed = 0;
  for (int i = 1; i <= rows; ++i) {
    const auto& cells = sheet->rows[static_cast<std::size_t>(i)].cells;
    const auto cell = [&](const char* name) { return cells[static_cast<std::size_t>(column(name))]; };
    ++in_file[cell("Complaint Type") + "/" + cell("Borough") + "/" + cell("Agency")];
    ++statuses[cell("Status")];
    closed += !cell("Closed Date").empty();
  }

  now = *parseInstant("2024-12-31T16:00:00Z");
  open({"china", "dalian", "hotline"});
  const ImportCounts counts = bringIn("nyc311.json", firstRows(csv, rows));
  EXPECT_EQ(counts.rows, rows);
  EXPECT_EQ(counts.cases, rows);
  std::map<std::string, int> in_city;
  std::map<store::CaseStatus, int> ended;
  for (const store::CaseRow& row : cases("hotline-order")) {
    const bpmn::State state = stateOf(row);
    ++in_city[text(state, "category") + "/" + row.area + "/" + row.unit];
    ++ended[row.status];
    EXPECT_TRUE(state.incidents.empty());
  }
  EXPECT_EQ(ended[store::CaseStatus::completed], closed);
  EXPECT_EQ(ended[store::CaseStatus::active], rows - closed);
  EXPECT_EQ(ended[store::CaseStatus::completed], statuses["Closed"]);
  std::multiset<int> sizes_in_file;
  std::multiset<int> sizes_in_city;
  for (const auto& each : in_file) sizes_in_file.insert(each.second);
  for (const auto& each : in_city) sizes_in_city.insert(each.second);
  EXPECT_EQ(sizes_in_city, sizes_in_file);  // by kind, borough and agency
  // The figures that the bulletin is made of.
  const auto rules = office->city().facts().rules();
  const auto received = insight::Figures::find(*rules, "hotline/received");
  const auto dispatched = insight::Figures::find(*rules, "hotline/dispatched");
  ASSERT_TRUE(received && dispatched);
  insight::FigureFilter filter;
  filter.scope = store::everything();
  const auto figures =
      office->city().figures().ask({*received, *dispatched}, *insight::parsePeriod("2025-Q1"), filter,
                                   {insight::By::category, insight::By::area, insight::By::unit});
  ASSERT_TRUE(figures) << describe(figures.error());
  std::multiset<int> sizes_of_figures;
  for (const auto& [key, sums] : *figures) {
    sizes_of_figures.insert(static_cast<int>(sums[0].counts));
    EXPECT_EQ(sums[1].counts, sums[0].counts);
  }
  EXPECT_EQ(sizes_of_figures, sizes_in_file);
  if (GetParam() == StoreKind::sqlite) {
    EXPECT_EQ(rows, 4969);
    EXPECT_EQ(closed, 4692);
  }
}

TEST_P(CaseImport, TheEventLogOfAPermitIntakeGivesTheShareThatEndedInTime) {
  const std::string csv = logFile("permit-intake-receipt.csv");
  if (csv.empty()) return;
  const bool whole = GetParam() == StoreKind::sqlite;
  now = *parseInstant("2010-09-01T00:00:00Z");
  open({"china", "permit-intake"});
  const ImportCounts counts = bringIn("permit-intake.json", whole ? csv : firstRows(csv, 400));
  std::int64_t ended = 0;
  std::int64_t in_time = 0;
  std::int64_t steps = 0;
  for (const store::CaseRow& row : cases()) {
    const bpmn::State state = stateOf(row);
    steps += state.variables().find("steps")->asInt64().value_or(0);
    const feel::Value* end = state.variables().find("ended_at");
    if (!end) continue;
    ++ended;
    in_time += state.variables().find("overdue")->asBool() == false;
  }
  EXPECT_EQ(steps, counts.rows);
  if (!whole) return;
  EXPECT_EQ(counts.rows, 8577);
  EXPECT_EQ(counts.cases, 1434);
  EXPECT_EQ(ended, 1329);
  EXPECT_EQ(in_time, 952);
}

TEST_P(CaseImport, ABoardOfLivelihoodProjectsComesFromAFile) {
  now = *parseInstant("2022-02-01T00:00:00Z");
  open({"china", "plan"});
  const auto csv = readFile(sourceFile("mappings/livelihood-board.csv"));
  ASSERT_TRUE(csv);
  EXPECT_EQ(bringIn("livelihood-board.json", *csv).cases, 35);
  std::set<std::string> items;
  std::map<std::string, int> comparators;
  for (const store::CaseRow& row : cases("project")) {
    const bpmn::State state = stateOf(row);
    EXPECT_EQ(text(state, "board"), "livelihood-2022");
    EXPECT_TRUE(state.incidents.empty());
    EXPECT_TRUE(state.variables().find("planned")->asNumber());
    items.insert(text(state, "item"));
    ++comparators[text(state, "comparator")];
    if (text(state, "title") == "城镇登记失业率") EXPECT_EQ(text(state, "comparator"), "at_most");
  }
  EXPECT_EQ(items.size(), 15U);
  EXPECT_EQ(comparators["at_most"], 5);
  EXPECT_EQ(comparators["at_least"], 27);
}

TEST_P(CaseImport, WhatIsWrongIsSaidAtOnceAndNothingIsDone) {
  open({"china", "permit-intake"});
  const auto mapping = fromJson<CaseMapping>(readFile(sourceFile("mappings/permit-intake.json")).value());
  ASSERT_TRUE(mapping);
  const auto missing = importCases({office->city(), office->packs(), now}, *mapping, "a,b\n1,2\n");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, "import.rows");
  EXPECT_GT(missing.error().causes.size(), 3);
  EXPECT_TRUE(cases().empty());
}

INSTANTIATE_TEST_SUITE_P(Stores, CaseImport, testing::Values(StoreKind::sqlite, StoreKind::postgres),
                         nameOfStore);

}  // namespace case_import_test
}  // namespace jinyue::cli
