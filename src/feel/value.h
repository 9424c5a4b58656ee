// The values of FEEL, and of everything that Jinyue's models read and write: the variables of a case, the
// inputs and outputs of a decision, the entries of a register. A Value is 24 bytes: numbers, dates and
// strings up to 22 bytes are inside, the rest is shared and immutable, so copies are cheap and safe between
// threads.
#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "feel/number.h"
#include "feel/temporal.h"

namespace jinyue::feel {

enum class Kind : std::uint8_t {
  null,
  boolean,
  number,
  string,
  date,
  time,
  date_time,
  days_duration,
  years_duration,
  list,
  context,
  range,
  function,
};
/// "number", "date and time", …: the name in FEEL.
std::string_view nameOf(Kind kind);

class Value;
class Context;
class Function;
struct Range;
using List = std::vector<Value>;

namespace detail {
struct Shared;
void destroy(Shared* object);
}  // namespace detail

class Value {
 public:
  Value() noexcept : words_{} {}
  Value(std::nullptr_t) noexcept : Value() {}
  Value(std::same_as<bool> auto value) noexcept : Value() {
    setKind(Kind::boolean);
    words_[1] = value ? 1 : 0;
  }
  Value(std::integral auto value)
    requires(!std::same_as<decltype(value), bool> && !std::same_as<decltype(value), char> &&
             (std::signed_integral<decltype(value)> || sizeof(value) < 8))
      : Value(Number(static_cast<std::int64_t>(value))) {}
  /// Must be finite.
  Value(const Number& value) noexcept : Value() {
    setKind(Kind::number);
    words_[1] = value.low();
    words_[2] = value.high();
  }
  Value(std::string_view text);
  Value(const std::string& text) : Value(std::string_view{text}) {}
  Value(const char* text) : Value(std::string_view{text}) {}
  Value(const CivilDate& date) noexcept;
  Value(const ClockTime& time);
  Value(const DateTime& value);
  Value(const DaysDuration& value);
  Value(const YearsDuration& value) noexcept;
  Value(List items);
  Value(Context context);
  Value(Range range);
  /// Never an empty pointer.
  Value(std::shared_ptr<const Function> function);
  Value(double) = delete;
  /// A date of China's calendar; an instant becomes a date and time in UTC ("…Z").
  static Value of(Date date);
  static Value of(Instant instant);

  Value(const Value& other) noexcept {
    copyWords(other);
    if (isShared()) retain();
  }
  Value(Value&& other) noexcept {
    copyWords(other);
    other.words_[0] = 0;
  }
  Value& operator=(const Value& other) noexcept {
    if (other.isShared()) other.retain();
    if (isShared()) release();
    copyWords(other);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    if (this == &other) return *this;
    if (isShared()) release();
    copyWords(other);
    other.words_[0] = 0;
    return *this;
  }
  ~Value() {
    if (isShared()) release();
  }

  Kind kind() const noexcept { return static_cast<Kind>(words_[0] & 0xFFU); }
  bool is(Kind kind_wanted) const noexcept { return kind() == kind_wanted; }
  bool isNull() const noexcept { return kind() == Kind::null; }
  bool isTrue() const noexcept { return kind() == Kind::boolean && words_[1] != 0; }
  bool isFalse() const noexcept { return kind() == Kind::boolean && words_[1] == 0; }

  std::optional<bool> asBool() const noexcept {
    return kind() == Kind::boolean ? std::optional{words_[1] != 0} : std::nullopt;
  }
  std::optional<Number> asNumber() const noexcept {
    return kind() == Kind::number ? std::optional{number()} : std::nullopt;
  }
  /// A whole number that fits.
  std::optional<std::int64_t> asInt64() const {
    return kind() == Kind::number ? number().toInt64() : std::nullopt;
  }
  /// UTF-8; valid while this Value lives and is not changed (short strings are inside it).
  std::optional<std::string_view> asString() const& noexcept {
    return kind() == Kind::string ? std::optional{string()} : std::nullopt;
  }
  std::optional<std::string_view> asString() const&& = delete;
  std::optional<CivilDate> asDate() const noexcept;
  std::optional<ClockTime> asTime() const;
  std::optional<DateTime> asDateTime() const;
  std::optional<DaysDuration> asDaysDuration() const noexcept;
  std::optional<YearsDuration> asYearsDuration() const noexcept;
  /// Whether it is a time or a date and time with an offset or a named zone.
  bool hasZone() const noexcept { return (is(Kind::time) || is(Kind::date_time)) && tag() != 0; }
  /// A date (or the date of a date and time) in the years that base knows.
  std::optional<Date> asBaseDate() const;
  /// A date and time with a zone or offset, cut to milliseconds; without either it is taken as China's time.
  std::optional<Instant> asInstant() const;
  // Null when it is something else. They live as long as any copy of this value does.
  const List* asList() const& noexcept;
  const Context* asContext() const& noexcept;
  const Range* asRange() const& noexcept;
  const Function* asFunction() const& noexcept;
  std::shared_ptr<const Function> sharedFunction() const;

  // Unchecked access for code that has looked at kind().
  Number number() const noexcept { return Number::fromWords(words_[1], words_[2]); }
  std::string_view string() const& noexcept {
    return isShared() ? sharedText()
                      : std::string_view{inlineText(), static_cast<std::size_t>(tag() & size_mask)};
  }
  const List& list() const& noexcept { return *asList(); }
  const Context& context() const& noexcept { return *asContext(); }

  /// Structural identity, not FEEL's "=": same kind and content; null equals null; the order of a context's
  /// entries doesn't count; times in different zones differ; functions are the same object.
  bool operator==(const Value& other) const;

  /// Nesting of lists, contexts and ranges (0 for plain values), and the number of values in it including
  /// itself, as a tree; both stop at their largest value. Limits are checked with them.
  std::uint32_t depth() const noexcept;
  std::uint32_t weight() const noexcept;

  /// Appends to a list that nobody else holds; false (and nothing done) for anything else.
  bool appendInPlace(const Value& item);

  /// A null that marks a variable nobody has set: FEEL sees null, the evaluator notes an unknown name.
  static Value missing() noexcept {
    Value value;
    value.words_[0] = std::uint64_t{missing_tag} << 8U;
    return value;
  }
  bool isMissing() const noexcept { return words_[0] == std::uint64_t{missing_tag} << 8U; }

 private:
  static constexpr std::uint8_t shared_flag = 0x80;
  static constexpr std::uint8_t size_mask = 0x1F;
  static constexpr std::uint8_t missing_tag = 1;
  static constexpr std::size_t inline_size = 22;

  void setKind(Kind kind, std::uint8_t tag = 0) noexcept {
    words_[0] = static_cast<std::uint64_t>(kind) | std::uint64_t{tag} << 8U;
  }
  std::uint8_t tag() const noexcept { return static_cast<std::uint8_t>(words_[0] >> 8U); }
  bool isShared() const noexcept { return (words_[0] & (std::uint64_t{shared_flag} << 8U)) != 0; }
  const char* inlineText() const noexcept { return reinterpret_cast<const char*>(words_) + 2; }
  char* inlineText() noexcept { return reinterpret_cast<char*>(words_) + 2; }
  void copyWords(const Value& other) noexcept { std::memcpy(words_, other.words_, sizeof words_); }
  detail::Shared* shared() const noexcept { return reinterpret_cast<detail::Shared*>(words_[2]); }
  void setShared(Kind kind, std::uint8_t tag, detail::Shared* object) noexcept;
  inline void retain() const noexcept;
  inline void release() noexcept;
  std::string_view sharedText() const noexcept;
  void putZone(const Zone& zone);
  Zone zone() const;

  // Word 0: kind, tag (shared flag, size of an inline string or form of a zone), then 6 bytes; words 1 and 2:
  // the number, or nanoseconds and zone, or the shared object; an inline string fills bytes 2 to 23.
  std::uint64_t words_[3];
};
static_assert(sizeof(Value) == 24);

/// Ordered name -> Value; names are unique.
class Context {
 public:
  struct Entry {
    std::string name;
    Value value;
  };

  Context() = default;
  Context(std::initializer_list<Entry> entries);

  /// Null when there is no such entry. Valid until the context changes.
  const Value* find(std::string_view name) const noexcept;
  /// Replaces the value where the name is, or appends.
  void set(std::string_view name, Value value);
  bool erase(std::string_view name);
  std::size_t size() const noexcept { return entries_.size(); }
  bool empty() const noexcept { return entries_.empty(); }
  std::vector<Entry>::const_iterator begin() const noexcept { return entries_.begin(); }
  std::vector<Entry>::const_iterator end() const noexcept { return entries_.end(); }
  /// As Value's.
  bool operator==(const Context& other) const;

 private:
  static constexpr std::size_t index_from = 24;
  std::size_t position(std::string_view name) const noexcept;
  void rebuildIndex();

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> index_;  ///< positions by name; only from index_from entries on
};

/// How a range was made: from two endpoints, or as a comparison with one.
enum class RangeForm : std::uint8_t { endpoints, equal, unequal, less, less_equal, greater, greater_equal };
/// "<", ">=", …; empty for endpoints.
std::string_view symbolOf(RangeForm form);

/// An interval, or a comparison: "(< 5)" has no start, "(>= 5)" no end; "(= 5)" and "(!= 5)" have 5 at both,
/// included or not. Two endpoints of which one is null make a range in which nothing can be found.
struct Range {
  Value start;
  Value end;
  bool start_included = false;
  bool end_included = false;
  RangeForm form = RangeForm::endpoints;
  /// "< 5" and so on; not for RangeForm::endpoints.
  static Range comparison(RangeForm form, Value endpoint);
  bool operator==(const Range&) const = default;
};

/// Whether a value can be stored and sent: no function anywhere in it.
bool isData(const Value& value);

/// A hash that agrees with operator== for values of one kind.
std::size_t hashOf(const Value& value);

namespace detail {
/// Head of everything shared; `kind` says what follows.
struct Shared {
  Shared(Kind object_kind, std::uint32_t object_depth, std::uint32_t object_weight)
      : kind(object_kind), depth(object_depth), weight(object_weight) {}
  std::atomic<std::uint32_t> references{1};
  Kind kind;
  std::uint32_t depth;
  std::uint32_t weight;
};
}  // namespace detail

inline void Value::retain() const noexcept { shared()->references.fetch_add(1, std::memory_order_relaxed); }
inline void Value::release() noexcept {
  if (shared()->references.fetch_sub(1, std::memory_order_acq_rel) == 1) detail::destroy(shared());
}

}  // namespace jinyue::feel
