// Forms: errors in place, drafts, a network that is gone, a session that has ended.
import { expect, test } from 'vitest'
import { accountOf, expectGoodPage, useBrowser } from '../support/browser'
import { officeOf, write } from '../support/office'

useBrowser()
const start = '/start/demonstration/hotline'

test('a known value has its source; who takes down the matter of somebody else is not written into it', async () => {
  const own = await officeOf('daiban1', '/start/demonstration/food-licence')
  const applicant = own.page.getByLabel('申请人')
  await expect.poll(() => applicant.inputValue()).toBe('示例代办人甲')
  const sourceOf = (id: string) => own.page.locator(`#${id}-source`).textContent()
  for (const id of ['f-applicant', 'f-phone', 'f-firm']) {
    expect(await sourceOf(id), id).toContain('来自账号信息')
    expect(await own.page.locator(`#${id}`).getAttribute('aria-describedby'), id).toContain(`${id}-source`)
  }
  // The account says it, the applicant may say something else.
  await applicant.fill('示例代办人甲（代）')
  expect(await applicant.inputValue()).toBe('示例代办人甲（代）')
  await expectGoodPage(own)
  await own.close()

  const officer = await officeOf('zuoxi', start)
  await officer.page.getByLabel('标题').waitFor()
  for (const label of ['姓名', '电话']) expect(await officer.page.getByLabel(label).inputValue(), label).toBe('')
  expect(await officer.page.getByText('来自账号信息').count()).toBe(0)
  await officer.close()
})

test('what is wrong is told at its field and leads there', async () => {
  const window = await officeOf('zuoxi', start)
  const { page } = window
  await page.getByRole('button', { name: /^提交/ }).click()
  await page.getByRole('alert').getByRole('link', { name: '请填写“标题”' }).click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('f-title')
  await page.keyboard.type('井盖破损（示例）')
  await page.getByLabel('电话').fill('12')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').getByText('“电话”的写法不对').waitFor()
  await expectGoodPage(window)
  await page.getByLabel('电话').fill('13012345678')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/\/cases\/\d+/)
  await page.getByRole('heading', { name: '井盖破损（示例）' }).waitFor()
  await window.close()
})

test('a draft outlives a reload and ends with the case', async () => {
  const window = await officeOf('zuoxi', start)
  const { page } = window
  await page.getByLabel('标题').fill('写到一半（示例）')
  await page.getByText(/草稿 .* 已自动保存/).waitFor()
  await page.reload()
  await expect.poll(() => page.getByLabel('标题').inputValue()).toBe('写到一半（示例）')
  await page.getByLabel('电话').fill('13012345678')
  await page.getByRole('button', { name: /^提交/ }).click()
  await page.waitForURL(/\/cases\/\d+/)
  await page.goto(page.url().replace(/\/cases.*/, start))
  await page.getByLabel('标题').waitFor()
  expect(await page.getByLabel('标题').inputValue()).toBe('')
  await window.close()
})

test('with the network gone nothing is lost, and trying again is done once', async () => {
  const window = await officeOf('zuoxi', start)
  const { page, context } = window
  await page.getByLabel('标题').fill('断网（示例）')
  await page.getByLabel('电话').fill('13012345678')
  await context.setOffline(true)
  await page.getByText(/网络中断/).waitFor()
  await page.getByRole('button', { name: /^提交/ }).click()
  await page.getByText('暂时连不上服务器').waitFor()
  expect(await page.getByLabel('标题').inputValue()).toBe('断网（示例）')
  await context.setOffline(false)
  // The answer of the first try gets lost on its way; the server has done it.
  let lost = 0
  await page.route('**/api/v1/cases', async (route) => {
    if (route.request().method() === 'POST' && lost++ === 0) {
      await route.fetch()
      await route.abort('connectionreset')
    } else await route.continue()
  })
  await page.getByRole('button', { name: '再试一次' }).click()
  await expect.poll(() => lost).toBe(1)
  await page.getByRole('button', { name: '再试一次' }).click()
  await page.waitForURL(/\/cases\/\d+/)
  const id = Number(/(\d+)$/.exec(page.url())![1])
  const found = (await (await context.request.get(page.url().replace(/\/office.*/, '/api/v1/cases?limit=5'))).json()) as { items: { id: number; title: string }[] }
  expect(found.items.filter((line) => line.title === '断网（示例）').map((line) => line.id)).toEqual([id])
  await window.close()
})

test('a session that has ended asks to sign in over the page, and the form goes on', async () => {
  const window = await officeOf('zuoxi', start, 1440, 900, { fresh: true })
  const { page, context } = window
  await page.getByLabel('标题').fill('会话过期（示例）')
  await page.getByLabel('电话').fill('13012345678')
  const other = await officeOf('zuoxi')
  await context.request.delete(page.url().replace(/\/office.*/, '/api/v1/session'), { headers: { 'X-CSRF-Token': await page.evaluate(async () => ((await (await fetch('/api/v1/session')).json()) as { csrf: string }).csrf) } })
  await page.getByRole('button', { name: /^提交/ }).click()
  await page.getByRole('dialog', { name: '请重新登录' }).waitFor()
  await expectGoodPage(window)
  await page.getByRole('dialog').getByLabel('密码').fill(accountOf('zuoxi').password)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await page.getByLabel('标题').inputValue()).toBe('会话过期（示例）')
  await page.getByRole('button', { name: /^提交/ }).click()
  await page.waitForURL(/\/cases\/\d+/)
  await other.close()
  await window.close()
})

test('a slow network shows that something is going on, and a second press sends nothing', async () => {
  const window = await officeOf('zuoxi', start)
  const { page } = window
  let sent = 0
  await page.route('**/api/v1/cases', async (route) => {
    if (route.request().method() === 'POST') {
      sent++
      await new Promise((resolve) => setTimeout(resolve, 1_500))
    }
    await route.continue()
  })
  await page.getByLabel('标题').fill('慢（示例）')
  await page.getByLabel('电话').fill('13012345678')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: /正在提交/ }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/\/cases\/\d+/)
  expect(sent).toBe(1)
  await window.close()
})

test('two people on one task: who is later is told, and what he wrote is kept', async () => {
  const agent = await officeOf('zuoxi')
  const done = await write(agent, '/cases', { pack: 'demonstration', item: 'hotline', answers: { title: '先后（示例）', caller: '示例市民', phone: '13012345678' } })
  const { page } = agent
  await page.goto(page.url().replace(/\/office.*/, `/office/work?list=role.agent&task=${done.case_id}.1`))
  await page.locator('.actions .button.main').waitFor()
  const other = await officeOf('zuoxi')
  // The page has not heard of it yet.
  await page.route('**/api/v1/events**', (route) => route.abort())
  await write(other, `/tasks/${done.case_id}/1/completion`, { answers: {} })
  await page.keyboard.press('a')
  await page.getByText('这一环节已经办完，或不再归您办理。').waitFor()
  await other.close()
  await agent.close()
})
