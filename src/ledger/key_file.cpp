#include "ledger/key_file.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace jinyue::ledger {
namespace {

constexpr std::size_t max_bytes = 65536;

class OpenFile {
 public:
  explicit OpenFile(int number) : number_(number) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

/// What the system said last.
std::unexpected<Problem> refuseFile(const std::string& path, const char* code, Text title) {
  const int error = errno;
  const std::string why = std::system_category().message(error);
  const ProblemKind kind = error == ENOENT ? ProblemKind::not_found : ProblemKind::invalid;
  return refuse(kind, code, std::move(title), path, {why, why});
}

Result<std::string> readFile(const std::string& path, mode_t barred) {
  const Text cannot{"读不了密钥文件", "the key file can't be read"};
  const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status{};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0)
    return refuseFile(path, "key.unreadable", cannot);
  if ((status.st_mode & barred) != 0) {
    return refuse(ProblemKind::invalid, "key.open-to-others",
                  {"密钥文件允许他人读取或修改", "others may read or write the key file"}, path,
                  {"执行 chmod 600", "run chmod 600 on it"});
  }
  std::string bytes(max_bytes + 1, '\0');
  std::size_t used = 0;
  while (used < bytes.size()) {
    const ssize_t got = ::read(file.number(), bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return refuseFile(path, "key.unreadable", cannot);
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  if (used > max_bytes) {
    return refuse(ProblemKind::invalid, "key.too-long", {"密钥文件过大", "the key file is too long"}, path);
  }
  bytes.resize(used);
  return bytes;
}

const Text& cannotWrite() {
  static const Text title{"写不了密钥文件", "the key file can't be written"};
  return title;
}

/// Makes the names in the file's folder durable.
Result<void> syncFolderOf(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  const OpenFile folder(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.number() < 0 || ::fsync(folder.number()) != 0) {
    return refuseFile(path, "key.unwritable", cannotWrite());
  }
  return {};
}

}  // namespace

Result<void> writeSecretFile(const std::string& path, std::string_view bytes) {
  const Text& cannot = cannotWrite();
  const OpenFile file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (file.number() < 0) {
    if (errno != EEXIST) return refuseFile(path, "key.unwritable", cannot);
    return refuse(ProblemKind::conflict, "key.exists",
                  {"文件已存在，不会覆盖", "there is such a file already"}, path);
  }
  while (!bytes.empty()) {
    const ssize_t done = ::write(file.number(), bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return refuseFile(path, "key.unwritable", cannot);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  if (::fsync(file.number()) != 0) return refuseFile(path, "key.unwritable", cannot);
  return syncFolderOf(path);
}

Result<void> replaceSecretFile(const std::string& path, std::string_view bytes) {
  const std::string next = path + ".new";
  ::unlink(next.c_str());  // of an attempt that was cut short
  if (auto written = writeSecretFile(next, bytes); !written) return written;
  if (std::rename(next.c_str(), path.c_str()) != 0) return refuseFile(path, "key.unwritable", cannotWrite());
  return syncFolderOf(path);
}

Result<std::string> readSecretFile(const std::string& path) { return readFile(path, S_IWGRP | S_IRWXO); }

Result<std::string> readKeyFile(const std::string& path) { return readFile(path, 0); }

}  // namespace jinyue::ledger
