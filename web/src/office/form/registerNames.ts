// Names of the entries of small registers, so that a form offers names and a case shows them instead of keys.
import { ref } from 'vue'
import { api, ask } from '@/shared/api'
import { say, type Text } from '@/shared/language'
import { may } from '../state'

export interface Named {
  key: string
  name: Text
}
const most = 1_000
const kept = new Map<string, Promise<Named[]>>()
const byKey = ref<Record<string, Record<string, Text>>>({})

async function read(register: string): Promise<Named[]> {
  const found: Named[] = []
  let after: string | undefined
  do {
    const query = { after, limit: 200 }
    const params = { path: { name: register }, query }
    const page: { items: { key: string; body?: unknown; entry?: unknown }[]; next?: string } = may('register.read')
      ? await ask(api.GET('/registers/{name}/entries', { params }))
      : await ask(api.GET('/open/registers/{name}/entries', { params }))
    for (const entry of page.items) {
      const body = (entry.body ?? entry.entry) as Record<string, unknown> | undefined
      const zh = String(body?.name ?? body?.title ?? entry.key)
      found.push({ key: entry.key, name: { zh, en: String(body?.name_en ?? zh) } })
    }
    after = page.next
  } while (after && found.length < most)
  return found
}

/** "市商务局（dl-swj）"; the key alone where it has no other name. */
export const shownName = (entry: Named): string => (say(entry.name) === entry.key ? entry.key : `${say(entry.name)}（${entry.key}）`)

/** By key, and by what they are called: plans name units so. */
const namesOf = (all: Named[]) => Object.fromEntries([...all.map((each) => [each.name.zh, each.name]), ...all.map((each) => [each.key, each.name])])

/** At most a thousand; none where this person may not read it. */
export function entriesOf(register: string): Promise<Named[]> {
  let names = kept.get(register)
  if (!names) {
    // A network that was gone for a moment does not leave keys on the page for good; nor is it asked without end.
    names = read(register).catch(() => (setTimeout(() => kept.delete(register), 5_000), []))
    kept.set(register, names)
    void names.then((all) => (byKey.value = { ...byKey.value, [register]: namesOf(all) }))
  }
  return names
}

/** The name of an entry, as soon as it is known; the key until then. */
export function entryName(register: string, key: string): string {
  void entriesOf(register)
  return say(byKey.value[register]?.[key]) || key
}
