// Keeps what was read readable without a network: pages are asked for first and taken from here when nothing
// comes; files with a hash in their name never change. Nothing below /api, and nothing that was posted, is kept.
'use strict'
const kept = 'jinyue-portal-1'
const mine = (url) => url.origin === location.origin && !/^\/(api|office|wall|dev|cases|log|metrics|settings)(\/|$)/.test(url.pathname)
const page = (title, text) =>
  new Response(
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="stylesheet" href="/portal.css"><main><h1>${title}</h1><p>${text}</p><p><a class="button" href="/">首页 Start</a></p></main></html>`,
    { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' } },
  )

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll(['/', '/guides', '/progress', '/portal.css', '/portal.js', '/favicon.svg'])).then(() => self.skipWaiting()))
})
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== kept).map((name) => caches.delete(name)))).then(() => self.clients.claim()))
})
self.addEventListener('fetch', (event) => {
  const request = event.request
  const url = new URL(request.url)
  if (request.method !== 'GET' || !mine(url)) return
  event.respondWith(answer(request, url))
})

async function answer(request, url) {
  const cache = await caches.open(kept)
  const hashed = /^\/assets\/.+-[\w-]{8}\.\w+$/.test(url.pathname)
  if (hashed) {
    const found = await cache.match(request)
    if (found) return found
  }
  try {
    const fresh = await fetch(request)
    // A page that came by a redirect would be kept under the wrong name; what was searched for is nobody’s business.
    if (fresh.ok && !fresh.redirected && !url.search) await cache.put(request, fresh.clone())
    return fresh
  } catch {
    const found = await cache.match(request)
    if (found) return found
    if (request.mode === 'navigate') return page('现在没有网络 · No network', '已填写的内容还在。连上网络后再试，或拨打 12345。 What you filled in is kept.')
    return Response.error()
  }
}
