// What must hold for the project's files as texts: the order of the rooms, the size of a file, no paths of
// somebody's machine. Each rule is a function from files to findings, so that it can be shown to find.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace jinyue::architecture {

struct SourceFile {
  std::string path;  ///< from the project's root, with '/': "src/feel/parser.cpp"
  std::string text;
};

/// One line for people: "src/a/b.h:12: …".
using Findings = std::vector<std::string>;

/// The names in src/rooms.txt, in order; lines that start with '#' and empty lines are skipped.
std::vector<std::string> readRooms(std::string_view text);

/// The text files below these folders of the root, sorted; without installed packages and build results.
std::vector<SourceFile> readFiles(const std::filesystem::path& root, const std::vector<std::string>& folders);

/// Files in src that include, and rooms whose CMakeLists.txt links to, a room below their own; folders of src
/// that are no room; quoted includes that name no room.
Findings findWrongArrows(const std::vector<std::string>& rooms, const std::vector<SourceFile>& files);

Findings findLongFiles(const std::vector<SourceFile>& files, std::size_t most_lines);

/// Absolute paths into somebody's home folder.
Findings findHomePaths(const std::vector<SourceFile>& files);

}  // namespace jinyue::architecture
