// A whole city behind a real server on a free port: the demonstration pack, accounts with roles, and people
// who sign in and send requests. Every answer is checked against the OpenAPI document.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "api/schema_checker.h"
#include "cli/office.h"
#include "http/client.h"
#include "http/server.h"
#include "support/test_city.h"

namespace jinyue::api::test {

using http::test::Answer;

inline const std::string password = "Kx7#example-word";  // of all accounts of the tests

/// What goes with a request.
struct Sent {
  std::string body = {};     ///< JSON unless `media_type` says otherwise
  std::string key = "auto";  ///< Idempotency-Key; "auto": a new one, "": none
  std::string if_match = {};
  std::string media_type = "application/json";
  std::string more = {};  ///< further header lines, each with its line break
  bool without_csrf = false;
};

/// SQLite, or what JINYUE_TEST_STORE says: ctest runs these tests on both stores.
testing_support::StoreKind storeUnderTest();

class Person;

class ServedCity {
 public:
  /// `more` changes what the city is opened with.
  explicit ServedCity(testing_support::StoreKind kind = storeUnderTest(),
                      std::function<void(cli::OfficeOptions&, http::ServerOptions&)> more = {});
  ~ServedCity();

  /// Stops server and city and starts them again on the same store.
  void restart();

  /// An officer with roles, each in a scope; returns the account.
  struct Role {
    std::string id;
    identity::Scope scope = {};
  };
  identity::AccountId officer(const std::string& login, const std::string& unit,
                              const std::vector<Role>& roles);
  identity::AccountId resident(const std::string& login, const std::string& id_number);
  identity::AccountId agent(const std::string& login, const std::vector<std::string>& firms);
  Person signIn(const std::string& login, bool by_cookie = false);
  Person nobody();

  /// A case of the demonstration's hotline, started through the engine.
  store::CaseId hotlineCase(const std::string& title = "路灯不亮（示例）");

  cli::Office& office() { return *office_; }
  testing_support::TestClock& clock() { return clock_; }
  std::uint16_t port() const { return server_->port(); }
  const SchemaChecker& document() const { return *checker_; }
  std::vector<std::string> faults() const;

 private:
  friend class Person;
  void start();
  void stop();

  testing_support::StorePlace place_;
  testing_support::TestClock clock_{"2026-09-21T01:00:00Z"};
  std::function<void(cli::OfficeOptions&, http::ServerOptions&)> more_;
  std::unique_ptr<cli::Office> office_;
  std::unique_ptr<http::Server> server_;
  std::unique_ptr<SchemaChecker> checker_;
  mutable std::mutex mutex_;
  std::vector<std::string> faults_;
};

/// Somebody at a connection of his own.
class Person {
 public:
  Person(ServedCity& city, std::string token, bool by_cookie);

  Answer get(const std::string& path, const std::string& more = {});
  Answer post(const std::string& path, const Sent& sent = {}) { return send("POST", path, sent); }
  Answer patch(const std::string& path, const Sent& sent) { return send("PATCH", path, sent); }
  Answer del(const std::string& path, const Sent& sent = {}) { return send("DELETE", path, sent); }
  Answer send(const std::string& method, const std::string& path, const Sent& sent);

  const std::string& token() const { return token_; }
  /// The header line by which this person is known; empty for nobody.
  std::string credential() const;

 private:
  ServedCity& city_;
  std::string token_;
  bool by_cookie_;
  std::string csrf_;
  std::unique_ptr<http::test::Client> client_;
};

boost::json::value json(const Answer& answer);
/// The text or number at a JSON pointer as text; "(absent)" when it is not there.
std::string at(const Answer& answer, const std::string& pointer);
/// A new key.
std::string newKey();

}  // namespace jinyue::api::test
