// Drafts of forms, in this browser: written while somebody types, gone when the form was sent. Personal data of
// a draft stay on this machine, at most for thirty days.
import { keepJson, keptJson } from '@/shared/kept'

export interface Draft {
  at: number
  values: Record<string, unknown>
}
const longest = 30 * 24 * 3_600_000

export const draftName = (account: number, what: string) => `draft.${account}.${what}`

export function draftOf(name: string): Draft | null {
  const draft = keptJson<Draft>(name)
  if (!draft || typeof draft.at !== 'number' || Date.now() - draft.at > longest) return null
  return draft
}
export const keepDraft = (name: string, values: Record<string, unknown>): boolean => keepJson(name, { at: Date.now(), values })
export const dropDraft = (name: string): boolean => keepJson(name, null)

/** Removes drafts that nobody came back to. */
export function dropOldDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith('jinyue.draft.') && !draftOf(key.slice('jinyue.'.length))) localStorage.removeItem(key)
    }
  } catch {
    // a browser that keeps nothing has none
  }
}
