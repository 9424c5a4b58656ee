#include "cli/office.h"

#include <spdlog/spdlog.h>

#include "api/deployment.h"
#include "api/endpoint.h"
#include "api/live.h"
#include "api/open_records.h"
#include "api/personal_cases.h"
#include "api/try_page.h"
#include "casework/erase.h"
#include "identity/account_row.h"

#ifndef JINYUE_VERSION
#define JINYUE_VERSION "0"
#endif

namespace jinyue::cli {

OfficeOptions officeOptionsOf(const ServeConfig& config) {
  OfficeOptions options;
  options.city.data = config.data;
  options.city.store = config.store;
  options.city.calendar = config.calendar;
  options.sessions = config.sessions;
  options.passwords = config.passwords;
  options.identity_providers = config.identity_providers;
  options.notices = config.notices;
  return options;
}

Result<std::unique_ptr<Office>> Office::open(const OfficeOptions& options) {
  std::unique_ptr<Office> office(new Office);
  office->now_ = options.city.now;
  office->events_ = std::make_shared<http::EventBus>(toHex(options.random(6)));
  office->metrics_ = std::make_shared<http::Metrics>();

  CityOptions city = options.city;
  city.engine.committed = api::publishTo(office->events_);
  // Known only when all is there; jobs run later.
  city.addresses = [office = office.get()](std::string_view recipient) { return office->contactsOf(recipient); };
  city.notices_written = [office = office.get()] {
    if (office->dispatcher_) office->dispatcher_->wake();
  };
  city.wrap_store = [&office, inner = options.city.wrap_store](std::unique_ptr<store::Store> store) {
    if (inner) store = inner(std::move(store));
    auto keyed = std::make_unique<api::KeyedStore>(std::move(store));
    office->keyed_ = keyed.get();
    return keyed;
  };
  auto opened = City::open(city);
  if (!opened) return std::unexpected(std::move(opened).error());
  office->city_ = std::move(*opened);

  City& at = *office->city_;
  office->context_ = std::make_unique<identity::Context>(
      identity::Context{at.store(), *at.vault(), at.digester(), options.city.now, options.random});
  const identity::Context& context = *office->context_;
  office->packs_ = std::make_unique<api::DeployedPacks>(at.store(), at.definitions());
  const identity::RoleBookFn roles = [packs = office->packs_.get()] { return packs->roleBook(); };
  office->hasher_ = std::make_unique<identity::PasswordHasher>(options.password_cost, options.random);
  identity::PasswordPolicy passwords;
  passwords.min_length = static_cast<std::size_t>(options.passwords.min_length);
  passwords.min_classes = options.passwords.min_classes;
  passwords.history = static_cast<std::size_t>(options.passwords.history);
  passwords.max_age = std::chrono::days{options.passwords.max_age_days};
  identity::SessionPolicy sessions;
  sessions.idle = std::chrono::minutes{options.sessions.idle_minutes};
  sessions.absolute = std::chrono::minutes{options.sessions.absolute_minutes};
  sessions.second_factor_roles = {options.sessions.second_factor_roles.begin(),
                                  options.sessions.second_factor_roles.end()};
  sessions.password_max_age = passwords.max_age;
  identity::LockPolicy locks;
  locks.free = options.passwords.free_failures;

  office->accounts_ = std::make_unique<identity::Accounts>(context, *office->hasher_, passwords);
  office->sessions_ = std::make_unique<identity::Sessions>(context, roles, sessions);
  office->sign_in_ =
      std::make_unique<identity::SignIn>(context, *office->hasher_, passwords, locks, *office->sessions_);
  if (!options.identity_providers.empty()) {
    office->oidc_ = std::make_unique<identity::OidcSignIn>(context, *office->sessions_, options.identity_providers,
                                                           options.fetch);
  }
  office->grants_ = std::make_unique<identity::Grants>(context, roles);
  office->audit_ = std::make_unique<identity::AuditLog>(context);
  office->personal_data_ = std::make_unique<identity::PersonalData>(
      context, roles, api::casesOfParty(at.store()), [&at](store::CaseId id) {
        return casework::eraseCase(at.store(), at.definitions(), at.engine().seal(), id);
      });
  office->searcher_ = std::make_unique<search::Searcher>(at.store());
  office->kept_ = std::make_shared<notify::KeptNotices>(options.city.now);
  auto adapters = notify::adaptersOf(
      options.notices,
      [events = office->events_](const std::string& topic, std::string_view type, std::string_view data) {
        events->publish(topic, type, data);
      },
      office->kept_, options.city.now);
  if (!adapters) return std::unexpected(std::move(adapters).error());
  office->dispatcher_ = std::make_unique<notify::Dispatcher>(
      at.outbox(), std::move(*adapters),
      [office = office.get()](std::string_view recipient) { return office->contactsOf(recipient); },
      notify::DispatcherOptions{.now = options.city.now});
  office->live_ = std::make_unique<api::LiveSessions>(*office->sessions_, options.look_at_sessions);
  office->gate_ = std::make_unique<api::Gate>(api::Gate::Parts{
      [sessions = office->sessions_.get()](std::string_view token, const http::Request& request)
          -> Result<std::shared_ptr<const identity::Caller>> {
        auto caller = sessions->resolve(token, request.id);
        if (!caller) return std::unexpected(std::move(caller).error());
        return std::make_shared<const identity::Caller>(std::move(*caller));
      },
      [packs = office->packs_.get()](const std::string& pack) { return packs->processesOf(pack); }});
  api::addEverything(office->endpoints_, office->rooms());
  return office;
}

api::Rooms Office::rooms() {
  return {.store = city_->store(),
          .definitions = city_->definitions(),
          .engine = city_->engine(),
          .pump = city_->pump(),
          .delivery = city_->delivery(),
          .calendar = city_->calendar(),
          .packs = *packs_,
          .vault = *city_->vault(),
          .accounts = *accounts_,
          .sessions = *sessions_,
          .sign_in = *sign_in_,
          .oidc = oidc_.get(),
          .grants = *grants_,
          .audit = *audit_,
          .personal_data = *personal_data_,
          .roles = [packs = packs_.get()] { return packs->roleBook(); },
          .registry = city_->registry(),
          .searcher = *searcher_,
          .notices = city_->outbox(),
          .events = events_,
          .live = *live_,
          .metrics = metrics_,
          .now = now_,
          .version = JINYUE_VERSION};
}

std::vector<notify::Contact> Office::contactsOf(std::string_view recipient) const {
  constexpr int people_of_a_unit = 100;
  std::vector<notify::Contact> contacts;
  if (!context_) return contacts;
  const auto add = [&](identity::AccountId id) {
    const auto row = identity::loadAccount(context_->store, id);
    if (!row || row->status != identity::AccountStatus::active) return;
    const identity::Personal personal = identity::openPersonal(*context_, *row);
    notify::Contact contact{identity::subjectOf(id), {}, row->language == "en" ? Language::en : Language::zh};
    if (!personal.phone.empty()) contact.addresses[notify::Channel::text_message] = personal.phone;
    if (!personal.email.empty()) contact.addresses[notify::Channel::mail] = personal.email;
    contact.addresses[notify::Channel::live] = identity::subjectOf(id);
    contacts.push_back(std::move(contact));
  };
  constexpr std::string_view account = "account:";
  constexpr std::string_view unit = "unit:";
  if (recipient.starts_with(account)) {
    add(std::atoll(std::string{recipient.substr(account.size())}.c_str()));
  } else if (recipient.starts_with(unit)) {
    for (const auto& each :
         accounts_->list(std::string{recipient.substr(unit.size())}, {people_of_a_unit, {}}).rows)
      add(each.id);
  }
  return contacts;
}

void Office::addTo(http::Router& router, const std::function<void(std::string_view, std::string_view)>& fault) {
  api::mount(endpoints_, router, {*gate_, *keyed_, city_->digester(), now_, fault});
  api::addTryPage(router);
  api::addOpenRecords(router, city_->store(), city_->definitions(), city_->engine().seal(), city_->calendar(), now_);
  router.mount("/api", {});
}

Result<api::Deployed> Office::deploy(const packs::PackReading& reading) {
  return api::deployPack({city_->store(), city_->definitions(), city_->engine(), *packs_, city_->registry()}, reading,
                         "operator", now_());
}

void Office::start() {
  city_->pump().start();
  dispatcher_->start();
  housekeeper_ = std::thread([this] { keepHouse(); });
}

void Office::keepHouse() {
  constexpr auto every = std::chrono::seconds{5};
  constexpr auto keys_kept = std::chrono::days{30};
  constexpr int at_once = 1000;
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, every, [this] { return stopping_; })) {
    lock.unlock();
    try {
      packs_->refresh();  // other nodes deploy, too
      sessions_->forgetEnded(at_once);
      city_->store().forgetReplies(now_() - keys_kept, at_once);
    } catch (const std::exception& fault) {
      spdlog::warn("housekeeping: {}", fault.what());
    }
    lock.lock();
  }
}

void Office::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (housekeeper_.joinable()) housekeeper_.join();
  if (dispatcher_) dispatcher_->stop();
  if (city_) {
    city_->pump().stop();
    city_->engine().stop();
  }
}

Office::~Office() { stop(); }

}  // namespace jinyue::cli
