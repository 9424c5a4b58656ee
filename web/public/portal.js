// Beside the pages that the server writes: the service worker, and a word about what was begun and not sent.
'use strict'
if ('serviceWorker' in navigator && isSecureContext) navigator.serviceWorker.register('/service-worker.js').catch(() => {})
try {
  const begun = Object.keys(localStorage).find((name) => /^jinyue\.draft\.[\w-]+\/[\w-]+$/.test(name))
  const main = document.getElementById('main')
  if (begun && main && location.pathname === '/') {
    const zh = document.documentElement.lang !== 'en'
    const note = document.createElement('p')
    note.className = 'note'
    const link = document.createElement('a')
    link.href = '/apply/' + begun.slice('jinyue.draft.'.length)
    link.textContent = zh ? '继续填写' : 'Go on'
    note.append(zh ? '您有一份没有提交的填写。' : 'You have begun something and not sent it. ', link)
    main.querySelector('h1').after(note)
  }
} catch {
  // a browser that keeps nothing
}
