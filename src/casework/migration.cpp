// Moving all running cases of a definition to another one: Engine::migrate.

#include <future>

#include "casework/engine.h"

namespace jinyue::casework {
namespace {

constexpr int cases_at_once = 500;
constexpr std::size_t refusals_named = 200;

}  // namespace

Result<int> Engine::migrate(const Migration& migration, const bpmn::Actor& actor) {
  int moved = 0;
  const auto fill = [&](UnitOfWork& unit) -> Result<Reply> {
    moved = 0;
    UnitOfWork scratch;  // taken over only when every case can move
    Problem refused{ProblemKind::conflict,
                    "migration.refused",
                    {"有办件不能迁移，全部保持原版本", "some cases can't move; all stay where they are"},
                    {},
                    {},
                    {}};
    store::PageRequest page{cases_at_once, {}};
    do {
      const auto rows = store_.listCasesOfDefinition(migration.from, page);
      std::vector<CaseId> ids;
      for (const store::CaseRow& row : rows.rows) ids.push_back(row.id);
      for (const store::CaseRow& row : store_.loadCases(ids)) {
        if (++moved > migration.limit) {
          return refuse(ProblemKind::conflict, "migration.too-many",
                        {"运行中的办件太多，不能一次迁移", "too many running cases for one migration"});
        }
        const Request request{
            row.id, 0, bpmn::Migrate{migration.to, migration.nodes, migration.reason}, actor, {}};
        auto reply = builder_.step(scratch, row, request);
        if (reply) continue;
        reply.error().where =
            fmt::format("case {}{}{}", row.id, reply.error().where.empty() ? "" : ", ", reply.error().where);
        if (refused.causes.size() < refusals_named) refused.causes.push_back(std::move(reply.error()));
      }
      page.after = rows.next;
    } while (!page.after.empty());
    if (!refused.causes.empty()) return std::unexpected(std::move(refused));
    if (!migration.dry_run) unit = std::move(scratch);
    return Reply{};
  };

  std::promise<Result<Reply>> promise;
  Pending pending;
  pending.alone = fill;
  pending.reply = [&promise](Result<Reply> reply) { promise.set_value(std::move(reply)); };
  enqueue(std::move(pending));
  const Result<Reply> reply = promise.get_future().get();
  if (!reply) return std::unexpected(reply.error());
  return moved;
}

}  // namespace jinyue::casework
