#include "http/event_bus.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace jinyue::http {
namespace {

/// A line of an event ends at its first line break, whatever the break is.
void appendData(std::string& wire, std::string_view data) {
  do {
    const auto end = std::min(data.find_first_of("\r\n"), data.size());
    wire += "data: ";
    wire += data.substr(0, end);
    wire += '\n';
    data.remove_prefix(end);
    if (data.starts_with("\r\n")) data.remove_prefix(2);
    else if (!data.empty()) data.remove_prefix(1);
  } while (!data.empty());
}

}  // namespace

EventBus::EventBus(std::string epoch, EventBusLimits limits) : epoch_(std::move(epoch)), limits_(limits) {}

std::string EventBus::idOf(std::uint64_t number) const { return epoch_ + '-' + std::to_string(number); }

std::optional<std::uint64_t> EventBus::numberIn(std::string_view id) const {
  if (id.size() <= epoch_.size() + 1 || !id.starts_with(epoch_) || id[epoch_.size()] != '-')
    return std::nullopt;
  id.remove_prefix(epoch_.size() + 1);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error != std::errc{} || end != id.data() + id.size()) return std::nullopt;
  return number;
}

EventBus::Topic& EventBus::topicOf(const std::string& name) {
  const auto [found, is_new] = topics_.try_emplace(name);
  if (is_new) found->second.forgotten = forgotten_;  // it may have been here before
  return found->second;
}

void EventBus::dropFront(Topic& topic) {
  const EventPtr& event = topic.events.front();
  topic.forgotten = event->number;
  topic.bytes -= event->wire.size();
  bytes_ -= event->wire.size();
  --events_;
  topic.events.pop_front();
}

void EventBus::keepWithinLimits() {
  if (topics_.size() <= limits_.topics && bytes_ <= limits_.bytes) return;
  // The longest unused eighth goes at once, so that this walk is rare.
  std::vector<std::pair<std::uint64_t, std::string_view>> by_age;
  by_age.reserve(topics_.size());
  for (const auto& [name, topic] : topics_) by_age.emplace_back(topic.last, name);
  std::ranges::sort(by_age);
  const std::size_t fewer = limits_.topics - limits_.topics / 8;
  const std::size_t smaller = limits_.bytes - limits_.bytes / 8;
  for (const auto& [last, name] : by_age) {
    if (topics_.size() <= fewer && bytes_ <= smaller) break;
    const auto found = topics_.find(name);
    Topic& topic = found->second;
    while (!topic.events.empty()) dropFront(topic);
    if (topic.readers.empty()) {
      forgotten_ = std::max(forgotten_, topic.forgotten);
      topics_.erase(found);
    }
  }
}

std::string EventBus::publish(std::span<const std::string> topics, std::string_view type,
                              std::string_view data) {
  if (type.find_first_of("\r\n") != std::string_view::npos)
    throw std::invalid_argument("an event type of two lines");
  if (data.size() > limits_.event_bytes) throw std::length_error("an event is longer than the bus takes");
  const std::lock_guard lock(mutex_);
  const std::uint64_t number = ++last_number_;
  std::string id = idOf(number);
  std::string wire = "id: " + id + '\n';
  if (!type.empty()) {
    wire += "event: ";
    wire += type;
    wire += '\n';
  }
  appendData(wire, data);
  wire += '\n';
  const auto event = std::make_shared<const Event>(Event{number, std::move(wire)});
  for (const std::string& name : topics) {
    Topic& topic = topicOf(name);
    if (topic.last == number) continue;  // named twice
    topic.last = number;
    topic.events.push_back(event);
    topic.bytes += event->wire.size();
    bytes_ += event->wire.size();
    ++events_;
    if (topic.events.size() > limits_.events_per_topic) dropFront(topic);
    for (Reader* reader : topic.readers) {
      if (!std::exchange(reader->woken_, true) && reader->wake_) reader->wake_();
    }
  }
  keepWithinLimits();
  return id;
}

std::string EventBus::publish(const std::string& topic, std::string_view type, std::string_view data) {
  return publish(std::span{&topic, 1}, type, data);
}

EventBus::Reader::Reader(std::shared_ptr<EventBus> bus, std::vector<std::string> topics,
                         std::function<void()> wake)
    : bus_(std::move(bus)), topics_(std::move(topics)), wake_(std::move(wake)) {}

EventBus::Reader::~Reader() { bus_->leave(*this); }

EventBus::Reader::Batch EventBus::Reader::take(std::size_t max_bytes) { return bus_->take(*this, max_bytes); }

std::string EventBus::Reader::place() const { return bus_->idOf(after_); }

std::unique_ptr<EventBus::Reader> EventBus::read(std::vector<std::string> topics,
                                                 std::string_view last_event_id, std::function<void()> wake) {
  std::ranges::sort(topics);
  topics.erase(std::ranges::unique(topics).begin(), topics.end());
  if (topics.size() > limits_.topics_per_reader) throw std::length_error("a reader of too many topics");
  auto reader = std::unique_ptr<Reader>(new Reader(shared_from_this(), std::move(topics), std::move(wake)));
  const std::lock_guard lock(mutex_);
  ++readers_;
  const auto last = numberIn(last_event_id);
  reader->after_ = last_number_;
  if (last && *last <= last_number_) reader->after_ = *last;
  else reader->gap_ = !last_event_id.empty();
  for (const std::string& name : reader->topics_) {
    Topic& topic = topicOf(name);
    topic.readers.push_back(reader.get());
    if (reader->after_ < topic.forgotten) reader->gap_ = true;
  }
  if (reader->gap_) reader->after_ = last_number_;
  keepWithinLimits();
  return reader;
}

void EventBus::leave(Reader& reader) {
  const std::lock_guard lock(mutex_);
  --readers_;
  for (const std::string& name : reader.topics_) {
    const auto found = topics_.find(name);
    if (found == topics_.end()) continue;
    std::erase(found->second.readers, &reader);
    if (found->second.readers.empty() && found->second.last == 0 && found->second.forgotten == forgotten_) {
      topics_.erase(found);  // nothing was ever said under it
    }
  }
}

EventBus::Reader::Batch EventBus::take(Reader& reader, std::size_t max_bytes) {
  Reader::Batch batch;
  const std::lock_guard lock(mutex_);
  reader.woken_ = false;
  for (const std::string& name : reader.topics_) {
    const Topic& topic = topics_.find(name)->second;
    if (topic.forgotten > reader.after_) {
      batch.lagged = true;
      return batch;
    }
    const auto first = std::ranges::upper_bound(topic.events, reader.after_, {},
                                                [](const EventPtr& e) { return e->number; });
    batch.events.insert(batch.events.end(), first, topic.events.end());
  }
  const auto number = [](const EventPtr& event) { return event->number; };
  std::ranges::sort(batch.events, {}, number);
  batch.events.erase(std::ranges::unique(batch.events, {}, number).begin(), batch.events.end());
  std::size_t bytes = 0;
  std::size_t keep = 0;
  while (keep < batch.events.size() && (keep == 0 || bytes + batch.events[keep]->wire.size() <= max_bytes)) {
    bytes += batch.events[keep++]->wire.size();
  }
  if (keep < batch.events.size()) reader.woken_ = true;  // there is more: the reader comes again by itself
  batch.events.resize(keep);
  if (keep > 0) reader.after_ = batch.events.back()->number;
  return batch;
}

EventBus::Size EventBus::size() const {
  const std::lock_guard lock(mutex_);
  return {topics_.size(), events_, bytes_, readers_};
}

}  // namespace jinyue::http
