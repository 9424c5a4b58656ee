// One evaluation: the facts it may use, what it found wrong, and how much it may still do.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "feel/value.h"

namespace jinyue::calendar {
class Calendar;
}

namespace jinyue::feel {

class Regex;

/// What an expression may use from outside its variables; passed in, so that evaluation is pure.
struct Facts {
  Instant now;  ///< now() and today(), shown in China's time
  const calendar::Calendar* calendar =
      nullptr;  ///< working-day functions; null result with a diagnostic without it
  /// The entry of a register that is valid on a day, or null: lookup(register, key, as of).
  std::function<Value(std::string_view, const Value&, Date)> lookup;
};

/// Why a result is null, or doubtful: what happened and where in the text.
struct Diagnostic {
  std::string code;  ///< stable: "feel.type", "feel.unknown-name", …
  Text message;
  int line = 1;    ///< from 1
  int column = 1;  ///< from 1, in code points
  bool operator==(const Diagnostic&) const = default;
};

struct Evaluation {
  Value value;
  std::vector<Diagnostic> diagnostics;
};

/// A place in an expression's text.
struct Position {
  std::int32_t line = 1;
  std::int32_t column = 1;
  bool operator==(const Position&) const = default;
};

/// What one evaluation may do before it is stopped; the same on every machine.
struct Limits {
  std::int32_t depth = 3000;         ///< nested operations, over all functions called
  std::int64_t work = 10'000'000;    ///< steps of loops and built-in functions
  std::uint32_t weight = 2'000'000;  ///< values in one result, counted as a tree
  std::uint32_t nesting = 400;       ///< lists and contexts in each other
  std::size_t diagnostics = 100;     ///< more are dropped
};

class Session {
 public:
  explicit Session(const Facts& facts, const Limits& limits = {})
      : facts_(facts), limits_(limits), work_left_(limits.work) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const Facts& facts() const { return facts_; }
  const Limits& limits() const { return limits_; }

  /// Takes steps from what is left; false when nothing is left (noted once): give up with null.
  bool spend(std::int64_t steps) {
    work_left_ -= steps;
    return work_left_ >= 0 || exhausted();
  }
  /// Nothing is left, or it went too deep: whatever is computed now is thrown away.
  bool isExhausted() const { return work_left_ < 0; }

  /// Counts nested operations while it lives.
  class Level {
   public:
    Level(Session& session, std::int32_t levels) : session_(session), levels_(levels) {
      session_.depth_ += levels;
    }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { session_.depth_ -= levels_; }
    /// Too deep (noted): give up with null.
    bool tooDeep() const { return session_.depth_ > session_.limits_.depth && session_.noteTooDeep(); }

   private:
    Session& session_;
    std::int32_t levels_;
  };

  /// While it lives nothing is noted, but that the evaluation was stopped.
  class Silence {
   public:
    explicit Silence(Session& session)
        : session_(session), outer_(std::exchange(session.limits_.diagnostics, 0)) {}
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;
    ~Silence() { session_.limits_.diagnostics = outer_; }

   private:
    Session& session_;
    std::size_t outer_;
  };

  /// False when a diagnostic would be dropped anyway: don't build its text.
  bool wantsDiagnostics() const { return diagnostics_.size() < limits_.diagnostics; }
  /// At the place that is being evaluated.
  void note(std::string code, Text message);
  void note(Diagnostic diagnostic);
  /// Where diagnostics without a place of their own are noted; an operation sets it before it calls a
  /// function.
  Position place;
  /// What functions provided by C++ need of their caller; they know its type.
  void* host = nullptr;

  /// The compiled pattern (see regex.h): the one that the expression keeps, one of the last few, or a new
  /// one. Null when the pattern or a flag is wrong. Valid until the next call.
  const Regex* regex(std::string_view pattern, std::string_view flags);
  /// The pattern that an operation has ready for the function that it calls.
  const Regex* ready_regex = nullptr;

  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  std::vector<Diagnostic> takeDiagnostics() { return std::move(diagnostics_); }

  /// The value, or null (noted) when it is too large or too deep to go on with.
  Value bounded(Value value);

 private:
  bool exhausted();
  bool noteTooDeep();
  void noteStop(std::string code, Text message);

  const Facts& facts_;
  Limits limits_;
  std::int64_t work_left_;
  std::int32_t depth_ = 0;
  bool stop_noted_ = false;
  std::vector<Diagnostic> diagnostics_;
  std::vector<std::shared_ptr<const Regex>> regexes_;  ///< the last few that were made, newest first
};

}  // namespace jinyue::feel
