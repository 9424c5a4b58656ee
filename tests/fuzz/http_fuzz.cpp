// Bytes of a stranger through the path of the server without its sockets: reader, address, router,
// negotiation. The first byte says how the bytes are cut into reads; what was read must not depend on that.
#include <cstdio>
#include <cstdlib>

#include "base/text.h"
#include "http/negotiate.h"
#include "http/networks.h"
#include "http/request_reader.h"
#include "http/router.h"
#include "http/url.h"

namespace {

using namespace jinyue;
using namespace jinyue::http;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

const Router& router() {
  static const Router made = [] {
    Router router;
    const Handler handler = answering([](const Request&) { return noContent(); });
    router.get("/api/v1/cases", handler);
    router.get("/api/v1/cases/{id}", handler);
    router.post("/api/v1/cases/{id}/tasks/{task}", handler);
    router.get("/api/v1/cases/new", handler);
    router.mount("/", handler);
    return router;
  }();
  return made;
}

/// What the reads of one connection came to, in one text.
std::string readAll(std::string_view bytes, std::size_t piece) {
  static const Limits limits = [] {
    Limits small;
    small.header_bytes = 2048;
    small.header_fields = 16;
    small.url_bytes = 512;
    small.body_bytes = 4096;
    return small;
  }();
  RequestReader reader(limits);
  std::string out;
  using State = RequestReader::State;
  const auto goOn = [&] {
    for (;;) {
      switch (reader.advance()) {
        case State::idle:
        case State::needs_head:
        case State::needs_body: return true;
        case State::head: {
          const Request& request = reader.request();
          require(isValidUtf8(request.path), "the path is UTF-8");
          require(request.headers.size() <= limits.header_fields, "fields are limited");
          for (const std::string& segment : request.segments) {
            require(segment != "." && segment != ".." && segment.find('\0') == std::string::npos,
                    "segments lead nowhere else");
          }
          const auto found = router().find(request.method, request.segments);
          if (found.route)
            require(found.params.size() == found.route->names.size(), "each name has its value");
          static_cast<void>(languageFrom(request.headers.find("accept-language").value_or("")));
          static_cast<void>(weightOf(request.headers.find("accept-encoding").value_or(""), "br"));
          static_cast<void>(isUnchanged(request, "\"tag\""));
          static_cast<void>(request.cookie("session"));
          static_cast<void>(
              clientBehind(*Networks::from({}), {}, request.headers.find("x-forwarded-for").value_or("")));
          reader.readBody(limits.body_bytes);
          break;
        }
        case State::complete: {
          const bool more = reader.keepsAlive();
          const Request request = reader.take();
          require(request.body.size() <= limits.body_bytes, "bodies are limited");
          out += request.path + '|' + request.body + '|' + std::to_string(request.headers.size()) + '\n';
          for (const auto& [name, value] : request.query) out += name + '=' + value + '\n';
          if (!more) return false;
          break;
        }
        case State::broken:
          require(reader.problem().status >= 400 && reader.problem().status < 600, "a refusal has a status");
          out += "broken\n";
          return false;
      }
    }
  };
  while (!bytes.empty()) {
    const auto room = reader.room();
    require(!room.empty(), "there is always room");
    const auto n = std::min({piece, bytes.size(), room.size()});
    bytes.copy(room.data(), n);
    bytes.remove_prefix(n);
    reader.commit(n);
    if (!goOn()) break;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 16'384) return 0;
  const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
  const std::string in_pieces = readAll(bytes, data[0] % 64 + 1u);
  const std::string whole = readAll(bytes, bytes.size());
  // A limit may strike earlier when less is there at once; what was read before it must be the same.
  const bool alike = in_pieces == whole || in_pieces.starts_with(whole.substr(0, whole.rfind("broken"))) ||
                     whole.starts_with(in_pieces.substr(0, in_pieces.rfind("broken")));
  require(alike, "the cut into reads does not matter");
  const auto url = parseTarget(bytes, {});
  if (url) {
    for (const std::string& segment : url->segments) {
      const auto again = percentDecoded(percentEncoded(segment));
      require(again == segment, "encoding and decoding are inverse");
    }
  }
  return 0;
}
