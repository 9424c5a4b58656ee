#include "http/headers.h"

#include <algorithm>
#include <stdexcept>

namespace jinyue::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool isTokenChar(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

}  // namespace

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

bool isToken(std::string_view text) { return !text.empty() && std::ranges::all_of(text, isTokenChar); }

std::string_view withoutBlanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Headers::Field Headers::operator[](std::size_t index) const {
  const Place& place = places_[index];
  const std::string_view all = text_;
  return {all.substr(place.name_at, place.name_size), all.substr(place.value_at, place.value_size)};
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (places_[i].name_size != name.size()) continue;
    const Field field = (*this)[i];
    if (equalsIgnoringCase(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
  std::size_t n = 0;
  for (std::size_t i = 0; i < places_.size(); ++i) n += equalsIgnoringCase((*this)[i].name, name);
  return n;
}

void Headers::append(std::string_view name, std::string_view value) {
  if (places_.empty()) {
    text_.reserve(512);
    places_.reserve(12);
  }
  const auto at = static_cast<std::uint32_t>(text_.size());
  const auto name_size = static_cast<std::uint32_t>(name.size());
  places_.push_back({at, name_size, at + name_size, static_cast<std::uint32_t>(value.size())});
  text_ += name;
  text_ += value;
}

void Headers::add(std::string_view name, std::string_view value) {
  if (!isToken(name)) throw std::invalid_argument("not a header name: " + std::string{name});
  const auto is_bad = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; };
  if (std::ranges::any_of(value, is_bad)) {
    throw std::invalid_argument("a control character in the value of header " + std::string{name});
  }
  append(name, value);
}

void Headers::set(std::string_view name, std::string_view value) {
  remove(name);
  add(name, value);
}

void Headers::remove(std::string_view name) {
  const std::string_view all = text_;
  std::erase_if(places_, [&](const Place& place) {
    return equalsIgnoringCase(all.substr(place.name_at, place.name_size), name);
  });
}

}  // namespace jinyue::http
