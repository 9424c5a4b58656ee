// Random expressions over the variables of a small world, most of them well-typed.
#pragma once

#include <random>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "feel/feel.h"

namespace jinyue::feel::testing {

/// Makes the same expressions for the same seed.
class ExpressionMaker {
 public:
  enum class Sort {
    number,
    text,
    truth,
    date,
    moment,
    days,
    numbers,
    texts,
    records,
    record,
    range,
    function
  };
  static constexpr int sort_count = 12;

  explicit ExpressionMaker(std::uint32_t seed) : random_(seed) {}

  std::string any(int depth) { return of(static_cast<Sort>(below(sort_count)), depth); }

  /// Unary tests for a value of any sort.
  std::string tests(int depth) {
    if (below(20) == 0) return "-";
    const auto sort = static_cast<Sort>(below(sort_count));
    std::string out = test(sort, depth);
    while (below(3) == 0) out += ", " + test(sort, depth);
    return below(4) == 0 ? "not(" + out + ")" : out;
  }

  /// Variables as the world declares them; now and then null, of another kind, or none at all.
  Context variables() {
    Context out;
    for (const auto& variable : environment().variables) {
      const auto kind = below(20);
      if (kind == 0) continue;
      out.set(variable.name, kind == 1 ? Value() : kind == 2 ? value() : value(variable.type));
    }
    return out;
  }
  /// Without surprises: everything is there and of its type.
  Context properVariables() {
    Context out;
    for (const auto& variable : environment().variables) out.set(variable.name, value(variable.type));
    return out;
  }
  Value value() { return value(oneOf(environment().variables).type); }

  static const Environment& environment() {
    static const Environment made = [] {
      const auto number = Type::number();
      const auto text = Type::string();
      const auto inner = Type::context({{"n", number}, {"姓 名", text}});
      const auto record =
          Type::context({{"n", number}, {"姓 名", text}, {"ok", Type::boolean()}, {"inner", inner}});
      return Environment{{{"n", number},
                          {"m", number},
                          {"姓 名", text},
                          {"s-t", text},
                          {"ok", Type::boolean()},
                          {"day", Type::plain(Type::Form::date)},
                          {"at", Type::plain(Type::Form::date_time)},
                          {"span", Type::plain(Type::Form::days_duration)},
                          {"numbers", Type::list(number)},
                          {"texts", Type::list(text)},
                          {"records", Type::list(record)},
                          {"record", record},
                          {"count", number}},
                         {{"tRecord", record}},
                         {}};
    }();
    return made;
  }

  int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint32_t>(limit)); }

 private:
  template <class T>
  const T& oneOf(const std::vector<T>& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
  }
  std::string word(std::initializer_list<const char*> words) {
    return *(words.begin() + below(static_cast<int>(words.size())));
  }

  Value value(const Type& type) {
    using Form = Type::Form;
    switch (type.form()) {
      case Form::number: return below(4) == 0 ? Value(Number::scaled(below(100), -1)) : Value(below(5) - 1);
      case Form::string:
        return Value(word({"", "a", "ab", "近悦", "a text that is longer than it fits inside"}));
      case Form::boolean: return below(2) == 0;
      case Form::date: return CivilDate{2026, 11, static_cast<std::uint8_t>(1 + below(4))};
      case Form::date_time:
        return DateTime{
            {2026, 11, static_cast<std::uint8_t>(1 + below(3))},
            {below(24) * 3600 * nanos_per_second, below(3) == 0 ? Zone{} : Zone{below(3) * 3600, nullptr}}};
      case Form::days_duration: return DaysDuration{Int128{below(5) - 2} * 12 * 3600 * nanos_per_second};
      case Form::list: {
        List items(static_cast<std::size_t>(below(4)));
        for (auto& item : items) item = below(12) == 0 ? Value() : value(type.element());
        return items;
      }
      case Form::context: {
        Context made;
        for (const auto& member : type.members()) made.set(member.name, value(member.type));
        return made;
      }
      default: return {};
    }
  }

  struct Local {
    std::string name;
    Sort sort;
  };

  std::string name(Sort sort) {
    std::vector<std::string> known;
    for (const auto& local : locals_) {
      if (local.sort == sort) known.push_back(local.name);
    }
    if (!known.empty() && below(2) == 0) return oneOf(known);
    switch (sort) {
      case Sort::number: return word({"n", "m", "count", "record.n", "record.inner.n", "nothing"});
      case Sort::text: return word({"姓 名", "s-t", "record.姓 名", "record.inner.姓 名"});
      case Sort::truth: return word({"ok", "record.ok"});
      case Sort::date: return "day";
      case Sort::moment: return "at";
      case Sort::days: return "span";
      case Sort::numbers: return word({"numbers", "records.n"});
      case Sort::texts: return word({"texts", "records.姓 名"});
      case Sort::records: return "records";
      case Sort::record: return word({"record", "records[1]"});
      case Sort::range: return word({"[1..3]", "(< 2)", "(n..m]"});
      case Sort::function: return word({"count", "abs", "(function(x) x)", "upper case"});
    }
    return "null";
  }

  std::string literal(Sort sort) {
    switch (sort) {
      case Sort::number: return word({"0", "1", "2", "-1", "1.5", "3"});
      case Sort::text: return word({"\"\"", "\"a\"", "\"ab\"", "\"近悦\""});
      case Sort::truth: return word({"true", "false"});
      case Sort::date: return word({"@\"2026-11-01\"", "@\"2026-11-03\"", "date(2026, 11, 2)"});
      case Sort::moment:
        return word({"@\"2026-11-01T10:00:00\"", "@\"2026-11-02T00:00:00Z\"",
                     "@\"2026-11-02T08:00:00@Asia/Shanghai\""});
      case Sort::days: return word({"@\"P1D\"", "@\"-PT12H\"", "@\"PT0S\""});
      case Sort::numbers: return word({"[]", "[1, 2, 3]", "[3, null, 1]", "[1]"});
      case Sort::texts: return word({"[]", "[\"a\", \"b\"]"});
      case Sort::records: return word({"[{n: 1, ok: true}]", "[{n: 2, 姓 名: \"a\"}, {n: 3}]", "[]"});
      case Sort::record: return word({"{}", "{n: 1, ok: false, inner: {n: 2}}"});
      case Sort::range: return word({"[1..3]", "(>= 2)", "(1..2)", "[\"a\"..\"b\"]", "[null..2]", "[3..1]"});
      case Sort::function: return word({"count", "sum", "max", "not"});
    }
    return "null";
  }

  std::string of(Sort wanted, int depth) {
    if (below(15) == 0) wanted = static_cast<Sort>(below(sort_count));  // ill-typed
    if (below(40) == 0) return "null";
    if (depth <= 0) return below(2) == 0 ? literal(wanted) : name(wanted);
    const auto sub = [&](Sort sort) { return of(sort, depth - 1); };
    switch (below(12)) {
      case 0: return literal(wanted);
      case 1: return name(wanted);
      case 2: return fmt::format("(if {} then {} else {})", sub(Sort::truth), sub(wanted), sub(wanted));
      case 3: return inContext(wanted, depth);
      case 4: return viaFunction(wanted, depth);
      default: return made(wanted, depth);
    }
  }

  /// Forms that only one sort has.
  std::string made(Sort wanted, int depth) {
    const auto sub = [&](Sort sort) { return of(sort, depth - 1); };
    switch (wanted) {
      case Sort::number:
        switch (below(9)) {
          case 0: return fmt::format("({} + {})", sub(wanted), sub(wanted));
          case 1: return fmt::format("({} - {})", sub(wanted), sub(wanted));
          case 2: return fmt::format("({} * {})", sub(wanted), sub(wanted));
          case 3: return fmt::format("({} / {})", sub(wanted), sub(wanted));
          case 4: return fmt::format("-{}", sub(wanted));
          case 5: return fmt::format("{}[{}]", sub(Sort::numbers), sub(Sort::number));
          case 6: return fmt::format("{}({})", word({"count", "sum", "max"}), sub(Sort::numbers));
          case 7: return fmt::format("string length({})", sub(Sort::text));
          default: return fmt::format("({}).{}", sub(Sort::date), word({"year", "day", "weekday", "hour"}));
        }
      case Sort::text:
        switch (below(4)) {
          case 0: return fmt::format("({} + {})", sub(wanted), sub(wanted));
          case 1: return fmt::format("string({})", any(depth - 1));
          case 2:
            return fmt::format("replace({}, {}, {})", sub(wanted), word({"\"a\"", "\"(b)\"", "\"[\"", "s-t"}),
                               word({"\"x\"", "\"$1\"", "\"$\""}));
          default:
            return fmt::format("substring(string: {}, start position: {})", sub(wanted), sub(Sort::number));
        }
      case Sort::truth: return truth(depth);
      case Sort::date:
        return below(2) == 0 ? fmt::format("({} + {})", sub(wanted), sub(Sort::days))
                             : fmt::format("date({})", sub(Sort::moment));
      case Sort::moment: return fmt::format("({} {} {})", sub(wanted), word({"+", "-"}), sub(Sort::days));
      case Sort::days:
        return below(2) == 0 ? fmt::format("({} - {})", sub(Sort::moment), sub(Sort::moment))
                             : fmt::format("({} * {})", sub(wanted), sub(Sort::number));
      case Sort::numbers: return list(Sort::number, wanted, depth);
      case Sort::texts: return list(Sort::text, wanted, depth);
      case Sort::records: return list(Sort::record, wanted, depth);
      case Sort::record:
        return fmt::format("{{n: {}, 姓 名: {}, ok: {}, inner: {{n: {}}}}}", sub(Sort::number),
                           sub(Sort::text), sub(Sort::truth), sub(Sort::number));
      case Sort::range:
        switch (below(3)) {
          case 0: return fmt::format("[{}..{}]", sub(Sort::number), sub(Sort::number));
          case 1: return fmt::format("({} {})", word({"<", ">=", "=", "!="}), sub(Sort::number));
          default: return fmt::format("({}..{}]", sub(Sort::date), sub(Sort::date));
        }
      case Sort::function: {
        const auto mark = locals_.size();
        locals_.push_back({"x", Sort::number});
        auto out =
            fmt::format("function(x{}) {}", word({"", ": number", ": list<number>"}), sub(Sort::number));
        locals_.resize(mark);
        return "(" + out + ")";
      }
    }
    return "null";
  }

  std::string truth(int depth) {
    const auto sub = [&](Sort sort) { return of(sort, depth - 1); };
    const auto sort = static_cast<Sort>(below(sort_count));
    switch (below(10)) {
      case 0: return fmt::format("({} and {})", sub(Sort::truth), sub(Sort::truth));
      case 1: return fmt::format("({} or {} or {})", sub(Sort::truth), sub(Sort::truth), sub(Sort::truth));
      case 2: return fmt::format("not({})", sub(Sort::truth));
      case 3:
      case 4: return fmt::format("({} {} {})", sub(sort), word({"=", "!=", "<", "<=", ">", ">="}), sub(sort));
      case 5: return fmt::format("({} between {} and {})", sub(sort), sub(sort), sub(sort));
      case 6: return fmt::format("({} in ({}, {}))", sub(sort), test(sort, depth - 1), test(sort, depth - 1));
      case 7: {
        const auto domain = below(2) == 0 ? sub(Sort::numbers) : sub(Sort::range);
        const auto mark = locals_.size();
        locals_.push_back({"i", Sort::number});
        auto out =
            fmt::format("({} i in {} satisfies {})", word({"some", "every"}), domain, sub(Sort::truth));
        locals_.resize(mark);
        return out;
      }
      case 8:
        return fmt::format("({} instance of {})", any(depth - 1),
                           word({"number", "string", "list<number>", "tRecord", "function<number> -> Any",
                                 "date and time", "range<number>", "tUnknown"}));
      default:
        return fmt::format("matches({}, {})", sub(Sort::text),
                           word({"\"a.*\"", "\"^近\"", "\"(\"", "姓 名"}));
    }
  }

  std::string test(Sort sort, int depth) {
    const auto sub = [&](Sort wanted) { return of(wanted, depth - 1); };
    switch (below(7)) {
      case 0: return literal(sort);
      case 1: return fmt::format("{} {}", word({"<", "<=", ">", ">=", "=", "!="}), sub(sort));
      case 2: return fmt::format("[{}..{})", sub(sort), sub(sort));
      case 3: return fmt::format("? {} {}", word({"=", "<", ">="}), sub(sort));
      case 4: return truth(depth);
      case 5: return fmt::format("[{}, {}]", sub(sort), sub(sort));
      default: return sub(sort);
    }
  }

  std::string list(Sort element, Sort wanted, int depth) {
    const auto sub = [&](Sort sort) { return of(sort, depth - 1); };
    const auto mark = locals_.size();
    std::string out;
    switch (below(6)) {
      case 0: return fmt::format("[{}, {}]", sub(element), sub(element));
      case 1: {
        const auto source = sub(wanted);
        locals_.push_back({"item", element});
        if (element == Sort::record)
          locals_.insert(locals_.end(), {{"n", Sort::number}, {"ok", Sort::truth}});
        out = fmt::format("{}[{}]", source, sub(Sort::truth));
        break;
      }
      case 2: {
        const auto domain = below(2) == 0 ? sub(Sort::numbers)
                                          : fmt::format("{}..{}", sub(Sort::number), literal(Sort::number));
        locals_.push_back({"i", Sort::number});
        if (below(3) == 0) locals_.push_back({"partial", wanted});
        out = fmt::format("(for i in {} return {})", domain, sub(element));
        break;
      }
      case 3: {
        const auto first = sub(Sort::records);
        locals_.push_back({"r", Sort::record});
        const auto second = sub(wanted);
        locals_.push_back({"i", element});
        out = fmt::format("(for r in {}, i in {} return {})", first, second, sub(element));
        break;
      }
      case 4: return fmt::format("sort({}, function(x, y) x {} y)", sub(wanted), word({"<", ">", "<="}));
      default: return fmt::format("concatenate({}, {})", sub(wanted), sub(wanted));
    }
    locals_.resize(mark);
    return out;
  }

  /// An entry may use those before it, and hides outer names.
  std::string inContext(Sort wanted, int depth) {
    const auto mark = locals_.size();
    const auto sort = static_cast<Sort>(below(sort_count));
    const auto name = word({"e", "n", "姓 名", "count", "item"});
    const auto first = of(sort, depth - 1);
    locals_.push_back({name, sort});
    auto out = fmt::format("{{{}: {}, result: {}}}.result", name, first, of(wanted, depth - 1));
    locals_.resize(mark);
    return out;
  }

  std::string viaFunction(Sort wanted, int depth) {
    const auto mark = locals_.size();
    const auto sort = static_cast<Sort>(below(sort_count));
    const auto argument = of(sort, depth - 1);
    locals_.push_back({"p", sort});
    const auto body = of(wanted, depth - 1);
    locals_.resize(mark);
    switch (below(3)) {
      case 0: return fmt::format("(function(p) {})({})", body, argument);
      case 1:
        return fmt::format("{{f: function(p, q) {}, v: f(q: {}, p: {})}}.v", body, any(depth - 2), argument);
      default:
        return fmt::format("{{f: function(p, k) if k <= 0 then {} else f(p, k - 1), v: f({}, 2)}}.v", body,
                           argument);
    }
  }

  std::mt19937 random_;
  std::vector<Local> locals_;
};

}  // namespace jinyue::feel::testing
