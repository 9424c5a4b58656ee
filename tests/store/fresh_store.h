// A fresh, empty store for each test, on either adapter.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "store/store.h"

namespace jinyue::store {

enum class Adapter { sqlite, postgres };
std::string nameOf(Adapter adapter);

/// A place for one store, removed at the end: a folder, or a schema of the PostgreSQL server that
/// JINYUE_TEST_POSTGRES names (a libpq conninfo; the test fails when it is not set).
class Place {
 public:
  explicit Place(Adapter adapter);
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place();

  /// For store::open.
  const std::string& address() const { return address_; }
  /// A path in a folder of the test's own.
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  /// Runs SQL beside the store, on a connection of its own.
  void runSql(const std::string& sql) const;

  Adapter adapter() const { return adapter_; }
  /// Of PostgreSQL; the connections of this place's stores have its name.
  const std::string& schema() const { return schema_; }

 private:
  Adapter adapter_;
  std::filesystem::path folder_;
  std::string schema_;
  std::string address_;
};

/// Options with a signing key that is made once.
StoreOptions testOptions();
/// Opens or fails the test.
std::unique_ptr<Store> openStore(const std::string& address, const StoreOptions& options = testOptions());

/// A test that runs on both adapters, with an empty store.
class OnBothStores : public testing::TestWithParam<Adapter> {
 protected:
  OnBothStores() : place(GetParam()) {}
  void SetUp() override { store = openStore(place.address()); }

  /// Closes the store and opens it again.
  void reopen() {
    store.reset();
    store = openStore(place.address());
  }

  Place place;
  std::unique_ptr<Store> store;
};

#define JINYUE_ON_BOTH_STORES(Suite)                                                              \
  INSTANTIATE_TEST_SUITE_P(                                                                       \
      , Suite, testing::Values(jinyue::store::Adapter::sqlite, jinyue::store::Adapter::postgres), \
      [](const auto& tested) { return jinyue::store::nameOf(tested.param); })

}  // namespace jinyue::store
