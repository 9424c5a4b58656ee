#include "api/deployment.h"

#include <algorithm>

#include "casework/deploy.h"
#include "notify/notice_texts.h"
#include "packs/check.h"
#include "packs/lenient_json.h"
#include "registry/import.h"

namespace jinyue::api {
namespace {

std::vector<packs::Pack> deployedPacks(DeployedPacks& deployed) {
  std::vector<packs::Pack> all;
  for (const DeployedPacks::Version& version : deployed.all()) all.push_back(*version.pack);
  return all;
}

Problem invalidPack(const std::vector<packs::Finding>& findings) {
  Problem problem{ProblemKind::invalid,
                  "pack.invalid",
                  {"系统包有误，未部署", "the pack has errors; nothing was deployed"},
                  {},
                  {},
                  {}};
  for (const packs::Finding& finding : findings) {
    if (finding.severity != packs::Severity::error) continue;
    problem.causes.push_back({ProblemKind::invalid,
                              finding.code,
                              finding.title,
                              fmt::format("{}:{}{}{}", finding.file, finding.line,
                                          finding.place.empty() ? "" : " ", finding.place),
                              finding.mend,
                              {}});
  }
  return problem;
}

/// A place in notices.json is "FILE:POINTER"; findings keep the two apart.
void keepPointer(Problem& problem) {
  problem.where.erase(0, std::min(problem.where.find(':') + 1, problem.where.size()));
  for (Problem& cause : problem.causes) keepPointer(cause);
}

/// The registers, each after those whose entries its own refer to.
std::vector<packs::PackRegister> inOrder(std::vector<packs::PackRegister> left) {
  std::vector<packs::PackRegister> ordered;
  while (!left.empty()) {
    auto next = std::ranges::find_if(left, [&left](const packs::PackRegister& each) {
      const auto& refers = each.declaration->schema().registers();
      return std::ranges::none_of(left, [&](const packs::PackRegister& other) {
        return other.id != each.id && std::ranges::find(refers, other.id) != refers.end();
      });
    });
    if (next == left.end()) next = left.begin();  // they refer to each other
    ordered.push_back(std::move(*next));
    left.erase(next);
  }
  return ordered;
}

/// The entries that a register's declaration names as its first ones.
Result<int> seed(const DeploymentRooms& rooms, const packs::Pack& pack, const packs::PackRegister& declared,
                 const registry::Register& reg, const registry::RegistryActor& actor) {
  if (!reg.declaration().seeds) return 0;
  const std::string path = declared.path.substr(0, declared.path.rfind('/') + 1) + *reg.declaration().seeds;
  const packs::PackFile* file = pack.file(path);
  if (!file) {
    return refuse(ProblemKind::invalid, "register.no-seeds",
                  {"找不到初始条目文件", "the file of first entries is missing"}, path);
  }
  auto changes = registry::readSeeds(reg, file->text);
  if (!changes) {
    changes.error().where = path;
    return std::unexpected(std::move(changes).error());
  }
  return rooms.registry.seed(reg.name(), *changes, actor);
}

}  // namespace

std::vector<packs::Finding> findingsOf(const packs::PackReading& reading,
                                       std::span<const packs::Pack> others) {
  packs::Findings findings;
  for (packs::Finding& each : packs::check(reading, others)) findings.add(std::move(each));
  const packs::PackFile* file = reading.pack.file("notices.json");
  if (file == nullptr) return std::move(findings).take();
  if (auto read = notify::NoticeTexts::read(file->text, file->path); !read) {
    keepPointer(read.error());
    packs::noteProblems(read.error(), file->path, file->text, findings);
  }
  return std::move(findings).take();
}

Result<DeploymentCheck> checkDeployment(const DeploymentRooms& rooms, const packs::PackReading& reading,
                                        Instant now) {
  DeploymentCheck check;
  const packs::Pack& pack = reading.pack;
  check.findings = findingsOf(reading, deployedPacks(rooms.packs));
  if (packs::hasErrors(check.findings)) return check;
  if (auto fits = rooms.definitions.checkHere(packs::toDeployment(pack)); !fits)
    return std::unexpected(std::move(fits).error());
  const auto before = rooms.packs.newest(pack.manifest.id);
  if (!before) return check;
  check.changes = packs::differenceBetween(*before->pack, pack);
  check.is_new = !check.changes.empty();
  const auto definition = rooms.definitions.find(before->definition);
  if (!definition) return std::unexpected(definition.error());
  const auto preview =
      packs::previewMigration(rooms.store, rooms.engine.seal(), rooms.definitions, **definition, pack, now);
  if (!preview) return std::unexpected(preview.error());
  check.running = preview->running;
  check.stuck = static_cast<std::int64_t>(preview->stuck.size());
  return check;
}

Result<Deployed> deployPack(const DeploymentRooms& rooms, const packs::PackReading& reading,
                            std::string_view actor, Instant now) {
  auto check = checkDeployment(rooms, reading, now);
  if (!check) return std::unexpected(std::move(check).error());
  if (packs::hasErrors(check->findings)) return std::unexpected(invalidPack(check->findings));
  return putIntoEffect(rooms, reading.pack, actor, now);
}

Result<Deployed> putIntoEffect(const DeploymentRooms& rooms, const packs::Pack& pack, std::string_view actor,
                               Instant now) {
  if (auto roles = rooms.packs.rolesWith(pack); !roles) return std::unexpected(std::move(roles).error());
  Deployed deployed;
  deployed.pack = pack.manifest.id;
  const registry::RegistryActor by{std::string{actor}, {}};
  for (const packs::PackRegister& declared : inOrder(pack.registers)) {
    const auto reg = rooms.registry.declare(declared.declaration->declaration(), by);
    if (!reg) return std::unexpected(reg.error());
    const auto added = seed(rooms, pack, declared, **reg, by);
    if (!added) return std::unexpected(added.error());
    deployed.entries += *added;
  }
  const auto newest = rooms.packs.newest(pack.manifest.id);
  // Last: what a new process looks up is there when its first case starts.
  if (!newest || !packs::differenceBetween(*newest->pack, pack).empty()) {
    const auto definition = casework::deploy(rooms.definitions, rooms.engine, packs::toDeployment(pack), now);
    if (!definition) return std::unexpected(definition.error());
    deployed.definition = (*definition)->id;
    deployed.version = (*definition)->version;
    deployed.is_new = true;
    rooms.packs.refresh();
    rooms.facts.refresh();
  } else {
    deployed.definition = newest->definition;
    deployed.version = newest->version;
  }
  return deployed;
}

}  // namespace jinyue::api
