// Lists that stand by themselves: manifest, clocks, roles, texts; and what is declared but used by nobody.
#include <fmt/format.h>

#include "base/text.h"
#include "calendar/calendar.h"
#include "packs/checking.h"

namespace jinyue::packs {
namespace {

bool isId(std::string_view text) {
  return !text.empty() && text.size() <= 60 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// Notes an id that appears twice.
template <class List, class IdOf>
void checkTwice(Checking& checking, const List& list, IdOf idOf, const char* file, const char* before = "") {
  std::set<std::string, std::less<>> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string& id = std::invoke(idOf, list[i]);
    if (seen.insert(id).second) continue;
    checking.findings.error("name.twice", {"重复：" + id, "this is there twice: " + id},
                            checking.at(file, fmt::format("{}/{}", before, i)));
  }
}

void checkManifest(Checking& checking) {
  const Pack& pack = checking.pack;
  const Manifest& manifest = pack.manifest;
  const char* const file = "pack.json";
  if (pack.file(file) == nullptr) return;
  if (!isId(manifest.id)) {
    checking.findings.error("pack.id",
                            {"包的 id 只能用小写字母、数字和连字符",
                             "the id of a pack has small letters, digits and hyphens only"},
                            checking.at(file, "/id"));
  }
  if (trimmed(manifest.version).empty()) {
    checking.findings.error("pack.version", {"没有写版本", "there is no version"},
                            checking.at(file, "/version"));
  }
  if (trimmed(manifest.licence).empty()) {
    checking.findings.error("pack.licence", {"没有写许可", "there is no licence"},
                            checking.at(file, "/licence"));
  }
  if (manifest.sources.empty()) {
    checking.findings.error("pack.no-source", {"没有写依据", "there is no source"},
                            checking.at(file, "/sources"),
                            {"列出法律、文件或标准；示例也要写明是示例",
                             "list laws, documents or standards; of made-up data say so"});
  }
  checking.needText(manifest.title, file, "/title");
  checking.needText(manifest.description, file, "/description");
  for (std::size_t i = 0; i < manifest.items.size(); ++i) {
    const Item& item = manifest.items[i];
    const std::string pointer = fmt::format("/items/{}", i);
    checking.needText(item.title, file, pointer + "/title");
    if (item.summary) checking.needText(*item.summary, file, pointer + "/summary");
    if (checking.model && checking.model->process(item.process) == nullptr) {
      checking.findings.error("item.no-process",
                              {"没有这个流程：" + item.process, "there is no process " + item.process},
                              checking.at(file, pointer + "/process"));
    }
    if (!item.form) continue;
    checking.used.forms.insert(*item.form);
    if (pack.form(*item.form) == nullptr) {
      checking.findings.error("process.no-form",
                              {"没有这个表单：" + *item.form, "there is no form " + *item.form},
                              checking.at(file, pointer + "/form"),
                              {"加 forms/" + *item.form + ".json", "add forms/" + *item.form + ".json"});
    }
  }
  checkTwice(checking, manifest.items, &Item::id, file, "/items");
  for (std::size_t i = 0; i < manifest.services.size(); ++i) {
    const OutsideService& service = manifest.services[i];
    checking.needText(service.title, file, fmt::format("/services/{}/title", i));
    if (checking.model && !checking.used.services.contains(service.type)) {
      checking.findings.warning("service.unused",
                                {"没有流程调用这种服务：" + service.type, "no process calls " + service.type},
                                checking.at(file, fmt::format("/services/{}", i)));
    }
  }
  for (std::size_t i = 0; i < manifest.messages.size(); ++i) {
    checking.needText(manifest.messages[i].title, file, fmt::format("/messages/{}/title", i));
  }
}

/// Which clock runs may be decided in a table: then its id stands there as a text.
bool isGivenByDecision(const Pack& pack, const std::string& clock) {
  return std::ranges::any_of(pack.filesWith(".dmn"), [&](const PackFile* file) {
    return file->text.contains('"' + clock + '"') || file->text.contains("&quot;" + clock + "&quot;");
  });
}

void checkClocks(Checking& checking) {
  const auto& clocks = checking.pack.clocks;
  const char* const file = "clocks.json";
  for (std::size_t i = 0; i < clocks.size(); ++i) {
    const std::string pointer = fmt::format("/{}", i);
    if (trimmed(clocks[i].source).empty()) {
      checking.findings.error(
          "clock.no-source",
          {"时限规则没有依据：" + clocks[i].id, "this deadline has no source: " + clocks[i].id},
          checking.at(file, pointer + "/source"),
          {"写明法律条款或承诺文件", "name the law and article, or the document that promises it"});
    }
    if (const auto good = calendar::checkRule(clocks[i]); !good) {
      const Problem& problem = good.error();
      const auto note = [&](const Problem& each) {
        if (each.where == "/source" || each.where.starts_with("/name")) return;  // said above and below
        checking.findings.error(each.code, each.title, checking.at(file, pointer + each.where), each.detail);
      };
      if (problem.causes.empty()) note(problem);
      for (const Problem& cause : problem.causes) note(cause);
    }
    checking.needText(clocks[i].name, file, pointer + "/name");
    if (checking.model && !checking.used.clocks.contains(clocks[i].id) &&
        !isGivenByDecision(checking.pack, clocks[i].id)) {
      checking.findings.warning(
          "clock.unused",
          {"没有流程使用这个时限：" + clocks[i].id, "no process uses the clock " + clocks[i].id},
          checking.at(file, pointer));
    }
  }
  checkTwice(checking, clocks, &calendar::ClockRule::id, file);
  if (const PackFile* days = checking.pack.file("calendar.json")) {
    if (const auto read = calendar::Calendar::read(days->text); !read) {
      const Problem& problem = read.error();
      const auto note = [&](const Problem& each) {
        checking.findings.error(each.code, each.title, checking.at("calendar.json", each.where), each.detail);
      };
      if (problem.causes.empty()) note(problem);
      for (const Problem& cause : problem.causes) note(cause);
    }
  }
}

void checkRoles(Checking& checking) {
  const auto& roles = checking.pack.roles;
  const char* const file = "roles.json";
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const Role& role = roles[i];
    const std::string pointer = fmt::format("/{}", i);
    checking.needText(role.title, file, pointer + "/title");
    for (std::size_t k = 0; k < role.permissions.size(); ++k) {
      if (contains(permission_words, std::string_view{role.permissions[k]})) continue;
      checking.findings.error(
          "role.no-permission",
          {"没有这个权限：" + role.permissions[k], "there is no permission " + role.permissions[k]},
          checking.at(file, fmt::format("{}/permissions/{}", pointer, k)),
          {fmt::format("可用：{}", fmt::join(permission_words, "、")),
           fmt::format("known are {}", fmt::join(permission_words, ", "))});
    }
    if (role.permissions.empty()) {
      checking.findings.error("role.no-permission", {"角色没有任何权限", "the role has no permission"},
                              checking.at(file, pointer));
    }
    for (std::size_t k = 0; k < role.exclusive_with.size(); ++k) {
      const std::string& other = role.exclusive_with[k];
      const bool known =
          contains(built_in_roles, std::string_view{other}) ||
          checking.anyPack([&](const Pack& pack) { return contains(pack.roles, other, &Role::id); });
      if (known) continue;
      checking.findings.error("role.unknown", {"没有这个角色：" + other, "there is no role " + other},
                              checking.at(file, fmt::format("{}/exclusive_with/{}", pointer, k)));
    }
    // A role that does tasks is named by a task; others (supervisors, readers) need not be.
    const bool does_tasks = contains(role.permissions, "task.work");
    if (checking.model && does_tasks && !checking.used.roles.contains(role.id)) {
      checking.findings.warning("role.no-task",
                                {"没有任务交给这个角色：" + role.id, "no task is for the role " + role.id},
                                checking.at(file, pointer));
    }
    if (contains(built_in_roles, std::string_view{role.id})) {
      checking.findings.error("role.built-in",
                              {"这是内置角色：" + role.id, "this role is built in: " + role.id},
                              checking.at(file, pointer + "/id"));
    }
  }
  checkTwice(checking, roles, &Role::id, file);
}

void checkRegisters(Checking& checking) {
  std::set<std::string> seeds;
  for (const PackRegister& each : checking.pack.registers) {
    if (!each.declaration || !each.declaration->declaration().seeds) continue;
    const std::string path = "registers/" + *each.declaration->declaration().seeds;
    seeds.insert(path);
    if (checking.pack.file(path) != nullptr) continue;
    checking.findings.error("register.no-seeds", {"没有这个文件：" + path, "there is no file " + path},
                            checking.at(each.path, "/seeds"));
  }
  for (const PackFile* file : checking.pack.filesWith(".csv")) {
    if (!file->path.starts_with("registers/") || seeds.contains(file->path)) continue;
    checking.findings.error(
        "register.no-declaration", {"首批数据没有对应的登记簿", "these entries belong to no register"},
        {file->path, 0, {}}, {"在登记簿的 seeds 中写上它", "name it in seeds of a register"});
  }
  for (const PackRegister& each : checking.pack.registers) {
    if (!each.declaration) continue;
    const registry::RegisterRoles& roles = each.declaration->roles();
    const auto need = [&](const std::vector<std::string>& names, const char* member) {
      for (std::size_t i = 0; i < names.size(); ++i) {
        const bool known =
            contains(built_in_roles, std::string_view{names[i]}) ||
            checking.anyPack([&](const Pack& pack) { return contains(pack.roles, names[i], &Role::id); });
        if (known) continue;
        checking.findings.error("role.unknown", {"没有这个角色：" + names[i], "there is no role " + names[i]},
                                checking.at(each.path, fmt::format("/roles/{}/{}", member, i)),
                                {"在 roles.json 中声明", "declare it in roles.json"});
      }
    };
    need(roles.propose, "propose");
    need(roles.approve, "approve");
    need(roles.publish, "publish");
  }
}

/// What is drawn has its English in texts.json. A process and what people do in it must; the rest of the
/// drawing, which people only look at, should.
void checkDrawnText(Checking& checking, const std::string& key, const std::string& name, bool must,
                    const Place& place) {
  const auto found = checking.pack.texts.find(key);
  if (found == checking.pack.texts.end()) {
    if (name.empty() && !must) return;
    const Text title{fmt::format("“{}”没有英文", name), fmt::format("\"{}\" has no English", name)};
    const Text mend{fmt::format("在 texts.json 中写 \"{}\"", key),
                    fmt::format("add \"{}\" to texts.json", key)};
    if (must) checking.findings.error("text.untranslated", title, place, mend);
    else checking.findings.warning("text.untranslated", title, place, mend);
  } else if (found->second.zh != name) {
    checking.findings.warning("text.differs",
                              {fmt::format("图上是“{}”，texts.json 中是“{}”", name, found->second.zh),
                               fmt::format("drawn as \"{}\", \"{}\" in texts.json", name, found->second.zh)},
                              place);
  }
}

void checkTexts(Checking& checking) {
  for (const auto& [key, text] : checking.pack.texts) checking.needText(text, "texts.json", "/" + key);
  if (!checking.model) return;
  const bpmn::Model& model = *checking.model;
  for (const bpmn::Node& node : model.nodes()) {
    const bool process = node.kind == bpmn::NodeKind::process;
    checkDrawnText(checking, process ? node.id : model.node(node.process).id + "." + node.id, node.name,
                   process || node.kind == bpmn::NodeKind::user_task, {node.file, node.line, node.id});
  }
  for (const bpmn::Flow& flow : model.flows()) {
    const bpmn::Node& source = model.node(flow.source);
    checkDrawnText(checking, model.node(source.process).id + "." + flow.id, flow.name, false,
                   {source.file, flow.line, flow.id});
  }
}

void checkForms(Checking& checking) {
  checkTwice(checking, checking.pack.forms, &Form::id, "");
  if (!checking.model && !checking.pack.filesWith(".bpmn").empty()) return;
  for (const Form& form : checking.pack.forms) {
    for (const std::string& name : form.schema().registers()) checking.used.registers.insert(name);
    if (checking.used.forms.contains(form.id())) continue;
    checking.findings.warning("form.unused",
                              {"没有事项或任务使用这个表单", "no item and no task uses this form"},
                              {form.path(), 0, {}});
  }
}

}  // namespace

void checkLists(Checking& checking) {
  checkManifest(checking);
  checkClocks(checking);
  checkRoles(checking);
  checkRegisters(checking);
  checkTexts(checking);
  checkForms(checking);
  for (const PackNotice& notice : checking.pack.notices) {
    if (!checking.model || checking.used.notices.contains(notice.id)) continue;
    checking.findings.warning("notice.unused",
                              {"没有流程发这个通知：" + notice.id, "no process sends " + notice.id},
                              checking.at("notices.json", notice.pointer));
  }
}

}  // namespace jinyue::packs
