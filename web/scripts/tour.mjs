// `npm run tour`: the loop of the city as a newcomer walks it, through the pages, each person signed in as himself;
// a picture of every step into docs/tour, which docs/tour.md explains. A step that can't be done ends it and says
// which. `npm run tour -- --data DIR` uses a demonstration that is there already (and goes on in it), --pages DIR other
// pages than web/dist; --pictures DIR puts the pictures elsewhere.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { newPage, phone, settled, startChromium, wide } from './chromium.mjs'
import { projectRoot, startServer } from './server.mjs'
import { smallPng } from './smallPng.mjs'

const option = (name) => (process.argv.includes(name) ? resolve(process.argv[process.argv.indexOf(name) + 1]) : undefined)
const pictures = option('--pictures') ?? join(projectRoot, 'docs/tour')
mkdirSync(pictures, { recursive: true })

const title = '路灯连着三晚不亮（示例）'
const residentPhone = '13000000101' // of shimin1 (src/cli/made_up_people.cpp)

const server = await startServer({ days: null, data: option('--data'), pages: option('--pages') })
const browser = await startChromium()
let doing = ''
let open = null

/** A window of somebody who is signed in through the page's own form. */
async function as(login, path, size = wide) {
  await open?.context().close()
  open = await newPage(browser, size)
  open.setDefaultTimeout(30_000)
  await open.goto(server.url + path)
  if (login) await signIn(open, login)
  return open
}
async function signIn(page, login) {
  const account = server.accounts[login]
  if (!account) throw new Error(`no account ${login} in the demonstration`)
  await page.getByLabel('账号', { exact: true }).fill(login)
  await page.getByLabel('密码', { exact: true }).fill(account.password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByLabel('密码', { exact: true }).waitFor({ state: 'detached' })
}
async function picture(name, page = open) {
  await settled(page)
  const png = smallPng(await page.screenshot())
  if (png.length > 150_000) throw new Error(`${name}.png has ${png.length} bytes; at most 150,000 belong into docs`)
  writeFileSync(join(pictures, `${name}.png`), png)
  console.log(`${name} (${Math.round(png.length / 1000)} KB)`)
}
/** Answers a form as people do: by the words in front of each field. */
async function fill(scope, answers) {
  for (const [label, value] of Object.entries(answers)) {
    const words = new RegExp(`^\\s*${label}\\s*(（.*)?$`)
    const group = scope.locator('fieldset', { has: scope.page().locator('legend', { hasText: words }) })
    if (await group.count()) await group.locator('label').getByText(value, { exact: true }).or(group.locator('label', { hasText: new RegExp(`^\\s*${value}\\s*$`) })).first().click()
    else {
      const control = scope.getByLabel(words).first()
      await control.waitFor()
      if ((await control.evaluate((e) => e.tagName)) === 'SELECT') await control.selectOption({ label: value })
      else await control.fill(value)
    }
  }
}
/** A step of the case: found as every case is found, from the command line of the workbench, and opened for work. */
async function work(login, step, answers, name) {
  doing = `${step} (${login})`
  const page = await as(login, '/office/')
  await page.getByRole('button', { name: /^检索办件/ }).click()
  await page.getByRole('combobox').getByRole('textbox').fill(String(number))
  await page.getByRole('option', { name: new RegExp(`${number}`) }).first().click()
  await page.getByRole('heading', { name: title }).waitFor()
  await page.getByRole('row', { name: new RegExp(`^\\s*${step}`) }).getByRole('link', { name: '办理' }).click()
  const form = page.locator('form.body')
  await page.locator('.actions .button.main').waitFor()
  if (Object.keys(answers).length) await fill(form, answers)
  if (name) {
    await form.evaluate((e) => e.closest('section').scrollIntoView({ block: 'start' }))
    await picture(name)
  }
  await page.locator('.actions .button.main').click()
  await page.getByText(`已完成：${title}`).waitFor()
}
/** A photo that a phone might have taken: a street at night, drawn. */
async function streetAtNight() {
  const page = await newPage(browser, [1200, 900])
  await page.setContent(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900" style="position:fixed;inset:0"><rect width="1200" height="900" fill="#16202f"/><rect y="640" width="1200" height="260" fill="#262b33"/><path d="M0 900 500 640h200l500 260z" fill="#30353d"/><path d="M80 640V240h260v400zM420 640V330h190v310zM820 640V190h300v450z" fill="#0e1622"/><path d="M130 300h40v50h-40zM240 420h40v50h-40zM470 400h36v44h-36zM900 270h44v54h-44zM1010 430h44v54h-44z" fill="#d8b45a"/><path d="M700 760V240h110" fill="none" stroke="#7c8794" stroke-width="14"/><path d="M780 232h70l-12 26h-46z" fill="#5a636e"/><text x="60" y="850" fill="#aab" font-size="44">示例照片</text></svg>`)
  const buffer = await page.screenshot({ type: 'jpeg', quality: 85 })
  await page.context().close()
  return { name: '路灯.jpg', mimeType: 'image/jpeg', buffer }
}

let number = 0
const only = option('--only')?.split('/').pop()
const steps = {
  async report() {
    const page = await as(null, '/', phone)
    await page.getByRole('link', { name: /^报问题/ }).first().click()
    await page.getByRole('link', { name: '12345 热线诉求', exact: true }).click()
    const form = page.locator('form.fields')
    await fill(form, { 标题: title, 详细情况: '人民路与示例街口的路灯从周一起夜里不亮，行人看不清路。', 地点: '人民路与示例街口' })
    await page.locator('#f-region').selectOption({ label: '中山区' })
    await page.locator('#f-photos').setInputFiles([await streetAtNight()])
    await page.getByText('已存在本机').waitFor()
    await fill(form, { 电话: residentPhone })
    await page.locator('label[for="f-photos"]').first().evaluate((e) => e.scrollIntoView({ block: 'start' }))
    await picture('01-report')
    await page.getByRole('button', { name: '提交' }).click()
    await signIn(page, 'shimin1')
    await page.getByRole('heading', { name: '已收到' }).waitFor()
    number = Number(/(\d+)/.exec(await page.locator('.note.good').textContent())[1])
    await picture('02-number')
  },
  accept: () => work('rexian', '受理', { 性质: '一般诉求', 处理: '转办', 类型: '投诉', 类别: '路灯照明', 紧急程度: '一般' }, '03-accept'),
  dispatch: () => work('paidan', '转办', { 主办单位: '市城市管理局', 办理要求: '请当晚到现场查看（示例）' }, '04-dispatch'),
  sign: () => work('cgj', '签收', { 签收: '签收' }),
  contact: () => work('cgj', '联系群众', { 已联系上: '是', 情况: '来电人说路口两盏灯都不亮（示例）' }),
  handle: () => work('cgj', '办理', { 处理: '答复', '办理结果（发给群众）': '已派人查看并更换一盏灯的灯泡（示例）', 自评已解决: '是' }, '05-handle'),
  callback: () => work('dianhua', '回访', { 联系上: '是', 满意度: '不满意', 问题已解决: '否', 说明: '只修好一盏，另一盏还是不亮（示例）' }, '06-dissatisfied'),
  verify: () => work('hecha', '核实', { 结论: '应当重办', 核实已解决: '否', 核实情况: '现场查看，西侧一盏确实不亮（示例）' }, '07-verify'),
  again: async () => {
    await work('cgj', '签收', {})
    await work('cgj', '联系群众', { 已联系上: '是', 情况: '约好今晚一起查看（示例）' })
    doing = 'why this date'
    const page = await as('cgj', `/office/cases/${number}`)
    await page.getByRole('button', { name: '为什么是这一天' }).first().click()
    await page.locator('.month').first().waitFor()
    await picture('08-why-this-date')
    await work('cgj', '办理', { 处理: '答复', '办理结果（发给群众）': '西侧一盏换了线路，两盏灯今晚都亮（示例）', 自评已解决: '是' })
  },
  satisfied: () => work('dianhua', '回访', { 联系上: '是', 满意度: '满意', 问题已解决: '是' }, '09-satisfied'),
  async progress() {
    const page = await as(null, '/', phone)
    await page.getByRole('link', { name: /^查进度/ }).first().click()
    await page.getByLabel('办件号').fill(String(number))
    await page.getByLabel('登记时留的电话').fill(residentPhone)
    await page.getByRole('button', { name: '查询' }).click()
    await page.locator('.status').getByText('已办结').waitFor()
    await picture('10-progress')
  },
  async proof() {
    const page = await as('ducha', `/office/cases/${number}`)
    await page.locator('.picture.ready').waitFor()
    await picture('11-case')
    await page.getByRole('button', { name: /^存证/ }).first().click()
    await page.getByText('已核对：这条记录在日志中，未被改动。').waitFor()
    await picture('12-proof')
  },
  async board() {
    const page = await as('duban', '/office/')
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '督办' }).click()
    await page.getByRole('heading', { name: '督办看板' }).waitFor()
    await picture('13-board')
  },
  async figures() {
    const page = await as('lingdao', '/office/')
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '指标' }).click()
    await page.getByLabel('系统').selectOption('hotline')
    await page.locator('table .value').first().click()
    await page.getByRole('dialog').locator('tbody tr').first().waitFor()
    await picture('14-figures')
  },
  async bulletin() {
    let page = await as('tongji', '/office/reports')
    await page.getByRole('button', { name: '生成草稿' }).click()
    await page.getByLabel('通报').selectOption({ label: '12345 热线月通报' })
    // The month before this one; where it was published already, this is its correction.
    await page.getByLabel('期间').selectOption({ index: 2 })
    await page.getByLabel(/^原因/).fill('按补录的办件更正（示例）')
    await page.getByRole('button', { name: '生成', exact: true }).click()
    await page.getByRole('button', { name: '冻结' }).waitFor()
    const address = new URL(page.url()).pathname
    await page.getByRole('button', { name: '冻结' }).click()
    await page.getByText('冻结的人不能发布，须由另一人发布。').waitFor()
    await picture('15-frozen')
    page = await as('qianfa', address)
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByText('已发布').first().waitFor()
    page = await as(null, address.replace('/office/reports/', '/open/reports/'), phone)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await picture('16-bulletin')
  },
  async plan() {
    let page = await as('shuju', '/office/work?list=unit')
    const line = page.locator('.item', { hasText: '报告进展' }).first()
    const measure = (await line.locator('b').first().textContent()).trim()
    await line.click()
    await page.getByRole('heading', { name: measure }).first().waitFor()
    await page.locator('form.body').waitFor()
    await fill(page.locator('form.body'), { '进度（%）': '60', 本期做了什么: '预约事项增加到 40 项（示例）', 佐证材料: '示例〔2026〕12 号', 已全部完成: '否' })
    await page.locator('form.body').evaluate((e) => e.closest('section').scrollIntoView({ block: 'start' }))
    await picture('17-plan-report')
    await page.locator('.actions .button.main').click()
    await page.getByText(`已完成：${measure}`).waitFor()
    page = await as('jiancha', '/office/work?list=role.plan-checker')
    await page.locator('.item', { hasText: measure }).first().click()
    await page.locator('form.body').waitFor()
    await fill(page.locator('form.body'), { 属实: '是' })
    await page.locator('form.body').evaluate((e) => e.closest('section').scrollIntoView({ block: 'start' }))
    await page.locator('.actions .button.main').click()
    await page.getByText(`已完成：${measure}`).waitFor()
    page = await as('fangan', '/office/plans')
    await page.locator('table a').first().click()
    await page.locator('.progress').first().waitFor()
    await picture('18-plan')
    page = await as(null, '/open', phone)
    const board = page.locator('section', { has: page.getByRole('heading', { name: '挂牌督办公示板' }) }).getByRole('link').first()
    const name = await board.innerText()
    await board.click()
    await page.getByRole('heading', { name, level: 1 }).waitFor()
    await picture('19-public-board')
  },
  async wall() {
    const page = await as('lingdao', '/wall/')
    await settled(page)
    await picture('20-wall')
  },
}

try {
  for (const [name, run] of Object.entries(steps)) {
    if (only && only !== name) continue
    doing = name
    await run()
  }
  console.log(`done: case ${number}`)
} catch (error) {
  console.error(`the step "${doing}" can’t be done: ${error.message}`)
  if (open) {
    await open.screenshot({ path: join(server.folder, '..', 'jinyue-tour-failed.png') }).catch(() => {})
    console.error(`page: ${open.url()}, picture: ${join(server.folder, '..', 'jinyue-tour-failed.png')}`)
  }
  process.exitCode = 1
}
await browser.close()
await server.stop()
