#include "http/static_files.h"

#include <algorithm>
#include <cerrno>
#include <map>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "http/negotiate.h"
#include "http/problem_document.h"

namespace jinyue::http {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 26> media_types{{
    {"avif", "image/avif"},
    {"css", "text/css; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},
    {"gif", "image/gif"},
    {"html", "text/html; charset=utf-8"},
    {"ico", "image/x-icon"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript; charset=utf-8"},
    {"json", "application/json"},
    {"map", "application/json"},
    {"md", "text/markdown; charset=utf-8"},
    {"mjs", "text/javascript; charset=utf-8"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"svg", "image/svg+xml"},
    {"txt", "text/plain; charset=utf-8"},
    {"wasm", "application/wasm"},
    {"webmanifest", "application/manifest+json"},
    {"webp", "image/webp"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"yaml", "application/yaml"},
    {"zip", "application/zip"},
}};

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// Opens folder by folder and follows no link, so that no name, however it is written, leads out of the root.
Descriptor openBelow(int root, std::span<const std::string> segments) {
  Descriptor folder;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool last = i + 1 == segments.size();
    const int at = folder ? folder.get() : root;
    const int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (last ? 0 : O_DIRECTORY);
    folder = Descriptor(::openat(at, segments[i].c_str(), flags));
    if (!folder) return folder;
  }
  return folder;
}

bool isServable(const std::string& segment) {
  return !segment.empty() && segment.front() != '.' &&
         segment.find_first_of(std::string_view{"/\\\0", 3}) == std::string::npos;
}

std::string contentTag(std::string_view content) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(content.data(), content.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return '"' + toHex({reinterpret_cast<const char*>(digest.data()), 12}) + '"';
}

std::optional<std::string> readAll(int fd, std::size_t size) {
  std::string content(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const auto n = ::pread(fd, content.data() + done, size - done, static_cast<off_t>(done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return std::nullopt;  // it has become shorter meanwhile
    done += static_cast<std::size_t>(n);
  }
  return content;
}

bool hasHashedName(std::string_view name) {
  const auto dot = name.find('.');
  if (dot == std::string_view::npos || dot < 9) return false;
  const std::string_view hash = name.substr(dot - 8, 8);
  return name[dot - 9] == '-' && std::ranges::all_of(hash, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                  c == '_';
         });
}

}  // namespace

std::string_view mediaTypeOf(std::string_view file_name) {
  const auto dot = file_name.rfind('.');
  if (dot != std::string_view::npos) {
    std::string extension{file_name.substr(dot + 1)};
    std::ranges::transform(extension, extension.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto* found =
        std::ranges::find(media_types, extension, &std::pair<std::string_view, std::string_view>::first);
    if (found != media_types.end()) return found->second;
  }
  return "application/octet-stream";
}

struct StaticFiles::Impl {
  /// One file as it was when it was last looked at; nothing when it was not there.
  struct Seen {
    Instant at;
    bool exists = false;
    std::string tag;
    std::shared_ptr<const std::string> content;  ///< null for a file too large to keep
    std::uint64_t size = 0;
    timespec changed{};
    ino_t inode = 0;
  };

  Descriptor root;
  StaticOptions options;
  NowFn now;
  std::mutex mutex;
  std::map<std::string, Seen, std::less<>> seen;
  std::size_t bytes = 0;

  static std::string keyOf(std::span<const std::string> segments) {
    std::string key;
    for (const std::string& segment : segments) (key += '/') += segment;
    return key;
  }

  void forgetAll() {
    seen.clear();
    bytes = 0;
  }

  /// Looks the file up, on disk when it was not looked at lately. The descriptor of a large file comes with
  /// it.
  Seen look(std::span<const std::string> segments, Descriptor* open) {
    const Instant time = now();
    const std::string key = keyOf(segments);
    const std::lock_guard lock(mutex);
    const auto found = seen.find(key);
    const bool fresh =
        found != seen.end() && time - found->second.at < options.recheck && time >= found->second.at;
    if (fresh && (!found->second.exists || found->second.content)) return found->second;

    Seen next;
    next.at = time;
    Descriptor file = openBelow(root.get(), segments);
    struct stat about{};
    if (file && ::fstat(file.get(), &about) == 0 && S_ISREG(about.st_mode)) {
      next.exists = true;
      next.size = static_cast<std::uint64_t>(about.st_size);
      next.changed = about.st_mtim;
      next.inode = about.st_ino;
      if (found != seen.end() && found->second.content && found->second.size == next.size &&
          found->second.inode == next.inode && found->second.changed.tv_sec == next.changed.tv_sec &&
          found->second.changed.tv_nsec == next.changed.tv_nsec) {
        found->second.at = time;
        return found->second;
      }
      if (next.size <= options.cached_file_bytes) {
        auto content = readAll(file.get(), next.size);
        if (!content) return {};
        next.tag = contentTag(*content);
        next.content = std::make_shared<const std::string>(std::move(*content));
      } else {
        next.tag = fmt::format("\"{:x}-{:x}-{:x}\"", next.size, about.st_mtim.tv_sec, about.st_mtim.tv_nsec);
        if (open) *open = std::move(file);
      }
    }
    if (found != seen.end()) {
      bytes -= found->second.content ? found->second.content->size() : 0;
      seen.erase(found);
    }
    // Names that are not there are remembered too, but strangers choose them: start over when they are many.
    if (seen.size() >= 4096 || bytes + next.size > options.cache_bytes) forgetAll();
    bytes += next.content ? next.content->size() : 0;
    seen.emplace(key, next);
    return next;
  }

  bool isHashed(std::span<const std::string> segments) const {
    const auto folders = segments.first(segments.size() - 1);
    return std::ranges::find(folders, options.hashed_folder) != folders.end() &&
           hasHashedName(segments.back());
  }

  /// The answer with the file, in the best coding that is there and that the client takes.
  std::optional<Response> file(const Request& request, std::vector<std::string> segments) {
    Descriptor open;
    const Seen plain = look(segments, &open);
    if (!plain.exists) return std::nullopt;
    const std::string name = segments.back();
    const auto accepted = request.headers.find("Accept-Encoding").value_or("");
    struct Coding {
      std::string_view name, extension;
    };
    Seen chosen = plain;
    std::string_view coding;
    int best = 0;
    bool has_variants = false;
    for (const Coding& candidate : {Coding{"br", ".br"}, Coding{"gzip", ".gz"}}) {
      segments.back() = name + std::string{candidate.extension};
      Descriptor variant_open;
      Seen variant = look(segments, &variant_open);
      if (!variant.exists) continue;
      has_variants = true;
      const int weight = weightOf(accepted, candidate.name);
      if (weight <= best) continue;
      best = weight;
      chosen = std::move(variant);
      open = std::move(variant_open);
      coding = candidate.name;
    }
    segments.back() = name;

    Response response;
    response.headers.add("Content-Type", mediaTypeOf(name));
    response.headers.add("ETag", chosen.tag);
    response.headers.add("Cache-Control",
                         isHashed(segments) ? "public, max-age=31536000, immutable" : "no-cache");
    if (has_variants) response.headers.add("Vary", "Accept-Encoding");
    if (!coding.empty()) response.headers.add("Content-Encoding", coding);
    if (isUnchanged(request, chosen.tag)) {
      response.status = 304;
    } else if (chosen.content) {
      response.body = chosen.content;
    } else if (open) {
      const auto close = [](const int* fd) {
        ::close(*fd);
        delete fd;
      };
      response.body = OpenFile{std::shared_ptr<const int>(new int(open.release()), close), chosen.size};
    }
    return response;
  }
};

StaticFiles::StaticFiles(const std::filesystem::path& root, StaticOptions options, NowFn now)
    : impl_(std::make_unique<Impl>()) {
  impl_->root = Descriptor(::open(root.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY));
  if (!impl_->root) throw std::invalid_argument("not a folder: " + root.string());
  impl_->options = std::move(options);
  impl_->now = std::move(now);
}

StaticFiles::~StaticFiles() = default;

Response StaticFiles::answer(const Request& request) const {
  std::vector<std::string> segments(
      request.segments.begin() + static_cast<std::ptrdiff_t>(request.mounted_at), request.segments.end());
  const bool is_folder = segments.empty() || segments.back().empty();
  if (is_folder && !segments.empty()) segments.pop_back();
  const bool servable = std::ranges::all_of(segments, isServable);
  if (servable && !is_folder) {
    if (auto response = impl_->file(request, segments)) return std::move(*response);
  }
  const bool is_page = is_folder || segments.back().find('.') == std::string::npos;
  if (servable && is_page) {
    for (;;) {
      segments.emplace_back("index.html");
      if (auto response = impl_->file(request, segments)) return std::move(*response);
      segments.pop_back();
      if (segments.empty() || !impl_->options.pages_route_themselves) break;
      segments.pop_back();
    }
  }
  return problem(problemOf(404), request);
}

Handler staticFiles(std::shared_ptr<const StaticFiles> files) {
  return answering([files = std::move(files)](const Request& request) { return files->answer(request); });
}

}  // namespace jinyue::http
