#include "feel/session.h"

#include <algorithm>

#include "feel/regex.h"

namespace jinyue::feel {

void Session::note(std::string code, Text message) {
  note({std::move(code), std::move(message), place.line, place.column});
}

void Session::note(Diagnostic diagnostic) {
  if (wantsDiagnostics() && !stop_noted_) diagnostics_.push_back(std::move(diagnostic));
}

const Regex* Session::regex(std::string_view pattern, std::string_view flags) {
  if (ready_regex != nullptr && ready_regex->isFor(pattern, flags)) return ready_regex;
  constexpr std::size_t few = 16;
  const auto known =
      std::ranges::find_if(regexes_, [&](const auto& regex) { return regex->isFor(pattern, flags); });
  if (known == regexes_.end()) {
    auto made = Regex::compile(pattern, flags);
    if (made == nullptr) return nullptr;
    if (regexes_.size() == few) regexes_.pop_back();
    regexes_.insert(regexes_.begin(), std::move(made));
  } else {
    std::rotate(regexes_.begin(), known, known + 1);
  }
  return regexes_.front().get();
}

/// Whatever else there is to note. What follows from it need not be told.
void Session::noteStop(std::string code, Text message) {
  if (!stop_noted_) diagnostics_.push_back({std::move(code), std::move(message), place.line, place.column});
  stop_noted_ = true;
}

bool Session::exhausted() {
  noteStop("feel.too-much-work",
           {"计算量超过上限，已停止", "stopped: the evaluation takes more steps than allowed"});
  return false;
}

bool Session::noteTooDeep() {
  noteStop("feel.too-deep", {"嵌套或递归过深，已停止", "stopped: nested or recursive too deeply"});
  work_left_ = -1;
  return true;
}

Value Session::bounded(Value value) {
  if (value.depth() <= limits_.nesting && value.weight() <= limits_.weight) return value;
  note("feel.too-large", {"结果过大或嵌套过深", "the result is too large or nested too deeply"});
  return {};
}

}  // namespace jinyue::feel
