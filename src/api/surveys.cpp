// /surveys: satisfaction surveys: designed, opened, closed and published by officers, answered by whoever has
// a code, without a name.

#include "insight/surveys.h"

#include "api/endpoint.h"
#include "api/paging.h"
#include "api/rooms.h"

namespace jinyue::api {
namespace {

using identity::Permission;
using insight::Survey;
using insight::SurveyStatus;

struct SurveyPath {
  std::int64_t id = 0;
};
BOOST_DESCRIBE_STRUCT(SurveyPath, (), (id))

struct SurveysQuery : PageQuery {
  std::optional<SurveyStatus> status;
};
BOOST_DESCRIBE_STRUCT(SurveysQuery, (PageQuery), (status))

struct SurveyLine {
  std::int64_t id = 0;
  std::int64_t version = 0;
  SurveyStatus status = SurveyStatus::draft;
  std::string title;
  Instant opens;
  Instant closes;
};
BOOST_DESCRIBE_STRUCT(SurveyLine, (), (id, version, status, title, opens, closes))

struct SurveyView : SurveyLine {
  insight::SurveyDesign design;
  std::map<std::string, std::int64_t, std::less<>> invited;
  std::optional<insight::SurveyResults> results;
  static std::vector<About> about() {
    return {{"invited", {"各层发出的答题码数", "codes handed out, by stratum"}},
            {"results", {"截止后才有", "only once it is closed"}}};
  }
};
BOOST_DESCRIBE_STRUCT(SurveyView, (SurveyLine), (design, invited, results))

/// What everybody may see: while it is open its questions, when it is published its results.
struct OpenSurvey {
  std::int64_t id = 0;
  SurveyStatus status = SurveyStatus::draft;
  Text title;
  std::string source;
  Instant opens;
  Instant closes;
  std::vector<insight::SurveyQuestion> questions;
  std::optional<insight::SurveyResults> results;
};
BOOST_DESCRIBE_STRUCT(OpenSurvey, (), (id, status, title, source, opens, closes, questions, results))

struct SurveyDraft {
  insight::SurveyDesign design;
  Instant opens;
  Instant closes;
};
BOOST_DESCRIBE_STRUCT(SurveyDraft, (), (design, opens, closes))

struct InvitationBody {
  std::string stratum;
  int count = 0;
  static std::vector<About> about() {
    return {{"stratum", {"分层标识", "id of the stratum"}, {}, 1, 60},
            {"count", {"要几个答题码", "how many codes"}, "100", 1, 10'000}};
  }
};
BOOST_DESCRIBE_STRUCT(InvitationBody, (), (stratum, count))

struct InvitationCodes {
  std::vector<std::string> codes;
  static std::vector<About> about() {
    return {
        {"codes", {"只给这一次；系统不记录发给了谁", "told this once; nobody keeps whom they are given to"}}};
  }
};
BOOST_DESCRIBE_STRUCT(InvitationCodes, (), (codes))

struct AnswerBody {
  std::string code;
  std::map<std::string, std::int64_t, std::less<>> answers;
  static std::vector<About> about() {
    return {{"code", {"答题码", "the code"}, {}, 1, 40},
            {"answers", {"每个问题选第几项（从 0 起）", "the option chosen of each question, from 0"}}};
  }
};
BOOST_DESCRIBE_STRUCT(AnswerBody, (), (code, answers))

std::unexpected<Problem> noSuchSurvey() {
  return refuse(ProblemKind::not_found, "survey.unknown", {"没有这个问卷", "there is no such survey"});
}

SurveyLine surveyLineOf(const Survey& survey) {
  return {survey.id, survey.version, survey.status, survey.title, survey.opens, survey.closes};
}

Result<Answer<Written>> written(Result<Survey> survey) {
  if (!survey) return std::unexpected(std::move(survey).error());
  return Answer<Written>({survey->id, survey->version, false}, survey->version);
}

void addSurveyWork(Endpoints& endpoints, const Rooms& rooms) {
  const auto reads = needs(Permission::figure_read, Reach::nothing);
  endpoints.add({.path = "/surveys",
                 .name = "listSurveys",
                 .tag = "surveys",
                 .summary = {"满意度调查，新的在前", "surveys, newest first"},
                 .access = reads},
                [rooms](Call&, const In<None, SurveysQuery>& in) -> Result<Answer<Listing<SurveyLine>>> {
                  const auto page = pageOf(in.query);
                  if (!page) return std::unexpected(page.error());
                  return listingOf(rooms.surveys.list(in.query.status, *page),
                                   [](const Survey& survey) { return surveyLineOf(survey); });
                });
  endpoints.add({.path = "/surveys/{id}",
                 .name = "readSurvey",
                 .tag = "surveys",
                 .summary = {"问卷；截止后含结果", "a survey, with its results once it is closed"},
                 .access = reads},
                [rooms](Call&, const In<SurveyPath>& in) -> Result<Answer<SurveyView>> {
                  const auto survey = rooms.surveys.find(in.path.id);
                  if (!survey) return noSuchSurvey();
                  SurveyView view{surveyLineOf(*survey), survey->design, survey->invited,
                                  rooms.surveys.results(*survey)};
                  return Answer<SurveyView>(std::move(view), survey->version);
                });
  endpoints.add({.method = http::Method::post,
                 .path = "/surveys",
                 .name = "createSurvey",
                 .tag = "surveys",
                 .summary = {"新建问卷", "a new survey"},
                 .access = needs(Permission::report_draft, Reach::nothing),
                 .repeats = Repeats::by_store},
                [rooms](Call& call, const In<None, None, SurveyDraft>& in) -> Result<Answer<Written>> {
                  return written(rooms.surveys.create(in.body.design, in.body.opens, in.body.closes,
                                                      call.caller->actor()));
                });
  const auto adds =
      [&](std::string verb, std::string name, Text summary, Permission permission,
          Result<Survey> (insight::Surveys::*act)(std::int64_t, std::int64_t, std::string_view)) {
        endpoints.add({.method = http::Method::post,
                       .path = "/surveys/{id}/" + verb,
                       .name = std::move(name),
                       .tag = "surveys",
                       .summary = std::move(summary),
                       .access = needs(permission, Reach::nothing),
                       .repeats = Repeats::by_store,
                       .changes_version = true},
                      [rooms, act](Call& call, const In<SurveyPath>& in) -> Result<Answer<Written>> {
                        return written((rooms.surveys.*act)(in.path.id, call.expected_version.value_or(0),
                                                            call.caller->actor()));
                      });
      };
  adds("open", "openSurvey", {"开始答题", "opens it"}, Permission::report_draft, &insight::Surveys::open);
  adds("close", "closeSurvey", {"截止", "closes it"}, Permission::report_draft, &insight::Surveys::close);
  adds("publish", "publishSurvey",
       {"发布结果（与截止的不是同一人）", "publishes the results, by another person"},
       Permission::report_publish, &insight::Surveys::publish);
  endpoints.add(
      {.method = http::Method::post,
       .path = "/surveys/{id}/invitations",
       .name = "inviteToSurvey",
       .tag = "surveys",
       .summary = {"生成一批答题码", "makes codes"},
       .access = needs(Permission::report_draft, Reach::nothing),
       .repeats = Repeats::harmless,  // codes are told once: a repeated request makes others
       .changes_version = true},
      [rooms](Call& call, const In<SurveyPath, None, InvitationBody>& in) -> Result<Answer<InvitationCodes>> {
        auto codes = rooms.surveys.invite(in.path.id, call.expected_version.value_or(0), in.body.stratum,
                                          in.body.count, call.caller->actor());
        if (!codes) return std::unexpected(std::move(codes).error());
        Answer<InvitationCodes> answer(InvitationCodes{std::move(*codes)});
        answer.secret = true;
        return answer;
      });
}

void addOpenSurveys(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(
      {.path = "/open/surveys/{id}",
       .name = "readOpenSurvey",
       .tag = "open",
       .summary = {"正在答题的问卷，或已发布的结果",
                   "a survey that is open, or the results of a published one"},
       .access = anyone()},
      [rooms](Call&, const In<SurveyPath>& in) -> Result<Answer<OpenSurvey>> {
        const auto survey = rooms.surveys.find(in.path.id);
        if (!survey || (survey->status != SurveyStatus::open && survey->status != SurveyStatus::published))
          return noSuchSurvey();
        OpenSurvey view{survey->id,    survey->status, survey->design.title,     survey->design.source,
                        survey->opens, survey->closes, survey->design.questions, {}};
        if (survey->status == SurveyStatus::published) view.results = rooms.surveys.results(*survey);
        return view;
      });
  endpoints.add(
      {.method = http::Method::post,
       .path = "/open/surveys/{id}/answers",
       .name = "answerSurvey",
       .tag = "open",
       .summary = {"匿名答题，凭一次性答题码", "answers it without a name, with a code that is good once"},
       .access = anyone(),
       .repeats = Repeats::harmless},  // a key would be kept beside the answer; the code is used once
      [rooms](Call&, const In<SurveyPath, None, AnswerBody>& in) -> Result<Answer<Nothing>> {
        if (auto done = rooms.surveys.answer(in.path.id, in.body.code, in.body.answers); !done)
          return std::unexpected(std::move(done).error());
        return Nothing{};
      });
}

}  // namespace

void addSurveys(Endpoints& endpoints, const Rooms& rooms) {
  addSurveyWork(endpoints, rooms);
  addOpenSurveys(endpoints, rooms);
}

}  // namespace jinyue::api
