// /open/progress: how a matter stands, by its number and the telephone number that it was reported with.

#include "api/progress.h"

#include <algorithm>

#include "api/case_views.h"
#include "api/endpoint.h"
#include "identity/mask.h"
#include "ledger/record.h"

namespace jinyue::api {
namespace {

struct ProgressBody {
  std::int64_t number = 0;
  std::string phone;
  static std::vector<About> about() {
    return {{"number", {"办件号", "number of the case"}, "42", 1},
            {"phone", {"登记时留的电话", "the telephone number that was given"}, R"("13000000000")", 5, 40}};
  }
};
BOOST_DESCRIBE_STRUCT(ProgressBody, (), (number, phone))

struct RatingBody : ProgressBody {
  Satisfaction satisfaction = Satisfaction::satisfied;
  bool solved = false;
  std::optional<std::string> note;
  static std::vector<About> about() {
    auto all = ProgressBody::about();
    all.insert(all.end(),
               {{"satisfaction",
                 {"satisfied 满意，basically 基本满意，dissatisfied 不满意", "how satisfied the caller is"}},
                {"solved", {"问题已解决", "the problem is solved"}},
                {"note", {"补充说明", "in the caller's words"}, {}, 0, 500}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(RatingBody, (ProgressBody), (satisfaction, solved, note))

std::unexpected<Problem> unknownProgress() {
  return refuse(ProblemKind::not_found, "progress.unknown",
                {"没有找到：请核对办件号和登记时留的电话",
                 "nothing was found: check the number and the telephone number that you gave"});
}

/// The telephone numbers that a case was reported with.
std::vector<std::string> reportedPhones(const feel::Context& variables, const packs::Pack& pack) {
  std::vector<std::string> phones;
  for (const auto& [name, value] : variables) {
    const auto text = value.asString();
    const bool is_phone = text && std::ranges::any_of(pack.forms, [&](const packs::Form& form) {
                            const packs::FormField* field = form.field(name);
                            return field && field->personal == "phone";
                          });
    if (is_phone) phones.emplace_back(*text);
  }
  return phones;
}

calendar::Light progressLight(Instant due, const std::optional<Instant>& yellow, Instant at) {
  if (at >= due) return calendar::Light::red;
  return yellow && at >= *yellow ? calendar::Light::yellow : calendar::Light::green;
}

Result<void> countedAsk(Progress& progress, Call& call, std::int64_t number) {
  if (const auto wait = progress.wait(number, call.request, call.now)) {
    call.retry_after = wait;
    return refuse(ProblemKind::unavailable, "progress.too-often",
                  {"查询过于频繁，请稍后再试", "asked too often; wait a little"});
  }
  return {};
}

}  // namespace

std::optional<std::chrono::seconds> Progress::wait(std::int64_t number, const http::Request& request,
                                                   Instant now) {
  const std::lock_guard lock(mutex_);
  by_address_.forgetRested(now);
  by_number_.forgetRested(now);
  const Millis wait = std::max(by_address_.take(http::rateKeyOf(request.remote_address), now),
                               by_number_.take(std::to_string(number), now));
  if (wait == Millis{0}) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(wait);
}

Result<store::CaseRow> Progress::row(std::int64_t number, std::string_view phone) const {
  const std::string given = identity::normalised(identity::FieldClass::phone, phone);
  const store::CaseId ids[] = {number};
  auto rows = number > 0 && given.size() >= 5 ? rooms_.store.loadCases(ids) : std::vector<store::CaseRow>{};
  if (rows.empty()) return unknownProgress();
  const bpmn::State state = stateOf(rows.front(), rooms_.engine.seal());
  const std::string lookup = rooms_.vault.lookup("phone", given);
  for (const std::string& each :
       reportedPhones(state.variables(), *rooms_.packs.of(rows.front().definition))) {
    if (rooms_.vault.lookup("phone", identity::normalised(identity::FieldClass::phone, each)) == lookup)
      return std::move(rows.front());
  }
  return unknownProgress();
}

Result<ProgressView> Progress::find(std::int64_t number, std::string_view phone, Instant now) const {
  const auto found = row(number, phone);
  if (!found) return std::unexpected(found.error());
  const bpmn::State state = stateOf(*found, rooms_.engine.seal());
  const auto pack = rooms_.packs.of(found->definition);
  ProgressView view;
  view.number = found->id;
  view.title = found->title;
  view.unit = found->unit;
  view.unit_name = rooms_.names.unit(found->unit, now);
  view.phone = identity::masked(identity::FieldClass::phone, phone);
  view.status = found->status;
  view.opened = found->opened;
  view.closed = found->closed;
  view.due = found->due;
  view.last = found->opened;
  if (found->due && found->status != store::CaseStatus::cancelled)
    view.light = progressLight(*found->due, std::nullopt, found->closed.value_or(now));
  if (const auto newest = rooms_.store.records(found->id, found->version - 1, 1); !newest.empty()) {
    if (const auto record = ledger::decodeRecord(newest.front().record)) view.last = record->at;
  }
  store::TaskFilter filter;
  filter.case_id = found->id;
  for (const store::TaskRow& task : rooms_.store.listTasks(filter, {50, {}}).rows) {
    const auto named = pack->texts.find(task.process + '.' + task.node);
    ProgressStep step{named != pack->texts.end() ? named->second : Text{task.name, task.name},
                      task.unit,
                      rooms_.names.unit(task.unit, now),
                      task.due,
                      {}};
    if (task.due) step.light = progressLight(*task.due, task.yellow, now);
    view.steps.push_back(std::move(step));
  }
  const feel::Value* answer = state.variables().find("result");
  const auto text = answer ? answer->asString() : std::nullopt;
  if (text && !text->empty()) view.answer = std::string{*text};
  view.may_rate = std::ranges::any_of(state.waits, [](const bpmn::Wait& wait) {
    return wait.kind == bpmn::WaitKind::message && wait.name == rating_message;
  });
  return view;
}

Result<void> Progress::rate(std::int64_t number, std::string_view phone, const Rating& rating) const {
  const auto found = row(number, phone);
  if (!found) return std::unexpected(found.error());
  const bpmn::State state = stateOf(*found, rooms_.engine.seal());
  const auto wait = std::ranges::find_if(state.waits, [](const bpmn::Wait& each) {
    return each.kind == bpmn::WaitKind::message && each.name == rating_message;
  });
  const auto none = [] {
    return refuse(ProblemKind::conflict, "progress.no-rating",
                  {"现在不在等评价：可能还没有办完，或已经评价过",
                   "it does not wait for a rating: it is not done yet, or has been rated"});
  };
  if (wait == state.waits.end()) return none();
  feel::Context said;
  said.set("reached", feel::Value(true));
  said.set("satisfaction",
           feel::Value(std::string{boost::describe::enum_to_string(rating.satisfaction, "satisfied")}));
  said.set("solved", feel::Value(rating.solved));
  if (!rating.note.empty()) said.set("callback_note", feel::Value(rating.note));
  casework::FromOutside outside;
  outside.reaches = [id = found->id](const store::ElementKey& receiver) { return receiver.case_id == id; };
  const auto done =
      rooms_.delivery.send(std::string{rating_message}, wait->key, said, {"caller", {}, {}}, {}, outside);
  if (done) return {};
  return done.error().code == "message.unclaimed" ? none() : std::unexpected(done.error());
}

void addProgress(Endpoints& endpoints, const Rooms& rooms) {
  const auto progress = std::make_shared<Progress>(rooms);
  endpoints.add(
      {.method = http::Method::post,
       .path = "/open/progress",
       .name = "findProgress",
       .tag = "open",
       .summary = {"凭办件号和电话查进度", "how a matter stands, by its number and the telephone number"},
       .access = anyone(),
       .repeats = Repeats::harmless},
      [progress](Call& call, const In<None, None, ProgressBody>& in) -> Result<Answer<ProgressView>> {
        if (auto may = countedAsk(*progress, call, in.body.number); !may)
          return std::unexpected(std::move(may).error());
        auto view = progress->find(in.body.number, in.body.phone, call.now);
        if (!view) return std::unexpected(std::move(view).error());
        Answer<ProgressView> answer(std::move(*view));
        answer.secret = true;
        return answer;
      });
  endpoints.add({.method = http::Method::post,
                 .path = "/open/progress/rating",
                 .name = "rateProgress",
                 .tag = "open",
                 .summary = {"本人评价", "the caller's own rating"},
                 .access = anyone(),
                 .repeats = Repeats::harmless},  // once rated, the case no longer waits for it
                [progress](Call& call, const In<None, None, RatingBody>& in) -> Result<Answer<Nothing>> {
                  if (auto may = countedAsk(*progress, call, in.body.number); !may)
                    return std::unexpected(std::move(may).error());
                  const Rating rating{in.body.satisfaction, in.body.solved, in.body.note.value_or("")};
                  if (auto done = progress->rate(in.body.number, in.body.phone, rating); !done)
                    return std::unexpected(std::move(done).error());
                  return Nothing{};
                });
}

}  // namespace jinyue::api
