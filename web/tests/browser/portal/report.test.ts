// Reporting a matter: with the keyboard alone, over a reload, without a network, and signing in last; a firm's too.
import { expect, inject, test } from 'vitest'
import { openWindow, signIn, url, useBrowser } from '../support/browser'

useBrowser()

test('a resident reports with the keyboard; the draft survives a reload and a lost network', async () => {
  const window = await openWindow(360, 740)
  const { page, context } = window
  await page.goto(url('/report'))
  await page.getByLabel('标题').waitFor()
  await page.getByLabel('标题').focus()
  await page.keyboard.type('楼道灯坏了（示例）')
  await page.keyboard.press('Tab')
  await page.keyboard.type('三单元二楼')
  await page.getByText('已自动保存在这台设备上').waitFor()
  await page.reload()
  await page.getByText('上次没有提交的内容还在').waitFor()
  expect(await page.getByLabel('标题').inputValue()).toBe('楼道灯坏了（示例）')
  await page.getByRole('button', { name: '提交' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.wrong').first().waitFor() // the telephone number
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('f-phone')
  await page.keyboard.type('13012345678')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '登录' }).waitFor()
  const account = inject('accounts').shimin1!
  await page.keyboard.type(account.login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(account.password)
  await context.setOffline(true)
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('暂时连不上服务器').waitFor()
  await context.setOffline(false)
  await page.getByRole('button', { name: '登录' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '已收到' }).waitFor()
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('jinyue.draft.')).length)).toBe(0)
  await page.getByRole('link', { name: '看这件事' }).click()
  await page.getByRole('heading', { name: '楼道灯坏了（示例）' }).waitFor()
  await page.getByRole('link', { name: '我的办件' }).click()
  await page.getByRole('link', { name: '楼道灯坏了（示例）' }).first().waitFor()
  await window.close()
})

test('somebody who acts for a firm sees its matters', async () => {
  const window = await openWindow(1440, 900)
  await signIn(window, 'daiban1')
  await window.page.goto(url('/my'))
  await window.page.getByText('代办 1 家企业').waitFor()
  await window.page.getByRole('heading', { name: '全部' }).waitFor()
  await window.close()
})

test('a record of the log is verified in the browser', async () => {
  const window = await openWindow(360, 740)
  await window.page.goto(url('/verify'))
  await window.page.getByText('一条记录').click()
  await window.page.getByLabel('号码，或二维码里的地址').fill('1')
  await window.page.getByRole('button', { name: '核验', exact: true }).click()
  await window.page.getByText('✓ 已核对').waitFor()
  await window.close()
})

test('a slow network, then none: what was read stays readable', async () => {
  const window = await openWindow(360, 740)
  const { page, context } = window
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 300, downloadThroughput: 50_000, uploadThroughput: 25_000 })
  await page.goto(url('/guides'))
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller)
  await page.reload()
  await context.setOffline(true)
  await page.reload()
  await page.getByRole('heading', { name: '办事指南' }).waitFor()
  await page.goto(url('/guides/demonstration/food-licence')).catch(() => {})
  await page.getByText('现在没有网络').first().waitFor()
  await window.close()
})
