#include "cli/city.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json_read.h"
#include "casework/deploy.h"
#include "insight/edition_job.h"
#include "insight/figures_job.h"
#include "ledger/random.h"
#include "notify/notify_job.h"
#include "packs/pack.h"

namespace jinyue::cli {
namespace {

namespace fs = std::filesystem;

Result<void> writeNew(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (out) return {};
  return refuse(ProblemKind::unavailable, "file.not-written", {"无法写入文件", "the file can't be written"},
                path);
}

Result<ledger::PersonalDigester> digesterOf(const DataFolder& folder, ledger::HashAlgorithm hash) {
  if (!fs::exists(folder.personalKey())) {
    if (auto made = ledger::PersonalDigester::createKey(folder.personalKey()); !made) {
      return std::unexpected(made.error());
    }
  }
  return ledger::PersonalDigester::load(hash, folder.personalKey());
}

std::vector<notify::Contact> nobody(std::string_view) { return {}; }

/// Names this process among the nodes of a city.
std::string nodeName() { return toHex(ledger::randomBytes(8)); }

}  // namespace

std::string addressOf(const CityOptions& options) {
  return options.store.empty() ? "sqlite:" + DataFolder{options.data}.database() : options.store;
}

Result<std::string> readFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in || fs::is_directory(path)) {
    return refuse(ProblemKind::not_found, "file.not-read", {"无法读取文件", "the file can't be read"}, path);
  }
  return text.str();
}

Result<void> writeSecret(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  std::size_t done = 0;
  while (file >= 0 && done < text.size()) {
    const auto n = ::write(file, text.data() + done, text.size() - done);
    if (n <= 0) break;
    done += static_cast<std::size_t>(n);
  }
  if (file >= 0 && ::close(file) == 0 && done == text.size()) return {};
  return refuse(ProblemKind::unavailable, "file.not-written", {"无法写入文件", "the file can't be written"},
                path);
}

Result<std::shared_ptr<const ledger::Signer>> signerOf(const DataFolder& folder,
                                                       ledger::SignatureAlgorithm algorithm) {
  if (!fs::exists(folder.signingKey())) {
    const auto made = ledger::Signer::generate(algorithm);
    if (auto saved = made.save(folder.signingKey()); !saved) return std::unexpected(saved.error());
    if (auto saved = writeNew(folder.publicKey(), made.publicKeyPem()); !saved)
      return std::unexpected(saved.error());
  }
  auto signer = ledger::Signer::load(folder.signingKey());
  if (!signer) return std::unexpected(signer.error());
  return std::make_shared<const ledger::Signer>(std::move(*signer));
}

Result<std::shared_ptr<const ledger::Vault>> vaultOf(const DataFolder& folder) {
  if (!fs::exists(folder.vault())) {
    std::error_code ignored;  // the file itself says what is wrong
    fs::create_directories(fs::path(folder.vault()).parent_path(), ignored);
    if (auto made = ledger::Vault::create(folder.vault()); !made) return std::unexpected(made.error());
  }
  auto vault = ledger::Vault::load(folder.vault());
  if (!vault) return std::unexpected(vault.error());
  return std::make_shared<const ledger::Vault>(std::move(*vault));
}

Result<std::unique_ptr<store::Store>> openStore(const CityOptions& options) {
  const DataFolder folder{options.data};
  auto signer = signerOf(folder, options.signature);
  if (!signer) return std::unexpected(signer.error());
  store::StoreOptions store_options;
  store_options.signer = *signer;
  store_options.hash = options.hash;
  return store::open(addressOf(options), store_options);
}

Result<std::unique_ptr<City>> City::open(const CityOptions& options) {
  const DataFolder folder{options.data};
  std::error_code failed;
  fs::create_directories(options.data, failed);
  if (failed) {
    return refuse(ProblemKind::unavailable, "folder.not-made",
                  {"无法创建数据目录", "the data folder can't be made"}, options.data);
  }
  auto signer = signerOf(folder, options.signature);
  if (!signer) return std::unexpected(signer.error());
  auto digester = digesterOf(folder, options.hash);
  if (!digester) return std::unexpected(digester.error());

  auto vault = vaultOf(folder);
  if (!vault) return std::unexpected(vault.error());

  casework::Surroundings surroundings;
  if (!options.calendar.empty()) {
    auto text = readFile(options.calendar);
    if (!text) return std::unexpected(text.error());
    auto calendar = calendar::Calendar::read(*text);
    if (!calendar) return std::unexpected(calendar.error());
    surroundings.calendar = std::make_shared<const calendar::Calendar>(std::move(*calendar));
  }
  for (const auto& [topic, handler] : options.services) surroundings.services.push_back(topic);
  for (const char* topic : {notify::notify_topic, insight::figures_topic, insight::edition_topic}) {
    if (!options.services.contains(topic)) surroundings.services.emplace_back(topic);
  }

  store::StoreOptions store_options;
  store_options.signer = *signer;
  store_options.hash = options.hash;
  store_options.now = options.now;
  auto store = store::open(addressOf(options), store_options);
  if (!store) return std::unexpected(store.error());

  std::unique_ptr<City> city(new City);
  city->now_ = options.now;
  city->vault_ = std::move(*vault);
  city->calendar_ = surroundings.calendar;
  city->store_ = options.wrap_store ? options.wrap_store(std::move(*store)) : std::move(*store);
  city->digester_ = std::make_unique<ledger::PersonalDigester>(std::move(*digester));
  city->registry_ = std::make_unique<registry::Registry>(*city->store_, *city->digester_, *city->vault_,
                                                         registry::RegistryOptions{.now = options.now});
  city->outbox_ = std::make_unique<notify::Outbox>(*city->store_, *city->vault_, nodeName());
  surroundings.lookup = [&registry = *city->registry_](std::string_view name, const feel::Value& key,
                                                       Date as_of) {
    return registry.lookup(name, key, as_of);
  };
  city->definitions_ = std::make_unique<casework::Definitions>(*city->store_, std::move(surroundings));
  city->facts_ = std::make_unique<insight::FactBook>(*city->store_, city->calendar_, options.now);
  city->facts_->refresh();
  city->figures_ = std::make_unique<insight::Figures>(*city->store_, *city->facts_);
  auto engine_options = options.engine;
  engine_options.derive = [&facts = *city->facts_](const casework::LoadedCase& loaded, bool is_new,
                                                   store::Batch& batch) {
    return facts.derive(loaded, is_new, batch);
  };
  engine_options.now = options.now;
  if (options.sealed) engine_options.seal = casework::Seal(*city->vault_);
  city->engine_ = std::make_unique<casework::Engine>(*city->store_, *city->definitions_, *city->digester_,
                                                     engine_options);
  city->delivery_ = std::make_unique<casework::Delivery>(*city->store_, *city->definitions_, *city->engine_);
  auto pump_options = options.pump;
  pump_options.now = options.now;
  auto services = options.services;
  services.try_emplace(notify::notify_topic,
                       notify::notifyJob({.store = city->store_.get(),
                                          .definitions = city->definitions_.get(),
                                          .outbox = city->outbox_.get(),
                                          .addresses = options.addresses ? options.addresses : nobody,
                                          .now = options.now,
                                          .written = options.notices_written}));
  services.try_emplace(insight::figures_topic, insight::figuresJob(*city->figures_, *city->facts_));
  services.try_emplace(insight::edition_topic,
                       insight::editionJob(std::make_shared<insight::Reports>(
                                               *city->store_, *city->figures_, *city->facts_,
                                               insight::namesFrom(*city->registry_), options.now),
                                           *city->facts_));
  city->pump_ = std::make_unique<casework::Pump>(*city->store_, *city->definitions_, *city->engine_,
                                                 std::move(services), pump_options);
  return city;
}

Result<std::shared_ptr<const casework::Definition>> City::deploy(const casework::Deployment& deployment) {
  auto deployed = casework::deploy(*definitions_, *engine_, deployment, now_());
  facts_->refresh();
  return deployed;
}

Result<std::shared_ptr<const casework::Definition>> City::deployIfNew(
    const casework::Deployment& deployment) {
  const auto row = store_->latestDefinition(deployment.name);
  if (row && row->source == toJson(deployment)) return definitions_->find(row->id);
  return deploy(deployment);
}

Result<casework::Deployment> readDeployment(const std::string& folder) {
  const auto reading = packs::readPack(folder);
  if (!reading) return std::unexpected(reading.error());
  for (const packs::Finding& finding : reading->findings) {
    if (finding.severity != packs::Severity::error) continue;
    return refuse(ProblemKind::invalid, finding.code, finding.title,
                  fmt::format("{}:{}", finding.file, finding.line), finding.mend);
  }
  return packs::toDeployment(reading->pack);
}

}  // namespace jinyue::cli
