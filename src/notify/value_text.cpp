#include "notify/value_text.h"

#include <array>

#include <fmt/format.h>

#include "feel/text_form.h"

namespace jinyue::notify {
namespace {

constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                            "July",    "August",   "September", "October", "November", "December"};

std::string dateText(const feel::CivilDate& date, Language language) {
  if (language == Language::zh) return fmt::format("{}年{}月{}日", date.year, date.month, date.day);
  return fmt::format("{} {} {}", date.day, months[date.month - 1U], date.year);
}

std::string momentText(Instant instant, Language language) {
  const LocalTime local = toLocal(instant);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const auto minutes = std::chrono::floor<std::chrono::minutes>(local - day).count();
  return fmt::format(
      "{}{}{:02}:{:02}",
      dateText({static_cast<int>(date.year()), static_cast<std::uint8_t>(static_cast<unsigned>(date.month())),
                static_cast<std::uint8_t>(static_cast<unsigned>(date.day()))},
               language),
      language == Language::zh ? " " : ", ", minutes / 60, minutes % 60);
}

}  // namespace

std::optional<std::string> textOf(const feel::Value& value, Language language) {
  switch (value.kind()) {
    case feel::Kind::null:
    case feel::Kind::context:
    case feel::Kind::range:
    case feel::Kind::function: return std::nullopt;
    case feel::Kind::boolean:
      if (language == Language::zh) return value.isTrue() ? "是" : "否";
      return value.isTrue() ? "yes" : "no";
    case feel::Kind::date: return dateText(*value.asDate(), language);
    case feel::Kind::date_time:
      if (const auto instant = value.asInstant()) return momentText(*instant, language);
      return feel::toText(value);
    case feel::Kind::list: {
      std::string text;
      for (const feel::Value& item : value.list()) {
        const auto words = textOf(item, language);
        if (!words) return std::nullopt;
        if (!text.empty()) text += language == Language::zh ? "、" : ", ";
        text += *words;
      }
      return text;
    }
    default: return feel::toText(value);
  }
}

}  // namespace jinyue::notify
