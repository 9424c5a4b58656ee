// A copy of a running store as one file.
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "store/refusals.h"
#include "store/sqlite/log_rows.h"
#include "store/sqlite/settings.h"
#include "store/sqlite/sqlite_store.h"

namespace jinyue::store::sqlite {
namespace {

void syncFile(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  if (!synced) throw StoreFault("can't make " + path + " durable");
}

}  // namespace

Result<void> SqliteStore::backup(const std::string& path) {
  namespace fs = std::filesystem;
  if (fs::exists(path)) return refuseExistingFile(path);
  const std::string unfinished = path + ".unfinished";
  fs::remove(unfinished);
  // VACUUM INTO reads one snapshot of the database; writers go on meanwhile.
  Connection connection(path_, OpenMode::read_write);
  prepareReader(connection);
  connection.copyInto(unfinished);
  {
    Connection copy(unfinished, OpenMode::read_write);
    storeOpenTile(copy, options_.hash);
  }
  fs::permissions(unfinished, fs::perms::owner_read | fs::perms::owner_write);
  syncFile(unfinished, O_RDWR);
  fs::rename(unfinished, path);
  syncFile(fs::absolute(path).parent_path().string(), O_RDONLY | O_DIRECTORY);
  return {};
}

}  // namespace jinyue::store::sqlite
