// The whole path of a case over HTTP, by many clients at once: started, claimed, completed, found by search.
#pragma once

#include <algorithm>
#include <map>

#include "bench/edge_requests.h"

namespace jinyue::bench {

enum class Connections { kept, per_case, per_request };

struct PathOptions {
  int clients = 64;     ///< at once; with a rate, the most at once
  double rate = 0;      ///< cases begun each second; 0: each client begins its next when it is done
  double seconds = 10;  ///< measured
  double warm_up = 2;   ///< before that
  Connections connections = Connections::kept;
  bool search = true;
  int sources = 100;  ///< client addresses
};

enum Step { start_step, claim_step, complete_step, search_step, steps };
constexpr std::array step_names{"start", "claim", "complete", "search"};

struct PathResult {
  double per_second = 0;
  std::array<std::vector<float>, steps> times;  ///< milliseconds
  /// From when the case was to begin (at a rate, by the timetable) to its last answer.
  std::vector<float> whole;
  std::map<std::string, int> failures;
};

inline float percentile(std::vector<float> times, double share) {
  if (times.empty()) return 0;
  const auto at = static_cast<std::size_t>(share * static_cast<double>(times.size() - 1));
  std::ranges::nth_element(times, times.begin() + static_cast<std::ptrdiff_t>(at));
  return times[at];
}

inline std::string wordFor(const Answer& answer) {
  switch (answer.ending) {
    case Ending::not_connected: return "no connection";
    case Ending::cut_off: return "cut off";
    case Ending::timed_out: return "no answer in time";
    case Ending::answered: break;
  }
  if (answer.status == 503 && answer.has_retry_after) return "503 with Retry-After";
  return std::to_string(answer.status);
}

class PathRun {
 public:
  PathRun(Requests& requests, const Target& target, const PathOptions& options, int task)
      : requests_(requests),
        options_(options),
        task_(task),
        swarm_(target.host, target.port, options.sources, std::chrono::seconds{30}) {}

  PathResult run(std::uint64_t& number) {
    const auto begin = Clock::now();
    measure_from_ = begin + seconds(options_.warm_up);
    end_ = measure_from_ + seconds(options_.seconds);
    number_ = &number;
    if (options_.rate == 0) {
      for (int i = 0; i < options_.clients; ++i) begin_visit(Clock::now());
    }
    std::uint64_t due = 0;
    while (Clock::now() < end_ || swarm_.underWay() > 0) {
      if (options_.rate > 0) {
        const auto now = std::min(Clock::now(), end_);
        const auto wanted =
            static_cast<std::uint64_t>(std::chrono::duration<double>(now - begin).count() * options_.rate);
        for (; due < wanted; ++due) {
          if (swarm_.underWay() >= static_cast<std::size_t>(options_.clients)) break;  // and its wait counts
          begin_visit(begin + seconds(static_cast<double>(due) / options_.rate));
        }
      }
      swarm_.poll(std::chrono::milliseconds{options_.rate > 0 ? 1 : 20});
    }
    result_.per_second = static_cast<double>(result_.whole.size()) / options_.seconds;
    return std::move(result_);
  }

 private:
  struct Visit {
    std::uint64_t number = 0;
    Swarm::ClientId client = 0;
    Clock::time_point wanted;
    Clock::time_point asked;
    std::int64_t case_id = 0;
  };

  static Clock::duration seconds(double count) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(count));
  }

  void begin_visit(Clock::time_point wanted) {
    Visit visit{(*number_)++, 0, wanted, {}, 0};
    if (idle_.empty()) {
      visit.client = swarm_.newClient();
    } else {
      visit.client = idle_.back();
      idle_.pop_back();
    }
    ask(start_step, visit);
  }

  std::string request(Step step, const Visit& visit) const {
    switch (step) {
      case start_step: return requests_.start(visit.number);
      case claim_step: return requests_.claim(visit.number, visit.case_id, task_);
      case complete_step: return requests_.complete(visit.number, visit.case_id, task_);
      default: return requests_.search(visit.number);
    }
  }

  void ask(Step step, Visit visit) {
    const Step last = options_.search ? search_step : complete_step;
    const bool close = options_.connections == Connections::per_request ||
                       (options_.connections == Connections::per_case && step == last);
    visit.asked = Clock::now();
    swarm_.send(visit.client, request(step, visit), close,
                [this, step, last, visit](const Answer& answer) { answered(step, last, visit, answer); });
  }

  void answered(Step step, Step last, Visit visit, const Answer& answer) {
    const auto now = Clock::now();
    const bool counts = visit.wanted >= measure_from_ && visit.wanted < end_;
    const auto ms = [now](Clock::time_point since) {
      return std::chrono::duration<float, std::milli>(now - since).count();
    };
    bool good = answer.ending == Ending::answered && answer.status / 100 == 2;
    if (step == start_step) visit.case_id = numberOf(jsonField(answer.body, "case_id"));
    std::string failure = good ? "" : wordFor(answer);
    // A case must be found as soon as its start was answered.
    if (good && step == search_step &&
        answer.body.find(requests_.nameOf(visit.number)) == std::string_view::npos) {
      good = false;
      failure = "not found";
    }
    if (counts && good) result_.times[step].push_back(ms(visit.asked));
    if (!good) ++result_.failures[fmt::format("{}: {}", step_names[step], failure)];
    if (good && step != last) return ask(static_cast<Step>(step + 1), visit);
    if (counts && good) result_.whole.push_back(ms(visit.wanted));
    idle_.push_back(visit.client);
    if (options_.rate == 0 && good && now < end_) begin_visit(now);
  }

  Requests& requests_;
  PathOptions options_;
  int task_;
  Swarm swarm_;
  std::vector<Swarm::ClientId> idle_;
  std::uint64_t* number_ = nullptr;
  Clock::time_point measure_from_, end_;
  PathResult result_;
};

inline void print(const PathResult& result) {
  fmt::print("  {:.0f} cases/s\n", result.per_second);
  const auto line = [](const char* name, const std::vector<float>& times) {
    if (times.empty()) return;
    fmt::print("  {:9} median {:7.2f}  95th {:7.2f}  99th {:7.2f} ms\n", name, percentile(times, 0.5),
               percentile(times, 0.95), percentile(times, 0.99));
  };
  for (std::size_t step = 0; step < steps; ++step) line(step_names[step], result.times[step]);
  line("whole", result.whole);
  for (const auto& [what, count] : result.failures) fmt::print("  {} × {}\n", count, what);
}

}  // namespace jinyue::bench
