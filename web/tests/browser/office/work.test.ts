// The worklist: moving, claiming with undo, completing with a form, many at once, saved views, live updates.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectGoodPage, useBrowser } from '../support/browser'
import { acceptOrder, listReady, officeOf, startOrder, write } from '../support/office'

useBrowser()
const selected = (page: Page) => page.locator('.item.on b').textContent()
const keyIn = (page: Page) => new URL(page.url()).searchParams.get('task')

test('J and K move, the address follows, a reload loses nothing', async () => {
  const agent = await officeOf('zuoxi')
  for (let i = 0; i < 2; i++) await acceptOrder(agent, `上下移动 ${i}（示例）`)
  const window = await officeOf('zhuanban', '/work?list=role.dispatcher')
  const { page } = window
  await listReady(page)
  const first = keyIn(page)
  await page.keyboard.press('j')
  await expect.poll(() => keyIn(page)).not.toBe(first)
  const second = keyIn(page)
  await page.keyboard.press('k')
  await expect.poll(() => keyIn(page)).toBe(first)
  await page.keyboard.press('j')
  await expect.poll(() => keyIn(page)).toBe(second)
  await page.reload()
  await listReady(page)
  expect(keyIn(page)).toBe(second)
  await expect.poll(() => selected(page)).toBeTruthy()
  await expectGoodPage(window)
  await window.close()
  await agent.close()
})

test('a task is claimed, the claim is undone, and completing goes on to the next', async () => {
  const agent = await officeOf('zuoxi')
  for (let i = 0; i < 3; i++) await acceptOrder(agent, `路灯不亮 ${i}（示例）`)
  const window = await officeOf('zhuanban', '/work?list=role.dispatcher')
  const { page } = window
  await listReady(page)
  await page.keyboard.press('c')
  await page.getByText('由我办理').waitFor()
  await page.locator('.notices').getByRole('button', { name: '撤销' }).click()
  await page.locator('.actions').getByText('待领取').waitFor()
  const before = keyIn(page)
  const count = await page.locator('.item').count()
  await page.keyboard.press('a')
  await page.getByText(/^已完成：/).waitFor()
  await expect.poll(() => keyIn(page)).not.toBe(before)
  await expect.poll(() => page.locator('.item').count()).toBe(count - 1)
  expect(window.errors).toEqual([])
  await window.close()
  await agent.close()
})

test('several at once: a preview, then a result for each', async () => {
  const agent = await officeOf('zuoxi')
  const ids: number[] = []
  for (let i = 0; i < 3; i++) ids.push(await startOrder(agent, `批量 ${i}（示例）`))
  const { page } = agent
  await page.goto(page.url().replace(/\/office.*/, '/office/work?list=role.agent'))
  await listReady(page)
  for (const title of ['批量 0', '批量 1', '批量 2']) await page.getByLabel(`选中 ${title}（示例）`).check()
  await page.getByRole('group', { name: '批量办理' }).getByRole('button', { name: '完成' }).click()
  const dialog = page.getByRole('dialog')
  await expect.poll(() => dialog.locator('tbody tr').count()).toBe(3)
  // Somebody else is faster with one of them.
  const other = await officeOf('zuoxi')
  await write(other, `/tasks/${ids[1]}/1/completion`, { answers: {} })
  await expectGoodPage(agent)
  await dialog.getByRole('button', { name: '完成 3 件' }).click()
  await expect.poll(() => dialog.locator('.pill.good').count()).toBe(2)
  expect(await dialog.locator('.pill.bad').count()).toBe(1)
  await other.close()
  await agent.close()
})

test('a view is saved with its filter and opened again', async () => {
  const window = await officeOf('duban', '/work?list=others')
  const { page } = window
  await listReady(page)
  await page.getByRole('button', { name: '筛选' }).click()
  await page.getByLabel('事项').selectOption({ label: '食品经营许可' })
  await expect.poll(() => new URL(page.url()).searchParams.get('process')).toBe('licence')
  await page.locator('.views summary').click()
  await page.getByRole('button', { name: '保存当前视图' }).click()
  await page.getByLabel('名称').fill('许可在办')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.goto(page.url().replace(/\?.*/, '?list=mine'))
  await page.locator('.views summary').click()
  await page.getByRole('link', { name: '许可在办' }).click()
  await expect.poll(() => new URL(page.url()).searchParams.get('process')).toBe('licence')
  await window.close()
})

test('what others do is announced and does not move a row', async () => {
  const agent = await officeOf('zuoxi')
  const ids: number[] = []
  for (let i = 0; i < 3; i++) ids.push(await acceptOrder(agent, `两人一件 ${i}（示例）`))
  const one = await officeOf('zhuanban', '/work?list=role.dispatcher')
  await listReady(one.page)
  const titles = () => one.page.locator('.item b').allTextContents()
  const before = await titles()
  const place = await one.page.getByText('两人一件 2（示例）').boundingBox()
  const two = await officeOf('zhuanban', '/')
  await write(two, `/tasks/${ids[0]}/2/completion`, { answers: {} })
  await one.page.locator('.news').waitFor()
  expect(await titles()).toEqual(before)
  expect((await one.page.getByText('两人一件 2（示例）').boundingBox())!.y - place!.y).toBeLessThan(60)
  await one.page.keyboard.press('u')
  await expect.poll(async () => (await titles()).includes('两人一件 0（示例）')).toBe(false)
  // The task that somebody else has done is told, not lost.
  await one.page.goto(one.page.url().replace(/\?.*/, `?list=role.dispatcher&task=${ids[0]}.2`))
  await one.page.getByText('这一环节已经办完，或不再归您办理。').waitFor()
  await Promise.all([one.close(), two.close(), agent.close()])
})

test('from signing in to a completed task with the keyboard only', async () => {
  const agent = await officeOf('zuoxi')
  await startOrder(agent, '键盘（示例）')
  const { page } = agent
  await page.goto(page.url().replace(/\/office.*/, '/office/'))
  await page.locator('.rail a').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('待办')
  await page.keyboard.press('Enter')
  await page.locator('.tabs a').first().waitFor()
  // To the tab of the role with Tab and Enter.
  await page.locator('.tabs a').first().focus()
  for (let i = 0; i < 8; i++) {
    if ((await page.evaluate(() => document.activeElement?.textContent))?.includes('坐席待领取')) break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await listReady(page)
  await page.locator('.actions').waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('m')
  await page.keyboard.type('已核对来电人（示例）')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.locator('.timeline').getByText('已核对来电人（示例）').waitFor()
  await page.locator('.item.on a').focus()
  await page.keyboard.press('a')
  await page.getByText(/^已完成：/).waitFor()
  expect(agent.errors).toEqual([])
  await agent.close()
})
