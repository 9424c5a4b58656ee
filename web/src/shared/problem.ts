// Refusals of the server (RFC 9457) and the ways in which it can't be reached, as one thing to show.
import { t } from './language'

export interface Cause {
  code: string
  title: string
  detail?: string
  where?: string
  causes?: Cause[]
}

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    readonly detail = '',
    readonly where = '',
    readonly causes: Cause[] = [],
    /** For whoever looks into the server's log. */
    readonly request = '',
  ) {
    super(title)
  }
  /** Nothing came back: the network, or the server. The same request may be sent again. */
  get unreachable(): boolean {
    return this.status === 0
  }
  get expired(): boolean {
    return this.status === 401
  }
  /** Somebody was faster. */
  get conflict(): boolean {
    return this.status === 409 || this.status === 412
  }
}

export function refusalOf(status: number, body: unknown): Refusal {
  const b = (body && typeof body === 'object' ? body : {}) as Record<string, unknown>
  const text = (name: string) => (typeof b[name] === 'string' ? (b[name] as string) : '')
  return new Refusal(
    status,
    text('code'),
    text('title') || t('服务器答复 {status}', 'the server answered {status}', { status }),
    text('detail'),
    text('where'),
    Array.isArray(b.causes) ? (b.causes as Cause[]) : [],
    text('instance').replace('urn:jinyue:request:', ''),
  )
}

export const unreachable = (): Refusal =>
  new Refusal(
    0,
    'network',
    t('暂时连不上服务器', 'the server can’t be reached'),
    t('已填写的内容还在，请检查网络后重试。', 'What you have filled in is kept. Check the network and try again.'),
  )

/** Anything that was thrown, as something to show. */
export function asRefusal(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown
  if (thrown instanceof TypeError && /fetch|network|load/i.test(thrown.message)) return unreachable()
  return new Refusal(-1, 'page', t('页面出错', 'an error of this page'), thrown instanceof Error ? thrown.message : String(thrown))
}

/** Errors at the field with this JSON pointer, as texts; all levels of causes. */
export function errorsAt(refusal: Refusal | null, pointer: string): string[] {
  const texts: string[] = []
  const walk = (cause: Cause) => {
    if (cause.where === pointer) texts.push(cause.detail ? `${cause.title}：${cause.detail}` : cause.title)
    cause.causes?.forEach(walk)
  }
  refusal?.causes.forEach(walk)
  return texts
}
