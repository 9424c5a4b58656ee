// The decision tables of the reader.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "dmn/reader.h"

namespace jinyue::dmn {

namespace {

struct PolicyName {
  std::string_view name, letter;
  source::HitPolicy policy;
};

constexpr std::array policies{
    PolicyName{"UNIQUE", "U", source::HitPolicy::unique},
    PolicyName{"ANY", "A", source::HitPolicy::any},
    PolicyName{"PRIORITY", "P", source::HitPolicy::priority},
    PolicyName{"FIRST", "F", source::HitPolicy::first},
    PolicyName{"RULE ORDER", "R", source::HitPolicy::rule_order},
    PolicyName{"OUTPUT ORDER", "O", source::HitPolicy::output_order},
    PolicyName{"COLLECT", "C", source::HitPolicy::collect},
};

/// "camunda:inputVariable", in whatever prefix: the name under which the cells of a column see its value.
std::string inputVariableOf(pugi::xml_node node) {
  for (const auto attribute : node.attributes()) {
    if (localName(attribute.name()) == "inputVariable") return std::string(trimmed(attribute.value()));
  }
  return {};
}

}  // namespace

source::Table Reader::readTable(pugi::xml_node node) {
  source::Table table;
  readPolicy(node, table);
  table.output_label = node.attribute("outputLabel").value();
  const std::string_view orientation = node.attribute("preferredOrientation").value();
  if (!orientation.empty() && orientation != "Rule-as-Row" && orientation != "Rule-as-Column" &&
      orientation != "CrossTable") {
    file_.report("dmn.orientation",
                 {fmt::format("不认识的表格方向“{}”", orientation),
                  fmt::format("unknown orientation \"{}\"", orientation)},
                 node);
  }
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "input") table.inputs.push_back(readInputClause(child));
    else if (name == "output") table.outputs.push_back(readOutputClause(child));
    else if (name == "annotation") table.annotation_names.emplace_back(child.attribute("name").value());
    else if (name == "rule") table.rules.push_back(readRule(child));
    else return false;
    return true;
  });
  checkTable(node, table);
  return table;
}

void Reader::readPolicy(pugi::xml_node node, source::Table& table) {
  const std::string_view policy = node.attribute("hitPolicy").value();
  if (!policy.empty()) {
    const auto found = std::ranges::find_if(
        policies, [&](const PolicyName& p) { return policy == p.name || policy == p.letter; });
    if (found == policies.end()) {
      file_.report(
          "dmn.hit-policy",
          {fmt::format("不认识的命中策略“{}”", policy), fmt::format("unknown hit policy \"{}\"", policy)},
          node);
    } else {
      table.hit_policy = found->policy;
    }
  }
  const std::string_view aggregation = node.attribute("aggregation").value();
  using enum source::Aggregation;
  if (aggregation.empty()) return;
  if (aggregation == "SUM") table.aggregation = sum;
  else if (aggregation == "COUNT") table.aggregation = count;
  else if (aggregation == "MIN") table.aggregation = min;
  else if (aggregation == "MAX") table.aggregation = max;
  else
    file_.report("dmn.aggregation",
                 {fmt::format("不认识的汇总方式“{}”", aggregation),
                  fmt::format("unknown aggregation \"{}\"", aggregation)},
                 node);
  if (table.hit_policy != source::HitPolicy::collect) {
    file_.report("dmn.aggregation",
                 {"只有收集策略才有汇总方式", "only the hit policy COLLECT has an aggregation"}, node);
  }
}

source::InputClause Reader::readInputClause(pugi::xml_node node) {
  source::InputClause input;
  input.place = file_.placeOf(node);
  input.label = node.attribute("label").value();
  input.variable = inputVariableOf(node);
  input.expression.place = input.place;
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "inputExpression") {
      input.expression = readCell(child);
      input.type_ref = typeRefOf(child);
    } else if (name == "inputValues") {
      input.allowed = readCell(child);
    } else {
      return false;
    }
    return true;
  });
  if (input.allowed && trimmed(input.allowed->text).empty()) input.allowed.reset();
  return input;
}

source::OutputClause Reader::readOutputClause(pugi::xml_node node) {
  source::OutputClause output;
  output.place = file_.placeOf(node);
  output.name = trimmed(node.attribute("name").value());
  output.label = node.attribute("label").value();
  output.type_ref = typeRefOf(node);
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "outputValues") output.allowed = readCell(child);
    else if (name == "defaultOutputEntry") output.fallback = readCell(child);
    else return false;
    return true;
  });
  if (output.allowed && trimmed(output.allowed->text).empty()) output.allowed.reset();
  if (output.fallback && trimmed(output.fallback->text).empty()) output.fallback.reset();
  return output;
}

source::Rule Reader::readRule(pugi::xml_node node) {
  source::Rule rule;
  rule.place = file_.placeOf(node);
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "inputEntry") rule.inputs.push_back(readCell(child));
    else if (name == "outputEntry") rule.outputs.push_back(readCell(child));
    else if (name == "annotationEntry")
      rule.annotations.push_back(
          textOf(child.find_child([](pugi::xml_node n) { return localName(n) == "text"; })));
    else return false;
    return true;
  });
  // Before annotations existed (1.3) modelers kept the remark of a rule in its description.
  if (rule.annotations.empty()) {
    const auto description = node.find_child([](pugi::xml_node n) { return localName(n) == "description"; });
    if (const std::string text = textOf(description); !trimmed(text).empty())
      rule.annotations.emplace_back(trimmed(text));
  }
  return rule;
}

void Reader::checkTable(pugi::xml_node node, const source::Table& table) {
  if (table.outputs.empty()) file_.report("dmn.table", {"决策表没有输出列", "the table has no output"}, node);
  if (table.rules.size() * (table.inputs.size() + table.outputs.size()) > file_.limits().table_cells) {
    file_.report("dmn.too-large", {"决策表过大", "the table is too large"}, node);
  }
  if (table.outputs.size() > 1) {
    for (std::size_t i = 0; i < table.outputs.size(); ++i) {
      const auto& output = table.outputs[i];
      const bool taken =
          std::any_of(table.outputs.begin(), table.outputs.begin() + static_cast<std::ptrdiff_t>(i),
                      [&](const auto& other) { return other.name == output.name; });
      if (output.name.empty()) {
        file_.report("dmn.table", {"多个输出列时每列都要有名称", "each of several outputs needs a name"},
                     output.place);
      } else if (taken) {
        file_.report("dmn.table", {"输出列重名", "two outputs have this name"}, output.place);
      }
    }
    const auto aggregated =
        table.aggregation != source::Aggregation::none && table.aggregation != source::Aggregation::count;
    if (aggregated) {
      file_.report("dmn.table", {"多个输出列不能汇总", "several outputs can't be aggregated"}, node);
    }
  }
  for (const auto& rule : table.rules) {
    if (rule.inputs.size() == table.inputs.size() && rule.outputs.size() == table.outputs.size()) continue;
    file_.report(
        "dmn.rule",
        {fmt::format("规则有 {} 个条件、{} 个结果，表格有 {} 个输入列、{} 个输出列", rule.inputs.size(),
                     rule.outputs.size(), table.inputs.size(), table.outputs.size()),
         fmt::format("the rule has {} conditions and {} results; the table has {} inputs and {} outputs",
                     rule.inputs.size(), rule.outputs.size(), table.inputs.size(), table.outputs.size())},
        rule.place);
  }
}

}  // namespace jinyue::dmn
