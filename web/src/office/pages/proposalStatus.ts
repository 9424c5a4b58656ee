import type { Schemas } from '@/shared/api'
import { t } from '@/shared/language'

export function statusName(status: Schemas['registry.ProposalStatus']): string {
  switch (status) {
    case 'proposed': return t('待批准', 'proposed')
    case 'approved': return t('待公布', 'approved')
    case 'published': return t('已公布', 'published')
    case 'rejected': return t('已驳回', 'rejected')
    case 'withdrawn': return t('已撤回', 'withdrawn')
  }
}
export function changeName(kind: Schemas['registry.ChangeKind']): string {
  switch (kind) {
    case 'put': return t('新版本', 'new version')
    case 'correct': return t('更正', 'correction')
    case 'retire': return t('失效', 'end')
  }
}
