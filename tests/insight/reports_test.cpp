// Bulletins: drafted, frozen by a digest in the log, published by another person, corrected; and printed.
#include <cstdio>
#include <fstream>

#include <gmock/gmock.h>

#include "insight/counted_city.h"
#include "insight/print.h"
#include "ledger/record.h"

namespace jinyue::insight {
namespace reports_test {

class ReportTest : public CountedCity {
 protected:
  void SetUp() override {
    open();
    recount();
    reports_ = std::make_unique<Reports>(city_->store(), city_->figures(), city_->facts(),
                                         namesFrom(city_->registry()), clock_.fn());
  }
  /// A month with some orders of three units.
  void fillJuly() {
    for (int i = 0; i < 30; ++i) {
      const Order order{i % 3 == 0   ? "城管局（示例）"
                        : i % 3 == 1 ? "水务局（示例）"
                                     : "住建局（示例）",
                        i % 2 == 0 ? "210202" : "210203", i % 5 == 0 ? "供水" : "路灯", "电话"};
      const auto id = start(order);
      if (i % 4 != 3) close(id, {i % 3 != 1 || i % 2 == 0, i % 3 == 0 || i % 2 == 0, i});
      open_ = i % 4 == 3 ? id : open_;
    }
    clock_.advance(std::chrono::days{31});
  }
  Report must(Result<Report> report) {
    EXPECT_TRUE(report) << describe(report.error());
    if (!report) throw std::runtime_error(describe(report.error()));
    return *report;
  }
  static std::string code(const Result<Report>& report) { return report ? "done" : report.error().code; }
  BulletinContent contentOf(const Report& report) { return *Reports::contentOf(report); }

  std::unique_ptr<Reports> reports_;
  store::CaseId open_ = 0;
};
JINYUE_COUNTED_ON_BOTH_STORES(ReportTest);

TEST_P(ReportTest, SaysWhatTheFactsSay) {
  fillJuly();
  const Report report = must(reports_->draft("orders", "monthly", "2026-07", "", "account:1"));
  const BulletinContent content = contentOf(report);
  EXPECT_EQ(content.title.zh, "2026年7月月度通报");
  EXPECT_EQ(content.title.en, "monthly bulletin, July 2026");
  EXPECT_EQ(content.indicators.front().unit, (Word{Text{"件", "cases"}}));
  // An edition that was frozen when names and units were in Chinese only can still be read.
  Report older = report;
  const auto replaceAll = [&](const std::string& from, const std::string& to) {
    for (auto at = older.body.find(from); at != older.body.npos; at = older.body.find(from, at))
      older.body.replace(at, from.size(), to);
  };
  replaceAll(R"("unit":{"zh":"件","en":"cases"})", R"("unit":"件")");
  ASSERT_NE(older.body, report.body);
  EXPECT_EQ(contentOf(older).indicators.front().unit, Word{"件"});
  ASSERT_EQ(content.city.figures.size(), 6u);
  EXPECT_EQ(content.city.figures[0].value, "30");
  EXPECT_EQ(content.city.figures[1].value, "23");
  EXPECT_EQ(content.city.figures[2].value, "100");
  ASSERT_EQ(content.tables.size(), 3u);
  std::int64_t received = 0;
  for (const BulletinRow& row : content.tables[0].rows) received += row.figures[0].counts;
  EXPECT_EQ(received, 30);
  // The score of each row is what its points and weights give.
  EXPECT_EQ(content.score->from, "2026-01-01");
  for (const BulletinTable& table : content.tables) {
    std::optional<std::int64_t> before;
    for (const BulletinRow& row : table.rows) {
      ASSERT_EQ(row.points.size(), 3u);
      feel::Number sum;
      for (const BulletinPoints& each : row.points)
        sum = sum + feel::Number(each.weight) * *feel::Number::parse(*each.points) / feel::Number(100);
      const auto difference = (sum - *feel::Number::parse(*row.score)).absolute();
      EXPECT_LE(difference, feel::Number::scaled(2, -2)) << row.key;
      if (before) EXPECT_GE(*row.rank, *before);
      before = row.rank;
    }
  }
  // The same again, also after a restart.
  EXPECT_EQ(must(reports_->draft("orders", "monthly", "2026-07", "", "account:2")).digest, report.digest);
}

TEST_P(ReportTest, IsFrozenAndPublishedByTwoPeopleOnceTheMonthIsOver) {
  EXPECT_EQ(code(reports_->draft("orders", "monthly", "2026-08", "", "account:1")), "bulletin.period");
  EXPECT_EQ(code(reports_->draft("orders", "monthly", "2026-Q3", "", "account:1")), "bulletin.period");
  EXPECT_EQ(code(reports_->draft("orders", "other", "2026-07", "", "account:1")), "bulletin.unknown");
  Report report = must(reports_->draft("orders", "monthly", "2026-07", "", "account:1"));
  EXPECT_EQ(code(reports_->freeze(report.id, report.version, "account:1")), "report.not-over");
  fillJuly();
  EXPECT_EQ(code(reports_->freeze(report.id, report.version, "account:1")), "report.stale");
  report = must(reports_->draft("orders", "monthly", "2026-07", "", "account:1"));
  EXPECT_EQ(report.edition, 1);
  EXPECT_EQ(code(reports_->publish(report.id, report.version, "account:2")), "report.status");
  EXPECT_EQ(code(reports_->freeze(report.id, report.version - 1, "account:1")), "report.changed");
  report = must(reports_->freeze(report.id, report.version, "account:1"));
  EXPECT_EQ(code(reports_->draft("orders", "monthly", "2026-07", "", "account:1")), "report.frozen");
  EXPECT_EQ(code(reports_->adjust(report.id, report.version, {}, "account:1")), "report.status");
  EXPECT_EQ(code(reports_->publish(report.id, report.version, "account:1")), "report.same-person");
  report = must(reports_->publish(report.id, report.version, "account:2"));
  // The log holds the digest of what was frozen.
  const auto records = city_->store().records(report.id, 0, 10);
  ASSERT_EQ(records.size(), 4u);
  const auto frozen = ledger::decodeRecord(records[2].record);
  ASSERT_TRUE(frozen);
  EXPECT_EQ(frozen->kind, "report.frozen");
  EXPECT_NE(frozen->body.find(digestOf(report.body)), std::string::npos);
  EXPECT_EQ(reports_->list({.status = ReportStatus::published}, {}).rows.size(), 1u);
}

TEST_P(ReportTest, WhatComesLateMakesACorrectedEdition) {
  fillJuly();
  Report first = must(reports_->draft("orders", "yearly", "2026", "", "account:1"));
  clock_.advance(std::chrono::days{200});
  first = must(reports_->draft("orders", "yearly", "2026", "", "account:1"));
  first = must(reports_->freeze(first.id, first.version, "account:1"));
  first = must(reports_->publish(first.id, first.version, "account:2"));
  EXPECT_TRUE(reports_->changesSince(first)->empty());
  // Changed behind its back: a case of the year that nobody had counted.
  changeBehind(
      "UPDATE facts SET marks = 0 WHERE case_id = (SELECT min(case_id) FROM facts WHERE basis = 'closed')"
      " AND basis = 'closed'");
  EXPECT_EQ(reports_->find(first.id)->body, first.body);
  const auto changes = reports_->changesSince(first);
  ASSERT_TRUE(changes);
  ASSERT_FALSE(changes->empty());
  EXPECT_EQ(changes->front().what, "closed");
  EXPECT_EQ(code(reports_->draft("orders", "yearly", "2026", "", "account:1")), "report.reason");
  Report second = must(reports_->draft("orders", "yearly", "2026", "漏计一件（示例）", "account:1"));
  EXPECT_EQ(second.edition, 2);
  EXPECT_EQ(contentOf(second).corrects, 1);
  EXPECT_EQ(contentOf(second).corrections, *changes);
  second = must(reports_->freeze(second.id, second.version, "account:1"));
  EXPECT_EQ(reports_->find(first.id)->status, ReportStatus::published);
  second = must(reports_->publish(second.id, second.version, "account:2"));
  EXPECT_EQ(reports_->find(first.id)->status, ReportStatus::superseded);
  EXPECT_EQ(reports_->find(first.id)->body, first.body);
}

TEST_P(ReportTest, AnAppealChangesAScoreWithItsReason) {
  fillJuly();
  Report report = must(reports_->draft("orders", "yearly", "2026", "", "account:1"));
  const auto scoreIn = [&](const Report& of, const std::string& unit) {
    for (const BulletinRow& row : contentOf(of).tables[0].rows) {
      if (row.key == unit) return std::pair{*row.computed, *row.score};
    }
    throw std::runtime_error("no such unit");
  };
  const auto [computed, before] = scoreIn(report, "水务局（示例）");
  EXPECT_EQ(computed, before);
  EXPECT_EQ(
      code(reports_->adjust(report.id, report.version,
                            {{packs::BulletinBy::unit, "水务局（示例）", "two", "示例", 7}}, "account:1")),
      "report.points");
  report = must(reports_->adjust(report.id, report.version,
                                 {{packs::BulletinBy::unit, "水务局（示例）", "2.5", "申诉成立（示例）", 7}},
                                 "account:1"));
  const auto [still, after] = scoreIn(report, "水务局（示例）");
  EXPECT_EQ(still, computed);
  EXPECT_EQ(*feel::Number::parse(after) - *feel::Number::parse(before), feel::Number::scaled(25, -1));
  // It stays when the draft is computed again.
  report = must(reports_->draft("orders", "yearly", "2026", "", "account:1"));
  EXPECT_EQ(scoreIn(report, "水务局（示例）").second, after);
}

TEST_P(ReportTest, ACaseClosedAfterTheMonthBelongsToTheNext) {
  fillJuly();
  Report july = must(reports_->draft("orders", "monthly", "2026-07", "", "account:1"));
  july = must(reports_->freeze(july.id, july.version, "account:1"));
  close(open_, {true, true, 40});
  EXPECT_TRUE(reports_->changesSince(july)->empty());
  const Report august = must(reports_->draft("orders", "monthly", "2026-08", "", "account:1"));
  EXPECT_EQ(contentOf(august).city.figures[1].value, "1");
}

TEST_P(ReportTest, WhatIsNotWhatItsDigestSaysIsAFault) {
  fillJuly();
  Report report = must(reports_->draft("orders", "monthly", "2026-07", "", "account:1"));
  report = must(reports_->freeze(report.id, report.version, "account:1"));
  changeBehind("UPDATE bulletins SET body = replace(body, '\"30\"', '\"31\"')");
  EXPECT_THROW(reports_->find(report.id), store::StoreFault);
}

TEST_P(ReportTest, IsPrinted) {
  fillJuly();
  const Report report = must(reports_->draft("orders", "monthly", "2026-07", "", "account:1"));
  const BulletinContent content = contentOf(report);
  const std::string pdf = printPdf(report, content);
  EXPECT_EQ(pdf, printPdf(report, content));
  EXPECT_TRUE(pdf.starts_with("%PDF-"));
  const std::string path = place_.folder() + "/report.pdf";
  std::ofstream(path, std::ios::binary) << pdf;
  std::string text;
  if (FILE* pipe = popen(("pdftotext -layout '" + path + "' -").c_str(), "r")) {
    char buffer[4096];
    for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
    pclose(pipe);
  }
  for (const char* part : {"2026年7月月度通报", "城管局（示例）", "满意率", "第 1 页，共", "名次"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  const std::string xlsx = printXlsx(report, content);
  EXPECT_TRUE(xlsx.starts_with("PK"));
}

}  // namespace reports_test
}  // namespace jinyue::insight
