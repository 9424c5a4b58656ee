// The token machine alone: a step that completes a user task, with the copy of the state and all events; and
// the JSON of a small state, both ways. Each figure is beside the plain copy of the same state.
#include "bpmn/machine.h"

#include <benchmark/benchmark.h>

#include "bpmn/reader.h"

namespace {

using namespace jinyue;
using namespace jinyue::bpmn;

std::shared_ptr<const Model> hotline() {
  std::string body =
      "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
      "xmlns:jy=\"urn:jinyue:bpmn:1\"><process id=\"p\">"
      "<startEvent id=\"start\"/><endEvent id=\"end\"/>";
  std::string last = "start";
  for (int i = 1; i <= 5; ++i) {
    const std::string task = "task" + std::to_string(i);
    body += "<userTask id=\"" + task + "\" jy:unit=\"unit\"/><sequenceFlow id=\"f" + std::to_string(i) +
            "\" sourceRef=\"" + last + "\" targetRef=\"" + task + "\"/>";
    last = task;
  }
  body += "<sequenceFlow id=\"f6\" sourceRef=\"" + last + "\" targetRef=\"end\"/></process></definitions>";
  const std::array files{SourceFile{"hotline.bpmn", body}};
  auto model = readModel(files, {});
  if (!model) throw std::runtime_error(describe(model.error()));
  return *model;
}

State started(const Model& model, const Facts& facts) {
  Start start;
  start.process = "p";
  start.title = "路灯不亮";
  start.variables = {{"unit", "住建局"},
                     {"category", "城市管理/市政设施/路灯"},
                     {"street", "人民路街道"},
                     {"urgent", false},
                     {"amount", 12}};
  auto done = step(model, State{}, start, {"caller", "", {}}, facts);
  if (!done) throw std::runtime_error(describe(done.error()));
  return std::move(done->state);
}

void CompleteTask(benchmark::State& loop) {
  const auto model = hotline();
  const Facts facts;
  const State state = started(*model, facts);
  const Command command = Complete{1, {{"opinion", "已派单"}}};
  const Actor actor{"officer:1", "住建局", {}};
  for (auto _ : loop) {
    auto done = step(*model, state, command, actor, facts);
    if (!done) loop.SkipWithError("refused");
    benchmark::DoNotOptimize(done);
  }
}
BENCHMARK(CompleteTask);

void CopyState(benchmark::State& loop) {
  const auto model = hotline();
  const State state = started(*model, {});
  for (auto _ : loop) {
    State copy = state;
    benchmark::DoNotOptimize(copy);
  }
}
BENCHMARK(CopyState);

void WriteState(benchmark::State& loop) {
  const auto model = hotline();
  const State state = started(*model, {});
  std::string out;
  for (auto _ : loop) {
    out.clear();
    writeJson(out, state);
    benchmark::DoNotOptimize(out);
  }
  loop.SetLabel(std::to_string(out.size()) + " bytes");
}
BENCHMARK(WriteState);

void ReadState(benchmark::State& loop) {
  const auto model = hotline();
  const std::string text = toJson(started(*model, {}));
  for (auto _ : loop) {
    auto state = fromJson<State>(text);
    if (!state) loop.SkipWithError("not read");
    benchmark::DoNotOptimize(state);
  }
}
BENCHMARK(ReadState);

}  // namespace

BENCHMARK_MAIN();
