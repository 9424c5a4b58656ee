// /registers/{name}/proposals: how registers change: proposed by one person, approved by another, published;
// one entry or a whole table at a time.

#include <set>

#include "api/bodies.h"
#include "api/endpoint.h"
#include "api/names.h"
#include "api/paging.h"
#include "api/register_views.h"
#include "api/resource.h"
#include "registry/import.h"
#include "registry/sheet.h"

namespace jinyue::api {
namespace {

using identity::Permission;
using registry::Proposal;

struct ProposalPath {
  std::string name;
  std::int64_t proposal = 0;
};
BOOST_DESCRIBE_STRUCT(ProposalPath, (), (name, proposal))

struct ProposalQuery : PageQuery {
  std::optional<registry::ProposalStatus> status;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.push_back({"status", {"状态，默认 proposed", "status; proposed without it"}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(ProposalQuery, (PageQuery), (status))

struct ProposalView {
  std::int64_t id = 0;
  std::string register_name;
  std::int64_t version = 0;
  registry::ProposalStatus status = registry::ProposalStatus::proposed;
  std::string title;
  std::int64_t size = 0;
  std::string proposer;
  Instant proposed;
  std::string approver;
  std::optional<Instant> decided;
  std::string reason;
  std::string publisher;
  std::optional<Instant> published;
  std::string proposer_name;
  std::string approver_name;
  std::string publisher_name;
};
BOOST_DESCRIBE_STRUCT(ProposalView, (),
                      (id, register_name, version, status, title, size, proposer, proposed, approver, decided,
                       reason, publisher, published, proposer_name, approver_name, publisher_name))

struct DraftView {
  std::int64_t number = 0;
  registry::ChangeKind kind = registry::ChangeKind::put;
  std::string key;
  Date valid_from;
  std::optional<Date> valid_to;
  PlainValue entry;
  static std::vector<About> about() {
    return {{"entry", {"内容，个人信息已掩码", "the entry; personal fields are masked"}}};
  }
};
BOOST_DESCRIBE_STRUCT(DraftView, (), (number, kind, key, valid_from, valid_to, entry))

struct ChangeBody {
  registry::ChangeKind kind = registry::ChangeKind::put;
  std::optional<std::string> key;
  std::optional<std::int64_t> number;
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;
  std::optional<PlainObject> entry;
  static std::vector<About> about() {
    return {{"kind",
             {"put 新版本，correct 更正某版本，retire 失效",
              "put: a new version; correct: one was wrong; retire: the entry ends"}},
            {"key", {"correct、retire：条目的键", "correct, retire: key of the entry"}},
            {"number", {"correct：版本号", "correct: number of the version"}},
            {"valid_from", {"起效日，默认今天", "first day; today without it"}},
            {"valid_to", {"最后有效日；retire 必填", "last day; retire needs it"}},
            {"entry", {"put、correct：完整内容", "put, correct: the whole entry"}}};
  }
};
BOOST_DESCRIBE_STRUCT(ChangeBody, (), (kind, key, number, valid_from, valid_to, entry))

struct ProposalBody {
  std::string title;
  std::vector<ChangeBody> changes;
  static std::vector<About> about() {
    return {{"title", {"说明", "what it is about"}, {}, 1, 200},
            {"changes", {"变更", "the changes"}, {}, 1, 1000}};
  }
};
BOOST_DESCRIBE_STRUCT(ProposalBody, (), (title, changes))

struct ImportQuery {
  std::optional<Date> valid_from;
  std::optional<std::string> title;
  static std::vector<About> about() {
    return {{"valid_from",
             {"没有日期的行的起效日，默认今天", "first day of rows without a date; today without it"}},
            {"title", {"提案说明", "what the proposal is about"}, {}, 1, 200}};
  }
};
BOOST_DESCRIBE_STRUCT(ImportQuery, (), (valid_from, title))

struct ImportView {
  bool good = false;
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t unchanged = 0;
  std::int64_t wrong = 0;
  std::vector<registry::RowError> errors;
  static std::vector<About> about() {
    return {{"good", {"可以导入", "it can be imported"}},
            {"errors", {"逐行逐格的错误", "what is wrong, by row and cell"}}};
  }
};
BOOST_DESCRIBE_STRUCT(ImportView, (), (good, added, changed, unchanged, wrong, errors))

ProposalView proposalViewOf(const Proposal& proposal, const ActorNames& names) {
  return {proposal.id,
          proposal.register_name,
          proposal.version,
          proposal.status,
          proposal.title,
          proposal.size,
          proposal.proposer,
          proposal.proposed,
          proposal.approver,
          proposal.decided,
          proposal.reason,
          proposal.publisher,
          proposal.published,
          nameIn(names, proposal.proposer),
          nameIn(names, proposal.approver),
          nameIn(names, proposal.publisher)};
}

void addActors(std::set<std::string>& actors, const Proposal& proposal) {
  actors.insert({proposal.proposer, proposal.approver, proposal.publisher});
}

Result<Answer<Written>> written(Result<Proposal> proposal) {
  if (!proposal) return std::unexpected(std::move(proposal).error());
  return Answer<Written>({proposal->id, proposal->version, false}, proposal->version);
}

Result<registry::Change> changeOf(const ChangeBody& body, std::size_t at, Date today) {
  const auto missing = [at](std::string_view member) {
    return refuse(ProblemKind::invalid, "json.missing", {"缺少这个字段", "this member is missing"},
                  fmt::format("/changes/{}/{}", at, member));
  };
  registry::Change change;
  change.kind = body.kind;
  change.period.from = body.valid_from.value_or(today);
  if (body.valid_to) change.period.to = *body.valid_to;
  if (body.kind != registry::ChangeKind::put && !body.key) return missing("key");
  if (body.kind == registry::ChangeKind::correct && !body.number) return missing("number");
  if (body.kind == registry::ChangeKind::retire && !body.valid_to) return missing("valid_to");
  if (body.kind != registry::ChangeKind::retire && !body.entry) return missing("entry");
  change.key = body.key.value_or("");
  change.number = body.number.value_or(0);
  if (body.entry) change.entry = feel::Value(body.entry->members);
  return change;
}

class Proposals {
 public:
  explicit Proposals(const Rooms& rooms) : rooms_(rooms) {}

  Result<Answer<Listing<ProposalView>>> list(Call& call, const std::string& name,
                                             const ProposalQuery& query) const {
    const auto page = pageOf(query);
    if (!page) return std::unexpected(page.error());
    if (const auto reg = rooms_.registry.find(name); !reg) return std::unexpected(reg.error());
    if (auto whole = needsWholeScope(call); !whole) return std::unexpected(std::move(whole).error());
    const auto found =
        rooms_.registry.proposals(name, query.status.value_or(registry::ProposalStatus::proposed), *page);
    std::set<std::string> actors;
    for (const Proposal& proposal : found.rows) addActors(actors, proposal);
    const ActorNames names = actorNames(rooms_.accounts, *call.caller, actors);
    return listingOf(found, [&](const Proposal& proposal) { return proposalViewOf(proposal, names); });
  }

  Result<Answer<ProposalView>> show(Call& call, const ProposalPath& path) const {
    const auto proposal = find(call, path);
    if (!proposal) return std::unexpected(proposal.error());
    std::set<std::string> actors;
    addActors(actors, *proposal);
    const ActorNames names = actorNames(rooms_.accounts, *call.caller, actors);
    return Answer<ProposalView>(proposalViewOf(*proposal, names), proposal->version);
  }

  Result<Answer<Listing<DraftView>>> drafts(Call& call, const ProposalPath& path,
                                            const PageQuery& query) const {
    const auto page = pageOf(query);
    if (!page) return std::unexpected(page.error());
    const auto proposal = find(call, path);
    if (!proposal) return std::unexpected(proposal.error());
    const auto reg = rooms_.registry.find(path.name);
    if (!reg) return std::unexpected(reg.error());
    return listingOf(rooms_.registry.drafts(path.proposal, *page), [&](const registry::Draft& draft) {
      DraftView view{draft.number, draft.kind, draft.key, draft.period.from, {}, {}};
      if (draft.period.to != registry::no_end) view.valid_to = draft.period.to;
      const auto whole =
          draft.sealed.empty() ? Result<feel::Value>{draft.body} : rooms_.registry.open(draft, path.name);
      view.entry.value = whole ? maskedEntry(**reg, *whole) : draft.body;
      return view;
    });
  }

  Result<Answer<Written>> propose(Call& call, const std::string& name, const ProposalBody& body) const {
    const auto reg = rooms_.registry.find(name);
    if (!reg) return std::unexpected(reg.error());
    std::vector<registry::Change> changes;
    for (std::size_t i = 0; i < body.changes.size(); ++i) {
      auto change = changeOf(body.changes[i], i, dateOf(call.now));
      if (!change) return std::unexpected(std::move(change).error());
      changes.push_back(std::move(*change));
    }
    if (auto near = mayChange(call, **reg, changes); !near) return std::unexpected(std::move(near).error());
    return written(rooms_.registry.propose(name, changes, body.title, actor(call)));
  }

  Result<registry::ImportPlan> plan(Call& call, const std::string& name, const ImportQuery& query,
                                    const Upload& upload) const {
    const auto sheet = registry::readSheet(upload.bytes);
    if (!sheet) return std::unexpected(sheet.error());
    const auto reg = rooms_.registry.find(name);
    if (!reg) return std::unexpected(reg.error());
    auto plan = registry::planImport(rooms_.registry, name, *sheet,
                                     {query.valid_from.value_or(dateOf(call.now)), 1000});
    if (!plan) return plan;
    if (auto near = mayChange(call, **reg, plan->changes); !near)
      return std::unexpected(std::move(near).error());
    return plan;
  }

  Result<Answer<ImportView>> check(Call& call, const std::string& name, const ImportQuery& query,
                                   const Upload& upload) const {
    const auto planned = plan(call, name, query, upload);
    if (!planned) return std::unexpected(planned.error());
    return ImportView{planned->canApply(), planned->added, planned->changed,
                      planned->unchanged,  planned->wrong, planned->errors};
  }

  Result<Answer<Written>> apply(Call& call, const std::string& name, const ImportQuery& query,
                                const Upload& upload) const {
    const auto planned = plan(call, name, query, upload);
    if (!planned) return std::unexpected(planned.error());
    return written(registry::applyImport(
        rooms_.registry, *planned, query.title.value_or(fmt::format("导入 {} / import", name)), actor(call)));
  }

  /// A proposal of this register that the caller may decide on or look at.
  Result<Proposal> find(Call& call, const ProposalPath& path) const {
    auto proposal = rooms_.registry.proposal(path.proposal);
    const auto unknown = refuse(ProblemKind::not_found, "proposal.unknown",
                                {"没有这个提案", "there is no such proposal"}, std::to_string(path.proposal));
    if (!proposal || proposal->register_name != path.name) return unknown;
    if (proposal->proposer == call.caller->actor()) {
      call.foundInReach();
      return std::move(*proposal);
    }
    const auto reg = rooms_.registry.find(path.name);
    if (!reg) return std::unexpected(reg.error());
    // Large proposals are for those who may see the whole register; of small ones each change is looked at.
    if (call.scope().isEverything()) return std::move(*proposal);
    constexpr int looked_at = 200;
    if (proposal->size > looked_at) return unknown;
    for (const registry::Draft& draft : rooms_.registry.drafts(path.proposal, {looked_at, {}}).rows) {
      if (!call.may(placeOf(**reg, draft.body))) return unknown;
    }
    return std::move(*proposal);
  }

  static registry::RegistryActor actor(const Call& call) {
    return {call.caller->actor(), call.caller->roles()};
  }
  registry::Registry& registry() const { return rooms_.registry; }

 private:
  /// Lists of proposals can't be narrowed by area or unit: they are for those whose scope is everything.
  static Result<void> needsWholeScope(Call& call) {
    if (call.scope().isEverything()) return {};
    return refuse(ProblemKind::forbidden, "access.scope",
                  {"提案列表须有不限范围的授权", "the list of proposals needs a grant without limits"});
  }

  /// Every entry that would change, as it is and as it would be, is in the caller's reach.
  Result<void> mayChange(Call& call, const registry::Register& reg,
                         std::span<const registry::Change> changes) const {
    const identity::RowScope scope = call.scope();
    if (scope.isEverything()) return {};
    for (std::size_t i = 0; i < changes.size(); ++i) {
      const registry::Change& change = changes[i];
      const bool gives = change.kind != registry::ChangeKind::retire;
      const std::string key = gives ? reg.keyOf(change.entry) : change.key;
      const auto now = rooms_.registry.entry(reg.name(), key, dateOf(call.now));
      if ((gives && !scope.admits(placeOf(reg, change.entry))) ||
          (now && !scope.admits(placeOf(reg, *now)))) {
        return refuse(ProblemKind::forbidden, "access.out-of-scope",
                      {"不在您的权限范围内", "this is not within your scope"}, fmt::format("/changes/{}", i));
      }
    }
    return {};
  }

  Rooms rooms_;
};

Description changes(http::Method method, std::string_view path, std::string name, Text summary,
                    Permission permission) {
  const Resource resource{"registers", "/registers/{name}", needs(permission, Reach::thing),
                          Repeats::by_store};
  return resource.of(method, path, std::move(name), std::move(summary));
}

void addDecisions(Endpoints& endpoints, const std::shared_ptr<const Proposals>& proposals) {
  endpoints.add(
      changes(http::Method::post, "/proposals/{proposal}/approval", "approveProposal",
              {"批准（不能是提案人）", "approves; not by who proposed it"}, Permission::register_approve),
      [proposals](Call& call, const In<ProposalPath>& in) -> Result<Answer<Written>> {
        if (auto found = proposals->find(call, in.path); !found)
          return std::unexpected(std::move(found).error());
        return written(proposals->registry().approve(in.path.proposal, Proposals::actor(call)));
      });
  endpoints.add(
      changes(http::Method::post, "/proposals/{proposal}/rejection", "rejectProposal", {"驳回", "rejects"},
              Permission::register_approve),
      [proposals](Call& call, const In<ProposalPath, None, ReasonBody>& in) -> Result<Answer<Written>> {
        if (auto found = proposals->find(call, in.path); !found)
          return std::unexpected(std::move(found).error());
        return written(
            proposals->registry().reject(in.path.proposal, in.body.reason, Proposals::actor(call)));
      });
  endpoints.add(
      changes(http::Method::post, "/proposals/{proposal}/withdrawal", "withdrawProposal",
              {"撤回（提案人）", "withdraws; by who proposed it"}, Permission::register_propose),
      [proposals](Call& call, const In<ProposalPath, None, ReasonBody>& in) -> Result<Answer<Written>> {
        if (auto found = proposals->find(call, in.path); !found)
          return std::unexpected(std::move(found).error());
        return written(
            proposals->registry().withdraw(in.path.proposal, in.body.reason, Proposals::actor(call)));
      });
  endpoints.add(
      changes(http::Method::post, "/proposals/{proposal}/publication", "publishProposal",
              {"公布，全部生效或全不生效", "publishes; all changes or none"}, Permission::register_publish),
      [proposals](Call& call, const In<ProposalPath>& in) -> Result<Answer<Written>> {
        if (auto found = proposals->find(call, in.path); !found)
          return std::unexpected(std::move(found).error());
        return written(proposals->registry().publish(in.path.proposal, Proposals::actor(call)));
      });
}

}  // namespace

void addProposals(Endpoints& endpoints, const Rooms& rooms) {
  const auto proposals = std::make_shared<const Proposals>(rooms);
  auto lists = changes(http::Method::get, "/proposals", "listProposals",
                       {"提案列表，新的在前", "proposals, newest first"}, Permission::register_read);
  lists.access = needs(Permission::register_read, Reach::rows);
  endpoints.add(lists, [proposals](Call& call, const In<RegisterPath, ProposalQuery>& in) {
    return proposals->list(call, in.path.name, in.query);
  });
  endpoints.add(
      changes(http::Method::get, "/proposals/{proposal}", "readProposal", {"一个提案", "a proposal"},
              Permission::register_read),
      [proposals](Call& call, const In<ProposalPath>& in) { return proposals->show(call, in.path); });
  endpoints.add(changes(http::Method::get, "/proposals/{proposal}/changes", "listProposalChanges",
                        {"提案的全部变更", "all changes of a proposal"}, Permission::register_read),
                [proposals](Call& call, const In<ProposalPath, PageQuery>& in) {
                  return proposals->drafts(call, in.path, in.query);
                });
  auto proposes = changes(http::Method::post, "/proposals", "proposeChanges",
                          {"提出变更", "proposes changes"}, Permission::register_propose);
  proposes.status = 201;
  endpoints.add(proposes, [proposals](Call& call, const In<RegisterPath, None, ProposalBody>& in) {
    return proposals->propose(call, in.path.name, in.body);
  });
  auto checks = changes(http::Method::post, "/imports/check", "checkImport",
                        {"检查 CSV/XLSX，逐行列出错误", "checks a table; lists what is wrong by row"},
                        Permission::register_propose);
  checks.repeats = Repeats::harmless;
  checks.takes = {"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
  checks.route = {.max_body = 32u << 20, .max_time = std::chrono::minutes{5}};
  auto imports =
      changes(http::Method::post, "/imports", "importEntries",
              {"导入 CSV/XLSX 为一个提案（有错误则什么都不做）", "a table as one proposal, or nothing of it"},
              Permission::register_propose);
  imports.status = 201;
  imports.takes = checks.takes;
  imports.route = checks.route;
  endpoints.add(checks, [proposals](Call& call, const In<RegisterPath, ImportQuery, Upload>& in) {
    return proposals->check(call, in.path.name, in.query, in.body);
  });
  endpoints.add(imports, [proposals](Call& call, const In<RegisterPath, ImportQuery, Upload>& in) {
    return proposals->apply(call, in.path.name, in.query, in.body);
  });
  addDecisions(endpoints, proposals);
}

}  // namespace jinyue::api
