// Sends what is due. Each channel has a thread of its own, so that a slow mail server keeps no text message
// waiting; several nodes may work on one store. A notice is tried until it is sent, with growing waits, then
// it is dead and waits for an officer.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/time.h"
#include "notify/outbox.h"

namespace jinyue::notify {

/// A recipient's addresses, from the accounts and registers of the city.
struct Contact {
  std::string recipient;  ///< of a unit: one of its people
  std::map<Channel, std::string> addresses;
  std::optional<Language> language;
};
/// Who stands behind "account:17", "unit:…", "firm:…": nobody, one or several.
using AddressBook = std::function<std::vector<Contact>(std::string_view recipient)>;

struct DispatcherOptions {
  NowFn now = systemNow;
  Millis hold{90'000};              ///< how long claimed notices stay with this node
  Millis longest_send{30'000};      ///< no attempt is begun that may outlast the hold; adapters keep to it
  Millis poll{1'000};               ///< how often notices of other nodes are looked for
  Millis first_retry{10'000};       ///< doubles with each attempt …
  Millis longest_retry{3'600'000};  ///< … up to this
  int attempts = 12;                ///< then a notice is dead: after three hours and a half
  int at_once = 100;                ///< notices claimed in one round
  std::size_t workers = 8;          ///< attempts of one channel at a time
};

class Dispatcher {
 public:
  /// Channels without an adapter are left to other nodes.
  Dispatcher(Outbox& outbox, std::map<Channel, Send> adapters, AddressBook addresses,
             const DispatcherOptions& options);
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;
  ~Dispatcher();

  /// Tries everything that is due now; returns the number of attempts. For tests that drive time themselves.
  std::size_t runDue();

  void start();
  void stop();
  /// There is something new: the threads need not wait for their next look.
  void wake();

 private:
  std::size_t round(Channel channel, const Send& send);
  Mark attempt(Claimed& claimed, const Send& send) const;
  void loop(Channel channel, const Send& send);

  Outbox& outbox_;
  std::map<Channel, Send> adapters_;
  AddressBook addresses_;
  DispatcherOptions options_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stopping_ = false;
  std::uint64_t wakes_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace jinyue::notify
