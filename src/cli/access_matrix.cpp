// jinyue access-matrix: prints docs/access-matrix.md.

#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <unistd.h>

#include "api/matrix.h"
#include "cli/commands.h"
#include "cli/office.h"
#include "cli/options.h"

namespace jinyue::cli {
namespace {

namespace fs = std::filesystem;

/// The matrix of a fresh city with these packs.
Result<std::string> matrixWith(const std::vector<std::string>& folders, const std::string& data) {
  OfficeOptions options;
  options.city.data = data;
  const auto office = Office::open(options);
  if (!office) return std::unexpected(office.error());
  for (const std::string& folder : folders) {
    const auto reading = packs::readPack(folder);
    if (!reading) return std::unexpected(reading.error());
    if (const auto deployed = (*office)->deploy(*reading); !deployed)
      return std::unexpected(deployed.error());
  }
  return api::accessMatrix((*office)->endpoints(), *(*office)->packs().roleBook());
}

}  // namespace

void addAccessMatrix(CLI::App& app, int& exit_code) {
  auto* command = app.add_subcommand(
      "access-matrix", "prints who may use which endpoint (docs/access-matrix.md) / 输出权限矩阵");
  const auto folders = std::make_shared<std::vector<std::string>>(
      std::vector<std::string>{"packs/china", "packs/dalian", "packs/demonstration"});
  command->add_option("PACK", *folders, "folders of the packs whose roles are in it / 包的目录")
      ->capture_default_str();
  command->callback([folders, &exit_code] {
    std::string data = (fs::temp_directory_path() / "jinyue-matrix-XXXXXX").string();
    if (::mkdtemp(data.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
    const auto matrix = matrixWith(*folders, data);
    std::error_code ignored;
    fs::remove_all(data, ignored);
    if (matrix) fmt::print("{}", *matrix);
    else exit_code = refused(matrix.error());
  });
}

}  // namespace jinyue::cli
