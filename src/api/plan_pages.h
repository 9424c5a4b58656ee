// The pages of a plan: how its measures stand. Every answer comes from the same ledger, as of a day.
#pragma once

#include <map>

#include "api/call.h"
#include "api/endpoint.h"
#include "api/plan_rows.h"
#include "api/plan_views.h"
#include "planning/standing.h"

namespace jinyue::api {

struct DayQuery {
  std::optional<Date> as_of;
  static std::vector<About> about() {
    return {{"as_of", {"截至哪一天，默认今天", "as of this day; today without it"}}};
  }
};
BOOST_DESCRIBE_STRUCT(DayQuery, (), (as_of))

class PlanPages {
 public:
  explicit PlanPages(const Rooms& rooms) : rooms_(rooms) {}

  // plans.cpp
  Result<Answer<PlanList>> list(Call& call) const;
  Result<Answer<PlanOverview>> overview(Call& call, const std::string& plan, const DayQuery& query) const;
  Result<Answer<MeasureList>> measures(Call& call, const std::string& plan, const DayQuery& query) const;

  // plan_timetable.cpp
  Result<Answer<Roadmap>> roadmap(Call& call, const std::string& plan, const DayQuery& query) const;
  Result<Answer<Timetable>> timetable(Call& call, const std::string& plan, const DayQuery& query) const;

  // plan_duties.cpp
  Result<Answer<Matrix>> matrix(Call& call, const std::string& plan, const DayQuery& query) const;
  Result<Answer<LateList>> late(Call& call, const std::string& plan, const DayQuery& query) const;
  Result<Answer<OrderList>> orders(Call& call, const std::string& plan, const DayQuery& query) const;
  Result<Answer<TargetList>> targets(Call& call, const std::string& plan, const DayQuery& query) const;
  Result<Answer<GapList>> gaps(Call& call, const std::string& plan, const DayQuery& query) const;
  Result<Answer<LikeList>> duplicates(Call& call, const std::string& plan) const;

  // plan_board.cpp
  Result<Answer<Board>> board(const Call& call, const std::string& name, const DayQuery& query) const;

 private:
  static PlanLine lineOf(const PlanCase& row);
  planning::StandingRules rules() const;
  planning::Standing standingOf(const planning::LedgerMeasure& measure, Date day) const;
  /// What there was on the day, as it was then; refuses a plan of which nothing is in reach.
  Result<std::vector<planning::LedgerMeasure>> known(Call& call, const std::string& plan, Date day) const;
  void count(const planning::LedgerMeasure& measure, Date day, PlanOverview& view,
             std::map<std::string, std::size_t>& sections, std::int64_t& progress) const;
  void ledgers(const std::string& plan, const store::RowScope& scope, Date day, PlanOverview& view) const;
  BoardProject projectOf(const Variables& variables, Date day) const;

  Rooms rooms_;
};

/// Which measure a line is about.
template <class Line>
void putHead(Line& to, const planning::LedgerMeasure& measure) {
  to.case_id = measure.case_id;
  to.id = measure.id;
  to.number = measure.number;
  to.title = measure.title;
}

}  // namespace jinyue::api
