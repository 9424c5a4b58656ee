#include "insight/survey_sample.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "insight/reports.h"

namespace jinyue::insight {
namespace {

constexpr int entries_at_once = 1000;

Result<std::vector<std::string>> keysOf(registry::Registry& registry, const SampleRequest& request,
                                        Date as_of) {
  const registry::EntryFilter filter{.as_of = as_of, .fields = request.filters, .public_only = true};
  std::vector<std::string> keys;
  store::PageRequest page{entries_at_once, {}};
  do {
    auto entries = registry.list(request.register_name, filter, page);
    if (!entries) return std::unexpected(std::move(entries).error());
    for (registry::EntryVersion& entry : entries->rows) keys.push_back(std::move(entry.key));
    page.after = entries->next;
  } while (!page.after.empty());
  return keys;
}

}  // namespace

std::vector<std::string> drawKeys(std::vector<std::string> keys, std::string_view seed, std::size_t count) {
  std::vector<std::pair<std::string, std::string>> order;
  order.reserve(keys.size());
  for (std::string& key : keys)
    order.emplace_back(digestOf(fmt::format("{}\n{}", seed, key)), std::move(key));
  count = std::min(count, order.size());
  std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(count));
  std::vector<std::string> drawn;
  for (std::size_t i = 0; i < count; ++i) drawn.push_back(std::move(order[i].second));
  return drawn;
}

Result<DrawnSample> drawSample(registry::Registry& registry, const SampleRequest& request, Date as_of,
                               std::string seed) {
  auto found = registry.find(request.register_name);
  if (!found) return std::unexpected(std::move(found).error());
  auto keys = keysOf(registry, request, as_of);
  if (!keys) return std::unexpected(std::move(keys).error());
  const auto population = static_cast<std::int64_t>(keys->size());
  if (request.count < 1 || request.count > population) {
    return refuse(ProblemKind::invalid, "survey.population",
                  {fmt::format("符合条件的有 {} 个，抽取数量应为 1 至 {}", population, population),
                   fmt::format("{} entries fit; from 1 to {} can be drawn", population, population)},
                  "/count");
  }
  DrawnSample drawn;
  drawn.keys = drawKeys(std::move(*keys), seed, static_cast<std::size_t>(request.count));
  drawn.sample = {request.stratum, request.register_name, request.filters, formatDate(as_of),
                  population,      request.count,         std::move(seed), {}};
  drawn.sample.digest = digestOf(fmt::format("{}", fmt::join(drawn.keys, "\n")));
  return drawn;
}

Result<DrawnSample> drawAgain(registry::Registry& registry, const SurveySample& sample) {
  const auto as_of = parseDate(sample.as_of);
  if (!as_of) throw store::StoreFault("a sample has no day: " + sample.as_of);
  return drawSample(registry, {sample.stratum, sample.register_name, sample.filters, sample.count}, *as_of,
                    sample.seed);
}

}  // namespace jinyue::insight
