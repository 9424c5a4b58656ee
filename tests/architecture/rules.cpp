#include "architecture/rules.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <optional>
#include <regex>
#include <set>
#include <sstream>

#include <fmt/format.h>

namespace jinyue::architecture {

namespace {

void forEachLine(std::string_view text, const std::function<void(std::size_t, std::string_view)>& visit) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    visit(number, text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
}

std::string_view withoutBlanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// The name in `#include "name"` or `#include <name>`; quoted says which.
struct Include {
  std::string_view name;
  bool quoted = false;
};

std::optional<Include> includeOf(std::string_view line) {
  line = withoutBlanks(line);
  if (!line.starts_with('#')) return {};
  line = withoutBlanks(line.substr(1));
  if (!line.starts_with("include")) return {};
  line = withoutBlanks(line.substr(std::string_view{"include"}.size()));
  if (line.empty() || (line.front() != '"' && line.front() != '<')) return {};
  const bool quoted = line.front() == '"';
  const auto end = line.find(quoted ? '"' : '>', 1);
  if (end == std::string_view::npos) return {};
  return Include{line.substr(1, end - 1), quoted};
}

std::string readFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

constexpr std::array text_extensions{".h",   ".cpp",  ".txt", ".cmake", ".json", ".xml",  ".bpmn", ".dmn",
                                     ".ts",  ".vue",  ".css", ".html",  ".md",   ".sql",  ".sh",   ".csv",
                                     ".mjs", ".yaml", ".yml", ".js",    ".inc",  ".feel", ".toml"};

}  // namespace

std::vector<std::string> readRooms(std::string_view text) {
  std::vector<std::string> rooms;
  forEachLine(text, [&](std::size_t, std::string_view line) {
    line = withoutBlanks(line);
    if (!line.empty() && !line.starts_with('#')) rooms.emplace_back(line);
  });
  return rooms;
}

std::vector<SourceFile> readFiles(const std::filesystem::path& root,
                                  const std::vector<std::string>& folders) {
  std::vector<SourceFile> files;
  for (const auto& folder : folders) {
    if (!std::filesystem::is_directory(root / folder)) continue;
    for (auto entry = std::filesystem::recursive_directory_iterator(root / folder);
         entry != std::filesystem::recursive_directory_iterator(); ++entry) {
      const auto name = entry->path().filename();
      if (entry->is_directory() && (name == "node_modules" || name == "dist")) {
        entry.disable_recursion_pending();
      } else if (entry->is_regular_file() &&
                 std::ranges::find(text_extensions, name.extension()) != text_extensions.end()) {
        files.push_back(
            {std::filesystem::relative(entry->path(), root).generic_string(), readFile(entry->path())});
      }
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

Findings findWrongArrows(const std::vector<std::string>& rooms, const std::vector<SourceFile>& files) {
  const auto placeOf = [&](std::string_view room) { return std::ranges::find(rooms, room) - rooms.begin(); };
  const auto nowhere = std::ssize(rooms);
  Findings findings;
  std::set<std::string, std::less<>> strangers;
  for (const auto& [path, text] : files) {
    if (!path.starts_with("src/") || path == "src/rooms.txt") continue;
    const std::string_view inside = std::string_view{path}.substr(4);
    // A file beside the rooms (main.cpp) puts them together and stands below all of them.
    const bool beside = inside.find('/') == std::string_view::npos;
    const auto room = inside.substr(0, inside.find('/'));
    const auto own = placeOf(room);
    if (own == nowhere && !beside) {
      if (strangers.emplace(room).second) {
        findings.push_back(fmt::format("src/{}: not a room of src/rooms.txt", room));
      }
      continue;
    }
    if (inside.ends_with("/CMakeLists.txt")) {
      forEachLine(text, [&](std::size_t number, std::string_view line) {
        line = line.substr(0, line.find('#'));
        std::istringstream words{std::string{line}};
        for (std::string word; words >> word;) {
          std::erase_if(word, [](char c) { return c == '(' || c == ')'; });
          const auto used = placeOf(word);
          if (used != nowhere && used > own) {
            findings.push_back(
                fmt::format("{}:{}: room {} links to {}, a room below it", path, number, room, word));
          }
        }
      });
      continue;
    }
    forEachLine(text, [&](std::size_t number, std::string_view line) {
      const auto include = includeOf(line);
      if (!include) return;
      const auto slash = include->name.find('/');
      const auto used = slash == std::string_view::npos ? nowhere : placeOf(include->name.substr(0, slash));
      if (used == nowhere) {
        if (include->quoted) {
          findings.push_back(fmt::format("{}:{}: \"{}\" does not start with the name of a room", path, number,
                                         include->name));
        }
      } else if (used > own) {
        findings.push_back(fmt::format("{}:{}: room {} includes {}, which belongs to a room below it", path,
                                       number, room, include->name));
      }
    });
  }
  return findings;
}

Findings findLongFiles(const std::vector<SourceFile>& files, std::size_t most_lines) {
  Findings findings;
  for (const auto& [path, text] : files) {
    std::size_t lines = 0;
    forEachLine(text, [&](std::size_t number, std::string_view) { lines = number; });
    if (lines > most_lines) {
      findings.push_back(fmt::format("{}: {} lines, more than {}; look for the second thing in it", path,
                                     lines, most_lines));
    }
  }
  return findings;
}

Findings findHomePaths(const std::vector<SourceFile>& files) {
  // Put together from pieces, so that this file does not find itself.
  static const std::regex home(
      "(^|[^A-Za-z0-9_.~/-])(/(ho"
      "me|Use"
      "rs)/[A-Za-z]|/ro"
      "ot/|[A-Z]:\\\\+Use"
      "rs)");
  Findings findings;
  for (const auto& [path, text] : files) {
    forEachLine(text, [&](std::size_t number, std::string_view line) {
      if (std::regex_search(line.begin(), line.end(), home)) {
        findings.push_back(
            fmt::format("{}:{}: a path of somebody's machine: {}", path, number, withoutBlanks(line)));
      }
    });
  }
  return findings;
}

}  // namespace jinyue::architecture
