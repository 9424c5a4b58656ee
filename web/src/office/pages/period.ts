// Periods of figures: 2026, 2026-Q3, 2026-07.
import { day } from '@/shared/time'

const pad = (n: number) => String(n).padStart(2, '0')
export type PeriodKind = 'month' | 'quarter' | 'year'

/** The period of a kind that lies `back` periods before the present one. */
export function period(kind: PeriodKind, back = 0, today: string = day(new Date())): string {
  const [year, month] = today.split('-').map(Number) as [number, number]
  if (kind === 'year') return String(year - back)
  if (kind === 'quarter') {
    const n = year * 4 + Math.floor((month - 1) / 3) - back
    return `${Math.floor(n / 4)}-Q${(n % 4) + 1}`
  }
  const n = year * 12 + (month - 1) - back
  return `${Math.floor(n / 12)}-${pad((n % 12) + 1)}`
}
export const periodsBack = (kind: PeriodKind, count: number): string[] => Array.from({ length: count }, (_, i) => period(kind, i))
export const kindOf = (text: string): PeriodKind => (/^\d{4}$/.test(text) ? 'year' : /-Q/.test(text) ? 'quarter' : 'month')
