// Administrators: accounts and roles by two persons, sessions, the system.
import { expect, test } from 'vitest'
import { expectGoodPage, useBrowser } from '../support/browser'
import { adminOf } from '../support/office'

useBrowser()

test('an account is made, gets a role, loses it, is disabled', async () => {
  const window = await adminOf('anquan', '/accounts')
  const { page } = window
  await page.locator('table.table tbody tr').first().waitFor()
  await page.getByRole('button', { name: '新建账号' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('登录名').fill('xinren')
  await dialog.getByLabel('单位').fill('市民政局')
  await dialog.getByLabel('姓名').fill('示例新人')
  await dialog.getByLabel('临时密码').fill('Temporary-2026-x')
  await expectGoodPage(window)
  await dialog.getByRole('button', { name: '新建' }).click()
  await page.getByRole('heading', { name: 'xinren' }).waitFor()
  await page.getByRole('button', { name: '授予角色' }).click()
  await page.getByLabel('角色', { exact: true }).selectOption({ label: '登记员' })
  await page.getByRole('dialog').getByRole('button', { name: '授予' }).click()
  await page.getByRole('cell', { name: '有效', exact: true }).waitFor()
  await expectGoodPage(window)
  await page.getByRole('button', { name: '收回' }).click()
  await page.getByRole('cell', { name: '已收回' }).waitFor()
  await page.getByRole('button', { name: '停用' }).click()
  await page.getByLabel('理由').fill('示例')
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await page.getByText('已停用').first().waitFor()
  await window.close()
})

test('the role of an administrator waits for another person', async () => {
  const one = await adminOf('anquan', '/accounts')
  await one.page.getByRole('link', { name: 'heshi' }).click()
  await one.page.getByRole('button', { name: '授予角色' }).click()
  await one.page.getByLabel('角色', { exact: true }).selectOption({ label: '审计管理员' })
  await one.page.getByRole('dialog').getByRole('button', { name: '授予' }).click()
  await one.page.getByRole('cell', { name: '待确认' }).waitFor()
  const two = await adminOf('anquan2', '/accounts')
  await two.page.getByRole('row', { name: /audit-admin/ }).getByRole('button', { name: '确认' }).click()
  await two.page.getByText('已确认').waitFor()
  await one.close()
  await two.close()
})

test('the system tells how it is, from its own figures', async () => {
  const window = await adminOf('xitong', '/system')
  await window.page.getByText('日志记录').waitFor()
  await window.page.getByRole('cell', { name: /GET \/api\/v1\/session/ }).first().waitFor()
  await expectGoodPage(window)
  expect(await window.page.locator('.figures b').first().textContent()).toMatch(/^\d/)
  await window.close()
})
