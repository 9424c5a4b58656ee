// Scenarios: that each process has one, and that they name what exists.
#include <fmt/format.h>

#include "packs/checking.h"

namespace jinyue::packs {
namespace {

class ScenarioChecker {
 public:
  explicit ScenarioChecker(Checking& checking) : checking_(checking) {}

  void run() {
    for (const PackScenario& each : checking_.pack.scenarios) checkOne(each);
    if (!checking_.model) return;
    for (const bpmn::Index index : checking_.model->processes()) {
      const bpmn::Node& process = checking_.model->node(index);
      if (started_.contains(process.id)) continue;
      const bool called = std::ranges::any_of(checking_.model->nodes(),
                                              [&](const bpmn::Node& node) { return node.called == index; });
      const bool by_event = std::ranges::any_of(
          process.starts, [&](bpmn::Index start) { return checking_.model->node(start).event.has_value(); });
      if (called || (by_event && !checking_.pack.scenarios.empty())) continue;
      checking_.findings.error(
          "scenario.none",
          {fmt::format("没有情景证明流程 {}", process.id),
           fmt::format("no scenario proves the process {}", process.id)},
          {process.file, process.line, process.id},
          {"在 scenarios/ 中写一个从它开始的故事", "tell a story that starts it in scenarios/"});
    }
  }

 private:
  void error(const PackScenario& in, const std::string& pointer, std::string code, Text title,
             Text mend = {}) {
    checking_.findings.error(std::move(code), std::move(title), checking_.at(in.path, pointer),
                             std::move(mend));
  }

  void checkOne(const PackScenario& in) {
    checking_.needText(in.scenario.title, in.path, "/title");
    if (in.scenario.story.empty())
      error(in, "/story", "scenario.empty", {"故事没有步骤", "the story has no step"});
    for (const auto& [name, actor] : in.scenario.given.actors) {
      for (const std::string& role : actor.roles) {
        const bool known =
            contains(built_in_roles, std::string_view{role}) ||
            checking_.anyPack([&](const Pack& pack) { return contains(pack.roles, role, &Role::id); });
        if (!known) {
          error(in, "/given/actors/" + name + "/roles", "scenario.no-role",
                {"没有这个角色：" + role, "there is no role " + role});
        }
      }
    }
    for (std::size_t i = 0; i < in.scenario.story.size(); ++i) {
      checkStep(in, in.scenario.story[i], fmt::format("/story/{}", i));
    }
  }

  void checkStep(const PackScenario& in, const ScenarioStep& step, const std::string& pointer) {
    const auto verbs = verbsOf(step);
    if (verbs.size() != 1) {
      error(in, pointer, "scenario.verb",
            {fmt::format("每一步做一件事，这里有 {} 件：{}", verbs.size(), fmt::join(verbs, "、")),
             fmt::format("a step does one thing, this one {}: {}", verbs.size(), fmt::join(verbs, ", "))});
      return;
    }
    if (!step.by.empty() && !in.scenario.given.actors.contains(step.by)) {
      error(in, pointer + "/by", "scenario.no-actor",
            {"given 里没有这个人：" + step.by, "given has no " + step.by});
    }
    if (step.start) {
      const Item* item = checking_.pack.item(*step.start);
      const std::string process = item != nullptr ? item->process : *step.start;
      started_.insert(process);
      if (item == nullptr && checking_.model && checking_.model->process(process) == nullptr) {
        error(in, pointer + "/start", "scenario.no-item",
              {"没有这个事项或流程：" + *step.start, "there is no item or process " + *step.start});
      }
    }
    const auto needNode = [&](const std::optional<std::string>& node, const char* member, bool or_case) {
      if (!node || !checking_.model || (or_case && *node == "case") ||
          checking_.model->find(*node) != nullptr)
        return;
      error(in, pointer + member, "scenario.no-node",
            {"没有这个节点：" + *node, "there is no node " + *node});
    };
    needNode(step.complete, "/complete", false);
    needNode(step.claim, "/claim", false);
    needNode(step.pause, "/pause", true);
    needNode(step.resume, "/resume", true);
    needNode(step.extend, "/extend", true);
    if (!step.expect) return;
    if (step.expect->tasks) {
      for (std::size_t i = 0; i < step.expect->tasks->size(); ++i) {
        const ExpectedTask& task = (*step.expect->tasks)[i];
        needNode(task.node, fmt::format("/expect/tasks/{}/node", i).c_str(), false);
      }
    }
    for (const auto& [node, clock] : step.expect->clocks) {
      needNode(node, ("/expect/clocks/" + node).c_str(), true);
    }
  }

  Checking& checking_;
  std::set<std::string, std::less<>> started_;
};

}  // namespace

void checkScenarios(Checking& checking) { ScenarioChecker(checking).run(); }

}  // namespace jinyue::packs
