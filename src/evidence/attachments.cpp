#include "evidence/attachments.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "evidence/file_name.h"
#include "evidence/kept_pieces.h"

namespace jinyue::evidence {
namespace {

using store::Blob;
using store::guarded;
using store::sqlValue;
using store::statement;

#define ATTACHMENT_COLUMNS                                                                           \
  "id, hash, owner, owner_kind, name, media_type, size, uploaded, expires, case_id, position, node," \
  " field, personal, bound, erased"
constexpr std::string_view insert_attachment =
    "INSERT INTO attachments (" ATTACHMENT_COLUMNS
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, '', '', '', NULL, NULL)";
constexpr std::string_view one_attachment = "SELECT " ATTACHMENT_COLUMNS " FROM attachments WHERE id = $1";
constexpr std::string_view attachments_of_case =
    "SELECT " ATTACHMENT_COLUMNS
    " FROM attachments WHERE case_id = $1 AND case_id <> 0 ORDER BY position, id";
constexpr std::string_view attachments_waiting =
    "SELECT " ATTACHMENT_COLUMNS
    " FROM attachments WHERE owner = $1 AND case_id = 0 ORDER BY uploaded DESC, id DESC";
constexpr std::string_view room_taken =
    "SELECT count(*), coalesce(cast(sum(size) AS bigint), 0) FROM attachments WHERE owner = $1 AND case_id "
    "= 0";
constexpr std::string_view count_of_case =
    "SELECT count(*) FROM attachments WHERE case_id = $1 AND case_id <> 0";
constexpr std::string_view bind_attachment =
    "UPDATE attachments SET case_id = $2, position = $3, node = $4, field = $5, personal = $6, bound = $7"
    " WHERE id = $1 AND case_id = 0 AND owner = $8 AND expires > $7";
constexpr std::string_view delete_waiting =
    "DELETE FROM attachments WHERE id = $1 AND case_id = 0 AND owner = $2";
constexpr std::string_view delete_expired =
    "DELETE FROM attachments WHERE id = $1 AND case_id = 0 AND expires <= $2";
constexpr std::string_view expired_attachments =
    "SELECT id FROM attachments WHERE case_id = 0 AND expires <= $1 ORDER BY expires, id LIMIT $2";
// The same as Attachment::isPersonal().
constexpr std::string_view erase_attachments =
    "UPDATE attachments SET erased = $2, name = $3 WHERE case_id = $1 AND case_id <> 0 AND erased IS NULL"
    " AND (node = '' OR personal <> '' OR owner_kind <> 0)";
constexpr std::string_view erase_contents =
    "DELETE FROM attachment_pieces WHERE id IN"
    " (SELECT id FROM attachments WHERE case_id = $1 AND case_id <> 0 AND erased IS NOT NULL)";
constexpr std::string_view attachments_after =
    "SELECT " ATTACHMENT_COLUMNS " FROM attachments WHERE id > $1 ORDER BY id LIMIT $2";
constexpr std::string_view put_name = "UPDATE attachments SET name = $2 WHERE id = $1 AND erased IS NULL";

constexpr int page_rows = 200;
constexpr std::size_t id_head = 16;    // hexadecimal digits before the hyphen
constexpr std::size_t id_digest = 64;  // and after it
constexpr int page_records = 1000;

/// The ids that stand in a record as values.
std::vector<std::string> idsIn(std::string_view record) {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::size_t length = id_head + 1 + id_digest;
  std::vector<std::string> ids;
  for (auto at = record.find('"'); at != std::string_view::npos; at = record.find('"', at + 1)) {
    const auto id = record.substr(at + 1, length);
    if (id.size() < length || id.find_first_not_of(digits) != id_head || id[id_head] != '-') continue;
    if (id.find_first_not_of(digits, id_head + 1) != std::string_view::npos) continue;
    if (record.substr(at + 1 + length, 1) == "\"") ids.emplace_back(id);
  }
  return ids;
}

Problem refusal(ProblemKind kind, std::string code, Text title, Text detail = {}, std::string where = {}) {
  return {kind, std::move(code), std::move(title), std::move(where), std::move(detail), {}};
}

Problem unknownAttachment(const Carried& carried) {
  return refusal(ProblemKind::invalid, "attachment.unknown",
                 {"没有这个附件，或它不是您上传的、已用于别的办件、已过期",
                  "there is no such attachment, or it is not yours, belongs to another case, or has expired"},
                 {"请重新上传", "upload it again"}, carried.where);
}

Problem refusedForm(std::vector<Problem> causes) {
  return {ProblemKind::invalid,
          "form.invalid",
          {"附件有误", "there is something wrong with the attachments"},
          {},
          {},
          std::move(causes)};
}

/// Writes rows that belong to no case's record; throws when the store can't.
bool commitRows(store::Store& store, std::vector<store::Statement> statements) {
  store::Batch batch;
  batch.statements = std::move(statements);
  return store.commit(batch).done();
}

std::string nameContext(std::string_view id) { return fmt::format("attachment/{}/name", id); }

bool mayCarry(const Attachment& found, std::string_view owner, store::CaseId into, Instant now) {
  if (!found.waits()) return found.case_id == into;
  return found.owner.actor == owner && found.expires > now;
}

}  // namespace

/// The ids that commands of this node are carrying: of two commands at once that name one file, one is told
/// to come again, and the unit of work of the other is not disturbed.
struct Attachments::Carrying {
  std::mutex mutex;
  std::set<std::string, std::less<>> ids;

  /// Ends the carrying when the command is done with.
  struct Hold {
    std::shared_ptr<Carrying> of;
    std::vector<std::string> ids;
    Hold(std::shared_ptr<Carrying> carrying, std::vector<std::string> held)
        : of(std::move(carrying)), ids(std::move(held)) {}
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    ~Hold() {
      const std::lock_guard lock(of->mutex);
      for (const std::string& id : ids) of->ids.erase(id);
    }
  };

  /// Null when one of them is being carried.
  static std::shared_ptr<Hold> hold(const std::shared_ptr<Carrying>& carrying, std::vector<std::string> ids) {
    const std::lock_guard lock(carrying->mutex);
    for (const std::string& id : ids) {
      if (carrying->ids.contains(id)) return nullptr;
    }
    carrying->ids.insert(ids.begin(), ids.end());
    return std::make_shared<Hold>(carrying, std::move(ids));
  }
};

std::string_view Attachment::digest() const {
  return id.size() > id_head ? std::string_view{id}.substr(id_head + 1) : std::string_view{};
}

Attachments::Attachments(Parts parts) : parts_(std::move(parts)), carrying_(std::make_shared<Carrying>()) {}

Attachment Attachments::read(const store::SqlRow& row) const {
  Attachment attachment;
  attachment.id = row.text(0);
  attachment.hash = row.text(1);
  attachment.owner = {row.text(2), static_cast<int>(row.integer(3))};
  if (const std::string& sealed = row.bytes(4); !sealed.empty()) {
    auto name = parts_.vault.open(sealed, nameContext(attachment.id));
    if (!name)
      throw store::StoreFault("the name of an attachment can't be opened: " + describe(name.error()));
    attachment.name = std::move(*name);
  }
  attachment.media_type = row.text(5);
  attachment.size = row.integer(6);
  attachment.uploaded = row.instant(7);
  attachment.expires = row.instant(8);
  attachment.case_id = row.integer(9);
  attachment.position = row.integer(10);
  attachment.node = row.text(11);
  attachment.field = row.text(12);
  attachment.personal = row.text(13);
  attachment.bound = row.optionalInstant(14);
  attachment.erased = row.optionalInstant(15);
  return attachment;
}

Result<void> Attachments::checkRoom(std::string_view owner, std::size_t bytes) const {
  const auto row = parts_.store.query(statement(room_taken, owner)).front();
  if (row.integer(0) < parts_.limits.waiting &&
      row.integer(1) + static_cast<std::int64_t>(bytes) <= parts_.limits.waiting_bytes)
    return {};
  return std::unexpected(refusal(
      ProblemKind::conflict, "attachment.too-many",
      {"已上传而未提交的附件太多", "too many attachments were uploaded and are in no case yet"},
      {"请先提交表单，或删除不用的附件", "send the form first, or delete those that are not needed"}));
}

Result<Attachment> Attachments::keep(const Owner& owner, std::string_view name, std::string_view bytes) {
  if (bytes.empty()) {
    return std::unexpected(
        refusal(ProblemKind::invalid, "attachment.empty", {"文件是空的", "the file is empty"}));
  }
  if (bytes.size() > static_cast<std::size_t>(parts_.limits.max_bytes)) {
    return std::unexpected(
        refusal(ProblemKind::invalid, "attachment.too-long",
                {fmt::format("文件超过 {} MB", parts_.limits.max_bytes >> 20),
                 fmt::format("the file has more than {} MB", parts_.limits.max_bytes >> 20)}));
  }
  if (auto room = checkRoom(owner.actor, bytes.size()); !room) return std::unexpected(room.error());
  const auto kind = kindOf(bytes);
  if (!kind) {
    return std::unexpected(refusal(
        ProblemKind::invalid, "attachment.type", {"不支持这种文件", "this kind of file is not taken"},
        {"可以上传 JPEG、PNG、WebP 图片，PDF、DOCX、XLSX（不含宏）、文本（UTF-8），WAV、MP3 录音",
         "pictures (JPEG, PNG, WebP), PDF, DOCX and XLSX without macros, texts in UTF-8, WAV and MP3"}));
  }
  auto content = keptContent(*kind, bytes);
  if (!content) return std::unexpected(content.error());

  ledger::Hasher hasher(parts_.hash);
  Attachment kept;
  kept.id = toHex(parts_.random(id_head / 2)) + '-' + ledger::toHex(hasher.plain(*content));
  kept.hash = boost::describe::enum_to_string(parts_.hash, "");
  kept.owner = owner;
  kept.name = keptName(name, extensionOf(*kind));
  kept.media_type = mediaTypeOf(*kind);
  kept.size = static_cast<std::int64_t>(content->size());
  kept.uploaded = parts_.now();
  kept.expires = kept.uploaded + std::chrono::days{parts_.limits.keep_days};

  auto statements = putPieces(parts_.vault, kept.id, *content);
  content->clear();
  statements.push_back(guarded(1, insert_attachment, kept.id, kept.hash, owner.actor, owner.kind,
                               Blob{parts_.vault.seal(kept.name, nameContext(kept.id))}, kept.media_type,
                               kept.size, kept.uploaded, kept.expires));
  if (!commitRows(parts_.store, std::move(statements)))
    throw store::StoreFault("an attachment was not written");
  return kept;
}

bool Attachments::drop(std::string_view owner, std::string_view id) {
  return commitRows(parts_.store, {guarded(1, delete_waiting, id, owner), dropPieces(id)});
}

std::optional<Attachment> Attachments::find(std::string_view id) const {
  const auto rows = parts_.store.query(statement(one_attachment, id));
  if (rows.empty()) return std::nullopt;
  return read(rows.front());
}

std::vector<Attachment> Attachments::ofCase(store::CaseId case_id) const {
  std::vector<Attachment> all;
  for (const auto& row : parts_.store.query(statement(attachments_of_case, case_id)))
    all.push_back(read(row));
  return all;
}

std::vector<Attachment> Attachments::waitingOf(std::string_view owner) const {
  std::vector<Attachment> all;
  for (const auto& row : parts_.store.query(statement(attachments_waiting, owner))) all.push_back(read(row));
  return all;
}

Pieces Attachments::contentOf(const Attachment& attachment) const {
  return keptPieces(parts_.store, parts_.vault, attachment);
}

std::vector<Attachment> Attachments::some(std::span<const Carried> carried) const {
  std::vector<Attachment> found;
  for (const Carried& each : carried) {  // a form has a handful
    if (auto one = find(each.id)) found.push_back(std::move(*one));
  }
  return found;
}

Result<BindFn> Attachments::carry(std::string_view owner, const Destination& destination,
                                  std::span<const Carried> carried) {
  if (carried.empty()) return BindFn{};
  const Instant now = parts_.now();
  std::vector<Problem> causes;
  std::vector<Carried> fresh;
  std::set<std::string_view> seen;
  for (const Carried& each : carried) {
    if (!seen.insert(each.id).second) {
      causes.push_back(refusal(ProblemKind::invalid, "attachment.twice",
                               {"同一个附件写了两次", "this attachment is named twice"}, {}, each.where));
      continue;
    }
    const auto found = find(each.id);
    if (!found || !mayCarry(*found, owner, destination.case_id, now))
      causes.push_back(unknownAttachment(each));
    else if (found->waits()) fresh.push_back(each);
  }
  if (!causes.empty()) return std::unexpected(refusedForm(std::move(causes)));
  if (fresh.empty()) return BindFn{};
  const std::int64_t there =
      destination.case_id == 0
          ? 0
          : parts_.store.query(statement(count_of_case, destination.case_id)).front().integer(0);
  if (there + static_cast<std::int64_t>(fresh.size()) > parts_.limits.per_case) {
    return std::unexpected(
        refusedForm({refusal(ProblemKind::invalid, "attachment.case-full",
                             {fmt::format("一个办件最多 {} 个附件", parts_.limits.per_case),
                              fmt::format("a case has {} attachments at most", parts_.limits.per_case)},
                             {}, fresh.front().where)}));
  }
  std::vector<std::string> ids;
  for (const Carried& each : fresh) ids.push_back(each.id);
  auto hold = Carrying::hold(carrying_, std::move(ids));
  if (!hold) {
    return std::unexpected(refusal(ProblemKind::unavailable, "attachment.busy",
                                   {"附件正在提交，请稍候再试", "the attachment is just being sent in"}));
  }
  return BindFn{[this, hold = std::move(hold), fresh = std::move(fresh), owner = std::string{owner},
                 node = destination.node](store::CaseId case_id, std::int64_t position,
                                          Instant at) -> Result<std::vector<store::Statement>> {
    // Another node may have been faster since the command was checked.
    const auto rows = some(fresh);
    std::vector<store::Statement> statements;
    for (const Carried& each : fresh) {
      const auto found = std::ranges::find(rows, each.id, &Attachment::id);
      if (found == rows.end() || !found->waits() || !mayCarry(*found, owner, case_id, at))
        return std::unexpected(refusedForm({unknownAttachment(each)}));
      statements.push_back(guarded(1, bind_attachment, each.id, case_id, position, node, each.field,
                                   each.personal, at, owner));
    }
    return statements;
  }};
}

int Attachments::eraseOf(store::CaseId case_id) {
  const auto held = [](const Attachment& each) { return !each.erased; };
  const auto before = std::ranges::count_if(ofCase(case_id), held);
  if (before == 0) return 0;
  if (!commitRows(parts_.store, {statement(erase_attachments, case_id, parts_.now(), Blob{}),
                                 statement(erase_contents, case_id)}))
    throw store::StoreFault("attachments were not erased");
  return static_cast<int>(before - std::ranges::count_if(ofCase(case_id), held));
}

void Attachments::dropWaitingOf(std::string_view owner) {
  for (const Attachment& each : waitingOf(owner)) drop(owner, each.id);
}

int Attachments::dropExpired(int limit) {
  const Instant now = parts_.now();
  int dropped = 0;
  for (const auto& row : parts_.store.query(statement(expired_attachments, now, limit))) {
    const std::string& id = row.text(0);
    if (commitRows(parts_.store, {guarded(1, delete_expired, id, now), dropPieces(id)})) ++dropped;
  }
  return dropped;
}

std::int64_t Attachments::reseal() {
  std::int64_t renewed = resealPieces(parts_.store, parts_.vault);
  for (std::string after;;) {
    const auto rows = parts_.store.query(statement(attachments_after, after, page_rows));
    if (rows.empty()) return renewed;
    std::vector<store::Statement> statements;
    for (const auto& row : rows) {
      after = row.text(0);
      if (row.bytes(4).empty() || parts_.vault.isCurrent(row.bytes(4))) continue;
      statements.push_back(
          statement(put_name, after, Blob{parts_.vault.seal(read(row).name, nameContext(after))}));
    }
    renewed += static_cast<std::int64_t>(statements.size());
    if (!statements.empty() && !commitRows(parts_.store, std::move(statements)))
      throw store::StoreFault("names of attachments were not sealed anew");
  }
}

std::optional<Text> Attachments::wrongWith(const Attachment& attachment) const {
  if (!attachment.erased) {
    try {
      const Pieces pieces = contentOf(attachment);
      while (pieces()) {
      }
    } catch (const store::StoreFault&) {
      return Text{"内容与摘要不符，或无法读取", "the content is not what the digest says, or can't be read"};
    }
  }
  // The log has only the keyed digest of a personal value.
  if (attachment.waits() || !attachment.personal.empty()) return std::nullopt;
  const auto records = parts_.store.records(attachment.case_id, attachment.position - 1, 1);
  if (records.empty() || records.front().position != attachment.position ||
      !records.front().record.contains(attachment.id))
    return Text{"办理记录中没有这个附件", "the record of the case does not carry it"};
  return std::nullopt;
}

std::int64_t Attachments::check(const std::function<void(const AttachmentFinding&)>& look) const {
  std::int64_t seen = 0;
  for (std::string after;;) {
    const auto rows = parts_.store.query(statement(attachments_after, after, page_rows));
    if (rows.empty()) break;
    for (const auto& row : rows) {
      after = row.text(0);
      ++seen;
      try {
        const Attachment attachment = read(row);
        if (auto wrong = wrongWith(attachment)) look({attachment.id, attachment.case_id, std::move(*wrong)});
      } catch (const store::StoreFault&) {
        look({after, row.integer(9), {"文件名无法读取", "its name can't be opened"}});
      }
    }
  }
  for (std::uint64_t from = 0;;) {
    const auto records = parts_.store.journal(from, page_records);
    if (records.empty()) return seen;
    from = records.back().sequence + 1;
    for (const store::StoredRecord& record : records) {
      for (std::string& id : idsIn(record.record)) {
        if (!find(id))
          look({std::move(id),
                record.case_id,
                {"办理记录中有它，但附件已不在", "a record carries it, but it is gone"}});
      }
    }
  }
}

}  // namespace jinyue::evidence
