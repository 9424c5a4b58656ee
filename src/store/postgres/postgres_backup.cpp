#include "store/postgres/postgres_store.h"
namespace jinyue::store::postgres {
Result<void> PostgresStore::backup(const std::string&) { return {}; }
}  // namespace jinyue::store::postgres
