#include "api/served_city.h"

#include <cstdlib>
#include <stdexcept>

#include <fmt/format.h>

#include "api/openapi.h"
#include "http/router.h"

namespace jinyue::api::test {

using namespace testing_support;

namespace {

cli::OfficeOptions plainOptions(const StorePlace& place, TestClock& clock) {
  cli::OfficeOptions options;
  options.city.data = place.folder();
  options.city.store = place.address();
  options.city.calendar = JINYUE_SOURCE_DIR "/packs/china/calendar.json";
  options.city.now = clock.fn();
  options.sessions.second_factor_roles = {};
  options.accounts.requests_per_second = 0;
  options.password_cost = {.memory_kib = 64, .iterations = 1};  // the tests are about other things
  options.notices.development = true;
  options.look_at_sessions = std::chrono::milliseconds{50};
  return options;
}

[[noreturn]] void fail(const Problem& problem) { throw std::runtime_error(describe(problem)); }

/// The template of the document that a path belongs to; literal segments go before braced ones.
std::string templateOf(const SchemaChecker& document, std::string_view path) {
  const auto split = [](std::string_view text) {
    std::vector<std::string> segments;
    for (std::size_t at = 1; at <= text.size();) {
      const auto end = std::min(text.find('/', at), text.size());
      segments.emplace_back(text.substr(at, end - at));
      at = end + 1;
    }
    return segments;
  };
  const auto wanted = split(path.substr(0, path.find('?')));
  std::string best;
  int best_literals = -1;
  for (const auto& each : document.document().at("paths").as_object()) {
    const auto segments = split(std::string_view{each.key()});
    if (segments.size() != wanted.size()) continue;
    int literals = 0;
    bool fits = true;
    for (std::size_t i = 0; i < segments.size() && fits; ++i) {
      if (segments[i].starts_with('{')) continue;
      fits = segments[i] == wanted[i];
      ++literals;
    }
    if (fits && literals > best_literals) {
      best = std::string{std::string_view{each.key()}};
      best_literals = literals;
    }
  }
  return best;
}

}  // namespace

StoreKind storeUnderTest() {
  const char* word = std::getenv("JINYUE_TEST_STORE");
  return word != nullptr && std::string_view{word} == "postgres" ? StoreKind::postgres : StoreKind::sqlite;
}

std::string newKey() {
  static std::atomic<int> count{0};
  return fmt::format("key-{}", count.fetch_add(1));
}

boost::json::value json(const Answer& answer) {
  boost::system::error_code bad;
  auto value = boost::json::parse(answer.body, bad);
  if (bad) throw std::runtime_error("no JSON: " + answer.body);
  return value;
}

std::string at(const Answer& answer, const std::string& pointer) {
  boost::system::error_code none;
  const auto value = boost::json::parse(answer.body, none);
  if (none) return "(no JSON)";
  const auto* found = value.find_pointer(pointer, none);
  if (!found) return "(absent)";
  return found->is_string() ? std::string{found->as_string()} : boost::json::serialize(*found);
}

ServedCity::ServedCity(StoreKind kind, std::function<void(cli::OfficeOptions&, http::ServerOptions&)> more)
    : place_(kind), more_(std::move(more)) {
  start();
  for (const char* pack : {"/packs/china", "/packs/demonstration"}) {
    const auto read = packs::readPack(std::string{JINYUE_SOURCE_DIR} + pack);
    if (!read) fail(read.error());
    if (const auto deployed = office_->deploy(*read); !deployed) fail(deployed.error());
  }
}

ServedCity::~ServedCity() { stop(); }

void ServedCity::start() {
  auto options = plainOptions(place_, clock_);
  http::ServerOptions server_options;
  server_options.port = 0;
  server_options.limits.requests_per_second = 0;
  server_options.limits.connections_per_address = 100'000;
  server_options.limits.streams_per_address = 1'000;
  server_options.limits.heartbeat_ms = 100;
  if (more_) more_(options, server_options);
  auto office = cli::Office::open(options);
  if (!office) fail(office.error());
  office_ = std::move(*office);
  checker_ =
      std::make_unique<SchemaChecker>(boost::json::parse(openApiDocument(office_->endpoints(), "test")));
  http::Router router;
  const auto note = [this](std::string_view, std::string_view what) {
    const std::lock_guard lock(mutex_);
    faults_.emplace_back(what);
  };
  office_->addTo(router, note);
  http::ServerParts parts;
  parts.router = std::make_shared<const http::Router>(std::move(router));
  parts.metrics = office_->metrics();
  parts.log.fault = note;
  parts.now = clock_.fn();
  server_ = std::make_unique<http::Server>(server_options, std::move(parts));
  if (const auto started = server_->start(); !started) fail(started.error());
}

void ServedCity::stop() {
  if (server_) server_->stop();
  server_.reset();
  if (office_) office_->stop();
  office_.reset();
}

void ServedCity::restart() {
  stop();
  start();
}

std::vector<std::string> ServedCity::faults() const {
  const std::lock_guard lock(mutex_);
  return faults_;
}

identity::AccountId ServedCity::officer(const std::string& login, const std::string& unit,
                                        const std::vector<Role>& roles) {
  identity::NewAccount account;
  account.kind = identity::AccountKind::officer;
  account.login = login;
  account.unit = unit;
  account.personal.name = "示例人员";
  account.personal.phone = "13000000001";
  account.password = password;
  const auto made = office_->accounts().createByOperator(account, false);
  if (!made) fail(made.error());
  for (const Role& role : roles) {
    if (const auto granted = office_->grants().grantByOperator({made->id, role.id, role.scope, {}, {}});
        !granted)
      fail(granted.error());
  }
  return made->id;
}

identity::AccountId ServedCity::resident(const std::string& login, const std::string& id_number) {
  identity::NewAccount account;
  account.kind = identity::AccountKind::resident;
  account.login = login;
  account.personal.name = "示例市民";
  account.personal.id_number = id_number;
  account.password = password;
  const auto made = office_->accounts().createByOperator(account, false);
  if (!made) fail(made.error());
  return made->id;
}

identity::AccountId ServedCity::agent(const std::string& login, const std::vector<std::string>& firms) {
  identity::NewAccount account;
  account.kind = identity::AccountKind::agent;
  account.login = login;
  account.personal.name = "示例代办人";
  account.personal.phone = "13000000002";
  account.password = password;
  const auto made = office_->accounts().createByOperator(account, false);
  if (!made) fail(made.error());
  identity::Caller manager;
  identity::PermissionSet manages;
  manages.add(identity::Permission::account_manage);
  manager.held.push_back({"security-admin", manages, {}});
  for (const std::string& firm : firms) {
    const auto added =
        office_->accounts().addMandate(manager, made->id, {0, firm, {}, {}, "made up for tests"});
    if (!added) fail(added.error());
  }
  return made->id;
}

Person ServedCity::nobody() { return {*this, {}, false}; }

Person ServedCity::signIn(const std::string& login, bool by_cookie) {
  Sent sent;
  sent.body = fmt::format(R"({{"login":"{}","password":"{}","keep":"{}"}})", login, password,
                          by_cookie ? "cookie" : "token");
  const Answer answer = nobody().post("/session", sent);
  if (answer.status != 201) throw std::runtime_error("signing in: " + answer.body);
  if (!by_cookie) return {*this, at(answer, "/token"), false};
  const std::string cookie = answer.header("set-cookie");
  const auto start = cookie.find('=') + 1;
  return {*this, cookie.substr(start, cookie.find(';') - start), true};
}

store::CaseId ServedCity::hotlineCase(const std::string& title) {
  const auto newest = office_->packs().newest("demonstration");
  casework::Request request;
  bpmn::Start start;
  start.process = "hotline";
  start.variables.set("title", feel::Value(title));
  start.variables.set("caller", feel::Value("示例市民"));
  start.variables.set("phone", feel::Value("13012345678"));
  request.definition = newest->definition;
  request.command = std::move(start);
  request.actor = {"system", "12345", {}};
  const auto reply = office_->city().engine().run(std::move(request));
  if (!reply) fail(reply.error());
  return reply->case_id;
}

Person::Person(ServedCity& city, std::string token, bool by_cookie)
    : city_(city), token_(std::move(token)), by_cookie_(by_cookie) {}

std::string Person::credential() const {
  if (token_.empty()) return {};
  return by_cookie_ ? fmt::format("Cookie: jinyue_session={}\r\n", token_)
                    : fmt::format("Authorization: Bearer {}\r\n", token_);
}

Answer Person::get(const std::string& path, const std::string& more) {
  Sent sent;
  sent.more = more;
  sent.key.clear();
  sent.media_type.clear();
  return send("GET", path, sent);
}

Answer Person::send(const std::string& method, const std::string& path, const Sent& sent) {
  if (!client_) client_ = std::make_unique<http::test::Client>(city_.port());
  std::string head =
      fmt::format("{} /api/v1{} HTTP/1.1\r\nHost: test\r\nAccept-Language: en\r\n", method, path);
  head += credential() + sent.more;
  const bool write = method != "GET";
  if (write && by_cookie_ && !sent.without_csrf)
    head += fmt::format("X-CSRF-Token: {}\r\n", identity::csrfTokenOf(token_));
  if (write && !sent.key.empty())
    head += fmt::format("Idempotency-Key: {}\r\n", sent.key == "auto" ? newKey() : sent.key);
  if (!sent.if_match.empty()) head += fmt::format("If-Match: {}\r\n", sent.if_match);
  if (write && !sent.body.empty()) head += fmt::format("Content-Type: {}\r\n", sent.media_type);
  if (write) head += fmt::format("Content-Length: {}\r\n", sent.body.size());
  if (!client_->send(head + "\r\n" + sent.body)) {  // closed by the server after an earlier answer
    client_ = std::make_unique<http::test::Client>(city_.port());
    client_->send(head + "\r\n" + sent.body);
  }
  Answer answer = client_->read();
  if (answer.header("connection") == "close") client_.reset();
  const std::string found = templateOf(city_.document(), path);
  if (!found.empty() && answer.status != 0) {
    std::string lower = method;
    for (char& c : lower) c = static_cast<char>(c | 0x20);
    if (!city_.document().operation(found, lower)) return answer;  // 405
    for (const std::string& wrong : city_.document().checkAnswer(
             found, lower, answer.status, answer.header("content-type"), answer.body)) {
      ADD_FAILURE() << method << ' ' << path << " -> " << answer.status << ": " << wrong << '\n'
                    << answer.body;
    }
  }
  return answer;
}

}  // namespace jinyue::api::test
