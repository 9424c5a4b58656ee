// Signing in and out of the workbench.
import { expect, test } from 'vitest'
import { accountOf, expectGoodPage, openWindow, url, useBrowser } from '../support/browser'
import { officeOf, startLicence } from '../support/office'
import { totp } from '../support/totp'

useBrowser()

test('a wrong password is told in place, the right one opens the worklist', async () => {
  const clerk = await officeOf('chuangkou')
  await startLicence(clerk, '登录后第一件（示例）')
  await clerk.close()
  const window = await openWindow()
  const { page } = window
  await page.goto(url('/office/work?list=role.clerk'))
  await expectGoodPage(window)
  await page.getByLabel('账号').fill('chuangkou')
  await page.getByLabel('密码').fill('wrong-password-1A')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('密码').fill(accountOf('chuangkou').password)
  await page.keyboard.press('Enter')
  await page.locator('.item').first().waitFor()
  expect(new URL(page.url()).searchParams.get('list')).toBe('role.clerk')
  await window.close()
})

test('an administrator sets up one-time codes, then signs in with one', async () => {
  const window = await openWindow()
  const { page } = window
  const account = accountOf('shenji')
  const enter = async () => {
    await page.getByLabel('账号', { exact: true }).fill(account.login)
    await page.getByLabel('密码').fill(account.password)
    await page.getByRole('button', { name: '登录' }).click()
  }
  await page.goto(url('/office/'))
  await enter()
  await page.getByRole('heading', { name: '请先设置动态口令' }).waitFor()
  await expectGoodPage(window)
  await page.getByLabel('先输入密码').fill(account.password)
  await page.keyboard.press('Enter')
  const secret = (await page.locator('.secret').textContent()) ?? ''
  const code = totp(secret)
  await page.getByLabel('6 位数字').fill(code)
  await page.keyboard.press('Enter')
  await page.getByText('动态口令已启用').waitFor()
  expect(await page.locator('.codes li').count()).toBe(10)
  await page.getByRole('button', { name: '已抄好，继续' }).click()
  await page.getByRole('navigation', { name: '主导航' }).getByText('审计').waitFor()
  await page.locator('.who summary').click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await enter()
  const field = page.getByLabel('动态口令（6 位）或恢复码')
  await field.waitFor()
  // The same code opens only once; the next one is taken half a minute early.
  await field.fill(code)
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  await field.fill(totp(secret, Date.now() + 30_000))
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: '主导航' }).getByText('审计').waitFor()
  await window.close()
})

test('the page is strict about where its parts come from', async () => {
  const window = await openWindow()
  const answer = await window.page.goto(url('/office/'))
  expect(answer?.headers()['content-security-policy']).toContain("default-src 'self'")
  expect(answer?.headers()['cache-control']).toBe('no-cache')
  const script = await window.page.locator('script[type=module]').getAttribute('src')
  const asset = await window.context.request.get(url(script!), { headers: { 'Accept-Encoding': 'br' } })
  expect(asset.headers()['cache-control']).toContain('immutable')
  expect(asset.headers()['content-encoding']).toBe('br')
  await window.close()
})
