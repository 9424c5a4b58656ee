import { expect, test } from 'vitest'
import { courseOf } from '@/office/case/steps'

type Records = Parameters<typeof courseOf>[0]
const record = (position: number, kind: string, at: string, events: unknown[]) => ({ position, sequence: position, kind, actor: 'system', at, body: { events } })

test('what the system did is named by the node that asked for it, and ended steps by how long they were open', () => {
  const { steps, entries } = courseOf([
    record(1, 'start', '2026-09-28T01:00:00Z', [{ type: 'task-opened', number: 2, node: 'accept' }, { type: 'timer-set', number: 3, node: 'nearly-due' }]),
    record(2, 'complete', '2026-09-28T02:00:00Z', [{ type: 'task-closed', number: 2, by: 'account:1' }, { type: 'job-requested', number: 4, node: 'acknowledge' }]),
    record(3, 'finish-job', '2026-09-28T02:01:00Z', [{ type: 'job-closed', number: 4 }]),
    record(4, 'fire-timer', '2026-09-29T01:00:00Z', [{ type: 'timer-fired', number: 3 }]),
    record(5, 'finish-job', '2026-09-29T01:01:00Z', [{ type: 'job-closed', number: 9 }]),
  ] as unknown as Records)
  expect(entries.map((entry) => entry.done)).toEqual([[], [], ['acknowledge'], ['nearly-due'], []])
  expect(entries[1]!.ended).toEqual([{ node: 'accept', took: 3_600_000 }])
  expect(steps.map((step) => [step.node, step.by])).toEqual([['accept', 'account:1']])
})
