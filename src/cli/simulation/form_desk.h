// Fills in and checks forms as the interface does, so that a simulated person can give no answer that a real
// one could not.
#pragma once

#include <map>

#include "cli/office.h"

namespace jinyue::cli {

class FormDesk {
 public:
  explicit FormDesk(Office& office) : office_(office) {}

  /// The process of an item and its definition.
  struct Entrance {
    std::string process;
    std::int64_t definition = 0;
  };
  Result<Entrance> entrance(const std::string& pack, const std::string& item);
  bool has(const std::string& pack) { return office_.packs().newest(pack).has_value(); }

  /// Answers to the form of an item.
  Result<feel::Context> forItem(const std::string& pack, const std::string& item, feel::Context answers);
  /// Answers to the form of a step; what it asks beyond them is filled in by its schema.
  Result<feel::Context> forStep(const std::string& process, const std::string& node, feel::Context answers);

 private:
  struct Known {
    const packs::Form* form = nullptr;  ///< none: the step asks nothing
    feel::Context schema;
  };
  const Known& formOf(const std::string& process, const std::string& node);
  Result<feel::Context> checked(const packs::Form& form, feel::Context answers);

  Office& office_;
  std::vector<api::DeployedPacks::PackPtr> kept_;  ///< whose forms are in forms_
  std::map<std::string, Known, std::less<>> forms_;
};

}  // namespace jinyue::cli
