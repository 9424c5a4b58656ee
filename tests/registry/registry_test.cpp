// Registers over both stores: what is in effect when, who decides, what the log and the tables hold.
#include "ledger/record.h"
#include "registry/fixture.h"
#include "registry/rows.h"
#include "search/searcher.h"

namespace jinyue::registry {
namespace registry_test {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Registers = RegistryTest;
JINYUE_REGISTRY_ON_BOTH_STORES(Registers);

std::vector<std::string> keysOf(const Result<store::Page<EntryVersion>>& page) {
  std::vector<std::string> keys;
  for (const EntryVersion& version : page->rows) keys.push_back(version.key);
  return keys;
}

TEST_P(Registers, AnswerAsOfADay) {
  declare(shops);
  ASSERT_TRUE(change({put(R"({"code":"a","name":"甲"})", "2026-01-01")}));
  ASSERT_TRUE(change({put(R"({"code":"a","name":"乙"})", "2026-07-01")}));
  EXPECT_EQ(nameOn("2025-12-31"), "");
  EXPECT_EQ(nameOn("2026-01-01"), "甲");
  EXPECT_EQ(nameOn("2026-06-30"), "甲");
  EXPECT_EQ(nameOn("2026-07-01"), "乙");
  ASSERT_TRUE(change({retire("a", "2026-08-31")}));
  EXPECT_EQ(nameOn("2026-08-31"), "乙");
  EXPECT_EQ(nameOn("2026-09-01"), "");
  ASSERT_TRUE(change({put(R"({"code":"a","name":"丙"})", "2027-01-01")}));
  EXPECT_EQ(nameOn("2027-01-01"), "丙");
}

TEST_P(Registers, CorrectAVersionAndKeepIt) {
  declare(shops);
  ASSERT_TRUE(change({put(R"({"code":"a","name":"甲","tags":["x","y"]})", "2026-01-01")}));
  Change correction = put(R"({"code":"a","name":"乙","tags":["x","z"],"staff":3})", "2026-02-01");
  correction.kind = ChangeKind::correct;
  correction.key = "a";
  correction.number = 1;
  ASSERT_TRUE(change({correction}));
  EXPECT_EQ(nameOn("2026-01-15"), "");
  EXPECT_EQ(nameOn("2026-02-01"), "乙");
  const auto history = registry->history("shops", "a");
  ASSERT_EQ(history.size(), 2U);
  EXPECT_TRUE(history[0].corrected);
  EXPECT_FALSE(history[1].corrected);
  const auto differences = differencesBetween(history[0].body, history[1].body);
  ASSERT_EQ(differences.size(), 3U);
  EXPECT_EQ(differences[0], (Difference{"/name", Value("甲"), Value("乙")}));
  EXPECT_EQ(differences[1], (Difference{"/tags/1", Value("y"), Value("z")}));
  EXPECT_EQ(differences[2], (Difference{"/staff", {}, Value(3)}));
}

TEST_P(Registers, NeedAnotherPersonAndTheRoles) {
  declare(shops);
  const std::vector<Change> changes{put(R"({"code":"a","name":"甲"})", "2026-01-01")};
  EXPECT_EQ(codeOf(registry->propose("shops", changes, "t", chief())), "register.role");
  const RegistryActor both{"account:1", {"registrar", "registrar-chief"}};
  const auto proposed = registry->propose("shops", changes, "t", both);
  ASSERT_TRUE(proposed);
  EXPECT_EQ(nameOn("2026-01-01"), "");
  EXPECT_EQ(codeOf(registry->approve(proposed->id, both)), "register.same-person");
  EXPECT_EQ(codeOf(registry->approve(proposed->id, {"account:3", {"registrar"}})), "register.role");
  EXPECT_EQ(codeOf(registry->publish(proposed->id, chief())), "register.not-approved");
  EXPECT_EQ(codeOf(registry->withdraw(proposed->id, "", chief())), "register.not-yours");
  ASSERT_TRUE(registry->approve(proposed->id, chief()));
  EXPECT_EQ(codeOf(registry->approve(proposed->id, chief())), "register.decided");
  EXPECT_EQ(nameOn("2026-01-01"), "");
  EXPECT_EQ(codeOf(registry->publish(proposed->id, proposer())), "register.role");
  ASSERT_TRUE(registry->publish(proposed->id, chief()));
  EXPECT_EQ(nameOn("2026-01-01"), "甲");
  EXPECT_EQ(codeOf(registry->publish(proposed->id, chief())), "register.not-approved");
  EXPECT_EQ(codeOf(registry->approve(987654321, chief())), "register.no-proposal");
}

TEST_P(Registers, RejectedAndWithdrawnProposalsHaveNoEffect) {
  declare(shops);
  const std::vector<Change> changes{put(R"({"code":"a","name":"甲"})", "2026-01-01")};
  const auto first = registry->propose("shops", changes, "first", proposer());
  const auto rejected = registry->reject(first->id, "不符合事实", chief());
  ASSERT_TRUE(rejected);
  EXPECT_EQ(rejected->reason, "不符合事实");
  const auto second = registry->propose("shops", changes, "second", proposer());
  ASSERT_TRUE(registry->approve(second->id, chief()));
  ASSERT_TRUE(registry->withdraw(second->id, "", proposer()));
  EXPECT_EQ(codeOf(registry->publish(second->id, chief())), "register.not-approved");
  EXPECT_EQ(nameOn("2026-01-01"), "");
  EXPECT_EQ(registry->proposals("shops", ProposalStatus::rejected, {10, ""}).rows.at(0).title, "first");
  EXPECT_EQ(registry->proposals("shops", ProposalStatus::withdrawn, {10, ""}).rows.at(0).title, "second");
  EXPECT_TRUE(registry->proposals("shops", ProposalStatus::proposed, {10, ""}).rows.empty());
}

TEST_P(Registers, RefuseWhatIsWrongWithAllItsPlaces) {
  declare(shops);
  ASSERT_TRUE(change({put(R"({"code":"a","name":"甲"})", "2026-01-01", "2026-12-31")}));
  EXPECT_THAT(
      causesOf(change({put(R"({"code":"a","name":"乙"})", "2026-06-01"),
                       put(R"({"code":"b","name":"","phone":"1"})", "2026-06-01"),
                       put(R"({"code":"c","name":"丙"})", "2026-06-01"),
                       put(R"({"code":"c","name":"丁"})", "2026-06-01"), retire("d", "2026-06-01"),
                       put(R"({"code":"e","name":"戊","parent":"nobody"})", "2026-06-01"),
                       put(R"({"code":"f","name":"己","parent":"c"})", "2026-06-01")})),
      ElementsAre("/changes/3 register.twice", "/changes/0/valid_from register.overlap",
                  "/changes/1/entry/name schema.length", "/changes/1/entry/phone schema.format",
                  "/changes/4/valid_to register.not-in-effect", "/changes/5/entry/parent schema.register"));
  EXPECT_EQ(codeOf(change({})), "register.empty");
  EXPECT_EQ(codeOf(registry->propose("nothing", {}, "", proposer())), "register.unknown");
}

TEST_P(Registers, WhatWasChangedMeanwhileIsNotOverwritten) {
  declare(shops);
  const std::vector<Change> one{put(R"({"code":"a","name":"甲"})", "2026-01-01")};
  const std::vector<Change> other{put(R"({"code":"a","name":"乙"})", "2026-02-01")};
  const auto first = registry->propose("shops", one, "", proposer());
  const auto second = registry->propose("shops", other, "", proposer());
  ASSERT_TRUE(registry->approve(first->id, chief()));
  ASSERT_TRUE(registry->approve(second->id, chief()));
  ASSERT_TRUE(registry->publish(first->id, chief()));
  EXPECT_THAT(causesOf(registry->publish(second->id, chief())), ElementsAre("/changes/0 register.stale"));
  EXPECT_EQ(nameOn("2026-02-01"), "甲");
}

TEST_P(Registers, TheStoreItselfRefusesASecondVersionOfADay) {
  declare(shops);
  ASSERT_TRUE(change({put(R"({"code":"a","name":"甲"})", "2026-01-01")}));
  EntryVersion version = registry->history("shops", "a").at(0);
  version.number = 2;
  store::Batch batch;
  batch.statements = {insertVersion(version, {})};
  EXPECT_ANY_THROW(store->commit(batch));
  batch.statements = {moveEntry(version.entry, 0, 1)};
  EXPECT_TRUE(store->commit(batch).unexpected);
}

TEST_P(Registers, KeepPersonalFieldsSealedAndOutOfTheLog) {
  declare(shops);
  const auto published =
      change({put(R"({"code":"a","name":"甲","owner":"示例甲","phone":"13800000001"})", "2026-01-01")});
  ASSERT_TRUE(published);
  const auto found = registry->entry("shops", "a", day("2026-05-01"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->body, json(R"({"code":"a","name":"甲"})"));
  EXPECT_EQ(*registry->open(*found),
            json(R"({"code":"a","name":"甲","owner":"示例甲","phone":"13800000001"})"));
  EXPECT_THAT(found->sealed, Not(HasSubstr("13800000001")));
  for (const CaseId stream : {found->entry, published->id}) {
    for (const auto& record : store->records(stream, 0, 10)) {
      EXPECT_THAT(record.record, Not(HasSubstr("13800000001")));
      EXPECT_THAT(record.record, Not(HasSubstr("示例甲")));
    }
  }
  EXPECT_TRUE(registry->lookup("shops", Value("a"), day("2026-05-01")).context().find("owner") == nullptr);
  // Found by the telephone number although it is nowhere in the clear.
  EntryFilter filter{day("2026-05-01")};
  filter.fields = {{"phone", "13800000001"}};
  EXPECT_THAT(keysOf(registry->list("shops", filter, {10, ""})), ElementsAre("a"));
  filter.fields = {{"phone", "13800000002"}};
  EXPECT_THAT(keysOf(registry->list("shops", filter, {10, ""})), IsEmpty());
}

TEST_P(Registers, EachEntryAndProposalHasItsRecords) {
  declare(shops);
  const auto published = change({put(R"({"code":"a","name":"甲","owner":"示例甲"})", "2026-01-01")});
  ASSERT_TRUE(change({put(R"({"code":"a","name":"乙"})", "2026-07-01", "2026-12-31")}));
  const CaseId entry = registry->history("shops", "a").at(0).entry;
  const auto kindsOf = [&](CaseId stream) {
    std::vector<std::string> kinds;
    for (const auto& row : store->records(stream, 0, 100))
      kinds.push_back(ledger::decodeRecord(row.record)->kind);
    return kinds;
  };
  EXPECT_THAT(kindsOf(entry), ElementsAre("register.put", "register.put"));
  EXPECT_THAT(kindsOf(published->id),
              ElementsAre("register.proposed", "register.approved", "register.published"));
  const auto record = *ledger::decodeRecord(store->records(entry, 1, 1).at(0).record);
  EXPECT_EQ(record.actor, "account:2");
  EXPECT_EQ(record.model, "shops@1");
  EXPECT_THAT(record.body, HasSubstr(R"("ended":{"number":1,"last_day":"2026-06-30"})"));
  EXPECT_THAT(record.body, HasSubstr(R"("proposer":"account:1","approver":"account:2")"));
}

TEST_P(Registers, ListByFiltersScopeAndPages) {
  declare(shops);
  std::vector<Change> changes;
  for (int index = 0; index < 25; ++index) {
    changes.push_back(
        put(fmt::format(R"({{"code":"s{:02}","name":"店 {}","kind":"{}","area":"{}"}})", index, index,
                        index % 2 == 0 ? "food" : "books", index < 10 ? "210202" : "210203"),
            "2026-01-01"));
  }
  ASSERT_TRUE(change(std::move(changes)));
  ASSERT_TRUE(change({retire("s03", "2026-03-31")}));
  EntryFilter filter{day("2026-06-01")};
  store::PageRequest page{7, ""};
  std::vector<std::string> seen;
  do {
    const auto read = registry->list("shops", filter, page);
    for (const auto& key : keysOf(read)) seen.push_back(key);
    page.after = read->next;
  } while (!page.after.empty());
  EXPECT_EQ(seen.size(), 24U);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  filter.fields = {{"kind", "books"}, {"area", "210202"}};
  EXPECT_THAT(keysOf(registry->list("shops", filter, {10, ""})), ElementsAre("s01", "s05", "s07", "s09"));
  filter.as_of = day("2026-02-01");
  EXPECT_EQ(registry->list("shops", filter, {10, ""})->rows.size(), 5U);
  filter.fields = {};
  const auto inScope = [&](std::vector<EntryScope> scope) {
    filter.scope = std::move(scope);
    return registry->list("shops", filter, {100, ""})->rows.size();
  };
  EXPECT_EQ(inScope({{.areas = {"210202"}}}), 10U);
  EXPECT_EQ(inScope({{.areas = {"210204"}}}), 0U);
  EXPECT_EQ(inScope({}), 0U);
  EXPECT_EQ(inScope({{}}), 25U);
  // One of the alternatives is enough, and each is a whole: shops have no unit.
  EXPECT_EQ(inScope({{.areas = {"210202"}}, {.units = {"u"}}, {.areas = {"210203"}, .units = {"u"}}}), 10U);
  EXPECT_EQ(inScope({{.areas = {"210204", "210202"}}, {.areas = {"210203"}}, {.units = {"u"}}}), 25U);
  filter.scope = std::vector<EntryScope>(17, EntryScope{.areas = {"210202"}});
  EXPECT_EQ(codeOf(registry->list("shops", filter, {10, ""})), "register.scope");
  filter.scope.reset();
  filter.fields = {{"name", "店 1"}};
  EXPECT_EQ(codeOf(registry->list("shops", filter, {10, ""})), "register.no-filter");
}

TEST_P(Registers, ShowTheirPublicPartOnly) {
  const auto reg = declare(shops);
  ASSERT_TRUE(change({put(R"({"code":"a","name":"甲","kind":"books","staff":3})", "2026-01-01"),
                      put(R"({"code":"b","name":"乙","kind":"food"})", "2026-01-01")}));
  EntryFilter filter{day("2026-06-01")};
  filter.public_only = true;
  const auto page = registry->list("shops", filter, {10, ""});
  EXPECT_THAT(keysOf(page), ElementsAre("a"));
  EXPECT_EQ(reg->publicPart(page->rows[0].body), json(R"({"code":"a","name":"甲","kind":"books"})"));
  // Nor can it be guessed by filtering.
  filter.fields = {{"area", "210202"}};
  EXPECT_EQ(codeOf(registry->list("shops", filter, {10, ""})), "register.no-filter");
}

TEST_P(Registers, LookUpForFeelAsOfADay) {
  declare(shops);
  ASSERT_TRUE(change({put(R"({"code":"a","name":"甲","opened":"2020-02-29"})", "2026-01-01")}));
  const Value found = registry->lookup("shops", Value("a"), day("2026-06-01"));
  EXPECT_EQ(*found.context().find("opened"), Value(feel::CivilDate{2020, 2, 29}));
  EXPECT_TRUE(registry->lookup("shops", Value("a"), day("2025-06-01")).isNull());
  EXPECT_TRUE(registry->lookup("shops", Value("b"), day("2026-06-01")).isNull());
  EXPECT_TRUE(registry->lookup("nothing", Value("b"), day("2026-06-01")).isNull());
  // What this node publishes is seen at once; what another one does after the time that caches are trusted.
  const auto other = another();
  EXPECT_FALSE(other->lookup("shops", Value("a"), day("2026-06-01")).isNull());
  ASSERT_TRUE(change({put(R"({"code":"a","name":"乙"})", "2026-03-01")}));
  const auto nameAt = [](const Value& value) { return std::string{value.context().find("name")->string()}; };
  EXPECT_EQ(nameAt(registry->lookup("shops", Value("a"), day("2026-06-01"))), "乙");
  now += Millis{1001};
  EXPECT_EQ(nameAt(other->lookup("shops", Value("a"), day("2026-06-01"))), "乙");
}

TEST_P(Registers, LookUpsComeFromMemoryAndItIsBounded) {
  LookupCache cache(2);
  const auto versions = std::make_shared<std::vector<LookupCache::Version>>();
  cache.put("r", "a", 1, versions);
  cache.put("r", "b", 1, versions);
  EXPECT_EQ(cache.find("r", "a", 1), versions);
  cache.put("r", "c", 1, versions);
  EXPECT_EQ(cache.size(), 2U);
  EXPECT_EQ(cache.find("r", "b", 1), nullptr);
  EXPECT_EQ(cache.find("r", "a", 1), versions);
  EXPECT_EQ(cache.find("r", "a", 2), nullptr);
}

TEST_P(Registers, DeclarationsHaveVersions) {
  const auto first = declare(shops);
  EXPECT_EQ(declare(shops), first);
  ASSERT_TRUE(change({put(R"({"code":"a","name":"甲","kind":"books"})", "2026-01-01")}));
  std::string next{shops};
  next.replace(next.find(R"("filters": ["kind", "area", "phone"])"), 36,
               R"("filters": ["area", "name"]         )");
  declare(next);
  EntryFilter filter{day("2026-06-01")};
  filter.fields = {{"name", "甲"}};
  EXPECT_THAT(keysOf(registry->list("shops", filter, {10, ""})), ElementsAre("a"));
  next.replace(next.find(R"("key": ["code"])"), 15, R"("key": ["name"])");
  auto declaration = *fromJson<Declaration>(next);
  EXPECT_EQ(codeOf(registry->declare(declaration, {})), "register.key-changed");
}

TEST(Declarations, AreReadWithEverythingThatIsWrong) {
  EXPECT_THAT(
      causesOf(Register::read(R"({"id":"Shops","title":{"zh":"店铺","en":"Shops"},"key":["code","none"],
      "schema":{"properties":{"code":{"type":"string"},"a":{},"b":{},"c":{},"d":{},"e":{"not":{}}}},
      "filters":["a","b","c","d","x"]})")),
      ElementsAre("/id register.declaration", "/schema/properties/e/not register.declaration"));
  EXPECT_THAT(
      causesOf(Register::read(R"({"id":"shops","title":{"zh":"店铺","en":"Shops"},"key":["code","none"],
      "schema":{"properties":{"code":{"type":"string"},"a":{},"b":{},"c":{},"d":{}}},
      "filters":["a","b","c","d","x"],"personal":[{"field":"a","kind":"name"}],"names":["a"],
      "disclosure":{"fields":["a"],"entries":"a ="}})")),
      ElementsAre("/key/1 register.declaration", "/key/0 register.declaration",
                  "/filters/4 register.declaration", "/disclosure/fields/0 register.declaration",
                  "/names/0 register.declaration", "/filters register.declaration",
                  "/disclosure/entries register.declaration"));
}

TEST(Declarations, KnowTheClassesOfPersonalData) {
  EXPECT_THAT(causesOf(Register::read(R"({"id":"shops","title":{"zh":"店铺","en":"Shops"},"key":["code"],
      "schema":{"required":["code"],"properties":{"code":{"type":"string"},"a":{"type":"string"}}},
      "personal":[{"field":"a","kind":"telephone"}]})")),
              ElementsAre("/personal/0/kind register.declaration"));
}

TEST(Declarations, JoinSeveralKeyFields) {
  const auto reg = Register::read(R"({"id":"pairs","title":{"zh":"对","en":"Pairs"},"key":["a","b"],
      "schema":{"required":["a","b"],"properties":{"a":{"type":"string"},"b":{"type":"integer"}}}})");
  ASSERT_TRUE(reg);
  EXPECT_EQ((*reg)->keyOf(json(R"({"a":"x|y","b":3})")), "x\\|y|3");
  EXPECT_EQ((*reg)->keyFrom(json(R"(["x|y",3])")), "x\\|y|3");
}

TEST_P(Registers, EntriesAreFoundAtOnce) {
  declare(shops);
  ASSERT_TRUE(change(
      {put(R"({"code":"a","name":"海风书店","owner":"示例甲","phone":"+86 13800000001"})", "2026-01-01")}));
  search::Searcher searcher(*store);
  const search::Scopes all{store::TextScope{}};
  const auto found = [&](std::string text) {
    search::Request request;
    request.text = std::move(text);
    request.lookups = [this](std::string_view word) {
      const auto vault = *ledger::Vault::load(place.folder() + "/vault.json");
      return std::vector<std::string>{vault.lookup("phone", word)};
    };
    return searcher.search(all, request, {10, ""})->rows.size();
  };
  EXPECT_EQ(found("书店"), 1U);
  EXPECT_EQ(found("hfsd"), 1U);
  EXPECT_EQ(found("13800000001"), 1U);
  EXPECT_EQ(found("13800000002"), 0U);
  EXPECT_EQ(found("示例甲"), 0U);
  // A version of the future is not found by yet; what is over not any more.
  ASSERT_TRUE(change({put(R"({"code":"a","name":"山月茶馆"})", "2027-01-01")}));
  EXPECT_EQ(found("书店"), 1U);
  EXPECT_EQ(found("茶馆"), 0U);
  ASSERT_TRUE(change({retire("a", "2027-06-30")}));
  ASSERT_TRUE(change({put(R"({"code":"b","name":"旧店"})", "2020-01-01", "2020-12-31")}));
  EXPECT_EQ(found("旧店"), 0U);
  // Time passes.
  EXPECT_TRUE(registry->refreshTexts());
  EXPECT_EQ(found("书店"), 1U);
  now = *parseInstant("2026-12-31T16:00:00Z");  // the first of January in China
  EXPECT_TRUE(registry->refreshTexts());
  EXPECT_EQ(found("茶馆"), 1U);
  EXPECT_EQ(found("书店"), 0U);
  now = *parseInstant("2027-06-30T16:00:00Z");
  EXPECT_TRUE(registry->refreshTexts());
  EXPECT_EQ(found("茶馆"), 0U);
}

TEST_P(Registers, EntriesAreFoundByWhatTheDeclarationNamesNow) {
  declare(shops);
  ASSERT_TRUE(change({put(R"({"code":"a","name":"海风书店","kind":"books"})", "2026-01-01"),
                      put(R"({"code":"b","name":"旧店","kind":"books"})", "2020-01-01", "2020-12-31")}));
  search::Searcher searcher(*store);
  const auto found = [&](std::string text) {
    search::Request request;
    request.text = std::move(text);
    return searcher.search({store::TextScope{}}, request, {10, ""})->rows.size();
  };
  EXPECT_EQ(found("books"), 0U);
  std::string next{shops};
  next.replace(next.find(R"("names": ["name"])"), 17, R"("names": ["name"], "search": ["kind"])");
  declare(next);
  EXPECT_EQ(found("books"), 1U);
  EXPECT_EQ(found("书店"), 1U);
}

/// Every question uses an index: no plan reads a whole table or sorts.
TEST_P(Registers, PlansNeverScan) {
  declare(shops);
  std::vector<Change> changes;
  for (int index = 0; index < 3000; ++index) {
    changes.push_back(put(fmt::format(R"({{"code":"s{}","name":"店","kind":"{}","area":"21020{}"}})", index,
                                      index % 2 == 0 ? "food" : "books", index % 9),
                          "2026-01-01"));
  }
  ASSERT_TRUE(change(std::move(changes)));
  // PostgreSQL reads a table of one page as a whole, and rightly so.
  store::Batch more;
  for (int index = 0; index < 3000; ++index) {
    more.statements.push_back(insertRegister(fmt::format("other-{}", index), "{}", 0));
    Proposal proposal;
    proposal.id = 1'000'000'000 + index;
    proposal.register_name = fmt::format("other-{}", index % 50);
    more.statements.push_back(insertProposal(proposal));
  }
  ASSERT_TRUE(store->commit(more).done());
  if (GetParam() == StoreKind::postgres) {
    store::Batch analyze;
    analyze.statements = {{"ANALYZE"}};
    ASSERT_TRUE(store->commit(analyze).done());
  }
  for (const auto& statement : sampleStatements()) {
    SCOPED_TRACE(statement.sql);
    const auto plan = store->explain(statement);
    EXPECT_FALSE(plan.empty());
    for (const std::string& line : plan) {
      SCOPED_TRACE(line);
      EXPECT_THAT(line, Not(HasSubstr("Seq Scan")));
      EXPECT_THAT(line, Not(testing::StartsWith("SCAN")));
      EXPECT_THAT(line, Not(HasSubstr("TEMP B-TREE")));
      EXPECT_THAT(line, Not(testing::ContainsRegex("(^|[^a-z])Sort( |$)")));
    }
  }
  // The test can fail: a question that no index answers.
  const auto scan =
      store->explain({"SELECT entry FROM register_versions WHERE body = 'x' AND sealed IS NULL"});
  EXPECT_THAT(scan, testing::Contains(testing::AnyOf(HasSubstr("Seq Scan"), testing::StartsWith("SCAN"))));
}

}  // namespace registry_test
}  // namespace jinyue::registry
