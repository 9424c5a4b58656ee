#include "api/live.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/json_write.h"

namespace jinyue::api {
namespace {

struct CaseEvent {
  std::int64_t id = 0;
  std::int64_t version = 0;
  store::CaseStatus status = store::CaseStatus::active;
  std::string process;
  std::string unit;
  std::string area;
};
BOOST_DESCRIBE_STRUCT(CaseEvent, (), (id, version, status, process, unit, area))

struct TaskEvent {
  std::int64_t case_id = 0;
  std::int32_t number = 0;
  bool open = true;
  std::string unit;
  std::string assignee;
};
BOOST_DESCRIBE_STRUCT(TaskEvent, (), (case_id, number, open, unit, assignee))

struct CounterEvent {
  std::string list;
  int change = 0;
};
BOOST_DESCRIBE_STRUCT(CounterEvent, (), (list, change))

constexpr std::string_view all_cases = "cases";
std::string topicOfUnitCases(std::string_view unit) { return fmt::format("cases/unit:{}", unit); }
std::string topicOfAreaCases(std::string_view area) { return fmt::format("cases/area:{}", area); }
std::string topicOfParty(std::string_view party) { return fmt::format("party:{}", party); }
std::string topicOfUnit(std::string_view unit) { return fmt::format("unit:{}", unit); }

/// Whose list an open task is in: its assignee's, or (claimed by nobody) its unit's.
std::string listOf(std::string_view unit, std::string_view assignee) {
  if (!assignee.empty()) return std::string{assignee};
  return unit.empty() ? std::string{} : topicOfUnit(unit);
}

class Publisher {
 public:
  explicit Publisher(std::shared_ptr<http::EventBus> bus) : bus_(std::move(bus)) {}

  void operator()(const casework::Committed& committed) const {
    for (const store::CaseWrite& write : committed.cases) publishCase(write.row);
    // A task that was changed twice in a unit of work was first where its first change found it.
    std::map<std::pair<store::CaseId, store::ElementNumber>, const casework::TaskBefore*> before;
    for (const casework::TaskBefore& each : committed.before)
      before.try_emplace({each.id.case_id, each.id.number}, &each);
    for (const store::TaskRow& task : committed.tasks) {
      const auto was = before.find({task.id.case_id, task.id.number});
      publishTask({task.id.case_id, task.id.number, true, task.unit, task.assignee},
                  was == before.end() ? std::string{} : listOf(was->second->unit, was->second->assignee),
                  listOf(task.unit, task.assignee));
      if (was != before.end()) before.erase(was);
    }
    for (const auto& [id, was] : before) {
      publishTask({id.first, id.second, false, was->unit, was->assignee}, listOf(was->unit, was->assignee),
                  {});
    }
  }

 private:
  void publishCase(const store::CaseRow& row) const {
    std::vector<std::string> topics{topicOfCase(row.id), std::string{all_cases}};
    if (!row.unit.empty()) topics.push_back(topicOfUnitCases(row.unit));
    if (!row.area.empty()) topics.push_back(topicOfAreaCases(row.area));
    if (!row.party.empty()) topics.push_back(topicOfParty(row.party));
    bus_->publish(topics, "case",
                  toJson(CaseEvent{row.id, row.version, row.status, row.process, row.unit, row.area}));
  }

  void publishTask(const TaskEvent& event, const std::string& from, const std::string& to) const {
    std::vector<std::string> topics{topicOfCase(event.case_id)};
    for (const std::string& list : {from, to}) {
      if (!list.empty() && std::ranges::find(topics, list) == topics.end()) topics.push_back(list);
    }
    bus_->publish(topics, "task", toJson(event));
    if (from == to) return;
    const auto count = [this](const std::string& list, int change) {
      if (!list.empty())
        bus_->publish(list, "counters",
                      toJson(CounterEvent{list.starts_with("unit:") ? "unit" : "mine", change}));
    };
    count(from, -1);
    count(to, 1);
  }

  std::shared_ptr<http::EventBus> bus_;
};

}  // namespace

std::string topicOfCase(store::CaseId id) { return fmt::format("case:{}", id); }

std::function<void(const casework::Committed&)> publishTo(std::shared_ptr<http::EventBus> bus) {
  return Publisher(std::move(bus));
}

std::vector<std::string> topicsOf(const identity::Caller& caller, const store::RowScope& cases) {
  std::vector<std::string> topics{caller.actor()};
  if (!caller.unit.empty() && caller.may(identity::Permission::task_work))
    topics.push_back(topicOfUnit(caller.unit));
  if (cases.all) topics.emplace_back(all_cases);
  for (const store::ScopeAlternative& each : cases.alternatives) {
    if (each.party) topics.push_back(topicOfParty(*each.party));
    if (each.party || !each.processes.empty() || !each.statuses.empty()) continue;
    if (each.areas.empty()) {
      for (const std::string& unit : each.units) topics.push_back(topicOfUnitCases(unit));
    } else if (each.units.empty()) {
      for (const std::string& area : each.areas) topics.push_back(topicOfAreaCases(area));
    }
  }
  return topics;
}

LiveSessions::LiveSessions(identity::Sessions& sessions, std::chrono::milliseconds every)
    : sessions_(sessions) {
  thread_ = std::thread([this, every] { loop(every); });
}

LiveSessions::~LiveSessions() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

std::function<bool()> LiveSessions::watch(identity::AccountId account, std::string session) {
  auto good = std::make_shared<std::atomic<bool>>(true);
  const std::lock_guard lock(mutex_);
  watched_.push_back({account, std::move(session), good});
  return [good] { return good->load(std::memory_order_relaxed); };
}

void LiveSessions::loop(std::chrono::milliseconds every) {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, every, [this] { return stopping_; })) {
    lock.unlock();
    try {
      look();
    } catch (const std::exception& fault) {  // the store is away: streams go on, the next look decides
      spdlog::warn("live sessions: {}", fault.what());
    }
    lock.lock();
  }
}

void LiveSessions::look() {
  std::vector<Watched> now;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(watched_, [](const Watched& each) { return each.good.expired(); });
    now.assign(watched_.begin(), watched_.end());
  }
  std::map<identity::AccountId, std::vector<identity::SessionInfo>> sessions;
  for (const Watched& each : now) {
    const auto [place, added] = sessions.try_emplace(each.account);
    if (added) place->second = sessions_.list(each.account);
    const bool is_there =
        std::ranges::find(place->second, each.session, &identity::SessionInfo::id) != place->second.end();
    if (const auto good = each.good.lock(); good && !is_there) good->store(false, std::memory_order_relaxed);
  }
}

}  // namespace jinyue::api
