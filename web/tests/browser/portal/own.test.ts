// What a resident does himself beside reporting: a step of a process that waits for him, photos from a phone, and rating
// what was done, which the officer sees.
import { expect, test } from 'vitest'
import { accountOf, expectGoodPage, openWindow, signIn, url, useBrowser, type Window } from '../support/browser'
import { adminOf, officeOf, write } from '../support/office'
import { photo } from '../support/photo'

useBrowser()

/** A pack in which the resident whose account a clerk names answers a question, with a picture. */
const files = [
  { path: 'pack.json', text: JSON.stringify({ id: 'askback', version: '1.0', title: { zh: '补充材料（示例）', en: 'asking back (an example)' }, description: { zh: '浏览器测试用', en: 'for browser tests' }, licence: 'Apache-2.0', sources: ['示例，非正式规定'], items: [{ id: 'ask', title: { zh: '请当事人补充', en: 'ask for more' }, process: 'askback', form: 'ask' }] }) },
  { path: 'askback.bpmn', text: `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:jy="urn:jinyue:bpmn:1" id="d" targetNamespace="urn:jinyue:askback">
  <process id="askback" name="补充材料（示例）" isExecutable="true" jy:title="title" jy:unit="&quot;12345&quot;" jy:party="if party != null then party else &quot;&quot;">
    <startEvent id="begin" name="开始"/>
    <userTask id="answer" name="补充说明" jy:form="answer" jy:person="helper"/>
    <endEvent id="end" name="结束"/>
    <sequenceFlow id="a" sourceRef="begin" targetRef="answer"/>
    <sequenceFlow id="b" sourceRef="answer" targetRef="end"/>
  </process>
</definitions>` },
  { path: 'forms/ask.json', text: JSON.stringify({ id: 'ask', title: { zh: '请当事人补充', en: 'ask for more' }, sections: [{ title: { zh: '内容', en: 'what' }, fields: ['title', 'helper', 'party'] }], schema: { type: 'object', required: ['title', 'helper'], properties: { title: { type: 'string', title: '标题', 'title:en': 'title', maxLength: 100 }, helper: { type: 'string', title: '当事人账号', 'title:en': 'account', maxLength: 30 }, party: { type: 'string', title: '当事人', 'title:en': 'party', maxLength: 100 } } } }) },
  { path: 'forms/answer.json', text: JSON.stringify({ id: 'answer', title: { zh: '补充说明', en: 'tell us more' }, sections: [{ title: { zh: '补充', en: 'more' }, fields: ['answer', 'proof'] }], shows: ['title'], schema: { type: 'object', required: ['answer'], properties: { answer: { type: 'string', title: '您的说明', 'title:en': 'in your words', minLength: 5, maxLength: 500, 'x-widget': 'textarea' }, proof: { type: 'array', title: '照片', 'title:en': 'photos', items: { type: 'string', format: 'attachment' }, maxItems: 3 } } } }) },
  { path: 'texts.json', text: JSON.stringify({ askback: { zh: '补充材料（示例）', en: 'asking back' }, 'askback.answer': { zh: '补充说明', en: 'tell us more' } }) },
  { path: 'scenarios/answered.json', text: JSON.stringify({ title: { zh: '当事人补充', en: 'the person answers' }, given: { at: '2026-09-28T09:00:00', actors: { 坐席: {}, 市民: {} } }, story: [{ by: '坐席', start: 'ask', with: { title: '请补充（示例）', helper: '市民' }, as: '补充' }, { by: '市民', complete: 'answer', with: { answer: '照片在下面（示例）' } }, { expect: { status: 'completed' } }] }) },
]

async function numberOf(window: Window): Promise<number> {
  return ((await (await window.context.request.get(url('/api/v1/me'))).json()) as { account: number }).account
}

test('a step that waits for a resident is done on his page, with a picture', async () => {
  const admin = await adminOf('xitong')
  await write(admin, '/packs', { files })
  await admin.close()
  const window = await openWindow(360, 740)
  const { page } = window
  await signIn(window, 'shimin1')
  const account = await numberOf(window)
  // As a form that he opens himself would know it.
  const own = (await (await window.context.request.get(url('/api/v1/packs/demonstration/items/hotline/form'))).json()) as { values: { party: string } }
  const agent = await officeOf('zuoxi')
  const number = (await write(agent, '/cases', { pack: 'askback', item: 'ask', answers: { title: '请您补充照片（示例）', helper: `account:${account}`, party: own.values.party } })).case_id as number
  await page.goto(url('/my'))
  await page.getByRole('link', { name: '补充说明：请您补充照片（示例）' }).click()
  const step = page.locator('.own')
  await step.getByRole('heading', { name: '等您办：补充说明' }).waitFor()
  // Too short is told before it is sent.
  await step.getByLabel('您的说明').fill('好')
  await step.getByRole('button', { name: '提交' }).click()
  await page.locator('#f-answer-wrong').waitFor()
  await step.getByLabel('您的说明').fill('照片在下面，请查收')
  await step.locator('#f-proof').setInputFiles([await photo('门牌.jpg', 900, 600)])
  await step.getByText('已上传').waitFor()
  await expectGoodPage(window)
  // A reload loses neither the words nor the picture.
  await page.reload()
  await step.getByText('已上传').waitFor()
  expect(await step.getByLabel('您的说明').inputValue()).toBe('照片在下面，请查收')
  await step.getByRole('button', { name: '提交' }).click()
  await page.getByText('已提交：补充说明').waitFor()
  await page.locator('.status').getByText('已办结').waitFor()
  await page.locator('img[alt*="门牌"]').waitFor()
  // The officer sees the answer and the picture in the case.
  await agent.page.goto(url(`/office/cases/${number}`))
  await agent.page.getByText('照片在下面，请查收').first().waitFor()
  await agent.page.locator('img[alt*="门牌"]').waitFor()
  await expectGoodPage(agent)
  await agent.close()
  await window.close()
})

/** Completes the open step `node` of a case as this officer. */
async function complete(login: string, caseId: number, node: string, answers: Record<string, unknown>): Promise<void> {
  const window = await openWindow()
  await signIn(window, login)
  const view = (await (await window.context.request.get(url(`/api/v1/cases/${caseId}`))).json()) as { tasks: { number: number; node: string }[] }
  const task = view.tasks.find((each) => each.node === node)
  if (!task) throw new Error(`case ${caseId} is not at ${node}: ${JSON.stringify(view.tasks)}`)
  await write(window, `/tasks/${caseId}/${task.number}/completion`, { answers })
  await window.close()
}

test('what a resident reported is answered, he rates it, and the officer reads the rating', async () => {
  const window = await openWindow(360, 740)
  const { page } = window
  await signIn(window, 'shimin1')
  await page.goto(url('/apply/hotline/hotline'))
  await page.getByLabel('标题').fill('路口信号灯不亮（示例）')
  await page.getByLabel('地点').first().fill('人民路 1 号（示例）')
  await page.locator('#f-region').selectOption('210202')
  await page.locator('#f-photos').setInputFiles([await photo('信号灯.jpg', 1200, 900), await photo('路口.jpg', 900, 1200)])
  await page.getByText('已上传').nth(1).waitFor()
  await page.getByRole('button', { name: '提交' }).click()
  await page.getByRole('heading', { name: '已收到' }).waitFor()
  const number = Number(/(\d+)/.exec((await page.locator('.note.good').textContent()) ?? '')![1])
  await complete('rexian', number, 'accept', { nature: 'ordinary', outcome: 'dispatch', kind: 'complaint', category: '0104', urgency: 'normal' })
  await complete('paidan', number, 'dispatch', { unit: 'dl-cgj' })
  await complete('cgj', number, 'sign', { signed: 'sign' })
  await complete('cgj', number, 'contact', { contacted: true })
  await complete('cgj', number, 'handle', { handled: 'answer', result: '已更换灯泡并恢复照明（示例）', self_solved: true })
  await page.goto(url(`/my/${number}`))
  await page.locator('.card').getByText('已更换灯泡并恢复照明（示例）').waitFor()
  expect(await page.locator('img[alt*="信号灯"]').count()).toBe(1)
  const rating = page.locator('section', { has: page.getByRole('heading', { name: '请您评价' }) })
  await rating.getByText('解决了', { exact: true }).click()
  await rating.getByText('基本满意', { exact: true }).click()
  await rating.getByLabel('想说的话（可不填）').fill('来得很快（示例）')
  await expectGoodPage(window)
  await rating.getByRole('button', { name: '提交评价' }).click()
  await page.getByText('收到您的评价').waitFor()
  await page.reload()
  await page.locator('.status').getByText('已办结').waitFor()
  expect(await page.getByRole('heading', { name: '请您评价' }).count()).toBe(0)
  const officer = await officeOf('ducha', `/cases/${number}`)
  const facts = officer.page.locator('.card', { has: officer.page.getByRole('heading', { name: '办件信息' }) })
  await facts.getByText('基本满意').first().waitFor()
  await facts.getByText('来得很快（示例）').waitFor()
  await officer.page.locator('img[alt*="信号灯"]').waitFor()
  await officer.close()
  await window.close()
})

test('photos wait on a phone without an account and without a network, and are sent when there is one', async () => {
  const window = await openWindow(360, 740)
  const { page, context } = window
  await page.goto(url('/apply/demonstration/hotline'))
  await page.getByLabel('标题').fill('井盖坏了（示例）')
  await page.getByLabel('电话').fill('13012345678')
  const heavy = await photo('井盖.jpg', 2400, 1800, true)
  await page.locator('#f-photos').setInputFiles([heavy, await photo('远景.jpg', 800, 600), await photo('误拍.jpg', 800, 600)])
  await page.getByText('已存在本机').nth(2).waitFor()
  await page.getByRole('button', { name: '删去 误拍.jpg' }).focus()
  await page.keyboard.press('Enter')
  expect(await page.getByText('已存在本机').count()).toBe(2)
  await expectGoodPage(window)
  // A dead phone: words and pictures are there again.
  await page.reload()
  await page.getByText('已存在本机').nth(1).waitFor()
  await page.getByRole('button', { name: '提交' }).click()
  const account = accountOf('shimin2')
  await page.locator('#login').fill(account.login)
  await page.locator('#password').fill(account.password)
  // Nothing gets through for a while: it is told at the field, nothing is lost, and trying again sends what is missing.
  let down = true
  await page.route('**/api/v1/attachments?*', (route) => (down ? route.abort() : route.continue()))
  await page.getByRole('button', { name: '登录' }).click()
  await page.locator('#f-photos-wrong').waitFor()
  down = false
  const sent = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/cases') && answer.request().method() === 'POST')
  await page.getByRole('button', { name: '提交' }).click()
  const number = ((await (await sent).json()) as { case_id: number }).case_id
  await page.getByRole('heading', { name: '已收到' }).waitFor()
  const view = (await (await context.request.get(url(`/api/v1/cases/${number}`))).json()) as { attachments: { name: string; size: number; media_type: string }[] }
  expect(view.attachments.map((file) => file.name).sort()).toEqual(['井盖.jpg', '远景.jpg'])
  // What is sent is smaller than what the camera made, and still a picture.
  const made = view.attachments.find((file) => file.name === '井盖.jpg')!
  expect(made.media_type).toBe('image/jpeg')
  expect(made.size).toBeLessThan(heavy.buffer.length / 1.5)
  await page.goto(url('/apply/demonstration/hotline'))
  await page.getByLabel('标题').waitFor()
  expect(await page.locator('.files li').count()).toBe(0)
  await window.close()
})
