// A node as the tests of several nodes run it: short holds, one service, a process with a timer and a job.
#pragma once

#include "cli/city.h"
#include "support/test_city.h"

namespace jinyue::nodes {

inline constexpr std::chrono::milliseconds hold{1500};

inline const char* const timed_process = R"(
<process id="timed" isExecutable="true">
  <startEvent id="s"/><intermediateCatchEvent id="wait"><timerEventDefinition><timeDuration>PT0.3S</timeDuration></timerEventDefinition></intermediateCatchEvent>
  <serviceTask id="count" jy:type="count"/><endEvent id="e"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="wait"/><sequenceFlow id="f2" sourceRef="wait" targetRef="count"/>
  <sequenceFlow id="f3" sourceRef="count" targetRef="e"/>
</process>
<process id="raced" isExecutable="true">
  <startEvent id="rs"/><userTask id="ra"/><endEvent id="re"/>
  <sequenceFlow id="g1" sourceRef="rs" targetRef="ra"/><sequenceFlow id="g2" sourceRef="ra" targetRef="re"/>
</process>)";

inline Result<std::unique_ptr<cli::City>> openNode(const std::string& address, const std::string& data) {
  cli::CityOptions options;
  options.data = data;
  options.store = address;
  options.pump.hold = hold;
  options.pump.poll = std::chrono::milliseconds(50);
  options.services["count"] = [](const casework::Job&) -> casework::JobResult { return casework::JobDone{}; };
  return cli::City::open(options);
}

inline Result<casework::Reply> startCase(cli::City& city, std::int64_t definition,
                                         const char* process = "timed") {
  casework::Request request;
  bpmn::Start start;
  start.process = process;
  request.definition = definition;
  request.command = std::move(start);
  request.actor = {"tester", "", {}};
  return city.engine().run(std::move(request));
}

}  // namespace jinyue::nodes
