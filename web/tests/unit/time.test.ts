import { expect, test } from 'vitest'
import { clock, day, dueText, moment, remaining, shortMoment, span, weekdayOf } from '@/shared/time'

test('instants are shown in the time of China, wherever the browser is', () => {
  expect(day('2026-11-26T16:30:00Z')).toBe('2026-11-27')
  expect(clock('2026-11-26T16:30:00Z')).toBe('00:30')
  expect(moment('2026-02-28T15:59:00Z')).toBe('2026-02-28 23:59')
})

test('the year is left out when it is the present one', () => {
  const now = new Date('2026-11-26T00:00:00Z')
  expect(shortMoment('2026-11-26T01:05:00Z', now)).toBe('11-26 09:05')
  expect(shortMoment('2025-12-31T01:05:00Z', now)).toBe('2025-12-31 09:05')
})

test('a deadline at 0 o’clock is told as the day before, which is the last one in time', () => {
  expect(dueText('2026-12-01T16:00:00Z')).toBe('2026-12-01')
  expect(dueText('2026-12-01T10:00:00Z')).toBe('2026-12-01 18:00')
})

test('durations have two units at most', () => {
  expect(span(59_000)).toBe('不到 1 分')
  expect(span(25 * 60_000)).toBe('25 分')
  expect(span(252 * 60_000)).toBe('4 小时 12 分')
  expect(span(26 * 3_600_000)).toBe('1 天 2 小时')
  expect(span(100 * 3_600_000)).toBe('4 天')
})

test('what is left and what is over', () => {
  const now = Date.parse('2026-11-26T00:00:00Z')
  expect(remaining('2026-11-26T04:00:00Z', now)).toBe('剩 4 小时')
  expect(remaining('2026-11-24T23:00:00Z', now)).toBe('超期 1 天 1 小时')
})

test('weeks begin on Monday', () => {
  expect(weekdayOf('2026-11-23')).toBe(0)
  expect(weekdayOf('2026-11-29')).toBe(6)
})
