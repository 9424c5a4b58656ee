// /packs, /definitions: the systems of the city as models: what is deployed, its forms and files, checking
// and deploying another version, moving running cases to it.

#include "api/deployment.h"
#include "api/endpoint.h"
#include "api/form_view.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct PackPath {
  std::string pack;
};
BOOST_DESCRIBE_STRUCT(PackPath, (), (pack))
struct ItemPath {
  std::string pack;
  std::string item;
};
BOOST_DESCRIBE_STRUCT(ItemPath, (), (pack, item))
struct DefinitionPath {
  std::int64_t definition = 0;
};
BOOST_DESCRIBE_STRUCT(DefinitionPath, (), (definition))
struct FileQuery {
  std::string path;
  static std::vector<About> about() {
    return {{"path", {"文件路径", "path of the file in the pack"}, R"("hotline.bpmn")", 1, 300}};
  }
};
BOOST_DESCRIBE_STRUCT(FileQuery, (), (path))

struct PackLine {
  std::string id;
  Text title;
  std::string label;
  std::int64_t definition = 0;
  std::int64_t version = 0;
  Instant deployed;
  std::vector<packs::Item> items;
  static std::vector<About> about() {
    return {{"label", {"包自己的版本说明", "the version as the pack itself calls it"}},
            {"definition", {"当前版本的定义编号", "id of the newest definition"}},
            {"items", {"可以提出的事项", "service items that can be asked for"}}};
  }
};
BOOST_DESCRIBE_STRUCT(PackLine, (), (id, title, label, definition, version, deployed, items))
struct PackList {
  std::vector<PackLine> items;
};
BOOST_DESCRIBE_STRUCT(PackList, (), (items))

struct PackView : PackLine {
  packs::Manifest manifest;
  std::vector<packs::Role> roles;
  std::vector<std::string> forms;
  std::vector<std::string> registers;
  std::vector<std::string> files;
};
BOOST_DESCRIBE_STRUCT(PackView, (PackLine), (manifest, roles, forms, registers, files))

struct VersionLine {
  std::int64_t definition = 0;
  std::int64_t version = 0;
  Instant deployed;
};
BOOST_DESCRIBE_STRUCT(VersionLine, (), (definition, version, deployed))
struct VersionList {
  std::vector<VersionLine> items;
};
BOOST_DESCRIBE_STRUCT(VersionList, (), (items))

struct PackBody {
  std::vector<packs::PackFile> files;
  static std::vector<About> about() {
    return {{"files", {"包内全部文件", "all files of the pack"}, {}, 1, 2000}};
  }
};
BOOST_DESCRIBE_STRUCT(PackBody, (), (files))

struct CheckView {
  bool good = false;
  std::vector<packs::Finding> findings;
  std::vector<packs::PackChange> changes;
  std::int64_t running = 0;
  std::int64_t stuck = 0;
  static std::vector<About> about() {
    return {{"good", {"可以部署", "it can be deployed"}},
            {"changes", {"与当前版本的差异", "what differs from the newest version"}},
            {"running", {"当前版本的在办办件数", "cases that run on the newest version"}},
            {"stuck", {"其中不能迁移到新版本的", "of them: could not move to this one"}}};
  }
};
BOOST_DESCRIBE_STRUCT(CheckView, (), (good, findings, changes, running, stuck))

struct DeployedView {
  std::string pack;
  std::int64_t definition = 0;
  std::int64_t version = 0;
  bool is_new = false;
  std::int64_t entries = 0;
  static std::vector<About> about() {
    return {{"is_new", {"是新版本；否则与已部署的相同", "a new version; else the same as what was deployed"}},
            {"entries", {"登记册新增条目数", "entries that the registers got"}}};
  }
};
BOOST_DESCRIBE_STRUCT(DeployedView, (), (pack, definition, version, is_new, entries))

struct MigrationBody {
  std::int64_t to = 0;
  std::map<std::string, std::string, std::less<>> nodes;
  std::string reason;
  bool dry_run = true;
  static std::vector<About> about() {
    return {
        {"to", {"目标定义编号", "id of the definition to move to"}, "4"},
        {"nodes",
         {"环节对应：旧标识 → 新标识，未列出的同名", "old ids to new ones; those not named keep their name"}},
        {"reason", {"理由", "reason"}, {}, 1, 500},
        {"dry_run", {"true 只试算", "true: only tells what would happen"}}};
  }
};
BOOST_DESCRIBE_STRUCT(MigrationBody, (), (to, nodes, reason, dry_run))
struct MigrationView {
  std::int64_t cases = 0;
  bool dry_run = true;
};
BOOST_DESCRIBE_STRUCT(MigrationView, (), (cases, dry_run))

Problem unknownPack(const std::string& name) {
  return {ProblemKind::not_found, "pack.unknown", {"没有这个系统包", "there is no such pack"}, name, {}, {}};
}

PackLine lineOf(const DeployedPacks::Version& version) {
  const packs::Manifest& manifest = version.pack->manifest;
  return {manifest.id,     manifest.title,   manifest.version, version.definition,
          version.version, version.deployed, manifest.items};
}

class Packs {
 public:
  explicit Packs(const Rooms& rooms) : rooms_(rooms) {}

  Result<Answer<PackList>> list() const {
    PackList list;
    for (const auto& version : rooms_.packs.all()) list.items.push_back(lineOf(version));
    return list;
  }

  Result<Answer<PackView>> show(const std::string& name) const {
    const auto newest = rooms_.packs.newest(name);
    if (!newest) return std::unexpected(unknownPack(name));
    PackView view;
    static_cast<PackLine&>(view) = lineOf(*newest);
    view.manifest = newest->pack->manifest;
    view.roles = newest->pack->roles;
    for (const packs::Form& form : newest->pack->forms) view.forms.push_back(form.id());
    for (const packs::PackRegister& each : newest->pack->registers) view.registers.push_back(each.id);
    for (const packs::PackFile& file : newest->pack->files) view.files.push_back(file.path);
    return Answer<PackView>(std::move(view), newest->version);
  }

  Result<Answer<VersionList>> versions(const std::string& name) const {
    VersionList list;
    for (const store::DefinitionRow& row : rooms_.store.listDefinitions()) {
      if (row.name == name) list.items.push_back({row.id, row.version, row.at});
    }
    if (list.items.empty()) return std::unexpected(unknownPack(name));
    return list;
  }

  Result<Answer<FormView>> itemForm(const Call& call, const ItemPath& path) const {
    const auto newest = rooms_.packs.newest(path.pack);
    const packs::Item* item = newest ? newest->pack->item(path.item) : nullptr;
    const packs::Form* form = item && item->form ? newest->pack->form(*item->form) : nullptr;
    if (!form) {
      return refuse(ProblemKind::not_found, "item.unknown",
                    {"没有这个事项，或它不需要表单", "there is no such service item, or it asks nothing"},
                    path.item);
    }
    return formView(rooms_, call, *form);
  }

  Result<Answer<Download>> file(std::int64_t definition, const std::string& path) const {
    const auto known = rooms_.store.loadDefinition(definition);
    const auto pack = known ? rooms_.packs.of(definition) : nullptr;
    const packs::PackFile* found = pack ? pack->file(path) : nullptr;
    if (!found) {
      return refuse(ProblemKind::not_found, "file.unknown", {"没有这个文件", "there is no such file"}, path);
    }
    const bool xml = path.ends_with(".bpmn") || path.ends_with(".dmn");
    return Download{xml                       ? "application/xml"
                    : path.ends_with(".json") ? "application/json"
                                              : "text/plain; charset=utf-8",
                    {},
                    found->text};
  }

  Result<Answer<CheckView>> check(const Call& call, const PackBody& body) const {
    auto checked = checkDeployment(parts(), packs::readPack(body.files), call.now);
    if (!checked) return std::unexpected(std::move(checked).error());
    return CheckView{!packs::hasErrors(checked->findings), std::move(checked->findings),
                     std::move(checked->changes), checked->running, checked->stuck};
  }

  Result<Answer<DeployedView>> deploy(Call& call, const PackBody& body) const {
    const packs::PackReading reading = packs::readPack(body.files);
    if (!call.may({{}, {}, reading.pack.manifest.id, {}})) {
      return refuse(ProblemKind::forbidden, "access.out-of-scope",
                    {"无权部署这个系统包", "this pack is not within your scope"}, reading.pack.manifest.id);
    }
    auto deployed = deployPack(parts(), reading, call.caller->actor(), call.now);
    if (!deployed) return std::unexpected(std::move(deployed).error());
    return DeployedView{deployed->pack, deployed->definition, deployed->version, deployed->is_new,
                        deployed->entries};
  }

  Result<Answer<MigrationView>> migrate(Call& call, std::int64_t from, const MigrationBody& body) const {
    if (!call.may({{}, {}, rooms_.packs.nameOf(from), {}})) {
      return refuse(ProblemKind::not_found, "definition.unknown",
                    {"没有这个定义", "there is no such definition"}, std::to_string(from));
    }
    const auto moved =
        rooms_.engine.migrate({from, body.to, body.nodes, body.reason, body.dry_run}, call.actor());
    if (!moved) return std::unexpected(moved.error());
    return MigrationView{*moved, body.dry_run};
  }

 private:
  DeploymentRooms parts() const {
    return {rooms_.store, rooms_.definitions, rooms_.engine, rooms_.packs, rooms_.registry, rooms_.facts};
  }
  Rooms rooms_;
};

void addDeploying(Endpoints& endpoints, const std::shared_ptr<const Packs>& packs) {
  const auto deploys = [](std::string path, std::string name, Text summary, Reach reach) {
    return Description{.method = http::Method::post,
                       .path = std::move(path),
                       .name = std::move(name),
                       .tag = "packs",
                       .summary = std::move(summary),
                       .access = needs(Permission::pack_deploy, reach),
                       .repeats = Repeats::harmless,  // the same again changes nothing
                       .route = {.max_body = 32u << 20, .max_time = std::chrono::minutes{5}}};
  };
  endpoints.add(
      deploys("/packs/check", "checkPack",
              {"检查系统包，列出全部问题、差异和迁移影响",
               "checks a pack: everything wrong, what differs, what could migrate"},
              Reach::nothing),
      [packs](Call& call, const In<None, None, PackBody>& in) { return packs->check(call, in.body); });
  endpoints.add(
      deploys("/packs", "deployPack",
              {"部署系统包（有错误则什么都不做）", "deploys a pack, or nothing of it"}, Reach::thing),
      [packs](Call& call, const In<None, None, PackBody>& in) { return packs->deploy(call, in.body); });
  endpoints.add(deploys("/definitions/{definition}/migration", "migrateCases",
                        {"把在办办件迁移到另一版本（可先试算）",
                         "moves running cases to another version; can be tried first"},
                        Reach::thing),
                [packs](Call& call, const In<DefinitionPath, None, MigrationBody>& in) {
                  return packs->migrate(call, in.path.definition, in.body);
                });
}

}  // namespace

void addPacks(Endpoints& endpoints, const Rooms& rooms) {
  const auto packs = std::make_shared<const Packs>(rooms);
  const auto reads = [](std::string path, std::string name, Text summary) {
    return Description{.path = std::move(path),
                       .name = std::move(name),
                       .tag = "packs",
                       .summary = std::move(summary),
                       .access = signedIn()};
  };
  endpoints.add(
      reads("/packs", "listPacks", {"已部署的系统包及其事项", "deployed packs and their service items"}),
      [packs](Call&, const In<>&) { return packs->list(); });
  endpoints.add(reads("/packs/{pack}", "readPack", {"一个系统包", "a pack"}),
                [packs](Call&, const In<PackPath>& in) { return packs->show(in.path.pack); });
  endpoints.add(reads("/packs/{pack}/versions", "listPackVersions", {"全部版本", "all versions of a pack"}),
                [packs](Call&, const In<PackPath>& in) { return packs->versions(in.path.pack); });
  endpoints.add(reads("/packs/{pack}/items/{item}/form", "readItemForm",
                      {"事项的申请表单及已有的值", "the form of a service item and what is known already"}),
                [packs](Call& call, const In<ItemPath>& in) { return packs->itemForm(call, in.path); });
  auto files = reads("/definitions/{definition}/file", "readDefinitionFile",
                     {"某版本的一个文件，如流程图", "a file of a version, such as its diagram"});
  files.gives = {"application/xml", "application/json", "text/plain"};
  endpoints.add(files, [packs](Call&, const In<DefinitionPath, FileQuery>& in) {
    return packs->file(in.path.definition, in.query.path);
  });
  addDeploying(endpoints, packs);
}

}  // namespace jinyue::api
