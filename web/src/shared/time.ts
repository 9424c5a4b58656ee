// Instants are UTC and are shown in the time of China, wherever the browser is. Durations in plain words.
import { language, t } from './language'

const zone = 'Asia/Shanghai'
let parts: Intl.DateTimeFormat | undefined

// China has had UTC+8 without summer time since September 1991: adding is many times quicker than asking for the zone.
const plain = Date.UTC(1992, 0, 1)
/** 2026-11-26T14:05… */
function local(at: string | Date): string {
  const date = typeof at === 'string' ? new Date(at) : at
  if (date.getTime() >= plain) return new Date(date.getTime() + 8 * 3_600_000).toISOString()
  parts ??= new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const p: Record<string, string> = {}
  for (const part of parts.formatToParts(date)) p[part.type] = part.value
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}`
}

/** 2026-11-26 */
export const day = (at: string | Date): string => local(at).slice(0, 10)

/** 14:05 */
export const clock = (at: string | Date): string => local(at).slice(11, 16)

/** 2026-11-26 14:05 */
export const moment = (at: string | Date): string => local(at).slice(0, 16).replace('T', ' ')

/** 11-26 14:05, with the year when it is not the present one */
export function shortMoment(at: string | Date, now: Date = new Date()): string {
  const whole = moment(at)
  return whole.slice(0, 4) === local(now).slice(0, 4) ? whole.slice(5) : whole
}

/** The last moment that is in time: a deadline is the first instant that is too late, often 0 o'clock. */
export function dueText(due: string): string {
  const last = new Date(new Date(due).getTime() - 1)
  return clock(due) === '00:00' ? day(last) : moment(due)
}

const minute = 60_000
const hour = 60 * minute
const oneDay = 24 * hour

/** "3 天 4 小时", "25 分": two units at most, rounded down. */
export function span(milliseconds: number): string {
  const ms = Math.max(0, milliseconds)
  if (ms < minute) return t('不到 1 分', 'under a minute')
  if (ms < hour) return t('{n} 分', '{n} min', { n: Math.floor(ms / minute) })
  if (ms < oneDay) {
    const m = Math.floor((ms % hour) / minute)
    const h = t('{n} 小时', '{n} h', { n: Math.floor(ms / hour) })
    return m && ms < 6 * hour ? `${h} ${t('{n} 分', '{n} min', { n: m })}` : h
  }
  const h = Math.floor((ms % oneDay) / hour)
  const n = Math.floor(ms / oneDay)
  const d = language.value === 'en' && n === 1 ? '1 day' : t('{n} 天', '{n} days', { n })
  return h && n < 3 ? `${d} ${t('{n} 小时', '{n} h', { n: h })}` : d
}

/** "剩 2 天" or "超期 1 天" */
export function remaining(due: string, now: number): string {
  const left = new Date(due).getTime() - now
  return left >= 0 ? t('剩 {span}', '{span} left', { span: span(left) }) : t('超期 {span}', '{span} overdue', { span: span(-left) })
}

export const since = (from: string, until: string | number): string =>
  span(new Date(until).getTime() - new Date(from).getTime())

/** Today's date in China. */
export const today = (): string => day(new Date())

const weekdays = {
  zh: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}
/** Names from Monday on. */
export const weekdayNames = (): string[] => weekdays[language.value]
/** 0 is Monday. */
export const weekdayOf = (date: string): number => (new Date(date + 'T00:00:00Z').getUTCDay() + 6) % 7
