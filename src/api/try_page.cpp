#include "api/try_page.h"

#include <fmt/format.h>

#include "api/page.h"

namespace jinyue::api {
namespace {

constexpr std::string_view script = R"JS('use strict';
const el = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};
const english = document.documentElement.lang === 'en';
const words = (zh, en) => (english ? en : zh);
// Texts of the document are "中文 / English".
const mine = (text) => {
  const cut = (text || '').lastIndexOf(' / ');
  return cut < 0 ? text || '' : english ? text.slice(cut + 3) : text.slice(0, cut);
};
let api = null;
let csrf = '';

const resolve = (schema) => {
  let found = schema;
  while (found && found.$ref) found = found.$ref.split('/').slice(1).reduce((at, key) => at[key], api);
  return found || {};
};
const example = (schema, depth = 0) => {
  const at = resolve(schema);
  if (at.examples) return at.examples[0];
  if (at.const !== undefined) return at.const;
  if (at.enum) return at.enum[0];
  if (at.oneOf) return example(at.oneOf[0], depth);
  if (at.type === 'object') {
    const made = {};
    if (depth < 4) for (const name of at.required || []) made[name] = example(at.properties[name], depth + 1);
    return made;
  }
  if (at.type === 'array') return at.minItems ? [example(at.items, depth + 1)] : [];
  if (at.type === 'integer' || at.type === 'number') return at.minimum || 0;
  if (at.type === 'boolean') return false;
  if (at.format === 'date') return new Date().toISOString().slice(0, 10);
  if (at.format === 'date-time') return new Date().toISOString();
  return at.type === 'string' ? '' : null;
};
const key = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
const refreshSession = async () => {
  const answer = await fetch('/api/v1/session');
  const session = answer.ok ? await answer.json() : null;
  csrf = session ? session.csrf : '';
  document.getElementById('who').textContent = session
    ? words('已登录：', 'signed in: ') + session.login
    : words('未登录（POST /session 登录）', 'not signed in (POST /session)');
};

const row = (parameter) => {
  const schema = resolve(parameter.schema);
  const input = schema.enum
    ? el('select', {}, el('option', { value: '' }, ''), ...schema.enum.map((word) => el('option', { value: word }, word)))
    : el('input', { type: 'text', placeholder: schema.examples ? String(schema.examples[0]) : schema.format || schema.type || '' });
  if (parameter.name === 'Idempotency-Key') input.value = key();
  input.dataset.name = parameter.name;
  input.dataset.in = parameter.in;
  return el('label', {}, el('span', {}, parameter.name + (parameter.required ? ' *' : '')), input,
    el('small', {}, mine(schema.description || parameter.description)));
};

const send = async (form, path, method, media) => {
  let address = '/api/v1' + path;
  const query = new URLSearchParams();
  const headers = {};
  for (const input of form.querySelectorAll('[data-in]')) {
    if (input.value === '') continue;
    if (input.dataset.in === 'path') address = address.replace('{' + input.dataset.name + '}', encodeURIComponent(input.value));
    else if (input.dataset.in === 'query') query.append(input.dataset.name, input.value);
    else headers[input.dataset.name] = input.value;
  }
  if ([...query].length) address += '?' + query;
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf;
  const options = { method, headers };
  const text = form.querySelector('textarea');
  const file = form.querySelector('input[type=file]');
  if (text) { options.body = text.value; headers['Content-Type'] = media; }
  if (file && file.files.length) { options.body = file.files[0]; headers['Content-Type'] = file.files[0].type || media; }
  const out = form.querySelector('output');
  out.textContent = '…';
  const began = performance.now();
  try {
    const answer = await fetch(address, options);
    let body = await answer.text();
    try { body = JSON.stringify(JSON.parse(body), null, 2); } catch { /* no JSON: as it is */ }
    const shown = ['etag', 'location', 'retry-after', 'x-request-id'].filter((name) => answer.headers.has(name))
      .map((name) => name + ': ' + answer.headers.get(name)).join('\n');
    out.textContent = method + ' ' + address + '\n' + answer.status + ' · ' + Math.round(performance.now() - began) + ' ms\n' + shown + '\n\n' + body;
  } catch (fault) { out.textContent = String(fault); }
  const again = form.querySelector('[data-name="Idempotency-Key"]');
  if (again) again.value = key();
  if (path.startsWith('/session')) refreshSession();
};

const section = (path, method, operation) => {
  const content = operation.requestBody ? operation.requestBody.content : null;
  const media = content ? Object.keys(content)[0] : '';
  const json = media === 'application/json';
  const access = operation['x-access'];
  const needs = access.who === 'permission' ? access.permission : access.who === 'anyone' ? words('公开', 'open') : words('登录', 'signed in');
  const details = el('details', { id: operation.operationId },
    el('summary', {}, el('b', { class: method }, method.toUpperCase()), el('code', {}, path), el('span', {}, mine(operation.summary)), el('i', {}, needs)));
  details.addEventListener('toggle', () => {
    if (!details.open || details.querySelector('form')) return;
    const form = el('form', { onsubmit: (event) => { event.preventDefault(); send(form, path, method.toUpperCase(), media); } },
      operation.description ? el('p', {}, mine(operation.description)) : null,
      ...(operation.parameters || []).map(row),
      json ? el('textarea', { rows: 8, spellcheck: 'false', 'aria-label': words('内容', 'body') }) : content ? el('input', { type: 'file' }) : null,
      el('button', {}, words('发送', 'Send')), el('output', {}));
    if (json) {
      const given = content[media].example !== undefined ? content[media].example : example(content[media].schema);
      form.querySelector('textarea').value = JSON.stringify(given, null, 2);
    }
    details.append(form);
  });
  return details;
};

const start = async () => {
  api = await (await fetch('/api/v1/openapi.json')).json();
  const list = document.getElementById('endpoints');
  const tags = new Map();
  for (const [path, operations] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags[0];
      if (!tags.has(tag)) tags.set(tag, []);
      tags.get(tag).push(section(path, method, operation));
    }
  }
  for (const [tag, sections] of tags) list.append(el('h2', {}, tag), ...sections);
  refreshSession();
};
start();
)JS";

constexpr std::string_view style =
    R"(details{background:var(--card);border:1px solid var(--line);border-radius:8px;margin:6px 0}
summary{display:flex;gap:10px;align-items:center;padding:10px 14px;cursor:pointer;min-height:44px;flex-wrap:wrap}
summary b{min-width:64px;font-size:13px}summary code{overflow-wrap:anywhere}summary i{margin-left:auto;font-style:normal;font-size:13px;color:var(--ink-2)}
.get{color:var(--ok)}.post,.patch,.put{color:var(--link)}.delete{color:var(--seal)}
form{padding:0 14px 14px;display:grid;gap:8px}label{display:grid;grid-template-columns:170px minmax(0,1fr);gap:2px 12px;align-items:center}
label small{grid-column:2;color:var(--ink-2)}input,select,textarea,button{font:inherit;padding:8px 10px;border:1px solid #7d8797;border-radius:6px;background:#fff;color:inherit;min-height:44px}
textarea,output{font-family:ui-monospace,monospace;font-size:14px}textarea{width:100%}button{justify-self:start;background:var(--brand);color:#fff;border-color:var(--brand);padding:8px 20px;cursor:pointer}
output{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--bg);border-radius:6px;padding:10px;max-height:480px;overflow:auto}output:empty{display:none}
@media (max-width:480px){label{grid-template-columns:1fr}label small{grid-column:1}}
)";

http::Response file(std::string_view media_type, std::string_view text) {
  http::Response response;
  response.headers.set("Content-Type", media_type);
  response.headers.set("Cache-Control", "no-cache");
  response.body = std::string{text};
  return response;
}

}  // namespace

void addTryPage(http::Router& router) {
  router.get(
      "/api/", http::answering([](const http::Request& request) {
        const http::Language language = request.language;
        return page(
            language, in(language, "接口", "Interface"),
            fmt::format(R"(<link rel="stylesheet" href="/api/try.css"><p class="note">{} )"
                        R"(<a href="/api/v1/openapi.json">OpenAPI 3.1</a> · <span id="who"></span></p>)"
                        R"(<div id="endpoints"></div><script src="/api/try.js"></script>)",
                        in(language, "全部接口，可以直接试用。", "Every endpoint, to try it here.")));
      }));
  router.get("/api/try.js", http::answering([](const http::Request&) {
               return file("text/javascript; charset=utf-8", script);
             }));
  router.get("/api/try.css",
             http::answering([](const http::Request&) { return file("text/css; charset=utf-8", style); }));
}

}  // namespace jinyue::api
