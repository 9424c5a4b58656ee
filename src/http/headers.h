// Header fields of a request or a response: ordered, found without regard to case (RFC 9110 §5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::http {

/// Compares without regard to ASCII case.
bool equalsIgnoringCase(std::string_view a, std::string_view b);
/// A token of RFC 9110 §5.6.2: what a field name or a method may be made of.
bool isToken(std::string_view text);
/// Without blanks and tabs at either end.
std::string_view withoutBlanks(std::string_view text);

/// All fields in one block of memory; views into it live until the next change.
class Headers {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;
  };

  /// The first value under the name.
  std::optional<std::string_view> find(std::string_view name) const;
  bool has(std::string_view name) const { return find(name).has_value(); }
  std::size_t count(std::string_view name) const;
  std::size_t size() const { return places_.size(); }
  bool empty() const { return places_.empty(); }
  Field operator[](std::size_t index) const;

  /// Adds a field. Throws std::invalid_argument when the name is no token or the value holds a control
  /// character: a line break in a value would let its author write the rest of the answer.
  void add(std::string_view name, std::string_view value);
  /// As add, after removing what there is under the name.
  void set(std::string_view name, std::string_view value);
  void remove(std::string_view name);

 private:
  friend class RequestReader;
  struct Place {
    std::uint32_t name_at, name_size, value_at, value_size;
  };
  void append(std::string_view name, std::string_view value);

  std::string text_;
  std::vector<Place> places_;
};

}  // namespace jinyue::http
