// Attachments in a store: waiting, carried into a case, read, erased.
#include "evidence/attachments.h"

#include <gtest/gtest.h>

#include "evidence/sample_files.h"
#include "store/fresh_store.h"

namespace jinyue::evidence {
namespace {

using test::jpeg;

const Owner resident{"account:7", 2};
const Owner officer{"account:9", 0};

class AttachmentsTest : public store::OnBothStores {
 protected:
  void SetUp() override {
    OnBothStores::SetUp();
    ASSERT_TRUE(ledger::Vault::create(place.path("vault.json")));
    vault.emplace(*ledger::Vault::load(place.path("vault.json")));
    make({});
  }
  void make(const AttachmentLimits& limits) {
    attachments.emplace(Attachments::Parts{
        .store = *store, .vault = *vault, .limits = limits, .now = [this] { return now; }});
  }
  Attachment keep(const Owner& owner, std::string_view bytes = "说明（示例）") {
    auto kept = attachments->keep(owner, "说明.txt", bytes);
    if (!kept) throw std::runtime_error(describe(kept.error()));
    return *kept;
  }
  std::string contentOf(const Attachment& attachment) {
    std::string all;
    const Pieces pieces = attachments->contentOf(attachment);
    while (auto piece = pieces()) all += *piece;
    return all;
  }
  static Carried carried(const Attachment& attachment, std::string personal = {}) {
    return {attachment.id, "photos", "/photos/0", std::move(personal)};
  }
  /// Carries them and commits what the engine would.
  bool bind(const Owner& owner, store::CaseId id, const std::vector<Carried>& all,
            const std::string& node = {}, std::int64_t position = 1) {
    const auto with = attachments->carry(owner.actor, {node.empty() ? 0 : id, node}, all);
    if (!with || !*with) return false;
    const auto rows = (*with)(id, position, now);
    if (!rows) return false;
    store::Batch batch;
    batch.statements = *rows;
    return store->commit(batch).done();
  }
  std::string codeOf(const Owner& owner, store::CaseId id, const std::vector<Carried>& all) {
    const auto with = attachments->carry(owner.actor, {id, "handle"}, all);
    if (with) return "taken";
    return with.error().causes.empty() ? with.error().code : with.error().causes.front().code;
  }

  Instant now = *parseInstant("2026-11-26T00:00:00Z");
  std::optional<ledger::Vault> vault;
  std::optional<Attachments> attachments;
};
JINYUE_ON_BOTH_STORES(AttachmentsTest);

TEST_P(AttachmentsTest, AFileWaitsAndIsRead) {
  const Attachment kept = keep(resident, jpeg());
  EXPECT_EQ(kept.media_type, "image/jpeg");
  EXPECT_EQ(kept.name, "说明.jpg");
  const auto waiting = attachments->waitingOf(resident.actor);
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting.front().name, "说明.jpg");
  const std::string content = contentOf(waiting.front());
  EXPECT_EQ(content.find("SECRET"), std::string::npos);
  EXPECT_EQ(ledger::toHex(ledger::Hasher(ledger::HashAlgorithm::sha256).plain(content)), kept.digest());
  EXPECT_TRUE(attachments->waitingOf(officer.actor).empty());
  EXPECT_FALSE(attachments->drop(officer.actor, kept.id));
  EXPECT_TRUE(attachments->drop(resident.actor, kept.id));
  EXPECT_FALSE(attachments->find(kept.id));
  EXPECT_TRUE(store->query({"SELECT id FROM attachment_pieces"}).empty());
}

TEST_P(AttachmentsTest, LongContentsComeInPieces) {
  std::string text;
  while (text.size() < 700'000) text += "一行记录（示例）\n";
  const Attachment kept = keep(resident, text);
  EXPECT_EQ(store->query({"SELECT id FROM attachment_pieces"}).size(), 3U);
  EXPECT_EQ(contentOf(kept), text);
}

TEST_P(AttachmentsTest, NothingLiesInTheClear) {
  keep(resident, "一句不该外泄的话（示例）");
  for (const auto& row : store->query({"SELECT content FROM attachment_pieces"}))
    EXPECT_EQ(row.bytes(0).find("外泄"), std::string::npos);
  for (const auto& row : store->query({"SELECT name FROM attachments"}))
    EXPECT_EQ(row.bytes(0).find("说明"), std::string::npos);
}

TEST_P(AttachmentsTest, LimitsOfSizeCountAndKind) {
  make({.max_bytes = 2000, .waiting = 2, .waiting_bytes = 3000});
  EXPECT_EQ(attachments->keep(resident, "x", std::string(2001, 'a')).error().code, "attachment.too-long");
  EXPECT_EQ(attachments->keep(resident, "x", "").error().code, "attachment.empty");
  EXPECT_EQ(attachments->keep(resident, "x", std::string("MZ\0\0", 4)).error().code, "attachment.type");
  keep(resident, std::string(1500, 'a'));
  EXPECT_EQ(attachments->keep(resident, "x", std::string(1501, 'b')).error().code, "attachment.too-many");
  keep(resident, "b");
  EXPECT_EQ(attachments->keep(resident, "x", "c").error().code, "attachment.too-many");
  keep(officer, "c");  // another account's room is its own
}

TEST_P(AttachmentsTest, ACommandCarriesItIntoItsCase) {
  const Attachment kept = keep(resident);
  ASSERT_TRUE(bind(resident, 42, {carried(kept)}));
  const auto of_case = attachments->ofCase(42);
  ASSERT_EQ(of_case.size(), 1U);
  EXPECT_EQ(of_case.front().field, "photos");
  EXPECT_EQ(of_case.front().position, 1);
  EXPECT_EQ(of_case.front().bound, now);
  EXPECT_TRUE(attachments->waitingOf(resident.actor).empty());
  EXPECT_FALSE(attachments->drop(resident.actor, kept.id));
  EXPECT_EQ(contentOf(of_case.front()), "说明（示例）");
}

TEST_P(AttachmentsTest, WhatIsNotHisOrElsewhereIsRefused) {
  const Attachment kept = keep(resident);
  EXPECT_EQ(codeOf(officer, 42, {carried(kept)}), "attachment.unknown");
  Carried invented = carried(kept);
  invented.id[0] = invented.id[0] == '0' ? '1' : '0';
  EXPECT_EQ(codeOf(resident, 42, {invented}), "attachment.unknown");
  EXPECT_EQ(codeOf(resident, 42, {carried(kept), carried(kept)}), "attachment.twice");
  ASSERT_TRUE(bind(resident, 42, {carried(kept)}));
  EXPECT_EQ(codeOf(resident, 43, {carried(kept)}), "attachment.unknown");
  EXPECT_EQ(codeOf(officer, 42, {carried(kept)}), "taken");  // it is in this case already
  const Attachment late = keep(resident);
  now += std::chrono::days{7};
  EXPECT_EQ(codeOf(resident, 42, {carried(late)}), "attachment.unknown");
}

TEST_P(AttachmentsTest, OfTwoCommandsAtOnceOneIsToldToComeAgain) {
  const Attachment kept = keep(resident);
  {
    const auto first = attachments->carry(resident.actor, {42, "handle"}, std::vector{carried(kept)});
    ASSERT_TRUE(first);
    EXPECT_EQ(codeOf(resident, 43, {carried(kept)}), "attachment.busy");
  }
  EXPECT_EQ(codeOf(resident, 43, {carried(kept)}), "taken");
}

TEST_P(AttachmentsTest, AnotherNodeThatWasFasterIsNoticed) {
  const Attachment kept = keep(resident);
  const auto slow = attachments->carry(resident.actor, {42, "handle"}, std::vector{carried(kept)});
  ASSERT_TRUE(slow);
  const auto early = (*slow)(42, 3, now);  // checked before the other's commit …
  Attachments other({.store = *store, .vault = *vault, .now = [this] { return now; }});
  const auto fast = other.carry(resident.actor, {43, "handle"}, std::vector{carried(kept)});
  store::Batch batch;
  batch.statements = *(*fast)(43, 2, now);
  ASSERT_TRUE(store->commit(batch).done());
  batch.statements = *early;
  EXPECT_TRUE(store->commit(batch).unexpected);  // … so the guard holds it up
  EXPECT_FALSE((*slow)(42, 3, now));             // and then it is refused
  EXPECT_TRUE(attachments->ofCase(42).empty());
}

TEST_P(AttachmentsTest, ACaseHasRoomForSoMany) {
  make({.per_case = 2});
  ASSERT_TRUE(bind(resident, 42, {carried(keep(resident, "1"))}));
  ASSERT_TRUE(bind(officer, 42, {carried(keep(officer, "2"))}, "handle", 2));
  EXPECT_EQ(codeOf(officer, 42, {carried(keep(officer, "3"))}), "attachment.case-full");
}

TEST_P(AttachmentsTest, WhatHasWaitedTooLongGoes) {
  keep(resident, "old");
  const Attachment in_case = keep(resident, "bound");
  ASSERT_TRUE(bind(resident, 42, {carried(in_case)}));
  now += std::chrono::days{5};
  const Attachment young = keep(resident, "young");
  EXPECT_EQ(attachments->dropExpired(10), 0);
  now += std::chrono::days{2};
  EXPECT_EQ(attachments->dropExpired(10), 1);
  EXPECT_EQ(attachments->waitingOf(resident.actor).size(), 1U);
  EXPECT_EQ(contentOf(young), "young");
  EXPECT_EQ(contentOf(in_case), "bound");
  attachments->dropWaitingOf(resident.actor);
  EXPECT_TRUE(attachments->waitingOf(resident.actor).empty());
}

TEST_P(AttachmentsTest, ErasingTakesWhatIsThePersonsAndLeavesTheDigest) {
  const Attachment from_person = keep(officer, "来电人的照片");  // came with the start, whoever uploaded it
  const Attachment by_person = keep(resident, "当事人补充");
  const Attachment about_person = keep(officer, "身份证明");
  const Attachment work = keep(officer, "现场处理照片");
  ASSERT_TRUE(bind(officer, 42, {carried(from_person)}));
  ASSERT_TRUE(bind(resident, 42, {carried(by_person)}, "more", 2));
  ASSERT_TRUE(bind(officer, 42, {carried(about_person, "other")}, "handle", 3));
  ASSERT_TRUE(bind(officer, 42, {carried(work)}, "handle", 4));
  EXPECT_EQ(attachments->eraseOf(42), 3);
  EXPECT_EQ(attachments->eraseOf(42), 0);
  EXPECT_EQ(attachments->eraseOf(0), 0);
  const auto left = attachments->ofCase(42);
  ASSERT_EQ(left.size(), 4U);
  for (const Attachment& each : left) {
    EXPECT_EQ(each.erased.has_value(), each.id != work.id);
    EXPECT_EQ(each.name.empty(), each.erased.has_value());
    EXPECT_EQ(each.digest().size(), 64U);
  }
  EXPECT_EQ(store->query({"SELECT id FROM attachment_pieces"}).size(), 1U);
  EXPECT_THROW(contentOf(left.front()), store::StoreFault);
}

TEST_P(AttachmentsTest, AChangedContentIsNeitherGivenOutWholeNorMissedByTheCheck) {
  const Attachment good = keep(resident, "好的");
  const Attachment bad = keep(resident, "改过的");
  const Attachment gone = keep(resident, "没有了");
  int found = 0;
  const auto count = [&found](const AttachmentFinding&) { ++found; };
  EXPECT_EQ(attachments->check(count), 3);
  EXPECT_EQ(found, 0);
  // Somebody who has the keys writes another content in its place.
  store::Batch batch;
  batch.statements = {store::guarded(1, "UPDATE attachment_pieces SET content = $2 WHERE id = $1", bad.id,
                                     store::Blob{vault->seal("改过了！", "attachment/" + bad.id + "/0")}),
                      store::guarded(1, "DELETE FROM attachment_pieces WHERE id = $1", gone.id)};
  ASSERT_TRUE(store->commit(batch).done());
  EXPECT_THROW(contentOf(bad), store::StoreFault);
  std::vector<std::string> ids;
  attachments->check([&](const AttachmentFinding& finding) { ids.push_back(finding.id); });
  std::ranges::sort(ids);
  std::vector<std::string> expected{bad.id, gone.id};
  std::ranges::sort(expected);
  EXPECT_EQ(ids, expected);
  EXPECT_EQ(contentOf(good), "好的");
}

TEST_P(AttachmentsTest, ACaseWhoseRecordDoesNotCarryItIsFound) {
  const Attachment kept = keep(resident);
  ASSERT_TRUE(bind(resident, 42, {carried(kept)}));  // no record was written with it
  std::vector<AttachmentFinding> found;
  attachments->check([&](const AttachmentFinding& finding) { found.push_back(finding); });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().case_id, 42);
}

TEST_P(AttachmentsTest, ANewKeySealsAnew) {
  const Attachment kept = keep(resident, jpeg());
  ASSERT_TRUE(ledger::Vault::addKey(place.path("vault.json")));
  vault.emplace(*ledger::Vault::load(place.path("vault.json")));
  make({});
  EXPECT_EQ(attachments->reseal(), 2);  // a piece and a name
  EXPECT_EQ(attachments->reseal(), 0);
  EXPECT_EQ(attachments->find(kept.id)->name, "说明.jpg");
  EXPECT_EQ(static_cast<std::int64_t>(contentOf(kept).size()), kept.size);
}

TEST_P(AttachmentsTest, ABackupHasThem) {
  const Attachment kept = keep(resident, jpeg());
  ASSERT_TRUE(store->backup(place.path("backup.db")));
  const store::Place target(GetParam());
  ASSERT_TRUE(store::restore(place.path("backup.db"), target.address(), store::testOptions()));
  const auto other = store::openStore(target.address());
  const Attachments restored({.store = *other, .vault = *vault});
  const auto found = restored.find(kept.id);
  ASSERT_TRUE(found);
  std::string all;
  const Pieces pieces = restored.contentOf(*found);
  while (auto piece = pieces()) all += *piece;
  EXPECT_EQ(all, contentOf(kept));
}

}  // namespace
}  // namespace jinyue::evidence
