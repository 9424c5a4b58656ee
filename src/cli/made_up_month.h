// A made-up month of a city, driven hour by hour through the real engine with simulated time.
#pragma once

#include <random>

#include "cli/made_up_orders.h"
#include "cli/made_up_people.h"
#include "cli/office.h"

namespace jinyue::cli {

class MadeUpMonth {
 public:
  /// `now` is the city's clock, which this moves. The same seed makes the same month.
  MadeUpMonth(Office& office, const MadeUpPeople& people, Instant& now, std::uint32_t seed)
      : office_(office), people_(people), now_(now), random_(seed) {}

  Result<void> run(Instant end);

  int started() const { return started_; }
  int completed() const { return completed_; }

 private:
  int number(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }
  bool chance(double p) { return std::bernoulli_distribution(p)(random_); }
  template <class Things>
  const auto& pick(const Things& things) {
    return things[static_cast<std::size_t>(number(0, static_cast<int>(things.size()) - 1))];
  }

  Result<void> call();
  Result<void> apply();
  Result<void> start(std::string_view of_pack, std::string process, feel::Context variables,
                     bpmn::Actor actor);
  /// Officers take up open tasks; some stay for another day.
  Result<void> work();
  /// Who could do it; null when nobody of the made-up people can.
  const MadeUpPerson* worker(const store::TaskRow& task);
  feel::Context answers(const store::TaskRow& task);
  feel::Context licenceAnswers(std::string_view node);

  Office& office_;
  const MadeUpPeople& people_;
  Instant& now_;
  std::mt19937 random_;
  MadeUpOrders orders_{random_};
  int started_ = 0;
  int completed_ = 0;
};

}  // namespace jinyue::cli
