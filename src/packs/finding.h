// What is wrong with a pack: where, what, and how to mend it.
#pragma once

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/problem.h"

namespace jinyue::packs {

enum class Severity {
  error,    ///< the pack can't be deployed
  warning,  ///< it can, but somebody should look
};
BOOST_DESCRIBE_ENUM(Severity, error, warning)

struct Finding {
  Severity severity = Severity::error;
  std::string code;   ///< stable, for programs: "process.no-form"
  Text title;         ///< what is wrong
  std::string file;   ///< in the pack's folder
  int line = 0;       ///< from 1; 0: the file as a whole
  std::string place;  ///< JSON pointer or id of a BPMN or DMN element; may be empty
  Text mend;          ///< what to do about it; may be empty
  bool operator==(const Finding&) const = default;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (severity, code, title, file, line, place, mend))

/// "file:line (place): code", then the title and what to do, in Chinese and English.
std::string describe(const Finding& finding);

/// Where a finding is.
struct Place {
  std::string file;
  int line = 0;
  std::string id;
};

/// The findings of one check, in the order they were found; each once.
class Findings {
 public:
  void error(std::string code, Text title, Place place, Text mend = {}) {
    add({Severity::error, std::move(code), std::move(title), std::move(place.file), place.line,
         std::move(place.id), std::move(mend)});
  }
  void warning(std::string code, Text title, Place place, Text mend = {}) {
    add({Severity::warning, std::move(code), std::move(title), std::move(place.file), place.line,
         std::move(place.id), std::move(mend)});
  }
  void add(Finding finding);
  const std::vector<Finding>& list() const { return list_; }
  std::vector<Finding> take() && { return std::move(list_); }

 private:
  std::vector<Finding> list_;
};

bool hasErrors(const std::vector<Finding>& findings);

/// The line, from 1, on which a value of a JSON text begins (its key, when it is a member); the nearest value
/// around it when there is none of this pointer.
int lineOf(std::string_view json, std::string_view pointer);

}  // namespace jinyue::packs
