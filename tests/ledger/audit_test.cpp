#include "ledger/audit.h"

#include <gtest/gtest.h>

#include "ledger/log_copy.h"
#include "ledger/proof.h"

namespace jinyue::ledger {
namespace {

std::string describeAll(const AuditReport& report) {
  std::string out;
  for (const Finding& finding : report.findings) {
    out += std::string(boost::describe::enum_to_string(finding.kind, "?")) + ": " + finding.text.en + " / " +
           finding.text.zh + "\n";
  }
  return out;
}

class Audit : public testing::TestWithParam<int> {
 protected:
  AuditReport check(const LogCopy& log) const {
    AuditOptions options;
    options.keys = {signer_.verifier()};
    options.remembered_cases = 20;  // so that the rest is asked for
    return audit(log.source(), options);
  }
  LogCopy makeLog() {
    const std::uint64_t size = random_() % 4 == 0 ? 500 + random_() % 2000 : 2 + random_() % 80;
    return LogCopy::make(random_, size, signer_,
                         random_() % 2 == 0 ? HashAlgorithm::sha256 : HashAlgorithm::sm3);
  }
  std::uint64_t placeIn(const LogCopy& log) { return random_() % log.rows.size(); }
  /// Whether the case of a record has another one after it.
  static bool caseGoesOn(const LogCopy& log, std::uint64_t place) {
    return std::any_of(log.rows.begin() + static_cast<std::ptrdiff_t>(place) + 1, log.rows.end(),
                       [&](const LogRow& row) { return row.case_id == log.rows[place].case_id; });
  }
  /// The sizes of the heads around a record.
  static std::pair<std::uint64_t, std::uint64_t> headsAround(const LogCopy& log, std::uint64_t place) {
    std::uint64_t before = 0;
    std::uint64_t after = log.head->size;
    for (const Head& head : log.kept) {
      if (head.size <= place) before = std::max(before, head.size);
      else after = std::min(after, head.size);
    }
    return {before, after};
  }
  void flip(LogRow& row) {
    row.record[random_() % row.record.size()] ^= static_cast<char>(1 + random_() % 127);
  }

  static constexpr int rounds = 60;
  std::mt19937_64 random_{static_cast<std::uint64_t>(GetParam())};
  Signer signer_ = Signer::generate(SignatureAlgorithm::ed25519);
};
INSTANTIATE_TEST_SUITE_P(Ledger, Audit, testing::Range(1, 4));

TEST_P(Audit, AnUntouchedLogIsClean) {
  for (int i = 0; i < rounds; ++i) {
    const LogCopy log = makeLog();
    const AuditReport report = check(log);
    ASSERT_TRUE(report.isClean()) << describeAll(report);
    EXPECT_EQ(report.records, log.rows.size());
    EXPECT_EQ(report.size, log.rows.size());
    EXPECT_GE(report.heads, 1U);
  }
  EXPECT_TRUE(check(LogCopy::make(random_, 0, signer_)).isClean());
}

TEST_P(Audit, AChangedRecordIsNamed) {
  for (int i = 0; i < rounds; ++i) {
    LogCopy log = makeLog();
    const std::uint64_t place = placeIn(log);
    flip(log.rows[place]);
    const AuditReport report = check(log);
    ASSERT_EQ(report.findings.size(), 1U) << describeAll(report);
    const Finding& finding = report.findings[0];
    EXPECT_EQ(finding.kind, FindingKind::changed) << describeAll(report);
    EXPECT_EQ(finding.first, place);
    EXPECT_EQ(finding.last, place);
    EXPECT_EQ(finding.case_id, log.rows[place].case_id);
    EXPECT_EQ(finding.position, log.rows[place].position);
  }
}

TEST_P(Audit, AChangedColumnBesideARecordIsNamed) {
  for (int i = 0; i < rounds / 3; ++i) {
    LogCopy log = makeLog();
    const std::uint64_t place = placeIn(log);
    (random_() % 2 == 0 ? log.rows[place].case_id : log.rows[place].position) +=
        1 + static_cast<std::int64_t>(random_() % 3);
    const AuditReport report = check(log);
    ASSERT_EQ(report.findings.size(), 1U) << describeAll(report);
    EXPECT_EQ(report.findings[0].kind, FindingKind::changed);
    EXPECT_EQ(report.findings[0].first, place);
    EXPECT_EQ(report.findings[0].last, place);
  }
}

TEST_P(Audit, ADroppedRecordIsNamed) {
  for (int i = 0; i < rounds; ++i) {
    LogCopy log = makeLog();
    const std::uint64_t place = placeIn(log);
    const LogRow row = log.rows[place];
    const bool goes_on = caseGoesOn(log, place);
    const bool is_last = place + 1 == log.rows.size();
    log.rows.erase(log.rows.begin() + static_cast<std::ptrdiff_t>(place));
    if (random_() % 2 == 0) log.renumber();
    const AuditReport report = check(log);
    ASSERT_EQ(report.findings.size(), 1U) << describeAll(report);
    const Finding& finding = report.findings[0];
    EXPECT_EQ(finding.kind, is_last ? FindingKind::log_shortened : FindingKind::dropped);
    EXPECT_EQ(finding.first, place);
    EXPECT_EQ(finding.last, place);
    if (goes_on) {
      EXPECT_EQ(finding.case_id, row.case_id);
      EXPECT_EQ(finding.position, row.position);
    }
  }
}

TEST_P(Audit, SwappedRecordsAreNamed) {
  for (int i = 0; i < rounds; ++i) {
    LogCopy log = makeLog();
    std::uint64_t a = placeIn(log);
    std::uint64_t b =
        random_() % 2 == 0 ? placeIn(log) : std::min(a + 1 + random_() % 3, log.rows.size() - 1);
    if (a == b) continue;
    if (a > b) std::swap(a, b);
    if (random_() % 2 == 0) {
      std::swap(log.rows[a].record, log.rows[b].record);
    } else {
      std::swap(log.rows[a].sequence, log.rows[b].sequence);
      log.sortByNumber();
    }
    const AuditReport report = check(log);
    ASSERT_EQ(report.findings.size(), 1U) << a << " " << b << "\n" << describeAll(report);
    const Finding& finding = report.findings[0];
    EXPECT_EQ(finding.kind, FindingKind::swapped);
    EXPECT_EQ(finding.first, a);
    EXPECT_EQ(finding.other, b);
  }
}

TEST_P(Audit, AnInsertedRecordIsNamed) {
  for (int i = 0; i < rounds; ++i) {
    LogCopy log = makeLog();
    const std::uint64_t place = random_() % (log.rows.size() + 1);
    LogRow row = log.rows[placeIn(log)];
    if (random_() % 2 == 0) row = LogCopy::rowOf(place, row.case_id, row.position + 1, random_);
    if (random_() % 4 == 0) row = LogCopy::rowOf(place, 77, 1, random_);
    row.sequence = place;
    log.rows.insert(log.rows.begin() + static_cast<std::ptrdiff_t>(place), row);
    log.renumber();
    const AuditReport report = check(log);
    ASSERT_EQ(report.findings.size(), 1U) << place << " of " << log.rows.size() << "\n"
                                          << describeAll(report);
    const Finding& finding = report.findings[0];
    EXPECT_EQ(finding.kind, FindingKind::inserted);
    // A copy set beside its original can't be told from it.
    const bool is_copy_beside = (place > 0 && log.rows[place - 1].record == row.record) ||
                                (place + 1 < log.rows.size() && log.rows[place + 1].record == row.record);
    EXPECT_LE(finding.first > place ? finding.first - place : place - finding.first,
              is_copy_beside ? 1U : 0U);
    EXPECT_EQ(finding.first, finding.last);
    EXPECT_EQ(finding.case_id, row.case_id);
    EXPECT_EQ(finding.position, row.position);
  }
}

TEST_P(Audit, ARecordUnderAnotherNumberIsNamed) {
  for (int i = 0; i < rounds / 3; ++i) {
    LogCopy log = makeLog();
    log.rows.back().sequence += 1 + random_() % 100;
    const AuditReport report = check(log);
    ASSERT_EQ(report.findings.size(), 1U) << describeAll(report);
    EXPECT_EQ(report.findings[0].kind, FindingKind::misnumbered);
    EXPECT_EQ(report.findings[0].first, log.rows.size() - 1);
  }
}

// With the stored hashes recomputed, only the signed heads are left as witnesses.
TEST_P(Audit, WithRecomputedHashesTheHeadsNarrowItDown) {
  for (int i = 0; i < rounds * 2; ++i) {
    LogCopy log = makeLog();
    const std::uint64_t place = placeIn(log);
    const auto [before, after] = headsAround(log, place);
    const auto at = log.rows.begin() + static_cast<std::ptrdiff_t>(place);
    FindingKind expected = FindingKind::not_extended;
    std::optional<std::uint64_t> exact;
    const auto what = random_() % 5;
    switch (what) {
      case 0: flip(*at); break;
      case 1:
        if (place + 1 == log.rows.size()) continue;
        std::swap(at->record, (at + 1)->record);
        std::swap(at->case_id, (at + 1)->case_id);
        std::swap(at->position, (at + 1)->position);
        break;
      case 2:
        log.rows.erase(at);
        log.renumber();
        expected = after == log.head->size ? FindingKind::log_shortened : FindingKind::dropped;
        break;
      case 3:
        if (place + 1 == log.rows.size()) continue;
        log.rows.erase(at);  // not renumbered: the gap in the numbers says which
        expected = FindingKind::dropped;
        exact = place;
        break;
      default:
        log.rows.insert(at, LogCopy::rowOf(place, 77, 1, random_));
        log.renumber();
        expected = FindingKind::inserted;
    }
    log.recomputeTiles();
    const AuditReport report = check(log);
    EXPECT_TRUE(std::ranges::any_of(report.findings,
                                    [&](const Finding& finding) {
                                      return finding.kind == expected && finding.first <= place &&
                                             place <= finding.last && finding.first >= before &&
                                             finding.last < after &&
                                             (!exact || (finding.first == *exact && finding.last == *exact));
                                    }))
        << "what " << what << " place " << place << " of " << log.rows.size() << " heads " << before << " "
        << after << "\n"
        << describeAll(report);
    for (const Finding& finding : report.findings) {
      EXPECT_LE(finding.first, place + 1) << describeAll(report);
      EXPECT_GE(finding.last, place) << describeAll(report);
    }
  }
}

TEST_P(Audit, AGapInACaseNamesADroppedRecordEvenThen) {
  for (int i = 0; i < rounds; ++i) {
    LogCopy log = makeLog();
    const std::uint64_t place = placeIn(log);
    if (!caseGoesOn(log, place)) continue;
    const LogRow row = log.rows[place];
    log.rows.erase(log.rows.begin() + static_cast<std::ptrdiff_t>(place));
    log.renumber();
    log.recomputeTiles();
    const AuditReport report = check(log);
    EXPECT_TRUE(std::ranges::any_of(report.findings, [&](const Finding& finding) {
      return finding.kind == FindingKind::dropped && finding.case_id == row.case_id &&
             finding.position == row.position && finding.first <= place && place <= finding.last;
    })) << describeAll(report);
  }
}

TEST_P(Audit, HashesOfHigherLevelsNarrowItDownToTheirRange) {
  for (int i = 0; i < rounds / 5; ++i) {
    LogCopy log = LogCopy::make(random_, 300 + random_() % 1500, signer_);
    const std::uint64_t place = random_() % (log.rows.size() / 256 * 256);
    const auto [before, after] = headsAround(log, place);
    flip(log.rows[place]);
    log.recomputeTiles(1);
    const AuditReport report = check(log);
    const auto found = std::ranges::find(report.findings, FindingKind::not_extended, &Finding::kind);
    ASSERT_NE(found, report.findings.end()) << describeAll(report);
    EXPECT_LE(found->first, place);
    EXPECT_GE(found->last, place);
    EXPECT_EQ(found->first, std::max(before, place / 256 * 256));
    EXPECT_EQ(found->last, std::min(after - 1, place / 256 * 256 + 255));
  }
}

TEST_P(Audit, AnAlteredStoredHashIsNotBlamedOnTheRecords) {
  for (int i = 0; i < rounds; ++i) {
    LogCopy log = makeLog();
    auto tile =
        std::next(log.tiles.tiles.begin(), static_cast<std::ptrdiff_t>(random_() % log.tiles.tiles.size()));
    const std::size_t entry = random_() % (tile->second.size() / hash_bytes);
    tile->second[entry * hash_bytes + random_() % hash_bytes] ^= 4;
    const std::uint64_t width = tile->first.first == 0 ? 1 : 256;
    const std::uint64_t first = (static_cast<std::uint64_t>(tile->first.second) * 256 + entry) * width;
    const AuditReport report = check(log);
    ASSERT_EQ(report.findings.size(), 1U) << describeAll(report);
    EXPECT_EQ(report.findings[0].kind, FindingKind::tile_altered);
    EXPECT_EQ(report.findings[0].first, first);
    EXPECT_EQ(report.findings[0].last, first + width - 1);
  }
}

TEST_P(Audit, AMissingTileIsNamed) {
  for (int i = 0; i < rounds / 3; ++i) {
    LogCopy log = makeLog();
    const auto tile =
        std::next(log.tiles.tiles.begin(), static_cast<std::ptrdiff_t>(random_() % log.tiles.tiles.size()));
    const std::uint64_t width = tile->first.first == 0 ? 1 : 256;
    const std::uint64_t first = static_cast<std::uint64_t>(tile->first.second) * 256 * width;
    // The unfinished tile of leaf hashes is not stored at all times.
    const bool may_be_missing = width == 1 && first / 256 == log.rows.size() / 256;
    log.tiles.tiles.erase(tile);
    const AuditReport report = check(log);
    if (may_be_missing) {
      EXPECT_TRUE(report.isClean()) << describeAll(report);
      continue;
    }
    ASSERT_FALSE(report.findings.empty());
    EXPECT_EQ(report.findings[0].kind, FindingKind::tile_altered) << describeAll(report);
    EXPECT_EQ(report.findings[0].first, first);
  }
}

TEST_P(Audit, AHeadThatNobodySignedIsNamed) {
  for (int i = 0; i < rounds / 3; ++i) {
    LogCopy log = makeLog();
    const bool newest = log.kept.empty() || random_() % 2 == 0;
    Head& head = newest ? *log.head : log.kept[random_() % log.kept.size()];
    if (!newest && head == *log.head) continue;
    if (newest) std::erase(log.kept, *log.head);
    if (random_() % 2 == 0) head.root.bytes[0] ^= 1;
    else head = Signer::generate(SignatureAlgorithm::ed25519).sign(head);
    const AuditReport report = check(log);
    ASSERT_EQ(std::ranges::count(report.findings, FindingKind::bad_signature, &Finding::kind), 1)
        << describeAll(report);
    EXPECT_EQ(report.findings[0].first, head.size);
  }
}

TEST_P(Audit, AShortenedLogIsFoundByAnyHeadThatIsLeft) {
  for (int i = 0; i < rounds / 3; ++i) {
    LogCopy log = makeLog();
    const std::uint64_t size = random_() % log.rows.size();
    const LogCopy before = log;
    log.rows.resize(size);
    log.recomputeTiles();
    AuditReport report = check(log);
    ASSERT_EQ(report.findings.size(), 1U) << describeAll(report);
    EXPECT_EQ(report.findings[0].kind, FindingKind::log_shortened);
    EXPECT_EQ(report.findings[0].last, before.rows.size() - 1);
    EXPECT_LE(report.findings[0].first, size);
    // An old head put in the place of the newest one: a larger one was kept.
    if (log.kept.size() < 2) continue;
    log = before;
    log.head = log.kept.front();
    if (log.kept.back().size == log.head->size) continue;
    log.rows.resize(log.head->size);
    log.recomputeTiles();
    report = check(log);
    EXPECT_TRUE(std::ranges::any_of(report.findings, [&](const Finding& finding) {
      return finding.kind == FindingKind::log_shortened && finding.first == log.head->size &&
             finding.last == log.kept.back().size - 1;
    })) << describeAll(report);
  }
}

// The store keeps the hashes of the last unfinished tile only now and then.
TEST_P(Audit, WhereHashesAreNotStoredYetTheHeadsNarrowItDown) {
  for (int i = 0; i < rounds * 3; ++i) {
    LogCopy log = LogCopy::make(random_, 20 + random_() % 600, signer_, HashAlgorithm::sha256, true);
    const AuditReport before = check(log);
    ASSERT_TRUE(before.isClean()) << describeAll(before);
    std::uint64_t stored = 0;
    for (const auto& [place, hashes] : log.tiles.tiles) {
      if (place.first == 0) stored += hashes.size() / hash_bytes;
    }
    const std::uint64_t place = placeIn(log);
    const auto [from, to] = headsAround(log, place);
    const auto at = log.rows.begin() + static_cast<std::ptrdiff_t>(place);
    const auto what = random_() % 3;
    if (what == 0) {
      flip(*at);
    } else if (what == 1) {
      log.rows.erase(at);
    } else {
      if (place + 1 == log.rows.size()) continue;
      std::swap(at->record, (at + 1)->record);
      std::swap(at->case_id, (at + 1)->case_id);
      std::swap(at->position, (at + 1)->position);
    }
    if (random_() % 2 == 0) log.renumber();
    const AuditReport report = check(log);
    const bool exact = place + 1 < stored || (place < stored && what != 2);
    EXPECT_TRUE(std::ranges::any_of(report.findings,
                                    [&](const Finding& finding) {
                                      return finding.first <= place && place <= finding.last &&
                                             (exact ? finding.first == place
                                                    : finding.first >= from && finding.last < to);
                                    }))
        << "what " << what << " place " << place << " stored " << stored << " of " << log.head->size << "\n"
        << describeAll(report);
    if (exact) {
      EXPECT_EQ(report.findings.size(), 1U)
          << what << " " << place << " stored " << stored << " of " << log.head->size << "\n"
          << describeAll(report);
    }
  }
}

TEST_P(Audit, SeveralThingsAtOnceAreAllFound) {
  for (int i = 0; i < rounds / 3; ++i) {
    LogCopy log = LogCopy::make(random_, 400 + random_() % 600, signer_);
    // Far enough from each other that each stands alone.
    const std::uint64_t changed = random_() % 80;
    const std::uint64_t dropped = 100 + random_() % 80;
    const std::uint64_t inserted = 200 + random_() % 80;
    const std::uint64_t swapped = 300 + random_() % 80;
    flip(log.rows[changed]);
    std::swap(log.rows[swapped].record, log.rows[swapped + 5].record);
    log.rows.insert(log.rows.begin() + static_cast<std::ptrdiff_t>(inserted),
                    LogCopy::rowOf(0, 7, 1, random_));
    log.rows.erase(log.rows.begin() + static_cast<std::ptrdiff_t>(dropped));
    log.renumber();
    const AuditReport report = check(log);
    ASSERT_EQ(report.findings.size(), 4U) << describeAll(report);
    EXPECT_EQ(report.findings[0].kind, FindingKind::changed);
    EXPECT_EQ(report.findings[0].first, changed);
    EXPECT_EQ(report.findings[1].kind, FindingKind::dropped);
    EXPECT_EQ(report.findings[1].first, dropped);
    EXPECT_EQ(report.findings[2].kind, FindingKind::inserted);
    EXPECT_EQ(report.findings[2].first, inserted - 1);  // its number now
    EXPECT_EQ(report.findings[3].kind, FindingKind::swapped);
    EXPECT_EQ(report.findings[3].first, swapped);
    EXPECT_EQ(report.findings[3].other, swapped + 5);
  }
}

TEST_P(Audit, NothingThatIsDoneToALogGoesUnnoticed) {
  for (int i = 0; i < rounds * 2; ++i) {
    LogCopy log = makeLog();
    const LogCopy before = log;
    for (std::uint64_t n = 1 + random_() % 5; n > 0 && !log.rows.empty(); --n) {
      const std::uint64_t place = placeIn(log);
      const auto at = log.rows.begin() + static_cast<std::ptrdiff_t>(place);
      switch (random_() % 6) {
        case 0: flip(*at); break;
        case 1: log.rows.erase(at); break;
        case 2: log.rows.insert(at, LogCopy::rowOf(place, 9, 1, random_)); break;
        case 3: std::swap(*at, log.rows[placeIn(log)]); break;
        case 4: log.tiles.tiles.begin()->second[random_() % 32] ^= 1; break;
        default: log.rows.erase(log.rows.begin() + static_cast<std::ptrdiff_t>(place / 2), at);
      }
      if (random_() % 3 == 0) log.recomputeTiles(static_cast<int>(random_() % 3));
    }
    log.renumber();
    const auto same = [](const LogRow& a, const LogRow& b) { return a.record == b.record; };
    if (std::ranges::equal(log.rows, before.rows, same) && log.tiles.tiles == before.tiles.tiles) continue;
    ASSERT_FALSE(check(log).isClean());
  }
}

TEST_P(Audit, ALogThatGrowsMeanwhileIsClean) {
  for (int i = 0; i < rounds / 5; ++i) {
    const LogCopy log = makeLog();
    if (log.kept.empty() || log.kept.front() == *log.head) continue;
    LogSource source = log.source();
    int asked = 0;
    source.head = [&] { return asked++ == 0 ? log.kept.front() : log.head; };
    AuditOptions options;
    options.keys = {signer_.verifier()};
    const AuditReport report = audit(source, options);
    EXPECT_TRUE(report.isClean()) << describeAll(report);
  }
}

TEST_P(Audit, ALogExtendsItsEarlierHeads) {
  for (int i = 0; i < rounds / 3; ++i) {
    LogCopy log = makeLog();
    if (log.kept.empty()) continue;
    const AuditOptions options{{signer_.verifier()}, {}};
    const Head earlier = log.kept[random_() % log.kept.size()];
    EXPECT_TRUE(auditExtends(earlier, log.kept, log.source(), options).empty());
    // Another history, signed with the same key.
    const LogCopy other = LogCopy::make(random_, log.rows.size(), signer_, log.algorithm);
    const auto findings = auditExtends(earlier, log.kept, other.source(), options);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].kind, FindingKind::not_extended);
    EXPECT_EQ(findings[0].first, 0U);
    EXPECT_EQ(findings[0].last, log.kept.front().size - 1);
    Head later = earlier;
    later.size = log.head->size + 1;
    const auto shortened = auditExtends(signer_.sign(later), {}, log.source(), options);
    ASSERT_EQ(shortened.size(), 1U);
    EXPECT_EQ(shortened[0].kind, FindingKind::log_shortened);
    EXPECT_EQ(auditExtends(later, {}, log.source(), options)[0].kind, FindingKind::bad_signature);
    later.log = "other.log";
    later.size = 1;
    EXPECT_EQ(auditExtends(signer_.sign(later), {}, log.source(), options)[0].kind,
              FindingKind::not_extended);
  }
}

}  // namespace
}  // namespace jinyue::ledger
