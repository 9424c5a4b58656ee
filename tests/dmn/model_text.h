// DMN texts for tests, from short descriptions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "dmn/dmn.h"

namespace jinyue::dmn {

inline std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') out += "&lt;";
    else if (c == '&') out += "&amp;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

inline std::string definitions(std::string_view content, std::string_view attributes = {}) {
  return fmt::format(
      "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" id=\"m\" "
      "namespace=\"urn:m\" {}>\n{}\n</definitions>\n",
      attributes, content);
}

struct InputText {
  std::string name;
  std::string type;
  std::string allowed;
};
struct OutputText {
  std::string name;
  std::string type;
  std::string allowed;
  std::string fallback;
};
struct RuleText {
  std::vector<std::string> conditions;
  std::vector<std::string> results;
};
struct TableText {
  std::string policy = "UNIQUE";  ///< "COLLECT SUM" for an aggregation
  std::vector<InputText> inputs;
  std::vector<OutputText> outputs = {{}};
  std::vector<RuleText> rules;
};

inline std::string tableElement(const TableText& table) {
  const auto space = table.policy.starts_with("COLLECT ") ? table.policy.find(' ') : std::string::npos;
  std::string out = fmt::format(
      "<decisionTable id=\"t\" hitPolicy=\"{}\"{}>\n", table.policy.substr(0, space),
      space == std::string::npos ? "" : fmt::format(" aggregation=\"{}\"", table.policy.substr(space + 1)));
  for (const auto& input : table.inputs) {
    out +=
        fmt::format("<input><inputExpression{}><text>{}</text></inputExpression>{}</input>\n",
                    input.type.empty() ? "" : fmt::format(" typeRef=\"{}\"", input.type), escaped(input.name),
                    input.allowed.empty()
                        ? ""
                        : fmt::format("<inputValues><text>{}</text></inputValues>", escaped(input.allowed)));
  }
  for (const auto& output : table.outputs) {
    out += "<output";
    if (!output.name.empty()) out += fmt::format(" name=\"{}\"", output.name);
    if (!output.type.empty()) out += fmt::format(" typeRef=\"{}\"", output.type);
    out += ">";
    if (!output.allowed.empty())
      out += fmt::format("<outputValues><text>{}</text></outputValues>", escaped(output.allowed));
    if (!output.fallback.empty())
      out +=
          fmt::format("<defaultOutputEntry><text>{}</text></defaultOutputEntry>", escaped(output.fallback));
    out += "</output>\n";
  }
  int number = 0;
  for (const auto& rule : table.rules) {
    out += fmt::format("<rule id=\"r{}\">", ++number);
    for (const auto& text : rule.conditions)
      out += fmt::format("<inputEntry><text>{}</text></inputEntry>", escaped(text));
    for (const auto& text : rule.results)
      out += fmt::format("<outputEntry><text>{}</text></outputEntry>", escaped(text));
    out += "</rule>\n";
  }
  return out + "</decisionTable>\n";
}

/// A model with the inputs of the table and one decision "d" that is the table.
inline std::string tableModel(const TableText& table) {
  std::string content;
  std::string requirements;
  for (const auto& input : table.inputs) {
    content += fmt::format("<inputData id=\"i_{0}\" name=\"{0}\"><variable name=\"{0}\"/></inputData>\n",
                           input.name);
    requirements += fmt::format(
        "<informationRequirement><requiredInput href=\"#i_{}\"/></informationRequirement>\n", input.name);
  }
  return definitions(content + "<decision id=\"d\" name=\"d\"><variable name=\"d\"/>\n" + requirements +
                     tableElement(table) + "</decision>");
}

/// A decision "d" with the boxed expression, over input data a, b and c.
inline std::string decisionModel(std::string_view expression, std::string_view more = {}) {
  std::string content;
  std::string requirements;
  for (const std::string_view name : {"a", "b", "c"}) {
    content += fmt::format("<inputData id=\"{0}\" name=\"{0}\"><variable name=\"{0}\"/></inputData>\n", name);
    requirements +=
        fmt::format("<informationRequirement><requiredInput href=\"#{}\"/></informationRequirement>\n", name);
  }
  return definitions(fmt::format("{}{}<decision id=\"d\" name=\"d\"><variable name=\"d\"/>{}{}</decision>",
                                 more, content, requirements, expression));
}

inline Model modelOf(const std::string& text, const ReadOptions& options = {}) {
  auto model = Model::read(File{"m.dmn", text}, options);
  if (!model) {
    ADD_FAILURE() << describe(model.error()) << "\n" << text;
    return *Model::read(File{"m.dmn", definitions("")});
  }
  return *std::move(model);
}

inline Outcome evaluated(const Model& model, const feel::Context& inputs = {},
                         std::string_view decision = "d") {
  const feel::Facts facts{};
  auto outcome = model.evaluate(decision, inputs, facts);
  if (!outcome) {
    ADD_FAILURE() << describe(outcome.error());
    return {};
  }
  return *std::move(outcome);
}

/// A FEEL value from its text.
inline feel::Value value(std::string_view text) {
  const auto expression = feel::Expression::compile(text);
  const feel::Facts facts{};
  return expression ? expression->evaluate(feel::Context{}, facts).value : feel::Value("not FEEL");
}

}  // namespace jinyue::dmn
