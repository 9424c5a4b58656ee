#include "packs/check.h"

#include <algorithm>

#include "base/text.h"
#include "feel/ast.h"
#include "packs/checking.h"

namespace jinyue::packs {
namespace {

void collectTexts(const feel::Node& node, std::vector<std::string>& texts) {
  if (node.kind == feel::NodeKind::literal) {
    if (const auto text = node.value.asString()) texts.emplace_back(*text);
  } else if (node.kind == feel::NodeKind::conditional) {
    collectTexts(node.child(1), texts);
    collectTexts(node.child(2), texts);
  }
}

void addNeeded(const Pack& pack, std::span<const Pack> others, std::vector<const Pack*>& found) {
  for (const std::string& id : pack.manifest.needs) {
    const auto other = std::ranges::find(others, id, [](const Pack& each) { return each.manifest.id; });
    if (other == others.end() || std::ranges::find(found, &*other) != found.end()) continue;
    found.push_back(&*other);
    addNeeded(*other, others, found);
  }
}

}  // namespace

std::vector<std::string> constantTexts(const feel::Expression& expression) {
  std::vector<std::string> texts;
  collectTexts(expression.ast(), texts);
  return texts;
}

void Checking::needText(const Text& text, const std::string& file, const std::string& pointer) {
  if (!trimmed(text.zh).empty() && !trimmed(text.en).empty()) return;
  findings.error("text.untranslated", {"这段文字缺一种语言", "this text is missing in one language"},
                 at(file, pointer), {"中文、英文都要写", "write it in Chinese and in English"});
}

bool Checking::anyPack(const std::function<bool(const Pack&)>& has) const {
  return has(pack) || std::ranges::any_of(needed, [&](const Pack* each) { return has(*each); });
}

std::vector<const Pack*> neededBy(const Pack& pack, std::span<const Pack> others) {
  std::vector<const Pack*> found;
  addNeeded(pack, others, found);
  std::erase_if(found, [&](const Pack* each) { return each->manifest.id == pack.manifest.id; });
  return found;
}

std::vector<Finding> check(const PackReading& reading, std::span<const Pack> others) {
  Findings findings;
  for (const Finding& each : reading.findings) findings.add(each);
  Checking checking{reading.pack, neededBy(reading.pack, others), findings, {}, {}, {}};
  for (std::size_t i = 0; i < reading.pack.manifest.needs.size(); ++i) {
    const std::string& id = reading.pack.manifest.needs[i];
    if (std::ranges::any_of(others, [&](const Pack& each) { return each.manifest.id == id; })) continue;
    findings.error("pack.missing", {"缺少所依赖的包：" + id, "the pack that it needs is not there: " + id},
                   checking.at("pack.json", "/needs/" + std::to_string(i)),
                   {"在命令中一并给出该包的目录", "give its folder, too"});
  }
  checkModels(checking);
  if (checking.model) {
    checkVariables(checking);
    checkMessages(checking);
  }
  checkTables(checking);
  checkLists(checking);
  checkFigures(checking);
  checkScenarios(checking);
  return std::move(findings).take();
}

}  // namespace jinyue::packs
