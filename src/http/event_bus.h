// Live updates: events under topics, numbered, kept for a while, so that a client that lost its connection
// gets what it missed. A reader holds a place in the stream, not a queue: a slow one costs no memory.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::http {

struct EventBusLimits {
  std::size_t events_per_topic = 256;
  std::size_t topics = 20'000;          ///< above it the longest unused topics are forgotten
  std::size_t bytes = 64u << 20;        ///< of all kept events together
  std::size_t event_bytes = 64u << 10;  ///< a longer one is refused (std::length_error)
  std::size_t topics_per_reader = 64;
};

/// Thread-safe. Event numbers run over all topics, so that one Last-Event-ID is enough for many of them.
class EventBus : public std::enable_shared_from_this<EventBus> {
 public:
  /// A kept event, as it goes over the wire.
  struct Event {
    std::uint64_t number;
    std::string wire;
  };
  using EventPtr = std::shared_ptr<const Event>;

  /// A reader's place in its topics. Ends with its destruction. Used by one thread at a time.
  class Reader {
   public:
    struct Batch {
      std::vector<EventPtr> events;
      /// The reader was so slow that events are gone: drop it, the client will come again.
      bool lagged = false;
    };
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// The next events in order, at most about max_bytes of them (at least one when there is one).
    Batch take(std::size_t max_bytes);
    /// Whether the events after the client's Last-Event-ID are gone: it must read its lists afresh.
    bool hasGap() const { return gap_; }
    /// The id of the place from which this reader reads on.
    std::string place() const;

   private:
    friend class EventBus;
    Reader(std::shared_ptr<EventBus> bus, std::vector<std::string> topics, std::function<void()> wake);
    std::shared_ptr<EventBus> bus_;
    std::vector<std::string> topics_;
    std::function<void()> wake_;
    std::uint64_t after_ = 0;
    bool gap_ = false;
    bool woken_ = false;
  };

  /// epoch: differs from start to start and from node to node (letters and digits), since numbers begin anew.
  EventBus(std::string epoch, EventBusLimits limits = {});

  /// One event under one or several topics; a reader of two of them gets it once. Returns its id.
  std::string publish(std::span<const std::string> topics, std::string_view type, std::string_view data);
  std::string publish(const std::string& topic, std::string_view type, std::string_view data);

  /// wake is called from publishing threads, once until the next take; it must be quick and must not call the
  /// bus. last_event_id as the client sent it, empty for "from now on".
  std::unique_ptr<Reader> read(std::vector<std::string> topics, std::string_view last_event_id,
                               std::function<void()> wake);

  struct Size {
    std::size_t topics = 0, events = 0, bytes = 0, readers = 0;
  };
  Size size() const;

 private:
  struct Topic {
    std::deque<EventPtr> events;
    std::uint64_t forgotten = 0;  ///< the highest number that is no longer kept
    std::uint64_t last = 0;
    std::size_t bytes = 0;
    std::vector<Reader*> readers;
  };

  Topic& topicOf(const std::string& name);
  void dropFront(Topic& topic);
  void keepWithinLimits();
  std::string idOf(std::uint64_t number) const;
  std::optional<std::uint64_t> numberIn(std::string_view id) const;
  void leave(Reader& reader);
  Reader::Batch take(Reader& reader, std::size_t max_bytes);

  const std::string epoch_;
  const EventBusLimits limits_;
  mutable std::mutex mutex_;
  std::map<std::string, Topic, std::less<>> topics_;
  std::uint64_t last_number_ = 0;
  std::uint64_t forgotten_ = 0;  ///< of topics that are no longer kept
  std::size_t bytes_ = 0;
  std::size_t events_ = 0;
  std::size_t readers_ = 0;
};

}  // namespace jinyue::http
