// A simulated city: the same seed is the same city, its cases are sound, its
// bulletins say what happened, and people in it meet everything that the models
// know.
#include <filesystem>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casework/replay.h"
#include "cli/simulation/simulator.h"
#include "insight/figures.h"
#include "support/test_city.h"

namespace jinyue::cli {
namespace simulation_test {

using namespace testing_support;

std::string projectFile(const std::string& path) { return std::string{JINYUE_SOURCE_DIR} + "/" + path; }

SimCity exampleCity() {
  const auto city = readSimCity(readFile(projectFile("simulations/demonstration.json")).value());
  if (!city) throw std::runtime_error(describe(city.error()));
  return *city;
}

/// A city that was simulated, and what the simulator says of it.
class Simulated {
 public:
  struct Wish {
    StoreKind kind = StoreKind::sqlite;
    std::uint64_t seed = 7;
    int days = 10;
    double scale = 1;
    std::string first = "2026-09-07";
    const Simulated* keys_of = nullptr;  ///< digests of personal data are then the same
  };

  explicit Simulated(const Wish& wish)
      : place_(wish.kind), clock_(startOf(*parseDate(wish.first))), city_(exampleCity()) {
    namespace fs = std::filesystem;
    if (wish.keys_of) {
      for (const char* name : {"log-signing-key.pem", "log-public-key.pem", "personal-digest.key", "keys"})
        fs::copy(wish.keys_of->place_.folder() + "/" + name, place_.folder() + "/" + name,
                 fs::copy_options::recursive);
    }
    OfficeOptions options;
    options.city.data = place_.folder();
    // Without waiting for the disk, as a simulation is written.
    options.city.store = place_.address() + (wish.kind == StoreKind::sqlite ? "?relaxed" : "");
    options.city.calendar = projectFile("packs/china/calendar.json");
    options.city.now = [this] { return clock_.now(); };
    options.city.engine.committed = [this](const casework::Committed& done) { watch_.note(done); };
    options.city.pump.workers = 1;
    options.password_cost = {.memory_kib = 64, .iterations = 1};
    options.notices.development = true;
    auto opened = Office::open(options);
    if (!opened) throw std::runtime_error(describe(opened.error()));
    office_ = std::move(*opened);
    for (const std::string& pack : city_.packs) {
      const auto read = packs::readPack(projectFile(pack));
      if (!read) throw std::runtime_error(describe(read.error()));
      if (const auto deployed = office_->deploy(*read); !deployed)
        throw std::runtime_error(describe(deployed.error()));
    }
    auto people =
        makeUpPeople(*office_, ledger::randomBytes, dateOf(clock_.now()), place_.folder() + "/accounts.txt");
    if (!people) throw std::runtime_error(describe(people.error()));
    people_ = std::move(*people);
    simulator_ = std::make_unique<Simulator>(
        SimulationPlace{*office_, watch_, clock_, people_, city_, projectFile("simulations")}, wish.seed,
        wish.scale);
    const auto done = simulator_->run(clock_.now() + std::chrono::days{wish.days});
    if (!done) throw std::runtime_error(describe(done.error()));
  }

  Office& office() { return *office_; }
  City& city() { return office_->city(); }
  const SimulationCounts& counts() const { return simulator_->counts(); }
  const Simulator& simulator() const { return *simulator_; }

  std::vector<store::CaseRow> cases() {
    std::vector<store::CaseRow> all;
    store::PageRequest page{1000, {}};
    do {
      auto rows = city().store().listCases({.scope = store::everything()}, page);
      all.insert(all.end(), rows.rows.begin(), rows.rows.end());
      page.after = rows.next;
    } while (!page.after.empty());
    return all;
  }

  /// Every record of every case.
  std::map<std::pair<store::CaseId, std::int64_t>, std::string> records() {
    std::map<std::pair<store::CaseId, std::int64_t>, std::string> all;
    for (const store::CaseRow& row : cases()) {
      for (const store::StoredRecord& record : city().store().records(row.id, 0, 1000))
        all[{record.case_id, record.position}] = record.record;
    }
    return all;
  }

 private:
  StorePlace place_;
  SimClock clock_;
  CommitWatch watch_;
  SimCity city_;
  std::unique_ptr<Office> office_;
  MadeUpPeople people_;
  std::unique_ptr<Simulator> simulator_;
};

void expectSoundCases(Simulated& simulated, std::size_t at_most) {
  EXPECT_TRUE(simulated.city().store().listIncidents({.scope = store::everything()}, {10, {}}).rows.empty());
  std::size_t looked_at = 0;
  for (const store::CaseRow& listed : simulated.cases()) {
    if (++looked_at > at_most) break;
    if (listed.process == "hotline-order" || listed.process == "licence" || listed.process == "measure") {
      EXPECT_THAT(listed.title, testing::HasSubstr("示例"));
    }
    const store::CaseId ids[] = {listed.id};
    const auto row = simulated.city().store().loadCases(ids).front();
    const auto state = simulated.city().engine().seal().open(row);
    const auto replayed = casework::replay(simulated.city().store(), simulated.city().definitions(),
                                           simulated.city().engine().seal(), listed.id);
    ASSERT_TRUE(state && replayed) << listed.id;
    EXPECT_EQ(*replayed, *state) << listed.id;
  }
}

/// What the bulletin's figures say now is what the simulator counted when it
/// happened.
void expectFiguresAgree(Simulated& simulated) {
  const auto rules = simulated.city().facts().rules();
  const auto find = [&](const char* id) { return *insight::Figures::find(*rules, id); };
  const std::vector<insight::IndicatorRef> asked{find("hotline/received"), find("hotline/accepted"),
                                                 find("hotline/dispatched"),
                                                 find("hotline/satisfaction-rate")};
  while (simulated.office().recount().step()) {
  }
  ASSERT_FALSE(simulated.simulator().hotline().empty());
  for (const auto& [month, count] : simulated.simulator().hotline()) {
    insight::FigureFilter filter;
    filter.scope = store::everything();
    const auto period = insight::parsePeriod(fmt::format("{}-{:02}", month / 100, month % 100));
    insight::FigureState state;
    const auto figures = simulated.city().figures().ask(asked, *period, filter, {}, &state);
    ASSERT_TRUE(figures) << describe(figures.error());
    EXPECT_TRUE(state.complete);
    ASSERT_EQ(figures->size(), 1U);
    const auto& sums = figures->begin()->second;
    EXPECT_EQ(sums[0].counts, count.received);
    EXPECT_EQ(sums[1].counts, count.accepted);
    EXPECT_EQ(sums[2].counts, count.dispatched);
    EXPECT_EQ(sums[3].of, count.reached);
    EXPECT_EQ(sums[3].counts, count.satisfied);
    EXPECT_GT(count.received, 0);
  }
}

class Simulation : public testing::TestWithParam<StoreKind> {};

TEST_P(Simulation, TheSameSeedIsTheSameCityAndAnotherOneIsNot) {
  const bool sqlite = GetParam() == StoreKind::sqlite;
  const Simulated::Wish wish{
      .kind = GetParam(), .seed = 7, .days = sqlite ? 12 : 3, .scale = sqlite ? 0.6 : 0.3};
  Simulated one(wish);
  Simulated::Wish again = wish;
  again.keys_of = &one;
  Simulated two(again);
  EXPECT_GT(one.counts().cases, 20);
  EXPECT_EQ(one.counts().cases, two.counts().cases);
  EXPECT_EQ(one.counts().happened, two.counts().happened);
  EXPECT_EQ(one.records(), two.records());
  Simulated::Wish other = wish;
  other.seed = 8;
  Simulated three(other);
  EXPECT_NE(one.counts().happened, three.counts().happened);
  expectSoundCases(one, 200);
  expectFiguresAgree(one);
}

INSTANTIATE_TEST_SUITE_P(Stores, Simulation, testing::Values(StoreKind::sqlite, StoreKind::postgres),
                         nameOfStore);

TEST(SimulatedDemonstration, MeetsEverythingThatTheModelsKnow) {
  Simulated simulated({.seed = 12345, .days = 60, .first = "2026-01-05"});
  const auto& happened = simulated.counts().happened;
  std::vector<std::string> missing;
  for (const char* name : {"accepted",
                           "answered-at-once",
                           "not-accepted",
                           "merged",
                           "to-desk",
                           "dispatched",
                           "with-assistance",
                           "signed",
                           "returned",
                           "return.upheld",
                           "return.rejected",
                           "contact",
                           "contact.failed",
                           "assist",
                           "interim",
                           "extension.asked",
                           "suspension.asked",
                           "suspended.until-its-day",
                           "request.approved",
                           "request.refused",
                           "answered",
                           "promise",
                           "follow-up.kept",
                           "satisfied",
                           "dissatisfied",
                           "no-answer",
                           "own-rating",
                           "verified.rework",
                           "verified.explained",
                           "verified.resolved",
                           "supervised.late",
                           "begun.find-someone",
                           "begun.find-fault",
                           "begun.find-me",
                           "begun.broken-promise",
                           "begun.task-force",
                           "find-someone.answered",
                           "find-someone.out-of-scope",
                           "find-someone.called-back",
                           "find-fault.answered",
                           "find-fault.fixed",
                           "find-fault.not-fixed",
                           "find-me.solution",
                           "find-me.rule-change",
                           "find-me.agreed",
                           "broken-promise.answered",
                           "broken-promise.kept",
                           "task-force.contacted",
                           "task-force.kept",
                           "licence.taken-in",
                           "licence.supplement",
                           "licence.visited",
                           "licence.granted",
                           "licence.refused",
                           "licence.delivered",
                           "permit.finished",
                           "plan.issued",
                           "measure.issued",
                           "measure.broken-down",
                           "plan.reported",
                           "plan.checked",
                           "plan.neglected",
                           "plan.warned",
                           "plan.replied",
                           "project.reported",
                           "begun.supervision",
                           "benchmark.classified",
                           "member-measure.adopted",
                           "begun.clue-transfer",
                           "begun.rule-proposal",
                           "meeting.answered",
                           "meeting.satisfied",
                           "meeting.published",
                           "evaluation.reviewed",
                           "evaluation.objected",
                           "evaluation.objection-decided",
                           "survey.answered",
                           "survey.published"}) {
    if (!happened.contains(name)) missing.emplace_back(name);
  }
  EXPECT_THAT(missing, testing::IsEmpty());
  EXPECT_EQ(simulated.counts().unattended, 0);
  EXPECT_LT(simulated.counts().missed * 50, simulated.counts().commands);
  EXPECT_GE(simulated.counts().reports, 2);  // of January and February
  // A town that works: something is late, little is.
  const auto share = [&](const char* of, const char* in) {
    return static_cast<double>(happened.at(of)) / static_cast<double>(happened.at(in));
  };
  EXPECT_LT(share("supervised.late", "dispatched"), 0.15);
  EXPECT_GT(share("contact", "dispatched"), 0.8);
  expectSoundCases(simulated, 300);
  expectFiguresAgree(simulated);
  // Applicants were told, and nothing left the machine.
  EXPECT_EQ(simulated.city().outbox().count(notify::State::dead, 10), 0);
  EXPECT_GT(simulated.city().outbox().count(notify::State::sent, 10), 0);
  // What was published is what had happened by then.
  const auto published = simulated.office().reports().list(
      {.pack = "hotline", .bulletin = "hotline-month", .status = insight::ReportStatus::published}, {10, {}});
  ASSERT_EQ(published.rows.size(), 2U);
  EXPECT_EQ(published.rows[0].period, "2026-02");
  EXPECT_NE(published.rows[0].frozen_by, published.rows[0].published_by);
  const auto content = insight::Reports::contentOf(*simulated.office().reports().find(published.rows[0].id));
  ASSERT_TRUE(content);
  EXPECT_EQ(content->city.figures.at(0).indicator, "received");
  EXPECT_EQ(content->city.figures.at(0).counts, simulated.simulator().hotline().at(202602).received);
  std::set<std::string> areas;
  std::set<std::string> parties;
  for (const store::CaseRow& row : simulated.cases()) {
    if (!row.area.empty()) areas.insert(row.area);
    parties.insert(row.party.substr(0, row.party.find(':')));
  }
  EXPECT_GE(areas.size(), 6U);
  EXPECT_THAT(parties, testing::IsSupersetOf({"firm", "person"}));
}

/// With as many officers as the work needs nothing is late; with fewer the same
/// calls are.
TEST(SimulatedDemonstration, LatenessComesFromLoad) {
  const auto late = [](double scale) {
    Simulated simulated({.seed = 3, .days = 10, .scale = scale, .first = "2026-03-02"});
    const auto& happened = simulated.counts().happened;
    const auto of = [&](const char* name) {
      const auto found = happened.find(name);
      return found == happened.end() ? 0.0 : static_cast<double>(found->second);
    };
    return of("supervised.late") / of("dispatched");
  };
  EXPECT_LT(late(0.5), late(5));
}

}  // namespace simulation_test
}  // namespace jinyue::cli
