// `npm run speed`: how soon the pages are there on an old machine, which is a processor that is four times slower. Prints medians of
// several rounds; judges nothing, for what else the machine does is not the page's doing. Beside the time that passed stands the
// time that the page's own thread worked, which depends less on that. `--rounds 9`; `--pages DIR` more than once compares built
// pages, one after the other in each round; `--profile` names what the workbench's thread does until the list, at full speed.
import { startChromium } from './chromium.mjs'
import { projectRoot, startServer } from './server.mjs'

const words = process.argv.slice(2)
const option = (name) => words.flatMap((word, i) => (word === name ? [words[i + 1]] : []))
const rounds = Number(option('--rounds')[0] ?? 5)
const folders = option('--pages').length ? option('--pages') : [process.env.JINYUE_PAGES ?? projectRoot + 'web/dist']
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

const servers = []
for (const pages of folders) servers.push(await startServer(process.env.JINYUE_TEST_CITY ? { copyOf: process.env.JINYUE_TEST_CITY, pages } : { pages }))
// The engine without windows and extensions around it: on a machine without graphics those take longer than the page.
const browser = await startChromium('/usr/bin/chromium-headless-shell')

async function signIn(context, server, login) {
  const answer = await context.request.post(server.url + '/api/v1/session', { data: { login, password: server.accounts[login].password } })
  if (!answer.ok()) throw new Error(await answer.text())
  return context.cookies()
}
const cookies = new Map()
for (const server of servers) {
  const context = await browser.newContext()
  const all = {}
  for (const login of ['shencha', 'lingdao']) {
    await context.clearCookies()
    all[login] = await signIn(context, server, login)
  }
  cookies.set(server, all)
  await context.close()
}

/** What is measured: until something is painted, or until what is named is on the page. */
const pages = [
  { name: 'one line of bare text, first paint', path: '/log/head', size: [360, 740] },
  { name: 'portal, first paint', path: '/', size: [360, 740], limit: 600 },
  { name: 'workbench, usable list', path: '/office/work?list=role.reviewer', login: 'shencha', until: '.item a', size: [1440, 900], limit: 2_000 },
  { name: 'wall, first figures', path: '/wall/', login: 'lingdao', until: '.figure b', size: [1920, 1080] },
]

/** One look: milliseconds until then, and how many of them the page's thread worked. */
async function look(context, server, page, rate) {
  const tab = await context.newPage()
  const devtools = await context.newCDPSession(tab)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate })
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  // Told by the page itself, at the moment when it is so: asking from outside takes time of its own.
  await tab.addInitScript((until) => {
    if (!until) {
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (entry.name === 'first-contentful-paint') window.speedDone = entry.startTime
      }).observe({ type: 'paint', buffered: true })
      return
    }
    const seen = new MutationObserver(() => {
      if (!document.querySelector(until)) return
      seen.disconnect()
      requestAnimationFrame(() => setTimeout(() => (window.speedDone = performance.now())))
    })
    seen.observe(document, { childList: true, subtree: true })
  }, page.until ?? '')
  const before = await metrics(devtools)
  await tab.goto(server.url + page.path, { waitUntil: 'commit' })
  const time = await tab.waitForFunction(() => window.speedDone, null, { polling: 10 }).then((handle) => handle.jsonValue())
  const after = await metrics(devtools)
  await tab.close()
  return { time, task: after.TaskDuration - before.TaskDuration, script: after.ScriptDuration - before.ScriptDuration }
}
async function metrics(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]))
}

/** cold: nothing of the page is in the browser yet; warm: it has been there before. */
const found = new Map()
const note = (key, result) => found.set(key, [...(found.get(key) ?? []), result])
for (let round = 0; round < rounds; round++) {
  for (const server of servers) {
    for (const page of pages) {
      const context = await browser.newContext({ viewport: { width: page.size[0], height: page.size[1] }, locale: 'zh-CN' })
      if (page.login) await context.addCookies(cookies.get(server)[page.login])
      const key = (what) => JSON.stringify([page.name, what, servers.indexOf(server)])
      note(key('cold'), await look(context, server, page, 4))
      note(key('warm'), await look(context, server, page, 4))
      await context.close()
    }
  }
}
console.log(`medians of ${rounds} rounds at a quarter of the speed, in ms: until it is there / the page's thread worked / of that, scripts`)
for (const page of pages) {
  for (const what of ['cold', 'warm']) {
    const cells = servers.map((_, i) => {
      const all = found.get(JSON.stringify([page.name, what, i]))
      return ['time', 'task', 'script'].map((name) => Math.round(median(all.map((each) => each[name])))).join(' / ')
    })
    console.log(`${page.name}, ${what}: ${cells.join('   |   ')}${page.limit ? `   (aim: ${page.limit})` : ''}`)
  }
}

if (words.includes('--profile')) {
  for (const server of servers) {
    const page = pages[2]
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
    await context.addCookies(cookies.get(server)[page.login])
    const tab = await context.newPage()
    const devtools = await context.newCDPSession(tab)
    await devtools.send('Profiler.enable')
    await devtools.send('Profiler.setSamplingInterval', { interval: 100 })
    await devtools.send('Profiler.start')
    await tab.goto(server.url + page.path, { waitUntil: 'commit' })
    await tab.locator(page.until).first().waitFor()
    const { profile } = await devtools.send('Profiler.stop')
    const of = new Map()
    const names = new Map(profile.nodes.map((node) => [node.id, `${node.callFrame.functionName || '(module)'} ${node.callFrame.url.replace(/^.*\//, '')}:${node.callFrame.lineNumber + 1}:${node.callFrame.columnNumber}`]))
    profile.samples.forEach((id, i) => of.set(names.get(id), (of.get(names.get(id)) ?? 0) + profile.timeDeltas[i] / 1000))
    console.log([...of].sort((a, b) => b[1] - a[1]).slice(0, 30).map(([name, ms]) => `${ms.toFixed(1)} ms ${name}`).join('\n'))
    await context.close()
  }
}
await browser.close()
for (const server of servers) await server.stop()
