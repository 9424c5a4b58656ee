// List functions: DMN 1.5 section 10.3.4.4, and sort (10.3.4.8). Positions count from 1, negative ones from
// the end.
#include <algorithm>
#include <unordered_set>

#include "feel/builtins.h"
#include "feel/compare.h"

namespace jinyue::feel {

namespace {

bool same(const Value& a, const Value& b) { return equal(a, b).value_or(false); }

Value badPosition(Session& session) {
  session.note("feel.position", {"位置不在列表之内", "the position is outside the list"});
  return {};
}

/// The index from 0 of a position; `beyond` allows one past the end.
std::optional<std::size_t> indexOf(const Value& position, std::size_t size, bool beyond = false) {
  const auto at = position.number().rounded(0, Rounding::down).toInt64();
  const auto count = static_cast<std::int64_t>(size);
  if (!at || *at == 0 || *at > count + (beyond ? 1 : 0) || *at < -count) return std::nullopt;
  return static_cast<std::size_t>(*at > 0 ? *at - 1 : count + *at);
}

Value listContains(std::span<const Value> arguments, Session&) {
  return std::ranges::any_of(arguments[0].list(),
                             [&](const Value& item) { return same(item, arguments[1]); });
}

Value count(std::span<const Value> arguments, Session&) {
  return static_cast<std::int64_t>(arguments[0].list().size());
}

Value sublist(std::span<const Value> arguments, Session& session) {
  const List& list = arguments[0].list();
  const auto from = indexOf(arguments[1], list.size());
  if (!from) return badPosition(session);
  std::size_t length = list.size() - *from;
  if (arguments.size() > 2) {
    const auto wanted = arguments[2].asInt64();
    if (!wanted || *wanted < 1 || static_cast<std::size_t>(*wanted) > length) return badPosition(session);
    length = static_cast<std::size_t>(*wanted);
  }
  const auto begin = list.begin() + static_cast<std::ptrdiff_t>(*from);
  return List(begin, begin + static_cast<std::ptrdiff_t>(length));
}

Value append(std::span<const Value> arguments, Session&) {
  List list = arguments[0].list();
  list.insert(list.end(), arguments.begin() + 1, arguments.end());
  return list;
}

/// All items of lists; an argument that is no list counts as an item.
List joinedItems(std::span<const Value> arguments) {
  List joined;
  for (const Value& argument : arguments) {
    if (const List* list = argument.asList()) joined.insert(joined.end(), list->begin(), list->end());
    else joined.push_back(argument);
  }
  return joined;
}

Value concatenate(std::span<const Value> arguments, Session&) { return joinedItems(arguments); }

Value insertBefore(std::span<const Value> arguments, Session& session) {
  List list = arguments[0].list();
  const auto at = indexOf(arguments[1], list.size());
  if (!at) return badPosition(session);
  list.insert(list.begin() + static_cast<std::ptrdiff_t>(*at), arguments[2]);
  return list;
}

Value removeAt(std::span<const Value> arguments, Session& session) {
  List list = arguments[0].list();
  const auto at = indexOf(arguments[1], list.size());
  if (!at) return badPosition(session);
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(*at));
  return list;
}

Value replaceAt(std::span<const Value> arguments, Session& session) {
  List list = arguments[0].list();
  const auto at = indexOf(arguments[1], list.size());
  if (!at) return badPosition(session);
  list[*at] = arguments[2];
  return list;
}

Value replaceMatching(std::span<const Value> arguments, Session& session) {
  const Function& match = *arguments[1].asFunction();
  List list = arguments[0].list();
  for (Value& item : list) {
    const Value given[] = {item, arguments[2]};
    const Value matched = match.call(given, session);
    if (matched.isTrue()) item = arguments[2];
    else if (!matched.isFalse()) {
      session.note("feel.argument-type",
                   {"判断函数的结果应为布尔值", "the function must answer with a boolean"});
      return {};
    }
    if (session.isExhausted()) return {};
  }
  return list;
}

Value reverse(std::span<const Value> arguments, Session&) {
  const List& list = arguments[0].list();
  return List(list.rbegin(), list.rend());
}

Value indicesOf(std::span<const Value> arguments, Session&) {
  List found;
  const List& list = arguments[0].list();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (same(list[i], arguments[1])) found.push_back(static_cast<std::int64_t>(i + 1));
  }
  return found;
}

Value distinct(const List& items, Session& session) {
  const auto isPlain = [](const Value& item) {
    return item.is(Kind::number) || item.is(Kind::string) || item.is(Kind::boolean) || item.isNull() ||
           item.is(Kind::date);
  };
  List kept;
  if (std::ranges::all_of(items, isPlain)) {
    const auto hash = [](const Value& value) { return hashOf(value); };
    std::unordered_set<Value, decltype(hash)> seen(items.size(), hash);
    for (const Value& item : items) {
      if (seen.insert(item).second) kept.push_back(item);
    }
    return kept;
  }
  for (const Value& item : items) {
    if (!session.spend(static_cast<std::int64_t>(kept.size()) * item.weight())) return {};
    if (std::ranges::none_of(kept, [&](const Value& known) { return same(known, item); }))
      kept.push_back(item);
  }
  return kept;
}

Value unionOf(std::span<const Value> arguments, Session& session) {
  return distinct(joinedItems(arguments), session);
}
Value distinctValues(std::span<const Value> arguments, Session& session) {
  return distinct(arguments[0].list(), session);
}

void flattenInto(List& out, const List& list) {
  for (const Value& item : list) {
    if (const List* inner = item.asList()) flattenInto(out, *inner);
    else out.push_back(item);
  }
}

Value flatten(std::span<const Value> arguments, Session&) {
  List flat;
  flattenInto(flat, arguments[0].list());
  return flat;
}

/// Merge sort: safe with a "precedes" that contradicts itself.
template <class Precedes>
void mergeSort(std::span<Value> items, const Precedes& precedes) {
  if (items.size() < 2) return;
  const std::size_t middle = items.size() / 2;
  mergeSort(items.first(middle), precedes);
  mergeSort(items.subspan(middle), precedes);
  std::vector<Value> left(std::make_move_iterator(items.begin()),
                          std::make_move_iterator(items.begin() + static_cast<std::ptrdiff_t>(middle)));
  std::size_t out = 0;
  std::size_t a = 0;
  std::size_t b = middle;
  while (a < left.size() && b < items.size()) {
    if (precedes(items[b], left[a])) items[out++] = std::move(items[b++]);
    else items[out++] = std::move(left[a++]);
  }
  while (a < left.size()) items[out++] = std::move(left[a++]);
}

Value sortBy(std::span<const Value> arguments, Session& session) {
  List list = arguments[0].list();
  const Function& precedes = *arguments[1].asFunction();
  bool good = true;
  mergeSort(std::span(list), [&](const Value& a, const Value& b) {
    if (!good || session.isExhausted()) return false;
    const Value pair[] = {a, b};
    const Value result = precedes.call(pair, session);
    good = result.is(Kind::boolean);
    return result.isTrue();
  });
  return good && !session.isExhausted() ? Value(std::move(list)) : Value();
}

Value sortNaturally(std::span<const Value> arguments, Session& session) {
  List list = arguments[0].list();
  bool good = true;
  mergeSort(std::span(list), [&](const Value& a, const Value& b) {
    const auto order = compare(a, b);
    good = good && order.has_value();
    return order && *order < 0;
  });
  if (good) return list;
  session.note("feel.comparison", {"列表里的值无法比较", "the items can't be compared"});
  return {};
}

constexpr BuiltinRow list_rows[] = {
    {"list contains", "list: list, element: Any", "boolean", listContains},
    {"count", "list: list", "number", count},
    {"sublist", "list: list, start position: number, length?: number", "list", sublist},
    {"append", "list: list, item*?: Any", "list", append},
    {"concatenate", "list*: list", "list", concatenate},
    {"insert before", "list: list, position: number, newItem: Any", "list", insertBefore},
    {"remove", "list: list, position: number", "list", removeAt},
    {"list replace", "list: list, position: number, newItem: Any", "list", replaceAt},
    {"list replace", "list: list, match: function, newItem: Any", "list", replaceMatching},
    {"reverse", "list: list", "list", reverse},
    {"index of", "list: list, match: Any", "list", indicesOf},
    {"union", "list*: list", "list", unionOf},
    {"distinct values", "list: list", "list", distinctValues},
    {"flatten", "list: list", "list", flatten},
    {"sort", "list: list, precedes: function", "list", sortBy},
    {"sort", "list: list", "list", sortNaturally},
};

}  // namespace

std::span<const BuiltinRow> listBuiltins() { return list_rows; }

}  // namespace jinyue::feel
