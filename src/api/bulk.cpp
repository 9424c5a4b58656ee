// /commands: many commands at once, each for itself; what one is refused for does not touch the others.

#include <atomic>

#include "api/endpoint.h"
#include "api/service.h"
#include "api/wishes.h"
#include "ledger/hash.h"

namespace jinyue::api {
namespace {

constexpr std::int64_t most_commands = 200;

struct BulkBody {
  std::vector<Wish> commands;
  static std::vector<About> about() {
    return {{"commands", {"命令列表", "the commands"}, {}, 1, most_commands}};
  }
};
BOOST_DESCRIBE_STRUCT(BulkBody, (), (commands))

struct RowProblem {
  std::string code;
  std::string title;
  std::optional<std::string> where;
  std::optional<std::string> detail;
  std::vector<RowProblem> causes;
};
BOOST_DESCRIBE_STRUCT(RowProblem, (), (code, title, where, detail, causes))

struct RowResult {
  std::int32_t status = 0;
  std::optional<CaseStep> done;
  std::optional<RowProblem> problem;
  static std::vector<About> about() {
    return {{"status", {"该条的状态码", "status of this command"}, "200"},
            {"done", {"成功时", "when it was done"}},
            {"problem", {"被拒绝时", "when it was refused"}}};
  }
};
BOOST_DESCRIBE_STRUCT(RowResult, (), (status, done, problem))

struct BulkAnswer {
  std::vector<RowResult> results;
};
BOOST_DESCRIBE_STRUCT(BulkAnswer, (), (results))

RowProblem rowProblem(const Problem& problem, http::Language language) {
  const auto in = [language](const Text& text) {
    const std::string& wanted = language == http::Language::en ? text.en : text.zh;
    return wanted.empty() ? (language == http::Language::en ? text.zh : text.en) : wanted;
  };
  RowProblem row{problem.code, in(problem.title), {}, {}, {}};
  if (!problem.where.empty()) row.where = problem.where;
  if (const std::string detail = in(problem.detail); !detail.empty()) row.detail = detail;
  for (const Problem& cause : problem.causes) row.causes.push_back(rowProblem(cause, language));
  return row;
}

/// Gathers the results; the last one answers.
struct Gathering {
  Gathering(std::size_t count, const Done<BulkAnswer>& to) : results(count), left(count), done(to) {}
  void put(std::size_t at, RowResult result) {
    results[at] = std::move(result);
    if (left.fetch_sub(1) == 1) done(Answer<BulkAnswer>({std::move(results)}));
  }
  std::vector<RowResult> results;
  std::atomic<std::size_t> left;
  Done<BulkAnswer> done;
};

/// A key for each command, from the key of all.
std::string rowKey(const std::string& key, std::size_t at) {
  ledger::Hasher hasher(ledger::HashAlgorithm::sha256);
  return ledger::toHex(hasher.plain(fmt::format("{}\n{}", key, at))).substr(0, 40);
}

void carryOutAll(const Rooms& rooms, Call& call, const BulkBody& body, const Done<BulkAnswer>& done) {
  call.foundInReach();
  const auto gathering = std::make_shared<Gathering>(body.commands.size(), done);
  const http::Language language = call.language();
  for (std::size_t i = 0; i < body.commands.size(); ++i) {
    const Wish& wish = body.commands[i];
    const auto refused = [&](const Problem& problem) {
      gathering->put(i, {statusOf(problem), {}, rowProblem(problem, language)});
    };
    if (const auto allowed = identity::require(*call.caller, permissionFor(wish)); !allowed) {
      refused(allowed.error());
      continue;
    }
    auto request = requestFor(rooms, call, wish, rowKey(call.key, i));
    if (!request) {
      // A key that was used says what became of it then.
      const std::string keys[] = {rowKey(call.key, i)};
      const auto known = rooms.store.findReplies(keys);
      const auto first = std::ranges::find(known, call.actor().id, &store::ReplyRow::actor);
      if (first != known.end() && first->fingerprint == call.fingerprint)
        gathering->put(i, {200, CaseStep{first->case_id, first->position, true}, {}});
      else refused(request.error());
      continue;
    }
    request->fingerprint = call.fingerprint;
    rooms.engine.submit(std::move(*request), [gathering, i, language](Result<casework::Reply> reply) {
      if (reply) gathering->put(i, {200, CaseStep{reply->case_id, reply->position, reply->repeated}, {}});
      else gathering->put(i, {statusOf(reply.error()), {}, rowProblem(reply.error(), language)});
    });
  }
}

}  // namespace

void addBulk(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(
      {.method = http::Method::post,
       .path = "/commands",
       .name = "carryOutCommands",
       .tag = "cases",
       .summary = {"批量办理，逐条给出结果", "many commands at once, a result for each"},
       .access = signedIn(),
       .detail = {"每条按各自权限检查，互不影响；整批用同一个 Idempotency-Key 重复提交时逐条给出首次结果",
                  "each is checked for itself; the same Idempotency-Key gives each its first outcome"},
       .example = R"({"commands":[{"type":"claim-task","case_id":42,"task":3}]})"},
      [rooms](Call& call, const In<None, None, BulkBody>& in, const Done<BulkAnswer>& done) {
        carryOutAll(rooms, call, in.body, done);
      },
      [](Call&, const In<None, None, BulkBody>&, const Written&) -> Result<Answer<BulkAnswer>> {
        // The key of all is never written itself, only those of the commands.
        return BulkAnswer{};
      });
}

}  // namespace jinyue::api
