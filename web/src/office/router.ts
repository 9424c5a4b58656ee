// Addresses of the workbench, all below /office/. Each page is loaded when somebody goes there; the worklist
// comes with the first load, for it is what most people open.
import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { t } from '@/shared/language'
import Worklist from './work/Worklist.vue'

declare module 'vue-router' {
  interface RouteMeta {
    title?: () => string
    bare?: boolean
  }
}
const number = (name: string) => (route: RouteLocationNormalized) => ({ [name]: Number(route.params[name]) })

export const router = createRouter({
  history: createWebHistory('/office/'),
  routes: [
    { path: '/', component: () => import('./pages/Home.vue'), meta: { title: () => t('首页', 'Home') } },
    { path: '/work', component: Worklist, meta: { title: () => t('待办', 'To do') } },
    { path: '/cases', component: () => import('./pages/Cases.vue'), meta: { title: () => t('办件', 'Cases') } },
    { path: '/cases/:id(\\d+)', component: () => import('./case/CasePage.vue'), props: number('id'), meta: { title: () => t('办件', 'Case') } },
    { path: '/cases/:id(\\d+)/print', component: () => import('./case/CasePrint.vue'), props: number('id'), meta: { title: () => t('打印', 'Print'), bare: true } },
    { path: '/start', component: () => import('./pages/Start.vue'), meta: { title: () => t('收件', 'New case') } },
    { path: '/start/:pack/:item', component: () => import('./pages/StartForm.vue'), props: true, meta: { title: () => t('收件', 'New case') } },
    { path: '/search', component: () => import('./pages/Search.vue'), meta: { title: () => t('检索', 'Search') } },
    { path: '/registers', component: () => import('./pages/Registers.vue'), meta: { title: () => t('登记册', 'Registers') } },
    { path: '/registers/:name', component: () => import('./pages/Register.vue'), props: true, meta: { title: () => t('登记册', 'Register') } },
    { path: '/registers/:name/entries/:entryKey(.*)', component: () => import('./pages/RegisterEntry.vue'), props: true, meta: { title: () => t('条目', 'Entry') } },
    { path: '/registers/:name/proposals', component: () => import('./pages/Proposals.vue'), props: true, meta: { title: () => t('变更提案', 'Proposals') } },
    { path: '/registers/:name/proposals/:id(\\d+)', component: () => import('./pages/Proposal.vue'), props: (route) => ({ name: route.params.name, id: Number(route.params.id) }), meta: { title: () => t('变更提案', 'Proposal') } },
    { path: '/registers/:name/import', component: () => import('./pages/RegisterImport.vue'), props: true, meta: { title: () => t('导入', 'Import') } },
    { path: '/packs', component: () => import('./packs/Packs.vue'), meta: { title: () => t('系统包', 'Packs') } },
    { path: '/packs/:pack', component: () => import('./packs/Pack.vue'), props: true, meta: { title: () => t('系统包', 'Pack') } },
    { path: '/hotline', component: () => import('./hotline/Desk.vue'), meta: { title: () => t('热线坐席', 'Hotline desk') } },
    { path: '/board', component: () => import('./pages/Board.vue'), meta: { title: () => t('督办看板', 'Board') } },
    { path: '/plans', component: () => import('./plan/Plans.vue'), meta: { title: () => t('行动方案', 'Plans') } },
    { path: '/plans/import', component: () => import('./plan/PlanImport.vue'), meta: { title: () => t('导入方案', 'Import a plan') } },
    { path: '/plans/:plan', component: () => import('./plan/Plan.vue'), props: true, meta: { title: () => t('行动方案', 'Plan') } },
    { path: '/figures', component: () => import('./pages/Figures.vue'), meta: { title: () => t('指标', 'Figures') } },
    { path: '/reports', component: () => import('./pages/Reports.vue'), meta: { title: () => t('通报和考核', 'Bulletins') } },
    { path: '/reports/:id(\\d+)', component: () => import('./pages/Report.vue'), props: number('id'), meta: { title: () => t('通报', 'Bulletin') } },
    { path: '/accounts', component: () => import('./pages/Accounts.vue'), meta: { title: () => t('账号', 'Accounts') } },
    { path: '/accounts/:id(\\d+)', component: () => import('./pages/Account.vue'), props: number('id'), meta: { title: () => t('账号', 'Account') } },
    { path: '/audit', component: () => import('./pages/Audit.vue'), meta: { title: () => t('审计', 'Audit') } },
    { path: '/incidents', component: () => import('./pages/Incidents.vue'), meta: { title: () => t('异常', 'Incidents') } },
    { path: '/notices', component: () => import('./pages/Notices.vue'), meta: { title: () => t('通知', 'Notices') } },
    { path: '/system', component: () => import('./pages/System.vue'), meta: { title: () => t('系统', 'System') } },
    { path: '/me', component: () => import('./pages/Mine.vue'), meta: { title: () => t('我的账号', 'My account') } },
    { path: '/:rest(.*)*', component: () => import('./pages/Missing.vue'), meta: { title: () => t('没有这一页', 'No such page') } },
  ],
})

router.afterEach((to, from) => {
  document.title = `${to.meta.title?.() ?? ''} · ${t('近悦工作台', 'Jinyue')}`
  // Who can't see the page hears that another one is there.
  if (from.matched.length && to.path !== from.path) setTimeout(() => document.getElementById('main')?.focus({ preventScroll: true }), 50)
})
