// What a process gets when it asks for figures.
#include "insight/figures_job.h"

#include <gmock/gmock.h>

#include "insight/counted_city.h"

namespace jinyue::insight {
namespace figures_job_test {

class FiguresJob : public CountedCity {
 protected:
  casework::JobResult ask(feel::Context indicators, const char* period, const char* by) {
    casework::Job job;
    job.payload =
        feel::Context{{"indicators", feel::Value(std::move(indicators))}, {"period", period}, {"by", by}};
    return figuresJob(city_->figures(), city_->facts())(job);
  }
  static std::string faultOf(const casework::JobResult& result) {
    const auto* fault = std::get_if<casework::JobFault>(&result);
    return fault == nullptr ? "none" : fault->message;
  }
};
JINYUE_COUNTED_ON_BOTH_STORES(FiguresJob);

TEST_P(FiguresJob, EachUnitHasItsFiguresUnderTheNamesAskedFor) {
  open();
  const auto first = start({});
  start({});
  start({.unit = "住建局（示例）"});
  close(first, {true, true, 3});
  const auto result = ask({{"all", "orders/received"}, {"good", "orders/solution"}}, "2026-07", "unit");
  const auto* done = std::get_if<casework::JobDone>(&result);
  ASSERT_NE(done, nullptr) << faultOf(result);
  const feel::Value* figures = done->variables.find("figures");
  ASSERT_NE(figures, nullptr);
  EXPECT_EQ(
      toJson(*figures),
      R"([{"unit":"住建局（示例）","all":1,"good":null},{"unit":"城管局（示例）","all":2,"good":100}])");
}

TEST_P(FiguresJob, WhatIsWrongIsAFaultThatSaysSo) {
  open();
  EXPECT_THAT(faultOf(ask({{"all", "orders/none"}}, "2026-07", "unit")), testing::HasSubstr("orders/none"));
  EXPECT_THAT(faultOf(ask({{"all", "orders/received"}}, "July", "unit")), testing::HasSubstr("July"));
  EXPECT_THAT(faultOf(ask({{"all", "orders/received"}}, "2026-07", "month")), testing::HasSubstr("month"));
  EXPECT_THAT(faultOf(ask({}, "2026-07", "unit")), testing::HasSubstr("indicators"));
}

TEST_P(FiguresJob, NothingIsJudgedWhileOldCasesAreStillCounted) {
  city_ = openTestCity(place_, clock_);
  definition_ = (*city_->deploy(orderPack("[]")))->id;
  start({});
  ASSERT_TRUE(city_->deploy(orderPack()));
  EXPECT_THAT(faultOf(ask({{"all", "orders/received"}}, "2026-07", "unit")), testing::HasSubstr("counted"));
  recount();
  EXPECT_EQ(faultOf(ask({{"all", "orders/received"}}, "2026-07", "unit")), "none");
}

}  // namespace figures_job_test
}  // namespace jinyue::insight
