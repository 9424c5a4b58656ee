// One mistake of each kind is found, and all of them in one run.
#include "packs/check.h"

#include <filesystem>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "packs/small_pack.h"

namespace jinyue::packs {
namespace {

using testing_support::codesOf;
using testing_support::hasCode;
using testing_support::SmallPack;

struct Mistake {
  std::string code;
  std::string file;  ///< where it must be found
  std::function<void(SmallPack&)> make;
  Severity severity = Severity::error;
};

const std::vector<Mistake>& mistakes() {
  const auto replace = [](std::string path, std::string from, std::string to) {
    return [=](SmallPack& pack) { pack.replace(path, from, to); };
  };
  const auto warning = Severity::warning;
  static const std::vector<Mistake> all{
      {"pack.unknown-file", "notes.txt", [](SmallPack& pack) { pack.add("notes.txt", "x"); }},
      {"register.no-declaration", "registers/firms.csv",
       [](SmallPack& pack) { pack.add("registers/firms.csv", "uscc\n"); }},
      {"json.unknown", "roles.json",
       replace("roles.json", R"("id": "clerk")", R"("id": "clerk", "colour": "red")")},
      {"pack.no-source", "pack.json",
       replace("pack.json", R"("sources": ["made up for tests"])", R"("sources": [])")},
      {"pack.missing", "pack.json",
       replace("pack.json", R"("licence")", R"("needs": ["elsewhere"], "licence")")},
      {"process.no-form", "ask.bpmn", replace("ask.bpmn", R"(jy:form="reply")", R"(jy:form="rely")")},
      {"process.no-role", "ask.bpmn",
       replace("ask.bpmn", "&quot;clerk&quot;", "if urgent then &quot;clark&quot; else &quot;clerk&quot;")},
      {"process.no-clock", "ask.bpmn",
       replace("ask.bpmn", R"(jy:clock="three-days")", R"(jy:clock="tree-days")")},
      {"process.no-decision", "ask.bpmn",
       replace("ask.bpmn", R"(jy:decision="urgent")", R"(jy:decision="urgnt")")},
      {"process.no-service", "ask.bpmn", replace("ask.bpmn", R"(jy:type="archive")", R"(jy:type="archiv")")},
      {"process.no-notice", "ask.bpmn", replace("ask.bpmn", "&quot;answered&quot;", "&quot;answerd&quot;")},
      {"notice.variable-missing", "ask.bpmn", replace("ask.bpmn", "{words: words}", "{word: words}")},
      {"notice.incomplete", "ask.bpmn", replace("ask.bpmn", R"(name="to")", R"(name="for")")},
      {"register.no-field", "forms/question.json",
       [](SmallPack& pack) {
         pack.replace("forms/question.json", "caller/name", "register:folk/nmae by subject");
         pack.add("registers/folk.json",
                  R"({"id": "folk", "title": {"zh": "人员", "en": "people"}, "key": ["id"],
           "schema": {"type": "object", "required": ["id"], "properties": {
             "id": {"type": "string", "title": "编号", "title:en": "id"},
             "name": {"type": "string", "title": "姓名", "title:en": "name"}}}})");
       }},
      {"message.never-thrown", "ask.bpmn", replace("ask.bpmn", R"(name="more")", R"(name="moer")")},
      {"variable.never-set", "ask.bpmn", replace("ask.bpmn", "subject + extra", "subjekt + extra")},
      {"variable.never-set", "forms/reply.json", replace("forms/reply.json", R"("urgent"])", R"("urgnt"])")},
      {"variable.never-set", "indicators.json", replace("indicators.json", "urgent = true", "urgnt = true")},
      {"indicator.no-process", "indicators.json",
       replace("indicators.json", R"("process": "ask")", R"("process": "aks")")},
      {"decision.input-missing", "ask.bpmn",
       replace("ask.bpmn", R"(<jy:input name="days")", R"(<jy:input name="dayz")")},
      {"variable.named-like-function", "ask.bpmn",
       replace("ask.bpmn", R"(jy:result="urgent")", R"(jy:result="count")"), warning},
      {"form.field-unread", "forms/question.json",
       [](SmallPack& pack) { pack.replace("forms/reply.json", R"("name", )", ""); }, warning},
      {"personal.undeclared", "ask.bpmn", replace("ask.bpmn", R"( jy:personal="name")", "")},
      {"form.not-placed", "forms/question.json",
       replace("forms/question.json", R"("days", "name"])", R"("days"])")},
      {"form.no-field", "forms/question.json",
       replace("forms/question.json", R"("fields": ["subject")", R"("fields": ["subjekt", "subject")")},
      {"form.personal", "forms/question.json",
       replace("forms/question.json", R"("x-personal": "name")", R"("x-personal": "nmae")")},
      {"form.source", "forms/question.json", replace("forms/question.json", "caller/name", "called by name")},
      {"form.offers", "forms/question.json",
       replace("forms/question.json", R"("x-personal": "name")",
               R"("x-offers": "unit", "x-personal": "name")")},
      {"register.unknown", "forms/question.json",
       replace("forms/question.json", "caller/name", "register:folk/name by subject")},
      {"role.no-permission", "roles.json", replace("roles.json", R"("task.work")", R"("task.wrok")")},
      {"role.unknown", "roles.json",
       replace("roles.json", R"("permissions")", R"("exclusive_with": ["nobody"], "permissions")")},
      {"role.no-task", "roles.json",
       [](SmallPack& pack) {
         pack.replace(
             "roles.json", "[{",
             R"([{"id": "idle", "title": {"zh": "闲人", "en": "idle"}, "permissions": ["task.work"]}, {)");
       },
       warning},
      {"clock.no-source", "clocks.json",
       replace("clocks.json", R"("source": "made up for tests")", R"("source": " ")")},
      {"clock.unused", "clocks.json", replace("ask.bpmn", R"( jy:clock="three-days")", ""), warning},
      {"text.untranslated", "roles.json", replace("roles.json", R"(, "en": "clerk")", "")},
      {"text.untranslated", "ask.bpmn", replace("texts.json", R"("ask.answer")", R"("ask.anwser")")},
      {"text.untranslated", "ask.bpmn",
       replace("ask.bpmn", R"(<serviceTask id="file")", R"(<serviceTask id="file" name="存档")"), warning},
      {"text.untranslated", "ask.bpmn",
       replace("ask.bpmn", R"(<sequenceFlow id="f2")", R"(<sequenceFlow id="f2" name="急")"), warning},
      {"text.untranslated", "pack.json",
       replace("pack.json", R"("process": "ask", "form")",
               R"("summary": {"zh": "提一个问题", "en": ""}, "process": "ask", "form")")},
      {"text.untranslated", "notices.json",
       replace("notices.json", R"("en": "answered: {words}")", R"("en": "")")},
      {"text.untranslated", "forms/question.json",
       replace("forms/question.json", R"(, "title:en": "subject")", "")},
      {"table.gap", "urgent.dmn", replace("urgent.dmn", "&gt;= 3", "&gt; 3"), warning},
      {"table.overlap", "urgent.dmn", replace("urgent.dmn", "&lt; 3", "&lt;= 3"), warning},
      {"node.no-outgoing", "ask.bpmn",
       replace("ask.bpmn", R"(<sequenceFlow id="f1" sourceRef="s" targetRef="judge"/>)", "")},
      {"scenario.none", "ask.bpmn", [](SmallPack& pack) { pack.remove("scenarios/all.json"); }},
      {"scenario.no-node", "scenarios/all.json",
       replace("scenarios/all.json", R"("complete": "answer")", R"("complete": "anwser")")},
      {"scenario.no-role", "scenarios/all.json",
       replace("scenarios/all.json", R"("roles": ["clerk"])", R"("roles": ["clark"])")},
      {"scenario.verb", "scenarios/all.json",
       replace("scenarios/all.json", R"("start": "ask")", R"("start": "ask", "wait": "P1D")")},
      {"pack.no-manifest", "pack.json", [](SmallPack& pack) { pack.remove("pack.json"); }},
  };
  return all;
}

TEST(PackCheck, TheSmallPackHasNoFault) {
  const auto findings = SmallPack().check();
  EXPECT_TRUE(findings.empty()) << codesOf(findings);
}

class OneMistake : public testing::TestWithParam<std::size_t> {};

TEST_P(OneMistake, IsFoundAtItsPlaceAndSaysWhatInBothLanguages) {
  const Mistake& mistake = mistakes()[GetParam()];
  SmallPack pack;
  mistake.make(pack);
  const auto findings = pack.check();
  const auto found = std::ranges::find_if(
      findings, [&](const Finding& each) { return each.code == mistake.code && each.file == mistake.file; });
  ASSERT_NE(found, findings.end()) << mistake.code << " in " << mistake.file << " was not found, but:\n"
                                   << codesOf(findings);
  EXPECT_EQ(found->severity, mistake.severity);
  EXPECT_FALSE(found->title.zh.empty());
  EXPECT_FALSE(found->title.en.empty());
}
INSTANTIATE_TEST_SUITE_P(, OneMistake, testing::Range<std::size_t>(0, mistakes().size()),
                         [](const auto& tested) {
                           std::string name = mistakes()[tested.param].code + std::to_string(tested.param);
                           std::erase_if(
                               name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
                           return name;
                         });

TEST(PackCheck, MistakesInDifferentFilesAreFoundInOneRun) {
  SmallPack pack;
  std::vector<std::string> wanted;
  for (const Mistake& mistake : mistakes()) {
    // These hide what others are about: the file is gone, its process can't be read, the decision or the
    // notice is not known, or the overlap fills the gap.
    static const std::set<std::string> hiding{"pack.no-manifest",    "scenario.none",     "node.no-outgoing",
                                              "process.no-decision", "process.no-notice", "table.overlap"};
    if (hiding.contains(mistake.code)) continue;
    try {
      mistake.make(pack);
    } catch (const std::exception&) {
      continue;  // another mistake changed the same text
    }
    wanted.push_back(mistake.code);
  }
  const auto findings = pack.check();
  EXPECT_GE(wanted.size(), 30U);
  for (const std::string& code : wanted)
    EXPECT_TRUE(hasCode(findings, code)) << code << "\n" << codesOf(findings);
}

TEST(PackCheck, ARefusedDrawingHidesNoNameThatIsWrongInIt) {
  SmallPack pack;
  pack.replace("ask.bpmn", R"(<sequenceFlow id="f1" sourceRef="s" targetRef="judge"/>)", "");
  pack.replace("ask.bpmn", R"(jy:form="reply")", R"(jy:form="rely")");
  pack.replace("clocks.json", R"("source": "made up for tests")", R"("source": "")");
  const auto findings = pack.check();
  for (const char* code : {"node.no-outgoing", "process.no-form", "clock.no-source"}) {
    EXPECT_TRUE(hasCode(findings, code)) << code << "\n" << codesOf(findings);
  }
}

TEST(PackCheck, AFindingNamesTheLineOfItsPlace) {
  SmallPack pack;
  pack.replace("pack.json", R"("version": "1")", R"("version": "")");
  pack.replace("pack.json", R"({"zh": "存档", "en": "archive"})", R"({"zh": "存档", "en": ""})");
  const auto findings = pack.check();
  ASSERT_EQ(findings.size(), 2U) << codesOf(findings);
  EXPECT_EQ(findings[0].line, 2);
  EXPECT_EQ(findings[1].line, 6);
  EXPECT_EQ(findings[1].place, "/services/0/title");
}

TEST(PackCheck, ARoleOfAPackThatItNeedsMayBeUsed) {
  const std::vector<Pack> others{
      readPack(
          std::vector<PackFile>{
              {"pack.json", R"({"id": "people", "version": "1", "title": {"zh": "人", "en": "people"},
        "description": {"zh": "测试", "en": "test"}, "sources": ["x"], "licence": "x"})"},
              {"roles.json",
               R"([{"id": "clark", "title": {"zh": "人", "en": "one"}, "permissions": ["case.read"]}])"}})
          .pack};
  SmallPack pack;
  pack.replace("ask.bpmn", "&quot;clerk&quot;", "&quot;clark&quot;");
  EXPECT_TRUE(hasCode(check(pack.read(), others), "process.no-role"));
  pack.replace("pack.json", R"("licence")", R"("needs": ["people"], "licence")");
  EXPECT_FALSE(hasCode(check(pack.read(), others), "process.no-role"));
}

TEST(PackFiles, ADeployedVersionGivesThePackBack) {
  const Pack pack = SmallPack().read().pack;
  const casework::Deployment deployment = toDeployment(pack);
  EXPECT_EQ(deployment.name, "small");
  EXPECT_EQ(deployment.processes.size(), 1U);
  EXPECT_EQ(deployment.decisions.size(), 1U);
  const auto back = fromDeployment(*fromJson<casework::Deployment>(toJson(deployment)));
  ASSERT_TRUE(back) << describe(back.error());
  EXPECT_EQ(back->manifest, pack.manifest);
  EXPECT_EQ(back->roles, pack.roles);
  EXPECT_EQ(back->texts, pack.texts);
  EXPECT_EQ(back->clocks, pack.clocks);
  ASSERT_NE(back->form("question"), nullptr);
  EXPECT_EQ(back->form("question")->text(), pack.form("question")->text());
}

/// Whatever is in packs/ can be deployed.
TEST(PacksOfTheRepository, HaveNoError) {
  std::vector<PackReading> readings;
  std::vector<Pack> all;
  for (const auto& entry : std::filesystem::directory_iterator(JINYUE_SOURCE_DIR "/packs")) {
    auto reading = readPack(entry.path().string());
    ASSERT_TRUE(reading) << describe(reading.error());
    all.push_back(reading->pack);
    readings.push_back(std::move(*reading));
  }
  ASSERT_GE(readings.size(), 2U);
  for (const PackReading& reading : readings) {
    const auto findings = check(reading, all);
    EXPECT_FALSE(hasErrors(findings)) << reading.pack.folder << "\n" << codesOf(findings);
  }
}

}  // namespace
}  // namespace jinyue::packs
