// Full text over made-up hotline cases: how fast they are written, then how long a page of twenty hits takes
// for words of one, two and five characters, frequent and rare, with and without filters.
//
//   bench_search ADDRESS [CASES] [ROUNDS]     for example sqlite:bench.db 1000000 50
//
// A store that holds cases already is asked only.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "search/searcher.h"
#include "search/tokens.h"

namespace {

using namespace jinyue;
using Clock = std::chrono::steady_clock;

constexpr std::array<const char*, 10> areas{"210202", "210203", "210204", "210211", "210212",
                                            "210213", "210214", "210224", "210281", "210283"};
constexpr std::array<const char*, 24> subjects{
    "老旧小区改造", "停水",     "供暖温度不足", "噪音扰民",     "垃圾清运",   "路灯不亮",
    "物业收费",     "违章停车", "消费纠纷",     "社保转移",     "公积金提取", "营业执照变更",
    "居住证办理",   "井盖缺失", "树木修剪",     "公交线路调整", "房屋漏水",   "电梯故障",
    "施工扬尘",     "油烟污染", "欠薪",         "学区划分",     "医保报销",   "不动产登记"};
constexpr std::array<const char*, 12> sentences{"市民反映该问题已经持续两周，多次联系物业无果",
                                                "希望有关部门尽快核实处理并予以答复",
                                                "来电人表示附近居民都受到影响，夜间尤为严重",
                                                "经与社区沟通，对方称需要等待上级安排",
                                                "企业申请材料已提交，窗口告知五个工作日内办结",
                                                "请协调相关单位到现场查看",
                                                "此前曾于上月反映过同样情况，未得到解决",
                                                "市民对处理结果不满意，要求重新办理",
                                                "该路段学生较多，存在安全隐患",
                                                "咨询所需材料以及网上办理的流程",
                                                "诉求人要求保密个人信息",
                                                "建议增设提示标志并加强日常巡查"};

/// Cases by number: the same number gives the same case.
class Cases {
 public:
  Cases() {
    std::mt19937 random(7);
    // Names of roads, estates and firms: two or three of 2,500 characters.
    for (int count = 0; count < 2500; ++count)
      letters_.push_back(static_cast<char32_t>(0x4E00 + random() % 12'000));
  }

  store::TextRow row(std::int64_t id, std::int64_t of) const {
    std::mt19937 random(static_cast<unsigned>(id));
    store::TextRow row;
    row.id = id;
    row.process = random() % 4 == 0 ? "permit" : "hotline";
    row.area = areas[skewed(random, areas.size())];
    row.unit = "unit-" + std::to_string(skewed(random, 60));
    row.party = std::to_string(random() % 300'000);
    // The newest are open, and one in two hundred of the old ones.
    const bool is_open = id > of - of / 50 || random() % 200 == 0;
    row.status = is_open ? store::CaseStatus::active : store::CaseStatus::completed;
    row.at = Instant{std::chrono::milliseconds{1'700'000'000'000 + id * 60'000}};
    const std::string subject = subjects[skewed(random, subjects.size())];
    row.title = "关于" + name(random, 2) + "路" + name(random, 3) + "小区" + subject + "的诉求";
    if (random() % 3 == 0) row.names = "大连" + name(random, 2) + "科技有限公司";
    row.text = "编号DL" + std::to_string(2'026'000'000 + id) + "。";
    for (int count = 0; count < 4; ++count)
      row.text += std::string(sentences[random() % sentences.size()]) + "。";
    // Words that are rarer: one in a thousand, and one in fifty thousand.
    if (id % 1000 == 7) row.text += "涉及貔貅雕像修复工程";
    if (id % 50'000 == 7) row.text += "与鼋鼍养殖基地无关";
    return row;
  }

 private:
  static std::size_t skewed(std::mt19937& random, std::size_t size) {
    const double at = static_cast<double>(random()) / 4294967296.0;
    return static_cast<std::size_t>(at * at * static_cast<double>(size));
  }
  std::string name(std::mt19937& random, int size) const {
    std::string text;
    for (int count = 0; count < size; ++count) search::appendUtf8(text, letters_[random() % letters_.size()]);
    return text;
  }

  std::u32string letters_;
};

double millisSince(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

void write(store::Store& store, const Cases& cases, std::int64_t count) {
  constexpr std::int64_t together = 500;
  double making = 0;
  std::vector<double> commits;
  for (std::int64_t first = 1; first <= count; first += together) {
    store::Batch batch;
    for (std::int64_t id = first; id < first + together; ++id)
      batch.put_texts.push_back(cases.row(id, count));
    auto begin = Clock::now();
    for (auto& row : batch.put_texts) row.tokens = search::tokensOf(row);
    making += millisSince(begin);
    begin = Clock::now();
    if (!store.commit(batch).done()) std::exit(1);
    commits.push_back(millisSince(begin));
    if (first % 100'000 == 1) std::fprintf(stderr, "%lld written\n", static_cast<long long>(first - 1));
  }
  double busy = 0;
  for (const double one : commits) busy += one;
  std::ranges::sort(commits);
  std::printf(
      "written: %.0f cases/s in batches of %lld (tokens alone: %.0f cases/s); commit median %.1f ms,"
      " 99%% %.1f, longest %.1f\n\n",
      static_cast<double>(count) / busy * 1000, static_cast<long long>(together),
      static_cast<double>(count) / making * 1000, commits[commits.size() / 2],
      commits[commits.size() * 99 / 100], commits.back());
}

struct Asked {
  const char* how;
  search::Scopes scopes;
  search::Request request;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: bench_search ADDRESS [CASES] [ROUNDS]\n");
    return 2;
  }
  store::StoreOptions options;
  options.signer =
      std::make_shared<const ledger::Signer>(ledger::Signer::generate(ledger::SignatureAlgorithm::ed25519));
  auto store = store::open(argv[1], options);
  if (!store) {
    std::fprintf(stderr, "%s\n", describe(store.error()).c_str());
    return 1;
  }
  const std::int64_t count = argc > 2 ? std::atoll(argv[2]) : 100'000;
  const int rounds = argc > 3 ? std::atoi(argv[3]) : 50;
  const search::Searcher searcher(**store);
  if (searcher.search({store::TextScope{}}, {"诉求"}, {})->rows.empty()) write(**store, Cases{}, count);

  const search::Scopes all{store::TextScope{}};
  const std::vector<Asked> ways{
      {"all", all, {}},
      {"one unit", {{.units = {"unit-3"}}}, {}},
      {"small unit in an area", {{.areas = {"210281"}, .units = {"unit-58"}}}, {}},
      {"units or a party", {{.units = {"unit-40", "unit-41", "unit-42"}}, {.parties = {"77"}}}, {}},
      {"permits, open", all, {{}, {.processes = {"permit"}}, store::CaseStatus::active}},
      {"cancelled (none is)", all, {{}, {}, store::CaseStatus::cancelled}},
      {"by relevance", all, {{}, {}, {}, search::Order::relevance}},
  };
  const std::vector<std::pair<const char*, std::vector<const char*>>> words{
      {"1 frequent", {"水", "区", "市"}},
      {"1 medium", {"貔", "甯"}},
      {"1 rare", {"鼋"}},
      {"2 frequent", {"停水", "小区", "物业"}},
      {"2 medium", {"貔貅", "欠薪"}},
      {"2 rare", {"鼋鼍"}},
      {"5 frequent", {"老旧小区改", "夜间尤为严"}},
      {"5 rare", {"貔貅雕像修", "鼋鼍养殖基"}},
      {"two words", {"停水 夜间", "貔貅 物业"}},
      {"number", {"DL2026012345", "dl20260"}},
      {"initials", {"kjyxgs", "dl"}},
      {"nothing", {"魑魅魍魉怪", "龘"}},
  };
  std::printf("%-12s %-24s %8s %8s %8s %6s\n", "word", "scope and filter", "median", "95%", "longest",
              "hits");
  std::vector<double> every;
  for (const auto& [kind, texts] : words) {
    for (const Asked& way : ways) {
      std::vector<double> times;
      std::size_t hits = 0;
      for (int round = 0; round < rounds; ++round) {
        for (const char* text : texts) {
          search::Request request = way.request;
          request.text = text;
          const auto begin = Clock::now();
          const auto page = searcher.search(way.scopes, request, {20, {}});
          times.push_back(millisSince(begin));
          hits += page->rows.size();
        }
      }
      every.insert(every.end(), times.begin(), times.end());
      std::ranges::sort(times);
      std::printf("%-12s %-24s %8.2f %8.2f %8.2f %6.1f\n", kind, way.how, times[times.size() / 2],
                  times[times.size() * 95 / 100], times.back(),
                  static_cast<double>(hits) / static_cast<double>(times.size()));
    }
  }
  std::ranges::sort(every);
  std::printf("\nall searches: median %.2f ms, 95%% %.2f, 99%% %.2f, longest %.2f\n", every[every.size() / 2],
              every[every.size() * 95 / 100], every[every.size() * 99 / 100], every.back());
}
