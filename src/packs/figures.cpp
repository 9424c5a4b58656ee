#include "packs/figures.h"

#include "base/json_read.h"
#include "base/text.h"

namespace jinyue::packs {

Result<Figures> readFigures(std::string_view json) {
  if (!trimmed(json).starts_with('[')) return fromJson<Figures>(json);
  auto indicators = fromJson<std::vector<Indicator>>(json);
  if (!indicators) return std::unexpected(std::move(indicators).error());
  Figures figures;
  figures.indicators = std::move(*indicators);
  return figures;
}

Word unitOf(const Indicator& indicator) {
  if (indicator.unit) return *indicator.unit;
  return indicator.of ? Word{"%"} : Word{Text{"件", "cases"}};
}

}  // namespace jinyue::packs
