// What a check says about indicators, scores and bulletins.
#include <gtest/gtest.h>

#include "packs/small_pack.h"

namespace jinyue::packs {
namespace {

using testing_support::codesOf;
using testing_support::hasCode;
using testing_support::SmallPack;

constexpr const char* good = R"({
  "processes": [{"process": "ask", "category": "subject", "channel": "\"web\""}],
  "indicators": [
    {"id": "asked", "title": {"zh": "提问数", "en": "asked"}, "source": "made up", "process": "ask",
     "counts": "urgent = true and shelf != null"},
    {"id": "quick", "title": {"zh": "及时率", "en": "in time"}, "source": "made up", "process": "ask",
     "day": "closed", "of": "case.status = \"completed\"", "counts": "case.on_time", "direction": "up"},
    {"id": "days", "title": {"zh": "天数", "en": "days"}, "source": "made up", "process": "ask",
     "day": "case.opened", "value": "days"}],
  "scores": [{"id": "s", "title": {"zh": "得分", "en": "score"}, "versions": [
    {"from": "2026-01-01", "source": "made up", "parts": [
      {"indicator": "quick", "weight": 70, "worst": "0", "best": "100"},
      {"indicator": "days", "weight": 30, "worst": "30", "best": "0"}]}]}],
  "bulletins": [{"id": "b", "title": {"zh": "通报", "en": "bulletin"}, "source": "made up", "period": "month",
    "indicators": ["asked", "quick"], "score": "s", "by": ["unit", "area"]}]
})";

std::vector<Finding> checked(const std::string& from = "", const std::string& to = "") {
  std::string text = good;
  if (!from.empty()) {
    const auto found = text.find(from);
    if (found == std::string::npos) throw std::runtime_error("there is no " + from);
    text.replace(found, from.size(), to);
  }
  return SmallPack().remove("indicators.json").add("indicators.json", text).check();
}

TEST(FiguresOfAPack, AreRead) {
  EXPECT_EQ(codesOf(checked()), codesOf(SmallPack().check()));
  const Figures figures = *readFigures(good);
  EXPECT_EQ(figures.indicators.size(), 3u);
  EXPECT_EQ(figures.scores[0].versions[0].parts[1].best, "0");
  EXPECT_EQ(figures.bulletins[0].by, (std::vector{BulletinBy::unit, BulletinBy::area}));
  EXPECT_EQ(readFigures("[]")->indicators.size(), 0u);
  EXPECT_FALSE(readFigures(R"({"indicators": [{"id": 1}]})"));
}

TEST(FiguresOfAPack, HaveAUnitOfMeasureInBothLanguages) {
  const auto unitRead = [](const std::string& unit) {
    const auto read = readFigures(
        R"([{"id": "a", "title": {"zh": "甲", "en": "a"}, "source": "test", "process": "ask")" + unit + "}]");
    return read ? unitOf(read->indicators.front()) : Word{read.error().code};
  };
  EXPECT_EQ(unitRead(R"(, "unit": {"zh": "天", "en": "days"})"), (Word{Text{"天", "days"}}));
  EXPECT_EQ(unitRead(R"(, "unit": "%")"), Word{"%"});
  EXPECT_EQ(unitRead(""), (Word{Text{"件", "cases"}}));
  EXPECT_EQ(unitRead(R"(, "of": "true", "counts": "true")"), Word{"%"});
  EXPECT_EQ(unitRead(R"(, "unit": 3)"), Word{"json.invalid"});
  EXPECT_EQ(unitRead(R"(, "unit": {"zh": "天"})"), Word{"json.missing"});
}

TEST(FiguresOfAPack, AreChecked) {
  struct Case {
    const char* code;
    const char* from;
    const char* to;
  };
  for (const Case& each : std::vector<Case>{
           {"score.weights", R"("weight": 70)", R"("weight": 60)"},
           {"score.part", R"("worst": "30", "best": "0")", R"("worst": "30", "best": "30")"},
           {"score.from", "2026-01-01", "2026-13-01"},
           {"score.unknown", R"("score": "s")", R"("score": "t")"},
           {"indicator.unknown", R"("indicators": ["asked", "quick"])",
            R"("indicators": ["asked", "quiet"])"},
           {"indicator.kind", R"("value": "days")", R"("value": "days", "total": "days")"},
           {"indicator.kind", R"("counts": "case.on_time", )", ""},
           {"indicator.no-process", R"({"process": "ask", "category")", R"({"process": "aks", "category")"},
           {"indicator.personal", R"("category": "subject")", R"("category": "name")"},
           {"variable.never-set", R"("day": "case.opened")", R"("day": "finished_on")"},
           {"indicator.no-source", R"("source": "made up", "period")", R"("source": "", "period")"},
           {"name.twice", R"({"id": "quick")", R"({"id": "asked")"},
           {"bulletin.empty", R"("indicators": ["asked", "quick"])", R"("indicators": [])"}}) {
    EXPECT_TRUE(hasCode(checked(each.from, each.to), each.code)) << each.code << "\n"
                                                                 << codesOf(checked(each.from, each.to));
  }
}

TEST(FiguresOfAPack, AreNotTooManyOnOneDay) {
  const auto with = [](int count, const std::string& what) {
    std::string list = "[";
    for (int i = 0; i < count; ++i) {
      list += fmt::format(
          R"({}{{"id": "i{}", "title": {{"zh": "数", "en": "n"}}, "source": "made up", "process": "ask",
        {}}})",
          i == 0 ? "" : ",", i, what);
    }
    return SmallPack().remove("indicators.json").add("indicators.json", list + "]").check();
  };
  EXPECT_FALSE(hasCode(with(31, R"("counts": "urgent")"), "indicator.too-many"));
  EXPECT_TRUE(hasCode(with(32, R"("counts": "urgent")"), "indicator.too-many"));
  EXPECT_FALSE(hasCode(with(4, R"("value": "days")"), "indicator.too-many"));
  EXPECT_TRUE(hasCode(with(5, R"("value": "days")"), "indicator.too-many"));
}

}  // namespace
}  // namespace jinyue::packs
