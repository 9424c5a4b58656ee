// The evaluation of decision tables.
#include <algorithm>
#include <bit>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "dmn/run.h"

namespace jinyue::dmn::detail {

using feel::Value;

namespace {

bool takesFirstOnly(HitPolicy policy) { return policy == HitPolicy::first; }

/// Place of a value in the list of output values; beyond the list when it is not there.
std::size_t rankOf(const Value& value, const std::vector<Value>& priorities) {
  const auto at = std::ranges::find_if(
      priorities, [&](const Value& wanted) { return feel::isIn(value, wanted) == true; });
  return static_cast<std::size_t>(at - priorities.begin());
}

/// The kind, and for times whether they have a zone.
Text describe(const Line& line) {
  const std::string kind(feel::nameOf(line.kind));
  if (line.kind != feel::Kind::time && line.kind != feel::Kind::date_time) return {" " + kind + " ", kind};
  return {fmt::format(" {} （{}时区）", kind, line.has_zone ? "有" : "无"),
          fmt::format("{} {} a zone", kind, line.has_zone ? "with" : "without")};
}

bool isSameOutput(const Value& a, const Value& b) { return a == b || feel::equal(a, b) == true; }

}  // namespace

Value Run::evaluate(const TableCode& table, const CodePlace& at, std::span<Value> frame) {
  const Frame inputs(stack, table.inputs.size());
  const bool are_valid = readInputs(table, at, frame, inputs.slots);
  const auto base = numbers.size();
  if (are_valid) match(table, inputs.slots, frame, takesFirstOnly(table.hit_policy));
  const auto trace = traces.size();
  const auto count = static_cast<std::uint32_t>(numbers.size() - base);
  traces.push_back({table.index_in_model, static_cast<std::uint32_t>(trace_inputs.size()),
                    static_cast<std::uint32_t>(trace_matches.size()), count, false});
  trace_inputs.insert(trace_inputs.end(), inputs.slots.begin(), inputs.slots.end());
  trace_matches.insert(trace_matches.end(), numbers.begin() + static_cast<std::ptrdiff_t>(base),
                       numbers.end());
  Value result;
  if (count > 0) {
    result = resultOf(table, at, base, frame);
  } else if (are_valid) {
    const bool has_default =
        std::ranges::any_of(table.outputs, [](const auto& output) { return output.fallback != nullptr; });
    traces[trace].used_default = has_default;
    if (has_default) result = fallbackOf(table, frame);
    else noteNoRule(table, at, inputs.slots);
  }
  numbers.resize(base);
  return result;
}

void Run::noteNoRule(const TableCode& table, const CodePlace& at, std::span<const Value> inputs) {
  note(at, "dmn.no-rule", {"没有规则匹配", "no rule matches"});
  for (const auto& column : table.index) {
    const auto& value = inputs[column.input];
    if (value.isNull() || column.partition.line().has(value)) continue;
    const auto given = describe(Line::of(value));
    const auto wanted = describe(column.partition.line());
    note(at, "dmn.input-kind",
         {fmt::format("第 {} 个输入的值是{}，该列的单元格是{}，无法比较", column.input + 1, given.zh,
                      wanted.zh),
          fmt::format("the value of input {} is {}, the cells of its column are {}: they can't be compared",
                      column.input + 1, given.en, wanted.en)});
  }
}

bool Run::readInputs(const TableCode& table, const CodePlace& at, std::span<Value> frame,
                     std::span<Value> inputs) {
  bool are_valid = true;
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    const auto& input = table.inputs[i];
    const auto slot = input.expression->slot;
    if (slot < frame.size() && !input.expression->constant && isPlainly(frame[slot], input.type))
      inputs[i] = frame[slot];
    else inputs[i] = coerced(evaluate(*input.expression, frame), input.type, input.expression->place);
    if (input.variable < frame.size()) frame[input.variable] = inputs[i];
    if (!input.allowed) continue;
    const auto& shape = input.allowed_shape;
    const bool by_shape =
        shape.form == Shape::Form::tests && !inputs[i].isNull() && input.allowed_line.has(inputs[i]);
    if (by_shape ? accepts(shape, inputs[i]) : holds(*input.allowed, inputs[i], frame)) continue;
    note(at, "dmn.input-not-allowed",
         {fmt::format("第 {} 个输入的值不在允许的范围内", i + 1),
          fmt::format("the value of input {} is not among the allowed values", i + 1)});
    are_valid = false;
  }
  return are_valid;
}

bool Run::matches(const TableCode& table, std::uint32_t rule, std::uint32_t input, const Value& value,
                  std::span<Value> frame) {
  const auto& cell = table.cell(rule, input);
  if (cell.shape.isAny()) return true;
  if (!cell.shape.isOther() && cell.line.has(value)) return accepts(cell.shape, value);
  return holds(*cell.tests, value, frame);
}

void Run::match(const TableCode& table, std::span<const Value> inputs, std::span<Value> frame,
                bool first_only) {
  // Both stacks may grow while a cell is evaluated: no pointers into them are kept.
  const auto base = candidates.size();
  const auto to_test = numbers.size();
  candidates.resize(base + table.words, ~0ULL);
  if (table.rule_count % 64 != 0) candidates.back() = (1ULL << table.rule_count % 64) - 1;
  numbers.insert(numbers.end(), table.unindexed.begin(), table.unindexed.end());
  for (const auto& column : table.index) {
    const auto& value = inputs[column.input];
    const auto piece = column.partition.find(value);
    const std::uint64_t* row = nullptr;
    if (piece != Partition::none) row = column.rowOf(piece, table.words);
    else if (value.isNull()) row = column.nulls.data();
    if (row) {
      for (std::size_t word = 0; word < table.words; ++word) candidates[base + word] &= row[word];
    }
    if (!row || column.needs_test) numbers.push_back(column.input);
  }
  const auto tests_end = numbers.size();
  for (std::size_t word = 0; word < table.words; ++word) {
    for (auto bits = candidates[base + word]; bits != 0; bits &= bits - 1) {
      const auto rule =
          static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits));
      bool is_match = true;
      for (auto test = to_test; test < tests_end && is_match; ++test) {
        const auto input = numbers[test];
        is_match = matches(table, rule, input, inputs[input], frame);
      }
      if (!is_match) continue;
      numbers.push_back(rule);
      if (first_only) word = table.words - 1;
      if (first_only) break;
    }
  }
  candidates.resize(base);
  numbers.erase(numbers.begin() + static_cast<std::ptrdiff_t>(to_test),
                numbers.begin() + static_cast<std::ptrdiff_t>(tests_end));
}

Value Run::outputOf(const TableCode& table, std::uint32_t rule, std::size_t output, std::span<Value> frame) {
  const auto& code = table.result(rule, output);
  auto value = coerced(evaluate(code, frame), table.outputs[output].type, code.place);
  const auto& allowed = table.outputs[output].allowed;
  if (allowed && !code.constant && !value.isNull() &&
      !allowed->evaluateTests(value, frame, *session).isTrue()) {
    note(code.place, "dmn.output-not-allowed",
         {"结果不在输出值列表中", "the result is not among the output values"});
  }
  return value;
}

Value Run::outputOf(const TableCode& table, std::uint32_t rule, std::span<Value> frame) {
  if (table.outputs.size() == 1) return outputOf(table, rule, 0, frame);
  feel::Context context;
  for (std::size_t i = 0; i < table.outputs.size(); ++i)
    context.set(table.outputs[i].name, outputOf(table, rule, i, frame));
  return Value(std::move(context));
}

Value Run::fallbackOf(const TableCode& table, std::span<Value> frame) {
  const auto one = [&](const TableCode::Output& output) {
    return output.fallback ? coerced(evaluate(*output.fallback, frame), output.type, output.fallback->place)
                           : Value{};
  };
  if (table.outputs.size() == 1) return one(table.outputs.front());
  feel::Context context;
  for (const auto& output : table.outputs) context.set(output.name, one(output));
  return Value(std::move(context));
}

feel::List Run::inOutputOrder(const TableCode& table, std::size_t first_match, std::span<Value> frame) {
  struct Ranked {
    std::vector<std::size_t> ranks;
    Value value;
  };
  std::vector<Ranked> ranked;
  for (auto i = first_match; i < numbers.size(); ++i) {
    Ranked entry;
    const auto rule = numbers[i];
    entry.value = outputOf(table, rule, frame);
    for (const auto& output : table.outputs) {
      const auto* member =
          table.outputs.size() == 1 ? &entry.value : entry.value.asContext()->find(output.name);
      entry.ranks.push_back(rankOf(*member, output.priorities));
    }
    entry.ranks.push_back(ranked.size());  // equals keep the order of the rules
    ranked.push_back(std::move(entry));
  }
  std::ranges::sort(ranked, {}, &Ranked::ranks);
  feel::List list;
  for (auto& entry : ranked) list.push_back(std::move(entry.value));
  return list;
}

Value Run::resultOf(const TableCode& table, const CodePlace& at, std::size_t first_match,
                    std::span<Value> frame) {
  const auto end = numbers.size();
  const auto describeRules = [&] {
    std::vector<std::uint32_t> rules(numbers.begin() + static_cast<std::ptrdiff_t>(first_match),
                                     numbers.begin() + static_cast<std::ptrdiff_t>(end));
    for (auto& rule : rules) ++rule;
    return fmt::format("{}", fmt::join(rules, ", "));
  };
  switch (table.hit_policy) {
    case HitPolicy::first: return outputOf(table, numbers[first_match], frame);
    case HitPolicy::unique:
      if (end - first_match == 1) return outputOf(table, numbers[first_match], frame);
      note(at, "dmn.not-unique",
           {fmt::format("只应有一条规则匹配，匹配的有：{}", describeRules()),
            fmt::format("only one rule may match; these do: {}", describeRules())});
      return {};
    case HitPolicy::any: {
      auto value = outputOf(table, numbers[first_match], frame);
      for (auto i = first_match + 1; i < end; ++i) {
        if (isSameOutput(value, outputOf(table, numbers[i], frame))) continue;
        note(at, "dmn.not-equal",
             {fmt::format("匹配的规则结果不同：{}", describeRules()),
              fmt::format("the matching rules differ in their results: {}", describeRules())});
        return {};
      }
      return value;
    }
    case HitPolicy::priority: return inOutputOrder(table, first_match, frame).front();
    case HitPolicy::output_order: return bounded(Value(inOutputOrder(table, first_match, frame)), at);
    case HitPolicy::rule_order:
    case HitPolicy::collect: {
      feel::List outputs;
      for (auto i = first_match; i < end; ++i) outputs.push_back(outputOf(table, numbers[i], frame));
      if (table.aggregation != Aggregation::none) return aggregated(table, at, outputs);
      return bounded(Value(std::move(outputs)), at);
    }
  }
  return {};
}

Value Run::aggregated(const TableCode& table, const CodePlace& at, const feel::List& outputs) {
  if (table.aggregation == Aggregation::count) return Value(static_cast<std::int64_t>(outputs.size()));
  const auto fail = [&] {
    note(at, "dmn.aggregation",
         {"匹配规则的结果无法汇总", "the results of the matching rules can't be aggregated"});
    return Value{};
  };
  if (table.aggregation == Aggregation::sum) {
    feel::Number sum;
    for (const auto& output : outputs) {
      const auto number = output.asNumber();
      if (!number) return fail();
      sum = sum + *number;
    }
    return sum.isFinite() ? Value(sum) : fail();
  }
  const Value* best = &outputs.front();
  for (const auto& output : outputs) {
    const auto order = feel::compare(output, *best);
    if (!order) return fail();
    if (table.aggregation == Aggregation::min ? *order < 0 : *order > 0) best = &output;
  }
  return *best;
}

}  // namespace jinyue::dmn::detail
