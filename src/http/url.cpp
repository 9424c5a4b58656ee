#include "http/url.h"

#include <algorithm>

#include "base/text.h"

namespace jinyue::http {
namespace {

int hexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool isControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

std::unexpected<Problem> bad(std::string code, Text title, std::string where) {
  return refuse(ProblemKind::invalid, std::move(code), std::move(title), std::move(where));
}

std::unexpected<Problem> badEscape(std::string where) {
  return bad("request.bad-escape", {"地址中的 % 转义不正确", "a %-escape in the address is broken"},
             std::move(where));
}

std::unexpected<Problem> badText(std::string where) {
  return bad(
      "request.bad-text",
      {"地址中有非 UTF-8 字节或控制字符", "the address holds bytes that are not UTF-8 or control characters"},
      std::move(where));
}

Result<void> readPath(std::string_view raw, const UrlLimits& limits, Url& url) {
  url.path.reserve(raw.size());
  while (!raw.empty()) {
    raw.remove_prefix(1);  // the "/"
    const auto end = std::min(raw.find('/'), raw.size());
    auto segment = percentDecoded(raw.substr(0, end));
    if (!segment) return badEscape("path");
    if (!isValidUtf8(*segment) || std::ranges::any_of(*segment, isControl)) return badText("path");
    if (*segment == "." || *segment == "..") {
      return bad("request.dot-segment",
                 {"地址中不得有“.”或“..”段", "the address must not hold \".\" or \"..\" segments"}, "path");
    }
    if (url.segments.size() == limits.segments) {
      return bad("request.path-too-deep", {"地址层级过多", "the address has too many segments"}, "path");
    }
    url.path += '/';
    url.path += *segment;
    url.segments.push_back(std::move(*segment));
    raw.remove_prefix(end);
  }
  return {};
}

Result<void> readQuery(std::string_view raw, const UrlLimits& limits, Url& url) {
  const auto is_bad = [](char c) { return isControl(c) && c != '\t' && c != '\r' && c != '\n'; };
  while (!raw.empty()) {
    const auto end = std::min(raw.find('&'), raw.size());
    const std::string_view pair = raw.substr(0, end);
    raw.remove_prefix(std::min(end + 1, raw.size()));
    if (pair.empty()) continue;
    const auto equals = std::min(pair.find('='), pair.size());
    auto name = percentDecoded(pair.substr(0, equals), true);
    auto value = percentDecoded(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) return badEscape("query");
    if (!isValidUtf8(*name) || !isValidUtf8(*value) || std::ranges::any_of(*name, is_bad) ||
        std::ranges::any_of(*value, is_bad)) {
      return badText("query");
    }
    if (url.query.size() == limits.query_fields) {
      return bad("request.query-too-long", {"查询参数过多", "the query has too many fields"}, "query");
    }
    url.query.emplace_back(std::move(*name), std::move(*value));
  }
  return {};
}

/// The path and query of an absolute-form target; the authority is left to the Host field.
std::optional<std::string_view> afterAuthority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() > scheme.size() && equalsIgnoringCase(target.substr(0, scheme.size()), scheme)) {
      target.remove_prefix(scheme.size());
      const auto end = target.find_first_of("/?");
      if (end == 0) return std::nullopt;
      return end == std::string_view::npos ? std::string_view{"/"} : target.substr(end);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<Url> parseTarget(std::string_view target, const UrlLimits& limits) {
  Url url;
  if (target == "*") {
    url.path = "*";
    return url;
  }
  const auto is_odd = [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7F || c == '#';
  };
  if (std::ranges::any_of(target, is_odd)) {
    return bad("request.bad-target",
               {"地址中有必须转义的字符", "the address holds characters that must be escaped"}, {});
  }
  if (!target.starts_with('/')) {
    const auto rest = afterAuthority(target);
    if (!rest) return bad("request.bad-target", {"地址格式不正确", "the address is malformed"}, {});
    target = *rest;
  }
  const auto mark = std::min(target.find('?'), target.size());
  const std::string_view path = mark == 0 ? "/" : target.substr(0, mark);
  if (auto read = readPath(path, limits, url); !read) return std::unexpected(std::move(read).error());
  if (auto read = readQuery(target.substr(std::min(mark + 1, target.size())), limits, url); !read) {
    return std::unexpected(std::move(read).error());
  }
  return url;
}

std::optional<std::string> percentDecoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hexValue(text[i + 1]);
      const int low = hexValue(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += c == '+' && plus_is_blank ? ' ' : c;
    }
  }
  return out;
}

std::string percentEncoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                            c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

}  // namespace jinyue::http
