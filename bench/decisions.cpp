// Decision tables and literal expressions. Alone: nanoseconds and allocations of one evaluation. With --write
// and
// --compare (see decisions.sh): beside other engines on the same tasks, as ratios of one run.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <new>
#include <random>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "dmn/dmn.h"

namespace {

std::atomic<std::uint64_t> allocations{0};

}  // namespace

void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using jinyue::feel::Value;
namespace dmn = jinyue::dmn;
namespace feel = jinyue::feel;

/// A condition in a form that engines without FEEL understand: numbers between, or equal to a constant.
struct Condition {
  bool is_any = true;
  bool is_range = false;
  int low = 0;
  int high = 0;      ///< [low..high)
  std::string text;  ///< or equal to this
};

struct Rule {
  std::vector<Condition> conditions;
  std::string result;
};

struct Table {
  bool has_moments = false;  ///< its numbers are hours of 2026, written as dates and times in two zones
  std::string name;
  std::vector<std::string> inputs;
  std::vector<bool> is_number;
  std::vector<Rule> rules;
  std::vector<std::vector<Value>> rows;
};

feel::DateTime momentOf(std::int64_t hours, int offset) {
  const auto start = feel::epochNanos({{2026, 1, 1}, {0, {0, nullptr}}});
  return *feel::fromEpochNanos(start + feel::Int128{hours} * 3600 * feel::nanos_per_second,
                               {offset, nullptr});
}

std::string feelOf(const Condition& condition, bool has_moments = false) {
  if (condition.is_any) return "-";
  if (condition.is_range && has_moments) {
    return fmt::format("[@\"{}\"..@\"{}\")", toString(momentOf(condition.low, 0)),
                       toString(momentOf(condition.high, 8 * 3600)));
  }
  if (condition.is_range) return fmt::format("[{}..{})", condition.low, condition.high);
  return fmt::format("\"{}\"", condition.text);
}

class Maker {
 public:
  explicit Maker(std::uint32_t seed) : random_(seed) {}
  int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint32_t>(limit)); }

  /// Two numbers and two texts; the last rule takes everything.
  Table table(std::string name, int rules, int texts, int numbers) {
    Table out{false, std::move(name), {"amount", "kind", "age", "district"}, {true, false, true, false}, {},
              {}};
    const auto text = [&](const char* prefix) { return fmt::format("{} {}", prefix, below(texts)); };
    for (int r = 0; r + 1 < rules; ++r) {
      Rule rule;
      for (std::size_t i = 0; i < out.inputs.size(); ++i) {
        Condition condition;
        condition.is_any = below(5) == 0;
        if (out.is_number[i]) {
          condition.is_range = true;
          condition.low = below(numbers);
          condition.high = condition.low + 1 + below(numbers / 2);
        } else {
          condition.text = text(i == 1 ? "kind" : "district");
        }
        rule.conditions.push_back(condition);
      }
      rule.result = fmt::format("result {}", r);
      out.rules.push_back(std::move(rule));
    }
    out.rules.push_back({std::vector<Condition>(out.inputs.size()), "otherwise"});
    for (int n = 0; n < 500; ++n) {
      out.rows.push_back(
          {Value(below(numbers)), Value(text("kind")), Value(below(numbers)), Value(text("district"))});
    }
    return out;
  }

  std::string expression(int depth) {
    switch (depth == 0 ? below(2) : below(7)) {
      case 0: return std::to_string(1 + below(100));
      case 1: return std::string(1, static_cast<char>('a' + below(3)));
      case 2: return fmt::format("({} + {})", expression(depth - 1), expression(depth - 1));
      case 3: return fmt::format("({} * {})", expression(depth - 1), expression(depth - 1));
      case 4: return fmt::format("({} - {})", expression(depth - 1), expression(depth - 1));
      case 5:
        return fmt::format("(if {} < {} then {} else {})", expression(depth - 1), expression(depth - 1),
                           expression(depth - 1), expression(depth - 1));
      default: return fmt::format("max({}, {})", expression(depth - 1), expression(depth - 1));
    }
  }

 private:
  std::mt19937 random_;
};

std::string dmnOf(const Table& table) {
  const auto typeOf = [&](std::size_t input) {
    return !table.is_number[input] ? "string" : table.has_moments ? "date and time" : "number";
  };
  std::string out =
      "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" "
      "namespace=\"urn:bench\">";
  std::string needs, columns;
  for (std::size_t i = 0; i < table.inputs.size(); ++i) {
    const auto& name = table.inputs[i];
    out +=
        fmt::format("<inputData id=\"{0}\" name=\"{0}\"><variable name=\"{0}\" typeRef=\"{1}\"/></inputData>",
                    name, typeOf(i));
    needs +=
        fmt::format("<informationRequirement><requiredInput href=\"#{}\"/></informationRequirement>", name);
    columns += fmt::format("<input><inputExpression typeRef=\"{}\"><text>{}</text></inputExpression></input>",
                           typeOf(i), name);
  }
  out += "<decision id=\"d\" name=\"d\"><variable name=\"d\" typeRef=\"string\"/>" + needs +
         "<decisionTable hitPolicy=\"FIRST\">" + columns + "<output/>";
  for (const auto& rule : table.rules) {
    out += "<rule>";
    for (const auto& condition : rule.conditions)
      out += "<inputEntry><text>" + feelOf(condition, table.has_moments) + "</text></inputEntry>";
    out += "<outputEntry><text>\"" + rule.result + "\"</text></outputEntry></rule>";
  }
  return out + "</decisionTable></decision></definitions>";
}

/// The answer without any engine.
std::string answerOf(const Table& table, const std::vector<Value>& row) {
  for (const auto& rule : table.rules) {
    bool matches = true;
    for (std::size_t i = 0; i < row.size() && matches; ++i) {
      const auto& condition = rule.conditions[i];
      if (condition.is_any) continue;
      if (condition.is_range)
        matches = *row[i].asInt64() >= condition.low && *row[i].asInt64() < condition.high;
      else matches = *row[i].asString() == condition.text;
    }
    if (matches) return rule.result;
  }
  return {};
}

struct Measured {
  double nanoseconds = 0;
  double allocations = 0;
};

/// Best of many short rounds: what else the machine does falls into the others.
template <class Work>
Measured measure(std::size_t count, Work&& work) {
  using Clock = std::chrono::steady_clock;
  Measured best{1e18, 0};
  for (std::size_t i = 0; i < count; ++i) work(i);
  for (int round = 0; round < 150; ++round) {
    const auto allocated = allocations.load();
    const auto start = Clock::now();
    std::uint64_t done = 0;
    std::chrono::duration<double, std::nano> elapsed{};
    do {
      for (std::size_t i = 0; i < count; ++i) work(i);
      done += count;
      elapsed = Clock::now() - start;
    } while (elapsed.count() < 5e6);
    const Measured one{elapsed.count() / static_cast<double>(done),
                       static_cast<double>(allocations.load() - allocated) / static_cast<double>(done)};
    if (one.nanoseconds < best.nanoseconds) best = one;
  }
  return best;
}

struct Tasks {
  std::vector<Table> tables;
  std::vector<std::string> expressions;
  feel::Context variables{{"a", 7}, {"b", 3}, {"c", 250}};
};

Tasks tasks() {
  Tasks out;
  Maker maker(2026);
  out.tables.push_back(maker.table("20 rules", 20, 4, 20));
  out.tables.push_back(maker.table("1000 rules", 1000, 30, 1000));
  out.tables.push_back(out.tables.back());
  out.tables.back().name = "1000 moments";
  out.tables.back().has_moments = true;
  for (int i = 0; i < 500; ++i) out.expressions.push_back(maker.expression(3));
  return out;
}

boost::json::value jsonOf(const Value& value) {
  if (const auto text = value.asString()) return boost::json::value(*text);
  if (const auto number = value.asNumber()) return number->toDouble();
  if (const auto truth = value.asBool()) return *truth;
  return nullptr;
}

class Bench {
 public:
  Bench() : tasks_(tasks()) {
    for (const auto& table : tasks_.tables) {
      auto model = dmn::Model::read(dmn::File{table.name, dmnOf(table)});
      if (!model) {
        fmt::print(stderr, "{}\n", describe(model.error()));
        std::exit(1);
      }
      models_.push_back(*std::move(model));
    }
    feel::Environment environment;
    for (const auto& entry : tasks_.variables) {
      environment.variables.push_back({entry.name, feel::Type::number()});
      slots_.push_back(entry.value);
    }
    for (const auto& text : tasks_.expressions) {
      auto compiled = feel::Expression::compileIn(text, environment);
      if (!compiled) {
        fmt::print(stderr, "{}: {}\n", text, describe(compiled.error()));
        std::exit(1);
      }
      expressions_.push_back(*std::move(compiled));
    }
  }

  void check() {
    for (std::size_t t = 0; t < models_.size(); ++t) {
      for (const auto& row : tasks_.tables[t].rows) {
        models_[t].evaluate(0, inputsOf(tasks_.tables[t], row), {}, facts_, outcome_);
        if (outcome_.value == Value(answerOf(tasks_.tables[t], row))) continue;
        fmt::print(stderr, "{}: wrong answer {}\n", tasks_.tables[t].name, feel::toLiteral(outcome_.value));
        std::exit(1);
      }
    }
  }

  std::map<std::string, Measured> run() {
    std::map<std::string, Measured> out;
    for (std::size_t t = 0; t < models_.size(); ++t) {
      std::vector<std::vector<Value>> rows;
      for (const auto& row : tasks_.tables[t].rows) rows.push_back(inputsOf(tasks_.tables[t], row));
      out[tasks_.tables[t].name] =
          measure(rows.size(), [&](std::size_t i) { models_[t].evaluate(0, rows[i], {}, facts_, outcome_); });
    }
    feel::Session session(facts_, {.work = std::numeric_limits<std::int64_t>::max()});
    out["pattern"] = matching("matches(text, \"^辽[A-Z]-?[0-9]{5}$\")", session);
    out["pattern given"] = matching("matches(text, pattern)", session);
    out["expressions"] = measure(expressions_.size(), [&](std::size_t i) {
      outcome_.value = expressions_[i].evaluate(slots_, session);
    });
    return out;
  }

  void write(const std::string& path) {
    boost::json::object root;
    boost::json::array tables;
    for (const auto& table : tasks_.tables) {
      if (!table.has_moments) tables.push_back(tableJson(table));
    }
    root["tables"] = std::move(tables);
    boost::json::object expressions, variables;
    boost::json::array texts, answers;
    for (const auto& entry : tasks_.variables) variables[entry.name] = jsonOf(entry.value);
    feel::Session session(facts_);
    for (std::size_t i = 0; i < expressions_.size(); ++i) {
      texts.emplace_back(tasks_.expressions[i]);
      answers.push_back(jsonOf(expressions_[i].evaluate(slots_, session)));
    }
    expressions["variables"] = std::move(variables);
    expressions["texts"] = std::move(texts);
    expressions["answers"] = std::move(answers);
    root["expressions"] = std::move(expressions);
    std::ofstream(path) << boost::json::serialize(root);
  }

 private:
  static std::vector<Value> inputsOf(const Table& table, std::vector<Value> row) {
    for (std::size_t i = 0; table.has_moments && i < row.size(); ++i) {
      if (table.is_number[i]) row[i] = Value(momentOf(*row[i].asInt64(), 3600));
    }
    return row;
  }
  /// A regular expression over a short text: written in the expression, or given as a variable.
  Measured matching(const char* expression, feel::Session& session) {
    const feel::Environment environment{
        {{"text", feel::Type::string()}, {"pattern", feel::Type::string()}}, {}, {}};
    const auto compiled = feel::Expression::compileIn(expression, environment);
    const std::vector<Value> values{Value("辽B-12345"), Value("^辽[A-Z]-?[0-9]{5}$")};
    return measure(1, [&](std::size_t) { outcome_.value = compiled->evaluate(values, session); });
  }

  static boost::json::object tableJson(const Table& table) {
    boost::json::object out;
    boost::json::array inputs, rules, rows, answers;
    for (const auto& name : table.inputs) inputs.emplace_back(name);
    for (const auto& rule : table.rules) {
      boost::json::array conditions, tests;
      const auto test = [&](std::size_t input, const char* op, boost::json::value value) {
        tests.push_back(boost::json::object{{"input", input}, {"operator", op}, {"value", std::move(value)}});
      };
      for (std::size_t i = 0; i < rule.conditions.size(); ++i) {
        const auto& condition = rule.conditions[i];
        conditions.emplace_back(feelOf(condition));
        if (condition.is_any) continue;
        if (condition.is_range) {
          test(i, "greaterThanInclusive", condition.low);
          test(i, "lessThan", condition.high);
        } else {
          test(i, "equal", boost::json::value(condition.text));
        }
      }
      rules.push_back(boost::json::object{{"conditions", std::move(conditions)},
                                          {"tests", std::move(tests)},
                                          {"result", "\"" + rule.result + "\""},
                                          {"value", rule.result}});
    }
    for (const auto& row : table.rows) {
      boost::json::array cells;
      for (const auto& value : row) cells.push_back(jsonOf(value));
      rows.push_back(std::move(cells));
      answers.emplace_back(answerOf(table, row));
    }
    out["name"] = table.name;
    out["inputs"] = std::move(inputs);
    out["rules"] = std::move(rules);
    out["rows"] = std::move(rows);
    out["answers"] = std::move(answers);
    return out;
  }

  Tasks tasks_;
  std::vector<dmn::Model> models_;
  std::vector<feel::Expression> expressions_;
  std::vector<Value> slots_;
  feel::Facts facts_;
  dmn::Outcome outcome_;
};

}  // namespace

int main(int count, char** arguments) {
  Bench bench;
  bench.check();
  if (count == 3 && std::string(arguments[1]) == "--write") {
    bench.write(arguments[2]);
    return 0;
  }
  const auto measured = bench.run();
  for (const auto& [name, one] : measured) {
    fmt::print("{:12} jinyue {:10.1f} ns, {:9.0f} /s, {:.2f} allocations\n", name, one.nanoseconds,
               1e9 / one.nanoseconds, one.allocations);
  }
  if (count == 3 && std::string(arguments[1]) == "--compare") {
    std::ifstream in(arguments[2]);
    const auto others = boost::json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    for (const auto& engine : others.as_object()) {
      for (const auto& task : engine.value().as_object()) {
        const auto ns = task.value().to_number<double>();
        fmt::print("{:12} {} {:.0f} ns: jinyue is {:.0f} times as fast\n", std::string_view(task.key()),
                   std::string_view(engine.key()), ns, ns / measured.at(std::string(task.key())).nanoseconds);
      }
    }
  }
  return 0;
}
