#include "api/portal_pages.h"

#include <charconv>

#include <fmt/format.h>

#include "api/guides.h"
#include "api/page.h"
#include "api/portal_frame.h"
#include "api/portal_search.h"
#include "api/progress.h"
#include "api/report_views.h"
#include "base/text.h"
#include "http/url.h"

namespace jinyue::api {
namespace {

using http::Language;
using http::Request;
using http::Response;

/// The value of a form's field (application/x-www-form-urlencoded); empty when it is not there or is broken.
std::string formFieldOf(const Request& request, std::string_view name) {
  std::string_view rest = request.body;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    std::string value = http::percentDecoded(pair.substr(equals + 1), true).value_or("");
    return isValidUtf8(value) ? value : std::string{};
  }
  return {};
}

std::int64_t formNumberOf(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : 0;
}

std::string portalMoment(Instant at) {
  std::string text = formatInstant(at + china_offset);
  text.resize(16);
  text[10] = ' ';
  return text;
}
/// The last moment that is in time: a deadline is the first instant that is too late.
std::string portalDeadline(Instant due) {
  return due == startOf(dateOf(due)) ? formatDate(dateOf(due - Millis{1})) : portalMoment(due);
}

/// A name standing for itself, in English with a capital letter.
std::string portalText(Language language, const Text& text) {
  std::string wanted = language == Language::zh ? text.zh : text.en;
  if (wanted.empty()) wanted = language == Language::zh ? text.en : text.zh;
  if (!wanted.empty() && wanted.front() >= 'a' && wanted.front() <= 'z')
    wanted.front() = static_cast<char>(wanted.front() - 'a' + 'A');
  return wanted;
}

std::string portalLight(const std::optional<calendar::Light>& light, Language language) {
  if (!light) return {};
  switch (*light) {
    case calendar::Light::green:
      return fmt::format(R"(<span class="light green">● {}</span>)", in(language, "在期限内", "in time"));
    case calendar::Light::yellow:
      return fmt::format(R"(<span class="light yellow">▲ {}</span>)", in(language, "快到期", "due soon"));
    case calendar::Light::red:
      return fmt::format(R"(<span class="light red">■ {}</span>)", in(language, "已超期", "overdue"));
  }
  return {};
}

std::string portalSearchForm(Language language, std::string_view words) {
  return fmt::format(
      R"(<form class="search" action="/search" role="search"><label for="q">{}</label><div class="row"><input id="q" name="q" type="search" value="{}" maxlength="100" autocomplete="off" enterkeyhint="search"><button class="button main">{}</button></div></form>)",
      in(language, "要办什么事？", "What do you need?"), escaped(words), in(language, "搜索", "Search"));
}

std::string guideList(const std::vector<GuideLine>& guides, Language language) {
  std::string html;
  const std::string* system = nullptr;
  for (const GuideLine& guide : guides) {
    if (!system || *system != guide.system.zh) {
      html += fmt::format(R"({}<h2>{}</h2><ul class="list">)", system ? "</ul>" : "",
                          escaped(portalText(language, guide.system)));
      system = &guide.system.zh;
    }
    html += fmt::format(
        R"(<li><a href="/guides/{}/{}">{}</a>{}</li>)", http::percentEncoded(guide.pack),
        http::percentEncoded(guide.item), escaped(portalText(language, guide.title)),
        guide.summary ? "<small>" + escaped(portalText(language, *guide.summary)) + "</small>" : "");
  }
  return system ? html + "</ul>" : html;
}

std::string_view clockUnitName(calendar::ClockUnit unit, Language language) {
  switch (unit) {
    case calendar::ClockUnit::working_day: return in(language, " 个工作日", " working days");
    case calendar::ClockUnit::natural_day: return in(language, " 天", " days");
    case calendar::ClockUnit::working_hour: return in(language, " 个工作小时", " working hours");
    case calendar::ClockUnit::hour: return in(language, " 小时", " hours");
  }
  return {};
}

std::string guideFact(std::string_view value, std::string_view what) {
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", what, value);
}

std::string guideFacts(const Guide& guide, Language language) {
  std::string html = R"(<dl class="facts">)";
  if (guide.clock) {
    const std::string_view unit = clockUnitName(guide.clock->unit, language);
    html += guideFact(fmt::format("{}{}", guide.clock->amount, unit),
                      in(language, "承诺办结", "promised within"));
    if (guide.clock->statutory)
      html += guideFact(fmt::format("{}{}", *guide.clock->statutory, unit),
                        in(language, "法定时限", "by law within"));
  }
  int asked = 0;
  int known = 0;
  for (const GuideSection& section : guide.sections) {
    for (const GuideField& field : section.fields) ++(field.asked ? asked : known);
  }
  html +=
      guideFact(fmt::format("{}{}", asked, in(language, " 项", "")), in(language, "要填写", "to fill in"));
  if (known > 0)
    html += guideFact(fmt::format("{}{}", known, in(language, " 项", "")),
                      in(language, "登录后自动带出", "known once signed in"));
  return html + "</dl>";
}

std::string guideSections(const Guide& guide, Language language) {
  std::string html = fmt::format("<h2>{}</h2>", in(language, "要填写的内容", "What is asked"));
  for (const GuideSection& section : guide.sections) {
    html += fmt::format(R"(<h3>{}</h3><ul class="list">)", escaped(portalText(language, section.title)));
    for (const GuideField& field : section.fields) {
      const std::string_view tag = !field.asked     ? in(language, "自动带出", "known already")
                                   : field.required ? in(language, "必填", "required")
                                                    : in(language, "可不填", "optional");
      html += fmt::format(R"(<li><span>{}</span><span class="tag{}">{}</span></li>)",
                          escaped(portalText(language, field.title)),
                          field.asked && field.required ? " must" : "", tag);
    }
    html += "</ul>";
  }
  return html;
}

std::string progressForm(Language language, std::string_view number, std::string_view phone,
                         std::string_view problem) {
  return fmt::format(
      R"({}<form class="fields" action="/progress" method="post"><label for="number">{}</label><input id="number" name="number" value="{}" inputmode="numeric" autocomplete="off" required maxlength="19"><label for="phone">{}</label><input id="phone" name="phone" type="tel" value="{}" autocomplete="tel" required maxlength="40"><button class="button main">{}</button></form><p class="quiet">{}</p>)",
      problem.empty() ? std::string{}
                      : fmt::format(R"(<p class="note bad" role="alert">{}</p>)", escaped(problem)),
      in(language, "办件号", "Number"), escaped(number),
      in(language, "登记时留的电话", "Telephone number that you gave"), escaped(phone),
      in(language, "查询", "Look up"),
      in(language, "不用登录。办件号在受理短信和回执上；没有的请拨打 12345。",
         "You need no account. The number is in the message or on the slip that you got; else call 12345."));
}

std::string ratingForm(const ProgressView& view, std::string_view phone, Language language) {
  const auto choice = [&](std::string_view name, std::string_view value, std::string_view text) {
    return fmt::format(
        R"(<label class="choice"><input type="radio" name="{}" value="{}" required><span>{}</span></label>)",
        name, value, text);
  };
  return fmt::format(
      R"(<section class="card"><h2>{}</h2><form class="fields" action="/progress/rating" method="post"><input type="hidden" name="number" value="{}"><input type="hidden" name="phone" value="{}"><fieldset><legend>{}</legend>{}{}</fieldset><fieldset><legend>{}</legend>{}{}{}</fieldset><label for="note">{}</label><textarea id="note" name="note" rows="3" maxlength="500"></textarea><button class="button main">{}</button></form></section>)",
      in(language, "请您评价", "Your rating"), view.number, escaped(phone),
      in(language, "问题解决了吗？", "Is the problem solved?"),
      choice("solved", "true", in(language, "解决了", "Yes")),
      choice("solved", "false", in(language, "没有解决", "No")),
      in(language, "您满意吗？", "Are you satisfied?"),
      choice("satisfaction", "satisfied", in(language, "满意", "Satisfied")),
      choice("satisfaction", "basically", in(language, "基本满意", "Fairly satisfied")),
      choice("satisfaction", "dissatisfied", in(language, "不满意", "Dissatisfied")),
      in(language, "想说的话（可不填）", "In your words (optional)"),
      in(language, "提交评价", "Send the rating"));
}

std::string progressResult(const ProgressView& view, std::string_view phone, Language language) {
  const std::string_view status =
      view.status == store::CaseStatus::cancelled   ? in(language, "已撤销", "Cancelled")
      : view.status == store::CaseStatus::completed ? in(language, "已办结", "Done")
                                                    : in(language, "办理中", "Being worked on");
  std::string html = fmt::format(
      R"(<p class="quiet">{} {} · {} {}</p><p class="status">{} {}</p><dl class="pairs"><dt>{}</dt><dd>{}</dd>)",
      in(language, "办件号", "number"), view.number, in(language, "电话", "telephone"), escaped(view.phone),
      status, portalLight(view.light, language), in(language, "登记时间", "Taken down"),
      portalMoment(view.opened));
  const auto pair = [&](std::string_view zh, std::string_view en, std::string_view value) {
    html += fmt::format("<dt>{}</dt><dd>{}</dd>", in(language, zh, en), escaped(value));
  };
  if (!view.unit.empty()) pair("承办单位", "Responsible", portalText(language, view.unit_name));
  if (view.due && !view.closed) pair("最晚办结", "Done by", portalDeadline(*view.due));
  if (view.closed) pair("结束时间", "Ended", portalMoment(*view.closed));
  else pair("最近办理", "Last worked on", portalMoment(view.last));
  html += "</dl>";
  if (!view.steps.empty()) {
    html += fmt::format(R"(<h2>{}</h2><ul class="list">)", in(language, "正在办理", "Now"));
    for (const ProgressStep& step : view.steps) {
      html += fmt::format("<li><span><b>{}</b>{}</span>{}{}</li>", escaped(portalText(language, step.name)),
                          step.unit.empty() ? "" : " · " + escaped(portalText(language, step.unit_name)),
                          portalLight(step.light, language),
                          step.due ? fmt::format("<small>{} {}</small>", in(language, "期限", "due"),
                                                 portalDeadline(*step.due))
                                   : std::string{});
    }
    html += "</ul>";
  }
  if (view.answer)
    html += fmt::format(R"(<h2>{}</h2><p class="card">{}</p>)", in(language, "答复", "Answer"),
                        escaped(*view.answer));
  if (view.may_rate) html += ratingForm(view, phone, language);
  return html + fmt::format(R"(<p><a href="/progress">{}</a> · <a href="/cases/{}">{}</a></p>)",
                            in(language, "查另一件", "Look up another"), view.number,
                            in(language, "核对办理记录是否被改动", "Check that the records are unchanged"));
}

class PortalPages {
 public:
  explicit PortalPages(const Rooms& rooms) : rooms_(rooms), progress_(rooms) {}

  Response start(const Request& request) const {
    const Look look = lookOf(request);
    const Language language = look.language;
    const auto way = [&](std::string_view path, std::string_view title, std::string_view text) {
      return fmt::format(R"(<li><a href="{}"><b>{}</b><span>{}</span></a></li>)", path, title, text);
    };
    const std::string html = fmt::format(
        R"(<h1>{}</h1>{}<ul class="ways">{}{}{}{}{}{}</ul>)",
        in(language, "办事、反映问题、查进度", "Ask, report, follow"), portalSearchForm(language, ""),
        way("/guides", in(language, "办事指南", "Guides"),
            in(language, "要填什么、多久办好、依据", "what is asked, how long it takes, and why")),
        way("/report", in(language, "报问题", "Report a matter"),
            in(language, "路灯不亮、政策咨询、企业诉求", "a broken lamp, a question, a firm’s request")),
        way("/progress", in(language, "查进度", "Follow a matter"),
            in(language, "凭办件号和电话，不用登录", "by its number and your telephone; no account")),
        way("/my", in(language, "我的办件", "My matters"),
            in(language, "登录后查看、办理、评价", "see, act and rate, once signed in")),
        way("/open", in(language, "公开信息", "Published"),
            in(language, "公示板、通报和数据", "public boards, bulletins and figures")),
        way("/verify", in(language, "核验", "Verify"),
            in(language, "证明一份记录没有被改动", "prove that a record is unchanged")));
    return portalPage(request, look, in(language, "首页", "Start"), html + published(language));
  }

  /// What the city published last.
  std::string published(Language language) const {
    const auto reports = rooms_.reports.list({.status = insight::ReportStatus::published}, {3, {}}).rows;
    if (reports.empty()) return {};
    std::string html =
        fmt::format(R"(<h2>{}</h2><ul class="list">)", in(language, "最近公开", "Published lately"));
    for (const insight::Report& report : reports) {
      html += fmt::format(R"(<li><a href="/open/reports/{}">{}</a><small>{}</small></li>)", report.id,
                          escaped(portalText(language, reportTitle(rooms_, report))),
                          report.published ? formatDate(dateOf(*report.published)) : "");
    }
    return html + "</ul>";
  }

  Response search(const Request& request) const {
    const Look look = lookOf(request);
    const Language language = look.language;
    const std::string words{request.queryValue("q").value_or("").substr(0, 400)};
    std::string html =
        fmt::format("<h1>{}</h1>{}", in(language, "搜索", "Search"), portalSearchForm(language, words));
    if (!words.empty()) html += results(words, language);
    return portalPage(request, look, in(language, "搜索", "Search"), html);
  }

  Response guides(const Request& request) const {
    const Look look = lookOf(request);
    const std::string_view title = in(look.language, "办事指南", "Guides");
    const auto all = guidesOf(rooms_);
    return portalPage(
        request, look, title,
        fmt::format("<h1>{}</h1>{}{}", title, portalSearchForm(look.language, ""),
                    all.empty() ? fmt::format("<p>{}</p>", in(look.language, "还没有可以申请的事项。",
                                                              "There is nothing to ask for yet."))
                                : guideList(all, look.language)));
  }

  Response guide(const Request& request) const {
    const Look look = lookOf(request);
    const Language language = look.language;
    const auto found = guideOf(rooms_, request.param("pack"), request.param("item"));
    if (!found) return missing(request, look, portalText(language, found.error().title));
    std::string html =
        fmt::format(R"(<p class="quiet"><a href="/guides">{}</a> › {}</p><h1>{}</h1>{})",
                    in(language, "办事指南", "Guides"), escaped(portalText(language, found->system)),
                    escaped(portalText(language, found->title)), guideFacts(*found, language));
    if (found->summary) html += fmt::format("<p>{}</p>", escaped(portalText(language, *found->summary)));
    html += fmt::format(R"(<p><a class="button main" href="/apply/{}/{}">{}</a></p>)",
                        http::percentEncoded(found->pack), http::percentEncoded(found->item),
                        in(language, "在线办理", "Begin online"));
    html += fmt::format(R"(<h2>{}</h2><ol class="list steps">)", in(language, "怎么办的", "How it goes"));
    for (const Text& step : found->steps)
      html += fmt::format("<li>{}</li>", escaped(portalText(language, step)));
    html += "</ol>" + guideSections(*found, language);
    html += fmt::format(R"(<h2>{}</h2><ul class="list">)", in(language, "依据", "What it rests on"));
    if (found->clock)
      html += fmt::format("<li>{}：{}</li>", escaped(portalText(language, found->clock->name)),
                          escaped(found->clock->source));
    for (const std::string& source : found->sources) html += fmt::format("<li>{}</li>", escaped(source));
    return portalPage(request, look, portalText(language, found->title), html + "</ul>");
  }

  Response progressPage(const Request& request) const {
    const Look look = lookOf(request);
    const std::string_view title = in(look.language, "查进度", "Follow a matter");
    const std::string number{request.queryValue("number").value_or("").substr(0, 19)};
    return portalPage(request, look, title,
                      fmt::format("<h1>{}</h1>{}", title, progressForm(look.language, number, "", "")));
  }

  Response findProgress(const Request& request) {
    const Look look = lookOf(request);
    const Language language = look.language;
    const std::string number = formFieldOf(request, "number");
    const std::string phone = formFieldOf(request, "phone");
    const auto again = [&](std::string_view problem, int status) {
      const std::string_view title = in(language, "查进度", "Follow a matter");
      return portalPage(request, look, title,
                        fmt::format("<h1>{}</h1>{}", title, progressForm(language, number, phone, problem)),
                        status);
    };
    if (progress_.wait(formNumberOf(number), request, rooms_.now())) return again(tooOften(language), 429);
    const auto view = progress_.find(formNumberOf(number), phone, rooms_.now());
    if (!view) return again(portalText(language, view.error().title), 404);
    return portalPage(
        request, look, view->title,
        fmt::format("<h1>{}</h1>{}", escaped(view->title), progressResult(*view, phone, language)));
  }

  Response rate(const Request& request) {
    const Look look = lookOf(request);
    const Language language = look.language;
    const std::int64_t number = formNumberOf(formFieldOf(request, "number"));
    Rating rating;
    const bool known =
        boost::describe::enum_from_string(formFieldOf(request, "satisfaction").c_str(), rating.satisfaction);
    rating.solved = formFieldOf(request, "solved") == "true";
    rating.note = formFieldOf(request, "note").substr(0, 1500);
    while (!isValidUtf8(rating.note)) rating.note.pop_back();
    const auto told = [&](std::string_view kind, std::string_view text, int status) {
      const std::string_view title = in(language, "评价", "Rating");
      return portalPage(
          request, look, title,
          fmt::format(R"(<h1>{}</h1><p class="note {}" role="alert">{}</p><p><a href="/progress">{}</a></p>)",
                      title, kind, escaped(text), in(language, "查进度", "Follow a matter")),
          status);
    };
    if (progress_.wait(number, request, rooms_.now())) return told("bad", tooOften(language), 429);
    if (!known) return told("bad", in(language, "请选择是否满意。", "Say whether you are satisfied."), 400);
    const auto done = progress_.rate(number, formFieldOf(request, "phone"), rating);
    if (!done) return told("bad", portalText(language, done.error().title), 409);
    return told("good", in(language, "收到您的评价，谢谢。", "Your rating has been received. Thank you."),
                200);
  }

 private:
  static std::string_view tooOften(Language language) {
    return in(language, "查询过于频繁，请过几分钟再试。", "Asked too often; try again in a few minutes.");
  }

  static Response missing(const Request& request, const Look& look, std::string_view title) {
    return portalPage(request, look, title,
                      fmt::format(R"(<h1>{}</h1><p><a href="/">{}</a></p>)", escaped(title),
                                  in(look.language, "回到首页", "To the start")),
                      404);
  }

  std::string results(const std::string& words, Language language) const {
    const auto guides = guidesWith(guidesOf(rooms_), words);
    const auto answers = openAnswers(rooms_, words);
    std::string html;
    if (!guides.empty()) html += guideList(guides, language);
    if (!answers.empty())
      html += fmt::format(R"(<h2>{}</h2><ul class="list">)",
                          in(language, "问答和公开登记", "Answers and open registers"));
    for (const OpenAnswer& answer : answers) {
      html += fmt::format("<li><span><b>{}</b><br>{}</span><small>{}</small></li>", escaped(answer.title),
                          escaped(answer.text), escaped(portalText(language, answer.register_title)));
    }
    if (!answers.empty()) html += "</ul>";
    if (html.empty()) {
      html =
          fmt::format(R"(<p class="note">{} <a href="/report">{}</a></p>)",
                      in(language, "没有找到。换个说法试试，或者", "Nothing was found. Try other words, or"),
                      in(language, "直接反映", "tell us"));
    }
    return html;
  }

  Rooms rooms_;
  Progress progress_;
};

}  // namespace

void addPortalPages(http::Router& router, const Rooms& rooms) {
  const auto pages = std::make_shared<PortalPages>(rooms);
  const auto adds = [&](std::string_view path, Response (PortalPages::*page)(const Request&) const) {
    router.get(path,
               http::answering([pages, page](const Request& request) { return (*pages.*page)(request); }));
  };
  adds("/", &PortalPages::start);
  adds("/search", &PortalPages::search);
  adds("/guides", &PortalPages::guides);
  adds("/guides/{pack}/{item}", &PortalPages::guide);
  adds("/progress", &PortalPages::progressPage);
  router.post("/progress",
              http::answering([pages](const Request& request) { return pages->findProgress(request); }),
              {.max_body = 16u << 10});
  router.post("/progress/rating",
              http::answering([pages](const Request& request) { return pages->rate(request); }),
              {.max_body = 16u << 10});
  router.get("/settings", http::answering(keepSettings));
}

}  // namespace jinyue::api
