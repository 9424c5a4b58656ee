// A file in memory with a path, for libraries that write to paths only.
#pragma once

#include <stdexcept>
#include <string>

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

namespace jinyue::registry {

class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("workbook", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw std::runtime_error("no memory for a workbook");
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { close(descriptor_); }

  std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }
  std::string content() const {
    std::string out(static_cast<std::size_t>(lseek(descriptor_, 0, SEEK_END)), '\0');
    std::size_t done = 0;
    while (done < out.size()) {
      const auto count = pread(descriptor_, out.data() + done, out.size() - done, static_cast<off_t>(done));
      if (count <= 0) throw std::runtime_error("a workbook can't be read back");
      done += static_cast<std::size_t>(count);
    }
    return out;
  }

 private:
  int descriptor_;
};

}  // namespace jinyue::registry
