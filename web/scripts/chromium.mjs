// Chromium for pictures, and a window in it as somebody in the city has it.
import { chromium } from 'playwright-core'

export const startChromium = (program = '/usr/bin/chromium') => chromium.launch({ executablePath: process.env.CHROMIUM ?? program, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] })

export const wide = [1280, 800]
export const phone = [390, 780]

export async function newPage(browser, [width, height] = wide) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  return context.newPage()
}

/** Nothing is loading or moving any more. */
export async function settled(page) {
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => {})
  await page.waitForTimeout(600)
}
