// Moving all running cases of a definition to another one: Engine::migrate.

#include <future>

#include <spdlog/spdlog.h>

#include "casework/engine.h"

namespace jinyue::casework {
namespace {

constexpr int cases_at_once = 500;
constexpr std::size_t refusals_named = 200;

/// Why a migration is given up while it is written.
struct GivenUp {
  Problem problem;
};

/// The running cases of a definition, page by page, each page stepped into a unit of work of its own, so that
/// memory holds one page however many cases there are.
class Mover {
 public:
  Mover(store::Store& store, UnitBuilder& builder, const Engine::Migration& migration,
        const bpmn::Actor& actor)
      : store_(store), builder_(builder), migration_(migration), actor_(actor) {}

  /// False at the end. Cases that can't move are added to `refused`.
  bool step(UnitOfWork& unit, std::vector<Problem>& refused) {
    if (at_end_) return false;
    unit = {};
    const auto rows = store_.listCasesOfDefinition(migration_.from, page_);
    std::vector<CaseId> ids;
    for (const store::CaseRow& row : rows.rows) ids.push_back(row.id);
    for (const store::CaseRow& row : store_.loadCases(ids)) {
      ++moved_;
      const Request request{
          row.id, 0, bpmn::Migrate{migration_.to, migration_.nodes, migration_.reason}, actor_, {}};
      auto reply = builder_.step(unit, row, request);
      if (reply) continue;
      reply.error().where =
          fmt::format("case {}{}{}", row.id, reply.error().where.empty() ? "" : ", ", reply.error().where);
      if (refused.size() < refusals_named) refused.push_back(std::move(reply.error()));
    }
    page_.after = rows.next;
    at_end_ = page_.after.empty();
    return true;
  }

  int moved() const { return moved_; }

 private:
  store::Store& store_;
  UnitBuilder& builder_;
  const Engine::Migration& migration_;
  const bpmn::Actor& actor_;
  store::PageRequest page_{cases_at_once, {}};
  bool at_end_ = false;
  int moved_ = 0;
};

Problem refusedBecause(std::vector<Problem> causes) {
  return {ProblemKind::conflict,
          "migration.refused",
          {"有办件不能迁移，全部保持原版本", "some cases can't move; all stay where they are"},
          {},
          {},
          std::move(causes)};
}

Problem notMoved(const char* code, Text detail) {
  return {ProblemKind::unavailable, code, {"迁移未完成", "the migration was not written"}, {},
          std::move(detail),        {}};
}

}  // namespace

Result<int> Engine::migrateAlone(const Migration& migration, const bpmn::Actor& actor) {
  UnitOfWork unit;
  {
    Mover trial(store_, builder_, migration, actor);
    std::vector<Problem> refused;
    while (trial.step(unit, refused)) {
    }
    if (!refused.empty()) return std::unexpected(refusedBecause(std::move(refused)));
    if (migration.dry_run) return trial.moved();
  }
  // Once more, each page written before the next is read, in one transaction.
  Mover mover(store_, builder_, migration, actor);
  const auto next = [&]() -> const store::Batch* {
    std::vector<Problem> refused;
    if (!mover.step(unit, refused)) return nullptr;
    if (!refused.empty()) throw GivenUp{refusedBecause(std::move(refused))};
    builder_.finish(unit);
    builder_.forget(unit);
    return &unit.batch;
  };
  try {
    if (store_.commitAll(next).done()) return mover.moved();
    return std::unexpected(notMoved("migration.lost-race",
                                    {"办件同时被修改，请重试", "cases were changed meanwhile; try again"}));
  } catch (GivenUp& given_up) {
    return std::unexpected(std::move(given_up.problem));
  }
}

Result<int> Engine::migrate(const Migration& migration, const bpmn::Actor& actor) {
  int moved = 0;
  std::promise<Result<Reply>> promise;
  Pending pending;
  pending.alone = [&](UnitOfWork&) -> Result<Reply> {
    try {
      const auto done = migrateAlone(migration, actor);
      if (!done) return std::unexpected(done.error());
      moved = *done;
      return Reply{};
    } catch (const store::StoreFault& fault) {
      spdlog::error("migration: {}", fault.what());
      if (fault.unknown)
        return std::unexpected(notMoved("engine.unknown-outcome", {"无法确认是否已写入，请先查看办件",
                                                                   "look at the cases: it may be written"}));
      return std::unexpected(
          notMoved("engine.not-written", {"什么都没有发生，请稍后重试", "nothing has happened; try again"}));
    }
  };
  pending.reply = [&promise](Result<Reply> reply) { promise.set_value(std::move(reply)); };
  enqueue(std::move(pending));
  const Result<Reply> reply = promise.get_future().get();
  if (!reply) return std::unexpected(reply.error());
  return moved;
}

}  // namespace jinyue::casework
