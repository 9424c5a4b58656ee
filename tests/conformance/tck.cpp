#include "conformance/tck.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "base/text.h"

namespace jinyue::tck {

using feel::Kind;
using feel::Value;

namespace {

std::string_view localName(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node childOf(pugi::xml_node node, std::string_view name) {
  return node.find_child([&](pugi::xml_node child) { return localName(child.name()) == name; });
}

/// An attribute of XML Schema instance, whatever its prefix.
std::string_view instanceAttribute(pugi::xml_node node, std::string_view name) {
  for (const auto attribute : node.attributes()) {
    const std::string_view qualified = attribute.name();
    if (qualified.find(':') != std::string_view::npos && localName(qualified) == name)
      return attribute.value();
  }
  return {};
}

Value readSimple(pugi::xml_node node) {
  if (instanceAttribute(node, "nil") == "true") return {};
  const std::string raw = node.text().get();
  const auto type = localName(instanceAttribute(node, "type"));
  const auto text = trimmed(raw);
  const auto wrap = [&]<class T>(const std::optional<T>& value) {
    if (!value) throw std::runtime_error(fmt::format("can't read \"{}\" as {}", text, type));
    return Value(*value);
  };
  if (type == "boolean") return Value(text == "true" || text == "1");
  if (type == "decimal" || type == "double" || type == "float" || type == "integer" || type == "int" ||
      type == "long") {
    return wrap(feel::Number::parse(text));
  }
  if (type == "date") return wrap(feel::parseCivilDate(text));
  if (type == "time") return wrap(feel::parseClockTime(text));
  if (type == "dateTime") return wrap(feel::parseDateTime(text));
  if (type == "duration" || type == "dayTimeDuration" || type == "yearMonthDuration") {
    if (const auto days = feel::parseDaysDuration(text)) return Value(*days);
    return wrap(feel::parseYearsDuration(text));
  }
  return Value(raw);
}

Value readValue(pugi::xml_node node) {
  if (instanceAttribute(node, "nil") == "true") return {};
  if (const auto value = childOf(node, "value")) return readSimple(value);
  if (const auto list = childOf(node, "list")) {
    if (instanceAttribute(list, "nil") == "true") return {};
    feel::List items;
    for (const auto item : list.children()) {
      if (localName(item.name()) == "item") items.push_back(readValue(item));
    }
    return Value(std::move(items));
  }
  if (!childOf(node, "component")) return {};
  feel::Context context;
  for (const auto component : node.children()) {
    if (localName(component.name()) == "component")
      context.set(component.attribute("name").value(), readValue(component));
  }
  return Value(std::move(context));
}

Case readCase(pugi::xml_node node, const std::string& prefix) {
  Case out;
  out.id = prefix + node.attribute("id").value();
  const std::string_view type = node.attribute("type").value();
  out.kind = type == "bkm"               ? CaseKind::knowledge_model
             : type == "decisionService" ? CaseKind::service
                                         : CaseKind::decision;
  out.invocable = node.attribute("invocableName").value();
  for (const auto child : node.children()) {
    const auto name = localName(child.name());
    if (name == "inputNode") {
      out.inputs.push_back(
          {child.attribute("name").value(), child.attribute("namespace").value(), readValue(child)});
    } else if (name == "resultNode") {
      Expectation expectation{child.attribute("name").value(),
                              child.attribute("namespace").value(),
                              child.attribute("errorResult").as_bool(),
                              {}};
      if (const auto expected = childOf(child, "expected")) expectation.value = readValue(expected);
      out.expectations.push_back(std::move(expectation));
    }
  }
  return out;
}

Suite readSuite(const std::filesystem::path& file, int level) {
  Suite suite;
  suite.level = level;
  pugi::xml_document document;
  if (const auto result =
          document.load_file(file.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single);
      !result) {
    suite.problem = fmt::format("{}: {}", file.string(), result.description());
    return suite;
  }
  const auto root = document.document_element();
  const auto folder = file.parent_path();
  std::string model = childOf(root, "modelName").text().get();
  suite.model = folder / std::string(trimmed(model));
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".dmn" && entry.path() != suite.model)
      suite.imports.push_back(entry.path());
  }
  std::ranges::sort(suite.imports);
  // Several test files of one folder may use the same numbers.
  const auto prefix = fmt::format("{}/{}/", level, file.stem().string());
  try {
    for (const auto child : root.children()) {
      if (localName(child.name()) == "testCase") suite.cases.push_back(readCase(child, prefix));
    }
  } catch (const std::runtime_error& error) {
    suite.problem = fmt::format("{}: {}", file.string(), error.what());
  }
  return suite;
}

bool areClose(const feel::Number& expected, const feel::Number& actual) {
  // As the kit's own runner: to about eight digits after the point, or relative to a large number.
  const auto tolerance = 1e-8;
  const double a = expected.toDouble();
  const double b = actual.toDouble();
  return expected == actual || std::abs(a - b) <= tolerance * std::max(1.0, std::abs(a));
}

}  // namespace

std::filesystem::path dataFolder() {
  const char* given = std::getenv("JINYUE_SHARED_DATA");
  return std::filesystem::path(given && *given ? given : JINYUE_SHARED_DATA) / "dmn-tck";
}

std::vector<Suite> readSuites(const std::filesystem::path& folder) {
  std::vector<Suite> suites;
  for (const int level : {2, 3}) {
    const auto base = folder / fmt::format("compliance-level-{}", level);
    if (!std::filesystem::is_directory(base)) continue;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(base)) {
      if (entry.path().extension() == ".xml") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    for (const auto& file : files) suites.push_back(readSuite(file, level));
  }
  return suites;
}

std::string difference(const Value& expected, const Value& actual) {
  const auto say = [&] {
    return fmt::format("expected {}, got {}", feel::toLiteral(expected), feel::toLiteral(actual));
  };
  if (expected.kind() != actual.kind()) return say();
  switch (expected.kind()) {
    case Kind::number: return areClose(expected.number(), actual.number()) ? "" : say();
    case Kind::list: {
      const auto& a = expected.list();
      const auto& b = actual.list();
      if (a.size() != b.size()) return say();
      for (std::size_t i = 0; i < a.size(); ++i) {
        if (const auto inner = difference(a[i], b[i]); !inner.empty())
          return fmt::format("item {}: {}", i + 1, inner);
      }
      return {};
    }
    case Kind::context: {
      if (expected.context().size() != actual.context().size()) return say();
      for (const auto& entry : expected.context()) {
        const auto* member = actual.context().find(entry.name);
        if (!member) return fmt::format("no entry {} in {}", entry.name, feel::toLiteral(actual));
        if (const auto inner = difference(entry.value, *member); !inner.empty())
          return fmt::format("{}: {}", entry.name, inner);
      }
      return {};
    }
    default:
      // Temporal values: equal as FEEL sees them, or the same text.
      return expected == actual || feel::equal(expected, actual) == true ? "" : say();
  }
}

std::string check(const Case& test, const Engine& engine) {
  if (test.expectations.empty()) return "the case expects nothing";
  for (const auto& expectation : test.expectations) {
    const auto answer = engine(test, expectation);
    // An error is a null that says why; a silent null is no answer to it.
    auto reason = difference(expectation.is_error ? Value{} : expectation.value, answer.value);
    if (reason.empty() && expectation.is_error && answer.remark.empty())
      reason = "the error is silent: null without a diagnostic";
    if (reason.empty()) continue;
    return fmt::format("{}: {}{}{}", expectation.name, reason, answer.remark.empty() ? "" : " | ",
                       answer.remark);
  }
  return {};
}

}  // namespace jinyue::tck
