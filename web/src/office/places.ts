// Where one can go in the workbench, by what one may do. The rail, the palette and the home page read this.
import { listed, say, t } from '@/shared/language'
import { may, me, packIds, type Permission } from './state'

export interface Place {
  path: string
  title: string
  icon: string
  /** in the rail */
  main: boolean
}
interface Declared {
  path: string
  title: () => string
  icon: string
  needs: Permission[]
  main?: boolean
  /** only where this pack is deployed */
  pack?: string
}
/** Paths of 24 by 24 pictures, drawn by us. */
const icons = {
  work: 'M4 5h16v14H4z M8 10l2.5 2.5L16 7.5 M8 16h8',
  cases: 'M4 4h12l4 4v12H4z M8 10h8 M8 14h8 M8 18h5',
  start: 'M5 3h9l5 5v13H5z M12 10v7 M8.500 13.500h7',
  search: 'M10.500 4a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13 M15.500 15.500L21 21',
  registers: 'M4 4h7v16H4z M13 4h7v16h-7z M6 8h3 M15 8h3 M6 12h3 M15 12h3',
  packs: 'M12 3l8 4.500v9L12 21l-8-4.500v-9z M4 7.500l8 4.500l8-4.500 M12 12v9',
  accounts: 'M12 4a4 4 0 1 0 0 8a4 4 0 1 0 0-8 M4 21c0-5 4-7 8-7s8 2 8 7',
  audit: 'M12 3l8 3v6c0 5-4 8-8 9c-4-1-8-4-8-9V6z M8.500 12l2.500 2.500L15.500 9.500',
  incidents: 'M12 4l9 16H3z M12 10v5 M12 17v1',
  notices: 'M4 6h16v12H4z M4 7l8 6l8-6',
  hotline: 'M6 3c-1.500 1-2.500 2.500-2 5c1 6 7 12 13 13c2 0 3.500-1 4-3l-4-3l-2 2c-3-1.500-5-3.500-6.500-6.500l2-2z',
  board: 'M4 4h7v7H4z M13 4h7v7h-7z M4 13h7v7H4z M13 13h7v7h-7z',
  plans: 'M4 6h9 M4 12h14 M4 18h7 M16 4v4 M20 10v4 M14 16v4',
  figures: 'M4 19h16 M6 16l4-5l3 3l5-7',
  system: 'M4 20V10 M10 20V4 M16 20v-7 M21 20H3',
}
const all: Declared[] = [
  { path: '/work', title: () => t('待办', 'To do'), icon: icons.work, needs: ['task.work'], main: true },
  { path: '/cases', title: () => t('办件', 'Cases'), icon: icons.cases, needs: ['case.read'], main: true },
  { path: '/start', title: () => t('收件', 'New'), icon: icons.start, needs: ['case.start'], main: true },
  { path: '/search', title: () => t('检索', 'Search'), icon: icons.search, needs: ['search.read'], main: true },
  { path: '/hotline', title: () => t('热线', 'Hotline'), icon: icons.hotline, needs: ['case.start'], pack: 'hotline', main: true },
  { path: '/board', title: () => t('督办', 'Board'), icon: icons.board, needs: ['case.supervise'], main: true },
  { path: '/plans', title: () => t('方案', 'Plans'), icon: icons.plans, needs: ['case.read'], pack: 'plan', main: true },
  { path: '/figures', title: () => t('指标', 'Figures'), icon: icons.figures, needs: ['figure.read'], main: true },
  { path: '/registers', title: () => t('登记册', 'Registers'), icon: icons.registers, needs: ['register.read'], main: true },
  { path: '/notices', title: () => t('通知', 'Notices'), icon: icons.notices, needs: ['notice.read'], main: true },
  { path: '/incidents', title: () => t('异常', 'Incidents'), icon: icons.incidents, needs: ['incident.repair'], main: true },
  { path: '/packs', title: () => t('系统包', 'Packs'), icon: icons.packs, needs: ['pack.deploy'], main: true },
  { path: '/accounts', title: () => t('账号', 'Accounts'), icon: icons.accounts, needs: ['account.manage', 'role.grant'], main: true },
  { path: '/audit', title: () => t('审计', 'Audit'), icon: icons.audit, needs: ['audit.read'], main: true },
  { path: '/system', title: () => t('系统', 'System'), icon: icons.system, needs: ['system.read'], main: true },
  { path: '/packs', title: () => t('系统包（查看）', 'Packs (to read)'), icon: icons.packs, needs: [] },
  { path: '/audit', title: () => t('关于我的审计记录', 'The audit trail about me'), icon: icons.audit, needs: [] },
  { path: '/me', title: () => t('我的账号', 'My account'), icon: icons.accounts, needs: [] },
]

export function places(): Place[] {
  const seen = new Set<string>()
  return all
    .filter((place) => (place.needs.length === 0 || place.needs.some(may)) && (!place.pack || packIds.value.includes(place.pack)) && !seen.has(place.path) && seen.add(place.path))
    .map((place) => ({ path: place.path, title: place.title(), icon: place.icon, main: place.main ?? false }))
}
export const whoText = (): string => [me.value?.masked.name || me.value?.login, say(me.value?.unit_name) || me.value?.unit].filter(Boolean).join(' · ')
export const rolesText = (): string => listed(me.value?.roles.map((role) => say(role.title)) ?? [])
