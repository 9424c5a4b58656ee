#include "hotline/classifier.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

#include <fasttext/fasttext.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/problem.h"
#include "search/tokens.h"

namespace jinyue::hotline {
namespace {

constexpr std::string_view label_mark = "__label__";

std::string lineOf(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) {
    line += word;
    line += ' ';
  }
  return line;
}

/// A file of the owner alone that is gone with the object.
class ScratchFile {
 public:
  explicit ScratchFile(const std::string& folder) {
    path_ = folder + "/training-XXXXXX";
    const int file = ::mkstemp(path_.data());  // mode 0600
    if (file < 0) throw std::runtime_error("no file can be made in " + folder);
    ::close(file);
  }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  ~ScratchFile() { std::remove(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

fasttext::Args argsFor(const std::string& input, std::size_t examples) {
  fasttext::Args args;
  args.input = input;
  args.model = fasttext::model_name::sup;
  args.loss = fasttext::loss_name::softmax;
  args.label = label_mark;
  args.lr = 0.5;
  args.dim = 40;
  // Few examples are gone through more often.
  args.epoch = examples < 2'000 ? 60 : examples < 20'000 ? 25 : 10;
  args.minCount = 1;
  args.wordNgrams = 2;
  args.bucket = 50'000;
  args.minn = 0;
  args.maxn = 0;
  args.thread = 1;
  args.verbose = 0;
  return args;
}

}  // namespace

std::vector<std::string> wordsOf(std::string_view text) {
  const std::vector<search::Letter> letters = search::lettersOf(text);
  std::vector<std::string> words;
  for (const search::Run run : search::runsOf(letters)) {
    if (run.front().kind != search::LetterKind::han) {
      words.push_back(search::utf8Of(run));
      continue;
    }
    for (std::size_t i = 0; i < run.size(); ++i) words.push_back(search::utf8Of(run.subspan(i, 1)));
  }
  return words;
}

Result<Classifier> Classifier::train(std::span<const Example> examples, const std::string& folder) {
  std::set<std::string_view> labels;
  for (const Example& each : examples) labels.insert(each.label);
  if (labels.size() < 2) {
    return refuse(ProblemKind::conflict, "classifier.examples",
                  {"历史工单太少，至少要有两种类别", "too few past orders: at least two labels are needed"});
  }
  const ScratchFile file(folder);
  {
    std::ofstream out(file.path(), std::ios::binary);
    for (const Example& each : examples)
      out << label_mark << each.label << ' ' << lineOf(wordsOf(each.text)) << '\n';
    out.close();
    if (!out) throw std::runtime_error("the examples can't be written to " + folder);
  }
  auto model = std::make_shared<fasttext::FastText>();
  model->train(argsFor(file.path(), examples.size()));
  return Classifier(std::move(model));
}

Result<Classifier> Classifier::load(const std::string& path) {
  auto model = std::make_shared<fasttext::FastText>();
  try {
    model->loadModel(path);
  } catch (const std::exception&) {
    return refuse(ProblemKind::not_found, "classifier.no-model",
                  {"还没有训练好的模型", "no model has been trained yet"}, path,
                  {"运行 jinyue suggest train", "run jinyue suggest train"});
  }
  return Classifier(std::move(model));
}

void Classifier::save(const std::string& path) const {
  const std::string fresh = path + ".new";
  model_->saveModel(fresh);
  ::chmod(fresh.c_str(), S_IRUSR | S_IWUSR);
  std::filesystem::rename(fresh, path);  // whoever reads it meanwhile has the old one whole
}

std::vector<Guess> Classifier::guessWords(const std::vector<std::string>& words, int most) const {
  std::istringstream line(lineOf(words) + "\n");
  std::vector<std::pair<fasttext::real, std::string>> predicted;
  model_->predictLine(line, predicted, most, 0.0F);
  std::vector<Guess> guesses;
  for (const auto& [probability, label] : predicted) {
    guesses.push_back({label.substr(label_mark.size()), std::min(1.0, static_cast<double>(probability))});
  }
  return guesses;
}

std::vector<Guess> Classifier::guess(std::string_view text, int most) const {
  const std::vector<std::string> words = wordsOf(text);
  const bool known =
      std::ranges::any_of(words, [&](const std::string& word) { return model_->getWordId(word) >= 0; });
  if (!known) return {};
  return guessWords(words, most);
}

std::vector<std::string> Classifier::because(std::string_view text, const std::string& label,
                                             std::size_t most) const {
  const std::vector<std::string> words = wordsOf(text);
  const auto likely = [&](const std::vector<std::string>& of) {
    for (const Guess& each : guessWords(of, 1'000)) {
      if (each.label == label) return each.probability;
    }
    return 0.0;
  };
  struct Piece {
    std::size_t at = 0;
    std::string text;
    double matters = 0;
  };
  constexpr double least = 0.01;
  const double whole = likely(words);
  std::vector<Piece> pieces;
  const auto isHan = [](const std::string& word) {
    return word.size() >= 3 && static_cast<unsigned char>(word[0]) >= 0xE0;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool pair = i + 1 < words.size() && isHan(words[i]) && isHan(words[i + 1]);
    if (!pair && isHan(words[i])) continue;  // a single Han letter says little
    std::vector<std::string> rest = words;
    const auto first = rest.begin() + static_cast<std::ptrdiff_t>(i);
    rest.erase(first, first + (pair ? 2 : 1));
    const double matters = whole - likely(rest);
    if (matters > least) pieces.push_back({i, pair ? words[i] + words[i + 1] : words[i], matters});
  }
  std::ranges::sort(pieces, [](const Piece& a, const Piece& b) {
    return std::tie(b.matters, a.at) < std::tie(a.matters, b.at);
  });
  std::vector<std::string> found;
  std::vector<std::size_t> taken;
  for (const Piece& piece : pieces) {
    const bool overlaps = std::ranges::any_of(
        taken, [&](std::size_t at) { return std::max(at, piece.at) - std::min(at, piece.at) < 2; });
    if (overlaps || std::ranges::find(found, piece.text) != found.end()) continue;
    taken.push_back(piece.at);
    found.push_back(piece.text);
    if (found.size() == most) break;
  }
  return found;
}

Measured Classifier::measure(std::span<const Example> held_out) const {
  Measured measured;
  measured.held_out = static_cast<std::int64_t>(held_out.size());
  if (held_out.empty()) return measured;
  std::map<std::string_view, std::int64_t> counts;
  for (const Example& each : held_out) {
    ++counts[each.label];
    const auto guesses = guess(each.text, 3);
    measured.first += !guesses.empty() && guesses.front().label == each.label;
    measured.among_three += std::ranges::find(guesses, each.label, &Guess::label) != guesses.end();
  }
  measured.usual = std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; })->second;
  return measured;
}

}  // namespace jinyue::hotline
