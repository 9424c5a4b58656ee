// Personal data at rest: a copy of the database alone tells nothing, keys are rotated while cases run, and
// what a closed case holds about a person can be erased without a trace in the log.
#include "casework/engine_story.h"
#include "casework/erase.h"
#include "casework/reseal.h"
#include "ledger/vault.h"

namespace jinyue::casework {
namespace sealed_test {

const char* const with_job = R"(
<process id="p" isExecutable="true" jy:personal="phone">
  <startEvent id="s"/><userTask id="a" jy:role="&quot;clerk&quot;"/><serviceTask id="send" jy:type="text-message" jy:retries="5">
    <extensionElements><jy:input name="to" expression="phone"/></extensionElements></serviceTask>
  <endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="send"/>
  <sequenceFlow id="f3" sourceRef="send" targetRef="e"/>
</process>)";

constexpr std::string_view phone = "13000000001";
constexpr std::string_view street = "解放路 5 号";

class Sealed : public EngineTest {
 protected:
  /// A case with a telephone number in its state, a comment beside the log, and a job that waits with it.
  CaseId startWithPhone() {
    const auto started = start(definition_, {{"phone", std::string{phone}}});
    if (!started) throw std::runtime_error(describe(started.error()));
    if (!run(started->case_id, bpmn::Comment{{}, std::string{street}}))
      throw std::runtime_error("no comment");
    return started->case_id;
  }
  void openSealed() {
    open({{"text-message", [this](const Job& job) -> JobResult {
             seen_ = job.payload;
             if (fails_) return JobFault{"not now"};
             return JobDone{};
           }}});
    definition_ = deploy(with_job);
  }
  /// Everything that the tables hold of a case besides its records.
  std::string stored() {
    std::string all;
    for (const char* sql :
         {"SELECT state FROM cases", "SELECT value FROM personal", "SELECT body FROM outbox"}) {
      for (const store::SqlRow& row : city_->store().query({sql})) all += row.bytes(0);
    }
    for (const store::SqlRow& row : city_->store().query({"SELECT text FROM texts"})) all += row.text(0);
    return all;
  }
  bool tells() {
    const std::string all = stored();
    return all.contains(phone) || all.contains(street);
  }
  const ledger::Vault& vault() { return *city_->vault(); }
  Result<int> erase(CaseId id) {
    return eraseCase(city_->store(), city_->definitions(), city_->engine().seal(), id);
  }

  std::int64_t definition_ = 0;
  std::atomic<bool> fails_{false};
  feel::Context seen_;
};

TEST_P(Sealed, TheDatabaseAloneTellsNothingAndTheCaseGoesOn) {
  openSealed();
  const CaseId id = startWithPhone();
  EXPECT_FALSE(tells());
  fails_ = true;
  ASSERT_TRUE(run(id, bpmn::Complete{tasks(id).at(0).id.number, {}}));
  city_->pump().runDue();
  EXPECT_FALSE(tells());
  EXPECT_FALSE(stored().empty());
  restart();
  fails_ = false;
  clock_.advance(std::chrono::hours(1));
  city_->pump().runDue();
  EXPECT_EQ(row(id).status, store::CaseStatus::completed);
  EXPECT_EQ(state(id).variables().find("phone")->asString(), phone);
  expectReplays(id);
}

TEST_P(Sealed, WhatWasSealedForOneCaseDoesNotOpenInAnother) {
  openSealed();
  store::CaseRow one = row(startWithPhone());
  const store::CaseRow other = row(startWithPhone());
  one.state = other.state;
  const auto opened = city_->engine().seal().open(one);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "vault.not-opened");
}

TEST_P(Sealed, AKeyIsReplacedWhileCasesRun) {
  openSealed();
  std::vector<CaseId> ids;
  for (int i = 0; i < 450; ++i) ids.push_back(startWithPhone());  // some pages
  const auto areCurrent = [this] {
    for (const char* sql : {"SELECT state FROM cases", "SELECT value FROM personal"}) {
      for (const store::SqlRow& row : city_->store().query({sql})) {
        if (!vault().isCurrent(row.bytes(0))) return false;
      }
    }
    return true;
  };
  EXPECT_TRUE(areCurrent());
  ASSERT_TRUE(ledger::Vault::addKey(cli::DataFolder{place_.folder()}.vault()));
  restart();
  EXPECT_FALSE(areCurrent());
  ASSERT_TRUE(run(ids[0], bpmn::Complete{tasks(ids[0]).at(0).id.number, {}}));  // written with the new key

  int pages = 0;
  const Seal seal(vault());
  const auto done = reseal(city_->store(), seal, [&pages](const Resealed&) { ++pages; });
  ASSERT_TRUE(done) << describe(done.error());
  EXPECT_TRUE(areCurrent());
  EXPECT_EQ(done->renewed, 450 - 1 + 900);  // each has a number and a comment
  EXPECT_GE(pages, 3 + 5);
  EXPECT_EQ(reseal(city_->store(), seal, [](const Resealed&) {})->renewed, 0);
  for (const CaseId id : {ids[0], ids[1], ids[449]}) expectReplays(id);
  ASSERT_TRUE(run(ids[1], bpmn::Complete{tasks(ids[1]).at(0).id.number, {}}));
}

TEST_P(Sealed, RowsFromBeforeTheVaultAreReadAndThenSealed) {
  openSealed();
  const CaseId id = startWithPhone();
  store::Batch clear;
  clear.statements = {
      store::guarded(1, "UPDATE cases SET state = $1 WHERE id = $2", store::Blob{toJson(state(id))}, id)};
  ASSERT_TRUE(city_->store().commit(clear).done());
  restart();
  EXPECT_TRUE(tells());
  EXPECT_EQ(state(id).variables().find("phone")->asString(), phone);
  ASSERT_TRUE(reseal(city_->store(), Seal(vault()), [](const Resealed&) {}));
  EXPECT_FALSE(tells());
}

TEST_P(Sealed, AClosedCaseIsErasedAndTheLogStays) {
  openSealed();
  const CaseId id = startWithPhone();
  const auto refused = erase(id);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "erase.open");
  EXPECT_EQ(city_->store().loadPersonal(id).size(), 2U);

  ASSERT_TRUE(run(id, bpmn::Complete{tasks(id).at(0).id.number, {}}));
  city_->pump().runDue();
  ASSERT_EQ(row(id).status, store::CaseStatus::completed);
  const auto records = city_->store().records(id, 0, 100);
  const auto head = city_->store().head();
  const auto erased = erase(id);
  ASSERT_TRUE(erased) << describe(erased.error());
  EXPECT_EQ(*erased, 2);
  EXPECT_TRUE(city_->store().loadPersonal(id).empty());
  const bpmn::State left = state(id);
  const feel::Value* value = left.variables().find("phone");
  ASSERT_NE(value, nullptr);
  EXPECT_EQ(value->asString(), std::nullopt);
  ASSERT_NE(value->asContext(), nullptr);
  EXPECT_NE(value->asContext()->find("#"), nullptr);
  EXPECT_EQ(state(id).status, bpmn::CaseStatus::completed);
  EXPECT_EQ(city_->store().records(id, 0, 100), records);
  EXPECT_EQ(city_->store().head(), head);
  expectReplays(id);
  restart();  // which checks the log
  EXPECT_EQ(erase(id), 0);
  EXPECT_EQ(erase(987654).error().code, "case.unknown");
}

INSTANTIATE_TEST_SUITE_P(Stores, Sealed, testing::Values(StoreKind::sqlite, StoreKind::postgres),
                         nameOfStore);

}  // namespace sealed_test
}  // namespace jinyue::casework
