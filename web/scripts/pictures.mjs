// `npm run pictures`: pictures of the main pages into docs/pictures, from a demonstration made for it. Names say
// page and size.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { projectRoot, startServer } from './server.mjs'

const target = join(projectRoot, 'docs/pictures')
mkdirSync(target, { recursive: true })
const server = await startServer({ days: 30 })
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })

/** name, account (or null), path, what to do before the picture, size */
const list = [
  ['office-worklist', 'shencha', '/office/work?list=role.reviewer'],
  ['office-worklist-phone', 'chuangkou', '/office/work?list=role.clerk', null, [390, 780]],
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
  ['office-hotline', 'zuoxi', async (page) => {
    await page.goto(server.url + '/office/hotline')
    await page.getByLabel('来电号码').fill('13012345678')
    await page.keyboard.press('Enter')
    await page.getByLabel('标题').fill('路灯不亮')
    await page.waitForTimeout(1_500)
  }],
  ['office-board', 'duban', '/office/board'],
  ['office-figures', 'lingdao', '/office/figures?by=area'],
  ['office-registers', 'dengji', '/office/registers/units'],
  ['office-decisions', 'duban', '/office/packs/demonstration?file=visit.dmn'],
  ['office-processes', 'duban', '/office/packs/demonstration?file=licence.bpmn'],
  ['office-search', 'duban', '/office/search?q=路灯'],
  ['office-plans', 'duban', '/office/plans'],
  ['portal', null, '/', null, [390, 780]],
  ['portal-wide', null, '/'],
  ['portal-guides', null, '/guides', null, [390, 780]],
  ['portal-progress', null, '/progress', null, [390, 780]],
  ['portal-report', null, '/report', null, [390, 780]],
  ['portal-boards', null, '/open', null, [390, 780]],
  ['wall', 'lingdao', '/wall/', null, [1920, 1080]],
]
const only = process.argv.slice(2)
for (const [name, login, where, , size = [1280, 800]] of list) {
  if (only.length && !only.some((word) => name.includes(word))) continue
  const context = await browser.newContext({ viewport: { width: size[0], height: size[1] }, locale: 'zh-CN' })
  const page = await context.newPage()
  try {
    if (login) {
      const { password } = server.accounts[login]
      const answer = await context.request.post(server.url + '/api/v1/session', { data: { login, password } })
      if (!answer.ok()) throw new Error(await answer.text())
    }
    if (typeof where === 'string') await page.goto(server.url + where)
    else await where(page)
    await page.waitForLoadState('networkidle').catch(() => {})
    await page.waitForTimeout(600)
    await page.screenshot({ path: join(target, `${name}.png`) })
    console.log(name)
  } catch (error) {
    console.error(`${name}: ${error.message.split('\n')[0]}`)
    process.exitCode = 1
  }
  await context.close()
}
await browser.close()
await server.stop()
