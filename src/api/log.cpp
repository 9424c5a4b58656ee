// /log: the signed head of the log and proofs of its records, for everybody.

#include "api/endpoint.h"
#include "api/rooms.h"
#include "ledger/proof_document.h"

namespace jinyue::api {
namespace {

struct SequencePath {
  std::uint64_t sequence = 0;
};
BOOST_DESCRIBE_STRUCT(SequencePath, (), (sequence))

struct HeadsQuery {
  std::optional<std::uint64_t> from_size;
  std::optional<int> limit;
  static std::vector<About> about() {
    return {{"from_size", {"从此条数起", "heads of at least so many records"}},
            {"limit", {"条数，默认 100", "how many; 100 without it"}, "100", 1, 500}};
  }
};
BOOST_DESCRIBE_STRUCT(HeadsQuery, (), (from_size, limit))

Description open(std::string path, std::string name, Text summary) {
  return {.path = "/log" + std::move(path),
          .name = std::move(name),
          .tag = "open",
          .summary = std::move(summary),
          .access = anyone(),
          .gives = {"application/json"}};
}

}  // namespace

void addLog(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(open("/head", "readLogHead", {"存证日志的签名日志头", "the signed head of the log"}),
                [rooms](Call&, const In<>&) -> Result<Answer<Download>> {
                  const auto head = rooms.store.head();
                  return Download{"application/json", {}, head ? ledger::encodeHead(*head) : "null"};
                });
  endpoints.add(open("/heads", "listLogHeads", {"留存的历次日志头", "heads kept over time"}),
                [rooms](Call&, const In<None, HeadsQuery>& in) -> Result<Answer<Download>> {
                  std::string heads = "[";
                  for (const ledger::Head& head :
                       rooms.store.keptHeads(in.query.from_size.value_or(0), in.query.limit.value_or(100))) {
                    if (heads.size() > 1) heads += ',';
                    heads += ledger::encodeHead(head);
                  }
                  return Download{"application/json", {}, heads + ']'};
                });
  endpoints.add(
      open("/proofs/{sequence}", "readProof",
           {"一条记录在日志中的证明", "the proof that a record is in the log"}),
      [rooms](Call&, const In<SequencePath>& in) -> Result<Answer<Download>> {
        const auto head = rooms.store.head();
        const auto rows = head && in.path.sequence < head->size ? rooms.store.journal(in.path.sequence, 1)
                                                                : std::vector<store::StoredRecord>{};
        if (rows.empty()) {
          return refuse(ProblemKind::not_found, "record.unknown",
                        {"日志里没有这条记录", "the log has no such record"}, "sequence");
        }
        const auto read = [&rooms](int level, std::int64_t index) { return rooms.store.tile(level, index); };
        return Download{
            "application/json",
            {},
            ledger::encodeProof(ledger::makeProof(rows.front().record, in.path.sequence, *head, read))};
      });
}

}  // namespace jinyue::api
