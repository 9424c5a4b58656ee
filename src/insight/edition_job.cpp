#include "insight/edition_job.h"

#include <algorithm>

#include <fmt/format.h>

namespace jinyue::insight {
namespace {

struct AppealTerm {
  std::string because;  ///< empty: an appeal is taken
  std::string title;
  std::string published_on;
  std::string last_day;
};

std::optional<std::int64_t> appealDaysOf(const FactRules& rules, const Report& report) {
  const DeclaredFigures* declared = rules.pack(report.pack);
  if (declared == nullptr) return std::nullopt;
  const auto& bulletins = declared->figures.bulletins;
  const auto found = std::ranges::find(bulletins, report.bulletin, &packs::Bulletin::id);
  return found == bulletins.end() ? std::nullopt : found->appeal_days;
}

AppealTerm termOf(const std::optional<Report>& report, const FactRules& rules, Date on) {
  AppealTerm term;
  if (!report || !report->published) {
    term.because = "没有这份已发布的通报";
    return term;
  }
  term.title = report->title;
  const Date published = dateOf(*report->published);
  term.published_on = formatDate(published);
  if (report->status == ReportStatus::superseded) {
    term.because = "这一版已被更正版取代，请对更正版提出";
    return term;
  }
  const auto days = appealDaysOf(rules, *report);
  if (!days) {
    term.because = "这种通报不接受申诉";
    return term;
  }
  const Date last = published + std::chrono::days{*days};
  term.last_day = formatDate(last);
  if (on > last) term.because = fmt::format("申诉期为发布后 {} 日，已于 {} 届满", *days, term.last_day);
  return term;
}

}  // namespace

casework::JobHandler editionJob(std::shared_ptr<Reports> reports, const FactBook& book) {
  return [reports = std::move(reports), &book](const casework::Job& job) -> casework::JobResult {
    const feel::Value* number = job.payload.find("report");
    const auto id = number == nullptr ? std::nullopt : number->asInt64();
    const feel::Value* day = job.payload.find("on");
    const auto on = day == nullptr ? std::nullopt : parseDate(day->asString().value_or(""));
    if (!id || !on) return casework::JobFault{"report is no number, or on is no day"};
    const AppealTerm term = termOf(reports->find(*id), *book.rules(), *on);
    feel::Context edition;
    edition.set("open", feel::Value(term.because.empty()));
    edition.set("because", feel::Value(term.because));
    edition.set("title", feel::Value(term.title));
    edition.set("published_on", feel::Value(term.published_on));
    edition.set("last_day", feel::Value(term.last_day));
    casework::JobDone done;
    done.variables.set("edition", feel::Value(std::move(edition)));
    return done;
  };
}

}  // namespace jinyue::insight
