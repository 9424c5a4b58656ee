#include "feel/value.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "feel/function.h"

namespace jinyue::feel {

namespace detail {
namespace {

struct SharedString : Shared {
  explicit SharedString(std::string_view content)
      : Shared(Kind::string, 0,
               static_cast<std::uint32_t>(std::min<std::size_t>(1 + content.size() / 32, 1U << 30U))),
        text(content) {}
  std::string text;
};

struct SharedZone : Shared {
  explicit SharedZone(std::shared_ptr<const ZoneRules> zone_rules)
      : Shared(Kind::time, 0, 1), rules(std::move(zone_rules)) {}
  std::shared_ptr<const ZoneRules> rules;
};

struct Measure {
  std::uint32_t depth = 0;
  std::uint32_t weight = 0;
  void add(const Value& value) {
    depth = std::max(depth, value.depth());
    const std::uint32_t more = value.weight();
    weight = weight > std::numeric_limits<std::uint32_t>::max() - more
                 ? std::numeric_limits<std::uint32_t>::max()
                 : weight + more;
  }
  std::uint32_t depthAround() const {
    return depth == std::numeric_limits<std::uint32_t>::max() ? depth : depth + 1;
  }
  std::uint32_t weightAround() const {
    return weight == std::numeric_limits<std::uint32_t>::max() ? weight : weight + 1;
  }
};

Measure measure(const List& items) {
  Measure total;
  for (const Value& item : items) total.add(item);
  return total;
}

Measure measure(const Context& context) {
  Measure total;
  for (const auto& [name, value] : context) total.add(value);
  return total;
}

Measure measure(const Range& range) {
  Measure total;
  total.add(range.start);
  total.add(range.end);
  return total;
}

template <class Content>
struct SharedContent : Shared {
  SharedContent(Kind kind_of_content, Content given, const Measure& size)
      : Shared(kind_of_content, size.depthAround(), size.weightAround()), content(std::move(given)) {}
  Content content;
};
using SharedList = SharedContent<List>;
using SharedContext = SharedContent<Context>;
using SharedRange = SharedContent<Range>;

struct SharedFunction : Shared {
  explicit SharedFunction(std::shared_ptr<const Function> given)
      : Shared(Kind::function, given->nesting() + 1, 1), function(std::move(given)) {}
  std::shared_ptr<const Function> function;
};

}  // namespace

void destroy(Shared* object) {
  switch (object->kind) {
    case Kind::string: delete static_cast<SharedString*>(object); break;
    case Kind::list: delete static_cast<SharedList*>(object); break;
    case Kind::context: delete static_cast<SharedContext*>(object); break;
    case Kind::range: delete static_cast<SharedRange*>(object); break;
    case Kind::function: delete static_cast<SharedFunction*>(object); break;
    default: delete static_cast<SharedZone*>(object); break;
  }
}

}  // namespace detail

namespace {

constexpr std::uint8_t zone_none = 0;
constexpr std::uint8_t zone_offset = 1;
constexpr std::uint8_t zone_named = 2;

std::uint64_t packDate(const CivilDate& date) {
  return std::uint64_t{date.month} << 16U | std::uint64_t{date.day} << 24U |
         std::uint64_t{static_cast<std::uint32_t>(date.year)} << 32U;
}

CivilDate unpackDate(std::uint64_t word) {
  return {static_cast<std::int32_t>(static_cast<std::uint32_t>(word >> 32U)),
          static_cast<std::uint8_t>(word >> 16U), static_cast<std::uint8_t>(word >> 24U)};
}

}  // namespace

std::string_view nameOf(Kind kind) {
  switch (kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "boolean";
    case Kind::number: return "number";
    case Kind::string: return "string";
    case Kind::date: return "date";
    case Kind::time: return "time";
    case Kind::date_time: return "date and time";
    case Kind::days_duration: return "days and time duration";
    case Kind::years_duration: return "years and months duration";
    case Kind::list: return "list";
    case Kind::context: return "context";
    case Kind::range: return "range";
    case Kind::function: return "function";
  }
  return "";
}

void Value::setShared(Kind kind, std::uint8_t tag, detail::Shared* object) noexcept {
  setKind(kind, static_cast<std::uint8_t>(tag | shared_flag));
  words_[2] = reinterpret_cast<std::uint64_t>(object);
}

Value::Value(std::string_view text) : Value() {
  if (text.size() <= inline_size) {
    setKind(Kind::string, static_cast<std::uint8_t>(text.size()));
    if (!text.empty()) std::memcpy(inlineText(), text.data(), text.size());
  } else {
    setShared(Kind::string, 0, new detail::SharedString(text));
  }
}

Value::Value(const CivilDate& date) noexcept : Value() {
  setKind(Kind::date);
  words_[0] |= packDate(date);
}

void Value::putZone(const Zone& zone) {
  const Kind current = kind();
  if (zone.rules) {
    setShared(current, zone_named, new detail::SharedZone(zone.rules));
  } else if (zone.offset) {
    setKind(current, zone_offset);
    words_[2] = static_cast<std::uint64_t>(static_cast<std::int64_t>(*zone.offset));
  } else {
    setKind(current, zone_none);
  }
}

Zone Value::zone() const {
  switch (tag() & size_mask) {
    case zone_offset: return {static_cast<int>(static_cast<std::int64_t>(words_[2])), nullptr};
    case zone_named: return {std::nullopt, static_cast<detail::SharedZone*>(shared())->rules};
    default: return {};
  }
}

Value::Value(const ClockTime& time) : Value() {
  setKind(Kind::time);
  putZone(time.zone);
  words_[1] = static_cast<std::uint64_t>(time.nanos);
}

Value::Value(const DateTime& value) : Value() {
  setKind(Kind::date_time);
  putZone(value.time.zone);
  words_[0] |= packDate(value.date);
  words_[1] = static_cast<std::uint64_t>(value.time.nanos);
}

Value::Value(const DaysDuration& value) : Value() {
  setKind(Kind::days_duration);
  words_[1] = static_cast<std::uint64_t>(value.nanos);
  words_[2] = static_cast<std::uint64_t>(value.nanos >> 64);
}

Value::Value(const YearsDuration& value) noexcept : Value() {
  setKind(Kind::years_duration);
  words_[1] = static_cast<std::uint64_t>(value.months);
}

Value::Value(List items) : Value() {
  const auto size = detail::measure(items);
  setShared(Kind::list, 0, new detail::SharedList(Kind::list, std::move(items), size));
}

Value::Value(Context context) : Value() {
  const auto size = detail::measure(context);
  setShared(Kind::context, 0, new detail::SharedContext(Kind::context, std::move(context), size));
}

Value::Value(Range range) : Value() {
  const auto size = detail::measure(range);
  setShared(Kind::range, 0, new detail::SharedRange(Kind::range, std::move(range), size));
}

Value::Value(std::shared_ptr<const Function> function) : Value() {
  setShared(Kind::function, 0, new detail::SharedFunction(std::move(function)));
}

Value Value::of(Date date) {
  const std::chrono::year_month_day parts{date};
  return CivilDate{static_cast<int>(parts.year()),
                   static_cast<std::uint8_t>(static_cast<unsigned>(parts.month())),
                   static_cast<std::uint8_t>(static_cast<unsigned>(parts.day()))};
}

Value Value::of(Instant instant) {
  const auto nanos = Int128{instant.time_since_epoch().count()} * 1'000'000;
  const auto value = fromEpochNanos(nanos, {0, nullptr});
  return value ? Value(*value) : Value();
}

std::optional<CivilDate> Value::asDate() const noexcept {
  return is(Kind::date) ? std::optional{unpackDate(words_[0])} : std::nullopt;
}

std::optional<ClockTime> Value::asTime() const {
  if (!is(Kind::time)) return std::nullopt;
  return ClockTime{static_cast<std::int64_t>(words_[1]), zone()};
}

std::optional<DateTime> Value::asDateTime() const {
  if (!is(Kind::date_time)) return std::nullopt;
  return DateTime{unpackDate(words_[0]), {static_cast<std::int64_t>(words_[1]), zone()}};
}

std::optional<DaysDuration> Value::asDaysDuration() const noexcept {
  if (!is(Kind::days_duration)) return std::nullopt;
  return DaysDuration{Int128{static_cast<std::int64_t>(words_[2])} << 64 | words_[1]};
}

std::optional<YearsDuration> Value::asYearsDuration() const noexcept {
  return is(Kind::years_duration) ? std::optional{YearsDuration{static_cast<std::int64_t>(words_[1])}}
                                  : std::nullopt;
}

std::optional<Date> Value::asBaseDate() const {
  if (!is(Kind::date) && !is(Kind::date_time)) return std::nullopt;
  const CivilDate date = unpackDate(words_[0]);
  if (date.year < 0 || date.year > 9999) return std::nullopt;
  return makeDate(date.year, date.month, date.day);
}

std::optional<Instant> Value::asInstant() const {
  const auto value = asDateTime();
  if (!value || value->date.year < 0 || value->date.year > 9999) return std::nullopt;
  auto epoch = static_cast<std::int64_t>(epochNanos(*value) / 1'000'000);
  if (value->time.zone.isLocal()) epoch -= std::chrono::duration_cast<Millis>(china_offset).count();
  return Instant{Millis{epoch}};
}

const List* Value::asList() const& noexcept {
  return is(Kind::list) ? &static_cast<detail::SharedList*>(shared())->content : nullptr;
}

const Context* Value::asContext() const& noexcept {
  return is(Kind::context) ? &static_cast<detail::SharedContext*>(shared())->content : nullptr;
}

const Range* Value::asRange() const& noexcept {
  return is(Kind::range) ? &static_cast<detail::SharedRange*>(shared())->content : nullptr;
}

const Function* Value::asFunction() const& noexcept {
  return is(Kind::function) ? static_cast<detail::SharedFunction*>(shared())->function.get() : nullptr;
}

std::shared_ptr<const Function> Value::sharedFunction() const {
  return is(Kind::function) ? static_cast<detail::SharedFunction*>(shared())->function : nullptr;
}

std::string_view Value::sharedText() const noexcept {
  return static_cast<detail::SharedString*>(shared())->text;
}

bool Value::operator==(const Value& other) const {
  if (kind() != other.kind()) return false;
  switch (kind()) {
    case Kind::null: return true;
    case Kind::boolean: return words_[1] == other.words_[1];
    case Kind::number: return number() == other.number();
    case Kind::string: return string() == other.string();
    case Kind::date: return words_[0] == other.words_[0];
    case Kind::time: return asTime() == other.asTime();
    case Kind::date_time: return asDateTime() == other.asDateTime();
    case Kind::days_duration: return words_[1] == other.words_[1] && words_[2] == other.words_[2];
    case Kind::years_duration: return words_[1] == other.words_[1];
    case Kind::list: return shared() == other.shared() || list() == other.list();
    case Kind::context: return shared() == other.shared() || context() == other.context();
    case Kind::range: return *asRange() == *other.asRange();
    case Kind::function: return asFunction() == other.asFunction();
  }
  return false;
}

std::uint32_t Value::depth() const noexcept { return isShared() ? shared()->depth : 0; }
std::uint32_t Value::weight() const noexcept { return isShared() ? shared()->weight : 1; }

bool Value::appendInPlace(const Value& item) {
  if (!is(Kind::list)) return false;
  auto* object = static_cast<detail::SharedList*>(shared());
  if (object->references.load(std::memory_order_acquire) != 1) return false;
  detail::Measure size;
  size.depth = item.depth();
  size.weight = object->weight;
  size.add(item);
  object->content.push_back(item);
  object->depth = std::max(object->depth, size.depthAround());
  object->weight = size.weight;
  return true;
}

std::string_view symbolOf(RangeForm form) {
  switch (form) {
    case RangeForm::endpoints: return "";
    case RangeForm::equal: return "=";
    case RangeForm::unequal: return "!=";
    case RangeForm::less: return "<";
    case RangeForm::less_equal: return "<=";
    case RangeForm::greater: return ">";
    case RangeForm::greater_equal: return ">=";
  }
  return "";
}

Range Range::comparison(RangeForm form, Value endpoint) {
  switch (form) {
    case RangeForm::less: return {{}, std::move(endpoint), false, false, form};
    case RangeForm::less_equal: return {{}, std::move(endpoint), false, true, form};
    case RangeForm::greater: return {std::move(endpoint), {}, false, false, form};
    case RangeForm::greater_equal: return {std::move(endpoint), {}, true, false, form};
    case RangeForm::unequal: return {endpoint, endpoint, false, false, form};
    default: return {endpoint, endpoint, true, true, form};
  }
}

Context::Context(std::initializer_list<Entry> entries) {
  for (const Entry& entry : entries) set(entry.name, entry.value);
}

std::size_t Context::position(std::string_view name) const noexcept {
  if (index_.empty()) {
    const auto found = std::ranges::find(entries_, name, &Entry::name);
    return static_cast<std::size_t>(found - entries_.begin());
  }
  const auto found = std::ranges::lower_bound(
      index_, name, {}, [&](std::uint32_t i) { return std::string_view{entries_[i].name}; });
  return found != index_.end() && entries_[*found].name == name ? *found : entries_.size();
}

const Value* Context::find(std::string_view name) const noexcept {
  const std::size_t at = position(name);
  return at < entries_.size() ? &entries_[at].value : nullptr;
}

void Context::set(std::string_view name, Value value) {
  const std::size_t at = position(name);
  if (at < entries_.size()) {
    entries_[at].value = std::move(value);
    return;
  }
  entries_.push_back({std::string{name}, std::move(value)});
  if (entries_.size() == index_from) {
    rebuildIndex();
  } else if (!index_.empty()) {
    const auto place = std::ranges::lower_bound(
        index_, name, {}, [&](std::uint32_t i) { return std::string_view{entries_[i].name}; });
    index_.insert(place, static_cast<std::uint32_t>(entries_.size() - 1));
  }
}

bool Context::erase(std::string_view name) {
  const std::size_t at = position(name);
  if (at == entries_.size()) return false;
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at));
  index_.clear();
  if (entries_.size() >= index_from) rebuildIndex();
  return true;
}

void Context::rebuildIndex() {
  index_.resize(entries_.size());
  std::iota(index_.begin(), index_.end(), 0U);
  std::ranges::sort(index_, {}, [&](std::uint32_t i) { return std::string_view{entries_[i].name}; });
}

bool Context::operator==(const Context& other) const {
  if (size() != other.size()) return false;
  return std::ranges::all_of(entries_, [&](const Entry& entry) {
    const Value* theirs = other.find(entry.name);
    return theirs != nullptr && *theirs == entry.value;
  });
}

bool isData(const Value& value) {
  switch (value.kind()) {
    case Kind::function: return false;
    case Kind::list: return std::ranges::all_of(value.list(), isData);
    case Kind::context: return std::ranges::all_of(value.context(), isData, &Context::Entry::value);
    case Kind::range: return isData(value.asRange()->start) && isData(value.asRange()->end);
    default: return true;
  }
}

std::size_t hashOf(const Value& value) {
  const auto mix = [](std::size_t seed, std::uint64_t more) {
    return (seed ^ more) * 0x9E3779B97F4A7C15ULL ^ ((seed ^ more) >> 29U);
  };
  std::size_t seed = mix(0, static_cast<std::uint64_t>(value.kind()));
  switch (value.kind()) {
    case Kind::null: return seed;
    case Kind::boolean: return mix(seed, value.isTrue() ? 1 : 0);
    case Kind::number: {
      const Number plain = value.number().normalized();
      return mix(mix(seed, plain.low()), plain.high());
    }
    case Kind::string: return mix(seed, std::hash<std::string_view>{}(value.string()));
    case Kind::date: return mix(seed, static_cast<std::uint64_t>(toDays(*value.asDate())));
    case Kind::time: return mix(seed, static_cast<std::uint64_t>(value.asTime()->nanos));
    case Kind::date_time:
      return mix(mix(seed, static_cast<std::uint64_t>(toDays(value.asDateTime()->date))),
                 static_cast<std::uint64_t>(value.asDateTime()->time.nanos));
    case Kind::days_duration: return mix(seed, static_cast<std::uint64_t>(value.asDaysDuration()->nanos));
    case Kind::years_duration: return mix(seed, static_cast<std::uint64_t>(value.asYearsDuration()->months));
    case Kind::list:
      for (const Value& item : value.list()) seed = mix(seed, hashOf(item));
      return seed;
    case Kind::context: {
      std::size_t sum = 0;  // the order of entries doesn't count
      for (const auto& [name, item] : value.context())
        sum += mix(std::hash<std::string_view>{}(name), hashOf(item));
      return mix(seed, sum);
    }
    case Kind::range: return mix(mix(seed, hashOf(value.asRange()->start)), hashOf(value.asRange()->end));
    case Kind::function: return mix(seed, reinterpret_cast<std::uint64_t>(value.asFunction()));
  }
  return seed;
}

}  // namespace jinyue::feel
