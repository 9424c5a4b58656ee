// A fresh store for a test, of either kind, that is gone when the test ends.
#pragma once

#include <string>

#include <gtest/gtest.h>

namespace jinyue::testing_support {

enum class StoreKind { sqlite, postgres };

inline std::string nameOfStore(const testing::TestParamInfo<StoreKind>& info) {
  return info.param == StoreKind::sqlite ? "Sqlite" : "Postgres";
}

/// An address where nothing is yet, and a folder beside it. For PostgreSQL a schema of its own in the
/// database that JINYUE_TEST_POSTGRES names (a libpq conninfo; scripts/postgres.sh starts one); without that
/// variable it throws. Flushes::none: what is committed may be lost when the machine goes down, which no test
/// makes it do; a disk that is slow to flush then slows no test.
enum class Flushes { none, all };
class StorePlace {
 public:
  explicit StorePlace(StoreKind kind, Flushes flushes = Flushes::none);
  StorePlace(const StorePlace&) = delete;
  StorePlace& operator=(const StorePlace&) = delete;
  ~StorePlace();

  const std::string& address() const { return address_; }
  const std::string& folder() const { return folder_; }

 private:
  std::string address_;
  std::string folder_;
  std::string schema_;  // of PostgreSQL
};

}  // namespace jinyue::testing_support
