// A list of the server that is read page by page.
import { ref, shallowRef, watch, type WatchSource } from 'vue'
import { asRefusal, type Refusal } from '@/shared/problem'

export function usePages<T>(read: (after: string | undefined) => Promise<{ items: T[]; next?: string }> | null, ...sources: WatchSource[]) {
  const items = shallowRef<T[]>([])
  const next = shallowRef<string | undefined>()
  const busy = ref(false)
  const ready = ref(false)
  const refusal = shallowRef<Refusal | null>(null)
  let turn = 0
  async function page(first: boolean): Promise<void> {
    if (!first && (busy.value || !next.value)) return
    const mine = ++turn
    const reading = read(first ? undefined : next.value)
    if (!reading) return
    busy.value = true
    try {
      const came = await reading
      if (mine !== turn) return
      items.value = first ? came.items : [...items.value, ...came.items]
      next.value = came.next
      refusal.value = null
      ready.value = true
    } catch (thrown) {
      if (mine === turn) refusal.value = asRefusal(thrown)
    } finally {
      if (mine === turn) busy.value = false
    }
  }
  const restart = () => page(true)
  watch(
    sources,
    () => {
      ready.value = false
      items.value = []
      void restart()
    },
    { immediate: true },
  )
  return { items, next, busy, ready, refusal, more: () => page(false), restart }
}
