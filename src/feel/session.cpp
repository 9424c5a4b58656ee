#include "feel/session.h"

namespace jinyue::feel {

void Session::note(std::string code, Text message) {
  note({std::move(code), std::move(message), place.line, place.column});
}

void Session::note(Diagnostic diagnostic) {
  if (wantsDiagnostics() && !stop_noted_) diagnostics_.push_back(std::move(diagnostic));
}

bool Session::exhausted() {
  note("feel.too-much-work",
       {"计算量超过上限，已停止", "stopped: the evaluation takes more steps than allowed"});
  stop_noted_ = true;  // what follows from it need not be told
  return false;
}

bool Session::noteTooDeep() {
  note("feel.too-deep", {"嵌套或递归过深，已停止", "stopped: nested or recursive too deeply"});
  stop_noted_ = true;
  work_left_ = -1;
  return true;
}

Value Session::bounded(Value value) {
  if (value.depth() <= limits_.nesting && value.weight() <= limits_.weight) return value;
  note("feel.too-large", {"结果过大或嵌套过深", "the result is too large or nested too deeply"});
  return {};
}

}  // namespace jinyue::feel
