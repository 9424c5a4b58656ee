// What was written is found at once, by those who may see it, and by nobody when it is gone; on both stores.
#include <set>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "search/searcher.h"
#include "search/tokens.h"
#include "store/fresh_store.h"
#include "store/sample_rows.h"

namespace jinyue::search {
namespace {

using store::Adapter;
using store::TextKind;
using store::TextRow;
using store::TextScope;
using testing::ElementsAre;
using testing::IsEmpty;

const Scopes everything{TextScope{}};

TextRow text(std::int64_t id, const std::string& title, const std::string& names = {}) {
  TextRow row;
  row.id = id;
  row.process = "hotline";
  row.area = "210202";
  row.unit = "住建局";
  row.party = "p" + std::to_string(id % 3);
  row.at = store::at(id);
  row.title = title;
  row.names = names;
  row.text = "编号 DL-2026-" + std::to_string(1000 + id);
  return row;
}

class Search : public store::OnBothStores {
 protected:
  void put(std::vector<TextRow> rows, const std::vector<std::string>& lookups = {}) {
    store::Batch batch;
    for (TextRow& row : rows) {
      row.tokens = tokensOf(row, lookups);
      batch.put_texts.push_back(row);
    }
    ASSERT_TRUE(store->commit(batch).done());
  }
  void drop(std::vector<std::int64_t> ids) {
    store::Batch batch;
    batch.drop_texts = std::move(ids);
    ASSERT_TRUE(store->commit(batch).done());
  }

  store::Page<Hit> page(const Request& request, const store::PageRequest& at = {},
                        const Scopes& scopes = everything) const {
    return Searcher(*store).search(scopes, request, at).value();
  }
  std::vector<std::int64_t> ids(const Request& request, const Scopes& scopes = everything) const {
    std::vector<std::int64_t> found;
    for (const Hit& hit : page(request, {}, scopes).rows) found.push_back(hit.id);
    return found;
  }
};
JINYUE_ON_BOTH_STORES(Search);

TEST_P(Search, FindsWhatWasJustWrittenByOneTwoAndFiveCharacters) {
  put({text(1, "中山路停水"), text(2, "老旧小区改造咨询"), text(3, "小区停水两天")});
  EXPECT_THAT(ids({"水"}), ElementsAre(3, 1));
  EXPECT_THAT(ids({"停水"}), ElementsAre(3, 1));
  EXPECT_THAT(ids({"小区停水两"}), ElementsAre(3));
  EXPECT_THAT(ids({"停水 小区"}), ElementsAre(3));
  EXPECT_THAT(ids({"区停"}), ElementsAre(3));
  EXPECT_THAT(ids({"停电"}), IsEmpty());
}

TEST_P(Search, FindsLettersAndDigitsAndTheirBeginnings) {
  put({text(1, "ＧＢ18030 标准"), text(2, "Administration 大楼3号")});
  EXPECT_THAT(ids({"gb18030标准"}), ElementsAre(1));
  EXPECT_THAT(ids({"admin"}), ElementsAre(2));
  EXPECT_THAT(ids({"大楼3号"}), ElementsAre(2));
  EXPECT_THAT(ids({"DL-2026-1002"}), ElementsAre(2));
  EXPECT_THAT(ids({"2026"}), ElementsAre(2, 1));
}

TEST_P(Search, FindsNamesByInitialsAndNumbersByHash) {
  put({text(1, "变更登记", "大连海风软件有限公司"), text(2, "变更登记", "王重")});
  put({text(3, "来电")}, {"00ff00ff"});
  EXPECT_THAT(ids({"hfrj"}), ElementsAre(1));
  EXPECT_THAT(ids({"dlhfrjyxgs"}), ElementsAre(1));
  EXPECT_THAT(ids({"wc"}), ElementsAre(2));
  EXPECT_THAT(ids({"wz"}), ElementsAre(2));
  const auto lookups = [](std::string_view word) {
    return word == "13800001111" ? std::vector<std::string>{"00ff00ff"} : std::vector<std::string>{};
  };
  EXPECT_THAT(ids({.text = "13800001111", .lookups = lookups}), ElementsAre(3));
  EXPECT_THAT(ids({"13800001111"}), IsEmpty());
  // Nobody types a token.
  EXPECT_THAT(ids({"_h00ff00ff"}), IsEmpty());
}

TEST_P(Search, ForgetsWhatWasDroppedOrChanged) {
  put({text(1, "停水"), text(2, "停水")});
  drop({1});
  EXPECT_THAT(ids({"停水"}), ElementsAre(2));
  TextRow changed = text(2, "停电");
  changed.unit = "电力局";
  put({changed});
  EXPECT_THAT(ids({"停水"}), IsEmpty());
  EXPECT_THAT(ids({"停电"}), ElementsAre(2));
  EXPECT_THAT(ids({.text = "停电", .filter = {.units = {"住建局"}}}), IsEmpty());
  EXPECT_THAT(ids({.text = "停电", .filter = {.units = {"电力局"}}}), ElementsAre(2));
  put({text(1, "停水")});
  EXPECT_THAT(ids({"停水"}), ElementsAre(1));
}

TEST_P(Search, ChangesTheRowWithoutItsWords) {
  put({text(1, "停水")});
  TextRow closed = text(1, "停水");
  closed.status = store::CaseStatus::completed;
  put({closed});
  EXPECT_THAT(ids({.text = "停水", .status = store::CaseStatus::active}), IsEmpty());
  EXPECT_THAT(ids({.text = "停水", .status = store::CaseStatus::completed}), ElementsAre(1));
}

TEST_P(Search, WritesNothingWhenTheBatchIsRefused) {
  store::Batch batch = store::sampleBatch({1}, 2);  // no version 1 is there
  batch.put_texts = {text(1, "停水")};
  batch.put_texts[0].tokens = tokensOf(batch.put_texts[0]);
  EXPECT_FALSE(store->commit(batch).done());
  EXPECT_THAT(ids({"停水"}), IsEmpty());
}

TEST_P(Search, ShowsOnlyWhatTheCallerMaySee) {
  TextRow other = text(2, "停水");
  other.unit = "水务局";
  other.area = "210203";
  TextRow guide = text(3, "停水怎么办");
  guide.kind = TextKind::guide;
  guide.unit = guide.area = guide.party = "";
  TextRow tricky = text(4, "停水");
  tricky.unit = "住建局\" OR \"停水";
  put({text(1, "停水"), other, guide, tricky});
  EXPECT_THAT(ids({"停水"}, {}), IsEmpty());
  EXPECT_THAT(ids({"停水"}, {{.units = {"住建局"}}}), ElementsAre(1));
  EXPECT_THAT(ids({"停水"}, {{.units = {"住建局", "水务局"}}}), ElementsAre(2, 1));
  EXPECT_THAT(ids({"停水"}, {{.areas = {"210203"}, .units = {"住建局"}}}), IsEmpty());
  EXPECT_THAT(ids({"停水"}, {{.units = {"水务局"}}, {.kinds = {TextKind::guide}}}), ElementsAre(3, 2));
  EXPECT_THAT(ids({"停水"}, {{.parties = {"p1"}}}), ElementsAre(4, 1));
  EXPECT_THAT(ids({"停水"}, {{.units = {"住建局\" OR \"停水"}}}), ElementsAre(4));
  EXPECT_THAT(ids({"停水"}, {{.units = {"住建"}}}), IsEmpty());
  EXPECT_THAT(ids({.text = "停水", .filter = {.kinds = {TextKind::guide}}}, {{.units = {"住建局"}}}),
              IsEmpty());
  EXPECT_THAT(ids({.text = "停水", .filter = {.processes = {"hotline"}, .areas = {"210202"}}}),
              ElementsAre(4, 1));
}

TEST_P(Search, ShowsCasesOfTheStatesThatTheCallerMaySee) {
  using enum store::CaseStatus;
  TextRow closed = text(2, "停水");
  closed.status = completed;
  TextRow other = text(3, "停水");
  other.unit = "水务局";
  other.status = completed;
  TextRow guide = text(4, "停水怎么办");
  guide.kind = TextKind::guide;
  put({text(1, "停水"), closed, other, guide});
  EXPECT_THAT(ids({"停水"}, {{.statuses = {active}}}), ElementsAre(1));  // a guide has no state
  EXPECT_THAT(ids({"停水"}, {{.statuses = {completed, cancelled}}}), ElementsAre(3, 2));
  EXPECT_THAT(ids({"停水"}, {{.units = {"住建局"}, .statuses = {completed}}, {.statuses = {active}}}),
              ElementsAre(2, 1));
  EXPECT_THAT(ids({"停水"}, {{.units = {"水务局"}}, {.statuses = {active}}}), ElementsAre(3, 1));
  EXPECT_THAT(ids({.text = "停水", .status = completed}, {{.statuses = {active}}}), IsEmpty());
  EXPECT_THAT(ids({.text = "停水", .status = completed}, {{.statuses = {active}}, {.units = {"水务局"}}}),
              ElementsAre(3));
  // More rows of other states than are looked at in one go.
  std::vector<TextRow> many;
  for (std::int64_t id = 10; id < 1'300; ++id) {
    many.push_back(text(id, "停水"));
    many.back().status = id % 400 == 0 ? cancelled : active;
  }
  put(many);
  EXPECT_THAT(ids({"停水"}, {{.statuses = {cancelled}}, {.units = {"水务局"}}}),
              ElementsAre(1200, 800, 400, 3));
}

TEST_P(Search, GivesEachRowOnceOverAllPages) {
  // Enough for the walk and for several buckets, with gaps between the ids.
  std::vector<TextRow> rows;
  std::set<std::int64_t> wanted;
  for (std::int64_t id = 1; id <= 60'000; id += 20) {
    const bool has_word = id % 140 == 1;
    rows.push_back(text(id, has_word ? "停水" : "停电"));
    rows.back().status = id % 280 == 1 ? store::CaseStatus::active : store::CaseStatus::completed;
    if (has_word) wanted.insert(id);
  }
  put(rows);
  std::vector<std::int64_t> found;
  std::string after;
  do {
    const auto one = page({"停水"}, {7, after});
    for (const Hit& hit : one.rows) found.push_back(hit.id);
    after = one.next;
    if (after.empty()) break;
    EXPECT_EQ(one.rows.size(), 7u);
    put({text(70'000 + static_cast<std::int64_t>(found.size()), "停水")});  // newer: not on a later page
  } while (found.size() < 10'000);
  EXPECT_TRUE(std::ranges::is_sorted(found, std::greater{}));
  EXPECT_EQ(std::set(found.begin(), found.end()), wanted);
  EXPECT_EQ(found.size(), wanted.size());
  EXPECT_EQ(page({.text = "停水", .status = store::CaseStatus::active}, {100, "60000.0.0"}).rows.size(),
            100u);
}

TEST_P(Search, MarksWhatItFound) {
  put({text(1, "关于停水的咨询", "大连海风软件有限公司")});
  const auto hits = page({"停水 hf 1001"});
  ASSERT_EQ(hits.rows.size(), 1u);
  const Hit& hit = hits.rows.front();
  EXPECT_EQ(hit.title, (Marked{"关于停水的咨询", {{6, 12}}}));
  EXPECT_EQ(hit.names, (std::vector{Marked{"大连海风软件有限公司", {{6, 12}}}}));
  EXPECT_EQ(hit.excerpt, (Marked{"编号 DL-2026-1001", {{15, 19}}}));
  EXPECT_EQ(hit.kind, TextKind::matter);
  EXPECT_EQ(hit.at, store::at(1));
}

TEST_P(Search, RanksATitleBeforeAText) {
  TextRow in_text = text(9, "通知");
  in_text.text = "停水停水";
  put({text(1, "停水"), text(2, "小区停水"), in_text});
  EXPECT_THAT(ids({"停水"}), ElementsAre(9, 2, 1));
  EXPECT_THAT(ids({.text = "停水", .order = Order::relevance}), ElementsAre(1, 2, 9));
  const auto first = page({.text = "停水", .order = Order::relevance}, {2, {}});
  ASSERT_EQ(first.rows.size(), 2u);
  put({text(10, "停水")});
  const auto second = page({.text = "停水", .order = Order::relevance}, {2, first.next});
  ASSERT_EQ(second.rows.size(), 1u);
  EXPECT_EQ(second.rows[0].id, 9);
  EXPECT_EQ(second.next, "");
}

TEST_P(Search, RanksANumberBeforeThoseThatBeginWithIt) {
  put({text(1, "路灯 DL2026-170"), text(2, "路灯 DL2026-1701"), text(3, "路灯 DL2026-17022")});
  EXPECT_THAT(ids({.text = "2026-170", .order = Order::relevance}), ElementsAre(1, 3, 2));
}

TEST_P(Search, SuggestsNames) {
  std::vector<TextRow> rows{text(1, "大连海风软件有限公司", "大连海风软件有限公司"), text(2, "海风", "海风"),
                            text(3, "海风", "海风"), text(4, "来信", "火锅店"), text(5, "海风来信")};
  for (TextRow& row : rows) row.kind = TextKind::entry;
  put(rows);
  const auto names = [&](const std::string& typed) {
    std::vector<std::string> all;
    const auto suggestions =
        Searcher(*store).suggest(everything, typed, {.kinds = {TextKind::entry}}).value();
    for (const Suggestion& one : suggestions) all.push_back(one.name.text);
    return all;
  };
  EXPECT_THAT(names("hf"), ElementsAre("海风", "大连海风软件有限公司"));
  EXPECT_THAT(names("海风"), ElementsAre("海风", "大连海风软件有限公司"));
  EXPECT_THAT(names("hgd"), ElementsAre("火锅店"));
  EXPECT_THAT(names("lx"), IsEmpty());
}

TEST_P(Search, RefusesWhatNoPageGave) {
  const auto refused = Searcher(*store).search(everything, {"停水"}, {10, "x"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "search.cursor");
  EXPECT_THROW((void)Searcher(*store).search(everything, {"停水"}, {101, {}}), std::invalid_argument);
}

TEST_P(Search, TakesNoTokensThatSayWhatOnlyTheStoreSays) {
  for (const auto* const tokens : {"_u00", "Abc", "a\"b", "a'b", "a  b", "_h"}) {
    store::Batch batch;
    batch.put_texts = {text(1, "停水")};
    batch.put_texts[0].tokens = tokens;
    EXPECT_THROW(store->commit(batch), std::invalid_argument) << tokens;
  }
}

TEST_P(Search, IsInABackup) {
  put({text(1, "停水", "大连海风软件有限公司"), text(20'000, "停电")});
  ASSERT_TRUE(store->backup(place.path("backup.db")));
  for (const auto adapter : {store::Adapter::sqlite, store::Adapter::postgres}) {
    const store::Place target(adapter);
    ASSERT_TRUE(store::restore(place.path("backup.db"), target.address(), store::testOptions()));
    store = store::openStore(target.address());
    EXPECT_THAT(ids({"停"}), ElementsAre(20'000, 1));
    EXPECT_THAT(ids({"hfrj"}, {{.units = {"住建局"}}}), ElementsAre(1));
    put({text(1, "停气")});
    EXPECT_THAT(ids({"停水"}), IsEmpty());
    store.reset();
  }
}

TEST_P(Search, FindsEverySubstringOfWhatWasWritten) {
  const std::string letters = "关于大连市中山区老旧小区加装电梯意见征集的咨询𠮷〇水";
  put({text(1, letters)});
  const auto all = lettersOf(letters);
  for (std::size_t begin = 0; begin < all.size(); ++begin) {
    for (std::size_t size = 1; begin + size <= all.size(); ++size) {
      const std::string part = utf8Of(std::span(all).subspan(begin, size));
      ASSERT_THAT(ids({part}), ElementsAre(1)) << part;
    }
  }
}

}  // namespace
}  // namespace jinyue::search
