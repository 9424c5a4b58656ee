import './portal.css'
import { createApp } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import { followLanguage } from '@/shared/language'
import App from './App.vue'
import { readLook } from './look'
import { look } from './session'

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/report', component: () => import('./pages/Report.vue') },
    { path: '/apply/:pack/:item', component: () => import('./pages/Apply.vue'), props: true },
    { path: '/my', component: () => import('./pages/My.vue') },
    { path: '/my/:id(\\d+)', component: () => import('./pages/Matter.vue'), props: (to) => ({ id: Number(to.params.id) }) },
    { path: '/open', component: () => import('./pages/Open.vue') },
    { path: '/open/boards/:board', component: () => import('./pages/Board.vue'), props: true },
    { path: '/open/reports/:id(\\d+)', component: () => import('./pages/Bulletin.vue'), props: (to) => ({ id: Number(to.params.id) }) },
    { path: '/verify', component: () => import('./pages/Verify.vue') },
    { path: '/:rest(.*)*', component: () => import('./pages/Missing.vue') },
  ],
})
router.afterEach((to, from) => {
  if (from.matched.length && to.path !== from.path) {
    window.scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }
})

readLook()
followLanguage()
void look()
createApp(App).use(router).mount('#app')
if ('serviceWorker' in navigator && isSecureContext) navigator.serviceWorker.register('/service-worker.js').catch(() => {})
