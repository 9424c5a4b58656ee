// Sending: every recipient gets a notice of its own fate, whatever happens to the others.
#include "notify/dispatcher.h"

#include <atomic>
#include <map>
#include <thread>

#include <gmock/gmock.h>

#include "notify/outbox_fixture.h"

namespace jinyue::notify {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

class Sending : public OutboxTest {
 protected:
  /// A node that sends mail with this adapter.
  std::unique_ptr<Dispatcher> node(Send send, AddressBook addresses = noAddresses) {
    return std::make_unique<Dispatcher>(outbox, std::map<Channel, Send>{{Channel::mail, std::move(send)}},
                                        std::move(addresses), options());
  }
  DispatcherOptions options() {
    DispatcherOptions chosen;
    chosen.now = clock.fn();
    chosen.attempts = 12;
    return chosen;
  }
  static std::vector<Contact> noAddresses(std::string_view) { return {}; }
};
JINYUE_ON_STORES(Sending);

TEST_P(Sending, OfTwoRecipientsEachHasItsOwnState) {
  write(sample("good", Channel::mail, "good@example.org"));
  write(sample("bad", Channel::mail, "bad@example.org"));
  const auto dispatcher = node([](const Notice& notice) {
    return notice.address == "good@example.org" ? Sent::accepted() : Sent::failed("mailbox is full");
  });
  EXPECT_EQ(dispatcher->runDue(), 2u);
  EXPECT_EQ(summaryOf("good").state, State::sent);
  EXPECT_EQ(summaryOf("good").sent_at, clock.now());
  EXPECT_EQ(summaryOf("bad").state, State::failed);
  EXPECT_EQ(summaryOf("bad").error, "mailbox is full");
  EXPECT_EQ(summaryOf("bad").sent_at, std::nullopt);
  clock.advance(10s);
  EXPECT_EQ(dispatcher->runDue(), 1u);  // the one that failed, and it alone
}

TEST_P(Sending, WaitsTwiceAsLongEachTimeUpToAnHourThenTheLetterIsDead) {
  write(sample("a"));
  std::vector<std::int64_t> waits;
  int sends = 0;
  const auto dispatcher = node([&](const Notice& notice) -> Sent {
    EXPECT_EQ(notice.attempt, ++sends);
    throw std::runtime_error("no route");  // an exception is a failure
  });
  for (;;) {
    EXPECT_EQ(dispatcher->runDue(), 1u);
    const NoticeSummary summary = summaryOf("a");
    EXPECT_EQ(summary.error, "no route");
    if (summary.state != State::failed) break;
    const Millis wait = *summary.next_attempt - clock.now();
    waits.push_back(wait.count() / 1000);
    clock.advance(wait - 1ms);
    EXPECT_EQ(dispatcher->runDue(), 0u);
    clock.advance(1ms);
  }
  EXPECT_THAT(waits, ElementsAre(10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600));
  EXPECT_EQ(summaryOf("a").state, State::dead);
  EXPECT_EQ(summaryOf("a").attempts, 12);
  clock.advance(240h);
  EXPECT_EQ(dispatcher->runDue(), 0u);
  ASSERT_TRUE(decided(outbox.retry(Outbox::idOf("a", 7), "account:1", clock.now())));
  sends = 0;
  EXPECT_EQ(dispatcher->runDue(), 1u);
}

TEST_P(Sending, WhatIsRefusedForGoodIsDeadAtOnce) {
  write(sample("a"));
  const auto dispatcher = node([](const Notice&) { return Sent::refused("SMTP 550"); });
  dispatcher->runDue();
  EXPECT_EQ(summaryOf("a").state, State::dead);
  EXPECT_EQ(summaryOf("a").attempts, 1);
}

TEST_P(Sending, WaitsAsLongAsTheOtherSideAsks) {
  write(sample("a"));
  write(sample("b"));
  const auto dispatcher = node([](const Notice& notice) {
    return Sent::failed("busy", notice.id == Outbox::idOf("a", 7) ? Millis{120'000} : Millis{1});
  });
  dispatcher->runDue();
  EXPECT_EQ(*summaryOf("a").next_attempt, clock.now() + 2min);
  EXPECT_EQ(*summaryOf("b").next_attempt, clock.now() + 10s);  // but no less than by itself
}

TEST_P(Sending, AfterACrashBetweenSendingAndWritingItIsSentAgainUnderTheSameId) {
  write(sample("a"));
  std::vector<std::string> received;
  const auto receive = [&](const Notice& notice) {
    received.push_back(notice.id + "#" + std::to_string(notice.attempt));
    return Sent::accepted();
  };
  // The first node claims, sends, and is gone before it writes the result.
  {
    Outbox lost(*store, vault, "lost");
    for (const Claimed& claimed : lost.claim(Channel::mail, clock.now(), clock.now() + 90s, 10))
      receive(claimed.notice);
  }
  store.reset();
  store = openStore(place.address());
  Outbox reopened(*store, vault, "b");
  Dispatcher dispatcher(reopened, {{Channel::mail, receive}}, noAddresses, options());
  EXPECT_EQ(dispatcher.runDue(), 0u);
  clock.advance(90s);
  EXPECT_EQ(dispatcher.runDue(), 1u);
  clock.advance(24h);
  EXPECT_EQ(dispatcher.runDue(), 0u);
  EXPECT_THAT(received, ElementsAre(Outbox::idOf("a", 7) + "#1", Outbox::idOf("a", 7) + "#1"));
}

TEST_P(Sending, NoAttemptIsBegunThatCouldOutlastTheHold) {
  write(sample("1"));
  write(sample("2"));
  DispatcherOptions slow = options();
  slow.workers = 1;
  int sends = 0;
  Dispatcher dispatcher(outbox,
                        {{Channel::mail,
                          [&](const Notice&) {
                            ++sends;
                            clock.advance(61s);  // of a hold of 90 seconds, with 30 for a send
                            return Sent::accepted();
                          }}},
                        noAddresses, slow);
  dispatcher.runDue();
  EXPECT_EQ(sends, 1);
  clock.advance(30s);
  dispatcher.runDue();
  EXPECT_EQ(sends, 2);
}

TEST_P(Sending, AnAddressThatComesLaterIsFoundThen) {
  write(sample("a", Channel::mail, ""));
  std::vector<Contact> book;
  std::vector<std::string> sent_to;
  const auto dispatcher = node(
      [&](const Notice& notice) {
        sent_to.push_back(notice.address);
        return Sent::accepted();
      },
      [&](std::string_view recipient) {
        EXPECT_EQ(recipient, "account:a");
        return book;
      });
  dispatcher->runDue();
  EXPECT_EQ(summaryOf("a").state, State::failed);
  EXPECT_EQ(summaryOf("a").error, "notice.no-address");
  book.push_back({"account:a", {{Channel::mail, "late@example.org"}}, {}});
  clock.advance(10s);
  dispatcher->runDue();
  EXPECT_THAT(sent_to, ElementsAre("late@example.org"));
  EXPECT_EQ(outbox.open(Outbox::idOf("a", 7))->address, "late@example.org");  // where it went is kept
}

TEST_P(Sending, TwoNodesWithThreadsSendEachNoticeOnce) {
  constexpr int count = 200;
  std::mutex mutex;
  std::map<std::string, int> received;
  std::atomic<int> total = 0;
  const auto receive = [&](const Notice& notice) {
    const std::lock_guard lock(mutex);
    ++received[notice.id];
    ++total;
    return Sent::accepted();
  };
  DispatcherOptions fast = options();
  fast.at_once = 9;
  fast.poll = 5ms;
  const auto other_store = openStore(place.address());
  Outbox other(*other_store, vault, "other");
  Dispatcher one(outbox, {{Channel::mail, receive}}, noAddresses, fast);
  Dispatcher two(other, {{Channel::mail, receive}}, noAddresses, fast);
  one.start();
  two.start();
  for (int i = 0; i < count; ++i) {
    write(sample(std::to_string(i)));
    one.wake();
  }
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (total < count && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(5ms);
  one.stop();
  two.stop();
  EXPECT_EQ(received.size(), static_cast<std::size_t>(count));
  for (const auto& [id, times] : received) EXPECT_EQ(times, 1) << id;
  EXPECT_EQ(outbox.count(State::sent, 1000), count);
}

TEST_P(Sending, ASlowChannelKeepsNoOtherWaiting) {
  write(sample("slow", Channel::mail));
  write(sample("quick", Channel::text_message, "13800000000"));
  std::atomic<bool> release = false;
  std::atomic<bool> quick_sent = false;
  std::atomic<bool> slow_begun = false;
  const auto slow = [&](const Notice&) {
    slow_begun = true;
    while (!release) std::this_thread::sleep_for(1ms);
    return Sent::accepted();
  };
  const auto quick = [&](const Notice&) {
    quick_sent = true;
    return Sent::accepted();
  };
  Dispatcher dispatcher(outbox, {{Channel::mail, slow}, {Channel::text_message, quick}}, noAddresses,
                        options());
  dispatcher.start();
  const auto end = std::chrono::steady_clock::now() + 30s;
  while ((!quick_sent || !slow_begun) && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(1ms);
  EXPECT_TRUE(quick_sent);
  EXPECT_TRUE(slow_begun);
  release = true;
  dispatcher.stop();
  EXPECT_EQ(summaryOf("slow").state, State::sent);
}

}  // namespace
}  // namespace jinyue::notify
