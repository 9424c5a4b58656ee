// Names of the entries of small registers, so that a form offers names and a case shows them instead of keys.
import { ref } from 'vue'
import { api, ask } from '@/shared/api'
import { language } from '@/shared/language'
import { may } from '../state'

export interface Named {
  key: string
  name: string
}
const most = 1_000
const kept = new Map<string, Promise<Named[]>>()
const byKey = ref<Record<string, Record<string, string>>>({})

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
      const name = (language.value === 'en' && body?.name_en) || body?.name || body?.title || entry.key
      found.push({ key: entry.key, name: String(name) })
    }
    after = page.next
  } while (after && found.length < most)
  return found
}

/** At most a thousand; none where this person may not read it. */
export function entriesOf(register: string): Promise<Named[]> {
  let names = kept.get(register)
  if (!names) {
    // A network that was gone for a moment does not leave keys on the page for good; nor is it asked without end.
    names = read(register).catch(() => (setTimeout(() => kept.delete(register), 5_000), []))
    kept.set(register, names)
    void names.then((all) => (byKey.value = { ...byKey.value, [register]: Object.fromEntries(all.map((each) => [each.key, each.name])) }))
  }
  return names
}

/** The name of an entry, as soon as it is known; the key until then. */
export function entryName(register: string, key: string): string {
  void entriesOf(register)
  return byKey.value[register]?.[key] ?? key
}
