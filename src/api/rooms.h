// What the interface works with: the rooms of a running city. All of it must outlive the router.
#pragma once

#include <memory>

#include "api/deployed_packs.h"
#include "api/gate.h"
#include "api/live.h"
#include "api/names.h"
#include "casework/definitions.h"
#include "casework/delivery.h"
#include "casework/engine.h"
#include "casework/pump.h"
#include "evidence/attachments.h"
#include "hotline/suggester.h"
#include "http/event_bus.h"
#include "http/metrics.h"
#include "identity/accounts.h"
#include "identity/audit_log.h"
#include "identity/grants.h"
#include "identity/oidc.h"
#include "identity/personal_data.h"
#include "identity/sessions.h"
#include "identity/sign_in.h"
#include "insight/reports.h"
#include "insight/surveys.h"
#include "ledger/vault.h"
#include "notify/outbox.h"
#include "registry/registry.h"
#include "search/searcher.h"
#include "store/store.h"

namespace jinyue::api {

struct Rooms {
  store::Store& store;
  casework::Definitions& definitions;
  casework::Engine& engine;
  casework::Pump& pump;
  casework::Delivery& delivery;
  std::shared_ptr<const calendar::Calendar> calendar;
  DeployedPacks& packs;
  const ledger::Vault& vault;

  identity::Accounts& accounts;
  identity::Sessions& sessions;
  identity::SignIn& sign_in;
  identity::OidcSignIn* oidc;  ///< null: no identity provider is set up
  identity::Grants& grants;
  identity::AuditLog& audit;
  identity::PersonalData& personal_data;
  identity::RoleBookFn roles;

  registry::Registry& registry;
  NameBook& names;
  evidence::Attachments& attachments;
  insight::FactBook& facts;
  insight::Figures& figures;
  insight::Reports& reports;
  insight::Surveys& surveys;
  const search::Searcher& searcher;
  notify::Outbox& notices;
  hotline::Suggester& suggester;
  std::shared_ptr<http::EventBus> events;
  LiveSessions& live;
  std::shared_ptr<http::Metrics> metrics;
  NowFn now;
  std::string version;  ///< of the program
};

class Endpoints;
void addSession(Endpoints& endpoints, const Rooms& rooms);
void addOwn(Endpoints& endpoints, const Rooms& rooms);
void addAccounts(Endpoints& endpoints, const Rooms& rooms);
void addGrants(Endpoints& endpoints, const Rooms& rooms);
void addAudit(Endpoints& endpoints, const Rooms& rooms);
void addCases(Endpoints& endpoints, const Rooms& rooms);
void addCaseCommands(Endpoints& endpoints, const Rooms& rooms);
void addTasks(Endpoints& endpoints, const Rooms& rooms);
void addBulk(Endpoints& endpoints, const Rooms& rooms);
void addHotlineDesk(Endpoints& endpoints, const Rooms& rooms);
void addHotlineAdvice(Endpoints& endpoints, const Rooms& rooms);
void addHotlineIntake(Endpoints& endpoints, const Rooms& rooms);
void addHotlineTopics(Endpoints& endpoints, const Rooms& rooms);
void addIncidents(Endpoints& endpoints, const Rooms& rooms);
void addMessages(Endpoints& endpoints, const Rooms& rooms);
void addFigures(Endpoints& endpoints, const Rooms& rooms);
void addReports(Endpoints& endpoints, const Rooms& rooms);
void addSurveys(Endpoints& endpoints, const Rooms& rooms);
void addEvaluations(Endpoints& endpoints, const Rooms& rooms);
void addPacks(Endpoints& endpoints, const Rooms& rooms);
void addDecisions(Endpoints& endpoints, const Rooms& rooms);
void addColleagues(Endpoints& endpoints, const Rooms& rooms);
void addComments(Endpoints& endpoints, const Rooms& rooms);
void addAttachments(Endpoints& endpoints, const Rooms& rooms);
void addRegisters(Endpoints& endpoints, const Rooms& rooms);
void addProposals(Endpoints& endpoints, const Rooms& rooms);
void addSearch(Endpoints& endpoints, const Rooms& rooms);
void addNotices(Endpoints& endpoints, const Rooms& rooms);
void addLog(Endpoints& endpoints, const Rooms& rooms);
void addEvents(Endpoints& endpoints, const Rooms& rooms);
void addPlans(Endpoints& endpoints, const Rooms& rooms);
void addPlanChanges(Endpoints& endpoints, const Rooms& rooms);
void addSystem(Endpoints& endpoints, const Rooms& rooms);

/// All of them.
void addEverything(Endpoints& endpoints, const Rooms& rooms);

}  // namespace jinyue::api
