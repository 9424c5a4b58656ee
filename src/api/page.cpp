#include "api/page.h"

#include <fmt/format.h>

namespace jinyue::api {

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

http::Response page(http::Language language, std::string_view title, std::string_view content) {
  http::Response response;
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  response.headers.set("Content-Language", in(language, "zh-CN", "en"));
  response.headers.set("Vary", "Accept-Language");
  response.body = fmt::format(
      R"(<!doctype html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">)"
      R"(<title>{} · 近悦</title><link rel="stylesheet" href="/style.css"></head><body>)"
      R"(<header><a href="/">近悦 <span>Jinyue</span></a><nav><a href="/log/head">{}</a> <a href="/api/">{}</a></nav></header>)"
      R"(<main><h1>{}</h1>{}</main></body></html>)",
      in(language, "zh-CN", "en"), escaped(title), in(language, "存证日志", "Log"),
      in(language, "接口", "Interface"), escaped(title), content);
  return response;
}

std::string_view styleSheet() {
  return R"(:root{--brand:#174a8f;--brand-1:#e9f0fa;--link:#1456b8;--seal:#b42318;--ok:#0b7a3b;--warn:#8f5200;--ink:#17202e;--ink-2:#434f61;--line:#d9dfe8;--bg:#f4f6fa;--card:#fff}
*{box-sizing:border-box}
body{margin:0;font:16px/1.65 "PingFang SC","HarmonyOS Sans SC",MiSans,"Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif;color:var(--ink);background:var(--bg);font-variant-numeric:tabular-nums}
a{color:var(--link)}a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
header{display:flex;justify-content:space-between;align-items:center;gap:16px;padding:10px 20px;background:var(--brand)}
header a{color:#fff;text-decoration:none;font-weight:600;min-height:44px;display:inline-flex;align-items:center;gap:8px}header span{font-weight:400}
main{max-width:1080px;margin:0 auto;padding:20px}h1{font-size:24px;margin:8px 0 16px;line-height:1.35}h2{font-size:18px;margin:28px 0 10px}
.note{color:var(--ink-2);margin:0 0 16px}
.list{list-style:none;margin:0;padding:0;background:var(--card);border:1px solid var(--line);border-radius:8px}
.list li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:2px 16px;padding:12px 16px;border-top:1px solid var(--line)}.list li:first-child{border-top:0}
.list a{font-weight:600;overflow-wrap:anywhere}.list small{color:var(--ink-2);font-size:14px;grid-column:1/-1;overflow-wrap:anywhere}
.lamp{font-weight:600;white-space:nowrap}.green{color:var(--ok)}.yellow{color:var(--warn)}.red{color:var(--seal)}.ended{color:var(--ink-2)}
.days{display:grid;grid-template-columns:repeat(auto-fill,minmax(104px,1fr));gap:6px;list-style:none;margin:0;padding:0}
.days li{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:6px 8px;font-size:14px;line-height:1.45}
.days .off{background:transparent;color:var(--ink-2);border-style:dashed}.days .due{border:2px solid var(--brand);background:var(--brand-1)}.days b{display:block}
.pages{display:flex;justify-content:flex-end;margin-top:12px}
@media (max-width:480px){main{padding:14px}h1{font-size:20px}}
)";
}

}  // namespace jinyue::api
