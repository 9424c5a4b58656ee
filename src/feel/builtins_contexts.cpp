// Context functions: DMN 1.5 section 10.3.4.12.
#include <algorithm>

#include "feel/builtins.h"

namespace jinyue::feel {

namespace {

Value getValue(std::span<const Value> arguments, Session&) {
  const Value* found = arguments[0].context().find(arguments[1].string());
  return found != nullptr ? *found : Value();
}

Value getValueByPath(std::span<const Value> arguments, Session& session) {
  Value current = arguments[0];
  for (const Value& key : arguments[1].list()) {
    if (!current.is(Kind::context) || !key.is(Kind::string)) {
      session.note("feel.key", {"键应为文本，并且它前面应为上下文",
                                "a key must be a string, and what is before it a context"});
      return {};
    }
    const Value* found = current.context().find(key.string());
    if (found == nullptr) return {};
    current = Value(*found);
  }
  return current;
}

Value getEntries(std::span<const Value> arguments, Session&) {
  List entries;
  for (const auto& [name, value] : arguments[0].context())
    entries.push_back(Context{{"key", name}, {"value", value}});
  return entries;
}

Value badEntries(Session& session) {
  session.note("feel.entries", {"条目应有 key（文本，不重复）和 value",
                                "entries need a key (a string, each once) and a value"});
  return {};
}

Value contextOf(std::span<const Value> arguments, Session& session) {
  Context made;
  for (const Value& entry : arguments[0].list()) {
    if (!entry.is(Kind::context)) return badEntries(session);
    const Value* key = entry.context().find("key");
    const Value* value = entry.context().find("value");
    if (key == nullptr || value == nullptr || !key->is(Kind::string) || made.find(key->string()) != nullptr)
      return badEntries(session);
    made.set(key->string(), *value);
  }
  return made;
}

Value contextPut(std::span<const Value> arguments, Session&) {
  Context changed = arguments[0].context();
  changed.set(arguments[1].string(), arguments[2]);
  return changed;
}

/// Along a path of keys; all but the last must lead to a context.
Value putAlong(const Value& target, std::span<const Value> keys, const Value& value, Session& session) {
  if (!keys.front().is(Kind::string) || !target.is(Kind::context)) return badEntries(session);
  Context changed = target.context();
  const std::string_view key = keys.front().string();
  if (keys.size() == 1) {
    changed.set(key, value);
    return changed;
  }
  const Value* inner = changed.find(key);
  Value put = putAlong(inner != nullptr ? Value(*inner) : Value(), keys.subspan(1), value, session);
  if (put.isNull()) return {};
  changed.set(key, std::move(put));
  return changed;
}

Value contextPutAlong(std::span<const Value> arguments, Session& session) {
  const List& keys = arguments[1].list();
  if (keys.empty() || keys.size() > session.limits().nesting) return badEntries(session);
  return putAlong(arguments[0], keys, arguments[2], session);
}

Value contextMerge(std::span<const Value> arguments, Session& session) {
  Context merged;
  for (const Value& context : arguments[0].list()) {
    if (!context.is(Kind::context)) return badEntries(session);
    for (const auto& [name, value] : context.context()) merged.set(name, value);
  }
  return merged;
}

constexpr BuiltinRow context_rows[] = {
    {"get value", "m: context, key: string", "Any", getValue},
    {"get value", "context: context, keys: list", "Any", getValueByPath},
    {"get entries", "m: context", "list", getEntries},
    {"context", "entries: list", "context", contextOf},
    {"context put", "context: context, key: string, value: Any", "context", contextPut},
    {"context put", "context: context, keys: list, value: Any", "context", contextPutAlong},
    {"context merge", "contexts: list", "context", contextMerge},
};

}  // namespace

std::span<const BuiltinRow> contextBuiltins() { return context_rows; }

}  // namespace jinyue::feel
