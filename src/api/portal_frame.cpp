#include "api/portal_frame.h"

#include <fmt/format.h>

#include "api/page.h"
#include "http/url.h"

namespace jinyue::api {
namespace {

using http::Language;
using http::Request;
using http::Response;

constexpr std::string_view language_cookie = "jinyue_language";
constexpr std::string_view size_cookie = "jinyue_size";

/// A page of this portal, never another site's.
std::string ownPageOf(std::string_view target) {
  const bool own = target.starts_with('/') && !target.starts_with("//") && target.size() < 500 &&
                   target.find_first_of("\\\r\n\t") == std::string_view::npos;
  return own ? std::string{target} : "/";
}

std::string settingLink(const Request& request, std::string_view name, std::string_view value,
                        std::string_view text, bool chosen) {
  // What was posted is not asked for again: such a page leads back to its empty form.
  const std::string back = request.method == http::Method::post ? request.path : request.target;
  return fmt::format(R"(<a href="/settings?{}={}&amp;back={}"{}>{}</a>)", name, value,
                     http::percentEncoded(back), chosen ? R"( aria-current="true")" : "", text);
}

}  // namespace

Look lookOf(const Request& request) {
  Look look{request.language, 0};
  if (const auto language = request.cookie(language_cookie))
    look.language = *language == "en" ? Language::en : Language::zh;
  if (const auto size = request.cookie(size_cookie)) look.size = *size == "2" ? 2 : *size == "1" ? 1 : 0;
  return look;
}

Response portalPage(const Request& request, const Look& look, std::string_view title,
                    std::string_view content, int status) {
  const Language language = look.language;
  const auto link = [&](std::string_view path, std::string_view zh, std::string_view en) {
    return fmt::format(R"(<a href="{}"{}>{}</a>)", path,
                       request.path == path ? R"( aria-current="page")" : "", in(language, zh, en));
  };
  const auto size = [&](int value, std::string_view zh, std::string_view en) {
    return settingLink(request, "size", std::to_string(value), in(language, zh, en), look.size == value);
  };
  Response response;
  response.status = status;
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  response.headers.set("Content-Language", in(language, "zh-CN", "en"));
  response.headers.set("Cache-Control",
                       request.method == http::Method::post ? "no-store" : "private, no-cache");
  response.headers.set("Vary", "Accept-Language, Cookie");
  response.body = fmt::format(
      R"(<!doctype html><html lang="{}" class="size-{}"><head><meta charset="utf-8">)"
      R"(<meta name="viewport" content="width=device-width, initial-scale=1"><title>{} · {}</title>)"
      R"(<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="manifest" href="/portal.webmanifest">)"
      R"(<meta name="theme-color" content="#174a8f"><link rel="stylesheet" href="/portal.css">)"
      R"(<script src="/portal.js" defer></script></head><body><a class="skip" href="#main">{}</a>)"
      R"(<header class="top"><a class="name" href="/">{}</a><nav class="looks" aria-label="{}">{}{}{}{}</nav>)"
      R"(<nav class="places" aria-label="{}">{}{}{}{}{}{}</nav></header>)"
      R"(<main id="main" tabindex="-1">{}</main><footer class="foot"><p>{}</p><p><a href="tel:12345">{}</a></p></footer></body></html>)",
      in(language, "zh-CN", "en"), look.size, escaped(title), in(language, "近悦政务服务", "Jinyue services"),
      in(language, "跳到正文", "Skip to the content"), in(language, "近悦 · 政务服务", "Jinyue · services"),
      in(language, "字号和语言", "size and language"), size(0, "标准", "Usual"), size(1, "大字", "Large"),
      size(2, "特大字", "Largest"),
      settingLink(request, "language", language == Language::zh ? "en" : "zh",
                  in(language, R"(<span lang="en">English</span>)", R"(<span lang="zh-CN">中文</span>)"),
                  false),
      in(language, "主要栏目", "main places"), link("/guides", "办事指南", "Guides"),
      link("/report", "报问题", "Report"), link("/progress", "查进度", "Progress"),
      link("/open", "公开", "Published"), link("/verify", "核验", "Verify"), link("/my", "我的", "Mine"),
      content,
      in(language, "示例系统：人物、企业和数据均为虚构。", "An example: people, firms and data are made up."),
      in(language, "打电话办：12345", "By telephone: 12345"));
  return response;
}

Response keepSettings(const Request& request) {
  Response response = http::redirect(ownPageOf(request.queryValue("back").value_or("/")));
  const auto keep = [&](std::string_view name, std::string value) {
    http::Cookie cookie;
    cookie.name = name;
    cookie.value = std::move(value);
    cookie.max_age = std::chrono::days{365};
    cookie.secure = request.secure;
    cookie.http_only = false;  // the portal's scripts show the page in the same way
    cookie.cross_site = true;
    http::setCookie(response, cookie);
  };
  if (const auto language = request.queryValue("language"))
    keep(language_cookie, *language == "en" ? "en" : "zh");
  if (const auto size = request.queryValue("size"))
    keep(size_cookie, *size == "2" ? "2" : *size == "1" ? "1" : "0");
  response.headers.set("Cache-Control", "no-store");
  return response;
}

}  // namespace jinyue::api
