// A registry over a fresh store of either kind, with keys of its own and a clock that the test moves.
#pragma once

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "ledger/head.h"
#include "registry/import.h"
#include "registry/registry.h"
#include "store/store.h"
#include "support/stores.h"

namespace jinyue::registry {

using feel::Value;
using testing_support::StoreKind;
using testing_support::StorePlace;

inline Value json(std::string_view text) {
  auto value = fromJson<Value>(text);
  if (!value) throw std::runtime_error(describe(value.error()));
  return *std::move(value);
}

inline Date day(std::string_view text) { return *parseDate(text); }

inline std::string codeOf(const auto& result) { return result ? std::string{} : result.error().code; }
/// "where code" of the causes.
inline std::vector<std::string> causesOf(const auto& result) {
  std::vector<std::string> out;
  if (result) return out;
  for (const Problem& cause : result.error().causes) out.push_back(cause.where + " " + cause.code);
  return out;
}

inline std::string fileText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("can't read " + path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline Change put(std::string_view entry, std::string_view from, std::string_view to = "") {
  Change change;
  change.period.from = day(from);
  if (!to.empty()) change.period.to = day(to);
  change.entry = json(entry);
  return change;
}

class RegistryTest : public testing::TestWithParam<StoreKind> {
 protected:
  RegistryTest() : place(GetParam()) {
    openStore();
    if (!ledger::Vault::create(place.folder() + "/vault.json")) throw std::runtime_error("no vault");
    registry = another();
  }

  void openStore() {
    store::StoreOptions options;
    options.signer =
        std::make_shared<ledger::Signer>(ledger::Signer::generate(ledger::SignatureAlgorithm::ed25519));
    auto opened = store::open(place.address(), options);
    if (!opened) throw std::runtime_error(describe(opened.error()));
    store = *std::move(opened);
  }

  /// What a second node would have.
  std::unique_ptr<Registry> another(std::size_t cached = 1000) {
    RegistryOptions options;
    options.now = [this] { return now; };
    options.cached_entries = cached;
    return std::make_unique<Registry>(
        *store, ledger::PersonalDigester(ledger::HashAlgorithm::sha256, std::string(32, 'k')),
        *ledger::Vault::load(place.folder() + "/vault.json"), options);
  }

  static RegistryActor proposer() { return {"account:1", {"registrar"}}; }
  static RegistryActor chief() { return {"account:2", {"registrar-chief"}}; }

  RegisterPtr declare(std::string_view text) {
    auto declaration = fromJson<Declaration>(text);
    if (!declaration) throw std::runtime_error(describe(declaration.error()));
    auto declared = registry->declare(*declaration, {"account:9", {}});
    if (!declared) throw std::runtime_error(describe(declared.error()));
    return *declared;
  }

  Result<Proposal> change(std::vector<Change> changes, std::string_view name = "shops") {
    const auto proposed = registry->propose(name, changes, "test", proposer());
    if (!proposed) return proposed;
    if (auto approved = registry->approve(proposed->id, chief()); !approved) return approved;
    return registry->publish(proposed->id, chief());
  }

  Change retire(std::string key, std::string_view last_day) {
    Change out;
    out.kind = ChangeKind::retire;
    out.key = std::move(key);
    out.period.to = day(last_day);
    return out;
  }

  /// The name of a shop on a day; empty when there is none.
  std::string nameOn(std::string_view date, std::string_view key = "a") {
    const auto found = registry->entry("shops", key, day(date));
    return found ? std::string{found->body.context().find("name")->string()} : "";
  }

  Instant now = *parseInstant("2026-11-22T04:00:00Z");
  StorePlace place;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<Registry> registry;
};

constexpr std::string_view shops = R"({
  "id": "shops", "title": {"zh": "店铺", "en": "Shops"}, "key": ["code"],
  "schema": {"type": "object", "additionalProperties": false, "required": ["code", "name"], "properties": {
    "code": {"type": "string", "title": "编码", "title:en": "Code", "pattern": "^[a-z0-9|-]+$"},
    "name": {"type": "string", "title": "名称", "title:en": "Name", "minLength": 1, "maxLength": 50},
    "kind": {"type": "string", "title": "类别", "title:en": "Kind", "enum": ["food", "books"],
             "enum:titles": {"food": {"zh": "食品", "en": "food"}, "books": {"zh": "图书", "en": "books"}}},
    "area": {"type": "string", "title": "地区", "title:en": "Area", "format": "region"},
    "opened": {"type": "string", "title": "开业日期", "title:en": "Opened on", "format": "date"},
    "staff": {"type": "integer", "title": "人数", "title:en": "Staff", "minimum": 0},
    "fee": {"type": "number", "title": "费用", "title:en": "Fee"},
    "tags": {"type": "array", "title": "标签", "title:en": "Tags", "items": {"type": "string"}},
    "owner": {"type": "string", "title": "经营者", "title:en": "Owner"},
    "phone": {"type": "string", "title": "电话", "title:en": "Telephone", "format": "phone"},
    "parent": {"type": "string", "title": "总店", "title:en": "Main shop", "register": "shops"}}},
  "personal": [{"field": "owner", "kind": "name"}, {"field": "phone", "kind": "phone"}],
  "roles": {"propose": ["registrar"], "approve": ["registrar-chief"], "publish": ["registrar-chief"]},
  "disclosure": {"fields": ["code", "name", "kind"], "entries": "kind = \"books\""},
  "filters": ["kind", "area", "phone"], "names": ["name"], "area": "area"
})";

}  // namespace jinyue::registry

#define JINYUE_REGISTRY_ON_BOTH_STORES(Suite)                                                             \
  INSTANTIATE_TEST_SUITE_P(                                                                               \
      , Suite, testing::Values(testing_support::StoreKind::sqlite, testing_support::StoreKind::postgres), \
      testing_support::nameOfStore)
