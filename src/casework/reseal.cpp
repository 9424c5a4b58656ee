#include "casework/reseal.h"

namespace jinyue::casework {
namespace {

constexpr int rows_at_once = 200;

constexpr std::string_view next_states =
    "SELECT id, version, state FROM cases WHERE id > $1 ORDER BY id LIMIT $2";
constexpr std::string_view put_state = "UPDATE cases SET state = $1 WHERE id = $2 AND version = $3";
constexpr std::string_view next_personal =
    "SELECT case_id, digest, value FROM personal WHERE (case_id, digest) > ($1, $2)"
    " ORDER BY case_id, digest LIMIT $3";
constexpr std::string_view put_personal =
    "UPDATE personal SET value = $1 WHERE case_id = $2 AND digest = $3 AND value = $4";
constexpr std::string_view next_bodies =
    "SELECT case_id, number, body FROM outbox WHERE (case_id, number) > ($1, $2)"
    " ORDER BY case_id, number LIMIT $3";
constexpr std::string_view put_body =
    "UPDATE outbox SET body = $1 WHERE case_id = $2 AND number = $3 AND body = $4";

}  // namespace

/// One pass over the store. An update finds its row only as it was read.
class Resealing {
 public:
  Resealing(store::Store& store, const Seal& seal, const std::function<void(const Resealed&)>& progress)
      : store_(store), seal_(seal), progress_(progress) {}

  Result<Resealed> run() {
    for (const auto pass : {&Resealing::states, &Resealing::personal, &Resealing::bodies}) {
      if (auto done = (this->*pass)(); !done) return std::unexpected(std::move(done.error()));
    }
    return count_;
  }

 private:
  Result<void> states() {
    std::int64_t after = INT64_MIN;
    return pages([&] { return store::statement(next_states, after, rows_at_once); },
                 [&](const store::SqlRow& row) -> Result<void> {
                   store::CaseRow each;
                   each.id = after = row.integer(0);
                   return renew(row.bytes(2), sealContext(each), [&](const store::Blob& bytes) {
                     return store::statement(put_state, bytes, after, row.integer(1));
                   });
                 });
  }

  Result<void> personal() {
    store::PersonalRow each;
    each.case_id = INT64_MIN;
    return pages([&] { return store::statement(next_personal, each.case_id, each.digest, rows_at_once); },
                 [&](const store::SqlRow& row) -> Result<void> {
                   each.case_id = row.integer(0);
                   each.digest = row.text(1);
                   return renew(row.bytes(2), sealContext(each), [&](const store::Blob& bytes) {
                     return store::statement(put_personal, bytes, each.case_id, each.digest,
                                             store::Blob{row.bytes(2)});
                   });
                 });
  }

  Result<void> bodies() {
    store::OutboxRow each;
    each.id = store::before_all;
    return pages([&] { return store::statement(next_bodies, each.id.case_id, each.id.number, rows_at_once); },
                 [&](const store::SqlRow& row) -> Result<void> {
                   each.id = {row.integer(0), static_cast<store::ElementNumber>(row.integer(1))};
                   return renew(row.bytes(2), sealContext(each), [&](const store::Blob& bytes) {
                     return store::statement(put_body, bytes, each.id.case_id, each.id.number,
                                             store::Blob{row.bytes(2)});
                   });
                 });
  }

  template <class Next, class Take>
  Result<void> pages(Next next, Take take) {
    for (;;) {
      batch_ = {};
      const auto rows = store_.query(next());
      for (const store::SqlRow& row : rows) {
        if (auto taken = take(row); !taken) return taken;
      }
      count_.seen += static_cast<std::int64_t>(rows.size());
      count_.renewed += static_cast<std::int64_t>(batch_.statements.size());
      if (!batch_.statements.empty()) store_.commit(batch_);
      progress_(count_);
      if (rows.size() < static_cast<std::size_t>(rows_at_once)) return {};
    }
  }

  template <class Put>
  Result<void> renew(const std::string& bytes, const std::string& context, Put put) {
    if (seal_.isCurrent(bytes)) return {};
    auto clear = seal_.unseal(bytes, context);
    if (!clear) {
      clear.error().where = context;
      return std::unexpected(std::move(clear.error()));
    }
    batch_.statements.push_back(put(store::Blob{seal_.seal(*clear, context)}));
    return {};
  }

  store::Store& store_;
  const Seal& seal_;
  const std::function<void(const Resealed&)>& progress_;
  Resealed count_;
  store::Batch batch_;
};

Result<Resealed> reseal(store::Store& store, const Seal& seal,
                        const std::function<void(const Resealed&)>& progress) {
  return Resealing(store, seal, progress).run();
}

}  // namespace jinyue::casework
