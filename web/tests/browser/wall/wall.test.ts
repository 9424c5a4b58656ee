// The wall: one screen at 16:9 and 32:9, what its numbers open, and that it says the same as the figures.
import { spawnSync } from 'node:child_process'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { binary, projectRoot } from '../../../scripts/server.mjs'
import { dataFolder, expectGoodPage, openWindow, signIn, url, useBrowser } from '../support/browser'

useBrowser()

test('a leader reads the city on one screen and opens what is behind a number', async () => {
  const granted = spawnSync(binary(), ['account', 'grant', '--data', dataFolder(), '--role', 'leader', 'duban'], { cwd: projectRoot, encoding: 'utf8' })
  expect(granted.stderr + granted.stdout).toMatch(/leader|role/)
  const window = await openWindow(1920, 1080)
  const { page } = window
  await signIn(window, 'duban')
  await page.goto(url('/wall/'))
  await page.locator('.figure').first().waitFor()
  await expectGoodPage(window)
  for (const [width, height] of [
    [1440, 810],
    [1920, 1080],
    [3840, 1080],
  ] as const) {
    await page.setViewportSize({ width, height })
    expect(await page.evaluate(() => [document.documentElement.scrollHeight <= innerHeight, document.documentElement.scrollWidth <= innerWidth]), `${width}`).toEqual([true, true])
  }
  for (const width of [320, 360, 720]) {
    await page.setViewportSize({ width, height: 740 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`).toBe(true)
  }
  await page.setViewportSize({ width: 1920, height: 1080 })
  // The same figure as whoever asks the interface gets.
  const first = page.locator('.figure').first()
  const shown = (await first.locator('b').textContent()) ?? ''
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())
  const answer = await window.context.request.get(url(`/api/v1/figures?indicators=hotline/received&period=${today}`))
  const figures = (await answer.json()) as { items: { figures: { value?: number }[] }[] }
  expect(shown.replace(/\D/g, '')).toBe(String(figures.items[0]?.figures[0]?.value))
  // By keyboard into the cases and back.
  await first.locator('button').focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog')
  await panel.getByRole('button', { name: '关闭' }).waitFor()
  await expectGoodPage(window)
  await page.keyboard.press('Escape')
  expect(await panel.count()).toBe(0)
  // On the map (a rising topic may have the area's name, too): the list has as many cases as the number says, streets and all.
  const area = page.getByRole('button', { name: /^中山区 \d+ 件$/ })
  const counted = Number(/\d+/.exec((await area.getAttribute('aria-label')) ?? '')![0])
  await area.click()
  await panel.locator('a').first().waitFor()
  expect(await panel.locator('a').first().getAttribute('href')).toMatch(/^\/office\/cases\/\d+$/)
  const more = panel.getByRole('button', { name: '更多' })
  for (let lines = await panel.locator('li').count(); await more.count(); lines = await panel.locator('li').count()) {
    await more.click()
    await expect.poll(() => panel.locator('li').count()).toBeGreaterThan(lines)
  }
  expect(await panel.locator('li').count()).toBe(counted)
  await page.keyboard.press('Escape')
  await window.context.setOffline(true)
  await window.close()
})

/** Panels that lie beside or over one another leave no hole: what they cover, and what there is to cover, in pixels. */
const covered = (page: Page) =>
  page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.wall > .panel')].map((panel) => panel.getBoundingClientRect())
    const left = Math.min(...boxes.map((box) => box.left))
    const right = Math.max(...boxes.map((box) => box.right))
    const top = Math.min(...boxes.map((box) => box.top))
    const bottom = Math.max(...boxes.map((box) => box.bottom))
    return { share: boxes.reduce((sum, box) => sum + box.width * box.height, 0) / ((right - left) * (bottom - top)), left, right: innerWidth - right, bottom: innerHeight - bottom }
  })

test('what is overdue is in red, by unit, with the cases behind it, and all of it in English, too', async () => {
  const window = await openWindow(1920, 1080)
  const { page } = window
  await signIn(window, 'lingdao')
  await page.goto(url('/wall/'))
  await page.locator('.area-late').waitFor()
  const counts = (await (await window.context.request.get(url('/api/v1/overdue/units'))).json()) as { count: number; items: { count: number; name: { zh: string; en: string } }[] }
  expect(counts.count).toBeGreaterThan(0)
  const card = page.locator('.figure.bad')
  expect((await card.locator('b').textContent())?.replace(/\D/g, '')).toBe(String(counts.count))
  expect(await page.locator('.area-late li').allTextContents()).toEqual(counts.items.map((each) => `${each.name.zh || '不限单位，按角色办理'}■ ${each.count}`))
  const panel = page.getByRole('dialog')
  const lines = async (count: number) => {
    await panel.locator('a').first().waitFor()
    const more = panel.getByRole('button', { name: /更多|More/ })
    for (let seen = await panel.locator('li').count(); await more.count(); seen = await panel.locator('li').count()) {
      await more.click()
      await expect.poll(() => panel.locator('li').count()).toBeGreaterThan(seen)
    }
    expect(await panel.locator('li').count()).toBe(count)
    expect(await panel.locator('li .red').count()).toBe(count)
    await page.keyboard.press('Escape')
  }
  await card.locator('button').click()
  await lines(counts.count)
  await page.locator('.area-late button').first().click()
  await lines(counts.items[0]!.count)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Where it is overdue' }).waitFor()
  for (const part of ['.cards', '.area-late', '.area-topics', '.area-map', '.area-trend']) expect(await page.locator(part).textContent(), part).not.toMatch(/[\u4e00-\u9fff]/)
  await expectGoodPage(window)
  await window.close()
})

test('who may read figures only has a wall without a hole', async () => {
  for (const [width, height] of [
    [1920, 1080],
    [3840, 1080],
  ] as const) {
    const window = await openWindow(width, height)
    const { page } = window
    await signIn(window, 'tongji')
    await page.goto(url('/wall/'))
    await page.locator('.area-map').waitFor()
    expect(await page.locator('.area-late').count()).toBe(0)
    const area = await covered(page)
    expect(area.share, `${width}`).toBeGreaterThan(0.93) // the rest are the gaps between
    expect(Math.max(area.left, area.right, area.bottom), `${width}`).toBeLessThan(40)
    await expectGoodPage(window)
    await window.close()
  }
})

test('who is not signed in is asked to', async () => {
  const window = await openWindow(1440, 900)
  await window.page.goto(url('/wall/'))
  await window.page.getByRole('heading', { name: '登录' }).waitFor()
  await expectGoodPage(window)
  await window.close()
})
