import type { Schemas } from '@/shared/api'
import { t } from '@/shared/language'

export function reportStatus(status: Schemas['insight.ReportStatus']): string {
  switch (status) {
    case 'draft': return t('草稿', 'draft')
    case 'frozen': return t('已冻结', 'frozen')
    case 'published': return t('已发布', 'published')
    case 'superseded': return t('已被更正', 'superseded')
    default: return t('已作废', 'discarded')
  }
}
export function byName(by: string): string {
  switch (by) {
    case 'unit': return t('单位', 'Unit')
    case 'area': return t('区市县', 'Area')
    case 'category': return t('类别', 'Category')
    case 'channel': return t('渠道', 'Channel')
    default: return by
  }
}
