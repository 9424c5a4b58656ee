// Any bytes as a DMN file: read or refused with reasons, never a crash; every decision, service and table of
// what was read is evaluated and analysed with a few inputs.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "dmn/analysis.h"
#include "dmn/dmn.h"

using namespace jinyue;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const dmn::File file{"f.dmn", {reinterpret_cast<const char*>(data), size}};
  dmn::ReadOptions options{.strict = false};
  options.limits.work = 20'000;
  options.limits.weight = 20'000;
  const auto model = dmn::Model::read(file, options);
  if (!model) {
    if (model.error().code.empty() || model.error().causes.empty()) std::abort();
    return 0;
  }
  const feel::Facts facts{};
  dmn::Outcome outcome;
  const feel::Zone utc{0, nullptr};
  const feel::Value values[]{feel::Value::missing(),
                             feel::Value(5),
                             feel::Value("a"),
                             feel::Value(feel::ClockTime{0, {}}),
                             feel::Value(feel::DateTime{{}, {0, utc}}),
                             feel::Value(feel::List{feel::Value(1), feel::Value(feel::Context{{"a", 1}})})};
  for (const auto& value : values) {
    const std::vector<feel::Value> inputs(model->inputs().size(), value);
    for (dmn::NodeId i = 0; i < model->decisions().size() && i < 20; ++i) {
      model->evaluate(i, inputs, {}, facts, outcome);
      for (std::size_t n = 0; n < outcome.tableCount(); ++n) {
        const auto trace = outcome.table(n);
        for (const auto rule : trace.matched) {
          if (rule >= trace.table->rules.size()) std::abort();
        }
      }
    }
    for (dmn::NodeId i = 0; i < model->services().size() && i < 20; ++i)
      model->evaluateService(i, inputs, {}, facts, outcome);
  }
  for (std::uint32_t i = 0; i < model->tables().size() && i < 20; ++i) {
    const auto analysis = dmn::analyse(*model, i, {.work = 100'000, .gaps = 20, .overlaps = 20});
    for (const auto& gap : analysis.gaps) {
      for (const auto& region : gap.region) dmn::describe(region);
    }
  }
  return 0;
}
