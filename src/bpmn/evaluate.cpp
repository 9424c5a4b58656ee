// Expressions at run time: what they see, and what becomes of a result that can't be used.
#include <algorithm>

#include "bpmn/run.h"
#include "feel/text_form.h"

namespace jinyue::bpmn {
namespace {

std::unexpected<Failure> fail(std::string code, Text message) {
  return std::unexpected(Failure{std::move(code), std::move(message)});
}

Text because(const feel::Expression& expression, const std::vector<feel::Diagnostic>& diagnostics) {
  Text text{"表达式 " + expression.text() + " 没有结果",
            "the expression " + expression.text() + " gives nothing"};
  for (const feel::Diagnostic& each : diagnostics) {
    const std::string place = " (" + std::to_string(each.line) + ":" + std::to_string(each.column) + ")";
    text.zh += "；" + each.message.zh + place;
    text.en += "; " + each.message.en + place;
  }
  return text;
}

}  // namespace

/// From the innermost outwards; a called process sees nothing of its caller but its inputs.
std::vector<const feel::Context*> Run::chain(ElementNumber scope, Locals locals) const {
  std::vector<const feel::Context*> scopes(locals.begin(), locals.end());
  const Element* element = state_.element(scope);
  while (element != nullptr) {
    if (!element->variables.empty()) scopes.push_back(&element->variables);
    if (!element->loop && nodeOf(*element).kind == NodeKind::call_activity) break;
    element = state_.element(element->scope);
  }
  return scopes;
}

Outcome<feel::Value> Run::value(const feel::Expression& expression, ElementNumber scope,
                                Locals locals) const {
  const auto scopes = chain(scope, locals);
  feel::Evaluation result = expression.evaluate(scopes, facts_.feel);
  if (result.value.isNull() && !result.diagnostics.empty()) {
    return fail("expression.failed", because(expression, result.diagnostics));
  }
  if (!feel::isData(result.value) || result.value.depth() > max_value_depth ||
      result.value.weight() > max_value_weight) {
    return fail("expression.not-data", {"表达式 " + expression.text() + " 的结果过大或不是数据",
                                        "the result of " + expression.text() + " is too large or no data"});
  }
  return std::move(result.value);
}

Outcome<std::string> Run::text(const TextOrExpression& source, ElementNumber scope, Locals locals) const {
  if (!source.expression) return source.text;
  const auto result = value(*source.expression, scope, locals);
  if (!result) return std::unexpected(result.error());
  if (const auto found = result->asString()) return std::string{*found};
  return fail("expression.not-text",
              {"表达式 " + source.text + " 的结果不是文本", "the result of " + source.text + " is no text"});
}

/// Nothing, null and "" are all empty; numbers become texts.
Outcome<std::string> Run::optionalText(const std::optional<feel::Expression>& expression, ElementNumber scope,
                                       Locals locals) const {
  if (!expression) return std::string{};
  const auto result = value(*expression, scope, locals);
  if (!result) return std::unexpected(result.error());
  if (result->isNull()) return std::string{};
  if (const auto found = result->asString()) return std::string{*found};
  if (const auto number = result->asNumber()) return number->toString();
  return fail("expression.not-text", {"表达式 " + expression->text() + " 的结果不是文本",
                                      "the result of " + expression->text() + " is no text"});
}

/// A text that finds rows: stores can't index one of any length, and take control characters for their own.
Outcome<std::string> Run::shortText(const std::optional<feel::Expression>& expression, ElementNumber scope,
                                    Locals locals) const {
  auto found = optionalText(expression, scope, locals);
  if (!found) return found;
  if (std::ranges::any_of(*found, [](unsigned char character) { return character < 0x20; })) {
    return fail("expression.control-character",
                {"表达式 " + expression->text() + " 的结果含有控制字符",
                 "the result of " + expression->text() + " has a control character in it"});
  }
  if (found->size() <= max_short_text) return found;
  return fail("expression.too-long", {"表达式 " + expression->text() + " 的结果过长",
                                      "the result of " + expression->text() + " is too long"});
}

Outcome<bool> Run::condition(const feel::Expression& expression, ElementNumber scope, Locals locals) const {
  const auto scopes = chain(scope, locals);
  const feel::Evaluation result = expression.evaluate(scopes, facts_.feel);
  if (const auto found = result.value.asBool()) return *found;
  Text text = because(expression, result.diagnostics);
  if (!result.value.isNull()) {
    text = {"条件 " + expression.text() + " 的结果不是布尔值",
            "the result of the condition " + expression.text() + " is neither true nor false"};
  }
  return fail("condition.failed", std::move(text));
}

/// Later mappings see what earlier ones gave.
Outcome<feel::Context> Run::map(std::span<const Mapping> mappings, ElementNumber scope, Locals locals) const {
  feel::Context mapped;
  std::vector<const feel::Context*> seen{&mapped};
  seen.insert(seen.end(), locals.begin(), locals.end());
  for (const Mapping& each : mappings) {
    auto result = value(each.expression, scope, seen);
    if (!result) return std::unexpected(std::move(result.error()));
    mapped.set(each.name, std::move(*result));
  }
  return mapped;
}

/// Each variable goes to the innermost scope that has it, else to the process.
void Run::setVariables(ElementNumber scope, const feel::Context& values, const std::string& reason) {
  std::vector<std::pair<ElementNumber, feel::Context>> targets;
  for (const auto& [name, value] : values) {
    ElementNumber target = scope;
    while (true) {
      const Element& element = at(target);
      const bool process =
          target == whole_case || (!element.loop && nodeOf(element).kind == NodeKind::call_activity);
      if (process || element.variables.find(name) != nullptr) break;
      target = element.scope;
    }
    auto found = std::ranges::find(targets, target, &std::pair<ElementNumber, feel::Context>::first);
    if (found == targets.end()) found = targets.insert(targets.end(), {target, {}});
    found->second.set(name, value);
  }
  for (auto& [target, variables] : targets) emit(VariablesSet{target, std::move(variables), reason});
}

}  // namespace jinyue::bpmn
