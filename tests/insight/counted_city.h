// A city with one process that is counted: orders are opened with a unit, an area, a category and a channel,
// and closed with what came of them.
#pragma once

#include <gtest/gtest.h>

#include "bpmn/command.h"
#include "insight/recount.h"
#include "support/test_city.h"

namespace jinyue::insight {

using namespace testing_support;

inline const char* const order_process = R"(
<process id="order" isExecutable="true" jy:title="title" jy:unit="unit" jy:area="area" jy:clock="five-days"
    jy:personal="phone">
  <startEvent id="s"/><userTask id="handle" name="办理"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="handle"/><sequenceFlow id="f2" sourceRef="handle" targetRef="e"/>
</process>)";

inline const char* const order_figures = R"({
  "processes": [{"process": "order", "category": "category", "channel": "channel"}],
  "indicators": [
    {"id": "received", "title": {"zh": "受理量", "en": "received"}, "source": "示例", "process": "order"},
    {"id": "closed", "title": {"zh": "办结量", "en": "closed"}, "source": "示例", "process": "order", "day": "closed"},
    {"id": "on-time", "title": {"zh": "按期办结率", "en": "on time"}, "source": "示例", "process": "order",
     "day": "closed", "of": "case.status = \"completed\"", "counts": "case.on_time", "direction": "up"},
    {"id": "solution", "title": {"zh": "解决率", "en": "solution"}, "source": "示例", "process": "order",
     "day": "closed", "of": "solved != null", "counts": "solved = true", "direction": "up"},
    {"id": "satisfaction", "title": {"zh": "满意率", "en": "satisfaction"}, "source": "示例", "process": "order",
     "day": "closed", "of": "satisfied != null", "counts": "satisfied = true", "direction": "up"},
    {"id": "days", "title": {"zh": "平均用时", "en": "days taken"}, "source": "示例", "process": "order",
     "day": "closed", "value": "days", "direction": "down"},
    {"id": "cost", "title": {"zh": "合计费用", "en": "cost"}, "source": "示例", "process": "order",
     "day": "closed", "counts": "solved = true", "total": "days"}
  ],
  "scores": [
    {"id": "quality", "title": {"zh": "办理质量", "en": "quality"}, "versions": [
      {"from": "2026-01-01", "source": "示例", "parts": [
        {"indicator": "on-time", "weight": 30, "worst": "0", "best": "100"},
        {"indicator": "solution", "weight": 40, "worst": "0", "best": "100"},
        {"indicator": "satisfaction", "weight": 30, "worst": "50", "best": "100"}]},
      {"from": "2026-09-01", "source": "示例", "parts": [
        {"indicator": "solution", "weight": 50, "worst": "0", "best": "100"},
        {"indicator": "satisfaction", "weight": 30, "worst": "50", "best": "100"},
        {"indicator": "days", "weight": 20, "worst": "30", "best": "0"}]}]}
  ],
  "bulletins": [
    {"id": "monthly", "title": {"zh": "月度通报", "en": "monthly bulletin"}, "source": "示例", "period": "month",
     "indicators": ["received", "closed", "on-time", "solution", "satisfaction", "days"], "score": "quality",
     "by": ["unit", "area", "category"]},
    {"id": "yearly", "title": {"zh": "年度考核", "en": "yearly assessment"}, "source": "示例", "period": "year",
     "indicators": ["closed", "on-time", "solution", "satisfaction"], "score": "quality", "by": ["unit", "area"],
     "appeal_days": 10}
  ]
})";

inline casework::Deployment orderPack(const std::string& figures = order_figures) {
  casework::Deployment deployment;
  deployment.name = "orders";
  deployment.processes.push_back({"order.bpmn", bpmnFile(order_process)});
  deployment.clocks = testClocks();
  deployment.files.push_back({"indicators.json", figures});
  deployment.files.push_back({"pack.json",
                              R"({"id": "orders", "version": "1", "title": {"zh": "工单", "en": "orders"},
           "description": {"zh": "示例", "en": "sample"}, "sources": ["示例"], "licence": "Apache-2.0"})"});
  return deployment;
}

struct Order {
  std::string unit = "城管局（示例）";
  std::string area = "210202";
  std::string category = "路灯";
  std::string channel = "电话";
};

struct Outcome {
  std::optional<bool> solved;
  std::optional<bool> satisfied;
  std::optional<int> days;
};

class CountedCity : public testing::TestWithParam<StoreKind> {
 protected:
  void open() {
    city_ = openTestCity(place_, clock_);
    definition_ = (*city_->deployIfNew(orderPack()))->id;
  }
  void restart() {
    city_.reset();
    open();
  }

  store::CaseId start(const Order& order) {
    bpmn::Start command;
    command.process = "order";
    command.variables =
        feel::Context{{"title", "示例工单"},        {"unit", order.unit},       {"area", order.area},
                      {"category", order.category}, {"channel", order.channel}, {"phone", "13000000000"}};
    casework::Request request;
    request.definition = definition_;
    request.command = std::move(command);
    request.actor = officer("clerk:1");
    const auto reply = city_->engine().run(std::move(request));
    if (!reply) throw std::runtime_error(describe(reply.error()));
    return reply->case_id;
  }
  void run(store::CaseId id, bpmn::Command command) {
    const auto reply = city_->engine().run({id, 0, std::move(command), officer("clerk:1"), {}});
    if (!reply) throw std::runtime_error(describe(reply.error()));
  }
  void close(store::CaseId id, const Outcome& outcome) {
    store::TaskFilter filter;
    filter.case_id = id;
    const auto tasks = city_->store().listTasks(filter, {}).rows;
    bpmn::Complete complete;
    complete.task = tasks.at(0).id.number;
    const auto value = [](const auto& each) { return each ? feel::Value(*each) : feel::Value(); };
    complete.variables = feel::Context{{"solved", value(outcome.solved)},
                                       {"satisfied", value(outcome.satisfied)},
                                       {"days", value(outcome.days)}};
    run(id, std::move(complete));
  }

  std::vector<IndicatorRef> indicators(const std::vector<std::string>& ids) {
    rules_ = city_->facts().rules();
    std::vector<IndicatorRef> refs;
    for (const std::string& id : ids) refs.push_back(*Figures::find(*rules_, "orders/" + id));
    return refs;
  }
  Groups ask(const std::vector<std::string>& ids, const std::string& period, const std::vector<By>& by = {},
             FigureFilter filter = {.scope = store::everything()}) {
    state_ = {};
    auto groups = city_->figures().ask(indicators(ids), *parsePeriod(period), filter, by, &state_);
    if (!groups) throw std::runtime_error(describe(groups.error()));
    return std::move(*groups);
  }
  std::vector<store::CaseId> behind(const std::string& id, const std::string& period, bool fulfilled = true,
                                    FigureFilter filter = {.scope = store::everything()}, int limit = 100) {
    std::vector<store::CaseId> all;
    store::PageRequest page{limit, {}};
    do {
      const auto found =
          city_->figures().behind({indicators({id}).front(), *parsePeriod(period), filter, fulfilled}, page);
      if (!found) throw std::runtime_error(describe(found.error()));
      all.insert(all.end(), found->rows.begin(), found->rows.end());
      page.after = found->next;
    } while (!page.after.empty());
    return all;
  }
  /// A change that no command made.
  void changeBehind(const std::string& sql) {
    store::Batch batch;
    batch.statements.push_back({sql});
    ASSERT_TRUE(city_->store().commit(batch).done());
  }
  /// Counts what is to be counted anew.
  void recount() {
    Recount recount(city_->store(), city_->definitions(), city_->engine().seal(), city_->facts(),
                    {.now = clock_.fn(), .grace = Millis{0}, .at_once = 7});
    while (recount.step()) {
    }
  }

  StorePlace place_{GetParam()};
  TestClock clock_{"2026-07-01T01:00:00Z"};
  std::unique_ptr<cli::City> city_;
  std::int64_t definition_ = 0;
  std::shared_ptr<const FactRules> rules_;  ///< keeps the indicators that were asked for
  FigureState state_;
};

#define JINYUE_COUNTED_ON_BOTH_STORES(Suite)                                                              \
  INSTANTIATE_TEST_SUITE_P(                                                                               \
      , Suite, testing::Values(testing_support::StoreKind::sqlite, testing_support::StoreKind::postgres), \
      testing_support::nameOfStore)

}  // namespace jinyue::insight
