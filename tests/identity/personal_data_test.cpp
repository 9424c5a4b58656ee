#include "identity/personal_data.h"

#include <span>

#include <simdjson.h>

#include "casework/seal.h"
#include "identity/house.h"
#include "ledger/record.h"

namespace jinyue::identity {
namespace {

class PersonalDataTest : public IdentityTest {
 protected:
  void SetUp() override {
    IdentityTest::SetUp();
    id = newAccount("zhao.liu", AccountKind::resident, {},
                    {.name = "赵六", .phone = "13800001234", .id_number = "11010519491231002X"});
    person = "person:" + vault->lookup("id_number", "11010519491231002X");
    data = std::make_unique<PersonalData>(
        *context, roles,
        [this](std::string_view party) { return party == person ? cases : std::vector<store::CaseId>{}; },
        [this](store::CaseId one) -> Result<int> {
          const std::int64_t version = store->loadCases(std::span(&one, 1)).front().version;
          return store->erasePersonal(one, version, "state").value();
        },
        [this](AccountId account, const std::string& hash, const Personal& personal, const std::string& by) {
          erased_notices.push_back(fmt::format("{} {} {} {}", account, hash, personal.phone, by));
        },
        FilesOf{[](store::CaseId one) {
                  return std::vector<PersonalFile>{
                      {"file-" + std::to_string(one), "现场.jpg", "image/jpeg", 3, {}}};
                },
                [](AccountId account) {
                  return std::vector<PersonalFile>{
                      {"waiting-" + std::to_string(account), "草稿.jpg", "image/jpeg", 3, {}}};
                }});
  }
  /// A case with one personal value, as the engine would have written it.
  store::CaseId newCase(store::CaseStatus status) {
    const store::CaseId one = store->reserveCaseIds(1);
    store::Batch batch;
    store::CaseRow row;
    row.id = one;
    row.version = 1;
    row.definition = 1;
    row.process = "sample";
    row.status = status;
    row.title = "样例办件";
    row.opened = now;
    const std::string value = R"("家住中山区")";
    const std::string digest = digester.digest(one, value);
    batch.journal.push_back({one, 1,
                             ledger::encodeRecord({one, 1, "case-started", "account:1", now, "m@1",
                                                   R"({"address":{"#":")" + digest + "\"}}"})});
    batch.cases.push_back({row, 0});
    batch.personal.push_back({one, digest, value});
    casework::Seal(*vault).close(batch.personal.back());
    EXPECT_TRUE(store->commit(batch).done());
    cases.push_back(one);
    return one;
  }

  AccountId id = 0;
  std::string person;
  std::vector<store::CaseId> cases;
  std::unique_ptr<PersonalData> data;
  std::vector<std::string> erased_notices;
};
JINYUE_ON_BOTH_STORES(PersonalDataTest);

TEST_P(PersonalDataTest, TheCopyHoldsWhatThereIs) {
  const auto one = newCase(store::CaseStatus::completed);
  must(
      audit->reveal(callerOf("zhao.liu"), "case:" + std::to_string(one), {.party = person}, {"address"}, ""));
  const std::string text = must(data->exportOf(callerOf("zhao.liu"), id, ""));
  simdjson::dom::parser parser;
  const simdjson::dom::object document = parser.parse(simdjson::padded_string(text)).get_object();
  const auto textAt = [&](const char* pointer) {
    std::string_view found;
    if (document.at_pointer(pointer).get_string().get(found)) return "nothing at " + std::string(pointer);
    return std::string(found);
  };
  EXPECT_EQ(textAt("/personal/id_number"), "11010519491231002X");
  EXPECT_EQ(textAt("/account/login"), "zhao.liu");
  EXPECT_EQ(document.at_pointer("/cases/0/id").get_int64().value(), one);
  EXPECT_EQ(textAt("/cases/0/personal/0"), "家住中山区");
  EXPECT_EQ(textAt("/cases/0/attachments/0/id"), "file-" + std::to_string(one));
  EXPECT_EQ(textAt("/attachments/0/id"), "waiting-" + std::to_string(id));
  EXPECT_EQ(textAt("/cases/0/audit/0/kind"), "personal.read");
  EXPECT_NE(textAt("/sessions/0/address"), "nothing at /sessions/0/address");
  std::vector<std::string> kinds;
  const simdjson::dom::array entries = document["audit"].get_array();
  for (const simdjson::dom::element entry : entries) kinds.emplace_back(entry["kind"].get_string().value());
  EXPECT_THAT(kinds, testing::Contains("personal.exported"));
}

TEST_P(PersonalDataTest, ACopyForSomebodyElseTakesARightAndAPurpose) {
  officer("li.na", "210202-window", "handler");
  officer("sun.ba", "210202-duban", "supervisor");
  EXPECT_EQ(codeOf(data->exportOf(callerOf("li.na"), id, "本人书面申请")), "permission.missing");
  EXPECT_EQ(codeOf(data->exportOf(callerOf("sun.ba"), id, "")), "purpose.missing");
  EXPECT_EQ(codeOf(data->exportOf(callerOf("sun.ba"), id, "本人书面申请")), "");
}

TEST_P(PersonalDataTest, ErasedDataAreGoneAndTheLogIsWhole) {
  const auto closed = newCase(store::CaseStatus::completed);
  const std::string token = tokenOf("zhao.liu");
  const auto erased = must(data->erase(must(sessions->resolve(token, "")), id, "本人申请"));
  EXPECT_EQ(erased.cases, 1);
  EXPECT_EQ(erased.values, 1);
  EXPECT_TRUE(erased.kept.empty());
  EXPECT_TRUE(store->loadPersonal(closed).empty());
  EXPECT_EQ(codeOf(sessions->resolve(token, "")), "session.ended");
  EXPECT_EQ(signInCode("zhao.liu", good_password), "sign-in.refused");
  EXPECT_TRUE(accounts->findByPersonal(FieldClass::phone, "13800001234").empty());
  const auto account = must(accounts->find(id));
  EXPECT_EQ(account.status, AccountStatus::erased);
  EXPECT_EQ(account.masked, Personal{});
  // Notices are found by the addresses, so they go before the account forgets those.
  EXPECT_THAT(erased_notices, testing::ElementsAre(fmt::format("{} {} 13800001234 account:{}", id,
                                                               person.substr(person.find(':') + 1), id)));
  EXPECT_EQ(allRecords().find("赵六"), std::string::npos);
  EXPECT_TRUE(findingsOfLog().empty());
  EXPECT_EQ(codeOf(accounts->enable(callerOf("security.one"), id, "x")), "account.erased");
}

TEST_P(PersonalDataTest, ARunningCaseIsKeptAndErasedLater) {
  const auto running = newCase(store::CaseStatus::active);
  const auto first = must(data->erase(callerOf("zhao.liu"), id, "本人申请"));
  EXPECT_THAT(first.kept, testing::ElementsAre(running));
  EXPECT_EQ(store->loadPersonal(running).size(), 1U);
  store::Batch batch;
  auto row = store->loadCases(std::vector{running})[0];
  row.version = 2;
  row.status = store::CaseStatus::completed;
  batch.cases.push_back({row, 1});
  batch.journal.push_back(
      {running, 2, ledger::encodeRecord({running, 2, "case-completed", "account:1", now, "m@1", "{}"})});
  ASSERT_TRUE(store->commit(batch).done());
  const Caller manager = callerOf("security.one");
  const auto second_time = must(data->erase(manager, id, "办结后补清"));
  EXPECT_EQ(second_time.cases, 1);
  EXPECT_TRUE(store->loadPersonal(running).empty());
  EXPECT_EQ(codeOf(data->erase(manager, id, "再次")), "account.erased");
}

TEST_P(PersonalDataTest, NobodyErasesSomebodyElse) {
  officer("li.na", "210202-window", "supervisor");
  EXPECT_EQ(codeOf(data->erase(callerOf("li.na"), id, "误操作")), "permission.missing");
  EXPECT_EQ(must(accounts->find(id)).status, AccountStatus::active);
}

}  // namespace
}  // namespace jinyue::identity
