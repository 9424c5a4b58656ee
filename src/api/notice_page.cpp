#include "api/notice_page.h"

#include <fmt/format.h>

#include "api/page.h"
#include "notify/message_length.h"

namespace jinyue::api {
namespace {

using http::Language;

constexpr std::size_t most_shown = 200;

std::string_view nameOf(notify::Channel channel, Language language) {
  switch (channel) {
    case notify::Channel::text_message: return in(language, "短信", "text message");
    case notify::Channel::mail: return in(language, "邮件", "mail");
    case notify::Channel::webhook: return in(language, "系统推送", "webhook");
    case notify::Channel::live: break;
  }
  return in(language, "页面提醒", "live");
}

std::string itemOf(const notify::KeptNotice& kept, Language language) {
  const notify::Notice& notice = kept.notice;
  std::string facts = fmt::format("{} · {} · {}", nameOf(notice.channel, language), notice.address,
                                  formatInstant(kept.at + china_offset).substr(0, 19));
  if (notice.channel == notify::Channel::text_message) {
    const auto length = notify::measureMessage(notice.content.text);
    facts += fmt::format(" · {} {}，{} {}", length.characters, in(language, "字", "characters"), length.parts,
                         in(language, "条", "parts"));
  }
  std::string item = "<li>";
  if (!notice.content.subject.empty()) item += "<b>" + escaped(notice.content.subject) + "</b>";
  item += fmt::format("<span>{}</span><small>{}", escaped(notice.content.text), escaped(facts));
  if (notice.case_id != 0) item += fmt::format(R"( · <a href="/cases/{0}">{0}</a>)", notice.case_id);
  return item + "</small></li>";
}

}  // namespace

void addNoticePage(http::Router& router, std::shared_ptr<const notify::KeptNotices> kept) {
  router.get("/dev/notices", http::answering([kept = std::move(kept)](const http::Request& request) {
               const Language language = request.language;
               std::string content = fmt::format(
                   R"(<p class="note">{}</p><ul class="list">)",
                   in(language, "开发模式：没有任何通知离开本机，这里是本应发出的内容。重启后清空。",
                      "Development: nothing leaves this machine; this is what would have been sent. A "
                      "restart empties it."));
               for (const notify::KeptNotice& each : kept->newest(most_shown))
                 content += itemOf(each, language);
               http::Response response =
                   page(language, in(language, "通知（开发）", "Notices (development)"), content + "</ul>");
               response.headers.set("Cache-Control", "no-store");
               return response;
             }));
}

}  // namespace jinyue::api
