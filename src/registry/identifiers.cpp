#include "registry/identifiers.h"

#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace jinyue::registry {

namespace {

constexpr std::string_view uscc_alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::string_view organisation_alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view resident_checks = "10X98765432";
constexpr std::size_t identifier_length = 18;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::unexpected<Problem> refuseIdentifier(std::string_view what, Text title) {
  return refuse(ProblemKind::invalid, fmt::format("identifier.{}", what), std::move(title));
}

/// The character at a byte as people see it: a whole UTF-8 sequence, or its number when it can't be shown.
std::string shown(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte >= 0x20 && byte < 0x7F) return std::string{text[at]};
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) ++end;
  const std::string whole{text.substr(at, end - at)};
  return byte >= 0xC0 && isValidUtf8(whole) ? whole : fmt::format("0x{:02X}", byte);
}

/// The length counts characters, and the first one that is out of place is named.
template <class Allowed>
Result<void> checkCharacters(std::string_view text, const Text& name, Allowed&& allowed) {
  std::size_t place = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80 && at > 0) continue;
    ++place;
    if (place > identifier_length) break;
    if (const Text why = allowed(place, text[at]); !why.zh.empty()) {
      return refuseIdentifier(
          "character",
          {fmt::format("{}第 {} 位“{}”不对：{}", name.zh, place, shown(text, at), why.zh),
           fmt::format("{}: character {} “{}” is wrong: {}", name.en, place, shown(text, at), why.en)});
    }
  }
  if (text.size() != identifier_length) {
    const std::size_t count = isValidUtf8(text) ? countCodePoints(text) : text.size();
    return refuseIdentifier("length", {fmt::format("{}应为 18 位，现有 {} 位", name.zh, count),
                                       fmt::format("{} has 18 characters, this has {}", name.en, count)});
  }
  return {};
}

const Text& usccName() {
  static const Text name{"统一社会信用代码", "unified social credit code"};
  return name;
}

const Text& residentName() {
  static const Text name{"公民身份号码", "resident identity number"};
  return name;
}

/// Provinces and what is like them begin with 11 to 91 (GB/T 2260), where the second digit is not free
/// either.
bool isProvince(std::string_view two) {
  constexpr std::string_view known =
      "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 "
      "83 91";
  return known.contains(two);
}

}  // namespace

std::string normaliseIdentifier(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == 0xEF && at + 2 < text.size()) {  // U+FF01 to U+FF5E are the full-width forms of 0x21 to 0x7E
      const auto second = static_cast<unsigned char>(text[at + 1]);
      const auto third = static_cast<unsigned char>(text[at + 2]);
      const unsigned code = 0xF000U | (second & 0x3FU) << 6U | (third & 0x3FU);
      if (code >= 0xFF01 && code <= 0xFF5E) {
        out += static_cast<char>(code - 0xFF01 + 0x21);
        at += 2;
        continue;
      }
    }
    if (text.substr(at).starts_with("\u3000")) {
      at += 2;
      continue;
    }
    if (text.substr(at).starts_with("\u00A0")) {
      at += 1;
      continue;
    }
    out += text[at];
  }
  std::erase_if(out, [](char c) { return c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n'; });
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

std::optional<char> usccCheck(std::string_view first17) {
  if (first17.size() != 17) return std::nullopt;
  unsigned weight = 1;
  unsigned sum = 0;
  for (const char c : first17) {
    const auto value = uscc_alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    sum += static_cast<unsigned>(value) * weight;
    weight = weight * 3 % 31;
  }
  return uscc_alphabet[(31 - sum % 31) % 31];
}

std::optional<char> organisationCheck(std::string_view first8) {
  constexpr std::array<unsigned, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
  if (first8.size() != weights.size()) return std::nullopt;
  unsigned sum = 0;
  for (std::size_t at = 0; at < weights.size(); ++at) {
    const auto value = organisation_alphabet.find(first8[at]);
    if (value == std::string_view::npos) return std::nullopt;
    sum += static_cast<unsigned>(value) * weights[at];
  }
  const unsigned check = (11 - sum % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

std::optional<char> residentCheck(std::string_view first17) {
  constexpr std::array<unsigned, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  if (first17.size() != weights.size()) return std::nullopt;
  unsigned sum = 0;
  for (std::size_t at = 0; at < weights.size(); ++at) {
    if (!isDigit(first17[at])) return std::nullopt;
    sum += static_cast<unsigned>(first17[at] - '0') * weights[at];
  }
  return resident_checks[sum % 11];
}

Result<void> checkUscc(std::string_view code) {
  const auto characters = checkCharacters(code, usccName(), [](std::size_t place, char c) -> Text {
    if (place >= 3 && place <= 8) return isDigit(c) ? Text{} : Text{"应为数字", "a digit is needed here"};
    if (uscc_alphabet.contains(c)) return {};
    return {"只能是数字或大写字母，且不用 I、O、S、V、Z", "only digits and capitals without I, O, S, V, Z"};
  });
  if (!characters) return characters;
  if (organisationCheck(code.substr(8, 8)) != code[16]) {
    return refuseIdentifier("subject-check",
                            {"统一社会信用代码第 9 至 17 位（主体标识码）的校验位不符，请核对是否录错",
                             "unified social credit code: characters 9 to 17 (the subject's own code) do not "
                             "agree with their check character; compare them with the document"});
  }
  if (usccCheck(code.substr(0, 17)) != code[17]) {
    return refuseIdentifier("check", {"统一社会信用代码的校验位（第 18 位）不符，请核对前 17 位是否录错",
                                      "unified social credit code: the check character (18) does not agree "
                                      "with the first 17; compare them with the document"});
  }
  return {};
}

std::string organisationCodeOf(std::string_view uscc) {
  return fmt::format("{}-{}", uscc.substr(8, 8), uscc.substr(16, 1));
}

Result<void> checkResidentId(std::string_view number, std::optional<Date> today) {
  const auto characters = checkCharacters(number, residentName(), [](std::size_t place, char c) -> Text {
    if (isDigit(c)) return {};
    if (place < identifier_length) return {"应为数字", "a digit is needed here"};
    return c == 'X' ? Text{} : Text{"应为数字或 X", "a digit or X is needed here"};
  });
  if (!characters) return characters;
  if (!isProvince(number.substr(0, 2))) {
    return refuseIdentifier(
        "region", {fmt::format("公民身份号码前两位“{}”不是省级行政区划代码", number.substr(0, 2)),
                   fmt::format("resident identity number: the first two digits “{}” are no province",
                               number.substr(0, 2))});
  }
  const std::string birth =
      fmt::format("{}-{}-{}", number.substr(6, 4), number.substr(10, 2), number.substr(12, 2));
  const auto date = parseDate(birth);
  if (!date || *date < makeDate(1800, 1, 1) || (today && *date > *today)) {
    return refuseIdentifier(
        "birth-date",
        {fmt::format("公民身份号码第 7 至 14 位“{}”不是有效的出生日期", birth),
         fmt::format("resident identity number: digits 7 to 14 “{}” are no valid birth date", birth)});
  }
  if (residentCheck(number.substr(0, 17)) != number[17]) {
    return refuseIdentifier("check",
                            {"公民身份号码的校验位（第 18 位）不符，请核对前 17 位是否录错",
                             "resident identity number: the check character (18) does not agree with "
                             "the first 17 digits; compare them with the document"});
  }
  return {};
}

Date birthDateOf(std::string_view resident_id) {
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    for (const char c : resident_id.substr(at, size)) value = value * 10 + (c - '0');
    return value;
  };
  return makeDate(number(6, 4), static_cast<unsigned>(number(10, 2)), static_cast<unsigned>(number(12, 2)));
}

bool isMale(std::string_view resident_id) { return (resident_id[16] - '0') % 2 == 1; }

std::string maskedResidentId(std::string_view resident_id) {
  return fmt::format("{}***********{}", resident_id.substr(0, 3), resident_id.substr(14));
}

}  // namespace jinyue::registry
