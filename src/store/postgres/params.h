// Parameters of a statement in PostgreSQL's binary form: single values and arrays for unnest.
#pragma once

#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/time.h"
#include "store/sql.h"

namespace jinyue::store::postgres {

/// Bytes for a bytea.
struct Bytes {
  std::string_view bytes;
};

/// A tsvector, as toLexemes makes it.
struct Lexemes {
  std::string binary;
};

class Params {
 public:
  /// One parameter after the other.
  template <class... Values>
  static Params of(const Values&... values) {
    Params params;
    (params.add(values), ...);
    return params;
  }

  template <class T>
  Params& add(const T& value) {
    std::string out;
    null_.push_back(!write(out, value));
    values_.push_back(std::move(out));
    types_.push_back(static_cast<unsigned>(oidOf<T>()));
    return *this;
  }
  Params& add(const SqlValue& value);

  /// An array with one element for each row; `element` gives an integer, an instant, a text or Bytes, or an
  /// optional of one of them.
  template <std::ranges::sized_range Rows, class Element>
  Params& array(const Rows& rows, Element element) {
    using Value = std::remove_cvref_t<decltype(element(*std::ranges::begin(rows)))>;
    std::string out;
    const bool empty = std::ranges::empty(rows);
    appendInt32(out, empty ? 0 : 1);  // dimensions
    appendInt32(out, 1);              // there may be nulls
    appendInt32(out, oidOf<Value>());
    if (!empty) {
      appendInt32(out, static_cast<std::int32_t>(std::ranges::size(rows)));
      appendInt32(out, 1);  // the first index
    }
    for (const auto& row : rows) {
      const std::size_t at = out.size();
      appendInt32(out, -1);
      if (write(out, element(row))) patchLength(out, at);
    }
    null_.push_back(false);
    values_.push_back(std::move(out));
    types_.push_back(0);
    return *this;
  }

  /// PostgreSQL's types of single values; 0 where it finds out by itself.
  const std::vector<unsigned>& types() const { return types_; }
  const std::vector<std::string>& values() const { return values_; }
  bool isNull(std::size_t index) const { return null_[index]; }

 private:
  template <class T>
  struct Bare {
    using type = T;
  };
  template <class T>
  struct Bare<std::optional<T>> {
    using type = T;
  };

  template <class T>
  static constexpr std::int32_t oidOf() {
    using B = typename Bare<T>::type;
    if constexpr (std::is_same_v<B, Lexemes>) return 3614;                            // tsvector
    else if constexpr (std::is_same_v<B, Bytes>) return 17;                           // bytea
    else if constexpr (std::is_convertible_v<const B&, std::string_view>) return 25;  // text
    else return 20;                                                                   // bigint
  }

  static void appendInt32(std::string& out, std::int32_t value);
  static void appendInt64(std::string& out, std::int64_t value);
  static void patchLength(std::string& out, std::size_t at);

  /// Appends a value; false for NULL.
  template <class T>
  static bool write(std::string& out, const T& value) {
    if constexpr (!std::is_same_v<typename Bare<T>::type, T>) {
      return value ? write(out, *value) : false;
    } else if constexpr (std::is_same_v<T, Bytes>) {
      out += value.bytes;
      return true;
    } else if constexpr (std::is_same_v<T, Lexemes>) {
      out += value.binary;
      return true;
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
      out += std::string_view{value};
      return true;
    } else if constexpr (std::is_same_v<T, Instant>) {
      appendInt64(out, value.time_since_epoch().count());
      return true;
    } else {
      static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
      appendInt64(out, static_cast<std::int64_t>(value));
      return true;
    }
  }

  std::vector<std::string> values_;
  std::vector<bool> null_;
  std::vector<unsigned> types_;
};

}  // namespace jinyue::store::postgres
