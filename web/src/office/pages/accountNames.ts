import type { Schemas } from '@/shared/api'
import { listed, t } from '@/shared/language'
import { entryName } from '../form/registerNames'

export function accountKind(kind: Schemas['identity.AccountKind']): string {
  switch (kind) {
    case 'officer': return t('工作人员', 'officer')
    case 'agent': return t('企业代办人', 'agent of a firm')
    case 'resident': return t('居民', 'resident')
  }
}
export function accountStatus(status: Schemas['identity.AccountStatus']): string {
  switch (status) {
    case 'active': return t('正常', 'active')
    case 'disabled': return t('已停用', 'disabled')
    case 'erased': return t('已删除', 'erased')
  }
}
export function grantState(state: Schemas['identity.GrantState']): string {
  switch (state) {
    case 'proposed': return t('待确认', 'proposed')
    case 'active': return t('有效', 'active')
    case 'revoked': return t('已收回', 'revoked')
    case 'rejected': return t('已驳回', 'rejected')
  }
}
export function scopeText(scope: Schemas['identity.Scope']): string {
  const parts = [
    [t('单位', 'units'), scope.units.map((key) => entryName('units', key))],
    [t('地区', 'areas'), scope.areas.map((key) => entryName('regions', key))],
    [t('系统包', 'packs'), scope.packs],
  ] as const
  const named = parts.filter(([, list]) => list.length).map(([name, list]) => `${name} ${listed(list)}`)
  return named.length ? named.join('；') : t('全部', 'everything')
}
