// What tests of the workbench do again and again.
import type { APIRequestContext, Page } from 'playwright-core'
import { accountOf, hasSession, openWindow, shareSession, signIn, url, type Window } from './browser'
import { totp } from './totp'

/** A window of the workbench in which this account is signed in; with `fresh`, in a session of its own. */
export async function officeOf(login: string, path = '/', width = 1440, height = 900, options: { fresh?: boolean } = {}): Promise<Window> {
  const window = await openWindow(width, height)
  await signIn(window, login, options)
  await window.page.goto(url('/office' + path))
  return window
}

/** Signs an administrator in, who has to set up one-time codes first. */
export async function adminOf(login: string, path = '/', width = 1440, height = 900): Promise<Window> {
  const window = await openWindow(width, height)
  const first = !hasSession(login)
  await signIn(window, login)
  if (first) {
    const request = window.context.request
    const post = async (where: string, data: unknown) => {
      const answer = await request.post(url('/api/v1' + where), { data, headers: { 'X-CSRF-Token': await csrfOf(request) } })
      if (!answer.ok()) throw new Error(`${where}: ${await answer.text()}`)
      return (await answer.json()) as Record<string, unknown>
    }
    const secret = (await post('/session/second-factor', { password: accountOf(login).password })).secret as string
    await post('/session/second-factor/confirmation', { code: totp(secret) })
    await shareSession(window, login)
  }
  await window.page.goto(url('/office' + path))
  return window
}

export async function csrfOf(request: APIRequestContext): Promise<string> {
  const session = (await (await request.get(url('/api/v1/session'))).json()) as { csrf?: string }
  return session.csrf ?? ''
}

/** A write as the page makes it, for what has to be there before a test or happens beside it. */
export async function write(window: Window, path: string, data?: unknown): Promise<Record<string, unknown>> {
  const request = window.context.request
  const answer = await request.post(url('/api/v1' + path), {
    data,
    headers: { 'X-CSRF-Token': await csrfOf(request), 'Idempotency-Key': Math.random().toString(16).slice(2), 'Content-Type': 'application/json' },
  })
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
  const text = await answer.text()
  return text ? (JSON.parse(text) as Record<string, unknown>) : {}
}

/** A hotline order; its number. */
export async function startOrder(window: Window, title: string): Promise<number> {
  const done = await write(window, '/cases', { pack: 'demonstration', item: 'hotline', answers: { title, caller: '示例市民', phone: '13012345678' } })
  return done.case_id as number
}

/** A hotline order that has been accepted and waits for the dispatcher; its number. */
export async function acceptOrder(window: Window, title: string): Promise<number> {
  const id = await startOrder(window, title)
  await write(window, `/tasks/${id}/1/completion`, { answers: {} })
  return id
}

/** An application for a food licence, which waits at the window; its number. */
export async function startLicence(window: Window, title: string): Promise<number> {
  const answers = { title, shop: '示例小馆', kind: 'restaurant', area: 60, applicant: '示例申请人', phone: '13012345678' }
  return (await write(window, '/cases', { pack: 'demonstration', item: 'food-licence', answers })).case_id as number
}

/** The list is there and one of its tasks is open. */
export async function listReady(page: Page): Promise<void> {
  await page.locator('.item').first().waitFor()
  await page.locator('.actions .button.main').waitFor()
}
