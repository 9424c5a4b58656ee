// Ten thousand rows in one list: only those in sight are in the document, and moving is as quick as in a short one. Times are
// printed, not judged: what else the machine does is not the page's doing.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { url, useBrowser } from '../support/browser'
import { acceptOrder, csrfOf, officeOf } from '../support/office'

useBrowser()

/** Reads the open list to its end, then goes on from the first row with the keyboard. */
async function readAndStep(page: Page, least: number): Promise<void> {
  await page.locator('.item').first().waitFor()
  await expect.poll(() => new URL(page.url()).searchParams.get('task')).toBeTruthy()
  const scrolled = await page.evaluate(async () => {
    const box = document.querySelector('.scroller')!
    const began = performance.now()
    // The foot of the list tells when all has been read.
    while (!/共 \d+ 条/.test(box.textContent ?? '')) {
      box.scrollTop = box.scrollHeight
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return { count: Number(/共 (\d+) 条/.exec(box.textContent ?? '')![1]), rows: document.querySelectorAll('.item').length, height: box.scrollHeight, ms: performance.now() - began }
  })
  expect(scrolled.count).toBeGreaterThanOrEqual(least)
  expect(scrolled.height).toBeGreaterThan(least * 55)
  expect(scrolled.rows).toBeLessThan(80)
  // The selection is still the first row, far above; a step goes on from there and brings it into sight.
  const position = () => page.evaluate(() => {
    const row = document.querySelector('.item.on')
    const box = document.querySelector('.scroller')!.getBoundingClientRect()
    const at = row?.getBoundingClientRect()
    return row && at && at.top >= box.top - 1 && at.bottom <= box.bottom + 1 ? Number(row.getAttribute('aria-posinset')) : null
  })
  const steps: number[] = []
  for (let to = 2; to <= 20; to++) {
    const pressed = performance.now()
    await page.keyboard.press('j')
    await expect.poll(position, { interval: 10 }).toBe(to)
    steps.push(performance.now() - pressed)
  }
  expect(await page.locator('.item').count()).toBeLessThan(80)
  steps.sort((a, b) => a - b)
  console.log(`${scrolled.count} rows: read by scrolling in ${(scrolled.ms / 1000).toFixed(1)} s, ${scrolled.rows} in the document, a step takes ${Math.round(steps[steps.length >> 1]!)} ms`)
}

test('ten thousand rows: a list as the server would give it', async () => {
  const agent = await officeOf('zuoxi')
  await acceptOrder(agent, '一万件之一（示例）')
  await agent.close()
  const window = await officeOf('zhuanban', '/me')
  const { page } = window
  // One row that is there, ten thousand times with another number.
  const real = (await (await window.context.request.get(url('/api/v1/tasks?list=role&role=dispatcher&limit=1'))).json()) as { items: object[] }
  await page.route(/\/api\/v1\/tasks\?/, async (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('after') ?? 0)
    const items = Array.from({ length: 100 }, (_, i) => ({ ...real.items[0]!, case_id: 1_000_000 + from + i, title: `第 ${from + i + 1} 件（示例）` }))
    await route.fulfill({ json: { ...real, items, next: from + 100 < 10_000 ? String(from + 100) : undefined } })
  })
  await page.goto(url('/office/work?list=role.dispatcher'))
  await readAndStep(page, 10_000)
  expect(window.errors).toEqual([])
  await window.close()
})

// As many cases as one account may start take minutes: npm run browser:long runs it.
test.runIf(process.env.JINYUE_LONG)('ten thousand rows: tasks that are really there', async () => {
  const window = await officeOf('zuoxi')
  const { page, context } = window
  const csrf = await csrfOf(context.request)
  const began = Date.now()
  // From within the page: its connections are kept, and the server commits what comes together at once.
  const made = await page.evaluate(async (token) => {
    let next = 0
    let done = 0
    const one = async () => {
      while (next < 10_000) {
        const n = next++
        const body = JSON.stringify({ pack: 'demonstration', item: 'hotline', answers: { title: `第 ${n} 件（示例）`, caller: '示例市民', phone: '13012345678' } })
        const post = () => fetch('/api/v1/cases', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': token, 'Idempotency-Key': `many-${n}` }, body })
        let answer = await post()
        // One account may not ask as often as this does; it waits as long as it is told.
        while (answer.status === 429) {
          await new Promise((resolve) => setTimeout(resolve, 1_000 * Number(answer.headers.get('Retry-After') ?? 1)))
          answer = await post()
        }
        if (answer.ok) done++
      }
    }
    await Promise.all(Array.from({ length: 6 }, one))
    return done
  }, csrf)
  console.log(`10,000 cases started in ${((Date.now() - began) / 1000).toFixed(1)} s`)
  expect(made).toBe(10_000)
  await page.goto(url('/office/work?list=role.agent'))
  await readAndStep(page, 10_000)
  expect(window.errors).toEqual([])
  await window.close()
}, 3_600_000)
