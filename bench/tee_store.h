// A store that passes everything on to another one and keeps copies of the units of work it commits, so that
// the same rows can be written again with no engine.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "store/store.h"

namespace jinyue::bench {

struct Batches {
  bool keep = false;  ///< changed only while nothing commits
  std::vector<store::Batch> batches;
};

class TeeStore final : public store::Store {
 public:
  TeeStore(std::unique_ptr<Store> to, std::shared_ptr<Batches> copies)
      : to_(std::move(to)), copies_(std::move(copies)) {}

  store::CommitOutcome commit(const store::Batch& batch) override {
    if (copies_->keep) copies_->batches.push_back(batch);
    return to_->commit(batch);
  }
  std::vector<store::SqlRow> query(const store::Statement& statement) override {
    return to_->query(statement);
  }
  std::vector<std::string> explain(const store::Statement& statement) override {
    return to_->explain(statement);
  }
  store::Page<store::TextRow> searchTexts(const store::TextQuery& query,
                                          const store::PageRequest& page) override {
    return to_->searchTexts(query, page);
  }
  std::vector<store::CaseRow> loadCases(std::span<const store::CaseId> ids) override {
    return to_->loadCases(ids);
  }
  std::vector<store::ReplyRow> findReplies(std::span<const std::string> keys) override {
    return to_->findReplies(keys);
  }
  std::vector<store::StoredRecord> records(store::CaseId id, std::int64_t after, int limit) override {
    return to_->records(id, after, limit);
  }
  std::vector<store::StoredRecord> journal(std::uint64_t from, int limit) override {
    return to_->journal(from, limit);
  }
  store::Page<store::CaseRow> listCases(const store::CaseFilter& f, const store::PageRequest& p) override {
    return to_->listCases(f, p);
  }
  store::Page<store::TaskRow> listTasks(const store::TaskFilter& f, const store::PageRequest& p) override {
    return to_->listTasks(f, p);
  }
  std::vector<store::TaskRow> loadTasks(std::span<const store::ElementKey> ids) override {
    return to_->loadTasks(ids);
  }
  store::Page<store::IncidentRow> listIncidents(const std::optional<std::string>& process,
                                                const store::PageRequest& p) override {
    return to_->listIncidents(process, p);
  }
  store::Page<store::CaseRow> listCasesOfDefinition(std::int64_t id, const store::PageRequest& p) override {
    return to_->listCasesOfDefinition(id, p);
  }
  std::vector<store::SubscriptionRow> findSubscriptions(store::SubscriptionKind kind, std::string_view name,
                                                        std::string_view key, int limit) override {
    return to_->findSubscriptions(kind, name, key, limit);
  }
  std::vector<store::TimerRow> claimTimers(Instant now, Instant until, int limit) override {
    return to_->claimTimers(now, until, limit);
  }
  std::vector<store::OutboxRow> claimOutbox(Instant now, Instant until, int limit) override {
    return to_->claimOutbox(now, until, limit);
  }
  void retryOutbox(const store::ElementKey& id, int attempts, Instant next) override {
    to_->retryOutbox(id, attempts, next);
  }
  std::optional<Instant> nextDue() override { return to_->nextDue(); }
  store::CaseId reserveCaseIds(int count) override { return to_->reserveCaseIds(count); }
  store::DefinitionRow addDefinition(std::string_view name, std::string_view source, Instant at) override {
    return to_->addDefinition(name, source, at);
  }
  std::optional<store::DefinitionRow> loadDefinition(std::int64_t id) override {
    return to_->loadDefinition(id);
  }
  std::optional<store::DefinitionRow> latestDefinition(std::string_view name) override {
    return to_->latestDefinition(name);
  }
  std::vector<store::DefinitionRow> listDefinitions() override { return to_->listDefinitions(); }
  std::vector<store::PersonalRow> loadPersonal(store::CaseId id) override { return to_->loadPersonal(id); }
  int erasePersonal(store::CaseId id) override { return to_->erasePersonal(id); }
  int forgetReplies(Instant before, int limit) override { return to_->forgetReplies(before, limit); }
  std::optional<ledger::Head> head() override { return to_->head(); }
  std::vector<ledger::Head> keptHeads(std::uint64_t from, int limit) override {
    return to_->keptHeads(from, limit);
  }
  std::string tile(int level, std::int64_t index) override { return to_->tile(level, index); }
  Result<void> backup(const std::string& path) override { return to_->backup(path); }

 private:
  std::unique_ptr<Store> to_;
  std::shared_ptr<Batches> copies_;
};

}  // namespace jinyue::bench
