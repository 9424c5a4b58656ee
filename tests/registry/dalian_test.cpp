// The registers of Dalian's pack: they can be read, and the regions are those that others list.
#include <filesystem>
#include <set>

#include "registry/fixture.h"
#include "registry/regions.h"

namespace jinyue::registry {
namespace {

using testing::ElementsAre;

std::string packFile(const std::string& name) {
  return fileText(std::string{JINYUE_SOURCE_DIR} + "/packs/dalian/registers/" + name);
}

class Dalian : public RegistryTest {
 protected:
  void SetUp() override {
    for (const std::string name : {"regions", "units", "posts", "people", "firms"}) {
      const auto reg = declare(packFile(name + ".json"));
      auto seeds = readSeeds(*reg, packFile(*reg->declaration().seeds));
      ASSERT_TRUE(seeds) << describe(seeds.error());
      const auto seeded = registry->seed(name, *seeds, {"pack:dalian", {}});
      ASSERT_TRUE(seeded) << describe(seeded.error());
      EXPECT_EQ(*seeded, static_cast<int>(seeds->size()));
      // A second deployment of the same pack changes nothing.
      EXPECT_EQ(*registry->seed(name, *seeds, {"pack:dalian", {}}), 0);
    }
  }
};
JINYUE_REGISTRY_ON_BOTH_STORES(Dalian);

TEST_P(Dalian, HasTheStreetsThatOthersList) {
  const auto regions = Regions::load(*registry, day("2026-11-22"));
  ASSERT_TRUE(regions);
  // Fails when the folder with others' data is missing.
  const auto listed = readCsv(fileText(std::string{JINYUE_SHARED_DATA} + "/regions/dalian_streets_2023.csv"));
  ASSERT_TRUE(listed);
  EXPECT_EQ(listed->rows.size(), 152U);
  std::set<std::string> seen;
  for (const SheetRow& row : listed->rows) {
    const Region* street = regions->find(row.cells.at(0));
    ASSERT_NE(street, nullptr) << row.cells.at(1);
    EXPECT_EQ(street->name.zh, row.cells.at(1));
    EXPECT_EQ(street->parent, row.cells.at(2));
    seen.insert(street->code);
  }
  EXPECT_EQ(seen.size(), 152U);
  EntryFilter filter{day("2026-11-22")};
  int streets = 0;
  for (const std::string kind : {"street", "town", "township", "other"}) {
    filter.fields = {{"kind", kind}};
    streets += static_cast<int>(registry->list("regions", filter, {1000, ""})->rows.size());
  }
  EXPECT_EQ(streets, 152);
}

TEST_P(Dalian, HasTwelveAreasThatShareNothing) {
  const auto regions = Regions::load(*registry, day("2026-11-22"));
  ASSERT_TRUE(regions);
  EXPECT_THAT(regions->areas(),
              ElementsAre("210200-changxingdao", "210200-gaoxin", "210200-jinpu", "210202", "210203",
                          "210204", "210211", "210212", "210214", "210224", "210281", "210283"));
  // What three zones cover is no published fact yet: their figures are provisional.
  std::vector<std::string> provisional;
  std::ranges::copy_if(regions->areas(), std::back_inserter(provisional),
                       [&](const std::string& area) { return !regions->find(area)->confirmed; });
  EXPECT_THAT(provisional, ElementsAre("210200-changxingdao", "210200-gaoxin", "210200-jinpu"));
  EXPECT_EQ(regions->areaOf("210202001"), "210202");
  EXPECT_EQ(regions->areaOf("210211016"), "210200-gaoxin");
  EXPECT_EQ(regions->areaOf("210211016001"), "210200-gaoxin");
  EXPECT_EQ(regions->areaOf("210211001"), "210211");
  EXPECT_EQ(regions->areaOf("210281009"), "210200-changxingdao");
  EXPECT_EQ(regions->areaOf("210213"), "210200-jinpu");
  EXPECT_EQ(regions->areaOf("210213030"), "210200-jinpu");
  EXPECT_EQ(regions->areaOf("210200-bonded"), "210200-jinpu");
  EXPECT_EQ(regions->areaOf("210200-huayuankou"), "210283");
  EXPECT_EQ(regions->areaOf("210283005"), "210283");
  for (const std::string_view none : {"210200", "210201", "110101", ""})
    EXPECT_EQ(regions->areaOf(none), "") << none;

  EXPECT_TRUE(regions->isCountedIn("210211016", "210200-gaoxin"));
  EXPECT_FALSE(regions->isCountedIn("210211016", "210211"));
  EXPECT_TRUE(regions->isCountedIn("210211016", "210200"));
  EXPECT_FALSE(regions->isCountedIn("210213002", "210213"));
  EXPECT_TRUE(regions->isCountedIn("210283005", "210283"));
  // Figures of the twelve add up: each street is in one of them.
  const auto listed = readCsv(fileText(std::string{JINYUE_SHARED_DATA} + "/regions/dalian_streets_2023.csv"));
  for (const SheetRow& row : listed->rows) {
    EXPECT_EQ(std::ranges::count_if(
                  regions->areas(),
                  [&](const std::string& area) { return regions->isCountedIn(row.cells[0], area); }),
              1)
        << row.cells[1];
  }
}

TEST_P(Dalian, NamesTheLeadUnitsOfThePlan) {
  EntryFilter filter{day("2026-11-22")};
  std::map<std::string, int> kinds;
  store::PageRequest page{1000, ""};
  const auto units = registry->list("units", filter, page);
  ASSERT_TRUE(units);
  const std::string plan = fileText(std::string{JINYUE_SHARED_DATA} + "/plan/dalian-2025.txt");
  for (const EntryVersion& unit : units->rows) {
    const std::string kind{unit.body.context().find("kind")->string()};
    ++kinds[kind];
    if (kind == "government" || kind == "zone" || kind == "platform" || kind == "example") continue;
    EXPECT_TRUE(plan.contains(unit.body.context().find("name")->string())) << unit.key;
  }
  EXPECT_EQ(units->rows.size(), 39U + 10U + 3U + 1U + 7U);
  EXPECT_EQ(kinds["government"], 10);
  EXPECT_EQ(kinds["zone"], 3);
  EXPECT_EQ(kinds["platform"], 1);
  EXPECT_EQ(kinds["example"], 7);
}

TEST_P(Dalian, HidesPeopleAndShowsFirms) {
  EntryFilter filter{day("2026-11-22")};
  filter.public_only = true;
  EXPECT_TRUE(registry->list("people", filter, {10, ""})->rows.empty());
  // The one that is closed is not shown.
  EXPECT_EQ(registry->list("firms", filter, {10, ""})->rows.size(), 2U);
  filter = EntryFilter{day("2026-11-22")};
  filter.fields = {{"phone", "13800000001"}};
  EXPECT_EQ(registry->list("people", filter, {10, ""})->rows.at(0).key, "DEMO-0001");
}

}  // namespace
}  // namespace jinyue::registry
