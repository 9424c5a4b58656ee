#include "feel/text_form.h"

#include <algorithm>

#include <fmt/format.h>

namespace jinyue::feel {

namespace {

bool isBareName(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

void append(std::string& out, const Value& value, bool literal);

void appendRange(std::string& out, const Range& range, bool literal) {
  if (range.form != RangeForm::endpoints) {
    out += '(';
    out += symbolOf(range.form);
    out += ' ';
    append(out, range.start.isNull() ? range.end : range.start, literal);
    out += ')';
    return;
  }
  out += range.start_included ? '[' : '(';
  append(out, range.start, literal);
  out += "..";
  append(out, range.end, literal);
  out += range.end_included ? ']' : ')';
}

void append(std::string& out, const Value& value, bool literal) {
  switch (value.kind()) {
    case Kind::null: out += "null"; return;
    case Kind::boolean: out += value.isTrue() ? "true" : "false"; return;
    case Kind::number: out += value.number().toString(); return;
    case Kind::string: out += literal ? stringLiteral(value.string()) : std::string{value.string()}; return;
    case Kind::list:
      out += '[';
      for (bool first = true; const Value& item : value.list()) {
        if (!std::exchange(first, false)) out += ", ";
        append(out, item, true);
      }
      out += ']';
      return;
    case Kind::context:
      out += '{';
      for (bool first = true; const auto& [name, item] : value.context()) {
        if (!std::exchange(first, false)) out += ", ";
        out += isBareName(name) ? name : stringLiteral(name);
        out += ": ";
        append(out, item, true);
      }
      out += '}';
      return;
    case Kind::range: appendRange(out, *value.asRange(), true); return;
    case Kind::function: out += "function"; return;
    default: break;
  }
  std::string text;
  if (const auto date = value.asDate()) text = toString(*date);
  else if (const auto time = value.asTime()) text = toString(*time);
  else if (const auto moment = value.asDateTime()) text = toString(*moment);
  else if (const auto days = value.asDaysDuration()) text = toString(*days);
  else if (const auto years = value.asYearsDuration()) text = toString(*years);
  out += literal ? "@\"" + text + '"' : text;
}

}  // namespace

std::string stringLiteral(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else out += c;
    }
  }
  return out + '"';
}

std::string toText(const Value& value) {
  std::string out;
  append(out, value, false);
  return out;
}

std::string toLiteral(const Value& value) {
  std::string out;
  append(out, value, true);
  return out;
}

}  // namespace jinyue::feel
