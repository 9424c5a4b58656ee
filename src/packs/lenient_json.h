// Reads JSON of a pack as far as it can be read, so that one run finds what is wrong everywhere: a member
// that is missing keeps its default and the rest is read on.
#pragma once

#include <string>

#include "base/json_read.h"
#include "packs/finding.h"

namespace jinyue::packs {

/// Notes the problems of a JSON text by file and line.
void noteProblems(const Problem& problem, const std::string& file, std::string_view json, Findings& findings);

/// What could be read; false in `broken` when it is no JSON.
template <class T>
T readLeniently(const std::string& file, std::string_view json, Findings& findings, bool* broken = nullptr) {
  JsonReader in;
  T value{};
  const std::string_view content = trimmed(json);
  if (!isValidUtf8(json)) {
    in.failSyntax(simdjson::UTF8_ERROR);
  } else if (content.empty() || (content.front() != '{' && content.front() != '[')) {
    in.failType("对象或数组", "an object or a list");
  } else {
    simdjson::ondemand::parser parser;
    const simdjson::padded_string padded(json);
    simdjson::ondemand::document document;
    simdjson::ondemand::value root;
    if (const auto error = parser.iterate(padded).get(document)) {
      in.failSyntax(error);
    } else if (const auto no_value = document.get_value().get(root)) {
      in.failSyntax(no_value);
    } else if (readJson(in, root, value)) {
      const char* rest = nullptr;
      if (!document.current_location().get(rest)) in.failSyntax(simdjson::INCOMPLETE_ARRAY_OR_OBJECT);
    }
  }
  if (broken != nullptr) *broken = in.isBroken();
  if (in.hasFailed()) noteProblems(std::move(in).problem(), file, json, findings);
  return value;
}

}  // namespace jinyue::packs
