// Dates as people type them.

const two = (n: number): string => String(n).padStart(2, '0')

/** 2026-11-26, 2026/11/26, 2026.11.26, 20261126, 2026年11月26日: as 2026-11-26. null: no day of the calendar. */
export function dateOf(typed: string): string | null {
  const found = /^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*$/.exec(typed) ?? /^\s*(\d{4})(\d{2})(\d{2})\s*$/.exec(typed)
  if (!found) return null
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number]
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? `${year}-${two(month)}-${two(day)}` : null
}

/** The same with a time: 2026-11-26 14:05 as 2026-11-26T14:05. */
export function momentOf(typed: string): string | null {
  const found = /^(.*?)[\sT]+(\d{1,2})[:：时](\d{1,2})分?\s*$/.exec(typed)
  const date = found && dateOf(found[1]!)
  if (!found || !date || Number(found[2]) > 23 || Number(found[3]) > 59) return null
  return `${date}T${two(Number(found[2]))}:${two(Number(found[3]))}`
}
