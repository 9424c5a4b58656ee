// Named time zones by ICU.
#include <algorithm>

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "feel/temporal.h"

namespace jinyue::feel {

namespace {

/// Far years are taken as the same place in the 400-year cycle near ours: ICU counts in doubles.
constexpr std::int64_t cycle_seconds = 146'097 * seconds_per_day;

double toIcuMillis(std::int64_t seconds) {
  constexpr std::int64_t near = 20 * cycle_seconds;
  if (seconds > near) seconds = seconds % cycle_seconds + cycle_seconds;
  if (seconds < -near) seconds = seconds % cycle_seconds - cycle_seconds;
  return static_cast<double>(seconds) * 1000.0;
}

class IcuZone final : public ZoneRules {
 public:
  IcuZone(std::string name, std::unique_ptr<icu::TimeZone> zone)
      : ZoneRules(std::move(name)), zone_(std::move(zone)) {}
  int offsetAtLocal(std::int64_t seconds) const override { return offset(seconds, true); }
  int offsetAtUtc(std::int64_t seconds) const override { return offset(seconds, false); }
  int standardOffset() const override { return zone_->getRawOffset() / 1000; }

 private:
  int offset(std::int64_t seconds, bool local) const {
    std::int32_t raw = 0;
    std::int32_t saving = 0;
    UErrorCode status = U_ZERO_ERROR;
    zone_->getOffset(toIcuMillis(seconds), static_cast<UBool>(local), raw, saving, status);
    return U_FAILURE(status) ? standardOffset() : (raw + saving) / 1000;
  }
  std::unique_ptr<icu::TimeZone> zone_;
};

}  // namespace

std::optional<Zone> zoneNamed(std::string_view name) {
  constexpr std::size_t longest = 64;
  if (name.empty() || name.size() > longest) return std::nullopt;
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  };
  if (!std::ranges::all_of(name, allowed)) return std::nullopt;
  const auto id =
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString canonical;
  // ICU also makes zones of texts such as "GMT+8"; only names of the tz database count.
  if (icu::TimeZone::getCanonicalID(id, canonical, status); U_FAILURE(status)) return std::nullopt;
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(id));
  if (!zone || *zone == icu::TimeZone::getUnknown()) return std::nullopt;
  return Zone{std::nullopt, std::make_shared<IcuZone>(std::string{name}, std::move(zone))};
}

}  // namespace jinyue::feel
