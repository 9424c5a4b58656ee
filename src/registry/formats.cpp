// The words of the keyword "format". They are asserted, not mere notes.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "feel/temporal.h"
#include "registry/identifiers.h"
#include "registry/schema.h"

namespace jinyue::registry {

namespace {

using Why = std::optional<Text>;

bool isDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Why checkDate(std::string_view text, std::optional<Date> /*today*/) {
  if (parseDate(text)) return {};
  return Text{"应为存在的日期，如 2026-11-22", "a day that exists is needed, such as 2026-11-22"};
}

Why checkTime(std::string_view text, std::optional<Date> /*today*/) {
  const auto time = feel::parseClockTime(text);
  if (time && time->zone.isLocal()) return {};
  return Text{"应为时刻，如 09:30:00", "a time of day is needed, such as 09:30:00"};
}

Why checkDateTime(std::string_view text, std::optional<Date> /*today*/) {
  if (parseInstant(text)) return {};
  return Text{"应为带时区的日期时间，如 2026-11-22T09:30:00+08:00",
              "a date and time with its offset is needed, such as 2026-11-22T09:30:00+08:00"};
}

Why titleOf(const Result<void>& checked) {
  if (checked) return {};
  return checked.error().title;
}

Why checkUsccFormat(std::string_view text, std::optional<Date> /*today*/) { return titleOf(checkUscc(text)); }

Why checkResidentFormat(std::string_view text, std::optional<Date> today) {
  return titleOf(checkResidentId(text, today));
}

/// Mobile 1[3-9] and nine digits; landline with its area code; 400 and 800 numbers; service numbers of five
/// digits (and 110 to 122). An extension after "-" or "转".
Why checkPhone(std::string_view text, std::optional<Date> /*today*/) {
  const Text why{"应为手机号、带区号的座机（如 0411-12345678）或服务号码",
                 "a mobile number, a landline with its area code such as 0411-12345678, or a service number"};
  std::string_view rest = text;
  if (rest.starts_with("+86")) {
    rest.remove_prefix(3);
    if (rest.starts_with(" ") || rest.starts_with("-")) rest.remove_prefix(1);
  }
  if (rest.size() == 11 && rest[0] == '1' && rest[1] >= '3' && isDigits(rest)) return {};
  std::string digits;
  int hyphens = 0;
  for (const char c : rest) {
    if (c == '-') ++hyphens;
    else digits += c;
  }
  if (!isDigits(digits) || hyphens > 2 || rest.front() == '-' || rest.back() == '-') return why;
  if (digits.size() == 3 && digits >= "110" && digits <= "122" && hyphens == 0) return {};
  if (digits.size() == 5 && (digits.starts_with('1') || digits.starts_with('9')) && hyphens == 0) return {};
  if (digits.size() == 10 && (digits.starts_with("400") || digits.starts_with("800"))) return {};
  if (digits.starts_with('0') && digits.size() >= 10 && digits.size() <= 16 &&
      (hyphens > 0 || digits.size() <= 12))
    return {};
  return why;
}

/// A code of GB/T 2260 (6 digits), of a street or town (9) or a community (12), or of a zone without one: the
/// six digits of the city, a hyphen, a name in small letters.
Why checkRegion(std::string_view text, std::optional<Date> /*today*/) {
  const std::string_view digits = text.substr(0, std::min<std::size_t>(6, text.size()));
  const std::string_view rest = text.substr(digits.size());
  const bool zone = rest.size() > 1 && rest.size() <= 24 && rest[0] == '-' &&
                    std::ranges::all_of(rest.substr(1), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool plain = rest.empty() || ((rest.size() == 3 || rest.size() == 6) && isDigits(rest));
  if (digits.size() == 6 && isDigits(digits) && (zone || plain)) return {};
  return Text{"应为 6、9 或 12 位区划代码，或功能区代码（如 210200-gaoxin）",
              "a region code of 6, 9 or 12 digits, or a zone's code such as 210200-gaoxin"};
}

Why checkEmail(std::string_view text, std::optional<Date> /*today*/) {
  const auto at = text.find('@');
  const std::string_view domain = at == std::string_view::npos ? "" : text.substr(at + 1);
  const bool good = at != 0 && at != std::string_view::npos && at <= 64 && domain.contains('.') &&
                    !domain.contains('@') && !domain.contains("..") && domain.front() != '.' &&
                    domain.back() != '.' && text.size() <= 254 && std::ranges::none_of(text, [](char c) {
                      return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7F ||
                             std::string_view{"()<>,;:\\\"[]"}.contains(c);
                    });
  if (good) return {};
  return Text{"应为电子邮箱，如 name@example.com", "an address such as name@example.com"};
}

Why checkUri(std::string_view text, std::optional<Date> /*today*/) {
  const auto rest = text.starts_with("https://")  ? text.substr(8)
                    : text.starts_with("http://") ? text.substr(7)
                                                  : std::string_view{};
  const bool good = !rest.empty() && rest.front() != '/' && std::ranges::none_of(text, [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7F ||
           std::string_view{"<>\"{}|\\^`"}.contains(c);
  });
  if (good) return {};
  return Text{"应为以 http:// 或 https:// 开头的网址", "an address that begins with http:// or https://"};
}

/// Sixteen hexadecimal digits, a hyphen and the digest of the content (room evidence).
Why checkAttachment(std::string_view text, std::optional<Date> /*today*/) {
  const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (text.size() == 81 && text[16] == '-' && std::ranges::all_of(text.substr(0, 16), isHex) &&
      std::ranges::all_of(text.substr(17), isHex))
    return {};
  return Text{"应为上传附件后得到的编号", "the id that an uploaded attachment got is needed"};
}

}  // namespace

std::span<const Format> formats() {
  static const std::vector<Format> all{
      {"date", {"日期", "date"}, checkDate},
      {"time", {"时刻", "time of day"}, checkTime},
      {"date-time", {"日期时间", "date and time"}, checkDateTime},
      {"uscc", {"统一社会信用代码", "unified social credit code"}, checkUsccFormat},
      {"resident-id", {"公民身份号码", "resident identity number"}, checkResidentFormat},
      {"phone", {"电话号码", "telephone number"}, checkPhone},
      {"region", {"区划代码", "region code"}, checkRegion},
      {"email", {"电子邮箱", "e-mail address"}, checkEmail},
      {"uri", {"网址", "web address"}, checkUri},
      {"attachment", {"附件", "attachment"}, checkAttachment},
  };
  return all;
}

}  // namespace jinyue::registry
