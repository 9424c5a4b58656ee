// Types of a model: the item definitions of its files with their allowed values.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dmn/source.h"
#include "feel/feel.h"

namespace jinyue::dmn {

/// A type, and what it allows beyond its FEEL type.
struct ItemType {
  std::string name;
  feel::Type type;
  bool is_collection = false;
  const ItemType* base = nullptr;              ///< the type it refers to
  std::optional<feel::Expression> allowed;     ///< of each item
  std::optional<feel::Expression> constraint;  ///< of the whole
  std::vector<std::pair<std::string, const ItemType*>> components;
  bool is_plain = true;      ///< no constraint anywhere in it
  std::uint32_t weight = 1;  ///< types in it, counted as a tree

  /// Whether a value of the FEEL type keeps to all constraints.
  bool admits(const feel::Value& value, feel::Session& session) const;
};

/// All types of all files.
class TypeTable {
 public:
  /// What is wrong is appended to problems.
  TypeTable(std::span<const std::unique_ptr<const source::Definitions>> files,
            std::vector<Problem>& problems);

  /// The type that a reference means in a file; null for one that allows everything (also: no reference), or
  /// when there is no such type (noted in problems).
  const ItemType* find(std::size_t file, const std::string& reference, const source::Place& place,
                       std::vector<Problem>& problems);
  /// The names under which a file's expressions know types.
  const std::map<std::string, feel::Type, std::less<>>& namesOf(std::size_t file) const {
    return names_[file];
  }
  /// What FEEL knows of the type; Any without one.
  static feel::Type feelType(const ItemType* type) { return type ? type->type : feel::Type{}; }

 private:
  struct Entry {
    const source::ItemDefinition* source = nullptr;
    ItemType* type = nullptr;
    enum class State { waiting, building, done } state = State::waiting;
  };
  const ItemType* builtin(std::string_view name);
  ItemType* define(std::size_t file, Entry& entry, std::vector<Problem>& problems);
  void fill(std::size_t file, const source::ItemDefinition& source, ItemType& type,
            std::vector<Problem>& problems);
  std::optional<feel::Expression> compile(std::size_t file, const source::Cell& cell,
                                          const feel::Type& tested, std::vector<Problem>& problems);
  std::pair<std::size_t, std::string> resolve(std::size_t file, const std::string& reference) const;

  std::span<const std::unique_ptr<const source::Definitions>> files_;
  std::vector<std::map<std::string, Entry, std::less<>>> entries_;
  std::vector<std::map<std::string, feel::Type, std::less<>>> names_;
  std::map<std::string, std::unique_ptr<ItemType>, std::less<>> builtins_;
  std::vector<std::unique_ptr<ItemType>> storage_;
  int depth_ = 0;  ///< types that are being defined for each other
};

}  // namespace jinyue::dmn
