// Expressions of a model: compiled when it is deployed.
#include "base/text.h"
#include "bpmn/builder.h"

namespace jinyue::bpmn {

std::optional<feel::Expression> ModelBuilder::expression(pugi::xml_node place, std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('=')) text = trimmed(text.substr(1));
  if (text.empty()) {
    refuseAt(place, "expression.empty", {"表达式为空", "the expression is empty"});
    return std::nullopt;
  }
  auto compiled = feel::Expression::compile(text, known_names_);
  if (compiled) {
    checkExpression(place, *compiled);
    return std::move(*compiled);
  }
  const Problem& error = compiled.error();
  refuseAt(place, "expression.syntax",
           {"表达式不是 FEEL：" + std::string{text}, "the expression is not FEEL: " + std::string{text}},
           {error.title.zh + " " + error.where, error.title.en + " " + error.where});
  return std::nullopt;
}

/// What can't work whatever the variables are; their types are known to forms only, and a pack's check uses
/// those.
void ModelBuilder::checkExpression(pugi::xml_node place, const feel::Expression& expression) {
  feel::Environment anything;
  for (const std::string& name : expression.names()) anything.variables.push_back({name, feel::Type::any()});
  for (const feel::Diagnostic& each : feel::check(expression, anything).diagnostics) {
    refuseAt(place, "expression.wrong",
             {"表达式行不通：" + expression.text(), "the expression can't work: " + expression.text()},
             {each.message.zh, each.message.en});
  }
}

std::optional<feel::Expression> ModelBuilder::ourExpression(pugi::xml_node xml,
                                                            std::string_view attribute_name) {
  const char* text = ourAttribute(xml, attribute_name);
  return text == nullptr ? std::nullopt : expression(xml, text);
}

std::optional<feel::Expression> ModelBuilder::formalExpression(pugi::xml_node xml) {
  checkPart(xml);
  if (!acceptsLanguage(xml, "language")) {
    refuseAt(xml, "expression.language", {"表达式不是 FEEL 语言", "the expression is not in FEEL"},
             {"删除 language 与 expressionLanguage，或改为 FEEL",
              "drop language and expressionLanguage, or use FEEL"});
    return std::nullopt;
  }
  return expression(xml, textOf(xml));
}

TextOrExpression ModelBuilder::textOrExpression(pugi::xml_node place, std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('=')) return {std::string{text}, expression(place, text)};
  return {std::string{text}, std::nullopt};
}

std::optional<TextOrExpression> ModelBuilder::readClock(pugi::xml_node xml) {
  const char* text = ourAttribute(xml, "clock");
  if (text == nullptr) return std::nullopt;
  TextOrExpression clock = textOrExpression(xml, text);
  if (!clock.text.starts_with('=') && !surroundings_.clocks.contains(clock.text)) {
    refuseAt(xml, "clock.unknown",
             {"没有这个时限规则：" + clock.text, "there is no clock rule " + clock.text});
  }
  return clock;
}

}  // namespace jinyue::bpmn
