// Fills the data folder of bench/edge.sh with cases, through the engine and without HTTP, so that the edge
// can be measured beside a million of them: each is started and completed, but for one in fifty.
//
//   bench_edge_fill DATA_FOLDER CASES
//
// The pack of bench/edge must be deployed there, and no server may be running.
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>

#include <fmt/format.h>

#include "cli/city.h"

namespace jinyue::bench {
namespace {

constexpr std::array<const char*, 12> places{"人民路", "中山路",   "西安路", "黄河路", "五四路",   "长江路",
                                             "东北路", "高尔基路", "数码路", "金马路", "旅顺南路", "鲁迅路"};
constexpr std::array<const char*, 16> matters{"路灯不亮", "停水",         "供暖温度不足", "噪音扰民",
                                              "垃圾清运", "物业收费",     "违章停车",     "消费纠纷",
                                              "社保转移", "井盖缺失",     "树木修剪",     "房屋漏水",
                                              "电梯故障", "公交线路调整", "油烟污染",     "老旧小区改造"};
constexpr int together = 800;  // cases under way at a time

class Filling {
 public:
  Filling(cli::City& city, std::int64_t definition, std::uint64_t cases)
      : city_(city), definition_(definition), cases_(cases), begun_(static_cast<std::uint64_t>(together)) {}

  void run() {
    task_ = learnTask();
    for (int i = 0; i < together && static_cast<std::uint64_t>(i) < cases_; ++i)
      begin(static_cast<std::uint64_t>(i));
    std::unique_lock lock(mutex_);
    all_done_.wait(lock, [this] { return finished_ >= cases_; });
  }

 private:
  casework::Request startRequest(std::uint64_t number) const {
    casework::Request request;
    bpmn::Start start;
    start.process = "order";
    start.variables.set("title",
                        feel::Value(fmt::format("{}{}号{}（示例）", places[number % places.size()],
                                                number / 7 % 400 + 1, matters[number / 3 % matters.size()])));
    request.definition = definition_;
    request.command = std::move(start);
    request.actor = {"account:1", "edge-unit", {"handler"}};
    return request;
  }

  casework::Request completion(store::CaseId id) const {
    casework::Request request;
    request.case_id = id;
    feel::Context result;
    result.set("result", feel::Value(std::string{"已修复"}));
    request.command = bpmn::Complete{task_, std::move(result)};
    request.actor = {"account:2", "edge-unit", {"handler"}};
    return request;
  }

  bpmn::ElementNumber learnTask() {
    const auto started = city_.engine().run(startRequest(0));
    if (!started) throw std::runtime_error(describe(started.error()));
    store::TaskFilter filter;
    filter.case_id = started->case_id;
    return city_.store().listTasks(filter, {}).rows.at(0).id.number;
  }

  void begin(std::uint64_t number) {
    city_.engine().submit(startRequest(number), [this, number](const Result<casework::Reply>& reply) {
      if (number % 50 == 0) return finish(reply);
      stopUnless(reply);
      city_.engine().submit(completion(reply->case_id),
                            [this](const Result<casework::Reply>& end) { finish(end); });
    });
  }

  void finish(const Result<casework::Reply>& reply) {
    stopUnless(reply);
    {
      const std::lock_guard lock(mutex_);
      if (++finished_ % 100'000 == 0)
        std::fprintf(stderr, "%llu cases\n", static_cast<unsigned long long>(finished_));
      if (finished_ >= cases_) all_done_.notify_all();
    }
    const std::uint64_t number = begun_.fetch_add(1);
    if (number < cases_) begin(number);
  }

  static void stopUnless(const Result<casework::Reply>& reply) {
    if (reply) return;
    std::fprintf(stderr, "%s\n", describe(reply.error()).c_str());
    std::abort();
  }

  cli::City& city_;
  std::int64_t definition_;
  std::uint64_t cases_;
  bpmn::ElementNumber task_ = 0;
  std::atomic<std::uint64_t> begun_;
  std::mutex mutex_;
  std::condition_variable all_done_;
  std::uint64_t finished_ = 0;
};

int run(const std::string& data, std::uint64_t cases) {
  cli::CityOptions options;
  options.data = data;
  options.calendar = JINYUE_SOURCE_DIR "/packs/china/calendar.json";
  const auto city = cli::City::open(options);
  if (!city) throw std::runtime_error(describe(city.error()));
  const auto definition = (*city)->definitions().latest("edge");
  if (!definition) throw std::runtime_error(describe(definition.error()));
  const auto begin = std::chrono::steady_clock::now();
  Filling(**city, (*definition)->id, cases).run();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  fmt::print("{} cases written in {:.0f} s, {:.0f} a second\n", cases, seconds,
             static_cast<double>(cases) / seconds);
  (*city)->engine().stop();
  return 0;
}

}  // namespace
}  // namespace jinyue::bench

int main(int argc, char** argv) {
  if (argc != 3 || std::atoll(argv[2]) < 1) {
    std::fprintf(stderr, "usage: bench_edge_fill DATA_FOLDER CASES\n");
    return 2;
  }
  try {
    return jinyue::bench::run(argv[1], std::strtoull(argv[2], nullptr, 10));
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "%s\n", fault.what());
    return 1;
  }
}
