// The boxed expressions of the reader.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "dmn/reader.h"

namespace jinyue::dmn {

using source::ExpressionPtr;

bool Reader::isExpression(std::string_view name) {
  static constexpr std::array<std::string_view, 12> names{
      "literalExpression",  "decisionTable", "context", "list", "relation", "invocation",
      "functionDefinition", "conditional",   "filter",  "for",  "some",     "every"};
  return std::ranges::find(names, name) != names.end();
}

ExpressionPtr Reader::readExpression(pugi::xml_node node, int depth) {
  const auto name = localName(node);
  if (!isExpression(name)) {
    reportUnknown(node);
    return nullptr;
  }
  if (depth > file_.limits().depth) {
    file_.report("dmn.too-deep", {"表达式嵌套过深", "the expression is nested too deeply"}, node);
    return nullptr;
  }
  auto out = std::make_unique<source::Expression>();
  out->place = file_.placeOf(node);
  out->type_ref = typeRefOf(node);
  if (name == "literalExpression") out->body = source::Literal{readCell(node)};
  else if (name == "decisionTable") out->body = readTable(node);
  else if (name == "context") out->body = readContext(node, depth + 1);
  else if (name == "list") out->body = readList(node, depth + 1);
  else if (name == "relation") out->body = readRelation(node, depth + 1);
  else if (name == "invocation") out->body = readInvocation(node, depth + 1);
  else if (name == "functionDefinition") out->body = readFunction(node, depth + 1);
  else if (name == "conditional") out->body = readConditional(node, depth + 1);
  else if (name == "filter") out->body = readFilter(node, depth + 1);
  else out->body = readIterator(node, name, depth + 1);
  return out;
}

ExpressionPtr Reader::readChild(pugi::xml_node node, int depth) {
  ExpressionPtr out;
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (!isExpression(name) || out) return false;
    out = readExpression(child, depth);
    return true;
  });
  return out;
}

source::Context Reader::readContext(pugi::xml_node node, int depth) {
  source::Context context;
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name != "contextEntry") return false;
    source::ContextEntry entry{file_.placeOf(child), {}, nullptr};
    forEachChild(child, [&](std::string_view part, pugi::xml_node inner) {
      if (part == "variable") entry.variable = readInformation(inner);
      else if (isExpression(part) && !entry.value) entry.value = readExpression(inner, depth);
      else return false;
      return true;
    });
    if (!context.entries.empty() && !context.entries.back().variable) {
      file_.report("dmn.context",
                   {"结果表达式只能是上下文的最后一项", "the result must be the last entry of a context"},
                   child);
    }
    context.entries.push_back(std::move(entry));
    return true;
  });
  return context;
}

source::List Reader::readList(pugi::xml_node node, int depth) {
  source::List list;
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (!isExpression(name)) return false;
    list.items.push_back(readExpression(child, depth));
    return true;
  });
  return list;
}

source::Relation Reader::readRelation(pugi::xml_node node, int depth) {
  source::Relation relation;
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "column") {
      relation.columns.push_back(readInformation(child));
      return true;
    }
    if (name != "row") return false;
    auto row = readList(child, depth).items;
    if (row.size() != relation.columns.size()) {
      file_.report("dmn.relation",
                   {fmt::format("行有 {} 格，列有 {} 个", row.size(), relation.columns.size()),
                    fmt::format("the row has {} cells for {} columns", row.size(), relation.columns.size())},
                   child);
    }
    relation.rows.push_back(std::move(row));
    return true;
  });
  return relation;
}

source::Invocation Reader::readInvocation(pugi::xml_node node, int depth) {
  source::Invocation invocation;
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (isExpression(name) && !invocation.function) {
      invocation.function = readExpression(child, depth);
      return true;
    }
    if (name != "binding") return false;
    source::Binding binding;
    forEachChild(child, [&](std::string_view part, pugi::xml_node inner) {
      if (part == "parameter") binding.parameter = readInformation(inner);
      else if (isExpression(part) && !binding.value) binding.value = readExpression(inner, depth);
      else return false;
      return true;
    });
    if (binding.parameter.name.empty()) {
      file_.report("dmn.missing", {"绑定没有参数名", "the binding names no parameter"}, child);
    }
    invocation.bindings.push_back(std::move(binding));
    return true;
  });
  if (!invocation.function) {
    file_.report("dmn.missing", {"调用没有指明函数", "the invocation names no function"}, node);
  }
  return invocation;
}

source::Function Reader::readFunction(pugi::xml_node node, int depth) {
  source::Function function;
  const std::string_view kind = node.attribute("kind").value();
  if (kind == "Java") function.kind = source::FunctionKind::java;
  else if (kind == "PMML") function.kind = source::FunctionKind::pmml;
  else if (!kind.empty() && kind != "FEEL") {
    file_.report(
        "dmn.function-kind",
        {fmt::format("不认识的函数种类“{}”", kind), fmt::format("unknown kind of function \"{}\"", kind)},
        node);
  }
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "formalParameter") function.parameters.push_back(readInformation(child));
    else if (isExpression(name) && !function.body) function.body = readExpression(child, depth);
    else return false;
    return true;
  });
  return function;
}

source::Conditional Reader::readConditional(pugi::xml_node node, int depth) {
  source::Conditional conditional;
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "if") conditional.condition = readChild(child, depth);
    else if (name == "then") conditional.then = readChild(child, depth);
    else if (name == "else") conditional.otherwise = readChild(child, depth);
    else return false;
    return true;
  });
  if (!conditional.condition)
    file_.report("dmn.missing", {"缺少条件 if", "the condition (if) is missing"}, node);
  return conditional;
}

source::Filter Reader::readFilter(pugi::xml_node node, int depth) {
  source::Filter filter;
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "in") filter.in = readChild(child, depth);
    else if (name == "match") filter.match = readChild(child, depth);
    else return false;
    return true;
  });
  if (!filter.in || !filter.match)
    file_.report("dmn.missing", {"过滤缺少 in 或 match", "the filter lacks in or match"}, node);
  return filter;
}

source::Iterator Reader::readIterator(pugi::xml_node node, std::string_view element, int depth) {
  source::Iterator iterator;
  using Kind = source::Iterator::Kind;
  iterator.kind = element == "for" ? Kind::forEach : element == "some" ? Kind::some : Kind::every;
  iterator.variable = trimmed(node.attribute("iteratorVariable").value());
  if (iterator.variable.empty()) {
    file_.report("dmn.missing", {"缺少 iteratorVariable 属性", "the attribute iteratorVariable is missing"},
                 node);
  }
  const std::string_view body = iterator.kind == Kind::forEach ? "return" : "satisfies";
  forEachChild(node, [&](std::string_view name, pugi::xml_node child) {
    if (name == "in") {
      iterator.in = readChild(child, depth);
      iterator.in_type_ref = typeRefOf(child);
    } else if (name == body) {
      iterator.body = readChild(child, depth);
    } else {
      return false;
    }
    return true;
  });
  if (!iterator.in || !iterator.body) {
    file_.report("dmn.missing",
                 {fmt::format("缺少 in 或 {}", body), fmt::format("in or {} is missing", body)}, node);
  }
  return iterator;
}

}  // namespace jinyue::dmn
