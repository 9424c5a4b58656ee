#include "notify/mail.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "notify/base64.h"

namespace jinyue::notify {
namespace {

/// RFC 2047: words none of which cuts a character in two, and lines of at most 76 characters, the name of the
/// header included.
std::string encodedHeader(std::string_view text) {
  constexpr std::size_t bytes_in_word = 39;
  std::string out;
  while (!text.empty()) {
    std::size_t length = std::min(bytes_in_word, text.size());
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
    if (!out.empty()) out += "\r\n ";
    out += fmt::format("=?UTF-8?B?{}?=", toBase64(text.substr(0, length)));
    text.remove_prefix(length);
  }
  return out;
}

/// RFC 5322 §3.3, in China's time.
std::string mailDate(Instant now) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const LocalTime local = toLocal(now);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{day};
  const auto seconds = std::chrono::floor<std::chrono::seconds>(local - day).count();
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0800", days[std::chrono::weekday{day}.c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/// A Message-ID is made of the notice's id: the same at each attempt.
std::vector<std::string> mailHeaders(const Notice& notice, const MailParts& parts) {
  const std::string domain = parts.from.substr(parts.from.find('@') + 1);
  const std::string& name = in(notice.language, parts.from_name);
  return {
      fmt::format("From: {}<{}>", name.empty() ? "" : encodedHeader(name) + "\r\n ", parts.from),
      fmt::format("To: <{}>", notice.address),
      "Subject: " + encodedHeader(notice.content.subject),
      "Date: " + mailDate(parts.now()),
      fmt::format("Message-ID: <{}@{}>", notice.id, domain),
      "Auto-Submitted: auto-generated",
      "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: base64",
      fmt::format("Content-Language: {}", notice.language == Language::zh ? "zh-CN" : "en"),
  };
}

std::string messageOf(const Notice& notice, const MailParts& parts) {
  constexpr std::size_t in_line = 76;  // RFC 2045 §6.8
  std::string message;
  for (const std::string& header : mailHeaders(notice, parts)) message += header + "\r\n";
  const std::string body = toBase64(notice.content.text);
  for (std::size_t at = 0; at < body.size(); at += in_line) message += "\r\n" + body.substr(at, in_line);
  return message + "\r\n";
}

}  // namespace

bool isMailAddress(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == text.size() || text.size() > 254) return false;
  if (text.find('@', at + 1) != std::string_view::npos) return false;
  return std::ranges::all_of(text, [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != '\x7F' &&
           !std::string_view{"<>()[]\\,;:\""}.contains(c);
  });
}

Send mailAdapter(MailParts parts, std::shared_ptr<WebClient> client) {
  return [parts = std::move(parts), client = std::move(client)](const Notice& notice) {
    if (!isMailAddress(notice.address)) return Sent::refused("mail.address");
    const WebAnswer answer = client->mail({parts.url, parts.from, notice.address, parts.user, parts.password,
                                           parts.plain_text, messageOf(notice, parts)});
    if (answer.fault.empty() && answer.status / 100 == 2) return Sent::accepted();
    const std::string why = fmt::format("SMTP {} {}", answer.status, answer.fault);
    return answer.status / 100 == 5 ? Sent::refused(why) : Sent::failed(why);
  };
}

}  // namespace jinyue::notify
