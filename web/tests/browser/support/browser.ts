// Chromium for the tests, the city of a file, and what is looked for on every page: axe, contrast by computation, no
// sideways scrolling, no errors in the console.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { patience, startServer, type Account, type TestServer } from '../../../scripts/server.mjs'

/** One Chromium for all files that this process runs. */
let browser: Browser | undefined
let server: TestServer | undefined
/** Cookies of those who have signed in already, by login: signing in is slow on purpose, and may not be done often. */
const signedIn = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>()

export const url = (path = '/') => server!.url + path
export const accountOf = (login: string): Account => {
  const account = server!.accounts[login]
  if (!account) throw new Error(`no account ${login}`)
  return account
}
export const accounts = (): Account[] => Object.values(server!.accounts)
/** The folder with the data of the city. */
export const dataFolder = (): string => join(server!.folder, 'data')

/** Call at the top of a test file. Each has a city of its own, a copy of the one that was made for the run. */
export function useBrowser(): void {
  beforeAll(async () => {
    signedIn.clear()
    server = await startServer({ copyOf: inject('city') })
    if (!browser?.isConnected()) {
      browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        timeout: 30_000 * patience,
        args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--font-render-hinting=none'],
      })
    }
  })
  afterAll(async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()))
    await server?.stop()
  })
}

export interface Window {
  page: Page
  context: BrowserContext
  /** Errors of the page's scripts and refused resources (CSP) so far. */
  errors: string[]
  close(): Promise<void>
}

export async function openWindow(width = 1440, height = 900, options: { locale?: string; javaScriptEnabled?: boolean } = {}): Promise<Window> {
  if (!browser) throw new Error('useBrowser() was not called')
  const context = await browser.newContext({ viewport: { width, height }, locale: 'zh-CN', timezoneId: 'Europe/Berlin', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(45_000 * patience)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() !== 'error') return
    // A refused request is the page's business; it shows it.
    if (/Failed to load resource/.test(message.text())) return
    errors.push(message.text())
  })
  return { page, context, errors, close: () => context.close() }
}

/** Signs in without the page; with `fresh`, in a session that no other window has. */
export async function signIn(window: Window, login: string, options: { fresh?: boolean } = {}): Promise<void> {
  const known = options.fresh ? undefined : signedIn.get(login)
  if (known) {
    await window.context.addCookies(known)
    return
  }
  const answer = await window.context.request.post(url('/api/v1/session'), { data: { login, password: accountOf(login).password } })
  if (!answer.ok()) throw new Error(`${login} can't sign in: ${await answer.text()}`)
  await shareSession(window, login, options)
}
/** From now on this login's windows have the session of this one. */
export async function shareSession(window: Window, login: string, options: { fresh?: boolean } = {}): Promise<void> {
  if (!options.fresh) signedIn.set(login, await window.context.cookies())
}
export const hasSession = (login: string): boolean => signedIn.has(login)

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
interface Axe {
  run(where: Document, options: object): Promise<{ violations: { id: string; help: string; nodes: { target: unknown[] }[] }[] }>
}
export async function axe(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe }
    const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations'] })
    return found.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 5).join(' | ')}`)
  })
}

/** Texts whose colour against what is behind them has less than 4.5:1 (3:1 when large), by computation. */
export async function lowContrast(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Colour = [number, number, number, number]
    const parse = (text: string): Colour => {
      const n = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]
      return [n[0] ?? 0, n[1] ?? 0, n[2] ?? 0, n[3] ?? 1]
    }
    const over = (top: Colour, below: Colour): Colour => {
      const a = top[3]
      return [0, 1, 2].map((i) => top[i]! * a + below[i]! * (1 - a)).concat(1) as Colour
    }
    const luminance = (c: Colour) => {
      const [r, g, b] = c.slice(0, 3).map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4))
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    }
    const ratio = (a: Colour, b: Colour) => {
      const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
      return (high! + 0.05) / (low! + 0.05)
    }
    const behind = (start: Element): Colour => {
      const layers: Colour[] = []
      for (let e: Element | null = start; e; e = e.parentElement) {
        const c = parse(getComputedStyle(e).backgroundColor)
        if (c[3] > 0) layers.push(c)
        if (c[3] === 1) break
      }
      return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1] as Colour)
    }
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent?.trim()
      const e = walker.currentNode.parentElement
      if (!text || !e || e.closest('script,style,option,[aria-hidden=true],.sr-only,svg,.djs-container')) continue
      const style = getComputedStyle(e)
      const box = e.getBoundingClientRect()
      if (!box.width || !box.height || style.visibility === 'hidden') continue
      if ((e as HTMLButtonElement).disabled || e.closest('[aria-disabled=true],:disabled')) continue
      let opacity = 1
      for (let p: Element | null = e; p; p = p.parentElement) opacity *= Number(getComputedStyle(p).opacity)
      const below = behind(e)
      const colour = parse(style.color)
      const seen = over([colour[0], colour[1], colour[2], colour[3] * opacity], below)
      const size = parseFloat(style.fontSize)
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      const got = ratio(seen, below)
      if (got < (large ? 3 : 4.5) - 0.005) found.push(`${got.toFixed(2)} ${e.tagName.toLowerCase()}.${e.className} “${text.slice(0, 20)}”`)
    }
    return [...new Set(found)]
  })
}

/** Words of the page itself, not of what is on it, that are Chinese on an English page. */
export async function chinese(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('nav, th, dt, label, legend, summary, button, .button, .pill, .light')]
      .map((element) => [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent).join('').trim())
      .filter((text) => /[\u4e00-\u9fff]/.test(text) && text !== '中文' && !text.includes('**')), // names of people
  )
}

/** Elements that stick out of the window sideways. */
export async function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= width) return []
    return [...document.querySelectorAll('body *')]
      .filter((e) => e.getBoundingClientRect().right > width + 1)
      .map((e) => `${e.tagName.toLowerCase()}.${e.className}`)
      .slice(0, 5)
  })
}

/** Says at once what was found, which matters more than how many. */
export function expectNothing(found: string[], what: string): void {
  expect(found, [what, ...found].join('\n')).toEqual([])
}
/** All that holds for every page. */
export async function expectGoodPage(window: Window): Promise<void> {
  expectNothing(await axe(window.page), 'axe')
  expectNothing(await lowContrast(window.page), 'contrast')
  expectNothing(await sideways(window.page), 'sideways')
  expectNothing(window.errors, 'console')
}
