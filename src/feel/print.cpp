// From the syntax tree back to text.
#include <algorithm>

#include "feel/ast.h"
#include "feel/lexer.h"
#include "feel/text_form.h"

namespace jinyue::feel {

namespace {

/// How tightly a node holds together; an operand that holds less tightly needs parentheses.
int strength(const Node& node) {
  switch (node.kind) {
    case NodeKind::conditional:
    case NodeKind::iteration:
    case NodeKind::some:
    case NodeKind::every:
    case NodeKind::function:
    case NodeKind::external: return 0;
    case NodeKind::disjunction: return 1;
    case NodeKind::conjunction: return 2;
    case NodeKind::comparison:
    case NodeKind::between:
    case NodeKind::in: return 3;
    case NodeKind::arithmetic:
      if (node.operation == Operation::add || node.operation == Operation::subtract) return 4;
      return node.operation == Operation::power ? 6 : 5;
    case NodeKind::instance_of: return 7;
    case NodeKind::negation: return 8;
    case NodeKind::literal: return node.value.is(Kind::number) && node.value.number().isNegative() ? 8 : 9;
    default: return 9;
  }
}

constexpr int any_strength = 0;

class Printer {
 public:
  std::string out;

  void put(const Node& node, int wanted) {
    const bool enclose = strength(node) < wanted;
    if (enclose) out += '(';
    putPlain(node);
    if (enclose) out += ')';
  }

  void putType(const TypeNode& type) {
    out += type.name;
    const bool is_function = type.name == "function";
    if (type.parts.empty()) return;
    out += '<';
    const std::size_t count = type.parts.size() - (is_function ? 1 : 0);
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) out += ", ";
      if (!type.keys.empty()) out += type.keys[i] + ": ";
      putType(type.parts[i]);
    }
    out += '>';
    if (is_function) {
      out += " -> ";
      putType(type.parts.back());
    }
  }

 private:
  void putList(const Node& node, std::size_t first, int wanted) {
    for (std::size_t i = first; i < node.children.size(); ++i) {
      if (i > first) out += ", ";
      put(node.child(i), wanted);
    }
  }

  void putBinary(const Node& node, int level) {
    put(node.child(0), level);
    out += ' ';
    out += symbolOf(node.operation);
    out += ' ';
    put(node.child(1), level + 1);
  }

  void putIteration(const Node& node, std::string_view word, std::string_view then) {
    out += word;
    for (std::size_t i = 0; i < node.names.size(); ++i) {
      out += i > 0 ? ", " : " ";
      out += node.names[i] + " in ";
      put(node.child(i), any_strength);
    }
    out += then;
    put(*node.children.back(), any_strength);
  }

  void putFunction(const Node& node) {
    out += "function(";
    for (std::size_t i = 0; i < node.names.size(); ++i) {
      if (i > 0) out += ", ";
      out += node.names[i];
      if (node.types[i].name.empty()) continue;
      out += ": ";
      putType(node.types[i]);
    }
    out += node.kind == NodeKind::external ? ") external " : ") ";
    put(node.child(0), any_strength);
  }

  void putCall(const Node& node) {
    put(node.child(0), 9);
    out += '(';
    for (std::size_t i = 1; i < node.children.size(); ++i) {
      if (i > 1) out += ", ";
      if (!node.names.empty()) out += node.names[i - 1] + ": ";
      put(node.child(i), any_strength);
    }
    out += ')';
  }

  void putTests(const Node& node) {
    if (node.children.empty()) {
      out += '-';
      return;
    }
    if (node.negated) out += "not(";
    putList(node, 0, any_strength);
    if (node.negated) out += ')';
  }

  /// "< 5": bare as a test, in parentheses as a value.
  void putHalfRange(const Node& node) {
    out += symbolOf(node.operation);
    out += ' ';
    put(node.child(0), 4);
  }

  void putPlain(const Node& node) {
    switch (node.kind) {
      case NodeKind::literal:
        out += node.text.empty() ? toLiteral(node.value) : '@' + stringLiteral(node.text);
        return;
      case NodeKind::name: out += node.text; return;
      case NodeKind::tested: out += '?'; return;
      case NodeKind::list:
        out += '[';
        putList(node, 0, any_strength);
        out += ']';
        return;
      case NodeKind::context:
        out += '{';
        for (std::size_t i = 0; i < node.children.size(); ++i) {
          if (i > 0) out += ", ";
          const auto parts = partsOfName(node.names[i]);
          out += parts.size() == 1 && !isKeyword(parts.front()) && parts.front() == node.names[i]
                     ? node.names[i]
                     : stringLiteral(node.names[i]);
          out += ": ";
          put(node.child(i), any_strength);
        }
        out += '}';
        return;
      case NodeKind::range:
        out += node.start_included ? '[' : '(';
        put(node.child(0), 1);
        out += "..";
        put(node.child(1), 1);
        out += node.end_included ? ']' : ')';
        return;
      case NodeKind::half_range:
        out += '(';
        putHalfRange(node);
        out += ')';
        return;
      case NodeKind::function:
      case NodeKind::external: putFunction(node); return;
      case NodeKind::conditional:
        out += "if ";
        put(node.child(0), any_strength);
        out += " then ";
        put(node.child(1), any_strength);
        out += " else ";
        put(node.child(2), any_strength);
        return;
      case NodeKind::iteration: putIteration(node, "for", " return "); return;
      case NodeKind::some: putIteration(node, "some", " satisfies "); return;
      case NodeKind::every: putIteration(node, "every", " satisfies "); return;
      case NodeKind::steps:
        put(node.child(0), 1);
        out += "..";
        put(node.child(1), 1);
        return;
      case NodeKind::disjunction:
      case NodeKind::conjunction: {
        const bool both = node.kind == NodeKind::conjunction;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
          if (i > 0) out += both ? " and " : " or ";
          put(node.child(i), (both ? 2 : 1) + (i > 0 ? 1 : 0));
        }
        return;
      }
      case NodeKind::comparison: putBinary(node, 3); return;
      case NodeKind::arithmetic: putBinary(node, strength(node)); return;
      case NodeKind::between:
        put(node.child(0), 3);
        out += " between ";
        put(node.child(1), 4);
        out += " and ";
        put(node.child(2), 4);
        return;
      case NodeKind::in:
        put(node.child(0), 3);
        out += " in (";
        putList(node, 1, any_strength);
        out += ')';
        return;
      case NodeKind::negation:
        out += '-';
        put(node.child(0), 8);
        return;
      case NodeKind::instance_of:
        put(node.child(0), 7);
        out += " instance of ";
        putType(node.types.front());
        return;
      case NodeKind::path:
        put(node.child(0), 9);
        out += '.' + node.text;
        return;
      case NodeKind::filter:
        put(node.child(0), 9);
        out += '[';
        put(node.child(1), any_strength);
        out += ']';
        return;
      case NodeKind::call: putCall(node); return;
      case NodeKind::tests: putTests(node); return;
    }
  }
};

}  // namespace

std::string print(const Node& node) {
  Printer printer;
  printer.put(node, any_strength);
  return std::move(printer.out);
}

std::string print(const TypeNode& type) {
  Printer printer;
  printer.putType(type);
  return std::move(printer.out);
}

}  // namespace jinyue::feel
