// How fast a store takes the rows of hotline cases (see lifecycle_rows.h) straight through commit(), in
// batches of several sizes. Prints commands a second and how long a commit takes.
//
//   bench_store ADDRESS [SECONDS]     for example sqlite:bench.db; the store must be new
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "lifecycle_rows.h"

namespace {

using namespace jinyue;
using Clock = std::chrono::steady_clock;

struct Figures {
  double commands_per_second = 0;
  double commit_median = 0;  ///< milliseconds
  double commit_99 = 0;
  double commit_longest = 0;
};

Figures run(store::Store& store, int batch_size, double seconds) {
  const int together = std::max(500, batch_size);
  // Whole groups of cases: each one is driven to its end.
  const store::CaseId first = store.reserveCaseIds(1'000'000);
  bench::LifecycleRows rows(first, together, static_cast<std::uint64_t>(first));
  std::vector<double> commits;
  std::int64_t commands = 0;
  double busy = 0;
  while (busy < seconds) {
    const store::Batch batch = rows.batchOf(batch_size);
    const auto begin = Clock::now();
    if (!store.commit(batch).done()) {
      std::fprintf(stderr, "a batch was refused: is the store new?\n");
      std::exit(1);
    }
    commits.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    busy += commits.back() / 1000;
    commands += batch_size;
  }
  std::ranges::sort(commits);
  return {static_cast<double>(commands) / busy, commits[commits.size() / 2],
          commits[commits.size() * 99 / 100], commits.back()};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench_store ADDRESS [SECONDS]\n");
    return 2;
  }
  store::StoreOptions options;
  options.signer =
      std::make_shared<const ledger::Signer>(ledger::Signer::generate(ledger::SignatureAlgorithm::ed25519));
  auto store = store::open(argv[1], options);
  if (!store) {
    std::fprintf(stderr, "%s\n", describe(store.error()).c_str());
    return 1;
  }
  const double seconds = argc > 2 ? std::atof(argv[2]) : 5;
  std::printf("%8s %12s %8s %14s %10s %10s\n", "batch", "commands/s", "ratio", "median ms", "99% ms",
              "longest ms");
  double one_by_one = 0;
  for (const int batch_size : {1, 10, 100, 500}) {
    const Figures figures = run(**store, batch_size, seconds);
    if (batch_size == 1) one_by_one = figures.commands_per_second;
    std::printf("%8d %12.0f %8.1f %14.2f %10.2f %10.2f\n", batch_size, figures.commands_per_second,
                figures.commands_per_second / one_by_one, figures.commit_median, figures.commit_99,
                figures.commit_longest);
    std::fflush(stdout);
  }
}
