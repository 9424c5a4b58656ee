// The course of a case from its records: steps with how long each took, and what else was done.
import type { Schemas } from '@/shared/api'

type RecordView = Schemas['RecordView']
interface Event {
  type: string
  number?: number
  node?: string
  by?: string
  unit?: string
  role?: string
  text?: string
  reason?: string
  clock?: { rule: string; dates?: { due?: string } }
  [more: string]: unknown
}

export interface Step {
  number: number
  node: string
  unit: string
  role: string
  opened: string
  closed?: string
  by?: string
  due?: string
  /** Ended in another way than by completion. */
  withdrawn: boolean
}
export interface Entry {
  record: RecordView
  /** Open steps that this record ended and how long they had been open (ms). */
  ended: { node: string; took: number }[]
  opened: string[]
  /** What the system did by itself: a service that was done, a timer that came. */
  done: string[]
  text: string
}

export const eventsOf = (record: RecordView): Event[] => {
  const body = record.body as { events?: Event[] } | null
  return Array.isArray(body?.events) ? body.events : []
}

export function courseOf(records: RecordView[]): { steps: Step[]; entries: Entry[] } {
  const steps: Step[] = []
  const entries: Entry[] = []
  const waiting = new Map<number, string>()
  for (const record of records) {
    const entry: Entry = { record, ended: [], opened: [], done: [], text: '' }
    const body = record.body as { command?: { text?: string; reason?: string }; text?: string; reason?: string } | null
    entry.text = body?.text ?? body?.reason ?? body?.command?.text ?? body?.command?.reason ?? ''
    for (const event of eventsOf(record)) {
      if (event.type === 'task-opened' && event.number !== undefined) {
        steps.push({ number: event.number, node: event.node ?? '', unit: event.unit ?? '', role: event.role ?? '', opened: record.at, due: event.clock?.dates?.due, withdrawn: false })
        entry.opened.push(event.node ?? '')
      } else if (/^task-(closed|withdrawn|cancelled)$/.test(event.type) && event.number !== undefined) {
        const step = steps.find((each) => each.number === event.number && !each.closed)
        if (!step) continue
        step.closed = record.at
        step.by = event.by
        step.withdrawn = event.type !== 'task-closed'
        entry.ended.push({ node: step.node, took: Date.parse(record.at) - Date.parse(step.opened) })
      } else if (/^(job-requested|timer-set)$/.test(event.type) && event.number !== undefined) {
        waiting.set(event.number, event.node ?? '')
      } else if (/^(job-closed|timer-fired)$/.test(event.type) && event.number !== undefined) {
        const node = waiting.get(event.number)
        if (node) entry.done.push(node)
      } else if (!entry.text && typeof (event.text ?? event.reason) === 'string') {
        entry.text = (event.text ?? event.reason) as string
      }
    }
    entries.push(entry)
  }
  return { steps, entries }
}
