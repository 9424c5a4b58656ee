// A city with everybody who comes to it: accounts, sessions, notices, live updates and the interface, put
// together on top of City.
#pragma once

#include <memory>
#include <thread>

#include "api/deployment.h"
#include "api/rooms.h"
#include "api/service.h"
#include "cli/city.h"
#include "cli/serve_config.h"
#include "http/router.h"
#include "insight/recount.h"
#include "insight/reports.h"
#include "insight/surveys.h"

namespace jinyue::cli {

struct OfficeOptions {
  CityOptions city;
  SessionConfig sessions;
  PasswordConfig passwords;
  identity::PasswordCost password_cost;
  std::vector<identity::OidcProvider> identity_providers;
  identity::FetchFn fetch;  ///< requests to the providers
  notify::NotifyOptions notices;
  AccountLimits accounts;
  evidence::AttachmentLimits attachments;
  std::chrono::milliseconds look_at_sessions{5'000};  ///< how soon streams of an ended session end
  ledger::RandomFn random = ledger::randomBytes;
  Millis recount_grace{10'000};  ///< before old cases are counted by new declarations
};

/// What a configuration file means.
OfficeOptions officeOptionsOf(const ServeConfig& config);

class Office {
 public:
  static Result<std::unique_ptr<Office>> open(const OfficeOptions& options);
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;
  ~Office();

  City& city() { return *city_; }
  identity::Accounts& accounts() { return *accounts_; }
  identity::Grants& grants() { return *grants_; }
  api::DeployedPacks& packs() { return *packs_; }
  const api::Endpoints& endpoints() const { return endpoints_; }
  const std::shared_ptr<http::Metrics>& metrics() const { return metrics_; }
  const std::shared_ptr<http::EventBus>& events() const { return events_; }
  notify::Dispatcher& dispatcher() { return *dispatcher_; }
  insight::Recount& recount() { return *recount_; }
  insight::Reports& reports() { return *reports_; }

  /// Adds the interface, the page to try it and the open pages to a router.
  void addTo(http::Router& router, const std::function<void(std::string_view, std::string_view)>& fault = {});
  /// Puts a pack into effect (api/deployment.h), as the operator.
  Result<api::Deployed> deploy(const packs::PackReading& reading);
  /// The same for a pack that was checked beside the packs that it needs.
  Result<api::Deployed> putIntoEffect(const packs::Pack& pack);

  /// Begins what runs by itself: timers, outbox, notices, housekeeping. stop() ends it and the engine.
  void start();
  void stop();

 private:
  Office() = default;
  void keepHouse();
  api::Rooms rooms();
  api::DeploymentRooms deploymentRooms();
  std::vector<notify::Contact> contacts(std::string_view recipient) const;

  NowFn now_;
  AccountLimits account_limits_;
  std::unique_ptr<City> city_;
  api::KeyedStore* keyed_ = nullptr;  ///< the city's store
  std::unique_ptr<identity::Context> context_;
  std::unique_ptr<api::DeployedPacks> packs_;
  std::unique_ptr<identity::PasswordHasher> hasher_;
  std::unique_ptr<identity::Accounts> accounts_;
  std::unique_ptr<identity::Sessions> sessions_;
  std::unique_ptr<identity::SignIn> sign_in_;
  std::unique_ptr<identity::OidcSignIn> oidc_;
  std::unique_ptr<identity::Grants> grants_;
  std::unique_ptr<identity::AuditLog> audit_;
  std::unique_ptr<identity::PersonalData> personal_data_;
  std::unique_ptr<evidence::Attachments> attachments_;
  std::unique_ptr<api::NameBook> names_;
  std::unique_ptr<search::Searcher> searcher_;
  std::unique_ptr<hotline::Suggester> suggester_;
  std::unique_ptr<insight::Recount> recount_;
  std::unique_ptr<insight::Reports> reports_;
  std::unique_ptr<insight::Surveys> surveys_;
  std::shared_ptr<notify::KeptNotices> kept_;  ///< null unless notices stay here (development)
  std::unique_ptr<notify::Dispatcher> dispatcher_;
  std::shared_ptr<http::EventBus> events_;
  std::shared_ptr<http::Metrics> metrics_;
  std::unique_ptr<api::LiveSessions> live_;
  std::unique_ptr<api::Gate> gate_;
  api::Endpoints endpoints_;

  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread housekeeper_;
};

}  // namespace jinyue::cli
