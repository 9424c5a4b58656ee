// Surveys of a city: designed, opened, answered with one-time codes, closed, published. Neither the log nor
// any row ties an answer to a code, a person, an address or a moment: a code that is used is deleted, and the
// answer only raises counters.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "insight/survey.h"
#include "insight/survey_sample.h"
#include "ledger/random.h"
#include "store/store.h"

namespace jinyue::insight {

enum class SurveyStatus : std::int8_t { draft = 0, open = 1, closed = 2, published = 3 };
BOOST_DESCRIBE_ENUM(SurveyStatus, draft, open, closed, published)

struct Survey {
  std::int64_t id = 0;
  std::int64_t version = 0;
  SurveyStatus status = SurveyStatus::draft;
  std::string title;
  SurveyDesign design;  ///< empty in lists
  std::map<std::string, std::int64_t, std::less<>> invited;
  std::vector<SurveySample> samples;
  std::string closed_by;
  Instant opens;
  Instant closes;
  std::string made_by;
};

class Surveys {
 public:
  Surveys(store::Store& store, NowFn now, ledger::RandomFn random)
      : store_(store), now_(std::move(now)), random_(std::move(random)) {}

  Result<Survey> create(SurveyDesign design, Instant opens, Instant closes, std::string_view actor);
  Result<Survey> open(std::int64_t id, std::int64_t version, std::string_view actor);
  Result<Survey> close(std::int64_t id, std::int64_t version, std::string_view actor);
  /// By another person than who closed it (survey.same-person).
  Result<Survey> publish(std::int64_t id, std::int64_t version, std::string_view actor);

  /// New codes, each good for one answer, for those of a stratum that are asked; in no order, and kept by
  /// nobody. At most 10,000 at a time.
  Result<std::vector<std::string>> invite(std::int64_t id, std::int64_t version, std::string_view stratum,
                                          int count, std::string_view actor);
  /// Whom to ask in a stratum: drawn from a register by a new seed. What was drawn from, the seed and the
  /// digest of the keys become a record of the log; whom a code is given to is kept by nobody.
  Result<DrawnSample> sample(registry::Registry& registry, std::int64_t id, std::int64_t version,
                             const SampleRequest& request, std::string_view actor);
  /// Refuses a code that is not there or was used (survey.code), and a survey that is not open.
  Result<void> answer(std::int64_t id, std::string_view code, const SurveyAnswers& answers);

  std::optional<Survey> find(std::int64_t id);
  store::Page<Survey> list(std::optional<SurveyStatus> status, const store::PageRequest& page);
  /// Not before it is closed: results that grow tell who was the last.
  std::optional<SurveyResults> results(const Survey& survey);

 private:
  Result<Survey> atVersion(std::int64_t id, std::int64_t version, SurveyStatus wanted);
  Result<Survey> write(Survey survey, std::string_view kind, std::string_view actor, std::string body,
                       std::vector<store::Statement> more = {});

  store::Store& store_;
  NowFn now_;
  ledger::RandomFn random_;
};

}  // namespace jinyue::insight
