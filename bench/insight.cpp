// Reports over a million orders: how long each figure of a bulletin takes, the whole bulletin, the year's
// assessment, and the list behind a figure.
//
//   bench_insight FOLDER [ORDERS] [CONNINFO]     0 orders: what is there already is asked only
//
// Facts of packs/hotline are made up and written directly (the shape of a year: twelve months, 60 units, 14
// areas, 200 categories, 6 channels). Checks that what is counted is what was written.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "insight/bulletin.h"
#include "insight/period.h"
#include "ledger/head.h"

namespace {

using namespace jinyue;
using namespace jinyue::insight;

double since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

std::string textOf(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Of this process, in milliseconds: what a run takes on a machine that has nothing else to do.
double processorTime() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// The best, middle and worst of some runs, and the least processor time of one, in milliseconds.
void report(const std::string& what, const std::function<std::size_t()>& run, int times = 9) {
  std::vector<double> took;
  std::size_t size = 0;
  double processor = 1e9;
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const double before = processorTime();
    size = run();
    took.push_back(since(start));
    processor = std::min(processor, processorTime() - before);
  }
  std::ranges::sort(took);
  std::printf("%-44s %9.1f %9.1f %9.1f %9.1f   %zu\n", what.c_str(), took.front(), took[took.size() / 2],
              took.back(), processor, size);
}

class Filler {
 public:
  Filler(store::Store& store, const Layout& layout) : store_(store), layout_(layout) {}

  std::map<std::string, std::int64_t> fill(std::int64_t orders) {
    std::map<std::string, std::int64_t> received;
    std::mt19937_64 random(20260701);
    const auto pick = [&](std::uint64_t below) { return random() % below; };
    const auto start = std::chrono::steady_clock::now();
    for (std::int64_t id = 1; id <= orders;) {
      store::Batch batch;
      for (int i = 0; i < 2000 && id <= orders; ++i, ++id) {
        const Date day = makeDate(2026, 1, 1) + std::chrono::days{(id - 1) * 365 / orders};
        const std::int64_t month = monthNumber(day);
        ++received[std::to_string(month)];
        // Most cases share a few combinations of marks, as they do in life.
        std::int64_t marks = 3;
        const auto kind = pick(100);
        for (std::size_t at = 1; at < packs::most_marks; ++at) {
          const bool among = (kind * 7 + at * 13) % 10 < 7;
          const bool fulfils = among && (pick(100) < 3 ? pick(2) == 0 : (kind + at) % 3 != 0);
          if (among) marks |= std::int64_t{1} << (2 * at);
          if (fulfils) marks |= std::int64_t{2} << (2 * at);
        }
        batch.statements.push_back(store::statement(
            "INSERT INTO facts (case_id, basis, source, month, day, unit, area, category, channel, layout, "
            "marks,"
            " v1, due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            id, opened_basis, layout_.source(), month,
            static_cast<std::int64_t>(day.time_since_epoch().count()), "U" + std::to_string(pick(60)),
            std::to_string(210202 + pick(14)), "类别" + std::to_string(pick(200)),
            "渠道" + std::to_string(pick(6)), layout_.number(), marks,
            static_cast<std::int64_t>(pick(20'000)), std::int64_t{0}));
      }
      store_.commit(batch);
    }
    std::printf("%lld facts written in %.1f s\n", static_cast<long long>(orders), since(start) / 1000);
    return received;
  }

 private:
  store::Store& store_;
  const Layout& layout_;
};

int run(const std::string& address, std::int64_t orders) {
  store::StoreOptions options;
  options.signer =
      std::make_shared<const ledger::Signer>(ledger::Signer::generate(ledger::SignatureAlgorithm::ed25519));
  auto opened = store::open(address, options);
  if (!opened) {
    std::fprintf(stderr, "%s\n", describe(opened.error()).c_str());
    return 1;
  }
  store::Store& store = **opened;
  casework::Deployment deployment;
  deployment.name = "hotline";
  for (const char* file : {"pack.json", "indicators.json"})
    deployment.files.push_back({file, textOf(std::string{JINYUE_SOURCE_DIR} + "/packs/hotline/" + file)});
  store.addDefinition("hotline", toJson(deployment), systemNow());
  FactBook book(store, nullptr, systemNow);
  book.refresh();
  const auto rules = book.rules();
  const auto main_indicator = Figures::find(*rules, "hotline/received");
  const std::string source = main_indicator ? main_indicator->source() : std::string{};
  const auto layout = rules->layouts.find(source);
  if (layout == rules->layouts.end()) {
    std::fprintf(stderr, "no layout\n");
    return 1;
  }
  std::map<std::string, std::int64_t> received;
  if (orders > 0) received = Filler(store, *layout->second).fill(orders);
  Figures figures(store, book);
  const FigureFilter all{.scope = store::everything()};
  const auto month = *parsePeriod("2026-07");
  const auto year = *parsePeriod("2026");
  std::printf("%-44s %9s %9s %9s %9s\n", "milliseconds", "best", "middle", "worst", "processor");
  for (const packs::Indicator& each : rules->pack("hotline")->figures.indicators) {
    if (sourceOf("hotline", each.process) != source) continue;
    const std::vector<IndicatorRef> one{{"hotline", &each}};
    report("month, " + each.id, [&] {
      const auto groups = *figures.ask(one, month, all, {});
      if (orders > 0 && each.id == "received" && groups.begin()->second[0].counts != received.at("202607"))
        std::abort();
      return groups.size();
    });
  }
  const std::vector<IndicatorRef> satisfaction{*Figures::find(*rules, "hotline/satisfaction-rate")};
  for (const auto& [name, by] : std::vector<std::pair<std::string, std::vector<By>>>{
           {"unit", {By::unit}},
           {"area", {By::area}},
           {"category", {By::category}},
           {"channel", {By::channel}},
           {"day", {By::day}},
           {"unit and category", {By::unit, By::category}}}) {
    report("month, satisfaction by " + name,
           [&] { return figures.ask(satisfaction, month, all, by)->size(); });
  }
  FigureFilter scoped;
  scoped.scope.alternatives.resize(2);
  scoped.scope.alternatives[0].units = {"U1", "U2", "U3"};
  scoped.scope.alternatives[1].areas = {"210202", "210203"};
  report("month, satisfaction in a scope",
         [&] { return figures.ask(satisfaction, month, scoped, {})->size(); });
  report("year, satisfaction", [&] { return figures.ask(satisfaction, year, all, {})->size(); }, 5);
  report(
      "year, satisfaction by month",
      [&] { return figures.ask(satisfaction, year, all, {By::month})->size(); }, 5);
  const NameFn name = [](const std::string&, const std::string& key, Date) { return Text{key, key}; };
  report(
      "the month's bulletin, all tables",
      [&] {
        return computeBulletin(figures, *rules, "hotline", "hotline-month", month, {}, name)->tables.size();
      },
      5);
  report(
      "the year's assessment",
      [&] {
        return computeBulletin(figures, *rules, "hotline", "hotline-year", year, {}, name)->tables.size();
      },
      5);
  report("50 cases behind a figure of the month",
         [&] { return figures.behind({satisfaction[0], month, all, true}, {50, {}})->rows.size(); });
  report("50 cases behind it in a scope",
         [&] { return figures.behind({satisfaction[0], month, scoped, true}, {50, {}})->rows.size(); });
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "bench_insight FOLDER [ORDERS] [CONNINFO]\n");
    return 2;
  }
  const std::string folder = argv[1];
  const std::int64_t orders = argc > 2 ? std::atoll(argv[2]) : 1'000'000;
  std::filesystem::create_directories(folder);
  const std::string address =
      argc > 3 ? "postgres:" + std::string{argv[3]} : "sqlite:" + folder + "/insight.db";
  return run(address, orders);
}
