// A hotline-like process driven to its end, in process and durable: how many cases a second, beside the raw
// limit (the very same rows written to an empty store with no engine), on an empty store and on one with many
// finished cases.
//
//   bench_lifecycle [--cases N] [--fill N] [--clients N] [--clear] [--store ADDRESS_PREFIX]...
//
// Each figure is measured in this one run; ratios are printed, nothing is asserted.

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
    {
      const std::lock_guard lock(mutex);
      if (++finished == cases) all_done.notify_all();
    }
    const std::uint64_t number = started.fetch_add(1);
    if (number < cases) send(startRequest(definition, number, keys), 0);
  };

  const auto begin = Clock::now();
  started = static_cast<std::uint64_t>(clients);
  for (int i = 0; i < clients; ++i) send(startRequest(definition, static_cast<std::uint64_t>(i), keys), 0);
  std::unique_lock lock(mutex);
  all_done.wait(lock, [&] { return finished >= cases; });
  return secondsSince(begin);
}

struct Options {
  std::uint64_t cases = 20'000;
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

  const auto report = [&](const char* what, std::uint64_t cases, double seconds) {
    fmt::print("{:<28}{:>10.0f} cases/s {:>10.0f} commands/s {:>8.0f} MB resident\n", what,
               static_cast<double>(cases) / seconds, static_cast<double>(cases) * commands / seconds,
               residentMegabytes());
    std::fflush(stdout);
    return static_cast<double>(cases) / seconds;
  };

  fmt::print("{}: {} commands a case, {} cases open at a time\n", address, commands, options.clients);
  drive(**city, (*definition)->id, path, options.cases / 10, options.clients, keys);  // warm up
  const double empty = report("engine, empty store", options.cases,
                              drive(**city, (*definition)->id, path, options.cases, options.clients, keys));

  // The raw limit: rows of a further run, written again to an empty store by a bare loop.
  const auto keep = [&](bool wanted) {
    const std::lock_guard lock(tee->mutex);
    tee->keep = wanted;
  };
  keep(true);
  const std::uint64_t sampled = std::min<std::uint64_t>(options.cases, 10'000);

  drive(**city, (*definition)->id, path, sampled, options.clients, keys);
  keep(false);
  const double raw = [&] {
    store::StoreOptions raw_options;
    raw_options.signer = *cli::signerOf(cli::DataFolder{data}, ledger::SignatureAlgorithm::ed25519);
    auto target = store::open(empty_address, raw_options);
    if (!target) throw std::runtime_error(describe(target.error()));
    const auto begin = Clock::now();
    for (const store::Batch& batch : tee->batches) {
      const auto outcome = (*target)->commit(batch);
      if (!outcome.done()) throw std::runtime_error("the rows of the sample do not fit an empty store");
    }
    return report("raw limit, same rows", sampled, secondsSince(begin));
  }();
  fmt::print("{:<28}{:>10.2f}  ({} units of work, {:.0f} commands each)\n", "engine / raw", empty / raw,
             tee->batches.size(),
             static_cast<double>(sampled) * commands / static_cast<double>(tee->batches.size()));
  tee->batches.clear();

  if (options.fill > 0) {
    const double fill = report("filling", options.fill,
                               drive(**city, (*definition)->id, path, options.fill, options.clients, keys));
    const double full = report("engine, filled store", options.cases,
                               drive(**city, (*definition)->id, path, options.cases, options.clients, keys));
    fmt::print("{:<28}{:>10.2f}  ({} finished cases; while filling {:.2f})\n", "filled / empty", full / empty,
               options.fill, fill / empty);
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
