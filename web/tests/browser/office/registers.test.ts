// Registers: reading as of a day, proposing, approving by another person, publishing, versions with what differs,
// importing a table.
import { expect, test } from 'vitest'
import { expectGoodPage, url, useBrowser } from '../support/browser'
import { officeOf } from '../support/office'

useBrowser()

test('an entry is proposed, approved by another person, published, and its versions are compared', async () => {
  const one = await officeOf('dengji', '/registers/units')
  const { page } = one
  await page.locator('table.table tbody tr').first().waitFor()
  await expectGoodPage(one)
  await page.locator('table.table tbody tr a').first().click()
  await page.getByRole('button', { name: '提出新版本' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('说明').fill('更名（示例）')
  const name = dialog.getByLabel('名称', { exact: true })
  const old = await name.inputValue()
  await name.fill(`${old}（示例）`)
  await expectGoodPage(one)
  await dialog.getByRole('button', { name: '提出' }).click()
  await page.getByRole('link', { name: '更名（示例）' }).first().waitFor()

  const two = await officeOf('fuhe', '/registers/units/proposals')
  await two.page.getByRole('link', { name: '更名（示例）' }).first().click()
  await two.page.getByRole('button', { name: '批准' }).click()
  await two.page.getByText('待公布').waitFor()
  await expectGoodPage(two)
  await two.page.getByRole('button', { name: '公布' }).click()
  await two.page.locator('.pill', { hasText: '已公布' }).waitFor()
  await two.page.locator('table.table tbody a').first().click()
  await two.page.locator('ins', { hasText: `${old}（示例）` }).waitFor()
  await expectGoodPage(two)
  await one.close()
  await two.close()
})

test('an entry that lacks what is required is not proposed', async () => {
  const window = await officeOf('dengji', '/registers/posts')
  const { page } = window
  await page.getByRole('button', { name: '新增条目' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('说明').fill('撤回（示例）')
  await dialog.getByRole('button', { name: '提出' }).click()
  await dialog.locator('.error').first().waitFor()
  await window.close()
})

test('a table is checked row by row before it is proposed', async () => {
  const window = await officeOf('dengji', '/registers/units/import')
  const { page } = window
  const exported = await (await window.context.request.get(url('/api/v1/registers/units/export?format=csv'))).text()
  const lines = exported.split(/\r?\n/)
  const wrong = [lines[0], lines[1]!.replace(/^[^,]*/, '"坏 键"')].join('\n')
  await page.getByLabel('文件').setInputFiles({ name: 'units.csv', mimeType: 'text/csv', buffer: Buffer.from(wrong) })
  await page.getByText(/行有误/).waitFor()
  expect(await page.getByRole('button', { name: '提出' }).isDisabled()).toBe(true)
  await expectGoodPage(window)
  await page.getByLabel('文件').setInputFiles({ name: 'units.csv', mimeType: 'text/csv', buffer: Buffer.from(exported) })
  await page.getByText('与现有内容相同').waitFor()
  const renamed = exported.replace('金普新区管理委员会', '金普新区管理委员会（示例）')
  await page.getByLabel('文件').setInputFiles({ name: 'units.csv', mimeType: 'text/csv', buffer: Buffer.from(renamed) })
  await page.getByText('可以导入').waitFor()
  await page.getByRole('button', { name: '提出' }).click()
  await page.waitForURL(/proposals\/\d+/)
  await page.getByText('1 处变更').waitFor()
  await window.close()
})
