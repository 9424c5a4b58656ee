// Keys of the workbench. A page says what its keys do; the same list is shown by "?". Single letters never act
// while somebody types (WCAG 2.1.4), nor while a dialog is open.
import { onBeforeUnmount, onMounted, shallowReactive } from 'vue'

export interface Key {
  /** "j", "Enter", "Ctrl+k"; letters are lower case */
  key: string
  text: () => string
  run: (event: KeyboardEvent) => unknown
  /** Also in fields: for combinations with Ctrl only. */
  everywhere?: boolean
}

export const layers = shallowReactive<{ title: () => string; keys: Key[] }[]>([])

export const shown = (key: string): string =>
  key.replace(/^(.*\+)?(.)$/, (_, before: string | undefined, letter: string) => (before ?? '') + letter.toUpperCase())

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)))

function pressed(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return (event.ctrlKey || event.metaKey ? 'Ctrl+' : '') + (event.altKey ? 'Alt+' : '') + key
}

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.isComposing) return
  const what = pressed(event)
  const inDialog = document.querySelector('dialog[open]') !== null
  for (let i = layers.length - 1; i >= 0; i--) {
    const found = layers[i]!.keys.find((each) => each.key === what)
    if (!found) continue
    if (!found.everywhere && (inDialog || isTyping(event.target))) return
    event.preventDefault()
    found.run(event)
    return
  }
})

/** Keys of a component, for as long as it is there. */
export function useKeys(title: () => string, keys: Key[]): void {
  const layer = { title, keys }
  onMounted(() => layers.push(layer))
  onBeforeUnmount(() => {
    const at = layers.indexOf(layer)
    if (at >= 0) layers.splice(at, 1)
  })
}
