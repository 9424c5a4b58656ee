// `npm run pictures`: pictures of the main pages into docs/pictures, from a demonstration made for it, or with
// `-- --data DIR` from one that is there. Names say page and size; words choose some of them.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { newPage, phone, settled, startChromium } from './chromium.mjs'
import { projectRoot, startServer } from './server.mjs'
import { smallPng } from './smallPng.mjs'

const target = join(projectRoot, 'docs/pictures')
mkdirSync(target, { recursive: true })
const only = process.argv.slice(2)
const at = only.indexOf('--data')
const data = at < 0 ? undefined : resolve(only.splice(at, 2)[1] ?? '')
const server = await startServer({ days: null, data })
const browser = await startChromium()

/** name, account (or null), path, what to do before the picture, size */
const list = [
  ['office-worklist', 'shencha', '/office/work?list=role.reviewer'],
  ['office-worklist-phone', 'chuangkou', '/office/work?list=role.clerk', null, phone],
  ['office-case', 'duban', async (page) => {
    await page.goto(server.url + '/office/cases?process=licence&status=active')
    await page.locator('table a').nth(3).click()
    await page.locator('.picture.ready').waitFor()
  }],
  ['office-why-this-date', 'duban', async (page) => {
    await page.goto(server.url + '/office/cases?process=licence&status=active')
    await page.locator('table a').nth(3).click()
    await page.getByRole('button', { name: '为什么是这一天' }).first().click()
    await page.locator('.month').first().waitFor()
  }],
  ['office-form', 'chuangkou', '/office/start/demonstration/food-licence'],
  ['office-hotline', 'rexian', async (page) => {
    await page.goto(server.url + '/office/hotline')
    await page.getByLabel('来电号码').fill('13000000101')
    await page.keyboard.press('Enter')
    await page.getByLabel('标题').fill('被公司拖欠工资三个月')
    await page.locator('aside summary').first().waitFor()
    await page.waitForTimeout(500)
  }],
  ['office-board', 'duban', '/office/board'],
  ['office-figures', 'lingdao', '/office/figures?by=area'],
  ['office-registers', 'dengji', '/office/registers/units'],
  ['office-decisions', 'duban', '/office/packs/demonstration?file=visit.dmn'],
  ['office-processes', 'duban', '/office/packs/demonstration?file=licence.bpmn'],
  ['office-search', 'duban', '/office/search?q=路灯'],
  ['office-plans', 'duban', '/office/plans'],
  ['office-plan-roadmap', 'fangan', '/office/plans/example-2026?view=roadmap'],
  ['office-plan-matrix', 'fangan', '/office/plans/example-2026?view=matrix'],
  ['office-plan-orders', 'duchashi', '/office/plans/example-2026?view=orders'],
  ['office-bulletin', 'lingdao', async (page) => {
    await page.goto(server.url + '/office/reports')
    await page.locator('table a').first().click()
    await page.locator('table').first().waitFor()
  }],
  ['portal', null, '/', null, phone],
  ['portal-wide', null, '/'],
  ['portal-guides', null, '/guides', null, phone],
  ['portal-progress', null, '/progress', null, phone],
  ['portal-report', null, '/report', null, phone],
  ['portal-boards', null, '/open', null, phone],
  ['wall', 'lingdao', '/wall/', null, [1920, 1080]],
]
for (const [name, login, where, , size] of list) {
  if (only.length && !only.some((word) => name.includes(word))) continue
  const page = await newPage(browser, size)
  const context = page.context()
  try {
    if (login) {
      const { password } = server.accounts[login]
      const answer = await context.request.post(server.url + '/api/v1/session', { data: { login, password } })
      if (!answer.ok()) throw new Error(await answer.text())
    }
    if (typeof where === 'string') await page.goto(server.url + where)
    else await where(page)
    await settled(page)
    writeFileSync(join(target, `${name}.png`), smallPng(await page.screenshot()))
    console.log(name)
  } catch (error) {
    console.error(`${name}: ${error.message.split('\n')[0]}`)
    process.exitCode = 1
  }
  await context.close()
}
await browser.close()
await server.stop()
