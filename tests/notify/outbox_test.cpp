// Notices in the store: written once, claimed by one, decided by officers, shown to who may see them.
#include <mutex>
#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "notify/outbox_fixture.h"

namespace jinyue::notify {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using namespace std::chrono_literals;

class OutboxRows : public OutboxTest {};
JINYUE_ON_STORES(OutboxRows);

TEST_P(OutboxRows, OneKeyIsOneNotice) {
  NewNotice notice = sample("a");
  write(notice);
  notice.content.text = "another text";
  notice.at += 1h;
  write(notice);
  const auto claimed = outbox.claim(Channel::mail, clock.now(), clock.now() + 1min, 10);
  ASSERT_THAT(claimed, SizeIs(1));
  EXPECT_EQ(claimed[0].notice.content, sample("a").content);
  EXPECT_EQ(claimed[0].notice.address, "someone@example.org");
  EXPECT_EQ(claimed[0].notice.id, Outbox::idOf("a", 7));
  EXPECT_EQ(claimed[0].notice.attempt, 1);
}

TEST_P(OutboxRows, AreThereWithTheWorkTheyTellAboutOrNotAtAll) {
  store::Batch batch;
  outbox.put(batch, sample("a"));
  batch.statements.push_back(store::guarded(1, "UPDATE notices SET title = $1 WHERE id = $2", "x", "nobody"));
  EXPECT_TRUE(store->commit(batch).unexpected);
  EXPECT_FALSE(outbox.find(Outbox::idOf("a", 7)));
}

TEST_P(OutboxRows, AddressAndTextAreSealed) {
  write(sample("a"));
  // Nothing of it in any column in the clear.
  for (const auto& row : store->query(store::statement("SELECT address, content, title FROM notices"))) {
    EXPECT_THAT(row.bytes(0), Not(HasSubstr("example.org")));
    EXPECT_THAT(row.bytes(1), Not(HasSubstr("王小明")));
    EXPECT_THAT(row.text(2), Not(HasSubstr("王小明")));
  }
  const auto opened = outbox.open(Outbox::idOf("a", 7));
  ASSERT_TRUE(opened) << describe(opened.error());
  EXPECT_EQ(opened->address, "someone@example.org");
  EXPECT_EQ(opened->content, sample("a").content);
  // A sealed value that was moved to another notice does not open.
  write(sample("b"));
  store::Batch batch;
  batch.statements.push_back(store::statement(
      "UPDATE notices SET content = (SELECT content FROM notices WHERE id = $1) WHERE id = $2",
      Outbox::idOf("a", 7), Outbox::idOf("b", 7)));
  store->commit(batch);
  EXPECT_FALSE(outbox.open(Outbox::idOf("b", 7)));
}

TEST_P(OutboxRows, AreClaimedByChannelUntilTheHoldEnds) {
  write(sample("a"));
  write(sample("b", Channel::text_message, "13800000000"));
  const Instant now = clock.now();
  EXPECT_THAT(outbox.claim(Channel::webhook, now, now + 1min, 10), IsEmpty());
  EXPECT_THAT(outbox.claim(Channel::mail, now - 1ms, now + 1min, 10), IsEmpty());
  EXPECT_THAT(outbox.claim(Channel::mail, now, now + 1min, 10), SizeIs(1));
  EXPECT_THAT(outbox.claim(Channel::mail, now + 59s, now + 2min, 10), IsEmpty());
  EXPECT_THAT(outbox.claim(Channel::mail, now + 1min, now + 2min, 10), SizeIs(1));
}

TEST_P(OutboxRows, AFailureIsWrittenOnlyByTheHolder) {
  write(sample("a"));
  const Instant now = clock.now();
  const auto first = outbox.claim(Channel::mail, now, now + 1min, 10);
  const auto second = outbox.claim(Channel::mail, now + 1min, now + 2min, 10);
  ASSERT_THAT(second, SizeIs(1));
  Mark late{first[0].notice.id, first[0].holder, State::dead, 1, "late", {}, now};
  outbox.mark({&late, 1});
  EXPECT_EQ(summaryOf("a").state, State::waiting);
  // That it was sent is true whoever says it.
  late.state = State::sent;
  outbox.mark({&late, 1});
  EXPECT_EQ(summaryOf("a").state, State::sent);
  const Mark other{second[0].notice.id, second[0].holder, State::failed, 2, "down", {}, now + 3min};
  outbox.mark({&other, 1});
  EXPECT_EQ(summaryOf("a").state, State::sent);
  EXPECT_EQ(summaryOf("a").sent_at, now);
}

TEST_P(OutboxRows, OfSeveralNodesNeverGetTheSameNotice) {
  constexpr int count = 300;
  for (int i = 0; i < count; ++i) write(sample(std::to_string(i)));
  std::mutex mutex;
  std::multiset<std::string> ids;
  const auto work = [&](const std::string& node) {
    const auto mine = openStore(place.address());
    Outbox box(*mine, vault, node);
    for (;;) {
      const auto claimed = box.claim(Channel::mail, clock.now(), clock.now() + 1h, 7);
      const std::lock_guard lock(mutex);
      if (claimed.empty()) {
        if (ids.size() >= count) return;
        continue;  // another node was faster
      }
      for (const Claimed& each : claimed) ids.insert(each.notice.id);
    }
  };
  std::thread one(work, "one");
  std::thread two(work, "two");
  one.join();
  two.join();
  EXPECT_THAT(ids, SizeIs(count));
  EXPECT_THAT(std::set<std::string>(ids.begin(), ids.end()), SizeIs(count));
}

TEST_P(OutboxRows, AnOfficerDecidesAboutDeadLetters) {
  write(sample("a"));
  const std::string id = Outbox::idOf("a", 7);
  Instant now = clock.now();
  const auto claim = [&] { return outbox.claim(Channel::mail, now, now + 1min, 10); };
  const auto refused = [this](const Result<store::Statement>& decision) {
    return !decision ? decision.error().code : decided(decision) ? "" : "undone";
  };
  EXPECT_EQ(refused(outbox.retry("nothing", "account:1", now)), "notice.unknown");
  const auto first = claim();
  EXPECT_EQ(refused(outbox.giveUp(id, "account:1", now)), "notice.not-now");  // it is being sent
  const Mark dead{id, first[0].holder, State::dead, 12, "SMTP 550", {}, now};
  outbox.mark({&dead, 1});
  EXPECT_EQ(summaryOf("a").error, "SMTP 550");
  now += 1h;
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_EQ(outbox.count(State::dead, 100), 1);

  EXPECT_EQ(refused(outbox.giveUp(id, "account:1", now)), "");
  EXPECT_EQ(summaryOf("a").state, State::given_up);
  EXPECT_EQ(summaryOf("a").decided_by, "account:1");
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_EQ(refused(outbox.retry(id, "account:2", now)), "");
  EXPECT_EQ(summaryOf("a").state, State::waiting);
  EXPECT_EQ(summaryOf("a").decided_by, "account:2");
  const auto second = claim();
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(second[0].notice.attempt, 1);
  EXPECT_EQ(refused(outbox.retry(id, "account:1", now)), "notice.not-now");  // it is being sent
  const Mark sent{id, second[0].holder, State::sent, 1, {}, {}, now};
  outbox.mark({&sent, 1});
  EXPECT_EQ(refused(outbox.retry(id, "account:1", now)), "notice.not-now");
  EXPECT_EQ(refused(outbox.giveUp(id, "account:1", now)), "notice.not-now");
}

TEST_P(OutboxRows, ListsAreNewestFirstInPages) {
  for (int i = 0; i < 5; ++i) {
    write(sample(std::to_string(i)));
    if (i != 2) clock.advance(1s);  // 2 and 3 at the same instant
  }
  std::vector<std::string> all = listed({.state = State::waiting});
  EXPECT_THAT(all, SizeIs(5));
  EXPECT_EQ(all.front(), "account:4");
  EXPECT_EQ(all.back(), "account:0");
  std::vector<std::string> paged;
  store::PageRequest page{2, {}};
  do {
    const auto rows = outbox.list({.state = State::waiting, .scope = everything}, page);
    for (const NoticeSummary& row : rows.rows) paged.push_back(row.recipient);
    page.after = rows.next;
  } while (!page.after.empty());
  EXPECT_EQ(paged, all);
  EXPECT_THAT(listed({.state = State::dead}), IsEmpty());
  EXPECT_THAT(listed({.case_id = 7}), SizeIs(5));
  EXPECT_THAT(listed({.case_id = 8}), IsEmpty());
  EXPECT_THAT(listed({.recipient = "account:3"}), ElementsAre("account:3"));
  EXPECT_THROW(outbox.list({}, {}), std::invalid_argument);
  EXPECT_THROW(outbox.list({.state = State::sent}, {50, "1 OR 1=1"}), std::invalid_argument);
}

TEST_P(OutboxRows, ListsHaveOnlyWhatTheScopeAllows) {
  const auto add = [&](const std::string& key, const std::string& unit, const std::string& area) {
    NewNotice notice = sample(key);
    notice.unit = unit;
    notice.area = area;
    write(notice);
    clock.advance(1s);
  };
  add("1", "u1", "a1");
  add("2", "u2", "a1");
  add("3", "u1", "a2");
  add("4", "u3", "a3");
  const auto seen = [&](std::vector<identity::Alternative> any) {
    return listed({.state = State::waiting, .scope = {std::move(any)}});
  };
  EXPECT_THAT(outbox.list({.state = State::waiting}, {}).rows,
              IsEmpty());  // who forgets the scope sees nothing
  EXPECT_THAT(seen({{}}), SizeIs(4));
  EXPECT_THAT(seen({{.units = {"u1"}}}), ElementsAre("account:3", "account:1"));
  EXPECT_THAT(seen({{.units = {"u1", "u2", "u9"}, .areas = {"a1"}}}), ElementsAre("account:2", "account:1"));
  EXPECT_THAT(seen({{.units = {"u3"}}, {.areas = {"a2"}}}), ElementsAre("account:4", "account:3"));
  EXPECT_THAT(seen({{.packs = {"another"}}}), IsEmpty());
  NewNotice own = sample("5");
  own.party = "somebody";
  write(own);
  EXPECT_THAT(seen({{.parties = {"somebody"}}}), ElementsAre("account:5"));
  EXPECT_THAT(listed({.party = "somebody"}), ElementsAre("account:5"));
  EXPECT_THAT(seen({{.units = {"u1') OR 1=1 --"}}}), IsEmpty());
}

TEST_P(OutboxRows, WhatAPersonGotCanBeErased) {
  write(sample("a"));
  write(sample("b"));
  const std::string direct = outbox.recipientOf(Channel::mail, "x@example.org");
  NewNotice unnamed = sample("c", Channel::mail, "x@example.org");
  unnamed.recipient.clear();
  write(unnamed);
  EXPECT_THAT(listed({.recipient = direct}), SizeIs(1));
  const auto sending = outbox.claim(Channel::mail, clock.now(), clock.now() + 1min, 10);
  ASSERT_THAT(sending, SizeIs(3));
  outbox.erase("account:a", "account:1");
  outbox.erase(direct, "account:1");
  for (const std::string key : {"a", "c"}) {
    const auto opened = outbox.open(Outbox::idOf(key, 7));
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->address, "");
    EXPECT_EQ(opened->content, Content{});
    EXPECT_EQ(opened->summary.title, "");
    EXPECT_EQ(opened->summary.state, State::given_up);
    EXPECT_FALSE(outbox.retry(Outbox::idOf(key, 7), "account:1", clock.now()));
  }
  EXPECT_EQ(outbox.open(Outbox::idOf("b", 7))->content, sample("b").content);
}

TEST_P(OutboxRows, EveryListAndClaimUsesAnIndex) {
  for (const char* sql :
       {"SELECT id FROM notices WHERE channel = 1 AND wake <= 5 ORDER BY wake, id LIMIT 3",
        "SELECT id FROM notices WHERE state = 3 AND (created, id) < (5, 'x') ORDER BY created DESC, id DESC "
        "LIMIT 3",
        "SELECT id FROM notices WHERE case_id <> 0 AND case_id = 7 ORDER BY created DESC, id DESC LIMIT 3",
        "SELECT id FROM notices WHERE party <> '' AND party = 'x' ORDER BY created DESC, id DESC LIMIT 3",
        "SELECT id FROM notices WHERE recipient = 'x' ORDER BY created DESC, id DESC LIMIT 3"}) {
    // PostgreSQL reads a table of no rows whole, whatever indexes there are.
    if (GetParam() == testing_support::StoreKind::postgres) continue;
    std::string plan;
    for (const std::string& line : store->explain({sql})) plan += line + "\n";
    EXPECT_THAT(plan, HasSubstr("USING")) << sql;
    EXPECT_THAT(plan, HasSubstr("INDEX")) << sql;
    EXPECT_THAT(plan, Not(HasSubstr("SCAN"))) << sql;
    EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << sql;
  }
}

}  // namespace
}  // namespace jinyue::notify
