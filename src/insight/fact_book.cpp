#include "insight/fact_book.h"

#include <algorithm>

#include <spdlog/spdlog.h>

#include "base/json_read.h"
#include "insight/period.h"
#include "packs/parts.h"

namespace jinyue::insight {
namespace {

constexpr std::string_view put_sql =
    "INSERT INTO facts (case_id, basis, source, month, day, unit, area, category, channel, layout, marks, v1,"
    " v2, v3, v4, due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
    " ON CONFLICT (case_id, basis) DO UPDATE SET source = excluded.source, month = excluded.month,"
    " day = excluded.day, unit = excluded.unit, area = excluded.area, category = excluded.category,"
    " channel = excluded.channel, layout = excluded.layout, marks = excluded.marks, v1 = excluded.v1,"
    " v2 = excluded.v2, v3 = excluded.v3, v4 = excluded.v4, due = excluded.due";
constexpr std::string_view drop_sql = "DELETE FROM facts WHERE case_id = $1 AND basis = $2";
constexpr std::string_view drop_older_sql = "DELETE FROM facts WHERE case_id = $1 AND layout <> $2";
constexpr std::string_view newest_layout_sql =
    "SELECT number, body FROM fact_layouts WHERE source = $1 ORDER BY number DESC LIMIT 1";
/// A city without cases has none that were counted otherwise: its figures are whole from the first one on.
constexpr std::string_view add_layout_sql =
    "INSERT INTO fact_layouts (source, number, body, at, cursor, done) VALUES ($1, $2, $3, $4, 0,"
    " (SELECT CASE WHEN EXISTS (SELECT 1 FROM cases) THEN 0 ELSE 1 END))"
    " ON CONFLICT (source, number) DO NOTHING";

void mix(std::size_t& mark, std::size_t more) {
  mark ^= more + 0x9e3779b97f4a7c15ULL + (mark << 6U) + (mark >> 2U);
}

/// The same for the same rows.
std::size_t markOf(const Layout& layout, const CountedCase& counted, const CaseFacts& facts) {
  const std::hash<std::string_view> text;
  std::size_t mark = static_cast<std::size_t>(layout.number());
  mix(mark, text(layout.source()));
  mix(mark, text(counted.unit));
  mix(mark, text(counted.area));
  mix(mark, text(facts.category));
  mix(mark, text(facts.channel));
  mix(mark, counted.due ? static_cast<std::size_t>(counted.due->time_since_epoch().count()) : 1);
  for (const Fact& fact : facts.facts) {
    mix(mark, fact.day ? static_cast<std::size_t>(fact.day->time_since_epoch().count()) : 2);
    mix(mark, static_cast<std::size_t>(fact.marks));
    for (const auto& value : fact.values) mix(mark, value ? static_cast<std::size_t>(*value) : 3);
  }
  return mark == 0 ? 1 : mark;
}

void addRows(const Layout& layout, const CountedCase& counted, const CaseFacts& facts, bool is_new,
             store::Batch& batch) {
  for (const Fact& fact : facts.facts) {
    if (!fact.day) {
      if (!is_new) batch.statements.push_back(store::statement(drop_sql, counted.number, fact.basis));
      continue;
    }
    batch.statements.push_back(
        store::statement(put_sql, counted.number, fact.basis, layout.source(), monthNumber(*fact.day),
                         static_cast<std::int64_t>(fact.day->time_since_epoch().count()), counted.unit,
                         counted.area, facts.category, facts.channel, layout.number(), fact.marks,
                         fact.values[0], fact.values[1], fact.values[2], fact.values[3], counted.due));
  }
  if (!is_new)  // what an older layout counted on other days
    batch.statements.push_back(store::statement(drop_older_sql, counted.number, layout.number()));
}

CountedCase countedOf(const casework::LoadedCase& loaded) {
  constexpr std::array names{"active", "completed", "cancelled"};
  return {.number = loaded.row.id,
          .opened = loaded.row.opened,
          .closed = loaded.row.closed,
          .due = loaded.last_due,
          .status = names.at(static_cast<std::size_t>(loaded.row.status)),
          .unit = loaded.row.unit,
          .area = loaded.row.area,
          .variables = &loaded.state.variables()};
}

/// The declarations of a deployed definition; empty ones when it is no pack or declares nothing.
DeclaredFigures declaredBy(store::Store& store, const store::DefinitionRow& listed) {
  DeclaredFigures declared;
  declared.pack = listed.name;
  declared.definition = listed.id;
  const auto row = store.loadDefinition(listed.id);
  if (!row) return declared;
  const auto deployment = fromJson<casework::Deployment>(row->source);
  if (!deployment) return declared;
  for (const casework::DeployedFile& file : deployment->files) {
    if (file.path == "pack.json") {
      if (auto manifest = fromJson<packs::Manifest>(file.text)) declared.needs = std::move(manifest->needs);
    }
    if (file.path != "indicators.json") continue;
    auto figures = packs::readFigures(file.text);
    if (figures) declared.figures = std::move(*figures);
    else spdlog::error("indicators of {}: {}", listed.name, describe(figures.error()));
  }
  return declared;
}

}  // namespace

const DeclaredFigures* FactRules::pack(std::string_view name) const {
  const auto found = std::ranges::lower_bound(
      declared, name, {}, [](const auto& each) -> const std::string& { return each->pack; });
  return found == declared.end() || (*found)->pack != name ? nullptr : found->get();
}

std::shared_ptr<const Layout> FactBook::putIntoForce(const std::string& source, const LayoutBody& body) {
  const std::string text = toJson(body);
  for (int attempt = 0; attempt < 5; ++attempt) {
    const auto rows = store_.query(store::statement(newest_layout_sql, source));
    std::int64_t number = rows.empty() ? 0 : rows.front().integer(0);
    if (rows.empty() || rows.front().text(1) != text) {
      store::Batch batch;
      batch.statements.push_back(store::statement(add_layout_sql, source, ++number, text, now_()));
      store_.commit(batch);
      const auto after = store_.query(store::statement(newest_layout_sql, source));
      if (after.empty() || after.front().integer(0) != number || after.front().text(1) != text)
        continue;  // another node was faster
    }
    auto layout = Layout::compile(source, number, body);
    if (layout) return *layout;
    spdlog::error("indicators of {}: {}", source, describe(layout.error()));
    return nullptr;
  }
  return nullptr;
}

void FactBook::refresh() {
  const std::lock_guard lock(mutex_);
  std::map<std::string, store::DefinitionRow> newest;
  for (store::DefinitionRow& row : store_.listDefinitions()) {
    const auto found = newest.find(row.name);
    if (found == newest.end() || found->second.version < row.version) newest[row.name] = std::move(row);
  }
  bool news = false;
  for (const auto& [name, row] : newest) {
    Known& known = known_[name];
    if (known.version == row.version) continue;
    known.version = row.version;
    known.declared = std::make_shared<const DeclaredFigures>(declaredBy(store_, row));
    std::erase_if(layouts_, [&](const auto& each) { return each.first.starts_with(name + '/'); });
    for (const auto& [process, body] : layoutsOf(known.declared->figures)) {
      const std::string source = sourceOf(name, process);
      if (auto layout = putIntoForce(source, body)) layouts_[source] = std::move(layout);
    }
    news = true;
  }
  if (!news) return;
  auto rules = std::make_shared<FactRules>();
  rules->layouts = layouts_;
  for (const auto& [name, known] : known_) rules->declared.push_back(known.declared);
  for (const auto& [source, layout] : layouts_) {
    const auto slash = source.find('/');
    rules->by_pack[source.substr(0, slash)].emplace_back(source.substr(slash + 1), layout);
  }
  const std::lock_guard replace(rules_mutex_);
  rules_ = std::move(rules);
}

std::size_t FactBook::derive(const casework::LoadedCase& loaded, bool is_new, store::Batch& batch) const {
  const auto rules = this->rules();
  const auto found = rules->by_pack.find(loaded.definition->name);
  if (found == rules->by_pack.end()) return 0;
  for (const auto& [process, layout] : found->second) {
    if (process != loaded.row.process) continue;
    const CountedCase counted = countedOf(loaded);
    const CaseFacts facts = layout->factsOf(counted, calendar_.get());
    const std::size_t mark = markOf(*layout, counted, facts);
    if (mark != loaded.derived) addRows(*layout, counted, facts, is_new, batch);
    return mark;
  }
  return 0;
}

void FactBook::addFacts(const Layout& layout, const CountedCase& counted, bool is_new,
                        store::Batch& batch) const {
  addRows(layout, counted, layout.factsOf(counted, calendar_.get()), is_new, batch);
}

}  // namespace jinyue::insight
