#include "ledger/json_scan.h"

#include "base/json_read.h"

namespace jinyue::ledger {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isHexDigit(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

class Scanner {
 public:
  explicit Scanner(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  const char* at() const { return at_; }

  bool object(int depth) {
    if (depth > max_json_depth || !take('{')) return false;
    if (take('}')) return true;
    do {
      if (!string() || !take(':') || !value(depth)) return false;
    } while (take(','));
    return take('}');
  }

  bool string() {
    if (!take('"')) return false;
    while (at_ != end_) {
      const auto c = static_cast<unsigned char>(*at_++);
      if (c == '"') return true;
      if (c < 0x20) return false;
      if (c == '\\' && !escape()) return false;
    }
    return false;
  }

 private:
  bool take(char wanted) {
    if (at_ == end_ || *at_ != wanted) return false;
    ++at_;
    return true;
  }

  bool takeWord(std::string_view word) {
    if (!std::string_view(at_, end_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  bool digits() {
    const char* const first = at_;
    while (at_ != end_ && isDigit(*at_)) ++at_;
    return at_ != first;
  }

  bool escape() {
    if (at_ == end_) return false;
    const char c = *at_++;
    if (c != 'u') return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
    for (int i = 0; i < 4; ++i) {
      if (at_ == end_ || !isHexDigit(*at_++)) return false;
    }
    return true;
  }

  bool number() {
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      return digits();
    }
    return true;
  }

  bool array(int depth) {
    if (depth > max_json_depth || !take('[')) return false;
    if (take(']')) return true;
    do {
      if (!value(depth)) return false;
    } while (take(','));
    return take(']');
  }

  bool value(int depth) {
    if (at_ == end_) return false;
    switch (*at_) {
      case '"': return string();
      case '{': return object(depth + 1);
      case '[': return array(depth + 1);
      case 't': return takeWord("true");
      case 'f': return takeWord("false");
      case 'n': return takeWord("null");
      default: return number();
    }
  }

  const char* at_;
  const char* end_;
};

}  // namespace

std::optional<std::size_t> scanObject(std::string_view text) {
  Scanner scanner(text);
  if (!scanner.object(1)) return std::nullopt;
  return static_cast<std::size_t>(scanner.at() - text.data());
}

std::optional<std::size_t> scanString(std::string_view text) {
  Scanner scanner(text);
  if (!scanner.string()) return std::nullopt;
  return static_cast<std::size_t>(scanner.at() - text.data());
}

}  // namespace jinyue::ledger
