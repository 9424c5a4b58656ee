// The notices in the store: written in the transaction of what they tell about, claimed by the nodes that
// send them, kept with what came of them.
#pragma once

#include <atomic>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "identity/scope.h"
#include "ledger/vault.h"
#include "notify/notice.h"
#include "store/store.h"

namespace jinyue::notify {

/// A notice to be sent.
struct NewNotice {
  /// The same key twice is one notice: "job:17:4/person:ab12…/mail".
  std::string key;
  Channel channel = Channel::live;
  std::string
      recipient;        ///< whom it is for: "account:17", "firm:<USCC>"; empty when only an address is known
  std::string address;  ///< empty: to be found by the recipient when it is sent
  Language language = Language::zh;
  Content content;
  std::string title;   ///< what lists show; without personal data
  std::string notice;  ///< which notice of the pack
  store::CaseId case_id = 0;
  std::string pack;
  std::string unit;
  std::string area;
  std::string party;  ///< whose matter it is: "person:<Vault::lookup>", "firm:<USCC>"
  Instant at;
};

/// A notice that this node holds: nobody else sends it until the hold ends.
struct Claimed {
  Notice notice;
  std::string recipient;
  std::string holder;
  std::string unreadable;  ///< why its content can't be opened; empty when it can
};

/// What came of an attempt, to be written.
struct Mark {
  std::string id;
  std::string holder;
  State state = State::sent;  ///< sent, failed or dead
  int attempts = 1;
  std::string error;
  std::optional<std::string> address = {};  ///< when it was found only now
  Instant at;                               ///< when it was sent, or when it is tried again
};

/// What lists show. No personal data.
struct NoticeSummary {
  std::string id;
  Channel channel = Channel::live;
  State state = State::waiting;
  Instant created;
  std::optional<Instant> next_attempt;
  int attempts = 0;
  std::string error;
  std::optional<Instant> sent_at;
  store::CaseId case_id = 0;
  std::string pack;
  std::string unit;
  std::string area;
  std::string notice;
  std::string recipient;
  Language language = Language::zh;
  std::string title;
  std::string decided_by;  ///< the officer who had it tried again or gave it up
  std::string party;       ///< for questions of scope; not shown
  bool operator==(const NoticeSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(NoticeSummary, (),
                      (id, channel, state, created, next_attempt, attempts, error, sent_at, case_id, pack,
                       unit, area, notice, recipient, language, title, decided_by))

/// What of it only those may see who may see personal data. Empty after it was erased.
struct OpenedNotice {
  NoticeSummary summary;
  std::string address;
  Content content;
};
BOOST_DESCRIBE_STRUCT(OpenedNotice, (), (summary, address, content))

/// Newest first; exactly one of state, case_id, recipient and party. Only rows in the scope: without one
/// there are none.
struct NoticeFilter {
  std::optional<State> state = {};
  std::optional<store::CaseId> case_id = {};
  std::optional<std::string> recipient = {};
  std::optional<std::string> party = {};
  identity::RowScope scope = {};
};

/// May be used from many threads at once.
class Outbox {
 public:
  /// node: names this process, different from start to start and from node to node.
  Outbox(store::Store& store, const ledger::Vault& vault, std::string node);

  /// The id that a key leads to. It begins with the case, so that what is new lies together in the table.
  static std::string idOf(std::string_view key, store::CaseId case_id);
  /// What stands for a recipient of whom only an address is known; finds the notices to it.
  std::string recipientOf(Channel channel, std::string_view address) const;

  /// Adds a notice to a unit of work: it is there when the work is, or not at all.
  void put(store::Batch& batch, const NewNotice& notice) const;
  /// Writes notices alone.
  void write(std::span<const NewNotice> notices);

  /// Notices of a channel that are due and that nobody holds, now held until `until`; the longest due first.
  std::vector<Claimed> claim(Channel channel, Instant now, Instant until, int limit);
  /// A failure is written only by who still holds the notice; that it was sent, by anyone.
  void mark(std::span<const Mark> marks);

  store::Page<NoticeSummary> list(const NoticeFilter& filter, const store::PageRequest& page);
  Result<NoticeSummary> find(const std::string& id);
  Result<OpenedNotice> open(const std::string& id);

  /// Has a notice tried again that is dead, given up, or waits for its next attempt. Refuses one that was
  /// sent or is being sent. What it gives is for the batch that notes who decided so; it undoes the batch
  /// when the notice is another way by then.
  Result<store::Statement> retry(const std::string& id, const std::string& by, Instant now);
  /// The same to have a notice not tried any more.
  Result<store::Statement> giveUp(const std::string& id, const std::string& by, Instant now);

  /// Erases addresses, contents and titles of all notices to a recipient; what was not sent is given up.
  void erase(const std::string& recipient, const std::string& by);
  /// How many notices of a state there are, up to a limit: for an officer's counter and for metrics.
  std::int64_t count(State state, int limit);

 private:
  Result<store::Statement> decide(std::string_view may, store::Statement change, const std::string& id);

  store::Store& store_;
  const ledger::Vault& vault_;
  std::string node_;
  std::atomic<std::uint64_t> claims_{0};
};

}  // namespace jinyue::notify
