#include "insight/surveys.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/text.h"
#include "insight/reports.h"
#include "ledger/record.h"
#include "store/check.h"

namespace jinyue::insight {
namespace {

using store::SqlRow;
using store::statement;

constexpr int most_codes = 10'000;
constexpr std::size_t code_bytes = 10;
constexpr std::size_t seed_bytes = 16;
constexpr std::size_t most_samples = 100;

constexpr std::string_view survey_by_id_sql =
    "SELECT id, version, status, title, opens, closes, made_by, body FROM surveys WHERE id = $1";
constexpr std::string_view list_surveys_sql =
    "SELECT id, version, status, title, opens, closes, made_by FROM surveys WHERE id < $1 AND ($2 = -1 OR "
    "status = $2)"
    " ORDER BY id DESC LIMIT $3";
constexpr std::string_view insert_survey_sql =
    "INSERT INTO surveys (id, version, status, title, opens, closes, made_by, body)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
constexpr std::string_view update_survey_sql =
    "UPDATE surveys SET version = $2, status = $3, body = $4 WHERE id = $1 AND version = $2 - 1";
constexpr std::string_view add_code_sql =
    "INSERT INTO survey_tokens (survey, token, stratum) VALUES ($1, $2, $3)";
constexpr std::string_view code_sql = "SELECT stratum FROM survey_tokens WHERE survey = $1 AND token = $2";
constexpr std::string_view use_code_sql = "DELETE FROM survey_tokens WHERE survey = $1 AND token = $2";
constexpr std::string_view drop_codes_sql = "DELETE FROM survey_tokens WHERE survey = $1";
constexpr std::string_view count_sql =
    "INSERT INTO survey_tallies (survey, stratum, question, choice, answers) VALUES ($1, $2, $3, $4, 1)"
    " ON CONFLICT (survey, stratum, question, choice) DO UPDATE SET answers = survey_tallies.answers + 1";
constexpr std::string_view tallies_sql =
    "SELECT stratum, question, choice, answers FROM survey_tallies WHERE survey = $1";

/// The column `body`.
struct SurveyBody {
  static constexpr bool json_sparse = true;
  SurveyDesign design;
  std::map<std::string, std::int64_t, std::less<>> invited;
  std::vector<SurveySample> samples;
  std::string closed_by;
};
BOOST_DESCRIBE_STRUCT(SurveyBody, (), (design, invited, samples, closed_by))

struct SurveyRecord {
  static constexpr bool json_sparse = true;
  std::string title;
  std::string digest;  ///< SHA-256 of the design, or of the results
  std::string stratum;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(SurveyRecord, (), (title, digest, stratum, count))

Survey readSurvey(const SqlRow& row) {
  Survey survey;
  survey.id = row.integer(0);
  survey.version = row.integer(1);
  survey.status = static_cast<SurveyStatus>(row.integer(2));
  survey.title = row.text(3);
  survey.opens = row.instant(4);
  survey.closes = row.instant(5);
  survey.made_by = row.text(6);
  if (row.values.size() < 8) return survey;
  auto body = fromJson<SurveyBody>(row.text(7));
  if (!body) throw store::StoreFault(fmt::format("survey {} can't be read", survey.id));
  survey.design = std::move(body->design);
  survey.invited = std::move(body->invited);
  survey.samples = std::move(body->samples);
  survey.closed_by = std::move(body->closed_by);
  return survey;
}

std::string surveyBodyOf(const Survey& survey) {
  return toJson(SurveyBody{survey.design, survey.invited, survey.samples, survey.closed_by});
}

std::unexpected<Problem> surveyChanged() {
  return refuse(ProblemKind::conflict, "survey.changed",
                {"问卷已被他人修改，请重新读取", "somebody has changed the survey; read it again"});
}
std::unexpected<Problem> unknownSurvey() {
  return refuse(ProblemKind::not_found, "survey.unknown", {"没有这个问卷", "there is no such survey"});
}
std::unexpected<Problem> wrongCode() {
  return refuse(ProblemKind::conflict, "survey.code",
                {"答题码不对或已用过", "this is no code, or it was used"});
}

/// Letters and digits that nobody mixes up.
std::string codeOf(std::string_view bytes) {
  constexpr std::string_view letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  static_assert(letters.size() == 32);
  std::string code;
  unsigned bits = 0;
  int have = 0;
  for (const char byte : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(byte);
    for (have += 8; have >= 5; have -= 5) code += letters[bits >> static_cast<unsigned>(have - 5) & 31U];
  }
  return code;
}

std::string codeHash(std::int64_t survey, std::string_view code) {
  return digestOf(fmt::format("survey {} {}", survey, code));
}

}  // namespace

Result<Survey> Surveys::write(Survey survey, std::string_view kind, std::string_view actor, std::string body,
                              std::vector<store::Statement> more) {
  const bool is_new = survey.version == 0;
  ++survey.version;
  store::Batch batch;
  if (is_new) {
    batch.statements.push_back(store::guarded(1, insert_survey_sql, survey.id, survey.version, survey.status,
                                              survey.title, survey.opens, survey.closes, survey.made_by,
                                              surveyBodyOf(survey)));
  } else {
    batch.statements.push_back(
        store::guarded(1, update_survey_sql, survey.id, survey.version, survey.status, surveyBodyOf(survey)));
  }
  for (store::Statement& each : more) batch.statements.push_back(std::move(each));
  batch.journal.push_back({survey.id, survey.version,
                           ledger::encodeRecord({survey.id, survey.version, std::string{kind},
                                                 std::string{actor}, now_(), "survey", std::move(body)})});
  if (!store_.commit(batch).done()) return surveyChanged();
  return survey;
}

Result<Survey> Surveys::create(SurveyDesign design, Instant opens, Instant closes, std::string_view actor) {
  if (auto good = checkDesign(design); !good) return std::unexpected(std::move(good).error());
  if (closes <= opens) {
    return refuse(ProblemKind::invalid, "survey.times", {"截止时间应在开始之后", "it closes after it opens"},
                  "/closes");
  }
  Survey survey;
  survey.id = store_.reserveCaseIds(1);
  survey.title = design.title.zh;
  survey.design = std::move(design);
  survey.opens = opens;
  survey.closes = closes;
  survey.made_by = actor;
  std::string body = toJson(SurveyRecord{survey.title, digestOf(toJson(survey.design)), {}, 0});
  return write(std::move(survey), "survey.created", actor, std::move(body));
}

Result<Survey> Surveys::atVersion(std::int64_t id, std::int64_t version, SurveyStatus wanted) {
  auto survey = find(id);
  if (!survey) return unknownSurvey();
  if (survey->version != version) return surveyChanged();
  if (survey->status == wanted) return std::move(*survey);
  return refuse(ProblemKind::conflict, "survey.status",
                {"问卷现在的状态不能这样做", "the survey is not in a state that allows this"});
}

Result<Survey> Surveys::open(std::int64_t id, std::int64_t version, std::string_view actor) {
  auto survey = atVersion(id, version, SurveyStatus::draft);
  if (!survey) return survey;
  survey->status = SurveyStatus::open;
  std::string body = toJson(SurveyRecord{survey->title, digestOf(toJson(survey->design)), {}, 0});
  return write(std::move(*survey), "survey.opened", actor, std::move(body));
}

Result<Survey> Surveys::close(std::int64_t id, std::int64_t version, std::string_view actor) {
  auto survey = atVersion(id, version, SurveyStatus::open);
  if (!survey) return survey;
  survey->status = SurveyStatus::closed;
  survey->closed_by = actor;
  std::string body = toJson(SurveyRecord{survey->title, {}, {}, 0});
  std::vector<store::Statement> more{statement(drop_codes_sql, id)};
  return write(std::move(*survey), "survey.closed", actor, std::move(body), std::move(more));
}

Result<Survey> Surveys::publish(std::int64_t id, std::int64_t version, std::string_view actor) {
  auto survey = atVersion(id, version, SurveyStatus::closed);
  if (!survey) return survey;
  if (survey->closed_by == actor) {
    return refuse(ProblemKind::forbidden, "survey.same-person",
                  {"截止和发布应由不同的人做", "who closed it can't publish it"});
  }
  const auto found = results(*survey);
  survey->status = SurveyStatus::published;
  std::string body = toJson(SurveyRecord{survey->title, digestOf(toJson(*found)), {}, 0});
  return write(std::move(*survey), "survey.published", actor, std::move(body));
}

Result<std::vector<std::string>> Surveys::invite(std::int64_t id, std::int64_t version,
                                                 std::string_view stratum, int count,
                                                 std::string_view actor) {
  auto survey = find(id);
  if (!survey) return unknownSurvey();
  if (survey->version != version) return surveyChanged();
  if (survey->status > SurveyStatus::open) {
    return refuse(ProblemKind::conflict, "survey.status", {"问卷已截止", "the survey is closed"});
  }
  const auto& strata = survey->design.strata;
  const auto found = std::ranges::find(strata, stratum, &SurveyStratum::id);
  if (found == strata.end()) {
    return refuse(ProblemKind::invalid, "survey.stratum", {"没有这个分层", "there is no such stratum"},
                  "/stratum");
  }
  std::int64_t& invited = survey->invited[std::string{stratum}];
  if (count < 1 || count > most_codes || invited + count > found->population) {
    return refuse(ProblemKind::invalid, "survey.count",
                  {"数量应为 1 至 10000，且不超过该层总体", "1 to 10,000, and not more than the stratum has"},
                  "/count");
  }
  invited += count;
  std::vector<std::string> codes;
  std::vector<store::Statement> more;
  for (int i = 0; i < count; ++i) {
    codes.push_back(codeOf(random_(code_bytes)));
    more.push_back(statement(add_code_sql, id, codeHash(id, codes.back()), stratum));
  }
  std::string body = toJson(SurveyRecord{survey->title, {}, std::string{stratum}, count});
  if (auto written = write(std::move(*survey), "survey.invited", actor, std::move(body), std::move(more));
      !written)
    return std::unexpected(std::move(written).error());
  return codes;
}

Result<DrawnSample> Surveys::sample(registry::Registry& registry, std::int64_t id, std::int64_t version,
                                    const SampleRequest& request, std::string_view actor) {
  auto survey = find(id);
  if (!survey) return unknownSurvey();
  if (survey->version != version) return surveyChanged();
  if (survey->status > SurveyStatus::open) {
    return refuse(ProblemKind::conflict, "survey.status", {"问卷已截止", "the survey is closed"});
  }
  if (std::ranges::find(survey->design.strata, request.stratum, &SurveyStratum::id) ==
      survey->design.strata.end()) {
    return refuse(ProblemKind::invalid, "survey.stratum", {"没有这个分层", "there is no such stratum"},
                  "/stratum");
  }
  if (survey->samples.size() >= most_samples) {
    return refuse(ProblemKind::conflict, "survey.samples",
                  {"一份问卷最多抽样 100 次", "a survey has at most 100 samples"});
  }
  auto drawn = drawSample(registry, request, dateOf(now_()), toHex(random_(seed_bytes)));
  if (!drawn) return drawn;
  survey->samples.push_back(drawn->sample);
  if (auto written = write(std::move(*survey), "survey.sampled", actor, toJson(drawn->sample)); !written)
    return std::unexpected(std::move(written).error());
  return drawn;
}

Result<void> Surveys::answer(std::int64_t id, std::string_view code, const SurveyAnswers& answers) {
  const auto survey = find(id);
  if (!survey || survey->status == SurveyStatus::draft) return unknownSurvey();
  const Instant now = now_();
  if (survey->status != SurveyStatus::open || now < survey->opens || now >= survey->closes) {
    return refuse(ProblemKind::conflict, "survey.not-open",
                  {"问卷不在答题时间内", "the survey is not open now"});
  }
  if (auto good = checkAnswers(survey->design, answers); !good) return good;
  const std::string hash = codeHash(id, code);
  const auto found = store_.query(statement(code_sql, id, hash));
  if (found.empty()) return wrongCode();
  const std::string& stratum = found.front().text(0);
  store::Batch batch;
  batch.statements.push_back(store::guarded(1, use_code_sql, id, hash));
  batch.statements.push_back(statement(count_sql, id, stratum, "", indexOf(survey->design, answers)));
  for (const auto& [question, choice] : answers)
    batch.statements.push_back(statement(count_sql, id, stratum, question, choice));
  if (!store_.commit(batch).done()) return wrongCode();
  return {};
}

std::optional<Survey> Surveys::find(std::int64_t id) {
  const auto rows = store_.query(statement(survey_by_id_sql, id));
  return rows.empty() ? std::nullopt : std::optional{readSurvey(rows.front())};
}

store::Page<Survey> Surveys::list(std::optional<SurveyStatus> status, const store::PageRequest& page) {
  const auto before = store::readCursor(page.after, {INT64_MAX, 0, 0})[0];
  const auto rows = store_.query(
      statement(list_surveys_sql, before, status ? static_cast<std::int64_t>(*status) : -1, page.limit + 1));
  std::vector<Survey> surveys;
  for (const SqlRow& row : rows) surveys.push_back(readSurvey(row));
  return store::makePage(std::move(surveys), page.limit,
                         [](const Survey& survey) { return store::Cursor{survey.id, 0, 0}; });
}

std::optional<SurveyResults> Surveys::results(const Survey& survey) {
  if (survey.status < SurveyStatus::closed) return std::nullopt;
  std::vector<Tally> tallies;
  for (const SqlRow& row : store_.query(statement(tallies_sql, survey.id)))
    tallies.push_back({row.text(0), row.text(1), row.integer(2), row.integer(3)});
  return resultsOf(survey.design, tallies, survey.invited);
}

}  // namespace jinyue::insight
