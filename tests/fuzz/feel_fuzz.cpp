// Any text is either refused or evaluated within its limits; what is accepted prints to a text that parses to
// the same tree.
#include <cstdlib>

#include "base/text.h"
#include "feel/ast.h"
#include "feel/feel.h"
#include "feel/value_json.h"

using namespace jinyue;
using namespace jinyue::feel;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

Environment environment() {
  Environment known;
  known.variables = {
      {"a", Type::number()}, {"b c", Type::any()}, {"x-y", Type::list(Type::number())}, {"f", Type::any()}};
  return known;
}

void run(std::string_view text, Grammar grammar) {
  static const Environment known = environment();
  static const Facts facts{};
  const auto expression = grammar == Grammar::expression ? Expression::compileIn(text, known)
                                                         : Expression::compileUnaryTestsIn(text, known);
  if (!expression) {
    require(!expression.error().code.empty() && !expression.error().where.empty());
    return;
  }
  const std::string printed = print(expression->ast());
  const auto again = parse(printed, grammar, known);
  // A printed text may be longer or nested deeper than what is allowed; else it is the same.
  if (again) require(print(**again) == printed);
  check(*expression, known);
  Limits limits;
  limits.work = 20'000;
  limits.weight = 20'000;
  Session session(facts, limits);
  const Value slots[] = {5, Context{{"d", List{1, "two", Value()}}}, List{1, 2, 3}, CivilDate{2026, 11, 22}};
  const Value tested = 3;
  const Value value = expression->evaluateTests(tested, slots, session);
  require(value.depth() <= limits.nesting + 1 && isValidUtf8(toLiteral(value)));
  if (isData(value)) {
    std::string json;
    JsonCodec<Value>::write(json, value);
    require(isValidUtf8(json));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  run(text, Grammar::expression);
  run(text, Grammar::unary_tests);
  return 0;
}
