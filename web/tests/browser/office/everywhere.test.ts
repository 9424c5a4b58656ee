// Every page of the workbench that each kind of officer comes to: nothing that axe finds, nothing under the contrast, nothing that
// sticks out at any width, nothing that only a mouse reaches, no error; without a network, with a session that has ended,
// in very large English.
import { beforeEach, expect, test } from 'vitest'
import { accounts, axe, chinese, expectGoodPage, expectNothing, lowContrast, sideways, signIn, url, useBrowser, openWindow, type Window } from '../support/browser'
import { goWithin, kindsOn, mouseOnly, settled, tabbing } from '../support/look'
import { adminOf, officeOf, startLicence } from '../support/office'

useBrowser()
const administrators = ['xitong', 'anquan', 'anquan2', 'shenji']
const windowOf = (login: string): Promise<Window> => (administrators.includes(login) ? adminOf(login) : officeOf(login))
// 720 px is half of 1440 px: what a window zoomed to 200 % has.
const sizes = [
  [320, 640],
  [360, 740],
  [720, 450],
  [1920, 1080],
  [1440, 900],
] as const

/** `/office/cases/17` and `/office/cases/18` are the same page. */
const pageOf = (path: string) => path.replace(/\/\d+(?=\/|$)/g, '/:id').replace(/^(\/office\/(?:registers|packs|plans|start))\/(?!import)[^/]+/, '$1/:name').replace(/(entries)\/.*/, '$1/:key').replace(/^(\/office\/start\/:name)\/.*/, '$1/:item')

/** One login for each set of permissions that somebody has; JINYUE_LONG=1: everybody. */
async function officers(): Promise<string[]> {
  const window = await openWindow()
  await signIn(window, 'zuoxi')
  const { items } = (await (await window.context.request.get(url('/api/v1/roles'))).json()) as { items: { id: string; permissions: string[] }[] }
  await window.close()
  const seen = new Set<string>()
  return accounts()
    .map(({ login, who }) => ({ login, permissions: items.find(({ id }) => who.endsWith(`(${id})`))?.permissions }))
    .filter(({ permissions }) => permissions && (process.env.JINYUE_LONG || (!seen.has(permissions.sort().join()) && seen.add(permissions.join()))))
    .map(({ login }) => login)
}

/** What a page asks for itself; the frame around it asks for the rest. */
const ofThePage = /\/api\/v1\/(?!events|counters|session$|me$)/

/** Where somebody comes to whom the pages are open: of each page the first address. */
interface Place {
  login: string
  path: string
  /** It asks the server for something of its own. */
  asks: boolean
}
const found = new Map<string, Place>()
/** What has been looked at of each page, by whoever. */
const looked = new Map<string, Set<string>>()

/** What is wrong with all pages is told at once, at the end of a test. */
let wrong: string[] = []
const note = (found: string[], what: string) => wrong.push(...found.map((each) => `${what}: ${each}`))
beforeEach(() => void (wrong = []))

async function look(window: Window, name: string): Promise<void> {
  const { page } = window
  const kinds = await kindsOn(page)
  const known = looked.get(name)
  if (known && [...kinds].every((kind) => known.has(kind))) return
  looked.set(name, new Set([...(known ?? []), ...kinds]))
  note(await axe(page), `${name}: axe`)
  note(await lowContrast(page), `${name}: contrast`)
  note(await mouseOnly(page), `${name}: for a mouse only`)
  if (!known) note(await tabbing(page), `${name}: with Tab`)
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height })
    await page.waitForTimeout(20)
    note(await sideways(page), `${name} at ${width}`)
    if (width === 360) note(await lowContrast(page), `${name}: contrast at ${width}`)
  }
}

test('every page that each kind of officer comes to, at 320, 360, 720, 1440 and 1920 px', async () => {
  const list = await officers()
  expect(list.length).toBeGreaterThan(10)
  for (const login of list) {
    const window = await windowOf(login)
    const { page } = window
    await page.locator('.rail a').first().waitFor()
    const linksIn = (where: string) => page.locator(`${where} a[href^="/office/"]`).evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname))
    const ahead = [...(await linksIn('.rail')), '/office/me', '/office/packs', '/office/nowhere']
    const seen = new Set<string>()
    while (ahead.length) {
      const path = ahead.shift()!
      const name = pageOf(path)
      if (seen.has(name)) continue
      seen.add(name)
      let asked = 0
      const count = (request: { url(): string }) => ofThePage.test(request.url()) && asked++
      page.on('request', count)
      await goWithin(page, path)
      await settled(page).catch(() => note(['is never there'], `${login} at ${path}`))
      page.off('request', count)
      if (!found.has(name)) found.set(name, { login, path, asks: asked > 0 })
      await look(window, name)
      note(window.errors.splice(0), `${login} at ${path}`)
      ahead.push(...(await linksIn('#main')))
    }
    // The first thing that somebody sees on a phone.
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(url('/office/'))
    await settled(page)
    await look(window, '/office/ on a phone')
    await window.close()
  }
  console.log(`${list.length} logins, ${found.size} pages: ${[...found.keys()].join(' ')}`)
  expectNothing(wrong, 'pages')
  expect(found.size).toBeGreaterThan(25)
})

/** All pages that were found, each in a window of whoever came there. */
async function everyPage(work: (window: Window, name: string, place: Place) => Promise<void>): Promise<void> {
  expect(found.size, 'the pages are found by the first test').toBeGreaterThan(0)
  for (const login of new Set([...found.values()].map((place) => place.login))) {
    const window = await windowOf(login)
    for (const [name, place] of found) {
      if (place.login !== login) continue
      await work(window, name, place).catch((error: Error) => note([error.message.split('\n')[0]!], name))
      await window.page.unrouteAll({ behavior: 'ignoreErrors' })
    }
    note(window.errors.filter((error) => !/ERR_FAILED|Refusal/.test(error)), login)
    await window.close()
  }
  expectNothing(wrong, 'pages')
}

test('without a network every page says so and comes back when it is asked again', async () => {
  await everyPage(async ({ page }, name, place) => {
    if (!place.asks) return
    await goWithin(page, '/office/nowhere')
    await settled(page)
    let down = true
    let refused = 0
    await page.route(ofThePage, (route) => (down && ++refused ? route.abort() : route.continue()))
    await goWithin(page, place.path)
    await settled(page)
    // What was read before may be there still.
    if (refused) {
      await expect.poll(() => page.locator('#app').innerText(), { message: name, timeout: 5_000 }).toContain('暂时连不上服务器')
      down = false
      const again = page.getByRole('button', { name: '再试一次' })
      expect(await again.count(), `${name} can be asked again`).toBeGreaterThan(0)
      while (await again.count()) {
        const before = await again.count()
        await again.first().click()
        await expect.poll(() => again.count(), { message: `${name} comes back`, timeout: 10_000 }).toBeLessThan(before)
      }
      await settled(page)
    }
  })
})

test('a session that has ended is told on every page, over what is there', async () => {
  await everyPage(async ({ page }, _, place) => {
    if (!place.asks) return
    await page.goto(url('/office/nowhere'))
    await settled(page)
    let refused = 0
    await page.route(ofThePage, (route) => (refused++, route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify({ title: '请先登录', code: 'sign-in.needed', status: 401 }) })))
    await goWithin(page, place.path)
    await settled(page)
    if (refused) await page.getByRole('dialog', { name: '请重新登录' }).waitFor()
  })
})

test('in very large English nothing sticks out of any page', async () => {
  await everyPage(async ({ page }, name, place) => {
    await page.evaluate(() => {
      localStorage.setItem('jinyue.text-size', 'very-large')
      localStorage.setItem('jinyue.language', 'en')
    })
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(url(place.path))
    await settled(page)
    expect(await page.evaluate(() => document.documentElement.lang), name).toBe('en')
    note(await chinese(page), `${name} in English`)
    note(await sideways(page), `${name} at 1440`)
    await page.setViewportSize({ width: 360, height: 740 })
    await page.waitForTimeout(20)
    note(await sideways(page), `${name} at 360`)
  })
})

test('size and language are chosen on the page', async () => {
  const window = await officeOf('chuangkou', '/start')
  const { page } = window
  await startLicence(window, '示例小馆食品经营许可（示例）')
  await page.goto(url('/office/work?list=role.clerk'))
  await page.locator('.item').first().waitFor()
  await page.getByRole('button', { name: '大字' }).click()
  await page.getByRole('button', { name: '特大字' }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('link', { name: 'To do' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  await expectGoodPage(window)
  await window.close()
})

test('200%: half the window, twice the size', async () => {
  const window = await officeOf('shencha', '/work?list=role.reviewer', 720, 450)
  await window.page.locator('.item').first().waitFor()
  await expectGoodPage(window)
  await window.page.locator('.item a').first().click()
  await window.page.locator('.actions').waitFor()
  await expectGoodPage(window)
  await window.close()
})
