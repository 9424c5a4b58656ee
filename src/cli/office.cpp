#include "cli/office.h"

#include <spdlog/spdlog.h>

#include "api/endpoint.h"
#include "api/live.h"
#include "api/notice_page.h"
#include "api/open_records.h"
#include "api/personal_cases.h"
#include "api/portal_pages.h"
#include "api/try_page.h"
#include "casework/erase.h"
#include "cli/address_book.h"
#include "cli/past_orders.h"
#include "notify/web_client.h"

namespace jinyue::cli {
namespace {

/// Requests to an identity provider: it is waited for, so not for long.
identity::FetchFn webFetch(const std::string& trusted_certificates) {
  notify::WebLimits limits{.connect = Millis{3'000}, .whole = Millis{8'000}, .answer_bytes = 1'048'576};
  limits.trusted_certificates = trusted_certificates;
  const auto web = std::make_shared<notify::WebClient>(limits);
  return [web](const identity::FetchRequest& request) -> Result<identity::FetchAnswer> {
    notify::WebAnswer answer =
        request.body.empty()
            ? web->get(request.url)
            : web->post({request.url, {"Content-Type: application/x-www-form-urlencoded"}, request.body});
    if (!answer.fault.empty()) {
      spdlog::warn("identity provider: {}: {}", request.url, answer.fault);
      return refuse(ProblemKind::unavailable, "oidc.not-reached",
                    {"统一身份认证暂时无法访问", "the identity provider can't be reached"});
    }
    return identity::FetchAnswer{answer.status, std::move(answer.body)};
  };
}

}  // namespace

OfficeOptions officeOptionsOf(const ServeConfig& config) {
  OfficeOptions options;
  options.city.data = config.data;
  options.city.store = config.store;
  options.city.calendar = config.calendar;
  options.sessions = config.sessions;
  options.passwords = config.passwords;
  options.identity_providers = config.identity_providers;
  options.fetch = webFetch(config.trusted_certificates);
  options.notices = config.notices;
  options.notices.trusted_certificates = config.trusted_certificates;
  options.accounts = config.accounts;
  options.attachments = config.attachments;
  return options;
}

Result<std::unique_ptr<Office>> Office::open(const OfficeOptions& options) {
  std::unique_ptr<Office> office(new Office);
  office->now_ = options.city.now;
  office->account_limits_ = options.accounts;
  office->events_ = std::make_shared<http::EventBus>(toHex(options.random(6)));
  office->metrics_ = std::make_shared<http::Metrics>();

  CityOptions city = options.city;
  city.engine.committed = [publish = api::publishTo(office->events_),
                           more = options.city.engine.committed](const casework::Committed& committed) {
    publish(committed);
    if (more) more(committed);
  };
  // Known only when all is there; jobs run later.
  city.addresses = [office = office.get()](std::string_view recipient) {
    return office->contacts(recipient);
  };
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
    office->oidc_ = std::make_unique<identity::OidcSignIn>(context, *office->sessions_,
                                                           options.identity_providers, options.fetch);
  }
  office->grants_ = std::make_unique<identity::Grants>(context, roles);
  office->audit_ = std::make_unique<identity::AuditLog>(context);
  office->attachments_ = std::make_unique<evidence::Attachments>(evidence::Attachments::Parts{
      at.store(), *at.vault(), options.city.hash, options.attachments, options.city.now, options.random});
  office->names_ = std::make_unique<api::NameBook>(at.registry());
  office->personal_data_ = std::make_unique<identity::PersonalData>(
      context, roles, api::casesOfParty(at.store()),
      [&at, attachments = office->attachments_.get()](store::CaseId id) {
        auto erased = casework::eraseCase(at.store(), at.definitions(), at.engine().seal(), id);
        if (erased) *erased += attachments->eraseOf(id);
        return erased;
      },
      [notices = api::noticesOfPerson(at.outbox()), attachments = office->attachments_.get()](
          identity::AccountId account, const std::string& person, const identity::Personal& personal,
          const std::string& by) {
        notices(account, person, personal, by);
        attachments->dropWaitingOf("account:" + std::to_string(account));
      },
      api::filesOfPerson(*office->attachments_));
  office->recount_ = std::make_unique<insight::Recount>(
      at.store(), at.definitions(), at.engine().seal(), at.facts(),
      insight::RecountOptions{.now = options.city.now, .grace = options.recount_grace});
  office->reports_ = std::make_unique<insight::Reports>(at.store(), at.figures(), at.facts(),
                                                        insight::namesFrom(at.registry()), options.city.now);
  office->surveys_ = std::make_unique<insight::Surveys>(at.store(), options.city.now, options.random);
  office->searcher_ = std::make_unique<search::Searcher>(at.store());
  if (options.notices.development) office->kept_ = std::make_shared<notify::KeptNotices>(options.city.now);
  auto adapters = notify::adaptersOf(
      options.notices,
      [events = office->events_](const std::string& topic, std::string_view type, std::string_view data) {
        events->publish(topic, type, data);
      },
      office->kept_, options.city.now);
  if (!adapters) return std::unexpected(std::move(adapters).error());
  office->dispatcher_ = std::make_unique<notify::Dispatcher>(
      at.outbox(), std::move(*adapters),
      [office = office.get()](std::string_view recipient) { return office->contacts(recipient); },
      notify::DispatcherOptions{.now = options.city.now});
  office->live_ = std::make_unique<api::LiveSessions>(*office->sessions_, options.look_at_sessions);
  office->gate_ = std::make_unique<api::Gate>(api::Gate::Parts{
      [sessions = office->sessions_.get()](std::string_view token, const http::Request& request) {
        return sessions->resolve(token, request.id);
      },
      [packs = office->packs_.get()](const std::string& pack) { return packs->processesOf(pack); }});
  office->suggester_ = std::make_unique<hotline::Suggester>(modelFolder(options.city.data));
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
          .names = *names_,
          .attachments = *attachments_,
          .facts = city_->facts(),
          .figures = city_->figures(),
          .reports = *reports_,
          .surveys = *surveys_,
          .searcher = *searcher_,
          .notices = city_->outbox(),
          .suggester = *suggester_,
          .events = events_,
          .live = *live_,
          .metrics = metrics_,
          .now = now_,
          .version = JINYUE_VERSION};
}

std::vector<notify::Contact> Office::contacts(std::string_view recipient) const {
  return context_ ? contactsOf(*context_, recipient) : std::vector<notify::Contact>{};
}

void Office::addTo(http::Router& router,
                   const std::function<void(std::string_view, std::string_view)>& fault) {
  const http::RateLimiter limiter(account_limits_.requests_per_second, account_limits_.request_burst);
  api::mount(endpoints_, router, {*gate_, *keyed_, city_->digester(), now_, fault, limiter});
  api::addTryPage(router);
  if (kept_) api::addNoticePage(router, kept_);
  api::addOpenRecords(router, city_->store(), city_->definitions(), city_->engine().seal(), city_->calendar(),
                      now_);
  api::addPortalPages(router, rooms());
  router.mount("/api", {});
}

Result<api::Deployed> Office::deploy(const packs::PackReading& reading) {
  return api::deployPack(deploymentRooms(), reading, "operator", now_());
}

Result<api::Deployed> Office::putIntoEffect(const packs::Pack& pack) {
  return api::putIntoEffect(deploymentRooms(), pack, "operator", now_());
}

api::DeploymentRooms Office::deploymentRooms() {
  return {city_->store(), city_->definitions(), city_->engine(), *packs_, city_->registry(), city_->facts()};
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
  constexpr int attachments_at_once = 50;
  std::optional<Date> found_on;     // the day of which the texts of registers are
  constexpr int most_batches = 20;  // of old cases that are counted anew
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, every, [this] { return stopping_; })) {
    lock.unlock();
    try {
      packs_->refresh();  // other nodes deploy, too
      city_->facts().refresh();
      for (int batch = 0; batch < most_batches && recount_->step(); ++batch) {
      }
      sessions_->forgetEnded(at_once);
      attachments_->dropExpired(attachments_at_once);
      city_->store().forgetReplies(now_() - keys_kept, at_once);
      if (const Date today = dateOf(now_()); found_on != today && city_->registry().refreshTexts())
        found_on = today;
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
