// Suggestions for new orders, learned from the city's own past ones: category and unit, each with its
// probability, and the words that speak for the first. The models are files in a folder; a server takes a new
// one up by itself.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "hotline/classifier.h"

namespace jinyue::hotline {

/// What is learned of one past order.
struct PastOrder {
  std::string title;  ///< without names and numbers, as the form asks
  std::string category;
  std::string unit;  ///< that handled it; empty: none did
};

/// How the models were made; kept beside them.
struct Training {
  static constexpr bool json_sparse = true;
  Instant at;
  std::int64_t orders = 0;
  Measured category;
  Measured unit;
  bool operator==(const Training&) const = default;
};
BOOST_DESCRIBE_STRUCT(Training, (), (at, orders, category, unit))

struct Learned {
  std::vector<Guess> categories;
  std::vector<Guess> units;
  std::vector<std::string> category_words;
  std::vector<std::string> unit_words;
  Training training;
};

/// May be used from many threads at once.
class Suggester {
 public:
  explicit Suggester(std::string folder) : folder_(std::move(folder)) {}

  /// Learns from `orders`, oldest first: it is measured on the newest fifth after learning from the rest, and
  /// what is kept has learned from all. Refuses fewer than 50 orders ("suggest.too-few").
  Result<Training> train(const std::vector<PastOrder>& orders, Instant now) const;

  /// Nothing when there is no model yet, or the text has no word that it knows.
  std::optional<Learned> suggest(std::string_view title, int most = 3);

 private:
  struct Models {
    Classifier category;
    Classifier unit;
    Training training;
    std::filesystem::file_time_type written;
  };
  std::shared_ptr<const Models> models();

  std::string folder_;
  std::mutex mutex_;
  std::shared_ptr<const Models> models_;
};

}  // namespace jinyue::hotline
