// /cases/{id}/…: what is done with a case as a whole: comments, clocks, corrections, cancelling, and reading
// personal values in the clear.

#include "api/bodies.h"
#include "api/case_views.h"
#include "api/endpoint.h"
#include "api/resource.h"
#include "api/wishes.h"

namespace jinyue::api {
namespace {

using identity::Permission;

About reasonAbout() { return {"reason", {"理由", "reason"}, {}, 1, 500}; }

struct CommentBody {
  std::optional<std::int32_t> task;
  std::string text;
  static std::vector<About> about() {
    return {{"task", {"针对的任务编号", "number of the task it is about"}},
            {"text", {"意见", "the comment"}, {}, 1, 5000}};
  }
};
BOOST_DESCRIBE_STRUCT(CommentBody, (), (task, text))

struct ExtensionBody {
  std::int32_t amount = 0;
  std::string reason;
  std::int64_t approved_by = 0;
  static std::vector<About> about() {
    return {{"amount",
             {"增加的数量，单位同时限规则", "how much is added, in the unit of the rule"},
             "5",
             1,
             3650},
            reasonAbout(),
            {"approved_by", {"批准人账号", "account of who approved it"}, "18"}};
  }
};
BOOST_DESCRIBE_STRUCT(ExtensionBody, (), (amount, reason, approved_by))

struct VariablesBody {
  std::optional<std::int32_t> scope;
  PlainObject variables;
  std::string reason;
  static std::vector<About> about() {
    return {{"scope", {"所在环节编号，不填为整件", "number of the scope; the case without it"}},
            reasonAbout()};
  }
};
BOOST_DESCRIBE_STRUCT(VariablesBody, (), (scope, variables, reason))

struct MoveBody {
  std::int32_t from = 0;
  std::string to;
  std::string reason;
  static std::vector<About> about() {
    return {{"from", {"结束的环节编号", "number of the element that ends"}},
            {"to", {"转到的环节标识", "id of the step to go to"}, {}, 1, 200},
            reasonAbout()};
  }
};
BOOST_DESCRIBE_STRUCT(MoveBody, (), (from, to, reason))

struct RevealBody {
  std::vector<std::string> fields;
  std::string purpose;
  static std::vector<About> about() {
    return {{"fields", {"要查看的数据名", "names of the values"}, R"(["phone"])", 1, 50},
            {"purpose", {"查看目的，会留痕", "what for; it is audited"}, {}, 4, 200}};
  }
};
BOOST_DESCRIBE_STRUCT(RevealBody, (), (fields, purpose))

struct Revealed {
  PlainObject values;
};
BOOST_DESCRIBE_STRUCT(Revealed, (), (values))

Result<Answer<Revealed>> reveal(const Rooms& rooms, Call& call, std::int64_t id, const RevealBody& body) {
  const auto row = findCase(call, rooms, id);
  if (!row) return std::unexpected(row.error());
  const auto definition = rooms.definitions.find(row->definition);
  if (!definition) return std::unexpected(definition.error());
  const bpmn::State state = stateOf(*row, rooms.engine.seal());
  std::vector<std::string> masked;
  maskedVariables(state.variables(), *(*definition)->model, *rooms.packs.of(row->definition), masked);
  Revealed revealed;
  for (std::size_t i = 0; i < body.fields.size(); ++i) {
    const std::string& field = body.fields[i];
    if (std::ranges::find(masked, field) == masked.end()) {
      return refuse(ProblemKind::invalid, "personal.unknown",
                    {"没有这项个人信息", "there is no such personal value"}, fmt::format("/fields/{}", i));
    }
    revealed.values.members.set(field, *state.variables().find(field));
  }
  const auto place = placeOf(*row, rooms.packs);
  if (auto noted =
          rooms.audit.reveal(*call.caller, fmt::format("case:{}", id), place, body.fields, body.purpose);
      !noted)
    return std::unexpected(std::move(noted).error());
  Answer<Revealed> answer(std::move(revealed));
  answer.secret = true;
  return answer;
}

}  // namespace

void addCaseCommands(Endpoints& endpoints, const Rooms& rooms) {
  const auto post = [](std::string_view path, std::string name, Text summary, Permission permission) {
    const Resource resource{"cases", "/cases/{id}", needs(permission, Reach::thing)};
    return resource.post(path, std::move(name), std::move(summary));
  };
  endpoints.add(post("/comments", "commentOnCase", {"写意见", "adds a comment"}, Permission::case_read),
                [rooms](Call& call, const In<CasePath, None, CommentBody>& in, const Done<CaseStep>& done) {
                  carryOut(rooms, call, CommentOnCase{{in.path.id}, in.body.task, in.body.text}, done);
                });
  endpoints.add(
      post("/cancellation", "cancelCase", {"撤销办件", "cancels a case"}, Permission::case_supervise),
      [rooms](Call& call, const In<CasePath, None, ReasonBody>& in, const Done<CaseStep>& done) {
        carryOut(rooms, call, CancelCase{{in.path.id}, in.body.reason}, done);
      });
  // Who works on a step may stop its clock, so the permission of workers is enough to come in here.
  endpoints.add(post("/clocks/{element}/pause", "pauseClock", {"暂停计时（须有法定理由）", "pauses a clock"},
                     Permission::task_work),
                [rooms](Call& call, const In<ClockPath, None, ReasonBody>& in, const Done<CaseStep>& done) {
                  carryOut(rooms, call, PauseClock{{in.path.id}, in.path.element, in.body.reason}, done);
                });
  endpoints.add(post("/clocks/{element}/resumption", "resumeClock", {"恢复计时", "lets a clock go on"},
                     Permission::task_work),
                [rooms](Call& call, const In<ClockPath>& in, const Done<CaseStep>& done) {
                  carryOut(rooms, call, ResumeClock{{in.path.id}, in.path.element}, done);
                });
  endpoints.add(
      post("/clocks/{element}/extension", "extendClock", {"延期（经他人批准）", "extends a clock"},
           Permission::task_work),
      [rooms](Call& call, const In<ClockPath, None, ExtensionBody>& in, const Done<CaseStep>& done) {
        carryOut(
            rooms, call,
            ExtendClock{{in.path.id}, in.path.element, in.body.amount, in.body.reason, in.body.approved_by},
            done);
      });
  auto corrects =
      post("/variables", "setVariables", {"更正数据", "corrects data"}, Permission::case_supervise);
  corrects.changes_version = true;
  endpoints.add(corrects, [rooms](Call& call, const In<CasePath, None, VariablesBody>& in,
                                  const Done<CaseStep>& done) {
    carryOut(rooms, call,
             SetVariables{
                 {in.path.id}, in.body.scope.value_or(bpmn::whole_case), in.body.variables, in.body.reason},
             done);
  });
  auto moves = post("/token", "moveToken", {"人工调整环节", "moves a case to another step"},
                    Permission::case_supervise);
  moves.changes_version = true;
  endpoints.add(
      moves, [rooms](Call& call, const In<CasePath, None, MoveBody>& in, const Done<CaseStep>& done) {
        carryOut(rooms, call, MoveToken{{in.path.id}, in.body.from, in.body.to, in.body.reason}, done);
      });
  auto reads =
      post("/personal", "revealPersonal",
           {"查看个人信息原文（须说明目的，留痕）", "personal values in the clear, for a purpose; audited"},
           Permission::case_read);
  reads.repeats = Repeats::harmless;
  endpoints.add(reads, [rooms](Call& call, const In<CasePath, None, RevealBody>& in) {
    return reveal(rooms, call, in.path.id, in.body);
  });
}

}  // namespace jinyue::api
