// Live updates: what is published after each commit, under which topics, and how long a stream may go on.
#pragma once

#include <atomic>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "casework/engine.h"
#include "http/event_bus.h"
#include "identity/caller.h"
#include "identity/sessions.h"
#include "store/row_scope.h"

namespace jinyue::api {

/// For EngineOptions::committed. Events, as JSON:
///   case      {"id","version","status","process","unit","area"}: the case has changed
///   task      {"case_id","number","open","unit","assignee"}: an open task is new, has changed or is gone
///   counters  {"list","change"}: "mine" or "unit" has one more (1) or one less (-1)
/// No titles and no personal data: a client reads what it may see by itself.
std::function<void(const casework::Committed&)> publishTo(std::shared_ptr<http::EventBus> bus);

/// The topics of a caller: his own tasks, those of his unit, and the cases in the reach of case.read as far
/// as topics can say it (the whole city, units, areas, parties; not both a unit and an area at once).
std::vector<std::string> topicsOf(const identity::Caller& caller, const store::RowScope& cases);
std::string topicOfCase(store::CaseId id);

/// Which sessions with open streams are still good. Looked at every few seconds on a thread of its own, since
/// a stream may not ask the store.
class LiveSessions {
 public:
  explicit LiveSessions(identity::Sessions& sessions,
                        std::chrono::milliseconds every = std::chrono::seconds{5});
  LiveSessions(const LiveSessions&) = delete;
  LiveSessions& operator=(const LiveSessions&) = delete;
  ~LiveSessions();

  /// For EventStream::still_allowed: false soon after the session has ended.
  std::function<bool()> watch(identity::AccountId account, std::string session);

 private:
  struct Watched {
    identity::AccountId account;
    std::string session;
    std::weak_ptr<std::atomic<bool>> good;
  };
  void loop(std::chrono::milliseconds every);
  void look();

  identity::Sessions& sessions_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::list<Watched> watched_;
  std::thread thread_;
};

}  // namespace jinyue::api
