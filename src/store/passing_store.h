// A store that hands every call on to another one: the base of what is put between a store and its users
// (measurements, injected faults, keys of requests).
#pragma once

#include <memory>

#include "store/store.h"

namespace jinyue::store {

class PassingStore : public Store {
 public:
  explicit PassingStore(std::unique_ptr<Store> inner) : inner_(std::move(inner)) {}

  CommitOutcome commit(const Batch& batch) override { return inner_->commit(batch); }
  CommitOutcome commitAll(const NextBatch& next) override { return inner_->commitAll(next); }
  std::vector<SqlRow> query(const Statement& statement) override { return inner_->query(statement); }
  std::vector<std::string> explain(const Statement& statement) override { return inner_->explain(statement); }
  std::vector<CaseRow> loadCases(std::span<const CaseId> ids) override { return inner_->loadCases(ids); }
  std::vector<ReplyRow> findReplies(std::span<const std::string> keys) override {
    return inner_->findReplies(keys);
  }
  std::vector<StoredRecord> records(CaseId case_id, std::int64_t after, int limit) override {
    return inner_->records(case_id, after, limit);
  }
  std::vector<StoredRecord> journal(std::uint64_t from, int limit) override {
    return inner_->journal(from, limit);
  }
  Page<CaseRow> listCases(const CaseFilter& filter, const PageRequest& page) override {
    return inner_->listCases(filter, page);
  }
  Page<TaskRow> listTasks(const TaskFilter& filter, const PageRequest& page) override {
    return inner_->listTasks(filter, page);
  }
  std::vector<TaskRow> loadTasks(std::span<const ElementKey> ids) override { return inner_->loadTasks(ids); }
  Page<IncidentRow> listIncidents(const IncidentFilter& filter, const PageRequest& page) override {
    return inner_->listIncidents(filter, page);
  }
  Page<CaseRow> listCasesOfDefinition(std::int64_t definition, const PageRequest& page) override {
    return inner_->listCasesOfDefinition(definition, page);
  }
  std::vector<SubscriptionRow> findSubscriptions(SubscriptionKind kind, std::string_view name,
                                                 std::string_view key, const ElementKey& after,
                                                 int limit) override {
    return inner_->findSubscriptions(kind, name, key, after, limit);
  }
  std::vector<TimerRow> claimTimers(Instant now, Instant until, int limit) override {
    return inner_->claimTimers(now, until, limit);
  }
  std::vector<OutboxRow> claimOutbox(Instant now, Instant until, int limit) override {
    return inner_->claimOutbox(now, until, limit);
  }
  void retryOutbox(const ElementKey& id, int attempts, Instant next_attempt) override {
    inner_->retryOutbox(id, attempts, next_attempt);
  }
  std::optional<Instant> nextDue() override { return inner_->nextDue(); }
  CaseId reserveCaseIds(int count) override { return inner_->reserveCaseIds(count); }
  DefinitionRow addDefinition(std::string_view name, std::string_view source, Instant at) override {
    return inner_->addDefinition(name, source, at);
  }
  std::optional<DefinitionRow> loadDefinition(std::int64_t id) override { return inner_->loadDefinition(id); }
  std::optional<DefinitionRow> latestDefinition(std::string_view name) override {
    return inner_->latestDefinition(name);
  }
  std::vector<DefinitionRow> listDefinitions() override { return inner_->listDefinitions(); }
  Page<TextRow> searchTexts(const TextQuery& query, const PageRequest& page) override {
    return inner_->searchTexts(query, page);
  }
  std::vector<PersonalRow> loadPersonal(CaseId case_id) override { return inner_->loadPersonal(case_id); }
  std::optional<int> erasePersonal(CaseId case_id, std::int64_t version, std::string_view state) override {
    return inner_->erasePersonal(case_id, version, state);
  }
  int forgetReplies(Instant before, int limit) override { return inner_->forgetReplies(before, limit); }
  std::optional<ledger::Head> head() override { return inner_->head(); }
  std::vector<ledger::Head> keptHeads(std::uint64_t from_size, int limit) override {
    return inner_->keptHeads(from_size, limit);
  }
  std::string tile(int level, std::int64_t index) override { return inner_->tile(level, index); }
  Result<void> backup(const std::string& path) override { return inner_->backup(path); }

 protected:
  Store& inner() { return *inner_; }

 private:
  std::unique_ptr<Store> inner_;
};

}  // namespace jinyue::store
