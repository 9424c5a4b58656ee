// What both adapters read in the same way: lists and rows that were deployed or set aside, in portable SQL.
#pragma once

#include "store/lists.h"
#include "store/store.h"

namespace jinyue::store {

class SqlStore : public Store {
 public:
  std::vector<SqlRow> query(const Statement& statement) final;

  Page<CaseRow> listCases(const CaseFilter& filter, const PageRequest& page) final;
  Page<TaskRow> listTasks(const TaskFilter& filter, const PageRequest& page) final;
  Page<IncidentRow> listIncidents(const IncidentFilter& filter, const PageRequest& page) final;
  Page<CaseRow> listCasesOfDefinition(std::int64_t definition, const PageRequest& page) final;
  std::vector<SubscriptionRow> findSubscriptions(SubscriptionKind kind, std::string_view name,
                                                 std::string_view key, const ElementKey& after,
                                                 int limit) final;

  std::optional<DefinitionRow> loadDefinition(std::int64_t id) final;
  std::optional<DefinitionRow> latestDefinition(std::string_view name) final;
  std::vector<DefinitionRow> listDefinitions() final;

  std::vector<PersonalRow> loadPersonal(CaseId case_id) final;

  /// Every statement that this half of the port runs; for the test of their plans.
  static std::vector<NamedRead> reads();

 protected:
  /// Rows of statements that need not see the same state of the database.
  virtual std::vector<SqlRow> read(const Statement& statement) = 0;
  /// Calls `work` with a way to ask one state of the database.
  virtual void inSnapshot(const std::function<void(const Ask&)>& work) = 0;

 private:
  template <class Row>
  Page<Row> readList(std::span<const ListEntry> entries, const ListOrder<Row>& order, const PageRequest& page,
                     const std::optional<Cursor>& end = {});
};

}  // namespace jinyue::store
