#include "api/case_start.h"

#include <algorithm>

#include "api/form_sources.h"

namespace jinyue::api {
namespace {

template <class T>
bool has(const std::vector<T>& list, const T& value) {
  return list.empty() || std::ranges::find(list, value) != list.end();
}

/// Whether he may start cases of this pack at all: where the case will lie is known only by its answers.
bool mayStart(const identity::Caller& caller, const std::string& pack) {
  if (!caller.may(identity::Permission::case_start)) return false;
  if (!caller.parties.empty()) return true;
  return std::ranges::any_of(caller.held, [&](const identity::HeldRole& role) {
    return role.permissions.has(identity::Permission::case_start) && has(role.scope.packs, pack) &&
           has(role.scope.states, store::CaseStatus::active);
  });
}

void addCarried(const packs::FormField& field, const feel::Value& value, std::string where,
                std::vector<evidence::Carried>& carried) {
  if (const auto id = value.asString())
    carried.push_back({std::string{*id}, field.name, std::move(where), field.personal});
}

std::vector<evidence::Carried> carriedBy(const packs::Form& form, const feel::Context& values) {
  std::vector<evidence::Carried> carried;
  for (const packs::FormField& field : form.fields()) {
    const feel::Value* value = field.attachment ? values.find(field.name) : nullptr;
    if (!value) continue;
    if (const feel::List* list = value->asList()) {
      for (std::size_t i = 0; i < list->size(); ++i)
        addCarried(field, (*list)[i], fmt::format("/{}/{}", field.name, i), carried);
    } else {
      addCarried(field, *value, "/" + field.name, carried);
    }
  }
  return carried;
}

}  // namespace

std::vector<About> StartCase::about() {
  return {{"pack", {"系统包", "id of the pack"}, R"("demonstration")", 1, 100},
          {"item", {"事项", "id of the service item"}, R"("hotline")", 1, 100},
          {"key", {"业务编号，可不填", "business key, if there is one"}, {}, 1, 100},
          {"answers", {"表单的答案", "answers to the form of the item"}}};
}

Result<Answer<CaseStep>> stepOf(Result<casework::Reply> reply) {
  if (!reply) return std::unexpected(std::move(reply).error());
  return Answer<CaseStep>({reply->case_id, reply->position, reply->repeated}, reply->position);
}

Result<CheckedAnswers> checkedAnswers(const Rooms& rooms, const Call& call, const packs::Pack& pack,
                                      const std::string& form_id, const feel::Context& answers) {
  if (form_id.empty()) {
    if (answers.empty()) return CheckedAnswers{};
    return refuse(ProblemKind::invalid, "form.none",
                  {"此环节没有表单，不能提交数据", "nothing is asked here"}, "/answers");
  }
  const packs::Form* form = pack.form(form_id);
  if (!form) throw store::StoreFault(fmt::format("pack {} has no form {}", pack.manifest.id, form_id));
  auto filled = form->check(answers, formSources(rooms, *call.caller, dateOf(call.now)),
                            rooms.registry.surroundings(dateOf(call.now)));
  if (!filled) return std::unexpected(std::move(filled).error());
  auto carried = carriedBy(*form, filled->values);
  return CheckedAnswers{std::move(filled->values), std::move(carried)};
}

void startCase(const Rooms& rooms, Call& call, const StartCase& body, const Done<CaseStep>& done) {
  call.foundInReach();
  const auto newest = mayStart(*call.caller, body.pack) ? rooms.packs.newest(body.pack) : std::nullopt;
  const packs::Item* item = newest ? newest->pack->item(body.item) : nullptr;
  if (!item) {
    return done(refuse(ProblemKind::not_found, "item.unknown",
                       {"没有这个事项", "there is no such service item"}, "/item"));
  }
  auto answers = checkedAnswers(rooms, call, *newest->pack, item->form.value_or(""), body.answers.members);
  if (!answers) return done(std::unexpected(std::move(answers).error()));
  if (auto own =
          checkParty(rooms, *call.caller, newest->definition, item->process, answers->variables, call.now);
      !own)
    return done(std::unexpected(std::move(own).error()));
  auto beside = rooms.attachments.carry(call.caller->actor(), {}, answers->carried);
  if (!beside) return done(std::unexpected(std::move(beside).error()));

  casework::Request request;
  bpmn::Start start;
  start.process = item->process;
  start.key = body.key.value_or("");
  start.variables = std::move(answers->variables);
  request.definition = newest->definition;
  request.command = std::move(start);
  request.actor = call.actor();
  request.key = call.key;
  request.fingerprint = call.fingerprint;
  request.beside = std::move(*beside);
  rooms.engine.submit(std::move(request), [done](Result<casework::Reply> reply) {
    auto step = stepOf(std::move(reply));
    if (step) step->location = fmt::format("{}/cases/{}", api_root, step->value.case_id);
    done(std::move(step));
  });
}

}  // namespace jinyue::api
