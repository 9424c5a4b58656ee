// From files to a pack and back.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "packs/lenient_json.h"
#include "packs/pack.h"

namespace jinyue::packs {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_file = 32U << 20U;

struct NoticeVariableFile {
  static constexpr bool json_sparse = true;
  std::string name;
  std::string type;
  bool personal = false;
  bool optional = false;
  bool operator==(const NoticeVariableFile&) const = default;
};
BOOST_DESCRIBE_STRUCT(NoticeVariableFile, (), (name, type, personal, optional))
struct NoticeFile {
  std::string id;
  std::vector<std::string> channels;
  std::vector<NoticeVariableFile> variables;
  std::optional<Text> subject;
  Text text;
};
BOOST_DESCRIBE_STRUCT(NoticeFile, (), (id, channels, variables, subject, text))
struct NoticesFile {
  std::vector<NoticeFile> notices;
};
BOOST_DESCRIBE_STRUCT(NoticesFile, (), (notices))

Result<std::string> readText(const fs::path& path) {
  std::error_code failed;
  if (fs::file_size(path, failed) > largest_file || failed) {
    return refuse(ProblemKind::invalid, "pack.file-too-large",
                  {"文件无法读取或超过 32 MiB", "the file can't be read or has more than 32 MiB"}, path);
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) {
    return refuse(ProblemKind::not_found, "pack.file-not-read", {"无法读取文件", "the file can't be read"},
                  path);
  }
  return text.str();
}

/// A folder of the pack and the extension, for "forms/a.json": {"forms", ".json"}.
struct Kind {
  std::string folder;
  std::string name;
  std::string stem;
  std::string extension;
};
Kind kindOf(const std::string& path) {
  const fs::path file{path};
  return {file.parent_path().generic_string(), file.filename(), file.stem(), file.extension()};
}

class PackBuilder {
 public:
  PackReading build(std::vector<PackFile> files) {
    std::ranges::sort(files, {}, &PackFile::path);
    pack().files = std::move(files);
    for (const PackFile& file : pack().files) read(file);
    if (pack().file("pack.json") == nullptr) {
      findings_.error("pack.no-manifest", {"没有 pack.json", "there is no pack.json"}, {"pack.json", 0, {}},
                      {"写明 id、version、title 等，见 docs/packs.md", "write one: see docs/packs.md"});
    }
    reading_.findings = std::move(findings_).take();
    return std::move(reading_);
  }

 private:
  Pack& pack() { return reading_.pack; }

  void read(const PackFile& file) {
    const Kind kind = kindOf(file.path);
    if (!isValidUtf8(file.text)) {
      findings_.error("pack.not-utf8", {"文件不是 UTF-8 文本", "the file is not UTF-8 text"},
                      {file.path, 0, {}});
      return;
    }
    if (kind.folder.empty() && readAtTop(file, kind)) return;
    if (kind.folder == "forms" && kind.extension == ".json") return readForm(file, kind);
    if (kind.folder == "registers" && kind.extension == ".json") return readRegister(file, kind);
    if (kind.folder == "registers" && kind.extension == ".csv") return;
    if (kind.folder == "scenarios" && kind.extension == ".json") {
      pack().scenarios.push_back({file.path, readLeniently<Scenario>(file.path, file.text, findings_)});
      return;
    }
    findings_.error(
        "pack.unknown-file", {"包里不应有这个文件", "a pack has no such file"}, {file.path, 0, {}},
        {"删去，或按 docs/packs.md 放到该放的位置", "remove it, or put it where docs/packs.md says"});
  }

  bool readAtTop(const PackFile& file, const Kind& kind) {
    const auto as = [&]<class T>(T& target) {
      target = readLeniently<T>(file.path, file.text, findings_);
      return true;
    };
    if (kind.extension == ".bpmn" || kind.extension == ".dmn") return true;
    if (kind.name == "calendar.json") return true;
    if (kind.name == "pack.json") return as(pack().manifest);
    if (kind.name == "clocks.json") return as(pack().clocks);
    if (kind.name == "roles.json") return as(pack().roles);
    if (kind.name == "indicators.json") {
      readFiguresOf(file);
      return true;
    }
    if (kind.name == "texts.json") return as(pack().texts);
    if (kind.name == "notices.json") {
      readNotices(file);
      return true;
    }
    return false;
  }

  void readFiguresOf(const PackFile& file) {
    if (trimmed(file.text).starts_with('[')) {
      pack().figures.indicators = readLeniently<std::vector<Indicator>>(file.path, file.text, findings_);
    } else {
      pack().figures = readLeniently<Figures>(file.path, file.text, findings_);
      pack().indicators_at = "/indicators";
    }
  }

  void readForm(const PackFile& file, const Kind& kind) {
    auto form = Form::read(file.path, file.text, findings_);
    if (!form) return;
    if (form->id() != kind.stem) {
      findings_.error("form.name", {"表单 id 应与文件名一致", "the id of a form is the name of its file"},
                      {file.path, lineOf(file.text, "/id"), "/id"});
    }
    pack().forms.push_back(std::move(*form));
  }

  void readRegister(const PackFile& file, const Kind& kind) {
    auto read = registry::Register::read(file.text);
    if (!read) noteProblems(read.error(), file.path, file.text, findings_);
    pack().registers.push_back({kind.stem, file.path, read ? std::move(*read) : nullptr});
    const auto& declaration = pack().registers.back().declaration;
    if (declaration && declaration->name() != kind.stem) {
      findings_.error("register.name",
                      {"登记簿 id 应与文件名一致", "the id of a register is the name of its file"},
                      {file.path, lineOf(file.text, "/id"), "/id"});
    }
  }

  void readNotices(const PackFile& file) {
    const auto read = readLeniently<NoticesFile>(file.path, file.text, findings_);
    for (std::size_t i = 0; i < read.notices.size(); ++i) {
      const NoticeFile& notice = read.notices[i];
      PackNotice known{notice.id, {}, "/notices/" + std::to_string(i)};
      for (const NoticeVariableFile& variable : notice.variables) {
        if (!variable.optional) known.variables.push_back(variable.name);
      }
      const auto needText = [&](const Text& text, const std::string& pointer) {
        if (!trimmed(text.zh).empty() && !trimmed(text.en).empty()) return;
        findings_.error("text.untranslated", {"这段文字缺一种语言", "this text is missing in one language"},
                        {file.path, lineOf(file.text, pointer), pointer},
                        {"中文、英文都要写", "write it in Chinese and in English"});
      };
      if (notice.subject) needText(*notice.subject, known.pointer + "/subject");
      needText(notice.text, known.pointer + "/text");
      pack().notices.push_back(std::move(known));
    }
  }

  PackReading reading_;
  Findings findings_;
};

}  // namespace

void noteProblems(const Problem& problem, const std::string& file, std::string_view json,
                  Findings& findings) {
  for (const Problem& cause : problem.causes) noteProblems(cause, file, json, findings);
  if (!problem.causes.empty()) return;
  const Place place{file, lineOf(json, problem.where), problem.where};
  const bool language = problem.where.ends_with("/zh") || problem.where.ends_with("/en");
  if (problem.code == "json.missing" && language) {
    findings.error("text.untranslated", {"这段文字缺一种语言", "this text is missing in one language"}, place,
                   {"中文、英文都要写", "write it in Chinese and in English"});
  } else {
    findings.error(problem.code, problem.title, place, problem.detail);
  }
}

const PackFile* Pack::file(std::string_view path) const {
  const auto found = std::ranges::lower_bound(files, path, {}, &PackFile::path);
  return found == files.end() || found->path != path ? nullptr : &*found;
}

const Form* Pack::form(std::string_view id) const {
  const auto found = std::ranges::find(forms, id, &Form::id);
  return found == forms.end() ? nullptr : &*found;
}

const Item* Pack::item(std::string_view id) const {
  const auto found = std::ranges::find(manifest.items, id, &Item::id);
  return found == manifest.items.end() ? nullptr : &*found;
}

const PackRegister* Pack::reg(std::string_view id) const {
  const auto found = std::ranges::find(registers, id, &PackRegister::id);
  return found == registers.end() ? nullptr : &*found;
}

std::vector<const PackFile*> Pack::filesWith(std::string_view extension) const {
  std::vector<const PackFile*> result;
  for (const PackFile& each : files) {
    if (each.path.ends_with(extension)) result.push_back(&each);
  }
  return result;
}

Result<PackReading> readPack(const std::string& folder) {
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) {
    return refuse(ProblemKind::not_found, "pack.no-folder", {"没有这个目录", "there is no such folder"},
                  folder);
  }
  std::vector<PackFile> files;
  for (auto it = fs::recursive_directory_iterator(folder, failed); !failed && it != fs::end(it);
       it.increment(failed)) {
    if (!it->is_regular_file()) continue;
    auto text = readText(it->path());
    if (!text) return std::unexpected(std::move(text.error()));
    files.push_back({it->path().lexically_relative(folder).generic_string(), std::move(*text)});
  }
  if (failed) {
    return refuse(ProblemKind::unavailable, "pack.no-folder", {"无法读取目录", "the folder can't be read"},
                  folder);
  }
  PackReading reading = readPack(std::move(files));
  reading.pack.folder = folder;
  return reading;
}

PackReading readPack(std::vector<PackFile> files) { return PackBuilder().build(std::move(files)); }

casework::Deployment toDeployment(const Pack& pack) {
  casework::Deployment deployment;
  deployment.name = pack.manifest.id;
  deployment.clocks = pack.clocks;
  for (const PackFile& file : pack.files) {
    if (file.path.ends_with(".bpmn")) deployment.processes.push_back(file);
    else if (file.path.ends_with(".dmn")) deployment.decisions.push_back(file);
    else if (file.path != "clocks.json") deployment.files.push_back(file);
  }
  return deployment;
}

Result<Pack> fromDeployment(const casework::Deployment& deployment) {
  std::vector<PackFile> files = deployment.files;
  files.insert(files.end(), deployment.processes.begin(), deployment.processes.end());
  files.insert(files.end(), deployment.decisions.begin(), deployment.decisions.end());
  if (!deployment.clocks.empty()) files.push_back({"clocks.json", toJson(deployment.clocks)});
  PackReading reading = readPack(std::move(files));
  if (reading.pack.file("pack.json") == nullptr) {
    return refuse(ProblemKind::not_found, "pack.not-a-pack",
                  {"这个定义不是按包部署的", "this definition was not deployed as a pack"}, deployment.name);
  }
  return std::move(reading.pack);
}

Result<Pack> packOf(store::Store& store, std::int64_t definition) {
  const auto row = store.loadDefinition(definition);
  if (!row) {
    return refuse(ProblemKind::not_found, "definition.unknown",
                  {"没有这个已部署的定义", "there is no such definition"}, std::to_string(definition));
  }
  const auto deployment = fromJson<casework::Deployment>(row->source);
  if (!deployment) return std::unexpected(deployment.error());
  return fromDeployment(*deployment);
}

std::vector<std::string> verbsOf(const ScenarioStep& step) {
  std::vector<std::string> verbs;
  const auto note = [&](const char* name, const auto& value) {
    if (value) verbs.emplace_back(name);
  };
  note("start", step.start);
  note("complete", step.complete);
  note("claim", step.claim);
  note("message", step.message);
  note("signal", step.signal);
  note("pause", step.pause);
  note("resume", step.resume);
  note("extend", step.extend);
  note("cancel", step.cancel);
  note("wait", step.wait);
  note("until", step.until);
  note("expect", step.expect);
  return verbs;
}

}  // namespace jinyue::packs
