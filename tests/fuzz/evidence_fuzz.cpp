// Any bytes are a file somebody uploads: refused or kept, and what is kept of a picture is the same picture
// when it comes again. Any bytes are a name.
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "evidence/file_kind.h"
#include "evidence/file_name.h"
#include "evidence/picture.h"

using namespace jinyue;
using namespace jinyue::evidence;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void cleans(std::optional<std::string> (*clean)(std::string_view), std::string_view bytes) {
  const auto kept = clean(bytes);
  if (!kept) return;
  require(kept->size() <= bytes.size() + 64);  // an orientation is written anew
  require(clean(*kept) == kept);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  cleans(cleanJpeg, bytes);
  cleans(cleanPng, bytes);
  cleans(cleanWebp, bytes);
  if (const auto kind = kindOf(bytes)) (void)keptContent(*kind, bytes);
  const std::string name = keptName(bytes, "jpg");
  require(isValidUtf8(name) && name.ends_with(".jpg") && !name.contains('/') && !name.contains('\\'));
  require(keptName(name, "jpg").ends_with(".jpg"));
  return 0;
}
