#include "store/refusals.h"

#include <fmt/format.h>

#include "base/json_write.h"

namespace jinyue::store {

std::unexpected<Problem> refuseAddress(const std::string& address) {
  return refuse(ProblemKind::invalid, "store.address",
                {"存储地址应为 sqlite:文件路径 或 postgres:连接参数",
                 "the address of a store is sqlite:PATH or postgres:CONNINFO"},
                address);
}

std::unexpected<Problem> refuseForeign() {
  return refuse(ProblemKind::conflict, "store.foreign",
                {"这个数据库不是近悦的存储", "this database is not a store of Jinyue"}, {},
                {"请检查地址；为避免损坏他人的数据，未作任何改动",
                 "check the address; nothing was changed, so as not to damage other people's data"});
}

std::unexpected<Problem> refuseNewer(int version, int known) {
  return refuse(
      ProblemKind::conflict, "store.newer",
      {fmt::format("存储的结构版本是 {}，本程序只认识到 {}", version, known),
       fmt::format("the store has schema version {}, this program knows only up to {}", version, known)},
      {}, {"请使用更新的程序", "use a newer program"});
}

std::unexpected<Problem> refuseHash(const std::string& stored, ledger::HashAlgorithm wanted) {
  const std::string name = boost::describe::enum_to_string(wanted, "");
  return refuse(
      ProblemKind::conflict, "store.hash",
      {fmt::format("存储的日志使用 {}，配置要求 {}", stored, name),
       fmt::format("the log of this store is hashed with {}, the configuration says {}", stored, name)},
      {},
      {"已有日志的散列算法不能更改；请改配置，或另建存储",
       "the hash of a log can't be changed; change the configuration or start a new store"});
}

std::unexpected<Problem> refuseNotEmpty() {
  return refuse(ProblemKind::conflict, "store.not-empty",
                {"目标存储不是空的，不能恢复", "the store to restore into is not empty"}, {},
                {"请恢复到一个新的存储", "restore into a new store"});
}

std::unexpected<Problem> refuseExistingFile(const std::string& path) {
  return refuse(ProblemKind::conflict, "store.backup-exists",
                {"备份文件已存在", "there is a file at the path of the backup"}, path,
                {"请换一个路径", "choose another path"});
}

std::unexpected<Problem> refuseNoBackup(const std::string& path, const std::string& reason) {
  return refuse(ProblemKind::invalid, "store.no-backup",
                {"这个文件不是可用的备份", "this file is not a backup that can be used"}, path,
                {reason, reason});
}

std::unexpected<Problem> refuseBrokenLog(const std::string& reason) {
  return refuse(ProblemKind::conflict, "store.broken-log",
                {"日志与其签名的树头不符", "the log does not match its signed head"}, {},
                {reason + "；请运行 jinyue verify 查明哪条记录被改动",
                 reason + "; run jinyue verify to learn which record was changed"});
}

}  // namespace jinyue::store
