import { expect, test } from 'vitest'
import { dateOf, momentOf } from '@/shared/dates'

test('a day is understood as people write it', () => {
  for (const typed of ['2026-11-26', '2026/11/26', ' 2026.11.26 ', '20261126', '2026年11月26日', '2026 年 11 月 26 日']) expect(dateOf(typed), typed).toBe('2026-11-26')
  expect(dateOf('2026-1-5')).toBe('2026-01-05')
  expect(dateOf('2028-2-29')).toBe('2028-02-29')
})

test('what is no day of the calendar is none', () => {
  for (const typed of ['', '2026-02-29', '2026-13-01', '2026-00-10', '11/26/2026', '26-11-26', '2026-11', '明天']) expect(dateOf(typed), typed).toBeNull()
})

test('a day with its time', () => {
  expect(momentOf('2026-11-26 14:05')).toBe('2026-11-26T14:05')
  expect(momentOf('2026年11月26日 9：30')).toBe('2026-11-26T09:30')
  for (const typed of ['2026-11-26', '2026-11-26 24:00', '2026-11-26 12:60', '2026-02-30 10:00']) expect(momentOf(typed), typed).toBeNull()
})
