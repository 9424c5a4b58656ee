// What the audit trail has entries of, for people.
import { t } from '@/shared/language'

const names: Record<string, () => string> = {
  'account.signed-in': () => t('登录', 'signed in'),
  'account.sign-in-failed': () => t('登录失败', 'signing in failed'),
  'account.locked': () => t('多次登录失败，暂时锁定', 'locked after failures'),
  'account.password-changed': () => t('修改密码', 'password changed'),
  'account.password-reset': () => t('重置密码', 'password set by an administrator'),
  'account.second-factor-begun': () => t('开始设置动态口令', 'one-time codes begun'),
  'account.second-factor-on': () => t('启用动态口令', 'one-time codes on'),
  'account.second-factor-off': () => t('停用动态口令', 'one-time codes off'),
  'account.linked': () => t('关联统一身份认证', 'linked to an identity provider'),
  'account.created': () => t('新建账号', 'account created'),
  'account.changed': () => t('修改账号', 'account changed'),
  'account.disabled': () => t('停用账号', 'account disabled'),
  'account.enabled': () => t('启用账号', 'account enabled'),
  'account.erased': () => t('删除账号的个人信息', 'account erased'),
  'grant.made': () => t('授予角色', 'role granted'),
  'grant.proposed': () => t('提出授予角色', 'role proposed'),
  'grant.confirmed': () => t('确认授予角色', 'role confirmed'),
  'grant.rejected': () => t('不同意授予角色', 'role rejected'),
  'grant.revoked': () => t('收回角色', 'role revoked'),
  'mandate.added': () => t('登记代办委托', 'mandate added'),
  'mandate.ended': () => t('终止代办委托', 'mandate ended'),
  'personal.read': () => t('查看个人信息', 'personal data read'),
  'personal.exported': () => t('导出个人信息', 'personal data exported'),
  'personal.erased': () => t('删除个人信息', 'personal data erased'),
}
export const auditKinds = Object.keys(names)
/** A kind that has no name here is shown as it is. */
export const auditName = (kind: string): string => names[kind]?.() ?? kind
