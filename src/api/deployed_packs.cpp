#include "api/deployed_packs.h"

#include <map>
#include <set>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace jinyue::api {

namespace {

void addRoles(const packs::Pack& pack, std::vector<identity::Role>& roles) {
  for (const packs::Role& declared : pack.roles) {
    identity::Role role{declared.id, declared.title, {}, declared.exclusive_with};
    for (const std::string& word : declared.permissions) {
      if (const auto permission = identity::permissionOf(word)) role.permissions.push_back(*permission);
    }
    roles.push_back(std::move(role));
  }
}

}  // namespace

bool DeployedPacks::readList() {
  bool news = false;
  for (const store::DefinitionRow& row : store_.listDefinitions())
    news = known_.try_emplace(row.id, Known{row.name, row.version, row.at}).second || news;
  listed_ = true;
  return news;
}

DeployedPacks::PackPtr DeployedPacks::of(std::int64_t definition) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = packs_.find(definition); found != packs_.end()) return found->second;
  }
  auto read = packs::packOf(store_, definition);
  if (!read)
    throw store::StoreFault(
        fmt::format("definition {} can't be read: {}", definition, describe(read.error())));
  const std::lock_guard lock(mutex_);
  return packs_.try_emplace(definition, std::make_shared<const packs::Pack>(std::move(*read))).first->second;
}

std::string DeployedPacks::nameOf(std::int64_t definition) {
  const std::lock_guard lock(mutex_);
  if (!known_.contains(definition)) readList();
  const auto found = known_.find(definition);
  return found == known_.end() ? std::string{} : found->second.name;
}

std::optional<DeployedPacks::Version> DeployedPacks::newest(std::string_view name) {
  // Without the source: it may be long, and the pack is in memory most of the time.
  const auto rows = store_.query(store::statement(
      "SELECT id, version, at FROM definitions WHERE name = $1 ORDER BY version DESC LIMIT 1", name));
  if (rows.empty()) return std::nullopt;
  const store::SqlRow& row = rows.front();
  return Version{row.integer(0), row.integer(1), row.instant(2), of(row.integer(0))};
}

std::vector<DeployedPacks::Version> DeployedPacks::all() {
  std::map<std::string, Version> by_name;
  {
    const std::lock_guard lock(mutex_);
    if (!listed_) readList();
    for (const auto& [id, known] : known_) {
      Version& newest = by_name[known.name];
      if (known.version > newest.version) newest = {id, known.version, known.deployed, nullptr};
    }
  }
  std::vector<Version> versions;
  for (auto& [name, version] : by_name) {
    version.pack = of(version.definition);
    versions.push_back(std::move(version));
  }
  return versions;
}

std::vector<std::string> DeployedPacks::processesOf(std::string_view name) {
  std::vector<std::int64_t> ids;
  {
    const std::lock_guard lock(mutex_);
    if (!listed_) readList();
    for (const auto& [id, known] : known_) {
      if (known.name == name) ids.push_back(id);
    }
  }
  std::set<std::string> processes;
  for (const std::int64_t id : ids) {
    const auto definition = definitions_.find(id);
    if (!definition) throw store::StoreFault(describe(definition.error()));
    const bpmn::Model& model = *(*definition)->model;
    for (const bpmn::Index process : model.processes()) processes.insert(model.node(process).id);
  }
  return {processes.begin(), processes.end()};
}

std::shared_ptr<const identity::RoleBook> DeployedPacks::roleBook() {
  {
    const std::lock_guard lock(mutex_);
    if (book_) return book_;
  }
  std::vector<identity::Role> roles;
  for (const Version& version : all()) addRoles(*version.pack, roles);
  auto book = identity::RoleBook::of(roles);
  if (!book) {  // deployed by a program that did not look: the built-in roles must still work
    spdlog::error("roles: {}", describe(book.error()));
    book = identity::RoleBook{};
  }
  const std::lock_guard lock(mutex_);
  book_ = std::make_shared<const identity::RoleBook>(std::move(*book));
  return book_;
}

Result<identity::RoleBook> DeployedPacks::rolesWith(const packs::Pack& pack) {
  std::vector<identity::Role> roles;
  addRoles(pack, roles);
  for (const Version& version : all()) {
    if (version.pack->manifest.id != pack.manifest.id) addRoles(*version.pack, roles);
  }
  return identity::RoleBook::of(roles);
}

void DeployedPacks::refresh() {
  const std::lock_guard lock(mutex_);
  if (readList()) book_.reset();
}

}  // namespace jinyue::api
