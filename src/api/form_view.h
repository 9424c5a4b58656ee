// A form as it stands for one person.
#pragma once

#include "api/call.h"
#include "api/plain_value.h"
#include "api/rooms.h"

namespace jinyue::api {

/// A value that is filled in already.
struct FilledField {
  std::string field;
  packs::FieldSource source;
};
BOOST_DESCRIBE_STRUCT(FilledField, (), (field, source))

struct FormView {
  PlainValue form;
  PlainObject values;
  std::vector<FilledField> filled;
  static std::vector<About> about() {
    return {{"form", {"表单：JSON Schema 与版面", "the form: JSON Schema and layout"}},
            {"values", {"已有的值", "values that are known already"}},
            {"filled", {"哪些值从何处带出", "which of them come from where"}}};
  }
};
BOOST_DESCRIBE_STRUCT(FormView, (), (form, values, filled))

FormView formView(const Rooms& rooms, const Call& call, const packs::Form& form);

}  // namespace jinyue::api
