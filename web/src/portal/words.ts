// Words of the portal's own pages for what the server says in ids.
import { t } from '@/shared/language'

export function statusName(status: string): string {
  return status === 'completed' ? t('已办结', 'Done') : status === 'cancelled' ? t('已撤销', 'Cancelled') : t('办理中', 'Being worked on')
}
export const number = (value: unknown): string =>
  value === null || value === undefined || value === '' ? '—' : Number(value).toLocaleString('en', { maximumFractionDigits: 2 })
