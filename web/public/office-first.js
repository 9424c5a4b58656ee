// Asks for what the workbench needs first while its scripts are still on their way: the session, the person, and the
// list that the address names, or the one that was open last. src/shared/api.ts takes the answers over.
'use strict'
;(function () {
  const kept = (name) => {
    try {
      return localStorage.getItem('jinyue.' + name)
    } catch {
      return null
    }
  }
  const headers = { 'Accept-Language': kept('language') === 'en' ? 'en' : 'zh-CN' }
  const early = (window.jinyueEarly = {})
  const get = (path) => {
    early['/api/v1' + path] = fetch('/api/v1' + path, { headers })
    early['/api/v1' + path].catch(() => {})
  }
  get('/session')
  get('/me')
  if (!/^\/office\/(work)?$/.test(location.pathname)) return
  const asked = new URLSearchParams(location.search)
  const list = asked.get('list') || kept('list') || ''
  // A list that is narrowed further is read by the page itself.
  if (asked.get('unit') || asked.get('area') || asked.get('process') || asked.get('role')) return
  const role = /^role\.([\w-]+)$/.exec(list)
  if (role) get('/tasks?list=role&limit=100&role=' + role[1])
  else if (/^(mine|unit|meant_for_me|others)$/.test(list)) get('/tasks?list=' + list + '&limit=100')
})()
