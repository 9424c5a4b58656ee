// Any bytes are an identifier, a schema, a table: refused or read within limits, and what is said about them
// is text in both languages.
#include <cstdlib>

#include "base/text.h"
#include "feel/value_json.h"
#include "registry/identifiers.h"
#include "registry/schema.h"
#include "registry/sheet.h"

using namespace jinyue;
using namespace jinyue::registry;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void readable(const Text& text) {
  require(!text.zh.empty() && !text.en.empty() && isValidUtf8(text.zh) && isValidUtf8(text.en));
}

void identifiers(std::string_view text) {
  const std::string normal = normaliseIdentifier(text);
  if (isValidUtf8(text)) require(normaliseIdentifier(normal) == normal);
  if (const auto checked = checkUscc(normal))
    require(usccCheck(std::string_view{normal}.substr(0, 17)) == normal[17]);
  else readable(checked.error().title);
  if (const auto checked = checkResidentId(normal)) require(birthDateOf(normal) >= makeDate(1800, 1, 1));
  else readable(checked.error().title);
  for (const Format& format : formats()) {
    if (isValidUtf8(text)) format.check(text, {});
  }
}

/// The text up to the first line break is the schema, the rest the value.
void schemas(std::string_view text) {
  const auto end = text.find('\n');
  const auto schema = Schema::compile(text.substr(0, end));
  if (!schema) return readable(schema.error().title);
  const auto value = fromJson<feel::Value>(end == std::string_view::npos ? "{}" : text.substr(end + 1));
  if (!value) return;
  const auto findings = schema->check(*value);
  require(findings.size() <= SchemaSurroundings{}.max_findings);
  for (const Finding& finding : findings) readable(finding.text);
  if (findings.empty()) require(schema->check(schema->typed(*value)).empty());
}

void sheets(std::string_view bytes) {
  SheetLimits limits;
  limits.unpacked_bytes = 1 << 20;
  const auto sheet = readSheet(bytes, limits);
  if (!sheet) return readable(sheet.error().title);
  for (const SheetRow& row : sheet->rows) {
    for (const std::string& cell : row.cells) require(isValidUtf8(cell));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0: identifiers(text); break;
    case 1: schemas(text); break;
    default: sheets(text); break;
  }
  return 0;
}
