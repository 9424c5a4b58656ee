#include "api/form_view.h"

#include "api/form_sources.h"
#include "base/json_read.h"

namespace jinyue::api {

FormView formView(const Rooms& rooms, const Call& call, const packs::Form& form) {
  FormView view;
  auto file = fromJson<feel::Value>(form.text());
  if (!file) throw store::StoreFault(describe(file.error()));
  view.form.value = std::move(*file);
  const packs::Filled filled = form.prefill(formSources(rooms, *call.caller, dateOf(call.now)));
  view.values.members = filled.values;
  for (const packs::Prefilled& each : filled.prefilled) view.filled.push_back({each.field, each.source});
  return view;
}

}  // namespace jinyue::api
