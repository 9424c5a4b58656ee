// Every place of every role at three widths, at 320 px, at 200%, in large text and in English: nothing that axe
// finds, nothing under the contrast, nothing that sticks out, no error.
import { expect, test } from 'vitest'
import { expectGoodPage, sideways, url, useBrowser, type Window } from '../support/browser'
import { adminOf, officeOf, startLicence } from '../support/office'

useBrowser()
const officers = ['zuoxi', 'chuangkou', 'duban', 'fuhe']
const administrators = ['xitong', 'anquan', 'shenji']
/** The page has its data: nothing on it says that it is still being read, and nothing has been asked for a moment. */
const settled = async (window: Window) => {
  const { page } = window
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page.waitForFunction(async () => {
    const seen = performance.getEntriesByType('resource').length
    await new Promise((resolve) => setTimeout(resolve, 120))
    return !document.querySelector('[aria-busy=true], .skeleton') && performance.getEntriesByType('resource').length === seen
  })
}
/** Pages that say the same to everybody are looked at once. */
const looked = new Set<string>()
const sameForAll = /^\/office\/(packs|start(\/.*)?)$/
async function placesOf(window: Window): Promise<string[]> {
  await window.page.locator('.rail a').first().waitFor()
  const paths = await window.page.locator('.rail a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname))
  return [...paths, '/office/me', '/office/packs', '/office/start/demonstration/food-licence'].filter((path) => !path.includes('start/') || paths.includes('/office/start'))
}
const sizes = [
  [360, 740],
  [1920, 1080],
  [1440, 900],
] as const

for (const login of [...officers, ...administrators]) {
  test(`all places of ${login}`, async () => {
    const window = administrators.includes(login) ? await adminOf(login) : await officeOf(login)
    const { page } = window
    const paths = await placesOf(window)
    for (const path of paths) {
      if (sameForAll.test(path) && looked.has(path)) continue
      looked.add(path)
      await page.goto(url(path))
      await settled(window)
      await expectGoodPage(window)
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height })
        await page.waitForTimeout(40)
        expect(await sideways(page), `${path} at ${width}`).toEqual([])
      }
    }
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(url(paths[0]!))
    await settled(window)
    await expectGoodPage(window)
    await window.close()
  }, 300_000)
}

test('320 px, large text, English, a missing page', async () => {
  const window = await officeOf('chuangkou', '/start', 320, 640)
  const { page } = window
  await startLicence(window, '示例小馆食品经营许可（示例）')
  await page.goto(url('/office/work?list=role.clerk'))
  await page.locator('.item').first().waitFor()
  const cases = ['/work?list=role.clerk', '/cases', '/search?q=许可', '/start', '/start/demonstration/food-licence', '/me', '/nowhere']
  for (const path of cases) {
    await page.goto(url('/office' + path))
    await settled(window)
    expect(await sideways(page), path).toEqual([])
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(url('/office/work?list=role.clerk'))
  await page.locator('.item').first().waitFor()
  await page.getByRole('button', { name: '大字' }).click()
  await page.getByRole('button', { name: '特大字' }).click()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('link', { name: 'To do' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  for (const path of cases) {
    await page.goto(url('/office' + path))
    await settled(window)
    expect(await sideways(page), `${path} in large English`).toEqual([])
  }
  await expectGoodPage(window)
  await window.close()
}, 300_000)

test('200%: half the window, twice the size', async () => {
  const window = await officeOf('shencha', '/work?list=role.reviewer', 720, 450)
  await window.page.locator('.item').first().waitFor()
  await expectGoodPage(window)
  await window.page.locator('.item a').first().click()
  await window.page.locator('.actions').waitFor()
  await expectGoodPage(window)
  await window.close()
})
