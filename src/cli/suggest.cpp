// jinyue suggest train: learns from the past orders of the hotline which category and unit a new one is for.

#include <memory>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/past_orders.h"
#include "hotline/suggester.h"

namespace jinyue::cli {
namespace {

void printMeasured(const char* what, const hotline::Measured& measured) {
  const auto share = [&](std::int64_t of) {
    return measured.held_out == 0 ? 0.0
                                  : 100.0 * static_cast<double>(of) / static_cast<double>(measured.held_out);
  };
  fmt::print("{}: {} learned, {} held out, right {:.1f}%, among three {:.1f}% (the most frequent: {:.1f}%)\n",
             what, measured.learned, measured.held_out, share(measured.first), share(measured.among_three),
             share(measured.usual));
}

int trainSuggestions(const CityOptions& options) {
  const auto city = City::open(options);
  if (!city) return refused(city.error());
  const auto orders = pastOrders((*city)->store(), (*city)->engine().seal());
  hotline::Suggester suggester(modelFolder(options.data));
  const auto training = suggester.train(orders, (*city)->now());
  if (!training) return refused(training.error());
  fmt::print("{} orders / 共 {} 件工单\n", training->orders, training->orders);
  printMeasured("category 类别", training->category);
  printMeasured("unit 单位", training->unit);
  return 0;
}

}  // namespace

void addSuggest(CLI::App& app, int& exit_code) {
  auto* group = app.add_subcommand("suggest", "suggestions of category and unit / 类别与单位建议");
  group->require_subcommand(1);
  auto* command = group->add_subcommand("train", "learns from past orders / 从历史工单训练");
  const auto options = std::make_shared<CityOptions>();
  addPlace(*command, *options);
  command->callback([options, &exit_code] { exit_code = trainSuggestions(*options); });
}

}  // namespace jinyue::cli
