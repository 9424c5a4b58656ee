// A pack: a folder that holds a system of the city as models. It becomes one definition of the store, so it
// is deployed as a whole and versioned as a whole; a running case keeps the forms, roles and texts of its
// version.
//
//   pack.json      what it is, what it needs (parts.h)
//   *.bpmn *.dmn   processes and decisions
//   clocks.json    deadline rules
//   calendar.json  working days
//   forms/*.json   what is asked (form.h)
//   registers/*    declarations (*.json) and first entries (*.csv)
//   roles.json     sets of permissions
//   indicators.json, texts.json, notices.json
//   scenarios/*.json   what proves it (scenario.h)
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/clock.h"
#include "casework/definitions.h"
#include "packs/finding.h"
#include "packs/form.h"
#include "packs/parts.h"
#include "packs/scenario.h"
#include "registry/declaration.h"

namespace jinyue::packs {

using PackFile = casework::DeployedFile;  ///< path inside the pack, with "/"

struct PackRegister {
  std::string id;  ///< its file name without ".json"
  std::string path;
  std::shared_ptr<const registry::Register> declaration;  ///< null when it is wrong
};

/// What other parts of a pack must know of a notice; its texts are the business of room notify.
struct PackNotice {
  std::string id;
  std::vector<std::string> variables;  ///< that must be given
  std::string pointer;                 ///< in notices.json
};

struct PackScenario {
  std::string path;
  Scenario scenario;
};

struct Pack {
  std::string folder;  ///< empty for one that was not read from disk
  Manifest manifest;
  std::vector<PackFile> files;  ///< all of them, as they are, by path
  std::vector<calendar::ClockRule> clocks;
  std::vector<Form> forms;
  std::vector<PackRegister> registers;
  std::vector<Role> roles;
  Figures figures;
  std::string indicators_at;  ///< pointer of the list of indicators in its file: "" or "/indicators"
  ByName<Text> texts;         ///< "hotline.accept": the node of a process; other keys as pages want them
  std::vector<PackNotice> notices;
  std::vector<PackScenario> scenarios;

  const PackFile* file(std::string_view path) const;
  const Form* form(std::string_view id) const;
  const Item* item(std::string_view id) const;
  const PackRegister* reg(std::string_view id) const;
  std::vector<const PackFile*> filesWith(std::string_view extension) const;
};

/// A pack and what could not be read of it. What is readable is there even when other parts are not.
struct PackReading {
  Pack pack;
  std::vector<Finding> findings;
};

/// Reads a folder. Refuses only what is no readable folder, or has a file of more than 32 MiB.
Result<PackReading> readPack(const std::string& folder);
PackReading readPack(std::vector<PackFile> files);

/// What is deployed: processes, decisions and clocks as the engine wants them, everything else as files.
casework::Deployment toDeployment(const Pack& pack);
/// The pack of a deployed version, from the source that the store keeps of it.
Result<Pack> fromDeployment(const casework::Deployment& deployment);
/// The pack that a version of the definition was; running cases have the one of their version.
Result<Pack> packOf(store::Store& store, std::int64_t definition);

}  // namespace jinyue::packs
