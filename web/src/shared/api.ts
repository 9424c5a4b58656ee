// The interface of the server. Paths, bodies and answers are typed by api-types.d.ts, which `npm run api` makes
// from the server's own OpenAPI document. A refusal is thrown as Refusal, so that what comes back is an answer.
import createClient, { type Middleware } from 'openapi-fetch'
import type { components, paths } from './api-types'
import { language } from './language'
import { refusalOf, unreachable } from './problem'

export type Schemas = components['schemas']

/** What a browser holds of its session; the token itself is in a cookie that pages can't read. */
export const session = { csrf: '', onExpired: () => {} }

/** A key of its own for each intended write: sent again with the same key, it is still done once. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const headers: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', language.value === 'zh' ? 'zh-CN' : 'en')
    if (request.method !== 'GET') {
      if (session.csrf) request.headers.set('X-CSRF-Token', session.csrf)
      if (!request.headers.has('Idempotency-Key')) request.headers.set('Idempotency-Key', newKey())
    }
    return request
  },
  async onResponse({ response, request }) {
    if (response.ok || response.status === 304) return
    const body: unknown = await response.json().catch(() => null)
    const refusal = refusalOf(response.status, body)
    if (refusal.expired && !request.url.endsWith('/session')) session.onExpired()
    throw refusal
  },
  onError: () => unreachable(),
}

/** Answers that public/office-first.js asked for before this script was there; each is taken once, soon, or not at all. */
declare global {
  interface Window {
    jinyueEarly?: Record<string, Promise<Response> | undefined>
  }
}
const oldest = 10_000
function earlyAnswer(request: Request): Promise<Response> | undefined {
  const early = window.jinyueEarly
  if (!early || request.method !== 'GET' || performance.now() > oldest) return undefined
  const { pathname, search } = new URL(request.url)
  const found = early[pathname + search]
  delete early[pathname + search]
  // A refusal may be over by now: whoever has signed in meanwhile asks for himself.
  return found?.then(
    (answer) => (answer.ok ? answer : fetch(request)),
    () => fetch(request),
  )
}

export const api = createClient<paths>({ baseUrl: '/api/v1', fetch: (request) => earlyAnswer(request) ?? globalThis.fetch(request) })
api.use(headers)

/** The answer's body; throws Refusal. */
export async function ask<T>(answer: Promise<{ data?: T; response: Response }>): Promise<T> {
  return (await answer).data as T
}

/** The answer with its ETag, for a change with If-Match. */
export async function askTagged<T>(answer: Promise<{ data?: T; response: Response }>): Promise<[T, string]> {
  const { data, response } = await answer
  return [data as T, response.headers.get('ETag') ?? '']
}
