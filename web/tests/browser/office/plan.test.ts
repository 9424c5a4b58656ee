// Plans: every view of one at three widths, and progress that is reported from a phone with a photo.
import { expect, test } from 'vitest'
import { expectGoodPage, sideways, url, useBrowser } from '../support/browser'
import { officeOf } from '../support/office'
import { photo } from '../support/photo'

useBrowser()

test('a unit reports progress from a phone with a photo, which the checker sees', async () => {
  const window = await officeOf('shirong', '/', 360, 740)
  const { page, context } = window
  const open = (await (await context.request.get(url('/api/v1/tasks?list=unit&limit=100'))).json()) as { items: { case_id: number; number: number; node: string }[] }
  const task = open.items.find((each) => each.node === 'report')!
  expect(task, 'the demonstration has a part that waits for a report').toBeTruthy()
  await page.goto(url(`/office/work?list=unit&task=${task.case_id}.${task.number}`))
  await page.getByLabel(/^进度（%）/).fill('80')
  await page.getByLabel(/^本期做了什么/).fill('本月完成两处（示例）')
  await page.getByLabel('否', { exact: true }).check()
  // Neither a number of a document nor a photo: one of them is asked for.
  await page.locator('.actions .button.main').click()
  await page.getByRole('alert').getByText('佐证材料').waitFor()
  await page.locator('#f-evidence_files').setInputFiles([await photo('现场.jpg', 1600, 1200)])
  await page.getByText('已上传').waitFor()
  await expectGoodPage(window)
  // What was filled in outlives a dead phone.
  await page.reload()
  await page.getByText('已上传').waitFor()
  expect(await page.getByLabel(/^本期做了什么/).inputValue()).toBe('本月完成两处（示例）')
  await page.locator('.actions .button.main').click()
  await page.getByText(/^已完成：/).waitFor()
  await page.goto(url(`/office/cases/${task.case_id}`))
  await page.locator('img[alt*="现场"]').waitFor()
  // Who did it is told by name, the unit by its own.
  expect(await page.locator('main').textContent()).not.toMatch(/账号 \d+/)
  await expectGoodPage(window)
  await window.close()
})

test('every view of a plan is good at three widths', async () => {
  const window = await officeOf('duchashi', '/plans')
  const { page } = window
  await page.locator('table a').first().click()
  await page.locator('.figures li').first().waitFor()
  const path = new URL(page.url()).pathname
  for (const view of ['measures', 'roadmap', 'timetable', 'matrix', 'targets', 'late', 'orders', 'gaps']) {
    await page.goto(url(`${path}?view=${view}`))
    await page.locator('.card.table-frame > :not(.skeleton)').first().waitFor()
    await expectGoodPage(window)
    for (const width of [360, 1920, 1440]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await sideways(page), `${view} at ${width}`).toEqual([])
    }
  }
  await window.close()
})
