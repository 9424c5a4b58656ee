#include "hotline/suggester.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/json_read.h"
#include "base/json_write.h"

namespace jinyue::hotline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t least_orders = 50;

std::string categoryFile(const std::string& folder) { return folder + "/category.bin"; }
std::string unitFile(const std::string& folder) { return folder + "/unit.bin"; }
std::string trainingFile(const std::string& folder) { return folder + "/training.json"; }

std::vector<Example> examplesOf(const std::vector<PastOrder>& orders, std::string PastOrder::* label) {
  std::vector<Example> examples;
  for (const PastOrder& order : orders) {
    if (!(order.*label).empty()) examples.push_back({order.title, order.*label});
  }
  return examples;
}

struct Taught {
  Classifier classifier;
  Measured measured;
};

/// Measured by what happened last, since that is most like what will happen next.
Result<Taught> teach(const std::vector<Example>& examples, const std::string& folder) {
  const std::size_t known = examples.size() - examples.size() / 5;
  const auto older = std::span(examples).first(known);
  const auto trial = Classifier::train(older, folder);
  if (!trial) return std::unexpected(trial.error());
  auto all = Classifier::train(examples, folder);
  if (!all) return std::unexpected(all.error());
  Measured measured = trial->measure(std::span(examples).subspan(known));
  measured.learned = static_cast<std::int64_t>(known);
  return Taught{std::move(*all), measured};
}

}  // namespace

Result<Training> Suggester::train(const std::vector<PastOrder>& orders, Instant now) const {
  const auto categories = examplesOf(orders, &PastOrder::category);
  const auto units = examplesOf(orders, &PastOrder::unit);
  if (categories.size() < least_orders || units.size() < least_orders) {
    return refuse(ProblemKind::conflict, "suggest.too-few",
                  {"历史工单太少，还不能训练", "there are too few past orders to learn from"},
                  std::to_string(std::min(categories.size(), units.size())),
                  {"至少 50 件有类别和单位的工单", "at least 50 orders with category and unit are needed"});
  }
  fs::create_directories(folder_);
  fs::permissions(folder_, fs::perms::owner_all);
  const auto category = teach(categories, folder_);
  if (!category) return std::unexpected(category.error());
  const auto unit = teach(units, folder_);
  if (!unit) return std::unexpected(unit.error());
  category->classifier.save(categoryFile(folder_));
  unit->classifier.save(unitFile(folder_));
  const Training training{now, static_cast<std::int64_t>(orders.size()), category->measured, unit->measured};
  const std::string fresh = trainingFile(folder_) + ".new";
  std::ofstream out(fresh, std::ios::binary);
  out << toJson(training) << '\n';
  out.close();
  if (!out) throw std::runtime_error("the training can't be written to " + folder_);
  fs::rename(fresh, trainingFile(folder_));  // last: a server takes the models up when this is new
  return training;
}

std::shared_ptr<const Suggester::Models> Suggester::models() {
  const std::lock_guard lock(mutex_);
  std::error_code missing;
  const auto written = fs::last_write_time(trainingFile(folder_), missing);
  if (missing) return nullptr;
  if (models_ && models_->written == written) return models_;
  std::ifstream in(trainingFile(folder_), std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  const auto training = fromJson<Training>(text.str());
  auto category = Classifier::load(categoryFile(folder_));
  auto unit = Classifier::load(unitFile(folder_));
  if (!training || !category || !unit) return nullptr;
  models_ =
      std::make_shared<const Models>(Models{std::move(*category), std::move(*unit), *training, written});
  return models_;
}

std::optional<Learned> Suggester::suggest(std::string_view title, int most) {
  const auto known = models();
  if (!known) return std::nullopt;
  Learned learned;
  learned.categories = known->category.guess(title, most);
  learned.units = known->unit.guess(title, most);
  if (learned.categories.empty()) return std::nullopt;
  constexpr std::size_t words = 3;
  learned.category_words = known->category.because(title, learned.categories.front().label, words);
  if (!learned.units.empty())
    learned.unit_words = known->unit.because(title, learned.units.front().label, words);
  learned.training = known->training;
  return learned;
}

}  // namespace jinyue::hotline
