// /hotline/suggestions, /hotline/knowledge: which category and unit an order is for, and what to answer.

#include <algorithm>

#include "api/endpoint.h"
#include "api/hotline_values.h"
#include "api/paging.h"
#include "api/rooms.h"
#include "dmn/dmn.h"
#include "hotline/resemblance.h"
#include "hotline/suggester.h"

namespace jinyue::api {
namespace {

using identity::Permission;

struct SuggestionQuery {
  std::string title;
  std::optional<std::string> details;
  std::optional<bool> firm;
  static std::vector<About> about() {
    return {{"title", {"诉求标题", "title of the request"}, R"("路灯不亮")", 1, 100},
            {"details", {"详情，只用于规则", "details, for the rules only"}, {}, 1, 2000},
            {"firm", {"企业诉求", "whether a firm asks"}}};
  }
};
BOOST_DESCRIBE_STRUCT(SuggestionQuery, (), (title, details, firm))

struct OrderChoice {
  std::string code;
  Text name;
  std::int64_t percent = 0;
};
BOOST_DESCRIBE_STRUCT(OrderChoice, (), (code, name, percent))

struct OrderSuggestion {
  std::string source;
  std::vector<OrderChoice> categories;
  std::vector<OrderChoice> units;
  Text reason;
  std::optional<Instant> trained;
  std::optional<std::int64_t> held_out;
  std::optional<std::int64_t> category_right;
  std::optional<std::int64_t> unit_right;
  static std::vector<About> about() {
    return {{"source",
             {"rule 明确的派单规则，learned 从历史工单学来，none 没有建议",
              "rule: an explicit rule; learned: from past orders; none"}},
            {"categories", {"类别，把握大的在前", "categories, the likeliest first"}},
            {"reason", {"为什么这样建议", "why"}},
            {"held_out", {"检验用的工单数", "orders it was tried on"}},
            {"category_right", {"其中类别第一个就对的百分比", "whose category it got right, per cent"}},
            {"unit_right", {"其中单位第一个就对的百分比", "whose unit it got right, per cent"}}};
  }
};
BOOST_DESCRIBE_STRUCT(OrderSuggestion, (),
                      (source, categories, units, reason, trained, held_out, category_right, unit_right))

std::vector<OrderChoice> choicesOf(const Rooms& rooms, const char* reg,
                                   const std::vector<hotline::Guess>& guesses, Instant now) {
  std::vector<OrderChoice> choices;
  for (const hotline::Guess& guess : guesses) {
    if (rooms.registry.lookup(reg, feel::Value(guess.label), dateOf(now)).isNull())
      continue;  // it is in the register no more
    Text name = rooms.names.entry(reg, guess.label, now);
    choices.push_back({guess.label, std::move(name), perCent(guess.probability)});
  }
  return choices;
}

/// What the pack's table says; it overrules what was learned.
std::optional<OrderSuggestion> byRule(const Rooms& rooms, const SuggestionQuery& query, Instant now) {
  const auto newest = rooms.packs.newest(hotline_pack);
  if (!newest) return std::nullopt;
  const auto definition = rooms.definitions.find(newest->definition);
  if (!definition || !(*definition)->decisions) return std::nullopt;
  feel::Context inputs;
  inputs.set("text", feel::Value(query.title + " " + query.details.value_or("")));
  inputs.set("firm", feel::Value(query.firm.value_or(false)));
  const auto outcome =
      casework::decide(**definition, "assignment", inputs, rooms.definitions.facts(**definition, now).feel);
  const feel::Context* said = outcome ? outcome->value.asContext() : nullptr;
  if (!said || orderText(*said, "category").empty()) return std::nullopt;
  OrderSuggestion suggestion;
  suggestion.source = "rule";
  const std::string category = orderText(*said, "category");
  const std::string unit = orderText(*said, "unit");
  suggestion.categories.push_back({category, rooms.names.entry("hotline-categories", category, now), 100});
  suggestion.units.push_back({unit, rooms.names.unit(unit, now), 100});
  const std::string rule = outcome->rules.empty() ? std::string{} : outcome->rules.front();
  suggestion.reason = {orderText(*said, "reason") + "（规则 " + rule + "）", "by the rule " + rule};
  return suggestion;
}

std::string joinedWords(const std::vector<std::string>& words, const char* between) {
  return fmt::format("{}", fmt::join(words, between));
}

Result<Answer<OrderSuggestion>> suggestionFor(const Rooms& rooms, Call& call, const SuggestionQuery& query) {
  if (auto ruled = byRule(rooms, query, call.now)) return std::move(*ruled);
  OrderSuggestion suggestion;
  suggestion.source = "none";
  const auto learned = rooms.suggester.suggest(query.title);
  if (!learned) {
    suggestion.reason = {"没有适用的规则，历史工单里也没有相近的",
                         "no rule applies, and no past order is like it"};
    return suggestion;
  }
  suggestion.source = "learned";
  suggestion.categories = choicesOf(rooms, "hotline-categories", learned->categories, call.now);
  suggestion.units = choicesOf(rooms, "units", learned->units, call.now);
  std::vector<std::string> words = learned->category_words;
  for (const std::string& word : learned->unit_words) {
    if (std::ranges::find(words, word) == words.end()) words.push_back(word);
  }
  suggestion.reason =
      words.empty() ? Text{"与历史工单整体相近", "as a whole it is like past orders"}
                    : Text{"历史工单里有“" + joinedWords(words, "”“") + "”的多归此类",
                           "past orders with " + joinedWords(words, ", ") + " were mostly of this kind"};
  const auto right = [](const hotline::Measured& measured) {
    return measured.held_out == 0 ? 0 : 100 * measured.first / measured.held_out;
  };
  suggestion.trained = learned->training.at;
  suggestion.held_out = learned->training.category.held_out;
  suggestion.category_right = right(learned->training.category);
  suggestion.unit_right = right(learned->training.unit);
  return suggestion;
}

struct KnowledgeQuery {
  std::string q;
  std::optional<std::string> category;
  std::optional<Date> on;
  static std::vector<About> about() {
    return {{"q", {"问的是什么", "what is asked"}, R"("暖气不热")", 1, 200},
            {"category", {"类别", "category"}, {}, 1, 20},
            {"on", {"哪一天有效的，默认今天", "in effect on this day; today without it"}}};
  }
};
BOOST_DESCRIBE_STRUCT(KnowledgeQuery, (), (q, category, on))

struct KnowledgeView {
  std::string code;
  std::string question;
  std::string answer;
  std::string category;
  std::string unit;
  std::string source;
  std::int64_t version = 0;
  Date valid_from;
  std::optional<Date> valid_to;
  bool expires_soon = false;
  std::int64_t percent = 0;
  static std::vector<About> about() {
    return {{"version", {"第几版", "which version"}},
            {"expires_soon", {"30 天内到期", "within 30 days it holds no more"}},
            {"percent", {"与所问相合的程度", "how well it fits what is asked"}}};
  }
};
BOOST_DESCRIBE_STRUCT(KnowledgeView, (),
                      (code, question, answer, category, unit, source, version, valid_from, valid_to,
                       expires_soon, percent))
struct Knowledge {
  std::vector<KnowledgeView> items;
};
BOOST_DESCRIBE_STRUCT(Knowledge, (), (items))

Result<Answer<Knowledge>> knowledgeFor(const Rooms& rooms, Call& call, const KnowledgeQuery& query) {
  constexpr std::size_t most = 10;
  constexpr double least = 0.3;
  const Date day = query.on.value_or(dateOf(call.now));
  Knowledge knowledge;
  store::PageRequest page{500, {}};
  do {
    registry::EntryFilter filter{.as_of = day};
    if (query.category) filter.fields.emplace("category", *query.category);
    const auto entries = rooms.registry.list("hotline-knowledge", filter, page);
    if (!entries) return std::unexpected(entries.error());
    page.after = entries->next;
    for (const registry::EntryVersion& entry : entries->rows) {
      const feel::Context* body = entry.body.asContext();
      if (!body) continue;
      const std::string question = orderText(*body, "question");
      const std::string answer = orderText(*body, "answer");
      const double fits =
          std::max({hotline::containment(query.q, question + " " + orderText(*body, "keywords")),
                    0.8 * hotline::containment(query.q, answer)});
      if (fits < least) continue;
      KnowledgeView view{entry.key,
                         question,
                         answer,
                         orderText(*body, "category"),
                         orderText(*body, "unit"),
                         orderText(*body, "source"),
                         entry.number,
                         entry.period.from,
                         {},
                         false,
                         perCent(fits)};
      if (entry.period.to != registry::no_end) {
        view.valid_to = entry.period.to;
        view.expires_soon = entry.period.to - day <= std::chrono::days{30};
      }
      knowledge.items.push_back(std::move(view));
    }
  } while (!page.after.empty());
  std::ranges::sort(knowledge.items, [](const KnowledgeView& a, const KnowledgeView& b) {
    return std::tie(b.percent, a.code) < std::tie(a.percent, b.code);
  });
  if (knowledge.items.size() > most) knowledge.items.resize(most);
  return knowledge;
}

}  // namespace

void addHotlineAdvice(Endpoints& endpoints, const Rooms& rooms) {
  endpoints.add({.path = "/hotline/suggestions",
                 .name = "suggestOrder",
                 .tag = "hotline",
                 .summary = {"建议的类别和单位，附理由", "suggested category and unit, with the reason"},
                 .access = needs(Permission::register_read, Reach::nothing)},
                [rooms](Call& call, const In<None, SuggestionQuery>& in) {
                  return suggestionFor(rooms, call, in.query);
                });
  endpoints.add({.path = "/hotline/knowledge",
                 .name = "findKnowledge",
                 .tag = "hotline",
                 .summary = {"检索有效的知识", "knowledge that is in effect"},
                 .access = needs(Permission::register_read, Reach::nothing)},
                [rooms](Call& call, const In<None, KnowledgeQuery>& in) {
                  return knowledgeFor(rooms, call, in.query);
                });
}

}  // namespace jinyue::api
