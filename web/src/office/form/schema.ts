// Forms as packs write them (docs/packs.md): which control draws a field, what is sent, what can be told before
// it is sent. The server checks everything again.
import { capital, language, say, t, type Text } from '@/shared/language'
import { moment } from '@/shared/time'
import { formatMistake } from './formats'

export interface Property {
  type?: string
  title?: string
  'title:en'?: string
  description?: string
  'description:en'?: string
  enum?: (string | number)[]
  'enum:titles'?: Record<string, Text>
  const?: unknown
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
  format?: string
  items?: Property
  minItems?: number
  maxItems?: number
  properties?: Record<string, Property>
  required?: string[]
  readOnly?: boolean
  register?: string
  'x-widget'?: string
  'x-offers'?: string
  'x-source'?: string
  'x-personal'?: string
}
export interface FormFile {
  id: string
  title: Text
  sections: { title: Text; fields: string[] }[]
  shows?: string[]
  schema: ObjectSchema & { properties: Record<string, Property> }
}
/** A condition on the values, as far as it is about what is there and what it is. */
interface Condition {
  required?: string[]
  properties?: Record<string, { const?: unknown; enum?: unknown[] }>
}
export interface ObjectSchema {
  required?: string[]
  properties?: Record<string, Property>
  allOf?: { if?: Condition; then?: { required?: string[] }; else?: { required?: string[] } }[]
}
/** The register whose entries a field offers by name. */
export const offersOf = (property: Property | undefined): string | undefined => property?.register ?? property?.['x-offers']
export type Widget = 'text' | 'textarea' | 'number' | 'date' | 'datetime' | 'time' | 'yes-no' | 'choice' | 'choices' | 'list' | 'table' | 'group' | 'files'

/** A keyed hash by which the server finds a person or a number again: made by it, and nothing that people read or write. */
export const isKey = (property: Property | undefined): boolean =>
  property?.['x-source'] === 'caller/party' || Boolean(property?.['x-source']?.startsWith('lookup/'))
export const titleOf = (property: Property | undefined, name: string): string =>
  capital((language.value === 'en' && property?.['title:en']) || property?.title || name)
export const helpOf = (property: Property): string =>
  (language.value === 'en' ? property['description:en'] || property.description : property.description) ?? ''
export const optionOf = (property: Property | undefined, value: unknown): string =>
  say(property?.['enum:titles']?.[String(value)]) || String(value)

/** One file, or a list of them: the values are ids of attachments. */
export const isFiles = (property: Property | undefined): boolean => property?.format === 'attachment' || property?.items?.format === 'attachment'

export function widgetOf(property: Property): Widget {
  if (isFiles(property)) return 'files'
  const asked = property['x-widget'] as Widget | undefined
  if (asked) return asked
  if (property.enum) return 'choice'
  switch (property.type) {
    case 'boolean': return 'yes-no'
    case 'number':
    case 'integer': return 'number'
    case 'object': return 'group'
    case 'array':
      if (property.items?.enum) return 'choices'
      return property.items?.type === 'object' ? 'table' : 'list'
    default:
  }
  if (property.format === 'date') return 'date'
  if (property.format === 'date-time') return 'datetime'
  if (property.format === 'time') return 'time'
  return (property.maxLength ?? 0) > 200 ? 'textarea' : 'text'
}

/** Names of register entries are looked up by who shows them; without it, keys are shown. */
let nameOf: (register: string, key: string) => string = (_, key) => key
export const lookUpNames = (by: typeof nameOf) => (nameOf = by)

/** A value for people: options by their names, dates plain, lists with commas. */
export function valueText(property: Property | undefined, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (isFiles(property)) return t('{n} 个文件', '{n} files', { n: Array.isArray(value) ? value.length : 1 })
  if (typeof value === 'boolean') return value ? t('是', 'yes') : t('否', 'no')
  if (Array.isArray(value)) {
    return value.map((each) => valueText(property?.items ?? property, each)).join(language.value === 'zh' ? '、' : ', ') || '—'
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, inner]) => `${titleOf(property?.properties?.[name], name)}：${valueText(property?.properties?.[name], inner)}`)
      .join('；')
  }
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) && !Number.isNaN(Date.parse(value))) return moment(value)
  if (offersOf(property) && typeof value === 'string') return nameOf(offersOf(property)!, value)
  return property?.enum ? optionOf(property, value) : String(value)
}

/** What is sent: without what was left empty, texts without spaces around them. */
export function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim()
  if (Array.isArray(value)) return value.map(cleaned).filter((each) => each !== undefined)
  if (value && typeof value === 'object') {
    const entries = Object.entries(value)
      .map(([name, inner]) => [name, cleaned(inner)] as const)
      .filter(([, inner]) => inner !== undefined && !(Array.isArray(inner) && inner.length === 0))
    return entries.length ? Object.fromEntries(entries) : undefined
  }
  return value === null ? undefined : value
}

const isThere = (value: unknown): boolean => {
  const kept = cleaned(value)
  return kept !== undefined && !(Array.isArray(kept) && !kept.length)
}
const holds = (condition: Condition, values: Record<string, unknown>): boolean =>
  (condition.required ?? []).every((name) => isThere(values[name])) &&
  Object.entries(condition.properties ?? {}).every(([name, rule]) => !isThere(values[name]) || (('const' in rule ? values[name] === rule.const : true) && (rule.enum?.includes(values[name]) ?? true)))
/** Whether it says no more than can be judged here; the rest is the server's. */
const isPlain = (condition: Condition): boolean =>
  Object.keys(condition).every((word) => word === 'required' || word === 'properties') && Object.values(condition.properties ?? {}).every((rule) => Object.keys(rule).every((word) => word === 'const' || word === 'enum'))
/** What has to be filled in, given what is filled in already ("one or the other"). */
export function requiredOf(schema: ObjectSchema, values: Record<string, unknown>): Set<string> {
  const found = new Set(schema.required ?? [])
  for (const rule of schema.allOf ?? []) if (rule.if && isPlain(rule.if)) for (const name of (holds(rule.if, values) ? rule.then : rule.else)?.required ?? []) found.add(name)
  return found
}

/** Errors that can be told at once, by JSON pointer. */
export function mistakes(schema: ObjectSchema, values: Record<string, unknown>, at = ''): Record<string, string> {
  const found: Record<string, string> = {}
  const required = requiredOf(schema, values)
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const pointer = `${at}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`
    const title = titleOf(property, name)
    const value = cleaned(values[name])
    if (value === undefined || (Array.isArray(value) && !value.length)) {
      if (required.has(name)) found[pointer] = t('请填写“{title}”', 'fill in “{title}”', { title })
      continue
    }
    if (isFiles(property)) {
      const count = Array.isArray(value) ? value.length : 1
      if (property.minItems !== undefined && count < property.minItems) found[pointer] = t('“{title}”至少 {n} 个文件', '“{title}”: at least {n} files', { title, n: property.minItems })
    } else if (typeof value === 'string') {
      const wrong = formatMistake(property.format, value)
      const length = [...value].length
      if (property.maxLength !== undefined && length > property.maxLength) found[pointer] = t('“{title}”至多 {n} 个字', '“{title}”: at most {n} characters', { title, n: property.maxLength })
      else if (property.minLength !== undefined && length < property.minLength) found[pointer] = t('“{title}”至少 {n} 个字', '“{title}”: at least {n} characters', { title, n: property.minLength })
      else if (property.pattern && !matches(property.pattern, value)) found[pointer] = t('“{title}”的写法不对', '“{title}” is not written as it should be', { title })
      else if (wrong) found[pointer] = t('“{title}”{why}', '“{title}”: {why}', { title, why: wrong })
    } else if (typeof value === 'number') {
      if (property.minimum !== undefined && value < property.minimum) found[pointer] = t('“{title}”不能小于 {n}', '“{title}”: not less than {n}', { title, n: property.minimum })
      else if (property.maximum !== undefined && value > property.maximum) found[pointer] = t('“{title}”不能大于 {n}', '“{title}”: not more than {n}', { title, n: property.maximum })
      else if (property.type === 'integer' && !Number.isInteger(value)) found[pointer] = t('“{title}”应为整数', '“{title}”: a whole number', { title })
    } else if (property.type === 'object' && typeof value === 'object' && !Array.isArray(value)) {
      Object.assign(found, mistakes(property, value as Record<string, unknown>, pointer))
    } else if (Array.isArray(value) && property.items?.type === 'object') {
      value.forEach((row, i) => Object.assign(found, mistakes(property.items!, row as Record<string, unknown>, `${pointer}/${i}`)))
    }
  }
  return found
}

function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value)
  } catch {
    return true // the server knows
  }
}

/** Where a value that is there already comes from. */
export function sourceText(kind: string, name: string): string {
  switch (kind) {
    case 'caller': return t('来自账号信息', 'from the account')
    case 'case': return t('来自本件登记的内容，可以更正', 'from what this case says already; may be corrected')
    case 'earlier-case': return t('来自以前的办件', 'from an earlier case')
    case 'register': return t('来自登记册 {name}', 'from the register {name}', { name })
    case 'licence': return t('来自电子证照', 'from a licence')
    default: return t('已有数据', 'known already')
  }
}
/** What an authority's data say can't be changed in a form. */
export const isFixed = (kind: string): boolean => kind === 'register' || kind === 'licence'
