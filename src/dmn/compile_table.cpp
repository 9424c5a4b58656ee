// Decision tables into code: cells, shapes, index.
#include <algorithm>

#include "base/text.h"
#include "dmn/compile.h"
#include "dmn/xml.h"

namespace jinyue::dmn {

using feel::Kind;
using feel::Type;
using feel::Value;

Shape shapeOf(const feel::UnaryTests& tests) {
  Shape shape;
  if (tests.any) {
    shape.form = Shape::Form::any;
    return shape;
  }
  shape.negated = tests.negated;
  for (const auto& test : tests.tests) {
    const bool is_alone = tests.tests.size() == 1;
    if (test.unequal) {
      if (!is_alone) return {};
      shape.negated = !shape.negated;
    }
    if (test.value.isNull() && !test.unequal) continue;  // what accepts null is found by evaluation
    if (const auto* range = test.value.asRange()) {
      const auto kind = range->start.isNull() ? range->end.kind() : range->start.kind();
      const bool is_plain = hasOrder(kind) && kind != Kind::boolean && !test.unequal &&
                            (range->start.isNull() || range->start.is(kind)) &&
                            (range->end.isNull() || range->end.is(kind));
      if (!is_plain) return {};
      shape.intervals.push_back({range->start, range->end, range->start_included, range->end_included});
    } else if (hasOrder(test.value.kind())) {
      shape.intervals.push_back(Interval::only(test.value));
    } else {
      return {};
    }
  }
  shape.form = Shape::Form::tests;
  return shape;
}

Shape domainOf(const ItemType* type) {
  for (; type; type = type->base) {
    if (type->is_collection) break;
    const auto* tests = type->allowed ? type->allowed->constantTests() : nullptr;
    if (!tests) continue;
    auto shape = shapeOf(*tests);
    const Shape* one = &shape;
    if (shape.form == Shape::Form::tests && commonLine(std::span(&one, 1))) return shape;
  }
  return {};
}

TableCode::Cell Compiler::compileCell(const source::Cell& source, const Type& tested) {
  TableCode::Cell cell;
  if (const auto text = trimmed(source.text); text.empty() || text == "-") {
    cell.shape.form = Shape::Form::any;
    return cell;
  }
  cell.tests = std::make_unique<FeelCode>(compileTests(source, tested));
  if (!cell.tests->expression) return cell;
  if (const auto* tests = cell.tests->expression->constantTests()) cell.shape = shapeOf(*tests);
  const Shape* shape = &cell.shape;
  const auto line = commonLine(std::span(&shape, 1));
  if (!line) cell.shape = {};
  else cell.line = *line;
  // Without any interval the cell accepts nothing (or all): rare enough to evaluate it.
  if (cell.shape.form == Shape::Form::tests && cell.line.kind == Kind::null) cell.shape = {};
  return cell;
}

void Compiler::compileInput(const source::InputClause& source, TableCode& table) {
  TableCode::Input input;
  input.type = typeOf(source.type_ref, source.place);
  auto expression = source.expression;
  if (trimmed(expression.text).empty() && !source.variable.empty()) {
    // The modeler named only a variable: it is what the column tests, if there is one of that name.
    const auto& variables = environment_.variables;
    if (std::ranges::find(variables, source.variable, &feel::Variable::name) != variables.end())
      expression.text = source.variable;
  }
  input.expression = std::make_unique<FeelCode>(compileFeel(expression));
  const auto slot = input.expression->slot;
  input.domain = domainOf(input.type ? input.type : slot < slot_types_.size() ? slot_types_[slot] : nullptr);
  if (source.allowed) {
    input.allowed =
        std::make_unique<FeelCode>(compileTests(*source.allowed, TypeTable::feelType(input.type)));
    const auto& allowed = input.allowed->expression;
    if (const auto* tests = allowed ? allowed->constantTests() : nullptr)
      input.allowed_shape = shapeOf(*tests);
    const Shape* shape = &input.allowed_shape;
    const auto line = commonLine(std::span(&shape, 1));
    if (line) input.allowed_line = *line;
    else input.allowed_shape = {};
    input.domain = input.allowed_shape;
  }
  table.inputs.push_back(std::move(input));
}

void Compiler::compileOutput(const source::OutputClause& source, const source::Table& table_source,
                             TableCode& table) {
  TableCode::Output output;
  output.name = source.name;
  output.type = typeOf(source.type_ref, source.place);
  const feel::Expression* order = nullptr;
  if (source.allowed) {
    auto allowed = compileTests(*source.allowed, TypeTable::feelType(output.type));
    output.allowed = std::move(allowed.expression);
    if (output.allowed) order = &*output.allowed;
  }
  for (const auto* type = output.type; !order && type; type = type->base) {
    if (type->allowed) order = &*type->allowed;
  }
  if (const auto* tests = order ? order->constantTests() : nullptr) {
    for (const auto& test : tests->tests) output.priorities.push_back(test.value);
  }
  const bool needs_order = table_source.hit_policy == source::HitPolicy::priority ||
                           table_source.hit_policy == source::HitPolicy::output_order;
  if (needs_order && output.priorities.empty() && table_source.outputs.size() == 1) {
    report("dmn.no-priorities",
           {"按优先级命中的表格需要列出输出值", "this hit policy needs the list of output values"},
           source.place);
  }
  if (source.fallback) output.fallback = std::make_unique<FeelCode>(compileFeel(*source.fallback));
  table.outputs.push_back(std::move(output));
}

std::unique_ptr<TableCode> Compiler::compileTable(const source::Table& source,
                                                  const source::Expression& expression) {
  auto table = std::make_unique<TableCode>();
  table->hit_policy = static_cast<HitPolicy>(source.hit_policy);
  table->aggregation = static_cast<Aggregation>(source.aggregation);
  for (const auto& input : source.inputs) compileInput(input, *table);
  for (const auto& output : source.outputs) compileOutput(output, source, *table);
  const auto outer = environment_.variables.size();
  for (std::size_t i = 0; i < source.inputs.size(); ++i) {
    const auto& name = source.inputs[i].variable;
    if (!name.empty() && trimmed(source.inputs[i].expression.text) != name) {
      table->inputs[i].variable = push(name, table->inputs[i].type);
    }
  }
  for (const auto& rule : source.rules) {
    for (std::size_t i = 0; i < rule.inputs.size() && i < source.inputs.size(); ++i) {
      table->cells.push_back(compileCell(rule.inputs[i], TypeTable::feelType(table->inputs[i].type)));
    }
    for (const auto& output : rule.outputs)
      table->results.push_back(std::make_unique<FeelCode>(compileFeel(output)));
  }
  popTo(outer);
  table->rule_count = static_cast<std::uint32_t>(source.rules.size());
  table->buildIndex();
  describeTable(source, expression, *table);
  body_.table_codes.push_back(table.get());
  return table;
}

void Compiler::describeTable(const source::Table& source, const source::Expression& expression,
                             TableCode& table) {
  table.index_in_model = static_cast<std::uint32_t>(body_.tables.size());
  if (owner_tables_) owner_tables_->push_back(table.index_in_model);
  auto& info = body_.tables.emplace_back();
  info.id = expression.place.id;
  info.owner = owner_;
  info.file = body_.files[file_]->file;
  info.line = expression.place.line;
  info.hit_policy = table.hit_policy;
  info.aggregation = table.aggregation;
  info.annotation_names = source.annotation_names;
  for (const auto& input : source.inputs) {
    info.inputs.emplace_back(!input.label.empty() ? std::string_view(input.label)
                                                  : trimmed(input.expression.text));
  }
  for (const auto& output : source.outputs) {
    info.outputs.push_back(!output.name.empty()    ? output.name
                           : !output.label.empty() ? output.label
                                                   : source.output_label);
  }
  const auto texts = [](const std::vector<source::Cell>& cells) {
    std::vector<std::string> out;
    for (const auto& cell : cells) out.emplace_back(trimmed(cell.text));
    return out;
  };
  for (const auto& rule : source.rules) {
    info.rules.push_back(
        {rule.place.id, rule.place.line, texts(rule.inputs), texts(rule.outputs), rule.annotations});
  }
}

}  // namespace jinyue::dmn
