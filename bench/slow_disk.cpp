// Makes the disk of a process slow: loaded before it (LD_PRELOAD), every flush to the disk takes as many
// milliseconds longer as JINYUE_SLOW_DISK says. So the server can take only little with all of its processors
// free, and clients beside it can offer many times that.

#include <chrono>
#include <cstdlib>
#include <thread>

#include <sys/syscall.h>
#include <unistd.h>

namespace {

int flush(long call, int file) {
  const char* const delay = std::getenv("JINYUE_SLOW_DISK");
  std::this_thread::sleep_for(std::chrono::milliseconds{delay == nullptr ? 0 : std::atoi(delay)});
  return static_cast<int>(::syscall(call, file));
}

}  // namespace

extern "C" {

int fdatasync(int file) { return flush(SYS_fdatasync, file); }
int fsync(int file) { return flush(SYS_fsync, file); }
}
