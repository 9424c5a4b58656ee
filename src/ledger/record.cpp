#include "ledger/record.h"

#include <charconv>
#include <stdexcept>

#include "base/text.h"
#include "ledger/json_scan.h"

namespace jinyue::ledger {
namespace {

using namespace std::chrono_literals;

void appendNumber(std::string& out, std::int64_t number) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

/// Instants that formatInstant writes with four digits of the year.
bool hasFourDigitYear(Instant at) {
  constexpr Instant first{std::chrono::sys_days{std::chrono::year{0} / 1 / 1}};
  constexpr Instant past_last{std::chrono::sys_days{std::chrono::year{10000} / 1 / 1}};
  return at >= first && at < past_last;
}

/// Takes the parts of a record off the front of its bytes; `where` names the part it stopped at.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  bool literal(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }

  /// A JSON string; that it is escaped just as we would is for the comparison at the end to find.
  bool string(std::string& text) {
    const auto length = scanString(rest_);
    if (!length) return false;
    std::string_view inside = rest_.substr(1, *length - 2);
    rest_.remove_prefix(*length);
    text.clear();
    for (std::size_t escape = inside.find('\\'); escape != std::string_view::npos;
         escape = inside.find('\\')) {
      text += inside.substr(0, escape);
      const char c = inside[escape + 1];
      inside.remove_prefix(escape + 2);
      if (c != 'u') {
        constexpr std::string_view names = "\"\\bfnrt";
        constexpr std::string_view values = "\"\\\b\f\n\r\t";
        const std::size_t place = names.find(c);
        if (place == std::string_view::npos) return false;
        text += values[place];
        continue;
      }
      unsigned code = 0;
      std::from_chars(inside.data(), inside.data() + 4, code, 16);
      if (code >= 0x20) return false;  // only control characters are written so
      text += static_cast<char>(code);
      inside.remove_prefix(4);
    }
    text += inside;
    return true;
  }

  bool instant(Instant& at) {
    constexpr std::size_t length = std::string_view("2026-11-22T04:38:21.000Z").size();
    if (rest_.size() < length) return false;
    const auto parsed = parseInstant(rest_.substr(0, length));
    if (!parsed) return false;
    at = *parsed;
    rest_.remove_prefix(length);
    return true;
  }

  bool object(std::string& text) {
    const auto length = scanObject(rest_);
    if (!length) return false;
    text = rest_.substr(0, *length);
    rest_.remove_prefix(*length);
    return true;
  }

  bool number(std::int64_t& value) {
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc{}) return false;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return true;
  }

  bool isAtEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::unexpected<Problem> refuseRecord(const char* where) {
  return refuse(ProblemKind::invalid, "record.not-canonical",
                {"不是规范的记录", "these are not the canonical bytes of a record"}, where);
}

}  // namespace

std::string encodeRecord(const Record& record) {
  if (record.case_id < 0) throw std::invalid_argument("a record's case id is not negative");
  if (record.position < 1) throw std::invalid_argument("a record's position in its case starts at 1");
  if (!hasFourDigitYear(record.at))
    throw std::invalid_argument("a record's time is in the years 0000 to 9999");
  if (scanObject(record.body) != record.body.size()) {
    throw std::invalid_argument("a record's body is one JSON object with no white space between tokens");
  }
  std::string out;
  out.reserve(record.body.size() + record.kind.size() + record.actor.size() + record.model.size() + 160);
  out += R"({"actor":)";
  appendJsonString(out, record.actor);
  out += R"(,"at":")";
  out += formatInstant(record.at);
  out += R"(","body":)";
  out += record.body;
  out += R"(,"case":)";
  appendNumber(out, record.case_id);
  out += R"(,"kind":)";
  appendJsonString(out, record.kind);
  out += R"(,"model":)";
  appendJsonString(out, record.model);
  out += R"(,"position":)";
  appendNumber(out, record.position);
  out += '}';
  if (!isValidUtf8(out)) throw std::invalid_argument("a record's texts are UTF-8");
  return out;
}

Result<Record> decodeRecord(std::string_view bytes) {
  if (!isValidUtf8(bytes)) return refuseRecord("");
  Record record;
  Decoder in(bytes);
  if (!in.literal(R"({"actor":)") || !in.string(record.actor)) return refuseRecord("/actor");
  if (!in.literal(R"(,"at":")") || !in.instant(record.at)) return refuseRecord("/at");
  if (!in.literal(R"(","body":)") || !in.object(record.body)) return refuseRecord("/body");
  if (!in.literal(R"(,"case":)") || !in.number(record.case_id) || record.case_id < 0)
    return refuseRecord("/case");
  if (!in.literal(R"(,"kind":)") || !in.string(record.kind)) return refuseRecord("/kind");
  if (!in.literal(R"(,"model":)") || !in.string(record.model)) return refuseRecord("/model");
  if (!in.literal(R"(,"position":)") || !in.number(record.position) || record.position < 1) {
    return refuseRecord("/position");
  }
  if (!in.literal("}") || !in.isAtEnd()) return refuseRecord("");
  // Escapes, leading zeros and time zones can be written in several ways, of which one is ours.
  if (encodeRecord(record) != bytes) return refuseRecord("");
  return record;
}

}  // namespace jinyue::ledger
