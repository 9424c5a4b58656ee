// Files of a folder over HTTP: the pages. Precompressed variants, caching by name, no way out of the folder.
#pragma once

#include <filesystem>
#include <mutex>

#include "http/reply.h"

namespace jinyue::http {

struct StaticOptions {
  /// Names under such folders that end in "-" and eight letters, digits, "-" or "_" before the extension
  /// never change their content (as Vite names them).
  std::string hashed_folder = "assets";
  /// A path without an extension that names no file gets the nearest index.html above it (the page routes
  /// itself).
  bool pages_route_themselves = true;
  std::size_t cached_file_bytes = 1u << 20;  ///< larger files are sent from disk
  std::size_t cache_bytes = 64u << 20;
  Millis recheck{1'000};  ///< how long a file in memory is taken as unchanged
};

/// Thread-safe. Symbolic links below the root are not followed, names that begin with a dot are not there.
class StaticFiles {
 public:
  /// Throws std::invalid_argument when the root is no folder. The root itself may be a link.
  StaticFiles(const std::filesystem::path& root, StaticOptions options, NowFn now = systemNow);
  ~StaticFiles();

  Response answer(const Request& request) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// For Router::mount; quick enough for the I/O thread.
Handler staticFiles(std::shared_ptr<const StaticFiles> files);

/// The media type for a file name, with charset for texts.
std::string_view mediaTypeOf(std::string_view file_name);

}  // namespace jinyue::http
