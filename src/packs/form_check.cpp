// Filling a form in: what is known already, and what the answers must be.
#include <algorithm>

#include "base/json_read.h"
#include "feel/value_json.h"
#include "packs/form.h"

namespace jinyue::packs {
namespace {

bool saysNothing(const feel::Value* value) {
  return value == nullptr || value->isNull() || (value->is(feel::Kind::string) && value->string().empty());
}

Problem fieldProblem(const FormField& field, std::string code, Text title, Text detail = {}) {
  return {ProblemKind::invalid,
          std::move(code),
          {field.title.zh + "：" + title.zh, field.title.en + ": " + title.en},
          "/" + field.name,
          std::move(detail),
          {}};
}

}  // namespace

const FormField* Form::field(std::string_view name) const {
  const auto found = std::ranges::find(body_->fields, name, &FormField::name);
  return found == body_->fields.end() ? nullptr : &*found;
}

Filled Form::prefill(const SourceFn& source) const {
  Filled filled;
  if (!source) return filled;
  for (const FormField& each : fields()) {
    if (each.source.isAsked()) continue;
    if (auto value = source(each.source, filled.values); value && !saysNothing(&*value)) {
      filled.values.set(each.name, std::move(*value));
      filled.prefilled.push_back({each.name, each.source});
    }
  }
  return filled;
}

Result<Filled> Form::check(std::string_view json, const SourceFn& source,
                           const registry::SchemaSurroundings& surroundings) const {
  auto answers = fromJson<feel::Context>(json);
  if (!answers) return std::unexpected(std::move(answers.error()));
  return check(*answers, source, surroundings);
}

Result<Filled> Form::check(const feel::Context& answers, const SourceFn& source,
                           const registry::SchemaSurroundings& surroundings) const {
  Problem all{ProblemKind::invalid,
              "form.invalid",
              {"表单有误：" + title().zh, "the form has errors: " + title().en},
              {},
              {},
              {}};
  Filled filled;
  for (const auto& [name, value] : answers) {
    const FormField* known = field(name);
    if (known == nullptr) {
      all.causes.push_back({ProblemKind::invalid,
                            "form.unknown-field",
                            {"表单没有这个字段：" + name, "the form has no field " + name},
                            "/" + name,
                            {},
                            {}});
    } else if (!value.isNull()) {  // a page sends null for what is left empty
      filled.values.set(name, registry::Schema::plain(value));
    }
  }
  for (const FormField& each : fields()) {
    if (each.source.isAsked() || !source) continue;
    auto known = source(each.source, filled.values);
    if (!known || saysNothing(&*known)) continue;
    feel::Value value = registry::Schema::plain(*known);
    const feel::Value* given = filled.values.find(each.name);
    if (saysNothing(given)) {
      filled.values.set(each.name, std::move(value));
      filled.prefilled.push_back({each.name, each.source});
    } else if (*given == value) {
      filled.prefilled.push_back({each.name, each.source});
    } else if (each.source.isFixed()) {
      all.causes.push_back(fieldProblem(
          each, "form.differs", {"与登记的内容不一致", "this is not what the register or licence says"},
          {"登记有误的，先更正登记", "if the entry is wrong, have it mended there first"}));
    }
  }
  for (const registry::Finding& finding : body_->schema.check(filled.values, surroundings)) {
    all.causes.push_back({ProblemKind::invalid, finding.code, finding.text, finding.pointer, {}, {}});
  }
  if (!all.causes.empty()) return std::unexpected(std::move(all));
  feel::Value typed = body_->schema.typed(filled.values);
  filled.values = *typed.asContext();
  return filled;
}

}  // namespace jinyue::packs
