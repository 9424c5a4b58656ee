// The lists of a worklist, and what its address says.
import type { LocationQuery } from 'vue-router'
import type { Schemas } from '@/shared/api'
import { kept } from '@/shared/kept'
import { t, word } from '@/shared/language'
import { counters, me, workRoles } from '../state'

export type TaskLine = Schemas['TaskView']
export interface ListChoice {
  list: Schemas['Worklist']
  role?: string
}
export interface Tab extends ListChoice {
  id: string
  title: string
  count?: number
}

export const idOf = (choice: ListChoice): string => (choice.role ? `role.${choice.role}` : choice.list)
export function choiceOf(query: LocationQuery): ListChoice {
  const list = String(query.list ?? '')
  if (list.startsWith('role.')) return { list: 'role', role: list.slice(5) }
  if (['mine', 'meant_for_me', 'unit', 'others'].includes(list)) return { list: list as Schemas['Worklist'] }
  return firstChoice()
}
/** The list that was open last in this browser (public/office-first.js asks for it early), else that of a role. */
function firstChoice(): ListChoice {
  const last = kept('list')
  const tab = last ? tabs().find((each) => each.id === last) : undefined
  if (tab) return tab
  const role = workRoles.value[0]
  if (role) return { list: 'role', role: role.role }
  return me.value?.unit ? { list: 'unit' } : { list: 'mine' }
}

export function tabs(): Tab[] {
  const found: Tab[] = [{ id: 'mine', list: 'mine', title: t('我的', 'Mine'), count: counters.value?.mine }]
  for (const role of workRoles.value) found.push({ id: `role.${role.role}`, list: 'role', role: role.role, title: t('{role}待领取', 'For {role}', { role: word(role.title) }) })
  if (me.value?.unit) found.push({ id: 'unit', list: 'unit', title: t('本单位待领取', 'My unit'), count: counters.value?.unit })
  found.push({ id: 'meant_for_me', list: 'meant_for_me', title: t('指定给我', 'Meant for me') })
  found.push({ id: 'others', list: 'others', title: t('全部在办', 'All open') })
  return found
}

/** Saved views: an address with a name, in this browser. */
export interface SavedView {
  name: string
  query: Record<string, string>
}
