// A running Jinyue: store, registers, definitions, engine, pump and notices put together from a data folder.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "casework/definitions.h"
#include "casework/engine.h"
#include "casework/pump.h"
#include "insight/figures.h"
#include "ledger/digest.h"
#include "ledger/head.h"
#include "ledger/vault.h"
#include "notify/dispatcher.h"
#include "notify/outbox.h"
#include "registry/registry.h"
#include "store/store.h"

namespace jinyue::cli {

/// Where a city keeps its things and how it works.
struct CityOptions {
  std::string data = "data";  ///< folder of the keys and, unless `store` says otherwise, of the database
  std::string store;          ///< "sqlite:PATH" or "postgres:CONNINFO"; empty: sqlite in the data folder
  std::string calendar;       ///< file of the working days
  ledger::HashAlgorithm hash = ledger::HashAlgorithm::sha256;                  ///< of a new log
  ledger::SignatureAlgorithm signature = ledger::SignatureAlgorithm::ed25519;  ///< of a new key
  NowFn now = systemNow;
  casework::EngineOptions engine;
  casework::PumpOptions pump;
  std::map<std::string, casework::JobHandler> services;
  notify::AddressBook
      addresses;  ///< who stands behind a recipient; without it only given addresses are known
  std::function<void()> notices_written;  ///< called when a case has written notices
  bool sealed = true;  ///< personal data lies sealed in the store; false only to measure what that costs
  /// Puts something between the store and everything that uses it (measurements, injected faults).
  std::function<std::unique_ptr<store::Store>(std::unique_ptr<store::Store>)> wrap_store;
};

/// The files of a data folder.
struct DataFolder {
  std::string path;
  std::string signingKey() const { return path + "/log-signing-key.pem"; }
  std::string publicKey() const { return path + "/log-public-key.pem"; }
  std::string personalKey() const { return path + "/personal-digest.key"; }
  std::string vault() const { return path + "/keys/vault.json"; }
  std::string database() const { return path + "/jinyue.db"; }
};

/// Where the store of a city is.
std::string addressOf(const CityOptions& options);

/// The signing key of a data folder; made, with its public half beside it, on first use.
Result<std::shared_ptr<const ledger::Signer>> signerOf(const DataFolder& folder,
                                                       ledger::SignatureAlgorithm algorithm);

/// The key ring of a data folder; made on first use.
Result<std::shared_ptr<const ledger::Vault>> vaultOf(const DataFolder& folder);

/// Opens the store of a place without an engine; the engine of a running server is not disturbed.
Result<std::unique_ptr<store::Store>> openStore(const CityOptions& options);

class City {
 public:
  /// Opens what is there and makes what is not (keys with mode 0600, database, schema).
  static Result<std::unique_ptr<City>> open(const CityOptions& options);

  store::Store& store() { return *store_; }
  casework::Definitions& definitions() { return *definitions_; }
  casework::Engine& engine() { return *engine_; }
  casework::Pump& pump() { return *pump_; }
  casework::Delivery& delivery() { return *delivery_; }
  registry::Registry& registry() { return *registry_; }
  notify::Outbox& outbox() { return *outbox_; }
  insight::FactBook& facts() { return *facts_; }
  insight::Figures& figures() { return *figures_; }
  const ledger::PersonalDigester& digester() const { return *digester_; }
  const std::shared_ptr<const calendar::Calendar>& calendar() const { return calendar_; }
  const std::shared_ptr<const ledger::Vault>& vault() const { return vault_; }
  Instant now() const { return now_(); }

  Result<std::shared_ptr<const casework::Definition>> deploy(const casework::Deployment& deployment);
  /// The newest version of the name, deployed now if there is none or it was another source.
  Result<std::shared_ptr<const casework::Definition>> deployIfNew(const casework::Deployment& deployment);

 private:
  City() = default;

  NowFn now_;
  std::shared_ptr<const ledger::Vault> vault_;
  std::shared_ptr<const calendar::Calendar> calendar_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<ledger::PersonalDigester> digester_;
  std::unique_ptr<registry::Registry> registry_;
  std::unique_ptr<notify::Outbox> outbox_;
  std::unique_ptr<casework::Definitions> definitions_;
  std::unique_ptr<insight::FactBook> facts_;
  std::unique_ptr<insight::Figures> figures_;
  std::unique_ptr<casework::Engine> engine_;
  std::unique_ptr<casework::Delivery> delivery_;
  std::unique_ptr<casework::Pump> pump_;
};

/// What the pack in a folder is deployed as; refuses one that can't be read as a whole.
Result<casework::Deployment> readDeployment(const std::string& folder);

Result<std::string> readFile(const std::string& path);
/// A new file with mode 0600.
Result<void> writeSecret(const std::string& path, const std::string& text);

}  // namespace jinyue::cli
