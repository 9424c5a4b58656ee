// Packs: the decision grid with gaps and try-out, the editor of processes, deploying with what differs, moving
// running cases after a trial.
import { expect, test } from 'vitest'
import { expectGoodPage, useBrowser } from '../support/browser'
import { adminOf } from '../support/office'

useBrowser()

test('a table with a gap is found, tried, mended and deployed', async () => {
  const window = await adminOf('xitong', '/packs/demonstration?file=visit.dmn')
  const { page } = window
  await page.getByRole('button', { name: '检查遗漏和重叠' }).click()
  await page.getByText('没有遗漏，没有重叠').waitFor()
  await expectGoodPage(window)
  const cell = page.getByLabel('规则 3，条件 area')
  await cell.fill('< 90')
  await cell.press('Tab')
  await page.getByRole('button', { name: '检查遗漏和重叠' }).click()
  await page.getByText(/^遗漏：/).waitFor()
  await page.locator('#try-kind').fill('bakery')
  await page.locator('#try-area').fill('120')
  await page.getByRole('button', { name: '试算', exact: true }).click()
  await page.getByText('命中规则 2').waitFor()
  await cell.fill('< 120')
  await cell.press('Tab')
  await page.getByRole('button', { name: '检查遗漏和重叠' }).click()
  await page.getByText(/规则 2、3 重叠/).waitFor()
  await page.getByLabel('规则 2，条件 area').fill('>= 120')
  await page.getByLabel('规则 2，条件 area').press('Tab')
  await page.getByRole('button', { name: '检查并部署' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('可以部署').waitFor()
  await dialog.getByText('visit.dmn').first().waitFor()
  await expectGoodPage(window)
  await dialog.getByRole('button', { name: '部署' }).click()
  await dialog.getByText(/已部署为第 2 版/).first().waitFor()
  await dialog.getByLabel('迁移的理由').fill('核查面积调整（示例）')
  await dialog.getByRole('button', { name: '试算' }).click()
  await dialog.getByText(/试算：\d+ 件可以迁移/).waitFor()
  await dialog.getByRole('button', { name: '迁移', exact: true }).click()
  await page.getByText(/已迁移 \d+ 件/).waitFor()
  await window.close()
})

test('the editor of processes changes a name; the mark stays', async () => {
  const window = await adminOf('xitong', '/packs/demonstration?file=hotline.bpmn')
  const { page } = window
  await page.locator('[data-element-id=accept]').first().click()
  await page.getByLabel('名称').fill('登记受理')
  await page.getByLabel('名称').press('Tab')
  await page.getByText('1 个文件已改动').waitFor()
  expect(await page.locator('.bjs-powered-by').isVisible()).toBe(true)
  expect(window.errors).toEqual([])
  await page.getByRole('button', { name: '放弃改动' }).click()
  await window.close()
})
