import type { Schemas } from '@/shared/api'
import { t } from '@/shared/language'

export function stageName(stage: Schemas['planning.Stage']): string {
  switch (stage) {
    case 'draft': return t('草稿', 'draft')
    case 'issued': return t('已印发', 'issued')
    case 'in_progress': return t('推进中', 'in progress')
    case 'closed': return t('已销号', 'closed')
    default: return t('转下年', 'carried over')
  }
}
/** Why a supervision order was made, as packs/plan writes it. */
export function orderReason(reason: string): string {
  switch (reason) {
    case '': return '—'
    case 'late-report': return t('未按期报进展', 'progress not reported in time')
    case 'past-deadline': return t('超过完成期限', 'past the deadline')
    default: return reason
  }
}
export function comparatorText(comparator: Schemas['planning.Comparator']): string {
  switch (comparator) {
    case 'at_least': return '≥'
    case 'more_than': return '>'
    case 'at_most': return '≤'
    case 'less_than': return '<'
    default: return '='
  }
}
export function dutyName(duty: string): string {
  switch (duty) {
    case 'lead': return t('牵头', 'lead')
    case 'assist': return t('配合', 'assist')
    case 'area': return t('责任地区', 'area')
    default: return t('承办', 'part')
  }
}
/** The same in one letter, for a narrow cell. */
export function dutySign(duty: string): string {
  switch (duty) {
    case 'lead': return t('牵', 'L')
    case 'assist': return t('配', 'A')
    case 'area': return t('区', 'R')
    default: return t('办', 'P')
  }
}
export function dateKind(kind: Schemas['DateKind']): string {
  switch (kind) {
    case 'step': return t('步骤', 'step')
    case 'part': return t('承办任务', 'part')
    case 'target': return t('目标', 'target')
    default: return t('举措', 'measure')
  }
}
