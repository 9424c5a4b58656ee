// The page of a case: deadline explained, picture, proof, print, and what a supervisor does; two people on it.
import { expect, test } from 'vitest'
import { expectGoodPage, url, useBrowser } from '../support/browser'
import { acceptOrder, officeOf, startOrder, write } from '../support/office'

useBrowser()

test('why a deadline falls on its day is drawn on a calendar', async () => {
  const window = await officeOf('zuoxi')
  const id = await startOrder(window, '为什么是这一天（示例）')
  const { page } = window
  await page.goto(url(`/office/cases/${id}`))
  await page.getByText('热线工单总时限').waitFor()
  await page.getByRole('button', { name: '为什么是这一天' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('.month td.last').waitFor()
  expect(await dialog.locator('.month td.counted').count()).toBe(20)
  expect(await dialog.locator('.month td.weekend').count()).toBeGreaterThan(4)
  await dialog.getByText('“2·20”').waitFor()
  await expectGoodPage(window)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await window.close()
})

test('the process is drawn with where the case stands; the mark of bpmn.io stays', async () => {
  const window = await officeOf('zuoxi')
  const id = await startOrder(window, '流程图（示例）')
  await write(window, `/tasks/${id}/1/completion`, { answers: {} })
  await window.page.goto(url(`/office/cases/${id}`))
  await window.page.locator('.picture .at-work').waitFor()
  expect(await window.page.locator('.picture .was-done').count()).toBe(1)
  expect(await window.page.locator('.bjs-powered-by').isVisible()).toBe(true)
  expect(window.errors).toEqual([])
  await window.close()
})

test('a record is proven in the browser, and a changed one is not', async () => {
  const window = await officeOf('zuoxi')
  const { page } = window
  const id = await startOrder(window, '存证（示例）')
  await page.goto(url(`/office/cases/${id}`))
  await page.getByRole('button', { name: /^存证/ }).first().click()
  await page.getByText('已核对：这条记录在日志中，未被改动。').waitFor()
  await expectGoodPage(window)
  await page.keyboard.press('Escape')
  await page.route('**/api/v1/log/proofs/*', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: (await answer.text()).replace('account:', 'account:9') })
  })
  await page.getByRole('button', { name: /^存证/ }).first().click()
  await page.getByText('证明不成立').waitFor()
  await window.close()
})

test('on paper there is a code that leads to the open record of the case', async () => {
  const window = await officeOf('zuoxi')
  const id = await startOrder(window, '打印（示例）')
  await window.page.goto(url(`/office/cases/${id}/print`))
  await window.page.locator('.qr').waitFor()
  await window.page.getByText(`/cases/${id}`).first().waitFor()
  await expectGoodPage(window)
  await window.close()
})

test('personal data are masked and are shown for a purpose that the audit trail keeps', async () => {
  const agent = await officeOf('zuoxi')
  const id = await startOrder(agent, '掩码（示例）')
  const window = await officeOf('huifang', `/cases/${id}`)
  const { page } = window
  await page.getByText('130****5678').waitFor()
  await page.getByRole('button', { name: '查看（留痕）' }).click()
  await page.getByLabel('目的').fill('回访前核对号码')
  await page.getByRole('dialog').getByRole('button', { name: '查看' }).click()
  await page.getByText('13012345678').waitFor()
  await page.goto(url('/office/audit'))
  await page.getByText('回访前核对号码').waitFor()
  await expectGoodPage(window)
  await window.close()
  await agent.close()
})

test('a supervisor pauses a clock with a reason, and who looks at the case sees it at once', async () => {
  const agent = await officeOf('zuoxi')
  const id = await startOrder(agent, '暂停（示例）')
  await agent.page.goto(url(`/office/cases/${id}`))
  await agent.page.locator('.clock').first().waitFor()
  const window = await officeOf('duban', `/cases/${id}`)
  const { page } = window
  await page.getByRole('button', { name: '暂停计时' }).click()
  await page.getByLabel('理由').fill('等待鉴定结论（示例）')
  await expectGoodPage(window)
  await page.getByRole('dialog').getByRole('button', { name: '暂停计时' }).click()
  await page.locator('.clock').getByText('已暂停计时').first().waitFor()
  await agent.page.locator('.clock').getByText('已暂停计时').first().waitFor()
  await page.getByRole('button', { name: '恢复计时' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '恢复计时' }).click()
  await page.locator('.clock').getByText('已暂停计时').first().waitFor({ state: 'detached' })
  await window.close()
  await agent.close()
})

test('a supervisor assigns a task to a colleague, who finds it in his list', async () => {
  const agent = await officeOf('zuoxi')
  const id = await startOrder(agent, '指派（示例）')
  const window = await officeOf('duban', `/work?list=others&task=${id}.1`)
  const { page } = window
  await page.getByRole('button', { name: '指派' }).first().click()
  await page.getByLabel('接收人').selectOption({ label: await page.getByLabel('接收人').locator('option', { hasText: 'zuoxi' }).textContent().then((text) => text!) })
  await page.getByLabel('理由').fill('熟悉情况（示例）')
  await page.getByRole('dialog').getByRole('button', { name: '指派' }).click()
  await page.getByText(/正由示例坐席.*办理/).waitFor()
  await agent.page.goto(url('/office/work?list=mine'))
  await agent.page.locator('.item').getByText('指派（示例）').waitFor()
  await window.close()
  await agent.close()
})

test('an extension names who approved it, chosen from those who may', async () => {
  const agent = await officeOf('zuoxi')
  const id = await acceptOrder(agent, '申请延期（示例）')
  await agent.close()
  const window = await officeOf('duban', `/cases/${id}`)
  const { page } = window
  await page.getByRole('button', { name: '延期', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('批准人').locator('option').nth(1).waitFor({ state: 'attached' })
  const names = await dialog.getByLabel('批准人').locator('option').allTextContents()
  expect(names.slice(1).every((name) => /\S+ · \S+/.test(name)), names.join(', ')).toBe(true)
  expect(names.join()).not.toContain('duban')
  await dialog.getByLabel('批准人').selectOption({ index: 1 })
  await dialog.getByLabel('理由').fill('需要现场勘验（示例）')
  await expectGoodPage(window)
  await dialog.getByRole('button', { name: '延期' }).click()
  await page.getByText('已办：延期').waitFor()
  await page.locator('.timeline').getByText('延期').waitFor()
  // Whoever did something is told by name.
  expect(await page.locator('.timeline').textContent()).toContain('示例')
  await window.close()
})
