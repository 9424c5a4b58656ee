// Any bytes are a plan or none: read within limits, and what is said about them is text in both languages.
#include <cstdlib>

#include "base/json_read.h"
#include "base/text.h"
#include "feel/number.h"
#include "planning/likeness.h"
#include "planning/reader.h"

using namespace jinyue;
using namespace jinyue::planning;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}
void readable(const Text& text) {
  require(!text.zh.empty() && !text.en.empty() && isValidUtf8(text.zh) && isValidUtf8(text.en));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto plan = readPlan(bytes);
  if (!plan) {
    readable(plan.error().title);
    return 0;
  }
  for (const Doubt& each : plan->doubts) readable(each.text);
  int measures = 0;
  for (const Section& each : plan->sections) measures += each.measures;
  require(measures == static_cast<int>(plan->measures.size()));
  for (const Measure& each : plan->measures) {
    require(isValidUtf8(each.title) && isValidUtf8(each.text));
    for (const Target& target : each.targets) require(feel::Number::parse(target.value).has_value());
    for (const std::string& unit : each.leads) require(!unit.empty());
    require(plainName(plainName(each.title)) == plainName(each.title));
  }
  // What was read can be kept and read again.
  const auto again = fromJson<PlanText>(toJson(*plan));
  require(again && *again == *plan);
  return 0;
}
