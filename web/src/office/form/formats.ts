// What the keyword "format" asks of a text, as far as it can be told before it is sent: the same rules as
// src/registry/formats.cpp, which checks again. null: nothing wrong.
import { dateOf } from '@/shared/dates'
import { t } from '@/shared/language'

function phone(text: string): string | null {
  const why = t('应为手机号、带区号的座机（如 0411-12345678）或服务号码', 'a mobile number, a landline with its area code such as 0411-12345678, or a service number')
  const rest = text.replace(/^\+86[ -]?/, '')
  if (/^1[3-9]\d{9}$/.test(rest)) return null
  const digits = rest.replace(/-/g, '')
  const hyphens = rest.length - digits.length
  if (!/^\d+$/.test(digits) || hyphens > 2 || /^-|-$/.test(rest)) return why
  if (digits.length === 3 && digits >= '110' && digits <= '122' && !hyphens) return null
  if (/^[19]\d{4}$/.test(digits) && !hyphens) return null
  if (/^[48]00\d{7}$/.test(digits)) return null
  if (digits.startsWith('0') && digits.length >= 10 && digits.length <= 16 && (hyphens || digits.length <= 12)) return null
  return why
}

/** GB 32100: eighteen characters, the last one from the others. */
function uscc(text: string): string | null {
  const why = t('应为 18 位统一社会信用代码，请核对', 'a unified social credit code of 18 characters is needed; look at it again')
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const code = text.replace(/\s/g, '').toUpperCase()
  if (code.length !== 18) return why
  let sum = 0
  let weight = 1
  for (const sign of code.slice(0, 17)) {
    const value = signs.indexOf(sign)
    if (value < 0) return why
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return signs[(31 - (sum % 31)) % 31] === code[17] ? null : why
}

/** GB 11643: the birthday is a day, the last character follows from the others. */
function residentId(text: string): string | null {
  const why = t('应为 18 位公民身份号码，请核对', 'a resident identity number of 18 characters is needed; look at it again')
  const code = text.replace(/\s/g, '').toUpperCase()
  if (!/^\d{17}[\dX]$/.test(code)) return why
  const birth = `${code.slice(6, 10)}-${code.slice(10, 12)}-${code.slice(12, 14)}`
  const born = new Date(birth + 'T00:00:00Z')
  if (Number.isNaN(born.getTime()) || born.toISOString().slice(0, 10) !== birth) return why
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((all, weight, i) => all + weight * Number(code[i]), 0)
  return '10X98765432'[sum % 11] === code[17] ? null : why
}

function email(text: string): string | null {
  const [name = '', domain = '', more] = text.split('@')
  const good = name && name.length <= 64 && more === undefined && text.length <= 254 && domain.includes('.') && !domain.includes('..') && !/^\.|\.$/.test(domain) && /^[\x21-\x7e]+$/.test(text) && !/[()<>,;:\\"[\]]/.test(text)
  return good ? null : t('应为电子邮箱，如 name@example.com', 'an address such as name@example.com')
}
const uri = (text: string): string | null => (/^https?:\/\/[^/\s<>"{}|\\^`][^\s<>"{}|\\^`]*$/.test(text) ? null : t('应为以 http:// 或 https:// 开头的网址', 'an address that begins with http:// or https://'))
const region = (text: string): string | null =>
  /^\d{6}(\d{3}|\d{6}|-[a-z]{1,23})?$/.test(text) ? null : t('应为 6、9 或 12 位区划代码，或功能区代码（如 210200-gaoxin）', 'a region code of 6, 9 or 12 digits, or a zone’s code such as 210200-gaoxin')

const date = (text: string): string | null => (dateOf(text) === text ? null : t('应为日期，如 2026-01-31', 'a day such as 2026-01-31'))
const moment = (text: string): string | null => (Number.isNaN(Date.parse(text)) ? t('应为日期和时间，如 2026-01-31 09:30', 'a day and time such as 2026-01-31 09:30') : null)

const checks: Record<string, (text: string) => string | null> = { phone, uscc, 'resident-id': residentId, email, uri, region, date, 'date-time': moment }

export const formatMistake = (format: string | undefined, text: string): string | null => (format ? (checks[format]?.(text) ?? null) : null)
