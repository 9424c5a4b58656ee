// A hotline-like process driven to its end, in process and durable: how many cases a second, beside the raw
// limit (the very same rows written to an empty store with no engine), on an empty store and on one with many
// finished cases.
//
//   bench_lifecycle [--cases N] [--rounds N] [--fill N] [--clients N] [--clear] --store
//   ADDRESS,ADDRESS[,ADDRESS,ADDRESS]...
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
#include <ranges>

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

struct Options {
  std::uint64_t cases = 36'000;
  int rounds = 9;
  std::uint64_t fill = 0;
  int clients = 600;
  bool clear = false;
  std::vector<std::string> stores;
};

/// A city on an empty store, in a data folder of its own.
class Driven {
 public:
  Driven(const std::string& address, const Options& options) : clients_(options.clients) {
    std::filesystem::create_directories(data_);
    cli::CityOptions city;
    city.data = data_;
    city.store = address;
    city.calendar = JINYUE_SOURCE_DIR "/packs/china/calendar.json";
    city.sealed = !options.clear;
    city.wrap_store = [tee = tee_](std::unique_ptr<store::Store> store) {
      return std::make_unique<TeeStore>(std::move(store), tee);
    };
    auto opened = cli::City::open(city);
    if (!opened) throw std::runtime_error(describe(opened.error()));
    city_ = std::move(*opened);
    const auto deployment = cli::readDeployment(JINYUE_SOURCE_DIR "/packs/demonstration");
    if (!deployment) throw std::runtime_error(describe(deployment.error()));
    const auto definition = city_->deploy(*deployment);
    if (!definition) throw std::runtime_error(describe(definition.error()));
    definition_ = (*definition)->id;
    path_ = learn(*city_, definition_, keys_);
    finish(options.cases / 10);  // warm up
  }
  Driven(const Driven&) = delete;
  Driven& operator=(const Driven&) = delete;
  ~Driven() {
    city_.reset();
    std::filesystem::remove_all(data_);
  }

  /// Drives so many cases to their end; seconds.
  double finish(std::uint64_t cases) { return drive(*city_, definition_, path_, cases, clients_, keys_); }
  double commandsOfACase() const { return static_cast<double>(path_.tasks.size()) + 1; }
  Batches& batches() { return *tee_; }
  const std::string& data() const { return data_; }

 private:
  static std::string nextFolder() {
    static int count = 0;
    return fmt::format("{}/jinyue-bench-{}-{}", std::filesystem::temp_directory_path().string(), getpid(),
                       ++count);
  }

  int clients_;
  std::string data_ = nextFolder();
  std::shared_ptr<Batches> tee_ = std::make_shared<Batches>();
  std::atomic<std::uint64_t> keys_{1};
  std::unique_ptr<cli::City> city_;
  std::int64_t definition_ = 0;
  Path path_;
};

/// One turn of engine and raw limit: cases a second, raw / engine in time, milliseconds of processor time a
/// case.
struct Round {
  double engine = 0;
  double raw = 0;
  double ratio = 0;
  double processor = 0;
};

double middle(std::vector<double> figures) {
  std::ranges::sort(figures);
  return figures[figures.size() / 2];
}

std::vector<double> all(const std::vector<Round>& rounds, double Round::* figure) {
  std::vector<double> figures;
  for (const Round& round : rounds) figures.push_back(round.*figure);
  return figures;
}

Round measure(Driven& driven, store::Store& raw, std::uint64_t cases) {
  driven.batches().keepFromNow(true);
  const double processor = processorSeconds();
  const double engine = driven.finish(cases);
  const double used = processorSeconds() - processor;
  driven.batches().keepFromNow(false);
  const auto begin = Clock::now();
  for (const store::Batch& batch : driven.batches().batches) {
    if (!raw.commit(batch).done()) throw std::runtime_error("the rows of a round do not fit an empty store");
  }
  const double bare = secondsSince(begin);
  driven.batches().batches.clear();
  const auto count = static_cast<double>(cases);
  return {count / engine, count / bare, bare / engine, used * 1000 / count};
}

void print(const char* what, const std::vector<Round>& rounds, double commands) {
  const auto ratios = all(rounds, &Round::ratio);
  const double engine = middle(all(rounds, &Round::engine));
  fmt::print(
      "{:<24}{:>8.0f} cases/s {:>8.0f} commands/s, raw limit {:>6.0f} cases/s, engine / raw {:.2f} ({:.2f} "
      "to "
      "{:.2f}), {:.2f} ms of processor a case, {:.0f} MB\n",
      what, engine, engine * commands, middle(all(rounds, &Round::raw)), middle(ratios),
      std::ranges::min(ratios), std::ranges::max(ratios), middle(all(rounds, &Round::processor)),
      residentMegabytes());
  std::fflush(stdout);
}

/// addresses: the store to measure, an empty one for the raw limit, and with --fill one more of each.
void run(const std::vector<std::string>& addresses, const Options& options) {
  const auto cases = options.cases / static_cast<std::uint64_t>(options.rounds);
  Driven driven(addresses[0], options);
  const double commands = driven.commandsOfACase();
  fmt::print("{}: {} commands a case, {} cases open at a time; middle of {} rounds\n", addresses[0], commands,
             options.clients, options.rounds);
  // The raw limit: the rows of each round are written again to an empty store by a bare loop. Rounds of both
  // take turns, so that a machine that is slower for a while is slower for both.
  const auto emptyStore = [](const std::string& address, const Driven& of) {
    store::StoreOptions raw;
    raw.signer = *cli::signerOf(cli::DataFolder{of.data()}, ledger::SignatureAlgorithm::ed25519);
    auto opened = store::open(address, raw);
    if (!opened) throw std::runtime_error(describe(opened.error()));
    return std::move(*opened);
  };
  const auto raw = emptyStore(addresses[1], driven);
  std::vector<Round> rounds;
  for (int turn = 0; turn < options.rounds; ++turn) rounds.push_back(measure(driven, *raw, cases));
  print("empty store", rounds, commands);
  if (options.fill == 0) return;

  const double seconds = driven.finish(options.fill);
  fmt::print("{:<24}{:>8.0f} cases/s, {:.0f} MB after {} finished cases\n", "filling",
             static_cast<double>(options.fill) / seconds, residentMegabytes(), options.fill);
  std::fflush(stdout);
  // For the same reason the filled store takes turns with an empty one.
  Driven fresh(addresses[2], options);
  const auto fresh_raw = emptyStore(addresses[3], fresh);
  std::vector<Round> filled;
  std::vector<Round> empty;
  std::vector<double> ratios;
  for (int turn = 0; turn < options.rounds; ++turn) {
    filled.push_back(measure(driven, *raw, cases));
    empty.push_back(measure(fresh, *fresh_raw, cases));
    ratios.push_back(filled.back().engine / empty.back().engine);
  }
  print("filled store", filled, commands);
  print("empty, in turns with it", empty, commands);
  fmt::print("filled / empty: {:.2f} ({:.2f} to {:.2f})\n", middle(ratios), std::ranges::min(ratios),
             std::ranges::max(ratios));
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
  app.add_option(
         "--store", options.stores,
         "addresses with commas: the store to measure and an empty one for the raw limit; with --fill one "
         "more of each, for the empty store beside the filled one")
      ->required();
  CLI11_PARSE(app, argc, argv);
  try {
    for (const std::string& given : options.stores) {
      std::vector<std::string> addresses;
      for (const auto part : std::views::split(given, ',')) addresses.emplace_back(part.begin(), part.end());
      const std::size_t needed = options.fill > 0 ? 4 : 2;
      if (addresses.size() < needed)
        throw std::runtime_error(fmt::format("--store needs {} addresses", needed));
      run(addresses, options);
    }
  } catch (const std::exception& fault) {
    std::cerr << fault.what() << '\n';
    return 1;
  }
  return 0;
}
