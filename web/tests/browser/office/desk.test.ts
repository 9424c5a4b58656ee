// The hotline desk while a caller speaks: who calls, what the order is likely about, what is known of it.
import { expect, test } from 'vitest'
import { chinese, expectGoodPage, expectNothing, useBrowser } from '../support/browser'
import { officeOf } from '../support/office'

useBrowser()

test('the desk shows the caller’s cases and says what the order is likely about, in both languages', async () => {
  const window = await officeOf('rexian', '/hotline')
  const { page } = window
  await page.getByLabel('来电号码').fill('13000000101')
  await page.keyboard.press('Enter')
  const history = page.locator('aside section', { hasText: '来电人的办件' })
  await history.locator('a').first().waitFor()
  await page.getByLabel('标题').first().fill('路灯夜里不亮')
  const suggestion = page.locator('aside section', { hasText: '从历史工单学得' })
  await suggestion.getByText('路灯照明').waitFor()
  await suggestion.getByText('市城市管理局').waitFor()
  await suggestion.getByText(/检验 \d+ 件/).waitFor()
  await expectGoodPage(window)
  await page.getByRole('button', { name: 'English' }).click()
  await page.locator('aside').getByText('Street lighting').waitFor()
  await page.locator('aside').getByText('Municipal Urban Management Bureau').waitFor()
  expectNothing(await chinese(page), 'the desk in English')
  expect(await history.count()).toBe(0) // its heading is in English now
  await window.close()
})
