// A burst of several times what the server can take, and the accounts after it: what was answered, whether
// every acknowledged write is there once and no refused one is, and how long until everything is as before.
#pragma once

#include <optional>
#include <set>
#include <unordered_map>

#include "bench/edge_path.h"

namespace jinyue::bench {

struct BurstOptions {
  double capacity = 0;  ///< starts a second that the server can take; 0: measured first
  double times = 10;
  double seconds = 5;
  int most_open = 5'000;  ///< connections at once
  int sources = 250;
  double normal_ms = 50;  ///< what a probe may take for all to be as before; twice of what it took, if longer
};

class Burst {
 public:
  Burst(Requests& requests, const Target& target, const BurstOptions& options)
      : requests_(requests),
        options_(options),
        swarm_(target.host, target.port, options.sources, std::chrono::seconds{20}),
        probes_(target.host, target.port, 1, std::chrono::seconds{5}) {}

  /// Whether all accounts are right.
  bool run(std::uint64_t& number) {
    if (options_.capacity == 0) options_.capacity = measure(number);
    std::vector<double> before;
    for (int i = 0; i < 5; ++i) before.push_back(probe(number).value_or(0));
    std::ranges::sort(before);
    options_.normal_ms = std::max(options_.normal_ms, 2 * before[before.size() / 2]);
    fmt::print("capacity {:.0f} starts/s; one alone takes {:.0f} ms\n", options_.capacity,
               before[before.size() / 2]);
    flood(number);
    settle(number);
    return check(number);
  }

 private:
  struct Outcome {
    enum class Kind { under_way, acknowledged, refused, unknown, other } kind = Kind::under_way;
    std::int64_t case_id = 0;
  };

  double measure(std::uint64_t& number) {
    constexpr double seconds = 5;
    std::size_t done = 0;
    const auto begin = Clock::now();
    const auto end = begin + std::chrono::seconds{5};
    std::function<void(Swarm::ClientId)> next = [&](Swarm::ClientId client) {
      const std::uint64_t mine = number++;
      swarm_.send(client, requests_.start(mine), false, [&, mine, client](const Answer& answer) {
        note(mine, answer);
        if (answer.status != 201) throw std::runtime_error("a start was answered " + wordFor(answer));
        ++done;
        if (Clock::now() < end) next(client);
      });
    };
    for (int i = 0; i < 1'000; ++i) {
      idle_.push_back(swarm_.newClient());
      next(idle_.back());
    }
    while (swarm_.underWay() > 0) swarm_.poll(std::chrono::milliseconds{20});
    return static_cast<double>(done) / seconds;
  }

  void note(std::uint64_t number, const Answer& answer) {
    if (outcomes_.size() <= number) outcomes_.resize(number + 1);
    Outcome& outcome = outcomes_[number];
    using Kind = Outcome::Kind;
    if (answer.ending == Ending::cut_off || answer.ending == Ending::timed_out) {
      outcome.kind = Kind::unknown;
    } else if (answer.ending == Ending::not_connected) {
      outcome.kind = Kind::other;
    } else if (answer.status == 201) {
      outcome = {Kind::acknowledged, numberOf(jsonField(answer.body, "case_id"))};
    } else if (answer.status == 429 || (answer.status == 503 && answer.has_retry_after)) {
      outcome.kind = Kind::refused;
    } else {
      outcome.kind = Kind::other;
    }
  }

  void flood(std::uint64_t& number) {
    const double rate = options_.capacity * options_.times;
    std::map<std::string, std::size_t> answers;
    std::vector<float> times;
    std::uint64_t offered = 0;
    const auto begin = Clock::now();
    for (double passed = 0; passed < options_.seconds || swarm_.underWay() > 0;) {
      passed = std::chrono::duration<double>(Clock::now() - begin).count();
      const auto wanted = static_cast<std::uint64_t>(std::min(passed, options_.seconds) * rate);
      // In small portions, so that answers are read meanwhile.
      for (int i = 0; i < 200 && passed < options_.seconds && offered < wanted &&
                      swarm_.underWay() < static_cast<std::size_t>(options_.most_open);
           ++i, ++offered) {
        offer(number++, answers, times);
      }
      swarm_.poll(std::chrono::milliseconds{offered < wanted ? 0 : 1});
    }
    fmt::print("burst: {:.0f}/s offered for {:.0f} s ({:.1f} times the capacity), up to {} connections\n",
               static_cast<double>(offered) / options_.seconds, options_.seconds,
               static_cast<double>(offered) / options_.seconds / options_.capacity, idle_.size());
    for (const auto& [what, count] : answers) fmt::print("  {:8} × {}\n", count, what);
    fmt::print("  acknowledged: median {:.0f}  95th {:.0f} ms\n", percentile(times, 0.5),
               percentile(times, 0.95));
  }

  void offer(std::uint64_t mine, std::map<std::string, std::size_t>& answers, std::vector<float>& times) {
    Swarm::ClientId client = 0;
    if (idle_free_ < idle_.size()) client = idle_[idle_free_++];
    else idle_.push_back(client = swarm_.newClient()), ++idle_free_;
    const auto asked = Clock::now();
    swarm_.send(client, requests_.start(mine), false, [&, this, mine, client, asked](const Answer& answer) {
      note(mine, answer);
      ++answers[wordFor(answer)];
      if (answer.status == 201)
        times.push_back(std::chrono::duration<float, std::milli>(Clock::now() - asked).count());
      idle_[--idle_free_] = client;
    });
  }

  /// One start by itself: how many milliseconds it took; nothing when it was not done.
  std::optional<double> probe(std::uint64_t& number) {
    if (!probing_) probing_ = probes_.newClient();
    const auto asked = Clock::now();
    const std::uint64_t mine = number++;
    std::optional<double> took;
    probes_.send(*probing_, requests_.start(mine), false, [&](const Answer& answer) {
      note(mine, answer);
      if (answer.status == 201)
        took = std::chrono::duration<double, std::milli>(Clock::now() - asked).count();
    });
    while (probes_.underWay() > 0) probes_.poll(std::chrono::milliseconds{1});
    return took;
  }

  /// Probes every 20 ms from the end of the burst until a second of them is good.
  void settle(std::uint64_t& number) {
    const auto end_of_burst = Clock::now();
    auto good_since = end_of_burst;
    for (;;) {
      const auto took = probe(number);
      const bool good = took && *took < options_.normal_ms;
      const auto now = Clock::now();
      if (!good) good_since = now;
      if (good && now - good_since > std::chrono::seconds{1}) break;
      if (now - end_of_burst > std::chrono::seconds{120}) {
        fmt::print("not back to normal after 120 s\n");
        return;
      }
      probes_.poll(std::chrono::milliseconds{20});
    }
    fmt::print("back to normal {:.2f} s after the burst\n",
               std::chrono::duration<double>(good_since - end_of_burst).count());
  }

  /// One request and its answer, waited for; asked again, as a client would, when it is to come again later.
  std::pair<int, std::string> ask(const std::string& request) {
    if (!asker_) asker_ = probes_.newClient();
    for (;;) {
      std::pair<int, std::string> result;
      probes_.send(*asker_, request, false,
                   [&](const Answer& answer) { result = {answer.status, std::string{answer.body}}; });
      while (probes_.underWay() > 0) probes_.poll(std::chrono::milliseconds{5});
      if (result.first != 429 && result.first != 503) return result;
      probes_.poll(std::chrono::milliseconds{200});
    }
  }

  /// Sends again what has no known outcome, under the same key, as a client would.
  void resolveUnknown() {
    std::size_t unknown = 0;
    for (std::size_t number = 0; number < outcomes_.size(); ++number) {
      Outcome& outcome = outcomes_[number];
      if (outcome.kind != Outcome::Kind::unknown) continue;
      ++unknown;
      const auto [status, body] = ask(requests_.start(number));
      if (status == 201) outcome = {Outcome::Kind::acknowledged, numberOf(jsonField(body, "case_id"))};
    }
    if (unknown > 0) fmt::print("{} without an answer were sent again\n", unknown);
  }

  bool check(std::uint64_t number) {
    outcomes_.resize(number);
    resolveUnknown();
    std::unordered_map<std::int64_t, std::uint64_t> there;  // case -> our number
    std::set<std::uint64_t> numbers;
    std::size_t twice = 0;
    std::size_t unasked = 0;
    std::string after;
    do {
      const auto [status, body] = ask(requests_.list(after));
      if (status != 200) throw std::runtime_error("a list was answered " + std::to_string(status));
      // Items begin with their id and have a title.
      for (std::string_view rest = body;
           (rest = rest.substr(std::min(rest.size(), rest.find("{\"id\":")))).size() > 6;) {
        const std::int64_t id = numberOf(rest.substr(6));
        const auto mine = requests_.numberIn(jsonField(rest, "title")).value_or(number);
        there.emplace(id, mine);
        if (!numbers.insert(mine).second) ++twice;
        if (mine >= number || outcomes_[mine].kind != Outcome::Kind::acknowledged) ++unasked;
        rest.remove_prefix(6);
      }
      after = jsonField(body, "next");
    } while (!after.empty());
    std::size_t acknowledged = 0;
    std::size_t lost = 0;
    std::size_t others = 0;
    std::size_t changed = 0;
    std::size_t asked_again = 0;
    for (std::uint64_t mine = 0; mine < number; ++mine) {
      if (outcomes_[mine].kind == Outcome::Kind::other) ++others;
      if (outcomes_[mine].kind != Outcome::Kind::acknowledged) continue;
      ++acknowledged;
      const auto found = there.find(outcomes_[mine].case_id);
      if (found == there.end() || found->second != mine) ++lost;
      if (mine % (number / 200 + 1) != 0) continue;
      ++asked_again;  // the same key once more must give the same case
      const auto [status, body] = ask(requests_.start(mine));
      if (status != 201 || numberOf(jsonField(body, "case_id")) != outcomes_[mine].case_id) ++changed;
    }
    fmt::print(
        "{} acknowledged, {} in the list: {} lost, {} twice, {} though not acknowledged; of {} keys used "
        "again "
        "{} gave another case; {} other answers\n",
        acknowledged, there.size(), lost, twice, unasked, asked_again, changed, others);
    return lost + twice + unasked + changed + others == 0;
  }

  Requests& requests_;
  BurstOptions options_;
  Swarm swarm_;
  std::optional<Swarm::ClientId> probing_;
  Swarm probes_;
  std::vector<Swarm::ClientId> idle_;  ///< of swarm_: from idle_free_ on those that are free
  std::size_t idle_free_ = 0;
  std::optional<Swarm::ClientId> asker_;
  std::vector<Outcome> outcomes_;  ///< by our number
};

}  // namespace jinyue::bench
