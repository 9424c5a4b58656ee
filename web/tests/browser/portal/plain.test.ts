// The portal without scripts: search, guides, progress by number and telephone; and what makes it soon there.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chinese, expectGoodPage, expectNothing, lowContrast, openWindow, signIn, url, useBrowser } from '../support/browser'
import { mouseOnly, settled, tabbing } from '../support/look'
import { startOrder } from '../support/office'

useBrowser()

test('without scripts: search, guide, progress', async () => {
  const agent = await openWindow()
  await signIn(agent, 'zuoxi')
  const number = await startOrder(agent, '门前路灯不亮（示例）')
  await agent.close()
  const window = await openWindow(360, 740, { javaScriptEnabled: false })
  const { page } = window
  await page.goto(url('/'))
  await page.getByLabel('要办什么事？').fill('食品经营')
  await page.getByRole('button', { name: '搜索' }).click()
  await page.getByRole('link', { name: '食品经营许可', exact: true }).click()
  await page.getByRole('heading', { name: '食品经营许可' }).waitFor()
  await page.getByText('个工作日').first().waitFor()
  await page.getByRole('link', { name: '查进度' }).click()
  const ask = async (phone: string) => {
    await page.getByLabel('办件号').fill(String(number))
    await page.getByLabel('登记时留的电话').fill(phone)
    await page.getByRole('button', { name: '查询' }).click()
  }
  await ask('13099999999')
  await page.getByRole('alert').getByText('没有找到').waitFor()
  await ask('+86 130-1234-5678')
  await page.getByRole('heading', { name: '门前路灯不亮（示例）' }).waitFor()
  const text = (await page.locator('main').textContent()) ?? ''
  expect(text).toContain('办理中')
  expect(text).not.toContain('示例市民')
  expect(text).not.toContain('12345678')
  await page.goto(url('/settings?size=2&back=/guides'))
  expect(await page.locator('html').getAttribute('class')).toBe('size-2')
  await page.getByRole('link', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Guides' }).waitFor()
  await page.goto(url('/settings?size=0&back=//example.com/'))
  expect(new URL(page.url()).host).toBe(new URL(url()).host)
  await window.close()
})

test('who asks too often has to wait', async () => {
  const window = await openWindow()
  const statuses: number[] = []
  for (let i = 0; i < 8; i++) statuses.push((await window.context.request.post(url('/api/v1/open/progress'), { data: { number: 999_999, phone: '13099999999' } })).status())
  expect(statuses[0]).toBe(404)
  expect(statuses.at(-1)).toBe(429)
  await window.close()
})

const wideEnough = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
const pressed = 'main a.button, main button, .top a, .top button'
const filled = 'main input:not([type=radio]):not([type=hidden]), main select, .choice'
/** What can be pressed and is lower than this. */
const lower = (page: Page, what: string, least: number) => page.locator(what).evaluateAll((all, height) => all.filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < height).map((e) => e.outerHTML.slice(0, 80)), least)

// Somebody without an account, a resident, and somebody who acts for a firm.
for (const login of [null, 'shimin1', 'daiban1']) {
  test(`every page of ${login ?? 'who is not signed in'}, narrow and wide, in large letters`, async () => {
    const window = await openWindow(360, 740)
    const { page } = window
    if (login) await signIn(window, login)
    const read = async () => page.locator('h1, h2').first().waitFor().then(() => settled(page))
    const linksOn = (where: string) => page.locator(`main a[href^="${where}"]`).evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname))
    // Of pages with a number in their address one is enough.
    const first = async (path: string, where: string) => {
      await page.goto(url(path))
      await read()
      return (await linksOn(where)).slice(0, 1)
    }
    const paths = login
      ? ['/my', ...(await first('/my', '/my/')), '/apply/demonstration/food-licence', '/report', '/progress']
      : ['/', '/search?q=许可', '/guides', '/guides/demonstration/food-licence', '/progress', '/report', '/apply/demonstration/food-licence', '/my', '/open', ...(await first('/open', '/open/boards/')), ...(await first('/open', '/open/reports/')), '/verify', '/nowhere']
    for (const path of paths) {
      await page.setViewportSize({ width: 360, height: 740 })
      await page.goto(url(path))
      await read()
      await expectGoodPage(window)
      expectNothing(await mouseOnly(page), path)
      expectNothing(await tabbing(page), path)
      expectNothing(await lower(page, `${pressed}, ${filled}`, 44), path)
      // 640 px is half of 1280 px: a window zoomed to 200 %.
      for (const width of [320, 640, 1440, 1920]) {
        await page.setViewportSize({ width, height: 900 })
        expect(await wideEnough(page), `${path} at ${width}`).toBe(true)
      }
      expectNothing(await lowContrast(page), `${path} at 1920`)
    }
    await page.goto(url('/settings?size=2&back=/'))
    await page.setViewportSize({ width: 360, height: 740 })
    for (const path of paths) {
      await page.goto(url(path))
      await read()
      expect(await wideEnough(page), `${path} very large`).toBe(true)
      expectNothing(await lower(page, pressed, 60), `${path} very large`)
    }
    await page.goto(url('/settings?language=en&back=/'))
    for (const path of paths) {
      await page.goto(url(path))
      await read()
      expect(await wideEnough(page), `${path} in English`).toBe(true)
      expectNothing(await chinese(page), `${path} in English`)
    }
    await window.close()
  })
}

// What makes the first paint soon is the same on every machine: how much has to arrive for it, and that nothing else does.
test('a page is painted from two small files, before any script has come', async () => {
  for (const path of ['/', '/search?q=许可', '/guides', '/guides/demonstration/food-licence', '/progress']) {
    const window = await openWindow(360, 740)
    const { page } = window
    const arrived: string[] = []
    const held: (() => void)[] = []
    // The document and its style come at once; whatever else is asked for comes only after the paint.
    await page.route('**/*', async (route) => {
      const request = route.request()
      if (request.isNavigationRequest() || request.resourceType() === 'stylesheet') arrived.push(new URL(request.url()).pathname)
      else await new Promise<void>((resolve) => held.push(resolve))
      await route.continue().catch(() => {})
    })
    await page.goto(url(path), { waitUntil: 'commit' })
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
    expect(arrived, path).toEqual([new URL(url(path)).pathname, '/portal.css'])
    expect(await page.locator('main h1').isVisible(), path).toBe(true)
    const sizes = await page.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByName(new URL('/portal.css', location.href).href)]
        .map((entry) => entry as PerformanceResourceTiming)
        .map(({ name, transferSize, decodedBodySize }) => ({ name, sent: transferSize, read: decodedBodySize })),
    )
    const sum = (of: (size: (typeof sizes)[number]) => number) => sizes.reduce((all, each) => all + of(each), 0)
    const elements = await page.locator('*').count()
    console.log(`${path}: ${sum((each) => each.sent)} bytes sent, ${sum((each) => each.read)} read, ${elements} elements until the first paint`)
    expect(sizes.length, path).toBe(2)
    for (const size of sizes) expect(size.read, size.name).toBeGreaterThan(0)
    // Ten packets of 1,460 bytes: what a server sends before it waits for the first acknowledgement.
    expect(sum((each) => each.sent), path).toBeLessThan(14_600)
    expect(sum((each) => each.read), path).toBeLessThan(24_000)
    expect(elements, path).toBeLessThan(300)
    for (const release of held) release()
    await page.waitForLoadState('load')
    // What comes later is small, too: the bundles of the pages with forms aren't for these.
    const scripts = await page.evaluate(() => (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter((entry) => entry.initiatorType === 'script' || entry.name.endsWith('.js')).map((entry) => [new URL(entry.name).pathname, entry.decodedBodySize] as const))
    expect(scripts.map(([name]) => name), path).toEqual(['/portal.js'])
    expect(scripts[0]![1], path).toBeLessThan(2_000)
    await window.close()
  }
  // The style asks for nothing more: no other style, no picture, no font from elsewhere.
  const window = await openWindow(360, 740)
  const style = await (await window.context.request.get(url('/portal.css'))).text()
  expect(style).not.toMatch(/@import|url\(/)
  await window.close()
})
