#include "api/open_records.h"

#include <charconv>

#include "api/page.h"
#include "base/json_read.h"
#include "bpmn/state.h"
#include "calendar/explain.h"
#include "http/problem_document.h"
#include "ledger/proof_document.h"
#include "ledger/record.h"

namespace jinyue::api {
namespace {

using http::Language;
using http::Request;
using http::Response;

template <class Number>
std::optional<Number> numberOf(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

std::string localTime(Instant at) {
  std::string text = formatInstant(at + china_offset);
  text.resize(16);
  text[10] = ' ';
  return text;
}

/// The last day that is in time: a deadline is the first instant that is too late.
std::string lastDay(Instant due) { return formatDate(dateOf(due - Millis{1})); }

/// The same for a clock that may also run out within a day.
std::string lastMoment(Instant due) { return due == startOf(dateOf(due)) ? lastDay(due) : localTime(due); }

std::string lamp(calendar::Light light, Language language) {
  switch (light) {
    case calendar::Light::green:
      return fmt::format("<span class=\"lamp green\">● {}</span>", in(language, "正常", "in time"));
    case calendar::Light::yellow:
      return fmt::format("<span class=\"lamp yellow\">▲ {}</span>", in(language, "临期", "due soon"));
    case calendar::Light::red:
      return fmt::format("<span class=\"lamp red\">■ {}</span>", in(language, "超期", "overdue"));
  }
  return {};
}

/// What a kind of record means, for people.
std::string_view kindName(std::string_view kind, Language language) {
  struct Name {
    std::string_view kind, zh, en;
  };
  static constexpr std::array names{Name{"start", "立案", "opened"},
                                    Name{"claim", "领取", "claimed"},
                                    Name{"release", "退回待办", "given back"},
                                    Name{"assign", "指派", "assigned"},
                                    Name{"complete", "完成环节", "step completed"},
                                    Name{"comment", "备注", "comment"},
                                    Name{"correlate", "收到消息", "message received"},
                                    Name{"signal", "收到信号", "signal received"},
                                    Name{"cancel", "撤销", "cancelled"},
                                    Name{"pause-clock", "暂停计时", "clock paused"},
                                    Name{"resume-clock", "恢复计时", "clock resumed"},
                                    Name{"extend-clock", "延期", "clock extended"},
                                    Name{"set-variables", "更正数据", "data corrected"},
                                    Name{"move-token", "人工调整环节", "moved by hand"},
                                    Name{"retry-incident", "重试异常", "incident retried"},
                                    Name{"resolve-incident", "处理异常", "incident resolved"},
                                    Name{"migrate", "流程版本迁移", "moved to another version"},
                                    Name{"fire-timer", "定时触发", "timer fired"},
                                    Name{"finish-job", "系统服务完成", "service done"},
                                    Name{"fail-job", "系统服务失败", "service failed"}};
  const auto found = std::ranges::find(names, kind, &Name::kind);
  return found == names.end() ? kind : in(language, found->zh, found->en);
}

class OpenRecords {
 public:
  OpenRecords(store::Store& store, casework::Definitions& definitions, const casework::Seal& seal,
              std::shared_ptr<const calendar::Calendar> calendar, NowFn now)
      : store_(store),
        definitions_(definitions),
        seal_(seal),
        calendar_(std::move(calendar)),
        now_(std::move(now)) {}

  Response list(const Request& request) const {
    const std::string after{request.queryValue("after").value_or("")};
    if (!store::isCursor(after)) {
      return http::problem({ProblemKind::invalid,
                            "page.cursor",
                            {"翻页参数无效", "this is no cursor of a page"},
                            "after",
                            {"请从第一页开始", "begin with the first page"},
                            {}},
                           request);
    }
    const auto rows = store_.listCases({.scope = store::everything()}, {50, after});
    const Language language = request.language;
    std::string html =
        fmt::format("<p class=\"note\">{}</p>",
                    in(language, "全部为示例数据。每条记录都在可验证的日志中。",
                       "All of it is made-up data. Every record is in a log that can be verified."));
    if (rows.rows.empty())
      html += fmt::format("<p>{}</p>", in(language, "还没有办件。", "There are no cases yet."));
    else html += "<ul class=\"list\">";
    for (const store::CaseRow& row : rows.rows) {
      html += fmt::format(
          "<li><a href=\"/cases/{}\">{}</a>{}<small>{} {} · {} {}{}</small></li>", row.id,
          escaped(row.title.empty() ? row.process : row.title), lampOf(row, language),
          in(language, "办件号", "case"), row.id, in(language, "立案", "opened"), localTime(row.opened),
          row.due ? fmt::format(" · {} {}", in(language, "期限", "due"), lastDay(*row.due)) : std::string{});
    }
    if (!rows.rows.empty()) html += "</ul>";
    if (!rows.next.empty()) {
      html += fmt::format("<p class=\"pages\"><a href=\"/cases?after={}\">{}</a></p>", escaped(rows.next),
                          in(language, "更早的办件", "older cases"));
    }
    return page(language, in(language, "办件", "Cases"), html);
  }

  Response show(const Request& request) const {
    const auto id = numberOf<store::CaseId>(request.param("id"));
    const store::CaseId ids[] = {id.value_or(0)};
    const auto rows = id ? store_.loadCases(ids) : std::vector<store::CaseRow>{};
    if (rows.empty()) {
      return http::problem(
          {ProblemKind::not_found, "case.unknown", {"没有这个办件", "there is no such case"}, "id", {}, {}},
          request);
    }
    const store::CaseRow& row = rows.front();
    const Language language = request.language;
    std::string html = fmt::format("<p class=\"note\">{} {} · {}</p>", in(language, "办件号", "case"), row.id,
                                   lampOf(row, language));
    html += openTasks(row, language) + history(row, language) + clock(row, language);
    return page(language, row.title.empty() ? row.process : row.title, html);
  }

  Response head() const {
    const auto head = store_.head();
    return http::json(200, head ? ledger::encodeHead(*head) : "null");
  }

  Response proof(const Request& request) const {
    const auto sequence = numberOf<std::uint64_t>(request.param("sequence"));
    const auto head = store_.head();
    const auto rows = sequence && head && *sequence < head->size ? store_.journal(*sequence, 1)
                                                                 : std::vector<store::StoredRecord>{};
    if (rows.empty()) {
      return http::problem({ProblemKind::not_found,
                            "record.unknown",
                            {"日志里没有这条记录", "the log has no such record"},
                            "sequence",
                            {},
                            {}},
                           request);
    }
    const auto read = [this](int level, std::int64_t index) { return store_.tile(level, index); };
    return http::json(200,
                      ledger::encodeProof(ledger::makeProof(rows.front().record, *sequence, *head, read)));
  }

  bool ready() const {
    store_.head();
    return true;
  }

 private:
  std::string lampOf(const store::CaseRow& row, Language language) const {
    if (row.status == store::CaseStatus::cancelled)
      return fmt::format("<span class=\"lamp ended\">– {}</span>", in(language, "已撤销", "cancelled"));
    const bool late = row.due && row.closed.value_or(now_()) >= *row.due;
    if (row.status == store::CaseStatus::completed) {
      return fmt::format(
          "<span class=\"lamp {}\">{}</span>", late ? "red" : "ended",
          late ? in(language, "■ 超期办结", "■ done late") : in(language, "✓ 已办结", "✓ done"));
    }
    return lamp(late ? calendar::Light::red : calendar::Light::green, language);
  }

  std::string openTasks(const store::CaseRow& row, Language language) const {
    store::TaskFilter filter;
    filter.case_id = row.id;
    const auto tasks = store_.listTasks(filter, {}).rows;
    if (tasks.empty()) return {};
    std::string html = fmt::format("<h2>{}</h2><ul class=\"list\">", in(language, "当前环节", "Open steps"));
    for (const store::TaskRow& task : tasks) {
      const auto light = !task.due                               ? calendar::Light::green
                         : now_() >= *task.due                   ? calendar::Light::red
                         : task.yellow && now_() >= *task.yellow ? calendar::Light::yellow
                                                                 : calendar::Light::green;
      html += fmt::format("<li><b>{}</b>{}<small>{}</small></li>",
                          escaped(task.name.empty() ? task.node : task.name), lamp(light, language),
                          task.due ? fmt::format("{} {}", in(language, "期限", "due"), lastMoment(*task.due))
                                   : std::string{in(language, "未设时限", "no clock")});
    }
    return html + "</ul>";
  }

  std::string history(const store::CaseRow& row, Language language) const {
    std::string html = fmt::format("<h2>{}</h2><ul class=\"list\">", in(language, "办理记录", "Records"));
    for (const store::StoredRecord& stored : store_.records(row.id, 0, 200)) {
      const auto record = ledger::decodeRecord(stored.record);
      if (!record) continue;
      html +=
          fmt::format("<li><b>{}. {}</b><a href=\"/log/proofs/{}\">{}</a><small>{} · {} · {}</small></li>",
                      record->position, escaped(kindName(record->kind, language)), stored.sequence,
                      in(language, "存证", "proof"), localTime(record->at), escaped(record->actor),
                      escaped(record->model));
    }
    return html + "</ul>";
  }

  /// Each day from the start of the case's clock to its end, and why it counts or does not.
  std::string clock(const store::CaseRow& row, Language language) const {
    const auto state = seal_.open(row);
    const auto definition = definitions_.find(row.definition);
    const bpmn::Clock* clock = state ? state->clock(bpmn::whole_case) : nullptr;
    const calendar::ClockRule* rule =
        clock && definition ? (*definition)->model->clock(clock->rule) : nullptr;
    if (!rule || !calendar_) return {};
    const auto explanation = calendar::explain(*rule, clock->run, *calendar_, now_());
    std::string html =
        fmt::format("<h2>{}</h2><p class=\"note\">{} · {}</p><ol class=\"days\">",
                    in(language, "为什么是这一天到期", "Why it is due on that day"),
                    escaped(in(language, rule->name.zh, rule->name.en)), escaped(rule->source));
    for (const calendar::ExplainedDay& day : explanation.days) {
      const bool counts = day.kind == calendar::DayKind::counted || day.kind == calendar::DayKind::rolled;
      html += fmt::format("<li class=\"{}\"><b>{}</b>{}{}</li>",
                          day.last ? "due"
                          : counts ? ""
                                   : "off",
                          formatDate(day.date), escaped(reasonOf(day, language)),
                          day.last ? in(language, " · 到期", " · due") : "");
    }
    return html + "</ol>";
  }

  static std::string reasonOf(const calendar::ExplainedDay& day, Language language) {
    using calendar::DayKind;
    switch (day.kind) {
      case DayKind::start: return std::string{in(language, "起算，不计入", "start, not counted")};
      case DayKind::counted:
        return fmt::format("{}{}",
                           day.number ? fmt::format("{} {}", in(language, "第", "day"), *day.number)
                                      : std::string{in(language, "计入", "counts")},
                           day.make_up ? in(language, " 调休上班", " make-up day") : "");
      case DayKind::weekend: return std::string{in(language, "周末", "weekend")};
      case DayKind::holiday:
        return day.holiday ? std::string{in(language, day.holiday->zh, day.holiday->en)}
                           : std::string{in(language, "节假日", "holiday")};
      case DayKind::paused: return std::string{in(language, "暂停", "paused")};
      case DayKind::rolled: return std::string{in(language, "顺延", "moved here")};
    }
    return {};
  }

  store::Store& store_;
  casework::Definitions& definitions_;
  casework::Seal seal_;
  std::shared_ptr<const calendar::Calendar> calendar_;
  NowFn now_;
};

}  // namespace

void addOpenRecords(http::Router& router, store::Store& store, casework::Definitions& definitions,
                    const casework::Seal& seal, std::shared_ptr<const calendar::Calendar> calendar,
                    NowFn now) {
  const auto records =
      std::make_shared<const OpenRecords>(store, definitions, seal, std::move(calendar), std::move(now));
  router.get("/cases", http::answering([records](const Request& request) { return records->list(request); }));
  router.get("/cases/{id}",
             http::answering([records](const Request& request) { return records->show(request); }));
  router.get("/log/head", http::answering([records](const Request&) { return records->head(); }));
  router.get("/log/proofs/{sequence}",
             http::answering([records](const Request& request) { return records->proof(request); }));
  router.get("/style.css", http::answering([](const Request&) {
               Response response;
               response.headers.set("Content-Type", "text/css; charset=utf-8");
               response.headers.set("Cache-Control", "max-age=300");
               response.body = std::string{styleSheet()};
               return response;
             }));
  router.get("/healthz", http::answering([](const Request&) { return http::plain(200, "ok\n"); }),
             {http::Runs::on_io_thread});
  router.get("/readyz", http::answering([records](const Request&) {
               return http::plain(records->ready() ? 200 : 503, "ready\n");
             }));
}

}  // namespace jinyue::api
