// How the content of a register changes: proposed, approved by another person, published.
#include <algorithm>

#include <fmt/format.h>

#include "ledger/hash.h"
#include "registry/contains.h"
#include "registry/publication.h"
#include "registry/rows.h"

namespace jinyue::registry {

using feel::Kind;
using feel::Value;
using store::Batch;

namespace {

constexpr std::size_t most_causes = 200;

struct ProposalRecord {
  std::string register_name;
  std::string title;
  std::int64_t size = 0;
  std::string content;  ///< SHA-256 of the changes, so that what is approved is what was proposed
};
BOOST_DESCRIBE_STRUCT(ProposalRecord, (), (register_name, title, size, content))

struct DecisionRecord {
  std::string register_name;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(DecisionRecord, (), (register_name, reason))

std::unexpected<Problem> tooBusy() {
  return refuse(ProblemKind::conflict, "register.busy",
                {"登记册正在被他人修改，请重试", "others are changing the register; try again"});
}

bool hasRole(const RegistryActor& actor, const std::vector<std::string>& roles) {
  return std::ranges::any_of(actor.roles, [&](const std::string& role) { return contains(roles, role); });
}

Result<void> needRole(const RegistryActor& actor, const std::vector<std::string>& roles, const Text& what) {
  if (hasRole(actor, roles)) return {};
  return refuse(ProblemKind::forbidden, "register.role",
                {fmt::format("没有{}这个登记册的角色", what.zh),
                 fmt::format("no role that may {} in this register", what.en)});
}

/// Several problems as one; a single one keeps its kind.
Problem together(std::vector<Problem> causes) {
  Problem problem{causes.front().kind,
                  "register.changes",
                  {"有的变更不能接受", "some of the changes can't be accepted"},
                  {},
                  {},
                  {}};
  if (causes.size() > most_causes) {
    problem.detail = {fmt::format("只列出前 {} 项，共 {} 项", most_causes, causes.size()),
                      fmt::format("the first {} of {} are listed", most_causes, causes.size())};
    causes.resize(most_causes);
  }
  problem.causes = std::move(causes);
  return problem;
}

Problem placedAt(Problem problem, std::size_t index) {
  problem.where = fmt::format("/changes/{}{}", index, problem.where);
  return problem;
}

/// Placement alone, as publication will do it.
Result<Placement> place(const Draft& draft, std::span<const Span> spans) {
  if (draft.kind == ChangeKind::put) return placeNew(spans, draft.period);
  if (draft.kind == ChangeKind::correct) return placeCorrection(spans, draft.of_number, draft.period);
  return placeEnd(spans, draft.period.to);
}

}  // namespace

Draft Registry::draftFrom(const Register& reg, const Change& change, std::size_t index,
                          const std::unordered_map<std::string, Known>& known,
                          const std::unordered_map<std::string, std::size_t>& keys,
                          std::vector<Problem>& causes) {
  Draft draft;
  draft.number = static_cast<std::int64_t>(index) + 1;
  draft.kind = change.kind;
  draft.key = change.key;
  draft.of_number = change.number;
  draft.period = change.period;
  draft.body = feel::Context{};
  const std::size_t before = causes.size();
  if (change.kind != ChangeKind::retire) {
    const Value entry = Schema::plain(change.entry);
    SchemaSurroundings outside = surroundings(change.period.from);
    outside.has_entry = [&, ask = std::move(outside.has_entry)](std::string_view name, std::string_view key) {
      // Entries that come together may refer to each other.
      return (name == reg.name() && keys.contains(std::string{key})) || ask(name, key);
    };
    for (const Finding& finding : reg.schema().check(entry, outside)) {
      causes.push_back({ProblemKind::invalid,
                        finding.code,
                        finding.text,
                        fmt::format("/changes/{}/entry{}", index, finding.pointer),
                        {},
                        {}});
    }
    if (causes.size() == before) {
      draft.key = reg.keyOf(entry);
      auto [open_part, personal] = reg.split(entry);
      draft.body = std::move(open_part);
      if (!personal.context().empty())
        draft.sealed = vault_.seal(toJson(personal), fmt::format("register/{}/{}", reg.name(), draft.key));
      if (change.kind == ChangeKind::correct && draft.key != change.key)
        causes.push_back({ProblemKind::invalid,
                          "register.key-changed",
                          {"更正不能改主键", "a correction can't change the key"},
                          fmt::format("/changes/{}/entry", index),
                          {},
                          {}});
    }
  }
  if (causes.size() == before) {
    const auto found = known.find(draft.key);
    const std::vector<Span> spans = found == known.end() ? std::vector<Span>{} : found->second.spans();
    draft.base = found == known.end() ? 0 : found->second.version;
    if (const auto placed = place(draft, spans); !placed) causes.push_back(placedAt(placed.error(), index));
  }
  return draft;
}

Result<Proposal> Registry::propose(std::string_view name, std::span<const Change> changes, std::string title,
                                   const RegistryActor& actor) {
  const auto loaded = load(name);
  if (!loaded) return std::unexpected(find(name).error());
  const Register& reg = *loaded->compiled;
  if (auto allowed = needRole(actor, reg.roles().propose, {"提出变更", "propose changes"}); !allowed)
    return std::unexpected(allowed.error());
  if (changes.empty())
    return refuse(ProblemKind::invalid, "register.empty", {"没有变更", "there is no change"}, "/changes");

  std::vector<Problem> causes;
  std::unordered_map<std::string, std::size_t> places;
  std::vector<std::string> keys;
  for (std::size_t index = 0; index < changes.size(); ++index) {
    const Change& change = changes[index];
    std::string key = change.kind == ChangeKind::put ? reg.keyOf(Schema::plain(change.entry)) : change.key;
    if (!places.emplace(key, index).second) {
      causes.push_back({ProblemKind::invalid,
                        "register.twice",
                        {fmt::format("“{}”出现了两次", key), fmt::format("“{}” is there twice", key)},
                        fmt::format("/changes/{}", index),
                        {},
                        {}});
    }
    keys.push_back(std::move(key));
  }
  const auto known_entries = known(name, keys);
  Batch batch;
  Proposal proposal;
  proposal.id = store_.reserveCaseIds(1);
  std::string content;
  for (std::size_t index = 0; index < changes.size(); ++index) {
    Draft draft = draftFrom(reg, changes[index], index, known_entries, places, causes);
    if (!causes.empty()) {
      if (causes.size() > most_causes) break;
      continue;
    }
    draft.proposal = proposal.id;
    fmt::format_to(std::back_inserter(content), "{} {} {} {} {} {}", static_cast<int>(draft.kind),
                   draft.of_number, dayNumber(draft.period.from), dayNumber(draft.period.to), draft.key,
                   toJson(draft.body));
    if (!draft.sealed.empty())
      content += digester_.digest(proposal.id, toJson(reg.split(Schema::plain(changes[index].entry)).second));
    content += '\n';
    batch.statements.push_back(insertDraft(draft));
  }
  if (!causes.empty()) return std::unexpected(together(std::move(causes)));
  proposal.register_name = name;
  proposal.version = 1;
  proposal.title = std::move(title);
  proposal.size = static_cast<std::int64_t>(changes.size());
  proposal.proposer = actor.id;
  proposal.proposed = options_.now();
  batch.statements.push_back(insertProposal(proposal));
  const ProposalRecord body{std::string{name}, proposal.title, proposal.size,
                            ledger::toHex(ledger::Hasher(ledger::HashAlgorithm::sha256).plain(content))};
  batch.journal.push_back(record(proposal.id, 1, "register.proposed", actor,
                                 fmt::format("{}@{}", name, loaded->version), toJson(body)));
  if (!store_.commit(batch).done()) return tooBusy();
  return proposal;
}

Result<Proposal> Registry::decide(CaseId id, ProposalStatus status, std::string reason,
                                  const RegistryActor& actor) {
  for (int tries = 0; tries < most_tries; ++tries) {
    auto found = proposal(id);
    if (!found) {
      return refuse(ProblemKind::not_found, "register.no-proposal",
                    {fmt::format("没有变更申请 {}", id), fmt::format("there is no proposal {}", id)});
    }
    const auto loaded = load(found->register_name);
    const bool withdrawn = status == ProposalStatus::withdrawn;
    const bool open_still =
        found->status == ProposalStatus::proposed || (withdrawn && found->status == ProposalStatus::approved);
    if (withdrawn && found->proposer != actor.id) {
      return refuse(ProblemKind::forbidden, "register.not-yours",
                    {"只有提出人可以撤回", "only the proposer may withdraw it"});
    }
    if (!withdrawn) {
      if (auto allowed =
              needRole(actor, loaded->compiled->roles().approve, {"审核变更", "decide on changes"});
          !allowed)
        return std::unexpected(allowed.error());
      if (found->proposer == actor.id) {
        return refuse(ProblemKind::forbidden, "register.same-person",
                      {"审核人不能是提出人", "a change is decided on by another person than its proposer"});
      }
    }
    if (!open_still) {
      return refuse(ProblemKind::conflict, "register.decided",
                    {"变更申请已经处理", "the proposal has been dealt with"});
    }
    found->status = status;
    found->version += 1;
    found->reason = reason;
    if (!withdrawn) {
      found->approver = actor.id;
      found->decided = options_.now();
    }
    const std::string_view kind = status == ProposalStatus::approved   ? "register.approved"
                                  : status == ProposalStatus::rejected ? "register.rejected"
                                                                       : "register.withdrawn";
    Batch batch;
    batch.statements.push_back(updateProposal(*found));
    batch.journal.push_back(record(id, found->version, kind, actor,
                                   fmt::format("{}@{}", found->register_name, loaded->version),
                                   toJson(DecisionRecord{found->register_name, reason})));
    if (store_.commit(batch).done()) return *found;
  }
  return tooBusy();
}

Result<Proposal> Registry::approve(CaseId id, const RegistryActor& actor) {
  return decide(id, ProposalStatus::approved, "", actor);
}
Result<Proposal> Registry::reject(CaseId id, std::string reason, const RegistryActor& actor) {
  return decide(id, ProposalStatus::rejected, std::move(reason), actor);
}
Result<Proposal> Registry::withdraw(CaseId id, std::string reason, const RegistryActor& actor) {
  return decide(id, ProposalStatus::withdrawn, std::move(reason), actor);
}

Result<Proposal> Registry::publish(CaseId id, const RegistryActor& actor) {
  for (int tries = 0; tries < most_tries; ++tries) {
    auto found = proposal(id);
    if (!found) {
      return refuse(ProblemKind::not_found, "register.no-proposal",
                    {fmt::format("没有变更申请 {}", id), fmt::format("there is no proposal {}", id)});
    }
    const auto loaded = load(found->register_name, true);
    if (auto allowed = needRole(actor, loaded->compiled->roles().publish, {"发布变更", "publish changes"});
        !allowed)
      return std::unexpected(allowed.error());
    if (found->status != ProposalStatus::approved) {
      return refuse(ProblemKind::conflict, "register.not-approved",
                    {"变更尚未审核通过，或已经处理", "the proposal is not approved, or has been dealt with"});
    }
    std::vector<Draft> all;
    std::vector<std::string> keys;
    while (true) {
      const auto rows = store_.query(selectDrafts(id, static_cast<std::int64_t>(all.size()), 1000));
      for (const auto& row : rows) keys.push_back(all.emplace_back(draftOf(row)).key);
      if (rows.size() < 1000) break;
    }
    const auto known_entries = known(found->register_name, keys);
    const auto fresh =
        std::ranges::count_if(keys, [&](const std::string& key) { return !known_entries.contains(key); });
    CaseId next_id = fresh > 0 ? store_.reserveCaseIds(static_cast<int>(fresh)) : 0;
    std::vector<Problem> causes;
    Publication publication(*this, *loaded, *found, actor);
    for (const Draft& draft : all) {
      const auto at = static_cast<std::size_t>(draft.number - 1);
      const auto entry_known = known_entries.find(draft.key);
      const Known* entry_state = entry_known == known_entries.end() ? nullptr : &entry_known->second;
      if ((entry_state != nullptr ? entry_state->version : 0) != draft.base) {
        causes.push_back({ProblemKind::conflict,
                          "register.stale",
                          {fmt::format("“{}”在提出之后已被他人修改", draft.key),
                           fmt::format("“{}” was changed by others since this was proposed", draft.key)},
                          fmt::format("/changes/{}", at),
                          {},
                          {}});
        continue;
      }
      const auto whole = open(draft, found->register_name);
      if (!whole) return std::unexpected(whole.error());
      if (auto added = publication.add(draft, *whole, entry_state, next_id); !added)
        causes.push_back(placedAt(added.error(), at));
    }
    if (!causes.empty()) return std::unexpected(together(std::move(causes)));
    found->status = ProposalStatus::published;
    found->version += 1;
    found->publisher = actor.id;
    found->published = options_.now();
    Batch batch = std::move(publication).take();
    batch.statements.push_back(updateProposal(*found));
    batch.statements.push_back(touchRegister(found->register_name));
    batch.journal.push_back(record(id, found->version, "register.published", actor,
                                   fmt::format("{}@{}", found->register_name, loaded->version),
                                   toJson(DecisionRecord{found->register_name, ""})));
    if (commit(batch, found->register_name)) return *found;
  }
  return tooBusy();
}

Result<int> Registry::seed(std::string_view name, std::span<const Change> changes,
                           const RegistryActor& actor) {
  for (int tries = 0; tries < most_tries; ++tries) {
    const auto loaded = load(name, true);
    if (!loaded) return std::unexpected(find(name).error());
    const Register& reg = *loaded->compiled;
    std::vector<std::string> keys;
    std::unordered_map<std::string, std::size_t> places;
    for (const Change& change : changes)
      places.emplace(keys.emplace_back(reg.keyOf(Schema::plain(change.entry))), keys.size() - 1);
    const auto known_entries = known(name, keys);
    const auto fresh =
        std::ranges::count_if(keys, [&](const std::string& key) { return !known_entries.contains(key); });
    CaseId next_id = fresh > 0 ? store_.reserveCaseIds(static_cast<int>(fresh)) : 0;
    const Proposal decision{};
    Publication publication(*this, *loaded, decision, actor);
    std::vector<Problem> causes;
    int changed = 0;
    for (std::size_t index = 0; index < changes.size(); ++index) {
      const auto found = known_entries.find(keys[index]);
      Change change = changes[index];
      if (found != known_entries.end()) {
        const auto& versions = found->second.versions;
        const auto there = std::ranges::find_if(versions, [&](const EntryVersion& version) {
          return version.period.contains(change.period.from);
        });
        if (there != versions.end()) {
          const auto whole = open(*there);
          if (!whole) return std::unexpected(whole.error());
          if (*whole == Schema::plain(change.entry)) continue;
          if (there->period.from == change.period.from)
            change = {ChangeKind::correct, keys[index], there->number, change.period, change.entry};
        }
      }
      const Draft draft = draftFrom(reg, change, index, known_entries, places, causes);
      if (!causes.empty()) continue;
      auto added = publication.add(draft, Schema::plain(change.entry),
                                   found == known_entries.end() ? nullptr : &found->second, next_id);
      if (!added) causes.push_back(placedAt(added.error(), index));
      ++changed;
    }
    if (!causes.empty()) return std::unexpected(together(std::move(causes)));
    if (changed == 0) return 0;
    Batch batch = std::move(publication).take();
    batch.statements.push_back(touchRegister(name));
    if (commit(batch, name)) return changed;
  }
  return tooBusy();
}

}  // namespace jinyue::registry
