// Printing a tree and parsing the text gives the tree back.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "feel/ast.h"
#include "feel/feel.h"

namespace jinyue::feel {
namespace print_test {

std::string printed(std::string_view text, Grammar grammar = Grammar::expression) {
  const auto tree = parse(text, grammar, {});
  return tree ? print(**tree) : describe(tree.error());
}

TEST(Print, putsParenthesesWhereNeeded) {
  EXPECT_EQ(printed("(1+2)*3"), "(1 + 2) * 3");
  EXPECT_EQ(printed("1+(2*3)"), "1 + 2 * 3");
  EXPECT_EQ(printed("1-(2-3)"), "1 - (2 - 3)");
  EXPECT_EQ(printed("(a or b) and c"), "(a or b) and c");
  EXPECT_EQ(printed("-(a+b)"), "-(a + b)");
  EXPECT_EQ(printed("(if a then b else c)+1"), "(if a then b else c) + 1");
  EXPECT_EQ(printed("(function(x) x)(1)"), "(function(x) x)(1)");
  EXPECT_EQ(printed("x in (1,<5)"), "x in (1, (< 5))");
  EXPECT_EQ(printed("not(1, 2)", Grammar::unary_tests), "not(1, 2)");
  EXPECT_EQ(printed("-", Grammar::unary_tests), "-");
  EXPECT_EQ(printed("x instance of context<a: list<number>, b: function<string> -> Any>"),
            "x instance of context<a: list<number>, b: function<string> -> Any>");
}

using Tree = std::unique_ptr<Node>;

/// Random trees, as the parser would make them.
class TreeMaker {
 public:
  Tree make(int depth) {
    if (depth == 0) return leaf();
    switch (pick(20)) {
      case 0: return many(NodeKind::list, depth, 0, 3);
      case 1: return context(depth);
      case 2: {
        Tree tree = many(NodeKind::range, depth, 2, 2);
        tree->start_included = flag();
        tree->end_included = flag();
        return tree;
      }
      case 3:
        return withOperation(NodeKind::half_range, depth, Operation::equal, Operation::greater_equal, 1);
      case 4: return function(depth);
      case 5: return many(NodeKind::conditional, depth, 3, 3);
      case 6: return iteration(depth);
      case 7: return connective(NodeKind::disjunction, depth);
      case 8: return connective(NodeKind::conjunction, depth);
      case 9:
        return withOperation(NodeKind::comparison, depth, Operation::equal, Operation::greater_equal, 2);
      case 10: return many(NodeKind::between, depth, 3, 3);
      case 11: return many(NodeKind::in, depth, 2, 4);
      case 12:
      case 13: return withOperation(NodeKind::arithmetic, depth, Operation::add, Operation::power, 2);
      case 14: return many(NodeKind::negation, depth, 1, 1);
      case 15: {
        Tree tree = many(NodeKind::instance_of, depth, 1, 1);
        tree->types.push_back(type(2));
        return tree;
      }
      case 16: {
        Tree tree = many(NodeKind::path, depth, 1, 1);
        tree->text = name();
        return tree;
      }
      case 17: return many(NodeKind::filter, depth, 2, 2);
      case 18: return call(depth);
      default: return leaf();
    }
  }

  Tree makeTests(int depth) {
    Tree tree = many(NodeKind::tests, depth, 0, 3);
    tree->negated = !tree->children.empty() && flag();
    return tree;
  }

 private:
  static int pick(int count) { return *rc::gen::inRange(0, count); }
  static bool flag() { return pick(2) == 1; }
  static std::string name() {
    return *rc::gen::element<std::string>("a", "b1", "_c", "企业", "first name", "姓 名", "data");
  }

  static Tree leaf() {
    Tree tree = std::make_unique<Node>(NodeKind::literal);
    switch (pick(9)) {
      case 0: tree->value = pick(1000); break;
      case 1: tree->value = Number::scaled(pick(1'000'000), -3); break;
      case 2: tree->value = *rc::gen::element<std::string>("", "text", "中\"\\\n", "\t"); break;
      case 3: tree->value = flag(); break;
      case 4: tree->value = *fromDays(pick(100'000)); break;
      case 5: tree->value = YearsDuration{pick(100)}; break;
      case 6: break;
      case 7: tree = std::make_unique<Node>(NodeKind::tested); break;
      default: tree = std::make_unique<Node>(NodeKind::name); tree->text = name();
    }
    return tree;
  }

  Tree many(NodeKind kind, int depth, int least, int most) {
    Tree tree = std::make_unique<Node>(kind);
    const int count = least + pick(most - least + 1);
    for (int i = 0; i < count; ++i) tree->add(make(depth - 1));
    return tree;
  }

  Tree withOperation(NodeKind kind, int depth, Operation first, Operation last, int count) {
    Tree tree = many(kind, depth, count, count);
    tree->operation = static_cast<Operation>(static_cast<int>(first) +
                                             pick(static_cast<int>(last) - static_cast<int>(first) + 1));
    return tree;
  }

  /// "(a and b) and c" is read as one conjunction of three, so the first operand is never of the same kind.
  Tree connective(NodeKind kind, int depth) {
    Tree tree = std::make_unique<Node>(kind);
    Tree first = make(depth - 1);
    if (first->kind == kind) first = leaf();
    tree->add(std::move(first));
    for (int i = 0; i <= pick(2); ++i) tree->add(make(depth - 1));
    return tree;
  }

  Tree context(int depth) {
    Tree tree = many(NodeKind::context, depth, 0, 3);
    for (std::size_t i = 0; i < tree->children.size(); ++i) tree->names.push_back(name());
    return tree;
  }

  Tree function(int depth) {
    Tree tree = many(flag() ? NodeKind::function : NodeKind::external, depth, 1, 1);
    for (int i = 0; i < pick(3); ++i) {
      tree->names.push_back(name());
      tree->types.push_back(flag() ? TypeNode{} : type(1));
    }
    return tree;
  }

  Tree iteration(int depth) {
    const NodeKind kind = *rc::gen::element(NodeKind::iteration, NodeKind::some, NodeKind::every);
    Tree tree = std::make_unique<Node>(kind);
    for (int i = 0; i <= pick(2); ++i) {
      tree->names.push_back(name());
      tree->add(flag() ? make(depth - 1) : many(NodeKind::steps, depth, 2, 2));
    }
    tree->add(make(depth - 1));
    return tree;
  }

  Tree call(int depth) {
    Tree tree = many(NodeKind::call, depth, 1, 3);
    if (tree->children.size() > 1 && flag()) {
      for (std::size_t i = 1; i < tree->children.size(); ++i) tree->names.push_back(name());
    }
    return tree;
  }

  TypeNode type(int depth) {
    if (depth == 0 || flag())
      return {*rc::gen::element<std::string>("number", "date and time", "tFirm", "Any"), {}, {}};
    switch (pick(3)) {
      case 0: return {"list", {type(depth - 1)}, {}};
      case 1: return {"context", {type(depth - 1), type(depth - 1)}, {"a", "b"}};
      default: return {"function", {type(depth - 1), type(depth - 1)}, {}};
    }
  }
};

RC_GTEST_PROP(PrintProperty, expressionsComeBack, ()) {
  const Tree tree = TreeMaker().make(4);
  const std::string text = print(*tree);
  const auto back = parse(text, Grammar::expression, {});
  if (!back) RC_FAIL(text + "\n" + describe(back.error()));
  if (**back != *tree) RC_FAIL(text + "\n" + print(**back));
}

RC_GTEST_PROP(PrintProperty, unaryTestsComeBack, ()) {
  const Tree tree = TreeMaker().makeTests(3);
  const std::string text = print(*tree);
  const auto back = parse(text, Grammar::unary_tests, {});
  if (!back) RC_FAIL(text + "\n" + describe(back.error()));
  if (**back != *tree) RC_FAIL(text + "\n" + print(**back));
}

}  // namespace print_test
}  // namespace jinyue::feel
