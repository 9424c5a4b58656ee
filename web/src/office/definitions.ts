// What a pack says about its processes and fields, for people: read once per version and kept for the page.
import { api, ask, type Schemas } from '@/shared/api'
import { keepJson, keptJson } from '@/shared/kept'
import { say, t, type Text } from '@/shared/language'
import type { FormFile, Property } from './form/schema'

export interface Words {
  definition: number
  pack: string
  texts: Record<string, Text>
  /** Of all forms of the pack. */
  fields: Record<string, Property>
  processFile: Record<string, string>
  files: string[]
}

const kept = new Map<string, Promise<Words>>()
let packList: Promise<Schemas['PackLine'][]> | null = null

export function packs(): Promise<Schemas['PackLine'][]> {
  packList ??= ask(api.GET('/packs')).then((list) => list.items)
  packList.catch(() => (packList = null))
  return packList
}
export function forgetPacks(): void {
  packList = null
  kept.clear()
}

export async function fileOf(definition: number, path: string): Promise<string> {
  const answer = await api.GET('/definitions/{definition}/file', {
    params: { path: { definition }, query: { path } },
    parseAs: 'text',
  })
  return answer.data as unknown as string
}

/** model: "demonstration@1", as cases and records name it. */
export function wordsOf(model: string): Promise<Words> {
  let words = kept.get(model)
  if (!words) {
    words = readWords(model)
    words.catch(() => kept.delete(model))
    kept.set(model, words)
  }
  return words
}

/** Of a field only what shows its values: what is kept in the browser stays small. */
const shownPart = (property: Property): Property => {
  const part: Property = {}
  for (const name of ['type', 'title', 'title:en', 'enum', 'enum:titles', 'register', 'format', 'x-source', 'x-personal'] as const) if (property[name] !== undefined) Object.assign(part, { [name]: property[name] })
  if (property.items) part.items = shownPart(property.items)
  if (property.properties) part.properties = Object.fromEntries(Object.entries(property.properties).map(([name, inner]) => [name, shownPart(inner)]))
  return part
}

/** A version never changes, so its words are read once in a browser; `stamp` tells one city's from another's. */
interface KeptWords {
  stamp: string
  words: Words
}

async function readWords(model: string): Promise<Words> {
  const [pack = '', version = ''] = model.split('@')
  const params = { params: { path: { pack } } }
  const whole = await ask(api.GET('/packs/{pack}', params))
  const own = whole.version === Number(version) ? whole : (await ask(api.GET('/packs/{pack}/versions', params))).items.find((each) => each.version === Number(version))
  const definition = own?.definition ?? whole.definition
  const stamp = `${definition} ${own?.deployed ?? whole.deployed}`
  const earlier = keptJson<KeptWords>(`words.${model}`)
  if (earlier?.stamp === stamp && earlier.words?.fields) return earlier.words
  const words: Words = { definition, pack, texts: {}, fields: {}, processFile: {}, files: whole.files }
  // A file that this version did not have yet is no misfortune.
  const json = async <T>(path: string): Promise<T | null> =>
    whole.files.includes(path) ? fileOf(definition, path).then((text) => JSON.parse(text) as T, () => null) : null
  // Fields stand in the order of the forms: those with which cases begin first.
  const begins = new Set(whole.items.map((item) => `forms/${item.form}.json`))
  const forms = whole.files.filter((path) => /^forms\/[^/]+\.json$/.test(path)).sort((a, b) => Number(begins.has(b)) - Number(begins.has(a)))
  const [texts, ...read] = await Promise.all([json<Record<string, Text>>('texts.json'), ...forms.map((path) => json<FormFile>(path))])
  words.texts = texts ?? {}
  for (const form of read) {
    const properties = form?.schema.properties ?? {}
    for (const name of [...(form?.sections ?? []).flatMap((section) => section.fields), ...Object.keys(properties)]) if (properties[name]) words.fields[name] ??= shownPart(properties[name])
  }
  const diagrams = whole.files.filter((path) => path.endsWith('.bpmn'))
  for (const path of diagrams) words.processFile[path.replace(/^.*\/|\.bpmn$/g, '')] = path
  // What a decision gives is named by its step.
  const drawn = await Promise.all(diagrams.map((path) => fileOf(definition, path).catch(() => '')))
  let process = ''
  for (const [tag, kind] of drawn.join('\n').matchAll(/<(?:\w+:)?(process|\w+Task|\w+Event)\b[^>]*>/g)) {
    const id = /\sid="([^"]+)"/.exec(tag)?.[1]
    const title = /\sname="([^"]+)"/.exec(tag)?.[1]
    const result = /\bjy:result="([^"]+)"/.exec(tag)?.[1]
    if (kind === 'process') process = id ?? ''
    else if (id && title) words.texts[`${process}.${id}`] ??= { zh: title, en: title }
    const said = words.texts[`${process}.${id}`]
    if (kind === 'businessRuleTask' && result && said) words.fields[result] ??= { title: said.zh, 'title:en': said.en }
  }
  if (texts && read.every((form, i) => form || !forms[i]) && drawn.every(Boolean)) keepJson(`words.${model}`, { stamp, words } satisfies KeptWords)
  return words
}

export const nodeName = (words: Words | null | undefined, process: string, node: string): string => say(words?.texts[`${process}.${node}`]) || node

/** Kinds of records, for people. */
export function recordName(kind: string): string {
  switch (kind) {
    case 'start': return t('立案', 'opened')
    case 'claim': return t('领取', 'claimed')
    case 'release': return t('退回待领取', 'given back')
    case 'assign': return t('指派', 'assigned')
    case 'complete': return t('完成环节', 'step completed')
    case 'comment': return t('意见', 'comment')
    case 'correlate': return t('收到消息', 'message received')
    case 'signal': return t('收到信号', 'signal received')
    case 'cancel': return t('撤销', 'cancelled')
    case 'pause-clock': return t('暂停计时', 'clock paused')
    case 'resume-clock': return t('恢复计时', 'clock resumed')
    case 'extend-clock': return t('延期', 'clock extended')
    case 'set-variables': return t('更正数据', 'data corrected')
    case 'move-token': return t('人工调整环节', 'moved by hand')
    case 'retry-incident': return t('重试异常', 'incident retried')
    case 'resolve-incident': return t('处理异常', 'incident resolved')
    case 'migrate': return t('流程版本迁移', 'moved to another version')
    case 'fire-timer': return t('定时触发', 'timer fired')
    case 'finish-job': return t('系统服务完成', 'service done')
    case 'fail-job': return t('系统服务失败', 'service failed')
    case 'reveal': return t('查看个人信息', 'personal data read')
    default: return kind
  }
}
