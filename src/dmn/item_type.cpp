#include "dmn/item_type.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "dmn/xml.h"

namespace jinyue::dmn {

using feel::Type;
using feel::Value;

namespace {

/// Types that refer to each other, and components in each other.
constexpr int max_type_depth = 100;
/// Types in one type, counted as a tree: expressions are checked against all of them.
constexpr std::uint32_t max_type_weight = 10'000;

/// Names for the types of FEEL that other versions of the standard and other tools use.
constexpr std::pair<std::string_view, std::string_view> other_names[] = {
    {"dateTime", "date and time"},
    {"date_time", "date and time"},
    {"dayTimeDuration", "days and time duration"},
    {"yearMonthDuration", "years and months duration"},
    {"integer", "number"},
    {"long", "number"},
    {"double", "number"},
    {"decimal", "number"},
    {"any", "Any"},
    {"Undefined", "Any"},
    {"<Undefined>", "Any"},
    {"undefined", "Any"},
};

bool isTrue(const feel::Expression& tests, const Value& value, feel::Session& session) {
  return tests.evaluateTests(value, {}, session).isTrue();
}

std::string normalizedRef(std::string_view reference) { return std::string(trimmed(reference)); }

}  // namespace

bool ItemType::admits(const Value& value, feel::Session& session) const {
  if (is_plain || value.isNull()) return true;
  const feel::Session::Level level(session, 2);
  if (level.tooDeep()) return false;
  if (constraint && !isTrue(*constraint, value, session)) return false;
  const auto admitsItem = [&](const Value& item) {
    if (item.isNull()) return !allowed || isTrue(*allowed, item, session);
    if (base && !base->admits(item, session)) return false;
    if (allowed) {
      // Allowed values of a type that refers to a collection speak of its items.
      const auto* items = item.asList();
      const bool of_items = items && base && base->type.form() == Type::Form::list;
      const bool allows =
          of_items ? std::ranges::all_of(*items, [&](const Value& v) { return isTrue(*allowed, v, session); })
                   : isTrue(*allowed, item, session);
      if (!allows) return false;
    }
    const auto* context = item.asContext();
    return !context || std::ranges::all_of(components, [&](const auto& component) {
      const auto* member = context->find(component.first);
      return !member || !component.second || component.second->admits(*member, session);
    });
  };
  const auto* list = is_collection ? value.asList() : nullptr;
  return list ? std::ranges::all_of(*list, admitsItem) : admitsItem(value);
}

TypeTable::TypeTable(std::span<const std::unique_ptr<const source::Definitions>> files,
                     std::vector<Problem>& problems)
    : files_(files), entries_(files.size()), names_(files.size()) {
  for (std::size_t file = 0; file < files.size(); ++file) {
    for (const auto& item : files[file]->types) {
      const auto [at, is_new] = entries_[file].emplace(item.name, Entry{&item});
      if (is_new) continue;
      problems.push_back({ProblemKind::invalid,
                          "dmn.duplicate-type",
                          {fmt::format("类型“{}”重复定义", item.name),
                           fmt::format("the type \"{}\" is defined twice", item.name)},
                          describePlace(files[file]->file, item.place),
                          {},
                          {}});
    }
  }
  for (std::size_t file = 0; file < files.size(); ++file) {
    for (auto& [name, entry] : entries_[file]) names_[file][name] = define(file, entry, problems)->type;
  }
  // Types of imports are known as "import name.type name" (or plainly, for an import without a name).
  const auto own = names_;
  for (std::size_t file = 0; file < files.size(); ++file) {
    for (const auto& import : files[file]->imports) {
      for (std::size_t other = 0; other < files.size(); ++other) {
        if (files[other]->namespace_uri != import.namespace_uri) continue;
        for (const auto& [name, type] : own[other]) {
          names_[file].emplace(import.name.empty() ? name : import.name + "." + name, type);
        }
      }
    }
  }
}

const ItemType* TypeTable::builtin(std::string_view name) {
  const auto alias = std::ranges::find(other_names, name, [](const auto& pair) { return pair.first; });
  if (alias != std::end(other_names)) name = alias->second;
  auto type = Type::named(name);
  if (!type) return nullptr;
  auto& made = builtins_[std::string(name)];
  if (!made) {
    made = std::make_unique<ItemType>();
    made->name = name;
    made->type = *type;
  }
  return made.get();
}

std::pair<std::size_t, std::string> TypeTable::resolve(std::size_t file, const std::string& reference) const {
  const auto& definitions = *files_[file];
  if (entries_[file].contains(reference)) return {file, reference};
  const auto fileOf = [&](std::string_view uri) {
    return static_cast<std::size_t>(
        std::ranges::find(files_, uri, [](const auto& f) -> std::string_view { return f->namespace_uri; }) -
        files_.begin());
  };
  if (const auto colon = reference.find(':'); colon != std::string::npos) {
    const auto prefix = reference.substr(0, colon);
    const auto rest = reference.substr(colon + 1);
    for (const auto& [name, uri] : definitions.prefixes) {
      if (name != prefix) continue;
      const auto other = fileOf(uri);
      return {other, rest};
    }
    if (prefix == "feel") return {files_.size(), rest};
    return {file, rest};
  }
  for (const auto& import : definitions.imports) {
    const auto other = fileOf(import.namespace_uri);
    if (other == files_.size()) continue;
    if (!import.name.empty() && reference.starts_with(import.name) && reference.size() > import.name.size() &&
        reference[import.name.size()] == '.') {
      return {other, reference.substr(import.name.size() + 1)};
    }
    if (import.name.empty() && entries_[other].contains(reference)) return {other, reference};
  }
  return {files_.size(), reference};
}

const ItemType* TypeTable::find(std::size_t file, const std::string& written, const source::Place& place,
                                std::vector<Problem>& problems) {
  const auto reference = normalizedRef(written);
  if (reference.empty()) return nullptr;
  const auto [owner, name] = resolve(file, reference);
  if (owner < files_.size()) {
    if (const auto at = entries_[owner].find(name); at != entries_[owner].end())
      return define(owner, at->second, problems);
  }
  if (const auto* type = builtin(name)) return type->type.isAny() ? nullptr : type;
  problems.push_back(
      {ProblemKind::invalid,
       "dmn.unknown-type",
       {fmt::format("没有类型“{}”", reference), fmt::format("there is no type \"{}\"", reference)},
       describePlace(files_[file]->file, place),
       {},
       {}});
  return nullptr;
}

ItemType* TypeTable::define(std::size_t file, Entry& entry, std::vector<Problem>& problems) {
  if (entry.state != Entry::State::waiting) return entry.type;
  entry.state = Entry::State::building;
  storage_.push_back(std::make_unique<ItemType>());
  entry.type = storage_.back().get();
  entry.type->name = entry.source->name;
  entry.type->is_plain = false;  // until it is known; a type that refers to itself stays so
  fill(file, *entry.source, *entry.type, problems);
  entry.state = Entry::State::done;
  return entry.type;
}

void TypeTable::fill(std::size_t file, const source::ItemDefinition& source, ItemType& type,
                     std::vector<Problem>& problems) {
  type.is_collection = source.is_collection;
  bool is_plain = !source.allowed && !source.constraint;
  Type item;
  const auto refuseType = [&](const char* code, Text title) {
    problems.push_back({ProblemKind::invalid,
                        code,
                        std::move(title),
                        describePlace(files_[file]->file, source.place),
                        {},
                        {}});
  };
  ++depth_;
  if (depth_ > max_type_depth) {
    refuseType("dmn.too-deep", {"类型引用过深", "types refer to each other too deeply"});
  } else if (source.is_function) {
    std::vector<Type> parameters;
    const auto partOf = [&](const std::string& reference, const source::Place& place) {
      const auto* part = find(file, reference, place, problems);
      if (part) type.weight = std::min(type.weight + part->weight, max_type_weight + 1);
      return feelType(part);
    };
    for (const auto& parameter : source.parameters)
      parameters.push_back(partOf(parameter.type_ref, parameter.place));
    item = Type::function(std::move(parameters), partOf(source.output_type_ref, source.place));
  } else if (!source.components.empty()) {
    std::vector<Type::Member> members;
    for (const auto& component : source.components) {
      storage_.push_back(std::make_unique<ItemType>());
      auto& part = *storage_.back();
      part.name = component.name;
      fill(file, component, part, problems);
      is_plain = is_plain && part.is_plain;
      type.weight = std::min(type.weight + part.weight, max_type_weight + 1);
      members.push_back({component.name, part.type});
      type.components.emplace_back(component.name, &part);
    }
    item = Type::context(std::move(members));
  } else if (const auto* base = find(file, source.type_ref, source.place, problems)) {
    type.base = base;
    item = base->type;
    is_plain = is_plain && base->is_plain;
    type.weight = base->weight;
  }
  --depth_;
  if (type.weight > max_type_weight) {
    refuseType("dmn.too-large", {"类型过大", "the type is too large"});
    item = Type::context({});
    type.weight = 1;
  }
  type.type = source.is_collection ? Type::list(item) : item;
  if (source.allowed) {
    const bool of_items = !source.is_collection && item.form() == Type::Form::list;
    type.allowed = compile(file, *source.allowed, of_items ? item.element() : item, problems);
  }
  if (source.constraint) type.constraint = compile(file, *source.constraint, type.type, problems);
  type.is_plain = is_plain;
}

std::optional<feel::Expression> TypeTable::compile(std::size_t file, const source::Cell& cell,
                                                   const Type& tested, std::vector<Problem>& problems) {
  feel::Environment environment;
  environment.tested = tested;
  auto compiled = cell.is_feel ? feel::Expression::compileUnaryTestsIn(cell.text, environment)
                               : refuse(ProblemKind::invalid, "dmn.language",
                                        {"不是 FEEL 表达式", "not a FEEL expression"});
  if (compiled) return *std::move(compiled);
  auto problem = std::move(compiled).error();
  problem.where = describePlaceIn(files_[file]->file, cell.place, problem.where);
  problems.push_back(std::move(problem));
  return {};
}

}  // namespace jinyue::dmn
