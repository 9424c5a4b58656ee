// Who is signed in, what the person may do, and how the page is connected.
import { computed, reactive, ref, shallowRef } from 'vue'
import { api, ask, session, type Schemas } from '@/shared/api'
import { keep, keepJson, kept, keptJson } from '@/shared/kept'
import { language, say, t, type Text } from '@/shared/language'
import { followLive, type LiveState } from '@/shared/live'
import { asRefusal, type Refusal } from '@/shared/problem'

export type Me = Schemas['OwnView']
export type Permission = Schemas['Permission']

export const state = reactive({
  /** asking: not known yet; out: nobody; in: somebody */
  who: 'asking' as 'asking' | 'out' | 'in',
  /** Signed in, but the server has ended the session meanwhile: nothing on the page is lost. */
  expired: false,
  duty: 'none' as Schemas['identity.Duty'],
  strong: false,
  sessionId: '',
  live: 'connecting' as LiveState,
  online: navigator.onLine,
})
export const me = shallowRef<Me | null>(null)
export const counters = shallowRef<Schemas['Counters'] | null>(null)
/** Packs that are deployed: some places of the workbench belong to one. */
export const packIds = shallowRef<string[]>(keptJson<string[]>('packs') ?? [])
export const bootRefusal = shallowRef<Refusal | null>(null)
/** The present time, for durations on the page. */
export const now = ref(Date.now())
setInterval(() => (now.value = Date.now()), 20_000)

export const may = (permission: Permission): boolean => me.value?.permissions.includes(permission) ?? false
export const isOfficer = computed(() => me.value?.kind === 'officer')

/** Roles with which tasks are worked on. */
export const workRoles = computed(() => {
  const seen = new Map<string, Schemas['HeldView']>()
  for (const role of me.value?.roles ?? []) if (role.permissions.includes('task.work')) seen.set(role.role, role)
  return [...seen.values()]
})

session.onExpired = () => {
  if (state.who === 'in') state.expired = true
  else state.who = 'out'
}

/** What the server says about the session: at the start, after signing in, after a duty was done. */
export async function look(): Promise<void> {
  bootRefusal.value = null
  try {
    const [current, person] = await Promise.all([ask(api.GET('/session')), ask(api.GET('/me'))])
    if (state.expired && me.value && me.value.account !== current.account) {
      location.reload()
      return
    }
    session.csrf = current.csrf
    state.duty = current.duty
    state.strong = current.strong
    state.sessionId = current.session
    me.value = person
    state.who = 'in'
    state.expired = false
    if (kept('language') === null && me.value.language === 'en') language.value = 'en'
    // The page at hand asks first.
    setTimeout(() => {
      void count()
      void ask(api.GET('/packs')).then(
        (list) => {
          packIds.value = list.items.map((pack) => pack.id)
          keepJson('packs', packIds.value)
        },
        () => {},
      )
      connect()
    })
  } catch (thrown) {
    const refusal = asRefusal(thrown)
    if (refusal.status === 401) state.who = me.value ? 'in' : 'out'
    else bootRefusal.value = refusal
  }
}

export async function signOut(): Promise<void> {
  await ask(api.DELETE('/session')).catch(() => {})
  location.assign('/office/')
}

export async function count(): Promise<void> {
  if (!may('task.work') && !may('incident.repair')) return
  counters.value = await ask(api.GET('/counters')).catch(() => counters.value)
}

// Live updates, handed to whoever listens on this page.

export interface LiveEvents {
  case: { id: number; version: number; status: Schemas['store.CaseStatus']; process: string; unit: string; area: string }
  task: { case_id: number; number: number; open: boolean; unit: string; assignee: string }
  reset: null
}
type Listener<K extends keyof LiveEvents> = (data: LiveEvents[K]) => void
const listeners: { [K in keyof LiveEvents]: Set<Listener<K>> } = { case: new Set(), task: new Set(), reset: new Set() }

export function onLive<K extends keyof LiveEvents>(type: K, listener: Listener<K>): () => void {
  listeners[type].add(listener)
  return () => listeners[type].delete(listener)
}

let disconnect: (() => void) | null = null
let counting: ReturnType<typeof setTimeout> | undefined

function connect(): void {
  disconnect?.()
  disconnect = followLive('/api/v1/events', {
    types: ['case', 'task', 'counters'],
    state: (live) => (state.live = live),
    reset: () => {
      listeners.reset.forEach((listener) => listener(null))
      void count()
    },
    event: (type, data) => {
      if (type === 'counters') {
        clearTimeout(counting)
        counting = setTimeout(() => void count(), 800)
        return
      }
      const parsed: unknown = JSON.parse(data)
      if (type === 'case') listeners.case.forEach((listener) => listener(parsed as LiveEvents['case']))
      else listeners.task.forEach((listener) => listener(parsed as LiveEvents['task']))
    },
  })
}
addEventListener('online', () => (state.online = true))
addEventListener('offline', () => (state.online = false))

// Size of the text.

export const sizes = ['normal', 'large', 'very-large'] as const
export const textSize = ref<(typeof sizes)[number]>((sizes as readonly string[]).includes(kept('text-size') ?? '') ? (kept('text-size') as 'large') : 'normal')
/** Pixels of 1rem, as office.css has it. */
export const rem = computed(() => ({ normal: 14, large: 17, 'very-large': 20 })[textSize.value])
export function applyTextSize(): void {
  document.documentElement.classList.remove('large', 'very-large')
  if (textSize.value !== 'normal') document.documentElement.classList.add(textSize.value)
}
export function nextTextSize(): void {
  textSize.value = sizes[(sizes.indexOf(textSize.value) + 1) % sizes.length] ?? 'normal'
  keep('text-size', textSize.value)
  applyTextSize()
}

// Short messages at the foot of the page: what was done, and how to undo it.

export interface Notice {
  id: number
  text: string
  bad: boolean
  undo?: () => unknown
}
export const notices = ref<Notice[]>([])
let noticeId = 0
export function tell(text: string, options: { bad?: boolean; undo?: () => unknown } = {}): void {
  const notice: Notice = { id: ++noticeId, text, bad: options.bad ?? false, undo: options.undo }
  notices.value = [...notices.value.slice(-2), notice]
  setTimeout(() => forget(notice.id), options.undo || options.bad ? 12_000 : 5_000)
}
export function forget(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id)
}
export const tellRefusal = (thrown: unknown): void => {
  const refusal = asRefusal(thrown)
  if (refusal.expired) return // the sign-in dialog says it
  const first = refusal.causes[0]?.title
  tell([refusal.message, refusal.detail || first].filter(Boolean).join(t('：', ': ')), { bad: true })
}

/** Names that the server told with what it was asked for: of people ("account:17"), roles and units. */
const known = shallowRef<{ people: Record<string, string>; roles: Record<string, Text>; units: Record<string, Text> }>({ people: {}, roles: {}, units: {} })
export function learnNames(people: Record<string, string> = {}, roles: Record<string, Text> = {}, units: Record<string, Text> = {}): void {
  const before = known.value
  known.value = { people: { ...before.people, ...people }, roles: { ...before.roles, ...roles }, units: { ...before.units, ...units } }
}
export const roleName = (role: string): string => say(known.value.roles[role]) || role
export const unitName = (unit: string): string => say(known.value.units[unit]) || unit

/** The name of an actor; a number where the server does not tell it. */
export function actorName(actor: string): string {
  if (me.value && actor === `account:${me.value.account}`) return t('我', 'me')
  const told = known.value.people[actor]
  if (told) return told
  const account = /^account:(\d+)$/.exec(actor)
  if (account) return t('账号 {n}', 'account {n}', { n: account[1]! })
  if (actor === 'system' || actor === 'engine' || actor === '') return t('系统', 'the system')
  if (actor === 'operator') return t('运维', 'operator')
  if (actor === 'caller') return t('来电人或当事人', 'the caller')
  // Who works in a simulation and has no account: officer:UNIT.ROLE.NUMBER.
  const simulated = /^officer:.*\.([^.]+)\.(\d+)$/.exec(actor)
  if (simulated) return t('{role} {n}（虚构）', '{role} {n} (made up)', { role: roleName(simulated[1]!), n: simulated[2]! })
  if (actor.startsWith('person:')) return t('当事人本人', 'the person concerned')
  if (actor.startsWith('firm:')) return t('企业 {id}', 'firm {id}', { id: actor.slice(5) })
  return actor
}
