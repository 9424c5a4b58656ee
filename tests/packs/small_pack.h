// A small pack without a fault, in memory; tests change one thing in it.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "packs/check.h"
#include "packs/pack.h"

namespace jinyue::packs::testing_support {

class SmallPack {
 public:
  SmallPack();

  /// Replaces a text that must be there.
  SmallPack& replace(const std::string& path, const std::string& from, const std::string& to) {
    std::string& text = at(path);
    const auto found = text.find(from);
    if (found == std::string::npos) throw std::runtime_error(path + " has no " + from);
    text.replace(found, from.size(), to);
    return *this;
  }
  SmallPack& add(const std::string& path, const std::string& text) {
    files_.push_back({path, text});
    return *this;
  }
  SmallPack& remove(const std::string& path) {
    std::erase_if(files_, [&](const PackFile& file) { return file.path == path; });
    return *this;
  }
  PackReading read() const { return readPack(files_); }
  std::vector<Finding> check() const { return packs::check(read(), {}); }

 private:
  std::string& at(const std::string& path) {
    const auto found = std::ranges::find(files_, path, &PackFile::path);
    if (found == files_.end()) throw std::runtime_error("there is no " + path);
    return found->text;
  }
  std::vector<PackFile> files_;
};

inline std::string codesOf(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& each : findings) out += describe(each) + "\n";
  return out;
}

inline bool hasCode(const std::vector<Finding>& findings, const std::string& code) {
  return std::ranges::find(findings, code, &Finding::code) != findings.end();
}

inline SmallPack::SmallPack() {
  add("pack.json", R"({
  "id": "small", "version": "1", "title": {"zh": "小包", "en": "small pack"},
  "description": {"zh": "测试用", "en": "made up for tests"},
  "sources": ["made up for tests"], "licence": "Apache-2.0",
  "items": [{"id": "ask", "title": {"zh": "提问", "en": "ask"}, "process": "ask", "form": "question"}],
  "services": [{"type": "archive", "title": {"zh": "存档", "en": "archive"}, "gives": ["shelf"]}],
  "messages": [{"name": "more", "way": "comes", "title": {"zh": "补充", "en": "more"}, "brings": ["extra"]}]
})");
  add("ask.bpmn", R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:jy="urn:jinyue:bpmn:1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:test">
<message id="m" name="more"/>
<process id="ask" name="提问" isExecutable="true" jy:title="subject" jy:personal="name">
  <startEvent id="s"/>
  <businessRuleTask id="judge" jy:decision="urgent" jy:result="urgent">
    <extensionElements><jy:input name="days" expression="days"/></extensionElements>
  </businessRuleTask>
  <userTask id="answer" name="答复" jy:role="&quot;clerk&quot;" jy:form="reply" jy:clock="three-days"/>
  <receiveTask id="wait" messageRef="m" jy:key="subject"/>
  <serviceTask id="file" jy:type="archive">
    <extensionElements><jy:input name="what" expression="subject + extra"/></extensionElements>
  </serviceTask>
  <serviceTask id="tell" jy:type="notify">
    <extensionElements>
      <jy:input name="notice" expression="&quot;answered&quot;"/>
      <jy:input name="to" expression="{live: &quot;clerks&quot;}"/>
      <jy:input name="parameters" expression="{words: words}"/>
    </extensionElements>
  </serviceTask>
  <endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="judge"/>
  <sequenceFlow id="f2" sourceRef="judge" targetRef="answer"/>
  <sequenceFlow id="f3" sourceRef="answer" targetRef="wait"/>
  <sequenceFlow id="f4" sourceRef="wait" targetRef="file"/>
  <sequenceFlow id="f5" sourceRef="file" targetRef="tell"/>
  <sequenceFlow id="f6" sourceRef="tell" targetRef="e"/>
</process></definitions>)");
  add("urgent.dmn", R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="dm" name="urgent" namespace="urn:test:urgent">
<inputData id="i" name="days"><variable name="days" typeRef="number"/></inputData>
<decision id="urgent" name="urgent"><variable name="urgent" typeRef="boolean"/>
  <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
  <decisionTable id="t" hitPolicy="UNIQUE">
    <input id="c"><inputExpression typeRef="number"><text>days</text></inputExpression></input>
    <output id="o" name="urgent" typeRef="boolean"/>
    <rule id="r1"><inputEntry><text>&lt; 3</text></inputEntry><outputEntry><text>true</text></outputEntry></rule>
    <rule id="r2"><inputEntry><text>&gt;= 3</text></inputEntry><outputEntry><text>false</text></outputEntry></rule>
  </decisionTable>
</decision></definitions>)");
  add("clocks.json",
      R"([{"id": "three-days", "name": {"zh": "三天", "en": "three days"}, "unit": "natural_day",
  "amount": 3, "start": "next_day", "roll": false, "yellow_percent": 50, "source": "made up for tests"}])");
  add("calendar.json", R"({"id": "test", "name": {"zh": "测试", "en": "test"}, "version": "1",
  "hours": {"periods": [{"from": "09:00", "to": "17:00"}], "source": "made up for tests"},
  "years": [{"year": 2026, "source": {"title": "made up for tests", "address": "https://example.org/"},
             "holidays": [{"name": {"zh": "国庆节", "en": "National Day"}, "from": "2026-10-01", "to": "2026-10-03",
              "made_up_on": []}]}]})");
  add("forms/question.json", R"({"id": "question", "title": {"zh": "问题", "en": "question"},
  "sections": [{"title": {"zh": "问题", "en": "question"}, "fields": ["subject", "days", "name"]}],
  "schema": {"type": "object", "required": ["subject", "days"], "properties": {
    "subject": {"type": "string", "title": "主题", "title:en": "subject", "minLength": 1},
    "days": {"type": "integer", "title": "几天内", "title:en": "within how many days"},
    "name": {"type": "string", "title": "姓名", "title:en": "name", "x-personal": "name",
             "x-source": "caller/name"}}}})");
  add("forms/reply.json", R"({"id": "reply", "title": {"zh": "答复", "en": "reply"},
  "sections": [{"title": {"zh": "答复", "en": "reply"}, "fields": ["words"]}],
  "shows": ["subject", "name", "urgent"],
  "schema": {"type": "object", "required": ["words"], "properties": {
    "words": {"type": "string", "title": "答复", "title:en": "reply", "minLength": 1}}}})");
  add("roles.json", R"([{"id": "clerk", "title": {"zh": "办事员", "en": "clerk"},
  "permissions": ["task.work", "case.read"]}])");
  add("texts.json", R"({"ask": {"zh": "提问", "en": "ask"}, "ask.answer": {"zh": "答复", "en": "answer"}})");
  add("notices.json", R"({"notices": [{"id": "answered", "channels": ["live"],
  "variables": [{"name": "words", "type": "string"}],
  "subject": {"zh": "答复", "en": "answer"},
  "text": {"zh": "已答复：{words}", "en": "answered: {words}"}}]})");
  add("indicators.json", R"([{"id": "urgent", "title": {"zh": "急件", "en": "urgent ones"},
  "source": "made up for tests", "process": "ask", "counts": "urgent = true and shelf != null"}])");
  add("scenarios/all.json", R"({"title": {"zh": "从头到尾", "en": "from start to end"},
  "given": {"at": "2026-09-28T09:00:00",
    "actors": {"甲": {"id": "account:1", "roles": ["clerk"]}, "乙": {"knows": {"name": "示例"}}},
    "services": {"archive": [{"gives": {"shelf": 7}}]}},
  "story": [
    {"by": "乙", "start": "ask", "with": {"subject": "何时开门", "days": 2}},
    {"expect": {"title": "何时开门", "variables": {"name": "示例", "urgent": true}, "decisions": {"urgent": true},
      "tasks": [{"node": "answer", "role": "clerk", "light": "green"}]}},
    {"by": "乙", "complete": "answer", "with": {"words": "x"}, "refused": "task.not-candidate"},
    {"by": "甲", "complete": "answer", "with": {"words": "九点"}},
    {"by": "乙", "message": "more", "key": "何时开门", "with": {"extra": "？"}},
    {"expect": {"status": "completed", "variables": {"shelf": 7}, "notices": ["answered"], "incidents": []}}
  ]})");
}

}  // namespace jinyue::packs::testing_support
