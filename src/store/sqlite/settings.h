// How the connections of a store are set up. The figures behind the sizes are in docs/decisions.
#pragma once

#include "store/sqlite/connection.h"

namespace jinyue::store::sqlite {

/// Whether a commit is on the disk when it returns, or soon after: for data that can be made again.
enum class Durability { full, relaxed };

/// The one connection that writes.
void prepareWriter(Connection& connection, Durability durability = Durability::full);
void prepareReader(Connection& connection);
/// The connection that moves the write-ahead log into the database file.
void prepareCheckpointer(Connection& connection);

/// While it lives, a commit may be lost when the machine (not the program) goes down; its order with the
/// durable commits is kept. For rows whose loss only means that work is tried again. Outside transactions
/// only.
class RelaxedDurability {
 public:
  explicit RelaxedDurability(Connection& connection);
  RelaxedDurability(const RelaxedDurability&) = delete;
  RelaxedDurability& operator=(const RelaxedDurability&) = delete;
  ~RelaxedDurability();

 private:
  Connection& connection_;
  bool was_full_;
};

}  // namespace jinyue::store::sqlite
