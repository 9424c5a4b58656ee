// An outbox over a fresh store of either kind, with a clock that the test moves.
#pragma once

#include <filesystem>

#include "notify/outbox.h"
#include "support/test_city.h"

namespace jinyue::notify {

inline std::unique_ptr<store::Store> openStore(const std::string& address) {
  static const auto signer =
      std::make_shared<const ledger::Signer>(ledger::Signer::generate(ledger::SignatureAlgorithm::ed25519));
  store::StoreOptions options;
  options.signer = signer;
  auto store = store::open(address, options);
  if (!store) throw std::runtime_error(describe(store.error()));
  return std::move(*store);
}

inline ledger::Vault testVault(const std::string& folder) {
  const std::string path = folder + "/vault.json";
  if (!std::filesystem::exists(path)) {
    if (const auto created = ledger::Vault::create(path); !created)
      throw std::runtime_error(describe(created.error()));
  }
  auto vault = ledger::Vault::load(path);
  if (!vault) throw std::runtime_error(describe(vault.error()));
  return std::move(*vault);
}

class OutboxTest : public testing::TestWithParam<testing_support::StoreKind> {
 protected:
  NewNotice sample(const std::string& key, Channel channel = Channel::mail,
                   const std::string& address = "someone@example.org") {
    NewNotice notice;
    notice.key = key;
    notice.channel = channel;
    notice.recipient = "account:" + key;
    notice.address = address;
    notice.content = {"办结通知", "王小明：请来领取。", R"({"name":"王小明"})"};
    notice.title = "办结通知";
    notice.notice = "licence-granted";
    notice.case_id = 7;
    notice.pack = "demonstration";
    notice.unit = "approval-bureau";
    notice.area = "210203";
    notice.at = clock.now();
    return notice;
  }
  void write(const NewNotice& notice) { outbox.write({&notice, 1}); }
  NoticeSummary summaryOf(const std::string& key) {
    auto found = outbox.find(Outbox::idOf(key, 7));
    if (!found) throw std::runtime_error(describe(found.error()));
    return *found;
  }
  std::vector<std::string> listed(NoticeFilter filter) {
    if (filter.scope.isNothing()) filter.scope = everything;
    std::vector<std::string> recipients;
    for (const NoticeSummary& row : outbox.list(filter, {}).rows) recipients.push_back(row.recipient);
    return recipients;
  }

  /// What an officer decided becomes true with the unit of work that it is put in.
  bool decided(const Result<store::Statement>& decision) {
    store::Batch batch;
    if (decision) batch.statements.push_back(*decision);
    return decision && store->commit(batch).done();
  }

  const identity::RowScope everything{{identity::Alternative{}}};
  testing_support::StorePlace place{GetParam()};
  testing_support::TestClock clock{"2026-11-26T01:00:00Z"};
  std::unique_ptr<store::Store> store = openStore(place.address());
  ledger::Vault vault = testVault(place.folder());
  Outbox outbox{*store, vault, "a"};
};

#define JINYUE_ON_STORES(Suite)                                                                           \
  INSTANTIATE_TEST_SUITE_P(                                                                               \
      , Suite, testing::Values(testing_support::StoreKind::sqlite, testing_support::StoreKind::postgres), \
      testing_support::nameOfStore)

}  // namespace jinyue::notify
