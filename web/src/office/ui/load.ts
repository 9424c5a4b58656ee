// Reading something for a page: what came, what went wrong, and reading it again. The newest question wins.
import { onBeforeUnmount, shallowRef, watch, type ShallowRef, type WatchSource } from 'vue'
import { asRefusal, type Refusal } from '@/shared/problem'

export interface Loaded<T> {
  data: ShallowRef<T | null>
  refusal: ShallowRef<Refusal | null>
  busy: ShallowRef<boolean>
  load: () => Promise<void>
}

/** Reads at once and whenever `sources` change. What is shown stays until something else has come. */
export function useLoad<T>(read: () => Promise<T> | null, ...sources: WatchSource[]): Loaded<T> {
  const data = shallowRef<T | null>(null)
  const refusal = shallowRef<Refusal | null>(null)
  const busy = shallowRef(false)
  let turn = 0
  onBeforeUnmount(() => turn++)
  const load = async () => {
    const mine = ++turn
    const reading = read()
    if (!reading) {
      data.value = null
      refusal.value = null
      return
    }
    busy.value = true
    try {
      const came = await reading
      if (mine !== turn) return
      data.value = came
      refusal.value = null
    } catch (thrown) {
      if (mine === turn) refusal.value = asRefusal(thrown)
    } finally {
      if (mine === turn) busy.value = false
    }
  }
  watch(sources, load, { immediate: true })
  return { data, refusal, busy, load }
}

/** One write at a time: busy while it runs, its refusal to show in place. */
export function useAct() {
  const refusal = shallowRef<Refusal | null>(null)
  const busy = shallowRef(false)
  async function act<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (busy.value) return undefined
    busy.value = true
    refusal.value = null
    try {
      return await work()
    } catch (thrown) {
      refusal.value = asRefusal(thrown)
      return undefined
    } finally {
      busy.value = false
    }
  }
  return { refusal, busy, act }
}
