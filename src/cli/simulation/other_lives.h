// How people carry out a plan, decide licences, take permits in, meet firms and evaluate the city.
#pragma once

#include <set>

#include "calendar/calendar.h"
#include "cli/simulation/sim_case.h"

namespace jinyue::cli {

/// Plans, measures, their parts, supervision orders, projects, the ledgers. `variables` are those of the
/// case.
class PlanLife {
 public:
  explicit PlanLife(const SimCity& city) : city_(city) {}

  /// A unit that does not report in time, once.
  bool neglects(const store::TaskRow& task, const SimCase& of) const;
  SimAnswer answer(const store::TaskRow& task, SimCase& of, const feel::Context& variables, Instant now);
  /// Whether it answers steps of this process.
  static bool knows(std::string_view process);

 private:
  SimAnswer part(const std::string& node, SimCase& of, const feel::Context& variables);
  SimAnswer project(const std::string& node, SimCase& of, const feel::Context& variables);
  SimAnswer order(const std::string& node, SimCase& of, Instant now);
  feel::Context parts(const feel::Context& variables) const;

  const SimCity& city_;
};

/// Meetings with firms and the items raised in them (pack `dialogue`).
class MeetingLife {
 public:
  explicit MeetingLife(const SimCity& city) : city_(city) {}

  static bool knows(std::string_view process) { return process == "meeting" || process == "meeting-item"; }
  SimAnswer answer(const std::string& node, SimCase& of) const;

 private:
  feel::Value raised(SimCase& of) const;

  const SimCity& city_;
};

/// Evaluation indicators, objections to their scores, and appeals (pack `assessment`).
class EvaluationLife {
 public:
  static bool knows(std::string_view process) { return process == "evaluation" || process == "appeal"; }
  static SimAnswer answer(const std::string& node, SimCase& of, Instant now);
};

/// Food licences of the pack `demonstration` and permits of the pack `permit-intake`.
class LicenceLife {
 public:
  explicit LicenceLife(const SimCity& city) : city_(city) {}

  /// Without the applicant.
  feel::Context licence(SimCase& of) const;
  feel::Context permit(SimCase& of, std::int64_t number, Instant now) const;
  SimAnswer answer(const store::TaskRow& task, SimCase& of, Instant now) const;

 private:
  const SimCity& city_;
};

}  // namespace jinyue::cli
