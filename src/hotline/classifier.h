// A classifier of short texts that was learned from examples: which category, which unit. By fastText
// (supervised, softmax): letters and words, and the pairs of them that stand together.
//
// Training is repeatable: one thread, examples in the given order, and fastText's own fixed beginning.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"

namespace fasttext {
class FastText;
}

namespace jinyue::hotline {

struct Example {
  std::string text;
  std::string label;  ///< not empty, without blanks
};

/// What a classifier takes a text for.
struct Guess {
  std::string label;
  double probability = 0;
  bool operator==(const Guess&) const = default;
};

/// How well it does on examples that it did not learn from.
struct Measured {
  std::int64_t learned = 0;      ///< examples it learned from
  std::int64_t held_out = 0;     ///< examples it was tried on
  std::int64_t first = 0;        ///< of those: whose label is its first guess
  std::int64_t among_three = 0;  ///< whose label is among its first three
  std::int64_t usual = 0;        ///< that guessing the most frequent label would get right
  bool operator==(const Measured&) const = default;
};
BOOST_DESCRIBE_STRUCT(Measured, (), (learned, held_out, first, among_three, usual))

class Classifier {
 public:
  /// Refuses fewer than two labels ("classifier.examples"). The text goes through a file in `folder` (mode
  /// 0600) that is gone afterwards: fastText reads files only.
  static Result<Classifier> train(std::span<const Example> examples, const std::string& folder);
  /// Refuses a file that is missing or no model ("classifier.no-model").
  static Result<Classifier> load(const std::string& path);
  void save(const std::string& path) const;

  /// The likeliest first; none when no word of the text is known.
  std::vector<Guess> guess(std::string_view text, int most) const;

  /// The words of the text that speak for the label: those without which it would be less likely, the one
  /// that matters most first.
  std::vector<std::string> because(std::string_view text, const std::string& label, std::size_t most) const;

  Measured measure(std::span<const Example> held_out) const;

 private:
  explicit Classifier(std::shared_ptr<fasttext::FastText> model) : model_(std::move(model)) {}
  std::vector<Guess> guessWords(const std::vector<std::string>& words, int most) const;
  std::shared_ptr<fasttext::FastText> model_;
};

/// Each Han letter and each other word of a text, as a classifier sees it.
std::vector<std::string> wordsOf(std::string_view text);

}  // namespace jinyue::hotline
