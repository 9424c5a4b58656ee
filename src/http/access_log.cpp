#include "http/access_log.h"

#include <fmt/format.h>

#include "base/text.h"

namespace jinyue::http {

std::string toJsonLine(const AccessEntry& entry) {
  std::string out = "{\"time\":\"" + formatInstant(entry.time) + '"';
  const auto text = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += fmt::format(",\"{}\":", name);
    // A refused request may hold any bytes; the log is JSON whatever came.
    if (isValidUtf8(value)) appendJsonString(out, value);
    else appendJsonString(out, "hex:" + toHex(value));
  };
  text("request", entry.request_id);
  text("address", entry.remote_address);
  text("method", entry.method);
  text("path", entry.path);
  text("route", entry.route);
  fmt::format_to(std::back_inserter(out), ",\"status\":{},\"in\":{},\"out\":{},\"ms\":{:.3f}", entry.status,
                 entry.bytes_in, entry.bytes_out, static_cast<double>(entry.took.count()) / 1000);
  text("refused", entry.refused);
  if (entry.slow) out += ",\"slow\":true";
  return out + '}';
}

}  // namespace jinyue::http
