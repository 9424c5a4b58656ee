// Boxed expressions into code.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "dmn/compile.h"
#include "dmn/xml.h"

namespace jinyue::dmn {

using feel::Type;
using feel::Value;

namespace {

/// No expression can name this; stands for a variable that an inner one of the same name hides.
const std::string hidden_name = "\x01";

}  // namespace

CodePlace Compiler::placeOf(const source::Place& place) const { return {&body_.files[file_]->file, place}; }

std::uint32_t Compiler::push(const std::string& name, Type type) {
  auto& variables = environment_.variables;
  for (auto& variable : variables) {
    if (variable.name == name) variable.name = hidden_name;
  }
  shadowed_.push_back(name);
  variables.push_back({name, std::move(type)});
  slot_types_.push_back(nullptr);
  frame_size_ = std::max(frame_size_, static_cast<std::uint32_t>(variables.size()));
  return static_cast<std::uint32_t>(variables.size() - 1);
}

std::uint32_t Compiler::push(const std::string& name, const ItemType* type) {
  const auto slot = push(name, TypeTable::feelType(type));
  slot_types_[slot] = type;
  return slot;
}

void Compiler::popTo(std::size_t size) {
  auto& variables = environment_.variables;
  while (variables.size() > size) {
    const auto name = shadowed_.back();
    variables.pop_back();
    slot_types_.pop_back();
    shadowed_.pop_back();
    // The name belongs to the latest variable again that had it.
    for (std::size_t i = variables.size(); i-- > 0;) {
      if (shadowed_[i] != name) continue;
      variables[i].name = name;
      break;
    }
  }
}

CodePtr Compiler::compileOrNull(const source::ExpressionPtr& source, const source::Place& place) {
  if (source) return compile(*source);
  auto code = std::make_unique<Code>();
  code->place = placeOf(place);
  FeelCode null;
  null.place = code->place;
  null.constant = Value{};
  code->body = std::move(null);
  return code;
}

CodePtr Compiler::compile(const source::Expression& source) {
  auto code = std::make_unique<Code>();
  code->place = placeOf(source.place);
  const auto list = [&](const std::vector<source::ExpressionPtr>& items) {
    std::vector<CodePtr> out;
    for (const auto& item : items) out.push_back(compileOrNull(item, source.place));
    return out;
  };
  if (const auto* literal = std::get_if<source::Literal>(&source.body)) {
    code->body = compileFeel(literal->cell);
  } else if (const auto* table = std::get_if<source::Table>(&source.body)) {
    code->body = compileTable(*table, source);
  } else if (const auto* context = std::get_if<source::Context>(&source.body)) {
    code->body = compileContext(*context);
  } else if (const auto* boxed_list = std::get_if<source::List>(&source.body)) {
    code->body = ListCode{list(boxed_list->items)};
  } else if (const auto* relation = std::get_if<source::Relation>(&source.body)) {
    RelationCode out;
    for (const auto& column : relation->columns) {
      out.columns.push_back(column.name);
      out.types.push_back(typeOf(column));
    }
    for (const auto& row : relation->rows) out.rows.push_back(list(row));
    code->body = std::move(out);
  } else if (const auto* invocation = std::get_if<source::Invocation>(&source.body)) {
    InvocationCode out;
    out.function = compileOrNull(invocation->function, source.place);
    for (const auto& binding : invocation->bindings) {
      out.names.push_back(binding.parameter.name);
      out.values.push_back(compileOrNull(binding.value, binding.parameter.place));
    }
    code->body = std::move(out);
  } else if (const auto* function = std::get_if<source::Function>(&source.body)) {
    code->body = compileFunction(*function, nullptr, {});
  } else if (const auto* conditional = std::get_if<source::Conditional>(&source.body)) {
    code->body = ConditionalCode{compileOrNull(conditional->condition, source.place),
                                 compileOrNull(conditional->then, source.place),
                                 compileOrNull(conditional->otherwise, source.place)};
  } else if (const auto* filter = std::get_if<source::Filter>(&source.body)) {
    code->body = compileFilter(*filter, source.place);
  } else {
    code->body = compileIterator(std::get<source::Iterator>(source.body), source.place);
  }
  return code;
}

FeelCode Compiler::compileFeel(const source::Cell& cell) {
  if (trimmed(cell.text).empty()) {
    FeelCode code;
    code.place = placeOf(cell.place);
    code.constant = Value{};
    return code;
  }
  auto code = finishFeel(feel::Expression::compileIn(cell.text, environment_), cell);
  if (!code.expression) return code;
  if (const auto* constant = code.expression->constant()) code.constant = *constant;
  const auto text = trimmed(cell.text);
  const auto variable = std::ranges::find(environment_.variables, text, &feel::Variable::name);
  if (variable != environment_.variables.end()) {
    code.slot = static_cast<std::uint32_t>(variable - environment_.variables.begin());
  }
  return code;
}

FeelCode Compiler::compileTests(const source::Cell& cell, const Type& tested) {
  environment_.tested = tested;
  auto code = finishFeel(feel::Expression::compileUnaryTestsIn(cell.text, environment_), cell);
  environment_.tested = {};
  return code;
}

FeelCode Compiler::finishFeel(Result<feel::Expression> compiled, const source::Cell& cell) {
  FeelCode code;
  code.place = placeOf(cell.place);
  if (!cell.is_feel) {
    compiled = refuse(ProblemKind::invalid, "dmn.language", {"不是 FEEL 表达式", "not a FEEL expression"});
  }
  if (!compiled) {
    auto problem = std::move(compiled).error();
    problem.where = describePlaceIn(*code.place.file, cell.place, problem.where);
    code.problem = report(std::move(problem));
    return code;
  }
  for (auto& found : feel::check(*compiled, environment_).diagnostics) {
    Problem problem{ProblemKind::invalid, std::move(found.code), std::move(found.message), {}, {}, {}};
    problem.where =
        describePlaceIn(*code.place.file, cell.place, fmt::format("{}:{}", found.line, found.column));
    if (problem.code == "feel.unknown-name") report(std::move(problem));
    else doubts_.push_back(std::move(problem));
  }
  const auto& names = compiled->names();
  uses_partial_ = uses_partial_ || std::ranges::find(names, "partial") != names.end();
  code.expression = *std::move(compiled);
  return code;
}

ContextCode Compiler::compileContext(const source::Context& source) {
  ContextCode code;
  const auto outer = environment_.variables.size();
  for (const auto& entry : source.entries) {
    ContextCode::Entry out;
    const auto* function = entry.value ? std::get_if<source::Function>(&entry.value->body) : nullptr;
    if (entry.variable) out.type = typeOf(*entry.variable);
    if (function && entry.variable) {
      // The entry's type may be the function's or its result's.
      const bool is_signature = out.type && out.type->type.form() == Type::Form::function;
      auto body = std::make_unique<Code>();
      body->place = placeOf(entry.value->place);
      body->body = compileFunction(*function, nullptr, entry.variable->name);
      out.value = std::move(body);
      if (!is_signature) out.type = nullptr;
    } else {
      out.value = compileOrNull(entry.value, entry.place);
    }
    if (entry.variable) {
      out.name = entry.variable->name;
      out.slot = push(out.name, out.type);
    }
    code.entries.push_back(std::move(out));
  }
  popTo(outer);
  return code;
}

std::shared_ptr<const FunctionCode> Compiler::compileFunction(const source::Function& source,
                                                              const ItemType* result, std::string name) {
  auto code = std::make_shared<FunctionCode>();
  code->name = std::move(name);
  code->kind = source.kind;
  code->result = result;
  const auto outer = environment_.variables.size();
  const auto outer_size = std::exchange(frame_size_, static_cast<std::uint32_t>(outer));
  code->captured = static_cast<std::uint32_t>(outer);
  for (const auto& parameter : source.parameters) {
    const auto* type = typeOf(parameter);
    code->types.push_back(type);
    code->parameters.push_back({parameter.name, TypeTable::feelType(type)});
    push(parameter.name, type);
  }
  if (source.body && source.kind == source::FunctionKind::feel) code->body = compile(*source.body);
  code->frame_size = frame_size_;
  popTo(outer);
  frame_size_ = outer_size;
  return code;
}

FilterCode Compiler::compileFilter(const source::Filter& source, const source::Place& place) {
  FilterCode code;
  code.in = compileOrNull(source.in, place);
  const auto outer = environment_.variables.size();
  const auto* literal = source.match ? std::get_if<source::Literal>(&source.match->body) : nullptr;
  if (literal) {
    static const std::string list_name = "__in";
    code.list = push(list_name, Type::list());
    auto cell = literal->cell;
    cell.text = list_name + "[" + cell.text + "\n]";
    auto filter = std::make_unique<Code>();
    filter->place = placeOf(literal->cell.place);
    filter->body = finishFeel(feel::Expression::compileIn(cell.text, environment_), cell);
    code.filter = std::move(filter);
  } else {
    code.item = push("item", Type{});
    code.match = compileOrNull(source.match, place);
  }
  popTo(outer);
  return code;
}

IteratorCode Compiler::compileIterator(const source::Iterator& source, const source::Place& place) {
  IteratorCode code;
  code.kind = source.kind;
  code.in = compileOrNull(source.in, place);
  feel::Environment range;
  range.variables.push_back({"range", {}});
  if (auto items = feel::Expression::compileIn("for item in range return item", range))
    code.items = *std::move(items);
  const auto outer = environment_.variables.size();
  if (source.kind == source::Iterator::Kind::forEach) code.partial = push("partial", Type::list());
  const auto* domain = typeOf(source.in_type_ref, place);
  code.variable = push(source.variable, domain ? domain->type.element() : Type{});
  const bool outer_uses_partial = std::exchange(uses_partial_, false);
  code.body = compileOrNull(source.body, place);
  code.uses_partial = uses_partial_;
  uses_partial_ = uses_partial_ || outer_uses_partial;
  popTo(outer);
  return code;
}

}  // namespace jinyue::dmn
