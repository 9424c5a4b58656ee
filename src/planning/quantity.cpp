#include "planning/quantity.h"

#include <algorithm>
#include <array>

#include "planning/letters.h"
#include "planning/moment.h"

namespace jinyue::planning {
namespace {

using Words = std::u32string_view;

struct Word {
  Words word;
  Comparator comparator;
};

/// Directly before the number. The longer word first where one begins like another.
constexpr std::array before_words{
    Word{U"不少于", Comparator::at_least}, Word{U"不低于", Comparator::at_least},
    Word{U"不小于", Comparator::at_least}, Word{U"至少", Comparator::at_least},
    Word{U"达到", Comparator::at_least},   Word{U"提高到", Comparator::at_least},
    Word{U"提高至", Comparator::at_least}, Word{U"提升到", Comparator::at_least},
    Word{U"提升至", Comparator::at_least}, Word{U"增至", Comparator::at_least},
    Word{U"增加到", Comparator::at_least}, Word{U"扩大到", Comparator::at_least},
    Word{U"扩展到", Comparator::at_least}, Word{U"不超过", Comparator::at_most},
    Word{U"不高于", Comparator::at_most},  Word{U"不多于", Comparator::at_most},
    Word{U"不大于", Comparator::at_most},  Word{U"控制在", Comparator::at_most},
    Word{U"压缩至", Comparator::at_most},  Word{U"压缩到", Comparator::at_most},
    Word{U"压减至", Comparator::at_most},  Word{U"压减到", Comparator::at_most},
    Word{U"缩短至", Comparator::at_most},  Word{U"缩短到", Comparator::at_most},
    Word{U"缩减至", Comparator::at_most},  Word{U"降至", Comparator::at_most},
    Word{U"降低到", Comparator::at_most},  Word{U"降低至", Comparator::at_most},
    Word{U"下降到", Comparator::at_most},  Word{U"减至", Comparator::at_most},
    Word{U"超过", Comparator::more_than},  Word{U"突破", Comparator::more_than},
    Word{U"高于", Comparator::more_than},  Word{U"多于", Comparator::more_than},
    Word{U"大于", Comparator::more_than},  Word{U"低于", Comparator::less_than},
    Word{U"少于", Comparator::less_than},  Word{U"小于", Comparator::less_than},
    Word{U"增长", Comparator::at_least},   Word{U"提高", Comparator::at_least},
    Word{U"提升", Comparator::at_least},   Word{U"下降", Comparator::at_least},
    Word{U"降低", Comparator::at_least},   Word{U"压减", Comparator::at_least},
    Word{U"压缩", Comparator::at_least},   Word{U"减少", Comparator::at_least},
    Word{U"缩短", Comparator::at_least},   Word{U"超", Comparator::more_than},
    Word{U"达", Comparator::at_least},     Word{U"≥", Comparator::at_least},
    Word{U"≧", Comparator::at_least},      Word{U"≤", Comparator::at_most},
    Word{U"≦", Comparator::at_most},       Word{U">=", Comparator::at_least},
    Word{U"<=", Comparator::at_most},      Word{U">", Comparator::more_than},
    Word{U"<", Comparator::less_than}};

/// Directly after the unit. 民法典第一千二百五十九条: 以上、以下、以内包括本数.
constexpr std::array after_words{Word{U"及以上", Comparator::at_least}, Word{U"以上", Comparator::at_least},
                                 Word{U"及以下", Comparator::at_most},  Word{U"以下", Comparator::at_most},
                                 Word{U"以内", Comparator::at_most},    Word{U"之内", Comparator::at_most},
                                 Word{U"内", Comparator::at_most}};

/// What makes a bare number a promise.
constexpr std::array<Words, 56> verbs{U"实现", U"完成", U"新开", U"新增", U"上线", U"打造", U"举办", U"培育",
                                      U"建设", U"建成", U"新建", U"抽检", U"实施", U"开展", U"推出", U"引进",
                                      U"发放", U"改造", U"组织", U"创建", U"设立", U"办理", U"培训", U"认定",
                                      U"签约", U"落地", U"出台", U"制定", U"发布", U"开通", U"增设", U"增加",
                                      U"布局", U"开辟", U"新设", U"招引", U"扩建", U"修建", U"铺设", U"更新",
                                      U"提供", U"服务", U"帮扶", U"孵化", U"公布", U"编制", U"选树", U"评选",
                                      U"征集", U"解决", U"取消", U"精简", U"整合", U"投放", U"达成", U"组建"};

/// Longest first.
constexpr std::array<Words, 84> units{
    U"个百分点", U"平方公里", U"平方米", U"立方米", U"个工作日", U"个自然日", U"工作日", U"自然日", U"个小时",
    U"人次",     U"场次",     U"批次",   U"车次",   U"件次",     U"户次",     U"公里",   U"千米",   U"公顷",
    U"千瓦时",   U"千瓦",     U"兆瓦",   U"小时",   U"分钟",     U"秒钟",     U"个月",   U"亿元",   U"美元",
    U"张床位",   U"张床",     U"个学位", U"个床位", U"个点",     U"门类",     U"大类",   U"小类",   U"标箱",
    U"航次",     U"班次",     U"课时",   U"学时",   U"百分点",   U"平米",     U"%",      U"％",     U"‰",
    U"㎡",       U"元",       U"项",     U"个",     U"条",       U"场",       U"家",     U"次",     U"户",
    U"人",       U"名",       U"吨",     U"座",     U"所",       U"处",       U"台",     U"套",     U"辆",
    U"张",       U"件",       U"份",     U"种",     U"类",       U"篇",       U"门",     U"期",     U"批",
    U"对",       U"支",       U"只",     U"栋",     U"间",       U"亩",       U"倍",     U"天",     U"日",
    U"年",       U"位",       U"部"};

constexpr std::array<Words, 11> time_units{U"个工作日", U"个自然日", U"工作日", U"自然日", U"个小时", U"小时",
                                           U"分钟",     U"秒钟",     U"个月",   U"天",     U"日"};

/// What is counted by such words is no quantity to be reached.
constexpr std::array<Words, 12> no_objects{U"方面", U"领域", U"环节", U"步骤",     U"维度", U"层面",
                                           U"层次", U"阶段", U"原则", U"中心任务", U"体系", U"一批"};

/// What is longer is no sentence.
constexpr std::size_t longest_sentence = 2000;

/// Where a sentence ends: not at a mark inside a parenthesis or a title.
std::vector<std::pair<std::size_t, std::size_t>> sentences(Words text) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && !isOneOf(text[i], U"。；;！!\n")) continue;
    if (i > from && i - from <= longest_sentence) out.emplace_back(from, i);
    from = i + 1;
  }
  return out;
}

class Sentence {
 public:
  Sentence(Words text, std::optional<int> year, std::optional<Date> end)
      : text_(text), year_(year), end_(end) {}

  void read(std::vector<Target>& into) {
    moments_ = momentsIn(text_, year_);
    std::size_t from = 0;
    for (std::size_t i = 0; i <= text_.size(); ++i) {
      if (i < text_.size() && (!isOneOf(text_[i], U"，,") || isThousands(i))) continue;
      clause(from, i, into);
      from = i + 1;
    }
  }

 private:
  bool isThousands(std::size_t comma) const {
    return comma > 0 && isDigit(text_[comma - 1]) && comma + 3 < text_.size() && isDigit(text_[comma + 1]) &&
           isDigit(text_[comma + 2]) && isDigit(text_[comma + 3]);
  }

  void clause(std::size_t from, std::size_t to, std::vector<Target>& into) {
    const Words clause = text_.substr(from, to - from);
    bool first = true;
    for (std::size_t at = from; at < to;) {
      const auto read = number(at, to, from);
      if (!read) {
        ++at;
        continue;
      }
      const Words before = text_.substr(from, at - from);
      // "打造10个……，4个……": a clause that begins with its number goes on with the verb of the one before.
      const bool begins = first && bare(before).empty();
      const bool promised = read->compared || (!read->is_time && (isPromised(before) || (begins && verb_)));
      first = false;
      if (promised && !isNoObject(read->end)) into.push_back(target(*read, from, to, at));
      at = read->end;
    }
    const bool has_verb = isPromised(clause);
    if (has_verb) verb_ = true;
    else if (!clause.empty() && !isDigit(bare(clause).empty() ? U' ' : bare(clause).front())) verb_ = false;
  }

  static bool isPromised(Words before) {
    return std::ranges::any_of(verbs, [&](Words verb) { return before.find(verb) != Words::npos; });
  }
  bool isNoObject(std::size_t after) const {
    return std::ranges::any_of(no_objects, [&](Words word) { return startsWith(text_.substr(after), word); });
  }

  struct Read {
    std::string value;
    std::u32string unit;
    Comparator comparator = Comparator::equal;
    bool compared = false;
    bool is_time = false;
    std::size_t end = 0;
  };

  std::optional<Read> number(std::size_t at, std::size_t to, std::size_t clause_from) const {
    if (at > 0 && (isDigit(text_[at - 1]) || isOneOf(text_[at - 1], U".第"))) return std::nullopt;
    if (std::ranges::any_of(moments_, [&](const Moment& each) { return each.begin <= at && at < each.end; }))
      return std::nullopt;
    Read read;
    std::size_t i = at;
    bool chinese = false;
    std::u32string digits;
    while (i < to && isDigit(text_[i])) digits += text_[i++];
    while (!digits.empty() && i + 3 < to && isOneOf(text_[i], U",，") && isThousands(i)) {
      digits += text_.substr(i + 1, 3);
      i += 4;
    }
    if (!digits.empty() && i + 1 < to && text_[i] == U'.' && isDigit(text_[i + 1])) {
      digits += text_[i++];
      while (i < to && isDigit(text_[i])) digits += text_[i++];
    }
    if (digits.empty()) {
      while (i < to && isChineseDigit(text_[i])) ++i;
      const auto value = numberOf(text_.substr(at, i - at));
      if (i == at || !value || (at > 0 && isChineseDigit(text_[at - 1]))) return std::nullopt;
      digits = toLetters(std::to_string(*value));
      chinese = true;
    }
    if (digits.size() > 15) return std::nullopt;
    while (i < to && text_[i] == U' ') ++i;
    const bool about = i < to && isOneOf(text_[i], U"余多");
    if (about) ++i;
    std::size_t unit_from = i;
    while (i < to && isOneOf(text_[i], U"万亿千百") && !(chinese && isOneOf(text_[i], U"千百"))) ++i;
    const bool about_too = i < to && isOneOf(text_[i], U"余多");
    std::u32string power{text_.substr(unit_from, i - unit_from)};
    if (about_too) ++i;
    while (i < to && text_[i] == U' ') ++i;
    const auto unit =
        std::ranges::find_if(units, [&](Words word) { return startsWith(text_.substr(i, to - i), word); });
    if (unit == units.end()) return std::nullopt;
    read.is_time = std::ranges::find(time_units, *unit) != time_units.end();
    if (*unit == U"年" || (*unit == U"日" && power.empty() && !read.is_time)) return std::nullopt;
    read.value = toText(digits);
    read.unit = power + std::u32string{*unit == U"％" ? Words{U"%"} : *unit};
    read.end = i + unit->size();
    compare(read, at, to, clause_from, about || about_too);
    // A Chinese number is one only where it is clearly counted: "举办十场", not "一件事", "三个中心".
    if (chinese && !read.compared) {
      const Words before = text_.substr(clause_from, at - clause_from);
      const bool counted = std::ranges::any_of(verbs, [&](Words verb) { return endsWith(before, verb); }) ||
                           (read.value.size() > 1 && isPromised(before));
      const bool counts_things = isOneOf(unit->front(), U"次场家户所座") || unit->size() > 1;
      if (!counted || !counts_things) return std::nullopt;
    }
    // "“15 N”产业链", "“一窗通办2.0”": names. A count may have a name after it, but not stand in one.
    if (isInName(at)) return std::nullopt;
    return read;
  }

  bool isInName(std::size_t at) const {
    int open = 0;
    for (std::size_t i = 0; i < at; ++i) {
      if (isOneOf(text_[i], U"“「『《")) ++open;
      if (isOneOf(text_[i], U"”」』》") && open > 0) --open;
    }
    return open > 0;
  }

  void compare(Read& read, std::size_t at, std::size_t to, std::size_t clause_from, bool about) const {
    const Words before = trimmedLetters(text_.substr(clause_from, at - clause_from));
    const Words after = text_.substr(read.end, to - read.end);
    const auto put = [&](Comparator comparator) {
      read.comparator = comparator;
      read.compared = true;
    };
    if (endsWith(before, U"前") && isOneOf(read.unit.back(), U"位名强"))
      return put(Comparator::at_most);  // a rank
    std::optional<Comparator> said;
    for (const Word& each : before_words) {
      if (!endsWith(before, each.word)) continue;
      // "提高20%" is a change by so much; "提高10项……水平" compares nothing.
      const bool change = each.comparator == Comparator::at_least &&
                          isOneOf(each.word.front(), U"增提下降压减缩") &&
                          !isOneOf(each.word.back(), U"到至");
      if (change && read.unit != U"%" && read.unit.find(U"百分点") == Words::npos && !read.is_time) continue;
      said = each.comparator;
      break;
    }
    for (const Word& each : after_words) {
      if (!startsWith(after, each.word)) continue;
      if (each.word == U"内" && !read.is_time) break;
      read.end += each.word.size();
      if (!said || *said == Comparator::at_least) said = each.comparator;
      break;
    }
    if (!said && about) said = Comparator::at_least;
    if (said) put(*said);
  }

  Target target(const Read& read, std::size_t from, std::size_t to, std::size_t at) const {
    Target target;
    target.text = toText(bare(text_.substr(from, to - from)));
    target.comparator = read.comparator;
    target.value = read.value;
    target.unit = toText(read.unit);
    // The time said last before the number, else the first after it in its sentence.
    const Moment* nearest = nullptr;
    for (const Moment& each : moments_) {
      if (each.begin < at) nearest = &each;
      else if (nearest == nullptr) nearest = &each;
    }
    target.until_stated = nearest != nullptr;
    target.until = nearest != nullptr ? std::optional{nearest->until} : end_;
    return target;
  }

  Words text_;
  std::optional<int> year_;
  std::optional<Date> end_;
  std::vector<Moment> moments_;
  bool verb_ = false;
};

}  // namespace

std::vector<Target> targetsIn(std::u32string_view text, std::optional<int> year, std::optional<Date> end) {
  std::vector<Target> targets;
  for (const auto& [from, to] : sentences(text))
    Sentence(text.substr(from, to - from), year, end).read(targets);
  return targets;
}

}  // namespace jinyue::planning
