// A hotline-like process driven to its end, in process and durable: how many cases a second, beside the raw
// limit (the very same rows written to an empty store with no engine), on an empty store and on one with many
// finished cases.
//
//   bench_lifecycle [--cases N] [--rounds N] [--fill N] [--clients N] [--clear] [--store ADDRESS_PREFIX]...
//
// Each figure is measured in this one run; ratios are printed, nothing is asserted.

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <mutex>
#include <random>

#include <CLI/CLI.hpp>
#include <sys/resource.h>
#include <unistd.h>

#include "bench/tee_store.h"
#include "casework/deploy.h"
#include "cli/city.h"

namespace jinyue::bench {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Memory of this process that is in RAM now.
double residentMegabytes() {
  std::ifstream in("/proc/self/statm");
  double total = 0;
  double resident = 0;
  in >> total >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

/// Processor time of this process, all threads.
double processorSeconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// Time-ordered unique keys, as UUIDv7 are.
std::string nextKey(std::atomic<std::uint64_t>& counter) {
  return fmt::format("{:016x}-{:08x}", counter.fetch_add(1), 0x9e3779b9U);
}

/// The task numbers of a case are the same in every case of one path; learned from the first.
struct Path {
  std::vector<bpmn::ElementNumber> tasks;
};

feel::Context callOf(std::uint64_t number) {
  feel::Context variables;
  variables.set("title", feel::Value(fmt::format("路灯不亮 第{}号", number)));
  variables.set("place", feel::Value(std::string{"中山区人民路街道（示例）"}));
  variables.set("phone", feel::Value(fmt::format("130{:08}", number % 100'000'000)));
  variables.set("satisfied", feel::Value(true));
  return variables;
}

casework::Request startRequest(std::int64_t definition, std::uint64_t number,
                               std::atomic<std::uint64_t>& keys) {
  casework::Request request;
  bpmn::Start start;
  start.process = "hotline";
  start.variables = callOf(number);
  request.definition = definition;
  request.command = std::move(start);
  request.actor = {"officer:1", "12345", {"agent", "dispatcher", "caller", "verifier"}};
  request.key = nextKey(keys);
  return request;
}

Path learn(cli::City& city, std::int64_t definition, std::atomic<std::uint64_t>& keys) {
  Path path;
  const auto started = city.engine().run(startRequest(definition, 0, keys));
  if (!started) throw std::runtime_error(describe(started.error()));
  for (;;) {
    store::TaskFilter filter;
    filter.case_id = started->case_id;
    const auto open = city.store().listTasks(filter, {});
    if (open.rows.empty()) return path;
    path.tasks.push_back(open.rows.front().id.number);
    casework::Request request;
    request.case_id = started->case_id;
    request.command = bpmn::Complete{path.tasks.back(), {}};
    request.actor = {fmt::format("officer:{}", path.tasks.size() + 1),
                     "12345",
                     {"agent", "dispatcher", "caller", "verifier"}};
    const auto reply = city.engine().run(std::move(request));
    if (!reply) throw std::runtime_error(describe(reply.error()));
  }
}

/// Drives `cases` cases to their end with `clients` of them open at a time, each sending its next command
/// when the last one is durable. Returns the seconds it took.
double drive(cli::City& city, std::int64_t definition, const Path& path, std::uint64_t cases, int clients,
             std::atomic<std::uint64_t>& keys) {
  std::atomic<std::uint64_t> started{0};
  std::uint64_t finished = 0;
  std::mutex mutex;
  std::condition_variable all_done;
  std::function<void(std::size_t, store::CaseId)> next;  // the step to send for a case

  const auto send = [&](casework::Request request, std::size_t step) {
    city.engine().submit(std::move(request), [&, step](Result<casework::Reply> reply) {
      if (!reply) {
        std::fprintf(stderr, "%s\n", describe(reply.error()).c_str());
        std::abort();
      }
      next(step, reply->case_id);
    });
  };
  next = [&](std::size_t step, store::CaseId id) {
    if (step < path.tasks.size()) {
      casework::Request request;
      request.case_id = id;
      request.command = bpmn::Complete{path.tasks[step], {}};
      request.actor = {
          fmt::format("officer:{}", step + 2), "12345", {"agent", "dispatcher", "caller", "verifier"}};
      request.key = nextKey(keys);
      return send(std::move(request), step + 1);
    }
    const std::uint64_t number = started.fetch_add(1);
    if (number < cases) send(startRequest(definition, number, keys), 0);
    // Last of all, for what is used above lives only until all are finished.
    const std::lock_guard lock(mutex);
    if (++finished == cases) all_done.notify_all();
  };

  const auto begin = Clock::now();
  started = static_cast<std::uint64_t>(clients);
  for (int i = 0; i < clients; ++i) send(startRequest(definition, static_cast<std::uint64_t>(i), keys), 0);
  std::unique_lock lock(mutex);
  all_done.wait(lock, [&] { return finished >= cases; });
  return secondsSince(begin);
}

/// One turn of engine and raw limit: cases a second, raw / engine in time, milliseconds of processor time a
/// case.
struct Round {
  double engine = 0;
  double raw = 0;
  double ratio = 0;
  double processor = 0;
};

double middle(const std::vector<Round>& rounds, double Round::* figure) {
  std::vector<double> sorted;
  for (const Round& round : rounds) sorted.push_back(round.*figure);
  std::ranges::sort(sorted);
  return sorted[sorted.size() / 2];
}

struct Options {
  std::uint64_t cases = 36'000;
  int rounds = 9;
  std::uint64_t fill = 0;
  int clients = 600;
  bool clear = false;
  std::vector<std::string> stores;
};

void run(const std::string& address, const std::string& empty_address, const Options& options) {
  const std::string data =
      fmt::format("{}/jinyue-bench-{}", std::filesystem::temp_directory_path().string(), getpid());
  std::filesystem::create_directories(data);
  cli::CityOptions city_options;
  city_options.data = data;
  city_options.store = address;
  city_options.calendar = JINYUE_SOURCE_DIR "/packs/china/calendar.json";
  city_options.sealed = !options.clear;
  auto tee = std::make_shared<Batches>();
  city_options.wrap_store = [tee](std::unique_ptr<store::Store> store) {
    return std::make_unique<TeeStore>(std::move(store), tee);
  };
  auto city = cli::City::open(city_options);
  if (!city) throw std::runtime_error(describe(city.error()));
  const auto deployment = cli::readDeployment(JINYUE_SOURCE_DIR "/packs/demonstration");
  if (!deployment) throw std::runtime_error(describe(deployment.error()));
  const auto definition = (*city)->deploy(*deployment);
  if (!definition) throw std::runtime_error(describe(definition.error()));
  std::atomic<std::uint64_t> keys{1};
  const Path path = learn(**city, (*definition)->id, keys);
  const double commands = static_cast<double>(path.tasks.size()) + 1;

  fmt::print("{}: {} commands a case, {} cases open at a time; middle of {} rounds\n", address, commands,
             options.clients, options.rounds);
  drive(**city, (*definition)->id, path, options.cases / 10, options.clients, keys);  // warm up
  // The raw limit: the rows of each round are written again to an empty store by a bare loop. Rounds of both
  // take turns, so that a machine that is slower for a while is slower for both.
  store::StoreOptions raw_options;
  raw_options.signer = *cli::signerOf(cli::DataFolder{data}, ledger::SignatureAlgorithm::ed25519);
  auto target = store::open(empty_address, raw_options);
  if (!target) throw std::runtime_error(describe(target.error()));
  const auto measure = [&](const char* what) {
    std::vector<Round> rounds;
    const std::uint64_t cases = options.cases / static_cast<std::uint64_t>(options.rounds);
    for (int turn = 0; turn < options.rounds; ++turn) {
      tee->keepFromNow(true);
      const double processor = processorSeconds();
      const double engine = drive(**city, (*definition)->id, path, cases, options.clients, keys);
      const double used = processorSeconds() - processor;
      tee->keepFromNow(false);
      const auto begin = Clock::now();
      for (const store::Batch& batch : tee->batches) {
        const auto outcome = (*target)->commit(batch);
        if (!outcome.done()) throw std::runtime_error("the rows of a round do not fit an empty store");
      }
      const double raw = secondsSince(begin);
      const auto count = static_cast<double>(cases);
      rounds.push_back({count / engine, count / raw, raw / engine, used * 1000 / count});
      tee->batches.clear();
    }
    fmt::print(
        "{:<24}{:>8.0f} cases/s {:>8.0f} commands/s, raw limit {:>6.0f} cases/s, engine / raw {:.2f} ({:.2f} "
        "to "
        "{:.2f}), {:.2f} ms of processor a case, {:.0f} MB\n",
        what, middle(rounds, &Round::engine), middle(rounds, &Round::engine) * commands,
        middle(rounds, &Round::raw), middle(rounds, &Round::ratio),
        std::ranges::min(rounds, {}, &Round::ratio).ratio, std::ranges::max(rounds, {}, &Round::ratio).ratio,
        middle(rounds, &Round::processor), residentMegabytes());
    std::fflush(stdout);
    return Round{middle(rounds, &Round::engine), 0, middle(rounds, &Round::ratio), 0};
  };
  const Round empty = measure("empty store");

  if (options.fill > 0) {
    const double seconds = drive(**city, (*definition)->id, path, options.fill, options.clients, keys);
    fmt::print("{:<24}{:>8.0f} cases/s\n", "filling", static_cast<double>(options.fill) / seconds);
    std::fflush(stdout);
    const Round full = measure("filled store");
    fmt::print(
        "filled / empty: {:.2f}, or {:.2f} as shares of the raw limit at the time ({} finished cases)\n",
        full.engine / empty.engine, full.ratio / empty.ratio, options.fill);
  }
  city->reset();
  std::filesystem::remove_all(data);
}

}  // namespace
}  // namespace jinyue::bench

int main(int argc, char** argv) {
  using namespace jinyue::bench;
  Options options;
  CLI::App app{"Life cycles of a hotline-like case: engine beside the raw limit of its store"};
  app.add_option("--cases", options.cases, "cases in each measurement")->capture_default_str();
  app.add_option("--rounds", options.rounds, "turns that they are measured in")->capture_default_str();
  app.add_option("--fill", options.fill, "finished cases to put into the store before the last measurement");
  app.add_option("--clients", options.clients, "cases open at a time")->capture_default_str();
  app.add_flag("--clear", options.clear, "personal data is not sealed: to see what sealing costs");
  app.add_option("--store", options.stores,
                 "two addresses with a comma: the store to measure and an empty one for the raw limit")
      ->required();
  CLI11_PARSE(app, argc, argv);
  try {
    for (const std::string& pair : options.stores) {
      const auto comma = pair.find(',');
      run(pair.substr(0, comma), pair.substr(comma + 1), options);
    }
  } catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
  }
  return 0;
}
