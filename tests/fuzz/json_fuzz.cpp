// Any bytes as a JSON document: read or refused, never a crash; what was read is written and read back the
// same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/json_read.h"
#include "base/json_write.h"

namespace {

enum class Shade { light, dark };
BOOST_DESCRIBE_ENUM(Shade, light, dark)

struct Part {
  std::string name;
  std::optional<std::int64_t> count;
  std::vector<Part> parts;
  bool operator==(const Part&) const = default;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, count, parts))

struct Document {
  std::string title;
  std::optional<Shade> shade;
  std::optional<jinyue::Date> day;
  std::optional<jinyue::Instant> at;
  std::optional<std::uint8_t> small;
  std::map<std::string, Part, std::less<>> named;
  bool operator==(const Document&) const = default;
};
BOOST_DESCRIBE_STRUCT(Document, (), (title, shade, day, at, small, named))

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = jinyue::fromJson<Document>(text);
  if (!document) {
    if (document.error().code.empty()) std::abort();
    return 0;
  }
  const auto again = jinyue::fromJson<Document>(jinyue::toJson(*document));
  if (!again || *again != *document) std::abort();
  return 0;
}
