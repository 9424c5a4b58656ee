#include "cli/verify.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "evidence/attachments.h"
#include "ledger/audit.h"
#include "ledger/proof_document.h"
#include "store/log_view.h"

namespace jinyue::cli {
namespace {

namespace fs = std::filesystem;

constexpr int fine = 0;
constexpr int found = 1;
constexpr int not_checked = 2;

int cannot(std::ostream& out, const Problem& problem) {
  fmt::print(out, "无法核验 / can't check: {}\n", describe(problem));
  return not_checked;
}

bool isAddress(const std::string& text) {
  return text.starts_with("sqlite:") || text.starts_with("postgres:");
}

bool isDatabase(const std::string& path) {
  constexpr std::string_view magic = "SQLite format 3";
  std::ifstream in(path, std::ios::binary);
  std::string start(magic.size(), '\0');
  return in.read(start.data(), static_cast<std::streamsize>(start.size())) && start == magic;
}

Result<std::vector<ledger::Verifier>> loadKeys(const VerifyArguments& arguments) {
  std::vector<ledger::Verifier> keys;
  for (const std::string& path : arguments.keys) {
    auto key = ledger::Verifier::load(path);
    if (!key) return std::unexpected(std::move(key).error());
    keys.push_back(*std::move(key));
  }
  if (keys.empty() && !arguments.without_keys) {
    return refuse(ProblemKind::invalid, "verify.no-key",
                  {"没有用于验签的公钥", "there is no public key to check signatures with"}, {},
                  {"用 --key 指定，或用 --without-keys 不验签",
                   "give one with --key, or --without-keys to do without"});
  }
  return keys;
}

ledger::LogRow rowOf(store::StoredRecord&& record) {
  return {record.sequence, record.case_id, record.position, std::move(record.record)};
}

ledger::LogSource sourceOf(store::LogView& view) {
  ledger::LogSource source;
  source.rows = [&view](std::uint64_t from, int limit) {
    std::vector<ledger::LogRow> rows;
    for (store::StoredRecord& record : view.journal(from, limit)) rows.push_back(rowOf(std::move(record)));
    return rows;
  };
  source.tiles = [&view](int level, std::int64_t index) { return view.storedTile(level, index); };
  source.head = [&view] { return view.head(); };
  source.kept_heads = [&view](std::uint64_t from_size, int limit) {
    return view.keptHeads(from_size, limit);
  };
  source.find = [&view](std::int64_t case_id, std::int64_t position) -> std::optional<ledger::LogRow> {
    auto records = view.records(case_id, position - 1, 1);
    if (records.empty() || records.front().position != position) return std::nullopt;
    return rowOf(std::move(records.front()));
  };
  return source;
}

int print(std::ostream& out, const std::vector<ledger::Finding>& findings, std::uint64_t more = 0) {
  for (const ledger::Finding& finding : findings) {
    fmt::print(out, "✗ {}\n  {} [{}]\n", finding.text.zh, finding.text.en,
               boost::describe::enum_to_string(finding.kind, "?"));
  }
  if (more > 0) fmt::print(out, "✗ 另有 {} 处未列出 / {} more findings are not listed\n", more, more);
  return findings.empty() && more == 0 ? fine : found;
}

void printSignatures(std::ostream& out, bool checked) {
  if (!checked) fmt::print(out, "! 未验签名 / signatures were not checked\n");
}

int verifyLog(store::LogView& view, const std::vector<ledger::Verifier>& keys, bool progress,
              std::ostream& out) {
  ledger::AuditOptions options;
  options.keys = keys;
  if (progress) {
    options.progress = [](std::uint64_t done, std::uint64_t total) {
      std::fprintf(stderr, "\r%llu / %llu%s", static_cast<unsigned long long>(done),
                   static_cast<unsigned long long>(total), done >= total ? "\n" : "");
    };
  }
  const auto report = ledger::audit(sourceOf(view), options);
  const int code = print(out, report.findings, report.more_findings);
  printSignatures(out, report.signatures_checked);
  if (code == fine) {
    fmt::print(out,
               "✓ 日志完整：{} 条记录，{} 个签名日志头 / the log is whole: {} records, {} signed heads\n",
               report.records, report.heads, report.records, report.heads);
  } else {
    const std::uint64_t count = report.findings.size() + report.more_findings;
    fmt::print(out, "✗ 共 {} 条记录，发现 {} 处问题 / {} records, {} findings\n", report.records, count,
               report.records, count);
  }
  return code;
}

int verifyProof(const std::string& path, const std::vector<ledger::Verifier>& keys, std::ostream& out) {
  const auto text = readFile(path);
  if (!text) return cannot(out, text.error());
  auto document = ledger::decodeProof(*text);
  if (!document) return cannot(out, document.error());
  const int code = print(out, ledger::auditProof(*document, keys));
  printSignatures(out, !keys.empty());
  if (code == fine) {
    fmt::print(out,
               "✓ 第 {} 条记录在日志 {} 中（{} 条，{}）/ record {} is in the log {} ({} records, {})\n{}\n",
               document->index, document->head.log, document->head.size, formatInstant(document->head.at),
               document->index, document->head.log, document->head.size, formatInstant(document->head.at),
               document->record);
  }
  return code;
}

/// The newest head of an earlier copy, and those kept before it.
struct Earlier {
  ledger::Head head;
  std::vector<ledger::Head> kept;
};

Result<Earlier> readEarlier(const std::string& place) {
  Earlier earlier;
  if (!isAddress(place) && !isDatabase(place)) {
    const auto text = readFile(place);
    if (!text) return std::unexpected(text.error());
    auto head = ledger::decodeHead(trimmed(*text));
    if (!head) return std::unexpected(std::move(head).error());
    earlier.head = *std::move(head);
    return earlier;
  }
  const auto view = store::viewLog(isAddress(place) ? place : "sqlite:" + place);
  if (!view) return std::unexpected(view.error());
  const auto head = (*view)->head();
  if (!head) {
    return refuse(ProblemKind::invalid, "verify.no-head",
                  {"较早的日志没有签名的日志头", "the earlier log has no signed head"}, place);
  }
  earlier.head = *head;
  constexpr int page = 500;
  for (std::uint64_t from = 0;;) {
    const auto kept = (*view)->keptHeads(from, page);
    earlier.kept.insert(earlier.kept.end(), kept.begin(), kept.end());
    if (kept.size() < static_cast<std::size_t>(page)) break;
    from = kept.back().size + 1;
  }
  return earlier;
}

int verifyExtends(store::LogView& view, const std::string& place, const std::vector<ledger::Verifier>& keys,
                  std::ostream& out) {
  const auto earlier = readEarlier(place);
  if (!earlier) return cannot(out, earlier.error());
  ledger::AuditOptions options;
  options.keys = keys;
  ledger::LogSource source = sourceOf(view);
  source.tiles = [&view](int level, std::int64_t index) { return view.tile(level, index); };
  const int code = print(out, ledger::auditExtends(earlier->head, earlier->kept, source, options));
  printSignatures(out, !keys.empty());
  if (code == fine) {
    const auto now = view.head();
    const std::uint64_t size = now ? now->size : 0;
    fmt::print(out, "✓ {} 条记录的日志是 {} 条时的延续 / the log of {} records extends that of {}\n", size,
               earlier->head.size, size, earlier->head.size);
  }
  return code;
}

int prove(store::LogView& view, std::uint64_t number, std::ostream& out) {
  const auto head = view.head();
  auto rows = view.journal(number, 1);
  if (!head || number >= head->size || rows.empty() || rows.front().sequence != number) {
    return cannot(out, {ProblemKind::not_found,
                        "verify.no-record",
                        {"日志中没有这条记录", "the log has no such record"},
                        std::to_string(number),
                        {},
                        {}});
  }
  const auto tiles = [&view](int level, std::int64_t index) { return view.tile(level, index); };
  fmt::print(out, "{}\n",
             ledger::encodeProof(ledger::makeProof(std::move(rows.front().record), number, *head, tiles)));
  return fine;
}

int verifyPlace(const VerifyArguments& arguments, std::ostream& out) {
  const bool is_file = !isAddress(arguments.log);
  if (is_file && !fs::exists(arguments.log)) {
    return cannot(out, {ProblemKind::not_found,
                        "verify.no-file",
                        {"没有这个文件", "there is no such file"},
                        arguments.log,
                        {},
                        {}});
  }
  const bool is_log = !is_file || isDatabase(arguments.log);
  std::unique_ptr<store::LogView> view;
  if (is_log) {
    auto opened = store::viewLog(is_file ? "sqlite:" + arguments.log : arguments.log);
    if (!opened) return cannot(out, opened.error());
    view = *std::move(opened);
    if (arguments.prove) return prove(*view, *arguments.prove, out);
  }
  const auto keys = loadKeys(arguments);
  if (!keys) return cannot(out, keys.error());
  if (!is_log) return verifyProof(arguments.log, *keys, out);
  if (!arguments.extends.empty()) return verifyExtends(*view, arguments.extends, *keys, out);
  return verifyLog(*view, *keys, arguments.progress, out);
}

/// Reads every attachment of a store with the keys of its data folder.
int verifyAttachments(const CityOptions& place, std::ostream& out) {
  const auto store = openStore(place);
  if (!store) return cannot(out, store.error());
  if (!fs::exists(DataFolder{place.data}.vault())) {
    return cannot(out, {ProblemKind::not_found,
                        "verify.no-vault",
                        {"没有打开附件的密钥环", "there is no key ring to open attachments with"},
                        DataFolder{place.data}.vault(),
                        {},
                        {}});
  }
  const auto vault = vaultOf(DataFolder{place.data});
  if (!vault) return cannot(out, vault.error());
  const evidence::Attachments attachments({**store, **vault});
  std::int64_t wrong = 0;
  const std::int64_t seen = attachments.check([&](const evidence::AttachmentFinding& finding) {
    ++wrong;
    fmt::print(out, "✗ {}（办件 {}）：{}\n  {} (case {}): {}\n", finding.id, finding.case_id, finding.text.zh,
               finding.id, finding.case_id, finding.text.en);
  });
  fmt::print(out, "{} 附件 {} 个，有问题 {} 个 / {} attachments, {} wrong\n", wrong == 0 ? "✓" : "✗", seen,
             wrong, seen, wrong);
  return wrong == 0 ? fine : found;
}

}  // namespace

int verify(const VerifyArguments& arguments, std::ostream& out) {
  try {
    return verifyPlace(arguments, out);
  } catch (const std::exception& fault) {
    fmt::print(out, "无法核验 / can't check: {}\n", fault.what());
    return not_checked;
  }
}

void addVerify(CLI::App& app, int& exit_code) {
  auto* command =
      app.add_subcommand("verify", "checks that the log is whole, signed and unchanged / 核验日志");
  const auto place = std::make_shared<CityOptions>();
  const auto arguments = std::make_shared<VerifyArguments>();
  addPlace(*command, *place);
  command->add_option(
      "LOG", arguments->log,
      "a backup file, the file of a proof, or an address; without it, the store / 备份、证明文件或地址");
  command->add_option("--key", arguments->keys,
                      "public key that may sign (PEM); without it, that of the data folder / 验签公钥");
  command->add_flag("--without-keys", arguments->without_keys,
                    "goes on without checking signatures / 不验签名");
  command->add_option(
      "--extends", arguments->extends,
      "that the log extends this earlier one: backup file, address or file of a head / 是否延续较早的日志");
  command->add_option("--prove", arguments->prove,
                      "prints a proof of the record with this number / 输出某条记录的证明");
  const auto with_attachments = std::make_shared<bool>(false);
  command->add_flag("--attachments", *with_attachments,
                    "also reads every attachment of the store and compares its digest / 同时核验附件");
  command->callback([place, arguments, with_attachments, &exit_code] {
    VerifyArguments all = *arguments;
    if (all.log.empty()) all.log = addressOf(*place);
    const std::string own_key = DataFolder{place->data}.publicKey();
    if (all.keys.empty() && !all.without_keys && fs::exists(own_key)) all.keys = {own_key};
    all.progress = ::isatty(STDERR_FILENO) == 1;
    exit_code = verify(all, std::cout);
    if (*with_attachments) exit_code = std::max(exit_code, verifyAttachments(*place, std::cout));
  });
}

}  // namespace jinyue::cli
