#include "feel/names.h"

namespace jinyue::feel {

void KnownNames::add(std::string_view name) {
  auto parts = partsOfName(name);
  if (parts.size() < 2) return;
  std::string first = parts.front();
  order_.push_back(entries_.emplace(std::move(first), Entry{std::move(parts), std::string{name}}));
}

void KnownNames::addMembers(const Type& type) { addMembers(type, 0); }

void KnownNames::addMembers(const Type& type, int depth) {
  constexpr int deepest = 20;
  if (depth > deepest) return;
  for (const Type::Member& member : type.members()) {
    add(member.name);
    addMembers(member.type, depth + 1);
  }
  if (type.form() == Type::Form::list || type.form() == Type::Form::range)
    addMembers(type.element(), depth + 1);
  if (type.hasSignature()) addMembers(type.result(), depth + 1);
}

void KnownNames::cutTo(std::size_t mark) {
  while (order_.size() > mark) {
    entries_.erase(order_.back());
    order_.pop_back();
  }
}

KnownNames::Match KnownNames::longest(const Lexer& lexer, const Token& first) const {
  Match best;
  const auto [begin, end] = entries_.equal_range(first.text);
  for (auto entry = begin; entry != end; ++entry) {
    const std::vector<std::string>& parts = entry->second.parts;
    work_ += 1;
    if (parts.size() <= best.parts) continue;
    Token token = first;
    std::size_t matched = 1;
    while (matched < parts.size()) {
      token = lexer.next(token.end);
      // "**" is one token for the lexer and two parts of a name; ".." likewise.
      std::string_view rest = token.text;
      if (token.kind == TokenKind::number) {
        // "2.1" is one token for the lexer and three parts of a name.
        while (matched < parts.size() && !rest.empty() && rest.starts_with(parts[matched]))
          rest.remove_prefix(parts[matched++].size());
        if (!rest.empty()) break;
        continue;
      }
      if (token.kind != TokenKind::word && token.kind != TokenKind::symbol) break;
      if (token.kind == TokenKind::word) {
        if (rest != parts[matched]) break;
        ++matched;
        continue;
      }
      bool good = true;
      for (; good && !rest.empty() && matched < parts.size(); rest.remove_prefix(1)) {
        good = parts[matched] == rest.substr(0, 1);
        if (good) ++matched;
      }
      if (!good || !rest.empty()) break;
    }
    if (matched == parts.size()) best = {entry->second.name, token.end, parts.size()};
  }
  return best;
}

}  // namespace jinyue::feel
