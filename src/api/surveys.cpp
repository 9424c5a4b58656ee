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

/// How a sample was drawn.
struct SampleLine {
  int number = 0;
  std::string stratum;
  std::string register_name;
  std::map<std::string, std::string, std::less<>> filters;
  std::string as_of;
  std::int64_t population = 0;
  std::int64_t count = 0;
  std::string seed;
  std::string digest;
  static std::vector<About> about() {
    return {{"number", {"第几次抽样，从 1 起", "which of the survey's samples, from 1"}},
            {"population", {"符合条件的条目数", "entries that fit"}},
            {"seed",
             {"随机种子：按 SHA-256(种子 + 换行 + 键) 排序取前若干个",
              "the entries are ordered by SHA-256 of seed, line feed and key"}},
            {"digest", {"抽中的键的摘要，写入日志", "digest of the keys drawn, as the log has it"}}};
  }
};
BOOST_DESCRIBE_STRUCT(SampleLine, (),
                      (number, stratum, register_name, filters, as_of, population, count, seed, digest))

struct SampleView : SampleLine {
  std::vector<std::string> keys;
  bool unchanged = true;
  static std::vector<About> about() {
    auto all = SampleLine::about();
    all.push_back({"keys", {"抽中的条目的键", "keys of the entries drawn"}});
    all.push_back({"unchanged",
                   {"false：登记册后来更正过，重抽的结果与当时不同",
                    "false: the register was corrected since, and another sample comes out"}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(SampleView, (SampleLine), (keys, unchanged))

struct SamplePath {
  std::int64_t id = 0;
  int number = 0;
};
BOOST_DESCRIBE_STRUCT(SamplePath, (), (id, number))

struct SampleBody {
  std::string stratum;
  std::string register_name;
  std::map<std::string, std::string, std::less<>> filters;
  std::int64_t count = 0;
  static std::vector<About> about() {
    return {{"stratum", {"分层标识", "id of the stratum"}, {}, 1, 60},
            {"register_name", {"登记册", "the register"}, R"("firms")", 1, 60},
            {"filters", {"登记册声明的筛选条件", "filters that the register declares"}},
            {"count", {"抽取数量", "how many"}, "100", 1, 100'000}};
  }
};
BOOST_DESCRIBE_STRUCT(SampleBody, (), (stratum, register_name, filters, count))

struct SurveyView : SurveyLine {
  insight::SurveyDesign design;
  std::map<std::string, std::int64_t, std::less<>> invited;
  std::vector<SampleLine> samples;
  std::optional<insight::SurveyResults> results;
  static std::vector<About> about() {
    return {{"invited", {"各层发出的答题码数", "codes handed out, by stratum"}},
            {"samples", {"每次抽样的办法", "how each sample was drawn"}},
            {"results", {"截止后才有", "only once it is closed"}}};
  }
};
BOOST_DESCRIBE_STRUCT(SurveyView, (SurveyLine), (design, invited, samples, results))

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

SampleLine sampleLineOf(const insight::SurveySample& sample, int number) {
  return {number,       sample.stratum, sample.register_name, sample.filters, sample.as_of, sample.population,
          sample.count, sample.seed,    sample.digest};
}

/// A sample is of the whole city.
Result<void> mayDraw(const Call& call) {
  if (call.caller->scopeFor(Permission::report_draft).isEverything()) return {};
  return refuse(ProblemKind::forbidden, "access.out-of-scope",
                {"抽样须有不限范围的授权", "a sample needs a grant without limits"});
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
  endpoints.add(
      {.path = "/surveys/{id}",
       .name = "readSurvey",
       .tag = "surveys",
       .summary = {"问卷；截止后含结果", "a survey, with its results once it is closed"},
       .access = reads},
      [rooms](Call&, const In<SurveyPath>& in) -> Result<Answer<SurveyView>> {
        const auto survey = rooms.surveys.find(in.path.id);
        if (!survey) return noSuchSurvey();
        SurveyView view{
            surveyLineOf(*survey), survey->design, survey->invited, {}, rooms.surveys.results(*survey)};
        for (const insight::SurveySample& each : survey->samples)
          view.samples.push_back(sampleLineOf(each, static_cast<int>(view.samples.size()) + 1));
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

void addSurveySamples(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(
      {.method = http::Method::post,
       .path = "/surveys/{id}/samples",
       .name = "drawSurveySample",
       .tag = "surveys",
       .summary = {"从登记册抽样（种子写入日志，可以重抽）",
                   "draws a sample from a register, by a seed that the log has"},
       .access = needs(Permission::report_draft, Reach::nothing),
       .repeats = Repeats::harmless,  // with the same If-Match it is refused the second time
       .changes_version = true},
      [rooms](Call& call, const In<SurveyPath, None, SampleBody>& in) -> Result<Answer<SampleView>> {
        if (auto may = mayDraw(call); !may) return std::unexpected(std::move(may).error());
        const auto drawn = rooms.surveys.sample(
            rooms.registry, in.path.id, call.expected_version.value_or(0),
            {in.body.stratum, in.body.register_name, in.body.filters, in.body.count}, call.caller->actor());
        if (!drawn) return std::unexpected(drawn.error());
        const auto survey = rooms.surveys.find(in.path.id);
        SampleView view{sampleLineOf(drawn->sample, static_cast<int>(survey->samples.size())), drawn->keys,
                        true};
        return Answer<SampleView>(std::move(view), survey->version);
      });
  endpoints.add({.path = "/surveys/{id}/samples/{number}",
                 .name = "readSurveySample",
                 .tag = "surveys",
                 .summary = {"重抽一次，核对当时的样本", "draws it again, to compare with what was drawn"},
                 .access = needs(Permission::report_draft, Reach::nothing)},
                [rooms](Call& call, const In<SamplePath>& in) -> Result<Answer<SampleView>> {
                  if (auto may = mayDraw(call); !may) return std::unexpected(std::move(may).error());
                  const auto survey = rooms.surveys.find(in.path.id);
                  if (!survey || in.path.number < 1 ||
                      static_cast<std::size_t>(in.path.number) > survey->samples.size()) {
                    return refuse(ProblemKind::not_found, "survey.no-sample",
                                  {"没有这次抽样", "there is no such sample"});
                  }
                  const insight::SurveySample& kept =
                      survey->samples[static_cast<std::size_t>(in.path.number) - 1];
                  const auto again = insight::drawAgain(rooms.registry, kept);
                  if (!again) return std::unexpected(again.error());
                  return SampleView{sampleLineOf(kept, in.path.number), again->keys,
                                    again->sample.digest == kept.digest};
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
  addSurveySamples(endpoints, rooms);
  addOpenSurveys(endpoints, rooms);
}

}  // namespace jinyue::api
