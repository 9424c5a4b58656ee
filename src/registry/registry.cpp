#include "registry/registry.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "feel/text_form.h"
#include "ledger/record.h"
#include "registry/contains.h"
#include "registry/identifiers.h"
#include "registry/rows.h"
#include "registry/running_case.h"
#include "search/tokens.h"

namespace jinyue::registry {

using feel::Kind;
using feel::Value;
using store::Batch;

namespace {

std::unexpected<Problem> unknownRegister(std::string_view name) {
  return refuse(ProblemKind::not_found, "register.unknown",
                {fmt::format("没有登记册“{}”", name), fmt::format("there is no register “{}”", name)});
}

/// The text by which a field's value is found.
std::string filterText(const Value& value) {
  return value.is(Kind::string) ? std::string{value.string()} : feel::toText(Schema::plain(value));
}

/// The one way to write a personal value, the same as accounts use, so that one hash finds both.
std::string normalPersonal(std::string_view kind, std::string_view text) {
  std::string normal = normaliseIdentifier(text);
  if (kind == "phone" && normal.starts_with("+86")) normal.erase(0, 3);
  return normal;
}

}  // namespace

Registry::Registry(store::Store& store, ledger::PersonalDigester digester, ledger::Vault vault,
                   RegistryOptions options)
    : store_(store),
      digester_(std::move(digester)),
      vault_(std::move(vault)),
      options_(std::move(options)),
      cache_(options_.cached_entries) {}

std::optional<Registry::Loaded> Registry::load(std::string_view name, bool fresh) {
  const Instant now = options_.now();
  const std::string id{name};
  {
    const std::scoped_lock lock(mutex_);
    const auto found = loaded_.find(id);
    if (found != loaded_.end() && !fresh && now >= found->second.checked &&
        now - found->second.checked < options_.recheck)
      return found->second;
  }
  const auto rows = store_.query(selectRegister(name));
  if (rows.empty()) return std::nullopt;
  Loaded loaded{nullptr, rows[0].integer(1), rows[0].integer(2), rows[0].integer(3), now};
  const std::scoped_lock lock(mutex_);
  const auto found = loaded_.find(id);
  if (found != loaded_.end() && found->second.version == loaded.version) {
    loaded.compiled = found->second.compiled;
    // Somebody else may have read a newer revision meanwhile.
    loaded.revision = std::max(loaded.revision, found->second.revision);
  } else {
    auto compiled = Register::read(rows[0].text(0));
    if (!compiled)
      throw store::StoreFault("the declaration of a register can't be read: " + describe(compiled.error()));
    loaded.compiled = *std::move(compiled);
  }
  loaded_.insert_or_assign(id, loaded);
  return loaded;
}

std::vector<std::string> Registry::names() {
  std::vector<std::string> names;
  for (const store::SqlRow& row : store_.query({"SELECT name FROM registers ORDER BY name LIMIT 1000"}))
    names.push_back(row.text(0));
  return names;
}

Result<RegisterPtr> Registry::find(std::string_view name) {
  const auto loaded = load(name);
  if (!loaded) return unknownRegister(name);
  return loaded->compiled;
}

store::JournalRow Registry::record(CaseId stream, std::int64_t position, std::string_view kind,
                                   const RegistryActor& actor, std::string_view model,
                                   std::string body) const {
  return {stream, position,
          ledger::encodeRecord({stream, position, std::string{kind}, actor.id, options_.now(),
                                std::string{model}, std::move(body)})};
}

bool Registry::commit(const Batch& batch, std::string_view name) {
  const bool done = store_.commit(batch).done();
  const std::scoped_lock lock(mutex_);
  if (const auto found = loaded_.find(std::string{name}); found != loaded_.end()) found->second.checked = {};
  return done;
}

Result<RegisterPtr> Registry::declare(const Declaration& declaration, const RegistryActor& actor) {
  auto compiled = Register::compile(declaration);
  if (!compiled) return compiled;
  const Register& reg = **compiled;
  const std::string text = toJson(declaration);
  for (int tries = 0; tries < most_tries; ++tries) {
    const auto known_register = load(declaration.id, true);
    Batch batch;
    if (!known_register) {
      const CaseId id = store_.reserveCaseIds(1);
      batch.statements.push_back(insertRegister(declaration.id, text, id));
      batch.journal.push_back(record(id, 1, "register.declared", actor, declaration.id + "@1", text));
    } else {
      const Declaration& before = known_register->compiled->declaration();
      if (toJson(before) == text) return known_register->compiled;
      const std::int64_t version = known_register->version + 1;
      batch.statements.push_back(updateRegister(declaration.id, text, version));
      batch.journal.push_back(record(known_register->id, version, "register.declared", actor,
                                     fmt::format("{}@{}", declaration.id, version), text));
      // What entries are found by follows the declaration.
      const Date today = dateOf(options_.now());
      CaseId found_by = 0;  // the entry whose text is in the batch already
      std::string key;
      Date from{};
      while (true) {
        const auto rows = store_.query(selectAll(declaration.id, key, from, 1000));
        if (!rows.empty() && before.key != declaration.key) {
          return refuse(
              ProblemKind::conflict, "register.key-changed",
              {"登记册已有条目，不能改主键字段", "the register has entries, so its key fields can't change"},
              "/key");
        }
        for (const auto& row : rows) {
          const EntryVersion entry_version = versionOf(row);
          const auto whole = open(entry_version);
          if (!whole) return std::unexpected(whole.error());
          batch.statements.push_back(
              updateColumns(entry_version.entry, entry_version.number, columnsOf(reg, *whole)));
          if (entry_version.entry != found_by && entry_version.period.to >= today) {
            batch.put_texts.push_back(textOf(reg, entry_version, *whole));
            found_by = entry_version.entry;
          }
          key = entry_version.key;
          from = entry_version.period.from;
        }
        if (rows.size() < 1000) break;
      }
    }
    if (commit(batch, declaration.id)) return load(declaration.id, true)->compiled;
  }
  return refuse(ProblemKind::conflict, "register.busy",
                {"登记册正在被他人修改，请重试", "others are changing the register; try again"});
}

EntryColumns Registry::columnsOf(const Register& reg, const Value& entry) const {
  const Declaration& declaration = reg.declaration();
  const auto field = [&](const std::string& name) -> std::string {
    const Value* value = entry.context().find(name);
    return value == nullptr || value->isNull() ? "" : filterText(*value);
  };
  EntryColumns columns;
  columns.is_public = reg.isPublic(entry);
  if (declaration.area) columns.area = field(*declaration.area);
  if (declaration.unit) columns.unit = field(*declaration.unit);
  for (std::size_t index = 0; index < declaration.filters.size(); ++index) {
    const std::string& name = declaration.filters[index];
    columns.filters[index] = field(name);
    if (reg.isPersonal(name) && !columns.filters[index].empty())
      columns.filters[index] = lookupOf(reg.personalKind(name), columns.filters[index]);
  }
  return columns;
}

std::string Registry::lookupOf(std::string_view kind, std::string_view text) const {
  return vault_.lookup(kind, normalPersonal(kind, text));
}

store::TextRow Registry::textOf(const Register& reg, const EntryVersion& version, const Value& whole) const {
  const Declaration& declaration = reg.declaration();
  const auto lines = [&](const std::vector<std::string>& fields) {
    std::string out;
    for (const std::string& field : fields) {
      const Value* value = whole.context().find(field);
      if (value == nullptr || value->isNull()) continue;
      if (!out.empty()) out += '\n';
      out += filterText(*value);
    }
    return out;
  };
  const EntryColumns columns = columnsOf(reg, whole);
  store::TextRow row;
  row.id = version.entry;
  row.kind = store::TextKind::entry;
  row.process = reg.name();
  row.area = columns.area;
  row.unit = columns.unit;
  row.at = startOf(version.period.from);
  row.names = lines(declaration.names);
  row.title = row.names.substr(0, row.names.find('\n'));
  if (row.title.empty()) row.title = version.key;
  row.text = lines(declaration.search);
  std::vector<std::string> lookups;
  for (const PersonalField& personal : declaration.personal) {
    const Value* value = whole.context().find(personal.field);
    if (value != nullptr && !value->isNull()) lookups.push_back(lookupOf(personal.kind, filterText(*value)));
  }
  row.tokens = search::tokensOf(row, lookups);
  return row;
}

std::optional<EntryVersion> Registry::entry(std::string_view name, std::string_view key, Date as_of) {
  const auto rows = store_.query(selectInEffect(name, key, as_of));
  if (rows.empty()) return std::nullopt;
  return versionOf(rows.front());
}

std::vector<EntryVersion> Registry::history(std::string_view name, std::string_view key) {
  std::vector<EntryVersion> versions;
  const std::vector<std::string> keys{std::string{key}};
  for (const auto& row : store_.query(selectEntries(name, keys))) {
    for (const auto& version : store_.query(selectHistory(row.integer(0))))
      versions.push_back(versionOf(version));
  }
  return versions;
}

Result<store::Page<EntryVersion>> Registry::list(std::string_view name, const EntryFilter& filter,
                                                 const store::PageRequest& page) {
  const auto reg = find(name);
  if (!reg) return std::unexpected(reg.error());
  const auto& declared = (*reg)->declaration().filters;
  std::array<std::string, most_filters> filters;
  for (const auto& [field, text] : filter.fields) {
    const auto found = std::ranges::find(declared, field);
    const auto& disclosure = (*reg)->declaration().disclosure;
    // What is not public may not be guessed by filtering either.
    const bool hidden = filter.public_only && (!disclosure || !contains(disclosure->fields, field));
    if (found == declared.end() || hidden) {
      return refuse(
          ProblemKind::invalid, "register.no-filter",
          {fmt::format("不能按“{}”筛选", field), fmt::format("the list can't be filtered by “{}”", field)},
          "/fields/" + field);
    }
    auto& slot = filters[static_cast<std::size_t>(found - declared.begin())];
    slot = (*reg)->isPersonal(field) ? lookupOf((*reg)->personalKind(field), text) : text;
  }
  if (filter.scope && filter.scope->empty()) return store::Page<EntryVersion>{};
  if (filter.scope && filter.scope->size() > most_scopes) {
    return refuse(ProblemKind::invalid, "register.scope",
                  {fmt::format("范围最多 {} 项", most_scopes),
                   fmt::format("a scope has at most {} alternatives", most_scopes)});
  }
  const int limit = std::clamp(page.limit, 1, 1000);
  store::Page<EntryVersion> out;
  for (const auto& row : store_.query(selectList(name, filter, filters, page.after, limit + 1)))
    out.rows.push_back(versionOf(row));
  if (out.rows.size() > static_cast<std::size_t>(limit)) {
    out.rows.pop_back();
    out.next = out.rows.back().key;
  }
  return out;
}

Result<Value> Registry::open(const EntryVersion& version) const {
  if (version.sealed.empty()) return version.body;
  const std::string context = fmt::format("register/{}/{}", version.register_name, version.key);
  const auto json = vault_.open(version.sealed, context);
  if (!json) return std::unexpected(json.error());
  const auto personal = fromJson<feel::Context>(*json);
  if (!personal) return std::unexpected(personal.error());
  feel::Context whole = version.body.context();
  for (const auto& [name, value] : *personal) whole.set(name, value);
  return Value(std::move(whole));
}

Result<Value> Registry::open(const Draft& draft, std::string_view register_name) const {
  EntryVersion version;
  version.register_name = register_name;
  version.key = draft.key;
  version.body = draft.body;
  version.sealed = draft.sealed;
  return open(version);
}

Value Registry::lookup(std::string_view name, const Value& key, Date as_of) {
  const auto loaded = load(name);
  if (!loaded) return {};
  const std::string text = loaded->compiled->keyFrom(key);
  auto versions = cache_.find(name, text, loaded->revision);
  if (versions == nullptr) {
    const std::vector<std::string> keys{text};
    auto read = std::make_shared<std::vector<LookupCache::Version>>();
    for (const auto& row : store_.query(selectVersions(name, keys))) {
      const EntryVersion version = versionOf(row);
      read->push_back({version.period, loaded->compiled->schema().typed(version.body)});
    }
    versions = std::move(read);
    cache_.put(name, text, loaded->revision, versions);
  }
  for (const auto& version : *versions) {
    if (version.period.contains(as_of)) return version.value;
  }
  return {};
}

SchemaSurroundings Registry::surroundings(Date as_of) {
  SchemaSurroundings out;
  out.today = dateOf(options_.now());
  out.has_entry = [this, as_of](std::string_view name, std::string_view key) {
    return !lookup(name, Value(key), as_of).isNull();
  };
  out.is_running = [this](std::string_view process, std::string_view number) {
    return isRunning(store_, process, number);
  };
  return out;
}

std::vector<Span> Registry::Known::spans() const {
  std::vector<Span> out;
  for (const EntryVersion& version_of : versions) out.push_back({version_of.number, version_of.period});
  return out;
}

std::unordered_map<std::string, Registry::Known> Registry::known(std::string_view name,
                                                                 std::span<const std::string> keys) {
  std::unordered_map<std::string, Known> out;
  for (std::size_t first = 0; first < keys.size(); first += keys_at_once) {
    const auto some = keys.subspan(first, std::min(keys_at_once, keys.size() - first));
    const auto entries = store_.query(selectEntries(name, some));
    for (const auto& row : entries) {
      auto& entry = out[row.text(1)];
      entry.id = row.integer(0);
      entry.version = row.integer(2);
    }
    if (entries.empty()) continue;
    for (const auto& row : store_.query(selectVersions(name, some))) {
      EntryVersion version = versionOf(row);
      if (const auto found = out.find(version.key); found != out.end())
        found->second.versions.push_back(std::move(version));
    }
  }
  return out;
}

const EntryVersion* shownOn(std::span<const EntryVersion> versions, Date day) {
  const EntryVersion* shown = nullptr;
  for (const EntryVersion& version : versions) {
    if (version.period.to < day) continue;
    if (shown == nullptr || version.period.from < shown->period.from) shown = &version;
  }
  return shown;
}

bool Registry::refreshTexts() {
  constexpr int at_once = 500;
  const Date today = dateOf(options_.now());
  for (CaseId after = 0;;) {
    Batch batch;
    const auto rows = store_.query(selectOutdated(today, after, at_once));
    for (const auto& row : rows) {
      after = row.integer(0);
      const std::string& name = row.text(1);
      const std::vector<std::string> keys{row.text(2)};
      const auto loaded = load(name);
      const auto entries = known(name, keys);
      if (!loaded || entries.empty()) continue;
      const Known& entry = entries.begin()->second;
      batch.statements.push_back(holdEntry(entry.id, entry.version));
      const EntryVersion* shown = shownOn(entry.versions, today);
      if (shown == nullptr) {
        batch.drop_texts.push_back(entry.id);
        continue;
      }
      const auto whole = open(*shown);
      if (!whole)
        throw store::StoreFault("an entry of a register can't be opened: " + describe(whole.error()));
      batch.put_texts.push_back(textOf(*loaded->compiled, *shown, *whole));
    }
    if (rows.empty()) return true;
    if (!store_.commit(batch).done()) return false;
  }
}

std::optional<Proposal> Registry::proposal(CaseId id) {
  const auto rows = store_.query(selectProposal(id));
  if (rows.empty()) return std::nullopt;
  return proposalOf(rows.front());
}

store::Page<Proposal> Registry::proposals(std::string_view name, ProposalStatus status,
                                          const store::PageRequest& page) {
  const int limit = std::clamp(page.limit, 1, 1000);
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  std::from_chars(page.after.data(), page.after.data() + page.after.size(), before);
  store::Page<Proposal> out;
  for (const auto& row : store_.query(selectProposals(name, status, before, limit + 1)))
    out.rows.push_back(proposalOf(row));
  if (out.rows.size() > static_cast<std::size_t>(limit)) {
    out.rows.pop_back();
    out.next = std::to_string(out.rows.back().id);
  }
  return out;
}

store::Page<Draft> Registry::drafts(CaseId id, const store::PageRequest& page) {
  const int limit = std::clamp(page.limit, 1, 1000);
  std::int64_t after = 0;
  std::from_chars(page.after.data(), page.after.data() + page.after.size(), after);
  store::Page<Draft> out;
  for (const auto& row : store_.query(selectDrafts(id, after, limit + 1))) out.rows.push_back(draftOf(row));
  if (out.rows.size() > static_cast<std::size_t>(limit)) {
    out.rows.pop_back();
    out.next = std::to_string(out.rows.back().number);
  }
  return out;
}

}  // namespace jinyue::registry
