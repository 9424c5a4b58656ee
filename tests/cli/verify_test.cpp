#include "cli/verify.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "ledger/peaks.h"
#include "ledger/proof_document.h"
#include "ledger/record.h"
#include "store/store.h"

namespace jinyue::cli {
namespace verify_test {

namespace fs = std::filesystem;

/// A small log in SQLite; the test tampers with a copy.
class Verify : public testing::Test {
 protected:
  static constexpr int batches = 8;
  static constexpr int cases = 40;  // so that the log has more than one tile

  Verify() {
    std::string name = (fs::temp_directory_path() / "jinyue-verify-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    std::ofstream(path("key.pub")) << signer_->publicKeyPem();
    const auto store = open("log.db");
    for (int position = 1; position <= batches; ++position) {
      // The first head and the sixth are kept.
      now_ += position == 6 ? std::chrono::hours{1} : std::chrono::seconds{1};
      append(*store, position, position);
    }
    EXPECT_TRUE(store->backup(path("backup.db")));
  }
  ~Verify() override { fs::remove_all(folder_); }

  std::string path(const char* name) const { return (folder_ / name).string(); }

  std::unique_ptr<store::Store> open(const char* name) {
    store::StoreOptions options;
    options.signer = signer_;
    options.now = [this] { return now_; };
    options.log = "test.log";
    auto store = store::open("sqlite:" + path(name), options);
    EXPECT_TRUE(store) << describe(store.error());
    return *std::move(store);
  }

  void append(store::Store& store, std::int64_t position, int officer) {
    store::Batch batch;
    for (int id = 1; id <= cases; ++id) {
      ledger::Record record;
      record.case_id = id;
      record.position = position;
      record.kind = "task.completed";
      record.actor = "officer-" + std::to_string(officer);
      record.at = now_;
      record.model = "hotline@1";
      record.body = R"({"node":"handle"})";
      batch.journal.push_back({id, position, ledger::encodeRecord(record)});
      store::CaseRow row;
      row.id = id;
      row.version = position;
      row.opened = now_;
      batch.cases.push_back({row, position - 1});
    }
    EXPECT_TRUE(store.commit(batch).done());
  }

  void copy(const char* from, const char* to) {
    for (const char* part : {"", "-wal", "-shm"}) {
      fs::remove(path(to) + part);
      if (fs::exists(path(from) + part)) fs::copy_file(path(from) + part, path(to) + part);
    }
  }
  void run(const char* name, const std::string& sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path(name).c_str(), &database), SQLITE_OK);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
        << (message ? message : "");
    sqlite3_free(message);
    sqlite3_close(database);
  }

  struct Outcome {
    int code;
    std::string text;
  };
  Outcome check(VerifyArguments arguments) {
    std::ostringstream out;
    if (!arguments.without_keys && arguments.keys.empty()) arguments.keys = {path("key.pub")};
    const int code = verify(arguments, out);
    return {code, out.str()};
  }
  Outcome check(const char* name) { return check({.log = path(name)}); }
  /// A copy of the backup, tampered with.
  Outcome tampered(const std::string& sql) {
    copy("backup.db", "copy.db");
    run("copy.db", sql);
    return check("copy.db");
  }
  static void expectFinding(const Outcome& outcome, const std::string& text, int findings = 1) {
    EXPECT_EQ(outcome.code, 1) << outcome.text;
    EXPECT_NE(outcome.text.find(text), std::string::npos) << text << "\n" << outcome.text;
    EXPECT_NE(outcome.text.find(std::to_string(findings) + " findings"), std::string::npos) << outcome.text;
  }
  static constexpr const char* shift_down =
      "UPDATE journal SET sequence = -sequence WHERE sequence > 100;"
      "UPDATE journal SET sequence = -sequence - 1 WHERE sequence < 0;";

  fs::path folder_;
  std::shared_ptr<const ledger::Signer> signer_ =
      std::make_shared<const ledger::Signer>(ledger::Signer::generate(ledger::SignatureAlgorithm::ed25519));
  Instant now_ = *parseInstant("2026-11-22T04:38:21Z");
};

TEST_F(Verify, AnUntouchedStoreAndItsBackupAreWhole) {
  for (const auto& log : {path("log.db"), "sqlite:" + path("log.db"), path("backup.db")}) {
    const Outcome outcome = check({.log = log});
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_NE(outcome.text.find("the log is whole: 320 records"), std::string::npos) << outcome.text;
    EXPECT_NE(outcome.text.find("日志完整：320 条记录"), std::string::npos) << outcome.text;
  }
}

TEST_F(Verify, AFlippedRecordIsNamed) {
  expectFinding(
      tampered(
          "UPDATE journal SET record = CAST(replace(CAST(record AS TEXT), 'officer-3', 'officer-9') AS BLOB)"
          " WHERE sequence = 100"),
      "record 100 was changed: case 21, position 3");
  // Also one of the last tile, since a backup stores its hashes.
  expectFinding(
      tampered(
          "UPDATE journal SET record = CAST(replace(CAST(record AS TEXT), 'officer-8', 'officer-9') AS BLOB)"
          " WHERE sequence = 310"),
      "record 310 was changed: case 31, position 8");
  expectFinding(tampered("UPDATE journal SET case_id = 77 WHERE sequence = 100"),
                "record 100 was changed: case 21");
}

TEST_F(Verify, ADroppedRecordIsNamed) {
  expectFinding(tampered("DELETE FROM journal WHERE sequence = 100"),
                "record 100 is gone: case 21, position 3");
  expectFinding(tampered("DELETE FROM journal WHERE sequence = 100;" + std::string(shift_down)),
                "record 100 is gone: case 21, position 3");
  expectFinding(tampered("DELETE FROM journal WHERE sequence >= 300"),
                "records 300 to 319 are gone from the end");
}

TEST_F(Verify, SwappedRecordsAreNamed) {
  expectFinding(tampered("UPDATE journal SET sequence = -1 WHERE sequence = 100;"
                         "UPDATE journal SET sequence = 100 WHERE sequence = 250;"
                         "UPDATE journal SET sequence = 250 WHERE sequence = -1;"),
                "records 100 and 250 have changed places");
}

TEST_F(Verify, AnInsertedRecordIsNamed) {
  expectFinding(tampered("UPDATE journal SET sequence = -sequence WHERE sequence > 100;"
                         "UPDATE journal SET sequence = -sequence + 1 WHERE sequence < 0;"
                         "INSERT INTO journal SELECT 101, 900, 1, CAST(replace(CAST(record AS TEXT), "
                         "'\"case\":1,', '\"case\":900,') AS BLOB)"
                         " FROM journal WHERE sequence = 0"),
                "record 101 was inserted later: case 900, position 1");
  expectFinding(tampered("INSERT INTO journal SELECT 320, 900, 1, record FROM journal WHERE sequence = 0"),
                "record 320 was inserted later");
}

TEST_F(Verify, AlteredHashesAndHeadsAreNamed) {
  expectFinding(tampered("UPDATE tiles SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB) WHERE "
                         "level = 0 AND idx = 0"),
                "record 0 is right, but its stored hash was altered");
  expectFinding(tampered("UPDATE tiles SET hashes = zeroblob(32) WHERE level = 1"),
                "records 0 to 255 are right, but their stored hashes were altered");
  expectFinding(
      tampered("UPDATE heads SET head = replace(head, '\"log\":\"test', '\"log\":\"best') WHERE size = 240"),
      "the head of 240 records");
  expectFinding(tampered("UPDATE heads SET head = 'nonsense' WHERE size = 240"), "the head of 240 records");
}

TEST_F(Verify, WithEverythingRecomputedTheKeptHeadsNarrowItDown) {
  // Without the stored hashes, as if they had been recomputed for the record that is there now.
  copy("backup.db", "copy.db");
  run("copy.db",
      "UPDATE journal SET record = CAST(replace(CAST(record AS TEXT), 'officer-3', 'officer-9') AS BLOB)"
      " WHERE sequence = 100");
  run("copy.db", "DELETE FROM tiles");
  const Outcome outcome = check("copy.db");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_NE(outcome.text.find("something among the records 40 to 239 does not fit the signed head"),
            std::string::npos)
      << outcome.text;
}

TEST_F(Verify, ARunningStoreTellsWhatItsKeptHeadsCover) {
  copy("log.db", "copy.db");
  run("copy.db",
      "UPDATE journal SET record = CAST(replace(CAST(record AS TEXT), 'officer-3', 'officer-9') AS BLOB)"
      " WHERE sequence = 100");
  expectFinding(check("copy.db"), "record 100 was changed: case 21, position 3");
  copy("log.db", "copy.db");
  run("copy.db",
      "UPDATE journal SET record = CAST(replace(CAST(record AS TEXT), 'officer-8', 'officer-9') AS BLOB)"
      " WHERE sequence = 310");
  expectFinding(check("copy.db"), "something among the records 240 to 319 does not fit the signed head");
}

TEST_F(Verify, OneRecordIsProvedAndCheckedOffline) {
  const Outcome proof = check({.log = path("backup.db"), .prove = 123});
  ASSERT_EQ(proof.code, 0) << proof.text;
  std::ofstream(path("proof.json")) << proof.text;
  const Outcome outcome = check("proof.json");
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_NE(outcome.text.find("record 123 is in the log test.log (320 records"), std::string::npos)
      << outcome.text;
  std::string other = proof.text;
  other.replace(other.find("officer-4"), 9, "officer-5");
  std::ofstream(path("proof.json")) << other;
  EXPECT_EQ(check("proof.json").code, 1);
  std::ofstream(path("proof.json")) << "{}";
  EXPECT_EQ(check("proof.json").code, 2);
  EXPECT_EQ(check({.log = path("backup.db"), .prove = 320}).code, 2);
}

TEST_F(Verify, ALogExtendsItsEarlierCopies) {
  {
    const auto store = open("log.db");
    append(*store, batches + 1, 1);
  }
  const auto extends = [&](const std::string& earlier) {
    return check({.log = path("log.db"), .extends = earlier});
  };
  const Outcome outcome = extends(path("backup.db"));
  EXPECT_EQ(outcome.code, 0) << outcome.text;
  EXPECT_NE(outcome.text.find("the log of 360 records extends that of 320"), std::string::npos)
      << outcome.text;
  EXPECT_EQ(check({.log = path("backup.db"), .extends = "sqlite:" + path("log.db")}).code, 1);
  std::ofstream(path("head.json")) << ledger::encodeHead(*open("backup.db")->head()) << "\n";
  EXPECT_EQ(extends(path("head.json")).code, 0);
  // A log of the same name and key with another history.
  const auto other = open("other.db");
  for (int position = 1; position <= batches + 1; ++position) append(*other, position, 7);
  const Outcome parted = check({.log = path("other.db"), .extends = path("backup.db")});
  EXPECT_EQ(parted.code, 1);
  EXPECT_NE(parted.text.find("something among the records 0 to 39"), std::string::npos) << parted.text;
}

TEST_F(Verify, WhatCanNotBeCheckedSaysSo) {
  EXPECT_EQ(check("nothing.db").code, 2);
  std::ofstream(path("text")) << "text";
  EXPECT_EQ(check("text").code, 2);
  EXPECT_EQ(check({.log = "postgres:host=/nowhere"}).code, 2);
  run("foreign.db", "CREATE TABLE t (x)");
  EXPECT_EQ(check("foreign.db").code, 2);
  std::ostringstream out;
  EXPECT_EQ(verify({.log = path("backup.db")}, out), 2) << out.str();
  const Outcome unsigned_one = check({.log = path("backup.db"), .without_keys = true});
  EXPECT_EQ(unsigned_one.code, 0);
  EXPECT_NE(unsigned_one.text.find("signatures were not checked"), std::string::npos);
  std::ofstream(path("other.pub"))
      << ledger::Signer::generate(ledger::SignatureAlgorithm::sm2).publicKeyPem();
  EXPECT_EQ(check({.log = path("backup.db"), .keys = {path("other.pub")}}).code, 1);
}

}  // namespace verify_test
}  // namespace jinyue::cli
