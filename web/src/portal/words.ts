// Words of the portal's own pages for what the server says in ids.
import { say, t, type Text } from '@/shared/language'

export function statusName(status: string): string {
  return status === 'completed' ? t('已办结', 'Done') : status === 'cancelled' ? t('已撤销', 'Cancelled') : t('办理中', 'Being worked on')
}
export const number = (value: unknown): string =>
  value === null || value === undefined || value === '' ? '—' : Number(value).toLocaleString('en', { maximumFractionDigits: 2 })

/** What a board is called; one without a title by its year. */
export function boardTitle(board: { board: string; title?: Text }): string {
  const titled = say(board.title)
  if (titled && titled !== board.board) return titled
  const year = /^livelihood-(\d{4})$/.exec(board.board)?.[1]
  return year ? t('{year}年民生实事项目公示板', 'Livelihood projects of {year}', { year }) : t('项目公示板 {name}', 'Board of projects {name}', { name: board.board })
}
