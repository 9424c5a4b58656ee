#include "identity/grants.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/json_write.h"
#include "identity/account_row.h"
#include "identity/sessions.h"
#include "store/check.h"

namespace jinyue::identity {
namespace {

constexpr std::string_view columns_of_account =
    "SELECT account, number, role, scope, valid_from, valid_to, state, proposed_by, decided_by, at FROM "
    "grants "
    "WHERE account = $1 ORDER BY number";
constexpr std::string_view proposed_page =
    "SELECT account, number, role, scope, valid_from, valid_to, state, proposed_by, decided_by, at FROM "
    "grants "
    "WHERE state = 0 AND at >= $1 AND (at > $1 OR account > $2 OR (account = $2 AND number > $3)) "
    "ORDER BY at, account, number LIMIT $4";
constexpr std::string_view grants_of_role =
    "SELECT account, number, role, scope, valid_from, valid_to, state, proposed_by, decided_by, at FROM "
    "grants "
    "WHERE role = $1 AND state = 1 ORDER BY account, number LIMIT $2";
constexpr std::string_view insert_grant =
    "INSERT INTO grants (account, number, role, scope, valid_from, valid_to, state, proposed_by, decided_by, "
    "at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
constexpr std::string_view decide_grant =
    "UPDATE grants SET state = $3, decided_by = $4 WHERE account = $1 AND number = $2 AND state = $5";

std::optional<Date> dateAt(const store::SqlRow& row, std::size_t column) {
  if (row.isNull(column)) return std::nullopt;
  return Date{std::chrono::days{row.integer(column)}};
}

Grant grantOf(const store::SqlRow& row) {
  auto scope = fromJson<Scope>(row.text(3));
  if (!scope) throw store::StoreFault("the scope of a grant can't be read");
  return {row.integer(0),
          row.integer(1),
          row.text(2),
          *std::move(scope),
          dateAt(row, 4),
          dateAt(row, 5),
          static_cast<GrantState>(row.integer(6)),
          row.integer(7),
          row.integer(8),
          row.instant(9)};
}

std::unexpected<Problem> refuseOwnGrant() {
  return refuse(ProblemKind::forbidden, "grant.own",
                {"不能给自己授权", "nobody grants a role to themselves"});
}

Facts factsOf(const Grant& grant) {
  Facts facts{{"number", std::to_string(grant.number)}, {"role", grant.role}, {"scope", toJson(grant.scope)}};
  if (grant.valid_from) facts.emplace("valid-from", formatDate(*grant.valid_from));
  if (grant.valid_to) facts.emplace("valid-to", formatDate(*grant.valid_to));
  return facts;
}

bool overlap(const Grant& a, const Grant& b) {
  return !(a.valid_to && b.valid_from && *a.valid_to < *b.valid_from) &&
         !(b.valid_to && a.valid_from && *b.valid_to < *a.valid_from);
}

/// A role that excludes one the account has at the same time, or is about to have.
Result<void> checkExclusions(const RoleBook& book, const Grant& grant, const std::vector<Grant>& others) {
  for (const Grant& other : others) {
    const bool counts = other.state == GrantState::active || other.state == GrantState::proposed;
    if (counts && other.number != grant.number && book.areExclusive(grant.role, other.role) &&
        overlap(grant, other)) {
      return refuse(ProblemKind::conflict, "grant.exclusive",
                    {"该角色与已有角色互斥", "this role excludes one that the account has"}, "/role",
                    {"已有角色：" + other.role, "it has " + other.role});
    }
  }
  return {};
}

}  // namespace

Grants::Grants(const Context& context, RoleBookFn roles) : context_(context), roles_(std::move(roles)) {}

Result<Grant> Grants::grant(const Caller& caller, const NewGrant& grant) {
  if (caller.id == grant.account) return refuseOwnGrant();
  if (!caller.covers(Permission::role_grant, grant.scope)) {
    return refusePermission(caller, Permission::role_grant);
  }
  return insert(Actor::of(caller), grant,
                isAdministrator(grant.role) ? GrantState::proposed : GrantState::active);
}

Result<Grant> Grants::grantByOperator(const NewGrant& grant) {
  return insert(Actor{}, grant, GrantState::active);
}

Result<Grant> Grants::insert(const Actor& actor, const NewGrant& wanted, GrantState state) {
  const auto book = roles_();
  if (book->find(wanted.role) == nullptr) {
    return refuse(ProblemKind::invalid, "role.unknown", {"没有这个角色", "there is no such role"}, "/role");
  }
  if (wanted.valid_from && wanted.valid_to && *wanted.valid_to < *wanted.valid_from) {
    return refuse(ProblemKind::invalid, "dates.reversed",
                  {"结束日期早于开始日期", "it ends before it begins"}, "/valid_to");
  }
  Grant made{wanted.account, 0, wanted.role,   wanted.scope, wanted.valid_from, wanted.valid_to, state,
             actor.account,  0, context_.now()};
  const auto row = changeAccount(context_, wanted.account, actor, [&](AccountRow& account) -> Result<Step> {
    if (account.status != AccountStatus::active || account.kind != AccountKind::officer) {
      return refuse(ProblemKind::conflict, "grant.no-officer",
                    {"只能授予启用的工作人员账号", "roles are granted to active accounts of officers"});
    }
    const auto others = of(account.id);
    made.number = others.empty() ? 1 : others.back().number + 1;
    if (auto good = checkExclusions(*book, made, others); !good) return std::unexpected(good.error());
    Step step;
    step.events.push_back(
        {state == GrantState::active ? "grant.made" : "grant.proposed", {}, {}, factsOf(made)});
    step.statements.push_back(store::guarded(
        1, insert_grant, made.account, made.number, made.role, toJson(made.scope), daysOf(made.valid_from),
        daysOf(made.valid_to), made.state, made.proposed_by, made.decided_by, made.at));
    if (state == GrantState::active) {
      ++account.stamp;
      step.statements.push_back(endSessions(account.id));
    }
    return step;
  });
  if (!row) return std::unexpected(row.error());
  return made;
}

Result<Grant> Grants::confirm(const Caller& caller, AccountId account, std::int64_t number) {
  return decide(caller, account, number, GrantState::active, "grant.confirmed");
}
Result<Grant> Grants::reject(const Caller& caller, AccountId account, std::int64_t number) {
  return decide(caller, account, number, GrantState::rejected, "grant.rejected");
}
Result<Grant> Grants::revoke(const Caller& caller, AccountId account, std::int64_t number) {
  return decide(caller, account, number, GrantState::revoked, "grant.revoked");
}

Result<Grant> Grants::decide(const Caller& caller, AccountId account, std::int64_t number, GrantState to,
                             const char* kind) {
  if (caller.id == account) return refuseOwnGrant();
  const auto book = roles_();
  Grant decided;
  const auto row =
      changeAccount(context_, account, Actor::of(caller), [&](AccountRow& changed) -> Result<Step> {
        const auto all = of(account);
        const auto found = std::ranges::find(all, number, &Grant::number);
        if (found == all.end()) {
          return refuse(ProblemKind::not_found, "grant.unknown", {"没有这项授权", "there is no such grant"});
        }
        decided = *found;
        if (!caller.covers(Permission::role_grant, decided.scope)) {
          return refusePermission(caller, Permission::role_grant);
        }
        const GrantState from = to == GrantState::revoked ? GrantState::active : GrantState::proposed;
        if (decided.state != from) {
          return refuse(ProblemKind::conflict, "grant.decided",
                        {"该授权已不在这一状态", "the grant is no longer in this state"});
        }
        if (to == GrantState::active) {
          if (decided.proposed_by == caller.id) {
            return refuse(ProblemKind::forbidden, "grant.second-person",
                          {"须由提出人以外的人确认", "another person than proposed it must confirm it"});
          }
          if (auto good = checkExclusions(*book, decided, all); !good) return std::unexpected(good.error());
        }
        decided.state = to;
        decided.decided_by = caller.id;
        Step step{{{kind, {}, {}, factsOf(decided)}},
                  {store::guarded(1, decide_grant, account, number, to, caller.id, from)}};
        if (to != GrantState::rejected) {
          ++changed.stamp;
          step.statements.push_back(endSessions(account));
        }
        return step;
      });
  if (!row) return std::unexpected(row.error());
  return decided;
}

std::vector<Grant> Grants::holdersOf(std::string_view role, int limit) const {
  std::vector<Grant> grants;
  for (const auto& row : context_.store.query(store::statement(grants_of_role, role, limit)))
    grants.push_back(grantOf(row));
  return grants;
}

std::vector<Grant> Grants::of(AccountId account) const {
  std::vector<Grant> list;
  for (const auto& row : context_.store.query(store::statement(columns_of_account, account))) {
    list.push_back(grantOf(row));
  }
  return list;
}

store::Page<Grant> Grants::proposed(const store::PageRequest& page) const {
  store::checkPage(page);
  const auto after = store::readCursor(page.after, {INT64_MIN, 0, 0});
  std::vector<Grant> list;
  for (const auto& row :
       context_.store.query(store::statement(proposed_page, after[0], after[1], after[2], page.limit + 1))) {
    list.push_back(grantOf(row));
  }
  return store::makePage(std::move(list), page.limit, [](const Grant& grant) {
    return store::Cursor{store::millisOf(grant.at), grant.account, grant.number};
  });
}

}  // namespace jinyue::identity
