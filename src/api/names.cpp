#include "api/names.h"

#include <charconv>

namespace jinyue::api {
namespace {

constexpr std::chrono::minutes names_kept{1};
constexpr std::size_t most_names = 5'000;

std::string textIn(const feel::Context& entry, std::string_view member) {
  const feel::Value* value = entry.find(member);
  const auto text = value ? value->asString() : std::nullopt;
  return std::string{text.value_or("")};
}

/// Both names of an entry; in place of those that it has not, the ones given.
Text namesIn(const feel::Value& entry, Text text) {
  const feel::Context* members = entry.asContext();
  if (members == nullptr) return text;
  if (std::string zh = textIn(*members, "name"); !zh.empty()) text = {zh, zh};
  if (std::string en = textIn(*members, "name_en"); !en.empty()) text.en = std::move(en);
  return text;
}

}  // namespace

std::optional<Text> NameBook::unitCalled(const std::string& name, Instant now) {
  store::PageRequest page{.limit = 1000, .after = {}};
  while (true) {
    const auto entries = registry_.list("units", {dateOf(now)}, page);
    if (!entries) return std::nullopt;  // a city without the register
    for (const registry::EntryVersion& each : entries->rows) {
      Text names = namesIn(each.body, {});
      if (names.zh == name) return names;
    }
    if (entries->next.empty()) return std::nullopt;
    page.after = entries->next;
  }
}

Text NameBook::nameOf(const std::string& name, const std::string& key, Instant now) {
  if (key.empty()) return {};
  const std::pair<std::string, std::string> place{name, key};
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(place);
    if (found != known_.end() && now < found->second.until && now + names_kept >= found->second.until)
      return found->second.name;
  }
  const feel::Value entry = registry_.lookup(name, feel::Value(key), dateOf(now));
  Text text = namesIn(entry, {key, key});
  if (name == "units" && entry.isNull()) text = unitCalled(key, now).value_or(std::move(text));
  const std::lock_guard lock(mutex_);
  if (known_.size() >= most_names) known_.clear();
  known_[place] = {text, now + names_kept};
  return text;
}

Text roleTitle(const identity::RoleBook& roles, const std::string& id) {
  if (id.empty()) return {};
  const identity::Role* role = roles.find(id);
  return role ? role->title : Text{id, id};
}

std::optional<identity::AccountId> accountIn(std::string_view actor) {
  constexpr std::string_view prefix = "account:";
  if (!actor.starts_with(prefix)) return std::nullopt;
  identity::AccountId id = 0;
  const char* end = actor.data() + actor.size();
  const auto [rest, error] = std::from_chars(actor.data() + prefix.size(), end, id);
  if (error != std::errc{} || rest != end) return std::nullopt;
  return id;
}

ActorNames actorNames(const identity::Accounts& accounts, const identity::Caller& caller,
                      const std::set<std::string>& actors) {
  std::vector<identity::AccountId> ids;
  for (const std::string& actor : actors) {
    if (const auto id = accountIn(actor)) ids.push_back(*id);
  }
  ActorNames names;
  for (identity::Person& person : accounts.people(caller, ids)) {
    if (!person.name.empty()) names.emplace("account:" + std::to_string(person.id), std::move(person.name));
  }
  return names;
}

std::string nameIn(const ActorNames& names, std::string_view actor) {
  const auto found = names.find(actor);
  return found == names.end() ? std::string{} : found->second;
}

}  // namespace jinyue::api
