// What the wall shows, read as the bulletins read it: figures from /figures, and nothing that it adds up itself but
// counts of streets into their area.
import { api, ask, type Schemas } from '@/shared/api'
import { day } from '@/shared/time'
import { areaOf } from './map'

export type Indicator = Schemas['IndicatorView']
export interface Card {
  indicator: Indicator
  period: string
  figure: Schemas['FigureView'] | undefined
}
export interface AreaCount {
  count: number
  codes: string[]
}
export interface Wall {
  at: string
  complete: boolean
  pack: string
  cards: Card[]
  /** Received in seven days, by area: how many, and under which codes (an area's own and those of its streets). */
  areas: Map<string, AreaCount>
  week: string
  counted: Indicator
  trend: { day: string; count: number }[]
  fortnight: string
}

const before = (date: string, days: number) => day(new Date(Date.parse(date + 'T12:00:00+08:00') - days * 86_400_000))
const count = (figure: Schemas['FigureView'] | undefined) => figure?.counts ?? 0

/** The pack whose figures are shown: the city's hotline, else the first one that has bulletins' worth of indicators. */
function packOf(indicators: Indicator[]): string {
  const packs = [...new Set(indicators.map((each) => each.pack))]
  return packs.find((pack) => pack === 'hotline') ?? packs.find((pack) => pack === 'demonstration') ?? packs[0] ?? ''
}

export async function readFigures(today: string): Promise<Wall | null> {
  const all = (await ask(api.GET('/figures/indicators'))).items
  const pack = packOf(all)
  const own = all.filter((each) => each.pack === pack)
  const counted = own.find((each) => each.kind === 'count' && each.day === 'opened' && !each.counts) ?? own.find((each) => each.kind === 'count')
  if (!counted) return null
  const rates = own.filter((each) => each.kind === 'rate' && each.direction !== 'none').slice(0, 4)
  const closed = own.find((each) => each.kind === 'count' && each.id !== counted.id)
  const month = today.slice(0, 7)
  const week = `${before(today, 6)}..${today}`
  const fortnight = `${before(today, 13)}..${today}`
  const read = (indicators: Indicator[], period: string, by?: string) =>
    ask(api.GET('/figures', { params: { query: { indicators: indicators.map((each) => each.id).join(','), period, by, compare: by ? undefined : true } } }))
  const counts = closed ? [counted, closed] : [counted]
  const [daily, monthly, byArea, byDay] = await Promise.all([read(counts, today), rates.length ? read(rates, month) : null, read([counted], week, 'area'), read([counted], fortnight, 'day')])
  const figureOf = (view: Schemas['FiguresView'] | null, indicator: Indicator) => view?.items[0]?.figures.find((each) => each.indicator === indicator.id)
  const areas = new Map<string, AreaCount>()
  for (const group of byArea.items) {
    if (!group.area) continue
    const code = areaOf(group.area)
    const before = areas.get(code)
    areas.set(code, { count: (before?.count ?? 0) + count(group.figures[0]), codes: [...(before?.codes ?? []), group.area] })
  }
  const days = new Map(byDay.items.map((group) => [group.day ?? '', count(group.figures[0])]))
  return {
    at: daily.computed_at,
    complete: daily.complete,
    pack,
    cards: [...counts.map((indicator) => ({ indicator, period: today, figure: figureOf(daily, indicator) })), ...rates.map((indicator) => ({ indicator, period: month, figure: figureOf(monthly, indicator) }))],
    areas,
    week,
    counted,
    fortnight,
    trend: Array.from({ length: 14 }, (_, i) => before(today, 13 - i)).map((each) => ({ day: each, count: days.get(each) ?? 0 })),
  }
}
