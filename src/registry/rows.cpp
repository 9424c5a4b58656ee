#include "registry/rows.h"

#include <algorithm>

#include <fmt/format.h>

#include "store/merged_list.h"

namespace jinyue::registry {

using store::Blob;
using store::guarded;
using store::SqlRow;
using store::SqlValue;
using store::sqlValue;
using store::statement;
using store::Statement;

namespace {

constexpr std::string_view version_columns =
    "entry, number, register, key, status, valid_from, valid_to, is_public, body, sealed, proposal, "
    "published";

/// "$3, $4, $5"
std::string placeholders(std::size_t first, std::size_t count) {
  std::string out;
  for (std::size_t index = 0; index < count; ++index)
    out += fmt::format("{}${}", index == 0 ? "" : ", ", first + index);
  return out;
}

/// Every placeholder gets a value: the last one again, which changes nothing in an IN.
void addPadded(std::vector<SqlValue>& values, std::span<const std::string> texts, std::size_t count) {
  for (std::size_t index = 0; index < count; ++index)
    values.push_back(sqlValue(texts.empty() ? std::string{} : texts[std::min(index, texts.size() - 1)]));
}

Statement withKeys(const std::string& sql, std::string_view register_name,
                   std::span<const std::string> keys) {
  Statement out{sql, {sqlValue(register_name)}, {}};
  addPadded(out.values, keys, keys_at_once);
  return out;
}

SqlValue sealedValue(const std::string& sealed) {
  return sealed.empty() ? SqlValue{} : SqlValue{Blob{sealed}};
}

feel::Value bodyOf(const std::string& json) {
  auto body = fromJson<feel::Value>(json);
  if (!body) throw store::StoreFault("an entry of a register can't be read: " + describe(body.error()));
  return *std::move(body);
}

}  // namespace

Statement selectRegister(std::string_view name) {
  return statement("SELECT declaration, id, version, revision FROM registers WHERE name = $1", name);
}

Statement insertRegister(std::string_view name, std::string_view declaration, CaseId id) {
  return guarded(1,
                 "INSERT INTO registers (name, declaration, id, version, revision) VALUES ($1, $2, $3, 1, 1) "
                 "ON CONFLICT (name) DO NOTHING",
                 name, declaration, id);
}

Statement updateRegister(std::string_view name, std::string_view declaration, std::int64_t version) {
  return guarded(1,
                 "UPDATE registers SET declaration = $2, version = $3, revision = revision + 1 "
                 "WHERE name = $1 AND version = $3 - 1",
                 name, declaration, version);
}

Statement touchRegister(std::string_view name) {
  return guarded(1, "UPDATE registers SET revision = revision + 1 WHERE name = $1", name);
}

Statement insertEntry(CaseId id, std::string_view register_name, std::string_view key) {
  return guarded(1,
                 "INSERT INTO register_entries (id, register, key, version) VALUES ($1, $2, $3, 1) "
                 "ON CONFLICT (register, key) DO NOTHING",
                 id, register_name, key);
}

Statement moveEntry(CaseId id, std::int64_t from_version, std::int64_t to_version) {
  return guarded(1, "UPDATE register_entries SET version = $3 WHERE id = $1 AND version = $2", id,
                 from_version, to_version);
}

Statement holdEntry(CaseId id, std::int64_t version) {
  return guarded(1, "UPDATE register_entries SET version = $2 WHERE id = $1 AND version = $2", id, version);
}

Statement selectEntries(std::string_view register_name, std::span<const std::string> keys) {
  static const std::string sql =
      fmt::format("SELECT id, key, version FROM register_entries WHERE register = $1 AND key IN ({})",
                  placeholders(2, keys_at_once));
  return withKeys(sql, register_name, keys);
}

Statement insertVersion(const EntryVersion& version, const EntryColumns& columns) {
  return guarded(1,
                 "INSERT INTO register_versions (entry, number, register, key, status, valid_from, valid_to, "
                 "is_public, area, unit, f1, f2, f3, f4, body, sealed, proposal, published) VALUES "
                 "($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
                 version.entry, version.number, version.register_name, version.key,
                 dayNumber(version.period.from), dayNumber(version.period.to), columns.is_public,
                 columns.area, columns.unit, columns.filters[0], columns.filters[1], columns.filters[2],
                 columns.filters[3], toJson(version.body), sealedValue(version.sealed), version.proposal,
                 version.published);
}

Statement replaceVersion(CaseId entry, std::int64_t number) {
  return guarded(1, "UPDATE register_versions SET status = 0 WHERE entry = $1 AND number = $2 AND status = 1",
                 entry, number);
}

Statement endVersion(CaseId entry, std::int64_t number, Date last_day) {
  return guarded(1,
                 "UPDATE register_versions SET valid_to = $3 WHERE entry = $1 AND number = $2 AND status = 1",
                 entry, number, dayNumber(last_day));
}

Statement updateColumns(CaseId entry, std::int64_t number, const EntryColumns& columns) {
  return guarded(
      1,
      "UPDATE register_versions SET is_public = $3, area = $4, unit = $5, f1 = $6, f2 = $7, f3 = $8, "
      "f4 = $9 WHERE entry = $1 AND number = $2",
      entry, number, columns.is_public, columns.area, columns.unit, columns.filters[0], columns.filters[1],
      columns.filters[2], columns.filters[3]);
}

Statement selectVersions(std::string_view register_name, std::span<const std::string> keys) {
  static const std::string sql =
      fmt::format("SELECT {} FROM register_versions WHERE register = $1 AND status = 1 AND key IN ({})",
                  version_columns, placeholders(2, keys_at_once));
  return withKeys(sql, register_name, keys);
}

Statement selectInEffect(std::string_view register_name, std::string_view key, Date day) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM register_versions WHERE register = $1 AND status = 1 AND key = $2 AND valid_from <= $3 "
      "AND valid_to >= $3",
      version_columns);
  return statement(sql, register_name, key, dayNumber(day));
}

Statement selectHistory(CaseId entry) {
  static const std::string sql =
      fmt::format("SELECT {} FROM register_versions WHERE entry = $1 ORDER BY number", version_columns);
  return statement(sql, entry);
}

namespace {

constexpr std::size_t first_of_scope = 10;

/// The condition that one of some alternatives lets an entry through.
std::string scopeSql(std::size_t alternatives) {
  std::string any;
  for (std::size_t index = 0; index < alternatives; ++index) {
    const std::size_t at = first_of_scope + 2 * index;
    any += fmt::format("{}({} AND {})", index == 0 ? "" : " OR ", store::fits("area", at),
                       store::fits("unit", at + 1));
  }
  return fmt::format("AND ({}) ", any);
}

}  // namespace

Statement selectList(std::string_view register_name, const EntryFilter& filter,
                     const std::array<std::string, most_filters>& filters, std::string_view after,
                     int limit) {
  // The first filter that is given leads into its index; the others narrow. There are few different texts:
  // one for each way in, and the alternatives of a scope are filled up to a power of two.
  std::string_view way_in = filter.public_only ? "AND is_public = 1 " : "";
  constexpr std::array<std::string_view, most_filters> by_filter{"AND f1 = $4 ", "AND f2 = $5 ",
                                                                 "AND f3 = $6 ", "AND f4 = $7 "};
  for (std::size_t index = most_filters; index-- > 0;) {
    if (!filters[index].empty()) way_in = by_filter[index];
  }
  std::size_t alternatives = 0;
  if (filter.scope) {
    for (alternatives = 1; alternatives < filter.scope->size();) alternatives *= 2;
  }
  Statement out = statement(
      fmt::format("SELECT {} FROM register_versions WHERE register = $1 AND status = 1 {}AND key > $2 AND "
                  "valid_from <= $3 AND valid_to >= $3 AND ($4 = '' OR f1 = $4) AND ($5 = '' OR f2 = $5) "
                  "AND ($6 = '' OR f3 = $6) AND ($7 = '' OR f4 = $7) AND is_public >= $8 {}"
                  "ORDER BY key LIMIT $9",
                  version_columns, way_in, alternatives == 0 ? "" : scopeSql(alternatives)),
      register_name, after, dayNumber(filter.as_of), filters[0], filters[1], filters[2], filters[3],
      filter.public_only, limit);
  for (std::size_t index = 0; index < alternatives; ++index) {
    const EntryScope& scope = (*filter.scope)[std::min(index, filter.scope->size() - 1)];
    out.values.push_back(sqlValue(store::textSet(scope.areas)));
    out.values.push_back(sqlValue(store::textSet(scope.units)));
  }
  return out;
}

Statement selectAll(std::string_view register_name, std::string_view after, Date after_from, int limit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM register_versions WHERE register = $1 AND status = 1 AND (key, valid_from) > ($2, $3) "
      "ORDER BY key, valid_from LIMIT $4",
      version_columns);
  return statement(sql, register_name, after, dayNumber(after_from), limit);
}

Statement selectOutdated(Date day, CaseId after, int limit) {
  // A text tells when its version begins; TextKind::entry is 1.
  constexpr std::int64_t day_millis = 86'400'000;
  static const std::string sql = fmt::format(
      "SELECT e.id, e.register, e.key FROM texts t JOIN register_entries e ON e.id = t.id WHERE t.id > $1 "
      "AND t.kind = 1 AND (NOT EXISTS (SELECT 1 FROM register_versions v WHERE v.entry = t.id AND v.status = "
      "1 AND v.valid_to >= $2) OR EXISTS (SELECT 1 FROM register_versions v WHERE v.entry = t.id AND "
      "v.status = 1 AND v.valid_from <= $2 AND v.valid_to >= $2 AND v.valid_from * {} + $3 <> t.at)) ORDER "
      "BY t.id LIMIT $4",
      day_millis);
  const std::int64_t offset = store::millisOf(startOf(day)) - dayNumber(day) * day_millis;
  return statement(sql, after, dayNumber(day), offset, limit);
}

EntryVersion versionOf(const SqlRow& row) {
  EntryVersion version;
  version.entry = row.integer(0);
  version.number = row.integer(1);
  version.register_name = row.text(2);
  version.key = row.text(3);
  version.corrected = row.integer(4) == 0;
  version.period = {dayOf(row.integer(5)), dayOf(row.integer(6))};
  version.is_public = row.boolean(7);
  version.body = bodyOf(row.text(8));
  if (!row.isNull(9)) version.sealed = row.bytes(9);
  version.proposal = row.integer(10);
  version.published = row.instant(11);
  return version;
}

Statement insertProposal(const Proposal& proposal) {
  return guarded(
      1,
      "INSERT INTO register_proposals (id, register, version, status, title, size, proposer, proposed, "
      "approver, decided, reason, publisher, published) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
      "$11, $12, $13)",
      proposal.id, proposal.register_name, proposal.version, proposal.status, proposal.title, proposal.size,
      proposal.proposer, proposal.proposed, proposal.approver, proposal.decided, proposal.reason,
      proposal.publisher, proposal.published);
}

Statement updateProposal(const Proposal& proposal) {
  return guarded(
      1,
      "UPDATE register_proposals SET version = $2, status = $3, approver = $4, decided = $5, reason = $6, "
      "publisher = $7, published = $8 WHERE id = $1 AND version = $2 - 1",
      proposal.id, proposal.version, proposal.status, proposal.approver, proposal.decided, proposal.reason,
      proposal.publisher, proposal.published);
}

namespace {

constexpr std::string_view proposal_columns =
    "id, register, version, status, title, size, proposer, proposed, approver, decided, reason, publisher, "
    "published";

}  // namespace

Statement selectProposal(CaseId id) {
  static const std::string sql =
      fmt::format("SELECT {} FROM register_proposals WHERE id = $1", proposal_columns);
  return statement(sql, id);
}

Statement selectProposals(std::string_view register_name, ProposalStatus status, CaseId before, int limit) {
  static const std::string sql = fmt::format(
      "SELECT {} FROM register_proposals WHERE register = $1 AND status = $2 AND id < $3 "
      "ORDER BY id DESC LIMIT $4",
      proposal_columns);
  return statement(sql, register_name, status, before, limit);
}

Proposal proposalOf(const SqlRow& row) {
  return {row.integer(0),
          row.text(1),
          row.integer(2),
          static_cast<ProposalStatus>(row.integer(3)),
          row.text(4),
          row.integer(5),
          row.text(6),
          row.instant(7),
          row.text(8),
          row.optionalInstant(9),
          row.text(10),
          row.text(11),
          row.optionalInstant(12)};
}

Statement insertDraft(const Draft& draft) {
  return guarded(
      1,
      "INSERT INTO register_drafts (proposal, number, kind, key, of_number, base, valid_from, valid_to, "
      "body, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      draft.proposal, draft.number, draft.kind, draft.key, draft.of_number, draft.base,
      dayNumber(draft.period.from), dayNumber(draft.period.to), toJson(draft.body),
      sealedValue(draft.sealed));
}

Statement selectDrafts(CaseId proposal, std::int64_t after, int limit) {
  return statement(
      "SELECT proposal, number, kind, key, of_number, base, valid_from, valid_to, body, sealed FROM "
      "register_drafts "
      "WHERE proposal = $1 AND number > $2 ORDER BY number LIMIT $3",
      proposal, after, limit);
}

Draft draftOf(const SqlRow& row) {
  Draft draft{row.integer(0),
              row.integer(1),
              static_cast<ChangeKind>(row.integer(2)),
              row.text(3),
              row.integer(4),
              row.integer(5),
              {dayOf(row.integer(6)), dayOf(row.integer(7))},
              bodyOf(row.text(8)),
              {}};
  if (!row.isNull(9)) draft.sealed = row.bytes(9);
  return draft;
}

std::vector<Statement> sampleStatements() {
  const std::vector<std::string> keys{"210202", "210203"};
  std::vector<Statement> all{selectRegister("regions"),
                             selectEntries("regions", keys),
                             selectVersions("regions", keys),
                             selectInEffect("regions", "210202", Date{}),
                             selectHistory(1),
                             selectAll("regions", "", Date{}, 10),
                             selectProposal(1),
                             selectProposals("regions", ProposalStatus::proposed, 1000, 10),
                             selectDrafts(1, 0, 10)};
  EntryFilter filter{Date{}};
  filter.scope = {{{{"210202"}, {}}, {{}, {"unit"}}}};
  for (std::size_t index = 0; index <= most_filters; ++index) {
    std::array<std::string, most_filters> filters;
    if (index < most_filters) filters[index] = "x";
    all.push_back(selectList("regions", filter, filters, "", 10));
  }
  filter.public_only = true;
  all.push_back(selectList("regions", filter, {}, "", 10));
  return all;
}

}  // namespace jinyue::registry
