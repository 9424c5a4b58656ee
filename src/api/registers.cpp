// /registers: dated lists that the city relies on. Every question is as of a day. Part of it is for
// everybody.

#include "api/bodies.h"
#include "api/endpoint.h"
#include "api/paging.h"
#include "api/register_views.h"
#include "api/resource.h"
#include "registry/import.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct EntryPath {
  std::string name;
  std::string key;
};
BOOST_DESCRIBE_STRUCT(EntryPath, (), (name, key))

struct EntriesQuery : PageQuery {
  std::optional<Date> as_of;
  std::optional<std::string> filter;
  static std::vector<About> about() {
    auto all = PageQuery::about();
    all.insert(all.end(), {{"as_of", {"哪一天有效的，默认今天", "in effect on this day; today without it"}},
                           {"filter",
                            {"按已声明的筛选字段，形如 字段=值", "by a declared filter: FIELD=VALUE"},
                            R"("region=210202")"}});
    return all;
  }
};
BOOST_DESCRIBE_STRUCT(EntriesQuery, (PageQuery), (as_of, filter))

struct AsOfQuery {
  std::optional<Date> as_of;
};
BOOST_DESCRIBE_STRUCT(AsOfQuery, (), (as_of))

struct DifferenceQuery {
  std::int64_t from = 0;
  std::int64_t to = 0;
  static std::vector<About> about() {
    return {{"from", {"版本号", "number of a version"}, "1"}, {"to", {"版本号", "number of a version"}, "2"}};
  }
};
BOOST_DESCRIBE_STRUCT(DifferenceQuery, (), (from, to))

struct DifferenceItem {
  std::string pointer;
  std::optional<PlainValue> before;
  std::optional<PlainValue> after;
};
BOOST_DESCRIBE_STRUCT(DifferenceItem, (), (pointer, before, after))
struct DifferenceView {
  std::vector<DifferenceItem> items;
};
BOOST_DESCRIBE_STRUCT(DifferenceView, (), (items))

struct RegisterLine {
  std::string name;
  Text title;
  std::vector<std::string> key;
  std::vector<std::string> filters;
  bool is_public = false;
};
BOOST_DESCRIBE_STRUCT(RegisterLine, (), (name, title, key, filters, is_public))
struct RegisterList {
  std::vector<RegisterLine> items;
};
BOOST_DESCRIBE_STRUCT(RegisterList, (), (items))

struct RegisterView : RegisterLine {
  PlainValue schema;
  std::vector<std::string> personal;
  std::optional<std::string> source;
};
BOOST_DESCRIBE_STRUCT(RegisterView, (RegisterLine), (schema, personal, source))

struct History {
  std::vector<EntryView> items;
};
BOOST_DESCRIBE_STRUCT(History, (), (items))

struct ExportQuery {
  std::optional<Date> as_of;
  std::optional<registry::SheetFormat> format;
  static std::vector<About> about() {
    return {{"as_of", {"哪一天有效的，默认今天", "in effect on this day; today without it"}},
            {"format", {"csv（默认）或 xlsx", "csv (without it) or xlsx"}}};
  }
};
BOOST_DESCRIBE_STRUCT(ExportQuery, (), (as_of, format))

struct PublicEntry {
  std::string key;
  Date valid_from;
  std::optional<Date> valid_to;
  PlainValue entry;
};
BOOST_DESCRIBE_STRUCT(PublicEntry, (), (key, valid_from, valid_to, entry))

struct RevealedEntry {
  PlainValue entry;
};
BOOST_DESCRIBE_STRUCT(RevealedEntry, (), (entry))

RegisterLine lineOf(const registry::Register& reg) {
  const registry::Declaration& declared = reg.declaration();
  return {declared.id, declared.title, declared.key, declared.filters,
          declared.disclosure && !declared.disclosure->fields.empty()};
}

Result<registry::EntryFilter> filterOf(const std::optional<Date>& as_of,
                                       const std::optional<std::string>& filter, Instant now) {
  registry::EntryFilter result{.as_of = as_of.value_or(dateOf(now))};
  if (!filter) return result;
  const auto equals = filter->find('=');
  if (equals == std::string::npos) {
    return refuse(ProblemKind::invalid, "request.query", {"filter 的形式是 字段=值", "filter is FIELD=VALUE"},
                  "filter");
  }
  result.fields.emplace(filter->substr(0, equals), filter->substr(equals + 1));
  return result;
}

class Registers {
 public:
  explicit Registers(const Rooms& rooms) : rooms_(rooms) {}

  Result<Answer<RegisterList>> list(bool public_only) const {
    RegisterList list;
    for (const std::string& name : rooms_.registry.names()) {
      const auto reg = rooms_.registry.find(name);
      if (!reg) continue;
      RegisterLine line = lineOf(**reg);
      if (!public_only || line.is_public) list.items.push_back(std::move(line));
    }
    return list;
  }

  Result<Answer<RegisterView>> show(const std::string& name) const {
    const auto reg = rooms_.registry.find(name);
    if (!reg) return std::unexpected(reg.error());
    RegisterView view;
    static_cast<RegisterLine&>(view) = lineOf(**reg);
    view.schema.value = (*reg)->declaration().schema;
    for (const registry::PersonalField& field : (*reg)->declaration().personal)
      view.personal.push_back(field.field);
    view.source = (*reg)->declaration().source;
    return view;
  }

  Result<Answer<Listing<EntryView>>> entries(Call& call, const std::string& name,
                                             const EntriesQuery& query) const {
    const auto page = pageOf(query);
    if (!page) return std::unexpected(page.error());
    auto filter = filterOf(query.as_of, query.filter, call.now);
    if (!filter) return std::unexpected(std::move(filter).error());
    if (auto narrowed = narrow(*filter, call.scope()); !narrowed)
      return std::unexpected(std::move(narrowed).error());
    const auto reg = rooms_.registry.find(name);
    if (!reg) return std::unexpected(reg.error());
    const auto found = rooms_.registry.list(name, *filter, *page);
    if (!found) return std::unexpected(found.error());
    return listingOf(*found, [&](const registry::EntryVersion& version) {
      return viewOf(rooms_.registry, **reg, version);
    });
  }

  Result<Answer<EntryView>> entry(Call& call, const EntryPath& path, const std::optional<Date>& as_of) const {
    const auto found = find(call, path, as_of);
    if (!found) return std::unexpected(found.error());
    const auto reg = rooms_.registry.find(path.name);
    return Answer<EntryView>(viewOf(rooms_.registry, **reg, *found), found->number);
  }

  Result<Answer<History>> history(Call& call, const EntryPath& path) const {
    const auto versions = allVersions(call, path);
    if (!versions) return std::unexpected(versions.error());
    const auto reg = rooms_.registry.find(path.name);
    History history;
    for (const auto& version : *versions) history.items.push_back(viewOf(rooms_.registry, **reg, version));
    return history;
  }

  Result<Answer<DifferenceView>> difference(Call& call, const EntryPath& path,
                                            const DifferenceQuery& query) const {
    const auto versions = allVersions(call, path);
    if (!versions) return std::unexpected(versions.error());
    const auto before = std::ranges::find(*versions, query.from, &registry::EntryVersion::number);
    const auto after = std::ranges::find(*versions, query.to, &registry::EntryVersion::number);
    if (before == versions->end() || after == versions->end()) {
      return refuse(ProblemKind::not_found, "register.no-version",
                    {"没有这个版本", "there is no such version"});
    }
    DifferenceView view;
    for (const auto& each : registry::differencesBetween(before->body, after->body)) {
      DifferenceItem item{each.pointer, {}, {}};
      if (each.before) item.before = PlainValue{*each.before};
      if (each.after) item.after = PlainValue{*each.after};
      view.items.push_back(std::move(item));
    }
    return view;
  }

  Result<Answer<RevealedEntry>> reveal(Call& call, const EntryPath& path, const std::string& purpose) const {
    const auto found = find(call, path, {});
    if (!found) return std::unexpected(found.error());
    const auto reg = rooms_.registry.find(path.name);
    std::vector<std::string> fields;
    for (const auto& field : (*reg)->declaration().personal) fields.push_back(field.field);
    const auto place = placeOf(**reg, *found);
    if (auto noted = rooms_.audit.reveal(*call.caller, fmt::format("register:{}/{}", path.name, path.key),
                                         place, fields, purpose);
        !noted)
      return std::unexpected(std::move(noted).error());
    auto whole = rooms_.registry.open(*found);
    if (!whole) return std::unexpected(std::move(whole).error());
    Answer<RevealedEntry> answer(RevealedEntry{PlainValue{registry::Schema::plain(*whole)}});
    answer.secret = true;
    return answer;
  }

  Result<Answer<Download>> exported(Call& call, const std::string& name, const ExportQuery& query,
                                    bool public_only) const {
    registry::EntryFilter filter{.as_of = query.as_of.value_or(dateOf(call.now)), .public_only = public_only};
    if (!public_only) {
      if (auto narrowed = narrow(filter, call.scope()); !narrowed)
        return std::unexpected(std::move(narrowed).error());
    }
    const auto format = query.format.value_or(registry::SheetFormat::csv);
    const bool csv = format == registry::SheetFormat::csv;
    auto sheet =
        registry::exportSheet(rooms_.registry, name, filter, format, call.language() == http::Language::en);
    if (!sheet) return std::unexpected(std::move(sheet).error());
    return Download{
        csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        fmt::format("{}-{}.{}", name, formatDate(filter.as_of), csv ? "csv" : "xlsx"), std::move(*sheet)};
  }

  Result<Answer<Listing<PublicEntry>>> publicEntries(Call& call, const std::string& name,
                                                     const EntriesQuery& query) const {
    const auto page = pageOf(query);
    if (!page) return std::unexpected(page.error());
    auto filter = filterOf(query.as_of, query.filter, call.now);
    if (!filter) return std::unexpected(std::move(filter).error());
    filter->public_only = true;
    const auto reg = publicRegister(name);
    if (!reg) return std::unexpected(reg.error());
    for (const auto& [field, value] : filter->fields) {  // a hidden field must not be guessed by filtering
      const auto& shown = (*reg)->declaration().disclosure->fields;
      if (std::ranges::find(shown, field) == shown.end()) {
        return refuse(ProblemKind::invalid, "register.no-filter",
                      {"不能按未公开的字段筛选", "there is no public filter of this name"}, "filter");
      }
    }
    const auto found = rooms_.registry.list(name, *filter, *page);
    if (!found) return std::unexpected(found.error());
    return listingOf(*found,
                     [&](const registry::EntryVersion& version) { return publicView(**reg, version); });
  }

  Result<Answer<PublicEntry>> publicEntry(Call& call, const EntryPath& path,
                                          const std::optional<Date>& as_of) const {
    const auto reg = publicRegister(path.name);
    if (!reg) return std::unexpected(reg.error());
    const auto found = rooms_.registry.entry(path.name, path.key, as_of.value_or(dateOf(call.now)));
    if (!found || !found->is_public) return std::unexpected(unknownEntry(path.key));
    return Answer<PublicEntry>(publicView(**reg, *found), found->number);
  }

 private:
  /// A version in effect that the caller may see, or as if there were none.
  Result<registry::EntryVersion> find(Call& call, const EntryPath& path,
                                      const std::optional<Date>& as_of) const {
    const auto reg = rooms_.registry.find(path.name);
    if (!reg) return std::unexpected(reg.error());
    auto found = rooms_.registry.entry(path.name, path.key, as_of.value_or(dateOf(call.now)));
    if (!found || !call.may(placeOf(**reg, *found))) return std::unexpected(unknownEntry(path.key));
    return std::move(*found);
  }

  /// All versions; the caller may see them when he may see each: an entry can have moved.
  Result<std::vector<registry::EntryVersion>> allVersions(Call& call, const EntryPath& path) const {
    const auto reg = rooms_.registry.find(path.name);
    if (!reg) return std::unexpected(reg.error());
    auto versions = rooms_.registry.history(path.name, path.key);
    std::erase_if(versions,
                  [&](const registry::EntryVersion& version) { return !call.may(placeOf(**reg, version)); });
    if (versions.empty()) return std::unexpected(unknownEntry(path.key));
    return versions;
  }

  Result<registry::RegisterPtr> publicRegister(const std::string& name) const {
    auto reg = rooms_.registry.find(name);
    if (!reg || !lineOf(**reg).is_public) {
      return refuse(ProblemKind::not_found, "register.unknown",
                    {"没有公开的这个登记册", "there is no such public register"}, name);
    }
    return reg;
  }

  static PublicEntry publicView(const registry::Register& reg, const registry::EntryVersion& version) {
    PublicEntry view{version.key, version.period.from, {}, {reg.publicPart(version.body)}};
    if (version.period.to != registry::no_end) view.valid_to = version.period.to;
    return view;
  }

  Rooms rooms_;
};

void addOpenRegisters(Endpoints& endpoints, const std::shared_ptr<const Registers>& registers) {
  const Resource open{"open", "/open/registers", anyone()};
  endpoints.add(open.get("", "listOpenRegisters", {"公开的登记册", "registers that are open to everybody"}),
                [registers](Call&, const In<>&) { return registers->list(true); });
  endpoints.add(open.get("/{name}/entries", "listOpenEntries", {"公开条目", "open entries"}),
                [registers](Call& call, const In<RegisterPath, EntriesQuery>& in) {
                  return registers->publicEntries(call, in.path.name, in.query);
                });
  endpoints.add(open.get("/{name}/entries/{key}", "readOpenEntry", {"一个公开条目", "an open entry"}),
                [registers](Call& call, const In<EntryPath, AsOfQuery>& in) {
                  return registers->publicEntry(call, in.path, in.query.as_of);
                });
  auto exports = open.get("/{name}/export", "exportOpenEntries", {"导出公开条目", "open entries as a table"});
  exports.gives = {"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
  endpoints.add(exports, [registers](Call& call, const In<RegisterPath, ExportQuery>& in) {
    return registers->exported(call, in.path.name, in.query, true);
  });
}

}  // namespace

void addRegisters(Endpoints& endpoints, const Rooms& rooms) {
  const auto registers = std::make_shared<const Registers>(rooms);
  const auto reads = [](std::string_view path, std::string name, Text summary, Reach reach) {
    const Resource resource{"registers", "/registers", needs(Permission::register_read, reach)};
    return resource.get(path, std::move(name), std::move(summary));
  };
  endpoints.add(reads("", "listRegisters", {"全部登记册", "all registers"}, Reach::nothing),
                [registers](Call&, const In<>&) { return registers->list(false); });
  endpoints.add(
      reads("/{name}", "readRegister", {"登记册的声明", "the declaration of a register"}, Reach::nothing),
      [registers](Call&, const In<RegisterPath>& in) { return registers->show(in.path.name); });
  endpoints.add(
      reads("/{name}/entries", "listEntries", {"某日有效的条目", "entries in effect on a day"}, Reach::rows),
      [registers](Call& call, const In<RegisterPath, EntriesQuery>& in) {
        return registers->entries(call, in.path.name, in.query);
      });
  endpoints.add(reads("/{name}/entries/{key}", "readEntry", {"某日有效的一个条目", "an entry as of a day"},
                      Reach::thing),
                [registers](Call& call, const In<EntryPath, AsOfQuery>& in) {
                  return registers->entry(call, in.path, in.query.as_of);
                });
  endpoints.add(
      reads("/{name}/entries/{key}/versions", "listEntryVersions",
            {"条目的全部版本", "all versions of an entry"}, Reach::thing),
      [registers](Call& call, const In<EntryPath>& in) { return registers->history(call, in.path); });
  endpoints.add(reads("/{name}/entries/{key}/difference", "compareEntryVersions",
                      {"两个版本的差异", "what differs between two versions"}, Reach::thing),
                [registers](Call& call, const In<EntryPath, DifferenceQuery>& in) {
                  return registers->difference(call, in.path, in.query);
                });
  auto exports = reads("/{name}/export", "exportEntries",
                       {"导出（不含个人信息）", "as a table, without personal data"}, Reach::rows);
  exports.gives = {"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
  exports.route = {.max_time = std::chrono::minutes{2}};
  endpoints.add(exports, [registers](Call& call, const In<RegisterPath, ExportQuery>& in) {
    return registers->exported(call, in.path.name, in.query, false);
  });
  endpoints.add({.method = http::Method::post,
                 .path = "/registers/{name}/entries/{key}/personal",
                 .name = "revealEntryPersonal",
                 .tag = "registers",
                 .summary = {"查看条目的个人信息原文（须说明目的，留痕）",
                             "an entry in the clear, for a purpose; audited"},
                 .access = needs(Permission::register_read, Reach::thing),
                 .repeats = Repeats::harmless},
                [registers](Call& call, const In<EntryPath, None, PurposeBody>& in) {
                  return registers->reveal(call, in.path, in.body.purpose);
                });
  addOpenRegisters(endpoints, registers);
}

}  // namespace jinyue::api
