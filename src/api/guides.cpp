// /open/guides: what residents and firms can ask for, what they are asked, and how long it takes.

#include "api/guides.h"

#include <algorithm>

#include "api/endpoint.h"
#include "base/json_read.h"

namespace jinyue::api {
namespace {

struct GuidePath {
  std::string pack;
  std::string item;
};
BOOST_DESCRIBE_STRUCT(GuidePath, (), (pack, item))
struct GuideList {
  std::vector<GuideLine> items;
};
BOOST_DESCRIBE_STRUCT(GuideList, (), (items))

/// The process of an item, when its cases belong to somebody; else null.
const bpmn::Node* openProcess(const casework::Definition& definition, const packs::Item& item) {
  const bpmn::Node* process = definition.model->process(item.process);
  return process && process->party ? process : nullptr;
}

std::optional<GuideClock> guideClock(const bpmn::Model& model, const bpmn::Node& process) {
  const calendar::ClockRule* rule =
      process.clock && !process.clock->expression ? model.clock(process.clock->text) : nullptr;
  if (!rule) return std::nullopt;
  return GuideClock{rule->name, rule->amount, rule->statutory, rule->unit, rule->source};
}

std::vector<Text> guideSteps(const bpmn::Model& model, const bpmn::Node& process, const packs::Pack& pack) {
  std::vector<Text> steps;
  for (const bpmn::Node& node : model.nodes()) {
    if (node.kind != bpmn::NodeKind::user_task || node.process != process.index) continue;
    const auto named = pack.texts.find(process.id + '.' + node.id);
    Text step = named != pack.texts.end() ? named->second : Text{node.name, node.name};
    if (step.zh.empty()) step = {node.id, node.id};
    if (std::ranges::none_of(steps, [&](const Text& each) { return each.zh == step.zh; }))
      steps.push_back(std::move(step));
  }
  return steps;
}

std::vector<GuideSection> guideFields(const packs::Form& form) {
  std::vector<GuideSection> sections;
  for (const packs::FormSection& section : form.sections()) {
    GuideSection shown{section.title, {}};
    for (const std::string& name : section.fields) {
      const packs::FormField* field = form.field(name);
      if (field && !field->source.isLookup() && field->source.field != "party")  // nobody is asked for those
        shown.fields.push_back({field->name, field->title, field->required, field->source.isAsked()});
    }
    sections.push_back(std::move(shown));
  }
  return sections;
}

}  // namespace

std::vector<GuideLine> guidesOf(const Rooms& rooms) {
  std::vector<GuideLine> lines;
  for (const DeployedPacks::Version& version : rooms.packs.all()) {
    const auto definition = rooms.definitions.find(version.definition);
    if (!definition) continue;
    const packs::Manifest& manifest = version.pack->manifest;
    for (const packs::Item& item : manifest.items) {
      if (openProcess(**definition, item))
        lines.push_back({manifest.id, item.id, item.title, item.summary, manifest.title});
    }
  }
  return lines;
}

Result<Guide> guideOf(const Rooms& rooms, std::string_view pack, std::string_view item_id) {
  const auto newest = rooms.packs.newest(pack);
  const packs::Item* item = newest ? newest->pack->item(item_id) : nullptr;
  const auto definition = item ? rooms.definitions.find(newest->definition)
                               : Result<std::shared_ptr<const casework::Definition>>{nullptr};
  const bpmn::Node* process = item && definition ? openProcess(**definition, *item) : nullptr;
  if (!process) {
    return refuse(ProblemKind::not_found, "item.unknown", {"没有这个事项", "there is no such service item"},
                  std::string{item_id});
  }
  const packs::Manifest& manifest = newest->pack->manifest;
  const bpmn::Model& model = *(*definition)->model;
  Guide guide;
  static_cast<GuideLine&>(guide) = {manifest.id, item->id, item->title, item->summary, manifest.title};
  guide.description = manifest.description;
  guide.clock = guideClock(model, *process);
  guide.steps = guideSteps(model, *process, *newest->pack);
  guide.sources = manifest.sources;
  if (const packs::Form* form = item->form ? newest->pack->form(*item->form) : nullptr) {
    guide.sections = guideFields(*form);
    auto file = fromJson<feel::Value>(form->text());
    if (!file) throw store::StoreFault(describe(file.error()));
    guide.form = PlainValue{std::move(*file)};
  }
  return guide;
}

void addGuides(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add(
      {.path = "/open/guides",
       .name = "listGuides",
       .tag = "open",
       .summary = {"可以申请的事项", "what can be asked for"},
       .access = anyone()},
      [rooms](Call&, const In<>&) -> Result<Answer<GuideList>> { return GuideList{guidesOf(rooms)}; });
  endpoints.add(
      {.path = "/open/guides/{pack}/{item}",
       .name = "readGuide",
       .tag = "open",
       .summary = {"办事指南：要填什么、多久、依据", "a guide: what is asked, how long it takes, and why"},
       .access = anyone()},
      [rooms](Call&, const In<GuidePath>& in) -> Result<Answer<Guide>> {
        auto guide = guideOf(rooms, in.path.pack, in.path.item);
        if (!guide) return std::unexpected(std::move(guide).error());
        return std::move(*guide);
      });
}

}  // namespace jinyue::api
