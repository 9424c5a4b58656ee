// What lists and search know of a case follows it: area, party, search text, status; and tasks keep the time
// at which they were opened.
#include "casework/engine_story.h"
#include "search/searcher.h"

namespace jinyue::casework {
namespace {

const char* const described = R"~(
<process id="p" isExecutable="true" jy:title="title" jy:unit="unit" jy:area="district" jy:party="applicant"
  jy:search="matter" jy:personal="phone">
  <startEvent id="s"/><userTask id="a" jy:role="&quot;clerk&quot;"/><userTask id="b"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
  <sequenceFlow id="f3" sourceRef="b" targetRef="e"/>
</process>)~";

class Described : public EngineTest {
 protected:
  CaseId startDescribed() {
    open();
    const auto started = start(deploy(described), {{"title", "路面塌陷"},
                                                   {"unit", "住建局"},
                                                   {"district", "210202"},
                                                   {"applicant", party},
                                                   {"matter", "友好广场东侧"},
                                                   {"phone", "13000000001"}});
    if (!started) throw std::runtime_error(describe(started.error()));
    return started->case_id;
  }
  std::vector<store::CaseId> listed(store::CaseFilter filter) {
    filter.scope = store::everything();
    std::vector<store::CaseId> ids;
    for (const auto& each : city_->store().listCases(filter, {}).rows) ids.push_back(each.id);
    return ids;
  }
  std::vector<search::Hit> found(const std::string& text, const store::TextScope& filter = {},
                                 std::optional<store::CaseStatus> status = {}) {
    const search::Searcher searcher(city_->store());
    auto page =
        searcher.search({store::TextScope{}}, {.text = text, .filter = filter, .status = status}, {20, {}});
    if (!page) throw std::runtime_error(describe(page.error()));
    return page->rows;
  }
  const std::string party = std::string(64, 'b');
};

TEST_P(Described, ACaseIsListedAndFoundByWhatItsProcessSays) {
  const CaseId id = startDescribed();
  EXPECT_EQ(row(id).area, "210202");
  EXPECT_EQ(row(id).party, party);
  EXPECT_EQ(listed({.area = "210202"}), std::vector{id});
  EXPECT_EQ(listed({.party = party}), std::vector{id});
  EXPECT_EQ(tasks(id).at(0).area, "210202");
  for (const char* text : {"友好广场", "塌陷"}) ASSERT_EQ(found(text).size(), 1U) << text;
  EXPECT_EQ(found(std::to_string(id)).size(), 1U);
  EXPECT_EQ(found("友好广场").at(0).id, id);
  EXPECT_TRUE(found("13000000001").empty());
  EXPECT_EQ(found("塌陷", {.areas = {"210202"}, .units = {"住建局"}, .parties = {party}}).size(), 1U);
  expectReplays(id);
}

TEST_P(Described, ANewAreaReachesTheRowsThatNothingElseTouches) {
  const CaseId id = startDescribed();
  ASSERT_TRUE(run(id, bpmn::SetVariables{0, {{"district", "210203"}}, "转区"}));
  EXPECT_EQ(row(id).area, "210203");
  EXPECT_EQ(tasks(id).at(0).area, "210203");
  EXPECT_TRUE(listed({.area = "210202"}).empty());
  EXPECT_EQ(found("塌陷", {.areas = {"210203"}}).size(), 1U);
  EXPECT_TRUE(found("塌陷", {.areas = {"210202"}}).empty());

  ASSERT_TRUE(run(id, bpmn::SetVariables{0, {{"matter", 5}, {"x", feel::List{}}}, "试"}));
  ASSERT_TRUE(run(id, bpmn::SetVariables{0, {{"matter", feel::List{}}}, "错"}));
  ASSERT_EQ(incidents().size(), 1U);
  EXPECT_EQ(incidents().at(0).code, "description.search");
  EXPECT_EQ(incidents().at(0).area, "210203");
  EXPECT_EQ(incidents().at(0).unit, "住建局");
  ASSERT_TRUE(run(id, bpmn::SetVariables{0, {{"district", "210204"}}, "再转区"}));
  EXPECT_EQ(incidents().at(0).area, "210204");
  // Still found by its title, by those who may see it now.
  EXPECT_EQ(found("塌陷", {.areas = {"210204"}}).size(), 1U);
  EXPECT_TRUE(found("塌陷", {.areas = {"210203"}}).empty());
  expectReplays(id);
}

TEST_P(Described, AClosedCaseStaysToBeFound) {
  const CaseId id = startDescribed();
  EXPECT_EQ(found("广场", {}, store::CaseStatus::active).size(), 1U);
  ASSERT_TRUE(run(id, bpmn::Complete{tasks(id).at(0).id.number, {{"matter", "西侧"}}}));
  EXPECT_TRUE(found("广场").empty());
  ASSERT_TRUE(run(id, bpmn::Complete{tasks(id).at(0).id.number, {}}));
  EXPECT_EQ(found("西侧").size(), 1U);
  EXPECT_TRUE(found("西侧", {}, store::CaseStatus::active).empty());
  EXPECT_EQ(found("西侧", {}, store::CaseStatus::completed).size(), 1U);
  expectReplays(id);
}

TEST_P(Described, ATaskKeepsTheTimeOfItsOpening) {
  const CaseId id = startDescribed();
  const Instant opened = clock_.now();
  clock_.advance(std::chrono::hours(3));
  ASSERT_TRUE(run(id, bpmn::Claim{tasks(id).at(0).id.number}));
  EXPECT_EQ(tasks(id).at(0).created, opened);
  restart();
  clock_.advance(std::chrono::hours(3));
  ASSERT_TRUE(run(id, bpmn::Release{tasks(id).at(0).id.number}));
  EXPECT_EQ(tasks(id).at(0).created, opened);
}

INSTANTIATE_TEST_SUITE_P(Stores, Described, testing::Values(StoreKind::sqlite, StoreKind::postgres),
                         nameOfStore);

}  // namespace
}  // namespace jinyue::casework
